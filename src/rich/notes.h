/* Footnotes: what stands in the text, what stands below it. */
#ifndef PARVIS_RICH_NOTES_H
#define PARVIS_RICH_NOTES_H

#include "rich/markdown.h"

struct note {
	const char *label; /* letters, digits, "-": 32 at most */
	const char *text;  /* Markdown */
	int number;        /* by first reference; 0: none yet */
	int references;
};

struct notes {
	struct note list[RICH_NOTES_MAX];
	int n, numbered;
};

/* Takes the paragraphs of notes out of the source; what is left, which may be `source` itself. Those in
 * fenced code stay. A label's first note counts. */
const char *notes_take(struct arena *a, const char *source, struct notes *notes);
/* The next [^label] of a note in s[from, len); NULL: none. `start` and `size`: where it stands. */
struct note *notes_find(struct notes *notes, const char *s, size_t len, size_t from, size_t *start, size_t *size);

#endif
