#include "core/form_part.h"
#include "core/query.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/cursor.h"
#include "core/facet.h"
#include "core/index_key.h"
#include "core/moment.h"
#include "core/plan.h"

enum { NAME_FIELDS = 200 };

/* A page being read. */
struct page_read {
	struct plan plan;
	struct order orders[ORDERS_MAX];
	int norders;
	struct cursor after;
	bool continues;       /* from `after` */
	struct cursor *found; /* as rows are read: one more than asked says that there is a next page */
	int n, wanted;
};

/* How a page's statement goes through the records. */
enum walk {
	WALK_GATHER, /* the plan's driver, sorted afterwards */
	WALK_KEYS,   /* the index of the first order's keys */
	WALK_TIMES,  /* the index of the first order's time */
	WALK_REST,   /* the records without a key of the first order, which come last */
};

/* Literals only, from tables of this file. */
static void add(struct sql *sql, const char *literal)
{
	sql_add_values(sql, literal, VALUES());
}

/* Keys before those that a condition on the same field asks for say nothing of the order. */
static void take_floor(const struct plan *plan, struct order *order)
{
	if (order->field == NULL || order->descending || order->field->type->now) return;
	for (int i = 0; i < plan->ntests; i++) {
		const struct condition_test *test = &plan->tests[i];
		bool from = test->kind == OP_AT_LEAST || test->kind == OP_MORE;
		if (test->field != order->field || !from || test->nkeys == 0) continue;
		if (order->floor && strcmp(test->keys[0], order->floor) <= 0) continue;
		order->floor = test->keys[0];
		order->past = test->kind == OP_MORE;
	}
}

static void take_orders(struct page_read *page)
{
	const struct query *query = page->plan.query;
	for (int i = 0; i < MIN(query->nsorts, (int)ORDERS_MAX); i++) {
		const struct sort *sort = &query->sorts[i];
		struct order *order = &page->orders[page->norders++];
		*order = (struct order){ .field = sort->field, .descending = sort->descending };
		if (sort->field) continue;
		if (sort->builtin == SORT_TITLE) order->field = query->form->title;
		else order->changed = sort->builtin == SORT_CHANGED;
	}
	if (page->norders == 0) page->orders[page->norders++] = (struct order){ .field = query->form->title };
	for (int i = 0; i < page->norders; i++) take_floor(&page->plan, &page->orders[i]);
}

/* Appends " AND …": only keys that say where the record stands, of v or of the index walked. */
static void add_counted(const struct order *order, struct sql *sql, bool walked)
{
	const char *const starts[2][2] = { { " AND v.key || '' >= ?", " AND v.key || '' > ?" },
		                           { " AND s.key >= ?", " AND s.key > ?" } };
	if (order->floor) sql_add_values(sql, starts[walked][order->past], VALUES(order->floor));
	else add(sql, walked ? " AND s.key > ''" : " AND v.key <> ''");
}

/* The sort key of a record: the smallest that counts and that the actor may read. Here as in plan_store.c, keys of one
 * record are compared so that no engine thinks of walking the index of all keys for each record. */
static void add_key(const struct page_read *page, struct sql *sql, enum walk walk, int i)
{
	const struct order *order = &page->orders[i];
	if (order->field == NULL) add(sql, order->changed ? "r.changed" : "r.created");
	else if (i == 0 && walk == WALK_KEYS) sql_add(sql, "s.key");
	else {
		sql_add(sql, "(SELECT MIN(v.key || '') FROM field_value v WHERE v.num = r.num AND v.field = ?",
		        order->field->num);
		add_counted(order, sql, false);
		sql_add(sql, " AND " READABLE("v") ")", page->plan.access.audiences);
	}
}

/* The index entry is the record's smallest readable one, so that each record comes once. */
static void add_smallest(const struct page_read *page, struct sql *sql)
{
	const char *audiences = page->plan.access.audiences;
	sql_add(sql,
	        " AND " READABLE("s") " AND NOT EXISTS (SELECT 1 FROM field_value v WHERE v.num = s.num "
	                              "AND v.field = s.field",
	        audiences);
	add_counted(&page->orders[0], sql, false);
	sql_add(sql, " AND " READABLE("v") " AND (v.key < s.key OR v.key = s.key AND v.audience < s.audience))",
	        audiences);
}

/* The index of keys, in their order, and the record of each in turn: SQLite keeps the order of tables that are crossed;
 * PostgreSQL, which would rather begin with the records, that of what leans on the former. */
static void add_walked(const struct page_read *page, struct sql *sql)
{
	const struct order *first = &page->orders[0];
	bool sqlite = db_engine(page->plan.db) == ENGINE_SQLITE;
	if (sqlite) add(sql, "FROM field_value s CROSS JOIN record r");
	else add(sql, "FROM field_value s CROSS JOIN LATERAL (SELECT * FROM record o WHERE o.num = s.num OFFSET 0) r");
	sql_add(sql, " WHERE s.field = ?", first->field->num);
	add_counted(first, sql, true);
	plan_add_member(&page->plan, sql, true);
	sql_add(sql, " AND r.num = s.num AND r.form = ?", page->plan.query->form->num);
}

static void add_source(const struct page_read *page, struct sql *sql, enum walk walk)
{
	const struct query *query = page->plan.query;
	const struct order *first = &page->orders[0];
	if (walk == WALK_GATHER) {
		plan_add_matches(&page->plan, sql, NULL);
		return;
	}
	if (walk == WALK_KEYS) add_walked(page, sql);
	else {
		sql_add(sql, "FROM record r ");
		/* Left alone, SQLite counts on the index of lists, and sorts. */
		if (walk == WALK_TIMES && db_engine(page->plan.db) == ENGINE_SQLITE)
			sql_add(sql, "INDEXED BY record_form ");
		sql_add(sql, "WHERE r.form = ?", query->form->num);
		plan_add_member(&page->plan, sql, false);
	}
	if (walk == WALK_REST)
		sql_add(sql,
		        " AND NOT EXISTS (SELECT 1 FROM field_value v WHERE v.num = r.num AND v.field = ? "
		        "AND v.key <> '' AND " READABLE("v") ")",
		        first->field->num, page->plan.access.audiences);
	plan_add_space(&page->plan, sql);
	plan_add_conditions(&page->plan, sql, NULL);
	if (walk == WALK_KEYS) add_smallest(page, sql); /* last: asked of matches only */
}

/* Ties follow the direction of the last order. */
static bool num_descends(const struct page_read *page)
{
	return page->orders[page->norders - 1].descending;
}

/* Appends "(…)": records after the cursor, by order i and those behind it. Nothing comes after no
 * value but what has none either. */
static void add_after(const struct page_read *page, struct sql *sql, enum walk walk, int i)
{
	const struct value *key = &page->after.keys[i];
	const char *number = walk == WALK_KEYS ? "s.num" : "r.num";
	if (i == page->norders) {
		add(sql, number);
		if (num_descends(page)) sql_add(sql, " < ?", page->after.num);
		else sql_add(sql, " > ?", page->after.num);
		return;
	}
	sql_add(sql, "(");
	add_key(page, sql, walk, i);
	if (key->kind == VALUE_NULL) {
		sql_add(sql, " IS NULL AND ");
	} else {
		if (page->orders[i].descending) sql_add(sql, " < ? OR ", *key);
		else sql_add(sql, " > ? OR ", *key);
		if (page->orders[i].field && !(i == 0 && walk == WALK_KEYS)) {
			add_key(page, sql, walk, i);
			sql_add(sql, " IS NULL OR ");
		}
		add_key(page, sql, walk, i);
		sql_add(sql, " = ? AND ", *key);
	}
	add_after(page, sql, walk, i + 1);
	sql_add(sql, ")");
}

/* What lets an index start at the cursor: all of it when there is one order, else its first key. */
static void add_start(const struct page_read *page, struct sql *sql, enum walk walk)
{
	static const char *const from[2] = { " >= ?", " <= ?" }, *const past[2] = { ") > (?, ?)", ") < (?, ?)" };
	bool down = page->orders[0].descending;
	sql_add(sql, " AND ");
	if (page->norders == 1) {
		sql_add(sql, "(");
		add_key(page, sql, walk, 0);
		add(sql, walk == WALK_KEYS ? ", s.num" : ", r.num");
		sql_add_values(sql, past[down], VALUES(page->after.keys[0], page->after.num));
		return;
	}
	add_key(page, sql, walk, 0);
	sql_add_values(sql, from[down], VALUES(page->after.keys[0]));
	sql_add(sql, " AND ");
	add_after(page, sql, walk, 0);
}

static void add_order(const struct page_read *page, struct sql *sql, enum walk walk, int first)
{
	static const char *const names[ORDERS_MAX] = { "k0", "k1", "k2", "k3" };
	sql_add(sql, " ORDER BY ");
	for (int i = first; i < page->norders; i++) {
		bool indexed = i == 0 && walk == WALK_KEYS;
		add(sql, names[i]);
		if (page->orders[i].descending) sql_add(sql, " DESC");
		if (page->orders[i].field && !indexed) sql_add(sql, " NULLS LAST");
		sql_add(sql, ", ");
	}
	add(sql, walk == WALK_KEYS ? "s.num" : "r.num");
	if (num_descends(page)) sql_add(sql, " DESC");
	sql_add(sql, " LIMIT ?", page->wanted - page->n);
}

static void add_columns(const struct page_read *page, struct sql *sql, enum walk walk)
{
	static const char *const names[ORDERS_MAX] = { " AS k0", " AS k1", " AS k2", " AS k3" };
	sql_add(sql, "SELECT r.num");
	for (int i = 0; i < page->norders; i++) {
		sql_add(sql, ", ");
		if (i == 0 && walk == WALK_REST) sql_add(sql, "NULL");
		else add_key(page, sql, walk, i);
		add(sql, names[i]);
	}
	sql_add(sql, " ");
}

static enum code read_rows(struct page_read *page, struct sql *sql, struct err *err)
{
	struct plan *plan = &page->plan;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(sql, plan->db, &rows, err));
	while (page->n < page->wanted && rows_next(&rows)) {
		struct cursor *found = &page->found[page->n++];
		found->num = row_int(&rows, 0);
		for (int i = 0; i < page->norders; i++) {
			if (row_is_null(&rows, i + 1)) found->keys[i] = value_text(NULL);
			else if (page->orders[i].field == NULL) found->keys[i] = value_int(row_int(&rows, i + 1));
			else found->keys[i] = value_text(arena_strdup(plan->a, row_text(&rows, i + 1)));
		}
	}
	return rows_end(&rows, err);
}

static enum code read_walk(struct page_read *page, enum walk walk, struct err *err)
{
	bool rest = walk == WALK_REST;
	/* The rest begins anew unless the page before ended in it. */
	bool continues = page->continues && !(rest && page->after.keys[0].kind != VALUE_NULL);
	struct sql sql;
	sql_init(&sql, page->plan.a);
	add_columns(page, &sql, walk);
	add_source(page, &sql, walk);
	if (continues && (walk == WALK_KEYS || walk == WALK_TIMES)) {
		add_start(page, &sql, walk);
	} else if (continues) {
		sql_add(&sql, " AND ");
		add_after(page, &sql, walk, rest ? 1 : 0);
	}
	add_order(page, &sql, walk, rest ? 1 : 0);
	return read_rows(page, &sql, err);
}

/* Is it cheaper to sort all that the driver gives than to look for a page of matches in the order they are shown?
 * Tests are taken for independent of each other. */
static bool gathers(const struct page_read *page)
{
	enum {
		FEW = 500,
		SAFE = 3 /* a guess may be wrong by this much */,
		SET_COST = 10 /* of sorting one, in entries walked past */
	};
	const struct plan *plan = &page->plan;
	bool guessed = plan->driver == DRIVE_KEYS && plan->match == NULL && plan->query->space == NULL &&
	               plan->form_size > 0;
	if (plan->size > QUERY_COUNT_MAX) return false;
	if (plan->driver == DRIVE_SET)
		return plan->size <= plan_few ||
		       SET_COST * (double)plan->size * (double)plan->size <= page->wanted * (double)plan->sets.nlisted;
	if (!guessed || plan->size <= plan_few) return true;
	double matches = (double)plan->form_size;
	for (int i = 0; i < plan->ntests; i++) {
		if (plan->sizes[i] < 0) return true; /* nothing is known of it */
		matches *= MIN((double)plan->sizes[i] / (double)plan->form_size, 1);
	}
	return page->wanted * (double)plan->form_size * SAFE > (double)plan->size * MAX(matches, 1);
}

static enum code read_page(struct page_read *page, struct err *err)
{
	if (gathers(page)) return read_walk(page, WALK_GATHER, err);
	if (page->orders[0].field == NULL) return read_walk(page, WALK_TIMES, err);
	if (!page->continues || page->after.keys[0].kind != VALUE_NULL) TRY(read_walk(page, WALK_KEYS, err));
	if (page->n == page->wanted) return OK;
	return read_walk(page, WALK_REST, err);
}

enum code query_run(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct query *query, struct result *ret, struct err *err)
{
	struct page_read *page = arena_new(a, struct page_read);
	if (query->size < 1 || query->size > QUERY_SIZE_MAX)
		FAIL(err, E_INPUT, N_("a page shows 1 to %d records"), QUERY_SIZE_MAX);
	TRY(plan_make(&page->plan, db, a, model, actor, query, err));
	take_orders(page);
	page->wanted = query->size + 1;
	page->found = arena_array(a, struct cursor, (size_t)page->wanted);
	if (query->after) {
		TRY(cursor_parse(a, query->after, page->orders, page->norders, &page->after, err));
		page->continues = true;
	}
	struct result result = { .n = 0 };
	TRY(read_page(page, err));
	TRY(facet_count(&page->plan, &result, err));
	result.n = MIN(page->n, query->size);
	if (page->n > query->size || page->continues) {
		result.total = MAX(result.total, page->n);
	} else if (result.more) { /* the page holds them all */
		result.total = page->n;
		result.more = false;
	}
	result.nums = arena_array(a, int64_t, (size_t)result.n + 1);
	for (int i = 0; i < result.n; i++) result.nums[i] = page->found[i].num;
	if (page->n > query->size)
		result.next = cursor_format(a, page->orders, page->norders, &page->found[result.n - 1]);
	*ret = result;
	return OK;
}

static enum code field_until(struct db *db, const struct model *model, const struct query *query,
                             const struct field *field, int64_t *ret, struct err *err)
{
	int64_t until;
	if (field == NULL || field->type->now == NULL) return OK;
	TRY(moment_until(db, field, model_zone(model), query->now ? query->now : clock_now(), &until, err));
	*ret = MIN(*ret, until);
	return OK;
}

enum code query_until(struct db *db, const struct model *model, const struct query *query, int64_t *ret,
                      struct err *err)
{
	int64_t until = INT64_MAX;
	for (int i = 0; i < query->nfacets; i++) TRY(field_until(db, model, query, query->facets[i], &until, err));
	for (int i = 0; i < query->nchosen; i++)
		TRY(field_until(db, model, query, query->chosen[i].field, &until, err));
	for (int i = 0; i < query->nwhere; i++)
		TRY(field_until(db, model, query, form_find(query->form, query->where[i].field), &until, err));
	for (int i = 0; i < query->nwhere; i++)
		if (condition_is_relative(&query->where[i]))
			until = MIN(until, model_midnight(model, query->now ? query->now : clock_now()));
	*ret = until;
	return OK;
}

enum code query_all(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct query *query, int64_t **ret, int *n, bool *more, struct err *err)
{
	struct page_read *page = arena_new(a, struct page_read);
	TRY(plan_make(&page->plan, db, a, model, actor, query, err));
	take_orders(page);
	page->wanted = QUERY_COUNT_MAX + 1;
	page->found = arena_array(a, struct cursor, (size_t)page->wanted);
	TRY(read_page(page, err));
	int64_t *nums = arena_array(a, int64_t, (size_t)page->n + 1);
	for (int i = 0; i < page->n; i++) nums[i] = page->found[i].num;
	*more = page->n > QUERY_COUNT_MAX;
	*n = MIN(page->n, (int)QUERY_COUNT_MAX);
	*ret = nums;
	return OK;
}

/* Keys are cut: a long name is compared whole, with the value itself. */
static bool is_named(struct arena *a, const char *content, const struct field *field, const char *folded)
{
	if (strlen(folded) <= INDEX_KEY) return true;
	json_t *values;
	struct err ignored;
	if (json_parse(a, content, strlen(content), &values, &ignored) != OK) return false;
	const json_t *value = json_object_get(values, field->key);
	if (json_is_string(value)) return strcmp(text_fold(a, json_string_value(value)), folded) == 0;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *name = json_string_value(json_array_get(value, i));
		if (name && strcmp(text_fold(a, name), folded) == 0) return true;
	}
	return false;
}

struct name {
	const char *folded;
	const struct field *fields[NAME_FIELDS]; /* that may bear it */
	int nfields;
	const struct space *space; /* looked in first; NULL: all alike */
};

static const struct field *field_of_row(const struct name *name, int64_t num)
{
	int i = 0;
	while (name->fields[i]->num != num) i++;
	return name->fields[i];
}

/* The first record that has this name in one of the fields; 0: none. */
static enum code find_named(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                            const struct name *name, int64_t *ret, struct err *err)
{
	struct access access;
	access_init(&access, a, model, actor);
	struct sql sql;
	sql_init(&sql, a);
	sql_add(&sql,
	        "SELECT r.num, p.content, v.field FROM field_value v CROSS JOIN record r CROSS JOIN part p "
	        "WHERE v.key = ? AND v.field IN (?",
	        index_key_cut(a, name->folded), name->fields[0]->num);
	for (int i = 1; i < name->nfields; i++) sql_add(&sql, ", ?", name->fields[i]->num);
	sql_add(&sql,
	        ") AND r.num = v.num AND r.state = ? AND p.record = r.num AND p.audience = v.audience "
	        "AND " READABLE("v") " AND ",
	        (int)STATE_PUBLISHED, access.audiences);
	rights_sql(&sql, model, actor, ACTION_READ);
	sql_add(&sql, " ORDER BY CASE WHEN r.space = ? THEN 0 ELSE 1 END, r.num", name->space ? name->space->num : 0);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	*ret = 0;
	while (*ret == 0 && rows_next(&rows))
		if (is_named(a, row_text(&rows, 1), field_of_row(name, row_int(&rows, 2)), name->folded))
			*ret = row_int(&rows, 0);
	return rows_end(&rows, err);
}

/* In titles, then in other names; 0: none. */
static enum code find_title(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                            const struct form *forms, int nforms, const struct space *space, const char *title,
                            int64_t *ret, struct err *err)
{
	int64_t found = 0;
	for (int other = 0; other < 2 && found == 0; other++) {
		struct name name = { .folded = text_fold(a, title), .space = space };
		for (int i = 0; i < nforms && name.nfields < NAME_FIELDS; i++) {
			const struct field *field = other ? form_field(&forms[i], "autres_noms") : forms[i].title;
			if (field) name.fields[name.nfields++] = field;
		}
		if (*name.folded && name.nfields) TRY(find_named(db, a, model, actor, &name, &found, err));
	}
	if (found == 0) FAIL(err, E_NOT_FOUND, N_("nothing here is named “%s”"), title);
	*ret = found;
	return OK;
}

enum code query_find_title(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           const struct form *form, const char *title, int64_t *ret, struct err *err)
{
	return find_title(db, a, model, actor, form, 1, NULL, title, ret, err);
}

enum code query_find_name(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                          const struct space *space, const char *name, int64_t *ret, struct err *err)
{
	return find_title(db, a, model, actor, model->forms, model->nforms, space, name, ret, err);
}
