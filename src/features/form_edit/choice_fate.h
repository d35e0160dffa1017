/* What becomes of choices that no line names any more, as the person said on the page before the change. */
#ifndef PARVIS_CHOICE_FATE_H
#define PARVIS_CHOICE_FATE_H

#include "features/form_edit/choice_lines.h"
#include "web/request.h"

/* Changes `lines` by the controls "fate-<key>"; `used` says how many pages have each choice. Those that none has need
 * no word: a new line in their place keeps their key. `*instead`: choice → the one that replaces it in the pages.
 * True when something is still to be said. */
bool choice_fates(struct request *r, struct choice_lines *lines, const json_t *used, json_t **instead);
/* The same of lines of a table, whose answers stay where they are: a line keeps its answers under a new name, or is
 * asked no more. `prefix` stands before their keys in `used`, and in the names of the controls. */
bool line_fates(struct request *r, struct choice_lines *lines, const char *prefix, const json_t *used);

#endif
