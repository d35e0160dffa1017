/* The pages on which a WordPress export is brought in: sent, looked at, kept, taken back. */
#ifndef PARVIS_IMPORT_PAGE_H
#define PARVIS_IMPORT_PAGE_H

#include "features/import/import.h"
#include "page/page.h"
#include "web/request.h"

/* The forms that take stories. */
int import_forms(const struct page *p, const struct form *const **ret);
const char *import_day(const struct page *p, const struct import_entry *entry);
/* Among what was sent; what is usual when nothing of that name can be chosen. */
const char *import_form_chosen(struct request *r, const char *name, const char *usual);
/* Only spaces where she may add pages. */
const char *import_space_chosen(struct request *r);
/* "https://regie.example" */
const char *import_source_words(const struct import_source *source);

#endif
