/*
 * A LimeSurvey questionnaire, whichever version wrote it: texts beside things (`…_l10ns`, from 4 on) or a row of a thing
 * for each language (before) come out the same. Codes, letters of types, attributes and expressions are LimeSurvey's own.
 */
#ifndef PARVIS_LIMESURVEY_H
#define PARVIS_LIMESURVEY_H

#include <stdbool.h>

#include "base/json.h"
#include "formats/limesurvey_table.h"

enum { LIMESURVEY_QUESTIONS = 5000, LIMESURVEY_PARTS = 2000 /* subquestions or answers of a question */ };

/* Texts are objects {"fr": "…"}, by language; HTML. An absent text is an empty object. */

struct limesurvey_answer {
	const char *code;
	int scale; /* 0 or 1: the second headers of a dual scale */
	const json_t *text;
};

struct limesurvey_part { /* a subquestion */
	const char *id, *code, *relevance;
	int scale; /* 0: a row; 1: a column */
	const json_t *text;
};

struct limesurvey_question {
	const char *id, *code;
	char type;
	int line;
	bool mandatory, soft; /* soft: asked once, then let go */
	bool other;
	const char *relevance, *pattern; /* "" none; pattern: a Perl regular expression */
	const json_t *text, *help;
	const json_t *attributes; /* {"min_answers": "2", "prefix": {"fr": "…"}}; "" ones left out */
	const json_t *defaults;   /* {"": {"fr": "…"}, "<id of a subquestion>": {…}, "other": {…}} */
	const struct limesurvey_answer *answers;
	const struct limesurvey_part *parts;
	int nanswers, nparts;
};

struct limesurvey_group {
	const char *id, *relevance, *random; /* random: a name shared by the groups that are shuffled */
	const json_t *name, *description;
	const struct limesurvey_question *questions;
	int nquestions;
};

struct limesurvey_quota {
	const char *name;
	int limit;
	bool active;
	const char *question; /* its id, of the first member */
	const char *codes;    /* of all members, separated by spaces */
	int nquestions;       /* that its members are about */
};

struct limesurvey {
	const char *id, *version;
	const char *language;  /* that it was written in */
	const char *languages; /* all, separated by spaces, that one first */
	const json_t *title, *description, *welcome, *end;
	const json_t *settings; /* the row of the table "surveys", "" ones left out */
	const struct limesurvey_group *groups;
	int ngroups, nquestions;
	const struct limesurvey_quota *quotas;
	int nquotas;
	int nassessments, nparameters; /* rows of rules and of address parameters */
};

/* From a file of the kind "Survey". E_INPUT: it is another kind, or holds no survey; E_LIMIT. */
enum code limesurvey_read(struct arena *a, const struct limesurvey_file *file, struct limesurvey *ret,
                          struct err *err) MUST;

#endif
