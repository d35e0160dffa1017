/* How a message is written: RFC 5322, RFC 2047 for what is not ASCII in headers, RFC 2045 for the text. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "net/mail.h"

enum {
	WORD_BYTES = 42 /* 56 letters of base64 and 12 around, after "Subject: ": under 78 */,
	LINE_BYTES = 57 /* 76 letters */
};

bool mail_address_is_safe(const char *address)
{
	const char *sign = strchr(address, '@');
	if (sign == NULL || sign == address || sign[1] == '\0' || strlen(address) > 254) return false;
	for (const unsigned char *c = (const unsigned char *)address; *c; c++)
		if (*c <= ' ' || *c == 0x7F || strchr("<>,;:\\\"()[]", *c)) return false;
	return true;
}

static void add_base64(struct buf *out, const void *data, size_t len)
{
	char text[128];
	sodium_bin2base64(text, sizeof(text), data, len, sodium_base64_VARIANT_ORIGINAL);
	buf_puts(out, text);
}

static bool is_plain(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		if (*c < ' ' || *c >= 0x7F) return false;
	return strstr(text, "=?") == NULL && strlen(text) < 70;
}

/* As one atom or several encoded words, each whole characters, on lines of their own. */
static void add_words(struct buf *out, const char *text)
{
	if (is_plain(text)) {
		buf_puts(out, text);
		return;
	}
	for (size_t len = strlen(text); len;) {
		size_t part = MIN(len, (size_t)WORD_BYTES);
		while (part < len && part > 1 && ((unsigned char)text[part] & 0xC0) == 0x80) part--;
		buf_lit(out, "=?UTF-8?B?");
		add_base64(out, text, part);
		buf_lit(out, "?=");
		text += part;
		len -= part;
		if (len) buf_lit(out, "\r\n ");
	}
}

/* A name before an address: quoted, or encoded. */
static void add_mailbox(struct buf *out, const char *name, const char *address)
{
	if (name && *name && is_plain(name)) {
		buf_putc(out, '"');
		for (; *name; name++) {
			if (*name == '"' || *name == '\\') buf_putc(out, '\\');
			buf_putc(out, *name);
		}
		buf_lit(out, "\" ");
	} else if (name && *name) {
		add_words(out, name);
		buf_lit(out, "\r\n ");
	}
	buf_printf(out, "<%s>", address);
}

/* RFC 5322 §3.3, in English whatever the machine's language. */
static void add_date(struct buf *out, int64_t at)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t seconds = (time_t)(at / 1000);
	struct tm tm;
	gmtime_r(&seconds, &tm);
	buf_printf(out, "%s, %02d %s %d %02d:%02d:%02d +0000", days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
	           tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* Lines end in CRLF inside too, so that every reader shows the same ones. */
static void add_body(struct buf *out, const char *text)
{
	struct buf lines = { 0 };
	for (; *text; text++) {
		if (*text == '\r') continue;
		if (*text == '\n') buf_putc(&lines, '\r');
		buf_putc(&lines, *text);
	}
	for (size_t at = 0; at < lines.len; at += LINE_BYTES) {
		add_base64(out, lines.data + at, MIN(lines.len - at, (size_t)LINE_BYTES));
		buf_lit(out, "\r\n");
	}
	buf_release(&lines);
}

void mail_compose(struct buf *out, const struct mail_server *server, const struct mail *mail)
{
	char id[ID_TEXT + 1];
	const char *domain = strchr(server->from, '@');
	buf_lit(out, "From: ");
	add_mailbox(out, mail->sender_name, server->from);
	buf_printf(out, "\r\nTo: <%s>\r\nSubject: ", mail->to);
	add_words(out, mail->subject);
	buf_lit(out, "\r\nDate: ");
	add_date(out, mail->at);
	buf_printf(out, "\r\nMessage-ID: <%s%s>\r\n", id_format(mail->id, id), domain ? domain : "@localhost");
	if (mail->stop)
		buf_printf(out, "List-Unsubscribe: <%s>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
		           mail->stop);
	buf_lit(out, "Auto-Submitted: auto-generated\r\n" /* RFC 3834: no answering machine answers */
	             "MIME-Version: 1.0\r\n"
	             "Content-Type: text/plain; charset=utf-8\r\n"
	             "Content-Transfer-Encoding: base64\r\n\r\n");
	add_body(out, mail->text);
}
