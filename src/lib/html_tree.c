/* SPDX-License-Identifier: Apache-2.0 */
/* What gumbo makes of a document, as a list in the order of the source. */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "html_private.h"

/* ---- gumbo's memory ---- */

/* gumbo does not look whether it got memory, and frees a tree by recursion: it gets its memory from
 * here, all of which is freed at once, and is left by a jump where there is no more. */
struct html_arena {
    struct arena_block *blocks;
    size_t left;   /* of the newest block */
    size_t budget; /* bytes that may still be taken */
    bool no_memory;
    jmp_buf out;
};

struct arena_block {
    struct arena_block *next;
    max_align_t data[];
};

enum { BLOCK_SIZE = 1 << 18, BUDGET = 1 << 26, BUDGET_PER_BYTE = 160 };

static void *take(void *user, size_t n) {
    struct html_arena *a = user;
    const size_t size = (n + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (size > a->left) {
        const size_t data = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        struct arena_block *block = data <= a->budget ? malloc(sizeof *block + data) : NULL;
        if (!block) {
            a->no_memory = data <= a->budget;
            longjmp(a->out, 1);
        }
        a->budget -= data;
        block->next = a->blocks;
        a->blocks = block;
        a->left = data;
    }
    /* from the end of the block, so that what is left of it needs no size */
    a->left -= size;
    return (char *)a->blocks->data + a->left;
}

static void leave(void *user, void *memory) {
    (void)user;
    (void)memory;
}

static void free_arena(struct html_arena *a) {
    while (a && a->blocks) {
        struct arena_block *next = a->blocks->next;
        free(a->blocks);
        a->blocks = next;
    }
    free(a);
}

/* NULL: gumbo ran out of memory, or out of what it may use. */
static const GumboOutput *parse(struct html_arena *a, const char *text, size_t n) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = leave;
    options.userdata = a;
    options.max_errors = 0;
    if (setjmp(a->out))
        return NULL;
    return gumbo_parse_with_options(&options, text, n);
}

/* ---- the walk ---- */

/* An element that the walk is in. */
struct level {
    const GumboNode *node;
    unsigned next;     /* child */
    size_t start;      /* its item; SIZE_MAX: none */
    size_t reach;      /* up to where in the source its inside was met */
    bool leave, quiet; /* another language or exempted; no prose at all */
    bool inline_leave; /* what is left alone stands in a line */
    struct html_item item;
};

struct walk {
    struct html_tree *tree;
    ivn_prose *prose;
    size_t from, to; /* of the source */
    struct level *levels;
    size_t depth, capacity;
};

enum { NOTE_LEAVE = 255, MOST_NOTED = 254 };
_Static_assert((int)GUMBO_TAG_LAST < (int)MOST_NOTED, "a tag's number fits in a note");

/* Where a piece of gumbo's text stands in the source; false: nowhere. */
static bool find(const struct walk *w, const GumboStringPiece *piece, size_t *from, size_t *to) {
    const char *copy = w->tree->copy;
    const size_t n = w->to - w->from;
    if (!piece->data || piece->length == 0 || piece->data < copy || piece->data >= copy + n)
        return false;
    *from = (size_t)(piece->data - copy);
    if (piece->length > n - *from)
        return false;
    *from += w->from;
    *to = *from + piece->length;
    return true;
}

static size_t reach(const struct walk *w) {
    return w->depth ? w->levels[w->depth - 1].reach : w->from;
}

static void extend(struct walk *w, size_t to) {
    if (w->depth && w->levels[w->depth - 1].reach < to)
        w->levels[w->depth - 1].reach = to;
}

static void add(struct walk *w, struct html_item item) {
    struct html_tree *t = w->tree;
    void *items = t->items;
    if (!array_grow(&items, &t->capacity, t->count + 1, sizeof *t->items)) {
        w->prose->failed = true;
        return;
    }
    t->items = items;
    item.sequence = (uint32_t)t->count;
    t->items[t->count++] = item;
}

static bool has_word(const char *words, const char *word) {
    const size_t n = strlen(word);
    for (const char *s = words; (s = strstr(s, word)); s += n)
        if ((s == words || s[-1] == ' ') && (s[n] == ' ' || s[n] == '\0'))
            return true;
    return false;
}

/* Chinese, or a language that is not told. */
static bool is_chinese(const char *language) {
    static const char *const chinese[] = {"zh",  "cmn", "yue", "wuu", "nan",
                                          "hak", "gan", "lzh", "und", ""};
    const size_t n = strcspn(language, "-_");
    for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
        if (strlen(chinese[i]) == n && strncasecmp(chinese[i], language, n) == 0)
            return true;
    return false;
}

/* What the element's own attributes change of what it is in. */
static void inherit(struct level *l, const GumboElement *e) {
    const GumboVector *attributes = &e->attributes;
    const GumboAttribute *language = gumbo_get_attribute(attributes, "lang");
    const GumboAttribute *xml = gumbo_get_attribute(attributes, "xml:lang");
    const GumboAttribute *translate = gumbo_get_attribute(attributes, "translate");
    const GumboAttribute *class = gumbo_get_attribute(attributes, "class");
    const bool outside = l->leave;
    if (language || xml)
        l->leave = !is_chinese((language ? language : xml)->value);
    if (translate && strcasecmp(translate->value, "yes") == 0)
        l->leave = false;
    if ((translate && strcasecmp(translate->value, "no") == 0) ||
        (class && has_word(class->value, "notranslate")))
        l->leave = true;
    const bool in_line = l->item.class == HTML_INLINE;
    l->inline_leave = l->leave && in_line && (l->inline_leave || !outside);
}

/* Notes an element's beginning; its attributes must stay as many. */
static void note_start(struct walk *w, const GumboElement *e, size_t at) {
    prose_note(w->prose, (uint8_t)e->tag, at);
    prose_note(w->prose,
               (uint8_t)(e->attributes.length < MOST_NOTED ? e->attributes.length : MOST_NOTED),
               at);
}

/* The place of an element's tag; false: it is not in the source, or that of another element. */
static bool find_tag(const struct walk *w, const GumboNode *node, size_t *from, size_t *to) {
    const unsigned copied = GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT |
                            GUMBO_INSERTION_ADOPTION_AGENCY_CLONED |
                            GUMBO_INSERTION_CONVERTED_FROM_END_TAG;
    return !(node->parse_flags & copied) && find(w, &node->v.element.original_tag, from, to) &&
           w->prose->source[*from] == '<' && w->prose->source[*to - 1] == '>';
}

static enum html_class class_of(const struct walk *w, const GumboElement *e, bool has_tag,
                                size_t from, size_t to) {
    size_t name, name_end;
    if (has_tag && html_tag_name(w->prose->source, from, to, &name, &name_end))
        return html_tag_class(w->prose->source + name, name_end - name);
    const char *known = gumbo_normalized_tagname(e->tag);
    return html_tag_class(known, strlen(known));
}

static void enter(struct walk *w, const GumboNode *node) {
    void *levels = w->levels;
    if (!array_grow(&levels, &w->capacity, w->depth + 1, sizeof *w->levels)) {
        w->prose->failed = true;
        return;
    }
    w->levels = levels;
    struct level *l = &w->levels[w->depth];
    const GumboElement *e = &node->v.element;
    const size_t before = reach(w);
    size_t from = before, to = 0;
    const bool has_tag = find_tag(w, node, &from, &to);
    *l = w->depth ? l[-1] : (struct level){0};
    l->node = node;
    l->next = 0;
    l->item = (struct html_item){.at = (uint32_t)(has_tag ? from : before),
                                 .tag_end = (uint32_t)(has_tag ? to : 0),
                                 .kind = HTML_START,
                                 .class = (uint8_t)class_of(w, e, has_tag, from, to),
                                 .node = node};
    w->depth++;
    inherit(l, e);
    l->item.leave = l->leave;
    note_start(w, e, l->item.at);
    l->reach = has_tag ? to : before;
    l->start = l->quiet ? SIZE_MAX : w->tree->count;
    if (!l->quiet)
        add(w, l->item);
    l->quiet |= l->item.class == HTML_QUIET || l->item.class == HTML_WORD ||
                l->item.class == HTML_OBJECT || e->tag == GUMBO_TAG_RP;
}

static void leave_level(struct walk *w) {
    const struct level *l = &w->levels[--w->depth];
    size_t from, to;
    const bool has_end =
        find(w, &l->node->v.element.original_end_tag, &from, &to) && from >= l->item.tag_end;
    const size_t at = has_end ? from : l->reach, end = has_end ? to : l->reach;
    prose_note(w->prose, NOTE_LEAVE, at);
    if (l->start != SIZE_MAX && !w->prose->failed) {
        struct html_item item = l->item;
        w->tree->items[l->start].end = (uint32_t)end;
        item.kind = HTML_END;
        item.at = (uint32_t)at;
        item.end = (uint32_t)end;
        add(w, item);
    }
    extend(w, end);
}

static void take_text(struct walk *w, const GumboNode *node) {
    const struct level *l = w->depth ? &w->levels[w->depth - 1] : NULL;
    const bool comment = node->type == GUMBO_NODE_COMMENT;
    size_t from, to;
    if (!find(w, &node->v.text.original_text, &from, &to))
        return;
    extend(w, to);
    if (node->type == GUMBO_NODE_CDATA ||
        (!comment && l && (l->quiet || (l->leave && !l->inline_leave))))
        return;
    add(w, (struct html_item){.at = (uint32_t)from,
                              .end = (uint32_t)to,
                              .kind = comment ? HTML_COMMENT : HTML_TEXT,
                              .leave = l && l->leave,
                              .node = node});
}

static void take_node(struct walk *w, const GumboNode *node) {
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE)
        enter(w, node);
    else if (node->type != GUMBO_NODE_DOCUMENT)
        take_text(w, node);
}

static void walk_children(struct walk *w, const GumboVector *top) {
    for (unsigned i = 0; i < top->length && !w->prose->failed; i++) {
        take_node(w, top->data[i]);
        while (w->depth && !w->prose->failed) {
            struct level *l = &w->levels[w->depth - 1];
            const GumboVector *children = &l->node->v.element.children;
            if (l->next < children->length)
                take_node(w, children->data[l->next++]);
            else
                leave_level(w);
        }
    }
}

/* ---- all of it ---- */

static int compare(const void *x, const void *y) {
    const struct html_item *a = x, *b = y;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->sequence < b->sequence ? -1 : 1;
}

/* Text that gumbo moves out of a table is where it stands in the source again. */
static void sort(struct html_tree *t) {
    for (size_t i = 1; i < t->count; i++)
        if (t->items[i].at < t->items[i - 1].at) {
            qsort(t->items, t->count, sizeof *t->items, compare);
            return;
        }
}

ivn_status html_tree_read(struct html_tree *tree, ivn_prose *p, size_t from, size_t to) {
    const size_t n = to - from;
    *tree = (struct html_tree){.arena = calloc(1, sizeof *tree->arena), .copy = malloc(n + 1)};
    if (!tree->arena || !tree->copy)
        return IVN_NO_MEMORY;
    html_mask(p->source + from, n, tree->copy);
    tree->arena->budget = BUDGET + n * BUDGET_PER_BYTE;
    const GumboOutput *output = parse(tree->arena, tree->copy, n);
    if (!output)
        return tree->arena->no_memory ? IVN_NO_MEMORY : IVN_LIMIT;
    struct walk w = {.tree = tree, .prose = p, .from = from, .to = to};
    walk_children(&w, &output->document->v.document.children);
    free(w.levels);
    sort(tree);
    return p->failed ? IVN_NO_MEMORY : IVN_OK;
}

void html_tree_fini(struct html_tree *tree) {
    free(tree->items);
    free(tree->copy);
    free_arena(tree->arena);
}
