/* What the templates of one's account ask of C. */
#ifndef PARVIS_ACCOUNT_PAGE_H
#define PARVIS_ACCOUNT_PAGE_H

#include "core/person.h"
#include "core/session.h"
#include "features/account/again.h"
#include "page/form.h"

/* The account as shown: what is stored, or what was just typed and refused. */
struct account {
	const char *name, *locale, *email;
	const struct again *again;
	const struct session *sessions;
	int nsessions;
	struct hash here; /* this browser's session */
};

/* Spaces the reader belongs to. */
const struct space *account_space(const struct page *p, int i);
/* May she look after its members? */
bool account_manages(const struct page *p, const struct space *space);
const char *session_hex(const struct page *p, const struct session *session);

#endif
