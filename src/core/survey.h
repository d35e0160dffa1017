/*
 * Questionnaires: forms whose answers are responses (core/response.h), not records. Their definition says so:
 *	"survey": {"space": "quartier", "state": "open", "anonymity": "anonymous", "who": "everybody",
 *	           "opens": "2026-11-01", "closes": "2026-12-31", "closed": "2026-12-20", "targets_days": 90, "flow": "pages", "minutes": 8, "random": true,
 *	           "welcome": {"fr": …}, "thanks": {"fr": …},
 *	           "quotas": [{"field": "age", "choice": "moins_18", "most": 40}],
 *	           "after": "avant_formation", "paper": {"back": {"fr": "À la maison de quartier"}, "twice": 10}},
 *	"pages": [{"key": "outils", "label": {"fr": "Vos outils"}, "text": {"fr": …}, "show_if": ["postes", "notempty"],
 *	           "random": true}]
 * "kind": "model" is one that others begin with, "library" a set of ready questions: neither is ever open.
 * Each question names its page ("page"; none: the first), and may mix its choices ("random": true). Days are those of the
 * site's clocks, both included. "random": the pages but the first and the last, the questions of a page, the choices of a
 * question come in another order for each response. Such a form has no title of its own, and takes no files.
 */
#ifndef PARVIS_SURVEY_H
#define PARVIS_SURVEY_H

#include "base/date.h"
#include "core/field_type.h"

enum {
	SURVEY_PAGES_MAX = 60,
	SURVEY_QUOTAS_MAX = 50,
	SURVEY_MINUTES_MAX = 240,
	SURVEY_TARGETS_DAYS = 90,
	SURVEY_TARGETS_DAYS_MAX = 3650
};

enum anonymity {
	ANONYMITY_NAMED,        /* who looks after it sees who answered what */
	ANONYMITY_CONFIDENTIAL, /* the site knows who answered and shows it beside no answer */
	ANONYMITY_ANONYMOUS,    /* once it is sent, nothing links an answer to anybody */
	ANONYMITIES
};
enum survey_who { WHO_EVERYBODY, WHO_ACCOUNTS, WHO_INVITED, WHOS };
enum survey_kind { SURVEY_ASKED, SURVEY_MODEL, SURVEY_LIBRARY, SURVEY_KINDS };
/* As somebody decided; the days count besides. */
enum survey_state { SURVEY_DRAFT, SURVEY_OPEN, SURVEY_CLOSED, SURVEY_STATES };
/* What the days make of it. */
enum survey_stand { STAND_DRAFT, STAND_EARLY, STAND_OPEN, STAND_OVER };

struct survey_page {
	const char *key;
	struct label label, text;
	const struct expression *show_if; /* NULL: always */
	bool random;
};

struct survey_quota {
	const struct field *field;
	const struct choice *choice;
	int most;
};

struct survey {
	const char *space; /* slug; NULL: the site's first */
	enum survey_kind kind;
	enum survey_state state;
	enum anonymity anonymity;
	enum survey_who who;
	bool has_opens, has_closes;
	struct date opens, closes;
	bool has_closed;
	struct date closed; /* the day when somebody closed it by hand */
	int targets_days;   /* after it closed, the names of its targets go (survey_target_forget) */
	bool one_page;
	bool random; /* the pages */
	int minutes; /* 0: counted from the questions */
	struct label welcome, thanks;
	const char *after;       /* key of the questionnaire that it asks again afterwards, of the same persons; NULL */
	struct label paper_back; /* where a copy on paper is to be returned */
	int paper_twice;         /* how many of a hundred sheets are entered by two people (core/paper.h) */
	const struct survey_page *pages; /* one at least */
	int npages;
	const int *page_of; /* of each field, by position */
	const struct survey_quota *quotas;
	int nquotas;
};

/* As the definition says, in `a`; NULL: it is none. Mistakes under "survey" and "pages.<i>…". Called by form_parse, which
 * keeps it in form->survey. */
const struct survey *survey_read(struct arena *a, const struct form *form, struct issues *issues);
/* What stands for the title of such a form. */
extern const struct field survey_title;

const char *anonymity_key(enum anonymity anonymity);
const char *who_key(enum survey_who who);
const char *survey_state_key(enum survey_state state);
const char *anonymity_words(enum anonymity anonymity); /* message ids */
const char *who_words(enum survey_who who);
const char *stand_words(enum survey_stand stand);

const struct space *survey_space(const struct model *model, const struct form *form);
/* The last day on which the names of its targets are kept; false: it has not closed, or nobody knows when. */
bool survey_targets_until(const struct survey *survey, struct date *ret);
enum survey_stand survey_stand(const struct survey *survey, struct date today);

/* Is this question asked of who answered so? Neither hidden, nor kept away by its condition or its page's. What depends on
 * a question that is not asked is asked as if that one were unanswered. */
bool survey_asks(const struct form *form, const struct field *field, const json_t *values);
/* Has the page any question for who answered so? */
bool survey_page_asks(const struct form *form, int page, const json_t *values);
/* Only what was asked, in `a`: answers to questions that do not apply any more are left out. */
json_t *survey_values_asked(struct arena *a, const struct form *form, const json_t *values);

#endif
