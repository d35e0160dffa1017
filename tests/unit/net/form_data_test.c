/* Forms by Content-Type, and application/x-www-form-urlencoded (WHATWG URL §5). */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "net/form_data.h"
#include "request_fixture.h"

/* "name=value|…" of what was read, or the name of the error. */
static const char *told(enum code code, const struct form_data *data)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	if (code != OK) return code_name(code);
	for (int i = 0; i < data->count; i++) {
		const struct form_field *f = &data->fields[i];
		assert_int_equal(strlen(f->value), f->len);
		buf_printf(&out, "%s%s=%s", i ? "|" : "", f->name, f->value);
	}
	return buf_str(&out);
}

static const char *urlencoded(const char *text, size_t len)
{
	struct form_data data = { .count = -1 };
	enum code code = form_data_parse_urlencoded(&arena, text, len, &data, NULL);
	if (code != OK) assert_int_equal(data.count, -1);
	return told(code, &data);
}

static void test_urlencoded(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "", "" },
		{ "a=1", "a=1" },
		{ "a=1&b=2&a=3", "a=1|b=2|a=3" },
		{ "a", "a=" },
		{ "a=", "a=" },
		{ "=a", "=a" },
		{ "=", "=" },
		{ "a=b=c", "a=b=c" },
		{ "&&a=1&&b=2&&", "a=1|b=2" },
		/* HTML 4.01 §17.13.4.1: spaces are plus signs, line ends are CR LF. */
		{ "nom=La+Rabi%C3%A8re&texte=un%0D%0Adeux", "nom=La Rabière|texte=un\ndeux" },
		{ "a=%0D%0D%0A%0A", "a=\n\n\n" },
		{ "a=100%&b=%zz", "a=100%|b=%zz" },
		{ "a%26b=1%3D2", "a&b=1=2" },
		{ "a=1;b=2", "a=1;b=2" },
		{ "a=%00", "E_INPUT" },
		{ "%00=a", "E_INPUT" },
		{ "a=%E9", "E_INPUT" },
		{ "a=%ED%A0%80", "E_INPUT" },
		{ "a=\xC3", "E_INPUT" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = urlencoded(rows[i][0], strlen(rows[i][0]));
		if (strcmp(got, rows[i][1]) != 0) fail_msg("%s: %s", rows[i][0], got);
	}
	assert_string_equal(urlencoded("a=1\0b", 5), "E_INPUT");
	assert_string_equal(urlencoded("a=1&b=2", 5), "a=1|b=");
	assert_string_equal(urlencoded("a=%41", 4), "a=%4"); /* cut by its length */
}

static void test_urlencoded_limits(void **state)
{
	(void)state;
	struct form_data data;
	struct buf text;
	buf_init(&text, &arena, 0);
	for (int i = 0; i < FORM_FIELDS; i++) buf_puts(&text, i ? "&a=1" : "a=1");
	assert_int_equal(form_data_parse_urlencoded(&arena, text.data, text.len, &data, NULL), OK);
	assert_int_equal(data.count, FORM_FIELDS);
	buf_puts(&text, "&a=1");
	assert_int_equal(form_data_parse_urlencoded(&arena, text.data, text.len, &data, NULL), E_LIMIT);
	buf_reset(&text);
	for (int i = 0; i < FORM_NAME; i++) buf_puts(&text, "n");
	assert_int_equal(form_data_parse_urlencoded(&arena, text.data, text.len, &data, NULL), OK);
	buf_puts(&text, "n");
	assert_int_equal(form_data_parse_urlencoded(&arena, text.data, text.len, &data, NULL), E_LIMIT);
}

static void test_get(void **state)
{
	(void)state;
	struct form_data data;
	assert_int_equal(form_data_parse_urlencoded(&arena, "a=1&b=2&a=3", 11, &data, NULL), OK);
	assert_string_equal(form_data_get(&data, "a"), "1");
	assert_string_equal(form_data_nth(&data, "a", 1), "3");
	assert_null(form_data_nth(&data, "a", 2));
	assert_null(form_data_get(&data, "c"));
	assert_null(form_data_file(&data, "a", 0));
}

static const char *parsed(const char *type, const char *body)
{
	struct form_data data;
	struct http_request rq = REQUEST({ type ? "Content-Type" : "X", type ? type : "" });
	rq.body = body;
	rq.body_len = (int64_t)strlen(body);
	return told(form_data_parse(&rq, &data, NULL), &data);
}

static void test_types(void **state)
{
	(void)state;
	static const char multipart[] = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--";
	assert_string_equal(parsed("application/x-www-form-urlencoded", "a=1"), "a=1");
	assert_string_equal(parsed("Application/X-WWW-Form-Urlencoded ; charset=utf-8", "a=1"), "a=1");
	assert_string_equal(parsed("multipart/form-data; boundary=b", multipart), "a=1");
	assert_string_equal(parsed("Multipart/Form-Data;BOUNDARY=\"b\"", multipart), "a=1");
	assert_string_equal(parsed("multipart/form-data", multipart), "E_INPUT");
	assert_string_equal(parsed("multipart/form-data; boundary=\"\"", multipart), "E_INPUT");
	assert_string_equal(parsed("multipart/mixed; boundary=b", multipart), "E_INPUT");
	assert_string_equal(parsed("text/plain", "a=1"), "E_INPUT");
	assert_string_equal(parsed("application/x-www-form-urlencodedx", "a=1"), "E_INPUT");
	assert_string_equal(parsed("", "a=1"), "E_INPUT");
	assert_string_equal(parsed(NULL, "a=1"), "E_INPUT");
	assert_string_equal(parsed(NULL, ""), "");
	assert_string_equal(parsed("text/plain", ""), "");
}

static FILE *file_of(const void *bytes, size_t len)
{
	FILE *file = tmpfile();
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	fflush(file);
	return file;
}

/* A body too long for memory lies in a file. */
static void test_body_in_file(void **state)
{
	(void)state;
	struct form_data data;
	struct http_request rq = REQUEST({ "Content-Type", "application/x-www-form-urlencoded" });
	size_t len = FORM_TEXT;
	char *text = malloc(len + 1);
	memset(text, 'v', len + 1);
	memcpy(text, "a=", 2);
	FILE *file = file_of(text, len + 1);
	rq.body_fd = fileno(file);
	rq.body_len = FORM_TEXT;
	assert_int_equal(form_data_parse(&rq, &data, NULL), OK);
	assert_int_equal(data.fields[0].len, FORM_TEXT - 2);
	assert_memory_equal(data.fields[0].value, text + 2, FORM_TEXT - 2);
	rq.body_len = FORM_TEXT + 1;
	assert_int_equal(form_data_parse(&rq, &data, NULL), E_LIMIT);
	/* The disk gives less than was promised. */
	assert_int_equal(ftruncate(rq.body_fd, 10), 0);
	rq.body_len = 20;
	assert_int_equal(form_data_parse(&rq, &data, NULL), E_IO);
	fclose(file);
	free(text);
}

static void test_file_read(void **state)
{
	(void)state;
	static const char body[] = "--b\r\nContent-Disposition: form-data; name=f; filename=t\r\n\r\n"
	                           "0123456789\r\n--b--";
	struct form_data data;
	struct http_request rq = REQUEST({ "Content-Type", "multipart/form-data; boundary=b" });
	FILE *file = file_of(body, sizeof(body) - 1);
	rq.body_len = sizeof(body) - 1;
	for (int in_memory = 0; in_memory < 2; in_memory++) {
		char out[20];
		rq.body = in_memory ? body : NULL;
		rq.body_fd = in_memory ? -1 : fileno(file);
		assert_int_equal(form_data_parse(&rq, &data, NULL), OK);
		const struct form_field *f = form_data_file(&data, "f", 0);
		assert_non_null(f);
		assert_null(form_data_file(&data, "f", 1));
		assert_int_equal(form_file_read(&rq, f, 0, out, sizeof(out)), 10);
		assert_memory_equal(out, "0123456789", 10);
		assert_int_equal(form_file_read(&rq, f, 3, out, 4), 4);
		assert_memory_equal(out, "3456", 4);
		assert_int_equal(form_file_read(&rq, f, 8, out, 4), 2);
		assert_int_equal(form_file_read(&rq, f, 10, out, 4), 0);
		assert_int_equal(form_file_read(&rq, f, -1, out, 4), 0);
		assert_int_equal(form_file_read(&rq, f, INT64_MAX, out, 4), 0);
	}
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_urlencoded),   cmocka_unit_test(test_urlencoded_limits),
		cmocka_unit_test(test_get),          cmocka_unit_test(test_types),
		cmocka_unit_test(test_body_in_file), cmocka_unit_test(test_file_read),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
