/* SPDX-License-Identifier: Apache-2.0 */
/* replay.c - runs the files given through the fuzz entry, as TAP. A file that breaks an invariant
 * ends the run, which the missing lines of the plan show. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz_convert.h"

enum { MAX_FILE = 1 << 20 };

/* -1: cannot be read. */
static long load(const char *path, uint8_t *bytes) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    size_t n = fread(bytes, 1, MAX_FILE, file);
    long size = ferror(file) ? -1 : (long)n;
    fclose(file);
    return size;
}

int main(int argc, char **argv) {
    uint8_t *bytes = malloc(MAX_FILE);
    if (!bytes)
        return EXIT_FAILURE;
    printf("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        long size = load(argv[i], bytes);
        if (size >= 0)
            LLVMFuzzerTestOneInput(bytes, (size_t)size);
        printf("%s %d - %s\n", size >= 0 ? "ok" : "not ok", i, argv[i]);
        fflush(stdout);
    }
    free(bytes);
    return EXIT_SUCCESS;
}
