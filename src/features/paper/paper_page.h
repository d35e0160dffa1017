/* What the pages of questionnaires on paper show. */
#ifndef PARVIS_FEATURES_PAPER_PAGE_H
#define PARVIS_FEATURES_PAPER_PAGE_H

#include "core/paper.h"
#include "features/survey/survey_page.h"

enum { PAPER_LOT = 50 /* copies in one file */ };

/* The page where it is printed. */
struct paper_printing {
	const struct form *form;
	const struct paper_edition *editions;
	int neditions, pages; /* pages: of one copy */
	int copies;           /* for whom it could be printed: those who have not answered */
	struct paper_counts counts;
	const char *back[LANG_COUNT]; /* as typed */
	const char *twice;
};
int paper_lots(const struct paper_printing *x);

/* A sheet that is not whole yet, in the list. */
struct paper_line {
	const struct paper_sheet *sheet;
	const char *name; /* "Sheet 12", whom it is for */
	const char *what; /* what is to be done */
	const char *url;  /* NULL: its code is not known here */
	bool hers;        /* she typed it first: somebody else does the rest */
};
/* The page where sheets are taken up. */
struct paper_desk {
	const struct form *form;
	const struct paper_edition *editions;
	int neditions;
	const char *typed; /* code or number */
	int edition;
	struct paper_counts counts;
	const struct paper_line *lines;
	int nlines;
};

/* A question of a sheet being entered. */
struct paper_question {
	const struct field *field;
	int number;
	const json_t *value;
	const char *mark, *note; /* "" */
	const char *only_if;     /* NULL */
};
/* A page of a sheet. */
struct paper_typing {
	const struct paper_sheet *sheet;
	const char *name;
	int page, pages, turn;
	const struct paper_question *questions;
	int n, gone; /* gone: questions that are asked no more */
};

/* Something about a whole sheet to be looked at before it is kept. */
struct paper_doubt {
	const struct field *field;
	int number, page;
	const json_t *
	        value; /* answered though it did not apply, or as the question refuses; NULL: needed and not answered */
	const char *refusal; /* why the question refuses it; NULL: it did not apply */
	bool kept;
};
struct paper_check {
	const struct paper_sheet *sheet;
	const char *name;
	const struct paper_doubt *doubts;
	int n, pages, applies; /* applies: those that have a value */
};

/* A question that two people typed otherwise. */
struct paper_difference {
	const struct field *field;
	int number, picked; /* 0: none, 1, 2: whose; 3: neither's */
	const json_t *values[PAPER_TURNS], *third;
	const char *notes[PAPER_TURNS]; /* "" */
};
struct paper_comparison {
	const struct paper_sheet *sheet;
	const char *name;
	const struct paper_difference *differences;
	int n, compared;
};

const char *paper_sheet_url(const struct page *p, const struct paper_sheet *sheet, const char *rest);
/* "97,4 %" of what was typed twice is the same. */
const char *paper_agreement(const struct page *p, int64_t agreed, int64_t answers);
/* Of a note: what is wrong with what was written; message ids. "" for nothing. */
/* What is noted of an answer: "as_on_paper" is refused by the question, and kept as it stands. */
enum { PAPER_MARKS = 5 };
extern const char *const paper_mark_keys[PAPER_MARKS], *const paper_mark_words[PAPER_MARKS];
const char *paper_mark_said(const struct page *p, const char *key);
/* "note-" + key */
const char *paper_name(const struct page *p, const char *before, const struct field *field);

#endif
