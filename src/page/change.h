/* What changed between two texts, word by word. */
#ifndef PARVIS_PAGE_CHANGE_H
#define PARVIS_PAGE_CHANGE_H

#include "page/page.h"

/* The new text with what was taken out of the old one, in <del> and <ins>; words stand for the colours. */
struct html_safe page_changes(const struct page *p, const char *before, const char *after);

#endif
