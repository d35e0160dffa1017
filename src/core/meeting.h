/*
 * Meetings: a record is a meeting; what will be talked of there, what was decided and what is to be done are records that
 * point to it. Its form says so:
 *	"meeting": {"day": "jour", "next": "prochaine", "previous": "precedente", "notes": ["texte"], "template": "compte_rendu",
 *	            "present": "presents", "excused": "excuses", "keep": ["groupe", "lieu_texte"],
 *	            "items": {"form": "point", "who": "qui", "minutes": "duree", "rank": "rang", "state": "etat",
 *	                      "done": "traite"},
 *	            "makes": [{"form": "decision", "day": "jour"}, {"form": "tache", "who": "qui", "due": "pour_le"}]}
 * "day" (a date) is when it takes place, "next" (may be absent) when the next one does, "previous" (may be absent) a
 * relation to the one that it follows; "notes" are the long texts of the
 * minutes, which a template of the form may begin; "present" and "excused" (may be absent) are long texts with a name in
 * each line; "keep" are the questions whose answers the next meeting begins with. "items" is the form of what is proposed
 * for its agenda: the first relation of it to the meeting's form says for which meetings, the last of which counts –
 * what was not dealt with goes on to the next one, and says so in both. "makes" are the forms of what a line of the
 * minutes may become: "words" are what the button
 * says, "day" is that of the meeting, "due" by when, "who" does it. A member of "items" or "makes" that names no question of that form is as if it were absent.
 */
#ifndef PARVIS_MEETING_H
#define PARVIS_MEETING_H

#include "base/date.h"
#include "core/record.h"

enum {
	MEETING_NOTES = 4, /* questions */
	MEETING_KEEPS = 12,
	MEETING_MAKES = 4,
	MEETING_ITEMS = 100, /* of one meeting */
	MEETING_MINUTES_MAX = 600
};

/* A form of records that point to meetings. */
struct meeting_form {
	const struct form *form;
	const struct field *meeting;                                  /* the relation */
	const struct field *who, *day, *due, *minutes, *rank, *state; /* or NULL */
	const char *done;                                             /* choice of `state`: dealt with */
	const json_t *definition;
};

struct meeting {
	const struct field *day;                                 /* NULL: the records of this form are no meetings */
	const struct field *next, *previous, *present, *excused; /* or NULL */
	const struct field *notes[MEETING_NOTES], *keep[MEETING_KEEPS];
	int nnotes, nkeep;
	const char *template; /* key, or NULL */
	const json_t *definition;
};

/* As the form's definition says; mistakes under "meeting". */
struct meeting meeting_read(const struct form *form, struct issues *issues);
/* The meeting that a record is, for whoever loaded it; false: it is none (of what is confidential, none is). */
bool meeting_of(const struct record *record, struct meeting *ret);
/* The form of what is proposed; false: the site has none such. */
bool meeting_item_form(const struct model *model, const struct form *meetings, struct meeting_form *ret);
/* Those that lines of the minutes become, at most MEETING_MAKES. */
int meeting_makes(const struct model *model, const struct form *meetings, struct meeting_form *ret);

/* Are its records parts of meetings – proposed for one, or what a line of its minutes became –, read there rather than alone? */
bool meeting_holds(const struct model *model, const struct form *form);

/* When it begins; `timed`: is an hour said? False: it has no day. */
bool meeting_day(const struct meeting *meeting, const struct record *record, struct datetime *ret, bool *timed);

struct meeting_item {
	struct record *record;
	int minutes; /* 0: not said */
	int rank;    /* 0: not said, comes last */
	bool done;
	bool carried; /* the last of its meetings that the actor reads, and that is not in the trash, is another one … */
	struct id last; /* … this one */
};
/* What the actor reads of a meeting's agenda, in its order: by rank, then as they came. */
enum code meeting_items(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        const struct record *meeting, struct meeting_item **ret, int *n, struct err *err) MUST;
/* Records that point to it with a relation of that form; the first that came first. */
enum code meeting_made(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       const struct record *meeting, const struct meeting_form *form, struct record ***ret, int *n,
                       struct err *err) MUST;
/* The meeting that follows it, by "previous"; NULL: none that the actor reads. */
enum code meeting_following(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                            const struct record *meeting, struct record **ret, struct err *err) MUST;

/* The moves of a meeting's agenda, for who may do so (the caller has checked): small mends of the items in the actor's name,
 * whoever proposed them. `by` places up (negative) or down. E_NOT_FOUND: it is not on this agenda. */
enum code meeting_move(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                       const struct record *meeting, struct id item, int by, struct err *err) MUST;
/* Dealt with, or to be dealt with again. */
enum code meeting_settle(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                         const struct record *meeting, struct id item, bool done, struct err *err) MUST;

/* The next meeting: a record of the same form and space, with what "keep" names, to which goes on whatever was not dealt
 * with. `value` is the day as the field keeps it. The actor needs the right to add one. */
struct meeting_next {
	const struct actor *actor;
	const struct record *from;
	const char *title;
	const json_t *day;
	struct save save; /* result */
	int carried;      /* result */
};
enum code meeting_go_on(struct tx *tx, struct arena *a, const struct model *model, struct meeting_next *next,
                        struct issues *issues, struct err *err) MUST;

#endif
