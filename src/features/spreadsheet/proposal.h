/* The form that a spreadsheet proposes, as the page shows it and people correct it. */
#ifndef PARVIS_PROPOSAL_H
#define PARVIS_PROPOSAL_H

#include "base/text.h"
#include "features/form_edit/form_make.h"
#include "features/spreadsheet/column.h"

struct proposal_refusal {
	int line;
	const char *column; /* name of the question, or "" */
	const char *why;
};

struct sheet_proposal {
	struct grid grid;
	struct column *columns;
	int title;     /* column that names the pages; -1: none yet */
	json_t *typed; /* label, plural, add */
	bool menu, offered;
	const struct space *space;
	const char *hash; /* of the file */
	/* once it was tried */
	struct proposal_refusal *refusals;
	int nrefusals, refused, kept; /* refused: rows */
	const char *slug;
	struct id batch; /* the save that all the pages share */
};

enum { REFUSALS_SHOWN = 200, PROPOSAL_NAME = 100 /* characters */ };

/* The spaces where the reader may add pages. */
int proposal_spaces(const struct page *p, const struct space *const **ret);
/* "k-3": name of a control of a column. */
const char *column_control(const struct page *p, const char *prefix, int i);
const char *batch_text(const struct page *p, const struct sheet_proposal *proposal);
const char *column_kind_words(const struct page *p, const struct column_kind *kind);

#endif
