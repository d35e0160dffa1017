/*
 * Where answers come from: pages of the site, or what was answered to a survey. Results (result.h) know no other way to
 * them. To add one: 1. a file with its `const struct answer_source`; 2. a row in answer_sources (answer_source.c).
 */
#ifndef PARVIS_ANSWER_SOURCE_H
#define PARVIS_ANSWER_SOURCE_H

#include "page/page.h"

struct answer {
	const json_t *values;      /* field key → value: what the reader may read */
	const struct space *space; /* or NULL */
	int64_t at;                /* when it was given, ms UTC */
};

/* Told how many there may be, then of each: fewer may come. What it is given lives until it returns. */
struct answer_sink {
	void (*begin)(void *context, int most);
	void (*take)(void *context, const struct answer *answer);
	void *context;
};

struct answer_source {
	const char *name;
	/* Has the form such answers, as far as the reader may know? */
	bool (*fits)(const struct page *p, const struct form *form);
	/* Those that the reader may read now; *cut: there are more than could be taken in. */
	enum code (*read)(const struct page *p, const struct form *form, const struct answer_sink *sink, bool *cut,
	                  struct err *err);
	bool confidential; /* said in confidence: a few persons are never told apart (result_rule.h) */
};

extern const struct answer_source *const answer_sources[]; /* ends with NULL */
extern const struct answer_source answer_records;

/* The first that fits; the pages of the form when none does. */
const struct answer_source *answer_source_of(const struct page *p, const struct form *form);

#endif
