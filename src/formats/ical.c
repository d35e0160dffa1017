#include "formats/ical.h"

#include <string.h>

#include "base/buf.h"

enum { LINE = 75 };

/* ---- Lines ---- */

void ical_line(struct buf *out, const char *name, const char *value)
{
	const char *parts[] = { name, ":", value };
	size_t n = 0;
	for (size_t i = 0; i < COUNT(parts); i++)
		for (const char *s = parts[i]; *s;) {
			size_t len = 1;
			while (((unsigned char)s[len] & 0xC0) == 0x80) len++;
			if (n + len > LINE) {
				buf_lit(out, "\r\n ");
				n = 1;
			}
			buf_add(out, s, len);
			n += len;
			s += len;
		}
	buf_lit(out, "\r\n");
}

/* §3.3.11. Control characters have no place in it. */
static void put_escaped(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\\' || *text == ';' || *text == ',') buf_putc(out, '\\');
		if (*text == '\n') buf_lit(out, "\\n");
		else if ((unsigned char)*text >= ' ' || *text == '\t') buf_putc(out, *text);
	}
}

static void put_text(struct buf *out, struct arena *a, const char *name, const char *text)
{
	struct buf value;
	if (text == NULL || *text == '\0') return;
	buf_init(&value, a, 0);
	put_escaped(&value, text);
	ical_line(out, name, buf_str(&value));
}

/* ---- Times ---- */

static bool in_utc(const struct zone *zone)
{
	return strcmp(zone_name(zone), "UTC") == 0;
}

static const char *day_text(struct arena *a, struct date d)
{
	return arena_printf(a, "%04d%02d%02d", d.year, d.month, d.day);
}

static const char *local_text(struct arena *a, const struct datetime *t)
{
	return arena_printf(a, "%sT%02d%02d%02d", day_text(a, t->date), t->hour, t->minute, t->second);
}

static const char *utc_text(struct arena *a, int64_t ms)
{
	char iso[TIME_UTC_SIZE]; /* "2026-11-28T13:30:00Z" */
	time_utc(ms, iso);
	return arena_printf(a, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", iso, iso + 5, iso + 8, iso + 11, iso + 14, iso + 17);
}

/* How this event's times are written. */
struct clock {
	struct buf *out;
	struct arena *a;
	const struct zone *zone;
	bool timed;
};

static void put_time(const struct clock *c, const char *name, const char *value)
{
	const char *with = !c->timed         ? arena_printf(c->a, "%s;VALUE=DATE", name)
	                   : in_utc(c->zone) ? name
	                                     : arena_printf(c->a, "%s;TZID=%s", name, zone_name(c->zone));
	ical_line(c->out, with, value);
}

static const char *moment_text(const struct clock *c, const struct datetime *t)
{
	if (!c->timed) return day_text(c->a, t->date);
	return in_utc(c->zone) ? arena_printf(c->a, "%sZ", local_text(c->a, t)) : local_text(c->a, t);
}

/* A day of an occurrence, with the hour of the first one. */
static const char *on_day(const struct clock *c, const struct span *first, struct date day)
{
	struct datetime t = first->from;
	t.date = day;
	return moment_text(c, &t);
}

/* The end of days is the day after (§3.6.1). */
static void put_span(const struct clock *c, const struct span *span)
{
	put_time(c, "DTSTART", moment_text(c, &span->from));
	struct datetime end = span->to;
	if (!c->timed) end.date = date_add_days(end.date, 1);
	else if (!span->ends || datetime_compare(&span->from, &span->to) == 0) return;
	put_time(c, "DTEND", moment_text(c, &end));
}

/* ---- What comes back ---- */

/* UNTIL is a moment where there are hours (§3.3.10): that of the last beginning. */
static const char *rule_text(const struct clock *c, const struct schedule *s)
{
	struct buf out;
	const char *rule = repeat_format(c->a, &s->repeat);
	buf_init(&out, c->a, 0);
	while (*rule) {
		size_t len = strcspn(rule, ";");
		if (strncasecmp(rule, "UNTIL=", 6) != 0) {
			if (out.len) buf_putc(&out, ';');
			buf_add(&out, rule, len);
		}
		rule += len + (rule[len] == ';');
	}
	if (s->repeat.until.year) {
		struct datetime last = s->span.from;
		last.date = s->repeat.until;
		buf_printf(&out, ";UNTIL=%s",
		           c->timed ? utc_text(c->a, zone_utc(c->zone, &last)) : day_text(c->a, last.date));
	}
	return buf_str(&out);
}

static void put_days(const struct clock *c, const char *name, const struct span *first, const struct date *days, int n)
{
	struct buf value;
	if (n == 0) return;
	buf_init(&value, c->a, 0);
	for (int i = 0; i < n; i++) buf_printf(&value, "%s%s", i ? "," : "", on_day(c, first, days[i]));
	put_time(c, name, buf_str(&value));
}

static bool has_day(const struct date *days, int n, struct date day)
{
	for (int i = 0; i < n; i++)
		if (date_compare(days[i], day) == 0) return true;
	return false;
}

/* Days more; those moved that neither the rule nor these bring. */
static void put_more(const struct clock *c, const struct schedule *s)
{
	struct date *days = arena_array(c->a, struct date, (size_t)(s->nalso + s->nmoved + 1)), found;
	int n = 0;
	for (int i = 0; i < s->nalso; i++)
		if (!has_day(s->except, s->nexcept, s->also[i])) days[n++] = s->also[i];
	for (int i = 0; i < s->nmoved; i++) {
		struct date day = s->moved[i].day;
		bool known = date_compare(day, s->span.from.date) == 0 || has_day(s->also, s->nalso, day) ||
		             (s->repeats && repeat_days(&s->repeat, s->span.from.date, day, day, 1, &found));
		if (!known) days[n++] = day;
	}
	put_days(c, "RDATE", &s->span, days, n);
}

/* ---- Events ---- */

static void put_place(struct buf *out, struct arena *a, const struct ical_event *e)
{
	put_text(out, a, "LOCATION", e->location);
	if (!e->placed) return;
	const int64_t values[] = { e->lat, e->lon };
	const char *texts[2];
	for (int i = 0; i < 2; i++) {
		int64_t n = values[i] < 0 ? -values[i] : values[i];
		texts[i] = arena_printf(a, "%s%lld.%06lld", values[i] < 0 ? "-" : "", (long long)(n / 10000000),
		                        (long long)(n % 10000000 / 10));
	}
	ical_line(out, "GEO", arena_printf(a, "%s;%s", texts[0], texts[1]));
}

static void put_tags(struct buf *out, struct arena *a, const struct ical_event *e)
{
	struct buf value;
	if (e->ntags == 0) return;
	buf_init(&value, a, 0);
	for (int i = 0; i < e->ntags; i++) {
		if (i) buf_putc(&value, ',');
		put_escaped(&value, e->tags[i]);
	}
	ical_line(out, "CATEGORIES", buf_str(&value));
}

/* What all the VEVENT of an event say alike. The number of changes is how many seconds went by between the first and the
 * last: it grows with each, which is all that readers ask of it (§3.8.7.4). */
static void put_facts(struct buf *out, struct arena *a, const struct ical_event *e)
{
	ical_line(out, "UID", e->uid);
	ical_line(out, "DTSTAMP", utc_text(a, e->changed));
	ical_line(out, "CREATED", utc_text(a, e->created));
	ical_line(out, "LAST-MODIFIED", utc_text(a, e->changed));
	ical_line(out, "SEQUENCE", arena_printf(a, "%lld", (long long)MAX((e->changed - e->created) / 1000, 0)));
	put_text(out, a, "SUMMARY", e->title);
	put_text(out, a, "DESCRIPTION", e->description);
	put_place(out, a, e);
	put_tags(out, a, e);
	ical_line(out, "URL", e->page);
	if (e->picture) ical_line(out, "IMAGE;VALUE=URI;DISPLAY=BADGE", e->picture);
	ical_line(out, "STATUS", "CONFIRMED");
}

static const struct schedule_move *first_move(const struct schedule *s)
{
	for (int i = 0; i < s->nmoved; i++)
		if (date_compare(s->moved[i].day, s->span.from.date) == 0) return &s->moved[i];
	return NULL;
}

void ical_event(struct buf *out, struct arena *a, const struct zone *zone, const struct ical_event *e)
{
	const struct schedule *s = e->schedule;
	struct clock c = { out, a, zone, s->span.timed };
	bool once = !s->repeats && s->nalso == 0;
	const struct schedule_move *only = once && s->nmoved == 1 ? first_move(s) : NULL;
	struct clock moved = c;
	ical_line(out, "BEGIN", "VEVENT");
	put_facts(out, a, e);
	if (only) moved.timed = only->span.timed;
	put_span(only ? &moved : &c, only ? &only->span : &s->span);
	if (s->repeats) ical_line(out, "RRULE", rule_text(&c, s));
	put_days(&c, "EXDATE", &s->span, s->except, s->nexcept);
	if (!only) put_more(&c, s);
	ical_line(out, "END", "VEVENT");
	for (int i = 0; i < s->nmoved && !only; i++) {
		if (has_day(s->except, s->nexcept, s->moved[i].day)) continue;
		ical_line(out, "BEGIN", "VEVENT");
		put_facts(out, a, e);
		put_time(&c, "RECURRENCE-ID", on_day(&c, &s->span, s->moved[i].day));
		moved.timed = s->moved[i].span.timed;
		put_span(&moved, &s->moved[i].span);
		ical_line(out, "END", "VEVENT");
	}
}

/* ---- The calendar ---- */

void ical_begin(struct buf *out, struct arena *a, const struct ical_head *head)
{
	ical_line(out, "BEGIN", "VCALENDAR");
	ical_line(out, "VERSION", "2.0");
	ical_line(out, "PRODID", "-//Parvis//Agenda//FR");
	ical_line(out, "CALSCALE", "GREGORIAN");
	ical_line(out, "UID", head->uid);
	put_text(out, a, "NAME", head->name);
	put_text(out, a, "X-WR-CALNAME", head->name);
	put_text(out, a, "DESCRIPTION", head->description);
	ical_line(out, "URL", head->page);
	if (head->self) {
		ical_line(out, "SOURCE;VALUE=URI", head->self);
		ical_line(out, "REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
		ical_line(out, "X-PUBLISHED-TTL", "PT1H");
	}
	ical_line(out, "X-WR-TIMEZONE", zone_name(head->zone));
	if (!in_utc(head->zone)) ical_zone(out, a, head->zone);
}

void ical_end(struct buf *out)
{
	ical_line(out, "END", "VCALENDAR");
}
