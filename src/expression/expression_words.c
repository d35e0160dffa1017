/* Conditions in words, and as menus have them. */
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "expression/node.h"

static bool calls(const struct expression *e, const char *name)
{
	return e->kind == NODE_CALL && strcmp(e->function->name, name) == 0;
}

/* ---- Words ---- */

static const struct {
	const char *name, *words;
} compared[] = {
	{ "=", N_("is") },          { "!=", N_("is not") },         { "<", N_("is less than") },
	{ "<=", N_("is at most") }, { ">", N_("is more than") },    { ">=", N_("is at least") },
	{ "in", N_("is one of") },  { "contains", N_("contains") }, { "matches", N_("has the form") },
};

/* The label of an answer, else the text itself. */
static const char *choice_words(const struct expression *question, const char *text)
{
	const struct expression_name *name = question->kind == NODE_NAME ? question->name : NULL;
	for (int i = 0; name && i < name->nchoices; i++)
		if (strcmp(name->choices[i].key, text) == 0)
			return name->choices[i].label ? name->choices[i].label : text;
	return text;
}

/* One side of a comparison; `other`: the other side. */
static const char *side(struct arena *a, const struct expression *e, const struct expression *other, enum lang lang)
{
	struct expression_value value;
	char number[NUMBER_SIZE];
	if (e->kind == NODE_NAME || !expression_constant(a, e, &value)) return expression_labelled(a, e, lang);
	switch (value.type) {
	case EXPRESSION_NUMBER: return number_format(a, decimal_text(value.number, number), 0, lang);
	case EXPRESSION_DATE: return date_format(a, date_from_days(value.day), DATE_LONG, lang);
	case EXPRESSION_YES_NO: return tr(lang, value.yes ? N_("yes") : N_("no"));
	case EXPRESSION_TEXT: return arena_printf(a, tr(lang, N_("“%s”")), choice_words(other, value.text));
	default: return expression_labelled(a, e, lang);
	}
}

static const char *comparison(struct arena *a, const struct expression *e, const char *words, enum lang lang)
{
	const struct expression *x = e->args[0];
	struct buf values;
	buf_init(&values, a, 0);
	for (int i = 1; i < e->nargs; i++) buf_printf(&values, "%s%s", i > 1 ? ", " : "", side(a, e->args[i], x, lang));
	return arena_printf(a, "%s %s %s", side(a, x, e->args[1], lang), tr(lang, words), buf_str(&values));
}

static const char *state(struct arena *a, const struct expression *question, const char *words, enum lang lang)
{
	return arena_printf(a, "%s %s", expression_labelled(a, question, lang), tr(lang, words));
}

static const char *words_of(struct arena *a, const struct expression *e, int bind, enum lang lang);

static const char *turned(struct arena *a, const struct expression *inside, enum lang lang)
{
	if (calls(inside, "empty")) return state(a, inside->args[0], N_("is filled in"), lang);
	if (calls(inside, "in")) return comparison(a, inside, N_("is none of"), lang);
	if (calls(inside, "=")) return comparison(a, inside, N_("is not"), lang);
	if (calls(inside, "contains")) return comparison(a, inside, N_("does not contain"), lang);
	if (inside->kind == NODE_NAME)
		return arena_printf(a, "%s %s %s", expression_labelled(a, inside, lang), tr(lang, N_("is not")),
		                    tr(lang, N_("yes")));
	return arena_printf(a, tr(lang, N_("it is not true that %s")), words_of(a, inside, BIND_NOT, lang));
}

static const char *words_of(struct arena *a, const struct expression *e, int bind, enum lang lang)
{
	if (e->kind == NODE_NAME)
		return arena_printf(a, "%s %s %s", expression_labelled(a, e, lang), tr(lang, N_("is")),
		                    tr(lang, N_("yes")));
	if (calls(e, "and") || calls(e, "or")) {
		bool and = calls(e, "and");
		const char *left = words_of(a, e->args[0], e->function->bind, lang);
		const char *right = words_of(a, e->args[1], e->function->bind, lang);
		const char *both = arena_printf(a, and? tr(lang, N_("%s and %s")) : tr(lang, N_("%s or %s")), left,
		                                right);
		return e->function->bind < bind ? arena_printf(a, "(%s)", both) : both;
	}
	if (calls(e, "not")) return turned(a, e->args[0], lang);
	if (calls(e, "empty")) return state(a, e->args[0], N_("is empty"), lang);
	for (size_t i = 0; i < COUNT(compared); i++)
		if (calls(e, compared[i].name)) return comparison(a, e, compared[i].words, lang);
	return expression_labelled(a, e, lang);
}

const char *expression_words(struct arena *a, const struct expression *e, enum lang lang)
{
	return words_of(a, e, BIND_OR, lang);
}

/* ---- Menus ---- */

/* "age >= 18": a question, an operator, values that are written out. */
static bool part_of(struct arena *a, const struct expression *e, struct expression_simple *ret)
{
	bool turned_round = calls(e, "not");
	if (turned_round) e = e->args[0];
	if (e->kind == NODE_NAME && !turned_round) {
		static const char *const yes[] = { "true" };
		*ret = (struct expression_simple){ e->text, "=", yes, 1 };
		return true;
	}
	if (e->kind != NODE_CALL || e->nargs == 0 || e->args[0]->kind != NODE_NAME) return false;
	const char *op = e->function->name;
	bool empty = calls(e, "empty"), in = calls(e, "in");
	if (turned_round && !empty && !in) return false;
	if (empty) op = turned_round ? "notempty" : "empty";
	if (in && turned_round) op = "notin";
	const char **values = arena_array(a, const char *, (size_t)e->nargs + 1);
	for (int i = 1; i < e->nargs; i++) {
		struct expression_value value;
		if (!expression_constant(a, e->args[i], &value) || value.type == EXPRESSION_MISSING) return false;
		values[i - 1] = expression_value_text(a, &value);
	}
	bool known = empty || in || e->function->rule == RULE_COMPARE || calls(e, "contains");
	*ret = (struct expression_simple){ e->args[0]->text, op, values, e->nargs - 1 };
	return known;
}

static int parts(struct arena *a, const struct expression *e, const char *joint, int max, struct expression_simple *ret)
{
	if (!calls(e, joint)) return max > 0 && part_of(a, e, ret) ? 1 : -1;
	int left = parts(a, e->args[0], joint, max, ret);
	int right = left < 0 ? -1 : parts(a, e->args[1], joint, max - left, ret + left);
	return right < 0 ? -1 : left + right;
}

int expression_simple(struct arena *a, const struct expression *e, int max, struct expression_simple *ret, bool *any)
{
	*any = calls(e, "or");
	int n = parts(a, e, *any ? "or" : "and", max, ret);
	return MAX(n, 0);
}
