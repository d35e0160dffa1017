/*
 * The days of a rule (RFC 5545 §3.3.10, the table of page 44): each step of the rule – a year, a month, a week, a day –
 * has its days, those that every part of the rule lets through; BYSETPOS then takes some of them. With BYWEEKNO, a year
 * is that of its weeks.
 */
#include <stdlib.h>
#include <string.h>

#include "base/repeat.h"
#include "base/text.h"

enum { LIST = 400, STEP_DAYS = 380, YEARS_LOOKED_AT = 1200 };

struct numbers {
	int n;
	short list[LIST];
};

/* A rule with all that the standard has for days. */
struct parts {
	enum repeat_step step;
	int every, count, week_start;
	struct date until;
	struct numbers months, month_days, year_days, weeks, positions,
	        days; /* of days: nth * 10 + weekday, or weekday */
};

struct repeat_walk {
	struct parts parts;
	struct date start, anchor; /* anchor: the first day of the first step */
	int64_t step;
	struct date found[STEP_DAYS];
	int n, at;
	int64_t last_step;
	int given;
};

/* ---- Read ---- */

static bool take_number(const char *text, size_t len, int max, bool negative, int *ret)
{
	char copy[8], *end;
	if (len == 0 || len >= sizeof(copy)) return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	long n = strtol(copy, &end, 10);
	if (*end || end == copy || n == 0 || n > max || n < (negative ? -max : 1)) return false;
	*ret = (int)n;
	return true;
}

static int weekday_of(const char *text)
{
	static const char names[] = "MOTUWETHFRSASU";
	for (int i = 0; i < 7; i++)
		if (strncasecmp(text, names + i * 2, 2) == 0) return i + 1;
	return 0;
}

static bool take_weekday(const char *text, size_t len, int *ret)
{
	int nth = 0, day = len >= 2 ? weekday_of(text + len - 2) : 0;
	if (day == 0 || (len > 2 && !take_number(text, len - 2, 53, true, &nth))) return false;
	*ret = nth < 0 ? nth * 10 - day : nth * 10 + day;
	return true;
}

/* `max` 0: days of the week. */
static bool take_list(const char *text, size_t len, int max, bool negative, struct numbers *ret)
{
	for (const char *end = text + len; text <= end;) {
		size_t one = MIN(strcspn(text, ",;"), (size_t)(end - text));
		int n;
		if (ret->n == LIST) return false;
		if (max ? !take_number(text, one, max, negative, &n) : !take_weekday(text, one, &n)) return false;
		ret->list[ret->n++] = (short)n;
		text += one + 1;
	}
	return true;
}

static bool take_until(const char *text, size_t len, struct date *ret)
{
	int n = 0;
	if (len != 8 && len != 15 && len != 16) return false;
	for (int i = 0; i < 8; i++) {
		if (text[i] < '0' || text[i] > '9') return false;
		n = n * 10 + text[i] - '0';
	}
	*ret = (struct date){ n / 10000, n / 100 % 100, n % 100 };
	return date_valid(*ret);
}

static bool take_step(const char *text, size_t len, enum repeat_step *ret)
{
	static const char *const steps[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
	for (size_t i = 0; i < COUNT(steps); i++)
		if (strlen(steps[i]) == len && strncasecmp(steps[i], text, len) == 0) {
			*ret = (enum repeat_step)i;
			return true;
		}
	return false;
}

static bool take_part(struct parts *r, const char *name, size_t len, const char *value, size_t n)
{
	const struct {
		const char *name;
		struct numbers *list;
		int max;
		bool negative;
	} lists[] = { { "BYMONTH", &r->months, 12, false },      { "BYMONTHDAY", &r->month_days, 31, true },
		      { "BYYEARDAY", &r->year_days, 366, true }, { "BYWEEKNO", &r->weeks, 53, true },
		      { "BYSETPOS", &r->positions, 366, true },  { "BYDAY", &r->days, 0, true } };
	for (size_t i = 0; i < COUNT(lists); i++)
		if (strlen(lists[i].name) == len && strncasecmp(lists[i].name, name, len) == 0)
			return lists[i].list->n == 0 &&
			       take_list(value, n, lists[i].max, lists[i].negative, lists[i].list);
	if (len == 4 && strncasecmp(name, "FREQ", 4) == 0) return take_step(value, n, &r->step);
	if (len == 8 && strncasecmp(name, "INTERVAL", 8) == 0) return take_number(value, n, 9999, false, &r->every);
	if (len == 5 && strncasecmp(name, "COUNT", 5) == 0) return take_number(value, n, 9999, false, &r->count);
	if (len == 5 && strncasecmp(name, "UNTIL", 5) == 0) return take_until(value, n, &r->until);
	if (len == 4 && strncasecmp(name, "WKST", 4) == 0) return n == 2 && (r->week_start = weekday_of(value)) != 0;
	return false;
}

/* "2TU" has a sense in months and years only, without weeks (§3.3.10); so have days of the year and weeks in years. */
static bool makes_sense(const struct parts *r)
{
	bool nth = false;
	for (int i = 0; i < r->days.n; i++) nth |= abs(r->days.list[i]) > 7;
	if (nth && (r->step < REPEAT_MONTHS || r->weeks.n)) return false;
	if (r->weeks.n && r->step != REPEAT_YEARS) return false;
	if (r->month_days.n && r->step == REPEAT_WEEKS) return false;
	return !r->positions.n || r->months.n || r->month_days.n || r->year_days.n || r->weeks.n || r->days.n;
}

static bool parts_read(const char *text, struct parts *ret)
{
	bool stepped = false;
	*ret = (struct parts){ .every = 1, .week_start = 1 };
	while (*text) {
		size_t len = strcspn(text, ";"), name = strcspn(text, "=");
		if (name >= len || !take_part(ret, text, name, text + name + 1, len - name - 1)) return false;
		stepped |= strncasecmp(text, "FREQ=", 5) == 0;
		text += len + (text[len] == ';');
	}
	return stepped && makes_sense(ret);
}

bool repeat_makes_sense(const char *rule, enum repeat_step *step)
{
	struct parts parts;
	if (!parts_read(rule, &parts)) return false;
	*step = parts.step;
	return true;
}

/* ---- One day ---- */

static bool has(const struct numbers *numbers, int n)
{
	for (int i = 0; i < numbers->n; i++)
		if (numbers->list[i] == n) return true;
	return false;
}

/* The nth of `size`, from either end. */
static bool has_either(const struct numbers *numbers, int nth, int size)
{
	return has(numbers, nth) || has(numbers, nth - size - 1);
}

static struct date first_of(int year, int month)
{
	return (struct date){ year, month, 1 };
}

/* Where week 1 of a year begins: the first week with four days in it. */
static struct date weeks_begin(int year, int week_start)
{
	struct date fourth = { year, 1, 4 };
	return date_add_days(fourth, -((date_weekday(fourth) - week_start + 7) % 7));
}

static int days_between(struct date from, struct date to)
{
	return (int)(date_to_days(to) - date_to_days(from));
}

static bool fits_weekday(const struct parts *r, struct date d)
{
	int weekday = date_weekday(d);
	bool month = r->step == REPEAT_MONTHS || r->months.n > 0;
	struct date begin = first_of(d.year, month ? d.month : 1);
	int size = month ? date_month_days(d.year, d.month) : days_between(begin, first_of(d.year + 1, 1));
	int at = days_between(begin, d);
	int nth = at / 7 + 1, back = (size - 1 - at) / 7 + 1;
	return has(&r->days, weekday) || has(&r->days, nth * 10 + weekday) || has(&r->days, -(back * 10 + weekday));
}

static bool fits(const struct parts *r, struct date d)
{
	if (r->months.n && !has(&r->months, d.month)) return false;
	if (r->month_days.n && !has_either(&r->month_days, d.day, date_month_days(d.year, d.month))) return false;
	if (r->year_days.n) {
		struct date begin = first_of(d.year, 1);
		int size = days_between(begin, first_of(d.year + 1, 1));
		if (!has_either(&r->year_days, days_between(begin, d) + 1, size)) return false;
	}
	return r->days.n == 0 || fits_weekday(r, d);
}

/* ---- One step ---- */

static void take(struct repeat_walk *w, struct date d)
{
	if (w->n < STEP_DAYS && d.year <= 9999 && fits(&w->parts, d)) w->found[w->n++] = d;
}

static void take_days(struct repeat_walk *w, struct date from, int n)
{
	for (int i = 0; i < n; i++) take(w, date_add_days(from, i));
}

static void take_weeks(struct repeat_walk *w, int year)
{
	struct date begin = weeks_begin(year, w->parts.week_start);
	int size = days_between(begin, weeks_begin(year + 1, w->parts.week_start)) / 7;
	for (int week = 1; week <= size; week++)
		if (has_either(&w->parts.weeks, week, size)) take_days(w, date_add_days(begin, (week - 1) * 7), 7);
}

static void take_positions(struct repeat_walk *w)
{
	int n = 0;
	for (int i = 0; i < w->n; i++)
		if (has_either(&w->parts.positions, i + 1, w->n)) w->found[n++] = w->found[i];
	w->n = n;
}

static void fill_step(struct repeat_walk *w)
{
	const struct parts *r = &w->parts;
	int64_t by = w->step * r->every;
	w->n = w->at = 0;
	switch (r->step) {
	case REPEAT_DAYS: take(w, date_add_days(w->anchor, by)); break;
	case REPEAT_WEEKS: take_days(w, date_add_days(w->anchor, by * 7), 7); break;
	case REPEAT_MONTHS: {
		struct date month = date_add_months(w->anchor, (int)by);
		take_days(w, month, date_month_days(month.year, month.month));
		break;
	}
	case REPEAT_YEARS: {
		int year = w->anchor.year + (int)by;
		if (r->weeks.n) take_weeks(w, year);
		else take_days(w, first_of(year, 1), days_between(first_of(year, 1), first_of(year + 1, 1)));
	}
	}
	if (r->positions.n) take_positions(w);
}

/* ---- The walk ---- */

static void put(struct numbers *numbers, int n)
{
	numbers->list[numbers->n++] = (short)n;
}

/* What the rule leaves to the day that it begins on. */
static void settle(struct parts *r, struct date start)
{
	bool said = r->month_days.n || r->year_days.n || r->days.n;
	/* A date alone is of one month of the year, as calendars take it. */
	if (r->step == REPEAT_YEARS && r->month_days.n && !r->months.n && !r->year_days.n && !r->days.n && !r->weeks.n)
		put(&r->months, start.month);
	if (said || r->step == REPEAT_DAYS) return;
	if (r->step == REPEAT_WEEKS || r->weeks.n) {
		put(&r->days, date_weekday(start));
		return;
	}
	put(&r->month_days, start.day);
	if (r->step == REPEAT_YEARS && r->months.n == 0) put(&r->months, start.month);
}

static struct date anchor_of(const struct parts *r, struct date start)
{
	if (r->step == REPEAT_WEEKS) return date_add_days(start, -((date_weekday(start) - r->week_start + 7) % 7));
	if (r->step == REPEAT_MONTHS) return first_of(start.year, start.month);
	if (r->step == REPEAT_DAYS) return start;
	int year = start.year;
	if (r->weeks.n && date_compare(start, weeks_begin(year, r->week_start)) < 0) year--;
	else if (r->weeks.n && date_compare(start, weeks_begin(year + 1, r->week_start)) >= 0) year++;
	return first_of(year, 1);
}

/* The step that `from` is in, or one before: what comes earlier need not be looked at, unless it is counted. */
static int64_t step_near(const struct repeat_walk *w, struct date from)
{
	const struct parts *r = &w->parts;
	int64_t gone = date_to_days(from) - date_to_days(w->anchor);
	static const int longest[] = { 1, 7, 31, 366 };
	if (r->count || gone <= 0) return 0;
	return MAX(gone / ((int64_t)longest[r->step] * r->every) - 1, 0);
}

struct repeat_walk *repeat_walk_begin(struct arena *a, const char *rule, struct date start, struct date from)
{
	struct repeat_walk *w = arena_new(a, struct repeat_walk);
	if (!parts_read(rule, &w->parts)) return NULL;
	settle(&w->parts, start);
	w->start = start;
	w->anchor = anchor_of(&w->parts, start);
	w->step = step_near(w, from);
	w->last_step = w->step + (w->parts.step == REPEAT_YEARS ? (int)YEARS_LOOKED_AT : (int)REPEAT_LOOKED_AT);
	fill_step(w);
	return w;
}

bool repeat_walk_next(struct repeat_walk *w, struct date *ret)
{
	const struct parts *r = &w->parts;
	if (r->count && w->given == r->count) return false;
	for (;;) {
		while (w->at == w->n) {
			if (++w->step > w->last_step) return false;
			static const int shortest[] = { 1, 7, 28, 365 };
			struct date reached = date_add_days(w->anchor, w->step * r->every * (int64_t)shortest[r->step]);
			if (reached.year >= 9990) return false;
			fill_step(w);
		}
		struct date d = w->found[w->at++];
		if (r->until.year && date_compare(d, r->until) > 0) return false;
		if (date_compare(d, w->start) < 0) continue;
		w->given++;
		*ret = d;
		return true;
	}
}
