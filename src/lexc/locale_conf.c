/* SPDX-License-Identifier: Apache-2.0 */
#include "locale_conf.h"

#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "utf8.h"

uint32_t pairs_map_back(const struct pairs *pairs, uint32_t cp) {
    for (size_t i = 0; i < pairs->count; i++)
        if (pairs->items[i].to == cp)
            return pairs->items[i].from;
    return cp;
}

uint32_t pairs_map(const struct pairs *pairs, uint32_t cp) {
    for (size_t i = 0; i < pairs->count; i++)
        if (pairs->items[i].from == cp)
            return pairs->items[i].to;
    return cp;
}

static void parse_pairs(struct pairs *pairs, const char *value, const char *path, unsigned line) {
    pairs->items = allocate((strlen(value) / 2 + 1) * sizeof *pairs->items);
    for (const char *p = value; *p;) {
        size_t n = strcspn(p, " "), a, b;
        uint32_t from = utf8_get((const unsigned char *)p, &a);
        uint32_t to = a < n ? utf8_get((const unsigned char *)p + a, &b) : 0;
        if (a >= n || a + b != n)
            fail("%s:%u: '%.*s': a pair is two characters", path, line, (int)n, p);
        pairs->items[pairs->count++] = (struct pair){from, to};
        p += n + (p[n] == ' ');
    }
}

static void set(struct locale_conf *conf, const char *key, char *value, const char *path,
                unsigned line) {
    if (strcmp(key, "name") == 0)
        conf->name = value;
    else if (strcmp(key, "rank") == 0)
        conf->rank = (unsigned)strtoul(value, NULL, 10);
    else if (strcmp(key, "script") == 0)
        conf->traditional = strcmp(value, "traditional") == 0;
    else if (strcmp(key, "glyph") == 0) {
        parse_pairs(&conf->glyph, value, path, line);
        conf->glyph_line = line;
    } else if (strcmp(key, "convert") == 0)
        parse_pairs(&conf->convert, value, path, line);
    else if (strcmp(key, "soft") == 0)
        parse_pairs(&conf->soft, value, path, line);
    else if (strcmp(key, "either") == 0)
        parse_pairs(&conf->either, value, path, line);
    else if (strcmp(key, "style") == 0)
        conf->style = value;
    else
        fail("%s:%u: unknown key '%s'; use name, rank, script, glyph, convert, soft, either, style",
             path, line, key);
    if (strcmp(key, "name") != 0 && strcmp(key, "style") != 0)
        free(value);
}

void locale_conf_load(struct locale_conf *conf, const char *path) {
    size_t size;
    char *text = read_file(path, &size);
    unsigned line = 0;
    *conf = (struct locale_conf){0};
    for (char *p = text, *next; *p; p = next) {
        next = p + strcspn(p, "\n");
        if (*next)
            *next++ = '\0';
        line++;
        if (*p == '\0' || *p == '#')
            continue;
        char *equals = strstr(p, " = ");
        if (!equals)
            fail("%s:%u: '%s': write 'key = value'", path, line, p);
        *equals = '\0';
        char *value = allocate(strlen(equals + 3) + 1);
        strcpy(value, equals + 3);
        set(conf, p, value, path, line);
    }
    free(text);
    if (!conf->name)
        fail("%s: no name", path);
}

void locale_conf_fini(struct locale_conf *conf) {
    free(conf->name);
    free(conf->glyph.items);
    free(conf->convert.items);
    free(conf->soft.items);
    free(conf->either.items);
    free(conf->style);
}
