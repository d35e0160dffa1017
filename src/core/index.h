/* What is found by: index rows, facet counts, places, links and search documents of a record. */
#ifndef PARVIS_INDEX_H
#define PARVIS_INDEX_H

#include "core/record.h"

/* Rewrites all that is indexed of one record (which has all its parts, as actor_program loads it) in
 * one transaction; a record in the trash, a draft or an archived one leaves the index (archived ones
 * stay in search and links). Counts of value_count follow. */
enum code index_record(struct tx *tx, struct arena *a, const struct model *model, const struct record *record,
                       struct err *err) MUST;

/* What many records share, made again from what is kept of each, where it differs; each is bounded by the form's
 * fields or by the words that there are, not by what was written of them. */
enum code index_mend_counts(struct tx *tx, const struct model *model, int64_t *field, bool *mended,
                            struct err *err) MUST;
enum code index_mend_words(struct tx *tx, bool *mended, struct err *err) MUST;

/* Records that point to `target` (wiki links, relations), that the actor may read. */
struct backlink {
	int64_t num;
	const char *kind; /* "wiki", or the key of the relation field */
};
enum code index_backlinks(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                          const struct record *target, int limit, struct backlink **ret, int *n, struct err *err) MUST;

#endif
