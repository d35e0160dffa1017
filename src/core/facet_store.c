/*
 * Counting. A list that nothing narrows is counted from what is kept for each key; a narrowed one by crossing the set
 * of its matches with those of the keys, or by going through the matches, when that is shorter and they are few: else
 * a page would wait for tens of thousands.
 */
#include "core/facet.h"

#include <string.h>

#include "core/facet_set.h"

enum {
	FACETS_MAX = 12,
	MATCHES_MAX = 1000,  /* whose keys are gone through */
	LOOKED_AT = 5000,    /* candidates of a search or of a whole form */
	ROWS_MAX = 8000,     /* of sets, read for a facet */
	ROWS_PER_MATCH = 15, /* as dear as to go through the keys of a match */
	TOP = 400,           /* rows of value_count, the greatest, among which the most frequent keys are looked for */
};

/* ---- How many match ---- */

static bool counts(const struct plan *plan, int i, const struct field *without)
{
	return !(without && plan->chosen[i] && plan->tests[i].field == without);
}

/* Does nothing narrow the list? Counts are kept for all readers of a space: what has named readers is counted for
 * each of them. */
static bool is_whole(const struct plan *plan, const struct field *without)
{
	if (plan->query->form->confidential || plan->guests) return false;
	for (int i = 0; i < plan->ntests; i++)
		if (counts(plan, i, without)) return false;
	return plan->match == NULL;
}

/* The only test, when it asks for one key of those that are counted; else NULL. */
static const struct condition_test *only_key(const struct plan *plan, const struct field *without)
{
	const struct condition_test *only = NULL;
	if (plan->query->form->confidential || plan->guests) return NULL;
	for (int i = 0; i < plan->ntests; i++) {
		if (!counts(plan, i, without)) continue;
		if (only) return NULL;
		only = &plan->tests[i];
	}
	bool equality = only && (only->kind == OP_EQUAL || only->kind == OP_IN);
	if (!equality || plan->match || only->nkeys != 1 || only->ends || only->now) return NULL;
	return only->field->type->facet && *only->keys[0] ? only : NULL;
}

static void add_space(const struct plan *plan, struct sql *sql)
{
	if (plan->query->space) sql_add(sql, " AND r.space = ?", plan->query->space->num);
}

/* *more: only some of the candidates were looked at. */
static enum code count_matches(struct plan *plan, const struct field *without, int64_t *total, bool *more,
                               struct err *err)
{
	const struct condition_test *only = only_key(plan, without);
	struct sql sql;
	sql_init(&sql, plan->a);
	*more = false;
	if (only) {
		sql_add(&sql,
		        "SELECT CAST(COALESCE(SUM(r.n), 0) AS BIGINT) FROM value_count r WHERE r.field = ? AND r.key = ? AND " READABLE_ALONE(
		                "r"),
		        only->field->num, only->keys[0], plan->access.audiences);
		add_space(plan, &sql);
	} else if (plan_counts(plan, total, more)) {
		*total = MIN(*total, QUERY_COUNT_MAX + 1);
		return OK;
	} else if (is_whole(plan, without)) {
		sql_add(&sql, "SELECT COUNT(*) FROM (SELECT 1 FROM record r WHERE r.form = ? AND r.state = ? AND ",
		        plan->query->form->num, (int)STATE_PUBLISHED);
		rights_sql(&sql, plan->model, plan->actor, ACTION_READ);
		add_space(plan, &sql);
		sql_add(&sql, " LIMIT ?) m", QUERY_COUNT_MAX + 1);
	} else {
		sql_add(&sql, "SELECT COUNT(*) FROM (SELECT 1 ");
		*more = plan_is_cut(plan, LOOKED_AT);
		plan->looked_at = *more ? LOOKED_AT : 0;
		plan_add_matches(plan, &sql, without);
		plan->looked_at = 0;
		sql_add(&sql, " LIMIT ?) m", QUERY_COUNT_MAX + 1);
	}
	TRY(db_int_values(plan->db, total, 0, err, buf_str(&sql.text), sql.values, sql.n));
	*total = MIN(*total, QUERY_COUNT_MAX + 1);
	return OK;
}

/* ---- Keys of the matches ---- */

static void take_key(const struct plan *plan, struct tally *tallies, int n, int64_t num, int64_t field, const char *key)
{
	int i = 0;
	while (i < n && tallies[i].field->num != field) i++;
	if (i == n) return;
	if (*key != *MOMENT_MARK) tally_count(plan->a, &tallies[i], key, num);
	else if (moment_holds(&plan->moment, key)) tally_count(plan->a, &tallies[i], KEY_NOW, num);
}

/* The matches that candidates must be looked at for; they come too, by themselves, to be counted. */
static void add_looked_at(const struct plan *plan, struct sql *sql, const struct field *without)
{
	sql_add(sql, "WITH m AS MATERIALIZED (SELECT r.num, r.space ");
	plan_add_matches(plan, sql, without);
	sql_add(sql,
	        ") SELECT r.num, CAST(0 AS BIGINT), '' FROM m r UNION ALL SELECT v.num, v.field, v.key FROM m r "
	        "CROSS JOIN field_value v WHERE v.num = r.num AND " READABLE("v"),
	        plan->access.audiences);
}

/* The matches where the sets say them all. */
static void add_crossed(const struct plan *plan, struct sql *sql)
{
	sql_add(sql, "SELECT v.num, v.field, v.key FROM (");
	plan_add_crossed(plan, sql);
	sql_add(sql,
	        ") m CROSS JOIN field_value v WHERE v.num = m.num AND (v.audience = 0 OR EXISTS (SELECT 1 FROM record r "
	        "WHERE r.num = v.num AND " READABLE_ALONE("v") "))",
	        plan->access.audiences);
}

/* All keys of the fields from the first to the last, with others in between: one walk for each record. `crossed`:
 * *total is known. */
static enum code count_keys(const struct plan *plan, const struct field *without, bool crossed, struct tally *tallies,
                            int n, int64_t *total, struct err *err)
{
	int64_t first = tallies[0].field->num, last = first;
	for (int i = 1; i < n; i++) {
		first = MIN(first, tallies[i].field->num);
		last = MAX(last, tallies[i].field->num);
	}
	struct sql sql;
	sql_init(&sql, plan->a);
	if (crossed) add_crossed(plan, &sql);
	else add_looked_at(plan, &sql, without);
	sql_add(&sql, " AND v.field BETWEEN ? AND ? AND v.key <> ''", first, last);
	if (db_engine(plan->db) != ENGINE_SQLITE) sql_add(&sql, " ORDER BY 1"); /* there, a loop gives them so */
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, plan->db, &rows, err));
	if (!crossed) *total = 0;
	while (rows_next(&rows)) {
		int64_t field = row_int(&rows, 1);
		if (field == 0) (*total)++;
		else take_key(plan, tallies, n, row_int(&rows, 0), field, row_text(&rows, 2));
	}
	return rows_end(&rows, err);
}

/* ---- Keys of the whole list ---- */

static void add_kept(const struct plan *plan, struct sql *sql, const struct tally *t)
{
	sql_add(sql,
	        "SELECT r.key, CAST(SUM(r.n) AS BIGINT) FROM value_count r WHERE r.field = ? AND " READABLE_ALONE("r"),
	        t->field->num, plan->access.audiences);
	add_space(plan, sql);
}

static enum code read_kept(const struct plan *plan, struct sql *sql, struct tally *t, bool counted, struct err *err)
{
	sql_add(sql, " GROUP BY r.key ORDER BY SUM(r.n) DESC, r.key LIMIT ?", (int)FACET_VALUES_MAX);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(sql, plan->db, &rows, err));
	while (rows_next(&rows)) tally_value(plan->a, t, row_text(&rows, 0), counted ? row_int(&rows, 1) : -1);
	return rows_end(&rows, err);
}

/* The most frequent: of very many keys, those that are frequent in some space. */
static enum code list_top(const struct plan *plan, struct tally *t, bool counted, struct err *err)
{
	struct sql sql;
	sql_init(&sql, plan->a);
	add_kept(plan, &sql, t);
	sql_add(&sql,
	        " AND r.key IN (SELECT t.key FROM (SELECT r.key FROM value_count r WHERE r.field = ? AND r.key <> '' "
	        "AND substr(r.key, 1, 1) <> ? AND " READABLE_ALONE("r"),
	        t->field->num, MOMENT_MARK, plan->access.audiences);
	add_space(plan, &sql);
	sql_add(&sql, " ORDER BY r.n DESC LIMIT ?) t)", (int)TOP);
	return read_kept(plan, &sql, t, counted, err);
}

/* Her choices may be none of them. */
static enum code list_chosen(const struct plan *plan, struct tally *t, struct err *err)
{
	for (int i = 0; i < plan->ntests; i++) {
		const struct condition_test *test = &plan->tests[i];
		if (!plan->chosen[i] || test->field != t->field || test->nkeys == 0) continue;
		struct sql sql;
		sql_init(&sql, plan->a);
		add_kept(plan, &sql, t);
		sql_add(&sql, " AND r.key IN (?", test->keys[0]);
		for (int k = 1; k < test->nkeys; k++) sql_add(&sql, ", ?", test->keys[k]);
		sql_add(&sql, ")");
		TRY(read_kept(plan, &sql, t, true, err));
	}
	return OK;
}

/* Hours that are true now stand in no two of a record's rows: those of one day do not overlap. */
static enum code list_now(const struct plan *plan, struct tally *t, struct err *err)
{
	struct sql sql;
	int64_t n;
	sql_init(&sql, plan->a);
	sql_add(&sql,
	        "SELECT CAST(COALESCE(SUM(v.n), 0) AS BIGINT) FROM (SELECT r.key, r.n FROM value_count r WHERE r.field = ? "
	        "AND r.key >= ? AND " READABLE_ALONE("r"),
	        t->field->num, MOMENT_MARK, plan->access.audiences);
	add_space(plan, &sql);
	sql_add(&sql, ") v WHERE ");
	moment_sql(&sql, &plan->moment);
	TRY(db_int_values(plan->db, &n, 0, err, buf_str(&sql.text), sql.values, sql.n));
	if (n) tally_value(plan->a, t, KEY_NOW, n);
	return OK;
}

/* ---- Together ---- */

/* What is kept says it all when nothing narrows the list; else it lists the keys that there are. */
static enum code list_kept(const struct plan *plan, struct tally *t, bool whole, struct err *err)
{
	TRY(list_top(plan, t, whole, err));
	if (whole) TRY(list_chosen(plan, t, err));
	if (whole && t->field->type->now) TRY(list_now(plan, t, err));
	return OK;
}

/* By sets: the facets that have few rows of them for so many matches come first, `*n` of them. */
static enum code count_sets(const struct plan *plan, struct tally *tallies, int ntallies, int64_t total, int *n,
                            struct err *err)
{
	for (int i = 0; i < ntallies; i++) {
		int64_t rows;
		TRY(facet_set_rows(plan, tallies[i].field, &rows, err));
		if (rows > MIN(total * ROWS_PER_MATCH, (int64_t)ROWS_MAX)) continue;
		struct tally taken = tallies[i];
		tallies[i] = tallies[*n];
		TRY(facet_set_count(plan, &taken, err));
		tallies[(*n)++] = taken;
	}
	return OK;
}

/* Counts `n` facets over one set. */
static enum code count_facets(struct plan *plan, const struct field *without, struct tally *tallies, int n,
                              int64_t *total, bool *more, struct err *err)
{
	int done = 0; /* by sets */
	*more = false;
	plan_drive(plan, without);
	bool whole = is_whole(plan, without);
	bool crossed = n > 0 && !whole && plan_counts(plan, total, more) && !*more;
	if (crossed) TRY(count_sets(plan, tallies, n, *total, &done, err));
	bool walks = done < n && !whole, few = walks && plan->size <= MATCHES_MAX;
	if (!few) TRY(count_matches(plan, without, total, more, err));
	walks = few || (walks && !*more && *total <= MATCHES_MAX);
	if (walks) TRY(count_keys(plan, without, crossed, tallies + done, n - done, total, err));
	for (int i = 0; i < n; i++) {
		bool counted = walks || i < done || whole;
		if (i >= done && !walks) TRY(list_kept(plan, &tallies[i], whole, err));
		if (!counted && crossed) TRY(facet_set_count_listed(plan, &tallies[i], &counted, err));
		tally_settle(plan, &tallies[i], counted);
	}
	return OK;
}

static bool has_choice(const struct plan *plan, const struct field *field)
{
	for (int i = 0; i < plan->ntests; i++)
		if (plan->chosen[i] && plan->tests[i].field == field) return true;
	return false;
}

/* The facets without choices first: they are counted together. */
static int order_tallies(const struct plan *plan, struct tally *tallies, int *shared)
{
	const struct query *query = plan->query;
	int n = 0, wanted = MIN(query->nfacets, FACETS_MAX);
	for (int own = 0; own < 2; own++) {
		for (int i = 0; i < wanted; i++)
			if (has_choice(plan, query->facets[i]) == (own == 1))
				tallies[n++] = (struct tally){ .field = query->facets[i], .own = own == 1 };
		if (own == 0) *shared = n;
	}
	return n;
}

enum code facet_count(struct plan *plan, struct result *ret, struct err *err)
{
	struct tally tallies[FACETS_MAX];
	int shared = 0, n = order_tallies(plan, tallies, &shared);
	TRY(count_facets(plan, NULL, tallies, shared, &ret->total, &ret->more, err));
	for (int i = shared; i < n; i++) {
		int64_t total;
		bool more;
		TRY(count_facets(plan, tallies[i].field, &tallies[i], 1, &total, &more, err));
	}
	plan_drive(plan, NULL);
	ret->facets = arena_array(plan->a, struct facet, (size_t)n + 1);
	ret->nfacets = n;
	for (int i = 0; i < n; i++) { /* in the order asked */
		int j = 0;
		while (tallies[j].field != plan->query->facets[i]) j++;
		ret->facets[i] = (struct facet){ tallies[j].field, tallies[j].values, tallies[j].n };
	}
	return OK;
}
