/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "batch.h"

#include "article.h"
#include "commit.h"
#include "crew.h"
#include "engines.h"
#include "journal.h"
#include "output_path.h"
#include "progress.h"
#include "report.h"
#include "tally.h"
#include "worklist.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct batch {
    const struct options *typed;
    struct config *config;
    struct output *output;
    struct engines engines;
    struct worklist list;
    struct journal *journal; /* NULL: none is kept */
    struct commit *commit;   /* NULL: nothing is written */
    struct tally tally;
    struct progress progress;
    enum status status;
};

bool batch_is_wanted(const struct options *typed) {
    struct stat found;
    if (typed->in_place || typed->output)
        return true;
    for (size_t i = 0; i < typed->files.count && report_is_wanted(typed); i++)
        if (strcmp(typed->files.items[i], "-") != 0 && stat(typed->files.items[i], &found) == 0 &&
            S_ISDIR(found.st_mode))
            return true;
    return false;
}

static void worsen(struct batch *b, enum status status) {
    b->status = status_worst(b->status, status);
}

static void fail(struct batch *b) {
    b->tally.failed++;
    worsen(b, STATUS_ERROR);
}

/* ---- writing ---- */

/* What commit.c tells of each file, sooner or later. */
static void tell(void *arg, const char *path, const char *why) {
    struct batch *b = arg;
    if (!why)
        return;
    if (b->typed->in_place) {
        b->tally.changed--; /* it was counted when it was handed over */
        message_error(_("%s: not replaced: %s; the original file is unchanged"), path, why);
    } else {
        message_error(_("%s: not written: %s"), path, why);
    }
    fail(b);
}

/* Options that say nothing of what becomes of the files. */
static bool is_about_the_run(const char *name) {
    static const char *const names[] = {"jobs", "quiet", "diff", "explain", "in-place", "output"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static int add_words(struct bytes *to, const char *a, const char *b, const char *c) {
    return bytes_add_string(to, a) | bytes_add_string(to, b) | bytes_add_string(to, c);
}

/* Which work this is, for going on with it after a kill: options and absolute names. */
static enum status make_key(const struct batch *b, struct bytes *key) {
    const struct options *o = b->typed;
    char *output = o->output ? realpath(o->output, NULL) : NULL;
    int bad = o->in_place ? bytes_add_string(key, "--in-place")
                          : add_words(key, "--output=", output ? output : o->output, "");
    free(output);
    for (size_t i = 0; i < o->settings.count && !bad; i++) {
        const struct setting *s = o->settings.items[i];
        if (!is_about_the_run(s->name))
            bad |= add_words(key, " --", s->name, s->value ? "=" : "") |
                   bytes_add_string(key, s->value ? s->value : "");
    }
    for (size_t i = 0; i < o->files.count && !bad; i++) {
        char *path = realpath(o->files.items[i], NULL);
        bad |= add_words(key, " ", path ? path : o->files.items[i], "");
        free(path);
    }
    if (bad || bytes_add(key, "", 1) != 0)
        return message_error("%s", strerror(ENOMEM));
    return STATUS_FINE;
}

/* Before any file is looked at: see journal_open(). */
static enum status begin_writing(struct batch *b) {
    struct bytes key = {0};
    enum status status = STATUS_FINE;
    if (!b->typed->in_place && !b->typed->output)
        return STATUS_FINE;
    if (!b->typed->no_journal) {
        status = make_key(b, &key);
        if (status == STATUS_FINE)
            status = journal_open(&b->journal, key.data);
        bytes_fini(&key);
        if (b->journal && journal_is_resumed(b->journal))
            message_note(_("going on with the run %s, which was interrupted"),
                         journal_name(b->journal));
    } else {
        journal_tidy();
    }
    const struct commit_options options = {
        .journal = b->journal, .backup = b->typed->backup, .tell = tell, .arg = b};
    if (status == STATUS_FINE && commit_new(&b->commit, &options) != 0)
        status = message_error("%s", strerror(errno));
    return status;
}

/* Whether a file has these bytes already. */
static bool has_bytes(const char *path, const struct stat *there, const void *bytes, size_t n) {
    struct bytes old = {0};
    bool same = (uint64_t)there->st_size == n && bytes_read_file(&old, path) == 0 &&
                old.size == n && (n == 0 || memcmp(old.data, bytes, n) == 0);
    bytes_fini(&old);
    return same;
}

/* Hands a file over to be written under --output. */
static void write_target(struct batch *b, const char *target, const struct article *article) {
    struct stat there;
    size_t n;
    const void *bytes = article_bytes(article, &n);
    if (lstat(target, &there) != 0) {
        if (commit_directories(b->commit, target) != 0) {
            message_errno(target, _("cannot create its directory"), errno);
            fail(b);
        } else {
            commit_create(b->commit, target, article->input.st_mode, bytes, n);
        }
    } else if (there.st_dev == article->input.st_dev && there.st_ino == article->input.st_ino) {
        message_error(_("%s: is the input itself; use --in-place to replace it"), target);
        fail(b);
    } else if (!S_ISREG(there.st_mode) || !has_bytes(target, &there, bytes, n)) {
        commit_add(b->commit, target, &there, bytes, n);
    }
}

static void write_file(struct batch *b, const struct worklist_file *file,
                       const struct article *article) {
    size_t n;
    const void *bytes = article_bytes(article, &n);
    if (file->target)
        write_target(b, file->target, article);
    else if (article->changed)
        commit_add(b->commit, file->path, &article->input, bytes, n);
}

/* ---- one file after the other ---- */

/* Finds the options of a file. false: it is not to be converted; that has been said. */
static bool prepare(void *user, size_t index, struct crew_task *task) {
    struct batch *b = user;
    const struct worklist_file *file = &b->list.files[index];
    struct stat now;
    const char *made = file->target ? file->target : file->path;
    if (b->journal && journal_is_resumed(b->journal) && stat(made, &now) == 0 &&
        journal_is_done(b->journal, made, &now)) {
        b->tally.resumed++;
        progress_add(&b->progress, file->size);
        return false;
    }
    enum status status = config_for(b->config, file->path, &task->options);
    if (status == STATUS_FINE)
        status = options_check(&task->options);
    if (status == STATUS_FINE)
        task->engine = engines_get(&b->engines, &task->options);
    task->size = file->size;
    task->name = file->path;
    task->skip_binary = file->is_found;
    if (task->engine)
        return true;
    options_fini(&task->options);
    progress_add(&b->progress, file->size);
    fail(b);
    return false;
}

static void report(struct batch *b, const struct crew_task *task) {
    const struct article *a = &task->article;
    struct report report;
    report_init(&report, &task->options, b->output, task->name);
    enum status status = report_article(&report, a);
    status = status_worst(status, report_finish(&report));
    report_fini(&report);
    worsen(b, status);
}

/* Only for the numbers at the end: to tell what an edit was made for takes time and memory. */
static void count_edits(struct batch *b, const struct article *a) {
    if (!b->list.has_directory || b->typed->quiet)
        return;
    for (size_t i = 0; i < a->piece_count; i++) {
        size_t count = 0;
        const ivn_edit *edits =
            a->pieces[i].result ? ivn_result_edits(a->pieces[i].result, &count) : NULL;
        tally_edits(&b->tally, edits, edits ? count : 0);
    }
}

static bool deliver(void *user, size_t index, struct crew_task *task) {
    struct batch *b = user;
    const struct worklist_file *file = &b->list.files[index];
    const struct article *a = &task->article;
    if (!task->is_converted) {
        article_say(a);
        fail(b);
    } else if (a->binary) {
        tally_skip(&b->tally, N_("binary"));
    } else {
        worsen(b, article_say_failures(a));
        count_edits(b, a);
        *(a->changed ? &b->tally.changed : &b->tally.unchanged) += 1;
        if (report_is_wanted(&task->options))
            report(b, task);
        if (b->commit)
            write_file(b, file, a);
    }
    progress_add(&b->progress, file->size);
    return !output_failed(b->output);
}

/* What is wrong with the options themselves is told once, before anything is read. */
static bool are_options_usable(struct batch *b) {
    struct options here;
    ivn_source *source;
    ivn_error err;
    enum status status = config_for_directory(b->config, ".", &here);
    if (status == STATUS_FINE)
        status = options_check(&here);
    if (status == STATUS_FINE && !engines_get(&b->engines, &here))
        status = STATUS_ERROR;
    const char *const encodings[] = {here.from_encoding, here.to_encoding};
    for (size_t i = 0; i < 2 && status == STATUS_FINE; i++) {
        if (!encodings[i])
            continue;
        if (ivn_source_decode(&source, "", 0, encodings[i], &err) == IVN_OK)
            ivn_source_free(source);
        else
            status = message_library(i ? "--to-encoding" : "--from-encoding", &err);
    }
    options_fini(&here);
    worsen(b, status);
    return status == STATUS_FINE;
}

static void convert(struct batch *b) {
    const struct crew_orders orders = {.count = b->list.count,
                                       .threads = b->typed->jobs,
                                       .prepare = prepare,
                                       .deliver = deliver,
                                       .user = b};
    const bool quiet = b->typed->quiet || (report_is_wanted(b->typed) && isatty(STDOUT_FILENO));
    progress_begin(&b->progress, b->list.has_directory && !quiet, b->list.count, b->list.bytes);
    if (crew_work(&orders) != 0) {
        message_errno(PACKAGE, _("cannot go on"), errno);
        worsen(b, STATUS_ERROR);
    }
    progress_end(&b->progress);
}

enum status batch_run(const struct options *typed, struct config *config, struct output *output) {
    struct batch b = {.typed = typed, .config = config, .output = output};
    bool usable = false;
    worsen(&b, engines_open(&b.engines, typed));
    if (b.status == STATUS_FINE && are_options_usable(&b))
        worsen(&b, begin_writing(&b));
    if (b.status == STATUS_FINE)
        worsen(&b, worklist_fill(&b.list, typed, config, &b.tally, &usable));
    if (usable)
        convert(&b);
    if (b.commit)
        commit_flush(b.commit);
    commit_free(b.commit);
    worsen(&b, journal_close(b.journal, usable && !output_failed(output)));
    if (b.list.has_directory && usable && !typed->quiet)
        tally_say(&b.tally, !b.commit);
    engines_close(&b.engines);
    worklist_fini(&b.list);
    tally_fini(&b.tally);
    return b.status;
}
