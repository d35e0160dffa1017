#include "base/hours.h"

#include <string.h>

enum { LOOKED_AT = 14 };

static int in_year(int month, int day)
{
	return month * 100 + day;
}

static bool in_season(const struct hours_season *season, struct date date)
{
	int at = in_year(date.month, date.day);
	int from = in_year(season->from_month, season->from_day ? season->from_day : 1);
	int to = in_year(season->to_month, season->to_day ? season->to_day : 31);
	return from <= to ? from <= at && at <= to : at >= from || at <= to;
}

static bool fits(const struct hours_rule *rule, struct date date)
{
	bool season = rule->nseasons == 0;
	for (int i = 0; i < rule->nseasons && !season; i++) season = in_season(&rule->seasons[i], date);
	if (!season) return false;
	if (rule->days == 0 || (rule->days & 1u << date_weekday(date))) return true;
	return (rule->days & 1u << HOURS_HOLIDAY) && date_is_holiday(date);
}

const struct hours_rule *hours_rule_on(const struct hours *hours, struct date date)
{
	for (int i = hours->n - 1; i >= 0; i--)
		if (fits(&hours->rules[i], date)) return &hours->rules[i];
	return NULL;
}

/* `minute` may be of the next day. */
static bool open_on(const struct hours *hours, struct date date, int minute)
{
	const struct hours_rule *rule = hours_rule_on(hours, date);
	for (int i = 0; rule && i < rule->nspans; i++)
		if (rule->spans[i].from <= minute && minute < rule->spans[i].to) return true;
	return false;
}

bool hours_open(const struct hours *hours, const struct datetime *local)
{
	int minute = local->hour * 60 + local->minute;
	return open_on(hours, local->date, minute) ||
	       open_on(hours, date_add_days(local->date, -1), minute + MINUTES_A_DAY);
}

static struct datetime at_minute(struct date date, int minute)
{
	return (struct datetime){ .date = date_add_days(date, minute / MINUTES_A_DAY),
		                  .hour = minute % MINUTES_A_DAY / 60,
		                  .minute = minute % 60 };
}

/* The first end of a span of that date's rule, after `local`, where the place opens or closes. */
static void take_ends(const struct hours *hours, struct date date, const struct datetime *local, bool open,
                      struct datetime *best, bool *found)
{
	const struct hours_rule *rule = hours_rule_on(hours, date);
	for (int i = 0; rule && i < rule->nspans * 2; i++) {
		const struct hours_span *span = &rule->spans[i / 2];
		struct datetime at = at_minute(date, i % 2 ? span->to : span->from);
		if (datetime_compare(&at, local) <= 0 || hours_open(hours, &at) == open) continue;
		if (*found && datetime_compare(&at, best) >= 0) continue;
		*best = at;
		*found = true;
	}
}

bool hours_next_change(const struct hours *hours, const struct datetime *local, struct datetime *ret)
{
	bool open = hours_open(hours, local), found = false;
	struct datetime best = { .hour = 0 };
	for (int day = -1; day < LOOKED_AT; day++) {
		struct date date = date_add_days(local->date, day);
		if (found && date_compare(best.date, date) < 0) break;
		take_ends(hours, date, local, open, &best, &found);
	}
	if (found) *ret = best;
	return found;
}

bool hours_same_day(const struct hours_rule *x, const struct hours_rule *y)
{
	if (x->off != y->off || x->nspans != y->nspans) return false;
	for (int i = 0; i < x->nspans; i++)
		if (x->spans[i].from != y->spans[i].from || x->spans[i].to != y->spans[i].to) return false;
	return strcmp(x->comment ? x->comment : "", y->comment ? y->comment : "") == 0;
}

bool hours_same_seasons(const struct hours_rule *x, const struct hours_rule *y)
{
	return x->nseasons == y->nseasons &&
	       (x->nseasons == 0 || memcmp(x->seasons, y->seasons, (size_t)x->nseasons * sizeof(x->seasons[0])) == 0);
}

int hours_week(const struct hours *hours, int first, const struct hours_rule *week[static HOURS_DAYS])
{
	int next = first;
	for (int day = 0; day < HOURS_DAYS; day++) week[day] = NULL;
	for (; next < hours->n && hours_same_seasons(&hours->rules[first], &hours->rules[next]); next++) {
		const struct hours_rule *rule = &hours->rules[next];
		for (int day = 1; day <= HOURS_HOLIDAY; day++)
			if ((rule->days == 0 && day != HOURS_HOLIDAY) || (rule->days & 1u << day)) week[day] = rule;
	}
	return next;
}

enum code hours_add_week(struct hours *hours, const struct hours_rule *const week[static HOURS_DAYS], struct err *err)
{
	unsigned done = 0;
	for (int day = 1; day <= HOURS_HOLIDAY; day++) {
		if (week[day] == NULL || (done & 1u << day)) continue;
		unsigned same = 1u << day;
		for (int other = day + 1; other < HOURS_HOLIDAY; other++)
			if (week[other] && hours_same_day(week[day], week[other])) same |= 1u << other;
		done |= same;
		if (hours->n == HOURS_RULES) FAIL(err, E_LIMIT, N_("At most %d rules of opening hours."), HOURS_RULES);
		struct hours_rule *rule = &hours->rules[hours->n++];
		*rule = *week[day];
		rule->days = same == 0xFE ? 0 : same;
	}
	return OK;
}
