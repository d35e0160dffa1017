/*
 * Children: under an age, one agrees to the use of one's data with a parent (RGPD, article 8; in France 15 years, law of 6
 * January 1978, article 45). She says so when her account is asked for, and no date of birth is kept: one row, which ends on
 * the day she says that she is old enough. Her account waits until a parent agrees, by a letter or at a desk. What she
 * publishes about persons, herself first – names, ways to reach them, pictures –, is read by members alone until a
 * facilitator says yes (core/kept.h), in what she adds and in what she corrects; no letter leaves to others from her
 * account.
 */
#ifndef PARVIS_MINOR_H
#define PARVIS_MINOR_H

#include "core/person.h"
#include "core/record.h"

/* Accounts that wait for a parent are deleted after that long. */
#define MINOR_WAIT_MS (30LL * 24 * 3600 * 1000)

/* The age from which one agrees alone: the setting "minor_age"; 0: nothing is asked. */
int minor_age(const struct model *model);

enum minor_way { MINOR_BY_LETTER, MINOR_AT_DESK, MINOR_WAYS };
const char *minor_way_words(enum minor_way way); /* message id */

struct minor {
	int64_t asked, agreed; /* ms UTC; agreed 0: not yet */
	enum minor_way way;
};
/* E_NOT_FOUND when she is not one. */
enum code minor_find(struct db *db, int64_t person, struct minor *ret, struct err *err) MUST;
/* May she come in? E_CONFLICT while a parent is to agree. */
enum code minor_check(struct db *db, int64_t person, struct err *err) MUST;
/* She says that she is one; nothing when it is said already. */
enum code minor_begin(struct tx *tx, int64_t person, struct err *err) MUST;
/* A parent agrees; `noted_by` who saw it at a desk, or 0. */
enum code minor_agree(struct tx *tx, int64_t person, enum minor_way way, int64_t noted_by, struct err *err) MUST;
/* She is old enough now. */
enum code minor_end(struct tx *tx, int64_t person, struct err *err) MUST;

/* Accounts that wait for a parent, the oldest first, at most `max`. */
enum code minor_waiting(struct db *db, struct arena *a, int max, struct person **ret, int *n, struct err *err) MUST;
/* Deletes those that were asked for before `before` (ms UTC). */
enum code minor_purge(struct tx *tx, int64_t before, struct err *err) MUST;

/* Is a page of this form, by its very title, about a person, for everybody? Then it waits as a whole. */
bool minor_tells(const struct form *form);

#endif
