/*
 * Comments: what people say about a record, below it. Each is a record itself, of a form that the engine brings,
 * so that history, trash, moderation, rules of publication and guests are those of all records; but it stands
 * below another one (struct record's `about`), in its space: it is in no list, search or feed of records, and
 * nobody reads it who may not read that one. It goes with it to another space, and ends with it.
 */
#ifndef PARVIS_COMMENT_H
#define PARVIS_COMMENT_H

#include "core/record.h"

enum {
	COMMENT_MAX = 5000, /* characters */
	COMMENT_PAGE = 50,  /* comments shown at once */
	COMMENT_DEPTH = 2,  /* answers to answers; deeper ones stand there too, and say what they answer */
	COMMENT_TITLE = 60  /* characters of its beginning, by which it is named */
};

/* The form of comments, as this program knows it: kept among the definitions when a site is opened. */
enum code comment_install(struct tx *tx, struct arena *a, struct err *err) MUST;

/* What a comment is called where it stands alone: its beginning. Never NULL. */
const char *comment_title(struct arena *a, const json_t *values);
/* The last word of its address: nobody types it, and it is never in the way of a page's. */
const char *comment_address(struct arena *a, struct id id);
const char *comment_text(const struct record *comment);

struct comment {
	const struct record *record;
	const char *author; /* "": nobody, or gone */
	int depth;          /* 0 to COMMENT_DEPTH */
	bool answers;       /* another comment: */
	struct id parent;   /* which; zero: it is not for this reader, or gone */
	const char *parent_author;
	bool apart; /* it does not stand among the answers to that one */
};

struct thread {
	struct comment *comments; /* the oldest first, answers after what they answer */
	int n;
	int total, page, pages; /* comments in all that the actor may read; pages count from 1 */
};

/* A page of the comments below a record that the actor may read (0 or too great: the last), drafts that she may
 * read among them; those in the trash are not. */
enum code comment_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       const struct record *about, int page, struct thread *ret, struct err *err) MUST;
/* On which page this one stands, and how many there are for this reader. */
enum code comment_page(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       const struct record *comment, int *ret, int *pages, struct err *err) MUST;
/* How many everybody reads who reads the record. */
enum code comment_count(struct db *db, int64_t about, int *ret, struct err *err) MUST;

/* May one talk here, as far as it does not depend on who? Of several reasons the widest. */
enum comment_door {
	COMMENT_DOOR_OPEN,
	COMMENT_DOOR_STATE, /* only what is published is talked about */
	COMMENT_DOOR_SPACE,
	COMMENT_DOOR_FORM,
	COMMENT_DOOR_THREAD, /* a facilitator closed it */
};
enum code comment_door(struct db *db, const struct record *about, enum comment_door *ret, struct err *err) MUST;
/* Closes or opens the thread of one record. The caller has checked rights. */
enum code comment_close(struct tx *tx, int64_t about, bool closed, struct err *err) MUST;

/* Adds one. `about` and `parent` are loaded again for the actor: E_NOT_FOUND; E_FORBIDDEN when the door is closed.
 */
struct comment_new {
	const struct actor *actor;
	struct id about, parent; /* parent: that it answers, zero: none */
	const char *text;
	/* results */
	struct id saved;
	bool waits; /* for a yes (core/proposal.h) */
	bool held;  /* … because it looks like an advertisement (core/spam.h) */
};
enum code comment_add(struct tx *tx, struct arena *a, const struct model *model, struct comment_new *comment,
                      struct issues *issues, struct err *err) MUST;

/* Splits one off, with all that answers it: it becomes a record of its own, of the form `form`, in the same space, by the
 * same author and of the same day, and its answers go below that one. E_FORBIDDEN: what it stands below is confidential.
 * The caller has checked rights. */
struct comment_split {
	const struct actor *actor;
	const struct form *form; /* as topic_forms gives them */
	struct id comment;
	const char *title;
	/* results */
	struct id saved;
};
enum code comment_split(struct tx *tx, struct arena *a, const struct model *model, struct comment_split *split,
                        struct issues *issues, struct err *err) MUST;
/* The field that its text goes to: the first long one, when nothing else but the title is required; else NULL. */
const struct field *topic_text(const struct form *form);

/* With the record itself, inside its transaction (core/record_life_store.c): to where it goes on; for ever. */
enum code comment_follow(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                         const struct record *from, struct id to, struct err *err) MUST;
enum code comment_delete_all(struct tx *tx, struct arena *a, const struct model *model, int64_t about,
                             struct err *err) MUST;

#endif
