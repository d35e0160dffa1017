/* What the templates of forms ask of C. */
#ifndef PARVIS_PAGE_FORM_H
#define PARVIS_PAGE_FORM_H

#include "page/icon.h"
#include "page/page.h"

/* "read by members only" */
const char *audience_words(const struct page *p, enum audience audience);
/* "To fill in if “Statut” is Fermé", or NULL when the field always applies. */
const char *condition_words(const struct page *p, const struct field *field);
/* "Nom: " before the mistake of a field of `form` (NULL: nothing). */
const char *issue_label(const struct page *p, const struct form *form, const char *key);
/* As field_described, for a field that no form describes. */
const char *plain_described(const struct page *p, const char *name, const char *help);

#endif
