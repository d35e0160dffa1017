/* Web and e-mail addresses, telephone numbers. */
#include "field_fixture.h"

#define NOT_WEB "This is not a web address. Example: https://example.org;"
#define NOT_MAIL "This is not an e-mail address. Example: name@example.org;"
#define NOT_PHONE "This is not a telephone number. Example: 02 47 00 00 00;"

static void test_link(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'link'");
	static const struct text_row rows[] = {
		{ "example.org", "'https://example.org'", "" },
		{ "http://example.org/a?b=c#d", "'http://example.org/a?b=c#d'", "" },
		{ "example.org:8080/x", "'https://example.org:8080/x'", "" },
		{ "https://été.example", "'https://été.example'", "" },
		{ "https://[2001:db8::1]:443/", "'https://[2001:db8::1]:443/'", "" },
		{ "", "-", "" },
		{ "javascript:alert(1)", "'javascript:alert(1)'", NOT_WEB },
		{ "JavaScript:alert(document.cookie)", "'JavaScript:alert(document.cookie)'", NOT_WEB },
		{ "data:text/html,x", "'data:text/html,x'", NOT_WEB },
		{ "ftp://example.org", "'ftp://example.org'", NOT_WEB },
		{ "mailto:a@example.org", "'mailto:a@example.org'", NOT_WEB },
		{ "https://", "'https://'", NOT_WEB },
		{ "https:///x", "'https:///x'", NOT_WEB },
		{ "https://a b", "'https://a b'", NOT_WEB },
		{ "https://banque.example@pirate.example", "'https://banque.example@pirate.example'", NOT_WEB },
		{ "https://example.org:javascript", "'https://example.org:javascript'", NOT_WEB },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = { { "3", "This should be a text.;" }, { "'example.org'", NOT_WEB } };
	test_checks(field, values, COUNT(values));
	assert_string_equal(shown(field, LANG_FR, "'https://example.org/'"),
	                    "<a href=\"https://example.org/\" rel=\"noopener\">example.org</a>");
	assert_string_equal(written(posted(field, "champ=example.org")), "'https://example.org'");
}

static void test_email(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'email'");
	static const struct text_row rows[] = {
		{ "jo@example.org", "'jo@example.org'", "" },
		{ " jo.o'neil+tours@sous.example.org ", "'jo.o'neil+tours@sous.example.org'", "" },
		{ "", "-", "" },
		{ "jo", "'jo'", NOT_MAIL },
		{ "jo@example", "'jo@example'", NOT_MAIL },
		{ "@example.org", "'@example.org'", NOT_MAIL },
		{ "jo@.org", "'jo@.org'", NOT_MAIL },
		{ "jo@example.", "'jo@example.'", NOT_MAIL },
		{ "jo@a@example.org", "'jo@a@example.org'", NOT_MAIL },
		{ "jo@example..org", "'jo@example..org'", NOT_MAIL },
		{ "jo, al@example.org", "'jo, al@example.org'", NOT_MAIL },
		{ "mailto:jo@example.org", "'mailto:jo@example.org'", NOT_MAIL },
		{ "jo?bcc=al@example.org", "'jo?bcc=al@example.org'", NOT_MAIL },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = { { "[]", "This should be a text.;" } };
	test_checks(field, values, COUNT(values));
	assert_string_equal(shown(field, LANG_FR, "'jo@example.org'"),
	                    "<a href=\"mailto:jo@example.org\">jo@example.org</a>");
	assert_contains(edited(field, LANG_FR, "'jo@example.org'"), "type=\"email\" value=\"jo@example.org\"");
}

static void test_phone(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'phone'");
	static const struct text_row rows[] = {
		{ "0247000000", "'02 47 00 00 00'", "" },
		{ "02.47.00.00.00", "'02 47 00 00 00'", "" },
		{ "+33 2 47 00 00 00", "'+33 2 47 00 00 00'", "" },
		{ "3919", "'3919'", "" },
		{ "15", "'15'", "" }, /* the ambulance */
		{ "", "-", "" },
		{ "demander Jo", "'demander Jo'", NOT_PHONE },
		{ "0247000000 (Jo)", "'0247000000 (Jo)'", NOT_PHONE }, /* nothing typed is dropped */
		{ "1234567890123456", "'1234567890123456'", NOT_PHONE },
	};
	test_imports(field, rows, COUNT(rows));
	assert_string_equal(shown(field, LANG_FR, "'02 47 00 00 00'"), "<a href=\"tel:0247000000\">02 47 00 00 00</a>");
	/* Abroad one dials +33 2…: the zero in brackets is for France. */
	assert_contains(shown(field, LANG_FR, "'+33 (0)2 47 00 00 00'"), "href=\"tel:+33247000000\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = { FIELD_TEST(test_link), FIELD_TEST(test_email), FIELD_TEST(test_phone) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
