/* Codes that people read on one screen and type on another: groups of four letters and digits. */
#ifndef PARVIS_CODE_H
#define PARVIS_CODE_H

#include "base/id.h"

enum { CODE_GROUPS = 4, CODE_TEXT = CODE_GROUPS * 5 - 1 };

/* "7kq2-xm0d-9rtw-h3pf": 80 bits of `id`'s 128, in Crockford's base 32. Returns `out`. */
char *code_format(struct id id, char out[static CODE_TEXT + 1]);
/* What was typed, as code_format writes it; false when it is too short or too long to be a code. */
bool code_read(const char *typed, char out[static CODE_TEXT + 1]);
/* Does what was typed say this code? Blanks, dashes and case do not count; i, l, o are 1, 1, 0. Takes
 * the same time whatever the difference. */
bool code_matches(const char *code, const char *typed);

#endif
