/* OpenDocument (ISO/IEC 26300, part 1, §9): the first table of content.xml. Rows and cells may stand for many. */
#include <string.h>

#include "formats/workbook_xml.h"

enum { REPEATED_ROWS = 1000 /* of one that has something in it */ };

struct reading {
	struct arena own;
	struct workbook_xml x;
	const struct workbook_rows *rows;
	struct workbook_row row;
	int column, cells, row_times;
	const char *value; /* as the file keeps it, when it is more than the text shown */
	struct buf text;
	bool cell, note;
	int paragraphs;
};

/* Dates, numbers, yes and no are kept apart from how they are shown. */
static const char *kept_value(struct reading *r)
{
	const char *type = workbook_xml_attribute(&r->x, "value-type");
	if (type == NULL || strcmp(type, "string") == 0 || strcmp(type, "time") == 0) return NULL;
	if (strcmp(type, "date") == 0) {
		char *date = (char *)workbook_xml_attribute(&r->x, "date-value");
		char *midnight = date ? strstr(date, "T00:00:00") : NULL;
		if (midnight) *midnight = '\0';
		else if (date && strlen(date) > 16 && date[16] == ':') date[16] = '\0'; /* a minute is precise enough */
		return date;
	}
	if (strcmp(type, "boolean") == 0) return workbook_xml_attribute(&r->x, "boolean-value");
	return workbook_xml_attribute(&r->x, "value");
}

static void begin_cell(struct reading *r)
{
	r->cell = true;
	r->cells = workbook_xml_count(&r->x, "number-columns-repeated", 1, WORKBOOK_COLUMNS + 1);
	r->value = kept_value(r);
	r->paragraphs = 0;
	buf_reset(&r->text);
}

static void end_cell(struct reading *r)
{
	const char *text = r->value ? r->value : buf_str(&r->text);
	for (int i = 0; i < r->cells && r->column + i < WORKBOOK_COLUMNS && *text; i++)
		workbook_row_set(&r->row, r->column + i, text);
	r->column += MIN(r->cells, WORKBOOK_COLUMNS + 1);
	r->column = MIN(r->column, WORKBOOK_COLUMNS + 1);
	r->cell = false;
}

static void put(struct reading *r, const char *text)
{
	if (r->text.len < WORKBOOK_CELL) buf_puts(&r->text, text);
}

/* §6.1: paragraphs, runs of spaces, tabulations and line breaks; notes are not the cell's. */
static void read_text(struct reading *r)
{
	const char *piece = workbook_xml_text(&r->x);
	if (workbook_xml_begins(&r->x, "annotation")) r->note = !r->x.empty;
	if (workbook_xml_ends(&r->x, "annotation")) r->note = false;
	if (r->note) return;
	if (workbook_xml_begins(&r->x, "p") && r->paragraphs++) put(r, "\n");
	if (workbook_xml_begins(&r->x, "s"))
		for (int i = workbook_xml_count(&r->x, "c", 1, 100); i > 0; i--) put(r, " ");
	if (workbook_xml_begins(&r->x, "tab")) put(r, " ");
	if (workbook_xml_begins(&r->x, "line-break")) put(r, "\n");
	if (piece && r->paragraphs) put(r, piece);
}

static enum code end_row(struct reading *r, struct err *err)
{
	int times = r->row.n ? MIN(r->row_times, (int)REPEATED_ROWS) : 0, line = r->row.line;
	struct workbook_row row = r->row;
	for (int i = 1; i < times; i++) { /* all but the last, which empties it */
		row.line = line + i - 1;
		TRY(r->rows->row(r->rows->arg, row.line, row.cells, row.n, err));
	}
	r->row.line = line + MAX(times, 1) - 1;
	TRY(workbook_row_end(&r->row, r->rows, err));
	r->row.line = MIN(line + r->row_times, WORKBOOK_ROWS + 1);
	return OK;
}

static bool begins_cell(const struct reading *r)
{
	return workbook_xml_begins(&r->x, "table-cell") || workbook_xml_begins(&r->x, "covered-table-cell");
}

static bool ends_cell(const struct reading *r)
{
	return workbook_xml_ends(&r->x, "table-cell") || workbook_xml_ends(&r->x, "covered-table-cell");
}

static enum code read_table(struct reading *r, struct err *err)
{
	bool more;
	for (;;) {
		TRY(workbook_xml_next(&r->x, &more, err));
		if (!more || r->row.line > WORKBOOK_ROWS) return OK;
		if (workbook_xml_begins(&r->x, "table-row")) {
			r->row_times = workbook_xml_count(&r->x, "number-rows-repeated", 1, WORKBOOK_ROWS);
			r->row_times = MAX(r->row_times, 1);
			r->column = 0;
		}
		if (begins_cell(r)) begin_cell(r);
		if (r->cell) read_text(r);
		if (r->cell && ends_cell(r)) end_cell(r);
		if (workbook_xml_ends(&r->x, "table-row")) TRY(end_row(r, err));
		if (workbook_xml_ends(&r->x, "table")) return OK;
	}
}

static void release_own(void *arg)
{
	arena_release(arg);
}

enum code workbook_read_ods(struct arena *a, struct package_part content, const struct workbook_rows *rows,
                            struct err *err)
{
	struct reading *r = arena_calloc(a, 1, sizeof(*r));
	bool more = true;
	r->rows = rows;
	r->row.line = 1;
	arena_init(&r->own);
	arena_defer(a, release_own, &r->own);
	r->row.a = &r->own;
	buf_init(&r->text, a, 0);
	TRY(workbook_xml_open(a, content, &r->x, err));
	r->x.a = &r->own;
	while (more) {
		TRY(workbook_xml_next(&r->x, &more, err));
		if (more && workbook_xml_begins(&r->x, "table") && !r->x.empty) return read_table(r, err);
	}
	FAIL(err, E_INPUT, N_("There is no sheet in this spreadsheet."));
}
