#include "expression/fold.h"

#include <string.h>

enum { FIRST = 0xC0, LAST = 0x17F };

/* From U+00C0 on; NULL: × and ÷ are no letters. */
static const char *const latin[LAST - FIRST + 1] = {
	"a", "a", "a",  "a",  "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i", "i", "i",  "i",  "d", "n", "o",  "o",
	"o", "o", "o",  NULL, "o", "u", "u",  "u",  "u", "y", "th", "ss", "a", "a", "a",  "a",  "a", "a", "ae", "c",
	"e", "e", "e",  "e",  "i", "i", "i",  "i",  "d", "n", "o",  "o",  "o", "o", "o",  NULL, "o", "u", "u",  "u",
	"u", "y", "th", "y",  "a", "a", "a",  "a",  "a", "a", "c",  "c",  "c", "c", "c",  "c",  "c", "c", "d",  "d",
	"d", "d", "e",  "e",  "e", "e", "e",  "e",  "e", "e", "e",  "e",  "g", "g", "g",  "g",  "g", "g", "g",  "g",
	"h", "h", "h",  "h",  "i", "i", "i",  "i",  "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j", "j", "k",  "k",
	"k", "l", "l",  "l",  "l", "l", "l",  "l",  "l", "l", "l",  "n",  "n", "n", "n",  "n",  "n", "n", "n",  "n",
	"o", "o", "o",  "o",  "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r", "r", "s",  "s",  "s", "s", "s",  "s",
	"s", "s", "t",  "t",  "t", "t", "t",  "t",  "u", "u", "u",  "u",  "u", "u", "u",  "u",  "u", "u", "u",  "u",
	"w", "w", "y",  "y",  "y", "z", "z",  "z",  "z", "z", "z",  "s",
};

const char *fold_character(uint32_t c, char kept[static 2])
{
	kept[1] = '\0';
	if (c >= 'A' && c <= 'Z') kept[0] = (char)(c + 32);
	else if (c == 0xA0 || c == 0x202F || c == '\t' || c == '\n') kept[0] = ' ';
	else if (c == 0x2019 || c == 0x2018) kept[0] = '\'';
	else if (c >= 0x2010 && c <= 0x2014) kept[0] = '-';
	else return c >= FIRST && c <= LAST ? latin[c - FIRST] : NULL;
	return kept;
}

char *fold_text(struct arena *a, const char *s, size_t max)
{
	struct buf out;
	char kept[2];
	buf_init(&out, a, 0);
	size_t len = strlen(s);
	for (size_t at = 0, n = 0; at < len && n < max; n++) {
		uint32_t c;
		size_t size = text_decode(s + at, len - at, &c);
		if (size == 0) {
			at++;
			continue;
		}
		const char *folded = fold_character(c, kept);
		if (folded) buf_puts(&out, folded);
		else buf_add(&out, s + at, size);
		at += size;
	}
	return arena_strdup(a, buf_str(&out));
}
