/* What the templates of sign-ups ask of C. */
#ifndef PARVIS_SIGNUP_PAGE_H
#define PARVIS_SIGNUP_PAGE_H

#include "core/signup.h"
#include "page/page.h"

enum { SIGNUP_SHOWN = 6 /* dates that a page names */, SIGNUP_BLANK = 8 /* empty lines of the sheet for signatures */ };

/* One date, as a page shows it. */
struct signup_slot {
	struct signup_date date;
	struct signup_count count;
	struct signup mine; /* the reader's own; num 0: none */
	enum signup_time time;
	bool over;
};

struct signup_shown {
	const struct record *about;
	const struct field *field;
	struct signup_offer offer;
	struct signup_slot *slots; /* those to come, the next first; of what takes place once, that one */
	int n;
	bool repeats;
	bool managed; /* the reader sees names and notes who came */
	bool barred;  /* she has no account, and one is needed */
};
/* NULL: one does not sign up to it. */
const struct signup_shown *signup_shown_of(const struct page *p, const struct record *about);
/* The slot of a day, in the past too; NULL: it does not take place then. */
const struct signup_slot *signup_slot_of(const struct page *p, const struct signup_shown *d, const char *day);
/* May one still sign up, or wait? */
bool signup_takes(const struct signup_shown *d, const struct signup_slot *slot);

/* "samedi 5 décembre, de 14 h à 16 h", "" when it has no date. */
const char *signup_when(const struct page *p, const struct signup_date *date);
/* "8 places sur 20 restent", "complet : 3 personnes attendent une place" … */
const char *signup_places(const struct page *p, const struct signup_shown *d, const struct signup_slot *slot);
/* "2 adultes et 1 enfant", "3 personnes" */
const char *signup_party(const struct page *p, const struct signup *signup);
/* Why one cannot sign up now, or NULL. */
const char *signup_closed(const struct page *p, const struct signup_shown *d, const struct signup_slot *slot);
/* Names of those who agree to be named, at most some dozens. */
int signup_named(const struct page *p, const struct signup_shown *d, const struct signup_slot *slot, const char ***ret);
/* "/-/signup/ID?jour=2026-12-01#s-12" */
const char *signup_url(const struct page *p, const struct record *about, const char *action, const char *day);
const char *signup_answer_name(const struct page *p, int i);

/* What was typed, or what she said before. */
struct signup_typed {
	const char *day, *adults, *children, *email;
	const char *answers[SIGNUP_QUESTIONS];
	bool named;
};
/* Of the organiser's page. */
struct signup_board {
	const struct signup_shown *shown;
	struct signup_slot slot;
	struct signup_list list;
	struct signup_date *dates; /* others, to look at */
	int ndates;
	const char *name, *adults, *children, *email; /* of who is entered by hand */
	int kept;                                     /* days */
};
/* The button that says that `n` of them came: "Present", "All 3", "2". */
const char *came_words(const struct page *p, const struct signup *signup, int n);

#endif
