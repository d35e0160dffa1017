/* What the templates of letters ask of C. */
#ifndef PARVIS_LETTER_PAGE_H
#define PARVIS_LETTER_PAGE_H

#include "core/letter.h"
#include "page/page.h"

const char *letter_state_words(enum letter_state state); /* message id */
const char *letter_url(const struct page *p, const struct letter *letter, const char *more);
bool letter_needs_care(const struct letter *letter);

/* A line of a letter: text, then a link, one of them may be empty. */
struct letter_line {
	const char *text, *link;
};
/* The text in lines, a NULL text after the last; an address of this site alone on a line is a link. */
const struct letter_line *letter_lines(const struct page *p, const struct letter *letter);

#endif
