/*
 * The legal notice: who publishes the site, who answers for it, who hosts it (LCEN, article 1-1), what becomes of
 * personal data (RGPD, article 13), how far it is accessible (RGAA). One setting, "legal", an object: kept with all its
 * versions like any definition. What nobody has said is told to administrators, never shown to readers as a gap.
 */
#ifndef PARVIS_LEGAL_H
#define PARVIS_LEGAL_H

#include "page/page.h"

enum legal_part { LEGAL_PUBLISHER, LEGAL_DIRECTOR, LEGAL_HOST, LEGAL_PRIVACY, LEGAL_ACCESS, LEGAL_TEAM, LEGAL_PARTS };
enum legal_need {
	LEGAL_FREE,
	LEGAL_WANTED,  /* pages that every site has speak of it */
	LEGAL_REQUIRED /* by law, or by whoever wants to write */
};

/* One thing that it says. */
struct legal_field {
	const char *key;
	enum legal_part part;
	const char *label, *help; /* message ids; help may be NULL */
	enum legal_need need;
	const char *choices;      /* separated by "|"; NULL: a line of text */
	const char *choice_words; /* message id, separated by "|" */
};
enum { LEGAL_FIELDS = 16, LEGAL_MAX = 200 };
extern const struct legal_field legal_fields[LEGAL_FIELDS];

/* What is said, in the order of the table; "" for what nobody has said. */
void legal_read(const struct page *p, const char *ret[LEGAL_FIELDS]);
/* How many things so needed nobody has said. */
int legal_missing(const struct page *p, enum legal_need need);
/* One of them by its key, "" when nobody has said it. */
const char *legal_value(const struct page *p, const char *key);
/* Does a part say anything? */
bool legal_says(const struct page *p, enum legal_part part);
/* As readers see it: the words of the choice, or the line itself. */
const char *legal_shown(const struct page *p, const struct legal_field *field, const char *value);

/*
 * A line of a text says {{mentions equipe}} or {{legal team}} (features/embed): what is said there, live, or else a sentence
 * that is true all the same. The parts: a table in legal_embed.c.
 */
void legal_embed(struct buf *out, const struct page *p, const char *args);

#endif
