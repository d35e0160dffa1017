/* One thing, to be read from afar: what, when, where; then why one would come. */
#ifndef PARVIS_PAPER_POSTER_H
#define PARVIS_PAPER_POSTER_H

#include "paper/sheet.h"

void poster_draw(struct sheet *s);

#endif
