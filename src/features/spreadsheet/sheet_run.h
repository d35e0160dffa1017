/* The rows of a spreadsheet as a long import (features/import/import_run.h): the form that was proposed is made as they begin
 * to come, and goes with them once all are taken back. Choices: proposal_choices; once the form was made, form (its key). */
#ifndef PARVIS_SHEET_RUN_H
#define PARVIS_SHEET_RUN_H

#include "features/import/import_run.h"

#define SHEET_TYPE "text/csv"

extern const struct import_kind sheet_run_kind;

/* How many pages a form has, wherever they are. */
enum code sheet_pages(struct db *db, const struct form *form, int64_t *ret, struct err *err) MUST;

#endif
