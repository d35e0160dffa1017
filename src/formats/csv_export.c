/* Comma-separated values (RFC 4180). For people: words, and the mark that makes spreadsheets read UTF-8. For
 * programs (keys): keys as headings, texts that an import reads back, no mark. */
#include "formats/csv.h"
#include "formats/format.h"

static void end_row(struct buf *out)
{
	buf_lit(out, "\r\n");
}

static enum code csv_begin(struct export *x, struct err *err)
{
	(void)err;
	if (!x->keys) buf_lit(x->out, "\xEF\xBB\xBF");
	for (int i = 0; i < x->ncolumns; i++) {
		if (i) buf_putc(x->out, ',');
		csv_write(x->out, x->columns[i].label);
	}
	end_row(x->out);
	return OK;
}

/* Numbers are canonical: "-12.5" can be no formula, and stays a number. */
static enum code csv_record(struct export *x, const struct record *record, struct err *err)
{
	(void)err;
	for (int i = 0; i < x->ncolumns; i++) {
		struct cell cell = export_cell(x, record, &x->columns[i]);
		if (i) buf_putc(x->out, ',');
		if (cell.kind == CELL_NUMBER) buf_puts(x->out, cell.text);
		else csv_write(x->out, cell.text);
	}
	end_row(x->out);
	return OK;
}

const struct format format_csv = {
	.name = "csv",
	.extension = "csv",
	.media_type = "text/csv; charset=utf-8; header=present",
	.label = N_("Text with commas (CSV)"),
	.icon = "file-text",
	.begin = csv_begin,
	.record = csv_record,
};
