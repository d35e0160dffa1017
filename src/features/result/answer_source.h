/*
 * Where answers come from: pages of the site, or what was answered to a survey. Results (result.h) know no other way to
 * them. To add one: 1. a file with its `const struct answer_source`; 2. a row in answer_sources (answer_source.c).
 */
#ifndef PARVIS_ANSWER_SOURCE_H
#define PARVIS_ANSWER_SOURCE_H

#include "core/response_body.h"
#include "page/page.h"

struct answer {
	const json_t *values;      /* field key → value: what the reader may read */
	const struct space *space; /* or NULL */
	int64_t at;                /* when it was given, ms UTC; 0: nobody knows */
	const char *channel;       /* key of how it came, or NULL */
};

/* What is known beside the answers. */
struct answer_counts {
	int64_t begun; /* and not sent */
	int64_t held;  /* sent, and not shown yet: too few would be told apart */
	bool cut;      /* there are more than could be taken in */
};

/* Told how many there may be, then of each: fewer may come. What it is given lives until it returns. */
struct answer_sink {
	void (*begin)(void *context, int most);
	void (*take)(void *context, const struct answer *answer);
	void *context;
};

struct answer_source {
	const char *name;
	/* Has the form such answers? */
	bool (*fits)(const struct form *form);
	/* Does the reader look after them? Others see results only when they are public. */
	bool (*may)(const struct page *p, const struct form *form);
	/* Said in confidence, from this reader too: a few persons are never told apart (result_rule.h). */
	bool (*confidential)(const struct page *p, const struct form *form);
	/* Those that may be counted for the reader now; result_seen has been asked. */
	enum code (*read)(const struct page *p, const struct form *form, const struct answer_sink *sink,
	                  struct answer_counts *counts, struct err *err);
	bool channels; /* is it known how each came? */
	/* Which answers there are now, in the order of their keys, and those of given keys as they are stored, in the same
	 * snapshot: what is made of them may be kept (answer_columns.h), as far as it is the same for all readers. NULL: it is
	 * not. */
	enum code (*keys)(const struct page *p, const struct form *form, struct response_key **ret, int *n,
	                  struct answer_counts *counts, struct err *err);
	enum code (*stored)(const struct page *p, const struct form *form, const struct response_key *keys, int n,
	                    response_body_fn *fn, void *context, struct err *err);
};

enum { ANSWERS_MOST = 200000 }; /* responses to one questionnaire that are counted */

extern const struct answer_source *const answer_sources[]; /* ends with NULL */
extern const struct answer_source answer_responses, answer_records;

/* The responses to a questionnaire, as they are counted for the reader; result_seen has been asked. */
struct response_walk answer_walk(const struct page *p, const struct form *form);

/* Message id. */
const char *answer_channel_words(const char *key);

/* The first that fits; the pages of the form when none other does. */
const struct answer_source *answer_source_of(const struct form *form);

#endif
