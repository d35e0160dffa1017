/* Reading a record. */
#ifndef PARVIS_RECORD_SHOW_H
#define PARVIS_RECORD_SHOW_H

#include "web/route.h"

/* The beginning of its first text, for search engines and shared links; NULL: it has none. */
const char *record_description(const struct page *p, const struct record *record);

/* By its id, and by its address in a space. */
handler record_permanent, record_in_space;
/* One that somebody else has found. */
enum code record_show(struct request *r, struct record *record, struct err *err) MUST;

#endif
