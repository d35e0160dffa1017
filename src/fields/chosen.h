/*
 * A choice as a value holds it: its key, a string; or an object where there is more to say:
 *
 *	{"key": "other", "text": "by boat"}          the text of "other" (always there with it)
 *	{"key": "bus", "comment": "when it rains"}   the comment of a choice whose question asks for one
 *
 * In files: `bus`, `other: by boat`, `bus | when it rains`; a backslash stands before a backslash, ; and | of texts.
 */
#ifndef PARVIS_CHOSEN_H
#define PARVIS_CHOSEN_H

#include "fields/value.h"
#include "page/page.h"

enum { CHOSEN_TEXT = 200, CHOSEN_COMMENT = 500 /* characters */ };

/* "" for what is no choice. */
const char *chosen_key(const json_t *item);
/* "" where there is none. */
const char *chosen_text(const json_t *item);
const char *chosen_comment(const json_t *item);
/* `text` and `comment` may be NULL or "". Kept in the issues' arena. */
json_t *chosen_make(struct issues *issues, const char *key, const char *text, const char *comment);

/* The whole of what one item may hold; true when nothing was wrong. */
bool chosen_check(const struct field *field, const json_t *item, struct issues *issues);
/* "Bus", "Other: by boat", "Bus (when it rains)". */
void chosen_words(struct buf *out, enum lang lang, const struct field *field, const json_t *item);
void chosen_export(struct buf *out, const json_t *item);
/* One item of a file; NULL, with a mistake, when it is none. */
json_t *chosen_import(const struct field *field, const char *text, struct issues *issues);
/* The item that ends at the first ; outside a text: its length. */
size_t chosen_length(const char *text);

bool chosen_asks_other(const struct field *field);
bool chosen_asks_comment(const struct field *field);

/* The choices in the order of "order": as written, "alphabetical", or "random" (by page->seed). The exclusive one
 * and "other" stay last. nchoices positions. */
const int *chosen_order(const struct page *p, const struct field *field);
/* The key of the choice that goes with no other, or NULL. */
const char *chosen_exclusive(const struct field *field);

/* Counted, and replaced, as core/field_type.h says: for one item, a list of items. */
void chosen_mentions(const struct field *field, const json_t *value, json_t *choices, json_t *rows);
json_t *chosen_replace(struct arena *a, const struct field *field, const json_t *value, const json_t *instead);

#endif
