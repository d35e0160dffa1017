#include "store/db.h"

#include <stdarg.h>
#include <string.h>

#include "base/clock.h"
#include "store/driver.h"

static const struct driver *const drivers[] = {
	[ENGINE_SQLITE] = &driver_sqlite,
	[ENGINE_POSTGRES] = &driver_postgres,
};

/* Values */

struct value value_int(int64_t i)
{
	return (struct value){ .kind = VALUE_INT, .i = i };
}

struct value value_text(const char *s)
{
	if (s == NULL) return (struct value){ .kind = VALUE_NULL };
	return (struct value){ .kind = VALUE_TEXT, .ptr = s, .len = strlen(s) };
}

struct value value_blob(struct blob b)
{
	if (b.ptr == NULL) return (struct value){ .kind = VALUE_NULL };
	return (struct value){ .kind = VALUE_BLOB, .ptr = b.ptr, .len = b.len };
}

struct value value_id(struct id id)
{
	struct value v = { .kind = VALUE_BLOB, .len = sizeof(id.b) };
	memcpy(v.inlined.b, id.b, sizeof(id.b));
	return v;
}

struct value value_hash(struct hash h)
{
	return (struct value){ .kind = VALUE_BLOB, .len = sizeof(h.b), .inlined = h };
}

struct value value_same(struct value v)
{
	return v;
}

/* Connections */

enum code db_open(enum engine engine, const struct db_options *options, struct db **ret, struct err *err)
{
	return drivers[engine]->open(options, ret, err);
}

void db_close(struct db *db)
{
	if (db) db->driver->close(db);
}

enum engine db_engine(const struct db *db)
{
	return db->driver->engine;
}

int64_t db_changes(const struct db *db)
{
	return db->changes;
}

enum code db_fail(struct db *db, struct err *err, enum code code, const char *msg, ...)
{
	if (!db->failed) {
		va_list ap;
		va_start(ap, msg);
		err_vset(&db->failure, code, msg, ap);
		va_end(ap);
		db->failed = true;
	}
	if (err) *err = db->failure;
	return db->failure.code;
}

enum code db_fail_busy(struct db *db, struct err *err)
{
	return db_fail(db, err, E_BUSY, N_("the database is busy: try again in a moment"));
}

enum code db_fail_conflict(struct db *db, struct err *err, const char *detail)
{
	return db_fail(db, err, E_CONFLICT, N_("this is already there, or needs something that is not (%s)"), detail);
}

enum code db_fail_full(struct db *db, struct err *err)
{
	db->full = true;
	return db_fail(db, err, E_FULL, N_("the disk is full: nothing was saved"));
}

enum code db_fail_slow(struct db *db, struct err *err)
{
	return db_fail(db, err, E_BUSY, N_("reading took more than %lld ms"), (long long)db->limit);
}

void db_forgive(struct db *db)
{
	db->failed = false;
	db->full = false;
}

/* Queries */

/* Both engines store the same: valid UTF-8 without NUL (RFC 3629: no surrogates, no overlong
 * forms). */
static bool text_is_sound(const unsigned char *s, size_t len)
{
	size_t i = 0;
	while (i < len) {
		unsigned char c = s[i];
		if (c == 0) return false;
		if (c < 0x80) {
			i++;
			continue;
		}
		size_t more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
		if (c < 0xC2 || c > 0xF4 || i + more >= len) return false;
		for (size_t k = 1; k <= more; k++)
			if ((s[i + k] & 0xC0) != 0x80) return false;
		unsigned char second = s[i + 1];
		if ((c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F)) return false;
		if ((c == 0xF0 && second < 0x90) || (c == 0xF4 && second > 0x8F)) return false;
		i += more + 1;
	}
	return true;
}

/* A statement that cannot be run fails the transaction, as one that failed in the engine does. */
static enum code check(struct db *db, const struct value *values, int n, struct err *err)
{
	if (db->failed) {
		if (err) *err = db->failure;
		return db->failure.code;
	}
	if (db->deadline && clock_monotonic() > db->deadline) return db_fail_slow(db, err);
	for (int i = 0; i < n; i++)
		if (values[i].kind == VALUE_TEXT && !text_is_sound(value_bytes(&values[i]), values[i].len))
			return db_fail(db, err, E_INPUT, N_("the text is not valid UTF-8"));
	return OK;
}

enum code db_query_values(struct db *db, struct rows *rows, struct err *err, const char *text,
                          const struct value *values, int n)
{
	rows_release(rows);
	TRY(check(db, values, n, err));
	void *walk;
	TRY(db->driver->query(db, text, values, n, &walk, err));
	rows->db = db;
	rows->state = walk;
	return OK;
}

enum code db_run_values(struct db *db, struct err *err, const char *text, const struct value *values, int n)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query_values(db, &rows, err, text, values, n));
	while (rows_next(&rows)) continue;
	return rows_end(&rows, err);
}

enum code db_int_values(struct db *db, int64_t *ret, int64_t fallback, struct err *err, const char *text,
                        const struct value *values, int n)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query_values(db, &rows, err, text, values, n));
	int64_t found = fallback;
	if (rows_next(&rows)) found = row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	*ret = found;
	return OK;
}

/* Rows */

bool rows_next(struct rows *rows)
{
	if (rows->state == NULL || rows->db->failed) return false;
	return rows->db->driver->next(rows->db, rows->state);
}

enum code rows_end(struct rows *rows, struct err *err)
{
	struct db *db = rows->db;
	bool failed = rows->state && db->failed;
	rows_release(rows);
	if (!failed) return OK;
	if (err) *err = db->failure;
	return db->failure.code;
}

void rows_release(struct rows *rows)
{
	if (rows->state) rows->db->driver->release(rows->db, rows->state);
	*rows = (struct rows){ 0 };
}

/* The column if it is of this kind; another kind than asked fails the walk, on both engines alike.
 */
static bool column_get(const struct rows *rows, int i, enum value_kind kind, struct column *ret)
{
	rows->db->driver->column(rows->state, i, ret);
	if (ret->kind == (int)kind) return true;
	if (ret->kind != VALUE_NULL) db_fail(rows->db, NULL, E_INTERNAL, "column %d is of another type", i);
	return false;
}

enum value_kind row_kind(const struct rows *rows, int column)
{
	struct column c;
	rows->db->driver->column(rows->state, column, &c);
	if (c.kind != COLUMN_OTHER) return (enum value_kind)c.kind;
	db_fail(rows->db, NULL, E_INTERNAL, "column %d cannot be read", column);
	return VALUE_NULL;
}

bool row_is_null(const struct rows *rows, int column)
{
	struct column c;
	rows->db->driver->column(rows->state, column, &c);
	return c.kind == VALUE_NULL;
}

int64_t row_int(const struct rows *rows, int column)
{
	struct column c;
	return column_get(rows, column, VALUE_INT, &c) ? c.i : 0;
}

const char *row_text(const struct rows *rows, int column)
{
	struct column c;
	return column_get(rows, column, VALUE_TEXT, &c) ? c.ptr : "";
}

struct blob row_blob(const struct rows *rows, int column)
{
	struct column c;
	if (!column_get(rows, column, VALUE_BLOB, &c)) return (struct blob){ "", 0 };
	return (struct blob){ c.ptr, c.len };
}

/* Bytes of a fixed size; another size fails the walk. */
static void row_bytes(const struct rows *rows, int column, void *out, size_t size)
{
	struct blob b = row_blob(rows, column);
	if (b.len == size) memcpy(out, b.ptr, size);
	else if (b.len)
		db_fail(rows->db, NULL, E_INTERNAL, "column %d has %zu bytes instead of %zu", column, b.len, size);
}

struct id row_id(const struct rows *rows, int column)
{
	struct id id = { 0 };
	row_bytes(rows, column, id.b, sizeof(id.b));
	return id;
}

struct hash row_hash(const struct rows *rows, int column)
{
	struct hash hash = { 0 };
	row_bytes(rows, column, hash.b, sizeof(hash.b));
	return hash;
}
