/*
 * View types: how the records of a view are laid out. Complete without JavaScript. To add one: 1. its
 * template, and a file of C if it reads more than a page of records; 2. a row in views.c. What a view
 * must say for it (core/view_options.c) is checked when the view is read.
 */
#ifndef PARVIS_VIEW_TYPE_H
#define PARVIS_VIEW_TYPE_H

#include "core/query.h"
#include "page/page.h"

/* Records of the page that stand under one heading. */
struct view_group {
	const char *label; /* NULL: all of them, without a heading */
	int count;         /* of the whole view */
	int first, n;      /* in view_list's records */
};

/* A view as somebody reads it: its query with the choices made in the address, and what is shown. */
struct view_list {
	const struct view *view;
	const struct view_type *type;
	struct query query;
	const struct field *group; /* that the records are put together by, or NULL */
	const char *sort;          /* name of the chosen sort */
	const char *base;          /* address of the view, without query */
	const char *kept;          /* the query of the address, as received */
	const char *day, *span;    /* of an agenda, as the address says them, or NULL (views/agenda.h) */
	/* what the type's load fills in */
	struct result result;
	struct record **records;
	int n;
	const struct view_group *groups; /* at least one when there are records */
	int ngroups;
	bool cut;                    /* more matched than the layout can take in */
	const struct agenda *agenda; /* of the layout of that name, or NULL */
	const struct chart *charts;  /* page/chart.h: one for each of the view's, of the layout of that name */
};

struct view_type {
	const char *name;  /* as in a view's definition */
	const char *word;  /* as people write it: {{vue annuaire presentation=liste}} */
	const char *label; /* message id: the name of the layout */
	const char *icon;
	bool groups; /* may show records under headings */
	bool sorts;  /* shows them in the order that the reader chooses */
	/* Can the view be shown so? NULL: any can. */
	bool (*fits)(const struct view *view);
	enum code (*load)(const struct page *p, struct view_list *list, struct err *err);
	void (*render)(struct buf *out, const struct page *p, const struct view_list *list);
};

extern const struct view_type *const view_types[]; /* ends with NULL */
extern const char *const view_type_names[];        /* the same, for view_layouts_use */

/* The type of that name or word, else the first; the first too if the view does not fit it. */
const struct view_type *view_type_find(const struct view *view, const char *name);

#endif
