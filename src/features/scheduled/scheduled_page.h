/* What the templates of drafts ask of C. */
#ifndef PARVIS_SCHEDULED_PAGE_H
#define PARVIS_SCHEDULED_PAGE_H

#include "core/scheduled.h"
#include "page/page.h"

/* When a draft is published by itself; NULL: nobody said so. */
const struct scheduled *record_scheduled(const struct page *p, const struct record *record);
/* "Europe/Paris": whose clocks its times are. */
const char *clock_words(const struct page *p);

#endif
