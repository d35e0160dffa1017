/* Answers to a questionnaire that a demonstration brings. */
#ifndef PARVIS_PRESET_ANSWERS_H
#define PARVIS_PRESET_ANSWERS_H

#include "core/site.h"

/*
 * `file`: {"form": key, "results": {…}, "state": "open", "targets": [{"name": "…", "place": "…", "state": "answered", "attributes": {…}},
 * …], "answers": [{"channel": "paper", "values": {…}}, …]}. The form's results are then as said there (result_rule.h), and it is
 * open where the file says so: without the demonstration it stays in preparation. Answers are those of the targets that have
 * answered, in order. Nothing is done where the site has no such questionnaire. *n: how many were written.
 */
enum code preset_answers(struct site *site, struct arena *a, const char *path, const json_t *file, int *n,
                         struct err *err) MUST;

#endif
