/*
 * Choices as people write them: one a line, in order, "- " before those that stand under another, and, where the
 * site is in two languages, "Association | Charity". A line is the choice that had this name: its key stays. What a
 * line that disappeared becomes is for the person to say.
 */
#ifndef PARVIS_CHOICE_LINES_H
#define PARVIS_CHOICE_LINES_H

#include "base/issues.h"
#include "core/model.h"

/* A choice that no line names any more. */
struct choice_gone {
	const char *key, *label;
	const json_t *definition;
	const char *heir; /* key of the new line that stands where it stood: perhaps its new name; or NULL */
};

struct choice_lines {
	json_t *choices; /* as in a definition; those no longer offered are at its end */
	struct choice_gone *gone;
	int ngone;
};

/* The lines of these choices, but those no longer offered. `english`: with the other language where it differs. */
const char *choice_lines_text(struct arena *a, const json_t *choices, bool english);
/* Reads them; `before` are the choices as they were (NULL: a new list), `depth` how deep they may stand under one
 * another. Mistakes go to `issues` under `path`. */
void choice_lines_read(struct arena *a, const char *text, const json_t *before, int depth, const char *path,
                       struct choice_lines *ret, struct issues *issues);

/* What becomes of one that is gone. */
void choice_lines_rename(struct choice_lines *lines, const struct choice_gone *gone, const char *heir);
void choice_lines_keep(struct choice_lines *lines, const struct choice_gone *gone); /* no longer offered */

/* Walks choices and those under them; NULL: none has this key. */
json_t *choice_find_json(const json_t *choices, const char *key);
/* The names of those no longer offered, with commas; "" when there are none. */
const char *choice_lines_retired(struct arena *a, const json_t *choices, enum lang lang);

#endif
