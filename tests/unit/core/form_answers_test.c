/* What a form's expressions make of the values of a record. */
#include "core/form_answers.h"

#include <string.h>

#include "core/condition.h"
#include "fields/fields.h"
#include "support/store.h"

static struct arena arena;

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

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	field_types_use(field_table);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* A form of these fields; `ret` untouched, and the path of the first mistake, when it is refused. */
static const char *parse(const char *fields, struct form *ret)
{
	struct issues issues;
	struct err err;
	issues_init(&issues, &arena);
	const char *text = arena_printf(&arena,
	                                "{'key':'f','label':'F','plural':'F','add':'F','title':'nom','fields':["
	                                "{'key':'nom','type':'text','label':'Nom'},%s]}",
	                                fields);
	if (form_parse(&arena, tree(text), NULL, 0, ret, &issues, &err) == OK) return "";
	return issues.first->field;
}

static struct form_answers *answers(const struct form *form, const char *values)
{
	struct form_answers *x = arena_new(&arena, struct form_answers);
	form_answers_init(x, &arena, form, tree(values), (struct date){ 2026, 11, 29 });
	return x;
}

static const char *computed(const struct form *form, const char *key, const char *values)
{
	json_t *value = form_computes(answers(form, values), form_field(form, key));
	if (json_is_boolean(value)) return json_is_true(value) ? "true" : "false";
	return value ? json_string_value(value) : "-";
}

/* The short form says what core/condition.h says of the same: on answers that conditions know, the two agree. */
static void test_short(void **state)
{
	(void)state;
	static const char *const conditions[] = {
		"['genre','=','asso']",
		"['genre','!=','asso']",
		"['genre','in',['asso','lieu']]",
		"['genre','notin',['asso']]",
		"['genre','empty']",
		"['genre','notempty']",
		"['tags','=','vélo']",
		"['tags','!=','Vélo']",
		"['tags','in',['x','VELO']]",
		"['tags','empty']",
		"['prix','=','12,5']",
		"['prix','<','12,5']",
		"['prix','<=',12]",
		"['prix','>',-1]",
		"['prix','>=','0']",
		"['prix','!=','3']",
		"['ouvert','=','true']",
		"['ouvert','=','oui']",
		"['ouvert','!=',true]",
		"['ouvert','=',false]",
		"['jour','=','2013-11-21']",
		"['jour','<','2013-11-21']",
		"['jour','<=','2013-11-21']",
		"['jour','>','2013-11-21']",
		"['jour','>=','2013-11-21']",
		"['jour','!=','2013-11-21']",
		"['jour','=','2013-11']",
		"['jour','<=','2013-11']",
		"['jour','>','2013-11']",
		"['nom','=','régie']",
		"['nom','!=','Regie']",
		"['nom','contains','reg']",
		"['place','empty']",
		"['place','notempty']",
		"['groupe','=','sud']",
		"['groupe','=','sanitas']",
	};
	static const char *const records[] = {
		"{}",
		"{'nom':'Régie','genre':'asso','tags':['Vélo','x'],'prix':'12.5','ouvert':true,'jour':'2013-11-21','place':{'lat':1,'lon':2},'groupe':['sanitas']}",
		"{'nom':'Autre','genre':'lieu','tags':['rien'],'prix':'-3','ouvert':false,'jour':'2013-11-20','groupe':['nord']}",
		"{'nom':'x','genre':'autre','tags':[],'prix':'12','jour':'2013-12-01'}",
	};
	for (size_t i = 0; i < COUNT(conditions); i++) {
		struct form form;
		const char *fields = arena_printf(
		        &arena,
		        "{'key':'genre','type':'choice','label':'G','choices':[{'key':'asso','label':'A'},{'key':'lieu','label':'L'},"
		        "{'key':'autre','label':'X'}]},{'key':'tags','type':'tags','label':'T'},{'key':'prix','type':'number','label':'P'},"
		        "{'key':'ouvert','type':'boolean','label':'O'},{'key':'jour','type':'date','label':'J'},"
		        "{'key':'place','type':'place','label':'L'},{'key':'groupe','type':'tree','label':'G','choices':[{'key':'sud',"
		        "'label':'Sud','choices':[{'key':'sanitas','label':'Sanitas'}]},{'key':'nord','label':'Nord'}]},"
		        "{'key':'si','type':'text','label':'Si','show_if':%s}",
		        conditions[i]);
		if (*parse(fields, &form)) fail_msg("%s is refused", conditions[i]);
		for (size_t j = 0; j < COUNT(records); j++) {
			struct condition condition;
			assert_int_equal(condition_parse(&form, tree(conditions[i]), &condition, NULL), OK);
			bool wanted = condition_holds(&condition, &form, tree(records[j]));
			if (form_asks(answers(&form, records[j]), form_field(&form, "si")) != wanted)
				fail_msg("%s of %s is not %d", conditions[i], records[j], wanted);
		}
	}
}

/* A comparison that its type does not have is never true, and opens no site in error. */
static void test_no_order(void **state)
{
	(void)state;
	struct form form;
	assert_string_equal(
	        parse("{'key':'b','type':'boolean','label':'B'},{'key':'x','type':'text','label':'X','show_if':['b','<','oui']}",
	              &form),
	        "");
	assert_false(form_asks(answers(&form, "{'b':false}"), form_field(&form, "x")));
}

/* What is not asked has no answer, for all that follows. */
static void test_cascade(void **state)
{
	(void)state;
	struct form form;
	assert_string_equal(parse("{'key':'a','type':'boolean','label':'A'},"
	                          "{'key':'b','type':'number','label':'B','show_if':'a'},"
	                          "{'key':'c','type':'text','label':'C','show_if':'b > 3'},"
	                          "{'key':'d','type':'computed','label':'D','value':'b * 2'},"
	                          "{'key':'e','type':'computed','label':'E','value':'if(empty(d), 0, d + 1)'},"
	                          "{'key':'f','type':'computed','label':'F','value':'d > 9','show_if':'a'}",
	                          &form),
	                    "");
	assert_true(form_asks(answers(&form, "{'a':true,'b':'5'}"), form_field(&form, "c")));
	assert_false(form_asks(answers(&form, "{'a':false,'b':'5'}"), form_field(&form, "c")));
	assert_string_equal(computed(&form, "d", "{'a':true,'b':'5'}"), "10");
	assert_string_equal(computed(&form, "e", "{'a':true,'b':'5'}"), "11");
	assert_string_equal(computed(&form, "f", "{'a':true,'b':'5'}"), "true");
	assert_string_equal(computed(&form, "d", "{'a':false,'b':'5'}"), "-");
	assert_string_equal(computed(&form, "e", "{'a':false,'b':'5'}"), "0");
	assert_string_equal(computed(&form, "f", "{'a':false,'b':'5'}"), "-");
	/* What was kept of a computed value is not an answer. */
	assert_string_equal(computed(&form, "e", "{'a':true,'b':'5','d':'1000'}"), "11");
}

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		const char *fields, *path;
	} rows[] = {
		{ "{'key':'a','type':'text','label':'A','show_if':'not empty(a)'}", "fields.1.show_if" },
		{ "{'key':'a','type':'text','label':'A','show_if':'not empty(b)'},{'key':'b','type':'text','label':'B','show_if':['a','notempty']}",
		  "fields.2.show_if" },
		{ "{'key':'a','type':'computed','label':'A','value':'b + 1'},{'key':'b','type':'computed','label':'B','value':'a + 1'}",
		  "fields.2.value" },
		{ "{'key':'a','type':'number','label':'A','show_if':'c > 1'},{'key':'c','type':'computed','label':'C','value':'a + 1'}",
		  "fields.2.value" },
		{ "{'key':'a','type':'computed','label':'A'}", "fields.1.value" },
		{ "{'key':'a','type':'computed','label':'A','value':'rien + 1'}", "fields.1.value" },
		{ "{'key':'a','type':'number','label':'A','audience':'members'},{'key':'b','type':'computed','label':'B','value':'a + 1'}",
		  "fields.2.audience" },
		{ "{'key':'a','type':'number','label':'A','constraint':'a + 1'}", "fields.1.constraint" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct form form;
		const char *path = parse(rows[i].fields, &form);
		if (strcmp(path, rows[i].path) != 0) fail_msg("%s: “%s”", rows[i].fields, path);
	}
}

static void test_constraint(void **state)
{
	(void)state;
	struct form form;
	static const struct {
		const char *values;
		bool accepted;
	} rows[] = {
		{ "{}", true },
		{ "{'fin':'2026-11-28'}", true },
		{ "{'debut':'2026-11-28','fin':'2026-11-28'}", true },
		{ "{'debut':'2026-11-29','fin':'2026-11-28'}", false },
		{ "{'debut':'2026-11-29'}", true },                                  /* no answer, nothing to refuse */
		{ "{'debut':'2026-11-29','fin':'2026-11-28','jamais':true}", true }, /* not asked */
	};
	assert_string_equal(
	        parse("{'key':'jamais','type':'boolean','label':'J'},{'key':'debut','type':'date','label':'D'},"
	              "{'key':'fin','type':'date','label':'F','show_if':'not jamais','constraint':'fin >= debut or "
	              "empty(debut)','refusal':'Après le début.'}",
	              &form),
	        "");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct issues issues;
		issues_init(&issues, &arena);
		struct form_answers *x = answers(&form, rows[i].values);
		assert_int_equal(form_accepts(x, form_field(&form, "fin")), rows[i].accepted);
		form_check_answer(x, form_field(&form, "fin"), &issues);
		assert_int_equal(issues.count, !rows[i].accepted);
		if (issues.count) assert_string_equal(issues.first->err.args[0], "Après le début.");
	}
}

static void test_looks_at(void **state)
{
	(void)state;
	struct form form;
	assert_string_equal(
	        parse("{'key':'prix','type':'number','label':'P'},{'key':'pri','type':'number','label':'Q'},"
	              "{'key':'x','type':'text','label':'X','constraint':'prix > 2'}",
	              &form),
	        "");
	assert_true(field_looks_at(form_field(&form, "x"), "prix"));
	assert_false(field_looks_at(form_field(&form, "x"), "pri"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_short, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_cascade, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_constraint, setup, teardown),
		cmocka_unit_test_setup_teardown(test_looks_at, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
