/* What the templates of personal data ask of C. */
#ifndef PARVIS_PERSONAL_PAGE_H
#define PARVIS_PERSONAL_PAGE_H

#include "core/erasure.h"
#include "features/account/again.h"
#include "page/form.h"

enum { ERASE_REASON_MAX = 500 };

/* The page that says what an erasure does, and does it. */
struct erase_page {
	struct person person;
	bool herself; /* the reader is the person */
	struct erasure_plan plan;
	struct again again;
	bool waiting; /* the request below is there */
	struct erasure_request request;
	const char *asked_by; /* whose request it is; NULL: somebody who is gone */
	const char *action, *back, *back_words;
	const char *mode; /* as chosen, or "" */
	bool sure;
	const char *answer, *reason; /* of a second administrator */
};

/* One that waits, as the list of them shows it. */
struct erase_row {
	struct person person;
	struct erasure_request request;
	const char *asked_by;
	bool may; /* the reader may answer it */
};

const char *erase_url(const struct page *p, const struct person *person); /* of the one that waits */
/* Items of a fate; *ret an array. */
int erase_items(const struct page *p, const struct erasure_plan *plan, enum erasure_fate fate,
                const struct record ***ret);

#endif
