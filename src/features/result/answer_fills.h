/* The questions of a form while answers are taken into their columns: those of its fields, of the parts of its tables
 * (core/form_part.h), and the program's own. */
#ifndef PARVIS_ANSWER_FILLS_H
#define PARVIS_ANSWER_FILLS_H

#include "features/result/result_fill.h"

struct answer_fills {
	const struct page *p;
	struct arena *a; /* of the columns */
	struct result_fill *all[RESULT_QUESTIONS_MAX];
	int n, asked; /* the first `asked` are of the form; each field's stand together */
	struct result_fill *space, *year, *channel, *group; /* or NULL; among `all` */
};

/* `texts`: key of the question whose texts are kept, or NULL; `groups`: answers may be in kept groups. */
void answer_fills_begin(struct answer_fills *fills, const struct page *p, struct arena *a, const struct form *form,
                        const struct answer_source *source, int most, const char *texts, bool groups);
void answer_fills_take(struct answer_fills *fills, int i, const struct answer *answer);
/* What is known of an answer beside its values; space may be NULL, at 0, channel NULL. */
void answer_fills_own(struct answer_fills *fills, int i, const struct space *space, int64_t at, const char *channel);
/* `n` answers were taken. */
void answer_fills_end(struct answer_fills *fills, int n, struct result_question **ret, int *nquestions);

#endif
