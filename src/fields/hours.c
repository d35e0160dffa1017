/* Opening hours: a text in OpenStreetMap's words (base/hours.h), as hours_format writes it: first the usual
 * week, day by day, which the form asks for; then the other rules. */
#include "fields/hours.h"

#include <string.h>

#include "base/hours.h"
#include "core/moment.h"
#include "fields/fields.h"
#include "fields/hours.html.h"
#include "fields/value.h"
#include "page/when.h"

const char *hours_day_name(enum lang lang, int day)
{
	return day == HOURS_HOLIDAY ? tr(lang, N_("public holidays")) : date_weekday_name(day, lang);
}

const char *hours_id(const struct page *p, const struct field *field, int day)
{
	return day == 1 ? field_id(p, field, "") : arena_printf(p->arena, "f-%s-%d", field->key, day);
}

const char *hours_name(const struct page *p, const struct field *field, int day)
{
	return arena_printf(p->arena, "%s.%d", field->key, day);
}

const char *hours_described(const struct page *p, const struct field *field)
{
	const char *described = field_described(p, field), *own = field_id(p, field, "-form");
	return described ? arena_printf(p->arena, "%s %s", described, own) : own;
}

/* ---- Read ---- */

/* The usual week, then the rest as it is. */
static enum code settle(struct hours *hours, struct err *err)
{
	struct hours settled = { .n = 0 };
	const struct hours_rule *week[HOURS_DAYS];
	int rest = hours->n && hours->rules[0].nseasons == 0 ? hours_week(hours, 0, week) : 0;
	if (rest) TRY(hours_add_week(&settled, week, err));
	for (; rest < hours->n; rest++) {
		if (settled.n == HOURS_RULES) FAIL(err, E_LIMIT, N_("At most %d rules of opening hours."), HOURS_RULES);
		settled.rules[settled.n++] = hours->rules[rest];
	}
	*hours = settled;
	return OK;
}

static json_t *hours_import(const struct field *field, const char *text, struct issues *issues)
{
	struct hours *hours = arena_new(issues->arena, struct hours);
	struct err err;
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	if (clean == NULL) return NULL;
	if (hours_parse(issues->arena, clean, hours, &err) == OK && settle(hours, &err) == OK)
		return value_string(issues, hours_format(issues->arena, hours));
	issues_add_err(issues, field->key, &err);
	return value_string(issues, clean);
}

/* What each box holds; false when all are empty. */
static bool read_boxes(const struct field *field, const struct field_post *post, struct issues *issues,
                       struct hours_boxes *ret)
{
	bool any = false;
	for (int day = 1; day <= HOURS_HOLIDAY; day++) {
		ret->days[day] = value_posted(field, post, arena_printf(issues->arena, ".%d", day), TEXT_LINE, issues);
		any |= ret->days[day] != NULL;
	}
	ret->more = value_posted(field, post, ".more", TEXT_LINE, issues);
	return any || ret->more;
}

/* Kept as typed, for the form to show again: {"1": "9h-", "more": "…"}. */
static json_t *as_typed(const struct hours_boxes *boxes, struct issues *issues)
{
	json_t *typed = json_keep(issues->arena, json_object());
	for (int day = 1; day <= HOURS_HOLIDAY; day++)
		if (boxes->days[day])
			json_object_set_new(typed, arena_printf(issues->arena, "%d", day),
			                    json_string(boxes->days[day]));
	if (boxes->more) json_object_set_new(typed, "more", json_string(boxes->more));
	return typed;
}

static void read_more(const struct field *field, const char *text, struct hours *hours, struct issues *issues)
{
	struct hours *more = arena_new(issues->arena, struct hours);
	struct err err;
	if (hours_parse(issues->arena, text, more, &err) != OK) {
		issues_add_err(issues, field->key, &err);
		return;
	}
	for (int i = 0; i < more->n && hours->n < HOURS_RULES; i++) hours->rules[hours->n++] = more->rules[i];
}

static json_t *hours_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	struct hours_boxes boxes;
	struct hours_rule rules[HOURS_DAYS];
	const struct hours_rule *week[HOURS_DAYS] = { NULL };
	struct hours *hours = arena_new(issues->arena, struct hours);
	struct err err;
	int before = issues->count;
	if (!read_boxes(field, post, issues, &boxes))
		return hours_import(field, post->get(post->context, field->key, 0), issues);
	for (int day = 1; day <= HOURS_HOLIDAY; day++) {
		if (boxes.days[day] == NULL) continue;
		rules[day] = (struct hours_rule){ .nspans = 0 };
		week[day] = &rules[day];
		if (!hours_day_parse(issues->arena, boxes.days[day], &rules[day]))
			issues_add(issues, field->key,
			           N_("%s: “%s” cannot be read. Example: 9 am – 12 pm, 2 pm – 6 pm"),
			           hours_day_name(post->lang, day), boxes.days[day]);
	}
	if (hours_add_week(hours, week, &err) != OK) issues_add_err(issues, field->key, &err);
	if (boxes.more) read_more(field, boxes.more, hours, issues);
	if (issues->count > before) return as_typed(&boxes, issues);
	return value_string(issues, hours_format(issues->arena, hours));
}

static void hours_check(const struct field *field, const json_t *value, struct issues *issues)
{
	struct hours *hours = arena_new(issues->arena, struct hours);
	struct err err;
	if (!value_check_string(field, value, HOURS_TEXT, issues)) return;
	if (hours_parse(issues->arena, value_str(value), hours, &err) != OK) issues_add_err(issues, field->key, &err);
}

/* ---- Shown ---- */

/* An empty one for what is no opening hours. */
static const struct hours *hours_of(struct arena *a, const json_t *value)
{
	struct hours *hours = arena_new(a, struct hours);
	return hours_parse(a, value_str(value), hours, NULL) == OK ? hours : arena_new(a, struct hours);
}

static const char *days_words(struct arena *a, enum lang lang, int first, int last)
{
	if (first == last) return hours_day_name(lang, first);
	if (first == 1 && last == 7) return tr(lang, N_("every day"));
	return arena_printf(a, tr(lang, N_("%s to %s")), date_weekday_name(first, lang), date_weekday_name(last, lang));
}

static bool same(const struct hours_rule *x, const struct hours_rule *y)
{
	return x == y || (x && y && hours_same_day(x, y));
}

/* All year, a day that is not said is closed; in a season, it is as all year; a holiday is as its day. */
static struct hours_table make_table(struct arena *a, enum lang lang, const struct hours_rule *const *week,
                                     const struct hours_rule *first)
{
	struct hours_table table = { hours_seasons_format(a, first, lang),
		                     arena_array(a, struct hours_line, HOURS_DAYS), 0 };
	for (int day = 1, last; day <= HOURS_HOLIDAY; day = last + 1) {
		for (last = day; last < 7 && day < 7 && same(week[day], week[last + 1]);) last++;
		if (week[day] == NULL && (first->nseasons || day == HOURS_HOLIDAY)) continue;
		table.lines[table.n++] = (struct hours_line){ days_words(a, lang, day, last),
			                                      week[day] ? hours_day_format(a, week[day], lang)
			                                                : tr(lang, N_("closed")) };
	}
	return table;
}

static int make_tables(struct arena *a, enum lang lang, const struct hours *hours, struct hours_table **ret)
{
	const struct hours_rule *week[HOURS_DAYS];
	int n = 0;
	*ret = arena_array(a, struct hours_table, HOURS_RULES);
	for (int i = 0; i < hours->n;) {
		const struct hours_rule *first = &hours->rules[i];
		i = hours_week(hours, i, week);
		(*ret)[n++] = make_table(a, lang, week, first);
	}
	return n;
}

/* "18 h", "demain, 9 h". */
static const char *moment(const struct page *p, const struct datetime *at, struct date today)
{
	const char *time = time_format(p->arena, at, p->lang);
	if (date_compare(at->date, today) == 0) return time;
	return arena_printf(p->arena, "%s, %s", date_relative(p->arena, at->date, today, p->lang), time);
}

/* "Ouvert maintenant, jusqu’à 18 h"; NULL when no hour is said at all. True until it changes, and no longer than
 * "tomorrow" is. */
static const char *now_words(const struct page *p, const struct hours *hours, bool *open)
{
	struct datetime now = page_local(p), change, midnight = { .date = date_add_days(now.date, 1) };
	bool changes = hours_next_change(hours, &now, &change);
	*open = hours_open(hours, &now);
	page_until(p, changes && datetime_compare(&change, &midnight) < 0 ? &change : &midnight);
	const char *when = changes ? moment(p, &change, now.date) : NULL;
	if (*open) return when ? page_printf(p, _("Open now, until %s"), when) : _("Open now");
	return when ? page_printf(p, _("Closed now, next opening: %s"), when) : NULL;
}

static void hours_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	const struct hours *hours = hours_of(p->arena, value);
	struct hours_table *tables;
	bool open;
	int n = make_tables(p->arena, p->lang, hours, &tables);
	const char *now = now_words(p, hours, &open);
	hours_shown(out, p, tables, n, now, open);
}

static void put_tables(struct buf *out, struct arena *a, enum lang lang, const json_t *value, const char *separator)
{
	struct hours_table *tables;
	const char *between = "";
	int n = make_tables(a, lang, hours_of(a, value), &tables);
	for (int i = 0; i < n; i++)
		for (int j = 0; j < tables[i].n; j++) {
			const struct hours_line *line = &tables[i].lines[j];
			buf_printf(out, "%s%s%s%s%s%s", between, tables[i].season, *tables[i].season ? ", " : "",
			           line->days, tr(lang, N_(": ")), line->times);
			between = separator;
		}
}

static void hours_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	struct buf lines;
	bool open;
	buf_init(&lines, p->arena, 0);
	put_tables(&lines, p->arena, p->lang, value, " · ");
	const char *now = now_words(p, hours_of(p->arena, value), &open);
	hours_line(out, p, now, open, buf_str(&lines));
}

static void hours_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)field;
	struct arena a;
	arena_init(&a);
	put_tables(out, &a, lang, value, "\n");
	arena_release(&a);
}

/* ---- Edited ---- */

/* What stands in the boxes for a value, or for what read kept of a mistake. */
static struct hours_boxes fill_boxes(const struct page *p, const json_t *value)
{
	struct hours_boxes boxes = { .more = json_str_or(value, "more", "") };
	struct hours *hours = arena_new(p->arena, struct hours), *rest = arena_new(p->arena, struct hours);
	const struct hours_rule *week[HOURS_DAYS] = { NULL };
	for (int day = 0; day < HOURS_DAYS; day++)
		boxes.days[day] = json_str_or(value, arena_printf(p->arena, "%d", day), "");
	if (!json_is_string(value)) return boxes;
	boxes.more = value_str(value);
	if (hours_parse(p->arena, value_str(value), hours, NULL) != OK) return boxes;
	int next = hours->rules[0].nseasons == 0 ? hours_week(hours, 0, week) : 0;
	for (int day = 1; day <= HOURS_HOLIDAY; day++)
		if (week[day]) boxes.days[day] = hours_day_format(p->arena, week[day], p->lang);
	while (next < hours->n) rest->rules[rest->n++] = hours->rules[next++];
	boxes.more = hours_format(p->arena, rest);
	return boxes;
}

static void hours_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	struct hours_boxes boxes = fill_boxes(p, value);
	hours_inputs(out, p, field, &boxes);
}

static bool hours_grouped(const struct field *field)
{
	(void)field;
	return true;
}

/* ---- Found: by the days it opens, in whatever season; by what is open now ---- */

static const char *const day_keys[HOURS_DAYS] = { "", "1", "2", "3", "4", "5", "6", "7", "8" };

static void hours_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	const struct hours *hours = hours_of(a, value);
	const struct hours_rule *week[HOURS_DAYS];
	for (int i = 0; i < hours->n;) {
		i = hours_week(hours, i, week);
		for (int day = 1; day <= HOURS_HOLIDAY; day++)
			if (week[day] && !week[day]->off) sink->key(sink, day_keys[day]);
	}
	struct hours_time *times;
	int n = hours_times(a, hours, &times);
	for (int i = 0; i < n; i++) sink->time(sink, &times[i]);
	for (int i = 0; i < hours->n; i++)
		if (hours->rules[i].comment) sink->words(sink, hours->rules[i].comment);
}

/* "samedi", "Sat", "6" → "6"; "now", "maintenant" → "now". */
static const char *hours_key(const struct field *field, const char *text, struct arena *a)
{
	static const char *const now[] = { KEY_NOW, "maintenant", "ouvert maintenant", "open now" };
	(void)field;
	const char *folded = text_fold(a, text);
	for (size_t i = 0; i < COUNT(now); i++)
		if (strcmp(folded, now[i]) == 0) return KEY_NOW;
	for (int day = 1; day <= HOURS_HOLIDAY; day++) {
		if (strcmp(folded, day_keys[day]) == 0) return day_keys[day];
		for (int lang = 0; lang < LANG_COUNT; lang++)
			if (strcmp(text_fold(a, hours_day_name((enum lang)lang, day)), folded) == 0)
				return day_keys[day];
	}
	return text;
}

static const char *hours_key_label(const struct field *field, const char *key, const struct page *p)
{
	if (strcmp(key, KEY_NOW) == 0) return tr(p->lang, field->type->now);
	for (int day = 1; day <= HOURS_HOLIDAY; day++)
		if (strcmp(key, day_keys[day]) == 0) return hours_day_name(p->lang, day);
	return key;
}

const struct field_type field_hours = {
	.name = "hours",
	.label = N_("Opening hours"),
	.description = N_("Opening hours, day by day"),
	.icon = "clock",
	.read = hours_read,
	.import = hours_import,
	.check = hours_check,
	.show = hours_show,
	.brief = hours_brief,
	.edit = hours_edit,
	.grouped = hours_grouped,
	.text = hours_text,
	.export = value_text_string,
	.index = hours_index,
	.key = hours_key,
	.key_label = hours_key_label,
	.now = N_("Open now"),
	.facet = true,
};
