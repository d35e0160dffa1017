/* What the templates of discussions ask of C. */
#ifndef PARVIS_TALK_PAGE_H
#define PARVIS_TALK_PAGE_H

#include "core/thread.h"
#include "page/page.h"

struct talk_row {
	const struct talk *talk;
	const struct record *record;
};

struct talks_shown {
	const struct space *space;
	enum talk_filter filter;
	struct talk_row *rows;
	int n, total, page, pages;
	const struct form *begin; /* with which a topic is begun here, or NULL */
};
const char *talk_filter_words(enum talk_filter filter); /* message id */
const char *talks_url(const struct page *p, const struct talks_shown *s, enum talk_filter filter, int page);
/* "7 answers, the last by Lou, yesterday" */
const char *talk_words(const struct page *p, const struct talk *talk);

/* Splitting a comment off: the forms that it may become a record of, topics first. */
struct split_shown {
	const struct record *comment, *about;
	const struct form **forms;
	int nforms;
	const char *title, *form; /* as typed */
};
int topic_forms(const struct page *p, const struct form ***ret);

#endif
