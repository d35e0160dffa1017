/* Open answers: the words that come back in them. */
#ifndef PARVIS_RESULT_TEXT_H
#define PARVIS_RESULT_TEXT_H

#include "features/result/result.h"

enum { TEXT_WORDS_MAX = 40 };

struct frequent_word {
	const char *stem;
	const char *word; /* as written, without capitals where somebody wrote it so */
	int n;            /* answers that have it */
};

/* The most frequent words that at least two answers have (`least`: or more), by their stems (core/stem.h), without small
 * words. */
int result_words(const struct page *p, const struct result_question *question, int least, struct frequent_word **ret);
/* Does a text have a word of this stem? */
bool text_has_stem(struct arena *a, const char *text, const char *stem);

#endif
