/* What Cairo 1.16 does not write into a PDF: that it is tagged, its language, its title in the window, what figures
 * say. */
#ifndef PARVIS_PAPER_FINISH_H
#define PARVIS_PAPER_FINISH_H

#include "paper/paper.h"

/* Replaces the file in `pdf`. Figures, in their order: the picture, if there is one, then codes, which say `code`. */
enum code finish_pdf(const struct paper *paper, struct buf *pdf, struct err *err) MUST;

#endif
