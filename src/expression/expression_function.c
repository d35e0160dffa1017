#include <string.h>

#include "expression/fold.h"
#include "expression/node.h"

/*
 * To add one: 1. a row here; 2. its C in expression_work.c, declared in node.h; 3. the same in web/front/expression.ts,
 * under the same name; 4. a row in tests/unit/expression/work_test.c, and one of docs/formulaires.md. The differential test
 * then tries it with everything else.
 */
const struct expression_function expression_functions[] = {
	{ "or", "ou", SHAPE_INFIX, BIND_OR, 2, 2, "b", EXPRESSION_YES_NO, RULE_PLAIN, work_or, NULL, NULL },
	{ "and", "et", SHAPE_INFIX, BIND_AND, 2, 2, "b", EXPRESSION_YES_NO, RULE_PLAIN, work_and, NULL, NULL },
	{ "not", "non", SHAPE_PREFIX, BIND_NOT, 1, 1, "b", EXPRESSION_YES_NO, RULE_PLAIN, work_not, NULL, NULL },
	{ "=", NULL, SHAPE_INFIX, BIND_COMPARE, 2, 2, "a", EXPRESSION_YES_NO, RULE_COMPARE, work_equal, NULL, NULL },
	{ "!=", NULL, SHAPE_INFIX, BIND_COMPARE, 2, 2, "a", EXPRESSION_YES_NO, RULE_COMPARE, work_not_equal, NULL,
	  NULL },
	{ "<=", NULL, SHAPE_INFIX, BIND_COMPARE, 2, 2, "a", EXPRESSION_YES_NO, RULE_COMPARE, work_at_most, NULL, NULL },
	{ ">=", NULL, SHAPE_INFIX, BIND_COMPARE, 2, 2, "a", EXPRESSION_YES_NO, RULE_COMPARE, work_at_least, NULL,
	  NULL },
	{ "<", NULL, SHAPE_INFIX, BIND_COMPARE, 2, 2, "a", EXPRESSION_YES_NO, RULE_COMPARE, work_less, NULL, NULL },
	{ ">", NULL, SHAPE_INFIX, BIND_COMPARE, 2, 2, "a", EXPRESSION_YES_NO, RULE_COMPARE, work_more, NULL, NULL },
	{ "in", "dans", SHAPE_IN, BIND_COMPARE, 2, EXPRESSION_ARGS, "a", EXPRESSION_YES_NO, RULE_IN, work_in, NULL,
	  NULL },
	{ "+", NULL, SHAPE_INFIX, BIND_ADD, 2, 2, "a", EXPRESSION_NUMBER, RULE_ADD, work_add, NULL, NULL },
	{ "-", NULL, SHAPE_INFIX, BIND_ADD, 2, 2, "a", EXPRESSION_NUMBER, RULE_LESS, work_subtract, NULL, NULL },
	{ "*", NULL, SHAPE_INFIX, BIND_MULTIPLY, 2, 2, "n", EXPRESSION_NUMBER, RULE_PLAIN, work_multiply, NULL, NULL },
	{ "/", NULL, SHAPE_INFIX, BIND_MULTIPLY, 2, 2, "n", EXPRESSION_NUMBER, RULE_PLAIN, work_divide, NULL, NULL },
	{ "minus", NULL, SHAPE_PREFIX, BIND_MINUS, 1, 1, "n", EXPRESSION_NUMBER, RULE_PLAIN, work_minus, NULL, NULL },
	{ "if", "si", SHAPE_CALL, 0, 3, 3, "baa", EXPRESSION_MISSING, RULE_IF, work_if,
	  N_("the second when the first is true, else the third"), "if(age < 18, 5, 10)" },
	{ "empty", "vide", SHAPE_CALL, 0, 1, 1, "a", EXPRESSION_YES_NO, RULE_PLAIN, work_empty,
	  N_("is nothing answered?"), "empty(mail)" },
	{ "count", "nombre", SHAPE_CALL, 0, 1, EXPRESSION_ARGS, "a", EXPRESSION_NUMBER, RULE_PLAIN, work_count,
	  N_("how many are answered; of a question with several choices, how many are chosen; of what is yes or no, how many are yes"),
	  "count(wifi = \"libre\", acces = \"gratuit\")" },
	{ "sum", "somme", SHAPE_CALL, 0, 1, EXPRESSION_ARGS, "N", EXPRESSION_NUMBER, RULE_PLAIN, work_sum,
	  N_("the total of those that are answered"), "sum(femmes, hommes)" },
	{ "mean", "moyenne", SHAPE_CALL, 0, 1, EXPRESSION_ARGS, "N", EXPRESSION_NUMBER, RULE_PLAIN, work_mean,
	  N_("the mean of those that are answered"), "mean(note1, note2)" },
	{ "min", NULL, SHAPE_CALL, 0, 1, EXPRESSION_ARGS, "a", EXPRESSION_NUMBER, RULE_EXTREME, work_min,
	  N_("the smallest, or the first day"), "min(debut, fin)" },
	{ "max", NULL, SHAPE_CALL, 0, 1, EXPRESSION_ARGS, "a", EXPRESSION_NUMBER, RULE_EXTREME, work_max,
	  N_("the greatest, or the last day"), "max(0, places - inscrits)" },
	{ "round", "arrondi", SHAPE_CALL, 0, 1, 2, "n", EXPRESSION_NUMBER, RULE_PLAIN, work_round,
	  N_("rounded, with so many digits after the point (0 when it is not said)"), "round(prix * 0.2, 2)" },
	{ "whole", "entier", SHAPE_CALL, 0, 1, 1, "n", EXPRESSION_NUMBER, RULE_PLAIN, work_whole,
	  N_("without what comes after the point"), "whole(minutes / 60)" },
	{ "abs", NULL, SHAPE_CALL, 0, 1, 1, "n", EXPRESSION_NUMBER, RULE_PLAIN, work_abs, N_("without its sign"),
	  "abs(prevu - reel)" },
	{ "length", "longueur", SHAPE_CALL, 0, 1, 1, "t", EXPRESSION_NUMBER, RULE_PLAIN, work_length,
	  N_("how many characters"), "length(remarque) <= 500" },
	{ "contains", "contient", SHAPE_CALL, 0, 2, 2, "at", EXPRESSION_YES_NO, RULE_CONTAINS, work_contains,
	  N_("does the text hold this one? Is it among what was chosen?"), "contains(outils, \"papier\")" },
	{ "matches", "correspond", SHAPE_CALL, 0, 2, 2, "tt", EXPRESSION_YES_NO, RULE_MATCHES, work_matches,
	  N_("is the text made as this pattern says?"), "matches(cp, \"\\\\d{5}\")" },
	{ "join", "joindre", SHAPE_CALL, 0, 2, EXPRESSION_ARGS, "ta", EXPRESSION_TEXT, RULE_PLAIN, work_join,
	  N_("one text, with the first between those that are answered"), "join(\" \", prenom, nom)" },
	{ "date", NULL, SHAPE_CALL, 0, 1, 3, "a", EXPRESSION_DATE, RULE_DATE, work_date,
	  N_("a day: year, month, day; or a text such as 2026-11-28"), "date(2026, 11, 28)" },
	{ "today", "aujourdhui", SHAPE_CALL, 0, 0, 0, "", EXPRESSION_DATE, RULE_PLAIN, work_today,
	  N_("the present day"), "today()" },
	{ "year", "ann\u00E9e", SHAPE_CALL, 0, 1, 1, "d", EXPRESSION_NUMBER, RULE_PLAIN, work_year,
	  N_("the year of a day"), "year(debut)" },
	{ "month", "mois", SHAPE_CALL, 0, 1, 1, "d", EXPRESSION_NUMBER, RULE_PLAIN, work_month,
	  N_("the month of a day, 1 to 12"), "month(debut)" },
	{ "day", "jour", SHAPE_CALL, 0, 1, 1, "d", EXPRESSION_NUMBER, RULE_PLAIN, work_day,
	  N_("the day of the month, 1 to 31"), "day(debut)" },
	{ "years", "ans", SHAPE_CALL, 0, 2, 2, "d", EXPRESSION_NUMBER, RULE_PLAIN, work_years,
	  N_("how many whole years from a day to another: an age"), "years(naissance, today())" },
};

const int expression_nfunctions = (int)COUNT(expression_functions);

static bool named(struct arena *a, const struct expression_function *f, const char *folded)
{
	if (strcmp(f->name, folded) == 0) return true;
	return f->french && strcmp(fold_text(a, f->french, EXPRESSION_CHARACTERS), folded) == 0;
}

const struct expression_function *expression_function_find(struct arena *a, const char *folded)
{
	for (int i = 0; i < expression_nfunctions; i++)
		if (expression_functions[i].shape == SHAPE_CALL && named(a, &expression_functions[i], folded))
			return &expression_functions[i];
	return NULL;
}

const struct expression_function *expression_operator(const char *name, enum shape shape)
{
	for (int i = 0; i < expression_nfunctions; i++)
		if (expression_functions[i].shape == shape && strcmp(expression_functions[i].name, name) == 0)
			return &expression_functions[i];
	return NULL;
}

bool expression_word(const char *folded)
{
	static const char *const words[] = { "or", "ou", "and", "et", "not", "non", "in", "dans", "yes", "oui", "no" };
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], folded) == 0) return true;
	return false;
}

bool expression_row(int i, struct expression_row *ret)
{
	if (i < 0 || i >= expression_nfunctions) return false;
	const struct expression_function *f = &expression_functions[i];
	*ret = (struct expression_row){ f->name, f->french, f->help, f->example };
	return true;
}
