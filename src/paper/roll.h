/* A sheet to sign: who is expected, a line each, then empty ones for who comes all the same. A table in the document's
 * structure (ISO 32000-1 §14.8.4.3.4), whose head comes back on each page. */
#ifndef PARVIS_PAPER_ROLL_H
#define PARVIS_PAPER_ROLL_H

#include "paper/paper.h"

enum { ROLL_COLUMNS = 3 };

struct roll_row {
	const char *name, *detail; /* with whom; "" */
};

struct roll {
	struct paper paper;  /* kind and entries are not looked at */
	const char *heading; /* "Attendance sheet" */
	const char *when, *where;
	const char *heads[ROLL_COLUMNS]; /* name, detail, signature */
	const struct roll_row *rows;
	int n;
	int blank;                  /* empty lines at the end */
	const char *total, *notice; /* below the table */
};

/* Appends the PDF file to `out`; ret->entries counts the rows set. At most PAPER_PAGES; E_IO when a font is missing. */
enum code roll_make(struct arena *a, const struct roll *roll, struct buf *out, struct paper_made *ret,
                    struct err *err) MUST;

#endif
