/* multipart/form-data: RFC 7578 and RFC 2046 §5.1, in memory and through windows of every size. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "net/multipart.h"
#include "request_fixture.h"

#define PART(name) "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILE_PART(name, file) "Content-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n\r\n"

/* "name=value|name<file>content|…", or the name of the error. */
static const char *told(const struct multipart *m, const char *body)
{
	struct form_data data = { .count = -1 };
	struct buf out;
	enum code code = multipart_parse(&arena, m, &data, NULL);
	if (code != OK) {
		assert_int_equal(data.count, -1);
		return code_name(code);
	}
	buf_init(&out, &arena, 0);
	for (int i = 0; i < data.count; i++) {
		const struct form_field *f = &data.fields[i];
		buf_printf(&out, i ? "|%s" : "%s", f->name);
		if (f->is_file) {
			buf_printf(&out, "<%s>", f->value);
			buf_add(&out, body + f->offset, (size_t)f->size);
		} else {
			buf_printf(&out, "=%s", f->value);
		}
	}
	return buf_str(&out);
}

/* Read from memory, then from a file through all windows from `smallest` on: always the same. */
static const char *parse(const char *body, size_t len, size_t smallest)
{
	struct multipart m = { body, -1, (int64_t)len, "AaB03x", MULTIPART_WINDOW };
	const char *first = told(&m, body);
	FILE *file = tmpfile();
	assert_int_equal(fwrite(body, 1, len, file), len);
	fflush(file);
	m.memory = NULL;
	m.fd = fileno(file);
	for (m.window = smallest; m.window < len + 2; m.window++) {
		const char *got = told(&m, body);
		if (strcmp(got, first) != 0) fail_msg("window %zu: %s, not %s", m.window, got, first);
	}
	fclose(file);
	return first;
}

static void test_bodies(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		/* HTML 4.01 §17.13.4.2, as RFC 7578 §4.3 has several files sent */
		{ "--AaB03x\r\n" PART("submit-name") "Larry\r\n--AaB03x\r\n" FILE_PART(
		          "files",
		          "file1.txt") "... contents of file1.txt ...\r\n--AaB03x\r\n" FILE_PART("files",
		                                                                                 "file2.gif") "...contents of file2.gif...\r\n--AaB03x--\r\n",
		  "submit-name=Larry|files<file1.txt>... contents of file1.txt ...|"
		  "files<file2.gif>...contents of file2.gif..." },
		/* RFC 2046 §5.1.1: a preamble, an epilogue, white space behind a boundary */
		{ "This is the preamble.\r\n--AaB03x \t\r\n" PART("a") "1\r\n--AaB03x--\r\nepilogue --AaB03x", "a=1" },
		{ "\r\n--AaB03x\r\n" PART("a") "1\r\n--AaB03x--", "a=1" },
		{ "--AaB03x--", "" },
		{ "--AaB03x--\r\n", "" },
		/* nothing, and nearly nothing */
		{ "--AaB03x\r\n" PART("a") "\r\n--AaB03x--", "a=" },
		{ "--AaB03x\r\n" PART("a") "--AaB03x--", "a=" },
		{ "--AaB03x\r\n" FILE_PART("a", "") "\r\n--AaB03x--", "a<>" },
		{ "--AaB03x\r\n" PART("a") "\r\n\r\n--AaB03x--", "a=\n" },
		/* line ends of a text; a file keeps its bytes */
		{ "--AaB03x\r\n" PART("a") "1\r\n2\r3\n4\r\n--AaB03x--", "a=1\n2\n3\n4" },
		{ "--AaB03x\r\n" FILE_PART("a", "f") "1\r\n2\r3\n\r\n--AaB03x--", "a<f>1\r\n2\r3\n" },
		/* what looks like a boundary and is none */
		{ "--AaB03x\r\n" FILE_PART("a", "f") "\r\n--AaB03\r\n--AaB03y\r\n--AaB03xy\r\n-AaB03x\n--AaB03x\r\n"
		                                     "--AaB03x-\r\n--AaB03x--",
		  "a<f>\r\n--AaB03\r\n--AaB03y\r\n--AaB03xy\r\n-AaB03x\n--AaB03x\r\n--AaB03x-" },
		{ "--AaB03x\r\n" FILE_PART("a", "f") "\r\r\n--AaB03x--", "a<f>\r" },
		{ "--AaB03xjunk\r\n\r\n--AaB03x\r\n" PART("a") "1\r\n--AaB03x--", "a=1" },
		/* a line that ends with LF alone is a part of the preamble */
		{ "--AaB03x\n" PART("a") "1\r\n--AaB03x--", "" },
		/* wrong */
		{ "", "E_INPUT" },
		{ "--", "E_INPUT" },
		{ "--AaB03x", "E_INPUT" },
		{ "--AaB03x\r\n", "E_INPUT" },
		{ "--AaB03x\r\n\r\n", "E_INPUT" },
		{ "--AaB03x\r\n" PART("a"), "E_INPUT" },
		{ "--AaB03x\r\n" PART("a") "1", "E_INPUT" },
		{ "--AaB03x\r\n" PART("a") "1\r\n--AaB03x", "E_INPUT" },
		{ "--AaB03x\r\n" PART("a") "1\r\n--AaB03x-", "E_INPUT" },
		{ "--AaB03x\r\n" PART("a") "1\r\n--AaB03x\r\n", "E_INPUT" },
		{ "--AaB03x\r\n\r\n1\r\n--AaB03x--", "E_INPUT" }, /* a part without head */
		{ "--AaB03x\r\nContent-Type: text/plain\r\n\r\n1\r\n--AaB03x--", "E_INPUT" },
		{ "--AaB03x\r\n" PART("a") "\xE9\r\n--AaB03x--", "E_INPUT" },
		{ "--other\r\n" PART("a") "1\r\n--other--", "E_INPUT" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = parse(rows[i][0], strlen(rows[i][0]), 128);
		if (strcmp(got, rows[i][1]) != 0) fail_msg("%s: %s", rows[i][0], got);
	}
	static const char nul[] = "--AaB03x\r\n" PART("a") "1\0\r\n--AaB03x--";
	assert_string_equal(parse(nul, sizeof(nul) - 1, 128), "E_INPUT");
}

/* Bytes of a file that are nearly boundaries, at random: what was put in comes out. */
static void test_hostile_content(void **state)
{
	(void)state;
	static const char *const pieces[] = { "\r",     "\n",          "\r\n",          "--", "-",
		                              "AaB03x", "\r\n--AaB03", "\r\n--AaB03x!", " ",  "a" };
	for (int round = 0; round < 300; round++) {
		struct buf body, content;
		buf_init(&content, &arena, 0);
		buf_init(&body, &arena, 0);
		buf_puts(&content, "");
		for (uint32_t n = random_below(30); n > 0; n--) buf_puts(&content, pieces[random_below(COUNT(pieces))]);
		/* Not those that hold a boundary, with the line ends around them. */
		const char *around = arena_printf(&arena, "\r\n%s\r\n", buf_str(&content));
		if (strstr(around, "\r\n--AaB03x--") || strstr(around, "\r\n--AaB03x\r\n") ||
		    strstr(around, "\r\n--AaB03x "))
			continue;
		buf_printf(&body, "--AaB03x\r\n" FILE_PART("f", "x") "%s\r\n--AaB03x--", buf_str(&content));
		const char *expected = arena_printf(&arena, "f<x>%s", buf_str(&content));
		const char *got = parse(body.data, body.len, 100);
		if (strcmp(got, expected) != 0) fail_msg("[%s] is not [%s]", got, expected);
		arena_reset(&arena);
	}
}

static const char *repeat(const char *piece, int n, const char *before, const char *after)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	buf_puts(&out, before);
	for (int i = 0; i < n; i++) buf_puts(&out, piece);
	buf_puts(&out, after);
	return buf_str(&out);
}

static enum code judge(const char *body, int fields)
{
	struct form_data data = { .count = -1 };
	struct multipart m = { body, -1, (int64_t)strlen(body), "AaB03x", MULTIPART_WINDOW };
	enum code code = multipart_parse(&arena, &m, &data, NULL);
	if (code == OK) assert_int_equal(data.count, fields);
	return code;
}

static void test_limits(void **state)
{
	(void)state;
	static const char part[] = "--AaB03x\r\n" PART("a") "1\r\n", end[] = "--AaB03x--";
	assert_int_equal(judge(repeat(part, FORM_FIELDS, "", end), FORM_FIELDS), OK);
	assert_int_equal(judge(repeat(part, FORM_FIELDS + 1, "", end), 0), E_LIMIT);
	/* The head of a part. */
	static const char head[] = "Content-Disposition: form-data; name=a\r\nX: ";
	int room = MULTIPART_HEAD - (int)sizeof(head) + 1;
	const char *before = "--AaB03x\r\nContent-Disposition: form-data; name=a\r\nX: ";
	assert_int_equal(judge(repeat("x", room, before, "\r\n\r\n1\r\n--AaB03x--"), 1), OK);
	assert_int_equal(judge(repeat("x", room + 5, before, "\r\n\r\n1\r\n--AaB03x--"), 1), E_LIMIT);
	assert_int_equal(judge(repeat("x", 100000, before, "\r\n\r\n1\r\n--AaB03x--"), 1), E_LIMIT);
	/* All texts together; a file counts for nothing. */
	before = "--AaB03x\r\n" FILE_PART("f", "f") "0123456789\r\n--AaB03x\r\n" PART("a");
	assert_int_equal(judge(repeat("x", FORM_TEXT, before, "\r\n--AaB03x--"), 2), OK);
	assert_int_equal(judge(repeat("x", FORM_TEXT + 1, before, "\r\n--AaB03x--"), 2), E_LIMIT);
	before = "--AaB03x\r\n" PART("b") "1\r\n--AaB03x\r\n" PART("a");
	assert_int_equal(judge(repeat("x", FORM_TEXT, before, "\r\n--AaB03x--"), 2), E_LIMIT);
	before = "--AaB03x\r\n" FILE_PART("f", "f");
	assert_int_equal(judge(repeat("x", FORM_TEXT + 1, before, "\r\n--AaB03x--"), 1), OK);
}

static void test_boundary(void **state)
{
	(void)state;
	const char *ret = "untouched", *before = "multipart/form-data; boundary=";
	assert_int_equal(multipart_boundary(&arena, repeat("b", 70, before, ""), &ret, NULL), OK);
	assert_int_equal(strlen(ret), 70);
	ret = "untouched";
	assert_int_equal(multipart_boundary(&arena, repeat("b", 71, before, ""), &ret, NULL), E_INPUT);
	assert_int_equal(multipart_boundary(&arena, before, &ret, NULL), E_INPUT);
	assert_int_equal(multipart_boundary(&arena, "multipart/form-data", &ret, NULL), E_INPUT);
	assert_string_equal(ret, "untouched");
}

/* A file shorter than promised, or unreadable. */
static void test_disk(void **state)
{
	(void)state;
	static const char body[] = "--AaB03x\r\n" PART("a") "1\r\n--AaB03x--";
	FILE *file = tmpfile();
	fputs(body, file);
	fflush(file);
	struct form_data data;
	struct multipart m = { NULL, fileno(file), sizeof(body) - 1, "AaB03x", MULTIPART_WINDOW };
	assert_int_equal(multipart_parse(&arena, &m, &data, NULL), OK);
	for (long cut = 0; cut < (long)sizeof(body) - 1; cut++) {
		assert_int_equal(ftruncate(m.fd, cut), 0);
		assert_int_equal(multipart_parse(&arena, &m, &data, NULL), E_IO);
	}
	fclose(file);
}

int main(void)
{
	random_seed(11);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bodies), cmocka_unit_test(test_hostile_content),
		cmocka_unit_test(test_limits), cmocka_unit_test(test_boundary),
		cmocka_unit_test(test_disk),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
