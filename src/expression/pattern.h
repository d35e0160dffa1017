/*
 * Patterns of `matches`: a part of regular expressions that is matched in time pattern × text, whatever they are, since
 * nothing is tried twice (Thompson's construction). A pattern is for the whole text.
 *
 *   .  any character      [abc] [a-z] [^a-z]  one of, one of none      \d digit, \w letter, digit or _, \s space
 *   x* x+ x? x{3} x{2,5} x{2,}  how often      x|y  either      ( )  together      \.  the character itself
 * `^` at the beginning and `$` at the end may stand, and change nothing. Case and accents do not count (fold.h).
 */
#ifndef PARVIS_PATTERN_H
#define PARVIS_PATTERN_H

#include "base/json.h"

enum { PATTERN_BYTES = 200, PATTERN_STEPS = 400, PATTERN_REPEAT = 100, PATTERN_DEPTH = 10 };

struct pattern;

/* Compiles a pattern (UTF-8) into `a`. E_INPUT with a sentence. */
enum code pattern_read(struct arena *a, const char *text, const struct pattern **ret, struct err *err) MUST;
/* `folded`: made by fold_text. */
bool pattern_matches(struct arena *a, const struct pattern *pattern, const char *folded);
/* For the browser: steps, each ["c", turned, from, to, …], ["s", one, other] or ["m"]. */
json_t *pattern_json(const struct pattern *pattern);

#endif
