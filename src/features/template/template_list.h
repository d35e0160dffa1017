/* Templates (core/template.h) as people choose them, and what a new record gets from one. */
#ifndef PARVIS_TEMPLATE_LIST_H
#define PARVIS_TEMPLATE_LIST_H

#include "core/template.h"
#include "page/page.h"

/* May the reader write templates? They are the whole site's: asked in its first space. */
bool templates_managed(const struct page *p);

/* Those of a form, in the order of their names. */
int templates_of(const struct page *p, const struct form *form, const struct template *const **ret);
/* By key, of this form only; NULL: none. */
const struct template *template_named(const struct page *p, const struct form *form, const char *key);

/* The form of a new record that begins with it (NULL: with nothing); `query` of the present one is kept. */
const char *template_url(const struct page *p, const struct form *form, const struct template *template,
                         const char *query);

/* Puts in `values` those of the template, its words filled in with what is known: `title` may be "". */
void template_begin(const struct page *p, const struct template *template, const struct space *space, const char *title,
                    json_t *values);
/* Fills in, in all values, the words that are left, now that the title is known. */
void template_settle(const struct page *p, const struct form *form, const struct space *space, json_t *values);
/* A text of a template for the minutes of a meeting: `items` stands for {points}. */
const char *template_minutes(const struct page *p, const char *text, const struct record *meeting, const char *items);

/* The fields that a template of the form can hold. */
int template_fields(const struct page *p, const struct form *form, const struct field *const **ret);

#endif
