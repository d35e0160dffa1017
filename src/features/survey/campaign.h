/* The pages of who reaches the targets of a questionnaire. */
#ifndef PARVIS_SURVEY_CAMPAIGN_H
#define PARVIS_SURVEY_CAMPAIGN_H

#include "core/person.h"
#include "core/record.h"
#include "core/survey_wave.h"
#include "features/people/code.h"
#include "features/survey/survey_page.h"
#include "web/request.h"

struct campaign {
	const struct form *form;
	const struct survey_target *targets;
	int n;
	enum target_state only; /* TARGET_STATES: all */
	int64_t counts[TARGET_STATES];
	int64_t all, reachable;     /* reachable: not said to be there twice */
	int letters;                /* that could leave now */
	int calls;                  /* that wait */
	const char *lines, *closes; /* typed */
};

struct target_sheet {
	const struct survey_target *target;
	const char *code, *url;
	const char *subject, *text; /* of a planned letter; NULL: the questionnaire's welcome */
	struct html_safe qr;
};

struct caller; /* calls.h */

struct target_typed {
	const struct survey_target *target;
	struct target_sheet sheet;
	const struct target_call *calls;
	int ncalls, outcome;
	const char *note, *call_at, *due_day, *due_time;
	const struct target_had *had; /* letters */
	int nhad;
	const struct caller *team;
	int nteam;
};

/* Targets to add, in one write. */
struct target_adding {
	struct request *r;
	const struct form *form;
	struct survey_target *targets;
	int n, room;
	int added; /* that were not there yet */
};
enum code target_add_all(struct tx *tx, void *adding, struct err *err);
/* What a record of the directory says of itself, as the reader may read it: its address, its place, and what has one choice of
 * a few, to compare rates by. */
struct survey_target target_of_record(const struct page *p, const struct form *form, const struct record *record);

/* The code of a target: made from the site's secret, so that it can be told again. */
void target_code(const struct site *site, struct id target, char out[static CODE_TEXT + 1]);
const char *target_url(const struct page *p, const struct survey_target *target, const char *rest);
/* "12 of 75 (16 %)" */
/* When the names go; NULL: it has no last day. */
const char *campaign_forgets(const struct page *p, const struct form *form);
/* For forms. */
const char *caller_id(const struct page *p, const struct person *person);
const char *campaign_rate(const struct page *p, const struct campaign *c);

/* The sheet of one, with its QR code. */
enum code target_sheet(struct request *r, const struct survey_target *target, struct target_sheet *ret,
                       struct err *err) MUST;

#endif
