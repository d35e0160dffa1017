#include "store/places.h"

enum code places_add(struct db *db, int64_t num, int64_t field, int audience, struct box box, struct err *err)
{
	TRY(db_run(db, err,
	           "INSERT INTO place (num, field, audience, west, east, south, north)"
	           " VALUES ($1, $2, $3, $4, $5, $6, $7)",
	           num, field, audience, box.west, box.east, box.south, box.north));
	if (db_engine(db) != ENGINE_SQLITE) return OK;
	return db_run(db, err,
	              "INSERT INTO place_index (id, west, east, south, north)"
	              " VALUES (last_insert_rowid(), $1, $2, $3, $4)",
	              box.west, box.east, box.south, box.north);
}

enum code places_remove(struct db *db, int64_t num, struct err *err)
{
	if (db_engine(db) == ENGINE_SQLITE)
		TRY(db_run(db, err, "DELETE FROM place_index WHERE id IN (SELECT id FROM place WHERE num = $1)", num));
	return db_run(db, err, "DELETE FROM place WHERE num = $1", num);
}

enum code places_mend(struct db *db, bool *mended, struct err *err)
{
	int64_t differ;
	*mended = false;
	if (db_engine(db) != ENGINE_SQLITE) return OK;
	TRY(db_int(
	        db, &differ, 0, err,
	        "SELECT (SELECT COUNT(*) FROM place) <> (SELECT COUNT(*) FROM place_index) OR rtreecheck('place_index') <> 'ok'"
	        " OR EXISTS (SELECT 1 FROM place p CROSS JOIN place_index i WHERE i.id = p.id"
	        " AND (i.west <> p.west OR i.east <> p.east OR i.south <> p.south OR i.north <> p.north))"));
	*mended = differ != 0;
	if (!*mended) return OK;
	TRY(db_run(db, err, "DELETE FROM place_index"));
	return db_run(
	        db, err,
	        "INSERT INTO place_index (id, west, east, south, north) SELECT id, west, east, south, north FROM place");
}

void places_in_box(struct sql *sql, struct box box, enum engine engine)
{
	if (engine == ENGINE_SQLITE)
		sql_add(sql,
		        " FROM place_index i JOIN place p ON p.id = i.id"
		        " WHERE i.west <= ? AND i.east >= ? AND i.south <= ? AND i.north >= ?",
		        box.east, box.west, box.north, box.south);
	else
		sql_add(sql,
		        " FROM place p WHERE box(point(p.west, p.south), point(p.east, p.north))"
		        " && box(point(?, ?), point(?, ?))",
		        box.west, box.south, box.east, box.north);
}
