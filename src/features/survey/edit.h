/* A questionnaire built and corrected in the browser. */
#ifndef PARVIS_SURVEY_EDIT_H
#define PARVIS_SURVEY_EDIT_H

#include "features/survey/survey_page.h"
#include "web/request.h"

struct new_typed {
	json_t *typed; /* label */
	const char *copy, *space, *anonymity, *who;
	const char *after; /* key of the questionnaire that it asks again; "" */
};

struct settings_typed {
	const struct form *form;
	json_t *typed;                               /* label; "survey" */
	json_t *survey;                              /* of it */
	const char *opens, *closes, *minutes, *days; /* as typed */
	bool answered;                               /* how anonymous it is stays */
	const char *mark;
};
enum { QUOTA_ROWS = 4 };
/* The quota of a row as "field.choice", or ""; how many. */
const char *quota_named(const struct page *p, const struct settings_typed *s, int row);
const char *quota_most(const struct page *p, const struct settings_typed *s, int row);
int quota_rows(const struct settings_typed *s);
const char *numbered(const struct page *p, const char *name, int i);

/* A page as it is typed; the last one is the one to add. */
struct page_typed {
	const char *key; /* "" for a new one */
	json_t *typed;   /* label, text */
	int place;
	bool removed, random;
	const char *if_field, *if_op, *if_value; /* the short form of its condition; or typed: */
	const char *if_text;
};
struct pages_typed {
	const struct form *form;
	struct page_typed *pages;
	int n;                /* with the new one */
	const char **page_of; /* of each question, key of a page; "+": the new one */
	const char *mark;
};
const char *page_name(const struct page *p, const struct page_typed *typed, int i);
bool page_has_question(const struct pages_typed *x, int i);

/* A text of the definition, wherever it stands. */
struct text_typed {
	const char *where; /* "Question “…”: choice" */
	const char *text[LANG_COUNT];
	bool wide;
	json_t *owner; /* for writing: the object, its member */
	const char *member;
};
struct texts_typed {
	const struct form *form;
	struct text_typed *texts;
	int n, complete[LANG_COUNT];
	const char *mark;
};

#endif
