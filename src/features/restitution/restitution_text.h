/*
 * The text of a report, cut into its blocks: what comments stand at, what a screen of the presentation shows, what a sheet
 * is set of. Headings, tables and figures are numbered here; what stands inside sentences is put into words.
 *
 * A text without any directive of ours is left as it is. Headings are numbered where the contents ask for it:
 * {{sommaire numerote}}, {{contents numbered}}.
 */
#ifndef PARVIS_RESTITUTION_TEXT_H
#define PARVIS_RESTITUTION_TEXT_H

#include "features/restitution/directive.h"

enum { BLOCKS_MAX = 2000, ANCHOR_TEXT = 12 };

enum block_kind { BLOCK_TEXT, BLOCK_HEADING, BLOCK_FIGURE, BLOCK_LIST /* of tables */, BLOCK_CONTENTS, BLOCK_NOTE };

/* A table, a figure, the notes of method, as they stand in a text. */
struct figure_spot {
	struct directive directive;
	int number;                  /* among tables, or among figures; 0: it has none */
	const struct figure *figure; /* or NULL, and then */
	const char *problem;         /* why there is none */
	const char *anchor;          /* id in the page */
};

struct block {
	enum block_kind kind;
	const char *source; /* as written */
	const char *shown;  /* Markdown as it is shown */
	const char *plain;  /* the words of what is written; never NULL */
	const char *anchor; /* made of the words: ANCHOR_TEXT letters; the second one of the same words ends in "-2" */
	const char *number; /* of a heading: "2.1"; "" */
	int level;          /* of a heading, 1 to 6 */
	int depth;          /* … below those above it, from 0 */
	int spot;           /* of a figure: place in `spots`; −1 */
};

/* Of one text. */
struct figures {
	struct figure_spot *spots;
	int n;
};

struct restitution_text {
	struct block *blocks;
	int n;
	struct figures figures;
	bool numbered;
};

/* `figures` false: none is counted, for who wants the blocks only. */
void restitution_text_read(const struct page *p, const char *source, bool figures, struct restitution_text *ret);

/* struct page's `prepare`: the text with its numbers; p->figures is set for what draws them. */
const char *restitution_prepare(struct page *p, const char *text);
/* Draws {{tableau #3}}, as restitution_prepare and restitution_text_read write them. */
void restitution_embed(struct buf *out, const struct page *p, const char *args);

/* "Table 3", "Chart 2"; "" */
const char *spot_name(const struct page *p, const struct figure_spot *spot);
const char *spot_title(const struct page *p, const struct figure_spot *spot);

#endif
