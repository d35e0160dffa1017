/* Where words may be broken: soft hyphens (U+00AD) put into a text, by libhyphen and the French patterns. */
#ifndef PARVIS_PAPER_HYPHEN_H
#define PARVIS_PAPER_HYPHEN_H

#include "base/arena.h"

/* The same text when the language is not French or its patterns are not installed. */
const char *hyphen_text(struct arena *a, const char *lang, const char *text);

#endif
