/* French typography of plain text, for display (Lexique des règles typographiques, simplified). */
#include <string.h>

#include "base/text.h"

enum {
	NBSP = 0xA0,
	NARROW = 0x202F,
	QUOTE_OPEN = 0xAB,
	QUOTE_CLOSE = 0xBB,
	APOSTROPHE = 0x2019,
	DOTS = 0x2026,
	EURO = 0x20AC
};

struct piece {
	const char *s;
	size_t len;
};

/* The character at byte `at`, 0 at the end. */
static uint32_t peek(const struct piece *p, size_t at)
{
	uint32_t c = 0;
	if (at < p->len && text_decode(p->s + at, p->len - at, &c) == 0) c = 0xFFFD;
	return c;
}

static bool is_blank_char(uint32_t c)
{
	return c == 0 || text_is_space(c);
}

static bool starts(const struct piece *p, size_t at, const char *prefix)
{
	size_t len = strlen(prefix);
	return p->len - at >= len && memcmp(p->s + at, prefix, len) == 0;
}

/* Length of what stands between spaces at `at` if it holds an address, a path or something else that
 * people copy as it is; else 0. No-break spaces count as others do: the result must not depend on
 * those that this file puts in. */
static size_t address_at(const struct piece *p, size_t at)
{
	/* Most words have none of these signs. */
	size_t sign = at;
	while (sign < p->len && (unsigned char)p->s[sign] > ' ' && strchr("@:/.", p->s[sign]) == NULL) sign++;
	if (sign == p->len || (unsigned char)p->s[sign] <= ' ') return 0;
	size_t end = at;
	bool address = false;
	for (uint32_t c, before = 0; end < p->len; before = c) {
		c = peek(p, end);
		if (c <= ' ' || c == NBSP || c == NARROW) break;
		address |= c == '@' || (c == ':' && starts(p, end, "://"));
		if (!text_is_word(before))
			address |= starts(p, end, "www.") || starts(p, end, "mailto:") || starts(p, end, "tel:") ||
			           (c == '/' && text_is_word(peek(p, end + 1)));
		char bytes[4];
		end += c == 0xFFFD ? 1 : text_encode(c, bytes);
	}
	return address ? MIN(end, p->len) - at : 0;
}

/* Would a sentence have a space before this mark? Not in a!=b, 14:30, ;) or :-D. */
static bool is_closing_mark(const struct piece *p, size_t at, uint32_t c)
{
	uint32_t next = peek(p, at + 1);
	if (is_blank_char(next) || next == QUOTE_CLOSE || next == 0x201D) return true;
	if (c == '!' || c == '?')
		return next == '!' || next == '?' || next == ')' || next == ']' || next == '"' || next == ',' ||
		       next == '.' || next == DOTS;
	return false;
}

/* May a high punctuation mark follow `before` with a no-break space between them? */
static bool ends_word(uint32_t before)
{
	return text_is_word(before) || before == ')' || before == ']' || before == QUOTE_CLOSE || before == 0x201D ||
	       before == DOTS || before == '%' || before == EURO || before == APOSTROPHE || before == 0xB0;
}

/* The space that `c` asks for before it, 0 for none. */
static uint32_t space_before(const struct piece *p, size_t at, uint32_t c)
{
	switch (c) {
	case ';':
	case '!':
	case '?': return is_closing_mark(p, at, c) ? NARROW : 0;
	case ':': return is_closing_mark(p, at, c) ? NBSP : 0;
	case QUOTE_CLOSE: return NARROW;
	default: return 0;
	}
}

/* A letter, then ', then a letter; or the end of a piece after an elided word (l'**été**). */
static bool is_apostrophe(const struct piece *p, size_t at, uint32_t before)
{
	static const char *const elided[] = { "l", "d", "j", "m", "t", "s", "n", "c", "qu" };
	if (!text_is_word(before) || (before >= '0' && before <= '9')) return false;
	uint32_t next = peek(p, at + 1);
	if (next == QUOTE_OPEN || next == 0x201C || next == '"') return true;
	if (next != 0) return text_is_word(next);
	size_t start = at;
	while (start > 0 && text_is_word((unsigned char)p->s[start - 1] & 0x7F)) start--;
	for (size_t i = 0; i < COUNT(elided); i++)
		if (at - start == strlen(elided[i]) && strncasecmp(p->s + start, elided[i], at - start) == 0)
			return true;
	return at - start > 3 && strncasecmp(p->s + at - 2, "qu", 2) == 0; /* lorsqu’, puisqu’, jusqu’ */
}

/* One space, written as the no-break space that its neighbours ask for, or as it is. */
static size_t put_space(struct typography *t, const struct piece *p, size_t at, struct buf *out)
{
	uint32_t c = peek(p, at);
	size_t n = c == ' ' ? 1 : c == NBSP ? 2 : 3;
	uint32_t next = peek(p, at + n), wanted = 0;
	bool digit = t->before >= '0' && t->before <= '9';
	if (t->before == QUOTE_OPEN || (next == QUOTE_CLOSE && t->before)) wanted = NARROW;
	else if (ends_word(t->before) || t->before == '"') wanted = space_before(p, at + n, next);
	if (wanted == 0 && digit && (next == '%' || next == EURO)) wanted = NARROW;
	if (wanted == 0) wanted = c;
	text_put(out, wanted);
	t->before = wanted;
	return n;
}

/* The space that is missing before `c`. */
static void put_missing_space(struct typography *t, const struct piece *p, size_t at, uint32_t c, struct buf *out)
{
	uint32_t wanted = 0;
	if (t->before == QUOTE_OPEN) wanted = text_is_space(c) ? 0 : NARROW;
	else if (ends_word(t->before) || (c == QUOTE_CLOSE && !is_blank_char(t->before)))
		wanted = space_before(p, at, c);
	if (wanted) text_put(out, wanted);
}

static size_t put_char(struct typography *t, const struct piece *p, size_t at, struct buf *out)
{
	uint32_t c;
	size_t n = text_decode(p->s + at, p->len - at, &c);
	if (n == 0) {
		buf_putc(out, p->s[at]);
		t->before = 0xFFFD;
		return 1;
	}
	put_missing_space(t, p, at, c, out);
	uint32_t written = c;
	if (c == '\'' && is_apostrophe(p, at, t->before)) {
		written = APOSTROPHE;
	} else if (c == '.' && t->before != '.' && starts(p, at, "...") && peek(p, at + 3) != '.') {
		written = DOTS;
		n = 3;
	}
	if (written == c) buf_add(out, p->s + at, n);
	else text_put(out, written);
	t->before = c == '\n' ? 0 : written;
	return n;
}

/* The letters and digits of Latin-1 inside a word, not after «: no rule is about them. */
static size_t put_letters(struct typography *t, const struct piece *p, size_t at, struct buf *out)
{
	size_t end = at;
	if ((unsigned char)p->s[at - 1] <= ' ') return 0;
	while (end < p->len && t->before != QUOTE_OPEN) {
		unsigned char c = (unsigned char)p->s[end];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) end++;
		else if (c == 0xC3 && end + 1 < p->len && ((unsigned char)p->s[end + 1] & 0xC0) == 0x80) end += 2;
		else break;
	}
	if (end == at) return 0;
	buf_add(out, p->s + at, end - at);
	/* Which letter it is matters to none of them either, but a digit does. */
	char last = p->s[end - 1];
	t->before = last >= '0' && last <= '9' ? (uint32_t)last : 'a';
	return end - at;
}

static bool after_space(const char *s, size_t at)
{
	return at == 0 || (unsigned char)s[at - 1] <= ' ' || (at >= 2 && memcmp(s + at - 2, "\xC2\xA0", 2) == 0) ||
	       (at >= 3 && memcmp(s + at - 3, "\xE2\x80\xAF", 3) == 0);
}

void typography_fr(struct typography *t, const char *s, size_t len, struct buf *out)
{
	struct piece p = { s, len };
	for (size_t at = 0; at < len;) {
		uint32_t c = peek(&p, at);
		size_t address = after_space(s, at) ? address_at(&p, at) : 0;
		if (address) {
			put_missing_space(t, &p, at, c, out);
			buf_add(out, s + at, address);
			at += address;
			t->before = strchr("!?;:", s[at - 1]) ? (unsigned char)s[at - 1] : 'a';
		} else if (c == ' ' || c == NBSP || c == NARROW) {
			at += put_space(t, &p, at, out);
		} else {
			at += put_char(t, &p, at, out);
			at += put_letters(t, &p, at, out);
		}
	}
}

char *text_typography_fr(struct arena *a, const char *s)
{
	struct buf out;
	buf_init(&out, a, 0);
	struct typography t = { 0 };
	typography_fr(&t, s, strlen(s), &out);
	return out.data ? out.data : arena_strdup(a, "");
}
