/* The package, of which only the parts that hold the first sheet are inflated, the sheet piece by piece. */
#include "formats/workbook.h"

#include <string.h>

static enum code open_package(struct arena *a, const void *bytes, size_t len, struct package **ret, struct err *err)
{
	enum code code = package_open(a, bytes, len, ret, err);
	if (code == E_INPUT)
		FAIL(err, E_INPUT,
		     N_("This file is damaged, or is not a spreadsheet. Open it in your spreadsheet, save it again, and send that."));
	return code;
}

static enum code too_large(enum code code, struct err *err)
{
	if (code == E_LIMIT)
		FAIL(err, E_LIMIT,
		     N_("This spreadsheet is too large once unpacked. Save it as CSV, or keep only the sheet and the columns that you need."));
	return code;
}

static enum code inflate_part(struct arena *a, struct package *package, const char *name, struct package_part *ret,
                              struct err *err)
{
	return too_large(package_read(a, package, name, ret, err), err);
}

/* The sheet itself is read as it is inflated. */
static enum code stream_part(struct arena *a, struct package *package, const char *name, struct package_part *ret,
                             struct err *err)
{
	return too_large(package_stream_open(a, package, name, ret, err), err);
}

static enum code read_xlsx(struct arena *a, struct package *package, const struct workbook_rows *rows, struct err *err)
{
	struct workbook_xlsx parts;
	struct package_part relations;
	const char *sheet;
	TRY(inflate_part(a, package, "xl/workbook.xml", &parts.workbook, err));
	TRY(inflate_part(a, package, "xl/_rels/workbook.xml.rels", &relations, err));
	TRY(inflate_part(a, package, "xl/sharedStrings.xml", &parts.strings, err));
	TRY(inflate_part(a, package, "xl/styles.xml", &parts.styles, err));
	TRY(workbook_first_sheet(a, parts.workbook, relations, &sheet, err));
	if (*sheet == '\0') sheet = "worksheets/sheet1.xml";
	TRY(stream_part(a, package, *sheet == '/' ? sheet + 1 : arena_printf(a, "xl/%s", sheet), &parts.sheet, err));
	return workbook_read_xlsx(a, &parts, rows, err);
}

enum code workbook_read(struct arena *a, const void *bytes, size_t len, const struct workbook_rows *rows,
                        struct err *err)
{
	struct package *package;
	struct package_part content;
	TRY(open_package(a, bytes, len, &package, err));
	if (package_has(package, "xl/workbook.xml")) return read_xlsx(a, package, rows, err);
	TRY(stream_part(a, package, "content.xml", &content, err));
	if (content.stream == NULL)
		FAIL(err, E_INPUT, N_("This is not a spreadsheet: .xlsx, .ods and .csv files are read here."));
	return workbook_read_ods(a, content, rows, err);
}
