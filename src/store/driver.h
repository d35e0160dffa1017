/*
 * What an engine must offer, one `struct driver` each (the table is in db.c). To add an engine:
 * 1 write driver_<name>.c, 2 add it to enum engine and to the table, 3 give its types in migrate.c.
 * Only src/store/ includes this file.
 */
#ifndef PARVIS_STORE_DRIVER_H
#define PARVIS_STORE_DRIVER_H

#include "store/db.h"

/* The start of each driver's own connection. */
struct db {
	const struct driver *driver;
	int64_t deadline; /* clock_monotonic() after which queries fail; 0: none */
	int64_t limit;    /* ms that the deadline was made of, for its message */
	int64_t changes;
	bool failed;        /* a statement failed: the transaction can only be undone */
	bool lost;          /* the connection is dead: close it */
	bool full;          /* the disk is full */
	struct err failure; /* the first failure, while `failed` */
};

enum { COLUMN_OTHER = VALUE_BLOB + 1 }; /* neither integer, text nor blob: cannot be read */

struct column {
	int kind; /* enum value_kind or COLUMN_OTHER */
	int64_t i;
	const void *ptr; /* text ends with a NUL that is not counted */
	size_t len;
};

struct db_options {
	const char *where; /* path of the file, or libpq connection string */
	bool writer;       /* else reads only */
	bool create;
};

struct driver {
	enum engine engine;
	/* E_NOT_FOUND: no such file (and create is false); E_BUSY: the server cannot be reached. */
	enum code (*open)(const struct db_options *options, struct db **ret, struct err *err);
	void (*close)(struct db *db);
	/* Several statements without arguments or results. */
	enum code (*script)(struct db *db, const char *text, struct err *err);
	/* BEGIN, COMMIT, SAVEPOINT and the like: works in a failed transaction too. */
	enum code (*command)(struct db *db, const char *text, struct err *err);
	enum code (*begin_read)(struct db *db, int64_t limit, struct err *err);
	enum code (*begin_write)(struct db *db, struct err *err);
	bool (*in_transaction)(struct db *db);

	/* One statement; *walk is to be released. */
	enum code (*query)(struct db *db, const char *text, const struct value *values, int n, void **walk,
	                   struct err *err);
	bool (*next)(struct db *db, void *walk);
	void (*column)(const void *walk, int i, struct column *ret);
	/* Sets db->changes when the statement was walked to its end. */
	void (*release)(struct db *db, void *walk);

	/* NULL where the engine looks after its log itself. Bytes in the log; moves them to the
	 * database (`restart`: nobody reads, so start the log anew). */
	int64_t (*log_size)(struct db *db);
	enum code (*checkpoint)(struct db *db, bool restart, struct err *err);
	/* NULL where emptying the log is enough: gives back what deleted rows took. */
	enum code (*vacuum)(struct db *db, struct err *err);
};

extern const struct driver driver_sqlite, driver_postgres;

enum code db_open(enum engine engine, const struct db_options *options, struct db **ret, struct err *err) MUST;
void db_close(struct db *db); /* NULL is fine */

/* Notes the first failure of the transaction and fills `err`. */
enum code db_fail(struct db *db, struct err *err, enum code code, const char *msg, ...) PRINTF(4, 5);
/* The failures that every engine has. */
enum code db_fail_busy(struct db *db, struct err *err);
enum code db_fail_conflict(struct db *db, struct err *err, const char *detail);
enum code db_fail_full(struct db *db, struct err *err);
enum code db_fail_slow(struct db *db, struct err *err);
/* Forgets it: a transaction begins, or was undone. */
void db_forgive(struct db *db);

/* The bytes of a text or a blob. */
static inline const void *value_bytes(const struct value *v)
{
	return v->ptr ? v->ptr : v->inlined.b;
}

#endif
