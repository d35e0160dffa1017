/* A form as a map: what makes each question appear, what it leads to, and what can never be reached. */
#ifndef PARVIS_FORM_MAP_H
#define PARVIS_FORM_MAP_H

#include "page/page.h"

enum map_flaw {
	MAP_SOUND,
	MAP_NEVER,   /* its condition contradicts itself */
	MAP_BEFORE,  /* it waits for an answer to a question that is then not asked */
	MAP_UNKNOWN, /* it waits for an answer that is not offered */
	MAP_LATER,   /* it looks at a question that comes after it */
};

struct map_row {
	const struct field *field;
	const char *when;                 /* “Âge” is at least 18; NULL: always */
	const char *computed;             /* how it is computed, with the questions' names; NULL */
	const struct field *const *from;  /* questions that decide whether it is asked */
	const struct field *const *leads; /* questions that it decides about, or is computed into */
	int nfrom, nleads;
	enum map_flaw flaw;
	const struct field *other; /* the question that the flaw is about; NULL */
};

/* One row for each question that is asked, in order. Returns how many. */
int form_map(const struct page *p, const struct form *form, const struct map_row **ret);
/* Why a question is flagged, as a sentence; NULL for MAP_SOUND. */
const char *map_flaw_words(const struct page *p, const struct map_row *row);
/* How many questions can never be asked. */
int map_unreached(const struct map_row *rows, int n);

/* ---- The drawing: questions one under the other, an arrow for each that decides about another ---- */

enum { MAP_STEP = 44, MAP_LEFT = 24, MAP_WIDTH = 720 };

/* The path of the arrow from row i to row j, for an SVG's `d`. */
const char *map_arrow(const struct page *p, int i, int j);
/* The place of a question among the rows. */
int map_place(const struct map_row *rows, int n, const struct field *field);
/* Its words, cut to what the drawing has room for. */
const char *map_label(const struct page *p, const struct map_row *row);

#endif
