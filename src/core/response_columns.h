/*
 * What results make of all answers of a questionnaire (features/result/answer_pack.h: bytes to the engine), kept beside them. It
 * holds what they say, so it goes in the write that changes or deletes one that was complete; those that come leave it.
 */
#ifndef PARVIS_RESPONSE_COLUMNS_H
#define PARVIS_RESPONSE_COLUMNS_H

#include "core/response.h"

enum { RESPONSE_COLUMNS_MAX = 64 << 20 /* bytes */ };

/* The first `most` bytes of what is kept of the form, in `a`; none: an empty blob. */
enum code response_columns_read(struct db *db, struct arena *a, const struct form *form, int most, struct blob *ret,
                                struct err *err) MUST;
/* Instead of what was kept. */
enum code response_columns_keep(struct tx *tx, const struct form *form, struct blob bytes, struct err *err) MUST;
/* NULL: of all forms. */
enum code response_columns_drop(struct db *db, const struct form *form, struct err *err) MUST;

#endif
