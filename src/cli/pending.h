/* SPDX-License-Identifier: Apache-2.0 */
/* pending.h - the temporary files that a fatal signal must not leave behind. SIGINT, SIGTERM,
 * SIGHUP and SIGPIPE remove every file of the table and then end the program. The main thread's
 * alone: it is the one that gets the signals. */
#ifndef CLI_PENDING_H
#define CLI_PENDING_H

#include <signal.h>

/* Installs the signal handlers. Call once, before any other. */
void pending_setup(void);

/* Between the two no handler runs: a file and its row in the table change together.
 * pending_unblock() keeps errno. */
void pending_block(sigset_t *old);
void pending_unblock(const sigset_t *old);

/* Both while the signals are blocked. `name` is borrowed until it is taken off again. -1 with errno
 * ENFILE if the table is full. Taking off NULL or what is not in the table
 * is fine. */
int pending_add(const char *name);
void pending_remove(const char *name);

/* Creates the file for writing, with the mode 0600, and adds it to the table. -1 with errno, EEXIST
 * for a file that is there already. */
int pending_create(const char *name);

/* The same for a name that ends in XXXXXX, which a free one takes the place of. -1 with errno. */
int pending_create_unique(char *name);

/* Deletes the file and takes it off the table. Keeps errno. */
void pending_delete(const char *name);

/* Renames the file and takes it off the table. `fresh`: never over a file that exists. -1 with
 * errno, and the file stays where it was and in the table. */
int pending_rename(const char *name, const char *to, int fresh);

/* `name` in the directory of `path`; the caller frees it. NULL with errno. */
char *pending_beside(const char *path, const char *name);

#endif
