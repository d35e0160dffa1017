/*
 * What the site holds about a person, section by section: for the file that she takes with her. A new kind of
 * personal data is a row of one of the tables in data_account_store.c, data_written_store.c and data_trusted_store.c: 1. the tables it is in; 2. how it is found, by one
 * query or by a function; 3. its columns. A test compares the tables that refer to a person with the rows.
 */
#ifndef PARVIS_DATA_SECTION_H
#define PARVIS_DATA_SECTION_H

#include "core/person.h"
#include "page/page.h"

/* How a cell is found in the answer, written and shown. */
enum data_kind {
	DATA_TEXT,
	DATA_NUMBER,
	DATA_TIME,   /* ms UTC, or nothing */
	DATA_WORDS,  /* a number that `words` makes a message id of */
	DATA_NAMED,  /* a text that `named` makes a message id of */
	DATA_SPACE,  /* number of a space */
	DATA_RECORD, /* number of a record: its title and address, where she may read it */
	DATA_LINK,   /* address of this site */
	DATA_FILE,   /* name of a file beside */
	DATA_VALUES, /* question → plain text: shown; the values themselves are in "set" */
};

struct data_column {
	const char *key, *label; /* label: message id */
	enum data_kind kind;
	const char *(*words)(int number);
	const char *(*named)(const char *text);
};

enum { DATA_COLUMNS = 10 };

/* Where it is gathered. */
struct data_gathering {
	struct db *db; /* renewed between two sections */
	const struct page *page;
	struct person person;
	struct hash *files; /* that she sent: filled by the section "files" */
	json_t *names;      /* hash → name in the archive */
	int nfiles;
};

struct data_section {
	const char *key, *title; /* title: message id */
	const char *tables;      /* separated by spaces */
	/* One of them. sql: `by` says its one argument, and its columns are those below, in their order. */
	enum { DATA_BY_NUM, DATA_BY_ID, DATA_BY_ID_TEXT, DATA_BY_EMAIL } by;
	const char *sql;
	enum code (*gather)(struct data_gathering *g, json_t *rows, struct err *err);
	struct data_column columns[DATA_COLUMNS];
};

/* Each ends with a row without a key. */
extern const struct data_section data_account[], data_written[], data_trusted[];
/* All of them, from 0 on; NULL after the last. */
const struct data_section *data_section_at(int i);

/* Rows of a section: objects of its columns' keys; times as numbers. */
enum code data_gather(struct data_gathering *g, const struct data_section *section, json_t *rows, struct err *err) MUST;
/* The same as people and programs read them elsewhere: times in ISO 8601. */
json_t *data_portable(const struct page *p, const struct data_section *section, const json_t *rows);
/* A cell as shown, or "". */
const char *data_cell(const struct page *p, const struct data_column *column, const json_t *row);

/* Functions of the table (data_contribution_store.c). */
enum code data_pages(struct data_gathering *g, json_t *rows, struct err *err) MUST;
enum code data_saves(struct data_gathering *g, json_t *rows, struct err *err) MUST;
enum code data_drafts(struct data_gathering *g, json_t *rows, struct err *err) MUST;
enum code data_files(struct data_gathering *g, json_t *rows, struct err *err) MUST;
/* data_answer.c */
enum code data_answers(struct data_gathering *g, json_t *rows, struct err *err) MUST;
enum code data_named(struct data_gathering *g, json_t *rows, struct err *err) MUST;

#endif
