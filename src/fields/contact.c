/* Ways to reach: a web address, an e-mail address, a telephone number. */
#include <string.h>

#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/value.h"

enum { ADDRESS_MAX = 2000, EMAIL_MAX_LENGTH = 254 };

/* ---- Web address: http or https. "example.org" is completed. ---- */

static bool is_web(const char *url)
{
	return strncasecmp(url, "https://", 8) == 0 || strncasecmp(url, "http://", 7) == 0;
}

/* "mailto:a@b.org", but not "example.org:8080". */
static bool has_scheme(const char *url)
{
	size_t len = strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
	return url[len] == ':' && !(url[len + 1] >= '0' && url[len + 1] <= '9');
}

/* A name or an IP address, perhaps a port (RFC 3986 §3.2); no user name, which hides where a link leads. */
static bool is_host(const char *host, size_t len)
{
	size_t name = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/?#");
	if (name == 0 || name > len || *host == '.') return false;
	if (memchr(host, '@', len) || memchr(host, '%', len)) return false;
	size_t digits = host[name] == ':' ? strspn(host + name + 1, "0123456789") : 0;
	return digits ? name + 1 + digits == len : name == len;
}

static json_t *link_import(const struct field *field, const char *text, struct issues *issues)
{
	const char *url = value_clean(field, text, TEXT_LINE, issues);
	if (url && !is_web(url) && !has_scheme(url)) url = arena_printf(issues->arena, "https://%s", url);
	return value_string(issues, url);
}

static json_t *link_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return link_import(field, post->get(post->context, field->key, 0), issues);
}

static void link_check(const struct field *field, const json_t *value, struct issues *issues)
{
	const char *url = value_str(value);
	const char *host = is_web(url) ? strstr(url, "://") + 3 : NULL;
	if (!value_check_string(field, value, ADDRESS_MAX, issues)) return;
	if (host == NULL || !is_host(host, strcspn(host, "/?#")) || strpbrk(url, " <>\"\\^`{|}"))
		issues_add(issues, field->key, N_("This is not a web address. Example: https://example.org"));
}

static void link_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	const char *url = value_str(value), *shown = strstr(url, "://");
	shown = shown ? shown + 3 : url;
	size_t len = strlen(shown);
	if (len && shown[len - 1] == '/') shown = arena_strndup(p->arena, shown, len - 1);
	out_link(out, p, url, text_cut(p->arena, shown, 60));
}

static void link_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	input_line(out, p, field, "text", "url", "url", value_str(value), ADDRESS_MAX);
}

const struct field_type field_link = {
	.name = "link",
	.means = EXPRESSION_TEXT,
	.label = N_("A link"),
	.description = N_("A web address"),
	.icon = "link",
	.read = link_read,
	.import = link_import,
	.check = link_check,
	.show = link_show,
	.edit = link_edit,
	.text = value_text_string,
	.index = value_index_string,
};

/* ---- E-mail address ---- */

/* "example.org": names between dots, two at least. */
static bool is_domain(const char *domain)
{
	int names = 0;
	for (size_t len;; domain += len + 1, names++) {
		len = strcspn(domain, ".@");
		if (len == 0 || domain[len] == '@') return false;
		if (domain[len] == '\0') return names > 0;
	}
}

static json_t *email_import(const struct field *field, const char *text, struct issues *issues)
{
	return value_string(issues, value_clean(field, text, TEXT_LINE, issues));
}

static json_t *email_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return email_import(field, post->get(post->context, field->key, 0), issues);
}

static void email_check(const struct field *field, const json_t *value, struct issues *issues)
{
	const char *address = value_str(value), *sign = strchr(address, '@');
	if (!value_check_string(field, value, EMAIL_MAX_LENGTH, issues)) return;
	if (sign == NULL || sign == address || !is_domain(sign + 1) || strpbrk(address, " ,;:<>\"()[]\\?&%"))
		issues_add(issues, field->key, N_("This is not an e-mail address. Example: name@example.org"));
}

static void email_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	reach_link(out, p, arena_printf(p->arena, "mailto:%s", value_str(value)), value_str(value));
}

static void email_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	input_line(out, p, field, "email", "email", "email", value_str(value), EMAIL_MAX_LENGTH);
}

const struct field_type field_email = {
	.name = "email",
	.means = EXPRESSION_TEXT,
	.label = N_("An e-mail address"),
	.description = N_("An e-mail address"),
	.icon = "mail",
	.read = email_read,
	.import = email_import,
	.check = email_check,
	.show = email_show,
	.edit = email_edit,
	.text = value_text_string,
	.index = value_index_string,
};

/* ---- Telephone: digits kept as typed by groups; "02 47 00 00 00" or "+33 2 47 00 00 00". ---- */

enum { PHONE_LENGTH = 40, PHONE_DIGITS_MIN = 2 /* 15, 17, 18 */, PHONE_DIGITS_MAX = 15 /* ITU-T E.164 */ };
static const char phone_signs[] = "0123456789 +.-()/";

/* What a telephone dials; in "+33 (0)2 47 00 00 00" the zero is for those who do not dial +33. */
static const char *digits_only(struct arena *a, const char *text)
{
	struct buf out;
	buf_init(&out, a, 0);
	const char *zero = *text == '+' ? strstr(text, "(0)") : NULL;
	for (const char *c = text; *c; c++)
		if (zero && c == zero) c += 2;
		else if ((*c >= '0' && *c <= '9') || (*c == '+' && out.len == 0)) buf_putc(&out, *c);
	return buf_str(&out);
}

/* French numbers are written by pairs; others stay as typed. */
static const char *by_pairs(struct arena *a, const char *text)
{
	const char *digits = digits_only(a, text);
	if (text[strspn(text, phone_signs)] != '\0') return text;
	if (strlen(digits) != 10 || *digits != '0') return text;
	return arena_printf(a, "%.2s %.2s %.2s %.2s %.2s", digits, digits + 2, digits + 4, digits + 6, digits + 8);
}

static json_t *phone_import(const struct field *field, const char *text, struct issues *issues)
{
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	return value_string(issues, clean ? by_pairs(issues->arena, clean) : NULL);
}

static json_t *phone_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return phone_import(field, post->get(post->context, field->key, 0), issues);
}

static void phone_check(const struct field *field, const json_t *value, struct issues *issues)
{
	const char *number = digits_only(issues->arena, value_str(value));
	size_t digits = strlen(number) - (*number == '+');
	if (!value_check_string(field, value, PHONE_LENGTH, issues)) return;
	if (digits < PHONE_DIGITS_MIN || digits > PHONE_DIGITS_MAX ||
	    value_str(value)[strspn(value_str(value), phone_signs)] != '\0')
		issues_add(issues, field->key, N_("This is not a telephone number. Example: 02 47 00 00 00"));
}

static void phone_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	reach_link(out, p, arena_printf(p->arena, "tel:%s", digits_only(p->arena, value_str(value))), value_str(value));
}

static void phone_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	input_line(out, p, field, "tel", "tel", "tel", value_str(value), PHONE_LENGTH);
}

const struct field_type field_phone = {
	.name = "phone",
	.means = EXPRESSION_TEXT,
	.label = N_("A telephone number"),
	.description = N_("A telephone number"),
	.icon = "phone",
	.read = phone_read,
	.import = phone_import,
	.check = phone_check,
	.show = phone_show,
	.edit = phone_edit,
	.text = value_text_string,
	.index = value_index_string,
};
