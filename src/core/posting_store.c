#include <stdlib.h>
#include <string.h>

#include "core/field_type.h"
#include "core/form_part.h"
#include "core/posting_chunk.h"
#include "core/record.h"

/* ---- One record ---- */

static enum code write_chunk(struct db *db, int64_t field, const char *key, int64_t chunk,
                             const uint8_t bits[static POSTING_BITMAP], struct err *err)
{
	uint8_t out[POSTING_BITMAP];
	struct blob packed = posting_pack(bits, out);
	if (packed.len == 0)
		return db_run(db, err, "DELETE FROM posting WHERE field = $1 AND key = $2 AND chunk = $3", field, key,
		              chunk);
	return db_run(db, err,
	              "INSERT INTO posting (field, key, chunk, nums) VALUES ($1, $2, $3, $4) ON CONFLICT (field, key, "
	              "chunk) DO UPDATE SET nums = excluded.nums",
	              field, key, chunk, packed);
}

enum code posting_change(struct db *db, int64_t field, const char *key, int64_t num, bool in, struct err *err)
{
	uint8_t bits[POSTING_BITMAP] = { 0 };
	int64_t chunk = num / POSTING_CHUNK;
	int n = (int)(num % POSTING_CHUNK);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT nums FROM posting WHERE field = $1 AND key = $2 AND chunk = $3", field,
	             key, chunk));
	if (rows_next(&rows)) posting_unpack(row_blob(&rows, 0), bits);
	TRY(rows_end(&rows, err));
	if ((bits[n / 8] >> n % 8 & 1) == in) return OK;
	bits[n / 8] ^= (uint8_t)(1u << n % 8);
	return write_chunk(db, field, key, chunk, bits, err);
}

/* ---- All records of a chunk ---- */

struct entry {
	int64_t field;
	const char *key;
	int num; /* in the chunk */
};

struct entries {
	struct arena a;
	struct entry *list;
	size_t n, room;
};

static void add_entry(struct entries *all, int64_t field, const char *key, int64_t num)
{
	if (all->n == all->room) {
		size_t room = all->room ? all->room * 2 : 4096;
		struct entry *bigger = arena_array(&all->a, struct entry, room);
		if (all->n) memcpy(bigger, all->list, all->n * sizeof(*bigger));
		all->list = bigger;
		all->room = room;
	}
	all->list[all->n++] = (struct entry){ field, arena_strdup(&all->a, key), (int)(num % POSTING_CHUNK) };
}

static int by_set(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	if (x->field != y->field) return x->field < y->field ? -1 : 1;
	int order = strcmp(x->key, y->key);
	return order ? order : x->num - y->num;
}

/* A field that no form has any more, or whose form was taken away, is kept if it is counted. */
static enum code is_kept(struct db *db, const struct model *model, int64_t num, bool *ret, struct err *err)
{
	int64_t counts;
	for (int i = 0; i < model->nforms; i++) {
		const struct field *field = form_numbered(&model->forms[i], num);
		if (field == NULL) continue;
		*ret = field->type->facet;
		return OK;
	}
	TRY(db_int(db, &counts, 0, err, "SELECT COUNT(*) FROM value_count WHERE field = $1", num));
	*ret = counts > 0;
	return OK;
}

static enum code read_keys(struct db *db, const struct model *model, int64_t chunk, struct entries *all,
                           struct err *err)
{
	int64_t last = -1;
	bool kept = false;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num, field, key FROM field_value WHERE num BETWEEN $1 AND $2",
	             chunk * POSTING_CHUNK, chunk * POSTING_CHUNK + POSTING_CHUNK - 1));
	while (rows_next(&rows)) {
		if (row_int(&rows, 1) != last) TRY(is_kept(db, model, last = row_int(&rows, 1), &kept, err));
		if (kept) add_entry(all, last, row_text(&rows, 2), row_int(&rows, 0));
	}
	return rows_end(&rows, err);
}

static enum code read_spaces(struct db *db, int64_t chunk, struct entries *all, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT num, form, CAST(space AS TEXT) FROM record WHERE num BETWEEN $1 AND $2 AND state = $3 AND "
	             "about IS NULL",
	             chunk * POSTING_CHUNK, chunk * POSTING_CHUNK + POSTING_CHUNK - 1, (int)STATE_PUBLISHED));
	while (rows_next(&rows)) add_entry(all, -row_int(&rows, 1), row_text(&rows, 2), row_int(&rows, 0));
	return rows_end(&rows, err);
}

/* What is stored of the chunk, in the same form. */
static enum code read_stored(struct db *db, int64_t chunk, struct entries *all, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT field, key, nums FROM posting WHERE chunk = $1", chunk));
	while (rows_next(&rows)) {
		uint8_t bits[POSTING_BITMAP] = { 0 };
		posting_unpack(row_blob(&rows, 2), bits);
		for (int n = 0; n < POSTING_CHUNK; n++)
			if (bits[n / 8] >> n % 8 & 1) add_entry(all, row_int(&rows, 0), row_text(&rows, 1), n);
	}
	return rows_end(&rows, err);
}

/* Sorted, each once: a key may stand in parts for several readers. */
static void settle(struct entries *all)
{
	size_t n = 0;
	if (all->n) qsort(all->list, all->n, sizeof(*all->list), by_set);
	for (size_t i = 0; i < all->n; i++)
		if (n == 0 || by_set(&all->list[n - 1], &all->list[i]) != 0) all->list[n++] = all->list[i];
	all->n = n;
}

static bool same(const struct entries *x, const struct entries *y)
{
	if (x->n != y->n) return false;
	for (size_t i = 0; i < x->n; i++)
		if (by_set(&x->list[i], &y->list[i]) != 0) return false;
	return true;
}

static enum code write_entries(struct db *db, int64_t chunk, const struct entries *all, struct err *err)
{
	TRY(db_run(db, err, "DELETE FROM posting WHERE chunk = $1", chunk));
	for (size_t i = 0; i < all->n;) {
		const struct entry *first = &all->list[i];
		uint8_t bits[POSTING_BITMAP] = { 0 };
		for (; i < all->n && all->list[i].field == first->field && strcmp(all->list[i].key, first->key) == 0;
		     i++)
			bits[all->list[i].num / 8] |= (uint8_t)(1u << all->list[i].num % 8);
		TRY(write_chunk(db, first->field, first->key, chunk, bits, err));
	}
	return OK;
}

static enum code mend_chunk(struct db *db, const struct model *model, int64_t chunk, struct entries *wanted,
                            struct entries *stored, bool *mended, struct err *err)
{
	TRY(read_keys(db, model, chunk, wanted, err));
	TRY(read_spaces(db, chunk, wanted, err));
	TRY(read_stored(db, chunk, stored, err));
	settle(wanted);
	settle(stored);
	*mended = !same(wanted, stored);
	return *mended ? write_entries(db, chunk, wanted, err) : OK;
}

enum code posting_mend(struct tx *tx, const struct model *model, int64_t *chunk, bool *mended, struct err *err)
{
	struct db *db = tx_db(tx);
	struct entries wanted = { .n = 0 }, stored = { .n = 0 };
	int64_t last, left;
	arena_init(&wanted.a);
	arena_init(&stored.a);
	enum code code = mend_chunk(db, model, *chunk, &wanted, &stored, mended, err);
	arena_release(&wanted.a);
	arena_release(&stored.a);
	TRY(code);
	TRY(db_int(db, &last, 0, err, "SELECT COALESCE(MAX(num), 0) FROM record"));
	TRY(db_int(db, &left, 0, err, "SELECT COALESCE(MAX(chunk), 0) FROM posting"));
	*chunk = *chunk < MAX(last / POSTING_CHUNK, left) ? *chunk + 1 : -1;
	return OK;
}

enum code posting_missing(struct db *db, bool *ret, struct err *err)
{
	int64_t records, sets;
	TRY(db_int(db, &sets, 0, err, "SELECT COUNT(*) FROM (SELECT 1 FROM posting LIMIT 1) x"));
	TRY(db_int(db, &records, 0, err, "SELECT COUNT(*) FROM (SELECT 1 FROM field_value LIMIT 1) x"));
	*ret = records > 0 && sets == 0;
	return OK;
}
