/*
 * What the columns of a file of answers stand for, in a questionnaire. Headings are known by the names below – those of our own
 * files (`outils`, `accord.ligne`, `outils=velo`) –, by the words of questions, lines and choices in either language, and as
 * LimeSurvey writes them (`G1Q1[SQ001]`, `Q1[other]`, "Q1. Words [Line]"); what two things are called stands for neither, and
 * people choose.
 */
#ifndef PARVIS_ANSWER_COLUMN_H
#define PARVIS_ANSWER_COLUMN_H

#include "base/json.h"
#include "core/field_type.h"
#include "core/form_part.h"
#include "features/spreadsheet/grid.h"

enum answer_kind {
	ANSWER_NONE,
	ANSWER_WHOLE,    /* a question, or a line of one: its name */
	ANSWER_CHOICE,   /* one of several choices, ticked or not: "question=choice" */
	ANSWER_OTHER,    /* the words of "other": "question~text" */
	ANSWER_COMMENT,  /* "question~comment", "question=choice~comment" */
	ANSWER_SENT,     /* "_sent" */
	ANSWER_BEGUN,    /* "_begun" */
	ANSWER_CHANNEL,  /* "_channel" */
	ANSWER_NAME,     /* "_name" */
	ANSWER_CODE,     /* "_code": of whom it was sent to */
	ANSWER_LANGUAGE, /* "_language" */
};

struct answer_target {
	const char *name; /* "" for none */
	enum answer_kind kind;
	const struct field *field;   /* a question, one that is asked no more, or a part */
	const struct choice *choice; /* of ANSWER_CHOICE; of ANSWER_COMMENT where choices have comments */
};

/* All there are, in the order of the form; of an anonymous questionnaire nothing that says when, how or who. `all[0]` is none. */
struct answer_targets {
	const struct form *form;
	const struct answer_target *all;
	int n;
	const json_t *names;  /* exact name → position */
	const json_t *called; /* what it may be called (answer_called) → position, -1: several are */
};
struct answer_targets answer_targets(struct arena *a, const struct form *form);
const struct answer_target *answer_target_find(const struct answer_targets *targets, const char *name);

enum { ANSWER_SAMPLES = 3 };

struct answer_column {
	const char *name;                   /* its heading */
	const struct answer_target *target; /* kind ANSWER_NONE: it is left out */
	bool known;                         /* it says what is not kept: a number, a page, an address */
	const char *samples[ANSWER_SAMPLES];
};

/* By their headings. */
struct answer_column *answer_columns(struct arena *a, const struct answer_targets *targets, const struct grid *grid);
/* Two columns for one thing: the name of the second; NULL: there are none. */
const struct answer_column *answer_columns_twice(const struct answer_column *columns, int n);

/* Small letters and digits alone, words divided by single blanks: "G1Q1[SQ001]" → "g1q1 sq001". */
const char *answer_called(struct arena *a, const char *text);
/* The same letter by letter, but for accents and case: it goes first. */
const char *answer_headed(struct arena *a, const char *text);

#endif
