/* What the templates of news and of following ask of C. */
#ifndef PARVIS_NEWS_PAGE_H
#define PARVIS_NEWS_PAGE_H

#include "core/news.h"
#include "page/page.h"

/* What happened on one page. */
struct news_group {
	const struct record *page;
	const char **lines; /* the latest first */
	int64_t *times;
	int n;
	bool unseen;
	enum news_why why;
};

/* One thing that somebody follows, with its name and where it is. */
struct followed {
	struct follow follow;
	const char *name, *url, *what;
	const char *target; /* as forms send it: id, key or slug */
};

/* A button's state, for whoever has signed in. */
bool follow_on(const struct page *p, enum follow_kind kind, int64_t num);
const char *news_pace_words(int pace); /* message id */

#endif
