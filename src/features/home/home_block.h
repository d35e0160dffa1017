/*
 * Blocks of the home page: each item of the setting "home" names its kind ("block") and has what the
 * kind needs. To add a kind: 1. its template in home.html; 2. a function and a row in home_block.c.
 */
#ifndef PARVIS_HOME_BLOCK_H
#define PARVIS_HOME_BLOCK_H

#include "core/query.h"
#include "features/recent/recent_list.h"
#include "features/view/view_list.h"
#include "page/picture.h"

struct block_kind {
	const char *name;
	bool halves; /* stands beside the next one, when that one does too */
	/* Draws nothing when the setting names what does not exist. */
	enum code (*draw)(struct buf *out, const struct page *p, const json_t *block, struct err *err);
};

/* NULL for an unknown name. */
const struct block_kind *block_kind_of(const json_t *block);

/* A text of a block in the page's language, "" when absent. */
const char *block_text(const struct page *p, const json_t *block, const char *name);

/* What stands on the plan beside a record's name: its number there ("" when it has none), and the
 * class of its mark's shape. */
const char *plan_number(const struct page *p, const json_t *block, const struct record *record);
const char *plan_mark(const struct record *record);
/* The categories of these records, each once, in the order of the form. */
int plan_key(const struct page *p, const struct view_list *list, const struct choice ***ret);

struct figure {
	const char *value, *text;
};

#endif
