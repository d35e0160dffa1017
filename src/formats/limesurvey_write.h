/*
 * A questionnaire of ours as LimeSurvey's structure file (.lss), as its version 6 writes it (DBVersion 498, texts in tables of
 * their own). What has no like there is told, question by question; so are short names that change: a code of LimeSurvey has
 * letters and digits alone, five of them at most for an answer.
 */
#ifndef PARVIS_LIMESURVEY_WRITE_H
#define PARVIS_LIMESURVEY_WRITE_H

#include "base/buf.h"
#include "base/issues.h"
#include "core/survey.h"

/* `title`: the site's, for nothing but the file; mistakes to `lost`, under keys, "" for the whole. */
void limesurvey_write(struct arena *a, const struct form *form, struct buf *out, struct issues *lost);

/* ---- For its parts ---- */

/* What a question and the things in it are called there. */
struct limesurvey_code {
	const struct field *field;
	char type; /* letter; 0: it is left out */
	int qid;
	const char *code;
	const char **choices, **rows, **second; /* as field->choices, rows, second */
};
struct limesurvey_codes {
	const struct form *form;
	struct limesurvey_code *all;
	int n;
};
struct limesurvey_codes limesurvey_codes(struct arena *a, const struct form *form, struct issues *lost);
const struct limesurvey_code *limesurvey_code(const struct limesurvey_codes *codes, const char *key);

/* Our expression as theirs; NULL, with *why: something has no like. */
const char *limesurvey_condition(struct arena *a, const struct limesurvey_codes *codes, const struct expression *e,
                                 const char **why);

#endif
