/* Folding: one pass per character, Unicode compatibility decomposition and case folding by
 * utf8proc. */
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

enum { MAX_EXPANSION = 32 }; /* the longest decomposition of one character is 18 */

/* Letters that Unicode does not decompose. Sorted. */
static const struct {
	uint32_t c;
	const char *plain;
} letters[] = {
	{ 0x00C6, "ae" }, { 0x00D0, "d" },  { 0x00D8, "o" },  { 0x00DE, "th" }, { 0x00E6, "ae" },
	{ 0x00F0, "d" },  { 0x00F8, "o" },  { 0x00FE, "th" }, { 0x0110, "d" },  { 0x0111, "d" },
	{ 0x0126, "h" },  { 0x0127, "h" },  { 0x0131, "i" },  { 0x0141, "l" },  { 0x0142, "l" },
	{ 0x0152, "oe" }, { 0x0153, "oe" }, { 0x0166, "t" },  { 0x0167, "t" },
};

static const char *plain_letter(uint32_t c)
{
	if (c < letters[0].c || c > letters[COUNT(letters) - 1].c) return NULL;
	for (size_t i = 0; i < COUNT(letters); i++)
		if (letters[i].c == c) return letters[i].plain;
	return NULL;
}

/* Apostrophes, quotes, dashes, white space, invisible separators. */
static bool is_gap(uint32_t c)
{
	if (c < 0x80) return c <= ' ' || c == '\'' || c == '"' || c == '-' || c == '`' || c == 0x7F;
	if (c == 0xB4 || c == 0x2BC || c == 0x2B9 || c == 0x2032 || c == 0x2033 || text_is_space(c)) return true;
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_CC: return true;
	default: return c == 0x201A || c == 0x201E; /* low quotes */
	}
}

/* Writes what is left of one character: nothing for a mark. */
static void fold_char(struct buf *out, uint32_t c)
{
	if (c < 0x80) {
		buf_putc(out, (char)(c >= 'A' && c <= 'Z' ? c | 32 : c));
		return;
	}
	const char *plain = plain_letter(c);
	if (plain) {
		buf_puts(out, plain);
		return;
	}
	utf8proc_int32_t parts[MAX_EXPANSION];
	int last_class = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, MAX_EXPANSION,
	                                             UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
	                                                     UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
	                                             &last_class);
	for (utf8proc_ssize_t i = 0; i < n && i < MAX_EXPANSION; i++) {
		uint32_t part = (uint32_t)parts[i];
		if (is_gap(part)) continue; /* from ŉ and from spacing accents */
		plain = plain_letter(part);
		if (plain) buf_puts(out, plain);
		else text_put(out, part);
	}
}

void text_fold_into(struct buf *out, const char *s, size_t len)
{
	size_t start = out->len;
	bool gap = false;
	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t n = text_decode(s + i, len - i, &c);
		i += n ? n : 1;
		if (n == 0 || is_gap(c)) {
			gap = true;
			continue;
		}
		size_t before = out->len;
		if (gap && before > start) buf_putc(out, ' ');
		size_t letter = out->len;
		fold_char(out, c);
		if (out->len == letter) out->len = before; /* it folded to nothing: no gap yet */
		else gap = false;
	}
	if (out->data) out->data[out->len] = '\0';
}

char *text_fold(struct arena *a, const char *s)
{
	struct buf out;
	buf_init(&out, a, 0);
	size_t len = strlen(s);
	text_fold_into(&out, s, len);
	return out.data ? out.data : arena_strdup(a, "");
}

/* The largest length at most `max` that does not cut a character of valid text. */
static size_t cut_at(const char *s, size_t len, size_t max)
{
	if (len <= max) return len;
	while (max > 0 && ((unsigned char)s[max] & 0xC0) == 0x80) max--;
	return max;
}

enum { ACCENT_ROOM = 7, GAP_MAX = 0x5F };

/* The accent of one character as a byte from 2 to 0x3F, 0 for none. */
static unsigned accent_of(uint32_t c)
{
	if (c < 0x80) return 0;
	if (c == 0x152 || c == 0x153 || c == 0xC6 || c == 0xE6) return 0x3F;
	utf8proc_int32_t parts[MAX_EXPANSION];
	int last_class = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, MAX_EXPANSION, UTF8PROC_DECOMPOSE,
	                                             &last_class);
	if (n < 2 || n > MAX_EXPANSION || parts[1] < 0x300 || parts[1] >= 0x36F) return 0;
	static const uint16_t order[] = { 0x301, 0x300, 0x306, 0x302, 0x30C, 0x30A, 0x308, 0x30B, 0x303 };
	for (unsigned i = 0; i < COUNT(order); i++)
		if (order[i] == parts[1]) return 2 + i;
	return 2 + (unsigned)COUNT(order) + (unsigned)(parts[1] - 0x300) % 32;
}

/*
 * Tie-break between equal letters: for each accent, how soon it comes (sooner is greater) and which
 * it is. A text with no accent there ends, or has its next accent later: it sorts first.
 */
static void put_accents(struct buf *out, const char *s, size_t len)
{
	unsigned gap = 0, room = ACCENT_ROOM - 1;
	for (size_t i = 0; i < len && room >= 2;) {
		uint32_t c;
		size_t n = text_decode(s + i, len - i, &c);
		i += n ? n : 1;
		unsigned accent = n ? accent_of(c) : 0;
		if (accent == 0) {
			gap += gap < GAP_MAX;
			continue;
		}
		if (room == ACCENT_ROOM - 1) buf_putc(out, '\1');
		buf_putc(out, (char)(0x7E - gap));
		buf_putc(out, (char)accent);
		gap = 0;
		room -= 2;
	}
}

char *text_sort_key(struct arena *a, const char *s, size_t max)
{
	char *composed = text_nfc(a, s);
	char *folded = text_fold(a, composed);
	struct buf key;
	buf_init(&key, a, 0);
	size_t len = strlen(folded);
	bool gap = false;
	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t n = text_decode(folded + i, len - i, &c);
		if (n && text_is_word(c)) {
			if (gap && key.len) buf_putc(&key, ' ');
			gap = false;
			buf_add(&key, folded + i, n);
		} else {
			gap = true;
		}
		i += n ? n : 1;
	}
	if (key.data == NULL) return arena_strdup(a, "");
	key.len = cut_at(key.data, key.len, max - ACCENT_ROOM);
	while (key.len > 0 && key.data[key.len - 1] == ' ') key.len--;
	key.data[key.len] = '\0';
	put_accents(&key, composed, strlen(composed));
	return key.data;
}

char *text_slug(struct arena *a, const char *s, size_t max)
{
	char *folded = text_fold(a, s);
	size_t len = 0, end = 0; /* `end`: the last place between two words */
	bool gap = false, whole = true;
	for (const char *p = folded; *p; p++) {
		if ((unsigned char)*p >= 0x80 || !text_is_word((unsigned char)*p)) {
			gap = true;
			continue;
		}
		if (gap && len > 0) {
			if (len < max) end = len;
			if (len + 1 >= max) {
				whole = false;
				break;
			}
			folded[len++] = '-';
		}
		gap = false;
		if (len >= max) {
			whole = false;
			break;
		}
		folded[len++] = *p;
	}
	if (!whole && end > max / 2) len = end;
	while (len > 0 && folded[len - 1] == '-') len--;
	folded[len] = '\0';
	return folded;
}
