/* Comma-separated values: RFC 4180 §2, and what spreadsheets make of them. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "formats/csv.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* All rows as "line:[cell][cell] line:…"; a refused one as "line:code". */
static const char *told(const char *text, size_t len)
{
	struct csv csv;
	struct buf out;
	buf_init(&out, &arena, 0);
	enum code code = csv_open(&csv, &arena, text, len, NULL);
	if (code != OK) return code_name(code);
	for (int rows = 0;; rows++) {
		const char **cells = NULL;
		int n = -1;
		code = csv_row(&csv, &cells, &n, NULL);
		if (code == OK && n == 0) return buf_str(&out);
		buf_printf(&out, rows ? " %d:" : "%d:", csv.line);
		if (code != OK) buf_puts(&out, code_name(code));
		for (int i = 0; i < n; i++) buf_printf(&out, "[%s]", cells[i]);
	}
}

static void test_rows(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		/* RFC 4180 §2, rules 1 to 7 */
		{ "aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "1:[aaa][bbb][ccc] 2:[zzz][yyy][xxx]" },
		{ "aaa,bbb,ccc\r\nzzz,yyy,xxx", "1:[aaa][bbb][ccc] 2:[zzz][yyy][xxx]" },
		{ "\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "1:[aaa][bbb][ccc] 2:[zzz][yyy][xxx]" },
		{ "\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", "1:[aaa][b\r\nbb][ccc] 3:[zzz][yyy][xxx]" },
		{ "\"aaa\",\"b\"\"bb\",\"ccc\"", "1:[aaa][b\"bb][ccc]" },
		/* spaces are part of a field */
		{ "a, b ,c", "1:[a][ b ][c]" },
		/* separators: the one of the first line that stands there most often, outside quotes */
		{ "a;b;c\r\n1,5;2;3", "1:[a][b][c] 2:[1,5][2][3]" },
		{ "a\tb\n1;2\t3", "1:[a][b] 2:[1;2][3]" },
		{ "\"a;b;c;d\",e\n1,2", "1:[a;b;c;d][e] 2:[1][2]" },
		{ "\"a\n;;;\",b", "1:[a\n;;;][b]" },
		{ "alone\n1", "1:[alone] 2:[1]" },
		/* the mark of UTF-8 */
		{ "\xEF\xBB\xBF\"a\",b", "1:[a][b]" },
		{ "\xEF\xBB\xBF", "" },
		/* line ends, and lines without anything */
		{ "a,b\r1,2\r", "1:[a][b] 2:[1][2]" },
		{ "a,b\n1,2\n", "1:[a][b] 2:[1][2]" },
		{ "\n\r\n a,b\n,\n\"\"\n1,2\n\n", "3:[ a][b] 6:[1][2]" },
		{ "a,b\r\n\"x\ry\",2\r\n3,4", "1:[a][b] 2:[x\ry][2] 4:[3][4]" },
		{ "", "" },
		/* empty fields, ragged rows */
		{ "a,b,c\n,,3\n1,,\n1\n1,2,3,4", "1:[a][b][c] 2:[][][3] 3:[1][][] 4:[1] 5:[1][2][3][4]" },
		{ "a,\"\"\n\"\"\"\",b", "1:[a][] 2:[\"][b]" },
		/* quotes where they mean nothing */
		{ "a\"b,c\"\"d", "1:[a\"b][c\"\"d]" },
		{ "\"a\"b,\"c\" \n1,2", "1:[ab][c ] 2:[1][2]" },
		{ "\"a\"b\"c\",d", "1:[ab\"c\"][d]" },
		/* a quote that is never closed loses its line, not the file */
		{ "a,b\n1,\"2\n3,4\n5,6", "1:[a][b] 2:E_INPUT 3:[3][4] 4:[5][6]" },
		{ "a,b\n\"1\n1\",\"2\n3,4", "1:[a][b] 2:E_INPUT 4:[3][4]" },
		{ "a,b\n1,\"", "1:[a][b] 2:E_INPUT" },
		{ "\"", "1:E_INPUT" },
		{ "a,b\r\n1,\"2\"\"\r\n3,4", "1:[a][b] 2:E_INPUT 3:[3][4]" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = told(rows[i][0], strlen(rows[i][0]));
		if (strcmp(got, rows[i][1]) != 0) fail_msg("%s: %s", rows[i][0], got);
	}
	assert_string_equal(told("a,b\n1\0,2", 8), "E_INPUT");
	assert_string_equal(told("a,b", 2), "1:[a][]"); /* ends where it is said to end */
}

/* libc knows Windows-1252 but for the five bytes it leaves out; the web reads those as controls. */
static void test_windows_1252(void **state)
{
	(void)state;
	iconv_t converter = iconv_open("UTF-8", "CP1252");
	assert_true(converter != (iconv_t)-1);
	for (int c = 0x80; c <= 0xFF; c++) {
		char text[] = { 'a', (char)c, ',', 'b' }, utf8[8] = "";
		char *in = text + 1, *out = utf8;
		size_t in_len = 1, out_len = sizeof(utf8) - 1;
		if (iconv(converter, &in, &in_len, &out, &out_len) != 0) {
			utf8[0] = '\xC2';
			utf8[1] = (char)c;
		}
		assert_string_equal(told(text, sizeof(text)), arena_printf(&arena, "1:[a%s][b]", utf8));
	}
	iconv_close(converter);
	assert_string_equal(told("L\x92\xE9t\xE9;10 \x80", 10), "1:[L’été][10 €]");
}

static void test_limits(void **state)
{
	(void)state;
	struct buf text;
	buf_init(&text, &arena, 0);
	for (int i = 0; i < CSV_COLUMNS; i++) buf_puts(&text, i ? ",x" : "x");
	struct csv csv;
	const char **cells;
	int n;
	assert_int_equal(csv_open(&csv, &arena, text.data, text.len, NULL), OK);
	assert_int_equal(csv_row(&csv, &cells, &n, NULL), OK);
	assert_int_equal(n, CSV_COLUMNS);
	/* One more, and the next row is read well though a quoted line end stood in this one. */
	buf_puts(&text, ",\"y\nz\"\nnext");
	assert_int_equal(csv_open(&csv, &arena, text.data, text.len, NULL), OK);
	assert_int_equal(csv_row(&csv, &cells, &n, NULL), E_LIMIT);
	assert_int_equal(csv.line, 1);
	assert_int_equal(csv_row(&csv, &cells, &n, NULL), OK);
	assert_string_equal(cells[0], "next");
	assert_int_equal(csv.line, 3);
	/* The longest cell, quoted or not; its doubled quotes count once. */
	for (int quoted = 0; quoted < 2; quoted++) {
		buf_reset(&text);
		buf_puts(&text, quoted ? "\"\"\"" : "x");
		for (int i = 1; i < CSV_CELL; i++) buf_putc(&text, 'x');
		size_t len = text.len;
		buf_puts(&text, quoted ? "\",b\nc" : ",b\nc");
		assert_int_equal(csv_open(&csv, &arena, text.data, text.len, NULL), OK);
		assert_int_equal(csv_row(&csv, &cells, &n, NULL), OK);
		assert_int_equal(strlen(cells[0]), CSV_CELL);
		text.len = len;
		buf_puts(&text, quoted ? "x\",b\nc" : "x,b\nc");
		assert_int_equal(csv_open(&csv, &arena, text.data, text.len, NULL), OK);
		assert_int_equal(csv_row(&csv, &cells, &n, NULL), E_LIMIT);
		assert_int_equal(csv_row(&csv, &cells, &n, NULL), OK);
		assert_string_equal(cells[0], "c");
		assert_int_equal(csv.line, 2);
	}
}

static void test_error_names_line(void **state)
{
	(void)state;
	static const char text[] = "a,b\n\n1,\"2\n3,4";
	struct csv csv;
	struct err err;
	const char **cells;
	int n;
	char said[200];
	assert_int_equal(csv_open(&csv, &arena, text, sizeof(text) - 1, &err), OK);
	assert_int_equal(csv_row(&csv, &cells, &n, &err), OK);
	assert_int_equal(csv_row(&csv, &cells, &n, &err), E_INPUT);
	assert_non_null(strstr(err_format(&err, err.msg, said, sizeof(said)), "line 3"));
}

static const char *written(const char *cell)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	csv_write(&out, cell);
	return buf_str(&out);
}

static void test_write(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "", "" },
		{ "abc", "abc" },
		{ "L’été à Tours", "L’été à Tours" },
		{ "a,b", "\"a,b\"" },
		{ "a;b", "\"a;b\"" },
		{ "a\tb", "\"a\tb\"" },
		{ "b\"bb", "\"b\"\"bb\"" }, /* RFC 4180 §2, rule 7 */
		{ "a\r\nb", "\"a\r\nb\"" },
		/* formulas (OWASP, "CSV injection") */
		{ "=1+1", "\"'=1+1\"" },
		{ "+33 2 47", "\"'+33 2 47\"" },
		{ "-1", "\"'-1\"" },
		{ "@SUM(A1)", "\"'@SUM(A1)\"" },
		{ "\t=1", "\"'\t=1\"" },
		{ "\r=1", "\"'\r=1\"" },
		{ "=\"a\"", "\"'=\"\"a\"\"\"" },
		{ "a=1", "a=1" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) assert_string_equal(written(rows[i][0]), rows[i][1]);
}

/* What is written is read back, but for formulas. */
static void test_round_trip(void **state)
{
	(void)state;
	static const char *const pieces[] = { "\"", ",", ";", "\t", "\r", "\n", "\r\n", " ", "a", "é", "'" };
	for (int round = 0; round < 20000; round++) {
		struct buf row, cell;
		const char *cells[3], **back;
		int n;
		buf_init(&row, &arena, 0);
		buf_puts(&row, "x;x;x\r\n");
		for (size_t i = 0; i < COUNT(cells); i++) {
			buf_init(&cell, &arena, 0);
			buf_puts(&cell, "c");
			for (uint32_t k = random_below(8); k > 0; k--)
				buf_puts(&cell, pieces[random_below(COUNT(pieces))]);
			cells[i] = buf_str(&cell);
			if (i) buf_puts(&row, ";");
			csv_write(&row, cells[i]);
		}
		struct csv csv;
		assert_int_equal(csv_open(&csv, &arena, row.data, row.len, NULL), OK);
		assert_int_equal(csv_row(&csv, &back, &n, NULL), OK);
		assert_int_equal(csv_row(&csv, &back, &n, NULL), OK);
		assert_int_equal(n, COUNT(cells));
		for (size_t i = 0; i < COUNT(cells); i++) assert_string_equal(back[i], cells[i]);
		arena_reset(&arena);
	}
}

int main(void)
{
	random_seed(5);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),   cmocka_unit_test(test_windows_1252),
		cmocka_unit_test(test_limits), cmocka_unit_test(test_error_names_line),
		cmocka_unit_test(test_write),  cmocka_unit_test(test_round_trip),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
