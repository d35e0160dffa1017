/*
 * Which records have a key, as sets of their numbers, for lists that conditions narrow: sets are crossed in
 * memory (core/plan.h) where an index would be asked about one record after the other. Kept for fields that may
 * be facets, whoever may read them, and for each form and space: its published records.
 *
 * A row holds what of a set stands among POSTING_CHUNK numbers that follow each other: 16-bit numbers, least byte
 * first, in order, when there are few; else one bit for each (Chambi, Lemire, Kaser, Godin: "Better bitmap performance
 * with Roaring bitmaps", 2016, section 2; chunks are smaller here, so that a save writes little).
 */
#ifndef PARVIS_POSTING_H
#define PARVIS_POSTING_H

#include "core/model.h"
#include "store/store.h"

enum {
	POSTING_CHUNK = 8192,
	POSTING_BITMAP = POSTING_CHUNK / 8, /* bytes; what is shorter is a list */
};

/* The field that stands for a form's spaces; its keys are their numbers. */
int64_t posting_form(const struct form *form);
const char *posting_space(struct arena *a, const struct space *space);

/* Puts a record in, or takes it out; whether it was there does not matter. */
enum code posting_change(struct db *db, int64_t field, const char *key, int64_t num, bool in, struct err *err) MUST;

/* Sets the bits of a stored chunk in its POSTING_BITMAP bytes. */
void posting_unpack(struct blob chunk, uint8_t bits[static POSTING_BITMAP]);
/* How many of a stored chunk are among these. */
int posting_common(struct blob chunk, const uint8_t bits[static POSTING_BITMAP]);
/* How many; `len` is a multiple of 8. */
int64_t posting_count(const uint8_t *bits, size_t len);

/*
 * Makes the sets of one chunk again from field_value and record; `*mended`: they were others. *chunk goes on to the
 * next one, or is -1 after the last.
 */
enum code posting_mend(struct tx *tx, const struct model *model, int64_t *chunk, bool *mended, struct err *err) MUST;
/* Were they never made, on a site that has records? From before they were kept. */
enum code posting_missing(struct db *db, bool *ret, struct err *err) MUST;

#endif
