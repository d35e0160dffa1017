/* What the templates of the log ask of C. */
#ifndef PARVIS_AUDIT_PAGE_H
#define PARVIS_AUDIT_PAGE_H

#include "core/audit.h"
#include "page/form.h"

/* What is looked for, as typed. */
struct audit_choice {
	const char *who;       /* an e-mail address, or a name in full; "": anybody */
	int group;             /* AUDIT_GROUPS: any */
	const char *from, *to; /* days, as 2026-11-28; "" */
	const char *query;     /* the same as the query of an address, for the next page and the file */
};

/* A row in words. */
struct audit_line {
	const struct audit_entry *entry;
	const char *what, *who;
	const char *about, *about_url; /* "": nothing; NULL: nowhere to go */
	const char *detail;            /* "view annuaire, format csv", or "" */
};

#endif
