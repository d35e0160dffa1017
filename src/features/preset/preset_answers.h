/* Answers to a questionnaire that a demonstration brings. */
#ifndef PARVIS_PRESET_ANSWERS_H
#define PARVIS_PRESET_ANSWERS_H

#include "core/site.h"

/*
 * `file`: {"form": key, "results": {…}, "answers": [{"channel": "paper", "values": {…}}, …]}. The form's results are then as
 * said there (result_rule.h). Nothing is done where the site has no such questionnaire. *n: how many were written.
 */
enum code preset_answers(struct site *site, struct arena *a, const char *path, const json_t *file, int *n,
                         struct err *err) MUST;

#endif
