/*
 * Answering without a connection: a device keeps all pages of a questionnaire and the answers that are given (offline/offline.ts),
 * then sends each whole, with a code of its own that makes it count once (response_take). What it cannot check, the site does.
 */
#ifndef PARVIS_SURVEY_OFFLINE_H
#define PARVIS_SURVEY_OFFLINE_H

#include "features/survey/survey_page.h"

#define OFFLINE_ROOT "/-/offline/" /* the worker's scope: nothing else of the site passes through it */

/* What the page of a device is made of. */
struct offline {
	const struct form *form;
	int64_t version;
	const char *refusal; /* why it cannot be answered now; NULL */
	bool manages;
};

const char *offline_url(const struct page *p, const struct form *form, const char *rest);
/* The account that answers with this device, as a text that means nothing elsewhere; "". */
const char *offline_who(const struct page *p);

#endif
