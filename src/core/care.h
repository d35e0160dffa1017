/*
 * Looking after a form or a page, so that nothing dies with one person: who does (keepers; two at least), whether it looks
 * for somebody, whether it sleeps and with which story. What nobody touches is found by core/dormant.h; spaces have
 * facilitators and a state of their own (core/space.h), which the same pages change (features/care). A page that sleeps is archived; to a form that sleeps nothing is
 * added.
 */
#ifndef PARVIS_CARE_H
#define PARVIS_CARE_H

#include "core/dormant.h"

enum { CARE_KEEPERS_MAX = 20, CARE_STORY_MAX = 20000 /* bytes */, CARE_ENOUGH = 2 };

struct keeper {
	int64_t person;
	struct id id;
	const char *name;
};

struct care {
	enum dormant_kind kind; /* DORMANT_FORM or DORMANT_RECORD */
	int64_t num;
	bool offered, asleep;
	int64_t touched; /* ms UTC; 0: nobody said anything */
	const char *story;
	struct keeper keepers[CARE_KEEPERS_MAX];
	int nkeepers;
};

/* All false and empty where nobody ever said anything. */
enum code care_load(struct db *db, struct arena *a, enum dormant_kind kind, int64_t num, struct care *ret,
                    struct err *err) MUST;
/* Offered, asleep, touched, story; what was touched is dormant no more. */
enum code care_save(struct tx *tx, const struct care *care, struct err *err) MUST;
/* E_LIMIT: CARE_KEEPERS_MAX. */
enum code keeper_add(struct tx *tx, enum dormant_kind kind, int64_t num, int64_t person, struct err *err) MUST;
enum code keeper_remove(struct tx *tx, enum dormant_kind kind, int64_t num, int64_t person, struct err *err) MUST;
/* E_FORBIDDEN: the form sleeps. */
enum code form_takes(const struct form *form, struct err *err) MUST;
/* The numbers of what looks for somebody, at most `max`. */
enum code care_offered(struct db *db, struct arena *a, enum dormant_kind kind, int max, int64_t **ret, int *n,
                       struct err *err) MUST;
/* With a page: it went on under another number, or for ever. */
enum code care_move(struct tx *tx, int64_t from, int64_t to, struct err *err) MUST;
enum code care_forget(struct tx *tx, int64_t record, struct err *err) MUST;

#endif
