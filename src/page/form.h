/* What the templates of forms ask of C. */
#ifndef PARVIS_PAGE_FORM_H
#define PARVIS_PAGE_FORM_H

#include "page/icon.h"
#include "page/page.h"

/* "read by members only" */
const char *audience_words(const struct page *p, enum audience audience);
/* A condition of a form in the reader's words: “Statut” is “Fermé” */
const char *condition_said(const struct page *p, const struct form *form, const struct expression *condition);
/* What the browser needs to know of a question, as JSON for its row, where one of the form has an expression; NULL. */
const char *field_live(const struct page *p, const struct field *field);
/* The condition of a part of the form, for the same; NULL: there is none, or the browser cannot tell. */
const char *condition_live(const struct page *p, const struct form *form, const struct expression *condition);
/* What is said of an answer that its constraint refuses. */
const char *field_refusal(const struct page *p, const struct field *field);
/* "To fill in if “Statut” is “Fermé”.", or NULL when the field always applies. */
const char *condition_words(const struct page *p, const struct field *field);
/* The page's mistakes in the order of the form's fields (NULL: as they came), a NULL after the last. */
const struct issue *const *issues_in_order(const struct page *p, const struct form *form);
/* "Nom: " before the mistake of a field of `form` (NULL: nothing). */
const char *issue_label(const struct page *p, const struct form *form, const char *key);
/* As field_described, for a field that no form describes. */
const char *plain_described(const struct page *p, const char *name, const char *help);
/* What a new password must be. */
const char *password_help(const struct page *p);

#endif
