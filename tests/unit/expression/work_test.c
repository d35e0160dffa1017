#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "answers.h"

static const struct answer given[] = {
	{ "age", EXPRESSION_NUMBER, "18" },
	{ "note", EXPRESSION_NUMBER, "2.5" },
	{ "grand", EXPRESSION_NUMBER, "999999999999999999.999999999" },
	{ "rien", EXPRESSION_NUMBER, NULL },
	{ "nom", EXPRESSION_TEXT, "Espace L\u2019\u00C9toile" },
	{ "cp", EXPRESSION_TEXT, "37000" },
	{ "mail", EXPRESSION_TEXT, NULL },
	{ "vrai", EXPRESSION_YES_NO, "true" },
	{ "faux", EXPRESSION_YES_NO, "false" },
	{ "nsp", EXPRESSION_YES_NO, NULL },
	{ "ne_le", EXPRESSION_DATE, "2008-02-29" },
	{ "debut", EXPRESSION_DATE, "2026-11-28T14:30" },
	{ "jamais", EXPRESSION_DATE, NULL },
	{ "statut", EXPRESSION_CHOICE, "ferme" },
	{ "outils", EXPRESSION_SEVERAL, "ouvert\nprojet" },
	{ "aucun", EXPRESSION_SEVERAL, "" },
	{ "postes", EXPRESSION_NUMBERS, "4\n0.5\n-1" },
	{ "postes.fixes", EXPRESSION_NUMBER, "4" },
};

static struct answers all = { NULL, given, (int)COUNT(given) };

/* The value of a text as text, "missing", or the mistake. */
static const char *work(struct arena *a, const char *text)
{
	struct expression_names names = { answers_find, &all };
	struct expression_answers answers = { answers_value, &all, 20786 /* 2026-11-29 */ };
	const struct expression *e;
	struct err err;
	char said[600];
	all.a = a;
	if (expression_read(a, text, LANG_EN, &names, EXPRESSION_MISSING, &e, NULL, &err) != OK)
		return arena_strdup(a, err_format(&err, err.msg, said, sizeof(said)));
	struct expression_value value = expression_work(a, e, &answers);
	const char *result = expression_value_text(a, &value);
	return result ? result : "missing";
}

struct row {
	const char *text, *want;
};

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct arena a;
		arena_init(&a);
		const char *got = work(&a, rows[i].text);
		if (strcmp(got, rows[i].want) != 0) fail_msg("%s: %s, not %s", rows[i].text, got, rows[i].want);
		arena_release(&a);
	}
}

/* By Python 3.11's decimal, prec 60, quantize(1e-9, ROUND_HALF_UP); and by PostgreSQL's numeric where it rounds. */
static void test_numbers(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "0.1 + 0.2", "0.3" }, /* which binary fractions do not give */
		{ "1 - 0.9", "0.1" },
		{ "1.005 * 100", "100.5" },
		{ "1 / 3", "0.333333333" },
		{ "2 / 3", "0.666666667" },
		{ "-2 / 3", "-0.666666667" },
		{ "2 / 3 * 3", "2.000000001" },
		{ "0.000000001 / 2", "0.000000001" },
		{ "-0.000000001 / 2", "-0.000000001" },
		{ "0.000000001 / 3", "0" },
		{ "123456789.987654321 * 12.345", "1524074072.397592593" },
		{ "31622776601.683793319 * 2", "63245553203.367586638" },
		{ "1000000000 * 1000000000", "missing" }, /* 10^18: one digit too many */
		{ "999999999 * 1000000000", "999999999000000000" },
		{ "grand + 0.000000001", "missing" },
		{ "grand - grand", "0" },
		{ "grand / 0.1", "missing" },
		{ "1 / 0", "missing" },
		{ "0 / 0", "missing" },
		{ "2 + 3 * 4", "14" },
		{ "(2 + 3) * 4", "20" },
		{ "10 - 3 - 2", "5" },
		{ "12 / 3 / 2", "2" },
		{ "-age + 1", "-17" },
		{ "2 - -3", "5" },
		{ "round(2.5)", "3" },
		{ "round(-2.5)", "-3" },
		{ "round(1.005, 2)", "1.01" },
		{ "round(1234.5678, 9)", "1234.5678" },
		{ "round(1234.5678, 1)", "1234.6" },
		{ "round(grand)", "missing" },
		{ "whole(2.9) + whole(-2.9)", "0" },
		{ "abs(-2.5)", "2.5" },
		{ "age + rien", "missing" },
		{ "sum(age, rien, note)", "20.5" },
		{ "sum(rien)", "missing" },
		{ "mean(age, rien, note)", "10.25" },
		{ "mean(1, 2, 4)", "2.333333333" },
		{ "sum(postes, 1)", "4.5" },
		{ "mean(postes)", "1.166666667" },
		{ "min(postes, rien)", "-1" },
		{ "max(postes)", "4" },
		{ "count(postes, age, rien)", "4" },
		{ "postes.fixes * 2", "8" },
	};
	check_rows(rows, COUNT(rows));
}

static void test_missing(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "rien = 0", "false" },
		{ "rien != 0", "true" },
		{ "rien < 5", "false" },
		{ "rien >= 5", "false" },
		{ "not rien < 5", "true" },
		{ "rien = rien", "false" },
		{ "empty(rien)", "true" },
		{ "empty(age)", "false" },
		{ "empty(aucun)", "true" },
		{ "nsp", "missing" },
		{ "not nsp", "true" },
		{ "nsp or vrai", "true" },
		{ "nsp = no", "false" },
		{ "nsp and vrai", "false" },
		{ "if(nsp, 1, 2)", "2" },
		{ "faux = no", "true" },
		{ "empty(faux)", "false" },
		{ "not (vrai and faux)", "true" },
		{ "mail != \"x\"", "true" },
		{ "contains(mail, \"x\")", "false" },
		{ "matches(mail, \".*\")", "false" },
		{ "length(mail)", "missing" },
		{ "count(mail, nom, vrai, faux, nsp)", "2" },
		{ "statut = \"ferme\" and age >= 18", "true" },
		{ "vrai or faux and faux", "true" },
	};
	check_rows(rows, COUNT(rows));
}

static void test_texts(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "nom = \"espace l'etoile\"", "true" },
		{ "contains(nom, \"ÉTOILE\")", "true" },
		{ "contains(nom, \"toit\")", "false" },
		{ "nom in (\"a\", \"Espace l’étoile\")", "true" },
		{ "nom not in (\"a\", \"b\")", "true" },
		{ "length(nom)", "15" },
		{ "matches(cp, \"37\\\\d{3}\")", "true" },
		{ "matches(cp, \"\\\\d{4}\")", "false" },
		{ "join(\", \", nom, mail, age, outils, debut)",
		  "Espace L\u2019\u00C9toile, 18, ouvert, projet, 2026-11-28" },
		{ "join(\"\", mail)", "missing" },
		{ "statut = \"Fermé\"", "true" }, /* its words are taken for its key */
		{ "statut in (\"ouvert\", \"projet\")", "false" },
		{ "outils = \"projet\"", "true" },
		{ "outils != \"projet\"", "false" },
		{ "outils = \"ferme\"", "false" },
		{ "outils in (\"ferme\", \"projet\")", "true" },
		{ "contains(outils, \"En projet\")", "true" },
		{ "count(outils)", "2" },
		{ "count(aucun)", "0" },
		{ "if(age >= 18, \"majeur\", \"mineur\")", "majeur" },
		{ "nom < \"f\"", "true" },
	};
	check_rows(rows, COUNT(rows));
}

/* By Python's datetime. */
static void test_days(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "today()", "2026-11-29" },
		{ "date(2024, 2, 29) + 365", "2025-02-28" },
		{ "date(2024, 2, 29) - 60", "2023-12-31" },
		{ "date(2000, 3, 1) - date(1900, 3, 1)", "36525" },
		{ "date(9999, 12, 31) + 1", "missing" },
		{ "date(1, 1, 1) - 1", "missing" },
		{ "debut = date(2026, 11, 28)", "true" },
		{ "debut < today()", "true" },
		{ "jamais < today()", "false" },
		{ "date(\"2026-11-28\") = debut", "true" },
		{ "date(nom)", "missing" },
		{ "date(2023, note, 30)", "missing" }, /* 30 February */
		{ "years(ne_le, date(2026, 2, 28))", "17" },
		{ "years(ne_le, date(2026, 3, 1))", "18" },
		{ "years(date(2026, 3, 1), ne_le)", "-18" },
		{ "year(debut) * 10000 + month(debut) * 100 + day(debut)", "20261128" },
		{ "min(debut, ne_le, jamais)", "2008-02-29" },
		{ "max(debut, ne_le)", "2026-11-28" },
	};
	check_rows(rows, COUNT(rows));
}

/* A value that is not of its question's type is none: nothing is read as what it is not. */
static struct expression_value lying(void *context, const char *name)
{
	(void)context;
	(void)name;
	return (struct expression_value){ .type = EXPRESSION_YES_NO, .yes = true };
}

static void test_other_type(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	struct expression_names names = { answers_find, &all };
	struct expression_answers answers = { lying, NULL, 0 };
	const struct expression *e;
	assert_int_equal(expression_read(&a, "length(nom)", LANG_EN, &names, EXPRESSION_NUMBER, &e, NULL, NULL), OK);
	assert_int_equal(expression_work(&a, e, &answers).type, EXPRESSION_MISSING);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_missing),    cmocka_unit_test(test_texts),
		cmocka_unit_test(test_days),    cmocka_unit_test(test_other_type),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
