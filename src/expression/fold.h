/*
 * How texts are compared in expressions: small letters without accents for Latin letters up to U+017F (œ is oe), a plain
 * apostrophe, hyphen and space for their typographic kin; all else as it is. Simpler than text_fold, and not of a version of
 * Unicode, so that browsers do exactly the same.
 */
#ifndef PARVIS_FOLD_H
#define PARVIS_FOLD_H

#include "base/text.h"

/* The characters of `s` folded, of its first `max` ones; what is not UTF-8 is left out. */
char *fold_text(struct arena *a, const char *s, size_t max);
/* Of one character: 1 or 2 ASCII letters, or NULL when it stays. */
const char *fold_character(uint32_t c, char kept[static 2]);

#endif
