/* Parts of the import of a WordPress export (features/import/import.h), shared by its files. */
#ifndef PARVIS_IMPORT_WXR_H
#define PARVIS_IMPORT_WXR_H

#include "features/import/import.h"
#include "features/import/import_file.h"
#include "features/import/import_picture.h"
#include "formats/html_markdown.h"
#include "formats/wxr.h"

/* The fields of a form that take what an entry holds, found by their types; NULL: it has none. */
struct wxr_target {
	const struct form *form;
	const struct field *body, *lead, *day, *tags, *pictures, *media, *files, *author;
};
/* E_INPUT: no such form, or it has no long text. `key` NULL: "recit" where it is and `story`, else "page". */
enum code wxr_target(const struct model *model, const char *key, bool story, struct wxr_target *ret,
                     struct err *err) MUST;

enum { WXR_TERMS_KEPT = 30 /* as many as a field of key words takes */ };

/* An entry that is brought. */
struct wxr_entry {
	const struct wxr_item *item;
	const struct wxr_target *target;
	struct html_markdown words;
	json_t *pictures;      /* items of an images field */
	json_t *media, *files; /* sounds and videos, documents: items of such fields */
	struct wxr_entry *next;
	struct import_entry *told;
};
/* Its title, or the day of what has none, as a title takes it. */
const char *wxr_title(struct arena *a, const struct wxr_item *item);
json_t *wxr_values(struct arena *a, const struct wxr *wxr, const struct wxr_entry *entry, struct issues *issues);

/* How many comments would come. */
int wxr_comments_count(const struct wxr_item *item);
/* What was said below an entry: threads of what is approved; the rest is refused, with its line. In the entry's write. */
enum code wxr_comments(struct tx *tx, struct arena *a, const struct model *model, const struct wxr_item *item,
                       struct id about, struct import_refusals *refusals, struct err *err) MUST;

/* One import under way. */
struct wxr_import {
	const struct import_wxr *import;
	struct import_report *report;
	struct import_refusals refusals;
	struct site *site;
	const struct model *model;
	struct arena *a; /* of what is under way: may be another one for each entry */
	struct wxr wxr;
	const struct space *space;
	struct wxr_target post, page;
	struct import_media media;
	struct import_pictures pictures;
	struct import_files files;
	struct import_entry **last_told;
	const char *source;
};
/* What it is to fill, and what it stands in; the model is the caller's. */
void wxr_import_begin(struct wxr_import *job, struct site *site, const struct model *model, struct arena *a,
                      const struct import_wxr *import, struct import_report *report);
/* Reads the file, finds the forms, opens the pictures. */
enum code wxr_import_open(struct wxr_import *job, struct err *err) MUST;
/* Is it brought? Otherwise `why` says why not. */
bool wxr_is_brought(const struct wxr_item *item, struct err *why);
/* Its words, pictures and files, before the write. */
enum code wxr_import_entry(struct wxr_import *job, const struct wxr_item *item, struct wxr_entry **ret,
                           struct err *err) MUST;
/* In the write. What is refused is told. */
enum code wxr_import_write(struct wxr_import *job, struct tx *tx, const struct wxr_entry *entry, struct err *err) MUST;

#endif
