/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "config_file.h"

#include "glob.h"
#include "nearest.h"
#include "options.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SIZE_LIMIT = 1 << 20, /* bytes of a file: more is something else under this name */
    LINE_LIMIT = 4096     /* bytes of a line, where inih can be told */
};

/* A setting with its value, which was put together from the line. */
struct stored {
    struct setting setting; /* first: one is freed by the address of the other */
    char value[];
};

struct reader {
    struct config_file *file;
    FILE *in;
    char *raw; /* the line as it stands in the file */
    size_t capacity;
    size_t line;
    bool pending; /* inih has been given a line and has not made a key of it */
};

/* Says what is wrong with the current line; nothing more is read. */
static void refuse(struct reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void refuse(struct reader *reader, const char *format, ...) {
    char *what = NULL;
    va_list args;
    reader->file->status = STATUS_ERROR;
    va_start(args, format);
    int n = vasprintf(&what, format, args);
    va_end(args);
    if (n < 0) {
        message_errno(reader->file->name, _("cannot go on"), ENOMEM);
        return;
    }
    message_error("%s:%zu: %s", reader->file->name, reader->line, what);
    free(what);
}

static struct config_section *add_section(struct config_file *file, char *glob) {
    struct config_section *sections =
        file->count < SIZE_MAX / sizeof *sections
            ? realloc(file->sections, (file->count + 1) * sizeof *sections)
            : NULL;
    if (!sections) {
        errno = ENOMEM;
        return NULL;
    }
    file->sections = sections;
    sections[file->count] = (struct config_section){.glob = glob};
    return &sections[file->count++];
}

static void no_memory(struct reader *reader) {
    reader->file->status = message_errno(reader->file->name, _("cannot go on"), ENOMEM);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static void trim_end(char *text) {
    size_t n = strlen(text);
    while (n > 0 && is_blank(text[n - 1]))
        text[--n] = '\0';
}

/* A comment begins the line or follows a blank: `# origin` behind a value as --print-config has it
 * may stay there. inih knows the semicolon only. */
static void cut_comment(char *text) {
    for (char *c = text; *c; c++)
        if ((*c == ';' || *c == '#') && (c == text || is_blank(c[-1]))) {
            *c = '\0';
            return;
        }
}

/* A line of the form [GLOB]. Not left to inih, which ends the name of a section at the first ']'
 * and after 50 bytes, without a word. */
static void begin_section(struct reader *reader, char *text) {
    size_t n = strlen(text);
    if (n < 2 || text[n - 1] != ']') {
        refuse(reader, _("a section without its ']'; write [GLOB]"));
        return;
    }
    text[n - 1] = '\0';
    trim_end(++text);
    text += strspn(text, " \t");
    n = strlen(text);
    const char *why = glob_wrong(text);
    if (n == 0) {
        refuse(reader, _("a section without a name; write [GLOB]"));
    } else if (why) {
        refuse(reader, _("[%s]: not a pattern: %s"), text, gettext(why));
    } else if (text[n - 1] == '/') {
        refuse(reader, _("[%s]: a section is about files; write [%s**]"), text, text);
    } else {
        char *glob = strdup(text);
        if (!glob || !add_section(reader->file, glob)) {
            free(glob);
            no_memory(reader);
        }
    }
}

/* The next line's text, without blanks and comments; NULL at the end or after a mistake. */
static char *next_text(struct reader *reader) {
    ssize_t n = getline(&reader->raw, &reader->capacity, reader->in);
    if (n < 0) {
        if (ferror(reader->in))
            reader->file->status = message_errno(reader->file->name, _("cannot read"), errno);
        return NULL;
    }
    reader->line++;
    if (memchr(reader->raw, '\0', (size_t)n)) {
        refuse(reader, _("a NUL byte; a configuration file is text"));
        return NULL;
    }
    if (reader->raw[n - 1] == '\n')
        reader->raw[n - 1] = '\0';
    char *text = reader->raw;
    if (reader->line == 1 && strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    /* inih would take a line that begins with a blank for more of the value before it. */
    while (is_blank(*text))
        text++;
    cut_comment(text);
    trim_end(text);
    return text;
}

/* Gives inih the next line that is of the form `key = value`, or ought to be. */
static char *read_line(char *to, int size, void *user) {
    struct reader *reader = user;
    char *text;
    if (reader->pending)
        refuse(reader, _("neither 'key = value' nor a [section]"));
    while (reader->file->status == STATUS_FINE && (text = next_text(reader)) != NULL) {
        size_t n = strlen(text);
        if (n == 0)
            continue;
        if (*text == '[') {
            begin_section(reader, text);
            continue;
        }
        /* inih wants room for a line end, which it may double. */
        if (n + 3 > (size_t)size) {
            refuse(reader, _("a line may have at most %d bytes"), size - 3);
            break;
        }
        memcpy(to, text, n);
        memcpy(to + n, "\n", 2);
        reader->pending = true;
        return to;
    }
    return NULL;
}

/* 1 or 0; -1 if it is neither, which has been said. */
static int parse_truth(struct reader *reader, const char *key, const char *value) {
    static const struct {
        const char *word;
        int truth;
    } words[] = {{"true", 1}, {"false", 0}, {"yes", 1}, {"no", 0}, {"on", 1}, {"off", 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(words[i].word, value) == 0)
            return words[i].truth;
    refuse(reader, _("%s = %s: unknown value; use true or false"), key, value);
    return -1;
}

static void refuse_key(struct reader *reader, const char *name) {
    struct nearest nearest;
    struct options_key key;
    if (options_has(name)) {
        refuse(reader, _("'%s' is an option for the command line, not for a file"), name);
        return;
    }
    nearest_init(&nearest, name, strlen(name));
    for (size_t i = 0; options_key(i, &key); i++)
        nearest_offer(&nearest, key.name);
    if (!reader->file->user)
        nearest_offer(&nearest, "root");
    if (nearest.best)
        refuse(reader, _("unknown key '%s'; did you mean '%s'?"), name, nearest.best);
    else
        refuse(reader, _("unknown key '%s'; see ivnorm --help for the options"), name);
}

static bool find_key(const char *name, struct options_key *key) {
    for (size_t i = 0; options_key(i, key); i++)
        if (strcmp(key->name, name) == 0)
            return true;
    return false;
}

/* The setting `key` = prefix + value in the current line; NULL without memory. */
static struct stored *store(const struct reader *reader, const struct options_key *key,
                            const char *prefix, size_t n, const char *value) {
    const char *raw = reader->raw;
    size_t size = strlen(value) + 1;
    if (n > SIZE_MAX - sizeof(struct stored) - size) {
        errno = ENOMEM;
        return NULL;
    }
    struct stored *stored = calloc(1, sizeof *stored + n + size);
    if (!stored)
        return NULL;
    memcpy(stored->value, prefix, n);
    memcpy(stored->value + n, value, size);
    if (strncmp(raw, "\xEF\xBB\xBF", 3) == 0)
        raw += 3;
    size_t at = strcspn(raw, "=:");
    at += strspn(raw + at, "=:");
    at += strspn(raw + at, " \t\r\f\v");
    stored->setting = (struct setting){.record = key->record,
                                       .name = key->name,
                                       .value = key->takes_value ? stored->value : NULL,
                                       .file = reader->file->name,
                                       .line = reader->line,
                                       .column = at + 1};
    return stored;
}

/* What stands before a relative name: the directory of the file, with its slash. */
static size_t prefix_size(const struct config_file *file, const char *value) {
    const char *slash = strrchr(file->name, '/');
    return slash && *value != '/' ? (size_t)(slash + 1 - file->name) : 0;
}

/* The setting as the key has it; NULL without memory. */
static struct stored *make(const struct reader *reader, const struct options_key *key,
                           const char *value) {
    const char *prefix = reader->file->name;
    size_t n = prefix_size(reader->file, value);
    if (*value == '\0' || !(key->use & (OPTIONS_PATH | OPTIONS_FOUND)))
        return store(reader, key, "", 0, value);
    /* "-" alone would be standard input. */
    if (n == 0 && strcmp(value, "-") == 0)
        return store(reader, key, "./", 2, value);
    struct stored *stored = store(reader, key, prefix, n, value);
    if (stored && key->use & OPTIONS_FOUND && access(stored->value, F_OK) != 0) {
        free(stored);
        stored = store(reader, key, "", 0, value);
    }
    return stored;
}

/* Whether the option takes the value; if not, it has said so. */
static enum status try(struct setting *setting) {
    struct settings one = {.items = &setting, .count = 1};
    struct options options;
    enum status status = options_apply(&options, &one);
    options_fini(&options);
    return status;
}

static void take_setting(struct reader *reader, const struct options_key *key, const char *value) {
    struct config_file *file = reader->file;
    int truth = 1;
    if (*value && !key->takes_value && (truth = parse_truth(reader, key->name, value)) < 0)
        return;
    struct stored *stored = make(reader, key, value);
    if (!stored || settings_add(&file->sections[file->count - 1].settings, &stored->setting) != 0) {
        free(stored);
        no_memory(reader);
        return;
    }
    stored->setting.reset = *value == '\0' || truth == 0;
    if (!stored->setting.reset)
        file->status = try(&stored->setting);
}

static void take_root(struct reader *reader, const char *value) {
    int truth = parse_truth(reader, "root", value);
    if (truth >= 0 && reader->file->count > 1)
        refuse(reader, _("'root' is for all files; move it before the first section"));
    reader->file->root = truth > 0;
}

/* What inih has made of a line. */
static int take_pair(void *user, const char *section, const char *name, const char *value) {
    struct reader *reader = user;
    struct options_key key;
    (void)section;
    reader->pending = false;
    if (find_key(name, &key))
        take_setting(reader, &key, value);
    else if (strcmp(name, "root") == 0 && !reader->file->user)
        take_root(reader, value);
    else
        refuse_key(reader, name);
    return 1;
}

static void parse(struct config_file *file, FILE *in) {
    struct reader reader = {.file = file, .in = in};
    if (!add_section(file, NULL)) {
        no_memory(&reader);
        return;
    }
#if HAVE_DECL_INI_MAX_LINE
    ini_max_line = LINE_LIMIT;
#endif
    if (ini_parse_stream(read_line, &reader, take_pair, &reader) == -2)
        no_memory(&reader);
    free(reader.raw);
}

/* Opens the file; NULL if there is none, or if it cannot be used, which has been said then. Without
 * O_NONBLOCK a FIFO of this name would stop the program. */
static FILE *open_file(struct config_file *file) {
    struct stat st;
    int fd = open(file->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        int error = errno;
        /* A directory that may not be searched hides its file as if there were none. */
        if (error != ENOENT && error != ENOTDIR && error != ENAMETOOLONG &&
            (error != EACCES || lstat(file->name, &st) == 0))
            file->status = message_errno(file->name, _("cannot read"), error);
        return NULL;
    }
    FILE *in = NULL;
    if (fstat(fd, &st) != 0)
        file->status = message_errno(file->name, _("cannot read"), errno);
    else if (!S_ISREG(st.st_mode))
        file->status =
            message_error(_("%s: not a regular file; it cannot be a configuration"), file->name);
    else if (st.st_size > SIZE_LIMIT)
        file->status = message_error(_("%s: a configuration file may have at most %d bytes"),
                                     file->name, SIZE_LIMIT);
    else if (!(in = fdopen(fd, "r")))
        file->status = message_errno(file->name, _("cannot read"), errno);
    if (!in)
        close(fd);
    return in;
}

int config_file_load(struct config_file **out, const char *name, bool user) {
    struct config_file *file = calloc(1, sizeof *file);
    if (!file || !(file->name = strdup(name))) {
        free(file);
        errno = ENOMEM;
        return -1;
    }
    file->user = user;
    FILE *in = open_file(file);
    if (in) {
        parse(file, in);
        fclose(in);
    }
    if (in || file->status != STATUS_FINE)
        *out = file;
    else
        config_file_free(file);
    return 0;
}

void config_file_free(struct config_file *file) {
    if (!file)
        return;
    for (size_t i = 0; i < file->count; i++) {
        struct settings *settings = &file->sections[i].settings;
        for (size_t j = 0; j < settings->count; j++)
            free(settings->items[j]);
        settings_fini(settings);
        free(file->sections[i].glob);
    }
    free(file->sections);
    free(file->name);
    free(file);
}

int config_file_collect(const struct config_file *file, const char *path, struct settings *to) {
    for (size_t i = 0; i < file->count; i++) {
        const struct config_section *section = &file->sections[i];
        if (section->glob && (!path || !glob_match(section->glob, path)))
            continue;
        for (size_t j = 0; j < section->settings.count; j++)
            if (options_put(to, section->settings.items[j]) != 0)
                return -1;
    }
    return 0;
}
