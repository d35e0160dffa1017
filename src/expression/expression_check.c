/* Types: what each row of the table takes, said in words of who wrote it. */
#include <string.h>

#include "expression/expression_lex.h"
#include "expression/fold.h"

struct checker {
	struct arena *a;
	struct expression *call;
	struct expression_mistake *mistake;
};

static bool is_text(const struct expression *e)
{
	return e->type == EXPRESSION_TEXT || e->type == EXPRESSION_CHOICE;
}

/* "“Âge”", "“round(…)”", "“12”": how a part is named. Messages come as whole sentences, so no more than that. */
static const char *part_name(struct arena *a, const struct expression *e)
{
	char number[NUMBER_SIZE];
	switch (e->kind) {
	case NODE_NAME: return e->name->label ? e->name->label : e->text;
	case NODE_TEXT: return e->text;
	case NODE_NUMBER: return arena_strdup(a, decimal_text(e->number, number));
	case NODE_YES_NO: return e->yes ? "yes" : "no";
	default: return e->function->shape == SHAPE_CALL ? arena_printf(a, "%s(…)", e->text) : e->text;
	}
}

/* One sentence for each type that is asked for. */
static enum code refuse(struct checker *c, const struct expression *arg, enum expression_type wanted)
{
	const char *part = part_name(c->a, arg), *taker = c->call->text;
	switch (wanted) {
	case EXPRESSION_NUMBER:
		MISTAKE(c->mistake, arg->at, arg->len, N_("“%s” is not a number, and “%s” takes numbers"), part, taker);
	case EXPRESSION_TEXT:
		MISTAKE(c->mistake, arg->at, arg->len, N_("“%s” is not a text, and “%s” takes a text"), part, taker);
	case EXPRESSION_DATE:
		MISTAKE(c->mistake, arg->at, arg->len, N_("“%s” is not a day, and “%s” takes days"), part, taker);
	default:
		MISTAKE(c->mistake, arg->at, arg->len,
		        N_("“%s” is neither true nor false, and “%s” takes that: compare it with something"), part,
		        taker);
	}
}

static enum code check_one(struct checker *c, const struct expression *arg, char takes)
{
	switch (takes) {
	case 'n': return arg->type == EXPRESSION_NUMBER ? OK : refuse(c, arg, EXPRESSION_NUMBER);
	case 'N':
		if (arg->type == EXPRESSION_NUMBERS) return OK;
		return arg->type == EXPRESSION_NUMBER ? OK : refuse(c, arg, EXPRESSION_NUMBER);
	case 't': return is_text(arg) ? OK : refuse(c, arg, EXPRESSION_TEXT);
	case 'b': return arg->type == EXPRESSION_YES_NO ? OK : refuse(c, arg, EXPRESSION_YES_NO);
	case 'd': return arg->type == EXPRESSION_DATE ? OK : refuse(c, arg, EXPRESSION_DATE);
	default: return OK;
	}
}

/* ---- Answers that are offered ---- */

/* A text compared with a question that offers answers is the key of one, or its words. */
static enum code take_choice(struct checker *c, const struct expression *question, struct expression *text)
{
	const struct expression_name *name = question->kind == NODE_NAME ? question->name : NULL;
	if (name == NULL || name->nchoices == 0 || text->kind != NODE_TEXT) return OK;
	const char *folded = fold_text(c->a, text->text, EXPRESSION_CHARACTERS);
	struct buf offered;
	buf_init(&offered, c->a, 0);
	for (int i = 0; i < name->nchoices; i++)
		if (strcmp(name->choices[i].key, folded) == 0) {
			text->text = name->choices[i].key;
			return OK;
		}
	for (int i = 0; i < name->nchoices; i++) {
		const char *label = name->choices[i].label ? name->choices[i].label : "";
		if (strcmp(fold_text(c->a, label, EXPRESSION_CHARACTERS), folded) == 0) {
			text->text = name->choices[i].key;
			return OK;
		}
		if (i < 12) buf_printf(&offered, "%s\"%s\"", i ? ", " : "", name->choices[i].key);
		else if (i == 12) buf_puts(&offered, "…");
	}
	MISTAKE(c->mistake, text->at, text->len, N_("“%s” is not one of the answers to “%s”: %s"), text->text,
	        part_name(c->a, question), buf_str(&offered));
}

/* ---- Rules ---- */

static enum code check_alike(struct checker *c, const struct expression *x, struct expression *y)
{
	if (y->kind == NODE_TEXT && *y->text == '\0')
		MISTAKE(c->mistake, y->at, y->len, N_("To ask whether nothing is answered, write empty(…)"));
	if (x->type == EXPRESSION_SEVERAL || x->type == EXPRESSION_MISSING) {
		if (!is_text(y))
			MISTAKE(c->mistake, y->at, y->len, N_("“%s” is compared with one of its answers, between “\"”"),
			        part_name(c->a, x));
		return take_choice(c, x, y);
	}
	bool alike = x->type == y->type || (is_text(x) && is_text(y));
	/* A day is written as a text: "2026-11-28". */
	if (x->type == EXPRESSION_DATE && is_text(y))
		MISTAKE(c->mistake, y->at, y->len, N_("A day is written date(2026, 11, 28)"));
	if (!alike || x->type == EXPRESSION_NUMBERS)
		MISTAKE(c->mistake, y->at, y->len,
		        N_("“%s” and “%s” cannot be compared: they are not of the same kind"), part_name(c->a, x),
		        part_name(c->a, y));
	return take_choice(c, x, y);
}

static bool is_equality(const struct expression_function *f)
{
	return strcmp(f->name, "=") == 0 || strcmp(f->name, "!=") == 0;
}

static enum code check_compare(struct checker *c)
{
	struct expression *x = (struct expression *)c->call->args[0], *y = (struct expression *)c->call->args[1];
	if (is_equality(c->call->function)) {
		bool turned = y->type == EXPRESSION_SEVERAL || y->type == EXPRESSION_MISSING ||
		              (x->kind == NODE_TEXT && y->kind == NODE_NAME);
		return turned ? check_alike(c, y, x) : check_alike(c, x, y);
	}
	if (x->type == EXPRESSION_SEVERAL || x->type == EXPRESSION_MISSING || x->type == EXPRESSION_YES_NO)
		MISTAKE(c->mistake, x->at, x->len, N_("“%s” has no order: ask whether it is = or != something"),
		        part_name(c->a, x));
	if (x->type == EXPRESSION_CHOICE || y->type == EXPRESSION_CHOICE)
		MISTAKE(c->mistake, x->at, x->len, N_("“%s” has no order: ask whether it is = or != something"),
		        part_name(c->a, x->type == EXPRESSION_CHOICE ? x : y));
	return check_alike(c, x, y);
}

static enum code check_in(struct checker *c)
{
	for (int i = 1; i < c->call->nargs; i++) {
		struct expression *arg = (struct expression *)c->call->args[i];
		TRY(check_alike(c, c->call->args[0], arg));
	}
	return OK;
}

/* Numbers; a day and a number in the order that makes sense; for “-”, two days. */
static enum code check_sum(struct checker *c, bool minus)
{
	const struct expression *x = c->call->args[0], *y = c->call->args[1];
	if (x->type == EXPRESSION_DATE && y->type == EXPRESSION_DATE && minus) return OK;
	bool days = x->type == EXPRESSION_DATE || (y->type == EXPRESSION_DATE && !minus);
	const struct expression *number = x->type == EXPRESSION_DATE ? y : x;
	TRY(check_one(c, number, 'n'));
	if (!days) return check_one(c, y, 'n');
	c->call->type = EXPRESSION_DATE;
	return OK;
}

static enum code check_if(struct checker *c)
{
	struct expression *x = (struct expression *)c->call->args[1], *y = (struct expression *)c->call->args[2];
	bool alike = x->type == y->type || (is_text(x) && is_text(y));
	if (!alike || x->type == EXPRESSION_MISSING)
		MISTAKE(c->mistake, y->at, y->len,
		        N_("“if” gives one kind of value, and “%s” is not of the same kind as “%s”"),
		        part_name(c->a, y), part_name(c->a, x));
	c->call->type = x->type == EXPRESSION_CHOICE ? EXPRESSION_TEXT : x->type;
	return OK;
}

static enum code check_extreme(struct checker *c)
{
	bool days = c->call->args[0]->type == EXPRESSION_DATE;
	for (int i = 0; i < c->call->nargs; i++) TRY(check_one(c, c->call->args[i], days ? 'd' : 'N'));
	if (days) c->call->type = EXPRESSION_DATE;
	return OK;
}

static enum code check_contains(struct checker *c)
{
	struct expression *x = (struct expression *)c->call->args[0], *y = (struct expression *)c->call->args[1];
	if (x->type != EXPRESSION_SEVERAL) TRY(check_one(c, x, 't'));
	TRY(check_one(c, y, 't'));
	return x->type == EXPRESSION_SEVERAL ? take_choice(c, x, y) : OK;
}

static enum code check_matches(struct checker *c)
{
	const struct expression *pattern = c->call->args[1];
	struct err why;
	if (pattern->kind != NODE_TEXT)
		MISTAKE(c->mistake, pattern->at, pattern->len, N_("The pattern is written out, between “\"”"));
	if (pattern_read(c->a, pattern->text, &c->call->pattern, &why) == OK) return OK;
	c->mistake->at = pattern->at;
	c->mistake->len = pattern->len;
	c->mistake->err = why;
	return why.code;
}

static enum code check_date(struct checker *c)
{
	const struct expression *const *args = c->call->args;
	int64_t ignored;
	if (c->call->nargs == 2)
		MISTAKE(c->mistake, c->call->at, c->call->len, N_("A day is written date(2026, 11, 28)"));
	if (c->call->nargs == 1) {
		TRY(check_one(c, args[0], 't'));
		if (args[0]->kind == NODE_TEXT && !expression_day(args[0]->text, &ignored))
			MISTAKE(c->mistake, args[0]->at, args[0]->len,
			        N_("There is no such day; it is written date(2026, 11, 28)"));
		return OK;
	}
	for (int i = 0; i < 3; i++) TRY(check_one(c, args[i], 'n'));
	if (args[0]->kind != NODE_NUMBER || args[1]->kind != NODE_NUMBER || args[2]->kind != NODE_NUMBER) return OK;
	const char *text = arena_printf(c->a, "%04lld-%02lld-%02lld", (long long)decimal_whole(args[0]->number),
	                                (long long)decimal_whole(args[1]->number),
	                                (long long)decimal_whole(args[2]->number));
	if (!expression_day(text, &ignored))
		MISTAKE(c->mistake, c->call->at, c->call->len,
		        N_("There is no such day; it is written date(2026, 11, 28)"));
	return OK;
}

enum code expression_check(struct arena *a, struct expression *call, struct expression_mistake *mistake)
{
	struct checker c = { a, call, mistake };
	const char *takes = call->function->takes;
	call->type = call->function->gives;
	switch (call->function->rule) {
	case RULE_COMPARE: return check_compare(&c);
	case RULE_IN: return check_in(&c);
	case RULE_ADD: return check_sum(&c, false);
	case RULE_LESS: return check_sum(&c, true);
	case RULE_EXTREME: return check_extreme(&c);
	case RULE_CONTAINS: return check_contains(&c);
	case RULE_DATE: return check_date(&c);
	default: break;
	}
	for (int i = 0; i < call->nargs; i++) {
		TRY(check_one(&c, call->args[i], *takes));
		if (takes[1]) takes++;
	}
	if (call->function->rule == RULE_IF) return check_if(&c);
	return call->function->rule == RULE_MATCHES ? check_matches(&c) : OK;
}
