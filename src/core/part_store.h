/* The parts of records: their state, stored in the table part, and made again from their objects. */
#ifndef PARVIS_PART_STORE_H
#define PARVIS_PART_STORE_H

#include "core/merge.h"
#include "core/record.h"

/* The state of a part from its objects: the present one, or as it was at `heads` (if not NULL).
 * E_INPUT when one of the heads is not an object of this part. */
enum code part_compute(struct db *db, struct arena *a, const struct record *record, enum audience audience,
                       const struct heads *heads, struct merged *ret, struct err *err) MUST;

/* The stored text and heads → struct part. */
enum code part_read(struct arena *a, struct blob heads, const char *content, const char *conflict, struct part *ret,
                    struct err *err) MUST;
enum code part_write(struct tx *tx, struct arena *a, int64_t record, enum audience audience, const struct merged *state,
                     struct err *err) MUST;

/* The part as merge.h knows it, for putting a new object on top. */
struct merged part_merged(const struct part *part);

/* Same set of heads, in whatever order. */
bool heads_equal(const struct heads *a, const struct heads *b);

#endif
