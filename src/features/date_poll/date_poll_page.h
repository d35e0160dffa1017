/* What the templates of proposed dates ask of C. */
#ifndef PARVIS_DATE_POLL_PAGE_H
#define PARVIS_DATE_POLL_PAGE_H

#include "core/date_poll.h"
#include "page/page.h"

/* What a record's page and the page where one answers show. */
struct dates_shown {
	const struct record *about;
	const struct field *field; /* the dates */
	struct date_poll poll;
	struct poll_result result;
	bool best[SLOTS_MAX];
	bool open, named; /* may one answer still; does the reader see who said what */
	bool managed;     /* she may choose the date */
	int mine;         /* her place among the people, or -1 */
};
/* NULL: the record proposes no dates to this reader. */
const struct dates_shown *dates_shown_of(const struct page *p, const struct record *about);

const char *answer_words(enum answer answer); /* message id */
const char *answer_class(int answer);
bool dates_is_best(const struct dates_shown *d, int slot); /* while none is chosen */
int dates_first_best(const struct dates_shown *d);         /* -1: nobody has answered */
const char *dates_closes(const struct page *p, const struct dates_shown *d);
const char *slot_places_left(const struct page *p, const struct dates_shown *d, int slot); /* or NULL */
/* May this slot still be taken by this reader? */
bool slot_takes(const struct dates_shown *d, int slot);
/* "samedi 5 décembre, 10 h (votre heure)": the slot by the clock of another zone; NULL: no hour, or the same. */
const char *slot_elsewhere(const struct page *p, const struct slot *slot, const struct zone *zone);
const char *slot_name(const struct page *p, const struct slot *slot);    /* of its control, of its mistakes */
const char *slot_machine(const struct page *p, const struct slot *slot); /* for <time datetime>, with its offset */
const char *dates_record_title(const struct page *p, const char *id, const char **url); /* NULL: not for her */

/* Forms of which a record may be made of the date that is chosen: those that ask for a day. */
struct dates_target {
	const struct form *form;
	const struct field *field;
};
int dates_targets(const struct page *p, const struct dates_shown *d, struct dates_target **ret);

/* What was sent: an answer for each slot. */
struct dates_typed {
	signed char answers[SLOTS_MAX];
	const char *for_name;
	const char *zone_name; /* of the reader's clocks, "" : the site's */
	const struct zone *zone;
};

/* Time zones where people who are asked live, to choose from; NULL after the last. */
extern const char *const dates_zones[];

#endif
