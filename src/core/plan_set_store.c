/* Sets of records, crossed in memory: a bit for each record, 1 KiB for 8,192 of them. */
#include <string.h>

#include "core/plan.h"
#include "core/posting.h"
#include "core/reader.h"
#include "core/search_match.h"
#include "store/words.h"

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

/* The form's, in spaces where the actor has at least this level. */
static enum code read_listed(const struct plan *plan, int level, uint8_t **bits, size_t *len, struct err *err)
{
	const struct model *model = plan->model;
	for (int i = 0; i < model->nspaces; i++) {
		const struct space *space = &model->spaces[i];
		int has = plan->access.levels[space->num - 1] - '0';
		if (has < level || has > (int)LEVEL_ADMINISTRATOR) continue;
		if (plan->query->space && !plan->guests && plan->query->space != space) continue;
		struct sql sql;
		sql_init(&sql, plan->a);
		sql_add(&sql, "SELECT v.chunk, v.nums FROM posting v WHERE v.field = ? AND v.key = ?",
		        posting_form(plan->query->form), posting_space(plan->a, space));
		TRY(read_set(plan, &sql, bits, len, err));
	}
	return OK;
}

/* ---- Words ---- */

static bool has_bit(const uint8_t *bits, size_t len, int64_t num)
{
	return (size_t)num / 8 < len && (bits[num / 8] >> num % 8 & 1);
}

/* Those that only words for readers of a level find: where the actor has it. */
static enum code add_level(const struct plan *plan, int level, const int64_t *keys, int n, uint8_t *found, size_t len,
                           struct err *err)
{
	uint8_t *listed = NULL;
	size_t nlisted = 0;
	bool read = false;
	for (int i = 0; i < n; i++) {
		int64_t num = words_num(keys[i]);
		if (words_level(keys[i]) != level || has_bit(found, len, num)) continue;
		if (!read) TRY(read_listed(plan, level, &listed, &nlisted, err));
		read = true;
		if (has_bit(listed, nlisted, num)) found[num / 8] |= (uint8_t)(1u << num % 8);
	}
	return OK;
}

/* Who reads more of a record finds it by all that others find it by: its texts only grow (index_search_store.c). */
static enum code read_found(struct plan *plan, bool whole, size_t *len, struct err *err)
{
	struct plan_sets *sets = &plan->sets;
	int64_t *keys, last = 0;
	int n;
	TRY(search_match_keys(plan->db, plan->a, plan->match, whole, &keys, &n, &sets->all_found, err));
	for (int i = 0; i < n; i++) last = MAX(last, words_num(keys[i]));
	sets->nfound = n;
	grow(plan->a, &sets->found, len, ((size_t)last / POSTING_CHUNK + 1) * POSTING_BITMAP);
	for (int level = LEVEL_VISITOR; level <= (int)LEVEL_FACILITATOR; level++)
		TRY(add_level(plan, level, keys, n, sets->found, *len, err));
	return OK;
}

/* Are so few of the form's records among those found that looking for a page of them would take long? */
static bool is_sparse(const struct plan *plan, size_t len)
{
	enum { WALKED = 3000 };
	const struct plan_sets *sets = &plan->sets;
	int64_t n = 0;
	for (size_t k = 0; k < len; k++) n += __builtin_popcount(sets->found[k] & sets->listed[k]);
	return (double)n * WALKED < (double)plan->query->size * (double)sets->nlisted;
}

/* What she wrote in a space that she may not read any more is hers to read. */
static enum code reads_others(const struct plan *plan, bool *ret, struct err *err)
{
	int64_t n = 0;
	if (plan->actor->person)
		TRY(db_int(
		        plan->db, &n, 0, err,
		        "SELECT COUNT(*) FROM (SELECT 1 FROM record r WHERE r.author = $1 AND CAST(r.form AS BIGINT) = $2 AND "
		        "substr($3, CAST(r.space AS INTEGER), 1) < '1' LIMIT 1) x",
		        plan->actor->person, plan->query->form->num, plan->access.audiences));
	*ret = n > 0;
	return OK;
}

/* Does the test alone lead to few records? What is true now is looked for among all keys of its field; and where a
 * choice is left out to count its facet, the others lead to many. */
static bool is_narrow(const struct plan *plan, int i)
{
	if (plan->sizes[i] < 0 || plan->sizes[i] > plan_few || plan->tests[i].now) return false;
	return !plan->chosen[i] || plan->ntests == 1 || plan->query->nfacets == 0;
}

/* Is there a set, and no other way in that is narrow enough? */
static bool is_worth(const struct plan *plan)
{
	bool any = plan->match != NULL;
	if (plan->guests) return false; /* sets are of what a space holds */
	for (int i = 0; i < plan->ntests; i++) {
		if (is_narrow(plan, i)) return false;
		any |= has_set(plan, i);
	}
	if (plan->match && plan->sets.all_found && plan->sets.nfound <= plan_few) return false;
	if (plan->query->space && plan->space_size <= plan_few) return false;
	return any;
}

enum code plan_read_sets(struct plan *plan, struct err *err)
{
	struct plan_sets *sets = &plan->sets;
	size_t lens[PLAN_TESTS] = { 0 }, found = 0, listed = 0;
	bool others;
	if (plan->match) TRY(read_found(plan, false, &found, err));
	sets->len = found;
	if (!is_worth(plan)) return OK;
	for (int i = 0; i < plan->ntests; i++)
		if (has_set(plan, i)) TRY(read_test(plan, i, &sets->tests[i], &lens[i], err));
	TRY(read_listed(plan, LEVEL_VISITOR, &sets->listed, &listed, err));
	sets->nlisted = posting_count(sets->listed, listed);
	if (plan->match && !sets->all_found && is_sparse(plan, MIN(found, listed)))
		TRY(read_found(plan, true, &found, err));
	TRY(reads_others(plan, &others, err));
	sets->exact = !others && circle_of_form(plan->query->form) == 0;
	size_t len = MAX(MAX(listed, found), (size_t)POSTING_BITMAP);
	for (int i = 0; i < plan->ntests; i++) len = MAX(len, lens[i]);
	for (int i = 0; i < plan->ntests; i++)
		if (has_set(plan, i)) grow(plan->a, &sets->tests[i], &lens[i], len);
	if (plan->match) grow(plan->a, &sets->found, &found, len);
	grow(plan->a, &sets->listed, &listed, len);
	sets->len = len;
	return OK;
}

/* ---- Crossed ---- */

static void cross(uint8_t *bits, const uint8_t *with, size_t len)
{
	for (size_t k = 0; k < len; k++) bits[k] &= with[k];
}

void plan_cross(struct plan *plan, const struct field *without)
{
	struct plan_sets *sets = &plan->sets;
	bool narrowed = sets->found && sets->all_found;
	sets->crossed = sets->some = NULL;
	sets->whole = true;
	if (sets->len == 0) return;
	uint8_t *crossed = arena_alloc(plan->a, sets->len);
	memset(crossed, 0xff, sets->len);
	for (int i = 0; i < plan->ntests; i++) {
		if (plan_leaves_out(plan, i, without)) continue;
		if (sets->tests[i] == NULL || !plan->open[i]) sets->whole = false;
		if (sets->tests[i] == NULL) continue;
		cross(crossed, sets->tests[i], sets->len);
		narrowed = true;
	}
	/* Her own, in spaces that she may not read, are in no set of a space. */
	if (sets->exact) cross(crossed, sets->listed, sets->len);
	if (sets->found && sets->all_found) cross(crossed, sets->found, sets->len);
	if (narrowed) {
		sets->crossed = crossed;
		sets->ncrossed = posting_count(crossed, sets->len);
	}
	if (sets->found == NULL || sets->all_found) return;
	sets->some = arena_memdup(plan->a, crossed, sets->len);
	cross(sets->some, sets->found, sets->len);
	sets->nsome = posting_count(sets->some, sets->len);
}

bool plan_counts(const struct plan *plan, int64_t *ret, bool *more)
{
	const struct plan_sets *sets = &plan->sets;
	if ((sets->crossed == NULL && sets->some == NULL) || !sets->whole || !sets->exact) return false;
	*more = sets->some != NULL;
	*ret = *more ? sets->nsome : sets->ncrossed;
	return true;
}

/* ---- In statements ---- */

const char *plan_set_list(const struct plan *plan, const uint8_t *set, int64_t most)
{
	const struct plan_sets *sets = &plan->sets;
	bool sqlite = db_engine(plan->db) == ENGINE_SQLITE;
	struct buf list;
	buf_init(&list, plan->a, 0);
	buf_putc(&list, sqlite ? '[' : '{');
	for (size_t i = 0; i < sets->len * 8 && most > 0; i++) {
		if (set[i / 8] == 0) i |= 7; /* none of these eight */
		if (!(set[i / 8] >> i % 8 & 1)) continue;
		buf_printf(&list, "%s%zu", list.len > 1 ? "," : "", i);
		most--;
	}
	buf_putc(&list, sqlite ? ']' : '}');
	return buf_str(&list);
}

void plan_add_crossed(const struct plan *plan, struct sql *sql)
{
	const char *list = plan_set_list(plan, plan->sets.crossed, INT64_MAX);
	if (db_engine(plan->db) == ENGINE_SQLITE) sql_add(sql, "SELECT value AS num FROM json_each(?)", list);
	else sql_add(sql, "SELECT unnest(CAST(? AS BIGINT[])) AS num", list);
}

void plan_add_member(const struct plan *plan, struct sql *sql, bool entries)
{
	const struct plan_sets *sets = &plan->sets;
	struct blob bits = blob_of(sets->crossed, sets->len);
	int64_t n = (int64_t)sets->len * 8;
	if (sets->crossed == NULL) return;
	if (db_engine(plan->db) == ENGINE_SQLITE) {
		if (entries) sql_add(sql, " AND get_bit(?, s.num)", bits);
		else sql_add(sql, " AND get_bit(?, r.num)", bits);
	} else if (entries) { /* there, past the last byte is an error */
		sql_add(sql, " AND CASE WHEN s.num < ? THEN get_bit(CAST(? AS BYTEA), s.num) = 1 ELSE FALSE END", n,
		        bits);
	} else {
		sql_add(sql, " AND CASE WHEN r.num < ? THEN get_bit(CAST(? AS BYTEA), r.num) = 1 ELSE FALSE END", n,
		        bits);
	}
}
