#include "formats/ical_read.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"

enum { CLOCKS_PARTS = 200, CLOCKS = 200 };

/* A file under way. */
struct reading {
	struct arena *a;
	const char *at, *end;
	int line; /* of what is read next */
	struct ical_times times;
	struct ical_file *file;
	json_t *places; /* UID → number of its item */
	struct ical_event_read *instances;
	int ninstances;
	int room; /* for items, and for instances */
	int refusals_room;
	struct ical_content *lines; /* of the event being read */
	bool cancels;               /* METHOD:CANCEL */
};

/* ---- Lines ---- */

/* One line of the file, without its end; false: there is none. */
static bool take_line(struct reading *r, const char **text, size_t *len)
{
	if (r->at >= r->end) return false;
	const char *stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
	const char *after = stop ? stop + 1 : r->end;
	if (stop == NULL) stop = r->end;
	if (stop > r->at && stop[-1] == '\r') stop--;
	*text = r->at;
	*len = (size_t)(stop - r->at);
	r->at = after;
	r->line++;
	return true;
}

/* With those folded after it (§3.1), at most ICAL_VALUE bytes. */
static bool take_unfolded(struct reading *r, int *line, const char **ret)
{
	struct buf out;
	const char *text;
	size_t len;
	*line = r->line;
	if (!take_line(r, &text, &len)) return false;
	buf_init(&out, r->a, ICAL_VALUE);
	buf_add(&out, text, len);
	while (r->at < r->end && (*r->at == ' ' || *r->at == '\t')) {
		if (!take_line(r, &text, &len)) break;
		buf_add(&out, text + 1, len ? len - 1 : 0);
	}
	*ret = buf_str(&out);
	return true;
}

/* Where a part ends that quotes may hold: at one of `stops`. */
static size_t quoted_span(const char *text, const char *stops)
{
	bool quoted = false;
	size_t i = 0;
	for (; text[i] && (quoted || strchr(stops, text[i]) == NULL); i++)
		if (text[i] == '"') quoted = !quoted;
	return i;
}

/* NAME *(";" param) ":" value */
static bool take_content(struct reading *r, struct ical_content *ret)
{
	const char *text;
	while (take_unfolded(r, &ret->line, &text)) {
		size_t name = strcspn(text, ";:"), params = quoted_span(text, ":");
		if (name == 0 || text[params] != ':' || params < name) continue; /* no content line: passed over */
		char *upper = arena_strndup(r->a, text, name);
		for (char *c = upper; *c; c++)
			if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 'a' + 'A');
		ret->name = upper;
		ret->params = arena_strndup(r->a, text + name, params - name);
		ret->value = text + params + 1;
		return true;
	}
	return false;
}

const char *ical_param(struct arena *a, const struct ical_content *content, const char *name)
{
	for (const char *s = content->params; *s == ';';) {
		s++;
		size_t len = quoted_span(s, ";"), equals = strcspn(s, "=");
		if (equals < len && strlen(name) == equals && strncasecmp(s, name, equals) == 0) {
			const char *value = s + equals + 1;
			size_t n = len - equals - 1;
			if (n >= 2 && *value == '"' && value[n - 1] == '"') value++, n -= 2;
			return arena_strndup(a, value, n);
		}
		s += len;
	}
	return NULL;
}

const char *ical_text(struct arena *a, const char *value)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (; *value; value++) {
		if (*value == '\\' && value[1]) {
			value++;
			buf_putc(&out, *value == 'n' || *value == 'N' ? '\n' : *value);
		} else if ((unsigned char)*value >= ' ' || *value == '\t') {
			buf_putc(&out, *value);
		}
	}
	return buf_str(&out);
}

static bool is(const struct ical_content *content, const char *name, const char *value)
{
	return strcmp(content->name, name) == 0 && strcasecmp(content->value, value) == 0;
}

/* To the end of the component whose BEGIN was read. */
static void skip(struct reading *r)
{
	struct ical_content content;
	for (int depth = 1; depth > 0 && take_content(r, &content);) {
		if (strcmp(content.name, "BEGIN") == 0) depth++;
		if (strcmp(content.name, "END") == 0) depth--;
	}
}

/* ---- Clocks ---- */

/* "+0100", "-033000" → seconds */
static bool read_offset(const char *text, int *ret)
{
	int n[3] = { 0 };
	size_t len = strlen(text);
	if ((*text != '+' && *text != '-') || (len != 5 && len != 7)) return false;
	for (size_t i = 1; i < len; i++) {
		if (text[i] < '0' || text[i] > '9') return false;
		n[(i - 1) / 2] = n[(i - 1) / 2] * 10 + text[i] - '0';
	}
	*ret = (n[0] * 3600 + n[1] * 60 + n[2]) * (*text == '-' ? -1 : 1);
	return n[0] < 24 && n[1] < 60 && n[2] < 60;
}

/* STANDARD or DAYLIGHT. */
static void read_observance(struct reading *r, struct ical_clocks *clocks)
{
	struct ical_observance part = { .repeats = false };
	struct ical_content c;
	struct ical_moment m;
	struct err ignored;
	bool started = false, from = false, to = false;
	while (take_content(r, &c) && strcmp(c.name, "END") != 0) {
		if (strcmp(c.name, "BEGIN") == 0) skip(r);
		if (strcmp(c.name, "TZOFFSETFROM") == 0) from = read_offset(c.value, &part.from);
		if (strcmp(c.name, "TZOFFSETTO") == 0) to = read_offset(c.value, &part.to);
		if (strcmp(c.name, "RRULE") == 0)
			part.repeats = repeat_parse(r->a, c.value, &part.repeat, &ignored) == OK;
		if (strcmp(c.name, "DTSTART") == 0 && ical_moment_read(&r->times, &c, c.value, &m, &ignored) == OK) {
			started = true;
			part.start = m.local;
		}
	}
	if (part.repeats) repeat_settle(&part.repeat, part.start.date);
	if (started && from && to && clocks->n < CLOCKS_PARTS) clocks->parts[clocks->n++] = part;
}

static void read_clocks(struct reading *r)
{
	struct ical_clocks *clocks = arena_new(r->a, struct ical_clocks);
	struct ical_content c;
	int known = 0;
	*clocks = (struct ical_clocks){ .id = "", .next = r->times.clocks };
	clocks->parts = arena_array(r->a, struct ical_observance, CLOCKS_PARTS);
	for (const struct ical_clocks *other = r->times.clocks; other; other = other->next) known++;
	while (take_content(r, &c) && strcmp(c.name, "END") != 0) {
		if (is(&c, "BEGIN", "STANDARD") || is(&c, "BEGIN", "DAYLIGHT")) read_observance(r, clocks);
		else if (strcmp(c.name, "BEGIN") == 0) skip(r);
		if (strcmp(c.name, "TZID") == 0) clocks->id = c.value;
		if (strcmp(c.name, "X-LIC-LOCATION") == 0) clocks->location = c.value;
	}
	if (known < CLOCKS) r->times.clocks = clocks;
}

/* ---- Events ---- */

static void refuse(struct reading *r, int line, const char *title, const struct err *why)
{
	struct ical_file *file = r->file;
	file->refused++;
	if (file->nrefusals == ICAL_REFUSALS) return;
	if (file->nrefusals == r->refusals_room) {
		struct ical_refusal *more = arena_array(r->a, struct ical_refusal, (size_t)r->refusals_room * 2 + 64);
		if (file->nrefusals) memcpy(more, file->refusals, (size_t)file->nrefusals * sizeof(*more));
		file->refusals = more;
		r->refusals_room = r->refusals_room * 2 + 64;
	}
	file->refusals[file->nrefusals++] = (struct ical_refusal){ line, title, *why };
}

static void keep(struct reading *r, const struct ical_event_read *event)
{
	struct ical_file *file = r->file;
	struct err err;
	if (event->instance) {
		if (r->ninstances < r->room) r->instances[r->ninstances++] = *event;
		return;
	}
	const json_t *place = json_object_get(r->places, event->item.uid);
	if (place) {
		struct ical_item *known = &file->items[json_integer_value(place)];
		if (event->item.sequence >= known->sequence) *known = event->item;
		return;
	}
	if (file->n == r->room) {
		(void)err_set(&err, E_LIMIT, N_("The calendar has more than %d events."), ICAL_EVENTS);
		refuse(r, event->item.line, event->item.title, &err);
		return;
	}
	json_object_set_new(r->places, event->item.uid, json_integer(file->n));
	file->items[file->n++] = event->item;
}

static void read_event(struct reading *r, int line)
{
	struct ical_event_lines lines = { .line = line, .lines = r->lines };
	struct ical_event_read event;
	struct ical_content c;
	struct err err;
	while (take_content(r, &c) && strcmp(c.name, "END") != 0) {
		if (strcmp(c.name, "BEGIN") == 0) skip(r); /* alarms */
		else if (lines.n < ICAL_PARTS) lines.lines[lines.n++] = c;
	}
	if (ical_event_read(&r->times, &lines, &event, &err) != OK) {
		refuse(r, line, event.item.title ? event.item.title : "", &err);
		return;
	}
	event.item.cancelled |= r->cancels;
	keep(r, &event);
}

/* A day of an event that another part of the file changes. */
static void put_instance(struct reading *r, const struct ical_event_read *instance)
{
	const json_t *place = json_object_get(r->places, instance->item.uid);
	struct err err;
	if (place == NULL) {
		struct ical_event_read alone = *instance;
		char iso[DATE_ISO_SIZE];
		alone.instance = false;
		alone.item.uid = arena_printf(r->a, "%s/%s", instance->item.uid, date_iso(instance->day, iso));
		if (!alone.item.cancelled) keep(r, &alone);
		return;
	}
	struct schedule *s = &r->file->items[json_integer_value(place)].schedule;
	if ((instance->item.cancelled ? s->nexcept : s->nmoved) >= SCHEDULE_DAYS) {
		(void)err_set(&err, E_LIMIT, N_("It names more than %d days one by one."), SCHEDULE_DAYS);
		refuse(r, instance->item.line, instance->item.title, &err);
		return;
	}
	if (instance->item.cancelled) {
		struct date *more = arena_array(r->a, struct date, SCHEDULE_DAYS);
		if (s->nexcept) memcpy(more, s->except, (size_t)s->nexcept * sizeof(*more));
		more[s->nexcept++] = instance->day;
		s->except = more;
		return;
	}
	struct schedule_move *more = arena_array(r->a, struct schedule_move, SCHEDULE_DAYS);
	int n = 0;
	for (int i = 0; i < s->nmoved; i++) /* the last one said of a day holds */
		if (date_compare(s->moved[i].day, instance->day) != 0) more[n++] = s->moved[i];
	more[n++] = (struct schedule_move){ instance->day, instance->item.schedule.span };
	s->moved = more;
	s->nmoved = n;
}

static void read_calendar(struct reading *r)
{
	struct ical_content c;
	struct err err;
	while (take_content(r, &c) && strcmp(c.name, "END") != 0) {
		if (is(&c, "BEGIN", "VTIMEZONE")) {
			read_clocks(r);
		} else if (is(&c, "BEGIN", "VEVENT")) {
			read_event(r, c.line);
		} else if (strcmp(c.name, "BEGIN") == 0) {
			(void)err_set(&err, E_INPUT, N_("A “%s” is not an event: it stays out."),
			              text_cut(r->a, c.value, 40));
			refuse(r, c.line, "", &err);
			skip(r);
		}
		if (strcmp(c.name, "X-WR-CALNAME") == 0 || (strcmp(c.name, "NAME") == 0 && *r->file->name == '\0'))
			r->file->name = text_cut(r->a, text_trim(r->a, ical_text(r->a, c.value)), 200);
		if (is(&c, "METHOD", "CANCEL")) r->cancels = true;
	}
}

/* Zones may stand after what uses them: they are read first. */
static void read_all(struct reading *r, const char *text, bool clocks)
{
	struct ical_content c;
	r->at = text;
	r->line = 1;
	while (take_content(r, &c)) {
		if (clocks && is(&c, "BEGIN", "VTIMEZONE")) read_clocks(r);
		else if (!clocks && is(&c, "BEGIN", "VCALENDAR")) read_calendar(r);
	}
}

/* At most so many are in it. */
static int count_events(const char *text, const char *end)
{
	int n = 0;
	for (; text + 6 <= end && n < ICAL_EVENTS; text++)
		n += (*text == 'V' || *text == 'v') && strncasecmp(text, "VEVENT", 6) == 0;
	return n;
}

enum code ical_read(struct arena *a, const void *bytes, size_t len, const struct zone *zone, struct ical_file *ret,
                    struct err *err)
{
	const char *text = bytes;
	if (len > ICAL_BYTES) FAIL(err, E_LIMIT, N_("This file is over %d MB."), ICAL_BYTES >> 20);
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) text += 3, len -= 3;
	if (memchr(text, '\0', len)) FAIL(err, E_INPUT, N_("This is not a calendar: it is no text."));
	if (!text_valid(text, len)) text = text_from_windows_1252(a, text, len, &len);
	struct ical_file file = { .name = "" };
	struct reading r = { .a = a, .end = text + len, .times = { a, zone, NULL }, .file = &file };
	r.places = json_keep(a, json_object());
	r.room = count_events(text, text + len);
	r.lines = arena_array(a, struct ical_content, ICAL_PARTS);
	file.items = arena_array(a, struct ical_item, (size_t)r.room + 1);
	r.instances = arena_array(a, struct ical_event_read, (size_t)r.room + 1);
	if (memmem(text, len, "BEGIN:VCALENDAR", 15) == NULL && memmem(text, len, "begin:vcalendar", 15) == NULL)
		FAIL(err, E_INPUT, N_("This is not a calendar: it should begin with “%s”."), "BEGIN:VCALENDAR");
	read_all(&r, text, true);
	read_all(&r, text, false);
	for (int i = 0; i < r.ninstances; i++) put_instance(&r, &r.instances[i]);
	*ret = file;
	return OK;
}
