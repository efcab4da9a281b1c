/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "progress.h"

#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR = 20, INTERVAL = 100 /* ms between two looks */ };

static uint64_t since(const struct timespec *then, const struct timespec *now) {
    int64_t ms = (int64_t)(now->tv_sec - then->tv_sec) * 1000 +
                 (int64_t)(now->tv_nsec - then->tv_nsec) / 1000000;
    return ms > 0 ? (uint64_t)ms : 0;
}

/* Whether there is a terminal that takes a line of this width, and can clear it. */
static bool can_show(void) {
    enum { WIDTH = 80 };
    const char *terminal = getenv("TERM");
    struct winsize size;
    return isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0 &&
           (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
            size.ws_col >= WIDTH);
}

void progress_begin(struct progress *progress, bool wanted, size_t files, uint64_t bytes) {
    memset(progress, 0, sizeof *progress);
    progress->is_on = wanted && can_show();
    progress->files = files;
    progress->bytes = bytes;
    clock_gettime(CLOCK_MONOTONIC, &progress->begun);
    progress->shown = progress->begun;
}

static void show(const struct progress *p, uint64_t elapsed) {
    char bar[BAR + 1], line[128];
    const uint64_t done = p->bytes_done, all = p->bytes > done ? p->bytes : done;
    const size_t filled = all ? (size_t)(done * BAR / all) : 0;
    const uint64_t rate = elapsed ? done * 1000 / elapsed : 0; /* bytes a second */
    const uint64_t left = rate ? (all - done) / rate : 0;
    memset(bar, '.', BAR);
    memset(bar, '#', filled);
    bar[BAR] = '\0';
    /* TRANSLATORS: at most 70 columns when filled in */
    snprintf(line, sizeof line, _("[%s] %zu/%zu files, %.1f MB, %.1f MB/s, %llu:%02llu left"), bar,
             p->files_done, p->files, (double)done / 1e6, (double)rate / 1e6,
             (unsigned long long)(left / 60), (unsigned long long)(left % 60));
    message_status(line);
}

void progress_add(struct progress *progress, uint64_t bytes) {
    struct timespec now;
    progress->files_done++;
    progress->bytes_done += bytes;
    if (!progress->is_on)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (since(&progress->shown, &now) < INTERVAL)
        return;
    progress->shown = now;
    show(progress, since(&progress->begun, &now));
}

void progress_end(struct progress *progress) {
    if (progress->is_on)
        message_status(NULL);
}
