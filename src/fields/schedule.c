/* When something takes place, once or again and again: base/schedule.h says how it is kept. In files: the first time
 * as an interval of ISO 8601, then parts behind bars: the rule (RFC 5545, or a sentence), "except", "also" and "moved"
 * with their days. */
#include "fields/schedule.h"

#include <string.h>

#include "base/clock.h"
#include "core/horizon.h"
#include "core/index_key.h"
#include "fields/date.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/schedule.html.h"
#include "fields/value.h"
#include "page/when.h"

enum { NEXT_DATES = 6, EXPORT_TEXT = 20000 };

/* ---- Read ---- */

/* Kept as typed, for the form to show again: as schedule_typed_of says it. */
static json_t *as_typed(const struct schedule_typed *t, struct issues *issues)
{
	json_t *typed = json_keep(issues->arena, json_object());
	const struct {
		const char *name, *text;
	} parts[] = { { "from", t->from },   { "to", t->to },         { "repeat", t->repeat }, { "words", t->words },
		      { "until", t->until }, { "except", t->except }, { "also", t->also },     { "moved", t->moved } };
	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i].text) json_object_set_new(typed, parts[i].name, json_string(parts[i].text));
	json_object_set_new(typed, "typed", json_true());
	return typed;
}

static json_t *schedule_read_post(const struct field *field, const struct field_post *post, struct issues *issues)
{
	struct schedule_typed typed;
	struct schedule schedule;
	int before = issues->count;
	if (!schedule_typed_read(field, post, issues, &typed)) return NULL;
	if (issues->count > before) return as_typed(&typed, issues);
	if (!schedule_typed_parse(field, &typed, post->lang, issues, &schedule)) return as_typed(&typed, issues);
	return schedule_write(issues->arena, &schedule);
}

/* ---- Files ---- */

static bool begins(const char *text, const char *word)
{
	return strncmp(text, word, strlen(word)) == 0;
}

/* "2027-03-09=2027-03-10T18:30/2027-03-10T20:00" as moved[day]. */
static bool import_moves(struct arena *a, const char *text, json_t *value)
{
	json_t *moved = json_keep(a, json_object());
	while (*text) {
		size_t len = strcspn(text, ",");
		char *one = arena_strdup(a, text_trim(a, arena_strndup(a, text, len)));
		char *equals = strchr(one, '='), *slash = strchr(one, '/');
		if (equals == NULL || slash == NULL || slash < equals) return false;
		*equals = *slash = '\0';
		json_t *span = json_pack("{s:s}", "from", equals + 1);
		if (slash[1]) json_object_set_new(span, "to", json_string(slash + 1));
		json_object_set_new(moved, one, span);
		text += len + (text[len] != '\0');
	}
	json_object_set(value, "moved", moved);
	return true;
}

static bool import_days(struct arena *a, const char *text, const char *name, json_t *value)
{
	json_t *days = json_keep(a, json_array());
	while (*text) {
		size_t len = strcspn(text, ",");
		struct date d;
		struct err ignored;
		char iso[DATE_ISO_SIZE];
		const char *one = text_trim(a, arena_strndup(a, text, len));
		if (date_parse(one, LANG_FR, &d, NULL, &ignored) != OK) return false;
		json_array_append_new(days, json_string(date_iso(d, iso)));
		text += len + (text[len] != '\0');
	}
	json_object_set(value, name, days);
	return true;
}

/* The first part: "2026-12-08T18:30/2026-12-08T20:00", or "8/12/2026 18 h 30". */
static bool import_span(const struct field *field, const char *text, struct issues *issues, json_t *value)
{
	struct arena *a = issues->arena;
	const json_t *period = field_period.import(field, text, issues);
	struct span span;
	const char *from = json_str(period, "from"), *to = json_str(period, "to");
	(void)a;
	if (from == NULL || !span_read(from, to, &span)) return false;
	json_object_set_new(value, "from", json_string(from));
	if (to) json_object_set_new(value, "to", json_string(to));
	return true;
}

/* A sentence begins on the first day that fits it. */
static bool import_rule(const char *text, struct issues *issues, json_t *value)
{
	struct arena *a = issues->arena;
	struct repeat_except except = { arena_array(a, struct date, SCHEDULE_DAYS), 0, SCHEDULE_DAYS };
	struct schedule s;
	struct date first;
	struct err err;
	if (!schedule_read(a, value, &s)) return false;
	if (repeat_read(a, text, s.span.from.date, &s.repeat, &except, &err) != OK) {
		issues_add_err(issues, "", &err);
		return false;
	}
	s.repeats = true;
	s.except = except.days;
	s.nexcept = except.n;
	bool sentence = strncmp(text, "FREQ=", 5) != 0;
	if (sentence && repeat_first(&s.repeat, s.span.from.date, &first)) s.span = span_on(&s.span, first);
	json_object_update(value, schedule_write(a, &s));
	return true;
}

static bool import_part(const struct field *field, const char *part, int i, struct issues *issues, json_t *value)
{
	struct arena *a = issues->arena;
	if (i == 0) return import_span(field, part, issues, value);
	if (begins(part, "except ")) return import_days(a, part + 7, "except", value);
	if (begins(part, "also ")) return import_days(a, part + 5, "also", value);
	if (begins(part, "moved ")) return import_moves(a, part + 6, value);
	return import_rule(part, issues, value);
}

static json_t *schedule_import(const struct field *field, const char *text, struct issues *issues)
{
	struct issues own;
	issues_init(&own, issues->arena);
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	if (clean == NULL) return NULL;
	json_t *value = json_keep(issues->arena, json_object());
	struct schedule schedule;
	bool good = strlen(clean) <= EXPORT_TEXT;
	const char *s = clean;
	for (int i = 0; good && *s; i++) {
		size_t len = strcspn(s, "|");
		good = import_part(field, text_trim(issues->arena, arena_strndup(issues->arena, s, len)), i, &own,
		                   value);
		s += len + (s[len] != '\0');
	}
	if (good && own.count == 0 && schedule_read(issues->arena, value, &schedule))
		return schedule_write(issues->arena, &schedule);
	if (own.first) issues_add_err(issues, field->key, &own.first->err);
	else
		issues_add(issues, field->key,
		           N_("“%s” does not say when. Example: 8/12/2026 6:30 pm | every 2nd Tuesday of the month"),
		           clean);
	return value_string(issues, clean);
}

static void put_days(struct buf *out, const char *name, const struct date *days, int n)
{
	char iso[DATE_ISO_SIZE];
	for (int i = 0; i < n; i++) buf_printf(out, "%s%s", i ? "," : name, date_iso(days[i], iso));
}

static void put_interval(struct buf *out, const json_t *span)
{
	const char *to = json_str(span, "to");
	buf_puts(out, json_str_or(span, "from", ""));
	if (to) buf_printf(out, "/%s", to);
}

static void schedule_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	struct arena a;
	struct schedule s;
	const char *day, *between = " | moved ";
	json_t *moved;
	arena_init(&a);
	put_interval(out, value);
	if (schedule_read(&a, value, &s)) {
		if (s.repeats) buf_printf(out, " | %s", repeat_format(&a, &s.repeat));
		put_days(out, " | except ", s.except, s.nexcept);
		put_days(out, " | also ", s.also, s.nalso);
		json_object_foreach (json_object_get(value, "moved"), day, moved) {
			buf_printf(out, "%s%s=%s/%s", between, day, json_str_or(moved, "from", ""),
			           json_str_or(moved, "to", ""));
			between = ",";
		}
	}
	arena_release(&a);
}

static void schedule_check(const struct field *field, const json_t *value, struct issues *issues)
{
	struct schedule s;
	static const char *const names[] = { "from", "to", "rule", "except", "also", "moved" };
	size_t known = 0;
	for (size_t i = 0; i < COUNT(names); i++) known += json_object_get(value, names[i]) != NULL;
	if (!json_is_object(value) || json_object_size(value) > known || json_str(value, "from") == NULL ||
	    (json_object_get(value, "to") && json_str(value, "to") == NULL) ||
	    (json_object_get(value, "rule") && json_str(value, "rule") == NULL) ||
	    !schedule_read(issues->arena, value, &s))
		issues_add(
		        issues, field->key,
		        N_("It does not say when: a beginning, perhaps an end after it, perhaps how it comes back."));
}

/* ---- Shown ---- */

/* An hour ago is over; what is said of the next date holds till its end, or till tomorrow. */
static int next_dates(const struct page *p, const struct schedule *s, int max, struct occurrence **ret)
{
	struct datetime now = page_local(p), midnight = { .date = date_add_days(now.date, 1) };
	struct occurrence first, *all;
	int n = 0;
	page_until(p, &midnight);
	*ret = NULL;
	if (!schedule_next(p->arena, s, &now, &first)) return 0;
	if (first.span.timed && datetime_compare(&first.span.to, &midnight) < 0) page_until(p, &first.span.to);
	int found = schedule_occurrences(p->arena, s, now.date, date_add_days(first.span.from.date, 800), max + 4,
	                                 &all);
	struct occurrence *kept = arena_array(p->arena, struct occurrence, (size_t)max);
	for (int i = 0; i < found && n < max; i++)
		if (n > 0 || span_compare(&all[i].span, &first.span) >= 0) kept[n++] = all[i];
	*ret = kept;
	return n;
}

static const char *iso_of(struct arena *a, const struct span *span)
{
	char iso[DATETIME_ISO_SIZE];
	return arena_strdup(a, span->timed ? datetime_iso(&span->from, iso) : date_iso(span->from.date, iso));
}

static bool comes_back(const struct schedule *s)
{
	return s->repeats || s->nalso > 0 || s->nmoved > 0;
}

static void schedule_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	struct schedule s;
	struct schedule_lines lines = { .words = "" };
	struct occurrence *next = NULL;
	if (!schedule_read(p->arena, value, &s)) return;
	lines.words = schedule_words(p->arena, &s, p->lang);
	if (comes_back(&s)) lines.n = next_dates(p, &s, NEXT_DATES, &next);
	for (int i = 0; i < lines.n; i++)
		lines.lines[i] = (struct schedule_next_line){ iso_of(p->arena, &next[i].span),
			                                      span_words(p->arena, &next[i].span, p->lang),
			                                      next[i].moved ? tr(p->lang, N_("moved")) : NULL };
	schedule_shown(out, p, &lines);
}

static void schedule_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	struct schedule s;
	struct occurrence *next = NULL;
	if (!schedule_read(p->arena, value, &s)) return;
	if (!comes_back(&s) || next_dates(p, &s, 1, &next) == 0) {
		time_element(out, p, iso_of(p->arena, &s.span), schedule_words(p->arena, &s, p->lang));
		return;
	}
	schedule_line(out, p, iso_of(p->arena, &next[0].span), span_words(p->arena, &next[0].span, p->lang),
	              s.repeats ? repeat_words(p->arena, &s.repeat, p->lang) : NULL);
}

static void schedule_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)field;
	struct arena a;
	struct schedule s;
	arena_init(&a);
	if (schedule_read(&a, value, &s)) {
		buf_puts(out, schedule_words(&a, &s, lang));
		if (s.repeats) buf_printf(out, "%s%s", tr(lang, N_("; first on ")), span_words(&a, &s.span, lang));
		for (int i = 0; i < s.nalso; i++)
			buf_printf(out, "%s%s", i ? ", " : tr(lang, N_("; also on ")),
			           date_format(&a, s.also[i], DATE_LONG, lang));
		for (int i = 0; i < s.nmoved; i++) {
			buf_puts(out, "\n");
			buf_printf(out, tr(lang, N_("%s is moved to %s")),
			           date_format(&a, s.moved[i].day, DATE_LONG, lang),
			           span_words(&a, &s.moved[i].span, lang));
		}
	}
	arena_release(&a);
}

/* ---- Edited ---- */

static const char *kept(const json_t *value, const char *name)
{
	return json_str_or(value, name, "");
}

static struct schedule_typed fill(const struct page *p, const json_t *value)
{
	struct schedule s;
	if (json_is_object(value) && !json_is_true(json_object_get(value, "typed")) &&
	    schedule_read(p->arena, value, &s))
		return schedule_typed_of(p->arena, &s, p->lang);
	return (struct schedule_typed){ json_is_string(value) ? value_str(value) : kept(value, "from"),
		                        kept(value, "to"),
		                        json_str_or(value, "repeat", "none"),
		                        kept(value, "words"),
		                        kept(value, "until"),
		                        kept(value, "except"),
		                        kept(value, "also"),
		                        kept(value, "moved") };
}

bool schedule_open(const struct page *p, const struct field *field, const struct schedule_typed *typed)
{
	return field_invalid(p, field) || strcmp(typed->repeat, "none") != 0 || *typed->also || *typed->moved;
}

static void schedule_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	struct schedule_typed typed = fill(p, value);
	period_label(out, p, tr(p->lang, N_("Begins (the first time)")));
	date_boxes_edit(out, p, field, ".from", typed.from);
	period_label(out, p, tr(p->lang, N_("Ends (an hour alone: the same day; may be left empty)")));
	date_boxes_edit(out, p, field, ".to", typed.to);
	schedule_inputs(out, p, field, &typed);
}

static bool schedule_grouped(const struct field *field)
{
	(void)field;
	return true;
}

/* ---- Found: by each day that it touches within the horizon, the first one with its hour ---- */

static void add_keys(struct arena *a, const struct span *span, struct index_sink *sink)
{
	char iso[DATE_ISO_SIZE];
	int days = span_days(span);
	sink->key(sink, iso_of(a, span));
	for (int i = 1; i < days; i++) sink->key(sink, date_iso(date_add_days(span->from.date, i), iso));
}

static void schedule_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	struct schedule s;
	struct date from, to;
	struct occurrence *all;
	if (!schedule_read(a, value, &s)) return;
	horizon_days(sink->zone, &from, &to);
	int n = comes_back(&s) ? schedule_occurrences(a, &s, from, to, INDEX_KEYS_MAX, &all) : 0;
	for (int i = 0; i < n; i++) add_keys(a, &all[i].span, sink);
	if (n == 0) add_keys(a, &s.span, sink);
}

static bool schedule_spreads(const json_t *value)
{
	return json_object_get(value, "rule") || json_object_get(value, "also") || json_object_get(value, "moved");
}

const struct field_type field_schedule = {
	.name = "schedule",
	.label = N_("When it takes place"),
	.description = N_("A day or an hour, once or again and again: for agendas"),
	.icon = "calendar-clock",
	.read = schedule_read_post,
	.import = schedule_import,
	.check = schedule_check,
	.show = schedule_show,
	.brief = schedule_brief,
	.edit = schedule_edit,
	.grouped = schedule_grouped,
	.text = schedule_text,
	.export = schedule_export,
	.index = schedule_index,
	.key = date_key,
	.key_end = date_key_end,
	.key_label = date_key_label,
	.spreads = schedule_spreads,
};
