/* What became of a form, change by change, and going back to how it was. */
#ifndef PARVIS_FORM_HISTORY_H
#define PARVIS_FORM_HISTORY_H

#include "features/form_edit/form_edit.h"

struct form_version {
	int64_t version, at;      /* ms UTC */
	const char *who;          /* NULL: the program */
	const char *const *words; /* what changed, one sentence each; NULL after the last */
	bool present;
};

enum { FORM_VERSIONS = 50 /* shown */ };

/* One sentence for each difference between two definitions; `before` NULL: it was made. NULL after the last. */
const char *const *form_difference(const struct page *p, const json_t *before, const json_t *after);
/* An earlier definition, to be the present one: the questions and the choices that came since are kept, asked and
 * offered no more. */
json_t *form_with_earlier(struct arena *a, const json_t *present, const json_t *earlier);

const char *form_version_url(const struct page *p, const struct form *form, const struct form_version *version);

enum code form_history_show(struct request *r, struct err *err);
enum code form_history_post(struct request *r, struct err *err);

#endif
