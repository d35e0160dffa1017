/* What a letter of news says. */
#ifndef PARVIS_NEWS_LETTER_H
#define PARVIS_NEWS_LETTER_H

#include "core/news.h"
#include "page/page.h"

struct news_letter {
	struct tx *tx;
	struct arena *arena;
	const struct model *model;
	const char *base_url;
	const struct news_choice *choice;
	const struct news *news; /* the oldest first */
	int n;
};

/* Writes it, if anything of it is still hers to read; E_NOT_FOUND when she is not there any more. */
enum code news_letter_write(const struct news_letter *letter, int64_t person, struct err *err) MUST;

/* How letters and the page name it: what is confidential, by its kind only. */
const char *news_title(const struct page *p, const struct record *record);
/* In one line, for letters and for the page: "Lou commented: “…”". `item` as the reader sees it. */
const char *news_words(const struct page *p, const struct news *news, const struct record *item);
/* Why she is told. */
const char *news_why_words(const struct page *p, enum news_why why);

#endif
