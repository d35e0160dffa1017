/* The tables of results as files, through the formats of lists (formats/format.h). */
#ifndef PARVIS_RESULT_FILE_H
#define PARVIS_RESULT_FILE_H

#include "features/result/result_page.h"
#include "web/request.h"

/* Answers with the file. `cross` NULL: the frequencies of all questions. */
enum code result_file_write(struct request *r, const struct results *results, const struct result_cross *cross,
                            const struct result_question *by, const struct format *format, struct err *err) MUST;

#endif
