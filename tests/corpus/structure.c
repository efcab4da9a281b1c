/* SPDX-License-Identifier: Apache-2.0 */
/* structure OLD NEW: reads names of Markdown and HTML files from standard input, a line each, and
 * prints those whose structure is not the same below both directories. Structure is what a parser
 * tells of a document but its prose: blocks, spans, targets of links, code; elements, attributes,
 * the text of elements that are no prose. It knows nothing of the library's own readers. */
#include <gumbo.h>
#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *data;
    size_t size, capacity;
};

static void add(struct text *t, const void *data, size_t n) {
    if (n > t->capacity - t->size) {
        t->capacity = 2 * (t->size + n) + 4096;
        t->data = realloc(t->data, t->capacity);
        if (!t->data)
            abort();
    }
    if (n)
        memcpy(t->data + t->size, data, n);
    t->size += n;
}

static void add_byte(struct text *t, unsigned byte) {
    const char c = (char)byte;
    add(t, &c, 1);
}

static int load(const char *directory, const char *name, struct text *t) {
    char path[4096], piece[65536];
    size_t n;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        add(t, piece, n);
    fclose(file);
    return 0;
}

/* ---- Markdown ---- */

struct parse {
    struct text *to;
    unsigned verbatim; /* code and formulas that we are in */
};

static void add_attribute(struct text *t, const MD_ATTRIBUTE *a) {
    add(t, a->text, a->size);
    add_byte(t, 0);
}

/* Of a bare address the Chinese behind it is hardly meant, though GitHub's extension takes it. */
static void add_target(struct text *t, const MD_ATTRIBUTE *a) {
    size_t n = 0;
    while (n < a->size && (unsigned char)a->text[n] < 0x80)
        n++;
    add(t, a->text, n);
    add_byte(t, 0);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user) {
    struct parse *p = user;
    add_byte(p->to, 1 + type);
    if (type == MD_BLOCK_H)
        add_byte(p->to, ((MD_BLOCK_H_DETAIL *)detail)->level);
    if (type == MD_BLOCK_UL)
        add_byte(p->to, (unsigned)((MD_BLOCK_UL_DETAIL *)detail)->is_tight);
    if (type == MD_BLOCK_OL) {
        add_byte(p->to, (unsigned)((MD_BLOCK_OL_DETAIL *)detail)->is_tight);
        add_byte(p->to, ((MD_BLOCK_OL_DETAIL *)detail)->start);
    }
    if (type == MD_BLOCK_CODE)
        add_attribute(p->to, &((MD_BLOCK_CODE_DETAIL *)detail)->info);
    p->verbatim += type == MD_BLOCK_CODE;
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user) {
    struct parse *p = user;
    (void)detail;
    add_byte(p->to, 64 + type);
    p->verbatim -= type == MD_BLOCK_CODE;
    return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user) {
    struct parse *p = user;
    add_byte(p->to, 128 + type);
    if (type == MD_SPAN_A)
        add_target(p->to, &((MD_SPAN_A_DETAIL *)detail)->href);
    if (type == MD_SPAN_IMG)
        add_attribute(p->to, &((MD_SPAN_IMG_DETAIL *)detail)->src);
    p->verbatim += type == MD_SPAN_CODE;
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user) {
    struct parse *p = user;
    (void)detail;
    add_byte(p->to, 192 + type);
    p->verbatim -= type == MD_SPAN_CODE;
    return 0;
}

static int take_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE n, void *user) {
    struct parse *p = user;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        add_byte(p->to, 250 + type);
    if (p->verbatim)
        add(p->to, text, n);
    return 0;
}

static void parse_markdown(const struct text *source, struct text *to) {
    static const MD_PARSER parser = {.flags = MD_DIALECT_GITHUB,
                                     .enter_block = enter_block,
                                     .leave_block = leave_block,
                                     .enter_span = enter_span,
                                     .leave_span = leave_span,
                                     .text = take_text};
    struct parse p = {.to = to};
    size_t start = 0;
    /* Front matter is none of CommonMark's. */
    if (source->size > 4 && memcmp(source->data, "---\n", 4) == 0) {
        const char *end = memmem(source->data + 3, source->size - 3, "\n---\n", 5);
        start = end ? (size_t)(end - source->data) + 5 : 0;
    }
    md_parse(source->data + start, (MD_SIZE)(source->size - start), &parser, &p);
}

/* ---- HTML ---- */

static int is_prose(const char *attribute) {
    static const char *const names[] = {"alt",   "title", "placeholder", "aria-label",
                                        "label", "value", "content",     "summary"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], attribute) == 0)
            return 1;
    return 0;
}

static void add_element(const GumboNode *node, struct text *to) {
    const GumboElement *e = &node->v.element;
    add(to, &e->tag, sizeof e->tag);
    for (unsigned i = 0; i < e->attributes.length; i++) {
        const GumboAttribute *a = e->attributes.data[i];
        add(to, a->name, strlen(a->name) + 1);
        if (!is_prose(a->name))
            add(to, a->value, strlen(a->value) + 1);
    }
}

static unsigned is_verbatim(GumboTag tag) {
    return tag == GUMBO_TAG_CODE || tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_SCRIPT ||
           tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_KBD || tag == GUMBO_TAG_SAMP ||
           tag == GUMBO_TAG_TEXTAREA;
}

static const GumboNode *first_child(const GumboNode *node) {
    const GumboVector *children =
        node->type == GUMBO_NODE_DOCUMENT ? &node->v.document.children
        : node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE
            ? &node->v.element.children
            : NULL;
    return children && children->length ? children->data[0] : NULL;
}

static const GumboNode *next_sibling(const GumboNode *node) {
    const GumboNode *parent = node->parent;
    const GumboVector *children = parent->type == GUMBO_NODE_DOCUMENT ? &parent->v.document.children
                                                                      : &parent->v.element.children;
    return node->index_within_parent + 1 < children->length
               ? children->data[node->index_within_parent + 1]
               : NULL;
}

static void parse_html(const struct text *source, struct text *to) {
    GumboOptions options = kGumboDefaultOptions;
    GumboOutput *output =
        gumbo_parse_with_options(&options, source->data ? source->data : "", source->size);
    const GumboNode *node = output->document;
    unsigned verbatim = 0;
    while (node) {
        const GumboNode *next = first_child(node);
        if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
            add_element(node, to);
            verbatim += is_verbatim(node->v.element.tag);
        } else if (node->type == GUMBO_NODE_TEXT && verbatim) {
            add(to, node->v.text.text, strlen(node->v.text.text));
        } else if (node->type == GUMBO_NODE_COMMENT || node->type == GUMBO_NODE_CDATA) {
            add(to, node->v.text.text, strlen(node->v.text.text));
        }
        for (; !next && node != output->document; node = node->parent) {
            if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
                verbatim -= is_verbatim(node->v.element.tag);
                add_byte(to, 1);
            }
            next = next_sibling(node);
            if (next)
                break;
        }
        if (!next)
            break;
        node = next;
    }
    gumbo_destroy_output(&options, output);
}

int main(int argc, char **argv) {
    char name[4096];
    int bad = 0;
    if (argc != 3)
        return 2;
    while (fgets(name, sizeof name, stdin)) {
        struct text sources[2] = {{0}}, structures[2] = {{0}};
        name[strcspn(name, "\n")] = '\0';
        const char *dot = strrchr(name, '.');
        for (int i = 0; i < 2; i++) {
            if (load(argv[1 + i], name, &sources[i]) != 0)
                add_byte(&structures[i], (unsigned)i);
            else if (dot && strcmp(dot, ".md") == 0)
                parse_markdown(&sources[i], &structures[i]);
            else
                parse_html(&sources[i], &structures[i]);
        }
        if (structures[0].size != structures[1].size ||
            (structures[0].size &&
             memcmp(structures[0].data, structures[1].data, structures[0].size) != 0)) {
            puts(name);
            bad = 1;
        }
        for (int i = 0; i < 2; i++) {
            free(sources[i].data);
            free(structures[i].data);
        }
    }
    return bad;
}
