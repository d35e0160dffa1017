/*
 * The planner against an answer computed here, record by record, with what single records are judged
 * by: record_load_num (rights), condition_holds, the keys of each value.
 */
#include "core/plan.h"
#include "core/posting.h"
#include "core/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/condition.h"
#include "core/cursor.h"
#include "core/index_key.h"
#include "core/operator.h"
#include "support/seeds.h"
#include "support/site.h"

enum { FORMS = 3, FIELDS = 6, RECORDS_MAX = 1000 };

static struct test_model m;
static struct actor actors[7];
static struct id ids[RECORDS_MAX];
static int nrecords;

static const char *const words[] = { "a", "b", "café", "Cafetière", "été", "un café", "vélo", "Été", "10", "2" };
static const char *const days[] = { "2026-01-01", "2026-01-01T00:00", "2026-01-01T23:59", "2026-01-02",
	                            "2026-01-02T08:30" };
static const char *const choices[] = { "rouge", "vert", "bleu" };

/* ---- Random forms, records, changes ---- */

static json_t *random_form(struct arena *a, int number)
{
	static const char *const types[] = { "text", "number", "choice", "tags", "date", "text" };
	static const char *const audiences[] = { "public", "public", "public", "members", "facilitators" };
	json_t *fields = json_array();
	for (int i = 0; i < FIELDS; i++) {
		const char *type = i == 0 ? "text" : i == 1 ? "longtext" : types[random_below(COUNT(types))];
		json_t *field = json_pack("{s: s, s: s, s: s}", "key", arena_printf(a, "f%d", i), "type", type,
		                          "audience", i ? audiences[random_below(COUNT(audiences))] : "public");
		if (strcmp(type, "date") == 0) json_object_set_new(field, "time", json_true());
		json_t *list = json_array();
		for (size_t j = 0; j < COUNT(choices); j++)
			json_array_append_new(list, json_pack("{s: s}", "key", choices[j]));
		if (strcmp(type, "choice") == 0) json_object_set(field, "choices", list);
		json_decref(list);
		json_array_append_new(fields, field);
	}
	return json_pack("{s: s, s: s, s: o}", "key", arena_printf(a, "form%d", number), "title", "f0", "fields",
	                 fields);
}

static void setup(void **state)
{
	struct arena a;
	(void)test_store(state);                   /* skips where there is none */
	test_site(state)->options.read_limit = -1; /* thousands of records one by one, on a busy machine */
	struct store *store = test_store_reopen(state);
	arena_init(&a);
	random_seed(1);
	json_t *definitions = test_json(
	        &a,
	        "{'spaces': [{'key': 's1'}, {'key': 's2', 'visibility': 'listed'}, {'key': 's3', 'visibility': 'members'},"
	        "{'key': 's4', 'publication': 'members'}], 'forms': []}");
	for (int i = 0; i < FORMS; i++)
		json_array_append_new(json_object_get(definitions, "forms"), random_form(&a, i));
	random_seed(0);
	char *text = json_dumps(definitions, 0);
	test_model_init(&m, store, text);
	free(text);
	arena_release(&a);
	nrecords = 0;
	actors[0] = actor_visitor;
	actors[1] = actor_program;
	actors[2] = test_person(&m, NULL, LEVEL_CONTRIBUTOR);
	actors[3] = test_person(&m, "s1", LEVEL_MEMBER);
	actors[4] = test_person(&m, "s1", LEVEL_FACILITATOR);
	actors[5] = test_person(&m, "s2", LEVEL_MEMBER);
	actors[6] = test_person(&m, "s3", LEVEL_FACILITATOR);
}

static const char *random_word(void)
{
	return words[random_below(COUNT(words))];
}

static json_t *random_value(const struct field *field)
{
	if (random_below(6) == 0) return json_null();
	if (field->nchoices) return json_string(choices[random_below(COUNT(choices))]);
	if (strcmp(field->type->name, "number") == 0)
		return json_string((const char *[]){ "1", "2", "10" }[random_below(3)]);
	if (strcmp(field->type->name, "tags") == 0) return json_pack("[s, s]", random_word(), random_word());
	if (strcmp(field->type->name, "date") == 0) return json_string(days[random_below(COUNT(days))]);
	return json_string(random_word());
}

static json_t *random_values(const struct form *form)
{
	json_t *values = json_keep(&m.arena, json_object());
	for (int i = 0; i < form->nfields; i++)
		if (random_below(4)) json_object_set_new(values, form->fields[i].key, random_value(&form->fields[i]));
	return values;
}

static const struct form *random_form_of_model(void)
{
	return test_form(&m, (const char *[]){ "form0", "form1", "form2" }[random_below(FORMS)]);
}

static const char *random_space(void)
{
	return (const char *[]){ "s1", "s1", "s2", "s3", "s4" }[random_below(5)];
}

static void random_change(void)
{
	int64_t time = clock_now();
	clock_set(time + (random_below(2) ? 1 : 0));
	if (nrecords < 5 || (random_below(2) && nrecords < RECORDS_MAX)) {
		const struct form *form = random_form_of_model();
		const struct actor *author = random_below(3) ? &actor_program : &actors[2];
		const char *space = author == &actor_program ? random_space() : "s1";
		json_t *values = random_values(form);
		for (int i = 0; author != &actor_program && i < form->nfields; i++)
			if (form->fields[i].audience) json_object_del(values, form->fields[i].key);
		ids[nrecords++] = test_save(&m, author, (struct id){ 0 }, form->key, space, values);
		return;
	}
	struct id id = ids[random_below((uint32_t)nrecords)];
	if (random_below(4) == 0) {
		test_set_state(&m, id,
		               random_below(2)   ? STATE_PUBLISHED
		               : random_below(2) ? STATE_ARCHIVED
		                                 : STATE_TRASH);
		return;
	}
	int64_t form = test_int(&m, "SELECT form FROM record WHERE id = $1", id);
	test_save(&m, &actor_program, id, model_form_by_num(m.model, form)->key, "s1",
	          random_values(model_form_by_num(m.model, form)));
}

/* ---- Random queries ---- */

struct asked {
	const struct actor *actor;
	struct query query;
	struct condition where[3];
	struct facet_choice chosen[2];
	struct sort sorts[3];
	const struct field *facets[3];
};

static const struct field *random_field(const struct form *form)
{
	return &form->fields[random_below((uint32_t)form->nfields)];
}

static const char *random_operand(const struct field *field)
{
	if (field->nchoices && random_below(8)) return choices[random_below(COUNT(choices))];
	if (strcmp(field->type->name, "date") == 0 && random_below(8)) return days[random_below(COUNT(days))];
	if (random_below(12) == 0) return "";
	return random_word();
}

static struct condition random_condition(const struct form *form)
{
	const struct field *field = random_field(form);
	const struct operator* op = operator_get((enum operator_kind)random_below(OP_COUNT));
	json_t *value = NULL;
	if (op->takes_list) {
		value = json_array();
		for (uint32_t n = random_below(3); n; n--)
			json_array_append_new(value, json_string(random_operand(field)));
	} else if (op->takes_value) {
		value = json_string(random_operand(field));
	}
	return (struct condition){ field->key, op, value ? json_keep(&m.arena, value) : NULL };
}

static const struct field *random_facet(const struct form *form)
{
	for (int tries = 0; tries < 20; tries++) {
		const struct field *field = random_field(form);
		if (field->type->facet) return field;
	}
	return NULL;
}

static struct facet_choice random_choice(const struct field *field)
{
	const char **keys = arena_array(&m.arena, const char *, 2);
	for (int i = 0; i < 2; i++) keys[i] = index_key_text(&m.arena, random_operand(field));
	return (struct facet_choice){ field, keys, 1 + (int)random_below(2) };
}

static void random_query(struct asked *asked)
{
	static const char *const searches[] = { "café", "un café", "ca", "velo 10", "rouge", "bl", "la", "zz" };
	const struct form *form = random_form_of_model();
	*asked = (struct asked){ .actor = &actors[random_below(COUNT(actors))] };
	struct query *q = &asked->query;
	*q = (struct query){ .form = form,
		             .where = asked->where,
		             .chosen = asked->chosen,
		             .sorts = asked->sorts,
		             .facets = asked->facets,
		             .size = 1 + (int)random_below(7) };
	if (random_below(6) == 0) q->space = test_space(&m, random_space());
	if (random_below(5) == 0) q->search = searches[random_below(COUNT(searches))];
	for (uint32_t n = random_below(1 + random_below(4)); n; n--) asked->where[q->nwhere++] = random_condition(form);
	for (uint32_t n = random_below(4); n; n--) {
		struct sort *sort = &asked->sorts[q->nsorts++];
		*sort = (struct sort){ .descending = random_below(2) };
		if (random_below(2)) sort->field = random_field(form);
		else sort->builtin = random_below(3);
	}
	for (int i = 0; i < 3; i++) {
		const struct field *field = random_facet(form);
		bool known = field == NULL;
		for (int j = 0; j < q->nfacets; j++) known |= asked->facets[j] == field;
		if (known) continue;
		asked->facets[q->nfacets++] = field;
		if (q->nchosen < 2 && random_below(2)) asked->chosen[q->nchosen++] = random_choice(field);
	}
}

static void describe(const struct asked *asked)
{
	const struct query *q = &asked->query;
	print_error("actor %d form %s space %s search %s size %d\n", (int)(asked->actor - actors), q->form->key,
	            q->space ? q->space->slug : "-", q->search ? q->search : "-", q->size);
	for (int i = 0; i < q->nwhere; i++)
		print_error("where %s %s %s\n", q->where[i].field, q->where[i].op->name,
		            q->where[i].value ? json_dumps(q->where[i].value, JSON_ENCODE_ANY) : "");
	for (int i = 0; i < q->nchosen; i++)
		print_error("chosen %s %s (%d)\n", q->chosen[i].field->key, q->chosen[i].keys[0], q->chosen[i].nkeys);
	for (int i = 0; i < q->nsorts; i++)
		print_error("sort %s%s\n", q->sorts[i].descending ? "-" : "",
		            q->sorts[i].field ? q->sorts[i].field->key
		                              : (const char *[]){ "title", "changed", "created" }[q->sorts[i].builtin]);
}

/* ---- The answer, record by record ---- */

static struct index_entries entries_of(const struct record *record, const struct field *field)
{
	struct index_entries entries;
	index_entries_read(&m.arena, field, json_object_get(record->values, field->key), &entries);
	return entries;
}

static bool has_choice(const struct record *record, const struct facet_choice *choice)
{
	struct index_entries entries = entries_of(record, choice->field);
	bool any = false, given = false;
	for (int i = 0; i < choice->nkeys; i++) {
		given |= *choice->keys[i] != '\0';
		for (int j = 0; j < entries.nkeys; j++)
			any |= *choice->keys[i] && strcmp(choice->keys[i], entries.keys[j]) == 0;
	}
	return any || !given;
}

static bool matches(const struct asked *asked, const struct record *record, const struct field *without)
{
	const struct query *q = &asked->query;
	if (record->state != STATE_PUBLISHED || record->form != q->form) return false;
	if (q->space && record->space != q->space) return false;
	if (q->search && !test_holds_words(&m.arena, record, q->search, true)) return false;
	for (int i = 0; i < q->nwhere; i++)
		if (!condition_holds(&q->where[i], q->form, record->values)) return false;
	for (int i = 0; i < q->nchosen; i++)
		if (q->chosen[i].field != without && !has_choice(record, &q->chosen[i])) return false;
	return true;
}

static const struct asked *sorted_by;

/* Who asks for what is from a day on wants it by its first day from then on. */
static bool is_asked_for(const char *key, const struct field *field)
{
	const struct query *q = &sorted_by->query;
	for (int i = 0; i < q->nwhere; i++) {
		enum operator_kind kind = q->where[i].op->kind;
		struct condition_test test;
		if (strcmp(q->where[i].field, field->key) != 0 || (kind != OP_AT_LEAST && kind != OP_MORE)) continue;
		if (!condition_resolve(&m.arena, &q->where[i], q->form, NULL, &test) || test.nkeys == 0) continue;
		if (!condition_test_holds(&test, &key, 1)) return false;
	}
	return true;
}

/* NULL: none. */
static const char *sort_key(const struct record *record, const struct field *field, bool descending)
{
	struct index_entries entries = entries_of(record, field);
	for (int i = 0; i < entries.nkeys; i++)
		if (*entries.keys[i] && (descending || is_asked_for(entries.keys[i], field))) return entries.keys[i];
	return NULL;
}

static int compare_keys(const struct record *x, const struct record *y, const struct field *field, bool descending)
{
	const char *a = sort_key(x, field, descending), *b = sort_key(y, field, descending);
	if (!a || !b) return !a - !b; /* last in both directions */
	int order = strcmp(a, b);
	return descending ? -order : order;
}

static int by_sorts(const void *a, const void *b)
{
	const struct record *x = *(const struct record *const *)a, *y = *(const struct record *const *)b;
	const struct query *q = &sorted_by->query;
	bool descending = false;
	for (int i = 0; i < MAX(q->nsorts, 1); i++) {
		static const struct sort by_title = { .builtin = SORT_TITLE };
		const struct sort *sort = q->nsorts ? &q->sorts[i] : &by_title;
		int order;
		descending = sort->descending;
		if (sort->field || sort->builtin == SORT_TITLE) {
			order = compare_keys(x, y, sort->field ? sort->field : q->form->title, descending);
		} else {
			int64_t s = sort->builtin == SORT_CHANGED ? x->changed : x->created;
			int64_t t = sort->builtin == SORT_CHANGED ? y->changed : y->created;
			order = (s > t) - (s < t);
			if (descending) order = -order;
		}
		if (order) return order;
	}
	int order = (x->num > y->num) - (x->num < y->num);
	return descending ? -order : order;
}

/* Everything each actor may read. */
static struct readable {
	struct record *records[RECORDS_MAX];
	int n;
} readable[COUNT(actors)];

static void load_readable(struct db *db)
{
	for (size_t i = 0; i < COUNT(actors); i++) {
		readable[i].n = 0;
		for (int j = 0; j < nrecords; j++) {
			struct err err = { 0 };
			struct record **ret = &readable[i].records[readable[i].n];
			enum code code = record_load(db, &m.arena, m.model, &actors[i], ids[j], ret, &err);
			if (code == OK) readable[i].n++;
			else assert_int_equal(code, E_NOT_FOUND);
		}
	}
}

static int64_t count_key(struct record *const *found, int n, const struct field *field, const char *key)
{
	int64_t count = 0;
	for (int i = 0; i < n; i++) {
		struct index_entries entries = entries_of(found[i], field);
		for (int k = 0; k < entries.nkeys; k++) count += strcmp(entries.keys[k], key) == 0;
	}
	return count;
}

/* Each key that a match has is there with its count, the chosen ones too, in order; and no other. */
static void check_facet(const struct asked *asked, const struct facet *facet)
{
	const struct readable *all = &readable[asked->actor - actors];
	struct record *found[RECORDS_MAX];
	int64_t told = 0, there = 0;
	int n = 0;
	for (int i = 0; i < all->n; i++)
		if (matches(asked, all->records[i], facet->field)) found[n++] = all->records[i];
	for (int i = 0; i < facet->nvalues; i++) {
		const struct facet_value *v = &facet->values[i];
		bool chosen = false;
		for (int c = 0; c < asked->query.nchosen; c++)
			for (int k = 0; asked->chosen[c].field == facet->field && k < asked->chosen[c].nkeys; k++)
				chosen |= strcmp(asked->chosen[c].keys[k], v->key) == 0;
		assert_true(v->count > 0 || chosen);
		assert_int_equal(v->chosen, chosen);
		assert_int_equal(v->count, count_key(found, n, facet->field, v->key));
		told += v->count;
		if (i == 0) continue;
		const struct facet_value *before = v - 1;
		assert_true(before->count > v->count || (before->count == v->count && strcmp(before->key, v->key) < 0));
	}
	for (int i = 0; i < n; i++) {
		struct index_entries entries = entries_of(found[i], facet->field);
		for (int k = 0; k < entries.nkeys; k++) there += *entries.keys[k] != '\0';
	}
	assert_int_equal(told, there);
}

static void check_query(struct db *db, struct asked *asked)
{
	const struct readable *all = &readable[asked->actor - actors];
	struct record *expected[RECORDS_MAX];
	int nexpected = 0, found = 0;
	for (int i = 0; i < all->n; i++)
		if (matches(asked, all->records[i], NULL)) expected[nexpected++] = all->records[i];
	sorted_by = asked;
	qsort(expected, (size_t)nexpected, sizeof(struct record *), by_sorts);
	do {
		struct err err = { 0 };
		struct result result;
		assert_ok(query_run(db, &m.arena, m.model, asked->actor, &asked->query, &result, &err), &err);
		assert_int_equal(result.total, nexpected);
		assert_true(result.n == asked->query.size || result.next == NULL);
		for (int i = 0; i < result.n; i++, found++) {
			bool same = found < nexpected && expected[found]->num == result.nums[i];
			if (!same) describe(asked);
			assert_true(same);
		}
		assert_int_equal(result.nfacets, asked->query.nfacets);
		for (int i = 0; i < result.nfacets; i++) {
			assert_ptr_equal(result.facets[i].field, asked->facets[i]);
			check_facet(asked, &result.facets[i]);
		}
		asked->query.after = result.next;
	} while (asked->query.after);
	if (found != nexpected) describe(asked);
	assert_int_equal(found, nexpected);
}

/* Where sets are crossed, what they count is what matches. */
static bool check_sets(struct db *db, const struct asked *asked)
{
	const struct readable *all = &readable[asked->actor - actors];
	struct plan *plan = arena_new(&m.arena, struct plan);
	struct err err = { 0 };
	int64_t counted, expected = 0;
	bool more;
	assert_ok(plan_make(plan, db, &m.arena, m.model, asked->actor, &asked->query, &err), &err);
	if (!plan_counts(plan, &counted, &more)) return plan->sets.crossed != NULL;
	for (int i = 0; i < all->n; i++) expected += matches(asked, all->records[i], NULL);
	if (counted != expected) describe(asked);
	assert_int_equal(counted, expected);
	assert_false(more);
	return true;
}

static void test_planner(void **state)
{
	int crossed = 0;
	struct err err = { 0 };
	struct db *db;
	setup(state);
	seeds_begin(12);
	for (int64_t time = 1700000000000; seeds_next(); time += 1000000) {
		struct asked asked;
		clock_set(time);
		for (int i = 0; i < (nrecords ? 20 : 150); i++) random_change();
		assert_ok(store_read_begin(m.store, &db, &err), &err);
		load_readable(db);
		store_read_end(m.store);
		plan_few = time / 1000000 % 2 ? -1 : 500; /* sets, and walks, where they would not be worth it */
		for (int i = 0; i < 40; i++) {
			random_query(&asked);
			assert_ok(store_read_begin(m.store, &db, &err), &err);
			crossed += check_sets(db, &asked);
			check_query(db, &asked);
			store_read_end(m.store);
		}
	}
	assert_true(crossed > 0);
	plan_few = 500;
	clock_set(0);
	test_model_release(&m);
}

/* ---- More than are counted ---- */

enum { MANY = QUERY_COUNT_MAX + 50 };

/* Written as record_save would, faster. */
static enum code add_many(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	struct db *db = tx_db(tx);
	const struct form *form = test_form(&m, "lieu");
	int64_t space = test_space(&m, "s1")->num, nom = form->fields[0].num, genre = form->fields[1].num;
	int64_t mots = form->fields[2].num;
	for (int i = 0; i < MANY; i++) {
		int64_t num;
		const char *key = arena_printf(&m.arena, "lieu %05d", (i * 7919) % MANY);
		TRY(db_int(db, &num, 0, err,
		           "INSERT INTO record (id, form, space, slug, state, created, changed) "
		           "VALUES ($1, $2, $3, $4, 1, $5, $5) RETURNING num",
		           id_new(), form->num, space, key, i / 3));
		TRY(db_run(db, err, "INSERT INTO field_value (num, field, audience, key) VALUES ($1, $2, 0, $3)", num,
		           nom, key));
		TRY(db_run(db, err, "INSERT INTO field_value (num, field, audience, key) VALUES ($1, $2, 0, $3)", num,
		           genre, i % 100 ? "courant" : "rare"));
		TRY(db_run(
		        db, err,
		        "INSERT INTO field_value (num, field, audience, key) VALUES ($1, $2, 0, $3), ($1, $2, 0, $4)",
		        num, mots, arena_printf(&m.arena, "mot %d", i / 2), i % 4 ? "peu" : "quart"));
	}
	TRY(db_run(db, err,
	           "INSERT INTO value_count (field, audience, space, key, n) SELECT field, audience, $1, key, "
	           "COUNT(*) FROM field_value WHERE field IN ($2, $3) GROUP BY field, audience, key",
	           space, genre, mots));
	bool mended;
	for (int64_t chunk = 0; chunk >= 0;) TRY(posting_mend(tx, m.model, &chunk, &mended, err));
	return OK;
}

static struct result run(const struct query *query)
{
	struct err err = { 0 };
	struct db *db;
	struct result result;
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(query_run(db, &m.arena, m.model, &actor_visitor, query, &result, &err), &err);
	store_read_end(m.store);
	return result;
}

static void test_many(void **state)
{
	struct err err = { 0 };
	test_model_init(&m, test_store(state),
	                "{'spaces': [{'key': 's1'}], 'forms': [{'key': 'lieu', 'title': 'nom', 'fields': ["
	                "{'key': 'nom', 'type': 'text'}, {'key': 'genre', 'type': 'choice', 'choices': "
	                "[{'key': 'courant'}, {'key': 'rare'}]}, {'key': 'mots', 'type': 'tags'}]}]}");
	assert_ok(store_write(m.store, add_many, NULL, &err), &err);
	const struct form *form = test_form(&m, "lieu");
	const struct field *genre = &form->fields[1], *mots = &form->fields[2];
	struct query query = { .form = form, .size = QUERY_SIZE_MAX, .facets = &genre, .nfacets = 1 };
	struct result result = run(&query);
	assert_int_equal(result.total, QUERY_COUNT_MAX + 1);
	assert_int_equal(result.facets[0].nvalues, 2);
	/* What nothing narrows is counted, however much it is: one in a hundred is rare. */
	enum { RARE = (MANY + 99) / 100 };
	assert_string_equal(result.facets[0].values[0].key, "courant");
	assert_int_equal(result.facets[0].values[0].count, MANY - RARE);
	assert_int_equal(result.facets[0].values[1].count, RARE);
	/* A condition that leaves many: how many, and how many of each by their sets. */
	struct condition common = { "genre", operator_find("="), json_string("courant") };
	query.where = &common;
	query.nwhere = 1;
	result = run(&query);
	assert_int_equal(result.total, MANY - RARE);
	assert_int_equal(result.facets[0].nvalues, 1);
	assert_int_equal(result.facets[0].values[0].count, MANY - RARE);
	assert_false(result.more);
	/* Of thousands of key words, those that most of the list has: a hundredth is rare, and so in every fourth. */
	query.facets = &mots;
	result = run(&query);
	assert_true(result.facets[0].nvalues > 2);
	assert_string_equal(result.facets[0].values[0].key, "peu");
	assert_int_equal(result.facets[0].values[0].count, MANY - (MANY + 3) / 4);
	assert_string_equal(result.facets[0].values[1].key, "quart");
	assert_int_equal(result.facets[0].values[1].count, (MANY + 3) / 4 - RARE);
	assert_true(result.facets[0].values[2].count == 1 || result.facets[0].values[2].count == 2);
	query.facets = &genre;
	/* One that says nothing of how many it leaves: some of all are looked at, and at least those there are. */
	struct condition other = { "nom", operator_find("!="), json_string("rien de tel") };
	query.where = &other;
	result = run(&query);
	assert_true(result.more);
	assert_true(result.total >= QUERY_SIZE_MAX && result.total < MANY);
	assert_int_equal(result.facets[0].values[0].count, -1);
	query.nwhere = 0;
	json_decref((json_t *)common.value);
	json_decref((json_t *)other.value);
	/* A choice that leaves few is counted, and so are the others beside it. */
	const char *rare = "rare";
	struct facet_choice choice = { genre, &rare, 1 };
	query.chosen = &choice;
	query.nchosen = 1;
	result = run(&query);
	assert_int_equal(result.total, RARE);
	assert_int_equal(result.facets[0].values[0].count, MANY - RARE);
	assert_true(result.facets[0].values[1].chosen);
	assert_int_equal(result.n, RARE);
	/* All pages, in either order: each once. */
	struct sort sorts[] = { { .builtin = SORT_TITLE }, { .builtin = SORT_CHANGED, .descending = true } };
	for (size_t s = 0; s < COUNT(sorts); s++) {
		int64_t n = 0, last = -1;
		query = (struct query){ .form = form, .size = QUERY_SIZE_MAX, .sorts = &sorts[s], .nsorts = 1 };
		do {
			result = run(&query);
			for (int i = 0; i < result.n; i++, n++) {
				int64_t at = s ? -result.nums[i] : (result.nums[i] - 1) * 7919 % MANY;
				assert_true(n == 0 || at > last);
				last = at;
			}
			query.after = result.next;
		} while (query.after);
		assert_int_equal(n, MANY);
	}
	test_model_release(&m);
}

/* ---- Refusals ---- */

static void test_refused(void **state)
{
	struct err err = { 0 };
	struct db *db;
	struct result result;
	setup(state);
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	struct query query = { .form = test_form(&m, "form0"), .size = 0 };
	assert_int_equal(query_run(db, &m.arena, m.model, &actor_visitor, &query, &result, &err), E_INPUT);
	query.size = QUERY_SIZE_MAX + 1;
	assert_int_equal(query_run(db, &m.arena, m.model, &actor_visitor, &query, &result, &err), E_INPUT);
	query.size = 1;
	static const char *const cursors[] = { "", "x", "W10", "WyIsMSIsMSwyXQ", "''", "WyIsMSIsIngiLCJ5Il0" };
	for (size_t i = 0; i < COUNT(cursors); i++) {
		query.after = cursors[i];
		assert_int_equal(query_run(db, &m.arena, m.model, &actor_visitor, &query, &result, &err), E_INPUT);
	}
	query.after = NULL;
	struct condition unknown = { "nothing", operator_get(OP_EMPTY), NULL };
	query.where = &unknown;
	query.nwhere = 1;
	assert_int_equal(query_run(db, &m.arena, m.model, &actor_visitor, &query, &result, &err), E_INPUT);
	struct condition many[64];
	for (size_t i = 0; i < COUNT(many); i++) many[i] = (struct condition){ "f0", operator_get(OP_EMPTY), NULL };
	query.where = many;
	query.nwhere = COUNT(many);
	assert_int_equal(query_run(db, &m.arena, m.model, &actor_visitor, &query, &result, &err), E_LIMIT);
	store_read_end(m.store);
	test_model_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH_ENGINES(test_planner), BOTH_ENGINES(test_many),
		                            BOTH_ENGINES(test_refused) };
	return cmocka_run_group_tests(tests, NULL, seeds_teardown);
}
