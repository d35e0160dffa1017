/*
 * Can conditions all be true? Branches of `or` are tried one after the other; in each, what is said of one question is put
 * together: an interval, answers that are left, filled in or not. What is not understood is taken as possible.
 */
#include <string.h>

#include "expression/fold.h"
#include "expression/node.h"

enum { FACTS = 64, WAITING = 64, BUDGET = 5000 /* branches and facts: then it is taken as possible */ };

/* `question op value`, true or not. */
struct fact {
	const struct expression *leaf, *question; /* question NULL: only the leaf itself is known */
	const char *op;                           /* "=", "<", "<=", ">", ">=", "empty", "in" */
	const struct expression *values;          /* the call that holds them */
	int first;                                /* where they begin in it */
	bool holds;
};

struct search {
	struct arena *a;
	int budget;
	struct fact facts[FACTS];
	int nfacts;
};

struct waiting {
	const struct expression *e;
	bool holds;
};

static bool calls(const struct expression *e, const char *name)
{
	return e->kind == NODE_CALL && strcmp(e->function->name, name) == 0;
}

/* ---- One question ---- */

static bool same_question(const struct fact *x, const struct fact *y)
{
	return x->question && y->question && strcmp(x->question->text, y->question->text) == 0;
}

static const char *text_of(struct search *s, const struct fact *fact, int i)
{
	struct expression_value value;
	if (!expression_constant(s->a, fact->values->args[fact->first + i], &value)) return NULL;
	return expression_value_text(s->a, &value);
}

static int count_values(const struct fact *fact)
{
	return strcmp(fact->op, "in") == 0 ? fact->values->nargs - 1 : 1;
}

static bool is_equality(const struct fact *fact)
{
	return strcmp(fact->op, "=") == 0 || strcmp(fact->op, "in") == 0;
}

/* Is one of the fact's values this one? */
static bool names_value(struct search *s, const struct fact *fact, const char *text)
{
	const char *folded = fold_text(s->a, text, EXPRESSION_CHARACTERS);
	for (int i = 0; i < count_values(fact); i++) {
		const char *value = text_of(s, fact, i);
		if (value && strcmp(fold_text(s->a, value, EXPRESSION_CHARACTERS), folded) == 0) return true;
	}
	return false;
}

/* Does this answer agree with all that is said of equality? */
static bool allowed_by_all(struct search *s, const struct fact *about, const char *text)
{
	for (int i = 0; i < s->nfacts; i++) {
		const struct fact *f = &s->facts[i];
		if (same_question(f, about) && is_equality(f) && names_value(s, f, text) != f->holds) return false;
	}
	return true;
}

/* Some answer is left: one that an equality names, or one of those offered. */
static bool value_left(struct search *s, const struct fact *about)
{
	const struct expression_name *name = about->question->name;
	bool pinned = false;
	for (int i = 0; i < s->nfacts; i++) {
		const struct fact *f = &s->facts[i];
		if (!same_question(f, about) || !is_equality(f) || !f->holds) continue;
		pinned = true;
		for (int j = 0; j < count_values(f); j++) {
			const char *text = text_of(s, f, j);
			if (text == NULL || allowed_by_all(s, about, text)) return true;
		}
	}
	if (pinned) return false;
	if (about->question->type == EXPRESSION_YES_NO)
		return allowed_by_all(s, about, "true") || allowed_by_all(s, about, "false");
	for (int i = 0; i < name->nchoices; i++)
		if (allowed_by_all(s, about, name->choices[i].key)) return true;
	return name->nchoices == 0;
}

/* Of several choices: none is both there and not there. */
static bool choices_agree(struct search *s, const struct fact *about)
{
	for (int i = 0; i < s->nfacts; i++)
		for (int j = 0; j < s->nfacts; j++) {
			const struct fact *there = &s->facts[i], *away = &s->facts[j];
			if (!same_question(there, about) || !same_question(away, about)) continue;
			if (!is_equality(there) || !is_equality(away) || !there->holds || away->holds) continue;
			bool all = true;
			for (int k = 0; k < count_values(there) && all; k++) {
				const char *text = text_of(s, there, k);
				all = text && names_value(s, away, text);
			}
			if (all) return false;
		}
	return true;
}

struct bound {
	struct expression_value value;
	bool there, strict;
};

static void tighten(struct search *s, struct bound *bound, const struct expression_value *value, bool strict, int sign)
{
	int order = bound->there ? expression_compare(s->a, value, &bound->value) * sign : 1;
	if (order < 0 || (order == 0 && (bound->strict || !strict))) return;
	*bound = (struct bound){ *value, true, strict };
}

/* Numbers and days: what is left between the bounds. */
static bool interval_left(struct search *s, const struct fact *about)
{
	struct bound low = { .there = false }, high = { .there = false };
	for (int i = 0; i < s->nfacts; i++) {
		const struct fact *f = &s->facts[i];
		struct expression_value value;
		if (!same_question(f, about) || strcmp(f->op, "empty") == 0 || strcmp(f->op, "in") == 0) continue;
		if (!expression_constant(s->a, f->values->args[f->first], &value)) continue;
		if (value.type == EXPRESSION_MISSING) {
			if (f->holds) return false;
			continue;
		}
		bool equal = strcmp(f->op, "=") == 0, less = f->op[0] == '<', strict = f->op[1] == '\0';
		if (equal && !f->holds) continue;
		if (!f->holds) {
			less = !less;
			strict = !strict;
		}
		if (equal || less) tighten(s, &high, &value, strict && !equal, -1);
		if (equal || !less) tighten(s, &low, &value, strict && !equal, 1);
	}
	if (!low.there || !high.there) return true;
	int order = expression_compare(s->a, &low.value, &high.value);
	if (order == 0 && !low.strict && !high.strict) {
		const char *only = expression_value_text(s->a, &low.value);
		return only == NULL || allowed_by_all(s, about, only);
	}
	return order < 0;
}

/* Is what is said of this question possible? */
static bool agree(struct search *s, const struct fact *about)
{
	bool filled = false, empty = false;
	for (int i = 0; i < s->nfacts; i++) {
		const struct fact *f = &s->facts[i];
		if (!same_question(f, about)) continue;
		bool asks_empty = strcmp(f->op, "empty") == 0;
		filled |= asks_empty != f->holds; /* filled in, or compared with something and true */
		empty |= asks_empty && f->holds;
	}
	if (!filled) return true;
	if (empty) return false;
	switch (about->question->type) {
	case EXPRESSION_NUMBER:
	case EXPRESSION_DATE: return interval_left(s, about) && value_left(s, about);
	case EXPRESSION_SEVERAL: return choices_agree(s, about);
	default: return value_left(s, about);
	}
}

/* ---- Facts ---- */

static bool is_constant(struct search *s, const struct expression *e)
{
	struct expression_value value;
	return expression_constant(s->a, e, &value);
}

static struct fact fact_of(struct search *s, const struct expression *e, bool holds)
{
	static const char *const mirrored[][2] = {
		{ "=", "=" }, { "<", ">" }, { ">", "<" }, { "<=", ">=" }, { ">=", "<=" }
	};
	struct fact fact = { .leaf = e, .holds = holds };
	if (e->kind != NODE_CALL) return fact;
	const char *op = e->function->name;
	bool equal_not = strcmp(op, "!=") == 0;
	if (equal_not) op = "=";
	if (calls(e, "empty") && e->args[0]->kind == NODE_NAME) {
		fact.question = e->args[0];
		fact.op = "empty";
	} else if (calls(e, "in") && e->args[0]->kind == NODE_NAME) {
		for (int i = 1; i < e->nargs; i++)
			if (!is_constant(s, e->args[i])) return fact;
		fact = (struct fact){ e, e->args[0], "in", e, 1, holds };
	} else if (calls(e, "contains") && e->args[0]->kind == NODE_NAME && e->args[0]->type == EXPRESSION_SEVERAL &&
	           is_constant(s, e->args[1])) {
		fact = (struct fact){ e, e->args[0], "=", e, 1, holds };
	} else if (e->function->rule == RULE_COMPARE) {
		for (size_t i = 0; i < COUNT(mirrored); i++) {
			if (strcmp(mirrored[i][0], op) != 0) continue;
			if (e->args[0]->kind == NODE_NAME && is_constant(s, e->args[1]))
				fact = (struct fact){ e, e->args[0], mirrored[i][0], e, 1, holds != equal_not };
			else if (e->args[1]->kind == NODE_NAME && is_constant(s, e->args[0]))
				fact = (struct fact){ e, e->args[1], mirrored[i][1], e, 0, holds != equal_not };
		}
	}
	return fact;
}

/* A question of yes or no that stands alone: = yes. */
static struct fact fact_alone(struct search *s, const struct expression *e, bool holds)
{
	struct expression *yes = arena_new(s->a, struct expression), *call = arena_new(s->a, struct expression);
	*yes = (struct expression){ .kind = NODE_YES_NO, .type = EXPRESSION_YES_NO, .yes = true };
	const struct expression *args[] = { e, yes };
	*call = (struct expression){ .kind = NODE_CALL,
		                     .type = EXPRESSION_YES_NO,
		                     .function = expression_operator("=", SHAPE_INFIX),
		                     .args = arena_memdup(s->a, args, sizeof(args)),
		                     .nargs = 2 };
	return fact_of(s, call, holds);
}

/* The same words, true here and false there. */
static bool contradicts(struct search *s, const struct fact *fact)
{
	const char *text = expression_text(s->a, fact->leaf, LANG_EN);
	for (int i = 0; i < s->nfacts; i++)
		if (s->facts[i].question == NULL && s->facts[i].holds != fact->holds &&
		    strcmp(expression_text(s->a, s->facts[i].leaf, LANG_EN), text) == 0)
			return true;
	return false;
}

static bool solve(struct search *s, const struct waiting *waiting, int n);

static bool solve_leaf(struct search *s, const struct expression *e, bool holds, const struct waiting *rest, int n)
{
	struct expression_value value;
	if (expression_constant(s->a, e, &value))
		return (value.type == EXPRESSION_YES_NO && value.yes) == holds && solve(s, rest, n);
	struct fact fact = e->kind == NODE_NAME ? fact_alone(s, e, holds) : fact_of(s, e, holds);
	if (s->nfacts == FACTS) return true;
	if (fact.question == NULL && contradicts(s, &fact)) return false;
	s->facts[s->nfacts++] = fact;
	bool possible = (fact.question == NULL || agree(s, &fact)) && solve(s, rest, n);
	s->nfacts--;
	return possible;
}

/* All that waits, together with the facts; the last first. */
static bool solve(struct search *s, const struct waiting *waiting, int n)
{
	if (n == 0 || s->budget-- <= 0) return true;
	struct waiting next[WAITING + 1];
	const struct expression *e = waiting[n - 1].e;
	bool holds = waiting[n - 1].holds;
	memcpy(next, waiting, (size_t)n * sizeof(*next));
	if (calls(e, "not")) {
		next[n - 1] = (struct waiting){ e->args[0], !holds };
		return solve(s, next, n);
	}
	if (calls(e, "and") || calls(e, "or")) {
		bool both = calls(e, "and") == holds;
		next[n - 1] = (struct waiting){ e->args[0], holds };
		if (!both) {
			if (solve(s, next, n)) return true;
			next[n - 1].e = e->args[1];
			return solve(s, next, n);
		}
		if (n == WAITING) return true;
		next[n] = (struct waiting){ e->args[1], holds };
		return solve(s, next, n + 1);
	}
	return solve_leaf(s, e, holds, waiting, n - 1);
}

bool expression_possible(struct arena *a, const struct expression *const *all, int n)
{
	struct waiting waiting[WAITING + 1];
	struct search *s = arena_new(a, struct search);
	if (n > WAITING) return true;
	*s = (struct search){ .a = a, .budget = BUDGET };
	for (int i = 0; i < n; i++) waiting[i] = (struct waiting){ all[i], true };
	return solve(s, waiting, n);
}
