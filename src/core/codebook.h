/*
 * Code books: the themes that people put on what others wrote (core/coding.h), in the order and under the headings that they
 * chose. A book is of a space, and for who looks after the answers there (KIND_RESPONSE, core/right.h). It grows while one reads;
 * codes are renamed, put together, retired; each of these is kept with its day and its author. A code that is merged into
 * another keeps its marks and counts as that one, so that a merge is undone whole.
 */
#ifndef PARVIS_CODEBOOK_H
#define PARVIS_CODEBOOK_H

#include "core/right.h"

enum {
	CODEBOOKS_MAX = 100, /* that a reader is shown */
	CODES_MAX = 400,     /* of one book, merged and retired ones too */
	CODE_DEPTH = 3,      /* levels */
	CODE_NAME_MAX = 120, /* characters */
	CODE_TEXT_MAX = 1000,
	CODE_COLOURS = 8, /* each with a shape; css: .code-colour-0 … */
	BOOK_EVENTS_SHOWN = 200
};

/* Kept in the table: never renumbered. */
enum code_state { CODE_USED, CODE_RETIRED, CODE_MERGED };
enum code_event {
	CODE_MADE,
	CODE_RENAMED,
	CODE_MOVED,
	CODE_PUT_TOGETHER,
	CODE_PARTED,
	CODE_PUT_AWAY,
	CODE_BACK,
	CODE_EVENTS
};

struct book_code {
	int64_t num;
	struct id id;
	const char *name, *definition, *example;
	int colour, position;
	enum code_state state;
	int parent;   /* place in the book, −1: none; never a merged one */
	int counts;   /* the place of the code that it counts as: itself, unless it is merged */
	int depth;    /* 0: a heading */
	int children; /* in use */
	/* What is typed for it while one reads: a digit or a letter; for a code under a heading the heading's, then its own. ""
	 * when there are too many. */
	char keys[3];
};

struct codebook {
	int64_t num;
	struct id id;
	const struct space *space;
	const char *name, *about;
	bool blind; /* coders do not see each other's codes of a text before they have read it themselves */
	int64_t created;
	/* Each heading before what is under it, in their order; those that are merged last. */
	const struct book_code *codes;
	int n;
	int used; /* codes in use */
};

/* E_NOT_FOUND: it is not there, or not for this actor. By a code's id: the book that it is in, and its place. */
enum code codebook_load(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct id id, struct codebook *ret, struct err *err) MUST;
enum code codebook_load_num(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                            int64_t num, struct codebook *ret, struct err *err) MUST;
enum code codebook_of_code(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           struct id id, struct codebook *ret, int *place, struct err *err) MUST;
/* Those that the actor may use, by their names; without their codes. */
enum code codebook_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct codebook **ret, int *n, struct err *err) MUST;
struct thing codebook_thing(const struct space *space);

/* −1: there is none. */
int codebook_place(const struct codebook *book, int64_t num);
int codebook_place_of_id(const struct codebook *book, struct id id);
/* The place of the heading that it stands under: itself at the top. */
int codebook_heading(const struct codebook *book, int place);
/* Is `place` the code, or somewhere under it? */
bool codebook_is_under(const struct codebook *book, int place, int heading);
/* In use, of this name (folded) and under this heading (−1: none), or −1. */
int codebook_find(const struct codebook *book, int parent, const char *name);

/* ---- Writing; the caller has checked rights and texts ---- */

enum code codebook_add(struct tx *tx, int64_t space, const char *name, const char *about, bool blind, struct id *ret,
                       struct err *err) MUST;
enum code codebook_change(struct tx *tx, const struct codebook *book, const char *name, const char *about, bool blind,
                          struct err *err) MUST;
/* With all that was coded with it. */
enum code codebook_delete(struct tx *tx, const struct codebook *book, struct err *err) MUST;

struct code_new {
	int64_t parent; /* 0: none */
	const char *name, *definition, *example;
	int colour;
};
/* Last under its heading. E_LIMIT: CODES_MAX. */
enum code book_code_add(struct tx *tx, int64_t book, const struct code_new *code, int64_t person, struct id *ret,
                        int64_t *num, struct err *err) MUST;
/* Under another heading it comes last. E_INPUT: too deep, or under itself. */
enum code book_code_change(struct tx *tx, const struct codebook *book, int place, const struct code_new *code,
                           int64_t person, struct err *err) MUST;
/* Changes places with the one before (−1) or after (1) under the same heading. */
enum code book_code_shift(struct tx *tx, const struct codebook *book, int place, int by, struct err *err) MUST;
/* E_INPUT: into itself, into what is under it, or into what is not in use. */
enum code book_code_merge(struct tx *tx, const struct codebook *book, int place, int into, int64_t person,
                          struct err *err) MUST;
/* To CODE_USED or CODE_RETIRED; of a merged one: it is itself again. */
enum code book_code_state(struct tx *tx, const struct codebook *book, int place, enum code_state state, int64_t person,
                          struct err *err) MUST;

struct book_event {
	int64_t at;
	const char *who; /* NULL: nobody who is still there */
	enum code_event kind;
	const char *name, *was, *other; /* of the code now, before, the other one; "" */
	struct id code;
};
/* The latest first; of one code (its place), or of all (−1). */
enum code codebook_events(struct db *db, struct arena *a, const struct codebook *book, int place, int max,
                          struct book_event **ret, int *n, struct err *err) MUST;

#endif
