/* The columns of answers that are kept in memory (answer_columns.h): one for each questionnaire, held by the pages that use it. */
#ifndef PARVIS_RESULT_KEEP_H
#define PARVIS_RESULT_KEEP_H

#include "features/result/answer_columns.h"

enum { KEPT_MAX = 8 /* questionnaires; the one not asked for longest goes */ };

/* What is kept of this form, held until the page's arena goes; NULL: nothing is. *same: it was made with this very model. */
const struct answer_columns *kept_find(const struct page *p, const struct form *form, bool *same);
/* Takes `columns`, made by columns_new, and holds it likewise. */
const struct answer_columns *kept_put(const struct page *p, const struct form *form, struct answer_columns *columns);
struct answer_columns *columns_new(void);
void columns_free(struct answer_columns *columns);

#endif
