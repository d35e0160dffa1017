/*
 * Coding: which codes of a book (core/codebook.h) people put on which texts – answers in one's own words, questions of pages,
 * comments, positions. A work list says which texts are read with which book. Each coder's codes are hers; where two differ they
 * talk, and decide what counts.
 *
 * A text is known by the thing that it is in and a field of it. What is kept of it is a row without its words (coded_text), which
 * goes, with all that was coded, when the answer, the page or the position goes. A passage is kept with its words and the version
 * of the text it was taken from: where the text was corrected since, it is looked for again.
 */
#ifndef PARVIS_CODING_H
#define PARVIS_CODING_H

#include "core/codebook.h"

enum {
	CODING_LISTS_MAX = 200,    /* that a reader is shown */
	CODING_FIELDS_MAX = 1000,  /* bytes of the keys of one list */
	CODING_MARKS_MAX = 200000, /* of one list */
	CODERS_MAX = 12,
	CODING_QUOTE_MAX = 2000, /* characters of a passage */
	CODING_NOTE_MAX = 2000,
	CODING_TALK_SHOWN = 50
};

/* ---- Work lists ---- */

struct coding_list {
	int64_t num;
	struct id id;
	int64_t book;
	const char *book_name;
	const struct form *form;
	const char *view;   /* key, "": all the records */
	const char *fields; /* keys divided by commas; CODING_COMMENTS, CODING_POSITIONS */
	const char *name;
};
#define CODING_COMMENTS "_comments"
#define CODING_POSITIONS "_positions"

/* Is this key among the fields of the list? */
bool coding_list_takes(const struct coding_list *list, const char *field);

/* E_NOT_FOUND: it is not there, its form is gone, or its book is not for this actor. */
enum code coding_list_load(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           struct id id, struct coding_list *ret, struct codebook *book, struct err *err) MUST;
/* Of a form (NULL: of all), by their names. */
enum code coding_lists(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       const struct form *form, struct coding_list **ret, int *n, struct err *err) MUST;
enum code coding_list_add(struct tx *tx, int64_t book, const struct form *form, const char *view, const char *fields,
                          const char *name, struct id *ret, struct err *err) MUST;
enum code coding_list_delete(struct tx *tx, const struct coding_list *list, struct err *err) MUST;

/* ---- Texts ---- */

/* In what it is. */
enum coded_kind { CODED_RESPONSE, CODED_ANONYMOUS, CODED_RECORD, CODED_POSITION };

struct coding_key {
	enum coded_kind kind;
	struct id
	        thing; /* of the response, the anonymous answer, the page (of a comment: its own; of a position: the debate's) */
	int64_t owner;     /* number of the response, the record, the position; 0 of an anonymous answer */
	const char *field; /* its key, "_comment", "_position.12" */
};
/* The row of a text, made when there is none. */
enum code coded_text(struct tx *tx, const struct form *form, const struct coding_key *key, int64_t *ret,
                     struct err *err) MUST;

struct hash coding_version(const char *text);

/* A passage of a text, in characters. */
struct passage_at {
	int begin, until;
};
/* Where these words stand: nearest to `near` (−1: the first time); white space and case are not compared. False: nowhere. */
bool coding_find(const char *text, const char *words, int near, struct passage_at *ret);
/* The characters of a text from … until before, in `a`; cut to what there is. */
char *coding_part(struct arena *a, const char *text, struct passage_at at);

/* ---- What was put ---- */

struct coding_mark {
	struct id id;
	int64_t text, code; /* rows; as it was put: codebook_place and .counts say what it counts as */
	int64_t person;     /* 0: nobody who is still there */
	int begin, until;   /* −1: on the whole text */
	const char *words;
	struct hash version;
	bool cited;
};
struct coding_reader {
	int64_t text, person;
};
struct coding_verdict {
	int64_t text, code; /* code 0: decided, and none */
};
struct coded_row {
	int64_t num;
	struct id thing;
	const char *field;
};
/* All of a book about the texts of a form; rows by thing and field, the others by text. */
struct coding_all {
	const struct coded_row *texts;
	int ntexts;
	const struct coding_mark *marks;
	int nmarks;
	const struct coding_reader *readers;
	int nreaders;
	const struct coding_verdict *verdicts;
	int nverdicts;
};
enum code coding_read_all(struct db *db, struct arena *a, const struct codebook *book, const struct form *form,
                          struct coding_all *ret, struct err *err) MUST;

/* ---- Writing; the caller has checked that she may, and the texts ---- */

/* What this person put on the whole text: these codes (rows) and no other. */
enum code coding_put(struct tx *tx, const struct codebook *book, int64_t text, int64_t person, const int64_t *codes,
                     int n, struct hash version, struct err *err) MUST;
/* One on a passage; twice the same is once. */
enum code coding_put_passage(struct tx *tx, int64_t text, int64_t person, int64_t code, struct passage_at at,
                             const char *words, struct hash version, bool cited, struct err *err) MUST;
/* One's own. */
enum code coding_take(struct tx *tx, int64_t text, int64_t person, struct id mark, struct err *err) MUST;
enum code coding_cite(struct tx *tx, const struct codebook *book, struct id mark, bool cited, struct err *err) MUST;
enum code coding_note_read(struct tx *tx, const struct codebook *book, int64_t text, int64_t person, bool read,
                           struct err *err) MUST;
enum code coding_say(struct tx *tx, const struct codebook *book, int64_t text, int64_t person, const char *note,
                     struct err *err) MUST;
/* n −1: what was decided is taken back. */
enum code coding_decide(struct tx *tx, const struct codebook *book, int64_t text, int64_t person, const int64_t *codes,
                        int n, struct err *err) MUST;
/* All that was put on the texts of a page goes: who was met takes the agreement back (record_save). */
enum code coding_forget_record(struct tx *tx, int64_t record, struct err *err) MUST;
/* A code that a merge makes count as another, and its marks, are the same thing to these: each keeps its own row. */

struct coding_said {
	int64_t text, at;
	const char *who; /* NULL: nobody who is still there */
	const char *note;
};
/* By text, the first first. */
enum code coding_talk(struct db *db, struct arena *a, const struct codebook *book, const struct form *form,
                      struct coding_said **ret, int *n, struct err *err) MUST;
/* Their name, or NULL. */
enum code coding_coder_name(struct db *db, struct arena *a, int64_t person, const char **ret, struct err *err) MUST;

#endif
