/* What the files of core/codebook.h share: codes as the table has them. */
#ifndef PARVIS_CODEBOOK_ROW_H
#define PARVIS_CODEBOOK_ROW_H

#include "core/codebook.h"

struct code_row {
	struct book_code code; /* parent, counts, depth, children and keys are not set */
	int64_t parent, merged;
};

/* `rows` in the order of their positions. */
void codebook_order(struct arena *a, const struct code_row *rows, int n, struct codebook *book);

#endif
