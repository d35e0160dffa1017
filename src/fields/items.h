/*
 * What images and files share: an array of objects, one a file, each known by its member "file". In the
 * form, item i that is there already posts `<key>.file` and `<key>.<i>.…`; those that were just sent,
 * `<key>.new` and `<key>.new.…`.
 */
#ifndef PARVIS_ITEMS_H
#define PARVIS_ITEMS_H

#include "core/file_ref.h"
#include "fields/value.h"

enum { ITEMS_MAX = 50, ITEM_TEXT = 500 };

/* One item being read. */
struct item_post {
	const struct field *field;
	const struct field_post *post;
	struct issues *issues;
	const struct kept_file *file;
	const char *title;  /* its name, when just sent; else NULL */
	const char *prefix; /* ".3" or ".new" */
	int index;          /* which of the controls of that name */
};

/* A text of the item: its control is named `<key><prefix>.<part>`; NULL when blank. */
const char *item_posted(const struct item_post *item, const char *part);
/* As item_posted, into the object. */
void item_read_text(const struct item_post *item, json_t *object, const char *part);

/* The value: those that are there but not removed, in the order asked for, then those just sent; `fill`
 * adds its members to each (which has "file"). NULL when none is left. */
json_t *items_read(const struct field *field, const struct field_post *post, struct issues *issues,
                   void (*fill)(const struct item_post *item, json_t *object));

/* Is it an array of objects that each name a file, none twice? Mistakes go to `issues`. */
bool items_check(const struct field *field, const json_t *value, struct issues *issues);
/* Is each member of `item` known (`names` ends with NULL), and a text of at most ITEM_TEXT characters
 * where it is one? */
bool item_check_members(const struct field *field, const json_t *item, const char *const *names, struct issues *issues);
/* Of a document: its name, kind and size, as it was sent or as it was; whether they may be. */
void item_fill_document(const struct item_post *item, json_t *object);
bool item_is_document(const json_t *item);
/* In files: one item a line, as JSON. */
json_t *items_import(const struct field *field, const char *text, struct issues *issues);
void items_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value);
/* Three versions by file: what one side removed, added, changed or moved; NULL when both did otherwise
 * with the same. */
json_t *items_merge(struct arena *a, const json_t *base, const json_t *mine, const json_t *theirs);

#endif
