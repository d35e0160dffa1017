/* What the files that write a survey for LimeSurvey share: limesurvey_write.c (its pages and settings),
 * limesurvey_write_question.c, limesurvey_write_table.c (the tables that the file is made of, and its texts). */
#ifndef PARVIS_LIMESURVEY_WRITER_H
#define PARVIS_LIMESURVEY_WRITER_H

#include "formats/limesurvey_write.h"

enum { SURVEY_ID = 100000, COLUMNS_MAX = 24 };

struct table {
	const char *name;
	const char *columns[COLUMNS_MAX]; /* ends with NULL */
	struct buf rows;
};

enum tables {
	ANSWERS,
	ANSWER_TEXTS,
	GROUPS,
	GROUP_TEXTS,
	QUESTIONS,
	SUBQUESTIONS,
	QUESTION_TEXTS,
	ATTRIBUTES,
	QUOTAS,
	QUOTA_MEMBERS,
	QUOTA_TEXTS,
	SURVEYS,
	SURVEY_TEXTS,
	TABLES
};

struct writer {
	struct arena *a;
	const struct form *form;
	struct limesurvey_codes codes;
	struct issues *lost;
	struct table tables[TABLES];
	enum lang languages[LANG_COUNT];
	int nlanguages;
	int next; /* number of the next thing */
};

/* ---- Tables ---- */

/* Empty ones, in the order, and with the columns, in which LimeSurvey 6 writes them. */
void limesurvey_begin_tables(struct writer *w);
/* A row: one text for each column; NULL: the column is not there. */
void limesurvey_add_row(struct writer *w, enum tables which, const char *const *values);
#define ADD(w, which, ...) limesurvey_add_row(w, which, (const char *const[]){ __VA_ARGS__ })
/* Nothing where it has no row. */
void limesurvey_put_table(struct buf *out, struct table *table);
const char *limesurvey_number(struct writer *w, int n);

/* ---- Texts, as HTML ---- */

const char *limesurvey_html(struct writer *w, const char *text);
const char *limesurvey_rich(struct writer *w, const char *text, enum lang lang); /* of Markdown */
/* `{outils}` is what was answered there, in our texts as in theirs. */
const char *limesurvey_piped(struct writer *w, const char *text);
const char *limesurvey_said(struct writer *w, const struct label *label, enum lang lang);

/* ---- Questions ---- */

/* "1": always. What has no like is told under `key`. */
const char *limesurvey_relevance(struct writer *w, const char *key, const struct expression *condition);
const char *limesurvey_choice_code(const struct limesurvey_code *code, const char *key);
void limesurvey_write_question(struct writer *w, struct limesurvey_code *code, int gid, int order);

#endif
