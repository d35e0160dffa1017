/*
 * How the site is, in words: what needs a hand (a failed letter, a disk nearly full, no backup of late…), what
 * waits. Each care is a row of one table (admin_care.c).
 */
#ifndef PARVIS_ADMIN_H
#define PARVIS_ADMIN_H

#include "core/waiting.h"
#include "page/page.h"

struct admin_state {
	struct waiting waiting;
	bool administers;
	/* For administrators only. */
	int administrators;       /* who may sign in */
	bool spooled;             /* no mail server */
	int64_t available, total; /* of the disk, bytes; total 0: not known */
	int64_t backup;           /* when the newest was made, 0: none */
	int64_t tested;           /* when one was found good, 0: never */
	bool unsound;             /* the newest that was tried is not good */
	int64_t checked, wrong;   /* the last check: when, what it found */
	int failing;              /* work that comes back and failed last time */
};

enum code admin_state_read(const struct page *p, const char *dir, struct admin_state *ret, struct err *err) MUST;

/* Something that needs a hand. */
struct admin_care {
	const char *text, *url, *action; /* in the reader's language; where to go, what is done there */
	bool urgent;
};
/* The urgent ones first; a NULL text after the last. */
const struct admin_care *admin_cares(const struct page *p, const struct admin_state *state);
/* What waits for the reader. */
const struct admin_care *admin_waiting(const struct page *p, const struct admin_state *state);

/* "1,4 Go" */
const char *size_words(const struct page *p, int64_t bytes);
/* Is there little room left? */
bool disk_is_short(int64_t available, int64_t total);

#endif
