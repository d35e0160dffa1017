/* Passages of texts: found, and found again. */
#include "core/coding.h"

#include <string.h>

#include "base/text.h"

bool coding_list_takes(const struct coding_list *list, const char *field)
{
	size_t len = strlen(field);
	for (const char *at = list->fields; *at; at += *at == ',') {
		size_t n = strcspn(at, ",");
		if (n == len && memcmp(at, field, len) == 0) return true;
		at += n;
	}
	return false;
}

struct hash coding_version(const char *text)
{
	return hash_blake2b("code", NULL, text, strlen(text));
}

/* A text as it is compared: small letters, white space as one blank; where each of its characters stands in the text. */
struct compared {
	uint32_t *letters;
	int *at; /* character */
	int n, all;
};

static uint32_t small(uint32_t c)
{
	if (c >= 'A' && c <= 'Z') return c + 32;
	if ((c >= 0xC0 && c <= 0xDE && c != 0xD7)) return c + 32;
	if (c == 0x2019) return '\'';
	return c;
}

static void compare_as(struct arena *a, const char *text, struct compared *ret)
{
	size_t len = strlen(text);
	uint32_t c;
	struct compared x = { .letters = arena_array(a, uint32_t, len + 1), .at = arena_array(a, int, len + 1) };
	while (len) {
		size_t step = text_decode(text, len, &c);
		if (step == 0) break;
		bool blank = text_is_space(c);
		if (!blank || x.n == 0 || x.letters[x.n - 1] != ' ') {
			x.letters[x.n] = blank ? ' ' : small(c);
			x.at[x.n++] = x.all;
		}
		x.all++;
		text += step;
		len -= step;
	}
	*ret = x;
}

static void trim(struct compared *x)
{
	while (x->n && x->letters[x->n - 1] == ' ') x->n--;
	while (x->n && x->letters[0] == ' ') {
		x->letters++;
		x->at++;
		x->n--;
	}
}

bool coding_find(const char *text, const char *words, int near, struct passage_at *ret)
{
	struct arena scratch;
	struct compared in, what;
	int best = -1, apart = 0;
	arena_init(&scratch);
	compare_as(&scratch, text, &in);
	compare_as(&scratch, words, &what);
	trim(&what);
	for (int i = 0; what.n && i + what.n <= in.n; i++) {
		if (memcmp(in.letters + i, what.letters, (size_t)what.n * sizeof(*in.letters)) != 0) continue;
		int far = near < 0 ? 0 : in.at[i] > near ? in.at[i] - near : near - in.at[i];
		if (best >= 0 && far >= apart) continue;
		best = i;
		apart = far;
		if (near < 0) break;
	}
	if (best >= 0) *ret = (struct passage_at){ in.at[best], in.at[best + what.n - 1] + 1 };
	arena_release(&scratch);
	return best >= 0;
}

char *coding_part(struct arena *a, const char *text, struct passage_at at)
{
	size_t len = strlen(text), from = 0, to = 0;
	uint32_t c;
	int n = 0;
	for (size_t i = 0; i < len && n < at.until; n++) {
		size_t step = text_decode(text + i, len - i, &c);
		if (step == 0) break;
		i += step;
		if (n < at.begin) from = i;
		to = i;
	}
	return arena_strndup(a, text + from, to > from ? to - from : 0);
}
