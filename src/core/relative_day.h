/*
 * Days counted from today, in conditions on dates: "today", "today+7", "today-30". What they mean is found when
 * they are asked, by the site's clock (core/moment.h); what shows them is true until midnight.
 */
#ifndef PARVIS_RELATIVE_DAY_H
#define PARVIS_RELATIVE_DAY_H

#include "base/date.h"
#include "core/model.h"

enum { RELATIVE_DAYS_MAX = 36500 };

/* False: it is not such a text. */
bool relative_day_read(const char *text, int *days);
/* The day that it is, ISO 8601; NULL when it is not such a text. */
const char *relative_day(struct arena *a, const char *text, struct date today);
/* Does a condition name one? */
bool condition_is_relative(const struct condition *condition);
/* Today, by the site's clocks; and when it ends (ms UTC). */
struct date model_today(const struct model *model, int64_t ms);
int64_t model_midnight(const struct model *model, int64_t ms);

#endif
