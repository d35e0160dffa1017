#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "answers.h"
#include "base/buf.h"

static const struct answer given[] = {
	{ "age", EXPRESSION_NUMBER, NULL },       { "prix", EXPRESSION_NUMBER, NULL },
	{ "nom", EXPRESSION_TEXT, NULL },         { "mail", EXPRESSION_TEXT, NULL },
	{ "membre", EXPRESSION_YES_NO, NULL },    { "ou", EXPRESSION_TEXT, NULL },
	{ "nombre", EXPRESSION_NUMBER, NULL },    { "debut", EXPRESSION_DATE, NULL },
	{ "statut", EXPRESSION_CHOICE, NULL },    { "outils", EXPRESSION_SEVERAL, NULL },
	{ "lieu", EXPRESSION_MISSING, NULL },     { "postes", EXPRESSION_NUMBERS, NULL },
	{ "postes.r1", EXPRESSION_NUMBER, NULL },
};

static struct answers all = { NULL, given, (int)COUNT(given) };
static const struct expression_names names = { answers_find, &all };

static const struct expression *read(struct arena *a, const char *text, enum lang lang)
{
	const struct expression *e = NULL;
	struct err err;
	char said[600];
	if (expression_read(a, text, lang, &names, EXPRESSION_MISSING, &e, NULL, &err) != OK)
		fail_msg("%s: %s", text, err_format(&err, err.msg, said, sizeof(said)));
	return e;
}

/* What is typed, in French; what is kept; what is shown again in French. */
static void test_written(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *kept, *french;
	} rows[] = {
		{ "age>=18 et non vide(mail)", "age >= 18 and not empty(mail)", "age >= 18 et non vide(mail)" },
		{ "Age ≥ 18 and not empty(mail)", "age >= 18 and not empty(mail)", "age >= 18 et non vide(mail)" },
		{ "statut = « Fermé »", "statut = \"ferme\"", "statut = \"ferme\"" },
		{ "statut dans (“ouvert”; \"projet\")", "statut in (\"ouvert\", \"projet\")",
		  "statut dans (\"ouvert\" ; \"projet\")" },
		{ "statut non dans (\"ouvert\")", "not statut in (\"ouvert\")", "non statut dans (\"ouvert\")" },
		{ "prix * 1,5", "prix * 1.5", "prix * 1,5" },
		{ "max(1;2)", "max(1, 2)", "max(1 ; 2)" },
		{ "max(1, 2)", "max(1, 2)", "max(1 ; 2)" },
		{ "max(1,2)", "max(1.2)", "max(1,2)" }, /* a decimal comma */
		{ "si(membre; 5; 10,50)", "if(membre, 5, 10.5)", "si(membre ; 5 ; 10,5)" },
		{ "membre = non", "membre = no", "membre = non" },
		{ "non membre = oui", "not membre = yes", "non membre = oui" },
		{ "si(age < 3 ; non ; oui)", "if(age < 3, no, yes)", "si(age < 3 ; non ; oui)" },
		{ "membre = non et age > 3", "membre = no and age > 3", "membre = non et age > 3" },
		{ "{ou} = \"ici\" ou vide({ou})", "{ou} = \"ici\" or empty({ou})", "{ou} = \"ici\" ou vide({ou})" },
		{ "nombre + nombre(outils)", "nombre + count(outils)", "nombre + nombre(outils)" },
		{ "année(debut) = 2026", "year(debut) = 2026", "année(debut) = 2026" },
		{ "annee(aujourdhui())", "year(today())", "année(aujourdhui())" },
		{ "postes.r1 > 2", "postes.r1 > 2", "postes.r1 > 2" },
		{ "(age + 1) * 2", "(age + 1) * 2", "(age + 1) * 2" },
		{ "age + (1 * 2)", "age + 1 * 2", "age + 1 * 2" },
		{ "age - (1 - 2)", "age - (1 - 2)", "age - (1 - 2)" },
		{ "(age - 1) - 2", "age - 1 - 2", "age - 1 - 2" },
		{ "(-age) * 2", "-age * 2", "-age * 2" },
		{ "- (age * 2)", "-(age * 2)", "-(age * 2)" },
		{ "(membre ou age > 1) et membre", "(membre or age > 1) and membre", "(membre ou age > 1) et membre" },
		{ "non (membre et membre)", "not (membre and membre)", "non (membre et membre)" },
		{ "(non membre) = oui", "(not membre) = yes", "(non membre) = oui" },
		{ "nom = \"a\\\"b\\\\c\"", "nom = \"a\\\"b\\\\c\"", "nom = \"a\\\"b\\\\c\"" },
		{ "age <> 3 && membre || !membre", "age != 3 and membre or not membre",
		  "age != 3 et membre ou non membre" },
		{ "debut − 7 < aujourdhui()", "debut - 7 < today()", "debut - 7 < aujourdhui()" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a;
		arena_init(&a);
		const struct expression *e = read(&a, rows[i].typed, LANG_FR);
		assert_string_equal(expression_text(&a, e, LANG_EN), rows[i].kept);
		assert_string_equal(expression_text(&a, e, LANG_FR), rows[i].french);
		assert_string_equal(expression_text(&a, read(&a, rows[i].kept, LANG_EN), LANG_EN), rows[i].kept);
		assert_string_equal(expression_text(&a, read(&a, rows[i].french, LANG_FR), LANG_EN), rows[i].kept);
		arena_release(&a);
	}
}

/* Each mistake is shown where it is, and its sentence names it. */
static void test_mistakes(void **state)
{
	(void)state;
	static const struct {
		const char *text, *where, *says;
	} rows[] = {
		{ "", "", "something is missing at the end" },
		{ "age >=", "", "something is missing at the end" },
		{ "age >= 18 et", "", "something is missing at the end" },
		{ "ages > 3", "ages", "there is no question “ages”" },
		{ "statut = ferme", "ferme", "there is no question “ferme”" },
		{ "statut = \"fermes\"", "\"fermes\"", "“fermes” is not one of the answers to “statut”: \"ouvert\"" },
		{ "outils = \"marteau\"", "\"marteau\"", "is not one of the answers" },
		{ "age > 3 age", "age", "an operator is missing" },
		{ "age = \"3\"", "\"3\"", "cannot be compared" },
		{ "age = mail", "mail", "cannot be compared" },
		{ "1 < age < 5", "<", "compare two things at a time" },
		{ "age + mail", "mail", "“mail” is not a number" },
		{ "age et membre", "age", "“age” is neither true nor false" },
		{ "non mail", "mail", "“mail” is neither true nor false, and “non” takes that" },
		{ "somme(age ; nom)", "nom", "“nom” is not a number, and “somme” takes numbers" },
		{ "(age > 3", "(", "is not closed" },
		{ "max(1 ; 2", "(", "is not closed" },
		{ "nom = \"abc", "\"abc", "is not closed" },
		{ "round()", "round()", "takes at least 1" },
		{ "empty(nom, mail)", "empty(nom, mail)", "takes 1 values at most" },
		{ "rond(3)", "rond", "there is no function “rond”" },
		{ "somme > 3", "somme", "after “somme” comes a “(”" },
		{ "debut = \"2026-11-28\"", "\"2026-11-28\"", "a day is written date(2026, 11, 28)" },
		{ "debut > date(2026 ; 2 ; 30)", "date(2026 ; 2 ; 30)", "there is no such day" },
		{ "statut > \"ouvert\"", "statut", "has no order" },
		{ "lieu > 3", "lieu", "has no order" },
		{ "nom = \"\"", "\"\"", "write empty(…)" },
		{ "matches(nom, mail)", "mail", "the pattern is written out" },
		{ "matches(nom, \"[a\")", "\"[a\"", "a “[” lacks its “]”" },
		{ "si(membre ; 1 ; \"a\")", "\"a\"", "“if” gives one kind of value" },
		{ "age $ 3", "$", "“$” means nothing here" },
		{ "age > 12345678901234567890", "12345678901234567890", "too many digits" },
		{ "{ou", "{ou", "stands the short name" },
		{ "outils", "outils", "does not give one value" },
		{ "postes", "postes", "does not give one value" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a;
		struct expression_mistake mistake;
		const struct expression *e;
		char said[600];
		arena_init(&a);
		enum code code = expression_read(&a, rows[i].text, LANG_FR, &names, EXPRESSION_MISSING, &e, &mistake,
		                                 NULL);
		if (code != E_INPUT) fail_msg("%s is accepted", rows[i].text);
		const char *where = arena_strndup(&a, rows[i].text + mistake.at, mistake.len);
		err_format(&mistake.err, mistake.err.msg, said, sizeof(said));
		if (strcmp(where, rows[i].where) != 0 || strcasestr(said, rows[i].says) == NULL)
			fail_msg("%s: at “%s”, %s", rows[i].text, where, said);
		arena_release(&a);
	}
}

static void test_wanted(void **state)
{
	(void)state;
	struct arena a;
	const struct expression *e;
	arena_init(&a);
	assert_int_equal(expression_read(&a, "age", LANG_EN, &names, EXPRESSION_YES_NO, &e, NULL, NULL), E_INPUT);
	assert_int_equal(expression_read(&a, "nom", LANG_EN, &names, EXPRESSION_NUMBER, &e, NULL, NULL), E_INPUT);
	assert_int_equal(expression_read(&a, "membre", LANG_EN, &names, EXPRESSION_YES_NO, &e, NULL, NULL), OK);
	arena_release(&a);
}

/* Hostile sizes are refused, not worked on. */
static void test_limits(void **state)
{
	(void)state;
	struct arena a;
	const struct expression *e;
	arena_init(&a);
	struct buf deep, turned, longer, wide;
	buf_init(&deep, &a, 0);
	buf_init(&turned, &a, 0);
	buf_init(&longer, &a, 0);
	buf_init(&wide, &a, 0);
	for (int i = 0; i < 500; i++) {
		buf_puts(&deep, "(");
		buf_puts(&turned, "! ");
	}
	for (int i = 0; i < 600; i++) buf_puts(&longer, i ? "+1" : "1");
	buf_puts(&wide, "max(0");
	for (int i = 0; i < 100; i++) buf_puts(&wide, ", 1");
	const char *const texts[] = { buf_str(&deep), buf_str(&turned), buf_str(&longer), buf_str(&wide),
		                      arena_printf(&a, "%*s", EXPRESSION_BYTES + 1, "1") };
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_int_equal(expression_read(&a, texts[i], LANG_EN, &names, EXPRESSION_MISSING, &e, NULL, NULL),
		                 E_INPUT);
	arena_release(&a);
}

static void test_uses(void **state)
{
	(void)state;
	struct arena a;
	const char *const *used;
	arena_init(&a);
	const struct expression *e = read(&a, "age + prix > nombre and not empty(age) and debut < today()", LANG_EN);
	assert_int_equal(expression_uses(&a, e, &used), 4);
	assert_string_equal(used[0], "age");
	assert_string_equal(used[3], "debut");
	assert_true(expression_uses_today(e));
	assert_false(expression_uses_today(read(&a, "age + 1", LANG_EN)));
	arena_release(&a);
}

static void test_words(void **state)
{
	(void)state;
	static const struct {
		const char *text, *words;
	} rows[] = {
		{ "age >= 18 and not empty(mail)", "“age” is at least 18 and “mail” is filled in" },
		{ "statut in (\"ouvert\", \"projet\")", "“statut” is one of “Ouvert”, “En projet”" },
		{ "not statut in (\"ouvert\")", "“statut” is none of “Ouvert”" },
		{ "membre or membre = no", "“membre” is yes or “membre” is no" },
		{ "(membre or age > 1) and not membre",
		  "(“membre” is yes or “age” is more than 1) and “membre” is not yes" },
		{ "debut < date(2026, 11, 28)", "“debut” is less than 28 November 2026" },
		{ "age + prix > 3", "(“age” + “prix”) is more than 3" },
		{ "not (age > 3)", "it is not true that “age” is more than 3" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a;
		arena_init(&a);
		assert_string_equal(expression_words(&a, read(&a, rows[i].text, LANG_EN), LANG_EN), rows[i].words);
		arena_release(&a);
	}
}

static void test_simple(void **state)
{
	(void)state;
	struct arena a;
	struct expression_simple parts[4];
	bool any;
	arena_init(&a);
	assert_int_equal(
	        expression_simple(
	                &a,
	                read(&a, "age >= 18 and not empty(mail) and not statut in (\"ouvert\", \"ferme\")", LANG_EN), 4,
	                parts, &any),
	        3);
	assert_false(any);
	assert_string_equal(parts[0].name, "age");
	assert_string_equal(parts[0].op, ">=");
	assert_string_equal(parts[0].values[0], "18");
	assert_string_equal(parts[1].op, "notempty");
	assert_string_equal(parts[2].op, "notin");
	assert_int_equal(parts[2].nvalues, 2);
	assert_int_equal(expression_simple(&a, read(&a, "membre or debut = date(2026, 1, 2)", LANG_EN), 4, parts, &any),
	                 2);
	assert_true(any);
	assert_string_equal(parts[0].values[0], "true");
	assert_string_equal(parts[1].values[0], "2026-01-02");
	assert_int_equal(expression_simple(&a, read(&a, "membre or age > 1 and membre", LANG_EN), 4, parts, &any), 0);
	assert_int_equal(expression_simple(&a, read(&a, "age > prix", LANG_EN), 4, parts, &any), 0);
	assert_int_equal(expression_simple(&a, read(&a, "membre or membre or membre", LANG_EN), 2, parts, &any), 0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written), cmocka_unit_test(test_mistakes), cmocka_unit_test(test_wanted),
		cmocka_unit_test(test_limits),  cmocka_unit_test(test_uses),     cmocka_unit_test(test_words),
		cmocka_unit_test(test_simple),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
