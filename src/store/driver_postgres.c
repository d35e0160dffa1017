/*
 * PostgreSQL through libpq. Arguments and results travel in binary: integers, text and bytea, each
 * argument with its type, so that the server guesses nothing. A result comes whole: queries that
 * may be long are paged by their callers.
 */
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/driver.h"
#include "store/statements.h"

/* Types of pg_type.dat that results may have. */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_UNKNOWN = 705,
	OID_VARCHAR = 1043,
	OID_NUMERIC = 1700,
};

struct postgres_db {
	struct db base;
	PGconn *conn;
	struct statements statements;
	unsigned serial; /* of prepared statements */
	char begin_write[128];
};

struct walk {
	PGresult *result;
	int row, count;
	int64_t changes;
};

static PGconn *conn_of(struct db *db)
{
	return ((struct postgres_db *)db)->conn;
}

/* Errors: SQLSTATE (PostgreSQL, appendix A) to ours; a longer prefix goes before a shorter one.
 * What is not in the table is a mistake of ours. */
static const struct {
	const char *prefix;
	enum code code;
} states[] = {
	{ "08", E_IO },       /* connection */
	{ "23", E_CONFLICT }, /* constraints */
	{ "40", E_BUSY },     /* serialisation, deadlock */
	{ "55P03", E_BUSY },  /* lock not available */
	{ "57P", E_IO },      /* the server stops */
	{ "53100", E_FULL },  /* disk */
	{ "53", E_BUSY },     /* memory, connections */
	{ "54", E_LIMIT },    /* too big */
	{ "58", E_IO },       /* system error */
	{ "XX", E_IO },       /* corrupted */
};

static enum code code_of(const char *state)
{
	for (size_t i = 0; i < COUNT(states); i++)
		if (strncmp(state, states[i].prefix, strlen(states[i].prefix)) == 0) return states[i].code;
	return E_INTERNAL;
}

static enum code fail(struct db *db, const PGresult *result, struct err *err)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *msg = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	if (msg == NULL) msg = PQerrorMessage(conn_of(db));
	if (state == NULL) state = "";
	if (PQstatus(conn_of(db)) == CONNECTION_BAD) db->lost = true;
	if (db->lost) return db_fail(db, err, E_IO, N_("the database server was lost: %s"), msg);
	if (strcmp(state, "57014") == 0) return db_fail_slow(db, err);
	switch (code_of(state)) {
	case E_CONFLICT: return db_fail_conflict(db, err, msg);
	case E_BUSY: return db_fail_busy(db, err);
	case E_FULL: return db_fail_full(db, err);
	case E_LIMIT: return db_fail(db, err, E_LIMIT, N_("too big for the database: %s"), msg);
	case E_IO: return db_fail(db, err, E_IO, N_("the database server failed: %s"), msg);
	default: return db_fail(db, err, E_INTERNAL, "SQL: %s (PostgreSQL %s)", msg, state);
	}
}

/* Takes the result over; on failure it is freed. */
static enum code check(struct db *db, PGresult *result, struct err *err)
{
	ExecStatusType status = PQresultStatus(result);
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return OK;
	enum code code = fail(db, result, err);
	PQclear(result);
	return code;
}

/* Statements */

static void put_be64(unsigned char out[static 8], uint64_t v)
{
	for (int i = 0; i < 8; i++) out[i] = (unsigned char)(v >> (56 - 8 * i));
}

/* Big-endian, `len` of 2, 4 or 8 bytes, signed. */
static int64_t get_be(const void *data, int len)
{
	const unsigned char *p = data;
	uint64_t v = p[0] & 0x80 ? UINT64_MAX : 0;
	for (int i = 0; i < len; i++) v = v << 8 | p[i];
	return (int64_t)v;
}

struct arguments {
	Oid types[SQL_VALUES];
	const char *values[SQL_VALUES];
	int lengths[SQL_VALUES], formats[SQL_VALUES];
	unsigned char integers[SQL_VALUES][8];
	char kinds[SQL_VALUES + 1];
};

static void fill(struct arguments *args, const struct value *values, int n)
{
	static const char letters[] = { 'n', 'i', 't', 'b' };
	for (int i = 0; i < n; i++) {
		const struct value *v = &values[i];
		args->formats[i] = 1;
		args->types[i] = 0;
		args->values[i] = v->kind == VALUE_NULL ? NULL : value_bytes(v);
		args->lengths[i] = (int)v->len;
		args->kinds[i] = letters[v->kind];
		if (v->kind == VALUE_INT) {
			put_be64(args->integers[i], (uint64_t)v->i);
			args->values[i] = (const char *)args->integers[i];
			args->lengths[i] = 8;
			args->types[i] = OID_INT8;
		} else if (v->kind == VALUE_TEXT) {
			args->types[i] = OID_TEXT;
		} else if (v->kind == VALUE_BLOB) {
			args->types[i] = OID_BYTEA;
		}
	}
	args->kinds[n] = '\0';
}

/* The server's name of a prepared statement is its handle. */
static void drop(void *arg, void *handle)
{
	struct postgres_db *db = arg;
	if (db) {
		char text[64];
		snprintf(text, sizeof(text), "DEALLOCATE %s", (const char *)handle);
		PQclear(PQexec(db->conn, text));
	}
	free(handle);
}

static enum code prepared(struct db *base, const char *text, const struct arguments *args, int n, const char **ret,
                          struct err *err)
{
	struct postgres_db *db = (struct postgres_db *)base;
	struct statement *s = statements_find(&db->statements, text, args->kinds);
	if (s == NULL) {
		char name[16];
		snprintf(name, sizeof(name), "p%u", ++db->serial);
		PGresult *result = PQprepare(db->conn, name, text, n, args->types);
		TRY(check(base, result, err));
		PQclear(result);
		s = statements_add(&db->statements, text, args->kinds, drop, db);
		s->handle = strdup(name);
		if (s->handle == NULL) die("out of memory");
	}
	*ret = s->handle;
	return OK;
}

/* How many rows hold a word depends on the word: a plan kept for all of them would walk every document for a rare one. */
static bool is_planned_each_time(const char *text)
{
	return strstr(text, "tsquery") != NULL;
}

static enum code execute(struct db *db, const char *text, const struct arguments *args, int n, PGresult **ret,
                         struct err *err)
{
	const char *name;
	if (is_planned_each_time(text)) {
		*ret = PQexecParams(conn_of(db), text, n, args->types, args->values, args->lengths, args->formats, 1);
	} else {
		TRY(prepared(db, text, args, n, &name, err));
		*ret = PQexecPrepared(conn_of(db), name, n, args->values, args->lengths, args->formats, 1);
	}
	return check(db, *ret, err);
}

static enum code query(struct db *db, const char *text, const struct value *values, int n, void **ret, struct err *err)
{
	if (n > SQL_VALUES) return db_fail(db, err, E_INTERNAL, "SQL: more than %d arguments", SQL_VALUES);
	struct arguments args;
	PGresult *result;
	fill(&args, values, n);
	TRY(execute(db, text, &args, n, &result, err));
	struct walk *walk = malloc(sizeof(*walk));
	if (walk == NULL) die("out of memory");
	*walk = (struct walk){ result, -1, PQntuples(result), 0 };
	walk->changes = strtoll(PQcmdTuples(result), NULL, 10);
	*ret = walk;
	return OK;
}

static bool next(struct db *db, void *state)
{
	struct walk *walk = state;
	if (walk->row + 1 < walk->count) {
		walk->row++;
		return true;
	}
	walk->row = walk->count;
	db->changes = walk->changes;
	return false;
}

static void release(struct db *db, void *state)
{
	(void)db;
	struct walk *walk = state;
	PQclear(walk->result);
	free(walk);
}

/* sum() of integers gives a numeric: base 10,000 digits (utils/adt/numeric.c, numeric_send). False
 * when it is not an integer or does not fit. */
static bool numeric_to_int(const char *data, int len, int64_t *ret)
{
	if (len < 8) return false;
	int64_t digits = get_be(data, 2), weight = get_be(data + 2, 2), sign = get_be(data + 4, 2);
	if ((sign != 0 && sign != 0x4000) || digits > weight + 1 || len < 8 + 2 * digits) return false;
	int64_t v = 0;
	for (int64_t i = 0; i <= weight; i++) {
		int64_t digit = i < digits ? get_be(data + 8 + 2 * i, 2) : 0;
		if (__builtin_mul_overflow(v, 10000, &v) || __builtin_add_overflow(v, digit, &v)) return false;
	}
	*ret = sign ? -v : v;
	return true;
}

static void column(const void *state, int i, struct column *ret)
{
	const struct walk *walk = state;
	*ret = (struct column){ .kind = VALUE_NULL };
	if (i >= PQnfields(walk->result)) {
		ret->kind = COLUMN_OTHER;
		return;
	}
	if (PQgetisnull(walk->result, walk->row, i)) return;
	ret->ptr = PQgetvalue(walk->result, walk->row, i);
	ret->len = (size_t)PQgetlength(walk->result, walk->row, i);
	switch (PQftype(walk->result, i)) {
	case OID_INT2:
	case OID_INT4:
	case OID_INT8:
		ret->kind = VALUE_INT;
		ret->i = get_be(ret->ptr, (int)ret->len);
		break;
	case OID_BOOL:
		ret->kind = VALUE_INT;
		ret->i = *(const char *)ret->ptr != 0;
		break;
	case OID_NUMERIC:
		ret->kind = numeric_to_int(ret->ptr, (int)ret->len, &ret->i) ? VALUE_INT : COLUMN_OTHER;
		break;
	case OID_TEXT:
	case OID_VARCHAR:
	case OID_NAME:
	case OID_UNKNOWN: ret->kind = VALUE_TEXT; break;
	case OID_BYTEA: ret->kind = VALUE_BLOB; break;
	default: ret->kind = COLUMN_OTHER;
	}
}

/* Transactions */

static enum code script(struct db *db, const char *text, struct err *err)
{
	PGresult *result = PQexec(conn_of(db), text);
	TRY(check(db, result, err));
	/* COMMIT of a failed transaction succeeds as ROLLBACK. */
	bool undone = strcmp(text, "COMMIT") == 0 && strcmp(PQcmdStatus(result), "COMMIT") != 0;
	PQclear(result);
	if (undone) return db_fail(db, err, E_INTERNAL, "SQL: the transaction had failed");
	return OK;
}

/* A snapshot, as SQLite's readers have; SET LOCAL suits pools of connections. What pages ask is short: compiling it, or calling
 * others to help, takes longer than doing it. */
static enum code begin_read(struct db *db, int64_t limit, struct err *err)
{
	char text[256];
	db->limit = limit;
	db->deadline = limit ? clock_monotonic() + limit : 0;
	snprintf(text, sizeof(text),
	         "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off; "
	         "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL statement_timeout = %lld",
	         (long long)limit);
	return script(db, text, err);
}

static enum code begin_write(struct db *db, struct err *err)
{
	return script(db, ((struct postgres_db *)db)->begin_write, err);
}

/* The tables that what people write stands in. */
static enum code vacuum(struct db *db, struct err *err)
{
	return script(db,
	              "VACUUM body, part, record, search_doc, field_value, value_count, posting, link, place, word, "
	              "trigram, letter, token, "
	              "person, import_row, report, measure",
	              err);
}

static bool in_transaction(struct db *db)
{
	PGTransactionStatusType status = PQtransactionStatus(conn_of(db));
	return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

/* Opening */

static void ignore_notice(void *arg, const PGresult *result)
{
	(void)arg, (void)result;
}

static PGconn *connect_to(const char *where)
{
	/* What comes before dbname is a default that the connection string may change. */
	static const char *const keys[] = { "connect_timeout",
		                            "tcp_user_timeout",
		                            "keepalives_idle",
		                            "fallback_application_name",
		                            "dbname",
		                            "client_encoding",
		                            NULL };
	const char *const values[] = { "5", "10000", "30", "parvis", where, "UTF8", NULL };
	PGconn *conn = PQconnectdbParams(keys, values, 1);
	if (conn == NULL) die("out of memory");
	PQsetNoticeReceiver(conn, ignore_notice, NULL);
	return conn;
}

/* Sites may share a database, each in a schema of its own: one lock per schema. */
static enum code find_lock(struct postgres_db *db, struct err *err)
{
	int64_t key;
	TRY(db_int(&db->base, &key, 0, err, "SELECT hashtextextended('parvis ' || coalesce(current_schema(), ''), 0)"));
	snprintf(db->begin_write, sizeof(db->begin_write),
	         "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(%lld)", (long long)key);
	return OK;
}

static void postgres_close(struct db *base)
{
	struct postgres_db *db = (struct postgres_db *)base;
	statements_release(&db->statements, drop, NULL);
	PQfinish(db->conn);
	free(db);
}

static enum code postgres_open(const struct db_options *options, struct db **ret, struct err *err)
{
	struct postgres_db *db = calloc(1, sizeof(*db));
	if (db == NULL) die("out of memory");
	db->base.driver = &driver_postgres;
	db->conn = connect_to(options->where);
	enum code code = OK;
	if (PQstatus(db->conn) != CONNECTION_OK)
		code = err_set(err, E_BUSY, N_("the database server cannot be reached: %s"), PQerrorMessage(db->conn));
	else if (strcmp(PQparameterStatus(db->conn, "server_encoding"), "UTF8") != 0)
		code = err_set(err, E_INPUT, N_("the PostgreSQL database must be in UTF-8"));
	if (code == OK) code = find_lock(db, err);
	if (code != OK) {
		postgres_close(&db->base);
		return code;
	}
	*ret = &db->base;
	return OK;
}

const struct driver driver_postgres = {
	.engine = ENGINE_POSTGRES,
	.open = postgres_open,
	.close = postgres_close,
	.script = script,
	.command = script,
	.begin_read = begin_read,
	.begin_write = begin_write,
	.in_transaction = in_transaction,
	.vacuum = vacuum,
	.query = query,
	.next = next,
	.column = column,
	.release = release,
};
