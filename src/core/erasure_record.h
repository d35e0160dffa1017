/* Erasing in one record (for core/erasure.h alone). */
#ifndef PARVIS_ERASURE_RECORD_H
#define PARVIS_ERASURE_RECORD_H

#include "core/erasure.h"
#include "core/object.h"

/* An erasure under way. */
struct erasing {
	struct tx *tx;
	struct db *db;
	struct arena *a; /* of one record at a time */
	const struct model *model;
	struct id save; /* of the revisions it writes */
	/* Which revisions go? */
	bool (*takes)(const struct erasing *x, const struct object *object);
	struct id id; /* of the person, or of the save */
	/* Saves on one page, and the mends of links that they made on others. */
	struct id page;
	const struct id *saves;
	int nsaves;
	bool titled; /* what goes from the present record gave it a title */
};

/* The record as if those revisions had never been, which are erased. `own`: it is hers, and so is its address. */
enum code erasing_without(struct erasing *x, struct record *record, bool own, struct err *err) MUST;
/* Writes values (key → value or null) into one part, on all its heads, as the program: without rights or checks.
 * The record is then to be rebuilt. */
enum code erasing_write(struct erasing *x, const struct record *record, enum audience audience, const json_t *set,
                        struct err *err) MUST;
/* The files that these values name lose their day of grace: unless something else names them, they go at once. */
enum code erasing_files(struct erasing *x, const json_t *values, struct err *err) MUST;
/* Letters that left or wait and speak of the record: by its address, or by a title that goes. */
enum code erasing_letters(struct erasing *x, const struct record *record, struct err *err) MUST;
enum code erasing_title_letters(struct erasing *x, const struct record *record, const json_t *set,
                                struct err *err) MUST;
/* All that a record names, in any revision; and letters that hold its titles. */
enum code erasing_record_files(struct erasing *x, const struct record *record, struct err *err) MUST;

/* erasure_narrow without the ledger; and what a ledger says of who reads a question, again. */
enum code erasing_narrow(struct tx *tx, struct arena *a, const struct model *model, const struct form *form,
                         const char *key, int64_t *ret, struct err *err) MUST;
enum code erasing_audience_holds(struct db *db, struct arena *a, const json_t *said, bool *ret, struct err *err) MUST;
enum code erasing_audience_again(struct tx *tx, struct arena *a, const json_t *said, struct err *err) MUST;

#endif
