/* SPDX-License-Identifier: Apache-2.0 */
#include "opencc.h"

#include <opencc/opencc.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "utf8.h"

struct opencc {
    opencc_t handle;
};

ivn_status opencc_stage_open(struct opencc **out, const char *config, ivn_error *err) {
    struct opencc *o = calloc(1, sizeof *o);
    size_t n = strlen(config);
    char *path = malloc(n + sizeof ".json");
    if (!o || !path) {
        free(o);
        free(path);
        return error_memory(err);
    }
    memcpy(path, config, n + 1);
    if (!strchr(config, '/') && !strstr(config, ".json"))
        memcpy(path + n, ".json", sizeof ".json");
    o->handle = opencc_open(path);
    free(path);
    if (o->handle == (opencc_t)-1) {
        free(o);
        return error_set(err, IVN_OPENCC, N_("OpenCC cannot use the configuration '%s': %s"),
                         config, opencc_error(), NULL);
    }
    *out = o;
    return IVN_OK;
}

void opencc_stage_close(struct opencc *o) {
    if (!o)
        return;
    opencc_close(o->handle);
    free(o);
}

/* Edits from `text` to `converted`, character by character where they pair up, else as one. */
static bool add_edits(struct edit_list *out, size_t offset, const char *text, size_t n,
                      const char *converted, size_t m) {
    const reason_id reason = reason_make(REASON_OPENCC, 0);
    if (utf8_count(text, n) != utf8_count(converted, m)) {
        size_t head = 0, tail = 0;
        while (head < n && head < m && text[head] == converted[head])
            head++;
        while (head > 0 && head < n && utf8_continues(text[head]))
            head--;
        while (tail < n - head && tail < m - head && text[n - tail - 1] == converted[m - tail - 1])
            tail++;
        while (tail > 0 && utf8_continues(text[n - tail]))
            tail--;
        return edit_add(out, offset + head, n - head - tail, converted + head, m - head - tail,
                        reason);
    }
    for (size_t i = 0, j = 0, a, b; i < n; i += a, j += b) {
        a = utf8_length((unsigned char)text[i]);
        b = utf8_length((unsigned char)converted[j]);
        if ((a != b || memcmp(text + i, converted + j, a) != 0) &&
            !edit_add(out, offset + i, a, converted + j, b, reason))
            return false;
    }
    return true;
}

static ivn_status convert(struct opencc *o, const char *text, size_t offset, size_t n,
                          struct edit_list *out, ivn_error *err) {
    if (n == 0)
        return IVN_OK;
    char *converted = opencc_convert_utf8(o->handle, text + offset, n);
    if (!converted)
        return error_set(err, IVN_OPENCC, N_("OpenCC cannot convert the text: %s"), opencc_error(),
                         NULL, NULL);
    size_t m = strlen(converted);
    bool ok = (m == n && memcmp(converted, text + offset, n) == 0) ||
              add_edits(out, offset, text + offset, n, converted, m);
    opencc_convert_utf8_free(converted);
    return ok ? IVN_OK : error_memory(err);
}

ivn_status opencc_stage_run(struct opencc *o, const char *text, size_t n,
                            const struct span_list *verbatim, struct edit_list *out,
                            ivn_error *err) {
    size_t start = 0, s = 0;
    ivn_status status = IVN_OK;
    for (size_t i = 0; i < n && status == IVN_OK; i++) { /* lines; NUL ends OpenCC's input */
        bool span = s < verbatim->count && verbatim->items[s].offset == i;
        if (!span && text[i] != '\n' && text[i] != '\0')
            continue;
        status = convert(o, text, start, i - start, out, err);
        if (span)
            i += verbatim->items[s++].length - 1;
        start = i + 1;
    }
    return status == IVN_OK ? convert(o, text, start, n - start, out, err) : status;
}
