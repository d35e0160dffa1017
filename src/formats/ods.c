/* OpenDocument 1.3 spreadsheet (OASIS), its parts put together by libzip. The rows go to a temporary file
 * first. Dates need a cell style to be shown as such (part 3, §19.370). */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <zip.h>

#include "formats/sheet.h"
#include "formats/xml.h"

static const char mimetype[] = "application/vnd.oasis.opendocument.spreadsheet";

static const char manifest[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">\n"
        "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>\n"
        "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\n"
        "<manifest:file-entry manifest:full-path=\"settings.xml\" manifest:media-type=\"text/xml\"/>\n"
        "</manifest:manifest>\n";

static const char content_head[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
        " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
        " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
        " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
        " xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\""
        " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" office:version=\"1.3\">\n"
        "<office:automatic-styles>\n"
        "<number:date-style style:name=\"day\"><number:day number:style=\"long\"/><number:text>/</number:text>"
        "<number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/></number:date-style>\n"
        "<number:date-style style:name=\"moment\"><number:day number:style=\"long\"/><number:text>/</number:text>"
        "<number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/><number:text> </number:text>"
        "<number:hours number:style=\"long\"/><number:text>:</number:text><number:minutes number:style=\"long\"/></number:date-style>\n"
        "<style:style style:name=\"column\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"4.2cm\"/></style:style>\n"
        "<style:style style:name=\"heading\" style:family=\"table-cell\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\n"
        "<style:style style:name=\"date\" style:family=\"table-cell\" style:data-style-name=\"day\"/>\n"
        "<style:style style:name=\"time\" style:family=\"table-cell\" style:data-style-name=\"moment\"/>\n"
        "</office:automatic-styles>\n<office:body><office:spreadsheet>\n";

/* ---- content.xml, written aside ---- */

static void put_text(struct buf *out, const char *text)
{
	xml_text(out, text, strlen(text));
}

/* White space as it is (part 3, §6.1.2): one space stands for itself, but at the beginning. */
static void put_line(struct buf *out, const char *line, size_t len)
{
	for (size_t i = 0; i < len;) {
		size_t plain = i;
		while (i < len && line[i] != '\t' &&
		       (line[i] != ' ' || (i > 0 && line[i - 1] != ' ' && line[i - 1] != '\t')))
			i++;
		xml_text(out, line + plain, i - plain);
		if (i < len) buf_puts(out, line[i] == '\t' ? "<text:tab/>" : "<text:s/>");
		i++;
	}
}

static void put_lines(struct buf *out, const char *text)
{
	for (;;) {
		size_t len = strcspn(text, "\n");
		buf_lit(out, "<text:p>");
		put_line(out, text, len);
		buf_lit(out, "</text:p>");
		if (text[len] == '\0') return;
		text += len + 1;
	}
}

/* "2026-11-28T14:30:00": xsd:dateTime has seconds. */
static const char *date_value(struct arena *a, const struct datetime *t, bool timed)
{
	char day[DATE_ISO_SIZE];
	date_iso(t->date, day);
	return timed ? arena_printf(a, "%sT%02d:%02d:%02d", day, t->hour, t->minute, t->second) : arena_strdup(a, day);
}

static void put_value(struct buf *out, const struct export *x, struct cell cell, const struct datetime *t, bool timed)
{
	struct arena *a = x->page->arena;
	buf_lit(out, "<table:table-cell");
	if (*cell.text == '\0') {
		buf_lit(out, "/>");
		return;
	}
	if (cell.kind == CELL_NUMBER) {
		buf_printf(out, " office:value-type=\"float\" office:value=\"%s\">", cell.text);
	} else if (cell.kind == CELL_DATE) {
		buf_printf(out, " table:style-name=\"%s\" office:value-type=\"date\" office:date-value=\"%s\">",
		           timed ? "time" : "date", date_value(a, t, timed));
		cell.text = timed ? datetime_format(a, t, DATE_NUMERIC, x->page->lang)
		                  : date_format(a, t->date, DATE_NUMERIC, x->page->lang);
	} else {
		buf_lit(out, " office:value-type=\"string\">");
	}
	put_lines(out, cell.text);
	buf_lit(out, "</table:table-cell>");
}

static void put_heading(struct buf *out, const char *label)
{
	buf_lit(out, "<table:table-cell table:style-name=\"heading\" office:value-type=\"string\">");
	put_lines(out, label);
	buf_lit(out, "</table:table-cell>");
}

/* After each row, so that the memory is one row's. */
static enum code flush(struct export *x, struct err *err)
{
	bool written = fwrite(x->out->data, 1, x->out->len, x->state) == x->out->len;
	buf_reset(x->out);
	if (!written) FAIL(err, E_IO, N_("the export cannot be written: %s"), strerror(errno));
	return OK;
}

static void close_content(void *arg)
{
	struct export *x = arg;
	if (x->state) fclose(x->state);
}

static enum code ods_begin(struct export *x, struct err *err)
{
	const char *aside = arena_printf(x->arena, "%s.xml", x->path);
	FILE *content = fopen(aside, "w+xe");
	if (content == NULL) FAIL(err, E_IO, N_("the export cannot be written: %s"), strerror(errno));
	unlink(aside);
	x->state = content;
	arena_defer(x->arena, close_content, x);
	buf_puts(x->out, content_head);
	buf_lit(x->out, "<table:table table:name=\"");
	put_text(x->out, sheet_name(x));
	buf_printf(x->out,
	           "\">\n<table:table-column table:style-name=\"column\" table:number-columns-repeated=\"%d\"/>\n"
	           "<table:table-header-rows><table:table-row>",
	           x->ncolumns);
	for (int i = 0; i < x->ncolumns; i++) put_heading(x->out, x->columns[i].label);
	buf_lit(x->out, "</table:table-row></table:table-header-rows>\n");
	return flush(x, err);
}

static enum code ods_record(struct export *x, const struct record *record, struct err *err)
{
	buf_lit(x->out, "<table:table-row>");
	for (int i = 0; i < x->ncolumns; i++) {
		struct datetime t = { 0 };
		bool timed = false;
		struct cell cell = sheet_cell(x, record, &x->columns[i], &t, &timed);
		put_value(x->out, x, cell, &t, timed);
	}
	buf_lit(x->out, "</table:table-row>\n");
	return flush(x, err);
}

/* 0 → "A", 26 → "AA" */
static const char *column_letters(int column, char out[static 8])
{
	char *at = out + 7;
	*at = '\0';
	for (int n = column + 1; n > 0; n = (n - 1) / 26) *--at = (char)('A' + (n - 1) % 26);
	return at;
}

static enum code end_content(struct export *x, struct err *err)
{
	char letters[8];
	const char *last = column_letters(x->ncolumns - 1, letters);
	buf_lit(x->out, "</table:table>\n<table:database-ranges><table:database-range table:name=\"list\" "
	                "table:display-filter-buttons=\"true\" table:target-range-address=\"'");
	put_text(x->out, sheet_name(x));
	buf_lit(x->out, "'.A1:'");
	put_text(x->out, sheet_name(x));
	buf_printf(
	        x->out,
	        "'.%s%lld\"/></table:database-ranges>\n</office:spreadsheet></office:body></office:document-content>\n",
	        last, (long long)x->n + 1);
	TRY(flush(x, err));
	/* libzip reads from where the file stands. */
	if (fseek(x->state, 0, SEEK_SET) != 0) FAIL(err, E_IO, N_("the export cannot be written: %s"), strerror(errno));
	return OK;
}

/* ---- The parts ---- */

static const char *settings(const struct export *x)
{
	struct buf out;
	buf_init(&out, x->arena, 0);
	buf_lit(&out,
	        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	        "<office:document-settings xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
	        "xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\" "
	        "xmlns:ooo=\"http://openoffice.org/2004/office\" office:version=\"1.3\"><office:settings>"
	        "<config:config-item-set config:name=\"ooo:view-settings\">"
	        "<config:config-item-map-indexed config:name=\"Views\"><config:config-item-map-entry>"
	        "<config:config-item config:name=\"ViewId\" config:type=\"string\">view1</config:config-item>"
	        "<config:config-item-map-named config:name=\"Tables\"><config:config-item-map-entry config:name=\"");
	put_text(&out, sheet_name(x));
	/* 2: the rows above the split are frozen */
	buf_lit(&out,
	        "\"><config:config-item config:name=\"VerticalSplitMode\" config:type=\"short\">2</config:config-item>"
	        "<config:config-item config:name=\"VerticalSplitPosition\" config:type=\"int\">1</config:config-item>"
	        "<config:config-item config:name=\"ActiveSplitRange\" config:type=\"short\">2</config:config-item>"
	        "<config:config-item config:name=\"PositionBottom\" config:type=\"int\">1</config:config-item>"
	        "</config:config-item-map-entry></config:config-item-map-named></config:config-item-map-entry>"
	        "</config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>\n");
	return buf_str(&out);
}

enum { QUICK = 3 /* of deflate's nine: the largest part takes a third of the time, and is little larger */ };

/* Takes `source`. False: libzip says why in its archive. */
static bool add_part(zip_t *zip, const char *name, zip_source_t *source, int method)
{
	if (source == NULL) return false;
	zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
	if (index < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(zip, (zip_uint64_t)index, method, method == ZIP_CM_DEFLATE ? QUICK : 0) == 0;
}

static bool add_bytes(zip_t *zip, const char *name, const char *text, int method)
{
	return add_part(zip, name, zip_source_buffer(zip, text, strlen(text), 0), method);
}

static bool add_parts(zip_t *zip, struct export *x)
{
	/* First and plain, so that the file says what it is (part 2, §3.3). */
	if (!add_bytes(zip, "mimetype", mimetype, ZIP_CM_STORE)) return false;
	if (!add_bytes(zip, "META-INF/manifest.xml", manifest, ZIP_CM_DEFLATE)) return false;
	if (!add_bytes(zip, "settings.xml", settings(x), ZIP_CM_DEFLATE)) return false;
	zip_source_t *content = zip_source_filep(zip, x->state, 0, -1);
	if (content) x->state = NULL; /* libzip closes it */
	return add_part(zip, "content.xml", content, ZIP_CM_DEFLATE);
}

static enum code ods_end(struct export *x, struct err *err)
{
	TRY(end_content(x, err));
	int error = 0;
	zip_t *zip = zip_open(x->path, ZIP_CREATE | ZIP_EXCL, &error);
	if (zip == NULL) FAIL(err, E_IO, N_("the export cannot be written: %s"), strerror(errno));
	if (add_parts(zip, x) && zip_close(zip) == 0) return OK;
	enum code code = err_set(err, E_IO, N_("the export cannot be written: %s"), zip_strerror(zip));
	zip_discard(zip);
	return code;
}

const struct format format_ods = {
	.name = "ods",
	.extension = "ods",
	.media_type = "application/vnd.oasis.opendocument.spreadsheet",
	.label = N_("Spreadsheet (LibreOffice, ODS)"),
	.icon = "table",
	.to_file = true,
	.begin = ods_begin,
	.record = ods_record,
	.end = ods_end,
};
