/* What the templates of moderation ask of C. */
#ifndef PARVIS_MODERATION_PAGE_H
#define PARVIS_MODERATION_PAGE_H

#include "core/report.h"
#include "features/moderation/moderation.h"
#include "features/moderation/moderation_letter.h"
#include "page/form.h"

/* An open report, with who made it: her name, or NULL for a visitor. */
struct report_row {
	struct report report;
	const char *by;
};

struct my_report {
	struct report report;
	const struct record *record;
};

/* A page with what was reported about it. */
struct reported {
	const struct record *record;
	const struct report_row *reports;
	int n;
};

/* A measure with what the reader may know of it. */
struct measure_row {
	struct measure m;
	const struct space *space; /* NULL: the whole site */
	/* For who looks after the space only, else NULL; those that are not there any more: NULL too. */
	const char *person, *person_url, *decider;
	const struct record *record;
};

/* A person that a decision may be about. */
struct concerned {
	struct id id;
	const char *name;
};

/* The form to decide, with what was typed and refused. */
struct deciding {
	bool offers[MEASURE_KINDS];
	int kind; /* -1: not chosen yet */
	const struct concerned *people;
	int npeople;
	const char *person; /* id of the one chosen, as text */
	const char *rule, *reason;
	const char *action; /* address it is sent to */
	const char *since;  /* of an account: "hour" or "day"; NULL: of a page */
};

const char *report_reason_words(enum report_reason reason); /* message id */
/* What deciding so does, as a message id: the label of the choice, and its help. */
const char *measure_choice(enum measure_kind kind);
const char *measure_help(enum measure_kind kind);
/* Who decided: "a facilitator", "an administrator". */
const char *measure_role(const struct page *p, const struct measure *measure);
/* The beginning of what the page says, some 300 characters. */
const char *moderation_extract(const struct page *p, const struct record *record);
const char *id_text(const struct page *p, struct id id);
const char *account_url(const struct page *p, struct id person);

/* Those about the reader, and the pages that she reported and may still read, for the page of her account. */
int measures_mine(const struct page *p, struct measure **ret);
int reports_mine(const struct page *p, struct my_report **ret);
/* Did a measure put this record, which is in the trash, there? */
bool measure_hides(const struct page *p, const struct record *record);

#endif
