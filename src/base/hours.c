#include "base/hours.h"

#include <string.h>

enum { LOOKED_AT = 14 };

static int in_year(int month, int day)
{
	return month * 100 + day;
}

static bool in_season(const struct hours_season *season, int at)
{
	int from = in_year(season->from_month, season->from_day ? season->from_day : 1);
	int to = in_year(season->to_month, season->to_day ? season->to_day : 31);
	return from <= to ? from <= at && at <= to : at >= from || at <= to;
}

int hours_kind(struct date date)
{
	return date_weekday(date) - 1 + (date_is_holiday(date) ? 7 : 0);
}

static bool fits(const struct hours_rule *rule, int day, int kind)
{
	bool season = rule->nseasons == 0;
	for (int i = 0; i < rule->nseasons && !season; i++) season = in_season(&rule->seasons[i], day);
	if (!season) return false;
	if (rule->days == 0 || (rule->days & 1u << (kind % 7 + 1))) return true;
	return (rule->days & 1u << HOURS_HOLIDAY) && kind >= 7;
}

/* For a day of the year and its kind. */
static const struct hours_rule *deciding(const struct hours *hours, int day, int kind)
{
	for (int i = hours->n - 1; i >= 0; i--)
		if (fits(&hours->rules[i], day, kind)) return &hours->rules[i];
	return NULL;
}

const struct hours_rule *hours_rule_on(const struct hours *hours, struct date date)
{
	return deciding(hours, in_year(date.month, date.day), hours_kind(date));
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

/* ---- The same as times of the year ---- */

struct times {
	struct hours_time *list;
	int n;
};

/* What the rules that decide say, from one day of the year to another. */
static void add_times(struct times *times, const struct hours_rule *const rules[HOURS_KINDS], int from_day, int to_day)
{
	int first = times->n;
	for (int kind = 0; kind < HOURS_KINDS; kind++) {
		for (int i = 0; rules[kind] && i < rules[kind]->nspans; i++) {
			const struct hours_span *span = &rules[kind]->spans[i];
			int at = first;
			while (at < times->n && (times->list[at].from != span->from || times->list[at].to != span->to))
				at++;
			if (at == HOURS_TIMES) continue;
			if (at == times->n)
				times->list[times->n++] = (struct hours_time){ 0, from_day, to_day, span->from,
					                                       span->to };
			times->list[at].kinds |= 1u << kind;
		}
	}
}

int hours_times(struct arena *a, const struct hours *hours, struct hours_time **ret)
{
	enum { LEAP = 2024 };
	struct times times = { arena_array(a, struct hours_time, HOURS_TIMES), 0 };
	const struct hours_rule *rules[HOURS_KINDS], *today[HOURS_KINDS];
	int from = 0, last = 0;
	bool same = true; /* all year */
	for (int i = 0; i < hours->n; i++) same &= hours->rules[i].nseasons == 0;
	for (int month = 1; month <= 12; month++) {
		for (int day = 1; day <= date_month_days(LEAP, month); day++) {
			int now = in_year(month, day);
			for (int kind = 0; kind < HOURS_KINDS && (from == 0 || !same); kind++)
				today[kind] = deciding(hours, now, kind);
			if (from == 0 || (!same && memcmp(rules, today, sizeof(rules)) != 0)) {
				if (from) add_times(&times, rules, from, last);
				memcpy(rules, today, sizeof(rules));
				from = now;
			}
			last = now;
		}
	}
	add_times(&times, rules, from, last);
	*ret = times.list;
	return times.n;
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
