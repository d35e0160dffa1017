/* A report on sheets (paper/document.h). */
#ifndef PARVIS_RESTITUTION_PAPER_H
#define PARVIS_RESTITUTION_PAPER_H

#include "features/restitution/restitution_page.h"
#include "paper/document.h"

/* The blocks as they are set; `chosen` NULL: all, else those that are true. */
enum code restitution_paper(struct request *r, const struct restitution_shown *x, const bool *chosen,
                            struct paper_document *ret, struct err *err) MUST;
/* Answers with the PDF file. */
enum code restitution_paper_answer(struct request *r, const struct paper_document *document, struct err *err) MUST;

#endif
