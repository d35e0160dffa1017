/*
 * What a child (core/minor.h) says about a person where everybody would read it – a name, a way to reach her, a picture, a
 * file – goes to the members' part of the page: whoever belongs to the space reads it, visitors see the page without it, and
 * search, feeds and exports follow, as they do for any part. A row for each such answer holds it there, whoever saves the
 * page later, until somebody who looks after the space says yes. Where everybody reads an answer already, that one stays and
 * hers waits beside it, shown to who decides.
 *
 * A page whose very title is about a person waits as a whole, as a proposal (minor_tells). Texts are not looked into: nobody
 * but a person can tell what they say.
 */
#ifndef PARVIS_KEPT_H
#define PARVIS_KEPT_H

#include "core/record.h"

/* Is what it asks kept so, when a child answers? */
bool kept_asks(const struct field *field);

/* Keys of the answers that are kept, in an array; empty for most pages. */
enum code kept_list(struct db *db, struct arena *a, int64_t record, const json_t **ret, struct err *err) MUST;

/* What record_save knows of one answer. */
struct keeping {
	const struct field *field;
	bool child;       /* of who saves */
	bool reads;       /* she reads what members do */
	bool kept, blank; /* the answer is kept now; the new one is empty */
	bool open, same;  /* everybody reads one; the new one is that one */
};
/* The part that it is written in. */
enum audience kept_part(const struct keeping *k);

/* After a save: `set` is what was written in the members' part. A page with a new one waits for a yes, one without any more
 * does not. `ret`: there is a new one. */
enum code kept_follow(struct tx *tx, struct arena *a, const struct record *record, const json_t *set, bool *ret,
                      struct err *err) MUST;

/* An answer, for who decides. */
struct kept_answer {
	const struct field *field;
	const json_t *value, *open; /* what is kept; what everybody reads instead, or NULL */
};
/* `record` loaded for who reads what members do, or by the program for the author, who reads her own. */
enum code kept_answers(struct db *db, struct arena *a, const struct record *record, struct kept_answer **ret, int *n,
                       struct err *err) MUST;
/* Everybody reads them from now on; nobody but members does, and what waits beside another answer is dropped; or they are
 * taken back. The first two for who looks after the space, the last for the author too (the caller has checked). A save,
 * with a history. */
enum kept_choice { KEPT_EVERYBODY, KEPT_MEMBERS, KEPT_NOBODY };
enum code kept_decide(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                      struct id record, enum kept_choice choice, struct err *err) MUST;

#endif
