/* What the pages of questionnaires share: where a response stands, what it is asked next, in which order. */
#ifndef PARVIS_SURVEY_PAGE_H
#define PARVIS_SURVEY_PAGE_H

#include "core/response.h"
#include "page/page.h"

/* The day by the site's clocks. */
struct date survey_today(const struct page *p);
enum survey_stand survey_stands(const struct page *p, const struct form *form);
/* "Open until 31 December", "in preparation"… */
const char *survey_stand_line(const struct page *p, const struct form *form);
/* "/-/survey/<key>" + rest */
const char *survey_url(const struct page *p, const struct form *form, const char *rest);
/* Looks the reader after its responses; shapes she its questions? */
bool survey_manages(const struct page *p, const struct form *form);

/* Why she may not answer, as a sentence; NULL: she may. `invited`: she holds the code of an invitation. */
const char *survey_refusal(const struct page *p, const struct form *form, bool invited);

/* Is it one of those that are numbered and counted? */
bool survey_counts(const struct field *field);
/* The number of questions, and how long it takes, for who answered so. */
int survey_count(const struct form *form, const json_t *values);
int survey_minutes(const struct form *form, const json_t *values, int from_page);
const char *survey_minutes_words(const struct page *p, int minutes);

/* `text` with {key} replaced by what was answered to that question; what is no question stays as it is. */
const char *survey_piped(const struct page *p, const struct form *form, const json_t *values, const char *text);

/* The pages in the order of this response. */
void survey_order(const struct form *form, struct id seed, int order[static SURVEY_PAGES_MAX]);

/* A question as it is shown: answers before piped into its words, its choices in the order of this response. */
struct survey_question {
	const struct field *field;
	const json_t *value;
	int number;
	const char *only_if; /* words of a condition that looks at the same page; NULL */
};
/* A page of questions; one after the other where all are shown at once. */
struct survey_block {
	const char *title, *text; /* "" */
	const char *key;
	const char *only_if, *live; /* of its condition, where questions before it stand in the same document; NULL */
	bool mixed;                 /* its questions come in another order each time: a device mixes them itself */
	struct survey_question *questions;
	int n;
};
struct survey_step {
	const struct response *response;
	const struct form *form;
	const char *base; /* address: its pages stand under it */
	const char *page; /* key of the first page shown */
	struct survey_block *blocks;
	int nblocks;
	int first, last, total; /* numbers of its questions; how many there are */
	int minutes;            /* from here on */
	bool has_before, is_last, kiosk;
};
/* The step of a page that asks something: `page` is its place in the order of the response; `typed`: shown in the place of
 * the response's values, which are sound; NULL: those. */
void survey_step(const struct page *p, const struct response *response, const char *base, int page, const json_t *typed,
                 struct survey_step *ret);
/* All its pages as they are written, for a device that goes through them by itself: nobody's answers yet, nothing piped. */
void survey_step_whole(const struct page *p, const struct response *response, struct survey_step *ret);
/* What the conditions of this step look at that was answered on other pages, as JSON for web/front/asked.ts: name → [type,
 * text]; NULL: nothing. */
const char *survey_given(const struct page *p, const struct survey_step *step);
/* The place, in that order, of the first page from `from` on that asks something, by steps of `by` (1 or -1); -1: none. */
int survey_next(const struct response *response, const json_t *values, int from, int by);
/* The place of a page by its key; -1. */
int survey_place(const struct response *response, const char *key);
/* "Question 5 of 12", "Questions 3 to 6 of 12". */
const char *survey_where(const struct page *p, const struct survey_step *step);

/* A text in paragraphs, as people type them: the one that begins here, and where the next one does ("" after the last). */
const char *survey_paragraph(const struct page *p, const char *at);
const char *survey_paragraph_next(const char *at);

/* A short name of one response, for people: nothing can be done with it. */
const char *survey_receipt(const struct page *p, const struct response *response);

#endif
