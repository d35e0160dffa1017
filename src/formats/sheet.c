#include "formats/sheet.h"

#include <string.h>

#include "base/text.h"

enum { SHEET_NAME = 31, CELL_CHARS = 32767, EXACT_DIGITS = 15, FIRST_YEAR = 1900 };

const char *sheet_name(const struct export *x)
{
	char *name = arena_strdup(x->arena, x->name ? x->name : t(x->page, &x->view->form->plural));
	for (char *c = name; *c; c++)
		if (strchr("[]:*?/\\'", *c)) *c = ' ';
	name = text_trim(x->arena, name);
	return *name ? text_cut(x->arena, name, SHEET_NAME) : "Parvis";
}

static bool is_exact(const char *number)
{
	size_t digits = 0;
	for (; *number; number++) digits += *number >= '0' && *number <= '9';
	return digits <= EXACT_DIGITS;
}

static bool read_date(const char *text, struct datetime *ret, bool *timed)
{
	struct datetime t = { 0 };
	*timed = datetime_from_iso(text, &t);
	if (!*timed && !date_from_iso(text, &t.date)) return false;
	*ret = t;
	return t.date.year >= FIRST_YEAR;
}

struct cell sheet_cell(const struct export *x, const struct record *record, const struct export_column *column,
                       struct datetime *ret, bool *timed)
{
	struct cell cell = export_cell(x, record, column);
	if (cell.kind == CELL_NUMBER && !is_exact(cell.text)) cell.kind = CELL_TEXT;
	if (cell.kind == CELL_DATE && !read_date(cell.text, ret, timed)) cell.kind = CELL_TEXT;
	if (strlen(cell.text) > CELL_CHARS) cell.text = text_cut(x->page->arena, cell.text, CELL_CHARS);
	return cell;
}
