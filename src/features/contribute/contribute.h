/* The forms offered to contributors, from the setting "contribute". */
#ifndef PARVIS_CONTRIBUTE_H
#define PARVIS_CONTRIBUTE_H

#include "page/page.h"

struct offer {
	const char *icon, *title, *text, *url;
};

/* Address of the form that adds such a record: through the sign-in page for who needs it. */
const char *new_record_url(const struct page *p, const char *form);
/* Does the reader need an account to add something? */
bool contribute_asks_account(const struct page *p);
/* In the setting's order; forms that do not exist are left out. Without the setting: all the forms. */
int contribute_offers(const struct page *p, struct offer **ret);

#endif
