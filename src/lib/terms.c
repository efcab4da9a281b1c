/* SPDX-License-Identifier: Apache-2.0 */
/* A user's dictionary: compiled into a small lexicon that lies over the main one. */
#include <stdlib.h>
#include <string.h>

#include "builder.h"
#include "error.h"
#include "terms.h"

/* "dir/my.tsv" names the rules user.my.… */
static char *base_name(const char *path) {
    const char *slash = strrchr(path, '/'), *start = slash ? slash + 1 : path;
    const char *dot = strrchr(start, '.');
    return strndup(start, dot && dot > start ? (size_t)(dot - start) : strlen(start));
}

static uint64_t hash(uint64_t h, const void *bytes, size_t n) {
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * 0x100000001B3u; /* FNV-1a */
    return h;
}

uint64_t ivn_terms_key(const ivn_lexicon *lexicon, const char *name, const char *tsv, size_t n) {
    const struct image_header *image = (const void *)lexicon->map;
    uint64_t h = hash(0xCBF29CE484222325u, &image->checksum, sizeof image->checksum);
    return hash(hash(h, name, strlen(name) + 1), tsv, n);
}

ivn_status terms_compile(const ivn_lexicon *lexicon, const char *name, const char *tsv, size_t n,
                         ivn_finding_fn *fn, void *user, void **image, size_t *size,
                         ivn_error *err) {
    ivn_status status = IVN_NO_MEMORY;
    unsigned char *bytes;
    struct builder *b = builder_new(lexicon);
    char *base = base_name(name);
    struct dict_file file = {.file = name,
                             .prefix = "user",
                             .name = base,
                             .kind = CONCEPT_TERM,
                             .text = tsv,
                             .size = n,
                             .complain = fn,
                             .user = user};
    if (b && base)
        status = builder_add_dict(b, &file, err);
    else
        error_memory(err);
    if (status == IVN_OK || (fn && status != IVN_NO_MEMORY)) {
        builder_set_key(b, ivn_terms_key(lexicon, name, tsv, n));
        status = builder_image(b, &bytes, size, err);
    }
    if (status == IVN_OK)
        *image = bytes;
    free(base);
    builder_free(b);
    return status;
}

ivn_status ivn_terms_compile(const ivn_lexicon *lexicon, const char *name, const char *tsv,
                             size_t n, void **image, size_t *size, ivn_error *err) {
    return terms_compile(lexicon, name, tsv, n, NULL, NULL, image, size, err);
}

ivn_status ivn_profile_add_compiled(ivn_profile *p, uint64_t key, void *image, size_t size,
                                    ivn_error *err) {
    ivn_lexicon *lexicon;
    if (p->layers.count == LATTICE_MAX_LAYERS)
        return error_set(err, IVN_LIMIT, N_("more than 15 dictionaries; join some of them"), NULL,
                         NULL, NULL);
    ivn_status status = lexicon_from_memory(&lexicon, image, size, "", err);
    if (status != IVN_OK)
        return status;
    if (((const struct image_header *)image)->key != key) {
        lexicon->map = NULL; /* the memory stays the caller's */
        ivn_lexicon_free(lexicon);
        return error_set(err, IVN_VERSION, N_("this dictionary was compiled from another text"),
                         NULL, NULL, NULL);
    }
    p->layers.items[p->layers.count++] = lexicon;
    return IVN_OK;
}

ivn_status ivn_profile_add_terms(ivn_profile *p, const char *name, const char *tsv, size_t n,
                                 ivn_error *err) {
    const ivn_lexicon *main = p->layers.items[0];
    void *image = NULL;
    size_t size;
    ivn_status status = ivn_terms_compile(main, name, tsv, n, &image, &size, err);
    if (status == IVN_OK)
        status = ivn_profile_add_compiled(p, ivn_terms_key(main, name, tsv, n), image, size, err);
    if (status != IVN_OK)
        free(image);
    return status;
}
