/*
 * Answers in columns, kept in the memory of the program until the answers change: reading ten thousand costs most of what
 * counting them does. Nothing of them is written anywhere. Texts and what differs by reader are not in them.
 */
#ifndef PARVIS_RESULT_KEEP_H
#define PARVIS_RESULT_KEEP_H

#include "base/hash.h"
#include "features/result/result.h"

enum { KEPT_MAX = 8 /* questionnaires; the one not asked for longest goes */ };

struct answer_columns {
	struct arena arena; /* of all below */
	struct result_question *questions;
	int nquestions, n, words; /* words: of 64 answers */
	struct answer_counts beside;
};

/* What is kept for this model, form and stamp, held until the page's arena goes; NULL: nothing is. */
const struct answer_columns *kept_find(const struct page *p, const struct form *form, const struct hash *stamp);
/* Takes `columns`, made by columns_new, and holds it likewise. */
const struct answer_columns *kept_put(const struct page *p, const struct form *form, const struct hash *stamp,
                                      struct answer_columns *columns);
struct answer_columns *columns_new(void);
void columns_free(struct answer_columns *columns);

#endif
