/*
 * A database connection, the same over SQLite and PostgreSQL. SQL is one literal text with $1…$n;
 * arguments are typed by their C type. Used by one thread at a time.
 */
#ifndef PARVIS_DB_H
#define PARVIS_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/id.h"

struct db;

enum engine { ENGINE_SQLITE, ENGINE_POSTGRES };

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB };

/* One argument. Memory is the caller's, until the call returns. */
struct value {
	enum value_kind kind;
	int64_t i;
	const void *ptr; /* text and blob; NULL makes it VALUE_NULL */
	size_t len;
	struct hash inlined; /* ids and hashes given by value */
};

struct blob {
	const void *ptr;
	size_t len;
};

/* As an argument: commas in braces would divide a macro's arguments. */
static inline struct blob blob_of(const void *ptr, size_t len)
{
	return (struct blob){ ptr, len };
}

struct value value_int(int64_t i);
struct value value_text(const char *s); /* NULL: null */
struct value value_blob(struct blob b);
struct value value_id(struct id id); /* 16-byte blob */
struct value value_hash(struct hash h);
struct value value_same(struct value v);

#define VALUE(v) \
	_Generic((v), bool: value_int, int: value_int, unsigned: value_int, long: value_int,       \
	         long long: value_int, char *: value_text, const char *: value_text,               \
	         struct blob: value_blob, struct id: value_id, struct hash: value_hash,            \
	         struct value: value_same)(v)

/* VALUES(a, b, …) makes the array and its length, for 0 to 16 arguments. */
#define VALUES_N(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, N, ...) N
#define VALUES_COUNT(...) VALUES_N(__VA_ARGS__, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
#define VALUES_1(a) VALUE(a)
#define VALUES_2(a, ...) VALUE(a), VALUES_1(__VA_ARGS__)
#define VALUES_3(a, ...) VALUE(a), VALUES_2(__VA_ARGS__)
#define VALUES_4(a, ...) VALUE(a), VALUES_3(__VA_ARGS__)
#define VALUES_5(a, ...) VALUE(a), VALUES_4(__VA_ARGS__)
#define VALUES_6(a, ...) VALUE(a), VALUES_5(__VA_ARGS__)
#define VALUES_7(a, ...) VALUE(a), VALUES_6(__VA_ARGS__)
#define VALUES_8(a, ...) VALUE(a), VALUES_7(__VA_ARGS__)
#define VALUES_9(a, ...) VALUE(a), VALUES_8(__VA_ARGS__)
#define VALUES_10(a, ...) VALUE(a), VALUES_9(__VA_ARGS__)
#define VALUES_11(a, ...) VALUE(a), VALUES_10(__VA_ARGS__)
#define VALUES_12(a, ...) VALUE(a), VALUES_11(__VA_ARGS__)
#define VALUES_13(a, ...) VALUE(a), VALUES_12(__VA_ARGS__)
#define VALUES_14(a, ...) VALUE(a), VALUES_13(__VA_ARGS__)
#define VALUES_15(a, ...) VALUE(a), VALUES_14(__VA_ARGS__)
#define VALUES_16(a, ...) VALUE(a), VALUES_15(__VA_ARGS__)
#define VALUES_PASTE(n, ...) VALUES_##n(__VA_ARGS__)
#define VALUES_DO(n, ...) VALUES_PASTE(n, __VA_ARGS__)
#ifdef __cppcheck__ /* knows no __VA_OPT__ */
#define VALUES(...) NULL, 0
#else
#define VALUES(...)                                                                                                  \
	(const struct value[]){ VALUE((int)0) __VA_OPT__(, VALUES_DO(VALUES_COUNT(__VA_ARGS__), __VA_ARGS__)) } + 1, \
	        (0 __VA_OPT__(+VALUES_COUNT(__VA_ARGS__)))
#endif

/* Results of a query, walked forward once. Declare with AUTO(rows_release) struct rows r = { 0 }. */
struct rows {
	struct db *db;
	void *state; /* the driver's */
};

/*
 *	AUTO(rows_release) struct rows rows = { 0 };
 *	TRY(db_query(db, &rows, err, "SELECT num, title FROM page WHERE space = $1", space));
 *	while (rows_next(&rows)) … row_int(&rows, 0) … row_text(&rows, 1) …
 *	TRY(rows_end(&rows, err));
 */
#define db_query(db, rows, err, text, ...) db_query_values((db), (rows), (err), "" text, VALUES(__VA_ARGS__))
/* For statements without results. */
#define db_run(db, err, text, ...) db_run_values((db), (err), "" text, VALUES(__VA_ARGS__))
/* One integer: the first column of the first row, or `fallback` when there is no row. */
#define db_int(db, ret, fallback, err, text, ...) \
	db_int_values((db), (ret), (fallback), (err), "" text, VALUES(__VA_ARGS__))

enum code db_query_values(struct db *db, struct rows *rows, struct err *err, const char *text,
                          const struct value *values, int n) MUST;
enum code db_run_values(struct db *db, struct err *err, const char *text, const struct value *values, int n) MUST;
enum code db_int_values(struct db *db, int64_t *ret, int64_t fallback, struct err *err, const char *text,
                        const struct value *values, int n) MUST;

bool rows_next(struct rows *rows);
/* The error that ended the walk, if one did. */
enum code rows_end(struct rows *rows, struct err *err) MUST;
void rows_release(struct rows *rows);

/* Columns of the current row; text and blob stay valid until the next rows_next or release. NULL
 * columns: 0, "", an empty blob, the zero id or hash. */
bool row_is_null(const struct rows *rows, int column);
enum value_kind row_kind(const struct rows *rows, int column);
int64_t row_int(const struct rows *rows, int column);
const char *row_text(const struct rows *rows, int column);
struct blob row_blob(const struct rows *rows, int column);
struct id row_id(const struct rows *rows, int column);
struct hash row_hash(const struct rows *rows, int column);

/* Rows changed by the last db_run. */
int64_t db_changes(const struct db *db);
enum engine db_engine(const struct db *db);

#endif
