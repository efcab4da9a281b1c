/* SPDX-License-Identifier: Apache-2.0 */
/* Lexicon files that are missing, cut, damaged or foreign; images in memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builder.h"
#include "fixture.h"
#include "image.h"
#include "lexicon.h"

static char path[] = "/tmp/ivnorm-lexicon-XXXXXX";

static void make_path(void) {
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
}

static void remove_path(void) {
    unlink(path);
}

/* The built lexicon's first n bytes (n 0: all); the caller frees them. */
static unsigned char *read_lexicon(size_t *n) {
    FILE *f = fopen(fixture_lexicon_path, "rb");
    ck_assert_ptr_nonnull(f);
    if (*n == 0) {
        ck_assert_int_eq(fseek(f, 0, SEEK_END), 0);
        *n = (size_t)ftell(f);
        rewind(f);
    }
    unsigned char *bytes = malloc(*n);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq(fread(bytes, 1, *n, f), *n);
    fclose(f);
    return bytes;
}

static void assert_refused(const char *name, ivn_status want) {
    ivn_lexicon *lexicon = NULL;
    ivn_error err = {0};
    ck_assert_int_eq(ivn_lexicon_open(&lexicon, name, &err), want);
    ck_assert_ptr_null(lexicon);
    ck_assert_int_eq(err.status, want);
    ck_assert_str_eq(err.file, name);
    ck_assert_ptr_nonnull(err.message);
    ck_assert_str_ne(err.message, "");
}

static void assert_bytes_refused(const void *bytes, size_t n, ivn_status want) {
    FILE *f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
    ck_assert_int_eq(fclose(f), 0);
    assert_refused(path, want);
}

START_TEST(missing_file_and_folder) {
    assert_refused("/nonexistent/ivnorm.lex", IVN_IO);
    assert_refused("/tmp", IVN_IO);
}
END_TEST

START_TEST(errors_may_be_ignored) {
    ivn_lexicon *lexicon = NULL;
    ck_assert_int_eq(ivn_lexicon_open(&lexicon, "/nonexistent/ivnorm.lex", NULL), IVN_IO);
    ck_assert_ptr_null(lexicon);
}
END_TEST

START_TEST(empty_and_foreign_files) {
    static const char text[] = "not a lexicon at all\n";
    unsigned char zeros[4096] = {0};
    assert_bytes_refused("", 0, IVN_DAMAGED);
    assert_bytes_refused(text, sizeof text - 1, IVN_DAMAGED);
    assert_bytes_refused(zeros, sizeof zeros, IVN_DAMAGED);
}
END_TEST

START_TEST(truncated_file) {
    size_t n = 0;
    unsigned char *bytes = read_lexicon(&n);
    const size_t sizes[] = {
        1,    7,     8,     31,   sizeof(struct image_header) - 1, sizeof(struct image_header),
        4096, n / 2, n - 8, n - 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        assert_bytes_refused(bytes, sizes[i], IVN_DAMAGED);
    free(bytes);
}
END_TEST

START_TEST(something_behind_the_end) {
    size_t n = 0;
    unsigned char *bytes = read_lexicon(&n);
    unsigned char *longer = calloc(1, n + 8);
    ck_assert_ptr_nonnull(longer);
    memcpy(longer, bytes, n);
    assert_bytes_refused(longer, n + 8, IVN_DAMAGED);
    free(longer);
    free(bytes);
}
END_TEST

START_TEST(other_magic_version_and_byte_order) {
    size_t n = 1 << 16;
    unsigned char *bytes = read_lexicon(&n);
    struct image_header *header = (void *)bytes;
    header->magic[0] ^= 1;
    assert_bytes_refused(bytes, n, IVN_DAMAGED);
    header->magic[0] ^= 1;
    header->version++;
    assert_bytes_refused(bytes, n, IVN_VERSION);
    header->version--;
    header->byte_order = 0x04030201;
    assert_bytes_refused(bytes, n, IVN_VERSION);
    free(bytes);
}
END_TEST

START_TEST(flipped_bits_all_over_the_file) {
    size_t n = 0;
    unsigned char *bytes = read_lexicon(&n);
    for (size_t i = 0; i < 8; i++) {
        size_t at = sizeof(struct image_header) + (n - sizeof(struct image_header) - 1) * i / 7;
        bytes[at] ^= (unsigned char)(1 << i);
        assert_bytes_refused(bytes, n, IVN_DAMAGED);
        bytes[at] ^= (unsigned char)(1 << i);
    }
    free(bytes);
}
END_TEST

/* A small image, as a user dictionary makes it; malloc'ed. */
static unsigned char *small_image(const ivn_lexicon *base, size_t *size) {
    static const char tsv[] = "zh-CN\tzh-TW\n甲石\t乙石\n";
    struct builder *b = builder_new(base);
    const struct dict_file file = {.file = "my.tsv",
                                   .prefix = "user",
                                   .name = "my",
                                   .kind = CONCEPT_TERM,
                                   .text = tsv,
                                   .size = sizeof tsv - 1};
    unsigned char *image = NULL;
    ivn_error err;
    ck_assert_ptr_nonnull(b);
    ck_assert_int_eq(builder_add_dict(b, &file, &err), IVN_OK);
    ck_assert_int_eq(builder_image(b, &image, size, &err), IVN_OK);
    builder_free(b);
    return image;
}

/* The header's table of sections counts as much as what follows it. */
START_TEST(any_flipped_bit_of_the_header) {
    ivn_lexicon *base = fixture_lexicon(), *lexicon = NULL;
    size_t size = 0, accepted = 0, first = 0;
    unsigned char *image = small_image(base, &size);
    ivn_error err;
    for (size_t bit = 0; bit < 8 * sizeof(struct image_header); bit++) {
        image[bit / 8] ^= (unsigned char)(1 << bit % 8);
        /* Only a refused image stays ours; one taken over would be freed with the lexicon. */
        unsigned char *copy = malloc(size);
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, image, size);
        if (lexicon_from_memory(&lexicon, copy, size, "image", &err) == IVN_OK) {
            first = accepted++ ? first : bit / 8;
            ivn_lexicon_free(lexicon);
        } else {
            free(copy);
        }
        image[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    ck_assert_msg(accepted == 0, "%zu header bits of %zu go unnoticed, the first in byte %zu",
                  accepted, 8 * sizeof(struct image_header), first);
    free(image);
    ivn_lexicon_free(base);
}
END_TEST

START_TEST(image_in_memory_is_looked_up) {
    static const uint32_t word[] = {0x7532, 0x77F3}; /* 甲石 */
    ivn_lexicon *base = fixture_lexicon(), *lexicon = NULL;
    uint16_t labels[2];
    size_t size = 0;
    ivn_error err;
    unsigned char *image = small_image(base, &size);
    ck_assert_int_eq(lexicon_from_memory(&lexicon, image, size, "my.tsv", &err), IVN_OK);
    for (size_t i = 0; i < 2; i++)
        labels[i] = base->chars[lexicon_char(base, word[i])].label;
    ck_assert_uint_eq(lexicon_find(base, labels, 2), 0);
    uint32_t entry = lexicon_find(lexicon, labels, 2);
    ck_assert_uint_ne(entry, 0);
    ck_assert_uint_eq(lexicon->entries[entry].length, 2);
    ck_assert(lexicon->entries[entry].flags & ENTRY_REFS);
    ck_assert_uint_eq(lexicon_find(lexicon, labels, 1), 0);
    ck_assert_uint_eq(lexicon_find(lexicon, labels, 0), 0);
    ivn_lexicon_free(lexicon);
    ivn_lexicon_free(base);
}
END_TEST

START_TEST(locales_and_licences) {
    ivn_lexicon *lexicon = fixture_lexicon();
    size_t n = 0, count = 0;
    while (ivn_lexicon_locale(lexicon, count))
        count++;
    ck_assert_uint_ge(count, 3);
    ck_assert_int_ge(lexicon_find_locale(lexicon, "zh-HK"), 0);
    ck_assert_int_eq(lexicon_find_locale(lexicon, "zh-XX"), -1);
    const char *about = ivn_lexicon_about(lexicon, &n);
    ck_assert_ptr_nonnull(memmem(about, n, "OpenCC", 6));
    ck_assert_ptr_nonnull(memmem(about, n, "rime-essay", 10));
    ck_assert_ptr_nonnull(memmem(about, n, "LGPL", 4));
    ivn_lexicon_free(lexicon);
}
END_TEST

START_TEST(both_scripts_fold_to_one_label) {
    ivn_lexicon *l = fixture_lexicon();
    uint16_t simplified = lexicon_char(l, 0x8F6F),
             traditional = lexicon_char(l, 0x8EDF); /* 软 軟 */
    ck_assert_uint_ne(simplified, traditional);
    ck_assert_uint_eq(l->chars[simplified].label, l->chars[traditional].label);
    ck_assert_uint_eq(l->chars[simplified].class, CLASS_SIMPLIFIED);
    ck_assert_uint_eq(l->chars[traditional].class, CLASS_TRADITIONAL);
    ck_assert_uint_eq(l->chars[lexicon_char(l, 'A')].class, CLASS_LATIN);
    ck_assert_uint_eq(lexicon_char(l, 0), 0);
    ck_assert_uint_eq(lexicon_char(l, 0x10FFFF), 0);
    ivn_lexicon_free(l);
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("lexicon");
    tcase_add_checked_fixture(tests, make_path, remove_path);
    tcase_add_test(tests, missing_file_and_folder);
    tcase_add_test(tests, errors_may_be_ignored);
    tcase_add_test(tests, empty_and_foreign_files);
    tcase_add_test(tests, truncated_file);
    tcase_add_test(tests, something_behind_the_end);
    tcase_add_test(tests, other_magic_version_and_byte_order);
    tcase_add_test(tests, flipped_bits_all_over_the_file);
    tcase_add_test(tests, any_flipped_bit_of_the_header);
    tcase_add_test(tests, image_in_memory_is_looked_up);
    tcase_add_test(tests, locales_and_licences);
    tcase_add_test(tests, both_scripts_fold_to_one_label);
    return fixture_main("lexicon", tests);
}
