#include "features/meeting/minutes.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "fields/rich_text.h"

enum { CELLS = 3 };

struct reading {
	struct arena *a;
	const char *text;
	struct minutes_line *lines;
	int n;
	bool code;
};

static bool is_blank_at(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static const char *skip_blanks(const char *s, const char *end)
{
	while (s < end && is_blank_at(*s)) s++;
	return s;
}

/* "- ", "* ", "+ ", "12. ", "3) ", "> ", "[ ] ", as often as they come. */
static const char *skip_marks(const char *s, const char *end)
{
	for (;;) {
		const char *next = s = skip_blanks(s, end);
		if (next < end && strchr("-*+>", *next)) next++;
		else if (end - next >= 3 && *next == '[' && next[2] == ']') next += 3;
		else {
			while (next < end && *next >= '0' && *next <= '9') next++;
			if (next == s || next == end || (*next != '.' && *next != ')')) return s;
			next++;
		}
		if (next < end && !is_blank_at(*next)) return s;
		s = next;
	}
}

/* "---", "| --- |:--:|", "***" */
static bool is_rule(const char *s, const char *end)
{
	bool any = false;
	for (; s < end; s++) {
		if (!strchr("-|: \t\r*_=", *s)) return false;
		any |= strchr("-*_=", *s) != NULL;
	}
	return any;
}

static const char *line_end(const char *s)
{
	const char *end = strchr(s, '\n');
	return end ? end : s + strlen(s);
}

static const char *plain(struct arena *a, const char *s, size_t len)
{
	struct buf out;
	buf_init(&out, a, 0);
	rich_text_plain(&out, a, arena_strndup(a, s, len));
	char *words = text_trim(a, buf_str(&out));
	for (char *c = words; *c; c++)
		if (*c == '\n') *c = ' ';
	return words;
}

/* Lines that say the same are told by their order. */
static int same_before(const struct reading *r, const char *raw)
{
	int n = 0;
	for (int i = 0; i < r->n; i++) n += strcmp(r->lines[i].raw, raw) == 0;
	return n;
}

static void add(struct reading *r, const char *from, const char *end, bool cell, const char *who, const char *due)
{
	while (end > from && is_blank_at(end[-1])) end--;
	if (from == end || r->n == MINUTES_LINES) return;
	struct minutes_line *line = &r->lines[r->n];
	*line = (struct minutes_line){ .end = (size_t)(end - r->text),
		                       .cell = cell,
		                       .raw = arena_strndup(r->a, from, (size_t)(end - from)),
		                       .words = plain(r->a, from, (size_t)(end - from)),
		                       .who = who,
		                       .due = due };
	if (text_is_blank(line->words)) return;
	const char *named = arena_printf(r->a, "%d %s", same_before(r, line->raw), line->raw);
	struct hash hash = hash_blake2b("line", NULL, named, strlen(named));
	for (int i = 0; i < (MINUTES_MARK - 1) / 2; i++) snprintf(line->mark + 2 * i, 3, "%02x", hash.b[i]);
	r->n++;
}

static void add_row(struct reading *r, const char *s, const char *end)
{
	const char *from[CELLS] = { 0 }, *to[CELLS] = { 0 };
	int n = 0;
	if (s < end && *s == '|') s++;
	while (n < CELLS && s < end) {
		const char *cell = s = skip_blanks(s, end);
		while (s < end && (*s != '|' || s[-1] == '\\')) s++;
		from[n] = cell;
		to[n++] = s;
		if (s < end) s++;
	}
	if (n == 0) return;
	add(r, from[0], to[0], true, n > 1 ? plain(r->a, from[1], (size_t)(to[1] - from[1])) : "",
	    n > 2 ? plain(r->a, from[2], (size_t)(to[2] - from[2])) : "");
}

static void take(struct reading *r, const char *s, const char *end)
{
	const char *first = skip_blanks(s, end), *next = *end ? end + 1 : end;
	if (end - first >= 3 && (strncmp(first, "```", 3) == 0 || strncmp(first, "~~~", 3) == 0)) {
		r->code = !r->code;
		return;
	}
	if (r->code || first == end || *first == '#' || is_rule(first, end) || strncmp(first, "{{", 2) == 0) return;
	bool head = *first == '|' && *next == '|' && is_rule(next, line_end(next));
	if (*first == '|' && !head) add_row(r, first, end);
	else if (*first != '|') add(r, skip_marks(first, end), end, false, "", "");
}

int minutes_lines(struct arena *a, const char *text, struct minutes_line **ret)
{
	struct reading r = { .a = a, .text = text, .lines = arena_array(a, struct minutes_line, MINUTES_LINES) };
	for (const char *s = text; *s;) {
		const char *end = line_end(s);
		take(&r, s, end);
		s = *end ? end + 1 : end;
	}
	*ret = r.lines;
	return r.n;
}

const struct minutes_line *minutes_find(const struct minutes_line *lines, int n, const char *mark)
{
	for (int i = 0; i < n; i++)
		if (strcmp(lines[i].mark, mark) == 0) return &lines[i];
	return NULL;
}

const char *minutes_link(struct arena *a, const char *text, const struct minutes_line *line, const char *target,
                         const char *words)
{
	return arena_printf(a, "%.*s ([[%s%s|%s]])%s", (int)line->end, text, target, line->cell ? "\\" : "", words,
	                    text + line->end);
}
