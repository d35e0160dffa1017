/*
 * What the two files of the export for R share: the columns of its data, each a variable of its script. A question is one
 * variable, or one for each of its boxes (b_key) or of its ranks (r_key), and further ones for words: q_other_text, q_comment.
 */
#ifndef PARVIS_R_EXPORT_H
#define PARVIS_R_EXPORT_H

#include "formats/format.h"

enum r_kind {
	R_TEXT,
	R_NUMBER,
	R_WORKED_OUT, /* computed: numbers or words, as it comes */
	R_DAY,
	R_TIME,   /* local */
	R_MOMENT, /* UTC */
	R_LOGICAL,
	R_FACTOR,
	R_ORDERED,
	R_BOX,
	R_RANK,    /* its place, from 1 */
	R_WORDS,   /* typed beside "other" */
	R_COMMENT, /* typed beside a choice */
};

/* One column of the file. */
struct r_variable {
	const char *name;
	enum r_kind kind;
	const struct export_column *column;
	const struct choice *choice; /* of R_BOX and R_RANK; of R_COMMENT, where there is one for each */
};

/* The script that reads the data, in the arena of the export; in ASCII but for its comments, so that R reads it whatever its
 * language is. */
const char *r_script(const struct export *x, const struct r_variable *variables, int n);

#endif
