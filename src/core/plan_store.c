#include "core/plan.h"

#include <string.h>

#include "base/clock.h"
#include "core/index_key.h"
#include "core/search_match.h"

void access_init(struct access *access, struct arena *a, const struct model *model, const struct actor *actor)
{
	size_t len = 0;
	for (int i = 0; i < model->nspaces; i++) len = MAX(len, (size_t)model->spaces[i].num);
	char *audiences = arena_alloc(a, len + 1), *levels = arena_alloc(a, len + 1);
	memset(audiences, '0', len);
	memset(levels, '9', len);
	for (int i = 0; i < model->nspaces; i++) {
		const struct space *space = &model->spaces[i];
		struct thing thing = { .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED };
		if (!allowed(actor, ACTION_READ, &thing)) continue;
		levels[space->num - 1] = (char)('0' + (int)actor_level(actor, space));
		while (thing.audience < AUDIENCE_COUNT && allowed(actor, ACTION_READ, &thing)) thing.audience++;
		audiences[space->num - 1] = (char)('0' + (int)thing.audience);
	}
	*access = (struct access){ audiences, levels };
}

/* Tests */

/* "now" is no key: what is asked of it is asked of the moment. */
static void take_now(const struct plan *plan, struct condition_test *test)
{
	bool equality = test->kind == OP_EQUAL || test->kind == OP_NOT_EQUAL || test->kind == OP_IN ||
	                test->kind == OP_NOT_IN;
	if (test->field->type->now == NULL || !equality) return;
	const char **keys = arena_array(plan->a, const char *, (size_t)test->nkeys + 1);
	int n = 0;
	for (int i = 0; i < test->nkeys; i++) {
		if (strcmp(test->keys[i], KEY_NOW) == 0) test->now = &plan->moment;
		else keys[n++] = test->keys[i];
	}
	test->keys = keys;
	test->nkeys = n;
}

/* Is there nothing that it could hold for? */
static bool is_void(const struct condition_test *test)
{
	return test->nkeys == 0 && test->now == NULL;
}

static enum code add_test(struct plan *plan, const struct condition_test *test, bool chosen, int *keys, struct err *err)
{
	*keys += test->nkeys + (test->now ? 1 : 0);
	if (plan->ntests == PLAN_TESTS || *keys > PLAN_KEYS) FAIL(err, E_LIMIT, N_("too many conditions at once"));
	plan->chosen[plan->ntests] = chosen;
	plan->tests[plan->ntests++] = *test;
	return OK;
}

static enum code take_tests(struct plan *plan, struct err *err)
{
	const struct query *query = plan->query;
	struct date today = model_today(plan->model, plan->moment.ms);
	int keys = 0;
	for (int i = 0; i < query->nwhere; i++) {
		struct condition_test test;
		if (!condition_resolve(plan->a, &query->where[i], query->form, &today, &test))
			FAIL(err, E_INPUT, N_("the form “%s” has no field “%s”"), query->form->key,
			     query->where[i].field);
		take_now(plan, &test);
		TRY(add_test(plan, &test, false, &keys, err));
	}
	for (int i = 0; i < query->nchosen; i++) {
		const struct facet_choice *choice = &query->chosen[i];
		struct condition_test test = { .field = choice->field, .kind = OP_IN };
		const char **cut = arena_array(plan->a, const char *, (size_t)choice->nkeys + 1);
		for (int j = 0; j < choice->nkeys; j++)
			if (*choice->keys[j]) cut[test.nkeys++] = index_key_cut(plan->a, choice->keys[j]);
		test.keys = cut;
		take_now(plan, &test);
		if (!is_void(&test)) TRY(add_test(plan, &test, true, &keys, err));
	}
	return OK;
}

bool plan_leaves_out(const struct plan *plan, int i, const struct field *without)
{
	return without && plan->chosen[i] && plan->tests[i].field == without;
}

/* Of one record: hidden from the index of all keys, as in comparisons below. */
static void add_ranges(struct sql *sql, const struct condition_test *test, bool within)
{
	sql_add(sql, " AND (1 = 0");
	for (int i = 0; i < test->nkeys; i++) {
		if (within) sql_add(sql, " OR v.key || '' BETWEEN ? AND ?", test->keys[i], test->ends[i]);
		else sql_add(sql, " OR v.key BETWEEN ? AND ?", test->keys[i], test->ends[i]);
	}
	sql_add(sql, ")");
}

static void add_keys(struct sql *sql, const struct condition_test *test)
{
	sql_add(sql, "v.key IN (?", test->keys[0]);
	for (int i = 1; i < test->nkeys; i++) sql_add(sql, ", ?", test->keys[i]);
	sql_add(sql, ")");
}

/* The range of keys that a moment looks at is for the index of all of them, as above. */
static void add_now(struct sql *sql, const struct condition_test *test, bool within)
{
	sql_add(sql, " AND (");
	if (test->nkeys) {
		add_keys(sql, test);
		sql_add(sql, " OR ");
	}
	if (!within) sql_add(sql, "v.key >= ? AND ", MOMENT_MARK);
	moment_sql(sql, test->now);
	sql_add(sql, ")");
}

/*
 * Comparisons of keys, by the index of all keys; or within one record, and then hidden from that index:
 * SQLite would walk it from end to end for each record. Where a word starts with what is looked for,
 * taking it away changes the key: no pattern, no escapes.
 */
#define CONTAINS " AND replace(' ' || v.key, ' ' || ?, '') <> ' ' || v.key"
static const char *const comparisons[OP_COUNT][2] = {
	[OP_LESS] = { " AND v.key > '' AND v.key < ?", " AND v.key <> '' AND v.key || '' < ?" },
	[OP_AT_MOST] = { " AND v.key > '' AND v.key <= ?", " AND v.key <> '' AND v.key || '' <= ?" },
	[OP_MORE] = { " AND v.key > ?", " AND v.key || '' > ?" },
	[OP_AT_LEAST] = { " AND v.key >= ?", " AND v.key || '' >= ?" },
	[OP_CONTAINS] = { CONTAINS, CONTAINS },
};

void plan_add_comparison(struct sql *sql, const struct condition_test *test, bool within)
{
	const char *comparison = comparisons[test->kind][within];
	bool equals = test->nkeys > 0 && comparison == NULL;
	if (comparison) sql_add_values(sql, comparison, VALUES(test->keys[0]));
	if (comparison && test->field->type->now) sql_add(sql, " AND substr(v.key, 1, 1) <> ?", MOMENT_MARK);
	if (test->now) {
		add_now(sql, test, within);
	} else if (equals && test->ends) {
		add_ranges(sql, test, within);
	} else if (equals) {
		sql_add(sql, " AND ");
		add_keys(sql, test);
	}
}

static bool negates(enum operator_kind kind)
{
	return kind == OP_NOT_EQUAL || kind == OP_NOT_IN || kind == OP_EMPTY;
}

static void add_condition(const struct plan *plan, struct sql *sql, const struct condition_test *test)
{
	bool compares = test->kind != OP_EMPTY && test->kind != OP_NOT_EMPTY;
	if (compares && is_void(test)) {
		if (!negates(test->kind)) sql_add(sql, " AND 1 = 0");
		return;
	}
	if (negates(test->kind)) sql_add(sql, " AND NOT EXISTS (");
	else sql_add(sql, " AND EXISTS (");
	sql_add(sql, "SELECT 1 FROM field_value v WHERE v.num = r.num AND v.field = ? AND " READABLE("v"),
	        test->field->num, plan->access.audiences);
	plan_add_comparison(sql, test, true);
	sql_add(sql, ")");
}

/* Sizes, counted no further than it matters */

static bool can_drive(const struct condition_test *test)
{
	return !negates(test->kind) && test->kind != OP_CONTAINS && (!is_void(test) || test->kind == OP_NOT_EMPTY);
}

/* Few distinct keys: from their counts, which say too whether all of them are public. */
static enum code size_of_keys(struct plan *plan, const struct condition_test *test, int64_t *size, bool *open,
                              struct err *err)
{
	struct sql sql;
	sql_init(&sql, plan->a);
	sql_add(&sql,
	        "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT), MAX(audience) FROM (SELECT v.n, v.audience FROM "
	        "value_count v "
	        "WHERE v.field = ?",
	        test->field->num);
	plan_add_comparison(&sql, test, false);
	sql_add(&sql, " LIMIT ?) m", QUERY_COUNT_MAX + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, plan->db, &rows, err));
	if (rows_next(&rows)) {
		*size = row_int(&rows, 0);
		*open = row_int(&rows, 1) == AUDIENCE_PUBLIC;
	}
	return rows_end(&rows, err);
}

/* Many: from the index itself. Both for all readers, so at least as many as this one may read. */
static enum code size_of_test(struct plan *plan, const struct condition_test *test, int64_t *ret, bool *open,
                              struct err *err)
{
	int64_t size = 0;
	*open = false;
	if (test->field->type->facet) {
		TRY(size_of_keys(plan, test, &size, open, err));
	} else {
		struct sql sql;
		sql_init(&sql, plan->a);
		sql_add(&sql, "SELECT COUNT(*) FROM (SELECT 1 FROM field_value v WHERE v.field = ?", test->field->num);
		plan_add_comparison(&sql, test, false);
		sql_add(&sql, " LIMIT ?) m", QUERY_COUNT_MAX + 1);
		TRY(db_int_values(plan->db, &size, 0, err, buf_str(&sql.text), sql.values, sql.n));
	}
	*ret = MIN(size, QUERY_COUNT_MAX + 1);
	return OK;
}

static enum code measure_space(struct plan *plan, struct err *err)
{
	int64_t space = plan->query->space->num, guests = 0;
	TRY(db_int(plan->db, &plan->space_size, 0, err,
	           "SELECT COUNT(*) FROM (SELECT 1 FROM record WHERE space = $1 LIMIT $2) m", space,
	           QUERY_COUNT_MAX + 1));
	if (plan->query->also)
		TRY(db_int(plan->db, &guests, 0, err,
		           "SELECT COUNT(*) FROM (SELECT 1 FROM record_also_in WHERE space = $1 LIMIT $2) m", space,
		           QUERY_COUNT_MAX + 1));
	plan->guests = guests > 0;
	plan->space_size = MIN(plan->space_size + guests, QUERY_COUNT_MAX + 1);
	return OK;
}

static enum code measure(struct plan *plan, struct err *err)
{
	for (int i = 0; i < plan->ntests; i++) {
		plan->sizes[i] = -1;
		if (can_drive(&plan->tests[i]))
			TRY(size_of_test(plan, &plan->tests[i], &plan->sizes[i], &plan->open[i], err));
	}
	if (plan->ntests)
		TRY(db_int(plan->db, &plan->form_size, 0, err,
		           "SELECT COUNT(*) FROM (SELECT 1 FROM record WHERE form = $1 AND state = $2 LIMIT $3) m",
		           plan->query->form->num, (int)STATE_PUBLISHED, QUERY_COUNT_MAX + 1));
	return plan->query->space ? measure_space(plan, err) : OK;
}

void plan_drive(struct plan *plan, const struct field *without)
{
	plan->driver = DRIVE_FORM;
	plan->size = INT64_MAX;
	for (int i = 0; i < plan->ntests; i++) {
		if (plan->sizes[i] < 0 || plan->sizes[i] >= plan->size || plan_leaves_out(plan, i, without)) continue;
		plan->driver = DRIVE_KEYS;
		plan->driver_test = i;
		plan->size = plan->sizes[i];
	}
	plan_cross(plan, without);
	if (plan->sets.crossed && MIN(plan->sets.ncrossed, QUERY_COUNT_MAX + 1) <= plan->size) {
		plan->driver = DRIVE_SET;
		plan->sets.driving = plan->sets.crossed;
		plan->size = MIN(plan->sets.ncrossed, QUERY_COUNT_MAX + 1);
	}
	if (plan->query->space && plan->space_size < plan->size) {
		plan->driver = DRIVE_SPACE;
		plan->size = plan->space_size;
	}
	if (plan->sets.some && plan->size > QUERY_COUNT_MAX) { /* to count: a page does not begin with so many */
		plan->driver = DRIVE_SET;
		plan->sets.driving = plan->sets.some;
		plan->size = QUERY_COUNT_MAX + 1;
	}
}

enum code plan_make(struct plan *plan, struct db *db, struct arena *a, const struct model *model,
                    const struct actor *actor, const struct query *query, struct err *err)
{
	*plan = (struct plan){ .db = db, .a = a, .model = model, .actor = actor, .query = query };
	access_init(&plan->access, a, model, actor);
	plan->moment = moment_at(model_zone(model), query->now ? query->now : clock_now());
	TRY(take_tests(plan, err));
	if (query->search) plan->match = search_match_all(db, a, query->search);
	TRY(measure(plan, err));
	TRY(plan_read_sets(plan, err));
	plan_drive(plan, NULL);
	return OK;
}

/* Matches */

/* Equal to one key: its records stand in the index in the order of their numbers, each once for an audience. */
static bool is_sorted(const struct condition_test *test)
{
	bool equality = test->kind == OP_EQUAL || test->kind == OP_IN;
	return equality && test->nkeys == 1 && test->ends == NULL && test->now == NULL;
}

/* Is it met by all that the driver gives? */
static bool is_gathered(const struct plan *plan, int i)
{
	if (plan->driver != DRIVE_KEYS || !is_sorted(&plan->tests[plan->driver_test]) || !is_sorted(&plan->tests[i]))
		return false;
	return i == plan->driver_test || (plan->sizes[i] >= 0 && plan->sizes[i] <= QUERY_COUNT_MAX);
}

static void add_nums(struct sql *sql, const struct condition_test *test)
{
	sql_add(sql, "SELECT v.num FROM field_value v WHERE v.field = ?", test->field->num);
	plan_add_comparison(sql, test, false);
}

/* The records of the driving test; where they come sorted, those of other tests that do are taken away from them
 * at once: two indexes side by side cost a tenth of looking at each record. */
static void add_gathered(const struct plan *plan, struct sql *sql, const struct field *without)
{
	const struct condition_test *test = &plan->tests[plan->driver_test];
	bool sorted = is_sorted(test);
	if (!sorted) {
		sql_add(sql, "SELECT DISTINCT v.num FROM field_value v WHERE v.field = ?", test->field->num);
		plan_add_comparison(sql, test, false);
		return;
	}
	add_nums(sql, test);
	int n = 1;
	for (int i = 0; i < plan->ntests; i++) {
		if (i == plan->driver_test || !is_gathered(plan, i) || plan_leaves_out(plan, i, without)) continue;
		sql_add(sql, " INTERSECT ");
		add_nums(sql, &plan->tests[i]);
		n++;
	}
	if (n == 1) sql_add(sql, " GROUP BY v.num");
	sql_add(sql, " ORDER BY 1");
}

bool plan_is_cut(const struct plan *plan, int64_t most)
{
	switch (plan->driver) {
	case DRIVE_KEYS: return plan->size > QUERY_COUNT_MAX && is_sorted(&plan->tests[plan->driver_test]);
	case DRIVE_FORM: return plan->form_size > most;
	default: return plan->size > most;
	}
}

void plan_add_space(const struct plan *plan, struct sql *sql)
{
	const struct space *space = plan->query->space;
	if (space == NULL) return;
	if (plan->guests)
		sql_add(sql,
		        " AND (r.space = ? OR EXISTS (SELECT 1 FROM record_also_in o WHERE o.record = r.num AND o.space = "
		        "?))",
		        space->num, space->num);
	else sql_add(sql, " AND CAST(r.space AS BIGINT) = ?", space->num);
}

static void add_space_driver(const struct plan *plan, struct sql *sql)
{
	int64_t space = plan->query->space->num;
	if (plan->guests)
		sql_add(sql,
		        "r.num IN (SELECT num FROM record WHERE space = ? UNION ALL SELECT record FROM record_also_in "
		        "WHERE space = ?)",
		        space, space);
	else sql_add(sql, "r.space = ?", space);
}

/* The first candidates of the driver, as alias r with the columns that conditions ask for. Those of spaces are
 * cut before anything else is asked of them, so that where they are is known from their sizes. */
static void add_cut_driver(const struct plan *plan, struct sql *sql)
{
	const struct query *query = plan->query;
	sql_add(sql, "FROM (SELECT r.num, r.form, r.space, r.state, r.author ");
	switch (plan->driver) {
	case DRIVE_KEYS:
		sql_add(sql, "FROM (");
		add_nums(sql, &plan->tests[plan->driver_test]);
		sql_add(sql, " GROUP BY v.num LIMIT ?) d CROSS JOIN record r WHERE r.num = d.num", plan->looked_at);
		break;
	case DRIVE_SPACE:
		sql_add(sql, "FROM record r WHERE ");
		add_space_driver(plan, sql);
		break;
	case DRIVE_FORM: sql_add(sql, "FROM record r WHERE r.form = ?", query->form->num); break;
	case DRIVE_SET: break; /* cut already */
	}
	sql_add(sql, " LIMIT ?) r WHERE r.form = ?", plan->looked_at, query->form->num);
	plan_add_space(plan, sql);
}

static void add_set(const struct plan *plan, struct sql *sql)
{
	int64_t most = plan->looked_at ? plan->looked_at : QUERY_COUNT_MAX + 1;
	const char *list = plan_set_list(plan, plan->sets.driving, most);
	if (db_engine(plan->db) == ENGINE_SQLITE)
		sql_add(sql, "FROM record r WHERE r.num IN (SELECT value FROM json_each(?))", list);
	else sql_add(sql, "FROM record r WHERE r.num = ANY(CAST(? AS BIGINT[]))", list);
	sql_add(sql, " AND CAST(r.form AS BIGINT) = ?", plan->query->form->num);
}

static void add_driver(const struct plan *plan, struct sql *sql, const struct field *without)
{
	if (plan->looked_at && plan->driver != DRIVE_SET) {
		add_cut_driver(plan, sql);
		return;
	}
	switch (plan->driver) {
	case DRIVE_SET: add_set(plan, sql); break;
	case DRIVE_KEYS: /* CROSS JOIN: SQLite then keeps the order of the tables */
		sql_add(sql, "FROM (");
		add_gathered(plan, sql, without);
		sql_add(sql, ") d CROSS JOIN record r WHERE r.num = d.num AND r.form = ?", plan->query->form->num);
		break;
	case DRIVE_SPACE: /* the cast keeps SQLite from the index of forms; PostgreSQL sees none */
		sql_add(sql, "FROM record r WHERE CAST(r.form AS BIGINT) = ?", plan->query->form->num);
		break;
	case DRIVE_FORM: sql_add(sql, "FROM record r WHERE r.form = ?", plan->query->form->num); break;
	}
	if (plan->driver == DRIVE_SPACE) {
		sql_add(sql, " AND ");
		add_space_driver(plan, sql);
	} else {
		plan_add_space(plan, sql);
	}
}

/* What she wrote in a space that she may not read is found by nothing. */
static void add_words(const struct plan *plan, struct sql *sql, bool gathered)
{
	const struct plan_sets *sets = &plan->sets;
	bool driven = gathered && plan->driver == DRIVE_SET && sets->driving == sets->some;
	if (driven || (sets->crossed && sets->all_found))
		sql_add(sql, " AND substr(?, CAST(r.space AS INTEGER), 1) BETWEEN '0' AND '8'", plan->access.levels);
	else search_match_add_test(sql, plan->db, plan->match, plan->access.levels);
}

/* `gathered`: the records come from the driver. */
static void add_conditions(const struct plan *plan, struct sql *sql, const struct field *without, bool gathered)
{
	/* The cast: states say too little for SQLite to look for them. PostgreSQL drops it, and reckons with the column. */
	sql_add(sql, " AND CAST(r.state AS BIGINT) = ? AND ", (int)STATE_PUBLISHED);
	rights_sql(sql, plan->model, plan->actor, ACTION_READ);
	for (int i = 0; i < plan->ntests; i++) {
		bool met = plan->open[i] &&
		           ((gathered && is_gathered(plan, i)) || (plan->sets.crossed && plan->sets.tests[i]));
		if (!met && !plan_leaves_out(plan, i, without)) add_condition(plan, sql, &plan->tests[i]);
	}
	if (plan->match) add_words(plan, sql, gathered);
}

void plan_add_conditions(const struct plan *plan, struct sql *sql, const struct field *without)
{
	add_conditions(plan, sql, without, false);
}

void plan_add_matches(const struct plan *plan, struct sql *sql, const struct field *without)
{
	add_driver(plan, sql, without);
	if (plan->driver != DRIVE_SET) plan_add_member(plan, sql, false);
	add_conditions(plan, sql, without, true);
}
