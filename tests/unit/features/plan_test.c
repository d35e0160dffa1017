/*
 * No query of the published mix (tests/bench/queries.json) goes through a whole table or index of records: what the
 * program asks of SQLite is noted, and its plans, as EXPLAIN tells them, open no such table from its first row. Twice:
 * on the demonstration, and where the counts say that each key is one of very many records.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/form.h"
#include "core/index_key.h"
#include "core/query.h"
#include "core/search.h"
#include "features/preset/preset.h"
#include "fields/fields.h"
#include "media/picture.h"
#include "support/store.h"
#include "views/view_type.h"

enum { STATEMENTS_MAX = 2000, CHOSEN_MAX = 8, PAGE = 24 };

static struct arena arena;
static struct site *site;

/* ---- What is asked of SQLite ---- */

static char *statements[STATEMENTS_MAX];
static int nstatements;
static bool noting;

static int note(unsigned kind, void *arg, void *stmt, void *ignored)
{
	(void)kind, (void)arg, (void)ignored;
	const char *sql = sqlite3_sql(stmt);
	if (!noting || (strncmp(sql, "SELECT", 6) != 0 && strncmp(sql, "WITH", 4) != 0)) return 0;
	for (int i = 0; i < nstatements; i++)
		if (strcmp(statements[i], sql) == 0) return 0;
	assert_true(nstatements < STATEMENTS_MAX);
	statements[nstatements++] = strdup(sql);
	return 0;
}

static int note_connection(sqlite3 *db, const char **msg, const void *api)
{
	(void)msg, (void)api;
	return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, note, NULL);
}

/* ---- Plans ---- */

enum { ROOTS_MAX = 64, CURSORS_MAX = 256 };

/* Where tables that grow with the records, and their indexes, begin in the file. */
static int read_roots(sqlite3 *db, int roots[ROOTS_MAX])
{
	static const char sql[] = "SELECT rootpage FROM sqlite_schema WHERE rootpage > 0 AND tbl_name IN "
	                          "('record', 'part', 'obj', 'body', 'field_value', 'value_count', 'place', 'link', "
	                          "'search_doc', 'word', 'trigram')";
	sqlite3_stmt *stmt;
	int n = 0;
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW && n < ROOTS_MAX) roots[n++] = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	assert_true(n > 10);
	return n;
}

static bool is_among(int root, const int *roots, int n)
{
	for (int i = 0; i < n; i++)
		if (roots[i] == root) return true;
	return false;
}

/* Does the statement's program begin at the first (or last) row of one of them? Columns of EXPLAIN: addr, opcode, p1… */
static bool goes_through_all(sqlite3 *db, const char *sql, const int *roots, int n)
{
	bool watched[CURSORS_MAX] = { false }, found = false;
	sqlite3_stmt *stmt;
	const char *explain = arena_printf(&arena, "EXPLAIN %s", sql);
	if (sqlite3_prepare_v2(db, explain, -1, &stmt, NULL) != SQLITE_OK) fail_msg("%s: %s", sqlite3_errmsg(db), sql);
	while (sqlite3_step(stmt) == SQLITE_ROW) { /* cursors are opened before they are moved, as addresses go */
		const char *opcode = (const char *)sqlite3_column_text(stmt, 1);
		int cursor = sqlite3_column_int(stmt, 2);
		if (cursor < 0 || cursor >= CURSORS_MAX) continue;
		if (strcmp(opcode, "OpenRead") == 0) watched[cursor] = is_among(sqlite3_column_int(stmt, 3), roots, n);
		if (strncmp(opcode, "Open", 4) == 0 && strcmp(opcode, "OpenRead") != 0) watched[cursor] = false;
		bool whole = strcmp(opcode, "Rewind") == 0 || strcmp(opcode, "Last") == 0 ||
		             strcmp(opcode, "Count") == 0;
		found |= whole && watched[cursor];
	}
	sqlite3_finalize(stmt);
	return found;
}

static void check_plans(const char *dir)
{
	sqlite3 *db;
	int roots[ROOTS_MAX], whole = 0;
	const char *path = arena_printf(&arena, "%s/site.db", dir);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	int n = read_roots(db, roots);
	/* It would be seen. */
	assert_true(
	        goes_through_all(db, "SELECT COUNT(*) FROM record WHERE author IS NOT NULL AND slug > 'a'", roots, n));
	assert_false(goes_through_all(db, "SELECT slug FROM record WHERE num = ?1", roots, n));
	for (int i = 0; i < nstatements; i++) {
		if (!goes_through_all(db, statements[i], roots, n)) continue;
		print_error("goes through a whole table: %s\n", statements[i]);
		whole++;
	}
	assert_int_equal(whole, 0);
	assert_true(nstatements > 60);
	sqlite3_close(db);
}

/* ---- The mix ---- */

struct asked {
	const struct model *model;
	const struct actor *actor;
	const struct view *view;
	const struct form *form; /* of a search */
	struct facet_choice chosen[CHOSEN_MAX];
	int nchosen;
	struct sort sort;
	bool sorted;
	const char *words;
	int page;
};

static void take_choice(struct asked *x, const struct field *field, const char *value)
{
	const char **key = arena_array(&arena, const char *, 1);
	*key = field->type->key ? field->type->key(field, value, &arena) : index_key_text(&arena, value);
	assert_true(x->nchosen < CHOSEN_MAX);
	x->chosen[x->nchosen++] = (struct facet_choice){ field, key, 1 };
}

/* "name=value", where a plus is a space; what an id stands for is any. */
static void take_pair(struct asked *x, char *pair)
{
	struct err err;
	char *value = strchr(pair, '=');
	assert_non_null(value);
	*value++ = '\0';
	for (char *c = value; *c; c++)
		if (*c == '+') *c = ' ';
	if (strcmp(pair, "vue") == 0) return;
	if (strcmp(pair, "q") == 0) x->words = value;
	else if (strcmp(pair, "form") == 0) x->form = model_form(x->model, value);
	else if (strcmp(pair, "tri") == 0) {
		assert_ok(sort_parse(x->view->form, value, &x->sort, &err), &err);
		x->sorted = true;
	} else {
		const struct field *field = form_field(x->view->form, pair);
		assert_non_null(field);
		take_choice(x, field, *value == '{' ? "0000000000000000000000000a" : value);
	}
}

/* "/slug?…", "/-/export/key/csv?…", "/-/view/key/points.json?…", "/-/search?…" */
static void read_path(struct asked *x, const char *path)
{
	char *copy = arena_strdup(&arena, path), *pairs = strchr(copy, '?');
	if (pairs) *pairs++ = '\0';
	if (strncmp(copy, "/-/search", 9) != 0) {
		bool inner = strncmp(copy, "/-/", 3) == 0;
		char *name = inner ? strchr(copy + 3, '/') + 1 : copy + 1;
		if (inner) *strchr(name, '/') = '\0';
		x->view = inner ? model_view(x->model, name) : model_view_by_slug(x->model, name);
		if (x->view == NULL) fail_msg("no view: %s", path);
	}
	for (char *pair = pairs ? strtok_r(pairs, "&", &pairs) : NULL; pair; pair = strtok_r(NULL, "&", &pairs))
		take_pair(x, pair);
}

static void ask_view(struct db *db, struct asked *x, const char *kind)
{
	struct err err;
	bool whole = strcmp(kind, "map") == 0, file = strcmp(kind, "export") == 0;
	struct query query = { .form = x->view->form,
		               .where = x->view->where,
		               .nwhere = x->view->nwhere,
		               .chosen = x->chosen,
		               .nchosen = x->nchosen,
		               .sorts = x->view->sorts,
		               .nsorts = x->view->nsorts,
		               .facets = x->view->facets,
		               .nfacets = x->view->nfacets,
		               .search = x->words,
		               .size = x->page > 1 ? 1 : PAGE };
	if (x->sorted) query.sorts = &x->sort, query.nsorts = 1;
	if (file) query.nfacets = 0, query.size = QUERY_SIZE_MAX;
	struct result result = { 0 };
	int64_t *nums, until;
	int n;
	bool more;
	assert_ok(query_until(db, x->model, &query, &until, &err), &err);
	if (whole) assert_ok(query_all(db, &arena, x->model, x->actor, &query, &nums, &n, &more, &err), &err);
	for (int page = 0; !whole && page < MAX(x->page, 1); page++) {
		assert_ok(query_run(db, &arena, x->model, x->actor, &query, &result, &err), &err);
		if (result.next == NULL) break;
		query.after = result.next;
	}
	struct record **records;
	assert_ok(record_load_many(db, &arena, x->model, x->actor, result.nums, result.n, &records, &n, &err), &err);
}

static void ask(struct asked *x, const char *kind)
{
	struct err err;
	struct db *db;
	assert_ok(store_read_begin(site_store(site), &db, &err), &err);
	noting = true;
	if (x->view) {
		ask_view(db, x, kind);
	} else {
		const struct search_options options = { .text = x->words, .form = x->form, .limit = 20 };
		struct search_result result;
		assert_ok(search_run(db, &arena, x->model, x->actor, &options, &result, &err), &err);
	}
	noting = false;
	store_read_end(site_store(site));
}

static void ask_all(const struct actor *member)
{
	json_error_t error;
	json_t *queries = json_load_file(SOURCE_DIR "/tests/bench/queries.json", 0, &error), *query;
	const struct model *model = site_model(site);
	size_t i;
	assert_int_equal(json_array_size(queries), 200);
	json_array_foreach (queries, i, query) {
		bool in = strcmp(json_str(query, "as"), "member") == 0;
		struct asked x = { .model = model,
			           .actor = in ? member : &actor_visitor,
			           .page = (int)json_int(query, "page", 1) };
		read_path(&x, json_str(query, "path"));
		ask(&x, json_str(query, "kind"));
	}
	json_decref(queries);
	model_release(model);
}

/* ---- The site ---- */

static void no_report(const char *file, const struct import_report *report)
{
	(void)file;
	assert_int_equal(report->refused, 0);
}

static enum code inflate(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return db_run(tx_db(tx), err, "UPDATE value_count SET n = n + 20000");
}

static void test_plans(void **state)
{
	struct err err;
	static const char folder[] = SOURCE_DIR "/presets/agora-de-quartier";
	assert_ok(site_open(test_store(state), &site, &err), &err);
	test_site(state)->store = NULL; /* the site's */
	assert_ok(preset_apply(site, &arena, folder, &err), &err);
	assert_ok(preset_demo(site, &arena, folder, no_report, &err), &err);
	const struct model *model = site_model(site);
	const struct actor_space space = { model->spaces[0].num, LEVEL_MEMBER };
	const struct actor member = { .person = 1000000,
		                      .id = id_new(),
		                      .name = "Membre",
		                      .site = LEVEL_CONTRIBUTOR,
		                      .spaces = &space,
		                      .nspaces = 1 };
	model_release(model);
	ask_all(&member);
	assert_ok(store_write(site_store(site), inflate, NULL, &err), &err);
	ask_all(&member);
	check_plans(test_site(state)->dir);
	site_close(site);
	for (int i = 0; i < nstatements; i++) free(statements[i]);
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], PICTURE_COMMAND) == 0) return picture_child();
	const struct CMUnitTest tests[] = { ONLY_SQLITE(test_plans) };
	field_types_use(field_table);
	view_layouts_use(view_type_names);
	sqlite3_auto_extension((void (*)(void))note_connection);
	arena_init(&arena);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&arena);
	sqlite3_reset_auto_extension();
	return failed;
}
