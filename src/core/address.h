/* Addresses of records inside their space: chosen from titles, changed without breaking links. */
#ifndef PARVIS_ADDRESS_OF_RECORDS_H
#define PARVIS_ADDRESS_OF_RECORDS_H

#include "core/record.h"

/* A free address made from `wanted` (a title or an address; the form's key when nothing is left of it),
 * with a number when others have it: no record's, former one, view's or reserved word. */
enum code address_choose(struct db *db, struct arena *a, const struct model *model, const struct record *record,
                         const char *wanted, const char **ret, struct err *err) MUST;
/* Gives the record another address; the former one leads to it from now on. `moved` says if it did. */
enum code address_change(struct db *db, struct arena *a, const struct model *model, struct record *record,
                         const char *wanted, bool *moved, struct err *err) MUST;

/* May a view of the site have this address? No record of the first space has or had it, no other view, no former
 * address of another, no reserved word. `view` NULL: a new one. */
enum code address_free_for_view(struct db *db, const struct model *model, const char *slug, const struct view *view,
                                bool *ret, struct err *err) MUST;

#endif
