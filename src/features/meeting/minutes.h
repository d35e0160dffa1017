/*
 * The lines of minutes (Markdown, rich/markdown.h), each of which may become a decision or a task: items of lists, lines of
 * paragraphs, rows of tables (what, who, by when). Not headings, code, rules, heads of tables, nor what a page draws. Pure.
 */
#ifndef PARVIS_MEETING_MINUTES_H
#define PARVIS_MEETING_MINUTES_H

#include <stdbool.h>

#include "base/arena.h"

enum { MINUTES_LINES = 300, MINUTES_MARK = 17 };

struct minutes_line {
	size_t end;              /* byte of the text after which a link may be put */
	bool cell;               /* … inside a row of a table */
	const char *raw;         /* as typed, without what makes it an item */
	const char *words;       /* the same in plain words, never blank */
	const char *who, *due;   /* of a row; "" else */
	char mark[MINUTES_MARK]; /* says the same line of the same text again */
};
/* At most MINUTES_LINES. In the arena. */
int minutes_lines(struct arena *a, const char *text, struct minutes_line **ret);
/* The one of that mark, or NULL. */
const struct minutes_line *minutes_find(const struct minutes_line *lines, int n, const char *mark);
/* The text with a link at the end of the line: "… ([[target|words]])". */
const char *minutes_link(struct arena *a, const char *text, const struct minutes_line *line, const char *target,
                         const char *words);

#endif
