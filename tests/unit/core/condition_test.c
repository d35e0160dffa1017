/* Conditions as people mean them, on the values of a record. */
#include "core/condition.h"

#include <string.h>

#include "core/form.h"
#include "fields/fields.h"
#include "support/store.h"

static struct arena arena;
static struct form form;

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
	struct issues issues;
	struct err err = { 0 };
	arena_init(&arena);
	issues_init(&issues, &arena);
	field_types_use(field_table);
	assert_ok(
	        form_parse(
	                &arena,
	                tree("{'key':'f','label':'F','plural':'F','add':'F','title':'nom','fields':["
	                     "{'key':'nom','type':'text','label':'N'},"
	                     "{'key':'genre','type':'choice','label':'G','choices':[{'key':'asso','label':'Association'},"
	                     "{'key':'lieu','label':'Lieu'}]},"
	                     "{'key':'tags','type':'tags','label':'T'},{'key':'texte','type':'longtext','label':'X'},"
	                     "{'key':'prix','type':'number','label':'P'},{'key':'ouvert','type':'boolean','label':'O'},"
	                     "{'key':'jour','type':'date','label':'J'},"
	                     "{'key':'debut','type':'date','time':true,'label':'D'},{'key':'lieu','type':'place','label':'L'}]}"),
	                NULL, 0, &form, &issues, &err),
	        &err);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const char values[] =
        "{'nom':'Régie Plus de l’Europe','genre':'asso','tags':['Vélo','numérique'],'texte':'# Titre','prix':'12.5',"
        "'ouvert':true,'jour':'2013-11-21','debut':'2013-11-21T14:30','lieu':{'lat':1,'lon':2}}";

static const struct {
	const char *condition;
	bool filled, blank; /* on the values above; on none */
} cases[] = {
	/* texts: as people search, without case nor accents */
	{ "['nom','=','REGIE PLUS DE L’EUROPE']", true, false },
	{ "['nom','=','Régie']", false, false },
	{ "['nom','!=','autre']", true, true },
	{ "['nom','!=','regie plus de l europe']", false, true },
	{ "['nom','contains','plus']", true, false },
	{ "['nom','contains','eur']", true, false },
	{ "['nom','contains','l’Europe']", true, false },
	{ "['nom','contains','urope']", false, false },
	{ "['nom','contains','plus de']", true, false },
	{ "['nom','contains','plus l']", false, false },
	{ "['nom','<','s']", true, false },
	{ "['nom','>','s']", false, false },
	{ "['nom','in',['x','régie plus de l’europe']]", true, false },
	{ "['nom','in',[]]", false, false },
	{ "['nom','notin',[]]", true, true },
	/* choices: by key, or by what they are called */
	{ "['genre','=','asso']", true, false },
	{ "['genre','=','lieu']", false, false },
	{ "['genre','!=','lieu']", true, true },
	{ "['genre','in',['lieu','asso']]", true, false },
	{ "['genre','notin',['lieu']]", true, true },
	{ "['genre','notin',['lieu','asso']]", false, true },
	/* several: one that fits is enough, none may fit for a "not" */
	{ "['tags','=','vélo']", true, false },
	{ "['tags','=','NUMERIQUE']", true, false },
	{ "['tags','!=','velo']", false, true },
	{ "['tags','in',['sport','velo']]", true, false },
	{ "['tags','notin',['sport']]", true, true },
	{ "['tags','contains','num']", true, false },
	/* numbers as numbers */
	{ "['prix','=','12,5']", true, false },
	{ "['prix','=','12.50']", true, false },
	{ "['prix','<','100']", true, false },
	{ "['prix','<','12.5']", false, false },
	{ "['prix','<=','12.5']", true, false },
	{ "['prix','>','9']", true, false },
	{ "['prix','>','-100']", true, false },
	{ "['prix','>=','12.6']", false, false },
	{ "['prix','=',12]", false, false },
	{ "['prix','>',12]", true, false },
	/* yes and no; not said is neither */
	{ "['ouvert','=','true']", true, false },
	{ "['ouvert','=',true]", true, false },
	{ "['ouvert','=',false]", false, false },
	{ "['ouvert','!=',true]", false, true },
	{ "['ouvert','=','oui']", true, false },
	/* days */
	{ "['jour','>=','2013-11-21']", true, false },
	{ "['jour','<','2013-11-21']", false, false },
	{ "['jour','<','2014-01-01']", true, false },
	{ "['jour','=','21/11/2013']", true, false },
	/* a day is all its hours; a time is itself */
	{ "['debut','=','2013-11-21']", true, false },
	{ "['debut','=','20/11/2013']", false, false },
	{ "['debut','!=','2013-11-21']", false, true },
	{ "['debut','in',['2013-11-20','2013-11-21']]", true, false },
	{ "['debut','notin',['2013-11-21']]", false, true },
	{ "['debut','<=','2013-11-21']", true, false },
	{ "['debut','<','2013-11-21']", false, false },
	{ "['debut','>','2013-11-21']", false, false },
	{ "['debut','>','2013-11-20']", true, false },
	{ "['debut','>=','2013-11-21']", true, false },
	{ "['debut','<=','2013-11-20']", false, false },
	{ "['debut','=','2013-11-21T14:30']", true, false },
	{ "['debut','=','2013-11-21T14:31']", false, false },
	{ "['debut','<=','2013-11-21T14:29']", false, false },
	{ "['jour','<=','2013-11-21']", true, false },
	{ "['jour','>','2013-11-21']", false, false },
	/* filled in or not, whatever the type finds them by */
	{ "['nom','empty']", false, true },
	{ "['nom','notempty']", true, false },
	{ "['texte','empty']", false, true },
	{ "['texte','notempty']", true, false },
	{ "['lieu','notempty']", true, false },
	{ "['tags','empty']", false, true },
	{ "['prix','notempty']", true, false },
	{ "['ouvert','empty']", false, true },
	/* nothing to compare with */
	{ "['nom','=','']", false, false },
	{ "['nom','!=','']", true, true },
	{ "['prix','<','']", false, false },
	{ "['nom','contains','']", false, false },
	{ "['texte','<','zzz']", false, false },
};

static bool holds(const char *text, const json_t *of)
{
	struct condition condition;
	struct err err = { 0 };
	assert_ok(condition_parse(&form, tree(text), &condition, &err), &err);
	return condition_holds(&condition, &form, of);
}

static void test_holds(void **state)
{
	(void)state;
	static const char *const none[] = {
		"{}",
		"{'nom':null,'genre':null,'tags':null,'texte':null,'prix':null,'ouvert':null,'jour':null,'lieu':null}",
		"{'nom':'','genre':'','tags':[],'texte':'  ','prix':'','jour':'','lieu':{}}",
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (holds(cases[i].condition, tree(values)) != cases[i].filled)
			fail_msg("filled: %s", cases[i].condition);
		for (size_t j = 0; j < COUNT(none); j++)
			if (holds(cases[i].condition, tree(none[j])) != cases[i].blank)
				fail_msg("blank: %s on %s", cases[i].condition, none[j]);
		if (holds(cases[i].condition, NULL) != cases[i].blank) fail_msg("nothing: %s", cases[i].condition);
	}
}

static void test_none(void **state)
{
	(void)state;
	assert_true(condition_holds(NULL, &form, tree("{}")));
	/* Of a field that the form has not: nothing holds. */
	struct condition unknown = { .field = "x", .op = operator_find("empty") };
	assert_false(condition_holds(&unknown, &form, tree("{}")));
}

/* An operator and its opposite never agree, on one value or on many. */
static void test_opposites(void **state)
{
	(void)state;
	static const char *const fields[][2] = { { "nom", "regie" }, { "genre", "asso" },  { "tags", "velo" },
		                                 { "prix", "12.5" }, { "ouvert", "true" }, { "jour", "2013-11-21" } };
	for (int p = 0; p < 2; p++)
		for (size_t f = 0; f < COUNT(fields); f++)
			for (int filled = 0; filled < 2; filled++) {
				char yes[64], no[64];
				snprintf(yes, sizeof(yes), p ? "['%s','in',['%s','x']]" : "['%s','=','%s']",
				         fields[f][0], fields[f][1]);
				snprintf(no, sizeof(no), p ? "['%s','notin',['%s','x']]" : "['%s','!=','%s']",
				         fields[f][0], fields[f][1]);
				const json_t *of = filled ? tree(values) : tree("{}");
				assert_int_not_equal(holds(yes, of), holds(no, of));
			}
}

static void test_operators(void **state)
{
	(void)state;
	static const char *const names[] = { "=", "!=", "in",    "notin",    "<",       "<=",
		                             ">", ">=", "empty", "notempty", "contains" };
	assert_int_equal(COUNT(names), OP_COUNT);
	for (int i = 0; i < OP_COUNT; i++) {
		const struct operator* op = operator_find(names[i]);
		assert_non_null(op);
		assert_int_equal(op->kind, i);
		assert_ptr_equal(operator_get((enum operator_kind)i), op);
		assert_non_null(op->words);
	}
	assert_null(operator_find("=="));
	assert_null(operator_find(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_holds), cmocka_unit_test(test_none),
		                            cmocka_unit_test(test_opposites), cmocka_unit_test(test_operators) };
	return cmocka_run_group_tests_name("condition", tests, setup, teardown);
}
