/*
 * Following: what somebody wants to be told of. A record: what changes in it and what is said below it; a form, a
 * view, a key word, a space: what is added there. Who wrote a record follows it, and who comments follows the
 * thread, unless she says otherwise.
 */
#ifndef PARVIS_FOLLOW_H
#define PARVIS_FOLLOW_H

#include "core/record.h"

enum { FOLLOW_MAX = 500 /* things that one person follows, records apart */, FOLLOW_WORD_MAX = 60 };

/* Kept in the table: never renumbered. */
enum follow_kind { FOLLOW_RECORD, FOLLOW_FORM, FOLLOW_VIEW, FOLLOW_TAG, FOLLOW_SPACE, FOLLOW_KINDS };

struct follow {
	enum follow_kind kind;
	int64_t target;   /* number of the record, form, view or space; 0: a key word */
	const char *word; /* folded (text_fold); "" but for key words */
};

/* The caller has checked that she may read it. E_LIMIT: too many. */
enum code follow_set(struct tx *tx, int64_t person, const struct follow *follow, bool on, struct err *err) MUST;
/* She has just written below the record: she follows it unless she has said no to this one, or to all. */
enum code follow_begin(struct tx *tx, int64_t person, int64_t record, struct err *err) MUST;
/* Does she follow it? Her own records, unless she said no. */
enum code follow_is(struct db *db, int64_t person, const struct follow *follow, bool *ret, struct err *err) MUST;
/* What she follows, the latest first; her own records only when she said so. */
enum code follow_list(struct db *db, struct arena *a, int64_t person, int max, struct follow **ret, int *n,
                      struct err *err) MUST;

#endif
