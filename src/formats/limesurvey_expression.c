/* LimeSurvey's expressions, read by recursive descent and written again in ours, operand by operand. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "formats/limesurvey_form.h"

enum { DEPTH = 40, TEXT_MAX = 2000, LIST_MAX = 60 };

/* How strongly what was written holds together: what binds less is put in brackets. */
enum bind { BIND_OR, BIND_AND, BIND_NOT, BIND_COMPARE, BIND_ADD, BIND_MULTIPLY, BIND_MINUS, BIND_ATOM };

/* Something that was read, and what it is for who compares it with a code. */
struct operand {
	const char *text; /* ours */
	enum bind bind;
	const char *literal;                /* a number or a text as it stood; NULL: it is none */
	const struct limesurvey_name *name; /* of a question, a line of one, or a box; NULL */
	bool box;                           /* one choice among several: chosen or not */
};

struct translation {
	struct arena *a;
	const struct limesurvey_names *names;
	const struct limesurvey_name *self;
	const char *at;
	int depth;
	const char *why; /* NULL: all is well */
};

static struct operand fail(struct translation *x, const char *why)
{
	if (x->why == NULL) x->why = why;
	return (struct operand){ .text = "", .bind = BIND_ATOM };
}

static struct operand plain(const char *text, enum bind bind)
{
	return (struct operand){ .text = text, .bind = bind };
}

/* At least as strong as `bind`. */
static const char *held(struct translation *x, const struct operand *o, enum bind bind)
{
	return o->bind < bind ? arena_printf(x->a, "(%s)", o->text) : o->text;
}

static const char *quoted(struct translation *x, const char *text)
{
	struct buf out;
	buf_init(&out, x->a, 0);
	buf_putc(&out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\') buf_putc(&out, '\\');
		buf_putc(&out, *text);
	}
	buf_putc(&out, '"');
	return buf_str(&out);
}

/* ---- Tokens ---- */

static void skip_space(struct translation *x)
{
	while (isspace((unsigned char)*x->at)) x->at++;
}

/* Takes the token if it comes next; a word must end there. */
static bool take(struct translation *x, const char *token)
{
	size_t len = strlen(token);
	skip_space(x);
	if (strncasecmp(x->at, token, len) != 0) return false;
	if (isalpha((unsigned char)*token) && (isalnum((unsigned char)x->at[len]) || x->at[len] == '_')) return false;
	x->at += len;
	return true;
}

/* ---- Names ---- */

/* The type letters whose lines are answered with codes, and their own codes when they bring them. */
static bool answers_with_codes(char type)
{
	return strchr("LO!RFH1YGABCEMP", type) != NULL;
}

static struct operand box_of(struct translation *x, const struct limesurvey_name *name, const char *key)
{
	return (struct operand){ .text = arena_printf(x->a, "%s = \"%s\"", name->key, key),
		                 .bind = BIND_COMPARE,
		                 .name = name,
		                 .box = true };
}

/* A question, or what stands behind its code: "_SQ001", "_SQ001_SQ002", "_other", "_SQ001_0". */
static struct operand part_of(struct translation *x, const struct limesurvey_name *name, const char *rest)
{
	const struct limesurvey_question *question = name->question;
	bool several = strchr("MP", question->type) != NULL;
	if (*rest == '\0') return (struct operand){ .text = name->key, .bind = BIND_ATOM, .name = name };
	if (*rest == '_' || *rest == '.') rest++;
	if (strcmp(rest, "other") == 0 && several) return box_of(x, name, "other");
	for (int i = 0; i < question->nparts; i++) {
		const char *code = question->parts[i].code;
		size_t len = strlen(code);
		if (question->parts[i].scale != 0 || strncmp(rest, code, len) != 0) continue;
		const char *behind = rest + len;
		const char *line = arena_printf(x->a, "%s.%s", name->key, name->parts[i]);
		if (*behind == '\0' && several) return box_of(x, name, name->parts[i]);
		if (*behind == '\0') return (struct operand){ .text = line, .bind = BIND_ATOM, .name = name };
		if (*behind == '#' || *behind == '_') behind++;
		if (question->type == '1' && (strcmp(behind, "0") == 0 || strcmp(behind, "1") == 0))
			return (struct operand){ .text = arena_printf(x->a, "%s.%s", line,
				                                      *behind == '0' ? "first" : "second"),
				                 .bind = BIND_ATOM,
				                 .name = name };
		for (int k = 0; k < question->nparts; k++)
			if (question->parts[k].scale == 1 && strcmp(question->parts[k].code, behind) == 0)
				return plain(arena_printf(x->a, "%s.%s", line, name->parts[k]), BIND_ATOM);
	}
	return fail(x, N_("a name that it looks at is not known"));
}

/* 123X4X5SQ1: the question of that number. */
static struct operand by_number(struct translation *x, const char *word)
{
	const char *first = strchr(word, 'X'), *second = first ? strchr(first + 1, 'X') : NULL;
	size_t best = 0;
	const struct limesurvey_name *found = NULL;
	if (second == NULL) return fail(x, N_("a name that it looks at is not known"));
	for (int i = 0; i < x->names->n; i++) {
		size_t len = strlen(x->names->all[i].question->id);
		if (len <= best || strncmp(second + 1, x->names->all[i].question->id, len) != 0) continue;
		found = &x->names->all[i];
		best = len;
	}
	return found ? part_of(x, found, second + 1 + best) : fail(x, N_("a name that it looks at is not known"));
}

static struct operand name_operand(struct translation *x, char *word)
{
	static const char *const plain_ends[] = { "NAOK", "code", "value", "valueNAOK" };
	const char *end = strrchr(word, '.');
	if (end) {
		bool known = false;
		for (size_t i = 0; i < COUNT(plain_ends); i++) known |= strcmp(end + 1, plain_ends[i]) == 0;
		if (!known) return fail(x, N_("it looks at something else of a question than its answer"));
		word[end - word] = '\0';
	}
	if (strncmp(word, "INSERTANS:", 10) == 0) word += 10;
	if (strchr(word, ':')) return fail(x, N_("it looks at what is known of who answers"));
	if (strcmp(word, "self") == 0 || strcmp(word, "this") == 0) {
		if (x->self && strcmp(word, "self") == 0 && x->self->question->nparts == 0)
			return part_of(x, x->self, "");
		return fail(x, N_("it looks at each line of its own question"));
	}
	if (isdigit((unsigned char)*word)) return by_number(x, word);
	/* The longest code that the word begins with. */
	for (size_t len = strlen(word); len > 0; len--) {
		if (word[len] != '\0' && word[len] != '_' && word[len] != '.') continue;
		const struct limesurvey_name *name = limesurvey_named(x->names, word, len);
		if (name) return part_of(x, name, word + len);
	}
	return fail(x, N_("a name that it looks at is not known"));
}

/* ---- Functions ---- */

static struct operand read_any(struct translation *x);

/* A number for each: 1 for a box that is chosen. */
static const char *as_number(struct translation *x, const struct operand *o)
{
	return o->box ? arena_printf(x->a, "if(%s, 1, 0)", o->text) : o->text;
}

static struct operand call_list(struct translation *x, const char *name, struct operand *args, int n)
{
	struct buf out;
	bool boxes = false;
	for (int i = 0; i < n; i++) boxes |= args[i].box;
	bool counts = strcmp(name, "count") == 0 && boxes;
	buf_init(&out, x->a, 0);
	if (counts) name = "sum"; /* of ones */
	buf_printf(&out, "%s(", name);
	for (int i = 0; i < n; i++) {
		const char *text = counts && !args[i].box ? arena_printf(x->a, "if(empty(%s), 0, 1)", args[i].text)
		                                          : as_number(x, &args[i]);
		buf_printf(&out, "%s%s", i ? ", " : "", text);
	}
	buf_putc(&out, ')');
	return plain(buf_str(&out), BIND_ATOM);
}

static struct operand call_empty(struct translation *x, const char *name, struct operand *args, int n)
{
	(void)name;
	(void)n;
	if (args[0].box) return plain(arena_printf(x->a, "not %s", held(x, &args[0], BIND_COMPARE)), BIND_NOT);
	return plain(arena_printf(x->a, "empty(%s)", args[0].text), BIND_ATOM);
}

static struct operand call_plain(struct translation *x, const char *name, struct operand *args, int n)
{
	struct buf out;
	buf_init(&out, x->a, 0);
	buf_printf(&out, "%s(", name);
	for (int i = 0; i < n; i++) buf_printf(&out, "%s%s", i ? ", " : "", args[i].text);
	buf_putc(&out, ')');
	return plain(buf_str(&out), BIND_ATOM);
}

/* "/^[0-9]+$/" → "^[0-9]+$": ours is for the whole text and knows no flags. */
static struct operand call_matches(struct translation *x, const char *name, struct operand *args, int n)
{
	(void)name;
	(void)n;
	const char *pattern = args[0].literal;
	size_t len = pattern ? strlen(pattern) : 0;
	if (len < 2 || pattern[0] != '/') return fail(x, N_("a pattern is not written as one"));
	const char *last = strrchr(pattern, '/');
	if (last == pattern || strspn(last + 1, "iu") != strlen(last + 1))
		return fail(x, N_("a pattern has signs behind it that have no like"));
	bool begins = pattern[1] == '^', ends = last[-1] == '$';
	const char *inner = arena_strndup(x->a, pattern + 1 + begins, (size_t)(last - pattern - 1) - begins - ends);
	const char *whole = arena_printf(x->a, "%s%s%s", begins ? "" : ".*", inner, ends ? "" : ".*");
	return plain(arena_printf(x->a, "matches(%s, %s)", args[1].text, quoted(x, whole)), BIND_ATOM);
}

/* To take another one over: a row. */
static const struct function {
	const char *name, *ours;
	int min, max;
	struct operand (*call)(struct translation *x, const char *name, struct operand *args, int n);
} functions[] = {
	{ "if", "if", 3, 3, call_plain },
	{ "count", "count", 1, LIST_MAX, call_list },
	{ "sum", "sum", 1, LIST_MAX, call_list },
	{ "min", "min", 1, LIST_MAX, call_list },
	{ "max", "max", 1, LIST_MAX, call_list },
	{ "round", "round", 1, 2, call_plain },
	{ "abs", "abs", 1, 1, call_plain },
	{ "intval", "whole", 1, 1, call_plain },
	{ "strlen", "length", 1, 1, call_plain },
	{ "is_empty", "empty", 1, 1, call_empty },
	{ "empty", "empty", 1, 1, call_empty },
	{ "regexMatch", "matches", 2, 2, call_matches },
	{ "implode", "join", 2, LIST_MAX, call_plain },
	{ "join", "join", 1, LIST_MAX, call_plain },
};

static struct operand read_call(struct translation *x, const char *word)
{
	struct operand *args = arena_array(x->a, struct operand, LIST_MAX);
	int n = 0;
	if (!take(x, ")")) {
		do {
			if (n == LIST_MAX) return fail(x, N_("a function has too many things to look at"));
			args[n++] = read_any(x);
		} while (x->why == NULL && take(x, ","));
		if (!take(x, ")")) return fail(x, N_("a bracket is not closed"));
	}
	for (size_t i = 0; i < COUNT(functions) && x->why == NULL; i++)
		if (strcmp(functions[i].name, word) == 0) {
			if (n < functions[i].min || n > functions[i].max) break;
			return functions[i].call(x, functions[i].ours, args, n);
		}
	return fail(x, N_("a function that it uses has no like"));
}

/* ---- Operands ---- */

static struct operand read_text(struct translation *x, char end)
{
	struct buf out;
	buf_init(&out, x->a, 0);
	for (x->at++; *x->at && *x->at != end; x->at++) {
		if (*x->at == '\\' && x->at[1]) x->at++;
		buf_putc(&out, *x->at);
	}
	if (*x->at != end) return fail(x, N_("a text is not closed"));
	x->at++;
	return (struct operand){ .text = quoted(x, buf_str(&out)), .bind = BIND_ATOM, .literal = buf_str(&out) };
}

static struct operand read_word(struct translation *x)
{
	const char *begin = x->at;
	while (isalnum((unsigned char)*x->at) || strchr("_.:#", *x->at)) {
		if (*x->at == '\0') break;
		x->at++;
	}
	char *word = arena_strndup(x->a, begin, (size_t)(x->at - begin));
	size_t digits = strspn(word, "0123456789.");
	if (word[digits] == '\0') {
		double number = strtod(word, NULL);
		if (number > 1e12) return fail(x, N_("a number is too big"));
		return (struct operand){ .text = word, .bind = BIND_ATOM, .literal = word };
	}
	if (take(x, "(")) return read_call(x, word);
	return name_operand(x, word);
}

static struct operand read_operand(struct translation *x)
{
	skip_space(x);
	if (x->why) return plain("", BIND_ATOM);
	if (*x->at == '"' || *x->at == '\'') return read_text(x, *x->at);
	if (take(x, "(")) {
		struct operand inner = read_any(x);
		if (!take(x, ")")) return fail(x, N_("a bracket is not closed"));
		return inner;
	}
	if (take(x, "!")) {
		struct operand o = read_operand(x);
		return plain(arena_printf(x->a, "not %s", held(x, &o, BIND_COMPARE)), BIND_NOT);
	}
	if (take(x, "-")) {
		struct operand o = read_operand(x);
		return plain(arena_printf(x->a, "-%s", held(x, &o, BIND_ATOM)), BIND_MINUS);
	}
	if (isalnum((unsigned char)*x->at)) return read_word(x);
	return fail(x, *x->at ? N_("a sign that stands in it has no like") : N_("it ends too early"));
}

/* ---- Operators ---- */

/* A box is chosen when it is "Y". */
static struct operand compare_box(struct translation *x, const struct operand *box, const struct operand *with,
                                  const char *sign)
{
	bool chosen, equal = strcmp(sign, "=") == 0;
	if (with->literal == NULL || (strcmp(with->literal, "Y") != 0 && *with->literal))
		return fail(x, N_("a box is compared with something else than “Y”"));
	if (!equal && strcmp(sign, "!=") != 0) return fail(x, N_("a box is neither more nor less than something"));
	chosen = (*with->literal == 'Y') == equal;
	if (chosen) return *box;
	return plain(arena_printf(x->a, "not %s", held(x, box, BIND_COMPARE)), BIND_NOT);
}

/* Nothing: `== ""`. */
static struct operand compare_nothing(struct translation *x, const struct operand *with, const char *sign)
{
	const char *empty = arena_printf(x->a, "empty(%s)", with->text);
	if (strcmp(sign, "=") == 0) return plain(empty, BIND_ATOM);
	if (strcmp(sign, "!=") == 0) return plain(arena_printf(x->a, "not %s", empty), BIND_NOT);
	return fail(x, N_("nothing is neither more nor less than something"));
}

static struct operand compare(struct translation *x, const struct operand *left, const struct operand *right,
                              const char *sign)
{
	const struct operand *side = left->name ? left : right, *other = left->name ? right : left;
	const char *key;
	if (x->why) return plain("", BIND_ATOM);
	if (side->name && side->box) return compare_box(x, side, other, sign);
	if (other->literal && *other->literal == '\0') return compare_nothing(x, side, sign);
	if (side->name && other->literal && answers_with_codes(side->name->question->type)) {
		if (strcmp(sign, "=") != 0 && strcmp(sign, "!=") != 0)
			return fail(x, N_("a choice is neither more nor less than another"));
		key = limesurvey_key(x->a, side->name, other->literal);
		if (key == NULL) return fail(x, N_("an answer that it looks at is not offered"));
		return plain(arena_printf(x->a, "%s %s \"%s\"", side->text, sign, key), BIND_COMPARE);
	}
	if (side->name && other->literal && strchr("N5K:", side->name->question->type)) {
		/* Numbers are often written between quotes. */
		if (strspn(other->literal, "0123456789.-") != strlen(other->literal))
			return fail(x, N_("a number is compared with a word"));
		struct operand number = plain(other->literal, BIND_ATOM);
		const struct operand *a = side == left ? left : &number, *b = side == left ? &number : right;
		return plain(arena_printf(x->a, "%s %s %s", held(x, a, BIND_ADD), sign, held(x, b, BIND_ADD)),
		             BIND_COMPARE);
	}
	return plain(arena_printf(x->a, "%s %s %s", held(x, left, BIND_ADD), sign, held(x, right, BIND_ADD)),
	             BIND_COMPARE);
}

/* Operators by level, the weakest first; longer signs before those that they begin with. */
static const struct operators {
	enum bind bind;
	struct {
		const char *theirs, *ours;
	} all[16];
} levels[] = {
	{ BIND_OR, { { "||", "or" }, { "or", "or" } } },
	{ BIND_AND, { { "&&", "and" }, { "and", "and" } } },
	{ BIND_COMPARE,
	  { { "===", "=" },
	    { "!==", "!=" },
	    { "==", "=" },
	    { "!=", "!=" },
	    { "<=", "<=" },
	    { ">=", ">=" },
	    { "<", "<" },
	    { ">", ">" },
	    { "eq", "=" },
	    { "ne", "!=" },
	    { "le", "<=" },
	    { "ge", ">=" },
	    { "lt", "<" },
	    { "gt", ">" } } },
	{ BIND_ADD, { { "+", "+" }, { "-", "-" } } },
	{ BIND_MULTIPLY, { { "*", "*" }, { "/", "/" } } },
};

static struct operand read_level(struct translation *x, size_t level)
{
	if (level == COUNT(levels)) return read_operand(x);
	const struct operators *operators = &levels[level];
	struct operand left = read_level(x, level + 1);
	for (size_t i = 0; x->why == NULL && operators->all[i].theirs;) {
		if (!take(x, operators->all[i].theirs)) {
			i++;
			continue;
		}
		struct operand right = read_level(x, level + 1);
		const char *sign = operators->all[i].ours;
		if (operators->bind == BIND_COMPARE) left = compare(x, &left, &right, sign);
		else
			left = plain(arena_printf(x->a, "%s %s %s", held(x, &left, operators->bind), sign,
			                          held(x, &right, (enum bind)(operators->bind + 1))),
			             operators->bind);
		i = 0;
	}
	return left;
}

static struct operand read_any(struct translation *x)
{
	if (++x->depth > DEPTH) return fail(x, N_("it is too deep"));
	struct operand o = read_level(x, 0);
	x->depth--;
	return o;
}

const char *limesurvey_expression(struct arena *a, const struct limesurvey_names *names, const char *text,
                                  const struct limesurvey_name *self, const char **why)
{
	struct translation x = { .a = a, .names = names, .self = self, .at = text };
	skip_space(&x);
	if (*x.at == '\0' || strcmp(x.at, "1") == 0) return "";
	if (strlen(text) > TEXT_MAX) x.why = N_("it is too long");
	struct operand all = read_any(&x);
	skip_space(&x);
	if (x.why == NULL && *x.at) x.why = N_("a sign that stands in it has no like");
	*why = x.why;
	return x.why ? NULL : all.text;
}
