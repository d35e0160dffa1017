/* What the layout's templates ask of C. */
#ifndef PARVIS_LAYOUT_H
#define PARVIS_LAYOUT_H

#include <string.h>

#include "page/page.h"

const char *notice_class(enum notice_kind kind);
const char *notice_icon(enum notice_kind kind);
/* The site's name in two lines: its first word, the rest (or NULL). */
const char *brand_first(const struct page *p);
const char *brand_rest(const struct page *p);
/* The style sheet of the colours: those of the space that the page is of, or the site's. */
const char *theme_href(const struct page *p);

#endif
