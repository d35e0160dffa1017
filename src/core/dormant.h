/*
 * What sleeps without anybody having said so: spaces, forms and pages of a project that nobody has touched for
 * months. A job finds them every day; people then take them up, hand them over, or put them to sleep with their
 * story. The setting "dormant" says after how many months and of which forms the pages count:
 * {"months": 12, "forms": ["projet"]}.
 */
#ifndef PARVIS_DORMANT_H
#define PARVIS_DORMANT_H

#include "core/right.h"

enum { DORMANT_MONTHS = 12, DORMANT_MONTHS_MAX = 60, DORMANT_MAX = 500 };

/* Kept in the table. */
enum dormant_kind { DORMANT_SPACE, DORMANT_FORM, DORMANT_RECORD };

struct dormant {
	enum dormant_kind kind;
	int64_t num;
	int64_t touched;           /* ms UTC: when somebody last did */
	int64_t flagged;           /* … and when it was first found */
	const struct space *space; /* … that it is, or that it is in; NULL: a form */
	const struct form *form;   /* … that it is; of a record; NULL: a space */
};

/* How many months without a touch make something dormant. */
int dormant_months(const struct model *model);
/* Do pages of this form count? */
bool dormant_counts(const struct model *model, const struct form *form);

/* Computes all again, as of `now` (ms UTC): what was touched meanwhile is no longer flagged, what is still dormant
 * keeps the time it was first found. */
enum code dormant_find(struct tx *tx, const struct model *model, int64_t now, struct err *err) MUST;
/* What was found and the actor looks after, what was touched longest ago first; DORMANT_MAX at most. */
enum code dormant_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       struct dormant **ret, int *n, struct err *err) MUST;
/* When a space was last touched, if it was found; 0: it was not. */
enum code dormant_space(struct db *db, const struct space *space, int64_t *ret, struct err *err) MUST;

#endif
