/* Office Open XML (ECMA-376 part 1, §18): one sheet, its shared strings, which of its numbers are dates. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "formats/workbook_xml.h"

enum { STRINGS = 500000, STYLES = 10000, FORMATS = 1000, FIRST_OWN_FORMAT = 164 };

struct reading {
	struct arena *a, own; /* own: of the row under way */
	struct workbook_xml x;
	const char **strings;
	int nstrings;
	bool *dates; /* is the style of this number a date's? */
	int ndates;
	bool from_1904;
	const struct workbook_rows *rows;
	struct workbook_row row;
	/* the cell under way */
	int column;
	const char *type;
	bool date, inside;
	struct buf text;
};

/* ---- Which part ---- */

static enum code first_id(struct arena *a, struct package_part workbook, const char **ret, struct err *err)
{
	struct workbook_xml x;
	bool more = workbook.text != NULL;
	*ret = NULL;
	if (more) TRY(workbook_xml_open(a, workbook, &x, err));
	while (more && *ret == NULL) {
		TRY(workbook_xml_next(&x, &more, err));
		if (more && workbook_xml_begins(&x, "sheet")) *ret = workbook_xml_attribute(&x, "id");
	}
	return OK;
}

enum code workbook_first_sheet(struct arena *a, struct package_part workbook, struct package_part relations,
                               const char **ret, struct err *err)
{
	struct workbook_xml x;
	const char *wanted, *found = NULL;
	bool more = relations.text != NULL;
	TRY(first_id(a, workbook, &wanted, err));
	if (more) TRY(workbook_xml_open(a, relations, &x, err));
	while (more && wanted && found == NULL) {
		TRY(workbook_xml_next(&x, &more, err));
		if (!more || !workbook_xml_begins(&x, "Relationship")) continue;
		const char *id = workbook_xml_attribute(&x, "Id");
		if (id && strcmp(id, wanted) == 0) found = workbook_xml_attribute(&x, "Target");
	}
	*ret = found ? found : "";
	return OK;
}

static enum code read_calendar(struct reading *r, struct package_part workbook, struct err *err)
{
	bool more = workbook.text != NULL;
	if (more) TRY(workbook_xml_open(r->a, workbook, &r->x, err));
	while (more) {
		TRY(workbook_xml_next(&r->x, &more, err));
		if (!more || !workbook_xml_begins(&r->x, "workbookPr")) continue;
		const char *flag = workbook_xml_attribute(&r->x, "date1904");
		r->from_1904 = flag && (strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0);
	}
	return OK;
}

/* ---- Shared strings ---- */

/* What is said aloud of a word (rPh) is not written in the cell. */
static enum code read_strings(struct reading *r, struct package_part part, struct err *err)
{
	struct buf text;
	bool more = part.text != NULL, inside = false, aloud = false;
	if (!more) return OK;
	TRY(workbook_xml_open(r->a, part, &r->x, err));
	r->strings = arena_array(r->a, const char *, MIN(part.len / 5 + 1, (size_t)STRINGS));
	buf_init(&text, r->a, 0);
	for (;;) {
		TRY(workbook_xml_next(&r->x, &more, err));
		if (!more) return OK;
		const char *piece = workbook_xml_text(&r->x);
		if (workbook_xml_begins(&r->x, "si")) buf_reset(&text);
		if (workbook_xml_begins(&r->x, "rPh")) aloud = true;
		if (workbook_xml_begins(&r->x, "t")) inside = true;
		if (piece && inside && !aloud && text.len < WORKBOOK_CELL) buf_puts(&text, piece);
		if (workbook_xml_ends(&r->x, "t")) inside = false;
		if (workbook_xml_ends(&r->x, "rPh")) aloud = false;
		if (!workbook_xml_ends(&r->x, "si")) continue;
		if ((size_t)r->nstrings >= MIN(part.len / 5 + 1, (size_t)STRINGS))
			FAIL(err, E_LIMIT, N_("This spreadsheet holds too many texts: cut it into several."));
		r->strings[r->nstrings++] = arena_strdup(r->a, buf_str(&text));
	}
}

/* ---- Styles ---- */

/* §18.8.30: formats that the program has, whatever the language. */
static bool is_date_number(int format)
{
	return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) ||
	       (format >= 50 && format <= 58);
}

/* A format of the file's own: does it show a day, a month, a year or an hour? Not inside quotes or brackets. */
static bool is_date_code(const char *code)
{
	for (; *code; code++) {
		if (*code == '"') {
			const char *end = strchr(code + 1, '"');
			if (end == NULL) return false;
			code = end;
		} else if (*code == '[') {
			const char *end = strchr(code, ']');
			if (end == NULL) return false;
			code = end;
		} else if (*code == '\\' && code[1]) {
			code++;
		} else if (strchr("ymdhYMDH", *code)) {
			return true;
		}
	}
	return false;
}

static enum code read_styles(struct reading *r, struct package_part part, struct err *err)
{
	bool more = part.text != NULL, cells = false;
	struct {
		int number;
		bool date;
	} *own = arena_alloc(r->a, FORMATS * sizeof(*own));
	int nown = 0;
	if (!more) return OK;
	TRY(workbook_xml_open(r->a, part, &r->x, err));
	r->dates = arena_array(r->a, bool, STYLES);
	for (;;) {
		TRY(workbook_xml_next(&r->x, &more, err));
		if (!more) return OK;
		if (workbook_xml_begins(&r->x, "numFmt") && nown < FORMATS) {
			const char *code = workbook_xml_attribute(&r->x, "formatCode");
			own[nown].number = workbook_xml_count(&r->x, "numFmtId", 0, 1 << 20);
			own[nown++].date = code && is_date_code(code);
		}
		if (workbook_xml_begins(&r->x, "cellXfs")) cells = true;
		if (cells && workbook_xml_begins(&r->x, "xf") && r->ndates < STYLES) {
			int format = workbook_xml_count(&r->x, "numFmtId", 0, 1 << 20);
			bool date = is_date_number(format);
			for (int i = 0; i < nown; i++)
				if (own[i].number == format) date = own[i].date;
			r->dates[r->ndates++] = date;
		}
		if (workbook_xml_ends(&r->x, "cellXfs")) cells = false;
	}
}

/* ---- Cells ---- */

/* "BC12" is column 54; -1: it does not say. */
static int column_of(const char *reference)
{
	int column = 0, letters = 0;
	for (; reference && *reference >= 'A' && *reference <= 'Z' && letters < 4; reference++, letters++)
		column = column * 26 + (*reference - 'A' + 1);
	return letters && letters < 4 ? column - 1 : -1;
}

/* A serial number of days (§18.17.4.1); the 29 February 1900 that never was is counted. */
static const char *date_text(struct reading *r, double serial)
{
	if (!(serial >= 0 && serial < 2958466)) return NULL;
	double days = floor(serial);
	int64_t minutes = (int64_t)llround((serial - days) * 1440);
	if (minutes == 1440) {
		minutes = 0;
		days++;
	}
	struct date epoch = r->from_1904 ? (struct date){ 1904, 1, 1 } : (struct date){ 1899, 12, days < 60 ? 31 : 30 };
	if (!r->from_1904 && serial < 1)
		return arena_printf(&r->own, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
	char iso[DATE_ISO_SIZE];
	date_iso(date_from_days(date_to_days(epoch) + (int64_t)days), iso);
	if (minutes == 0) return arena_strdup(&r->own, iso);
	return arena_printf(&r->own, "%sT%02d:%02d", iso, (int)(minutes / 60), (int)(minutes % 60));
}

/* 15 digits are what a spreadsheet shows; the rest is the dust of binary fractions. */
static const char *number_text(struct reading *r, const char *text)
{
	char *end, *out;
	double value = strtod(text, &end);
	if (*text == '\0' || *end || !isfinite(value)) return text;
	if (r->date) {
		const char *date = date_text(r, value);
		if (date) return date;
	}
	out = arena_printf(&r->own, "%.15g", value);
	if (strchr(out, 'e') == NULL) return out;
	return fabs(value) >= 1 ? arena_printf(&r->own, "%.0f", value) : arena_printf(&r->own, "%.12f", value);
}

static const char *cell_text(struct reading *r)
{
	const char *text = buf_str(&r->text), *type = r->type ? r->type : "n";
	if (strcmp(type, "s") == 0) {
		char *end;
		long i = strtol(text, &end, 10);
		return *text && *end == '\0' && i >= 0 && i < r->nstrings ? r->strings[i] : "";
	}
	if (strcmp(type, "b") == 0) return *text == '1' ? "true" : "false";
	if (strcmp(type, "n") == 0) return number_text(r, text);
	return text; /* str, inlineStr, d; e: an error, to be seen */
}

static void begin_cell(struct reading *r)
{
	int at = column_of(workbook_xml_attribute(&r->x, "r")), style = workbook_xml_count(&r->x, "s", -1, STYLES);
	r->column = at >= 0 ? at : r->column + 1;
	r->type = workbook_xml_attribute(&r->x, "t");
	r->date = style >= 0 && style < r->ndates && r->dates[style];
	buf_reset(&r->text);
}

static enum code read_sheet(struct reading *r, struct err *err)
{
	bool more;
	for (;;) {
		TRY(workbook_xml_next(&r->x, &more, err));
		if (!more) return OK;
		const char *piece = workbook_xml_text(&r->x);
		if (workbook_xml_begins(&r->x, "row")) {
			r->row.line = workbook_xml_count(&r->x, "r", r->row.line + 1, WORKBOOK_ROWS + 1);
			r->column = -1;
			if (r->row.line > WORKBOOK_ROWS) return OK;
		}
		if (workbook_xml_begins(&r->x, "c")) begin_cell(r);
		if (workbook_xml_begins(&r->x, "v") || workbook_xml_begins(&r->x, "t")) r->inside = true;
		if (piece && r->inside && r->text.len < WORKBOOK_CELL) buf_puts(&r->text, piece);
		if (workbook_xml_ends(&r->x, "v") || workbook_xml_ends(&r->x, "t")) r->inside = false;
		if (workbook_xml_ends(&r->x, "c") && r->text.len) workbook_row_set(&r->row, r->column, cell_text(r));
		if (workbook_xml_ends(&r->x, "row")) TRY(workbook_row_end(&r->row, r->rows, err));
	}
}

static void release_own(void *arg)
{
	arena_release(arg);
}

enum code workbook_read_xlsx(struct arena *a, const struct workbook_xlsx *parts, const struct workbook_rows *rows,
                             struct err *err)
{
	struct reading *r = arena_calloc(a, 1, sizeof(*r));
	r->a = a;
	r->rows = rows;
	arena_init(&r->own);
	arena_defer(a, release_own, &r->own);
	r->row.a = &r->own;
	if (parts->sheet.text == NULL && parts->sheet.stream == NULL)
		FAIL(err, E_INPUT, N_("There is no sheet in this spreadsheet."));
	TRY(read_calendar(r, parts->workbook, err));
	TRY(read_strings(r, parts->strings, err));
	TRY(read_styles(r, parts->styles, err));
	TRY(workbook_xml_open(a, parts->sheet, &r->x, err));
	r->x.a = &r->own; /* attributes go with their row */
	buf_init(&r->text, a, 0);
	return read_sheet(r, err);
}
