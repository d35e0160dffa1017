/* The pages on which a WordPress export is brought in: sent, looked at, kept, taken back. */
#ifndef PARVIS_IMPORT_PAGE_H
#define PARVIS_IMPORT_PAGE_H

#include "features/import/import.h"
#include "page/page.h"

enum { IMPORT_SHOWN = 300 /* lines of a list */ };

struct wxr_page {
	const char *file, *images;       /* hashes of what was sent; images: "" */
	const char *space, *post, *page; /* chosen */
	const struct import_report *report;
	const char *failed; /* why nothing was kept, or NULL */
};

/* The forms that take stories. */
int import_forms(const struct page *p, const struct form *const **ret);
const char *import_day(const struct page *p, const struct import_entry *entry);
/* "https://regie.example" */
const char *import_source_words(const struct import_source *source);

#endif
