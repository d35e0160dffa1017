/* The records of a view in one of the formats of formats/format.h: for the reader who asks, all that match her
 * choices, up to EXPORT_MAX. */
#ifndef PARVIS_EXPORT_H
#define PARVIS_EXPORT_H

#include "formats/format.h"
#include "views/view_type.h"

/* The address of a view in a format, with the choices made in the address of its page. */
const char *export_address(const struct page *p, const struct view_list *list, const struct format *format);

/* The feeds of a view, for the head of its page. */
void export_feeds(struct page *p, const struct view_list *list);

#endif
