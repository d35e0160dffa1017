/*
 * The first run: while a site has no administrator, whoever has the code that `parvis serve` prints
 * becomes its administrator, once. Nobody else can take a site that is on line before its people are.
 */
#ifndef PARVIS_FIRST_RUN_H
#define PARVIS_FIRST_RUN_H

#include "core/site.h"
#include "features/people/code.h"

#define FIRST_RUN_PATH "/-/first-run"

/* The site's code, made from its secret: always the same, of no use once there is an administrator. */
void first_run_code(const struct site *site, char out[static CODE_TEXT + 1]);
/* Is there still no administrator? Not inside a snapshot. */
enum code first_run_due(struct site *site, bool *ret, struct err *err) MUST;

#endif
