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

/* How many comments would come; the others are refused, unless `refusals` is NULL. */
int wxr_comments_count(const struct wxr_item *item, struct import_refusals *refusals);
/* What was said below an entry: threads of what is approved; the rest is refused, with its line. In the entry's write. */
enum code wxr_comments(struct tx *tx, struct arena *a, const struct model *model, const struct wxr_item *item,
                       struct id about, struct import_refusals *refusals, struct err *err) MUST;

#endif
