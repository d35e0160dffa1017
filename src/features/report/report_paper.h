/* A report on sheets (paper/document.h). */
#ifndef PARVIS_REPORT_PAPER_H
#define PARVIS_REPORT_PAPER_H

#include "features/report/report_page.h"
#include "paper/document.h"

/* The blocks as they are set; `chosen` NULL: all, else those that are true. */
enum code report_paper(struct request *r, const struct report_shown *x, const bool *chosen,
                       struct paper_document *ret, struct err *err) MUST;
/* Answers with the PDF file. */
enum code report_paper_answer(struct request *r, const struct paper_document *document, struct err *err) MUST;

#endif
