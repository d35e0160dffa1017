/* What the templates of figures ask of C. */
#ifndef PARVIS_FIGURE_PAGE_H
#define PARVIS_FIGURE_PAGE_H

#include "features/restitution/restitution_text.h"
#include "features/result/result_page.h"

struct html_safe figure_chart(const struct page *p, const struct figure_spot *spot, int index);
/* Whose answers they are, how many, of which day. */
const char *spot_source(const struct page *p, const struct figure_spot *spot);
/* "hidden" of −1. */
const char *figure_count(const struct page *p, int n);
/* Is the question said below it: the last one of its answers? */
bool quote_ends(const struct figure *figure, int quote);
const char *figure_interval(const struct page *p, const struct figure_cell *cell);

#endif
