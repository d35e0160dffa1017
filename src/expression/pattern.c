#include "expression/pattern.h"

#include <string.h>

#include "expression/fold.h"

enum { RANGES = 32 };

enum step_kind { STEP_CLASS, STEP_SPLIT, STEP_MATCH };

struct step {
	enum step_kind kind;
	bool turned; /* class: none of the ranges */
	int n;       /* class: how many ranges; split: the first way */
	int other;   /* split */
	const uint32_t (*ranges)[2];
};

struct pattern {
	const struct step *steps;
	int n;
};

struct compiler {
	struct arena *a;
	const char *at;
	struct step steps[PATTERN_STEPS];
	int n, depth;
	struct err *err;
};

static enum code emit(struct compiler *c, struct step step)
{
	if (c->n == PATTERN_STEPS) FAIL(c->err, E_INPUT, N_("This pattern is too long: repeat less, or write less"));
	c->steps[c->n++] = step;
	return OK;
}

/* ---- Classes ---- */

struct ranges {
	uint32_t list[RANGES][2];
	int n;
};

static enum code add_range(struct compiler *c, struct ranges *to, uint32_t from, uint32_t until)
{
	if (to->n == RANGES) FAIL(c->err, E_INPUT, N_("There is too much between “[” and “]”"));
	to->list[to->n][0] = from;
	to->list[to->n++][1] = until;
	return OK;
}

/* \d, \w, \s; false for others. */
static bool named_class(struct compiler *c, char name, struct ranges *to, enum code *code)
{
	*code = OK;
	switch (name) {
	case 'd': *code = add_range(c, to, '0', '9'); return true;
	case 's': *code = add_range(c, to, ' ', ' '); return true;
	case 'w':
		*code = add_range(c, to, '0', '9');
		if (*code == OK) *code = add_range(c, to, 'a', 'z');
		if (*code == OK) *code = add_range(c, to, '_', '_');
		return true;
	default: return false;
	}
}

/* One character, folded when it becomes one character; the escaped one when a backslash stands before. */
static enum code read_character(struct compiler *c, uint32_t *ret)
{
	char kept[2];
	if (*c->at == '\\') c->at++;
	size_t n = text_decode(c->at, strlen(c->at), ret);
	if (n == 0) FAIL(c->err, E_INPUT, N_("The pattern ends with “\\”: say which character comes after"));
	c->at += n;
	const char *folded = fold_character(*ret, kept);
	if (folded && folded[1] == '\0') *ret = (unsigned char)folded[0];
	return OK;
}

static enum code emit_class(struct compiler *c, const struct ranges *ranges, bool turned)
{
	return emit(c, (struct step){ .kind = STEP_CLASS,
	                              .turned = turned,
	                              .n = ranges->n,
	                              .ranges = arena_memdup(c->a, ranges->list, sizeof(ranges->list)) });
}

static enum code read_set(struct compiler *c)
{
	struct ranges ranges = { .n = 0 };
	c->at++;
	bool turned = *c->at == '^', first = true;
	c->at += turned;
	for (; *c->at != ']' || first; first = false) {
		enum code code;
		uint32_t from, until;
		if (*c->at == '\0') FAIL(c->err, E_INPUT, N_("A “[” lacks its “]”"));
		if (*c->at == '\\' && named_class(c, c->at[1], &ranges, &code)) {
			TRY(code);
			c->at += 2;
			continue;
		}
		TRY(read_character(c, &from));
		until = from;
		if (c->at[0] == '-' && c->at[1] != ']' && c->at[1] != '\0') {
			c->at++;
			TRY(read_character(c, &until));
		}
		if (until < from) FAIL(c->err, E_INPUT, N_("Between “[” and “]”, the smaller one comes first: a-z"));
		TRY(add_range(c, &ranges, from, until));
	}
	c->at++;
	return emit_class(c, &ranges, turned);
}

static enum code emit_character(struct compiler *c, uint32_t character)
{
	struct ranges ranges = { .list = { { character, character } }, .n = 1 };
	return emit_class(c, &ranges, false);
}

/* What folds to two letters (œ) is two steps. */
static enum code read_literal(struct compiler *c)
{
	uint32_t character;
	char kept[2];
	const char *at = c->at;
	TRY(read_character(c, &character));
	at += *at == '\\';
	(void)text_decode(at, strlen(at), &character);
	const char *folded = fold_character(character, kept);
	if (folded == NULL) return emit_character(c, character);
	for (; *folded; folded++) TRY(emit_character(c, (unsigned char)*folded));
	return OK;
}

/* ---- Repeating ---- */

static enum code copy_block(struct compiler *c, const struct step *block, int n, int from)
{
	int shift = c->n - from;
	for (int i = 0; i < n; i++) {
		struct step step = block[i];
		if (step.kind == STEP_SPLIT) {
			step.n += shift;
			step.other += shift;
		}
		TRY(emit(c, step));
	}
	return OK;
}

/* The steps from `from` on become `least` of them and up to `most`; -1: any number. */
static enum code repeat(struct compiler *c, int from, int least, int most)
{
	int n = c->n - from, ways[PATTERN_REPEAT], nways = 0;
	const struct step *block = arena_memdup(c->a, c->steps + from, ((size_t)n + 1) * sizeof(*block));
	c->n = from;
	for (int i = 0; i < least; i++) TRY(copy_block(c, block, n, from));
	if (most < 0) {
		int loop = c->n;
		TRY(emit(c, (struct step){ .kind = STEP_SPLIT, .n = loop + 1 }));
		TRY(copy_block(c, block, n, from));
		TRY(emit(c, (struct step){ .kind = STEP_SPLIT, .n = loop, .other = loop }));
		c->steps[loop].other = c->n;
		return OK;
	}
	for (int i = least; i < most; i++) {
		ways[nways++] = c->n;
		TRY(emit(c, (struct step){ .kind = STEP_SPLIT, .n = c->n + 1 }));
		TRY(copy_block(c, block, n, from));
	}
	for (int i = 0; i < nways; i++) c->steps[ways[i]].other = c->n;
	return OK;
}

static enum code read_count(struct compiler *c, int *ret)
{
	int n = 0, digits = 0;
	for (; *c->at >= '0' && *c->at <= '9' && digits < 4; digits++) n = n * 10 + (*c->at++ - '0');
	if (digits == 0 || n > PATTERN_REPEAT)
		FAIL(c->err, E_INPUT, N_("Between “{” and “}”: a number up to %d, as in {5} or {2,4}"), PATTERN_REPEAT);
	*ret = n;
	return OK;
}

static enum code read_counts(struct compiler *c, int from)
{
	int least, most;
	c->at++;
	TRY(read_count(c, &least));
	most = least;
	if (*c->at == ',') {
		c->at++;
		most = -1;
		if (*c->at != '}') TRY(read_count(c, &most));
	}
	if (*c->at != '}' || (most >= 0 && most < least))
		FAIL(c->err, E_INPUT, N_("Between “{” and “}”: a number up to %d, as in {5} or {2,4}"), PATTERN_REPEAT);
	c->at++;
	return repeat(c, from, least, most);
}

/* ---- Together ---- */

static enum code read_either(struct compiler *c);

static enum code read_one(struct compiler *c)
{
	struct ranges ranges = { .n = 0 };
	enum code code;
	switch (*c->at) {
	case '[': return read_set(c);
	case '.': c->at++; return emit_class(c, &ranges, true);
	case '(':
		if (c->depth == PATTERN_DEPTH)
			FAIL(c->err, E_INPUT, N_("Too many “(” inside one another in the pattern"));
		c->at++;
		c->depth++;
		TRY(read_either(c));
		c->depth--;
		if (*c->at != ')') FAIL(c->err, E_INPUT, N_("A “(” lacks its “)” in the pattern"));
		c->at++;
		return OK;
	case '*':
	case '+':
	case '?':
	case '{': FAIL(c->err, E_INPUT, N_("“%c” says how often, but nothing stands before it in the pattern"), *c->at);
	case '\\':
		if (!named_class(c, c->at[1], &ranges, &code)) return read_literal(c);
		TRY(code);
		c->at += 2;
		return emit_class(c, &ranges, false);
	default: return read_literal(c);
	}
}

static enum code read_repeated(struct compiler *c)
{
	int from = c->n;
	TRY(read_one(c));
	for (;;) {
		switch (*c->at) {
		case '*':
			c->at++;
			TRY(repeat(c, from, 0, -1));
			break;
		case '+':
			c->at++;
			TRY(repeat(c, from, 1, -1));
			break;
		case '?':
			c->at++;
			TRY(repeat(c, from, 0, 1));
			break;
		case '{': TRY(read_counts(c, from)); break;
		default: return OK;
		}
	}
}

static enum code read_either(struct compiler *c)
{
	int from = c->n;
	while (*c->at && *c->at != '|' && *c->at != ')') {
		if (c->at[0] == '$' && c->at[1] == '\0' && c->depth == 0) {
			c->at++;
			return OK;
		}
		TRY(read_repeated(c));
	}
	if (*c->at != '|') return OK;
	int n = c->n - from;
	const struct step *block = arena_memdup(c->a, c->steps + from, ((size_t)n + 1) * sizeof(*block));
	c->n = from;
	TRY(emit(c, (struct step){ .kind = STEP_SPLIT, .n = from + 1 }));
	TRY(copy_block(c, block, n, from));
	int leaves = c->n;
	TRY(emit(c, (struct step){ .kind = STEP_SPLIT }));
	c->steps[from].other = c->n;
	c->at++;
	TRY(read_either(c));
	c->steps[leaves].n = c->steps[leaves].other = c->n;
	return OK;
}

enum code pattern_read(struct arena *a, const char *text, const struct pattern **ret, struct err *err)
{
	if (strlen(text) > PATTERN_BYTES) FAIL(err, E_INPUT, N_("A pattern has %d characters at most"), PATTERN_BYTES);
	struct compiler *c = arena_new(a, struct compiler);
	*c = (struct compiler){ .a = a, .at = text + (*text == '^'), .err = err };
	TRY(read_either(c));
	if (*c->at == ')') FAIL(err, E_INPUT, N_("A “)” lacks its “(” in the pattern"));
	TRY(emit(c, (struct step){ .kind = STEP_MATCH }));
	struct pattern *pattern = arena_new(a, struct pattern);
	pattern->steps = arena_memdup(a, c->steps, (size_t)c->n * sizeof(*c->steps));
	pattern->n = c->n;
	*ret = pattern;
	return OK;
}

/* ---- Matching ---- */

struct threads {
	const struct pattern *pattern;
	int *list, *seen; /* steps that wait for a character; when each step was last reached */
	int n, turn;
};

static void reach(struct threads *t, int step)
{
	while (t->seen[step] != t->turn) {
		const struct step *s = &t->pattern->steps[step];
		t->seen[step] = t->turn;
		if (s->kind != STEP_SPLIT) {
			t->list[t->n++] = step;
			return;
		}
		reach(t, s->n);
		step = s->other;
	}
}

static bool in_class(const struct step *step, uint32_t c)
{
	bool found = false;
	for (int i = 0; i < step->n && !found; i++) found = c >= step->ranges[i][0] && c <= step->ranges[i][1];
	return found != step->turned;
}

bool pattern_matches(struct arena *a, const struct pattern *pattern, const char *folded)
{
	size_t size = (size_t)pattern->n, len = strlen(folded);
	struct threads t = { pattern, arena_array(a, int, size), arena_array(a, int, size), 0, 1 };
	int *now = arena_array(a, int, size), n;
	reach(&t, 0);
	for (size_t at = 0; at < len && t.n;) {
		uint32_t c;
		size_t read = text_decode(folded + at, len - at, &c);
		if (read == 0) return false;
		at += read;
		int *swap = now;
		now = t.list;
		n = t.n;
		t.list = swap;
		t.n = 0;
		t.turn++;
		for (int i = 0; i < n; i++)
			if (pattern->steps[now[i]].kind == STEP_CLASS && in_class(&pattern->steps[now[i]], c))
				reach(&t, now[i] + 1);
	}
	for (int i = 0; i < t.n; i++)
		if (pattern->steps[t.list[i]].kind == STEP_MATCH) return true;
	return false;
}

json_t *pattern_json(const struct pattern *pattern)
{
	json_t *steps = json_array();
	for (int i = 0; i < pattern->n; i++) {
		const struct step *s = &pattern->steps[i];
		json_t *step = json_array();
		json_array_append_new(step, json_string(s->kind == STEP_CLASS   ? "c"
		                                        : s->kind == STEP_SPLIT ? "s"
		                                                                : "m"));
		if (s->kind == STEP_SPLIT) {
			json_array_append_new(step, json_integer(s->n));
			json_array_append_new(step, json_integer(s->other));
		} else if (s->kind == STEP_CLASS) {
			json_array_append_new(step, json_integer(s->turned));
			for (int j = 0; j < s->n; j++) {
				json_array_append_new(step, json_integer(s->ranges[j][0]));
				json_array_append_new(step, json_integer(s->ranges[j][1]));
			}
		}
		json_array_append_new(steps, step);
	}
	return steps;
}
