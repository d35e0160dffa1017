/*
 * The site's views made and changed in the browser: what they show, in which order and layout, to whom. A view is
 * a definition (core/definition.h); what is typed is kept in its format, row by row, so that a page can be shown
 * again with everything that was typed. Views are the whole site's, as forms are: who organises its first space
 * shapes them.
 */
#ifndef PARVIS_VIEW_EDIT_H
#define PARVIS_VIEW_EDIT_H

#include "features/home/home_block.h"
#include "features/view/view_list.h"
#include "features/view/view_uses.h"
#include "web/route.h"

enum { CONDITIONS_MAX = 12, SORTS_MAX = 4, FACETS_MAX = 10, COLUMNS_MAX = 12, CHARTS_MAX = 6 };

struct view_edit {
	struct request *r;
	const struct view *view; /* as it is in the model; NULL: a new one */
	const struct form *form; /* whose records it shows */
	json_t *typed;           /* its definition, as far as it was typed */
	const char *mark;        /* of the definition that the person has before her eyes */
	bool meanwhile;          /* somebody else changed it since */
	bool reformed;           /* it has just been given another form */
	bool menu;               /* a new one: put it in the menu */
	bool named;              /* its address was not typed: made from its name, with a number if others have it */
	const char *action;
	const struct view_list *preview; /* as it would be; NULL: not asked */
	/* What is said before a change: see view_change_page. */
	struct view_uses uses;
	bool moves, narrows, widens;
};

enum code view_edit_may(struct request *r, struct err *err) MUST;
enum code view_edit_find(struct request *r, const struct view **ret, struct err *err) MUST;
enum code view_edit_limit(struct request *r, struct err *err) MUST;
/* "/-/views/edit/annuaire" */
const char *view_edit_url(const struct page *p, const char *what, const struct view *view);

/* From the controls into e->typed (and e->form); mistakes go under their names. */
void view_read(struct view_edit *e, struct issues *issues);
/* The view that is typed. Mistakes of the definition go to `issues`. */
enum code view_edit_parse(struct view_edit *e, struct view *ret, struct issues *issues, struct err *err) MUST;

/* ---- Conditions (view_condition.c) ---- */

/* How the value of a condition is asked. */
enum asked_kind {
	ASKED_NONE,    /* this field cannot be looked at */
	ASKED_CHOICES, /* boxes to tick */
	ASKED_DATE,    /* a day, or a day counted from today */
	ASKED_FIELD,   /* the field's own controls */
	ASKED_TEXT,    /* a line */
};
enum asked_kind condition_kind(const struct field *field);
struct value_choice {
	const char *key, *label;
	int depth;
};
int condition_choices(const struct page *p, const struct field *field, struct value_choice **ret);
/* Operators offered for a field; ends with NULL. */
const char *const *condition_operators(const struct field *field);
const char *condition_operator_words(const struct page *p, const struct field *field, const char *name);
const struct field *condition_field(const struct view_edit *e, const json_t *condition);
const char *condition_operator(const json_t *condition);
bool condition_has(const json_t *condition, const char *key);
/* Of a date: "day", "today", "after", "before", and how many days. */
const char *condition_when(const json_t *condition);
const char *condition_days(const struct page *p, const json_t *condition);
const struct field *condition_control(const struct page *p, const struct field *field, int i);
const json_t *condition_value(const struct page *p, const struct field *field, const json_t *condition);
const char *condition_text(const struct page *p, const json_t *condition);
void condition_read(struct view_edit *e, struct issues *issues);

/* ---- What templates ask ---- */

bool view_sorts_by(const struct form *form, const struct field *field);
/* Why a form cannot be shown so, as a sentence; NULL: it can. */
const char *view_layout_lack(const struct page *p, const struct form *form, const struct view_type *type);
bool view_offers(const struct view_edit *e, const char *layout);
/* Is the field of one of these types ("date", "period")? `types` ends with NULL. */
bool field_is(const struct field *field, const char *const *types);
extern const char *const date_types[];
extern const char *const place_types[];
extern const char *const where_types[]; /* that may say where, in an agenda */
bool view_says_where(const json_t *agenda, const struct field *field);
extern const char *const number_types[];
const struct view_type *layout_type(const char *name);
/* Views with different outlines on their maps; those of the map that is typed (the first ones for a new map), or
 * "". */
int view_outlines(const struct page *p, const struct view ***ret);
const char *view_outlines_chosen(const struct page *p, const struct view_edit *e);
bool form_has(const struct form *form, const char *const *types);
/* "for members only" */
const char *view_readers(const struct page *p, enum audience audience);
enum audience view_typed_audience(const struct view_edit *e);
const char *array_text(const json_t *array, size_t i);
const char *view_size(const struct page *p, const struct view_edit *e);
const struct block_option *view_text_option(void);

/* Handlers of other files of this folder. */
handler view_new_show, view_new_post, view_change_show, view_change_post, view_remove_show, view_remove_post,
        view_return_post, view_history_show, view_history_post;

#endif
