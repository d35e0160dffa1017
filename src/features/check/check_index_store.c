/* What is computed from revisions, computed again in writes that are then undone, and compared. Few records at a
 * time, so that people go on writing, and because PostgreSQL keeps every version of a row that one write changes.
 */
#include <string.h>

#include "core/horizon.h"
#include "core/index.h"
#include "core/posting.h"
#include "core/record.h"
#include "features/check/check.h"

enum { BATCH = 200 /* records */ };

/* Tables that follow from the revisions of a record each. Columns: i integer, t text, b blob; the first is the
 * record's number. Local numbers of rows, which may change, are left out. */
static const struct derived {
	const char *name, *columns, *sql;
} derived[] = {
	{ "record", "iii", "SELECT num, state, changed FROM record WHERE num BETWEEN $1 AND $2" },
	{ "part", "iibtt",
	  "SELECT record, audience, heads, content, conflict FROM part WHERE record BETWEEN $1 AND $2" },
	{ "field_value", "iiit", "SELECT num, field, audience, key FROM field_value WHERE num BETWEEN $1 AND $2" },
	{ "place", "iiiiiii",
	  "SELECT num, field, audience, west, east, south, north FROM place WHERE num BETWEEN $1 AND $2" },
	{ "link", "iitbt",
	  "SELECT source, audience, kind, target_id, target_slug FROM link WHERE source BETWEEN $1 AND $2" },
	{ "file_ref", "ibi", "SELECT record, file, audience FROM file_ref WHERE record BETWEEN $1 AND $2" },
	{ "search_doc", "iiiitttt",
	  "SELECT num, doc, from_level, to_level, title, body, marks, vocabulary FROM search_doc WHERE num "
	  "BETWEEN $1 AND $2" },
};

/* The records that are looked at together. */
struct batch {
	struct checking *c;
	struct arena arena;
	int64_t nums[BATCH];
	int n;
	int64_t looked_at; /* in all batches */
	int64_t field;     /* whose counts are next */
	int64_t chunk;     /* whose sets are next */
};

/* The sum of the rows of one record in one table: the same whatever their order. */
struct print {
	int64_t num;
	uint64_t sum;
};

struct prints {
	struct print *all; /* by number, each once */
	size_t n;
};

static uint64_t row_sum(struct buf *bytes, const struct rows *rows, const char *columns)
{
	buf_reset(bytes);
	for (int i = 0; columns[i]; i++) {
		struct blob b = columns[i] == 'b' ? row_blob(rows, i) : (struct blob){ 0 };
		if (row_is_null(rows, i)) buf_add(bytes, "-", 1);
		else if (columns[i] == 'i') buf_printf(bytes, "%lld,", (long long)row_int(rows, i));
		else if (columns[i] == 't') buf_printf(bytes, "%zu:%s", strlen(row_text(rows, i)), row_text(rows, i));
		else buf_add(bytes, b.ptr, b.len);
	}
	struct hash hash = hash_blake2b("chki", NULL, bytes->data, bytes->len);
	uint64_t sum;
	memcpy(&sum, hash.b, sizeof(sum));
	return sum;
}

static int by_num(const void *a, const void *b)
{
	const struct print *x = a, *y = b;
	return (x->num > y->num) - (x->num < y->num);
}

/* Sorts, and makes one of the prints of one record. */
static void settle(struct prints *p)
{
	size_t kept = 0;
	if (p->n) qsort(p->all, p->n, sizeof(*p->all), by_num);
	for (size_t i = 0; i < p->n; i++) {
		if (kept && p->all[kept - 1].num == p->all[i].num) p->all[kept - 1].sum += p->all[i].sum;
		else p->all[kept++] = p->all[i];
	}
	p->n = kept;
}

static enum code take_prints(struct db *db, struct batch *batch, const struct derived *table, struct prints *ret,
                             struct err *err)
{
	struct arena *a = &batch->arena;
	struct buf list, bytes;
	buf_init(&list, a, 0);
	buf_init(&bytes, a, 0);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query_values(db, &rows, err, table->sql, VALUES(batch->nums[0], batch->nums[batch->n - 1])));
	while (rows_next(&rows)) {
		struct print print = { row_int(&rows, 0), row_sum(&bytes, &rows, table->columns) };
		buf_add(&list, (const char *)&print, sizeof(print));
	}
	TRY(rows_end(&rows, err));
	ret->n = list.len / sizeof(struct print);
	ret->all = arena_array(a, struct print, ret->n + 1);
	if (list.len) memcpy(ret->all, list.data, list.len);
	settle(ret);
	return OK;
}

static enum code found(struct checking *c, struct db *db, const struct derived *table, int64_t num, struct err *err)
{
	char id[ID_TEXT + 1] = "";
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT id FROM record WHERE num = $1", num));
	if (rows_next(&rows)) id_format(row_id(&rows, 0), id);
	check_found(c, N_("%s of /f/%s: what is stored is not what is computed"), table->name, id);
	return rows_end(&rows, err);
}

static enum code compare(struct checking *c, struct db *db, const struct derived *table, const struct prints *before,
                         const struct prints *after, struct err *err)
{
	size_t i = 0, k = 0;
	while (i < before->n || k < after->n) {
		const struct print *b = before->all + i, *a = after->all + k;
		int order = i == before->n ? 1 : k == after->n ? -1 : by_num(b, a);
		if (order != 0 || b->sum != a->sum) TRY(found(c, db, table, order <= 0 ? b->num : a->num, err));
		i += order <= 0;
		k += order >= 0;
	}
	return OK;
}

static enum code next_batch(struct batch *batch, struct db *db, struct err *err)
{
	int64_t after = batch->n ? batch->nums[batch->n - 1] : 0;
	batch->n = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num FROM record WHERE num > $1 ORDER BY num LIMIT $2", after, (int)BATCH));
	while (batch->n < BATCH && rows_next(&rows)) batch->nums[batch->n++] = row_int(&rows, 0);
	return rows_end(&rows, err);
}

static enum code undo(struct err *err)
{
	FAIL(err, E_GONE, "undone");
}

static enum code rebuild_and_compare(struct tx *tx, void *arg, struct err *err)
{
	struct batch *batch = arg;
	struct checking *c = batch->c;
	struct db *db = tx_db(tx);
	struct prints before[COUNT(derived)], after;
	TRY(next_batch(batch, db, err));
	if (batch->n == 0) return OK;
	for (size_t i = 0; i < COUNT(derived); i++) TRY(take_prints(db, batch, &derived[i], &before[i], err));
	for (int i = 0; i < batch->n; i++) {
		enum code code = record_rebuild(tx, c->model, batch->nums[i], NULL, err);
		if (code != E_NOT_FOUND) TRY(code); /* its form was taken away: it waits as it is */
	}
	for (size_t i = 0; i < COUNT(derived); i++) {
		TRY(take_prints(db, batch, &derived[i], &after, err));
		TRY(compare(c, db, &derived[i], &before[i], &after, err));
	}
	batch->looked_at += batch->n;
	return undo(err);
}

/* What records share: as parvis reindex mends it. */
static enum code mend_counts(struct tx *tx, void *arg, struct err *err)
{
	struct batch *batch = arg;
	bool mended;
	TRY(index_mend_counts(tx, batch->c->model, &batch->field, &mended, err));
	if (mended) check_found(batch->c, N_("%s: what is stored is not what is computed"), "value_count");
	return undo(err);
}

static enum code mend_sets(struct tx *tx, void *arg, struct err *err)
{
	struct batch *batch = arg;
	bool mended;
	TRY(posting_mend(tx, batch->c->model, &batch->chunk, &mended, err));
	if (mended) check_found(batch->c, N_("%s: what is stored is not what is computed"), "posting");
	return undo(err);
}

static enum code mend_words(struct tx *tx, void *arg, struct err *err)
{
	struct batch *batch = arg;
	bool mended;
	TRY(index_mend_words(tx, &mended, err));
	if (mended) check_found(batch->c, N_("%s: what is stored is not what is computed"), "word");
	return undo(err);
}

/* SQLite's own indexes of words and places, which its integrity check does not open. */
static enum code check_virtual_tables(struct tx *tx, void *arg, struct err *err)
{
	struct batch *batch = arg;
	struct db *db = tx_db(tx);
	if (db_engine(db) != ENGINE_SQLITE) return OK;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT rtreecheck('place_index')"));
	if (rows_next(&rows) && strcmp(row_text(&rows, 0), "ok") != 0)
		check_found(batch->c, N_("SQLite says: %s"), row_text(&rows, 0));
	TRY(rows_end(&rows, err));
	return db_run(db, err, "INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)");
}

static enum code undone(struct checking *c, store_fn *fn, struct batch *batch, struct err *err)
{
	enum code code = store_write(c->store, fn, batch, err);
	return code == E_GONE ? OK : code;
}

static enum code check_all(struct checking *c, struct batch *batch, struct err *err)
{
	TRY(horizon_extend(c->store, c->model, err)); /* as every day */
	TRY(store_write(c->store, check_virtual_tables, batch, err));
	do {
		TRY(undone(c, rebuild_and_compare, batch, err));
		arena_reset(&batch->arena);
	} while (batch->n);
	do {
		TRY(undone(c, mend_counts, batch, err));
	} while (batch->field);
	do {
		TRY(undone(c, mend_sets, batch, err));
	} while (batch->chunk >= 0);
	return undone(c, mend_words, batch, err);
}

enum code check_index(struct checking *c, struct err *err)
{
	struct batch batch = { .c = c };
	arena_init(&batch.arena);
	enum code code = check_all(c, &batch, err);
	arena_release(&batch.arena);
	c->note = arena_printf(c->arena, tr(c->lang, N_("%lld records")), (long long)batch.looked_at);
	return code;
}
