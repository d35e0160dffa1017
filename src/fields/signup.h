/* Used by the templates of sign-ups. */
#ifndef PARVIS_FIELDS_SIGNUP_H
#define PARVIS_FIELDS_SIGNUP_H

#include "core/signup.h"
#include "page/page.h"

/* What stands in the boxes of the form; "" when empty. */
struct signup_boxes {
	const char *on, *places, *waiting, *companions, *children, *guests, *opens, *closes, *before;
	const char *questions[SIGNUP_QUESTIONS], *needed[SIGNUP_QUESTIONS];
};

/* "12 places, waiting list, …" */
const char *signup_words(struct arena *a, const struct signup_offer *offer, enum lang lang);
const char *signup_box_id(const struct page *p, const struct field *field, const char *box, int row);

#endif
