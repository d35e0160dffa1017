/*
 * Printed copies: sheets (paper/paper.h) that somebody printed and put up, as she noted. Of each record on one, the hash of
 * what the sheet shows of it: a save that changes it asks for the job "printed", which says to who printed it that the copy
 * is wrong. Rows, not revisions.
 */
#ifndef PARVIS_PRINTED_H
#define PARVIS_PRINTED_H

#include "base/hash.h"
#include "core/record.h"

enum {
	PRINTED_PLACE_MAX = 120, /* letters */
	PRINTED_COPIES_MAX = 10000,
	PRINTED_CHOICES_MAX = 4000, /* bytes */
	PRINTED_RECORDS = 1000,     /* of one sheet: no more are followed */
	PRINTED_PAGE = 200
};

struct printed {
	int64_t num, person, space; /* person 0: gone */
	const char *name;           /* who printed it; NULL: gone */
	const char *choices;        /* the query of /-/print */
	const char *title, *place;
	int copies;
	int64_t created; /* ms UTC */
	int wrong;       /* records that it shows wrong */
};

struct printed_record {
	int64_t printed, record;
	struct hash shown;
	int64_t wrong; /* since when, ms UTC; 0: it is not */
};

/* `printed->num` is set, and created is now. */
enum code printed_add(struct tx *tx, struct printed *printed, const struct printed_record *records, int n,
                      struct err *err) MUST;
/* It hangs no more. */
enum code printed_remove(struct tx *tx, int64_t num, struct err *err) MUST;
/* Others like it were put up in its place now: they show this. */
enum code printed_replace(struct tx *tx, int64_t num, const struct printed_record *records, int n,
                          struct err *err) MUST;
/* E_NOT_FOUND. The caller asks whether it is hers to see. */
enum code printed_find(struct db *db, struct arena *a, int64_t num, struct printed *ret, struct err *err) MUST;
/* A person's, and those of the spaces that she looks after; wrong ones first, then the latest. PRINTED_PAGE at most. */
enum code printed_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       struct printed **ret, int *n, struct err *err) MUST;
/* Those that show a record, PRINTED_PAGE at most. */
enum code printed_of(struct db *db, struct arena *a, int64_t record, struct printed **ret, struct printed_record **rows,
                     int *n, struct err *err) MUST;
/* The records of one. */
enum code printed_records(struct db *db, struct arena *a, int64_t num, struct printed_record **ret, int *n,
                          struct err *err) MUST;
enum code printed_set_wrong(struct tx *tx, const struct printed_record *row, bool wrong, struct err *err) MUST;

/* A record was saved, or went: asks for the job where a copy shows it. */
enum code printed_touched(struct tx *tx, int64_t record, struct err *err) MUST;

#endif
