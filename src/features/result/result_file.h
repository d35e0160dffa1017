/* The tables of results as files, through the formats of lists (formats/format.h). */
#ifndef PARVIS_RESULT_FILE_H
#define PARVIS_RESULT_FILE_H

#include "features/result/result_map.h"
#include "features/result/result_page.h"
#include "features/result/result_pair.h"
#include "web/request.h"

/* Which tables: one of these, or none: the frequencies of all questions. */
struct result_tables {
	const struct result_cross *cross;
	const struct result_question *by; /* all questions, compared by its choices */
	const struct answer_map *map;
	const struct result_pair *pair; /* before and after */
};

/* Answers with the file. */
enum code result_file_write(struct request *r, const struct results *results, const struct result_tables *tables,
                            const struct format *format, struct err *err) MUST;

#endif
