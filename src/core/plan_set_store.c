/* Sets of records, crossed in memory: a bit for each record, 1 KiB for 8,192 of them. */
#include <string.h>

#include "core/plan.h"
#include "core/posting.h"
#include "core/reader.h"

enum { MARK = 1 };

int plan_few = 500;

/* ---- Read ---- */

static bool has_set(const struct plan *plan, int i)
{
	return plan->sizes[i] >= 0 && plan->tests[i].field->type->facet;
}

/* As long as its last chunk asks for. */
static void grow(struct arena *a, uint8_t **bits, size_t *len, size_t wanted)
{
	if (wanted <= *len) return;
	size_t longer = MAX(wanted, *len * 2);
	uint8_t *bigger = arena_alloc(a, longer);
	memset(bigger, 0, longer);
	if (*len) memcpy(bigger, *bits, *len);
	*bits = bigger;
	*len = longer;
}

static enum code read_set(const struct plan *plan, struct sql *sql, uint8_t **bits, size_t *len, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(sql, plan->db, &rows, err));
	while (rows_next(&rows)) {
		size_t at = (size_t)row_int(&rows, 0) * POSTING_BITMAP;
		grow(plan->a, bits, len, at + POSTING_BITMAP);
		posting_unpack(row_blob(&rows, 1), *bits + at);
	}
	return rows_end(&rows, err);
}

static enum code read_test(const struct plan *plan, int i, uint8_t **bits, size_t *len, struct err *err)
{
	struct sql sql;
	sql_init(&sql, plan->a);
	sql_add(&sql, "SELECT v.chunk, v.nums FROM posting v WHERE v.field = ?", plan->tests[i].field->num);
	plan_add_comparison(&sql, &plan->tests[i], false);
	return read_set(plan, &sql, bits, len, err);
}

static bool reads_space(const struct plan *plan, const struct space *space)
{
	return plan->access.audiences[space->num - 1] > '0';
}

static enum code read_listed(const struct plan *plan, uint8_t **bits, size_t *len, struct err *err)
{
	const struct model *model = plan->model;
	for (int i = 0; i < model->nspaces; i++) {
		const struct space *space = &model->spaces[i];
		if (!reads_space(plan, space) || (plan->query->space && plan->query->space != space)) continue;
		struct sql sql;
		sql_init(&sql, plan->a);
		sql_add(&sql, "SELECT v.chunk, v.nums FROM posting v WHERE v.field = ? AND v.key = ?",
		        posting_form(plan->query->form), posting_space(plan->a, space));
		TRY(read_set(plan, &sql, bits, len, err));
	}
	return OK;
}

/* What she wrote in a space that she may not read any more is hers to read. */
static enum code reads_others(const struct plan *plan, bool *ret, struct err *err)
{
	int64_t n = 0;
	if (plan->actor->person)
		TRY(db_int(plan->db, &n, 0, err,
		           "SELECT COUNT(*) FROM (SELECT 1 FROM record r WHERE r.author = $1 AND +r.form = $2 AND "
		           "substr($3, CAST(r.space AS INTEGER), 1) < '1' LIMIT 1) x",
		           plan->actor->person, plan->query->form->num, plan->access.audiences));
	*ret = n > 0;
	return OK;
}

static int64_t count(const uint8_t *bits, size_t len)
{
	int64_t n = 0;
	for (size_t i = 0; i + 8 <= len; i += 8) {
		uint64_t word;
		memcpy(&word, bits + i, sizeof(word));
		n += __builtin_popcountll(word);
	}
	return n;
}

/* Is another way in narrow enough, or are there too few sets to cross? */
static bool is_worth(const struct plan *plan)
{
	int n = 0;
	for (int i = 0; i < plan->ntests; i++) {
		if (plan->sizes[i] >= 0 && plan->sizes[i] <= plan_few) return false;
		n += has_set(plan, i);
	}
	if (plan->match && plan->match_size <= plan_few) return false;
	if (plan->query->space && plan->space_size <= plan_few) return false;
	return n >= 2;
}

enum code plan_read_sets(struct plan *plan, struct err *err)
{
	struct plan_sets *sets = &plan->sets;
	size_t lens[PLAN_TESTS] = { 0 }, listed = 0;
	bool others;
	if (!is_worth(plan)) return OK;
	for (int i = 0; i < plan->ntests; i++)
		if (has_set(plan, i)) TRY(read_test(plan, i, &sets->tests[i], &lens[i], err));
	TRY(read_listed(plan, &sets->listed, &listed, err));
	TRY(reads_others(plan, &others, err));
	sets->exact = !others && circle_of_form(plan->query->form) == 0;
	size_t len = MAX(listed, (size_t)POSTING_BITMAP);
	for (int i = 0; i < plan->ntests; i++) len = MAX(len, lens[i]);
	for (int i = 0; i < plan->ntests; i++)
		if (has_set(plan, i)) grow(plan->a, &sets->tests[i], &lens[i], len);
	grow(plan->a, &sets->listed, &listed, len);
	sets->nlisted = count(sets->listed, len);
	sets->len = len;
	return OK;
}

/* ---- Crossed ---- */

void plan_cross(struct plan *plan, const struct field *without)
{
	struct plan_sets *sets = &plan->sets;
	int n = 0;
	sets->crossed = NULL;
	sets->whole = true;
	if (sets->len == 0) return;
	uint8_t *crossed = arena_alloc(plan->a, sets->len);
	memset(crossed, 0xff, sets->len);
	for (int i = 0; i < plan->ntests; i++) {
		if (plan_leaves_out(plan, i, without)) continue;
		if (sets->tests[i] == NULL || !plan->open[i]) sets->whole = false;
		if (sets->tests[i] == NULL) continue;
		for (size_t k = 0; k < sets->len; k++) crossed[k] &= sets->tests[i][k];
		n++;
	}
	if (n == 0) return;
	/* Her own, in spaces that she may not read, are in no set of a space. */
	for (size_t k = 0; k < sets->len && sets->exact; k++) crossed[k] &= sets->listed[k];
	sets->crossed = crossed;
	sets->ncrossed = count(crossed, sets->len);
}

bool plan_counts(const struct plan *plan, int64_t *ret)
{
	const struct plan_sets *sets = &plan->sets;
	if (sets->crossed == NULL || !sets->whole || !sets->exact || plan->match) return false;
	*ret = sets->ncrossed;
	return true;
}

/* ---- In statements ---- */

const char *plan_set_list(const struct plan *plan, int64_t most)
{
	const struct plan_sets *sets = &plan->sets;
	bool sqlite = db_engine(plan->db) == ENGINE_SQLITE;
	struct buf list;
	buf_init(&list, plan->a, 0);
	buf_putc(&list, sqlite ? '[' : '{');
	for (size_t i = 0; i < sets->len * 8 && most > 0; i++) {
		if (sets->crossed[i / 8] == 0) i |= 7; /* none of these eight */
		if (!(sets->crossed[i / 8] >> i % 8 & 1)) continue;
		buf_printf(&list, "%s%zu", list.len > 1 ? "," : "", i);
		most--;
	}
	buf_putc(&list, sqlite ? ']' : '}');
	return buf_str(&list);
}

/* A byte for each record: what both engines find without counting characters. */
static struct blob marks_of(const struct plan *plan)
{
	const struct plan_sets *sets = &plan->sets;
	uint8_t *marks = arena_alloc(plan->a, sets->len * 8);
	for (size_t i = 0; i < sets->len * 8; i++) marks[i] = sets->crossed[i / 8] >> i % 8 & 1;
	return blob_of(marks, sets->len * 8);
}

void plan_add_member(const struct plan *plan, struct sql *sql, bool entries)
{
	static const uint8_t mark[] = { MARK };
	if (plan->sets.crossed == NULL) return;
	struct blob marks = marks_of(plan), one = blob_of(mark, sizeof(mark));
	if (db_engine(plan->db) == ENGINE_SQLITE) {
		if (entries) sql_add(sql, " AND substr(?, s.num + 1, 1) = ?", marks, one);
		else sql_add(sql, " AND substr(?, r.num + 1, 1) = ?", marks, one);
		return;
	}
	if (entries)
		sql_add(sql, " AND substr(CAST(? AS BYTEA), CAST(s.num + 1 AS INTEGER), 1) = CAST(? AS BYTEA)", marks,
		        one);
	else
		sql_add(sql, " AND substr(CAST(? AS BYTEA), CAST(r.num + 1 AS INTEGER), 1) = CAST(? AS BYTEA)", marks,
		        one);
}
