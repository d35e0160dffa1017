/*
 * Thanks: one click that says so, on a record or a comment. Everybody sees how many; who, the members of the
 * space. Nobody thanks herself. Rows, not revisions: what is taken back leaves nothing.
 */
#ifndef PARVIS_THANKS_H
#define PARVIS_THANKS_H

#include "core/record.h"

/* Thanks, or takes it back; twice is once. E_FORBIDDEN for one's own. The caller has checked that she reads it. */
enum code thanks_set(struct tx *tx, const struct record *record, int64_t person, bool thanked, struct err *err) MUST;

struct thanks {
	int n;
	bool hers; /* is one of them this person's? */
};
enum code thanks_read(struct db *db, int64_t record, int64_t person, struct thanks *ret, struct err *err) MUST;
/* Who, the first first, at most `max`. The caller has checked that the reader is a member. */
enum code thanks_names(struct db *db, struct arena *a, int64_t record, int max, const char ***ret, int *n,
                       struct err *err) MUST;

/* What a person wrote that was thanked for: how many thanks in all, and the records thanked last, at most `max`.
 */
struct thanked {
	int64_t record;
	int n;
};
enum code thanks_received(struct db *db, struct arena *a, int64_t person, int max, int *total, struct thanked **ret,
                          int *n, struct err *err) MUST;

#endif
