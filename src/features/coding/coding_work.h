/*
 * A work list opened (core/coding.h): the texts that its reader may read now, one question after another, with what coders put
 * on each. Answers come as results show them: those of an anonymous questionnaire by lots, and nobody is named whom its promise
 * does not name. Of a form that asks for an agreement, only what is agreed to is read.
 */
#ifndef PARVIS_CODING_WORK_H
#define PARVIS_CODING_WORK_H

#include "core/coding.h"
#include "page/page.h"

enum { CODING_TEXTS_MAX = 20000 };

struct coding_text {
	struct coding_key key;
	const char *id; /* in addresses: "<id of the thing>.<field>" */
	const char *words;
	const char *question; /* what it answers, in the reader's words */
	const char *who;      /* NULL: it is not to be told */
	const char *url;      /* of the answer or the page; NULL: it has none */
	struct hash version;
	int unit;    /* whose: answers of a questionnaire, pages, persons, counted from 0 */
	int order;   /* of its question in the list */
	int64_t num; /* its row; 0: nobody has put anything on it */
	/* Its rows in `all`. */
	int mark, nmarks, reader, nreaders, verdict, nverdicts;
};

struct coder {
	int64_t person;   /* 0: those who are gone */
	const char *name; /* in the reader's words */
	int read;         /* texts that she read to the end */
};

struct coding {
	struct coding_list list;
	struct codebook book;
	const struct coding_text *texts;
	int n;
	int units;               /* answers, pages or persons in all, with or without a text */
	bool people_are_answers; /* units are in the order in which results take them (features/result) */
	bool cut;                /* there are more texts */
	struct coding_all all;
	const struct coder *coders; /* who read or coded something, by name; at most CODERS_MAX */
	int ncoders;
	int me; /* among the coders, −1: not yet */
};

/* Of the address: E_NOT_FOUND. */
enum code coding_open(const struct page *p, const struct coding_list *list, const struct codebook *book,
                      struct coding *ret, struct err *err) MUST;
/* −1: it is not among them. */
int coding_text_find(const struct coding *c, const char *id);
/* The next that the reader has not read, from `after` + 1 on and around; −1: she has read all. */
int coding_next_unread(const struct coding *c, int after);

bool coding_has_read(const struct coding *c, const struct coding_text *text, int64_t person);
/* Has anybody read it, or put something on it? */
bool coding_is_coded(const struct coding *c, const struct coding_text *text);
/* Places in the book of what a person put on a text, on the whole and on passages: set[book.n]. */
void coding_set_of(const struct coding *c, const struct coding_text *text, int64_t person, bool *set);
/* What counts: what was decided; else what somebody put. */
void coding_set(const struct coding *c, const struct coding_text *text, bool *set);
bool coding_is_decided(const struct coding_text *text);
/* Do those who read it differ? */
bool coding_differs(const struct coding *c, const struct coding_text *text);
/* The place in the book of what a mark is, or −1. */
int coding_mark_place(const struct coding *c, const struct coding_mark *mark);
/* Its words as the text says them now. False: they are not in the text any more. *moved: the text was corrected since. */
bool coding_mark_at(const struct coding_text *text, const struct coding_mark *mark, struct passage_at *at, bool *moved);

/* Which fields of a form can be read so: keys and words, into arrays of `max`; how many. */
struct coding_field {
	const char *key, *label;
};
int coding_fields(const struct page *p, const struct form *form, struct coding_field *ret, int max);
const char *coding_field_words(const struct page *p, const struct form *form, const char *key);
/* May the reader code texts of this form? */
bool coding_form_fits(const struct page *p, const struct form *form);
/* Does the reader look after answers somewhere? */
bool coding_offered(const struct page *p);

/* Reads the texts, without what was put on them (coding_source.c). */
struct coding_found {
	struct coding_text *texts;
	int n, room;
	int units;
	bool cut;
};
enum code coding_gather(const struct page *p, const struct coding_list *list, struct coding_found *ret,
                        struct err *err) MUST;

#endif
