/* SQLite (https://sqlite.org): one file, one writing connection, any number of reading ones. */
#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/driver.h"
#include "store/statements.h"

enum { BUSY_MS = 5000, STEPS_BETWEEN_CHECKS = 5000 };

struct sqlite_db {
	struct db base;
	sqlite3 *handle;
	struct statements statements;
	int64_t log_pages;
};

struct walk {
	sqlite3_stmt *stmt;
	struct statement *slot; /* NULL: a statement of this walk only */
	bool ended;
};

static sqlite3 *handle_of(struct db *db)
{
	return ((struct sqlite_db *)db)->handle;
}

/* Errors */

/* Turns the connection's last error into ours. */
static enum code fail(struct db *db, struct err *err)
{
	sqlite3 *handle = handle_of(db);
	int extended = sqlite3_extended_errcode(handle);
	const char *msg = sqlite3_errmsg(handle);
	switch (extended & 0xFF) {
	case SQLITE_CONSTRAINT:
		if (extended == SQLITE_CONSTRAINT_DATATYPE) break;
		return db_fail_conflict(db, err, msg);
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return db_fail_busy(db, err);
	case SQLITE_INTERRUPT: return db_fail_slow(db, err);
	case SQLITE_FULL: return db_fail_full(db, err);
	case SQLITE_IOERR:
		if (sqlite3_system_errno(handle) == ENOSPC) return db_fail_full(db, err);
		return db_fail(db, err, E_IO, N_("the disk failed: %s (SQLite %d)"), msg, extended);
	case SQLITE_CANTOPEN:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_READONLY:
	case SQLITE_PERM:
		if (extended == SQLITE_READONLY) break; /* a write through a reader */
		return db_fail(db, err, E_IO, N_("the database file cannot be used: %s (SQLite %d)"), msg, extended);
	case SQLITE_TOOBIG: return db_fail(db, err, E_LIMIT, N_("too big for the database: %s"), msg);
	case SQLITE_NOMEM: die("out of memory");
	default: break;
	}
	return db_fail(db, err, E_INTERNAL, "SQL: %s (SQLite %d)", msg, extended);
}

/* Statements */

/* SQLite numbers $n by first appearance, ?n by its number. */
static char *rewrite(const char *text)
{
	char *copy = strdup(text);
	if (copy == NULL) die("out of memory");
	char quote = '\0';
	for (char *p = copy; *p; p++) {
		if (quote) quote = *p == quote ? '\0' : quote;
		else if (*p == '\'' || *p == '"') quote = *p;
		else if (p[0] == '$' && p[1] >= '1' && p[1] <= '9') *p = '?';
	}
	return copy;
}

static void finalize(void *arg, void *handle)
{
	(void)arg;
	sqlite3_finalize(handle);
}

static enum code prepare(struct db *db, const char *text, sqlite3_stmt **ret, struct err *err)
{
	char *rewritten = rewrite(text);
	const char *tail = "";
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v3(handle_of(db), rewritten, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &tail);
	bool more = rc == SQLITE_OK && tail[strspn(tail, " \t\n;")] != '\0';
	free(rewritten);
	if (rc != SQLITE_OK) return fail(db, err);
	if (more || stmt == NULL) {
		sqlite3_finalize(stmt);
		return db_fail(db, err, E_INTERNAL, "SQL: not one statement");
	}
	*ret = stmt;
	return OK;
}

/* Takes a statement from the cache; a second walk of the same text gets its own. */
static enum code take(struct db *db, const char *text, struct walk *walk, struct err *err)
{
	struct statements *all = &((struct sqlite_db *)db)->statements;
	struct statement *slot = statements_find(all, text, "");
	if (slot && slot->in_use) slot = NULL;
	else if (slot == NULL) slot = statements_add(all, text, "", finalize, NULL);
	if (slot && slot->handle) {
		*walk = (struct walk){ slot->handle, slot, false };
	} else {
		sqlite3_stmt *stmt = NULL;
		enum code code = prepare(db, text, &stmt, err);
		if (code != OK) {
			if (slot) statements_remove(slot);
			return code;
		}
		if (slot) slot->handle = stmt;
		*walk = (struct walk){ stmt, slot, false };
	}
	if (slot) slot->in_use = 1;
	return OK;
}

static void give_back(struct walk *walk)
{
	if (walk->slot) {
		sqlite3_reset(walk->stmt);
		sqlite3_clear_bindings(walk->stmt);
		walk->slot->in_use = 0;
	} else {
		sqlite3_finalize(walk->stmt);
	}
}

/* Copies: the arguments live until db_query returns, the walk longer. */
static int bind(sqlite3_stmt *stmt, int i, const struct value *v)
{
	switch (v->kind) {
	case VALUE_INT: return sqlite3_bind_int64(stmt, i, v->i);
	case VALUE_TEXT: return sqlite3_bind_text64(stmt, i, value_bytes(v), v->len, SQLITE_TRANSIENT, SQLITE_UTF8);
	case VALUE_BLOB: return sqlite3_bind_blob64(stmt, i, value_bytes(v), v->len, SQLITE_TRANSIENT);
	case VALUE_NULL: break;
	}
	return sqlite3_bind_null(stmt, i);
}

static bool next(struct db *db, void *state)
{
	struct walk *walk = state;
	if (walk->ended) return false;
	int rc = sqlite3_step(walk->stmt);
	if (rc == SQLITE_ROW) return true;
	walk->ended = true;
	if (rc != SQLITE_DONE) {
		fail(db, NULL);
	} else if (!sqlite3_stmt_readonly(walk->stmt)) {
		db->changes = sqlite3_changes64(handle_of(db));
	}
	sqlite3_reset(walk->stmt);
	return false;
}

static void release(struct db *db, void *state)
{
	(void)db;
	give_back(state);
	free(state);
}

static enum code query(struct db *db, const char *text, const struct value *values, int n, void **ret, struct err *err)
{
	struct walk *walk = malloc(sizeof(*walk));
	if (walk == NULL) die("out of memory");
	enum code code = take(db, text, walk, err);
	if (code != OK) {
		free(walk);
		return code;
	}
	if (sqlite3_bind_parameter_count(walk->stmt) != n)
		code = db_fail(db, err, E_INTERNAL, "SQL: %d arguments for %d parameters", n,
		               sqlite3_bind_parameter_count(walk->stmt));
	for (int i = 0; i < n && code == OK; i++)
		if (bind(walk->stmt, i + 1, &values[i]) != SQLITE_OK) code = fail(db, err);
	if (code != OK) {
		release(db, walk);
		return code;
	}
	*ret = walk;
	return OK;
}

static void column(const void *state, int i, struct column *ret)
{
	sqlite3_stmt *stmt = ((const struct walk *)state)->stmt;
	*ret = (struct column){ .kind = VALUE_NULL };
	switch (sqlite3_column_type(stmt, i)) {
	case SQLITE_INTEGER:
		ret->kind = VALUE_INT;
		ret->i = sqlite3_column_int64(stmt, i);
		break;
	case SQLITE_TEXT:
		ret->kind = VALUE_TEXT;
		ret->ptr = sqlite3_column_text(stmt, i);
		ret->len = (size_t)sqlite3_column_bytes(stmt, i);
		break;
	case SQLITE_BLOB:
		ret->kind = VALUE_BLOB;
		ret->ptr = sqlite3_column_blob(stmt, i);
		ret->len = (size_t)sqlite3_column_bytes(stmt, i);
		if (ret->ptr == NULL) ret->ptr = "";
		break;
	case SQLITE_FLOAT: ret->kind = COLUMN_OTHER; break;
	default: break;
	}
}

/* Transactions */

static enum code script(struct db *db, const char *text, struct err *err)
{
	return sqlite3_exec(handle_of(db), text, NULL, NULL, NULL) == SQLITE_OK ? OK : fail(db, err);
}

static enum code command(struct db *db, const char *text, struct err *err)
{
	struct walk walk;
	TRY(take(db, text, &walk, err));
	enum code code = sqlite3_step(walk.stmt) == SQLITE_DONE ? OK : fail(db, err);
	give_back(&walk);
	return code;
}

static enum code begin_read(struct db *db, int64_t limit, struct err *err)
{
	db->limit = limit;
	db->deadline = limit ? clock_monotonic() + limit : 0;
	return command(db, "BEGIN", err);
}

static enum code begin_write(struct db *db, struct err *err)
{
	return command(db, "BEGIN IMMEDIATE", err);
}

static bool in_transaction(struct db *db)
{
	return !sqlite3_get_autocommit(handle_of(db));
}

/* The log (https://sqlite.org/wal.html): only the writer moves it to the database (security.md). */

static int after_commit(void *arg, sqlite3 *handle, const char *name, int pages)
{
	(void)handle, (void)name;
	((struct sqlite_db *)arg)->log_pages = pages;
	return SQLITE_OK;
}

static int64_t log_size(struct db *db)
{
	enum { FRAME = 4096 + 24 };
	return ((struct sqlite_db *)db)->log_pages * FRAME;
}

static enum code checkpoint(struct db *db, bool restart, struct err *err)
{
	int mode = restart ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
	if (sqlite3_wal_checkpoint_v2(handle_of(db), NULL, mode, NULL, NULL) != SQLITE_OK) return fail(db, err);
	if (restart) ((struct sqlite_db *)db)->log_pages = 0;
	return OK;
}

/* Opening */

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void configure(void)
{
	/* Counting memory takes a lock that all threads would share. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_initialize();
}

static int out_of_time(void *arg)
{
	const struct db *db = arg;
	return db->deadline && clock_monotonic() > db->deadline;
}

static const char common_settings[] = "PRAGMA trusted_schema = OFF;"
                                      "PRAGMA cell_size_check = ON;"
                                      "PRAGMA temp_store = MEMORY;";

static const char reader_settings[] = "PRAGMA cache_size = -8192;"; /* KiB */

static const char writer_settings[] =
        "PRAGMA journal_mode = WAL;"
        "PRAGMA synchronous = FULL;"
        "PRAGMA secure_delete = ON;"
        "PRAGMA foreign_keys = ON;"
        "PRAGMA cache_size = -32768;"; /* KiB: a save touches pages all over a great index */

static enum code check_wal(struct db *db, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "PRAGMA journal_mode"));
	bool wal = rows_next(&rows) && strcmp(row_text(&rows, 0), "wal") == 0;
	TRY(rows_end(&rows, err));
	if (!wal) FAIL(err, E_IO, N_("this disk does not allow SQLite's write-ahead log"));
	return OK;
}

/* get_bit (bytes, n), as PostgreSQL has it (9.5): the bits of a byte from the least; past the last byte, none is set. */
static void get_bit(sqlite3_context *context, int nargs, sqlite3_value **args)
{
	(void)nargs;
	const uint8_t *bytes = sqlite3_value_blob(args[0]);
	sqlite3_int64 n = sqlite3_value_int64(args[1]);
	bool within = n >= 0 && n / 8 < sqlite3_value_bytes(args[0]);
	sqlite3_result_int(context, within ? bytes[n / 8] >> n % 8 & 1 : 0);
}

static bool parts_words(char c)
{
	return c == ' ' || c == '\n';
}

/* has_word (text, word, begins): is it one of the words of a text, or, where `begins` is 1, the beginning of one? */
static void has_word(sqlite3_context *context, int nargs, sqlite3_value **args)
{
	(void)nargs;
	const char *text = (const char *)sqlite3_value_text(args[0]), *word = (const char *)sqlite3_value_text(args[1]);
	size_t left = (size_t)sqlite3_value_bytes(args[0]), len = (size_t)sqlite3_value_bytes(args[1]);
	bool begins = sqlite3_value_int(args[2]), found = false;
	for (const char *at = text; text && word && len && !found; at++) {
		const char *next = memmem(at, left, word, len);
		if (next == NULL) break;
		left -= (size_t)(next - at) + 1;
		at = next;
		found = (at == text || parts_words(at[-1])) && (begins || left + 1 == len || parts_words(at[len]));
	}
	sqlite3_result_int(context, found);
}

static const struct own_function {
	const char *name;
	int nargs;
	void (*call)(sqlite3_context *context, int nargs, sqlite3_value **args);
} own_functions[] = { { "get_bit", 2, get_bit }, { "has_word", 3, has_word } };

static enum code set_up(struct sqlite_db *db, bool writer, struct err *err)
{
	sqlite3 *handle = db->handle;
	for (size_t i = 0; i < COUNT(own_functions); i++)
		if (sqlite3_create_function_v2(handle, own_functions[i].name, own_functions[i].nargs,
		                               SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
		                               own_functions[i].call, NULL, NULL, NULL) != SQLITE_OK)
			return fail(&db->base, err);
	sqlite3_extended_result_codes(handle, 1);
	sqlite3_busy_timeout(handle, BUSY_MS);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	TRY(script(&db->base, common_settings, err));
	if (writer) {
		TRY(script(&db->base, writer_settings, err));
		TRY(check_wal(&db->base, err));
		sqlite3_wal_hook(handle, after_commit, db);
	} else {
		TRY(script(&db->base, reader_settings, err));
		sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		sqlite3_progress_handler(handle, STEPS_BETWEEN_CHECKS, out_of_time, db);
	}
	return OK;
}

static void sqlite_close(struct db *base)
{
	struct sqlite_db *db = (struct sqlite_db *)base;
	statements_release(&db->statements, finalize, NULL);
	sqlite3_close_v2(db->handle);
	free(db);
}

static enum code sqlite_open(const struct db_options *options, struct db **ret, struct err *err)
{
	pthread_once(&once, configure);
	if (!options->create && access(options->where, F_OK) != 0 && errno == ENOENT)
		FAIL(err, E_NOT_FOUND, N_("no database at %s"), options->where);
	struct sqlite_db *db = calloc(1, sizeof(*db));
	if (db == NULL) die("out of memory");
	db->base.driver = &driver_sqlite;
	int flags = SQLITE_OPEN_NOMUTEX | (options->writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
	if (options->writer && options->create) flags |= SQLITE_OPEN_CREATE;
	enum code code = OK;
	if (sqlite3_open_v2(options->where, &db->handle, flags, NULL) != SQLITE_OK) code = fail(&db->base, err);
	if (code == OK) code = set_up(db, options->writer, err);
	if (code != OK) {
		sqlite_close(&db->base);
		return code;
	}
	*ret = &db->base;
	return OK;
}

const struct driver driver_sqlite = {
	.engine = ENGINE_SQLITE,
	.open = sqlite_open,
	.close = sqlite_close,
	.script = script,
	.command = command,
	.begin_read = begin_read,
	.begin_write = begin_write,
	.in_transaction = in_transaction,
	.query = query,
	.next = next,
	.column = column,
	.release = release,
	.log_size = log_size,
	.checkpoint = checkpoint,
};
