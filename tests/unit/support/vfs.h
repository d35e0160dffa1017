/*
 * A disk that fails, under SQLite: a VFS (sqlite.org/vfs.html) over the usual one. It writes down what was
 * written and what was synced, so that any moment can be a power cut afterwards; or it refuses at the n-th
 * operation. After SQLite's own crash tests (sqlite.org/testing.html, section 3): what was synced is there; of
 * what was not, each sector is as before, as written, or torn.
 */
#ifndef PARVIS_TEST_VFS_H
#define PARVIS_TEST_VFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Makes it SQLite's default. Before any database is opened. */
void vfs_install(void);

/* Writes down what is done to the files of databases in `dir`, which are on the disk for good now. */
void vfs_trace(const char *dir);
/* From then on nothing is written down, of files that are still open either. */
void vfs_trace_end(void);
/* How many operations so far. From any thread. */
size_t vfs_trace_length(void);
/* What a cut after the first `length` operations leaves, in `dir`. The same seed, the same luck. */
void vfs_cut(const char *dir, size_t length, uint64_t seed);

/* The n-th operation from now on (from 1) fails with an extended code of SQLite, and those after it too if it
 * `lasts`. 0: all is well again. */
void vfs_fail(int n, int code, bool lasts);
/* Did it? */
bool vfs_has_failed(void);

#endif
