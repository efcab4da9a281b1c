/* SPDX-License-Identifier: Apache-2.0 */
/* config.h - which options are in force for a file: the defaults, then the user's configuration
 * ($XDG_CONFIG_HOME/ivnorm/config), then each .ivnorm.conf from the root of the file system, or
 * from one that says `root = true`, down to the file's directory, then the command line. */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "message.h"
#include "options.h"

/* The configuration files read so far, each once. */
struct config;

/* `typed` is what options_parse() has found; it is borrowed, and with --no-config it is all there
 * is. NULL without memory, which has been said. */
struct config *config_new(const struct options *typed);
void config_free(struct config *config);

/* Fills *resolved for the file `path`, which need not exist; for "-" as config_for_directory() does
 * for ".". Its list `files` is empty, and it borrows from `config` and `typed`.
 * STATUS_ERROR: a configuration file is wrong, which is said once for each. options_fini() in
 * either case. */
enum status config_for(struct config *config, const char *path, struct options *resolved);

/* The same for no file of that directory in particular: sections do not count. */
enum status config_for_directory(struct config *config, const char *path, struct options *resolved);

#endif
