/* Two entries of one sheet. No I/O. */
#ifndef PARVIS_FEATURES_PAPER_COMPARE_H
#define PARVIS_FEATURES_PAPER_COMPARE_H

#include "features/paper/paper_page.h"

/* Do two people mean the same? Texts are compared without case, accents and blanks around them. */
bool paper_same(struct arena *a, const json_t *one, const json_t *two);
/* The questions of `body` (paper_edition) that were typed otherwise; *compared: those that one of them has an answer to. */
int paper_differences(struct arena *a, const struct form *form, const json_t *body,
                      const struct paper_typed entries[static PAPER_TURNS], struct paper_difference **ret,
                      int *compared);
/* What was typed as it is kept: answers to questions that did not apply go, but for those of `kept`. In `a`. */
json_t *paper_values(struct arena *a, const struct form *form, const json_t *values, const json_t *kept);
/* The notes of both; where both have one, the texts one after the other. */
json_t *paper_notes_joined(struct arena *a, const struct paper_typed entries[static PAPER_TURNS]);

#endif
