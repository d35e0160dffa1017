#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

size_t text_decode(const char *s, size_t len, uint32_t *ret)
{
	if (len == 0) return 0;
	const unsigned char *p = (const unsigned char *)s;
	if (p[0] < 0x80) {
		*ret = p[0];
		return 1;
	}
	size_t need = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
	if (p[0] < 0xC2 || p[0] > 0xF4 || need > len) return 0;
	uint32_t c = p[0] & (0xFFu >> (need + 1));
	for (size_t i = 1; i < need; i++) {
		if ((p[i] & 0xC0) != 0x80) return 0;
		c = c << 6 | (p[i] & 0x3F);
	}
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	if (c < least[need] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0;
	*ret = c;
	return need;
}

size_t text_encode(uint32_t c, char out[static 4])
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
}

void text_put(struct buf *out, uint32_t c)
{
	char bytes[4];
	buf_add(out, bytes, text_encode(c, bytes));
}

/* As text_decode, but a wrong byte is read as U+FFFD. Only for len > 0. */
static size_t decode_any(const char *s, size_t len, uint32_t *ret)
{
	size_t n = text_decode(s, len, ret);
	if (n > 0) return n;
	*ret = 0xFFFD;
	return 1;
}

bool text_valid(const char *s, size_t len)
{
	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t n = text_decode(s + i, len - i, &c);
		if (n == 0 || c == 0) return false;
		i += n;
	}
	return true;
}

size_t text_length(const char *s)
{
	size_t count = 0, len = strlen(s);
	uint32_t c;
	for (size_t i = 0; i < len; count++) i += decode_any(s + i, len - i, &c);
	return count;
}

bool text_is_word(uint32_t c)
{
	if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL: return true;
	default: return false;
	}
}

bool text_is_space(uint32_t c)
{
	if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
	if (c == 0x85 || c == 0xA0 || c == 0x202F) return true;
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
	return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

/* What no text needs: controls, bidirectional embeddings and overrides (they make a text read as
 * another one), byte order marks, noncharacters. */
static bool is_unwanted(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
	       c == 0xFEFF || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

static bool is_line_end(uint32_t c)
{
	return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static void clean_line(struct buf *out, const char *s, size_t len)
{
	bool gap = false;
	uint32_t c;
	for (size_t i = 0; i < len;) {
		size_t n = text_decode(s + i, len - i, &c);
		if (c == ' ' || c == '\t' || is_line_end(c)) gap = out->len > 0;
		else if (!is_unwanted(c)) {
			if (gap) buf_putc(out, ' ');
			gap = false;
			buf_add(out, s + i, n);
		}
		i += n;
	}
}

static void clean_block(struct buf *out, const char *s, size_t len)
{
	uint32_t c;
	for (size_t i = 0; i < len;) {
		size_t n = text_decode(s + i, len - i, &c);
		if (c == '\r' && i + 1 < len && s[i + 1] == '\n') n = 2;
		if (is_line_end(c)) buf_putc(out, '\n');
		else if (c == '\t' || !is_unwanted(c)) buf_add(out, s + i, n);
		i += n;
	}
}

enum code text_clean(struct arena *a, const char *s, size_t len, enum text_kind kind, char **ret, struct err *err)
{
	if (!text_valid(s, len))
		FAIL(err, E_INPUT, N_("Some characters of this text cannot be read; please type them again"));
	struct buf out;
	buf_init(&out, a, 0);
	if (kind == TEXT_LINE) clean_line(&out, s, len);
	else clean_block(&out, s, len);
	*ret = text_nfc(a, buf_str(&out));
	return OK;
}

char *text_repair(struct arena *a, const char *s, size_t len)
{
	if (text_valid(s, len)) return arena_strndup(a, s, len);
	struct buf out;
	buf_init(&out, a, 0);
	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t n = decode_any(s + i, len - i, &c);
		text_put(&out, c ? c : 0xFFFD);
		i += n;
	}
	return out.data;
}

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80) return false;
	return true;
}

char *text_nfc(struct arena *a, const char *s)
{
	if (is_ascii(s)) return arena_strdup(a, s);
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)s, 0, &composed,
	                                    UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (len == UTF8PROC_ERROR_NOMEM) die("out of memory");
	char *copy = len < 0 ? arena_strdup(a, s) : arena_strndup(a, (char *)composed, (size_t)len);
	free(composed);
	return copy;
}

/* Letters that look like nothing: Hangul fillers and the empty Braille cell. */
static bool is_invisible(uint32_t c)
{
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
	return text_is_space(c) || category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
	       c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
}

bool text_is_blank(const char *s)
{
	if (s == NULL) return true;
	size_t len = strlen(s);
	uint32_t c;
	for (size_t i = 0; i < len;) {
		i += decode_any(s + i, len - i, &c);
		if (!is_invisible(c)) return false;
	}
	return true;
}

char *text_inside(struct arena *a, const char *s)
{
	uint32_t first, second;
	char small[4];
	size_t len = strlen(s), n = text_decode(s, len, &first);
	if (n == 0) return arena_strdup(a, s);
	bool initials = text_decode(s + n, len - n, &second) != 0 && utf8proc_isupper((utf8proc_int32_t)second);
	if (initials) return arena_strdup(a, s);
	size_t written = text_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)first), small);
	return arena_printf(a, "%.*s%s", (int)written, small, s + n);
}

char *text_trim(struct arena *a, const char *s)
{
	size_t len = strlen(s), start = len, end = len;
	uint32_t c;
	for (size_t i = 0; i < len;) {
		size_t n = decode_any(s + i, len - i, &c);
		if (!text_is_space(c)) {
			if (start == len) start = i;
			end = i + n;
		}
		i += n;
	}
	return arena_strndup(a, s + start, start == len ? 0 : end - start);
}

char *text_cut(struct arena *a, const char *s, size_t chars)
{
	size_t len = strlen(s), count = 0;
	size_t group = 0;             /* last place between two groups, with room for … */
	size_t word = 0, word_at = 0; /* the same, after a word; and its count of characters */
	utf8proc_int32_t state = 0;
	uint32_t c, before = 0;
	for (size_t i = 0; i < len; count++) {
		size_t n = decode_any(s + i, len - i, &c);
		if (count == chars) {
			size_t end = word_at * 3 >= chars * 2 ? word : group;
			while (end > 0 && (s[end - 1] == ' ' || s[end - 1] == '\n')) end--;
			return arena_printf(a, "%.*s%s", (int)end, s, chars ? "…" : "");
		}
		bool apart = i == 0 ||
		             utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)c, &state);
		if (apart && count + 1 <= chars) {
			group = i;
			if (i && text_is_word(before) && !text_is_word(c)) word = i, word_at = count;
		}
		before = c;
		i += n;
	}
	return arena_strdup(a, s);
}

bool text_words_next(struct text_words *words, struct text_word *ret)
{
	size_t start = words->at;
	bool inside = false;
	while (words->at < words->len) {
		uint32_t c;
		size_t n = decode_any(words->s + words->at, words->len - words->at, &c);
		bool word = text_is_word(c);
		if (word && !inside) {
			start = words->at;
			inside = true;
		} else if (!word && inside && c != 0xAD) {
			break; /* a soft hyphen (U+00AD) does not cut a word */
		}
		words->at += n;
	}
	if (!inside) return false;
	*ret = (struct text_word){ .start = start, .len = words->at - start };
	return true;
}

/* Windows-1252's own characters, 0x80 to 0x9F (WHATWG Encoding, index windows-1252). */
static const uint32_t windows_1252[32] = {
	0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

const char *text_from_windows_1252(struct arena *a, const char *text, size_t len, size_t *ret)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		text_put(&out, c >= 0x80 && c <= 0x9F ? windows_1252[c - 0x80] : c);
	}
	*ret = out.len;
	return buf_str(&out);
}
