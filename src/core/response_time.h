/* When the answers to a questionnaire that is not anonymous were sent: for the curve of its campaign. For who looks after the
 * responses; the caller has checked it. */
#ifndef PARVIS_RESPONSE_TIME_H
#define PARVIS_RESPONSE_TIME_H

#include "core/response.h"

enum { RESPONSE_TIMES_MAX = 20000 };

/* ms UTC, the first first; those imported or made nobody's too. Nothing of an anonymous one. */
enum code response_times(struct db *db, struct arena *a, const struct form *form, int64_t **ret, int *n,
                         struct err *err) MUST;

#endif
