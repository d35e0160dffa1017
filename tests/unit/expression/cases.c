/*
 * expression_cases SEED COUNT: as many random expressions with random answers, each as a line of JSON with what C makes of
 * it; first a line with the names of all functions. differential.mjs asks the browser's evaluator the same.
 */
#include <stdio.h>

#include "answers.h"

static uint64_t state;

/* splitmix64: the same everywhere. */
static uint32_t roll(uint32_t below)
{
	uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
	return (uint32_t)((z ^ (z >> 31)) % below);
}

#define ONE_OF(list) (list)[roll((uint32_t)COUNT(list))]

static const char *const numbers[] = { "0",
	                               "1",
	                               "2",
	                               "3",
	                               "-1",
	                               "0.5",
	                               "2.5",
	                               "-2.5",
	                               "10",
	                               "18",
	                               "0.1",
	                               "0.000000001",
	                               "999999999999999999.999999999",
	                               "-999999999999999999.999999999",
	                               "1000000000",
	                               "123456789.987654321",
	                               "0.333333333",
	                               "12.345",
	                               "100",
	                               "31622776601.683793319" };
static const char *const texts[] = { "",           "Fête",
	                             "fete",       "L\u2019été à Tours",
	                             "37000",      "075-12",
	                             "œuf",        "Œuvre d\u2019art",
	                             "Straße",     "STRASSE",
	                             "zèbre",      "Ζεύς",
	                             "日本",       "😀 ok",
	                             "ﬁn",         "Ǆ",
	                             "a\u00A0b",   "\u017F",
	                             "İstanbul",   "ıI",
	                             "2026-11-28", "2024-02-29T10:30",
	                             "a b  c",     "Ż",
	                             "ĳ",          "x" };
static const char *const days[] = { "2026-11-28", "2024-02-29", "2000-01-01",       "0001-01-01", "9999-12-31",
	                            "1970-01-01", "1999-12-31", "2023-03-01T14:30", "1900-03-01" };
static const char *const patterns[] = { "\\\\d{5}", "0\\\\d{2}-\\\\d+", "[a-z]+",      "(a|b|c ?)*",
	                                ".*e.*",    "(fe|te)+",         "[^0-9]{2,4}", "oe.*",
	                                ".?.?.?",   "\\\\w+( \\\\w+)*", "s+tras{2}e",  "",
	                                "a*b?c+|x" };
static const char *const lists[] = { "1\n2\n3", "0.5", "-1\n-2.5\n1000", "999999999999999999\n999999999999999999" };
static const char *const chosen[] = { "ouvert", "projet\nferme", "ouvert\nprojet\nferme" };

static struct answer answers[] = {
	{ "n", EXPRESSION_NUMBER, NULL },  { "m", EXPRESSION_NUMBER, NULL },  { "q.r1", EXPRESSION_NUMBER, NULL },
	{ "t", EXPRESSION_TEXT, NULL },    { "u", EXPRESSION_TEXT, NULL },    { "b", EXPRESSION_YES_NO, NULL },
	{ "ou", EXPRESSION_YES_NO, NULL }, { "d", EXPRESSION_DATE, NULL },    { "date", EXPRESSION_DATE, NULL },
	{ "c", EXPRESSION_CHOICE, NULL },  { "s", EXPRESSION_SEVERAL, NULL }, { "q", EXPRESSION_NUMBERS, NULL },
};

static void answer_all(void)
{
	static const char *const choices[] = { "ouvert", "projet", "ferme" };
	for (size_t i = 0; i < COUNT(answers); i++) {
		struct answer *answer = &answers[i];
		answer->text = NULL;
		if (roll(5) == 0) continue;
		switch (answer->type) {
		case EXPRESSION_NUMBER: answer->text = ONE_OF(numbers); break;
		case EXPRESSION_TEXT: answer->text = ONE_OF(texts); break;
		case EXPRESSION_YES_NO: answer->text = roll(2) ? "true" : "false"; break;
		case EXPRESSION_DATE: answer->text = ONE_OF(days); break;
		case EXPRESSION_CHOICE: answer->text = ONE_OF(choices); break;
		case EXPRESSION_SEVERAL: answer->text = ONE_OF(chosen); break;
		default: answer->text = ONE_OF(lists); break;
		}
	}
}

static const char *make(struct arena *a, enum expression_type type, int depth);

static const char *number(struct arena *a, int depth)
{
	static const char *const names[] = { "n", "m", "q.r1" };
	static const char *const signs[] = { "+", "-", "*", "/" };
	static const char *const of_numbers[] = { "abs", "whole", "round" };
	static const char *const of_many[] = { "sum", "mean", "min", "max", "count" };
	static const char *const of_days[] = { "year", "month", "day" };
	if (depth <= 0) return roll(3) ? ONE_OF(names) : arena_printf(a, "%s", ONE_OF(numbers));
	switch (roll(10)) {
	case 0: return arena_printf(a, "-(%s)", number(a, depth - 1));
	case 1: return arena_printf(a, "%s(%s)", ONE_OF(of_numbers), number(a, depth - 1));
	case 2: return arena_printf(a, "round(%s, %s)", number(a, depth - 1), number(a, 0));
	case 3:
		return arena_printf(a, "%s(%s, %s, %s)", ONE_OF(of_many), roll(2) ? "q" : "n", number(a, depth - 1),
		                    number(a, depth - 1));
	case 4: return arena_printf(a, "%s(%s)", ONE_OF(of_days), make(a, EXPRESSION_DATE, depth - 1));
	case 5:
		return arena_printf(a, "years(%s, %s)", make(a, EXPRESSION_DATE, depth - 1),
		                    make(a, EXPRESSION_DATE, depth - 1));
	case 6: return arena_printf(a, "length(%s)", make(a, EXPRESSION_TEXT, depth - 1));
	case 7:
		return arena_printf(a, "count(s, b, %s, %s)", make(a, EXPRESSION_YES_NO, depth - 1),
		                    make(a, EXPRESSION_TEXT, depth - 1));
	case 8:
		return roll(2) ? arena_printf(a, "if(%s, %s, %s)", make(a, EXPRESSION_YES_NO, depth - 1),
		                              number(a, depth - 1), number(a, depth - 1))
		               : arena_printf(a, "(%s - %s)", make(a, EXPRESSION_DATE, depth - 1),
		                              make(a, EXPRESSION_DATE, depth - 1));
	default: return arena_printf(a, "(%s %s %s)", number(a, depth - 1), ONE_OF(signs), number(a, depth - 1));
	}
}

static const char *text(struct arena *a, int depth)
{
	if (depth <= 0) return roll(2) ? (roll(2) ? "t" : "u") : expression_quoted(a, ONE_OF(texts));
	switch (roll(4)) {
	case 0: return arena_printf(a, "join(%s, %s, s, %s)", text(a, 0), text(a, depth - 1), number(a, depth - 1));
	case 1:
		return arena_printf(a, "if(%s, %s, %s)", make(a, EXPRESSION_YES_NO, depth - 1), text(a, depth - 1),
		                    text(a, depth - 1));
	case 2:
		return arena_printf(a, "join(\"-\", %s, %s, q)", make(a, EXPRESSION_DATE, depth - 1),
		                    roll(2) ? "b" : "c");
	default: return "c";
	}
}

static const char *day(struct arena *a, int depth)
{
	if (depth <= 0) return roll(2) ? "d" : "date";
	switch (roll(6)) {
	case 0: return "today()";
	case 1: return arena_printf(a, "date(%s, %s, %s)", number(a, 0), number(a, 0), number(a, 0));
	case 2: return arena_printf(a, "date(%s)", roll(2) ? "t" : "u");
	case 3: return arena_printf(a, "(%s %s %s)", day(a, depth - 1), roll(2) ? "+" : "-", number(a, depth - 1));
	case 4: return arena_printf(a, "%s(%s, %s)", roll(2) ? "min" : "max", day(a, depth - 1), day(a, depth - 1));
	default: return arena_printf(a, "date(%d, %d, %d)", 1 + (int)roll(3000), 1 + (int)roll(12), 1 + (int)roll(28));
	}
}

static const char *yes_no(struct arena *a, int depth)
{
	static const char *const signs[] = { "=", "!=", "<", "<=", ">", ">=" };
	static const enum expression_type types[] = { EXPRESSION_NUMBER, EXPRESSION_TEXT, EXPRESSION_DATE };
	static const char *const all[] = { "n", "t", "b", "d", "c", "s", "q" };
	static const char *const keys[] = { "ouvert", "projet", "ferme" };
	if (depth <= 0) return roll(4) ? (roll(2) ? "b" : "{ou}") : roll(2) ? "yes" : "no";
	enum expression_type type = ONE_OF(types);
	switch (roll(9)) {
	case 0: return arena_printf(a, "(%s and %s)", yes_no(a, depth - 1), yes_no(a, depth - 1));
	case 1: return arena_printf(a, "(%s or %s)", yes_no(a, depth - 1), yes_no(a, depth - 1));
	case 2: return arena_printf(a, "not (%s)", yes_no(a, depth - 1));
	case 3: return arena_printf(a, "empty(%s)", roll(2) ? ONE_OF(all) : number(a, depth - 1));
	case 4: return arena_printf(a, "%s %s \"%s\"", roll(2) ? "c" : "s", roll(2) ? "=" : "!=", ONE_OF(keys));
	case 5:
		return arena_printf(a, "%s in (%s, %s)", roll(2) ? "t" : "u", expression_quoted(a, ONE_OF(texts) + 0),
		                    text(a, depth - 1));
	case 6: return arena_printf(a, "matches(%s, \"%s\")", text(a, depth - 1), ONE_OF(patterns));
	case 7: return arena_printf(a, "contains(%s, %s)", text(a, depth - 1), text(a, 0));
	default:
		return arena_printf(a, "(%s %s %s)", make(a, type, depth - 1), ONE_OF(signs), make(a, type, depth - 1));
	}
}

static const char *make(struct arena *a, enum expression_type type, int depth)
{
	switch (type) {
	case EXPRESSION_NUMBER: return number(a, depth);
	case EXPRESSION_DATE: return day(a, depth);
	case EXPRESSION_YES_NO: return yes_no(a, depth);
	default: return text(a, depth);
	}
}

static const char *type_name(enum expression_type type)
{
	static const char *const names[EXPRESSION_TYPES] = { "",     "number", "text",    "yes_no",
		                                             "date", "text",   "several", "numbers" };
	return names[type];
}

static json_t *answers_json(void)
{
	json_t *all = json_object();
	for (size_t i = 0; i < COUNT(answers); i++)
		if (answers[i].text)
			json_object_set_new(all, answers[i].name,
			                    json_pack("[s,s]", type_name(answers[i].type), answers[i].text));
	return all;
}

/* Written in both languages and read again, it is the same. */
static void check_written(struct arena *a, const struct expression *e, const struct expression_names *names)
{
	const char *kept = expression_text(a, e, LANG_EN);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const struct expression *again;
		const char *written = expression_text(a, e, (enum lang)lang);
		struct err err;
		if (expression_read(a, written, (enum lang)lang, names, EXPRESSION_MISSING, &again, NULL, &err) != OK)
			die("“%s” is not read again: %s", written, err.msg);
		if (strcmp(expression_text(a, again, LANG_EN), kept) != 0)
			die("“%s” becomes “%s”", kept, expression_text(a, again, LANG_EN));
	}
}

/* False: what was made is too long for the language. */
static bool one(struct arena *a)
{
	static const enum expression_type types[] = { EXPRESSION_NUMBER, EXPRESSION_TEXT, EXPRESSION_DATE,
		                                      EXPRESSION_YES_NO };
	answer_all();
	enum expression_type type = ONE_OF(types);
	const char *s = make(a, type, 1 + (int)roll(4));
	struct answers all = { a, answers, (int)COUNT(answers) };
	struct expression_names names = { answers_find, &all };
	const struct expression *e;
	struct err err;
	if (expression_read(a, s, LANG_EN, &names, EXPRESSION_MISSING, &e, NULL, &err) != OK) return false;
	check_written(a, e, &names);
	struct expression_answers given = { answers_value, &all, (int64_t)roll(40000) - 5000 };
	struct expression_value value = expression_work(a, e, &given);
	const char *want = expression_value_text(a, &value);
	json_t *line = json_pack("{s:s,s:o,s:o,s:I,s:s?}", "text", s, "tree", expression_json(e), "answers",
	                         answers_json(), "today", (json_int_t)given.today, "want", want);
	char *json = json_dumps(line, JSON_COMPACT);
	puts(json);
	free(json);
	json_decref(line);
	return true;
}

int main(int argc, char **argv)
{
	if (argc != 3) return 2;
	state = strtoull(argv[1], NULL, 10);
	long wanted = strtol(argv[2], NULL, 10);
	struct expression_row row;
	putchar('[');
	for (int i = 0; expression_row(i, &row); i++) printf("%s\"%s\"", i ? "," : "", row.name);
	puts("]");
	for (long made = 0, tried = 0; made < wanted && tried < 3 * wanted; tried++) {
		struct arena a;
		arena_init(&a);
		made += one(&a);
		arena_release(&a);
	}
	return 0;
}
