/* Where records are: the only writer of the table place, indexed by an R-tree on SQLite and by GiST on
 * PostgreSQL. Units of 1e-7 degree, WGS 84; a box over the 180th meridian is two. */
#ifndef PARVIS_STORE_PLACES_H
#define PARVIS_STORE_PLACES_H

#include "store/sql.h"

struct box {
	int32_t west, east, south, north;
};

enum code places_add(struct db *db, int64_t num, int64_t field, int audience, struct box box, struct err *err) MUST;
/* Removes all of the record's. Before it is deleted: the table holds on to it. */
enum code places_remove(struct db *db, int64_t num, struct err *err) MUST;
/* Makes SQLite's index of places again, from the table, where it differs. */
enum code places_mend(struct db *db, bool *mended, struct err *err) MUST;

/* Appends " FROM place p … WHERE …": the places that touch the box, edges included. To be followed by
 * " AND …" (p.num, p.field, p.audience, p.west …). */
void places_in_box(struct sql *sql, struct box box, enum engine engine);

#endif
