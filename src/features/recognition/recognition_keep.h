/*
 * A year as everybody reads it, kept in the memory of the program until something public changes: counting goes through
 * all pages and revisions of the year.
 */
#ifndef PARVIS_RECOGNITION_KEEP_H
#define PARVIS_RECOGNITION_KEEP_H

#include "core/recognition.h"
#include "page/page.h"

enum { YEARS_KEPT = 6 /* the one not asked for longest goes */ };

/* Counted, or as kept since `generation` (store_generation, read before the page's snapshot); held until the page's arena
 * goes. Of people only what the page shows of them: no address. */
enum code recognition_kept(const struct page *p, uint64_t generation, int64_t from, int64_t to,
                           const struct recognition **ret, struct err *err) MUST;

#endif
