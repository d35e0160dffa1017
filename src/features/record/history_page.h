/* Routes of a record's past: history, comparison, restoring, two versions; and what their templates ask. */
#ifndef PARVIS_HISTORY_PAGE_H
#define PARVIS_HISTORY_PAGE_H

#include "core/history.h"
#include "web/route.h"

handler history_show, version_show, compare_show, restore_post, versions_form, versions_post;

/* The difference of one field between two states. */
struct field_change {
	const struct field *field;
	struct html_safe words; /* with <ins> and <del> */
};

/* One field with two (or more) versions. */
struct field_versions {
	const struct field *field;
	const json_t *values[4];
	const char *who[4]; /* who said it, and when */
	int n;
};

/* What differs, question by question; returns how many. */
int history_changes(const struct page *p, const struct form *form, const json_t *before, const json_t *after,
                    struct field_change **ret);
/* Runs of words that are in `after` and not in `before`, of four bytes or more; and whether values hold one. */
int history_brought(const struct page *p, const struct form *form, const json_t *before, const json_t *after,
                    const char ***ret);
bool history_holds(const struct page *p, const struct form *form, const json_t *values, const char *const *words,
                   int n);
const char *history_fields(const struct page *p, const struct form *form, const struct history_entry *entry);
const char *history_actor(const struct page *p, const struct history_entry *entry);
/* Does this entry begin another day than the one before it? */
bool history_new_day(const struct page *p, const struct history_entry *entries, int i);
const char *save_text(const struct page *p, struct id save);

#endif
