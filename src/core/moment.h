/*
 * Times that come back every week and every year (base/hours.h), in the index: when a value is true. They stand
 * among the keys of its field and apart from them, behind MOMENT_MARK, which no other key begins with. Local time
 * of the site.
 */
#ifndef PARVIS_MOMENT_H
#define PARVIS_MOMENT_H

#include "base/hours.h"
#include "core/model.h"
#include "store/sql.h"

#define MOMENT_MARK "\x7F"
/* In a condition or a facet: true now. */
#define KEY_NOW "now"

/* "\x7F", a digit for each of the 14 kinds of days, then from_day, to_day, from and to, four digits each. */
const char *moment_key(struct arena *a, const struct hours_time *time);
bool moment_read(const char *key, struct hours_time *ret);

/* A moment, as keys are compared with it: that day, and the one before, whose hours may go past midnight. */
struct moment {
	int64_t ms; /* UTC */
	struct moment_day {
		int kind; /* of day: as struct hours_time's bits */
		char day[5], minute[5];
	} days[2];
};
struct moment moment_at(const struct zone *zone, int64_t ms);

/* Is a key of times true at it? */
bool moment_holds(const struct moment *moment, const char *key);

/* The zone of the site's clocks: the setting "zone", Europe/Paris without one. */
const struct zone *model_zone(const struct model *model);

/* Appends "(…)": the key of the row `v` of field_value or value_count is true at the moment. */
void moment_sql(struct sql *sql, const struct moment *moment);
/* When what a field's values say may change: at the first end of any of their times after `ms`, whoever may read
 * them, or at midnight, or when the clocks change. */
enum code moment_until(struct db *db, const struct field *field, const struct zone *zone, int64_t ms, int64_t *ret,
                       struct err *err) MUST;

#endif
