/* Workbooks from outside: what ECMA-376 and ISO 26300 say of cells, and what no file may do to us. */
#include "formats/workbook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zip.h>

static struct arena arena;
static struct buf rows_text;

static enum code keep_row(void *arg, int line, const char *const *cells, int n, struct err *err)
{
	(void)arg;
	(void)err;
	buf_printf(&rows_text, "%d:", line);
	for (int i = 0; i < n; i++) buf_printf(&rows_text, "%s%s", i ? "|" : "", cells[i]);
	buf_puts(&rows_text, "\n");
	return OK;
}

static const struct workbook_rows keep = { keep_row, NULL };

static struct package_part part(const char *text)
{
	return (struct package_part){ .text = text, .len = text ? strlen(text) : 0 };
}

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	buf_init(&rows_text, &arena, 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

static enum code read_xlsx(const char *workbook, const char *strings, const char *styles, const char *sheet)
{
	struct workbook_xlsx parts = { part(workbook), part(strings), part(styles), part(sheet) };
	struct err err;
	buf_reset(&rows_text);
	return workbook_read_xlsx(&arena, &parts, &keep, &err);
}

static void test_xlsx(void **state)
{
	(void)state;
	static const char strings[] =
	        "<sst " MAIN
	        "><si><t>Nom</t></si><si><r><t>Le </t></r><r><t xml:space=\"preserve\">Bocal &amp; co</t></r>"
	        "<rPh sb=\"0\" eb=\"1\"><t>lecture</t></rPh></si><si/></sst>";
	static const char sheet[] =
	        "<worksheet " MAIN
	        "><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>Prix</t></is></c></row>"
	        "<row r=\"2\"/><row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c><c r=\"B4\" t=\"b\"><v>1</v></c><c r=\"C4\"><v>1.1000000000000001</v></c>"
	        "<c r=\"D4\" t=\"str\"><f>A1&amp;\"x\"</f><v>calculé</v></c><c r=\"E4\" t=\"e\"><v>#N/A</v></c><c r=\"F4\" t=\"s\"><v>99</v></c></row>"
	        "<row><c><v>5</v></c><c><v>1E+20</v></c><c><v>0.00001</v></c><c r=\"AA5\"><v>7</v></c></row></sheetData></worksheet>";
	assert_int_equal(read_xlsx(NULL, strings, NULL, sheet), OK);
	assert_string_equal(buf_str(&rows_text), "1:Nom||Prix\n4:Le Bocal & co|true|1.1|calculé|#N/A\n"
	                                         "5:5|100000000000000000000|0.000010000000||||||||||||||||||||||||7\n");
}

/* ECMA-376 §18.17.4.1: in the 1900 system 1 is 1 January 1900; in that of 1904, 0 is 1 January 1904. */
static void test_dates(void **state)
{
	(void)state;
	static const char styles[] =
	        "<styleSheet " MAIN
	        "><numFmts><numFmt numFmtId=\"165\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"166\" formatCode=\"[Red]0.0&quot;m&quot;\"/></numFmts>"
	        "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>";
	static const char sheet[] =
	        "<worksheet " MAIN
	        "><sheetData><row r=\"1\"><c s=\"0\"><v>43831</v></c><c s=\"1\"><v>43831</v></c><c s=\"2\"><v>1</v></c><c s=\"3\"><v>43831</v></c>"
	        "<c s=\"4\"><v>43831.75</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>61</v></c><c s=\"1\"><v>-5</v></c><c s=\"9\"><v>2</v></c><c s=\"4\"><v>43831.9999999</v></c></row></sheetData></worksheet>";
	assert_int_equal(read_xlsx(NULL, NULL, styles, sheet), OK);
	assert_string_equal(
	        buf_str(&rows_text),
	        "1:43831|2020-01-01|1900-01-01|43831|2020-01-01T18:00|1900-02-28|1900-03-01|-5|2|2020-01-02\n");
	static const char old[] = "<workbook " MAIN "><workbookPr date1904=\"1\"/></workbook>";
	assert_int_equal(
	        read_xlsx(
	                old, NULL, styles,
	                "<worksheet " MAIN
	                "><sheetData><row r=\"1\"><c s=\"1\"><v>0</v></c><c s=\"1\"><v>42369</v></c></row></sheetData></worksheet>"),
	        OK);
	assert_string_equal(buf_str(&rows_text), "1:1904-01-01|2020-01-01\n");
}

#define OFFICE \
	"xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
#define ODS(rows)                                                                                                  \
	"<office:document-content " OFFICE "><office:body><office:spreadsheet><table:table table:name=\"F\">" rows \
	"</table:table><table:table><table:table-row><table:table-cell><text:p>non</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"

static enum code read_ods(const char *content)
{
	struct err err;
	buf_reset(&rows_text);
	return workbook_read_ods(&arena, part(content), &keep, &err);
}

static void test_ods(void **state)
{
	(void)state;
	assert_int_equal(
	        read_ods(ODS(
	                "<table:table-column/><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Nom</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell><text:p>Fin</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16380\"/></table:table-row>"
	                "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
	                "<table:table-row><table:table-cell><office:annotation><text:p>note</text:p></office:annotation><text:p>Le<text:s text:c=\"2\"/><text:span>Bocal</text:span><text:line-break/>ici</text:p><text:p>là</text:p></table:table-cell>"
	                "<table:table-cell office:value-type=\"float\" office:value=\"1.5\"><text:p>1,50</text:p></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2020-01-02\"><text:p>02/01/20</text:p></table:table-cell>"
	                "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>VRAI</text:p></table:table-cell><table:table-cell office:value-type=\"percentage\" office:value=\"0.2\"><text:p>20 %</text:p></table:table-cell>"
	                "<table:table-cell office:value-type=\"date\" office:date-value=\"2020-01-02T18:30:00\"/><table:covered-table-cell/></table:table-row>"
	                "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"2\"><text:p>x</text:p></table:table-cell></table:table-row>"
	                "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row>")),
	        OK);
	assert_string_equal(
	        buf_str(&rows_text),
	        "1:Nom|||Fin\n5:Le  Bocal\nici\nlà|1.5|2020-01-02|true|0.2|2020-01-02T18:30\n6:x|x\n7:x|x\n");
	/* A row that says it is a million: some of it only. */
	assert_int_equal(
	        read_ods(ODS(
	                "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"1000000\"><text:p>x</text:p></table:table-cell></table:table-row>")),
	        OK);
	assert_true(rows_text.len < 2000000);
}

/* No document type, no entity, no other file; what is not XML is said to be damaged. */
static void test_refuses(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet " MAIN
		"><sheetData><row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData></worksheet>",
		"<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet " MAIN "/>",
		"<worksheet " MAIN "><sheetData><row><c><v>1</v></c>",
		"",
		"pas du XML",
		"<a>&inconnue;</a>",
		"<a>\xff\xfe</a>",
	};
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_int_equal(read_xlsx(NULL, NULL, NULL, bad[i]), E_INPUT);
		assert_int_equal(read_ods(bad[i]), E_INPUT);
		assert_null(strstr(buf_str(&rows_text), "root:"));
	}
	assert_int_equal(read_ods("<a/>"), E_INPUT);
	assert_int_equal(read_xlsx(NULL, NULL, NULL, NULL), E_INPUT);
}

/* ---- The package ---- */

static const void *zipped(const char *name, const char *text, size_t len, size_t *size)
{
	zip_error_t error;
	zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(whole, ZIP_CREATE | ZIP_TRUNCATE, &error);
	zip_source_keep(whole);
	assert_true(zip_file_add(zip, name, zip_source_buffer(zip, text, len, 0), 0) >= 0);
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_open(whole), 0);
	zip_source_seek(whole, 0, SEEK_END);
	*size = (size_t)zip_source_tell(whole);
	zip_source_seek(whole, 0, SEEK_SET);
	char *bytes = arena_alloc(&arena, *size);
	assert_int_equal(zip_source_read(whole, bytes, *size), (zip_int64_t)*size);
	zip_source_close(whole);
	zip_source_free(whole);
	return bytes;
}

static void test_package(void **state)
{
	(void)state;
	static const char content[] = ODS(
	        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>");
	struct err err;
	size_t size;
	const char *bytes = zipped("content.xml", content, strlen(content), &size);
	assert_true(package_is(bytes, size));
	assert_int_equal(workbook_read(&arena, bytes, size, &keep, &err), OK);
	assert_string_equal(buf_str(&rows_text), "1:a\n");
	for (size_t cut = 5; cut < size; cut += 7)
		assert_int_equal(workbook_read(&arena, bytes, cut, &keep, &err), E_INPUT);
	bytes = zipped("word/document.xml", "<x/>", 4, &size);
	assert_int_equal(workbook_read(&arena, bytes, size, &keep, &err), E_INPUT);
	/* 20 MB of spaces in some kilobytes. */
	size_t len = 20 * 1024 * 1024;
	char *blank = arena_alloc(&arena, len);
	memset(blank, ' ', len);
	bytes = zipped("content.xml", blank, len, &size);
	assert_true(size < 100000);
	assert_int_equal(workbook_read(&arena, bytes, size, &keep, &err), E_LIMIT);
	assert_false(package_is("Nom;Prix", 8));
}

static enum code count_row(void *arg, int line, const char *const *cells, int n, struct err *err)
{
	(void)err;
	assert_int_equal(n, 2);
	assert_int_equal(line, ++*(int *)arg);
	assert_int_equal(strtol(cells[0], NULL, 10), line);
	return OK;
}

/* More than is ever held in memory at once: 40 MB of XML, as 10,000 answers to a hundred questions make. */
static void test_large(void **state)
{
	(void)state;
	enum { ROWS = 1000, WORDS = 5000 };
	static const char around[] = ODS("@");
	int rows = 0;
	const struct workbook_rows count = { count_row, &rows };
	struct err err;
	struct buf xml;
	size_t size;
	uint32_t number = 1;
	buf_init(&xml, &arena, 0);
	const char *end = strchr(around, '@');
	buf_add(&xml, around, (size_t)(end - around));
	for (int i = 1; i <= ROWS; i++) {
		buf_printf(&xml,
		           "<table:table-row><table:table-cell><text:p>%d</text:p></table:table-cell><table:table-cell>"
		           "<text:p>",
		           i);
		for (int k = 0; k < WORDS; k++) {
			if (k % 50 == 0) number = number * 1664525u + 1013904223u;
			buf_printf(&xml, "%08x", number);
		}
		buf_puts(&xml, "</text:p></table:table-cell></table:table-row>");
	}
	buf_puts(&xml, end + 1);
	assert_true(xml.len > PACKAGE_PART);
	char *bytes = (char *)zipped("content.xml", xml.data, xml.len, &size);
	assert_int_equal(workbook_read(&arena, bytes, size, &count, &err), OK);
	assert_int_equal(rows, ROWS);
	bytes[size / 2] ^= 0x55;
	rows = 0;
	assert_int_equal(workbook_read(&arena, bytes, size, &count, &err), E_INPUT);
	assert_in_range(rows, 1, ROWS - 1);
}

static void test_first_sheet(void **state)
{
	(void)state;
	const char *name;
	struct err err;
	static const char book[] =
	        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"B\" sheetId=\"4\" r:id=\"rId7\"/><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
	static const char relations[] =
	        "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId7\" Target=\"worksheets/sheet9.xml\"/></Relationships>";
	assert_int_equal(workbook_first_sheet(&arena, part(book), part(relations), &name, &err), OK);
	assert_string_equal(name, "worksheets/sheet9.xml");
	assert_int_equal(workbook_first_sheet(&arena, part(NULL), part(NULL), &name, &err), OK);
	assert_string_equal(name, "");
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = { EACH(test_xlsx),       EACH(test_dates),   EACH(test_ods),
		                            EACH(test_refuses),    EACH(test_package), EACH(test_large),
		                            EACH(test_first_sheet) };
	return cmocka_run_group_tests_name("workbook", tests, NULL, NULL);
}
