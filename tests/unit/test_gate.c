/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions of dictionary rows, each open and closed. The term is 蒟萸, which no dictionary has.
 */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

enum verdict { CLOSED, OPEN, SUGGESTED };

struct gate_case {
    const char *when;
    const char *text; /* with 蒟萸 in it */
    enum verdict want;
};

static int count_changes(const ivn_edit *edits, size_t count) {
    int found = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < edits[i].reason_count; k++)
            found += strncmp(edits[i].reasons[k].rule, "user.my.", 8) == 0;
    return found;
}

static enum verdict ask(const char *locale, const struct gate_case *g) {
    struct converter c;
    char tsv[400];
    size_t edits, suggestions;
    snprintf(tsv, sizeof tsv, "zh-CN\tzh-TW\tzh-HK\twhen\n蒟萸\t蒟乙\t蒟乙\t%s\n", g->when);
    converter_open(&c, locale, IVN_SCRIPT | IVN_TERMS, tsv);
    ivn_result *result = converter_run(&c, g->text, strlen(g->text));
    const ivn_edit *made = ivn_result_edits(result, &edits);
    int changed = count_changes(made, edits);
    const ivn_edit *doubtful = ivn_result_suggestions(result, &suggestions);
    int suggested = count_changes(doubtful, suggestions);
    ck_assert_int_le(changed + suggested, 1);
    ivn_result_free(result);
    converter_close(&c);
    return changed ? OPEN : suggested ? SUGGESTED : CLOSED;
}

static void assert_gates(const struct gate_case *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        enum verdict got = ask("zh-TW", &cases[i]);
        ck_assert_msg(got == cases[i].want, "%s: %s: got %d, wanted %d", cases[i].when,
                      cases[i].text, (int)got, (int)cases[i].want);
    }
}
#define ASSERT_GATES(...)                                      \
    do {                                                       \
        static const struct gate_case cases[] = {__VA_ARGS__}; \
        assert_gates(cases, sizeof cases / sizeof *cases);     \
    } while (0)

START_TEST(no_condition_is_open) {
    ASSERT_GATES({"", "蒟萸", OPEN}, {"", "我看见蒟萸了。", OPEN});
}
END_TEST

START_TEST(left) {
    ASSERT_GATES({"left=红", "红蒟萸", OPEN}, {"left=红", "紅蒟萸", OPEN},
                 {"left=红", "蒟萸红", CLOSED}, {"left=红", "红色蒟萸", CLOSED},
                 {"left=蓝,红", "红蒟萸", OPEN}, {"left=一块", "他有一块蒟萸", OPEN},
                 {"left=一块", "块蒟萸", CLOSED}, {"left=红", "红 蒟萸", OPEN},
                 {"left=红", "红，蒟萸", CLOSED}, {"left=红", "蒟萸", CLOSED});
}
END_TEST

START_TEST(right) {
    ASSERT_GATES({"right=山", "蒟萸山", OPEN}, {"right=山", "山蒟萸", CLOSED},
                 {"right=大山", "蒟萸大山", OPEN}, {"right=大山", "蒟萸大", CLOSED},
                 {"right=山", "蒟萸 山", OPEN}, {"right=山", "蒟萸", CLOSED});
}
END_TEST

START_TEST(contexts) {
    ASSERT_GATES({"left=[num]", "3蒟萸", OPEN}, {"left=[num]", "三蒟萸", OPEN},
                 {"left=[num]", "两蒟萸", OPEN}, {"left=[num]", "红蒟萸", CLOSED},
                 {"left=[num]", "蒟萸", CLOSED}, {"right=[latin]", "蒟萸 Ltd", OPEN},
                 {"right=[latin]", "蒟萸山", CLOSED}, {"right=[edge]", "蒟萸。", OPEN},
                 {"right=[edge]", "蒟萸", OPEN}, {"right=[edge]", "蒟萸山", CLOSED},
                 {"left=[edge]", "蒟萸", OPEN}, {"left=[edge]", "，蒟萸", OPEN},
                 {"left=[edge]", "红蒟萸", CLOSED});
}
END_TEST

START_TEST(near_is_the_sentence) {
    ASSERT_GATES(
        {"near=矿工", "矿工说那里有蒟萸。", OPEN}, {"near=矿工", "礦工說那裡有蒟萸。", OPEN},
        {"near=矿工", "蒟萸旁边站着矿工。", OPEN}, {"near=矿工", "矿工来了。那里有蒟萸。", CLOSED},
        {"near=矿工", "那里有蒟萸。", CLOSED});
}
END_TEST

START_TEST(doc_is_the_document) {
    ASSERT_GATES({"doc=矿工", "矿工来了。\n\n\n那里有蒟萸。", OPEN},
                 {"doc=矿工", "那里有蒟萸。\n后来矿工来了。", OPEN},
                 {"doc=矿工", "工人来了。\n那里有蒟萸。", CLOSED},
                 {"doc=OpenAI", "OpenAI说那里有蒟萸。", OPEN},
                 {"doc=OpenAI", "OpenAIX说那里有蒟萸。", CLOSED});
}
END_TEST

START_TEST(subject_needs_evidence) {
    ASSERT_GATES({"subject=it", "软件、服务器和数据库都用蒟萸。", OPEN},
                 {"subject=it", "软件和服务器。\n蒟萸。", OPEN},
                 {"subject=it", "村口的老槐树下有蒟萸。", CLOSED});
}
END_TEST

START_TEST(from_is_the_source) {
    ASSERT_GATES({"from=zh-CN", "这里有蒟萸。", OPEN}, {"from=zh-CN", "這裡有蒟萸。", CLOSED},
                 {"from=zh-CN", "這裡有軟件、打印機和蒟萸。", OPEN},
                 {"from=zh-TW", "这里有蒟萸。", CLOSED});
}
END_TEST

START_TEST(to_is_the_target) {
    static const struct gate_case taiwan = {"to=zh-TW", "这里有蒟萸。", OPEN};
    static const struct gate_case both = {"to=zh-HK,zh-TW", "这里有蒟萸。", OPEN};
    ck_assert_int_eq(ask("zh-TW", &taiwan), OPEN);
    ck_assert_int_eq(ask("zh-HK", &taiwan), CLOSED);
    ck_assert_int_eq(ask("zh-TW", &both), OPEN);
    ck_assert_int_eq(ask("zh-HK", &both), OPEN);
}
END_TEST

START_TEST(not ) {
    ASSERT_GATES({"!left=红", "红蒟萸", CLOSED}, {"!left=红", "蓝蒟萸", OPEN},
                 {"!left=红", "蒟萸", OPEN}, {"!near=矿工", "矿工有蒟萸。", CLOSED},
                 {"!near=矿工", "工人有蒟萸。", OPEN}, {"!doc=矿工", "矿工来了。\n蒟萸。", CLOSED},
                 {"!doc=矿工", "工人来了。\n蒟萸。", OPEN}, {"!from=zh-TW", "这里有蒟萸。", OPEN},
                 {"!to=zh-TW", "蒟萸", CLOSED});
}
END_TEST

START_TEST(all_items_must_hold) {
    ASSERT_GATES({"left=红; right=山", "红蒟萸山", OPEN}, {"left=红; right=山", "红蒟萸", CLOSED},
                 {"left=红; right=山", "蒟萸山", CLOSED},
                 {"near=矿工; !left=红", "矿工看见红蒟萸", CLOSED});
}
END_TEST

START_TEST(one_alternative_is_enough) {
    ASSERT_GATES({"left=红 | right=山", "红蒟萸", OPEN}, {"left=红 | right=山", "蒟萸山", OPEN},
                 {"left=红 | right=山", "蒟萸", CLOSED});
}
END_TEST

START_TEST(suggest_only_suggests) {
    ASSERT_GATES({"suggest", "这里有蒟萸。", SUGGESTED}, {"left=红; suggest", "红蒟萸", SUGGESTED},
                 {"left=红; suggest", "蓝蒟萸", CLOSED}, {"left=红 | suggest", "红蒟萸", OPEN},
                 {"left=红 | suggest", "蓝蒟萸", SUGGESTED}, {"suggest | left=红", "红蒟萸", OPEN});
}
END_TEST

/* A condition behind @ belongs to that form alone. */
START_TEST(condition_of_one_form) {
    struct converter c;
    converter_open(&c, "zh-TW", IVN_SCRIPT | IVN_TERMS,
                   "zh-CN\tzh-TW\taliases\n蒟萸\t蒟乙\t蒟丙@left=红\n");
    converter_expect(&c, "红蒟丙", "紅蒟乙");
    converter_expect(&c, "蓝蒟丙", "藍蒟丙");
    converter_expect(&c, "蓝蒟萸", "藍蒟乙");
    converter_close(&c);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("gate");
    tcase_add_test(tests, no_condition_is_open);
    tcase_add_test(tests, left);
    tcase_add_test(tests, right);
    tcase_add_test(tests, contexts);
    tcase_add_test(tests, near_is_the_sentence);
    tcase_add_test(tests, doc_is_the_document);
    tcase_add_test(tests, subject_needs_evidence);
    tcase_add_test(tests, from_is_the_source);
    tcase_add_test(tests, to_is_the_target);
    tcase_add_test(tests, not );
    tcase_add_test(tests, all_items_must_hold);
    tcase_add_test(tests, one_alternative_is_enough);
    tcase_add_test(tests, suggest_only_suggests);
    tcase_add_test(tests, condition_of_one_form);
    return fixture_main("gate", tests);
}
