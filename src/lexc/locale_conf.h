/* SPDX-License-Identifier: Apache-2.0 */
/* locale_conf.h - dict/locales/NAME.conf: the house style of a region. Keys: see zh-TW.conf. */
#ifndef LEXC_LOCALE_CONF_H
#define LEXC_LOCALE_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pair {
    uint32_t from, to; /* code points */
};
struct pairs {
    struct pair *items;
    size_t count;
};

struct locale_conf {
    char *name;
    unsigned rank; /* order among the locales */
    bool traditional;
    unsigned glyph_line;
    struct pairs glyph, convert, soft, either;
    char *style;
};

/* Reads the file; exits with a message that names the line if it is malformed. */
void locale_conf_load(struct locale_conf *conf, const char *path);
void locale_conf_fini(struct locale_conf *conf);

/* What `cp` is mapped to by the pairs; cp itself if by none. */
uint32_t pairs_map(const struct pairs *pairs, uint32_t cp);

/* What is mapped to `cp`; cp itself if nothing is. */
uint32_t pairs_map_back(const struct pairs *pairs, uint32_t cp);

#endif
