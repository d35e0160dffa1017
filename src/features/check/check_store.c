/* The database, the revisions, the files and the audit as they lie there. */
#include <string.h>

#include "core/audit.h"
#include "core/erasure.h"
#include "core/object.h"
#include "features/check/check.h"
#include "store/file.h"
#include "store/ledger.h"

enum { BATCH = 500 /* revisions read at once */ };

/* ---- The database itself ---- */

/* Rows that hang in the air: engines verify references, not these. A draft (state 0) has no revision yet. */
static const struct {
	const char *sql, *what;
} orphans[] = {
	{ "SELECT COUNT(*) FROM body b WHERE NOT EXISTS (SELECT 1 FROM obj o WHERE o.id = b.id)",
	  N_("contents of no revision") },
	{ "SELECT COUNT(*) FROM parent p WHERE NOT EXISTS (SELECT 1 FROM obj o WHERE o.id = p.child)",
	  N_("ancestors of no revision") },
	{ "SELECT COUNT(*) FROM parent p WHERE NOT EXISTS (SELECT 1 FROM obj o WHERE o.id = p.parent)",
	  N_("ancestors that are not there") },
	{ "SELECT COUNT(*) FROM record r WHERE r.state <> 0 AND NOT EXISTS (SELECT 1 FROM obj o WHERE o.rec = "
	  "r.num)",
	  N_("records without any revision") },
	{ "SELECT COUNT(*) FROM body WHERE state = 2 AND (salt IS NOT NULL OR data IS NOT NULL)",
	  N_("contents that were erased, and are there") },
	{ "SELECT COUNT(*) FROM file_ref f WHERE NOT EXISTS (SELECT 1 FROM file i WHERE i.hash = f.file)",
	  N_("records that name a file that is not there") },
};

static enum code count_orphans(struct checking *c, struct db *db, struct err *err)
{
	for (size_t i = 0; i < COUNT(orphans); i++) {
		int64_t n = 0;
		TRY(db_int_values(db, &n, 0, err, orphans[i].sql, NULL, 0));
		if (n) check_found(c, "%s: %lld", tr(c->lang, orphans[i].what), (long long)n);
	}
	return OK;
}

static enum code sqlite_integrity(struct checking *c, struct db *db, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT integrity_check FROM pragma_integrity_check"));
	while (rows_next(&rows))
		if (strcmp(row_text(&rows, 0), "ok") != 0) check_found(c, N_("SQLite says: %s"), row_text(&rows, 0));
	return rows_end(&rows, err);
}

static enum code sqlite_references(struct checking *c, struct db *db, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT \"table\", parent, COUNT(*) FROM pragma_foreign_key_check GROUP BY 1, 2"));
	while (rows_next(&rows))
		check_found(c, N_("%lld rows of %s point to rows of %s that are not there"),
		            (long long)row_int(&rows, 2), row_text(&rows, 0), row_text(&rows, 1));
	return rows_end(&rows, err);
}

enum code check_database(struct checking *c, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(c->store, &db, err));
	if (db_engine(db) == ENGINE_SQLITE) {
		TRY(sqlite_integrity(c, db, err));
		TRY(sqlite_references(c, db, err));
	}
	return count_orphans(c, db, err);
}

/* ---- Revisions ---- */

/* One row of the query below, and what its header says. */
struct stored {
	struct object object;
	struct id record, compartment, actor, save;
	struct id compartments[AUDIENCE_COUNT]; /* of the record's space */
	int64_t depth, hlc, flags;
};

static bool same_id(struct id a, struct id b)
{
	return memcmp(a.b, b.b, sizeof(a.b)) == 0;
}

static bool columns_agree(const struct stored *s)
{
	const struct object *o = &s->object;
	return same_id(o->record, s->record) && same_id(o->compartment, s->compartment) &&
	       same_id(o->actor, s->actor) && same_id(o->save, s->save) && o->depth == s->depth &&
	       o->hlc == (uint64_t)s->hlc && o->flags == (unsigned)s->flags;
}

static bool in_its_space(const struct stored *s)
{
	for (int i = 0; i < AUDIENCE_COUNT; i++)
		if (same_id(s->compartment, s->compartments[i])) return true;
	return false;
}

static enum code read_body(struct arena *a, const struct rows *rows, struct object *object, struct err *err)
{
	struct blob salt = row_blob(rows, 13);
	const char *body = row_text(rows, 14);
	if (row_is_null(rows, 12)) FAIL(err, E_NOT_FOUND, N_("its content is missing"));
	if (row_int(rows, 12) != BODY_PRESENT) return OK; /* erased, or awaited */
	if (salt.len != OBJECT_SALT) FAIL(err, E_INPUT, N_("its salt is damaged"));
	return object_read_body(a, object, salt.ptr, body, strlen(body), err);
}

static void check_object(struct checking *c, struct arena *a, const struct rows *rows, uint64_t *parents)
{
	struct stored s;
	struct err err;
	char hex[HASH_HEX + 1], text[1024];
	struct hash id = row_hash(rows, 0);
	const char *header = row_text(rows, 1);
	hash_hex(&id, hex);
	if (object_read_header(a, &id, header, strlen(header), &s.object, &err) != OK) {
		check_found(c, N_("revision %.16s: its header is damaged: %s"), hex,
		            err_text(&err, c->lang, text, sizeof(text)));
		return;
	}
	s.record = row_id(rows, 2);
	s.compartment = row_id(rows, 3);
	s.actor = row_id(rows, 4);
	s.save = row_id(rows, 5);
	s.depth = row_int(rows, 6);
	s.hlc = row_int(rows, 7);
	s.flags = row_int(rows, 8);
	for (int i = 0; i < AUDIENCE_COUNT; i++) s.compartments[i] = row_id(rows, 9 + i);
	if (!columns_agree(&s)) check_found(c, N_("revision %.16s: its row says other things than its header"), hex);
	if (!in_its_space(&s)) check_found(c, N_("revision %.16s: it belongs to another space than its record"), hex);
	if (read_body(a, rows, &s.object, &err) != OK)
		check_found(c, N_("revision %.16s: %s"), hex, err_text(&err, c->lang, text, sizeof(text)));
	for (int i = 0; i < s.object.nparents; i++) {
		const struct hash pair[2] = { id, s.object.parents[i] };
		struct hash sum = hash_blake2b("chkp", NULL, pair, sizeof(pair));
		uint64_t part;
		memcpy(&part, sum.b, sizeof(part));
		*parents += part;
	}
}

static enum code check_batch(struct checking *c, struct db *db, struct arena *a, struct hash *after, int *n,
                             uint64_t *parents, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT o.id, o.header, r.id, o.compartment, o.actor, o.save, o.depth, o.hlc, o.flags,"
	             " s.compartment_public, s.compartment_members, s.compartment_facilitators,"
	             " b.state, b.salt, b.data FROM obj o JOIN record r ON r.num = o.rec"
	             " JOIN space s ON s.num = r.space LEFT JOIN body b ON b.id = o.id"
	             " WHERE o.id > $1 ORDER BY o.id LIMIT $2",
	             *after, (int)BATCH));
	for (*n = 0; rows_next(&rows); (*n)++) {
		check_object(c, a, &rows, parents);
		*after = row_hash(&rows, 0);
		arena_reset(a);
	}
	return rows_end(&rows, err);
}

/* The table of ancestors repeats what headers say: their sums must agree. */
static enum code sum_parents(struct db *db, uint64_t *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT child, parent FROM parent"));
	while (rows_next(&rows)) {
		const struct hash pair[2] = { row_hash(&rows, 0), row_hash(&rows, 1) };
		struct hash sum = hash_blake2b("chkp", NULL, pair, sizeof(pair));
		uint64_t part;
		memcpy(&part, sum.b, sizeof(part));
		*ret += part;
	}
	return rows_end(&rows, err);
}

static enum code walk_objects(struct checking *c, struct db *db, struct arena *a, struct err *err)
{
	struct hash after = { 0 };
	uint64_t said = 0, stored = 0;
	int64_t total = 0;
	int n;
	do {
		TRY(check_batch(c, db, a, &after, &n, &said, err));
		total += n;
	} while (n == BATCH);
	TRY(sum_parents(db, &stored, err));
	if (said != stored) check_found(c, N_("the table of ancestors differs from what revisions say"));
	c->note = arena_printf(c->arena, tr(c->lang, N_("%lld revisions")), (long long)total);
	return OK;
}

enum code check_objects(struct checking *c, struct err *err)
{
	struct db *db;
	struct arena a;
	TRY(store_read_begin(c->store, &db, err));
	arena_init(&a);
	enum code code = walk_objects(c, db, &a, err);
	arena_release(&a);
	return code;
}

/* ---- Files ---- */

struct known_files {
	struct checking *c;
	struct hash *hashes; /* in order */
	int64_t *sizes;
	int64_t n, unused;
};

static enum code list_files(struct known_files *k, struct db *db, struct err *err)
{
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM file"));
	k->hashes = arena_array(k->c->arena, struct hash, (size_t)count + 1);
	k->sizes = arena_array(k->c->arena, int64_t, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT hash, size FROM file ORDER BY hash"));
	for (; k->n < count && rows_next(&rows); k->n++) {
		k->hashes[k->n] = row_hash(&rows, 0);
		k->sizes[k->n] = row_int(&rows, 1);
	}
	return rows_end(&rows, err);
}

static void check_file(struct known_files *k, int64_t i)
{
	char hex[HASH_HEX + 1];
	int64_t size;
	bool same;
	struct err err;
	enum code code = file_verify(k->c->store, &k->hashes[i], &size, &same, &err);
	hash_hex(&k->hashes[i], hex);
	if (code == E_NOT_FOUND) check_found(k->c, N_("file %.16s: it is missing"), hex);
	else if (code != OK) check_found(k->c, N_("file %.16s: it cannot be read"), hex);
	else if (!same || size != k->sizes[i]) check_found(k->c, N_("file %.16s: its content has changed"), hex);
}

static void count_unused(void *arg, const struct hash *hash)
{
	struct known_files *k = arg;
	int64_t low = 0, high = k->n;
	while (low < high) {
		int64_t middle = (low + high) / 2;
		if (hash_compare(&k->hashes[middle], hash) < 0) low = middle + 1;
		else high = middle;
	}
	k->unused += low == k->n || hash_compare(&k->hashes[low], hash) != 0;
}

enum code check_files(struct checking *c, struct err *err)
{
	struct known_files k = { .c = c };
	struct db *db;
	TRY(store_read_begin(c->store, &db, err));
	TRY(list_files(&k, db, err));
	for (int64_t i = 0; i < k.n; i++) check_file(&k, i);
	TRY(file_each(c->store, count_unused, &k, err));
	c->note = arena_printf(c->arena, tr(c->lang, N_("%lld files, %lld more that nothing uses")), (long long)k.n,
	                       (long long)k.unused);
	return OK;
}

/* ---- Who did what ---- */

enum code check_audit(struct checking *c, struct err *err)
{
	struct db *db;
	int64_t rows, broken;
	TRY(store_read_begin(c->store, &db, err));
	TRY(audit_check(db, &rows, &broken, err));
	if (broken) check_found(c, N_("row %lld of the audit, or the one before it, was changed"), (long long)broken);
	c->note = arena_printf(c->arena, tr(c->lang, N_("%lld rows")), (long long)rows);
	return OK;
}

/* ---- What was erased ---- */

enum code check_erasures(struct checking *c, struct err *err)
{
	struct db *db;
	json_t *lines;
	bool found, there;
	TRY(ledger_read(c->arena, ledger_path(c->arena, c->store), &lines, &found, err));
	TRY(store_read_begin(c->store, &db, err));
	const json_t *kept = erasure_lines(c->arena, lines);
	for (size_t i = 0; i < json_array_size(kept); i++) {
		const json_t *line = json_array_get(kept, i);
		TRY(erasure_holds(db, c->arena, line, &there, err));
		if (there)
			check_found(c,
			            N_("erased, and there again: %s (stop the site; parvis erase DIRECTORY --again)"),
			            json_text(c->arena, line));
	}
	c->note = arena_printf(c->arena, tr(c->lang, N_("%lld lines")), (long long)json_array_size(lines));
	return OK;
}
