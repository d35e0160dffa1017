/*
 * Answers in columns, kept in the memory of the program (result_keep.h) and made to follow what changes: at each look, what
 * there is now (response_keys) is compared with what was taken, and only answers that came or changed are read. What goes
 * away goes at the next look. After a start, those of great questionnaires are found in the database (answer_stored.h). Texts
 * and what differs by reader are not in them.
 *
 * Columns are never changed once others may see them: those that follow are made beside.
 */
#ifndef PARVIS_ANSWER_COLUMNS_H
#define PARVIS_ANSWER_COLUMNS_H

#include "base/hash.h"
#include "features/result/answer_fills.h"

struct answer_slot {
	struct response_key key;
	int at; /* in the columns */
};

struct answer_columns {
	struct arena arena; /* of all below */
	struct result_question *questions;
	int nquestions, n, words; /* words: of 64 answers, of each set */
	/* Of those that are kept: */
	struct hash shape; /* of the questions: what a value means */
	struct answer_fills fills;
	struct answer_slot *slots; /* in the order of keys */
	int most;
};

/* All that asks the same question of a form's answers has the same shape, however the rest of the model changes. */
struct hash answer_shape(const struct page *p, const struct form *form);

/* Around their taking: room for `most` answers, of which there are `n`; then the questions. */
void answer_columns_begin(struct answer_columns *columns, const struct page *p, const struct form *form,
                          const struct answer_source *source, int most, int n);
void answer_columns_end(struct answer_columns *columns);

/* The columns of all answers now, held until the page's arena goes. */
enum code answer_columns_now(const struct page *p, const struct form *form, const struct answer_source *source,
                             const struct answer_columns **ret, struct answer_counts *counts, struct err *err) MUST;
/* The same without what is kept: for tests, which compare. */
enum code answer_columns_anew(const struct page *p, const struct form *form, const struct answer_source *source,
                              struct answer_columns *columns, struct err *err) MUST;

#endif
