#include "base/schedule.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* ---- Spans ---- */

static bool read_moment(const char *text, struct datetime *ret, bool *timed)
{
	*ret = (struct datetime){ .hour = 0 };
	*timed = false;
	if (date_from_iso(text, &ret->date)) return true;
	*timed = datetime_from_iso(text, ret);
	return *timed;
}

bool span_read(const char *from, const char *to, struct span *ret)
{
	struct span span = { .ends = to != NULL };
	bool timed;
	if (!read_moment(from, &span.from, &span.timed)) return false;
	span.to = span.from;
	if (to && (!read_moment(to, &span.to, &timed) || timed != span.timed)) return false;
	if (datetime_compare(&span.to, &span.from) < 0) return false;
	if (date_to_days(span.to.date) - date_to_days(span.from.date) >= SCHEDULE_LENGTH) return false;
	if (span.ends && datetime_compare(&span.to, &span.from) == 0) span.ends = !span.timed;
	*ret = span;
	return true;
}

const char *span_words(struct arena *a, const struct span *span, enum lang lang)
{
	if (span->timed && span->ends) return datetime_span_format(a, &span->from, &span->to, lang);
	if (span->timed) return datetime_format(a, &span->from, DATE_FULL, lang);
	return date_span_format(a, span->from.date, span->to.date, lang);
}

const char *span_hours(struct arena *a, const struct span *span, enum lang lang)
{
	if (!span->timed) return "";
	const char *from = time_format(a, &span->from, lang);
	if (!span->ends) return arena_printf(a, tr(lang, N_("at %s")), from);
	return arena_printf(a, tr(lang, N_("from %s to %s")), from, time_format(a, &span->to, lang));
}

struct span span_on(const struct span *span, struct date day)
{
	struct span on = *span;
	on.to.date = date_add_days(day, date_to_days(span->to.date) - date_to_days(span->from.date));
	on.from.date = day;
	return on;
}

struct span span_from(const struct span *span, const struct datetime *from)
{
	enum { DAY = 24 * 60 };
	struct span moved = *span;
	int64_t length = (date_to_days(span->to.date) - date_to_days(span->from.date)) * DAY +
	                 (span->to.hour - span->from.hour) * 60 + span->to.minute - span->from.minute;
	int64_t minute = from->hour * 60 + from->minute + length;
	moved.from = *from;
	moved.to = (struct datetime){ date_add_days(from->date, minute / DAY), (int)(minute % DAY / 60),
		                      (int)(minute % 60), 0 };
	return moved;
}

int span_days(const struct span *span)
{
	int days = (int)(date_to_days(span->to.date) - date_to_days(span->from.date)) + 1;
	bool midnight = span->timed && span->to.hour == 0 && span->to.minute == 0 && span->to.second == 0;
	return midnight && days > 1 ? days - 1 : days;
}

/* What lasts all day comes before what has an hour. */
int span_compare(const struct span *x, const struct span *y)
{
	int order = date_compare(x->from.date, y->from.date);
	if (order == 0 && x->timed != y->timed) return x->timed ? 1 : -1;
	return order ? order : datetime_compare(&x->from, &y->from);
}

/* ---- Kept ---- */

static int by_day(const void *x, const void *y)
{
	return date_compare(*(const struct date *)x, *(const struct date *)y);
}

static bool read_days(struct arena *a, const json_t *array, struct date **ret, int *n)
{
	size_t count = json_array_size(array);
	if ((array && !json_is_array(array)) || count > SCHEDULE_DAYS) return false;
	*ret = arena_array(a, struct date, count + 1);
	*n = 0;
	for (size_t i = 0; i < count; i++) {
		const char *text = json_string_value(json_array_get(array, i));
		if (text == NULL || !date_from_iso(text, &(*ret)[i])) return false;
	}
	qsort(*ret, count, sizeof(**ret), by_day);
	for (size_t i = 0; i < count; i++)
		if (*n == 0 || date_compare((*ret)[*n - 1], (*ret)[i]) != 0) (*ret)[(*n)++] = (*ret)[i];
	return true;
}

static int by_move(const void *x, const void *y)
{
	return date_compare(((const struct schedule_move *)x)->day, ((const struct schedule_move *)y)->day);
}

static bool read_moved(struct arena *a, const json_t *object, struct schedule *s)
{
	const char *day;
	json_t *moved;
	if ((object && !json_is_object(object)) || json_object_size(object) > SCHEDULE_DAYS) return false;
	s->moved = arena_array(a, struct schedule_move, json_object_size(object) + 1);
	json_object_foreach ((json_t *)object, day, moved) {
		struct schedule_move *move = &s->moved[s->nmoved++];
		const char *from = json_str(moved, "from"), *to = json_str(moved, "to");
		if (!date_from_iso(day, &move->day) || from == NULL || !span_read(from, to, &move->span)) return false;
	}
	qsort(s->moved, (size_t)s->nmoved, sizeof(*s->moved), by_move);
	return true;
}

static bool read_parts(struct arena *a, const json_t *value, struct schedule *s)
{
	const char *from = json_str(value, "from"), *to = json_str(value, "to"), *rule = json_str(value, "rule");
	struct err ignored;
	if (from == NULL) from = to;
	if (from == NULL || !span_read(from, to, &s->span)) return false;
	if (rule && repeat_parse(a, rule, &s->repeat, &ignored) != OK) return false;
	s->repeats = rule != NULL;
	if (rule) repeat_settle(&s->repeat, s->span.from.date);
	return read_days(a, json_object_get(value, "except"), &s->except, &s->nexcept) &&
	       read_days(a, json_object_get(value, "also"), &s->also, &s->nalso) &&
	       read_moved(a, json_object_get(value, "moved"), s);
}

bool schedule_read(struct arena *a, const json_t *value, struct schedule *ret)
{
	struct schedule s = { .repeats = false };
	if (json_is_string(value)) {
		if (!span_read(json_string_value(value), NULL, &s.span)) return false;
	} else if (!json_is_object(value) || !read_parts(a, value, &s)) {
		return false;
	}
	*ret = s;
	return true;
}

static json_t *moment_json(const struct datetime *t, bool timed)
{
	char iso[DATETIME_ISO_SIZE];
	return json_string(timed ? datetime_iso(t, iso) : date_iso(t->date, iso));
}

static void put_span(json_t *object, const struct span *span)
{
	json_object_set_new(object, "from", moment_json(&span->from, span->timed));
	if (span->ends && datetime_compare(&span->from, &span->to) != 0)
		json_object_set_new(object, "to", moment_json(&span->to, span->timed));
}

static void put_days(json_t *object, const char *name, const struct date *days, int n)
{
	char iso[DATE_ISO_SIZE];
	if (n == 0) return;
	json_t *array = json_array();
	for (int i = 0; i < n; i++) json_array_append_new(array, json_string(date_iso(days[i], iso)));
	json_object_set_new(object, name, array);
}

json_t *schedule_write(struct arena *a, const struct schedule *s)
{
	char iso[DATE_ISO_SIZE];
	json_t *object = json_keep(a, json_object());
	put_span(object, &s->span);
	if (s->repeats) json_object_set_new(object, "rule", json_string(repeat_format(a, &s->repeat)));
	put_days(object, "except", s->except, s->nexcept);
	put_days(object, "also", s->also, s->nalso);
	if (s->nmoved == 0) return object;
	json_t *moved = json_object();
	for (int i = 0; i < s->nmoved; i++) {
		json_t *one = json_object();
		put_span(one, &s->moved[i].span);
		json_object_set_new(moved, date_iso(s->moved[i].day, iso), one);
	}
	json_object_set_new(object, "moved", moved);
	return object;
}

/* ---- Counted ---- */

static bool has_day(const struct date *days, int n, struct date day)
{
	for (int i = 0; i < n; i++)
		if (date_compare(days[i], day) == 0) return true;
	return false;
}

static const struct schedule_move *move_of(const struct schedule *s, struct date day)
{
	for (int i = 0; i < s->nmoved; i++)
		if (date_compare(s->moved[i].day, day) == 0) return &s->moved[i];
	return NULL;
}

struct gathering {
	struct date from, to;
	struct occurrence *all;
	int n, max;
};

static void gather(struct gathering *g, const struct occurrence *one)
{
	struct date last = date_add_days(one->span.from.date, span_days(&one->span) - 1);
	if (g->n == g->max || date_compare(last, g->from) < 0 || date_compare(one->span.from.date, g->to) > 0) return;
	g->all[g->n++] = *one;
}

static int by_beginning(const void *x, const void *y)
{
	const struct occurrence *a = x, *b = y;
	int order = span_compare(&a->span, &b->span);
	return order ? order : date_compare(a->day, b->day);
}

/* The days of the rule, those more among them, each once; those that were moved come from wherever they were. */
int schedule_occurrences(struct arena *a, const struct schedule *s, struct date from, struct date to, int max,
                         struct occurrence **ret)
{
	struct gathering g = { from, to, arena_array(a, struct occurrence, (size_t)max + 1), 0, max };
	struct date start = s->span.from.date;
	int length = span_days(&s->span);
	if (max == 0) return 0;
	struct date *days = arena_array(a, struct date, (size_t)max + 1);
	int n = 0;
	if (s->repeats) n = repeat_days(&s->repeat, start, date_add_days(from, 1 - length), to, max, days);
	else days[n++] = start;
	for (int i = 0; i < n; i++) {
		struct occurrence one = { days[i], span_on(&s->span, days[i]), false };
		if (!has_day(s->except, s->nexcept, days[i]) && move_of(s, days[i]) == NULL) gather(&g, &one);
	}
	for (int i = 0; i < s->nalso; i++) {
		struct occurrence one = { s->also[i], span_on(&s->span, s->also[i]), false };
		bool again = has_day(days, n, s->also[i]) || has_day(s->except, s->nexcept, s->also[i]);
		if (!again && move_of(s, s->also[i]) == NULL) gather(&g, &one);
	}
	for (int i = 0; i < s->nmoved; i++) {
		struct occurrence one = { s->moved[i].day, s->moved[i].span, true };
		if (!has_day(s->except, s->nexcept, s->moved[i].day)) gather(&g, &one);
	}
	qsort(g.all, (size_t)g.n, sizeof(*g.all), by_beginning);
	*ret = g.all;
	return g.n;
}

static bool is_over(const struct span *span, const struct datetime *now)
{
	int order = date_compare(span->to.date, now->date);
	if (!span->timed || order != 0) return order < 0;
	return datetime_compare(&span->to, now) < 0;
}

bool schedule_next(struct arena *a, const struct schedule *s, const struct datetime *now, struct occurrence *ret)
{
	enum { YEARS = 8, SOME = 60 };
	if (!s->repeats && s->nalso == 0 && s->nmoved == 0) { /* once, however far */
		*ret = (struct occurrence){ s->span.from.date, s->span, false };
		return !is_over(&s->span, now) && s->nexcept == 0;
	}
	for (int year = 0; year < YEARS; year++) {
		struct date from = date_add_days(now->date, year * 366L);
		struct occurrence *all;
		int n = schedule_occurrences(a, s, from, date_add_days(from, 365), SOME, &all);
		for (int i = 0; i < n; i++)
			if (!is_over(&all[i].span, now)) {
				*ret = all[i];
				return true;
			}
	}
	return false;
}

/* ---- Shown ---- */

static void put_except(struct buf *out, struct arena *a, const struct schedule *s, enum lang lang)
{
	for (int i = 0; i < s->nexcept; i++)
		buf_printf(out, "%s%s", i ? ", " : tr(lang, N_(", except on ")),
		           date_format(a, s->except[i], DATE_LONG, lang));
}

const char *schedule_words(struct arena *a, const struct schedule *s, enum lang lang)
{
	struct buf out;
	if (!s->repeats) return span_words(a, &s->span, lang);
	buf_init(&out, a, 0);
	buf_puts(&out, repeat_words(a, &s->repeat, lang));
	const char *hours = span_hours(a, &s->span, lang);
	if (*hours) buf_printf(&out, ", %s", hours);
	int days = span_days(&s->span);
	if (days > 1) buf_printf(&out, tr(lang, N_(", for %d days")), days);
	put_except(&out, a, s, lang);
	return buf_str(&out);
}
