/* What the page about the personal data of a form asks of C. */
#ifndef PARVIS_RETENTION_PAGE_H
#define PARVIS_RETENTION_PAGE_H

#include "core/retention.h"
#include "features/form_edit/form_edit.h"

enum { PURPOSE_MAX = 300 /* letters */ };

struct basis {
	const char *key, *words; /* words: message id */
};
extern const struct basis bases[]; /* RGPD, article 6.1; ends with a row without a key */

struct form_privacy {
	const struct form *form;
	json_t *typed;                /* purpose, basis, retention */
	const char *months, *journal; /* as typed */
	const char *mark;
	bool previewed; /* the rule below was weighed */
	struct retention rule;
	const struct record **touched;
	int ntouched;
	int64_t all; /* that it touches today */
};

/* Are these fields about persons? Their labels, or "". */
const char *personal_fields(const struct page *p, const struct form *form);
bool asks_date(const struct field *field);

enum code form_privacy_show(struct request *r, struct err *err);
enum code form_privacy_post(struct request *r, struct err *err);

#endif
