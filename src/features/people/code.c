#include "features/people/code.h"

#include <sodium.h>
#include <string.h>

enum { LETTERS = CODE_GROUPS * 4 };

char *code_format(struct id id, char out[static CODE_TEXT + 1])
{
	char text[ID_TEXT + 1];
	const char *from = id_format(id, text) + ID_TEXT - LETTERS;
	for (int i = 0, at = 0; i < LETTERS; i++) {
		if (i && i % 4 == 0) out[at++] = '-';
		out[at++] = from[i];
	}
	out[CODE_TEXT] = '\0';
	return out;
}

/* The letters and digits alone, as code_format writes them. */
static void plain(const char *text, char out[static LETTERS + 1])
{
	static const char twins[] = "i1l1o0";
	int n = 0;
	memset(out, 0, LETTERS + 1);
	for (; *text; text++) {
		char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
		const char *twin = strchr("ilo", c);
		if (c == ' ' || c == '-') continue;
		if (n == LETTERS) {
			out[0] = '?'; /* too long: it fits no code */
			return;
		}
		out[n++] = twin ? strchr(twins, c)[1] : c;
	}
}

bool code_read(const char *typed, char out[static CODE_TEXT + 1])
{
	char letters[LETTERS + 1];
	plain(typed, letters);
	for (int i = 0, at = 0; i < LETTERS; i++) {
		if (letters[i] == '\0' || letters[i] == '?') return false;
		if (i && i % 4 == 0) out[at++] = '-';
		out[at++] = letters[i];
	}
	out[CODE_TEXT] = '\0';
	return true;
}

bool code_matches(const char *code, const char *typed)
{
	char a[LETTERS + 1], b[LETTERS + 1];
	plain(code, a);
	plain(typed, b);
	return sodium_memcmp(a, b, LETTERS) == 0;
}
