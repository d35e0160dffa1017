/* What people do on the pages of a form besides reading them: talk (core/thread.h), take position (core/debate.h),
 * answer somebody who asks (core/call.h), meet (core/meeting.h). Settable as a whole, with what it changes said before. */
#ifndef PARVIS_FORM_USES_H
#define PARVIS_FORM_USES_H

#include "core/call.h"
#include "features/form_edit/form_edit.h"

enum { USES_ANSWERS = 12 /* choices of the category that may have words of their own on the button */ };

/* Chosen instead of a question: a new one is made. */
#define USES_NEW "+"

struct form_uses {
	const struct form *form;
	bool topic, debate, call, meeting;
	const char *debate_end, *summary, *state, *end, *days; /* keys, "" or USES_NEW; as typed */
	const char *day, *next, *notes;                        /* of a meeting, likewise */
	json_t *words; /* of the button: "answer", and "answers-KEY" for a choice */
	const char *mark;
	bool previewed;
	int64_t records, open; /* published or not; those whose state says so, where there is one */
};

/* May this question say how a page stands? One choice among several, for everybody. */
bool uses_state(const struct field *field);
/* … its last day? */
bool uses_day(const struct field *field);
/* … be a summary? */
bool uses_text(const struct field *field);
/* The field whose choices have words of their own on the button; NULL: none. */
const struct field *uses_sorts(const struct form *form);
/* Sentences on what saving would change, at most `max`. */
int uses_effects(const struct page *p, const struct form_uses *u, const char **ret, int max);

enum code form_uses_show(struct request *r, struct err *err);
enum code form_uses_post(struct request *r, struct err *err);

#endif
