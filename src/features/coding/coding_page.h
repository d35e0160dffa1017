/* What the templates of coding ask of C. */
#ifndef PARVIS_CODING_PAGE_H
#define PARVIS_CODING_PAGE_H

#include "features/coding/theme_result.h"
#include "page/form.h"
#include "page/icon.h"
#include "statistics/agreement.h"

/* ---- Addresses ---- */

const char *book_url(const struct page *p, const struct codebook *book, const char *rest);
const char *theme_url(const struct page *p, struct id code, const char *rest);
const char *coding_url(const struct page *p, const struct coding_list *list, const char *rest);
/* Of one text of the list; `i` −1: the next that is not read. */
const char *coding_text_url(const struct page *p, const struct coding *c, int i);
const char *id_words(const struct page *p, struct id id);

/* ---- The first page ---- */

struct coding_row {
	struct coding_list list;
	int texts, read; /* by the reader; texts −1: not counted here */
};
struct coding_home {
	const struct codebook *books;
	int nbooks;
	const struct coding_row *lists;
	int nlists;
	const char *name; /* typed for a new book */
	int nspaces;      /* that she may make one in */
};
bool coding_may_have(const struct page *p, const struct space *space);

/* A new work list. */
struct coding_choice {
	const struct codebook *books;
	int nbooks;
	const struct form *form; /* chosen; NULL: the first step */
	const struct coding_field *fields;
	int nfields;
	const char *name;
};

/* ---- A book, a theme ---- */

struct book_typed {
	const struct codebook *book;
	const struct book_event *events;
	int nevents;
	const char *name, *about;
	bool blind;
	const char *text; /* an import as typed */
	/* a new theme */
	const char *code_name, *definition, *example, *parent; /* parent: id, "" none */
	int colour;
};
struct theme_typed {
	const struct codebook *book;
	int place;
	const char *name, *definition, *example, *parent;
	int colour;
	const struct book_event *events;
	int nevents;
	const struct quotation *quotations;
	int nquotations;
};
const char *book_event_words(const struct page *p, const struct book_event *event);
const char *code_colour(const struct page *p, int colour); /* class */
const char *colour_words(const struct page *p, int colour);
/* "Freins › Temps". */
const char *code_path(const struct page *p, const struct codebook *book, int place);
/* Colours of exports: "#rrggbb". */
const char *colour_code(int colour);

/* ---- Reading a text ---- */

/* A text in pieces, those that were marked with their themes. */
struct text_piece {
	const char *words;
	const char *themes; /* NULL: none */
	int colour;
};
struct shown_mark {
	const struct coding_mark *mark;
	int place;
	const char *words, *who;
	bool hers, moved, lost;
};
struct coding_reading {
	const struct coding *c;
	const struct coding_text *text;
	int at;     /* of c->n */
	bool *set;  /* hers, on the whole text, by place */
	bool read;  /* by her */
	bool shows; /* others' codes too */
	const struct text_piece *pieces;
	int npieces;
	const struct shown_mark *passages;
	int npassages;
	const struct coding_said *talk;
	int ntalk;
	const char *quote, *code, *new_name, *new_parent; /* typed */
	bool cite;
};
const struct coding_reading *coding_reading_of(const struct page *p, const struct coding *c, int at);
/* "Marie: Temps, Méfiance", of the others on the whole text and on passages; NULL: she put nothing. */
const char *coder_words(const struct page *p, const struct coding *c, const struct coding_text *text, int coder);

/* ---- Disagreements ---- */

struct code_agreement {
	int place; /* −1: all of them */
	struct agreement agreement;
};
struct coding_differences {
	const struct coding *c;
	int *texts; /* places, of this page */
	int n, all, from, decided;
	bool shows_decided;
	const struct code_agreement *agreements;
	int nagreements;
	struct code_agreement whole;
	int common; /* texts that two coders read at least */
	const struct coding_said *talk;
	int ntalk;
};
const char *agreement_words(const struct page *p, const struct agreement *agreement);
const char *agreement_figure(const struct page *p, double figure);
/* Did one of the coders put it, or was it decided? */
bool differs_has(const struct page *p, const struct coding *c, const struct coding_text *text, int place);
bool differs_put(const struct page *p, const struct coding *c, const struct coding_text *text, int coder, int place);
bool differs_decided(const struct page *p, const struct coding *c, const struct coding_text *text, int place);
enum { DIFFERENCES_SHOWN = 20, AGREEMENT_CELLS_MAX = 4000000 };
void differences_make(const struct page *p, const struct coding *c, bool decided, int from,
                      struct coding_differences *ret);

/* ---- Results ---- */

struct theme_page {
	const struct theme_result *result;
	struct theme_counts counts;
	const struct result_cross *cross; /* NULL: none asked for */
	const char *crossed;              /* key of the question */
	bool headings;
};
const char *theme_file_url(const struct page *p, const struct coding *c, const char *what, const struct format *format);
/* The themes of one question, beside its results; NULL: it is not read for themes, or not for this reader. */
const struct theme_counts *themes_beside_of(const struct page *p, const struct form *form, const char *key);
/* Names of the themes that nobody has, "". */
const char *themes_unused(const struct page *p, const struct theme_counts *counts);
const char *quotation_url(const struct page *p, const struct quotation *quotation);

#endif
