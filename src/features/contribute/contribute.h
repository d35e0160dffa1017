/* The forms offered to contributors, from the setting "contribute". */
#ifndef PARVIS_CONTRIBUTE_H
#define PARVIS_CONTRIBUTE_H

#include "page/page.h"

struct offer {
	const char *icon, *title, *text, *url;
	const char *form; /* its key */
};

/* Address of the form that adds such a record: through the sign-in page for who needs it. */
const char *new_record_url(const struct page *p, const char *form);
/* Does the reader need an account to add something? */
bool contribute_asks_account(const struct page *p);
/* Where, when, who, in a person's words, into the questions of the form that ask it; what no question takes stands in its
 * first long text, so that nothing typed is lost. Empty ones say nothing. */
struct in_words {
	const char *where, *when, *who;
};
void contribute_fill(const struct page *p, const struct form *form, const struct in_words *words, json_t *values);
/* In the setting's order; forms that do not exist are left out. Without the setting: all the forms. */
int contribute_offers(const struct page *p, struct offer **ret);

#endif
