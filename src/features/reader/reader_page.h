/* What the pages of named readers and of their journal ask of C. */
#ifndef PARVIS_READER_PAGE_H
#define PARVIS_READER_PAGE_H

#include "core/reader.h"
#include "core/reading.h"
#include "page/form.h"
#include "page/page.h"

/* Whose readers these are: of a form, or of one of its records. */
struct circle {
	const struct form *form;
	const struct record *record; /* NULL: the form */
	bool reads;                  /* the person who asks is one of them */
	bool names;                  /* … may name and take away */
	bool own;                    /* of a record: it has readers of its own */
	const char *name;            /* of the form, or the number of the record */
	const char *url;
	struct reader *readers;
	int n;
	struct reader *others; /* of a record: the form's readers who are not among them */
	int nothers;
	struct narrowed *narrowed; /* of a form: records with readers of their own */
	int nnarrowed;
};

/* By its number: these pages show nothing of it, so that looking at who reads is not reading. */
const char *record_number_words(const struct page *p, struct id record);
const char *record_known(const struct page *p, const struct record *record);
const char *circle_url(const struct page *p, struct id record);
const char *readers_url(const struct page *p, const struct form *form);
const char *readings_url(const struct page *p, const struct form *form);
const char *reader_url(const struct page *p, const struct circle *circle, const struct reader *reader);
/* Controls that no form describes: a person by her name, a day. */
const struct field *reader_person_control(const struct page *p);
const struct field *reader_until_control(const struct page *p);
const char *reader_id(const struct page *p, const struct reader *reader);
const char *narrowed_words(const struct page *p, const struct narrowed *narrowed);
const char *circle_record_id(const struct page *p, const struct record *record);

struct journal_line {
	const struct reading_row *row;
	const char *who, *about, *url; /* url: NULL where the reader of the journal may not read it, or it is erased */
};
struct journal {
	const struct form *form;
	const struct record *only; /* its readings alone, or NULL */
	struct journal_line *lines;
	int n;
	const char *next; /* address of the page that goes on, or NULL */
};
const char *journal_csv_url(const struct page *p, const struct journal *journal);

#endif
