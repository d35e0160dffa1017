/* Choices as people and programs write them in cells → as import reads them (fields/chosen.h). */
#ifndef PARVIS_ANSWER_CHOICE_H
#define PARVIS_ANSWER_CHOICE_H

#include "core/field_type.h"

/* One choice: its key, its words in either language, LimeSurvey's code of it; "Other: by boat", "Bus (when it rains)". What is
 * none comes back as it was. */
const char *answer_choice(struct arena *a, const struct field *field, const char *text);
/* Several: divided by semicolons, lines, or commas where that makes choices of all. */
const char *answer_choices(struct arena *a, const struct field *field, const char *text);

/* In an order: the same, each with its place before it or not ("1. Bus"), divided by >, too. */
const char *answer_ranking(struct arena *a, const struct field *field, const char *text);

enum answer_tick { TICK_NO, TICK_YES, TICK_NEITHER };
/* A cell of a column that is one choice: "1", "Y", "oui", "x", the choice's own name. */
enum answer_tick answer_tick(struct arena *a, const struct field *field, const struct choice *choice, const char *text);

#endif
