/*
 * Errors. A function that can fail returns `enum code` and takes `struct err *err` last; on failure
 * it fills `err` and leaves its outputs untouched. Only the boundary (router, job runner, command
 * line) logs or prints, in the reader's language: an error keeps its message id and its arguments.
 */
#ifndef PARVIS_ERR_H
#define PARVIS_ERR_H

#include <stdarg.h>

#include "base/macros.h"

enum code {
	OK = 0,
	E_INPUT,     /* what was sent is wrong; the message says which field and how to mend it */
	E_METHOD,    /* the address is right, what is asked of it is not */
	E_NOT_FOUND, /* absent, or not for this reader: both look the same */
	E_FORBIDDEN, /* seen, but this action is not allowed */
	E_SIGN_IN,   /* would be allowed to somebody signed in */
	E_CONFLICT,  /* somebody else changed it; nothing was lost */
	E_LIMIT,     /* too big, too many, too often */
	E_BUSY,      /* try again in a moment */
	E_GONE,      /* was here, deleted on purpose */
	E_FULL,      /* the site's disk has no room for it; nothing was saved */
	E_IO,        /* disk, network or database failed */
	E_INTERNAL,  /* a bug of ours */
	CODE_COUNT
};

enum { ERR_ARGS = 4, ERR_ARG_SIZE = 160 };

struct err {
	enum code code;
	const char *msg; /* message id: an English printf format, a literal */
	int nargs;
	char args[ERR_ARGS][ERR_ARG_SIZE]; /* formatted one by one, cut at a character boundary */
};

/* Marks a literal for translation where it is stored rather than shown. */
#define N_(msg) msg

/* Fills `err` (which may be NULL) and gives back `code`. At most ERR_ARGS conversions, of the
 * kinds %s %d %u %ld %lu %lld %llu %zu %zd %c. */
enum code err_set(struct err *err, enum code code, const char *msg, ...) PRINTF(3, 4);
enum code err_vset(struct err *err, enum code code, const char *msg, va_list ap);

/* Writes the message with its arguments put into `translated` (the translation of err->msg, or
 * err->msg itself; conversions may be reordered as %2$s). Returns `out`. */
char *err_format(const struct err *err, const char *translated, char *out, size_t size);

/* Returns the code itself, so that compilers and analysers see that it is not OK. */
#define FAIL(err, which, ...)                           \
	do {                                            \
		const enum code fail_code = (which);    \
		err_set((err), fail_code, __VA_ARGS__); \
		return fail_code;                       \
	} while (0)
#define TRY(call)                                    \
	do {                                         \
		enum code try_code = (call);         \
		if (try_code != OK) return try_code; \
	} while (0)

/* The name of a code, as logged: "E_INPUT". */
const char *code_name(enum code code);

/* Prints and aborts: out of memory, broken invariants. */
NORETURN void die(const char *fmt, ...) PRINTF(1, 2);

#endif
