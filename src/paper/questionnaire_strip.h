/* Inside of questionnaire.h: a page is strips set below each other; a strip is never parted. */
#ifndef PARVIS_PAPER_QUESTIONNAIRE_STRIP_H
#define PARVIS_PAPER_QUESTIONNAIRE_STRIP_H

#include "paper/questionnaire.h"
#include "paper/sheet.h"

#define MM(x) ((x)*72.0 / 25.4)

/* The page, in millimetres. */
#define PAGE_LEFT 20.0
#define PAGE_RIGHT 190.0
#define PAGE_TOP 39.0
#define PAGE_BOTTOM 276.0
#define GUTTER 9.0 /* where numbers of questions stand */
#define TEXT_LEFT (PAGE_LEFT + GUTTER)
#define BOX 4.4
#define LEADING 7.2 /* from one box to the next */

enum strip_kind {
	STRIP_COVER,
	STRIP_SECTION,
	STRIP_HEAD,  /* number, question, what is said of it */
	STRIP_BOXES, /* a line of the grid of boxes */
	STRIP_OTHER, /* a box and a line to write on */
	STRIP_LINE,
	STRIP_CELLS,
	STRIP_TABLE_HEAD,
	STRIP_TABLE_ROW,
	STRIP_ROW_NAME, /* of a table that is too wide for the page */
	STRIP_SCALE,
	STRIP_RANK,
	STRIP_GAP,
};

struct strip {
	enum strip_kind kind;
	const struct ask *ask;
	const struct ask_section *section;
	const struct ask_option *options; /* of a grid of boxes */
	int noptions, columns, rows;      /* the grid */
	int i;                            /* which line of it, which row, which line to write on */
	const char *part;
	double height; /* points */
	int page;
	double y;
};

struct marks {
	struct paper_mark *all;
	int n, room;
};

/* Pages under way: measured, or drawn. */
struct draw {
	struct sheet s;
	const struct questionnaire *q;
	const struct questionnaire_copy *copy;
	struct marks *marks; /* NULL: they are noted already */
	int page, pages;     /* of the copy */
	bool drawing;
};

/* Draws, or measures, one strip with its top at y; gives its height, in points. */
double strip_lay(struct draw *d, const struct strip *strip, double y);
/* How many columns the grid of these options has. */
int strip_columns(struct draw *d, const struct ask_option *options, int n);
/* Those of tables (questionnaire_table.c). */
double strip_table_head(struct draw *d, const struct strip *strip, double y);
double strip_table_row(struct draw *d, const struct strip *strip, double y);
double strip_row_name(struct draw *d, const struct strip *strip, double y);
/* Is the table too wide for the page? */
bool strip_too_wide(struct draw *d, const struct ask *ask);
/* Corner marks, code, what the page is. */
void questionnaire_frame(struct draw *d);
double questionnaire_cover(struct draw *d, double y);

/* A text in a column of the page, in millimetres from the left; gives its height. */
double draw_text(struct draw *d, double left, double right, double y, const struct style *style, const char *text);
/* An outline, put on the grid of tenths of millimetres and noted as a mark. In points. */
void draw_mark(struct draw *d, enum paper_mark_kind kind, struct box box, const struct ask *ask, const char *part,
               const char *choice, int place);
/* An outline that is no mark: of an example. */
void draw_outline(struct draw *d, struct box box);
void draw_cross(struct draw *d, struct box box);

#endif
