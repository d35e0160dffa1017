#include "core/facet.h"

#include <string.h>

enum { FACETS_MAX = 12, VALUES_MAX = 50 };

/* The values of one facet as they are read, and which the reader chose. */
struct tally {
	const struct field *field;
	bool own; /* she chose some: counted apart, as if she had not */
	struct facet_value *values;
	int n, room;
};

static struct facet_value *tally_add(struct arena *a, struct tally *t, const char *key, int64_t count)
{
	if (t->n == t->room) {
		t->room = t->room ? t->room * 2 : 16;
		struct facet_value *bigger = arena_array(a, struct facet_value, (size_t)t->room);
		if (t->n) memcpy(bigger, t->values, (size_t)t->n * sizeof(*bigger));
		t->values = bigger;
	}
	t->values[t->n] = (struct facet_value){ .key = arena_strdup(a, key), .count = count };
	return &t->values[t->n++];
}

/* Added when it is not there. */
static struct facet_value *value_of(const struct plan *plan, struct tally *t, const char *key, bool counted)
{
	for (int i = 0; i < t->n; i++)
		if (strcmp(t->values[i].key, key) == 0) return &t->values[i];
	return tally_add(plan->a, t, key, counted ? 0 : -1);
}

/* Her choices stay in the list, also those that nothing matches any more. */
static void mark_chosen(const struct plan *plan, struct tally *t, bool counted)
{
	for (int i = 0; i < plan->ntests; i++) {
		const struct condition_test *test = &plan->tests[i];
		if (!plan->chosen[i] || test->field != t->field) continue;
		for (int k = 0; k < test->nkeys; k++) value_of(plan, t, test->keys[k], counted)->chosen = true;
		if (test->now) value_of(plan, t, KEY_NOW, counted)->chosen = true;
	}
}

/* “Now” stands first, also where it counts nothing: at night a place that opens in the morning is there. */
static void put_now_first(const struct plan *plan, struct tally *t, bool counted)
{
	if (t->field->type->now == NULL || t->n == 0) return;
	struct facet_value now = *value_of(plan, t, KEY_NOW, counted);
	int at = 0;
	while (strcmp(t->values[at].key, KEY_NOW) != 0) at++;
	for (; at > 0; at--) t->values[at] = t->values[at - 1];
	t->values[0] = now;
}

static int by_count(const void *a, const void *b)
{
	const struct facet_value *x = a, *y = b;
	if (x->count != y->count) return x->count < y->count ? 1 : -1;
	return strcmp(x->key, y->key);
}

/* A tree keeps the order of its list, children under their parent. */
static void order_as_tree(struct tally *t)
{
	const struct field *field = t->field;
	int n = 0;
	bool tree = false;
	for (int i = 0; i < field->nchoices; i++) tree |= field->choices[i].parent != NULL;
	for (int i = 0; tree && i < field->nchoices; i++)
		for (int j = n; j < t->n; j++) {
			if (strcmp(t->values[j].key, field->choices[i].key) != 0) continue;
			struct facet_value value = t->values[j];
			t->values[j] = t->values[n];
			t->values[n++] = value;
		}
}

/* Most frequent first, the chosen ones among them whatever their count. */
static void settle(const struct plan *plan, struct tally *t, bool counted)
{
	mark_chosen(plan, t, counted);
	if (counted && t->n) qsort(t->values, (size_t)t->n, sizeof(*t->values), by_count);
	put_now_first(plan, t, counted);
	int chosen = 0, kept = 0;
	for (int i = 0; i < t->n; i++) chosen += t->values[i].chosen;
	int room = VALUES_MAX - MIN(chosen, VALUES_MAX);
	for (int i = 0; i < t->n && kept < VALUES_MAX; i++)
		if (t->values[i].chosen || room-- > 0) t->values[kept++] = t->values[i];
	t->n = kept;
	order_as_tree(t);
}

/* Those that are true now. */
static void add_now(const struct plan *plan, struct sql *sql, const struct field *field)
{
	sql_add(sql, " UNION ALL SELECT v.field, ?, COUNT(DISTINCT v.num) FROM m r CROSS JOIN field_value v "
	             "WHERE v.num = r.num AND v.field = ? AND " READABLE("v") " AND ",
	        KEY_NOW, field->num, plan->access.audiences);
	moment_sql(sql, &plan->moment);
	sql_add(sql, " GROUP BY v.field");
}

/* Appends ", (SELECT …)": the counts of these facets over the set r. */
static void add_counts(const struct plan *plan, struct sql *sql, const struct tally *tallies, int n)
{
	sql_add(sql, " UNION ALL SELECT v.field, v.key, COUNT(DISTINCT v.num) FROM m r CROSS JOIN field_value v "
	             "WHERE v.num = r.num AND v.key <> '' AND " READABLE("v") " AND v.field IN (?",
	        plan->access.audiences, tallies[0].field->num);
	for (int i = 1; i < n; i++) sql_add(sql, ", ?", tallies[i].field->num);
	sql_add(sql, ") AND substr(v.key, 1, 1) <> ? GROUP BY v.field, v.key", MOMENT_MARK);
	for (int i = 0; i < n; i++)
		if (tallies[i].field->type->now) add_now(plan, sql, tallies[i].field);
}

/* Counts the matches without the choices of one facet, and the keys of `n` facets in the same walk. */
static enum code count_set(const struct plan *plan, const struct field *without, struct tally *tallies,
                           int n, int64_t *total, struct err *err)
{
	struct sql sql;
	sql_init(&sql, plan->a);
	sql_add(&sql, "WITH m AS MATERIALIZED (SELECT r.num, r.space ");
	plan_add_matches(plan, &sql, without);
	sql_add(&sql, " LIMIT ?) SELECT CAST(0 AS BIGINT) AS field, '' AS key, COUNT(*) AS n FROM m", QUERY_COUNT_MAX + 1);
	if (n) add_counts(plan, &sql, tallies, n);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, plan->db, &rows, err));
	while (rows_next(&rows)) {
		int64_t field = row_int(&rows, 0);
		if (field == 0) *total = row_int(&rows, 2);
		for (int i = 0; i < n; i++)
			if (tallies[i].field->num == field)
				tally_add(plan->a, &tallies[i], row_text(&rows, 1), row_int(&rows, 2));
	}
	return rows_end(&rows, err);
}

/* Too many to count: the keys there are at all, for this reader, most frequent first. */
static enum code list_keys(const struct plan *plan, struct tally *t, struct err *err)
{
	struct sql sql;
	sql_init(&sql, plan->a);
	sql_add(&sql, "SELECT r.key FROM value_count r WHERE r.field = ? AND r.key > '' AND substr(r.key, 1, 1) <> ? AND "
	              READABLE("r"), t->field->num, MOMENT_MARK, plan->access.audiences);
	if (plan->query->space) sql_add(&sql, " AND r.space = ?", plan->query->space->num);
	sql_add(&sql, " GROUP BY r.key ORDER BY SUM(r.n) DESC, r.key LIMIT ?", (int)VALUES_MAX);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, plan->db, &rows, err));
	t->n = 0;
	while (rows_next(&rows)) tally_add(plan->a, t, row_text(&rows, 0), -1);
	TRY(rows_end(&rows, err));
	settle(plan, t, false);
	return OK;
}

/* Counts `n` facets over one set. A driver of many candidates may find too many matches: then the
 * matches are counted first, alone. */
static enum code count_facets(struct plan *plan, const struct field *without, struct tally *tallies, int n,
                              int64_t *total, struct err *err)
{
	plan_drive(plan, without);
	bool apart = n > 0 && plan->size > QUERY_COUNT_MAX;
	TRY(count_set(plan, without, tallies, apart ? 0 : n, total, err));
	if (apart && *total <= QUERY_COUNT_MAX) TRY(count_set(plan, without, tallies, n, total, err));
	for (int i = 0; i < n; i++) {
		if (*total > QUERY_COUNT_MAX) TRY(list_keys(plan, &tallies[i], err));
		else settle(plan, &tallies[i], true);
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
	TRY(count_facets(plan, NULL, tallies, shared, &ret->total, err));
	for (int i = shared; i < n; i++) {
		int64_t total;
		TRY(count_facets(plan, tallies[i].field, &tallies[i], 1, &total, err));
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
