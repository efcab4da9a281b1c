/* SPDX-License-Identifier: Apache-2.0 */
#include "lexicon.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "utf8.h"

static const void *section(const ivn_lexicon *l, enum image_section s) {
    return l->map + ((const struct image_header *)(const void *)l->map)->sections[s].offset;
}

static size_t section_count(const ivn_lexicon *l, enum image_section s, size_t item) {
    return ((const struct image_header *)(const void *)l->map)->sections[s].size / item;
}

static void set_views(ivn_lexicon *l) {
    l->strings = section(l, SECTION_STRINGS);
    l->files = section(l, SECTION_FILES);
    l->locales = section(l, SECTION_LOCALES);
    l->locale_count = section_count(l, SECTION_LOCALES, sizeof *l->locales);
    l->rules = section(l, SECTION_RULES);
    l->rules_count = section_count(l, SECTION_RULES, sizeof *l->rules);
    l->pages = section(l, SECTION_PAGES);
    l->ids = section(l, SECTION_IDS);
    l->chars = section(l, SECTION_CHARS);
    l->char_count = section_count(l, SECTION_CHARS, sizeof *l->chars);
    l->char_sources = section(l, SECTION_CHAR_SOURCES);
    l->convert = section(l, SECTION_CONVERT);
    l->glyph = section(l, SECTION_GLYPH);
    l->trie = section(l, SECTION_TRIE);
    l->entries = section(l, SECTION_ENTRIES);
    l->entry_count = section_count(l, SECTION_ENTRIES, sizeof *l->entries);
    l->sources = section(l, SECTION_SOURCES);
    l->payloads = section(l, SECTION_PAYLOADS);
    l->concepts = section(l, SECTION_CONCEPTS);
    l->concept_count = section_count(l, SECTION_CONCEPTS, sizeof *l->concepts);
    l->conditions = section(l, SECTION_CONDITIONS);
    l->doc_words = section(l, SECTION_DOC_WORDS);
    l->subjects = section(l, SECTION_SUBJECTS);
    l->subject_count = section_count(l, SECTION_SUBJECTS, sizeof *l->subjects);
}

static ivn_status check(const unsigned char *map, size_t size, ivn_error *err) {
    const struct image_header *h = (const void *)map;
    if (size < sizeof *h || memcmp(h->magic, IMAGE_MAGIC, sizeof h->magic) != 0)
        return error_set(err, IVN_DAMAGED,
                         N_("this is not an ivnorm lexicon; build it again with 'make'"), NULL,
                         NULL, NULL);
    if (h->version != IMAGE_VERSION || h->byte_order != IMAGE_BYTE_ORDER)
        return error_set(err, IVN_VERSION,
                         N_("this lexicon was built for another version of ivnorm or another kind "
                            "of machine; build it again with 'make'"),
                         NULL, NULL, NULL);
    bool ok = h->size == size && size % 8 == 0;
    for (int s = 0; ok && s < IMAGE_SECTIONS; s++) {
        const struct image_range *r = &h->sections[s];
        ok = r->offset % 8 == 0 && r->offset >= sizeof *h && r->offset <= size &&
             r->size <= size - r->offset;
    }
    if (!ok || h->checksum != image_seal(h, size))
        return error_set(err, IVN_DAMAGED,
                         N_("the lexicon is damaged (it is truncated or its checksum is wrong); "
                            "install it again"),
                         NULL, NULL, NULL);
    return IVN_OK;
}

static ivn_status adopt(ivn_lexicon **out, const unsigned char *map, size_t size, bool mapped,
                        const char *name, ivn_error *err) {
    ivn_status status = check(map, size, err);
    if (status != IVN_OK) {
        error_place(err, name, 0, 0);
        return status;
    }
    ivn_lexicon *l = calloc(1, sizeof *l);
    if (!l)
        return error_memory(err);
    l->map = map;
    l->size = size;
    l->mapped = mapped;
    set_views(l);
    *out = l;
    return IVN_OK;
}

ivn_status lexicon_from_memory(ivn_lexicon **out, unsigned char *image, size_t size,
                               const char *name, ivn_error *err) {
    return adopt(out, image, size, false, name, err);
}

ivn_status ivn_lexicon_open(ivn_lexicon **out, const char *path, ivn_error *err) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ivn_status status = IVN_IO;
    void *map = MAP_FAILED;
    if (fd < 0 || fstat(fd, &st) != 0)
        goto failed;
    if (st.st_size < (off_t)sizeof(struct image_header)) {
        close(fd);
        status = check(NULL, 0, err);
        error_place(err, path, 0, 0);
        return status;
    }
    map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (map == MAP_FAILED)
        goto failed;
    close(fd);
    status = adopt(out, map, (size_t)st.st_size, true, path, err);
    if (status != IVN_OK)
        munmap(map, (size_t)st.st_size);
    return status;
failed:
    error_set(err, IVN_IO, N_("cannot open the lexicon: %s"), strerror(errno), NULL, NULL);
    error_place(err, path, 0, 0);
    if (fd >= 0)
        close(fd);
    return status;
}

void ivn_lexicon_free(ivn_lexicon *l) {
    if (!l)
        return;
    if (l->mapped)
        munmap((void *)(uintptr_t)l->map, l->size);
    else
        free((void *)(uintptr_t)l->map);
    free(l);
}

const char *ivn_lexicon_about(const ivn_lexicon *l, size_t *n) {
    *n = section_count(l, SECTION_ABOUT, 1);
    return section(l, SECTION_ABOUT);
}

const char *ivn_lexicon_locale(const ivn_lexicon *l, size_t index) {
    return index < l->locale_count ? lexicon_string(l, l->locales[index].name) : NULL;
}

int lexicon_find_locale(const ivn_lexicon *l, const char *name) {
    for (size_t i = 0; i < l->locale_count; i++)
        if (strcmp(lexicon_string(l, l->locales[i].name), name) == 0)
            return (int)i;
    return -1;
}

size_t lexicon_labels(const ivn_lexicon *l, const char *text, size_t n,
                      uint16_t labels[IMAGE_MAX_KEY]) {
    size_t count = 0;
    for (size_t i = 0, length; i < n; i += length) {
        uint32_t cp;
        length = utf8_decode((const unsigned char *)text + i, n - i, &cp);
        uint16_t id = length ? lexicon_char(l, cp) : 0;
        if (id == 0 || count == IMAGE_MAX_KEY)
            return 0;
        labels[count++] = l->chars[id].label;
    }
    return count;
}

uint32_t lexicon_find(const ivn_lexicon *l, const uint16_t *labels, size_t n) {
    uint32_t node = TRIE_ROOT;
    for (size_t i = 0; i < n; i++)
        if (labels[i] == 0 || !trie_step(l->trie, &node, labels[i]))
            return 0;
    return n ? trie_value(l->trie[node]) : 0;
}

bool lexicon_next_form(const char **cell, const char **form, size_t *n) {
    if (**cell == '\0')
        return false;
    *form = *cell;
    *n = strcspn(*cell, "|");
    *cell += *n + ((*cell)[*n] == '|');
    return true;
}

void lexicon_payload(const ivn_lexicon *l, const struct image_entry *entry, struct payload *out) {
    if (!entry->payload) {
        *out = (struct payload){0};
        return;
    }
    const unsigned char *p = l->payloads + entry->payload;
    const struct image_payload *head = (const void *)p;
    p += sizeof *head;
    out->ref_count = head->ref_count;
    out->evidence_count = head->evidence_count;
    out->form_count = head->form_count;
    out->piece_count = head->piece_count;
    out->refs = (const void *)p;
    p += head->ref_count * sizeof *out->refs;
    out->evidence = (const void *)p;
    out->forms = p + head->evidence_count * sizeof *out->evidence;
}

bool payload_next_form(struct payload *payload, struct form *form) {
    if (payload->form_count == 0)
        return false;
    payload->form_count--;
    const unsigned char *p = payload->forms;
    form->accepted = p[0];
    form->first = p[1];
    form->length = p[2];
    form->text = (const char *)p + 3;
    payload->forms = p + 3 + p[2];
    return true;
}

const uint8_t *payload_pieces(const struct payload *payload) {
    struct payload rest = *payload;
    struct form form;
    while (payload_next_form(&rest, &form))
        ;
    return rest.forms;
}

bool lexicon_first_form(const ivn_lexicon *l, const struct image_entry *entry, unsigned locale,
                        struct form *form) {
    struct payload payload;
    lexicon_payload(l, entry, &payload);
    while (payload_next_form(&payload, form))
        if (form->first >> locale & 1)
            return true;
    return false;
}
