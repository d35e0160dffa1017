/* Times of calendars from outside: days, hours, zones by name, by what Windows calls them, or as the file describes them. */
#include <string.h>

#include "base/text.h"
#include "formats/ical_read.h"

/* Names of Windows for zones of Europe and a few others (Unicode CLDR, windowsZones). */
static const char *const windows_zones[][2] = {
	{ "Romance Standard Time", "Europe/Paris" },
	{ "W. Europe Standard Time", "Europe/Berlin" },
	{ "Central Europe Standard Time", "Europe/Budapest" },
	{ "Central European Standard Time", "Europe/Warsaw" },
	{ "GMT Standard Time", "Europe/London" },
	{ "E. Europe Standard Time", "Europe/Chisinau" },
	{ "FLE Standard Time", "Europe/Kiev" },
	{ "GTB Standard Time", "Europe/Bucharest" },
	{ "Russian Standard Time", "Europe/Moscow" },
	{ "Eastern Standard Time", "America/New_York" },
	{ "Central Standard Time", "America/Chicago" },
	{ "Mountain Standard Time", "America/Denver" },
	{ "Pacific Standard Time", "America/Los_Angeles" },
	{ "Morocco Standard Time", "Africa/Casablanca" },
	{ "Greenwich Standard Time", "Atlantic/Reykjavik" },
};

static bool digits(const char *text, int n, int *ret)
{
	*ret = 0;
	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9') return false;
		*ret = *ret * 10 + text[i] - '0';
	}
	return true;
}

/* "20270105", "20270105T183000", "20270105T183000Z" */
static bool read_digits(const char *text, struct ical_moment *m)
{
	struct datetime *t = &m->local;
	size_t len = strlen(text);
	*t = (struct datetime){ .hour = 0 };
	if (len < 8 || !digits(text, 4, &t->date.year) || !digits(text + 4, 2, &t->date.month) ||
	    !digits(text + 6, 2, &t->date.day) || !date_valid(t->date))
		return false;
	m->timed = len > 8;
	if (!m->timed) return true;
	m->utc = len == 16 && text[15] == 'Z';
	if (text[8] != 'T' || (len != 15 && !m->utc)) return false;
	if (!digits(text + 9, 2, &t->hour) || !digits(text + 11, 2, &t->minute) || !digits(text + 13, 2, &t->second))
		return false;
	if (t->second == 60) t->second = 59; /* a leap second */
	t->second = 0;                       /* agendas know minutes */
	return datetime_valid(t);
}

/* "Europe/Paris", "/softwarestudio.org/Tzfile/Europe/Paris", "Romance Standard Time" */
static const struct zone *zone_named(struct arena *a, const char *id)
{
	const struct zone *zone;
	struct err ignored;
	for (size_t i = 0; i < COUNT(windows_zones); i++)
		if (strcmp(windows_zones[i][0], id) == 0) id = windows_zones[i][1];
	if (zone_find(id, &zone, &ignored) == OK) return zone;
	for (const char *s = id; (s = strchr(s, '/')) != NULL;) {
		s++;
		if (strchr(s, '/') && zone_find(arena_strdup(a, s), &zone, &ignored) == OK) return zone;
	}
	return NULL;
}

static const struct ical_clocks *clocks_of(const struct ical_times *times, const char *id)
{
	for (const struct ical_clocks *c = times->clocks; c; c = c->next)
		if (strcmp(c->id, id) == 0) return c;
	return NULL;
}

enum code ical_moment_read(const struct ical_times *times, const struct ical_content *content, const char *value,
                           struct ical_moment *ret, struct err *err)
{
	struct ical_moment m = { .zone = NULL };
	const char *id = ical_param(times->a, content, "TZID");
	if (!read_digits(value, &m))
		FAIL(err, E_INPUT, N_("“%s” is not a date of a calendar."), text_cut(times->a, value, 40));
	if (m.utc || !m.timed || id == NULL) {
		*ret = m;
		return OK;
	}
	m.clocks = clocks_of(times, id);
	m.zone = zone_named(times->a, id);
	if (m.zone == NULL && m.clocks && m.clocks->location) m.zone = zone_named(times->a, m.clocks->location);
	if (m.zone) m.clocks = NULL;
	if (m.zone == NULL && (m.clocks == NULL || m.clocks->n == 0))
		FAIL(err, E_INPUT, N_("Its hours are those of “%s”, a time zone that the calendar does not describe."),
		     text_cut(times->a, id, 60));
	*ret = m;
	return OK;
}

bool ical_moment_here(const struct ical_times *times, const struct ical_moment *m)
{
	if (!m->timed) return true;
	if (m->utc || m->clocks) return false;
	return m->zone == NULL || m->zone == times->zone;
}

/* Seconds of a civil time, as if it were UTC. */
static int64_t plain_seconds(const struct datetime *t)
{
	return date_to_days(t->date) * 86400 + t->hour * 3600 + t->minute * 60 + t->second;
}

/* The last beginning of this part that is not after `t`; false: there is none. */
static bool last_change(const struct ical_observance *part, const struct datetime *t, int64_t *ret)
{
	struct date days[8], from = date_add_days(t->date, -800);
	struct datetime at = part->start;
	int64_t seconds = plain_seconds(t);
	bool found = false;
	int n = 1;
	days[0] = part->start.date;
	if (part->repeats)
		n = repeat_days(&part->repeat, part->start.date,
		                date_compare(from, part->start.date) < 0 ? part->start.date : from, t->date, 8, days);
	for (int i = 0; i < n; i++) {
		at.date = days[i];
		if (plain_seconds(&at) > seconds) continue;
		*ret = plain_seconds(&at);
		found = true;
	}
	return found;
}

/* §3.6.5: that of the observance which began last. */
static int offset_of(const struct ical_clocks *clocks, const struct datetime *t)
{
	int offset = clocks->parts[0].from;
	int64_t best = INT64_MIN, at = 0;
	for (int i = 0; i < clocks->n; i++) {
		if (!last_change(&clocks->parts[i], t, &at) || at < best) continue;
		best = at;
		offset = clocks->parts[i].to;
	}
	return offset;
}

int64_t ical_moment_utc(const struct ical_times *times, const struct ical_moment *m)
{
	if (m->clocks) return (plain_seconds(&m->local) - offset_of(m->clocks, &m->local)) * 1000;
	if (m->utc) return plain_seconds(&m->local) * 1000;
	return zone_utc(m->zone ? m->zone : times->zone, &m->local);
}

struct datetime ical_moment_local(const struct ical_times *times, const struct ical_moment *m)
{
	if (ical_moment_here(times, m)) return m->local;
	struct datetime local = zone_local(times->zone, ical_moment_utc(times, m));
	local.second = 0;
	return local;
}

bool ical_duration(const char *text, int64_t *minutes)
{
	int64_t total = 0, n = 0;
	bool any = false;
	if (*text == '+') text++;
	if (*text++ != 'P') return false;
	for (; *text; text++) {
		if (*text == 'T') continue;
		if (*text >= '0' && *text <= '9') {
			n = n * 10 + *text - '0';
			any = true;
			if (n > 1000000) return false;
			continue;
		}
		switch (*text) {
		case 'W': total += n * 7 * 24 * 60; break;
		case 'D': total += n * 24 * 60; break;
		case 'H': total += n * 60; break;
		case 'M': total += n; break;
		case 'S': break;
		default: return false;
		}
		n = 0;
	}
	*minutes = total;
	return any && n == 0;
}
