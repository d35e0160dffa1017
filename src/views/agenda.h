/*
 * The layout "agenda": what takes place in a month, in a week, or from a day on, each time that it does. Its records
 * are those of its view, with the choices made in the address, and of the views that it is shown with.
 */
#ifndef PARVIS_AGENDA_H
#define PARVIS_AGENDA_H

#include "base/schedule.h"
#include "views/view_type.h"

enum agenda_span { AGENDA_MONTH, AGENDA_WEEK, AGENDA_LIST, AGENDA_SPANS };
/* As addresses say it ("par=semaine"). */
extern const char *const agenda_words[AGENDA_SPANS];

struct agenda_item {
	const struct record *record;
	struct occurrence occurrence;
};

struct agenda {
	enum agenda_span span;
	struct date today, anchor; /* anchor: the day that the address says, else today */
	struct date from, to;      /* both in it */
	struct agenda_item *items; /* by their beginnings */
	int n;
	bool beyond; /* the index does not go so far (core/horizon.h) */
};

bool agenda_fits(const struct view *view);

/* What stands in a view's agenda: its own records with the choices made, then, where none was made, those of the views
 * that it is shown with and the reader sees. In the page's arena. */
struct agenda_source {
	struct query query;
	const struct view_agenda *agenda;
};
int agenda_sources(const struct page *p, const struct view_list *list, struct agenda_source **ret);

/* What takes place from a day to another, both in it, whatever days the address says: list->agenda, without facets. */
enum code agenda_between(const struct page *p, struct view_list *list, struct date from, struct date to,
                         struct err *err) MUST;
enum code agenda_load(const struct page *p, struct view_list *list, struct err *err) MUST;

/* ---- For templates ---- */

/* "décembre 2026", "du 7 au 13 décembre 2026", "À partir du 28 novembre 2026" */
const char *agenda_title(const struct page *p, const struct agenda *agenda);
/* The day that the span before, after or of today is shown by, ISO 8601. */
const char *agenda_day(const struct page *p, const struct agenda *agenda, int step);
const char *agenda_step_words(const struct page *p, const struct agenda *agenda, int step);
const char *agenda_span_label(const struct page *p, int span);

/* The items that touch a day; every one that began before the first day of the span stands on it too. */
int agenda_on(const struct page *p, const struct agenda *agenda, struct date day, const struct agenda_item ***ret);
/* The day that the list begins with: today, in the week or month that holds it; the days before it come after. */
struct date agenda_begins(const struct agenda *agenda);
/* How many items touch these days. */
int agenda_count(const struct agenda *agenda, struct date from, struct date to);
/* Rows of the month's table: Mondays, to the last that has a day of the month. */
int agenda_weeks(const struct agenda *agenda);
struct date agenda_cell(const struct agenda *agenda, int week, int weekday);
bool agenda_holds(const struct agenda *agenda, struct date day);
/* "18 h 30", "" for what lasts all day or began before. */
const char *agenda_time(const struct page *p, const struct agenda_item *item, struct date day);
/* "samedi 28 novembre 2026, de 14 h 30 à 17 h" */
const char *agenda_when(const struct page *p, const struct agenda_item *item);
const char *agenda_iso(const struct page *p, struct date day);
const char *agenda_day_words(const struct page *p, const struct agenda *agenda, struct date day);

#endif
