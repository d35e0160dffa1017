#include "paper/hyphen.h"

#include <hyphen.h>
#include <pthread.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "paper/font.h"
#include "paper/setup.h"

enum { SHORTEST = 7, LONGEST = 60, BEFORE = 3, AFTER = 3 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static HyphenDict *patterns; /* read only, once loaded */

static void load(void)
{
	SETUP_BEGIN();
	patterns = hnj_hyphen_load(HYPHEN_FRENCH);
	SETUP_END();
	if (patterns && strcmp(patterns->cset, "UTF-8") != 0) {
		hnj_hyphen_free(patterns);
		patterns = NULL;
	}
}

/* Patterns are in small letters; names and sigla stay whole. */
static bool breakable(const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((word[i] >= 'A' && word[i] <= 'Z') || (word[i] >= '0' && word[i] <= '9')) return false;
	return true;
}

static void put_word(struct buf *out, const char *word, size_t len)
{
	char marks[LONGEST + 6] = "", **replaced = NULL;
	int *at = NULL, *cut = NULL;
	if (len < SHORTEST || len > LONGEST || !breakable(word, len) ||
	    hnj_hyphen_hyphenate3(patterns, word, (int)len, marks, NULL, &replaced, &at, &cut, BEFORE, AFTER, 0, 0) !=
	            0) {
		buf_add(out, word, len);
		return;
	}
	/* A mark stands for each letter, not byte. */
	size_t letter = 0;
	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t size = text_decode(word + i, len - i, &c);
		if (size == 0) size = 1;
		buf_add(out, word + i, size);
		i += size;
		if ((marks[letter++] & 1) && i < len) buf_lit(out, "\u00AD");
	}
}

const char *hyphen_text(struct arena *a, const char *lang, const char *text)
{
	pthread_once(&once, load);
	if (patterns == NULL || strncmp(lang, "fr", 2) != 0) return text;
	struct buf out;
	buf_init(&out, a, 0);
	size_t len = strlen(text), word = 0;
	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t size = text_decode(text + i, len - i, &c);
		if (size == 0) size = 1;
		if (!text_is_word(c)) {
			put_word(&out, text + word, i - word);
			buf_add(&out, text + i, size);
			word = i + size;
		}
		i += size;
	}
	put_word(&out, text + word, len - word);
	return buf_str(&out);
}
