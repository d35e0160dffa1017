/* One event of a calendar from outside: what it says, and when, in the civil time of the site. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "formats/ical_read.h"

enum { TITLE = 300, TEXT = 20000, TAGS = 50, DAY_MINUTES = 24 * 60, YEARS_SPREAD = 3 };

struct event {
	const struct ical_times *times;
	const struct ical_event_lines *lines;
	struct arena *a;
	struct ical_item *item;
	struct ical_moment start;
	int64_t length; /* minutes; of days, whole ones */
	bool ends;
};

static const struct ical_content *line_of(const struct event *e, const char *name)
{
	for (int i = 0; i < e->lines->n; i++)
		if (strcmp(e->lines->lines[i].name, name) == 0) return &e->lines->lines[i];
	return NULL;
}

static const char *text_of(const struct event *e, const char *name, int max)
{
	const struct ical_content *line = line_of(e, name);
	return line ? text_cut(e->a, text_trim(e->a, ical_text(e->a, line->value)), (size_t)max) : "";
}

/* ---- What it says ---- */

/* "47.394144;0.68484" */
static void read_place(struct event *e)
{
	const struct ical_content *line = line_of(e, "GEO");
	char *end;
	if (line == NULL) return;
	double lat = strtod(line->value, &end);
	if (end == line->value || *end != ';') return;
	const char *second = end + 1;
	double lon = strtod(second, &end);
	if (end == second || !(lat >= -90 && lat <= 90) || !(lon >= -180 && lon <= 180) || (lat == 0 && lon == 0))
		return;
	e->item->placed = true;
	e->item->lat = (int64_t)(lat * 1e7 + (lat < 0 ? -0.5 : 0.5));
	e->item->lon = (int64_t)(lon * 1e7 + (lon < 0 ? -0.5 : 0.5));
}

/* Commas that are not escaped separate them. */
static void read_tags(struct event *e)
{
	json_t *tags = json_keep(e->a, json_array());
	for (int i = 0; i < e->lines->n; i++) {
		if (strcmp(e->lines->lines[i].name, "CATEGORIES") != 0) continue;
		for (const char *s = e->lines->lines[i].value; *s && json_array_size(tags) < TAGS;) {
			size_t len = 0;
			while (s[len] && s[len] != ',') len += s[len] == '\\' && s[len + 1] ? 2 : 1;
			const char *tag = text_trim(e->a, ical_text(e->a, arena_strndup(e->a, s, len)));
			if (*tag) json_array_append_new(tags, json_string(tag));
			s += len + (s[len] == ',');
		}
	}
	e->item->tags = tags;
}

static enum code read_facts(struct event *e, struct err *err)
{
	struct ical_item *item = e->item;
	const struct ical_content *sequence = line_of(e, "SEQUENCE"), *url = line_of(e, "URL");
	item->line = e->lines->line;
	item->uid = text_of(e, "UID", TITLE);
	item->title = text_of(e, "SUMMARY", TITLE);
	item->description = text_of(e, "DESCRIPTION", TEXT);
	item->location = text_of(e, "LOCATION", TITLE);
	item->url = url ? text_trim(e->a, url->value) : "";
	item->sequence = sequence ? (int)strtol(sequence->value, NULL, 10) : 0;
	item->cancelled = strcasecmp(text_of(e, "STATUS", TITLE), "CANCELLED") == 0;
	/* Old programs wrote none (RFC 2445 had it optional): named by what it is and when. */
	const struct ical_content *start = line_of(e, "DTSTART");
	if (*item->uid == '\0') item->uid = arena_printf(e->a, "%s %s", item->title, start ? start->value : "");
	read_place(e);
	read_tags(e);
	const char *class = text_of(e, "CLASS", TITLE);
	if (*class && strcasecmp(class, "PUBLIC") != 0)
		FAIL(err, E_INPUT, N_("Its calendar says that it is private: it stays out."));
	if (*item->title == '\0' && !item->cancelled) FAIL(err, E_INPUT, N_("It has no title (SUMMARY)."));
	return OK;
}

/* ---- When ---- */

static enum code read_end(struct event *e, struct err *err)
{
	const struct ical_content *end = line_of(e, "DTEND"), *duration = line_of(e, "DURATION");
	struct ical_moment m;
	if (end) {
		TRY(ical_moment_read(e->times, end, end->value, &m, err));
		if (m.timed != e->start.timed)
			FAIL(err, E_INPUT,
			     N_("Its beginning has an hour and its end has none, or the other way round."));
		int64_t from = ical_moment_utc(e->times, &e->start), to = ical_moment_utc(e->times, &m);
		e->length = m.timed ? (to - from) / 60000
		                    : (date_to_days(m.local.date) - date_to_days(e->start.local.date)) * DAY_MINUTES;
	} else if (duration && !ical_duration(duration->value, &e->length)) {
		FAIL(err, E_INPUT, N_("“%s” is not a duration."), text_cut(e->a, duration->value, 40));
	}
	if (e->length < 0) FAIL(err, E_INPUT, N_("It ends before it begins."));
	if (e->length > (int64_t)SCHEDULE_LENGTH * DAY_MINUTES) FAIL(err, E_INPUT, N_("It lasts more than a year."));
	if (!e->start.timed) e->length = MAX(e->length / DAY_MINUTES - 1, 0) * DAY_MINUTES; /* the last day is in it */
	e->ends = e->length > 0;
	return OK;
}

static struct span span_at(const struct event *e, const struct datetime *from)
{
	struct span span = { *from, *from, e->start.timed, e->ends };
	int64_t minute = from->hour * 60 + from->minute + e->length;
	span.to.date = date_add_days(from->date, minute / DAY_MINUTES);
	span.to.hour = (int)(minute % DAY_MINUTES / 60);
	span.to.minute = (int)(minute % 60);
	return span;
}

/* UNTIL as a day of the event's own clocks: the last on which it may begin. */
static const char *own_rule(const struct event *e, const char *rule)
{
	struct buf out;
	buf_init(&out, e->a, 0);
	while (*rule) {
		size_t len = strcspn(rule, ";");
		const char *part = arena_strndup(e->a, rule, len);
		if (strncasecmp(part, "UNTIL=", 6) == 0) {
			const struct ical_content none = { .params = "", .name = "UNTIL" };
			struct ical_moment m;
			struct err ignored;
			if (ical_moment_read(e->times, &none, part + 6, &m, &ignored) == OK && m.timed) {
				struct datetime last = m.local;
				if (m.utc && e->start.zone)
					last = zone_local(e->start.zone, ical_moment_utc(e->times, &m));
				else if (m.utc && !e->start.utc && !e->start.clocks)
					last = zone_local(e->times->zone, ical_moment_utc(e->times, &m));
				if (last.hour * 60 + last.minute < e->start.local.hour * 60 + e->start.local.minute)
					last.date = date_add_days(last.date, -1);
				part = arena_printf(e->a, "UNTIL=%04d%02d%02d", last.date.year, last.date.month,
				                    last.date.day);
			}
		}
		buf_printf(&out, "%s%s", out.len ? ";" : "", part);
		rule += len + (rule[len] == ';');
	}
	return buf_str(&out);
}

struct days {
	struct date *list;
	int n;
};

/* The values of EXDATE and RDATE, as days of the event's own clocks; of a period, its beginning. */
static enum code read_days(const struct event *e, const char *name, struct days *ret, struct err *err)
{
	for (int i = 0; i < e->lines->n; i++) {
		const struct ical_content *line = &e->lines->lines[i];
		if (strcmp(line->name, name) != 0) continue;
		if (ret->list == NULL) ret->list = arena_array(e->a, struct date, SCHEDULE_DAYS);
		for (const char *s = line->value; *s;) {
			size_t len = strcspn(s, ",");
			struct ical_moment m;
			const char *one = arena_strndup(e->a, s, strcspn(s, ",/"));
			TRY(ical_moment_read(e->times, line, one, &m, err));
			struct date day = m.local.date;
			if (m.timed && m.utc && !e->start.utc) {
				const struct zone *own = e->start.zone ? e->start.zone : e->times->zone;
				day = zone_local(own, ical_moment_utc(e->times, &m)).date;
			}
			if (ret->n == SCHEDULE_DAYS)
				FAIL(err, E_INPUT, N_("It names more than %d days one by one."), SCHEDULE_DAYS);
			ret->list[ret->n++] = day;
			s += len + (s[len] == ',');
		}
	}
	return OK;
}

static enum code read_rule(const struct event *e, struct schedule *s, struct err *err)
{
	const struct ical_content *rule = line_of(e, "RRULE");
	if (line_of(e, "EXRULE"))
		FAIL(err, E_INPUT, N_("It leaves days out by a rule (EXRULE), which is no longer used."));
	if (rule == NULL) return OK;
	for (const struct ical_content *other = rule + 1; other < e->lines->lines + e->lines->n; other++)
		if (strcmp(other->name, "RRULE") == 0)
			FAIL(err, E_INPUT, N_("It comes back by several rules at once."));
	s->repeats = true;
	return repeat_parse(e->a, own_rule(e, rule->value), &s->repeat, err);
}

/* By clocks that are not those of the site, what comes back is spread out day by day: no rule of days says it. */
static enum code spread(const struct event *e, const struct schedule *own, struct schedule *ret, struct err *err)
{
	struct occurrence *all;
	struct date from = own->span.from.date, to = date_add_days(from, YEARS_SPREAD * 366);
	struct datetime first = ical_moment_local(e->times, &e->start);
	int n = schedule_occurrences(e->a, own, from, to, SCHEDULE_DAYS, &all);
	if (n == 0) FAIL(err, E_INPUT, N_("It takes place on no day."));
	*ret = (struct schedule){ .span = span_at(e, &first) };
	ret->also = arena_array(e->a, struct date, SCHEDULE_DAYS);
	ret->moved = arena_array(e->a, struct schedule_move, SCHEDULE_DAYS);
	bool started = false;
	for (int i = 0; i < n; i++) {
		struct ical_moment m = e->start;
		m.local.date = all[i].day;
		struct datetime at = ical_moment_local(e->times, &m);
		bool usual = at.hour == first.hour && at.minute == first.minute;
		if (!started && usual) {
			ret->span = span_at(e, &at);
			started = true;
		} else if (usual) {
			ret->also[ret->nalso++] = at.date;
		} else {
			ret->moved[ret->nmoved++] = (struct schedule_move){ at.date, span_at(e, &at) };
		}
	}
	return OK;
}

static enum code read_when(struct event *e, struct err *err)
{
	const struct ical_content *start = line_of(e, "DTSTART");
	struct schedule s = { .repeats = false };
	struct days except = { .n = 0 }, also = { .n = 0 };
	if (start == NULL) FAIL(err, E_INPUT, N_("It does not say when it begins (DTSTART)."));
	TRY(ical_moment_read(e->times, start, start->value, &e->start, err));
	TRY(read_end(e, err));
	TRY(read_rule(e, &s, err));
	TRY(read_days(e, "EXDATE", &except, err));
	TRY(read_days(e, "RDATE", &also, err));
	s.span = span_at(e, &e->start.local);
	s.except = except.list;
	s.nexcept = except.n;
	s.also = also.list;
	s.nalso = also.n;
	if (s.repeats) repeat_settle(&s.repeat, s.span.from.date);
	bool again = s.repeats || s.nalso > 0;
	if (again && !ical_moment_here(e->times, &e->start)) return spread(e, &s, &e->item->schedule, err);
	struct datetime first = ical_moment_local(e->times, &e->start);
	s.span = span_at(e, &first);
	e->item->schedule = s;
	return OK;
}

/* ---- One of the days of another event ---- */

static enum code read_instance(struct event *e, struct ical_event_read *ret, struct err *err)
{
	const struct ical_content *line = line_of(e, "RECURRENCE-ID");
	struct ical_moment m;
	if (line == NULL) return OK;
	const char *range = ical_param(e->a, line, "RANGE");
	if (range) FAIL(err, E_INPUT, N_("It changes all the days from one on at once (RANGE): that is not read."));
	TRY(ical_moment_read(e->times, line, line->value, &m, err));
	ret->instance = true;
	ret->day = ical_moment_local(e->times, &m).date;
	return OK;
}

enum code ical_event_read(const struct ical_times *times, const struct ical_event_lines *lines,
                          struct ical_event_read *ret, struct err *err)
{
	struct event e = { .times = times, .lines = lines, .a = times->a, .item = &ret->item };
	*ret = (struct ical_event_read){ .instance = false };
	TRY(read_facts(&e, err));
	TRY(read_instance(&e, ret, err));
	if (ret->item.cancelled && (ret->instance || line_of(&e, "DTSTART") == NULL)) return OK;
	return read_when(&e, err);
}
