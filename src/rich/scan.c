#include "rich/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "rich/markdown.h"

enum { TAG_LENGTH = 60 };

/* ---- The parser ---- */

/* A table's width is given by the line under its head: | --- | :-: |, perhaps in a quote or a list.
 * Each of its rows is filled to that width by the parser, so a wide one is a way to make it work for
 * hours. */
static bool has_wide_table(const char *s, size_t len)
{
	for (const char *end = s + len, *next; s < end; s = next + 1) {
		next = memchr(s, '\n', (size_t)(end - s));
		if (next == NULL) next = end;
		int bars = 0;
		const char *c = s;
		for (; c < next && strchr("|-: \t\r\v\f>*+0123456789.)", *c) != NULL; c++) bars += *c == '|';
		if (c == next && bars > RICH_COLUMNS_MAX) return true;
	}
	return false;
}

int scan_text(struct arena *a, const char *text, size_t max, MD_PARSER callbacks, void *data, bool *cut)
{
	size_t len = strlen(text);
	*cut = len > max;
	if (*cut) {
		for (len = max; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;) len--;
		text = arena_strndup(a, text, len);
	}
	if (!text_valid(text, len)) {
		text = text_repair(a, text, len);
		len = strlen(text);
	}
	callbacks.flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS |
	                  MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_WIKILINKS;
	if (!has_wide_table(text, len)) callbacks.flags |= MD_FLAG_TABLES;
	return md_parse(text, (MD_SIZE)len, &callbacks, data);
}

/* ---- Entities ---- */

static const struct {
	const char *name, *text;
} entities[] = {
	{ "amp", "&" },       { "lt", "<" },     { "gt", ">" },     { "quot", "\"" },  { "apos", "'" },
	{ "nbsp", "\u00A0" }, { "copy", "©" },   { "euro", "€" },   { "deg", "°" },    { "times", "×" },
	{ "middot", "·" },    { "hellip", "…" }, { "ndash", "–" },  { "mdash", "—" },  { "laquo", "«" },
	{ "raquo", "»" },     { "lsquo", "‘" },  { "rsquo", "’" },  { "ldquo", "“" },  { "rdquo", "”" },
	{ "agrave", "à" },    { "acirc", "â" },  { "ccedil", "ç" }, { "eacute", "é" }, { "egrave", "è" },
	{ "ecirc", "ê" },     { "euml", "ë" },   { "icirc", "î" },  { "iuml", "ï" },   { "ocirc", "ô" },
	{ "ugrave", "ù" },    { "ucirc", "û" },  { "oelig", "œ" },  { "Agrave", "À" }, { "Ccedil", "Ç" },
	{ "Eacute", "É" },    { "Egrave", "È" },
};

const char *scan_entity(struct arena *a, const char *s, size_t len)
{
	char *written = arena_strndup(a, s, len);
	if (len > 3 && s[1] == '#') {
		bool hex = s[2] == 'x' || s[2] == 'X';
		unsigned long c = strtoul(written + (hex ? 3 : 2), NULL, hex ? 16 : 10);
		/* As CommonMark 6.2, and no control characters: HTML knows none. */
		if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) || (c >= 0x7F && c < 0xA0) ||
		    (c < 0x20 && c != '\t' && c != '\n'))
			c = 0xFFFD;
		char bytes[4];
		return arena_strndup(a, bytes, text_encode((uint32_t)c, bytes));
	}
	for (size_t i = 0; i < COUNT(entities); i++)
		if (strlen(entities[i].name) == len - 2 && memcmp(entities[i].name, s + 1, len - 2) == 0)
			return entities[i].text;
	return written;
}

const char *scan_attribute(struct arena *a, const MD_ATTRIBUTE *attribute)
{
	struct buf out;
	buf_init(&out, a, 0);
	if (attribute->text == NULL) return "";
	for (int i = 0; attribute->substr_offsets[i] < attribute->size; i++) {
		const char *s = attribute->text + attribute->substr_offsets[i];
		size_t len = attribute->substr_offsets[i + 1] - attribute->substr_offsets[i];
		if (attribute->substr_types[i] == MD_TEXT_ENTITY) buf_puts(&out, scan_entity(a, s, len));
		else buf_add(&out, s, len);
	}
	return buf_str(&out);
}

const char *scan_wiki(struct arena *a, const MD_SPAN_WIKILINK_DETAIL *link, const char **words)
{
	const char *target = scan_attribute(a, &link->target), *bar = strchr(target, '|');
	*words = bar ? bar + 1 : NULL;
	return text_trim(a, bar ? arena_strndup(a, target, (size_t)(bar - target)) : target);
}

/* ---- Tags and embeds ---- */

/* The last character, or a space. */
static uint32_t last_char(const char *s, size_t len)
{
	uint32_t c = ' ';
	size_t start = len;
	while (start > 0 && ((unsigned char)s[start - 1] & 0xC0) == 0x80) start--;
	if (start > 0) text_decode(s + start - 1, len - start + 1, &c);
	return c;
}

bool scan_ends_word(const char *s, size_t len)
{
	uint32_t c = last_char(s, len);
	return text_is_word(c) || (c < 0x80 && c != ' ' && strchr("#&/_=", (int)c) != NULL);
}

/* Bytes of the tag's words after its #, 0 when it is none: a number alone is not a tag. */
static size_t tag_length(const char *s, size_t len)
{
	size_t at = 0, end = 0, chars = 0;
	bool letter = false;
	for (uint32_t c; at < len && chars < TAG_LENGTH; chars++) {
		size_t n = text_decode(s + at, len - at, &c);
		if (n == 0) break;
		if (text_is_word(c)) {
			letter |= c > '9';
			end = at + n;
		} else if ((c != '-' && c != '_') || at == 0) {
			break;
		}
		at += n;
	}
	return letter ? end : 0;
}

bool scan_tag(const char *s, size_t len, size_t from, bool after_word, struct scan_tag *ret)
{
	for (const char *sign; from < len && (sign = memchr(s + from, '#', len - from)) != NULL;) {
		size_t at = (size_t)(sign - s);
		bool inside = at == 0 ? after_word : scan_ends_word(s, at);
		size_t words = inside ? 0 : tag_length(sign + 1, len - at - 1);
		if (words) {
			*ret = (struct scan_tag){ at, words + 1 };
			return true;
		}
		from = at + 1;
	}
	return false;
}

bool scan_embed(struct arena *a, const char *s, size_t len, const char **name, const char **arguments)
{
	while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t')) len--;
	if (len < 5 || memcmp(s, "{{", 2) != 0 || memcmp(s + len - 2, "}}", 2) != 0) return false;
	/* No-break spaces, which some keyboards give, separate as well. */
	struct buf inner;
	buf_init(&inner, a, 0);
	for (size_t at = 2, n; at < len - 2; at += n) {
		uint32_t c = ' ';
		n = text_decode(s + at, len - 2 - at, &c);
		if (n == 0) return false;
		if (c == '{' || c == '}') return false;
		if (text_is_space(c)) buf_putc(&inner, ' ');
		else buf_add(&inner, s + at, n);
	}
	char *text = text_trim(a, buf_str(&inner));
	size_t word = strcspn(text, " ");
	if (word == 0) return false;
	*name = arena_strndup(a, text, word);
	*arguments = text + word + strspn(text + word, " ");
	return true;
}
