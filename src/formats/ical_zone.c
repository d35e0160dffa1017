/* VTIMEZONE (RFC 5545 §3.6.5): when the clocks change, as a rule for each time of the year that they do. */
#include "base/clock.h"
#include "formats/ical.h"

enum { CHANGES = 8 /* in a year */, FIRST_YEAR = 1970, YEARS_AHEAD = 10, DAY = 86400000 };

struct change {
	int64_t at;            /* ms UTC */
	int before, after;     /* seconds east of UTC */
	struct datetime local; /* by the clocks before it */
};

struct year {
	struct change changes[CHANGES];
	int n;
};

static struct year year_of(const struct zone *zone, int number)
{
	struct year year = { .n = 0 };
	int64_t at = date_to_days((struct date){ number, 1, 1 }) * DAY;
	int64_t end = date_to_days((struct date){ number + 1, 1, 1 }) * DAY;
	while (at < end && year.n < CHANGES) { /* by spells so short that two changes do not undo each other */
		int64_t until = MIN(at + INT64_C(20) * DAY, end), next = zone_next(zone, at, until);
		if (zone_offset(zone, next) != zone_offset(zone, at)) {
			int before = zone_offset(zone, at);
			struct datetime local = zone_local(zone, next - 1);
			/* One second after the last one before: the civil time at which they change. */
			local.second++;
			if (local.second == 60) local.second = 0, local.minute++;
			if (local.minute == 60) local.minute = 0, local.hour++;
			if (local.hour == 24) local.hour = 0, local.date = date_add_days(local.date, 1);
			year.changes[year.n++] = (struct change){ next, before, zone_offset(zone, next), local };
		}
		at = next;
	}
	return year;
}

/* Nth of its weekday in the month, -1: the last one. */
static int nth_of(const struct change *c)
{
	if (c->local.date.day + 7 > date_month_days(c->local.date.year, c->local.date.month)) return -1;
	return (c->local.date.day - 1) / 7 + 1;
}

static bool alike(const struct change *x, const struct change *y)
{
	return x->before == y->before && x->after == y->after && x->local.date.month == y->local.date.month &&
	       x->local.hour == y->local.hour && x->local.minute == y->local.minute && nth_of(x) == nth_of(y) &&
	       date_weekday(x->local.date) == date_weekday(y->local.date);
}

static bool years_alike(const struct year *x, const struct year *y)
{
	if (x->n != y->n) return false;
	for (int i = 0; i < x->n; i++)
		if (!alike(&x->changes[i], &y->changes[i])) return false;
	return true;
}

static const char *offset_text(struct arena *a, int seconds)
{
	int n = seconds < 0 ? -seconds : seconds;
	return arena_printf(a, "%c%02d%02d", seconds < 0 ? '-' : '+', n / 3600, n / 60 % 60);
}

static void put_part(struct buf *out, struct arena *a, const struct change *c, bool summer, bool again)
{
	static const char *const days[] = { "", "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	const struct datetime *t = &c->local;
	const char *name = summer ? "DAYLIGHT" : "STANDARD";
	ical_line(out, "BEGIN", name);
	ical_line(out, "DTSTART",
	          arena_printf(a, "%04d%02d%02dT%02d%02d%02d", t->date.year, t->date.month, t->date.day, t->hour,
	                       t->minute, t->second));
	ical_line(out, "TZOFFSETFROM", offset_text(a, c->before));
	ical_line(out, "TZOFFSETTO", offset_text(a, c->after));
	if (again)
		ical_line(out, "RRULE",
		          arena_printf(a, "FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", t->date.month, nth_of(c),
		                       days[date_weekday(t->date)]));
	ical_line(out, "END", name);
}

/* From which year on are they as next year? */
static int first_alike(const struct zone *zone, int now, const struct year *wanted)
{
	int first = now + 1;
	while (first > FIRST_YEAR) {
		struct year before = year_of(zone, first - 1);
		if (!years_alike(&before, wanted)) break;
		first--;
	}
	return first;
}

static bool stays(const struct zone *zone, int now, const struct year *wanted)
{
	for (int i = 2; i <= YEARS_AHEAD; i++) {
		struct year year = year_of(zone, now + i);
		if (!years_alike(&year, wanted)) return false;
	}
	return true;
}

void ical_zone(struct buf *out, struct arena *a, const struct zone *zone)
{
	int now = date_from_days(clock_now() / DAY).year;
	struct year next = year_of(zone, now + 1);
	ical_line(out, "BEGIN", "VTIMEZONE");
	ical_line(out, "TZID", zone_name(zone));
	if (next.n == 0) {
		int offset = zone_offset(zone, clock_now());
		const struct change always = { 0, offset, offset, { { FIRST_YEAR, 1, 1 }, 0, 0, 0 } };
		put_part(out, a, &always, false, false);
	} else if (stays(zone, now, &next)) {
		struct year first = year_of(zone, first_alike(zone, now, &next));
		for (int i = 0; i < first.n; i++)
			put_part(out, a, &first.changes[i], first.changes[i].after > first.changes[i].before, true);
	} else { /* by no rule: one by one */
		for (int year = now - 1; year <= now + YEARS_AHEAD; year++) {
			struct year one = year_of(zone, year);
			for (int i = 0; i < one.n; i++)
				put_part(out, a, &one.changes[i], one.changes[i].after > one.changes[i].before, false);
		}
	}
	ical_line(out, "END", "VTIMEZONE");
}
