/* SPDX-License-Identifier: Apache-2.0 */
#include "format.h"

#include <string.h>
#include <strings.h>

#include "doc.h"

/* The order in which a text is asked what it is; the last takes everything. */
static const struct format formats[] = {
    {"markdown", "md markdown mdown mkd mdx", NULL, doc_markdown_read, doc_markdown_write},
    {"html", "html htm xhtml xht", doc_html_is, doc_html_read, doc_html_write},
    {"ass", "ass ssa", doc_ass_is, doc_ass_read, doc_ass_write},
    {"vtt", "vtt", doc_vtt_is, doc_vtt_read, doc_vtt_write},
    {"srt", "srt", doc_srt_is, doc_srt_read, doc_srt_write},
    {"json", "json", doc_json_is, doc_json_read, doc_json_write},
    {"jsonl", "jsonl ndjson", doc_jsonl_is, doc_jsonl_read, doc_json_write},
    {"plain", "txt text", NULL, NULL, NULL},
};
enum { FORMATS = sizeof formats / sizeof *formats };
static const struct format *const plain = &formats[FORMATS - 1];

const struct format *format_find(const char *name) {
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

/* Whether the n bytes at `ending` are a word of the list, in capitals or not. */
static bool has_word(const char *list, const char *ending, size_t n) {
    for (const char *s = list; *s;) {
        size_t length = strcspn(s, " ");
        if (length == n && strncasecmp(s, ending, n) == 0)
            return true;
        s += length + (s[length] == ' ');
    }
    return false;
}

const char *ivn_format_name(size_t index) {
    return index < FORMATS ? formats[index].name : NULL;
}

const char *ivn_format_of_file(const char *file_name) {
    const char *slash = strrchr(file_name, '/');
    const char *dot = strrchr(slash ? slash : file_name, '.');
    for (size_t i = 0; dot && i < FORMATS; i++)
        if (has_word(formats[i].endings, dot + 1, strlen(dot + 1)))
            return formats[i].name;
    return NULL;
}

const char *ivn_format_of_text(const char *text, size_t n) {
    for (size_t i = 0; i < FORMATS; i++)
        if (formats[i].is && formats[i].is(text, n))
            return formats[i].name;
    return plain->name;
}
