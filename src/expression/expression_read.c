/* Reading: what binds less is read first, each level by a function that asks the next one. */
#include <string.h>

#include "expression/expression_lex.h"
#include "expression/fold.h"

struct reader {
	struct arena *a;
	const struct expression_names *names;
	struct expression_mistake *mistake;
	struct lexer lexer;
	struct token token; /* the one to come */
	size_t end;         /* of the one before */
	int nodes, depth;
};

static enum code advance(struct reader *r)
{
	r->end = r->token.at + r->token.len;
	return token_next(&r->lexer, &r->token, r->mistake);
}

static bool is_sign(const struct reader *r, const char *name)
{
	return r->token.kind == TOKEN_SIGN && strcmp(r->token.text, name) == 0;
}

static bool is_word(const struct reader *r, const char *english, const char *french)
{
	return r->token.kind == TOKEN_WORD &&
	       (strcmp(r->token.text, english) == 0 || strcmp(r->token.text, french) == 0);
}

static enum code new_node(struct reader *r, enum node_kind kind, size_t at, struct expression **ret)
{
	if (++r->nodes > EXPRESSION_NODES)
		MISTAKE(r->mistake, at, 1, N_("This is too long: at most %d names, values and operators"),
		        EXPRESSION_NODES);
	*ret = arena_new(r->a, struct expression);
	**ret = (struct expression){ .kind = kind, .at = at };
	return OK;
}

static void close_node(struct reader *r, struct expression *e)
{
	e->len = r->end > e->at ? r->end - e->at : 0;
}

/* `written`: the function as it was typed, for mistakes. */
static enum code new_call(struct reader *r, const struct expression_function *function, const char *written, size_t at,
                          const struct expression **args, int nargs, struct expression **ret)
{
	TRY(new_node(r, NODE_CALL, at, ret));
	(*ret)->text = written ? written : function->name;
	(*ret)->function = function;
	(*ret)->args = arena_memdup(r->a, args, ((size_t)nargs + 1) * sizeof(*args));
	(*ret)->nargs = nargs;
	close_node(r, *ret);
	return expression_check(r->a, *ret, r->mistake);
}

static enum code read_level(struct reader *r, int bind, struct expression **ret);

static enum code read_inside(struct reader *r, struct expression **ret)
{
	if (++r->depth > EXPRESSION_DEPTH)
		MISTAKE(r->mistake, r->token.at, r->token.len,
		        N_("Too much is inside one another: write it more simply"));
	TRY(read_level(r, BIND_OR, ret));
	r->depth--;
	return OK;
}

/* “non” is an operator before what it turns, and an answer where nothing of that kind follows. */
static bool is_answer_no(const struct reader *r)
{
	struct lexer ahead = r->lexer;
	struct token next;
	struct expression_mistake ignored;
	if (r->token.kind != TOKEN_WORD || strcmp(r->token.text, "non") != 0) return false;
	if (token_next(&ahead, &next, &ignored) != OK || next.kind == TOKEN_END) return true;
	if (next.kind == TOKEN_SIGN) return strcmp(next.text, "(") != 0 && strcmp(next.text, "-") != 0;
	return next.kind == TOKEN_WORD && (strcmp(next.text, "et") == 0 || strcmp(next.text, "ou") == 0 ||
	                                   strcmp(next.text, "and") == 0 || strcmp(next.text, "or") == 0);
}

/* ---- Values, names, calls ---- */

static enum code read_args(struct reader *r, const struct expression **args, int *n)
{
	size_t open = r->token.at;
	TRY(advance(r));
	*n = 0;
	while (!is_sign(r, ")")) {
		struct expression *arg;
		if (*n) {
			if (!is_sign(r, ","))
				MISTAKE(r->mistake, r->token.kind == TOKEN_END ? open : r->token.at,
				        r->token.kind == TOKEN_END ? 1 : r->token.len,
				        N_("The parenthesis that is opened here, or before, is not closed"));
			TRY(advance(r));
		}
		if (*n == EXPRESSION_ARGS)
			MISTAKE(r->mistake, r->token.at, r->token.len, N_("At most %d of these"), EXPRESSION_ARGS);
		TRY(read_inside(r, &arg));
		args[(*n)++] = arg;
	}
	return advance(r);
}

static enum code read_call(struct reader *r, const struct token *name, struct expression **ret)
{
	const struct expression **args = arena_array(r->a, const struct expression *, EXPRESSION_ARGS + 1);
	const struct expression_function *function = expression_function_find(r->a, name->text);
	int n;
	if (function == NULL)
		MISTAKE(r->mistake, name->at, name->len, N_("There is no function “%s”"), name->as_written);
	TRY(read_args(r, args, &n));
	size_t len = r->end - name->at;
	if (n < function->least && function->least == function->most)
		MISTAKE(r->mistake, name->at, len, N_("“%s” takes %d values between its parentheses, as in %s"),
		        name->as_written, function->least, function->example);
	if (n < function->least)
		MISTAKE(r->mistake, name->at, len,
		        N_("“%s” takes at least %d values between its parentheses, as in %s"), name->as_written,
		        function->least, function->example);
	if (n > function->most)
		MISTAKE(r->mistake, name->at, len, N_("“%s” takes %d values at most between its parentheses, as in %s"),
		        name->as_written, function->most, function->example);
	return new_call(r, function, name->as_written, name->at, args, n, ret);
}

static enum code read_name(struct reader *r, const struct token *name, struct expression **ret)
{
	struct expression_name *found = arena_new(r->a, struct expression_name);
	bool there = r->names->find(r->names->context, name->text, found);
	if (!there && expression_function_find(r->a, name->text))
		MISTAKE(r->mistake, name->at, name->len, N_("After “%s” comes a “(”"), name->as_written);
	if (!there)
		MISTAKE(r->mistake, name->at, name->len,
		        N_("There is no question “%s”; a text stands between “\"”: \"%s\""), name->as_written,
		        name->as_written);
	TRY(new_node(r, NODE_NAME, name->at, ret));
	(*ret)->name = found;
	(*ret)->text = found->name ? found->name : name->text;
	(*ret)->type = found->type;
	close_node(r, *ret);
	return OK;
}

static enum code read_word(struct reader *r, struct expression **ret)
{
	struct token name = r->token;
	TRY(advance(r));
	if (name.kind == TOKEN_WORD && is_sign(r, "(")) return read_call(r, &name, ret);
	bool yes = strcmp(name.text, "yes") == 0 || strcmp(name.text, "oui") == 0;
	bool no = strcmp(name.text, "no") == 0 || strcmp(name.text, "non") == 0;
	if (name.kind == TOKEN_BRACED || !(yes || no)) return read_name(r, &name, ret);
	TRY(new_node(r, NODE_YES_NO, name.at, ret));
	(*ret)->yes = yes;
	(*ret)->type = EXPRESSION_YES_NO;
	close_node(r, *ret);
	return OK;
}

static enum code read_literal(struct reader *r, struct expression **ret)
{
	bool number = r->token.kind == TOKEN_NUMBER;
	TRY(new_node(r, number ? NODE_NUMBER : NODE_TEXT, r->token.at, ret));
	(*ret)->type = number ? EXPRESSION_NUMBER : EXPRESSION_TEXT;
	if (number) (*ret)->number = decimal_read(r->token.text);
	else (*ret)->text = r->token.text;
	TRY(advance(r));
	close_node(r, *ret);
	return OK;
}

static enum code read_one(struct reader *r, struct expression **ret)
{
	switch (r->token.kind) {
	case TOKEN_NUMBER:
	case TOKEN_TEXT: return read_literal(r, ret);
	case TOKEN_WORD:
		if (!expression_word(r->token.text) || is_word(r, "yes", "oui") || is_word(r, "no", "non"))
			return read_word(r, ret);
		break;
	case TOKEN_BRACED: return read_word(r, ret);
	case TOKEN_END:
		MISTAKE(r->mistake, r->token.at, 0,
		        N_("Something is missing at the end: a question, a number or a text"));
	default: break;
	}
	if (!is_sign(r, "("))
		MISTAKE(r->mistake, r->token.at, r->token.len, N_("Here should stand a question, a number or a text"));
	size_t open = r->token.at;
	TRY(advance(r));
	TRY(read_inside(r, ret));
	if (!is_sign(r, ")"))
		MISTAKE(r->mistake, open, 1, N_("The parenthesis that is opened here, or before, is not closed"));
	return advance(r);
}

/* ---- Operators ---- */

static enum code read_prefix(struct reader *r, const char *name, int bind, struct expression **ret)
{
	size_t at = r->token.at;
	const char *written = r->token.as_written;
	struct expression *inside;
	if (++r->depth > EXPRESSION_DEPTH)
		MISTAKE(r->mistake, at, r->token.len, N_("Too much is inside one another: write it more simply"));
	TRY(advance(r));
	TRY(read_level(r, bind, &inside));
	r->depth--;
	if (inside->kind == NODE_NUMBER && strcmp(name, "minus") == 0 && inside->number > 0) {
		inside->number = -inside->number;
		inside->at = at;
		close_node(r, inside);
		*ret = inside;
		return OK;
	}
	const struct expression *args[] = { inside, NULL };
	return new_call(r, expression_operator(name, SHAPE_PREFIX), written ? written : "-", at, args, 1, ret);
}

/* x in ("a", "b"), x not in (…). */
static enum code read_in(struct reader *r, struct expression *first, struct expression **ret)
{
	const struct expression **args = arena_array(r->a, const struct expression *, EXPRESSION_ARGS + 1);
	bool turned = is_word(r, "not", "non");
	int n;
	if (turned) TRY(advance(r));
	if (!is_word(r, "in", "dans"))
		MISTAKE(r->mistake, r->token.at, r->token.len, N_("After “not”, here, comes “in (…)”"));
	TRY(advance(r));
	if (!is_sign(r, "("))
		MISTAKE(r->mistake, r->token.at, r->token.len,
		        N_("After “in” come values between parentheses: in (1, 2)"));
	args[0] = first;
	TRY(read_args(r, args + 1, &n));
	if (n == 0 || n >= EXPRESSION_ARGS)
		MISTAKE(r->mistake, first->at, r->end - first->at,
		        N_("After “in” come values between parentheses: in (1, 2)"));
	TRY(new_call(r, expression_operator("in", SHAPE_IN), NULL, first->at, args, n + 1, ret));
	if (!turned) return OK;
	const struct expression *in[] = { *ret, NULL };
	return new_call(r, expression_operator("not", SHAPE_PREFIX), NULL, first->at, in, 1, ret);
}

/* The operator of this level that comes now; NULL: none. */
static const struct expression_function *coming(const struct reader *r, int bind)
{
	for (int i = 0; i < expression_nfunctions; i++) {
		const struct expression_function *f = &expression_functions[i];
		if (f->shape != SHAPE_INFIX || f->bind != bind) continue;
		if (f->french ? is_word(r, f->name, f->french) : is_sign(r, f->name)) return f;
	}
	return NULL;
}

static enum code read_level(struct reader *r, int bind, struct expression **ret)
{
	if (bind == BIND_TIGHT) return read_one(r, ret);
	if (bind == BIND_NOT && is_word(r, "not", "non") && !is_answer_no(r))
		return read_prefix(r, "not", BIND_NOT, ret);
	if (bind == BIND_MINUS && is_sign(r, "-")) return read_prefix(r, "minus", BIND_MINUS, ret);
	struct expression *left;
	TRY(read_level(r, bind + 1, &left));
	if (bind == BIND_COMPARE && (is_word(r, "in", "dans") || is_word(r, "not", "non")))
		return read_in(r, left, ret);
	const struct expression_function *f;
	for (int n = 0; (f = coming(r, bind)) != NULL; n++) {
		struct expression *right;
		if (n && bind == BIND_COMPARE)
			MISTAKE(r->mistake, r->token.at, r->token.len,
			        N_("Compare two things at a time: write 1 < x and x < 5"));
		const char *written = r->token.as_written;
		TRY(advance(r));
		TRY(read_level(r, bind + 1, &right));
		const struct expression *args[] = { left, right, NULL };
		TRY(new_call(r, f, written, left->at, args, 2, &left));
	}
	*ret = left;
	return OK;
}

/* ---- All of it ---- */

static enum code check_wanted(const struct expression *e, enum expression_type wanted,
                              struct expression_mistake *mistake)
{
	if (wanted == EXPRESSION_YES_NO && e->type != EXPRESSION_YES_NO)
		MISTAKE(mistake, e->at, e->len,
		        N_("This is neither true nor false: compare it with something, or ask whether it is empty(…)"));
	if (wanted == EXPRESSION_NUMBER && e->type != EXPRESSION_NUMBER)
		MISTAKE(mistake, e->at, e->len, N_("This does not give a number"));
	if (e->type == EXPRESSION_MISSING || e->type == EXPRESSION_NUMBERS || e->type == EXPRESSION_SEVERAL)
		MISTAKE(mistake, e->at, e->len, N_("This does not give one value"));
	return OK;
}

enum code expression_read(struct arena *a, const char *text, enum lang lang, const struct expression_names *names,
                          enum expression_type wanted, const struct expression **ret,
                          struct expression_mistake *mistake, struct err *err)
{
	struct expression_mistake own;
	struct reader r = { .a = a, .names = names, .mistake = mistake ? mistake : &own };
	r.lexer = (struct lexer){ a, text, 0, lang };
	struct expression *e = NULL;
	enum code code = OK;
	*r.mistake = (struct expression_mistake){ .at = 0 };
	if (strlen(text) > EXPRESSION_BYTES)
		code = err_set(&r.mistake->err, E_INPUT, N_("This is too long: at most %d characters"),
		               EXPRESSION_BYTES);
	if (code == OK) code = token_next(&r.lexer, &r.token, r.mistake);
	if (code == OK) code = read_level(&r, BIND_OR, &e);
	if (code == OK && r.token.kind != TOKEN_END) {
		r.mistake->at = r.token.at;
		r.mistake->len = r.token.len;
		code = err_set(&r.mistake->err, E_INPUT, N_("An operator is missing before this: and, or, =, +…"));
	}
	if (code == OK) code = check_wanted(e, wanted, r.mistake);
	if (code == OK) *ret = e;
	else if (err) *err = r.mistake->err;
	return code;
}

enum expression_type expression_gives(const struct expression *e)
{
	return e->type == EXPRESSION_CHOICE ? EXPRESSION_TEXT : e->type;
}

/* ---- What it looks at ---- */

static void collect(const struct expression *e, const char **names, int *n)
{
	if (e->kind == NODE_NAME) {
		for (int i = 0; i < *n; i++)
			if (strcmp(names[i], e->text) == 0) return;
		names[(*n)++] = e->text;
	}
	for (int i = 0; i < e->nargs; i++) collect(e->args[i], names, n);
}

int expression_uses(struct arena *a, const struct expression *e, const char *const **ret)
{
	const char **names = arena_array(a, const char *, EXPRESSION_NODES + 1);
	int n = 0;
	collect(e, names, &n);
	*ret = names;
	return n;
}

bool expression_uses_today(const struct expression *e)
{
	if (e->kind == NODE_CALL && strcmp(e->function->name, "today") == 0) return true;
	for (int i = 0; i < e->nargs; i++)
		if (expression_uses_today(e->args[i])) return true;
	return false;
}

bool expression_constant(struct arena *a, const struct expression *e, struct expression_value *ret)
{
	const char *const *names;
	struct expression_answers none = { 0 };
	if (expression_uses(a, e, &names) || expression_uses_today(e)) return false;
	*ret = expression_work(a, e, &none);
	return true;
}
