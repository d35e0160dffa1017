/* A date ("2026-11-28", or with a time "2026-11-28T14:30"), and a period {"from": …, "to": …}. Local
 * time of the site. Options: time (true: hours may be given). */
#include "fields/date.h"

#include <string.h>

#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/value.h"

/* ---- What both share ---- */

static bool with_time(const struct field *field)
{
	return field->type == &field_schedule || json_bool(field->definition, "time", false);
}

static bool valid(const struct field *field, const char *iso)
{
	struct date d;
	struct datetime t;
	return date_from_iso(iso, &d) || (with_time(field) && datetime_from_iso(iso, &t));
}

/* Typed text → ISO text; the typed text itself, with a mistake, when it is no date. Both
 * languages put the day first; `lang` is that of the mistake. */
static const char *canonical(const struct field *field, const char *text, enum lang lang, struct issues *issues)
{
	struct date d;
	struct datetime t;
	struct err err;
	char iso[DATETIME_ISO_SIZE];
	if (date_parse(text, lang, &d, NULL, &err) == OK) return arena_strdup(issues->arena, date_iso(d, iso));
	struct err timed;
	if (with_time(field) && datetime_parse(text, lang, &t, NULL, &timed) == OK)
		return arena_strdup(issues->arena, datetime_iso(&t, iso));
	issues_add_err(issues, field->key, &err);
	return text;
}

/* Three small boxes and perhaps an hour, posted as <key><prefix>.day, .month, .year, .time. */
const char *date_boxes_read(const struct field *field, const struct field_post *post, const char *prefix,
                            struct issues *issues)
{
	static const char *const suffixes[] = { ".day", ".month", ".year", ".time" };
	const char *parts[COUNT(suffixes)];
	struct arena *a = issues->arena;
	for (size_t i = 0; i < COUNT(suffixes); i++)
		parts[i] = value_posted(field, post, arena_printf(a, "%s%s", prefix, suffixes[i]), TEXT_LINE, issues);
	if (parts[0] == NULL && parts[1] == NULL && parts[2] == NULL && parts[3] == NULL) {
		const char *whole = value_posted(field, post, prefix, TEXT_LINE, issues);
		return whole ? canonical(field, whole, post->lang, issues) : NULL;
	}
	const char *text = arena_printf(a, "%s/%s/%s%s%s", parts[0] ? parts[0] : "", parts[1] ? parts[1] : "",
	                                parts[2] ? parts[2] : "", parts[3] ? " " : "", parts[3] ? parts[3] : "");
	return canonical(field, text, post->lang, issues);
}

/* The boxes' contents for a kept value: an ISO text, or what was mistyped ("31/11/2026 14 h"). */
struct boxes {
	const char *day, *month, *year, *time;
};

static struct boxes fill_boxes(struct arena *a, enum lang lang, const char *text)
{
	struct boxes boxes = { "", "", "", "" };
	struct datetime t = { 0 };
	bool timed = datetime_from_iso(text, &t);
	if (timed || date_from_iso(text, &t.date)) {
		boxes.day = arena_printf(a, "%d", t.date.day);
		boxes.month = arena_printf(a, "%d", t.date.month);
		boxes.year = arena_printf(a, "%d", t.date.year);
		if (timed) boxes.time = time_format(a, &t, lang);
		return boxes;
	}
	const char **parts[] = { &boxes.day, &boxes.month, &boxes.year };
	for (size_t i = 0; i < COUNT(parts) && *text; i++) {
		size_t len = strcspn(text, "/ ");
		*parts[i] = arena_strndup(a, text, len);
		text += len + (text[len] != '\0');
	}
	boxes.time = text;
	return boxes;
}

void date_boxes_edit(struct buf *out, const struct page *p, const struct field *field, const char *prefix,
                     const char *text)
{
	struct boxes boxes = fill_boxes(p->arena, p->lang, text);
	bool first = *prefix == '\0' || strcmp(prefix, ".from") == 0;
	date_boxes(out, p, field, arena_printf(p->arena, "%s.day", prefix), boxes.day,
	           arena_printf(p->arena, "%s.month", prefix), boxes.month, arena_printf(p->arena, "%s.year", prefix),
	           boxes.year, with_time(field) ? arena_printf(p->arena, "%s.time", prefix) : NULL, boxes.time, first);
}

static const char *words(struct arena *a, enum lang lang, const char *iso)
{
	struct date d;
	struct datetime t;
	if (date_from_iso(iso, &d)) return date_format(a, d, DATE_FULL, lang);
	if (datetime_from_iso(iso, &t)) return datetime_format(a, &t, DATE_FULL, lang);
	return iso;
}

static bool always(const struct field *field)
{
	(void)field;
	return true;
}

/* "2026-12": a month, for conditions. */
static bool is_month(const char *text)
{
	struct date d;
	char day[DATE_ISO_SIZE];
	return strlen(text) == 7 && snprintf(day, sizeof(day), "%s-01", text) > 0 && date_from_iso(day, &d);
}

const char *date_key(const struct field *field, const char *text, struct arena *a)
{
	struct issues ignored;
	if (is_month(text)) return text;
	issues_init(&ignored, a);
	return canonical(field, text, LANG_FR, &ignored);
}

/* A month lasts till its last day, a day till its last hour; a time is itself. */
const char *date_key_end(const char *key, struct arena *a)
{
	struct date d;
	if (is_month(key)) return arena_printf(a, "%s-32", key);
	return date_from_iso(key, &d) ? arena_printf(a, "%sT24", key) : key;
}

const char *date_key_label(const struct field *field, const char *key, const struct page *p)
{
	(void)field;
	return words(p->arena, p->lang, key);
}

/* ---- Date ---- */

static json_t *date_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return value_string(issues, date_boxes_read(field, post, "", issues));
}

static json_t *date_import(const struct field *field, const char *text, struct issues *issues)
{
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	return clean ? value_string(issues, canonical(field, clean, LANG_FR, issues)) : NULL;
}

static void date_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!valid(field, value_str(value)))
		issues_add(issues, field->key, N_("“%s” is not a date. Example: 28/11/2026"), value_str(value));
}

static void date_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	time_element(out, p, value_str(value), words(p->arena, p->lang, value_str(value)));
}

static void date_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	date_boxes_edit(out, p, field, "", value_str(value));
}

static void date_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)field;
	struct arena a;
	arena_init(&a);
	buf_puts(out, words(&a, lang, value_str(value)));
	arena_release(&a);
}

static void date_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	(void)a;
	sink->key(sink, value_str(value));
}

static const struct type_option date_options[] = {
	{ "time", OPTION_FLAG, N_("With the time of day"), NULL, 0, 0, false },
	{ 0 },
};

const struct field_type field_date = {
	.name = "date",
	.means = EXPRESSION_DATE,
	.label = N_("A date"),
	.description = N_("A day, perhaps with a time"),
	.icon = "calendar",
	.options = date_options,
	.read = date_read,
	.import = date_import,
	.check = date_check,
	.show = date_show,
	.edit = date_edit,
	.grouped = always,
	.text = date_text,
	.export = value_text_string,
	.cell = CELL_DATE,
	.index = date_index,
	.key = date_key,
	.key_end = date_key_end,
	.key_label = date_key_label,
};

/* ---- Period ---- */

static json_t *make_period(struct issues *issues, const char *from, const char *to)
{
	if (from == NULL && to == NULL) return NULL;
	json_t *period = json_keep(issues->arena, json_object());
	if (from) json_object_set_new(period, "from", json_string(from));
	if (to) json_object_set_new(period, "to", json_string(to));
	return period;
}

static json_t *period_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	const char *from = date_boxes_read(field, post, ".from", issues);
	return make_period(issues, from, date_boxes_read(field, post, ".to", issues));
}

/* "2013-01-01/2013-12-31" (ISO 8601 interval), either side may be missing; or one date. */
static json_t *period_import(const struct field *field, const char *text, struct issues *issues)
{
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	if (clean == NULL) return NULL;
	const char *slash = strchr(clean, '/');
	bool interval = slash && strchr(slash + 1, '/') == NULL;
	if (!interval) return make_period(issues, canonical(field, clean, LANG_FR, issues), NULL);
	const char *from = arena_strndup(issues->arena, clean, (size_t)(slash - clean));
	return make_period(issues, *from ? canonical(field, from, LANG_FR, issues) : NULL,
	                   slash[1] ? canonical(field, slash + 1, LANG_FR, issues) : NULL);
}

static void period_check(const struct field *field, const json_t *value, struct issues *issues)
{
	const char *from = json_str(value, "from"), *to = json_str(value, "to");
	if ((from == NULL && to == NULL) || (from && !valid(field, from)) || (to && !valid(field, to)) ||
	    json_object_size(value) > (size_t)(from != NULL) + (to != NULL))
		issues_add(issues, field->key, N_("A period has a first day, a last day, or both."));
	else if (from && to &&
	         strncmp(from, to, MIN(strlen(from), strlen(to))) > 0) /* a day without hour lasts till night */
		issues_add(issues, field->key, N_("The period ends before it begins: check both dates."));
}

static const char *period_words(struct arena *a, enum lang lang, const json_t *value)
{
	const char *from = json_str(value, "from"), *to = json_str(value, "to");
	struct date first, last;
	struct datetime start, end;
	if (from && to && date_from_iso(from, &first) && date_from_iso(to, &last))
		return date_span_format(a, first, last, lang);
	if (from && to && datetime_from_iso(from, &start) && datetime_from_iso(to, &end))
		return datetime_span_format(a, &start, &end, lang);
	if (from && to) return arena_printf(a, "%s – %s", words(a, lang, from), words(a, lang, to));
	return from ? arena_printf(a, "%s %s", tr(lang, N_("from")), words(a, lang, from))
	            : arena_printf(a, "%s %s", tr(lang, N_("until")), words(a, lang, to ? to : ""));
}

static void period_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	html_text_str(out, period_words(p->arena, p->lang, value));
}

static void period_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	period_label(out, p, _("From"));
	date_boxes_edit(out, p, field, ".from", json_str_or(value, "from", ""));
	period_label(out, p, _("To (may be left empty)"));
	date_boxes_edit(out, p, field, ".to", json_str_or(value, "to", ""));
}

static void period_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)field;
	struct arena a;
	arena_init(&a);
	buf_puts(out, period_words(&a, lang, value));
	arena_release(&a);
}

/* An interval of ISO 8601; the first day alone stands without a slash. */
static void period_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	const char *to = json_str(value, "to");
	buf_puts(out, json_str_or(value, "from", ""));
	if (to) buf_printf(out, "/%s", to);
}

/* Found and sorted by its first day; by its last one when it has no other. */
static void period_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	(void)a;
	sink->key(sink, json_str_or(value, "from", json_str_or(value, "to", "")));
}

const struct field_type field_period = {
	.name = "period",
	.label = N_("A period"),
	.description = N_("From one day to another"),
	.icon = "calendar-days",
	.options = date_options,
	.read = period_read,
	.import = period_import,
	.check = period_check,
	.show = period_show,
	.edit = period_edit,
	.grouped = always,
	.text = period_text,
	.export = period_export,
	.index = period_index,
	.key = date_key,
	.key_end = date_key_end,
	.key_label = date_key_label,
};
