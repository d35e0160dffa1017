/*
 * A book of themes as a file. CSV: a line for each theme, under the headings "Name", "Under", "Definition", "Example", "Colour"
 * (#rrggbb); read back with those words in English or French, whatever their order; without a line of headings the first column
 * is the name, the second the definition. QDC: a code book of REFI-QDA 1.0 (https://www.qdasoftware.org, "urn:QDA-XML:codebook:1.0"),
 * which QualCoder, NVivo, ATLAS.ti and MAXQDA read.
 */
#ifndef PARVIS_BOOK_FILE_H
#define PARVIS_BOOK_FILE_H

#include "base/issues.h"
#include "features/coding/coding_page.h"

void book_csv(struct buf *out, const struct page *p, const struct codebook *book);
void book_qdc(struct buf *out, const struct codebook *book);

/* A theme of a table: under which other one (a name above it in the table, or in the book), "" at the top. */
struct book_line {
	const char *name, *under, *definition, *example;
	int colour;
	int line;
};
/* Mistakes under "text", with their line. At most CODES_MAX. */
int book_csv_read(struct arena *a, const char *text, struct book_line **ret, struct issues *issues);

#endif
