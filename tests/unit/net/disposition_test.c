/* Heads of parts: RFC 7578 §4, RFC 6266, RFC 8187, and what browsers send (WHATWG HTML §4.10.21.8). */
#include "net/disposition.h"
#include "net/multipart.h"
#include "request_fixture.h"

/* "name" or "name <file>" or "name <file> type", or the name of the error. */
static const char *told(const char *head, size_t len)
{
	struct form_field field = { .name = "untouched" };
	enum code code = disposition_read(&arena, head, len, &field, NULL);
	if (code != OK) {
		assert_string_equal(field.name, "untouched");
		return code_name(code);
	}
	assert_int_equal(strlen(field.value), field.len);
	const char *file = field.is_file ? arena_printf(&arena, " <%s>", field.value) : "";
	const char *space = *field.content_type ? " " : "";
	return arena_printf(&arena, "%s%s%s%s", field.name, file, space, field.content_type);
}

#define CD "Content-Disposition: form-data"

static void test_heads(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		/* RFC 7578 §4.2 to §4.6 */
		{ CD "; name=\"user\"", "user" },
		{ CD "; name=\"_charset_\"", "_charset_" },
		{ CD "; name=\"field1\"\r\ncontent-type: text/plain;charset=windows-1250\r\n"
		     "content-transfer-encoding: 8bit",
		  "field1 text/plain;charset=windows-1250" },
		{ CD "; name=\"field1\"\r\nContent-Transfer-Encoding: quoted-printable", "E_INPUT" },
		{ CD "; name=\"field1\"\r\nContent-Transfer-Encoding: base64", "E_INPUT" },
		/* HTML 4.01 §17.13.4.2 */
		{ CD "; name=\"files\"; filename=\"file1.txt\"\r\nContent-Type: text/plain",
		  "files <file1.txt> text/plain" },
		{ "content-disposition:form-data;name=a;filename=b", "a <b>" },
		{ "CONTENT-DISPOSITION: FORM-DATA; NAME=a; FILENAME=\"b c\"", "a <b c>" },
		{ "X-Other: y\r\n" CD "; name=a", "a" },
		{ CD "; name=\"\"", "" },
		{ CD "; filename=\"f\"; name=\"a\"", "a <f>" },
		{ CD "; name=a; filename=\"\"", "a <>" },
		/* the semicolon and the quotes of a name do not cut it */
		{ CD "; name=\"a; filename=b\"", "a; filename=b" },
		{ CD "; name=\"a\\\"b\"", "a\"b" },
		{ CD "; name=\"a%22b\"", "a%22b" },
		{ CD "; xname=b; name=a", "a" },
		{ CD "; junk; name=a", "a" },
		{ CD "; name = b; name=a", "a" },
		/* a file's folder is nobody's business, nor is it a way out of ours */
		{ CD "; name=a; filename=\"C:\\Documents\\a b.txt\"", "a <a b.txt>" },
		{ CD "; name=a; filename=\"../../etc/passwd\"", "a <passwd>" },
		{ CD "; name=a; filename=\"/\"", "a <>" },
		{ CD "; name=a; filename=\"..\"", "a <_>" },
		{ CD "; name=a; filename=\".\"", "a <_>" },
		{ CD "; name=a; filename=\"..\\..\"", "a <_>" },
		/* U+202E, which turns "gpj.exe" round */
		{ CD "; name=a; filename=\"photo\xE2\x80\xAEgpj.exe\"", "a <photogpj.exe>" },
		{ CD "; name=a; filename=\"a\x01\x1B[31mb\"", "a <a[31mb>" },
		/* RFC 8187 §3.2.2's example, and RFC 6266 §4.3: the extended form wins */
		{ CD "; name=a; filename*=UTF-8''%c2%a3%20and%20%e2%82%ac%20rates", "a <£ and € rates>" },
		{ CD "; name=a; filename=\"EURO rates\"; filename*=utf-8'en'%e2%82%ac%20rates", "a <€ rates>" },
		{ CD "; name=a; filename=\"b\"; filename*=iso-8859-1'en'%A3%20rates", "a <b>" },
		{ CD "; name=a; filename=\"b\"; filename*=UTF-8''%zz", "a <b>" },
		{ CD "; name=a; filename=\"b\"; filename*=UTF-8''%00", "a <b>" },
		{ CD "; name=a; filename=\"b\"; filename*=UTF-8'", "a <b>" },
		{ CD "; name=a; filename*=UTF-8''..%2F..%2Fpasswd", "a <passwd>" },
		{ CD "; name=a; filename*=UTF-8''%E9", "E_INPUT" },
		/* refused */
		{ "", "E_INPUT" },
		{ CD, "E_INPUT" },
		{ CD ";", "E_INPUT" },
		{ CD "; name", "E_INPUT" },
		{ CD "; name=\"a", "E_INPUT" },
		{ CD "; name=\"a\\\"", "E_INPUT" },
		{ CD "; filename=a", "E_INPUT" },
		{ "Content-Disposition: attachment; name=a", "E_INPUT" },
		{ "Content-Disposition: form-datax; name=a", "E_INPUT" },
		{ "Content-Disposition : form-data; name=a", "E_INPUT" },
		{ " " CD "; name=a", "E_INPUT" },
		{ CD "; name=a\r\n" CD "; name=b", "E_INPUT" },
		{ CD "; name=a\r\nno colon", "E_INPUT" },
		{ CD "; name=a\r\n; filename=b", "E_INPUT" },
		{ CD "; name=a\nX: y", "E_INPUT" },
		{ CD "; name=a\rX: y", "E_INPUT" },
		{ CD "; name=\"\xE9\"", "E_INPUT" },
		{ CD "; name=a; filename=\"\xE9t\xE9\"", "E_INPUT" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = told(rows[i][0], strlen(rows[i][0]));
		if (strcmp(got, rows[i][1]) != 0) fail_msg("%s: %s", rows[i][0], got);
	}
	static const char nul[] = CD "; name=\"a\0b\"";
	assert_string_equal(told(nul, sizeof(nul) - 1), "E_INPUT");
}

static void test_limits(void **state)
{
	(void)state;
	struct buf head;
	buf_init(&head, &arena, 0);
	buf_puts(&head, CD "; name=\"");
	for (int i = 0; i < FORM_NAME; i++) buf_puts(&head, "n");
	size_t at = head.len;
	buf_puts(&head, "\"");
	assert_int_equal(strlen(told(head.data, head.len)), FORM_NAME);
	head.len = at;
	buf_puts(&head, "n\"");
	assert_string_equal(told(head.data, head.len), "E_LIMIT");
	buf_reset(&head);
	buf_puts(&head, CD "; name=a");
	for (int i = 1; i < MULTIPART_HEAD_FIELDS; i++) buf_puts(&head, "\r\nX: y");
	assert_string_equal(told(head.data, head.len), "a");
	buf_puts(&head, "\r\nX: y");
	assert_string_equal(told(head.data, head.len), "E_LIMIT");
}

static void test_parameter(void **state)
{
	(void)state;
	static const struct {
		const char *field, *name, *value;
	} rows[] = {
		{ "multipart/form-data; boundary=AaB03x", "boundary", "AaB03x" },
		{ "multipart/form-data;charset=utf-8;Boundary=\"a b;c\"", "boundary", "a b;c" },
		{ "multipart/form-data; boundary=x ", "boundary", "x" },
		{ "multipart/form-data; boundary=\"x\" ; y=z", "y", "z" },
		{ "multipart/form-data; boundary=", "boundary", "" },
		{ "multipart/form-data", "boundary", NULL },
		{ "boundary=x", "boundary", NULL },
		{ "a; b=\"c", "b", NULL },
		{ "a; b=\"", "b", NULL },
		{ "a; b=\"\\\"", "b", NULL },
		{ "a; b=\"c:\\d\"", "b", "c:\\d" },
		{ "a; b=\"c\\\\\"", "b", "c\\" },
		{ "a;;;b=c", "b", "c" },
		{ "", "b", NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = parameter_get(&arena, rows[i].field, strlen(rows[i].field), rows[i].name);
		if (rows[i].value == NULL ? got != NULL : !got || strcmp(got, rows[i].value) != 0)
			fail_msg("%s: %s", rows[i].field, got ? got : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_heads), cmocka_unit_test(test_limits),
		                            cmocka_unit_test(test_parameter) };
	return cmocka_run_group_tests(tests, setup, teardown);
}
