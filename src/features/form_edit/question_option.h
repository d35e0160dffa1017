/* The options of a question's type, between its definition and the controls of a page (features/form_edit/question.h). */
#ifndef PARVIS_QUESTION_OPTION_H
#define PARVIS_QUESTION_OPTION_H

#include "features/form_edit/question.h"

/* What was posted, over q->typed; mistakes go to `issues` under the names of the controls. */
void question_options_read(struct request *r, struct question *q, struct issues *issues);
/* The lines of the definition, to be typed. */
void question_rows_begin(const struct page *p, struct question *q);
/* Those of an option; NULL: it has none. */
struct question_rows *question_rows_of(const struct question *q, const char *name);
/* What stands before their keys where pages that have them are counted (features/form_edit/effect.h). */
const char *question_rows_prefix(const struct question_rows *rows);

/* ---- What templates ask ---- */

/* Is it folded away until it is wanted? Does one of those say something, or hold a mistake? */
bool option_folded(const struct question *q, const struct type_option *option);
bool options_unfold(const struct page *p, const struct question *q);
/* The names of steps, one a line. */
const char *question_steps(const struct page *p, const struct question *q, const struct type_option *option);
/* The name of the choice that is picked, or "". */
const char *question_picked(const struct page *p, const struct question *q, const struct type_option *option);
const struct option_word *question_words(const struct question *q, const struct type_option *option);

#endif
