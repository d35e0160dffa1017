/* The package: a ZIP file (APPNOTE 6.3), of which only the parts that hold the first sheet are inflated. */
#include "formats/workbook.h"

#include <string.h>

#include <zip.h>

bool workbook_is(const void *bytes, size_t len)
{
	return len > 4 && memcmp(bytes, "PK\3\4", 4) == 0;
}

static void discard(void *arg)
{
	zip_discard(arg);
}

static enum code open_package(struct arena *a, const void *bytes, size_t len, zip_t **ret, struct err *err)
{
	zip_error_t why;
	zip_error_init(&why);
	zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &why);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why) : NULL;
	zip_error_fini(&why);
	if (zip == NULL) {
		if (source) zip_source_free(source);
		FAIL(err, E_INPUT,
		     N_("This file is damaged, or is not a spreadsheet. Open it in your spreadsheet, save it again, and send that."));
	}
	arena_defer(a, discard, zip);
	*ret = zip;
	return OK;
}

/* How large it says it is, and how large it is: both within the limits. */
static enum code inflate_part(struct arena *a, zip_t *zip, const char *name, struct workbook_part *ret, struct err *err)
{
	zip_stat_t stat;
	*ret = (struct workbook_part){ 0 };
	if (zip_stat(zip, name, 0, &stat) != 0) return OK;
	bool sized = (stat.valid & (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE)) == (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE);
	if (!sized || stat.size > WORKBOOK_PART ||
	    (stat.size > (1 << 20) && stat.size / WORKBOOK_RATIO > stat.comp_size))
		FAIL(err, E_LIMIT,
		     N_("This spreadsheet is too large once unpacked. Keep only the sheet and the columns that you need."));
	zip_file_t *file = zip_fopen(zip, name, 0);
	if (file == NULL) FAIL(err, E_INPUT, N_("This spreadsheet cannot be opened: is it protected by a password?"));
	char *text = arena_alloc(a, (size_t)stat.size + 1);
	zip_int64_t n = zip_fread(file, text, stat.size);
	zip_fclose(file);
	if (n != (zip_int64_t)stat.size)
		FAIL(err, E_INPUT,
		     N_("This file is damaged, or is not a spreadsheet. Open it in your spreadsheet, save it again, and send that."));
	text[n] = '\0';
	*ret = (struct workbook_part){ text, (size_t)n };
	return OK;
}

static enum code read_xlsx(struct arena *a, zip_t *zip, const struct workbook_rows *rows, struct err *err)
{
	struct workbook_xlsx parts;
	struct workbook_part relations;
	const char *sheet;
	TRY(inflate_part(a, zip, "xl/workbook.xml", &parts.workbook, err));
	TRY(inflate_part(a, zip, "xl/_rels/workbook.xml.rels", &relations, err));
	TRY(inflate_part(a, zip, "xl/sharedStrings.xml", &parts.strings, err));
	TRY(inflate_part(a, zip, "xl/styles.xml", &parts.styles, err));
	TRY(workbook_first_sheet(a, parts.workbook, relations, &sheet, err));
	if (*sheet == '\0') sheet = "worksheets/sheet1.xml";
	TRY(inflate_part(a, zip, *sheet == '/' ? sheet + 1 : arena_printf(a, "xl/%s", sheet), &parts.sheet, err));
	return workbook_read_xlsx(a, &parts, rows, err);
}

enum code workbook_read(struct arena *a, const void *bytes, size_t len, const struct workbook_rows *rows,
                        struct err *err)
{
	zip_t *zip;
	struct workbook_part content;
	TRY(open_package(a, bytes, len, &zip, err));
	if (zip_name_locate(zip, "xl/workbook.xml", 0) >= 0) return read_xlsx(a, zip, rows, err);
	TRY(inflate_part(a, zip, "content.xml", &content, err));
	if (content.text == NULL)
		FAIL(err, E_INPUT, N_("This is not a spreadsheet: .xlsx, .ods and .csv files are read here."));
	return workbook_read_ods(a, content, rows, err);
}
