/*
 * The journal of what is confidential: every reading of a record that has named readers is noted – who, when, which,
 * in which way. A request that may read such records has a door: the feature says in which way it reads
 * (struct feature's `way`), the request hands `struct readings` to its actor, what is loaded for her is gathered
 * there, and the journal is written before the answer leaves. Without a door an actor reads nothing confidential,
 * whatever she is named for: a page, a feed or a job forgets nothing by being new.
 */
#ifndef PARVIS_READING_H
#define PARVIS_READING_H

#include "core/actor.h"
#include "store/store.h"

/* Kept in the table: never renumbered. */
enum way {
	WAY_NONE,   /* nothing confidential is read there */
	WAY_NOTICE, /* that it exists is known, nothing of it is shown: not journaled */
	WAY_PAGE,
	WAY_LIST,
	WAY_SEARCH, /* an excerpt among what was found */
	WAY_EXPORT,
	WAY_FILE,
	WAY_HISTORY,
	WAY_COUNT
};
const char *way_words(enum way way); /* message id */

enum { READING_MONTHS = 12, READING_MONTHS_MAX = 60 };

struct readings {
	enum way way;
	struct arena *arena;
	struct reading_of {
		struct id record;
		int64_t form;
	} * items;
	int n, room;
};

/* Notes that the actor was given a record (its circle is not 0). */
void reading_note(const struct actor *actor, struct id record, int64_t form);
/* Writes what was gathered, once each. */
enum code reading_write(struct tx *tx, const struct actor *actor, const struct readings *readings,
                        struct err *err) MUST;

struct reading_row {
	int64_t num, at;    /* ms UTC */
	const char *person; /* NULL: somebody whose account is gone */
	struct id record;
	int64_t record_num; /* 0: erased since */
	enum way way;
};
/* Of a form, those before the row `before` (0: from the newest on), or of one of its records (not zero). The caller
 * has checked who asks. */
enum code reading_list(struct db *db, struct arena *a, const struct form *form, struct id record, int64_t before,
                       int max, struct reading_row **ret, int *n, struct err *err) MUST;
/* What is older than its form says goes; of forms that are gone or are not confidential: READING_MONTHS. */
enum code reading_purge(struct tx *tx, const struct model *model, int64_t now, struct err *err) MUST;

#endif
