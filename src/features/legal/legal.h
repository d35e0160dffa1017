/*
 * The legal notice: who publishes the site, who answers for it, who hosts it (LCEN, article 1-1), what becomes of
 * personal data (RGPD, article 13), how far it is accessible (RGAA). One setting, "legal", an object: kept with all its
 * versions like any definition. What nobody has said is told to administrators, never shown to readers as a gap.
 */
#ifndef PARVIS_LEGAL_H
#define PARVIS_LEGAL_H

#include "page/page.h"

enum legal_part { LEGAL_PUBLISHER, LEGAL_DIRECTOR, LEGAL_HOST, LEGAL_PRIVACY, LEGAL_ACCESS, LEGAL_PARTS };

/* One thing that it says. */
struct legal_field {
	const char *key;
	enum legal_part part;
	const char *label, *help; /* message ids; help may be NULL */
	bool needed;              /* by law, or by whoever wants to write */
	const char *choices;      /* separated by "|"; NULL: a line of text */
	const char *choice_words; /* message id, separated by "|" */
};
enum { LEGAL_FIELDS = 13, LEGAL_MAX = 200 };
extern const struct legal_field legal_fields[LEGAL_FIELDS];

/* What is said, in the order of the table; "" for what nobody has said. */
void legal_read(const struct page *p, const char *ret[LEGAL_FIELDS]);
/* How many needed things nobody has said. */
int legal_missing(const struct page *p);
/* One of them by its key, "" when nobody has said it. */
const char *legal_value(const struct page *p, const char *key);
/* Does a part say anything? */
bool legal_says(const struct page *p, enum legal_part part);
/* As readers see it: the words of the choice, or the line itself. */
const char *legal_shown(const struct page *p, const struct legal_field *field, const char *value);

#endif
