/*
 * Rows that people add, move and take away in a form, without script: what is typed in the others is kept. The
 * controls of row 2 of the list "links" are named "links-2-to"…; the hidden "links-n" says how many there are; the
 * buttons are named "_do" and say "links:up:2".
 */
#ifndef PARVIS_ROWS_H
#define PARVIS_ROWS_H

#include "web/request.h"

/* "links-2-to" */
const char *row_name(const struct page *p, const char *list, int i, const char *control);
/* What was typed in it, "" when nothing. */
const char *row_form(const struct request *r, const char *list, int i, const char *control);
/* How many rows were sent, `max` at most. */
int rows_sent(const struct request *r, const char *list, int max);
/* Does to the rows what the pressed button asks of this list; false: it asks nothing of it. `blank` (which it
 * takes): what a new row is; NULL: none can be added. */
bool rows_do(const struct request *r, const char *list, int max, json_t *rows, json_t *blank);
/* Was a button of any list pressed? Then nothing is saved. */
bool rows_asked(const struct request *r);

/* A text in each language of the site, from the controls `control` and `control`-en into row[member]. */
void row_read_label(struct request *r, const char *list, int i, const char *control, json_t *row, const char *member,
                    size_t max, bool needed, struct issues *issues);

#endif
