/*
 * Sheets of paper as PDF: a poster, or a list set in columns. Tagged (ISO 32000-1 §14.8), with title and language,
 * fonts embedded. Texts are plain, whoever wrote them: nothing in them is markup. The fonts are the two families
 * of paper/font.h and no other, so that a sheet looks the same wherever it is made.
 */
#ifndef PARVIS_PAPER_H
#define PARVIS_PAPER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum {
	PAPER_PAGES = 60,        /* of a list: what does not fit is said to be on line */
	PAPER_ENTRIES = 1000,    /* of a list */
	PAPER_TITLE_CHARS = 200, /* of each text; the rest is cut, with an ellipsis */
	PAPER_LINE_CHARS = 300,
	PAPER_TEXT_CHARS = 700, /* of an entry of a list */
	PAPER_POSTER_CHARS = 2500,
	PAPER_PARAGRAPH_CHARS = 3000, /* of minutes */
};

enum paper_kind { PAPER_POSTER, PAPER_PROGRAMME, PAPER_CRIER, PAPER_LEAFLET, PAPER_MINUTES, PAPER_KINDS };
enum paper_size { PAPER_A3, PAPER_A4, PAPER_A5, PAPER_SIZES };

/* A JPEG file, which nothing decodes here; a logo may be a WebP. */
struct paper_picture {
	const void *data;
	size_t size;
	int width, height;
	const char *alt; /* "": it says nothing */
};

/* Texts may be NULL or empty, but for the title. */
struct paper_entry {
	const char *heading; /* entries that follow each other with the same one stand below it once */
	const char *title, *when, *where, *text;
	const char *url; /* whole; the title links to it, and its code is drawn where the kind has codes */
};

struct paper {
	enum paper_kind kind;
	enum paper_size size;
	bool landscape;
	const char *lang;                    /* "fr": BCP 47; French is hyphenated */
	const char *title;                   /* of the document, and above a list */
	const char *site;                    /* who makes it */
	const char *footer;                  /* below each sheet */
	const char *more;                    /* sentence said where something was cut: "The rest is on line" */
	const char *url;                     /* where all of it is: a code leads there */
	const char *colour;                  /* "#rrggbb", dark enough for white on it */
	const struct paper_picture *picture; /* of a poster, or NULL */
	const struct paper_picture *logo;    /* of who makes it: JPEG or WebP; or NULL */
	const struct paper_entry *entries;   /* of a poster: one */
	int n;
};

struct paper_made {
	int pages;
	int entries; /* set; fewer than n: PAPER_PAGES was reached */
	bool cut;    /* some text did not fit */
};

/* Appends the PDF file to `out`. E_INPUT without entry, E_IO when a font is missing. */
enum code paper_make(struct arena *a, const struct paper *paper, struct buf *out, struct paper_made *ret,
                     struct err *err) MUST;

#endif
