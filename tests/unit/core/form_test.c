/* Forms, lists and views from their JSON: each mistake is said with its path, and the preset has none. */
#include "core/form.h"

#include <string.h>

#include "core/field_type.h"
#include "core/operator.h"
#include "fields/fields.h"
#include "store/disk.h"
#include "support/store.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	static const char *const layouts[] = { "cards",  "list",  "table",   "map", "timeline",
		                               "agenda", "chart", "gallery", NULL };
	field_types_use(field_table);
	view_layouts_use(layouts);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* JSON is written with ' here. */
static json_t *tree(const char *text)
{
	char *copy = arena_strdup(&arena, text);
	struct err err = { 0 };
	json_t *json;
	for (char *c = copy; *c; c++)
		if (*c == '\'') *c = '"';
	assert_ok(json_parse(&arena, copy, strlen(copy), &json, &err), &err);
	return json;
}

static const char list_text[] =
        "{'key':'genres','label':{'fr':'Genres','en':'Kinds'},'choices':["
        "{'key':'asso','label':{'fr':'Association','en':'Association'},'colour':'vert','shape':'rond'},"
        "{'key':'lieu','label':'Lieu'}]}";

static const char form_text[] =
        "{'key':'fiche','version':3,'label':{'fr':'Fiche','en':'Card'},'plural':'Fiches','add':'Ajouter','icon':'pen',"
        "'title':'nom','category':'genre','summary':['genre','prix'],'fields':["
        "{'key':'nom','type':'text','label':'Nom','required':true,'help':'Le nom','group':'G'},"
        "{'key':'genre','type':'choice','label':'Genre','list':'genres'},"
        "{'key':'tailles','type':'choices','label':'Tailles','choices':[{'key':'p','label':'P'},{'key':'g','label':'G'}]},"
        "{'key':'prix','type':'number','label':'Prix','show_if':['genre','=','lieu'],'audience':'members'},"
        "{'key':'liens','type':'relation','label':'Liens','form':'fiche','many':true,'inverse':'Cité par'},"
        "{'key':'note','type':'longtext','label':'Note','audience':'facilitators'}]}";

static const char view_text[] =
        "{'key':'lieux','slug':'les-lieux','form':'fiche','title':{'fr':'Lieux','en':'Places'},'intro':'I','empty':'E',"
        "'where':[['genre','in',['asso','lieu']],['prix','notempty']],'sort':['-prix','nom','changed','-created'],"
        "'facets':['genre','tailles'],'columns':['nom','prix'],'layout':'table','layouts':['cards','table'],'size':10}";

static struct list genres(void)
{
	struct list list;
	struct issues issues;
	struct err err = { 0 };
	issues_init(&issues, &arena);
	assert_ok(list_parse(&arena, tree(list_text), &list, &issues, &err), &err);
	return list;
}

static struct form card(void)
{
	struct form form;
	struct issues issues;
	struct err err = { 0 };
	struct list list = genres();
	issues_init(&issues, &arena);
	assert_ok(
	        form_parse(&arena, tree(form_text), arena_memdup(&arena, &list, sizeof(list)), 1, &form, &issues, &err),
	        &err);
	return form;
}

/* ---- What is read ---- */

static void test_list(void **state)
{
	(void)state;
	struct list list = genres();
	assert_string_equal(list.key, "genres");
	assert_string_equal(label_text(&list.label, LANG_EN), "Kinds");
	assert_int_equal(list.nchoices, 2);
	assert_string_equal(list.choices[0].key, "asso");
	assert_string_equal(list.choices[0].tone, "vert");
	assert_string_equal(list.choices[0].shape, "rond");
	assert_string_equal(label_text(&list.choices[1].label, LANG_EN), "Lieu"); /* the other language */
	assert_null(list.choices[1].tone);
}

static void test_form(void **state)
{
	(void)state;
	struct form form = card();
	assert_string_equal(form.key, "fiche");
	assert_int_equal(form.version, 3);
	assert_string_equal(label_text(&form.label, LANG_EN), "Card");
	assert_string_equal(form.icon, "pen");
	assert_int_equal(form.nfields, 6);
	assert_ptr_equal(form.title, &form.fields[0]);
	assert_ptr_equal(form.category, &form.fields[1]);
	assert_int_equal(form.nsummary, 2);
	assert_ptr_equal(form.summary[1], form_field(&form, "prix"));
	const struct field *f = form.fields;
	assert_true(f[0].required && !f[1].required);
	assert_string_equal(label_text(&f[0].help, LANG_FR), "Le nom");
	assert_string_equal(label_text(&f[0].group, LANG_FR), "G");
	assert_ptr_equal(f[0].type, &field_text);
	assert_int_equal(f[1].nchoices, 2);
	assert_int_equal(f[2].nchoices, 2);
	assert_string_equal(label_text(&field_choice(&f[2], "g")->label, LANG_FR), "G");
	assert_null(field_choice(&f[2], "asso"));
	assert_int_equal(f[0].audience, AUDIENCE_PUBLIC);
	assert_int_equal(f[3].audience, AUDIENCE_MEMBERS);
	assert_int_equal(f[5].audience, AUDIENCE_FACILITATORS);
	assert_string_equal(expression_text(&arena, f[3].show_if, LANG_EN), "genre = \"lieu\"");
	assert_null(f[1].show_if);
	assert_true(f[4].many);
	assert_string_equal(f[4].target, "fiche");
	assert_string_equal(label_text(&f[4].inverse, LANG_FR), "Cité par");
	for (int i = 0; i < 6; i++) assert_int_equal(f[i].position, i);
}

static void test_view(void **state)
{
	(void)state;
	struct form form = card();
	struct view view;
	struct issues issues;
	struct err err = { 0 };
	issues_init(&issues, &arena);
	assert_ok(view_parse(&arena, tree(view_text), &form, 1, &view, &issues, &err), &err);
	assert_string_equal(view.key, "lieux");
	assert_string_equal(view.slug, "les-lieux");
	assert_ptr_equal(view.form, &form);
	assert_int_equal(view.nwhere, 2);
	assert_int_equal(view.where[0].op->kind, OP_IN);
	assert_int_equal(view.where[1].op->kind, OP_NOT_EMPTY);
	assert_int_equal(view.nsorts, 4);
	assert_ptr_equal(view.sorts[0].field, form_field(&form, "prix"));
	assert_true(view.sorts[0].descending && !view.sorts[1].descending && view.sorts[3].descending);
	assert_null(view.sorts[1].field); /* the title's own field sorts as titles do */
	assert_int_equal(view.sorts[1].builtin, SORT_TITLE);
	assert_int_equal(view.sorts[2].builtin, SORT_CHANGED);
	assert_int_equal(view.sorts[3].builtin, SORT_CREATED);
	assert_int_equal(view.nfacets, 2);
	assert_int_equal(view.ncolumns, 2);
	assert_string_equal(view.layout, "table");
	assert_int_equal(view.nlayouts, 2);
	assert_int_equal(view.size, 10);
	/* What is left out. */
	assert_ok(view_parse(&arena, tree("{'key':'x','form':'fiche','title':'X'}"), &form, 1, &view, &issues, &err),
	          &err);
	assert_string_equal(view.slug, "x");
	assert_string_equal(view.layout, "cards");
	assert_int_equal(view.nlayouts, 1);
	assert_int_equal(view.size, 24);
}

/* ---- Mistakes ---- */

/* `text` with the first `old` put as `now`. */
static const char *changed(const char *text, const char *old, const char *now)
{
	const char *at = strstr(text, old);
	if (at == NULL) fail_msg("no %s", old);
	return arena_printf(&arena, "%.*s%s%s", (int)(at - text), text, now, at + strlen(old));
}

static void expect_issue(enum code code, const struct issues *issues, const char *path, const char *what)
{
	char text[512];
	const struct issue *issue = issues_of(issues, path);
	if (code != E_INPUT) fail_msg("accepted: %s", what);
	if (issue == NULL)
		fail_msg("no mistake at %s but at %s (%s) for %s", path, issues->first->field,
		         err_format(&issues->first->err, issues->first->err.msg, text, sizeof(text)), what);
}

struct mistake {
	const char *old, *now, *path;
};

static void test_list_mistakes(void **state)
{
	(void)state;
	static const struct mistake mistakes[] = {
		{ "'key':'genres',", "", "key" },
		{ "'genres'", "'Genres'", "key" },
		{ "'genres'", "'1genre'", "key" },
		{ "'genres'", "'genres-x'", "key" },
		{ "'genres'", "'a23456789012345678901234567890123'", "key" },
		{ "'label':{'fr':'Genres','en':'Kinds'},", "", "label" },
		{ "'fr':'Genres','en':'Kinds'", "", "label" },
		{ "'key':'asso'", "'key':'Asso'", "choices.0.key" },
		{ "'key':'lieu'", "'key':'asso'", "choices.1" },
		{ "'label':'Lieu'", "'label':''", "choices.1.label" },
		{ "'vert'", "'#00ff00'", "choices.0.colour" },
		{ "'rond'", "'rond; x'", "choices.0.shape" },
		{ "{'key':'lieu','label':'Lieu'}", "'lieu'", "choices.1.key" },
		{ "'choices':[", "'choix':[", "choices" },
	};
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct list list = { .key = "untouched" };
		struct issues issues;
		issues_init(&issues, &arena);
		const char *text = changed(list_text, mistakes[i].old, mistakes[i].now);
		expect_issue(list_parse(&arena, tree(text), &list, &issues, NULL), &issues, mistakes[i].path, text);
		assert_string_equal(list.key, "untouched");
	}
}

static void test_form_mistakes(void **state)
{
	(void)state;
	static const struct mistake mistakes[] = {
		{ "'key':'fiche'", "'key':'fiche électronique'", "key" },
		{ "'label':{'fr':'Fiche','en':'Card'},", "", "label" },
		{ "'plural':'Fiches',", "", "plural" },
		{ "'add':'Ajouter',", "", "add" },
		{ "'title':'nom',", "", "title" },
		{ "'title':'nom'", "'title':'titre'", "title" },
		{ "'title':'nom'", "'title':'prix'", "title" },
		{ "'title':'nom'", "'title':'genre'", "title" },
		{ "'type':'text','label':'Nom'", "'type':'text','audience':'members','label':'Nom'", "title" },
		{ "'category':'genre'", "'category':'nom'", "category" },
		{ "'category':'genre'", "'category':'x'", "category" },
		{ "'summary':['genre','prix']", "'summary':['genre','x']", "summary.1" },
		{ "'summary':['genre','prix']", "'summary':[3]", "summary.0" },
		{ "'fields':[", "'champs':[", "fields" },
		{ "'key':'genre','type'", "'key':'Genre','type'", "fields.1.key" },
		{ "'key':'genre','type'", "'key':'nom','type'", "fields.1" },
		{ "'type':'choice',", "'type':'chose',", "fields.1.type" },
		{ "'type':'choice',", "", "fields.1.type" },
		{ "'label':'Genre',", "", "fields.1.label" },
		{ "'list':'genres'", "'list':'gens'", "fields.1.list" },
		{ "'list':'genres'", "'choices':[]", "fields.1.choices" },
		{ ",'list':'genres'", "", "fields.1.choices" },
		{ "{'key':'g','label':'G'}", "{'key':'p','label':'G'}", "fields.2.choices.1" },
		{ "{'key':'g','label':'G'}", "{'key':'g'}", "fields.2.choices.1.label" },
		{ "'audience':'members'", "'audience':'friends'", "fields.3.audience" },
		{ "['genre','=','lieu']", "['sorte','=','lieu']", "fields.3.show_if" },
		{ "['genre','=','lieu']", "['genre','==','lieu']", "fields.3.show_if" },
		{ "['genre','=','lieu']", "['genre','=']", "fields.3.show_if" },
		{ "['genre','=','lieu']", "['genre','in','lieu']", "fields.3.show_if" },
		{ "['genre','=','lieu']", "['genre','in',['asso',null]]", "fields.3.show_if" },
		{ "['genre','=','lieu']", "['genre','=',null]", "fields.3.show_if" },
		{ "['genre','=','lieu']", "['genre','=',1.5]", "fields.3.show_if" },
		{ "['genre','=','lieu']", "['genre','=',{}]", "fields.3.show_if" },
		{ "['genre','=','lieu']", "['genre','=',['lieu']]", "fields.3.show_if" },
		{ "['genre','=','lieu']", "['genre','empty','lieu']", "fields.3.show_if" },
		{ "['genre','=','lieu']", "'genre'", "fields.3.show_if" },
		{ "['genre','=','lieu']", "'genre = \\u0022lieux\\u0022'", "fields.3.show_if" },
		{ "['genre','=','lieu']", "'vide(genre'", "fields.3.show_if" },
		{ "['genre','=','lieu']", "'prix > 3'", "fields.3.show_if" },
		{ "['genre','=','lieu']", "['prix','>','3']", "fields.3.show_if" },
		{ "'audience':'members'", "'audience':'members','constraint':'prix + 1'", "fields.3.constraint" },
		{ "['genre','=','lieu']", "{}", "fields.3.show_if" },
		{ "'form':'fiche'", "'form':'Fiche'", "fields.4.form" },
		{ "'form':'fiche',", "", "fields.4.form" },
	};
	struct list list = genres();
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct form form = { .key = "untouched" };
		struct issues issues;
		issues_init(&issues, &arena);
		const char *text = changed(form_text, mistakes[i].old, mistakes[i].now);
		expect_issue(form_parse(&arena, tree(text), &list, 1, &form, &issues, NULL), &issues, mistakes[i].path,
		             text);
		assert_string_equal(form.key, "untouched");
	}
	/* All of them at once. */
	struct form form;
	struct issues issues;
	issues_init(&issues, &arena);
	assert_int_equal(form_parse(&arena, tree("{'key':'F','fields':[{'key':'a','type':'text'},{'label':'B'}]}"),
	                            NULL, 0, &form, &issues, NULL),
	                 E_INPUT);
	static const char *const all[] = { "key",   "label",          "plural",       "add",
		                           "title", "fields.0.label", "fields.1.key", "fields.1.type" };
	for (size_t i = 0; i < COUNT(all); i++) assert_non_null(issues_of(&issues, all[i]));
	static const char *const shapes[] = { "[]", "'x'", "3", "null", "{'fields':{}}", "{'fields':[1,null,[]]}" };
	for (size_t i = 0; i < COUNT(shapes); i++)
		assert_int_equal(form_parse(&arena, tree(shapes[i]), NULL, 0, &form, &issues, NULL), E_INPUT);
}

static void test_view_mistakes(void **state)
{
	(void)state;
	static const struct mistake mistakes[] = {
		{ "'key':'lieux'", "'key':'les lieux'", "key" },
		{ "'title':{'fr':'Lieux','en':'Places'},", "", "title" },
		{ "'slug':'les-lieux'", "'slug':'api'", "slug" },
		{ "'slug':'les-lieux'", "'slug':'les/lieux'", "slug" },
		{ "'slug':'les-lieux'", "'slug':''", "slug" },
		{ "'slug':'les-lieux'", "'slug':'Lieux'", "slug" },
		{ "'form':'fiche'", "'form':'fiches'", "form" },
		{ "'form':'fiche',", "", "form" },
		{ "'size':10", "'size':0", "size" },
		{ "'size':10", "'size':201", "size" },
		{ "'size':10", "'size':-1", "size" },
		{ "['genre','in',['asso','lieu']]", "['x','in',['asso']]", "where.0" },
		{ "['prix','notempty']", "['prix','plein']", "where.1" },
		{ "['prix','notempty']", "[]", "where.1" },
		{ "'-prix'", "'-x'", "sort.0" },
		{ "'changed'", "3", "sort.2" },
		{ "'nom','changed','-created'", "'nom','changed','-created','prix'", "sort" },
		{ "'facets':['genre',", "'facets':['x',", "facets.0" },
		{ "'tailles'],", "'nom'],", "facets.1" },
		{ "'columns':['nom','prix']", "'columns':['nom','x']", "columns.1" },
		{ "'cards','table'", "'cards','grille'", "layouts" },
		{ "'layout':'table'", "'layout':'grille'", "layouts" },
		{ "'cards','table'", "'cards','gallery'", "layouts" },
		{ "'size':10", "'group':'nom'", "group" },
		{ "'size':10", "'group':'x'", "group" },
		{ "'layout':'table'", "'layout':'map'", "map" },
		{ "'size':10", "'map':{'place':'nom'}", "map.place" },
		{ "'size':10", "'map':{}", "map.place" },
		{ "'cards','table'", "'cards','timeline'", "timeline" },
		{ "'size':10", "'timeline':{'by':'genre'}", "timeline.by" },
		{ "'cards','table'", "'cards','chart'", "charts" },
		{ "'size':10", "'charts':[{'title':'T','by':'nom'}]", "charts.0.by" },
		{ "'size':10", "'charts':[{'by':'genre'}]", "charts.0.title" },
		{ "'size':10", "'charts':[{'title':'T','by':'genre','shape':'pie'}]", "charts.0.shape" },
		{ "'size':10", "'charts':[{'title':'T','by':'genre','shape':'line'}]", "charts.0.shape" },
		{ "'size':10", "'charts':[{'title':'T','by':'genre','measure':'max'}]", "charts.0.measure" },
		{ "'size':10", "'charts':[{'title':'T','by':'genre','measure':'sum'}]", "charts.0.of" },
		{ "'size':10", "'charts':[{'title':'T','by':'genre','measure':'mean','of':'genre'}]", "charts.0.of" },
		{ "'size':10", "'charts':[{'title':'T','by':'genre'},{'title':'T','by':'genre','step':'week'}]",
		  "charts.1.step" },
		{ "'size':10", "'charts':[{},{},{},{},{},{},{}]", "charts" },
	};
	struct form form = card();
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct view view = { .key = "untouched" };
		struct issues issues;
		issues_init(&issues, &arena);
		const char *text = changed(view_text, mistakes[i].old, mistakes[i].now);
		expect_issue(view_parse(&arena, tree(text), &form, 1, &view, &issues, NULL), &issues, mistakes[i].path,
		             text);
		assert_string_equal(view.key, "untouched");
	}
}

/* ---- Limits, at and one past ---- */

static json_t *form_with(int nfields, int nchoices)
{
	json_t *form = json_keep(&arena, json_deep_copy(tree(form_text))), *fields = json_object_get(form, "fields");
	json_t *choices = json_object_get(json_array_get(fields, 2), "choices");
	while ((int)json_array_size(fields) < nfields)
		json_array_append_new(fields, json_pack("{s:s,s:s,s:s}", "key",
		                                        arena_printf(&arena, "f%zu", json_array_size(fields)), "type",
		                                        "text", "label", "F"));
	while ((int)json_array_size(choices) < nchoices)
		json_array_append_new(choices,
		                      json_pack("{s:s,s:s}", "key",
		                                arena_printf(&arena, "c%zu", json_array_size(choices)), "label", "C"));
	return form;
}

static void test_limits(void **state)
{
	(void)state;
	struct form form = card();
	struct list list = genres();
	struct issues issues;
	struct err err = { 0 };
	issues_init(&issues, &arena);
	assert_ok(form_parse(&arena, form_with(FORM_FIELDS_MAX, 500), &list, 1, &form, &issues, &err), &err);
	assert_int_equal(form_parse(&arena, form_with(FORM_FIELDS_MAX + 1, 500), &list, 1, &form, &issues, NULL),
	                 E_INPUT);
	assert_non_null(issues_of(&issues, "fields"));
	assert_int_equal(form_parse(&arena, form_with(FORM_FIELDS_MAX, 501), &list, 1, &form, &issues, NULL), E_INPUT);
	assert_non_null(issues_of(&issues, "fields.2.choices"));
	struct view view;
	for (int n = 20; n <= 21; n++) {
		json_t *json = json_keep(&arena, json_deep_copy(tree(view_text))),
		       *where = json_object_get(json, "where");
		while ((int)json_array_size(where) < n) json_array_append(where, tree("['prix','notempty']"));
		assert_int_equal(view_parse(&arena, json, &form, 1, &view, &issues, NULL), n == 20 ? OK : E_INPUT);
	}
	assert_non_null(issues_of(&issues, "where"));
}

static void test_keys(void **state)
{
	(void)state;
	static const char *const good[] = { "a", "z9", "a_b", "a2345678901234567890123456789012" };
	static const char *const bad[] = {
		"", "9a", "_a", "A", "é", "a-b", "a b", "a.b", "a/", "a\n", "a23456789012345678901234567890123"
	};
	for (size_t i = 0; i < COUNT(good); i++) assert_true(key_is_valid(good[i]));
	for (size_t i = 0; i < COUNT(bad); i++) assert_false(key_is_valid(bad[i]));
	assert_false(key_is_valid(NULL));
	static const char *const slugs[] = { "a", "les-lieux", "2013", "mots_cles", "e2", "apis" };
	static const char *const no_slugs[] = { "", "e", "f", "u", "api", "-", "a/b", "A", "é", "a b", "a.", ".." };
	for (size_t i = 0; i < COUNT(slugs); i++) assert_true(slug_is_valid(slugs[i]));
	for (size_t i = 0; i < COUNT(no_slugs); i++) assert_false(slug_is_valid(no_slugs[i]));
}

/* ---- The preset ---- */

static json_t *read_file(const char *path)
{
	char *text;
	size_t len;
	json_t *json;
	struct err err = { 0 };
	assert_ok(disk_read(&arena, path, 1 << 20, &text, &len, &err), &err);
	assert_ok(json_parse(&arena, text, len, &json, &err), &err);
	return json;
}

static char **files(const char *folder, int *n)
{
	char **names;
	struct err err = { 0 };
	assert_ok(disk_list(&arena, arena_printf(&arena, "%s/presets/agora-de-quartier/%s", SOURCE_DIR, folder),
	                    ".json", &names, n, &err),
	          &err);
	assert_true(*n > 0);
	for (int i = 0; i < *n; i++)
		names[i] = arena_printf(&arena, "%s/presets/agora-de-quartier/%s/%s", SOURCE_DIR, folder, names[i]);
	return names;
}

static void no_mistake(enum code code, const struct issues *issues, const char *file)
{
	char text[512];
	if (code != OK)
		fail_msg("%s, %s: %s", file, issues->first->field,
		         err_format(&issues->first->err, issues->first->err.msg, text, sizeof(text)));
}

static void test_preset(void **state)
{
	(void)state;
	struct issues issues;
	int nlists, nforms, nviews;
	issues_init(&issues, &arena);
	char **names = files("lists", &nlists);
	struct list *lists = arena_array(&arena, struct list, (size_t)nlists);
	for (int i = 0; i < nlists; i++)
		no_mistake(list_parse(&arena, read_file(names[i]), &lists[i], &issues, NULL), &issues, names[i]);
	names = files("forms", &nforms);
	struct form *forms = arena_array(&arena, struct form, (size_t)nforms);
	for (int i = 0; i < nforms; i++)
		no_mistake(form_parse(&arena, read_file(names[i]), lists, nlists, &forms[i], &issues, NULL), &issues,
		           names[i]);
	names = files("views", &nviews);
	for (int i = 0; i < nviews; i++) {
		struct view view;
		no_mistake(view_parse(&arena, read_file(names[i]), forms, nforms, &view, &issues, NULL), &issues,
		           names[i]);
	}
	/* Both languages everywhere people read, and relations to forms that are there. */
	for (int i = 0; i < nforms; i++)
		for (int f = 0; f < forms[i].nfields; f++) {
			const struct field *field = &forms[i].fields[f];
			bool found = field->target == NULL;
			for (int j = 0; j < nforms && !found; j++) found = strcmp(forms[j].key, field->target) == 0;
			if (!found || !field->label.text[LANG_FR] || !field->label.text[LANG_EN])
				fail_msg("%s.%s", forms[i].key, field->key);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),          cmocka_unit_test(test_form),
		cmocka_unit_test(test_view),          cmocka_unit_test(test_list_mistakes),
		cmocka_unit_test(test_form_mistakes), cmocka_unit_test(test_view_mistakes),
		cmocka_unit_test(test_limits),        cmocka_unit_test(test_keys),
		cmocka_unit_test(test_preset),
	};
	return cmocka_run_group_tests_name("form", tests, setup, teardown);
}
