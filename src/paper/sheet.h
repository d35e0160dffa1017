/* A sheet being drawn: page after page of one size, in points from the top left, with tags and boxes of text. */
#ifndef PARVIS_PAPER_SHEET_H
#define PARVIS_PAPER_SHEET_H

#include <pango/pangocairo.h>

#include "paper/paper.h"

struct box {
	double x, y, width, height;
};

struct sheet {
	struct arena *arena;
	const struct paper *paper;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoFontMap *fonts;
	PangoContext *pango;
	double width, height, margin;
	double em; /* of running text, for this size of sheet */
	double red, green, blue;
	struct paper_made made;
};

/* How a text is set. */
struct style {
	const char *tag; /* "H1", "H2", "P"… */
	double size;     /* points */
	int weight;      /* PANGO_WEIGHT_… */
	bool accent;     /* in the site's colour */
	bool white;
	bool hyphens;
	bool centred;
	const char *url; /* it links there; NULL: it does not */
};

enum code sheet_open(struct sheet *s, struct arena *a, const struct paper *paper, struct buf *out,
                     struct err *err) MUST;
enum code sheet_close(struct sheet *s, struct err *err) MUST;
void sheet_next(struct sheet *s); /* ends the page under way */

/* Sets a text at the top of a box, in lines that stay in it: what is over is cut with an ellipsis, and noted. Gives
 * the height taken; nothing is drawn for an empty text, nor where not one line fits. `draw` false: only measured. */
double sheet_text(struct sheet *s, struct box box, const struct style *style, const char *text, bool draw);
/* The greatest size, from style->size down to `least`, at which the text fits its box without a broken word. */
double sheet_fit(struct sheet *s, struct box box, const struct style *style, double least, const char *text);

/* The site, its words and the number of the page, at the foot of the page under way. */
void sheet_foot(struct sheet *s);

/* Decoration: not in the document's structure. */
void sheet_fill(struct sheet *s, struct box box, double red, double green, double blue);
void sheet_accent(struct sheet *s, struct box box);

/* The code of an address, black on white, as large as the square box: false when it is too long. */
bool sheet_code(struct sheet *s, struct box box, const char *url);
/* A picture that fills a box, cut at its sides. */
void sheet_picture(struct sheet *s, struct box box, const struct paper_picture *picture);
/* The paper's logo, whole, at the left of a box, in the middle of its height; `plate`: on white. Gives the width taken; 0:
 * there is none. */
double sheet_logo(struct sheet *s, struct box box, bool plate);

#endif
