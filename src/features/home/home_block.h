/*
 * Blocks of a home page: each item of the setting "home" names its kind ("block") and has what the kind needs. To
 * add a kind: 1. its template in home.html; 2. a function, its options (which make the page where it is written,
 * features/front) and a row in home_block.c.
 */
#ifndef PARVIS_HOME_BLOCK_H
#define PARVIS_HOME_BLOCK_H

#include "core/query.h"
#include "features/recent/recent_list.h"
#include "features/view/view_list.h"
#include "page/picture.h"

/* A block where it stands. */
struct home_block {
	const json_t *json;
	int n;      /* its place */
	bool first; /* of its kind: an introduction that names the page, a list that has a drawing */
};

enum block_option_kind {
	BLOCK_LINE,    /* a text of one line, in each language */
	BLOCK_TEXT,    /* Markdown, in each language */
	BLOCK_VIEW,    /* one of the site's views */
	BLOCK_LAYOUT,  /* how a view is shown */
	BLOCK_COUNT,   /* a number up to `max` */
	BLOCK_PICTURE, /* one of the site's pictures */
	BLOCK_NUMBER,  /* the number field of the view's form */
	BLOCK_LINKS,   /* [{to, icon, title, text}], `max` of them */
	BLOCK_FIGURES, /* [{count (a view) or value, text}], `max` of them */
};

struct block_option {
	const char *name;
	enum block_option_kind kind;
	const char *label, *help; /* message ids; help may be NULL */
	bool needed;
	int max;
};

struct block_kind {
	const char *name;
	const char *label, *description, *icon; /* message ids */
	bool halves;                            /* stands beside the next one, when that one does too */
	const struct block_option *options;     /* end with a row without name */
	/* Draws nothing when the setting names what does not exist. */
	enum code (*draw)(struct buf *out, const struct page *p, const struct home_block *block, struct err *err);
};

extern const struct block_kind block_kinds[]; /* ends with a row without name */

/* NULL for an unknown name. */
const struct block_kind *block_kind_named(const char *name);
const struct block_kind *block_kind_of(const json_t *block);

/* Draws the blocks of a home page: the site's, a space's, or one that is not published yet. */
enum code home_draw(struct buf *out, const struct page *p, const json_t *blocks, struct err *err) MUST;
/* The title that an introduction gives the page; NULL: there is none, its page names itself. */
const char *home_title(const struct page *p, const json_t *blocks);

/* A text of a block in the page's language, "" when absent. */
const char *block_text(const struct page *p, const json_t *block, const char *name);

/* An id of the block: the plain word for the first of its kind, so that addresses to it last. */
const char *block_id(const struct page *p, const struct home_block *block, const char *word);

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
