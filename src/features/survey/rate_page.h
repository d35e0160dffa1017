/* The page of rates. */
#ifndef PARVIS_SURVEY_RATE_PAGE_H
#define PARVIS_SURVEY_RATE_PAGE_H

#include "features/survey/rate.h"
#include "page/chart.h"
#include "page/page.h"

/* A day, or a week, of answers. */
struct answer_day {
	const char *label;
	int n;
	const char *letters; /* what left then, or "" */
};

struct rate_shown {
	const char *attribute; /* "place" */
	const char *label;     /* "Neighbourhood or place" */
	struct rate_table table;
	const char *typed; /* its population, a line for each class */
};

struct rates {
	const struct form *form;
	struct rate_shown *tables;
	int n;
	int targets, answered;
	const struct answer_day *days;
	int ndays;
	bool by_week;
	struct html_safe curve;
};

const char *rate_percent(const struct page *p, double share);
/* "+ 12 points": of the answers, against the population. */
const char *rate_difference(const struct page *p, const struct rate_class *class);
/* What is notable, as sentences; NULL after the last one. */
const char *const *rate_words(const struct page *p, const struct rate_shown *shown);
const char *rate_test_words(const struct page *p, const struct rate_table *table);

#endif
