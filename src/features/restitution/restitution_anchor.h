/*
 * Where what was said of a paragraph stands after the text was edited: at the paragraph of the same words, else at the one
 * that is most like it, by pairs of words that follow each other (L. R. Dice, "Measures of the amount of ecologic
 * association between species", Ecology 26, 1945): at least ANCHOR_LIKE in a hundred.
 */
#ifndef PARVIS_RESTITUTION_ANCHOR_H
#define PARVIS_RESTITUTION_ANCHOR_H

#include "features/restitution/restitution_text.h"

enum { ANCHOR_LIKE = 40 };

/* Place of the block in the text; −1: its paragraph is gone. `quote`: its words as they were. */
int restitution_anchor_find(struct arena *a, const struct restitution_text *text, const char *anchor,
                            const char *quote);
/* 0 to 100. */
int words_likeness(struct arena *a, const char *one, const char *other);
/* The first words of a block, for keeping. */
const char *restitution_quote(struct arena *a, const struct block *block);

#endif
