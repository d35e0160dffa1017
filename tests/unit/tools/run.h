/* Runs a program and keeps what it says. */
#ifndef TEST_RUN_H
#define TEST_RUN_H

#include <stddef.h>

struct run {
	int status;        /* exit code; 128 and more: killed */
	char output[8192]; /* standard output and error, cut at the size */
};

/* `argv` ends with NULL. */
void run_program(struct run *run, const char *const *argv);

/* A folder for the test's files, made once. */
const char *run_folder(void);
/* Writes a file there; returns its path (static memory, one for each of the last 8 calls). */
const char *run_write(const char *name, const char *content);
const char *run_path(const char *name);
/* Removes the folder. */
void run_clean(void);

#endif
