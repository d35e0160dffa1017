/* Office Open XML (ECMA-376) by libxlsxwriter, whose rows go to a temporary file one by one. Headings stay in
 * sight and sort; numbers and dates are such, shown as the reader's own program writes them. */
#include <stdlib.h>
#include <string.h>

#include <xlsxwriter.h>

#include "formats/sheet.h"

enum { WIDTH = 22, SHORT_DATE = 14, DATE_AND_TIME = 22 /* ECMA-376 §18.8.30: as the locale writes them */ };

struct book {
	lxw_workbook *workbook; /* NULL once closed */
	lxw_worksheet *sheet;
	lxw_format *heading, *date, *time;
};

static enum code check(lxw_error error, struct err *err)
{
	if (error == LXW_NO_ERROR) return OK;
	FAIL(err, E_IO, N_("the export cannot be written: %s"), lxw_strerror(error));
}

static void release(void *arg)
{
	struct book *book = arg;
	if (book->workbook) lxw_workbook_free(book->workbook);
}

static lxw_format *add_date_format(struct book *book, uint8_t index)
{
	lxw_format *format = workbook_add_format(book->workbook);
	format_set_num_format_index(format, index);
	format_set_align(format, LXW_ALIGN_LEFT);
	return format;
}

static enum code xlsx_begin(struct export *x, struct err *err)
{
	struct book *book = arena_new(x->arena, struct book);
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = arena_strdup(x->arena, x->folder) };
	book->workbook = workbook_new_opt(x->path, &options);
	if (book->workbook == NULL) return check(LXW_ERROR_CREATING_XLSX_FILE, err);
	arena_defer(x->arena, release, book);
	x->state = book;
	book->sheet = workbook_add_worksheet(book->workbook, sheet_name(x));
	if (book->sheet == NULL) return check(LXW_ERROR_CREATING_TMPFILE, err);
	book->heading = workbook_add_format(book->workbook);
	format_set_bold(book->heading);
	book->date = add_date_format(book, SHORT_DATE);
	book->time = add_date_format(book, DATE_AND_TIME);
	worksheet_freeze_panes(book->sheet, 1, 0);
	TRY(check(worksheet_set_column(book->sheet, 0, (lxw_col_t)(x->ncolumns - 1), WIDTH, NULL), err));
	for (int i = 0; i < x->ncolumns; i++)
		TRY(check(worksheet_write_string(book->sheet, 0, (lxw_col_t)i, x->columns[i].label, book->heading),
		          err));
	return OK;
}

static lxw_error write_cell(const struct book *book, lxw_row_t row, lxw_col_t column, struct cell cell,
                            const struct datetime *t, bool timed)
{
	if (cell.kind == CELL_NUMBER)
		return worksheet_write_number(book->sheet, row, column, strtod(cell.text, NULL), NULL);
	if (cell.kind == CELL_TEXT) return worksheet_write_string(book->sheet, row, column, cell.text, NULL);
	lxw_datetime date = { t->date.year, t->date.month, t->date.day, t->hour, t->minute, t->second };
	return worksheet_write_datetime(book->sheet, row, column, &date, timed ? book->time : book->date);
}

static enum code xlsx_record(struct export *x, const struct record *record, struct err *err)
{
	const struct book *book = x->state;
	for (int i = 0; i < x->ncolumns; i++) {
		struct datetime t = { 0 };
		bool timed = false;
		struct cell cell = sheet_cell(x, record, &x->columns[i], &t, &timed);
		if (*cell.text) TRY(check(write_cell(book, (lxw_row_t)(x->n + 1), (lxw_col_t)i, cell, &t, timed), err));
	}
	return OK;
}

static enum code xlsx_end(struct export *x, struct err *err)
{
	struct book *book = x->state;
	lxw_workbook *workbook = book->workbook;
	TRY(check(worksheet_autofilter(book->sheet, 0, 0, (lxw_row_t)x->n, (lxw_col_t)(x->ncolumns - 1)), err));
	book->workbook = NULL;
	return check(workbook_close(workbook), err);
}

const struct format format_xlsx = {
	.name = "xlsx",
	.extension = "xlsx",
	.media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	.label = N_("Spreadsheet (Excel, XLSX)"),
	.icon = "table",
	.to_file = true,
	.begin = xlsx_begin,
	.record = xlsx_record,
	.end = xlsx_end,
};
