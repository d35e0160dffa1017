/* The form that a spreadsheet proposes, as the page shows it and people correct it. */
#ifndef PARVIS_PROPOSAL_H
#define PARVIS_PROPOSAL_H

#include "base/text.h"
#include "features/import/import_run.h"
#include "features/spreadsheet/column.h"
#include "page/page.h"

struct sheet_proposal {
	struct grid grid;
	struct column *columns;
	int title;     /* column that names the pages; -1: none yet */
	json_t *typed; /* label, plural */
	bool menu, offered;
	const struct space *space;
	const char *hash; /* of the file */
	const char *run;  /* id of the import that it was asked for already, or "" */
};

enum { PROPOSAL_NAME = 100 /* characters */ };

/* The spaces where the reader may add pages. */
int proposal_spaces(const struct page *p, const struct space *const **ret);
/* "k-3": name of a control of a column. */
const char *column_control(const struct page *p, const char *prefix, int i);
const char *column_kind_words(const struct page *p, const struct column_kind *kind);

/* What was decided, as the choices of an import (sheet_run.h). E_INPUT: the form would not stand; `issues` say why. */
enum code proposal_choices(const struct page *p, const struct sheet_proposal *proposal, json_t **ret,
                           struct issues *issues, struct err *err) MUST;
/* And back: what each column is, `keys` (may be NULL) the question that it fills, or NULL. False: of another file. */
bool columns_recall(const json_t *choices, const struct grid *grid, struct column *columns, const char **keys);
void proposal_recall(const struct page *p, const json_t *choices, struct sheet_proposal *proposal);

#endif
