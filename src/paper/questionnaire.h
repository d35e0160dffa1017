/*
 * A questionnaire on paper, A4 upright: what is asked, with boxes to cross, lines and cells to fill in with a pen, and on
 * each page four corner marks and a QR code. Where everything that is filled in stands is given besides (struct paper_mark),
 * so that a picture of a page can be read without printing it anew.
 *
 * What stands where depends on the questions alone, never on the copy: all copies of one printing have the same marks.
 * A question is never parted between two pages unless it is longer than one.
 */
#ifndef PARVIS_PAPER_QUESTIONNAIRE_H
#define PARVIS_PAPER_QUESTIONNAIRE_H

#include "base/i18n.h"
#include "paper/paper.h"

enum {
	QUESTIONNAIRE_SHEETS = 600, /* pages of one file, all copies together */
	QUESTIONNAIRE_DIGITS = 4,   /* of the number that is written on a copy without a code */
};

enum ask_kind {
	ASK_TOLD,  /* a text; nothing is answered */
	ASK_BOXES, /* one box to cross for each option */
	ASK_LINES, /* lines to write on */
	ASK_CELLS, /* a character in each cell: numbers, dates */
	ASK_TABLE, /* lines, and a box or a cell for each column */
	ASK_SCALE, /* steps in a row */
	ASK_RANK,  /* a place to write beside each option */
};

struct ask_option {
	const char *key, *label;
	int depth;   /* of a tree of choices */
	bool writes; /* "other": something is written behind it */
};

/* Texts may be "". */
struct ask {
	enum ask_kind kind;
	const char *key;
	int number; /* as on the screen; 0: it has none */
	const char *label, *help;
	const char *condition;            /* whom it is for, above it */
	const char *rule;                 /* "One box only." */
	const struct ask_option *options; /* boxes, steps, ranked; the columns of a table */
	int noptions;
	const struct ask_option *aside; /* of a scale: "I do not know" */
	int naside;
	const struct ask_option *rows; /* of a table, of several rows of cells */
	int nrows;
	const struct ask_option *second; /* columns of a second scale */
	int nsecond;
	const char *scales[2];  /* what the two scales are called */
	bool written;           /* a table of cells to write in, not of boxes */
	const char *low, *high; /* the ends of a scale in numbers; NULL: its steps have words */
	const char *cells;      /* "##/##/####": # is a cell, the rest stands between */
	const char *unit;
	int lines;           /* to write on */
	const char *comment; /* what is to be written on a line below; NULL: nothing */
};

struct ask_section {
	const char *title, *text, *condition;
	const struct ask *asks;
	int n;
};

/* One copy. */
struct questionnaire_copy {
	const char *code; /* of whom it is for; NULL: a number is written by hand */
	const char *name; /* of whom it is for, or "" */
};

struct questionnaire {
	struct paper paper; /* lang, title, site, colour; url: what is said of the QR codes to who cannot see them */
	enum lang lang;
	const char *asker;   /* who asks */
	const char *welcome; /* paragraphs */
	const char *promise; /* what becomes of the answers */
	const char *back;    /* where it is to be returned; paragraphs */
	const char *online;  /* where it is answered on a screen; "" */
	const char *name;    /* of this printing, for people: "diagnostic 12.1" */
	const struct ask_section *sections;
	int nsections;
	const struct questionnaire_copy *copies;
	int ncopies; /* one at least */
	/* What the code of a page says. */
	const char *(*code)(struct arena *a, void *context, int page, const struct questionnaire_copy *copy);
	void *context;
};

enum paper_mark_kind {
	MARK_CORNER,
	MARK_CODE,  /* the QR code with its white rim */
	MARK_SHEET, /* a cell of the number of a copy without a code */
	MARK_BOX,   /* to cross */
	MARK_CELL,  /* for one character; place: from 0 */
	MARK_LINE,  /* to write in; place: from 0 */
	MARKS
};

/* Tenths of a millimetre from the upper left corner of the page, which is 2100 × 2970. */
struct paper_mark {
	enum paper_mark_kind kind;
	int page; /* from 1 */
	int x, y, width, height;
	const struct ask *ask;     /* NULL: of the page */
	const char *part, *choice; /* keys, or "": the line of a table, what the box stands for */
	int place;
};

struct questionnaire_made {
	int pages; /* of one copy */
	const struct paper_mark *marks;
	int nmarks;
	const int *page_of; /* of each ask, section after section: the page on which it begins */
};

/* Where everything stands; nothing is drawn. In `a`. */
enum code questionnaire_plan(struct arena *a, const struct questionnaire *q, struct questionnaire_made *ret,
                             struct err *err) MUST;
/* Appends the PDF file. E_LIMIT: too many pages. */
enum code questionnaire_make(struct arena *a, const struct questionnaire *q, struct buf *out,
                             struct questionnaire_made *ret, struct err *err) MUST;

#endif
