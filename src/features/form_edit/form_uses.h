/* What people do on the pages of a form besides reading them: talk (core/thread.h), take position (core/debate.h),
 * answer somebody who asks (core/call.h), meet (core/meeting.h). Settable as a whole, with what it changes said before. */
#ifndef PARVIS_FORM_USES_H
#define PARVIS_FORM_USES_H

#include "core/call.h"
#include "features/form_edit/form_edit.h"

enum { USES_ANSWERS = 12 /* choices of the category that may have words of their own on the button */ };

/* Chosen instead of a question or a form: a new one is made. */
#define USES_NEW "+"
#define USES_NEW_DECISION "+decision"
#define USES_NEW_TASK "+task"

struct form_uses {
	const struct form *form;
	bool topic, debate, call, meeting;
	const char *debate_end, *summary, *state, *end, *days; /* keys, "" or USES_NEW; as typed */
	const char *day, *next, *notes, *present;              /* of a meeting, likewise */
	const char *items;                                     /* form of what is proposed for its agenda, likewise */
	const char *const *makes;                              /* forms of what a line becomes, or USES_NEW… */
	int nmakes;
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
/* May it say who was there? A long text that visitors do not read, too. */
bool uses_names(const struct field *field);
/* May records of this form be of a meeting's agenda, or what a line of its minutes became? They point to it. */
bool uses_points(const struct form *form, const struct form *meetings);
bool uses_makes(const struct form_uses *u, const char *form);
/* The field whose choices have words of their own on the button; NULL: none. */
const struct field *uses_sorts(const struct form *form);
/* Sentences on what saving would change, at most `max`. */
int uses_effects(const struct page *p, const struct form_uses *u, const char **ret, int max);

/* A question more, in both languages of the site; its key among `keys`, to which it is added. */
json_t *uses_label(const char *words);
json_t *uses_with_question(struct arena *a, json_t *definition, json_t *keys, json_t *field, const char *words,
                           const char **key);

/* The key that was chosen, "" or USES_NEW; what is not offered is a mistake. */
const char *uses_read_question(struct request *r, const struct form *form, const char *name,
                               bool (*fits)(const struct field *), bool needed, struct issues *issues);

/* ---- Of a meeting (form_uses_meeting.c) ---- */

void uses_begin_meeting(struct request *r, struct form_uses *u);
void uses_read_meeting(struct request *r, struct form_uses *u, struct issues *issues);
/* `definition` with what was chosen; forms that are to be new are made in the write. What is not chosen there – their
 * words, who was excused – stays as it was. */
enum code uses_with_meeting(struct tx *tx, struct request *r, const struct form_uses *u, json_t *definition,
                            json_t *keys, json_t **ret, struct err *err) MUST;

enum code form_uses_show(struct request *r, struct err *err);
enum code form_uses_post(struct request *r, struct err *err);

#endif
