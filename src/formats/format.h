/*
 * Export formats: what the records of a view are written in, for other programs and for paper. Records
 * come one by one, so that a long list takes no more memory than a short one. To add one: 1. a file with
 * its `const struct format`; 2. a row in formats.c; 3. its paragraph in docs/formats/exports.md.
 */
#ifndef PARVIS_FORMAT_H
#define PARVIS_FORMAT_H

#include "core/field_type.h"
#include "page/page.h"

enum { EXPORT_MAX = 100000, EXPORT_BUILTINS = 5 };

/* What a record has besides its fields. Their keys begin with "_", those of fields with a letter. */
enum builtin { BUILTIN_ID, BUILTIN_URL, BUILTIN_SPACE, BUILTIN_CREATED, BUILTIN_CHANGED };

struct export_column {
	const char *key, *label;
	const struct field *field; /* NULL: a built-in */
	enum builtin builtin;
	bool number; /* of a column that is no field's: numbers stand in it */
};

/* What stands in a column of a record: a text, or a number (canonical, base/number.h), a day or a moment
 * (ISO 8601, local). "" when there is nothing. In the page's arena. */
struct cell {
	enum cell_kind kind;
	const char *text;
};

/* An export under way. */
struct export
{
	struct page *page;   /* language and reader; its arena is emptied from time to time, between records */
	struct arena *arena; /* lives as long as the export */
	const struct view *view;
	const char *url, *page_url;          /* whole addresses of the file and of the view with the same choices */
	const struct export_column *columns; /* the fields of which the reader may read a part, and built-ins */
	int ncolumns;
	bool keys; /* for programs: keys in place of words, texts that import reads back */
	/* Of a table that is no list of records (its columns have labels only): what it is called, and the cells of
	 * the row that `record` is called for, with NULL for a record. NULL, NULL: it is a list of records. */
	const char *title;
	const struct cell *row;
	int64_t n;        /* records written so far */
	struct buf *out;  /* where it is written; emptied to a file as it grows */
	const char *path; /* of a file to write, and of its folder, when the format has to_file */
	const char *folder;
	void *state; /* the format's own */
};

struct format {
	const char *name;      /* in the address */
	const char *extension; /* of the file's name */
	const char *media_type;
	const char *label; /* message id: in the menu; NULL: not there */
	const char *icon;
	int max;      /* records; 0: EXPORT_MAX */
	bool feed;    /* what everybody may read, whoever asks, latest changes first; read in place */
	bool to_file; /* written to x->path, by a library or through one */
	bool (*fits)(const struct form *form); /* NULL: every form */
	/* Any may be NULL; without `record` no record is read. */
	enum code (*begin)(struct export *x, struct err *err);
	enum code (*record)(struct export *x, const struct record *record, struct err *err);
	enum code (*end)(struct export *x, struct err *err);
};

extern const struct format *const formats[]; /* ends with NULL */
extern const struct format format_xlsx, format_ods, format_csv, format_json, format_geojson, format_atom,
        format_jsonfeed, format_mapping, format_r;

/* NULL: there is none of that name for that form. */
const struct format *format_find(const char *name, const struct form *form);

/* May the reader know of this field in some space? */
bool export_may_know(const struct page *p, const struct field *field);

/* The columns that a reader may know of. */
int export_columns(const struct page *p, const struct form *form, bool keys, struct arena *a,
                   const struct export_column **ret);

struct cell export_cell(const struct export *x, const struct record *record, const struct export_column *column);

/* Whole addresses. */
const char *export_record_url(const struct export *x, const struct record *record);
/* The first place among the values of a record that is somewhere (core/place.h); NULL: there is none. */
const json_t *export_place(const struct export *x, const struct record *record);

#endif
