/* What the templates about children ask of C. */
#ifndef PARVIS_MINOR_PAGE_H
#define PARVIS_MINOR_PAGE_H

#include "core/kept.h"
#include "core/minor.h"
#include "features/minor/minor_ask.h"
#include "page/form.h"

/* The reader, if she is one; agreed 0 and asked 0 when she is not. */
struct minor minor_reader(const struct page *p);
/* What members alone read of this page, for who reads what they do; 0: nothing. */
int kept_shown(const struct page *p, const struct record *record, struct kept_answer **ret);
const char *minor_url(const struct page *p, const struct person *person);

#endif
