/* The pages of who looks after questionnaires. */
#ifndef PARVIS_SURVEY_MANAGE_H
#define PARVIS_SURVEY_MANAGE_H

#include "features/survey/survey_page.h"
#include "formats/format.h"
#include "web/request.h"

struct survey_row {
	const struct form *form;
	bool manages;
	struct response_counts counts; /* for who manages it */
};

bool models_of(const struct survey_row *rows,
               int n); /* is there a model, or a set of questions, that she looks after? */

struct managed {
	const struct form *form;
	enum survey_stand stand;
	struct response_counts counts;
	const char *url; /* whole, of its first page */
	struct html_safe qr;
	bool shapes;         /* she changes its questions too */
	const char *changed; /* days on which it was corrected since it had answers, or NULL */
};

struct entering_typed {
	int channel; /* -1: not said */
	const char *name;
};

struct response_typed {
	const struct response *response;
	const struct form *form;
	const json_t *values;
	bool hers;
	const json_t *notes; /* of the paper it came on (core/paper.h), or NULL */
	const struct response_change *changes;
	int nchanges;
};

/* The formats that answers are given out in. */
const struct format *const *response_formats(void);
const char *response_change_words(const struct page *p, const struct form *form, const char *fields);
const char *response_url(const struct page *p, const struct response *response, const char *rest);

#endif
