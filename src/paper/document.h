/*
 * A text on sheets, as PDF (paper/paper.h): title, contents with page numbers, headings that readers of PDF list too,
 * paragraphs, tables whose heads come again on each sheet, bars with their values. A text that is longer than a sheet goes
 * on on the next one.
 */
#ifndef PARVIS_DOCUMENT_H
#define PARVIS_DOCUMENT_H

#include "paper/paper.h"

enum { DOCUMENT_COLUMNS_MAX = 14, DOCUMENT_PIECE = 1400 /* bytes of a text that are kept together */ };

enum leaf_kind { LEAF_HEADING, LEAF_TEXT, LEAF_ITEM, LEAF_QUOTE, LEAF_NOTE, LEAF_TABLE, LEAF_BARS };

struct paper_leaf {
	enum leaf_kind kind;
	const char *text; /* of a table, of bars: what stands above them */
	int level;        /* of a heading: 1 to 3 */
	/* Of a table: heads, then rows one after the other; of bars: a label and a value for each. */
	const char *const *cells;
	int columns, rows;    /* rows without the heads */
	const double *shares; /* of bars, 0 to 1; NaN: none */
};

struct paper_document {
	struct paper paper;   /* title, site, colours, address; no entry */
	const char *under;    /* a line below the title, or NULL */
	const char *contents; /* the word above the contents; NULL: there are none */
	const struct paper_leaf *leaves;
	int n;
};

/* As paper_make; ret->cut when PAPER_PAGES was reached: what is over is left out, which the last sheet says. */
enum code document_make(struct arena *a, const struct paper_document *document, struct buf *out, struct paper_made *ret,
                        struct err *err) MUST;

#endif
