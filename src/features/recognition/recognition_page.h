/* "Thanks to you": what was done in a year, and by whom. */
#ifndef PARVIS_RECOGNITION_PAGE_H
#define PARVIS_RECOGNITION_PAGE_H

#include "base/html.h"
#include "core/recognition.h"
#include "page/page.h"

struct recognition_page {
	struct recognition all;
	int year;
	bool before, after; /* are there other years? */
	bool named;         /* the reader wants to be named */
	bool thanks;        /* she may send the thanks of the year */
	struct html_safe chart;
};

/* "3 pages, 2 corrected, 1 comment" */
const char *recognised_words(const struct page *p, const struct recognised *person);
const char *recognition_month(const struct page *p, int month);

#endif
