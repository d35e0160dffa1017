/* How letters are written: headers that any reader decodes, and that nobody can add to. */
#include "net/mail.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct mail_server server = { .from = "portail@parvis.example", .folder = "unused" };

static struct mail letter(void)
{
	return (struct mail){ .id = { { 1 } },
		              .to = "ada@example.org",
		              .sender_name = "Parvis",
		              .subject = "Hello",
		              .text = "One\nTwo\n",
		              .at = 1385029200000 };
}

static char *compose(const struct mail *mail)
{
	struct buf out = { 0 };
	mail_compose(&out, &server, mail);
	char *text = strdup(buf_str(&out));
	buf_release(&out);
	return text;
}

static void assert_has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL) fail_msg("“%s” is not in:\n%s", part, text);
}

/* RFC 5322 §3.6; the date is that of `date -u -R -d @1385029200`. */
static void test_headers(void **state)
{
	struct mail mail = letter();
	char *text = compose(&mail);
	(void)state;
	assert_has(text, "From: \"Parvis\" <portail@parvis.example>\r\n");
	assert_has(text, "\r\nTo: <ada@example.org>\r\n");
	assert_has(text, "\r\nSubject: Hello\r\n");
	assert_has(text, "\r\nDate: Thu, 21 Nov 2013 10:20:00 +0000\r\n");
	assert_has(text, "@parvis.example>\r\n");
	assert_has(text, "\r\n\r\nT25lDQpUd28NCg==\r\n"); /* printf 'One\r\nTwo\r\n' | base64 */
	free(text);
}

/* RFC 2047: words of 75 characters at most, each of whole characters; lines of 78 at most (RFC 5322 §2.1.1).
 * The words are those of Python's email.header for the first. */
static void test_words(void **state)
{
	struct mail mail = letter();
	(void)state;
	mail.subject = "Été";
	char *text = compose(&mail);
	assert_has(text, "\r\nSubject: =?UTF-8?B?w4l0w6k=?=\r\n");
	free(text);
	mail.subject =
	        "Une très longue invitation à l’assemblée générale de l’association du quartier, où l’on décidera ensemble";
	mail.sender_name = "Site « des \"quartiers\" »";
	text = compose(&mail);
	for (const char *line = text; *line; line = strstr(line, "\r\n") + 2)
		assert_in_range(strstr(line, "\r\n") - line, 0, 78);
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) assert_true(*c < 0x80);
	free(text);
}

/* What a person typed ends up inside a word, never on a line of its own. */
static void test_no_header_is_added(void **state)
{
	struct mail mail = letter();
	(void)state;
	mail.subject = "Hello\r\nBcc: everybody@example.org";
	mail.sender_name = "x\"\r\nBcc: everybody@example.org";
	char *text = compose(&mail);
	assert_null(strstr(text, "Bcc:"));
	free(text);
}

static void test_addresses(void **state)
{
	static const char *const good[] = { "a@b.c", "ada+lovelace@example.org", "o'neil@example.org",
		                            "é@example.org" };
	static const char *const bad[] = { "",          "a",           "@b.c",
		                           "a@",        "a b@c.d",     "a@b.c\r\nRCPT TO:<x@y.z>",
		                           "<a@b.c>",   "a@b.c,d@e.f", "a@b.c\n",
		                           "\"a\"@b.c", "a@b.c\x01" };
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) assert_true(mail_address_is_safe(good[i]));
	for (size_t i = 0; i < COUNT(bad); i++)
		if (mail_address_is_safe(bad[i])) fail_msg("“%s” is taken", bad[i]);
}

static void test_into_a_folder(void **state)
{
	char folder[] = "/tmp/parvis-letters-XXXXXX", path[400], read[4096];
	struct err err;
	struct stat st;
	(void)state;
	assert_non_null(mkdtemp(folder));
	char inside[300];
	snprintf(inside, sizeof(inside), "%s/letters", folder);
	const struct mail_server spool = { .from = "parvis@localhost", .folder = inside };
	struct mail mail = letter();
	assert_int_equal(mail_send(&spool, &mail, &err), OK);
	assert_int_equal(mail_send(&spool, &mail, &err), OK); /* twice is once */
	char id[ID_TEXT + 1];
	snprintf(path, sizeof(path), "%s/%s.eml", inside, id_format(mail.id, id));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	FILE *file = fopen(path, "r");
	size_t n = fread(read, 1, sizeof(read) - 1, file);
	fclose(file);
	read[n] = '\0';
	assert_has(read, "To: <ada@example.org>\r\n");
	mail.to = "a@b.c\r\nX: y";
	assert_int_equal(mail_send(&spool, &mail, &err), E_INPUT);
	unlink(path);
	rmdir(inside);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_no_header_is_added),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_into_a_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
