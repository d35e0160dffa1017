/*
 * The database's schema: numbered SQL files, compiled in, forward only. To add one: write
 * schema/NNNN-what.sql with the next number; the tests run it from every earlier version.
 *
 * One text serves both engines. {int} {text} {blob} are types; {pk} an integer key that the
 * database gives; a CREATE TABLE ends with ){table}; or, when it is found by its PRIMARY KEY and
 * its rows are short, ){keyed};. A line that starts with "-- sqlite: " or "-- postgres: " is for
 * that engine.
 */
#ifndef PARVIS_STORE_MIGRATE_H
#define PARVIS_STORE_MIGRATE_H

#include "store/db.h"

struct migration {
	const char *name, *sql;
};

extern const struct migration migrations[];
extern const int migration_count;

/* The version of the database: how many migrations it has had; 0 when it is empty. */
enum code migrate_version(struct db *db, int *ret, struct err *err) MUST;
/* Runs the migrations it lacks, each in a transaction of its own. E_INPUT: it is from a newer
 * program. */
enum code migrate_run(struct db *db, const struct migration *list, int n, struct err *err) MUST;

#endif
