/*
 * Named readers. A form may be confidential (its definition: "confidential": {"journal": 12}); its records are then
 * read by persons named one by one, each for ever or until a day, and by nobody else: neither facilitators nor
 * administrators, who can name (themselves too: it is in the audit, and the other readers are told). A record may
 * have a narrower circle of its own: then only who is named there reads it.
 *
 * A circle is a number: of a form, its own; of a record, minus its own; 0: no circle. core/right.h asks it of every
 * record, besides what the space, the state and the audiences say. A comment is in the circle of what it stands below.
 */
#ifndef PARVIS_READER_H
#define PARVIS_READER_H

#include "core/record.h"

enum { READERS_MAX = 200 /* in a circle */ };

struct reader {
	int64_t person;
	struct id id;
	const char *name, *email;
	int64_t until, created; /* ms UTC; until 0: no end */
	const char *named_by;   /* NULL: the program, or somebody who is gone */
	bool ended;
};

int64_t circle_of_form(const struct form *form);       /* 0: it is not confidential */
int64_t circle_of_record(const struct record *record); /* its own, that it may have or not */

/* Those named, by name, those whose time has ended too. */
enum code reader_list(struct db *db, struct arena *a, int64_t circle, struct reader **ret, int *n,
                      struct err *err) MUST;
/* The circles that a person is in now, for her actor. */
enum code reader_circles(struct db *db, struct arena *a, int64_t person, struct actor_circle **ret, int *n,
                         struct err *err) MUST;
/* Names somebody, until then; named already: with another end, in the form's records too. Whoever is taken away from a
 * form is so from its records. The caller has checked rights, and that who is named for a record is for its form.
 * E_LIMIT: READERS_MAX. */
enum code reader_name(struct tx *tx, const struct actor *actor, const struct form *form, int64_t circle, int64_t person,
                      int64_t until, struct err *err) MUST;
enum code reader_remove(struct tx *tx, int64_t circle, int64_t person, struct err *err) MUST;

/* Gives a record a circle of its own, of those who read it now by the form's; or gives it back to those. */
enum code reader_narrow(struct tx *tx, const struct record *record, bool own, struct err *err) MUST;
/* Records of a form that have a circle of their own: their numbers and ids. */
struct narrowed {
	int64_t num;
	struct id id;
};
enum code reader_narrowed(struct db *db, struct arena *a, const struct form *form, int max, struct narrowed **ret,
                          int *n, struct err *err) MUST;

/* The form's records follow what its definition says now (core/definition.h calls it). E_INPUT: it was confidential,
 * is so no more, and has records. */
enum code reader_form_changed(struct tx *tx, int64_t form, bool before, bool after, struct err *err) MUST;

#endif
