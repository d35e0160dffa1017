#include "features/calendar/calendar_run.h"
#include "features/import/import_run.h"
#include "features/import/wxr_run.h"
#include "features/spreadsheet/sheet_run.h"

/* To add one: its row, in a file of its feature. */
const struct import_kind *const import_kinds[] = { &calendar_run_kind, &wxr_run_kind, &sheet_run_kind, NULL };
