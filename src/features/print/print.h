/*
 * A page of the site on paper, as PDF (paper/paper.h): a record as a poster, a view as a programme, a sheet with codes
 * or a leaflet. In the words that the reader may read, the colour of the space, with the words that it puts at the
 * foot; the code on it leads back to the page.
 */
#ifndef PARVIS_PRINT_H
#define PARVIS_PRINT_H

#include "features/share/share.h"
#include "net/form_data.h"
#include "paper/paper.h"

/* As addresses say them, and message ids for people; by enum paper_kind, enum paper_size. */
struct print_word {
	const char *word, *label;
};
extern const struct print_word print_kinds[PAPER_KINDS], print_sizes[PAPER_SIZES];
/* The kinds that what is printed may take; the usual one is one of them. */
bool print_may(const struct shared *shared, enum paper_kind kind);

/* Can it be printed? Else there is only the browser's own printing. */
bool print_fits(const struct shared *shared);
/* What is proposed first: of a view, a programme where it has dates, else a leaflet; of a meeting, its minutes. */
enum paper_kind print_usual(const struct shared *shared);

/* What stands on every sheet about a record: A4, upright, with its title and the code of its page; no entry yet. */
enum code print_frame(const struct page *p, struct store *store, const struct record *record, struct paper *ret,
                      struct err *err) MUST;

/* The records on a sheet, each once. */
struct print_records {
	const struct record **all;
	int n;
};

/* Reads what it shows and how ("sorte", "format", "sens"): E_NOT_FOUND where nothing can be printed. The arena's.
 * `records`: may be NULL. */
enum code print_prepare(const struct page *p, struct store *store, const struct shared *shared,
                        const struct form_data *choices, struct paper *ret, struct print_records *records,
                        struct err *err) MUST;

#endif
