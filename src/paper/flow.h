/* A list set in columns, page after page: each entry stays whole. */
#ifndef PARVIS_PAPER_FLOW_H
#define PARVIS_PAPER_FLOW_H

#include "paper/sheet.h"

void flow_draw(struct sheet *s);

#endif
