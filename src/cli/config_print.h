/* SPDX-License-Identifier: Apache-2.0 */
/* config_print.h - --print-config: which options are in force for a file, and who says so. */
#ifndef CLI_CONFIG_PRINT_H
#define CLI_CONFIG_PRINT_H

#include "config.h"
#include "options.h"

#include <stdio.h>

/* Prints for each of the files `key = value  # origin`, all keys in the order of --help, an option
 * that has several values on a line for each; the origin is FILE:LINE, `command line` or `default`.
 * Before the lines of one of several files stands its name, as [FILE]. A directory stands for no
 * file of it in particular. What is wrong has been said; the other files are printed all the same.
 */
enum status config_print(FILE *out, struct config *config, const struct options_list *files);

#endif
