/* Dates proposed to several people, of which one is chosen (core/date_poll.h says what the value is). */
#include "fields/dates.h"

#include <string.h>

#include "fields/dates.html.h"
#include "fields/fields.h"
#include "fields/value.h"

enum { EMPTY_ROWS = 4 };

const char *dates_row_id(const struct page *p, const struct field *field, const char *box, int row)
{
	return row || *box ? arena_printf(p->arena, "f-%s%s-%d", field->key, box, row + 1) : field_id(p, field, "");
}

/* ---- Read ---- */

static json_t *slot_json(const char *at, int places)
{
	json_t *slot = json_pack("{s:s}", "at", at);
	if (places > 0) json_object_set_new(slot, "places", json_integer(places));
	return slot;
}

static const char *at_of(const json_t *slots, size_t i)
{
	return json_str_or(json_array_get(slots, i), "at", "");
}

/* In the order of their time, each once. */
static void insert_slot(json_t *slots, const char *at, int places)
{
	size_t i = 0, n = json_array_size(slots);
	while (i < n && strcmp(at_of(slots, i), at) < 0) i++;
	if (i < n && strcmp(at_of(slots, i), at) == 0) return;
	json_array_insert_new(slots, i, slot_json(at, places));
}

static bool read_places(const char *typed, int *ret)
{
	char *end;
	long n = strtol(typed, &end, 10);
	*ret = (int)n;
	return *end == '\0' && n >= 0 && n <= SLOT_PLACES_MAX;
}

/* One line of the form; a blank one is nothing. */
static void read_row(const struct field *field, const struct dates_row *row, enum lang lang, int number, json_t *slots,
                     struct issues *issues)
{
	struct datetime from = { 0 }, to = { 0 };
	struct err err;
	int places = 0, before = issues->count;
	if (!*row->day && !*row->from && !*row->to && !*row->places) return;
	if (!*row->day) issues_add(issues, field->key, N_("Line %d: say which day."), number);
	else if (date_parse(row->day, lang, &from.date, NULL, &err) != OK)
		issues_add(issues, field->key, N_("Line %d: “%s” is not a date. Example: 28/11/2026"), number,
		           row->day);
	if (*row->from && time_parse(row->from, &from, NULL, &err) != OK)
		issues_add(issues, field->key, N_("Line %d: “%s” is not an hour. Example: 18:30"), number, row->from);
	if (*row->to && time_parse(row->to, &to, NULL, &err) != OK)
		issues_add(issues, field->key, N_("Line %d: “%s” is not an hour. Example: 18:30"), number, row->to);
	if (*row->to && !*row->from) issues_add(issues, field->key, N_("Line %d: say when it begins, too."), number);
	if (!read_places(row->places, &places))
		issues_add(issues, field->key, N_("Line %d: places are a number up to %d, or nothing."), number,
		           SLOT_PLACES_MAX);
	if (issues->count > before) return;
	from.second = to.second = 0;
	insert_slot(slots, slot_text(issues->arena, &from, *row->from, *row->to ? &to : NULL), places);
}

static const char *box(const struct field *field, const struct field_post *post, const char *name, int i,
                       struct issues *issues)
{
	const char *text = post->get(post->context, arena_printf(issues->arena, "%s.%s", field->key, name), i);
	const char *clean = text ? value_clean(field, text, TEXT_LINE, issues) : NULL;
	return clean ? clean : "";
}

static bool read_boxes(const struct field *field, const struct field_post *post, struct dates_boxes *boxes,
                       struct issues *issues)
{
	const char *day = arena_printf(issues->arena, "%s.day[]", field->key);
	int n = 0;
	while (n < SLOTS_MAX && post->get(post->context, day, n)) {
		boxes->rows[n] = (struct dates_row){ box(field, post, "day[]", n, issues),
			                             box(field, post, "from[]", n, issues),
			                             box(field, post, "to[]", n, issues),
			                             box(field, post, "places[]", n, issues) };
		n++;
	}
	if (n && post->get(post->context, day, n)) issues_add(issues, field->key, N_("At most %d dates."), SLOTS_MAX);
	boxes->n = n;
	boxes->closes = box(field, post, "closes", 0, issues);
	boxes->chosen = box(field, post, "chosen", 0, issues);
	boxes->event = box(field, post, "event", 0, issues);
	return n > 0;
}

static bool has_slot(const json_t *slots, const char *at)
{
	for (size_t i = 0; i < json_array_size(slots); i++)
		if (strcmp(at_of(slots, i), at) == 0) return true;
	return false;
}

/* A date that is no longer proposed is no longer chosen. */
static json_t *make_value(json_t *slots, const char *closes, const char *chosen, const char *event,
                          struct issues *issues)
{
	json_t *value = json_keep(issues->arena, json_pack("{s:O}", "slots", slots));
	if (*closes) json_object_set_new(value, "closes", json_string(closes));
	if (!has_slot(slots, chosen)) return value;
	json_object_set_new(value, "chosen", json_string(chosen));
	if (*event) json_object_set_new(value, "event", json_string(event));
	return value;
}

/* Kept as typed, for the form to show again: {"typed": [[day, from, to, places], …], "closes": …}. */
static json_t *as_typed(const struct dates_boxes *boxes, struct issues *issues)
{
	json_t *rows = json_array(), *typed;
	for (int i = 0; i < boxes->n; i++) {
		const struct dates_row *row = &boxes->rows[i];
		json_array_append_new(rows, json_pack("[s,s,s,s]", row->day, row->from, row->to, row->places));
	}
	typed = json_pack("{s:o,s:s,s:s,s:s}", "typed", rows, "closes", boxes->closes, "chosen", boxes->chosen, "event",
	                  boxes->event);
	return json_keep(issues->arena, typed);
}

static const char *closes_iso(const struct field *field, const char *typed, enum lang lang, struct issues *issues)
{
	struct date day;
	struct err err;
	char iso[DATE_ISO_SIZE];
	if (*typed == '\0') return "";
	if (date_parse(typed, lang, &day, NULL, &err) == OK) return arena_strdup(issues->arena, date_iso(day, iso));
	issues_add(issues, field->key, N_("Last day to answer: “%s” is not a date. Example: 28/11/2026"), typed);
	return "";
}

static json_t *dates_import(const struct field *field, const char *text, struct issues *issues);

static json_t *dates_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	struct dates_boxes *boxes = arena_new(issues->arena, struct dates_boxes);
	json_t *slots = json_keep(issues->arena, json_array());
	int before = issues->count;
	if (!read_boxes(field, post, boxes, issues))
		return dates_import(field, post->get(post->context, field->key, 0), issues);
	for (int i = 0; i < boxes->n; i++) read_row(field, &boxes->rows[i], post->lang, i + 1, slots, issues);
	const char *closes = closes_iso(field, boxes->closes, post->lang, issues);
	if (issues->count > before) return as_typed(boxes, issues);
	return json_array_size(slots) ? make_value(slots, closes, boxes->chosen, boxes->event, issues) : NULL;
}

/* ---- In files: a line each; "2026-12-01T18:30/20:00 x8", "until 2026-11-30", "chosen 2026-12-01T18:30/20:00 <id>" ---- */

static const char *after_word(const char *line, const char *word)
{
	size_t len = strlen(word);
	return strncmp(line, word, len) == 0 && line[len] == ' ' ? line + len + 1 : NULL;
}

static bool import_slot(struct arena *a, const char *line, json_t *slots)
{
	struct slot slot;
	size_t len = strcspn(line, " ");
	const char *at = arena_strndup(a, line, len);
	int places = 0;
	if (!slot_parse(at, &slot)) return false;
	if (line[len] && (line[len + 1] != 'x' || !read_places(line + len + 2, &places))) return false;
	insert_slot(slots, at, places);
	return true;
}

static json_t *dates_import(const struct field *field, const char *text, struct issues *issues)
{
	struct arena *a = issues->arena;
	const char *clean = value_clean(field, text ? text : "", TEXT_BLOCK, issues), *rest;
	const char *closes = "", *chosen = "", *event = "";
	json_t *slots = json_keep(a, json_array());
	int before = issues->count;
	struct date day;
	if (clean == NULL) return NULL;
	for (const char *at = clean; *at;) {
		size_t len = strcspn(at, "\n;");
		const char *line = text_trim(a, arena_strndup(a, at, len));
		if ((rest = after_word(line, "until")) && date_from_iso(rest, &day)) closes = rest;
		else if ((rest = after_word(line, "chosen"))) {
			size_t end = strcspn(rest, " ");
			chosen = arena_strndup(a, rest, end);
			event = rest[end] ? rest + end + 1 : "";
		} else if (*line && !import_slot(a, line, slots))
			issues_add(issues, field->key,
			           N_("“%s” is not a proposed date. Example: 2026-12-01T18:30/20:00"), line);
		at += len + (at[len] != '\0');
	}
	if (json_array_size(slots) > SLOTS_MAX) issues_add(issues, field->key, N_("At most %d dates."), SLOTS_MAX);
	if (issues->count > before) return value_string(issues, clean);
	return json_array_size(slots) ? make_value(slots, closes, chosen, event, issues) : NULL;
}

static bool check_slots(const json_t *slots)
{
	const json_t *slot;
	const char *last = "";
	size_t i;
	json_array_foreach (slots, i, slot) {
		struct slot parsed;
		const char *at = json_str_or(slot, "at", "");
		int64_t places = json_int(slot, "places", 0);
		if (!slot_parse(at, &parsed) || strcmp(last, at) >= 0) return false;
		if (places < 0 || places > SLOT_PLACES_MAX) return false;
		last = at;
	}
	return i > 0 && i <= SLOTS_MAX;
}

static void dates_check(const struct field *field, const json_t *value, struct issues *issues)
{
	const json_t *slots = json_object_get(value, "slots");
	const char *closes = json_str(value, "closes"), *chosen = json_str(value, "chosen"),
	           *event = json_str(value, "event");
	struct date day;
	struct id id;
	bool right = json_is_array(slots) && check_slots(slots);
	right &= json_object_get(value, "closes") == NULL || (closes && date_from_iso(closes, &day));
	right &= json_object_get(value, "chosen") == NULL || (chosen && right && has_slot(slots, chosen));
	right &= json_object_get(value, "event") == NULL || (event && id_parse(event, &id));
	if (!right)
		issues_add(issues, field->key, N_("These are not proposed dates: at least one, at most %d, in order."),
		           SLOTS_MAX);
}

/* ---- Shown ---- */

static void dates_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	struct date_poll poll = date_poll_of(p->arena, value);
	dates_shown(out, p, &poll);
}

static void dates_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	struct date_poll poll = date_poll_of(p->arena, value);
	html_text_str(out, poll.chosen >= 0
	                           ? slot_words(p->arena, &poll.slots[poll.chosen], p->lang)
	                           : page_printf(p, _n("%d date proposed", "%d dates proposed", poll.n), poll.n));
}

static void dates_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)field;
	struct arena a;
	arena_init(&a);
	struct date_poll poll = date_poll_of(&a, value);
	if (poll.chosen >= 0) buf_puts(out, slot_words(&a, &poll.slots[poll.chosen], lang));
	for (int i = 0; i < poll.n && poll.chosen < 0; i++)
		buf_printf(out, "%s%s", i ? "\n" : "", slot_words(&a, &poll.slots[i], lang));
	arena_release(&a);
}

static void dates_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	struct arena a;
	arena_init(&a);
	struct date_poll poll = date_poll_of(&a, value);
	for (int i = 0; i < poll.n; i++) {
		buf_printf(out, "%s%s", i ? "\n" : "", poll.slots[i].at);
		if (poll.slots[i].places) buf_printf(out, " x%d", poll.slots[i].places);
	}
	if (poll.closes) buf_printf(out, "\nuntil %s", poll.closes);
	if (poll.chosen >= 0) buf_printf(out, "\nchosen %s", poll.slots[poll.chosen].at);
	if (poll.chosen >= 0 && poll.event) buf_printf(out, " %s", poll.event);
	arena_release(&a);
}

/* ---- Edited ---- */

static struct dates_row row_of(const struct page *p, const struct slot *slot)
{
	struct dates_row row = { .from = "", .to = "", .places = "" };
	char iso[DATE_ISO_SIZE];
	row.day = arena_strdup(p->arena, date_iso(slot->from.date, iso));
	if (slot->timed) row.from = arena_printf(p->arena, "%02d:%02d", slot->from.hour, slot->from.minute);
	if (slot->ends) row.to = arena_printf(p->arena, "%02d:%02d", slot->to.hour, slot->to.minute);
	if (slot->places) row.places = arena_printf(p->arena, "%d", slot->places);
	return row;
}

static void dates_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	struct dates_boxes *boxes = arena_new(p->arena, struct dates_boxes);
	const json_t *typed = json_object_get(value, "typed"), *row;
	struct date_poll poll = date_poll_of(p->arena, value);
	size_t i;
	boxes->closes = json_str_or(value, "closes", "");
	boxes->chosen = json_str_or(value, "chosen", "");
	boxes->event = json_str_or(value, "event", "");
	json_array_foreach (typed, i, row) {
		if (boxes->n == SLOTS_MAX) break;
		boxes->rows[boxes->n++] =
		        (struct dates_row){ value_str(json_array_get(row, 0)), value_str(json_array_get(row, 1)),
			                    value_str(json_array_get(row, 2)), value_str(json_array_get(row, 3)) };
	}
	for (int s = 0; typed == NULL && s < poll.n; s++) boxes->rows[boxes->n++] = row_of(p, &poll.slots[s]);
	for (int e = 0; (typed == NULL) && e < EMPTY_ROWS && boxes->n < SLOTS_MAX; e++)
		boxes->rows[boxes->n++] = (struct dates_row){ "", "", "", "" };
	dates_inputs(out, p, field, boxes);
}

static bool dates_grouped(const struct field *field)
{
	(void)field;
	return true;
}

/* ---- Found: by the date that was chosen, and by the record made of it ---- */

static void dates_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	struct date_poll poll = date_poll_of(a, value);
	if (poll.chosen < 0) return;
	char key[DATETIME_ISO_SIZE];
	sink->key(sink, poll.slots[poll.chosen].timed ? datetime_iso(&poll.slots[poll.chosen].from, key)
	                                              : poll.slots[poll.chosen].at);
	if (poll.event) sink->link(sink, poll.event, field->key);
}

static bool same(const json_t *x, const json_t *y)
{
	return x == y || (x && y && json_equal(x, y));
}

/* Dates are added and taken away on both sides; the last day and the choice are one answer each. */
static const json_t *newer(const json_t *base, const json_t *mine, const json_t *theirs, bool *fits)
{
	if (same(mine, theirs) || same(theirs, base)) return mine;
	if (!same(mine, base)) *fits = false;
	return theirs;
}

static const json_t *slot_at(const json_t *value, const char *at)
{
	const json_t *slots = json_object_get(value, "slots"), *slot;
	size_t i;
	json_array_foreach (slots, i, slot)
		if (strcmp(at_of(slots, i), at) == 0) return slot;
	return NULL;
}

static void merge_slots(json_t *out, const json_t *of, const json_t *base, const json_t *mine, const json_t *theirs,
                        bool *fits)
{
	const json_t *slots = json_object_get(of, "slots"), *slot;
	size_t i;
	json_array_foreach (slots, i, slot) {
		const char *at = at_of(slots, i);
		const json_t *kept = newer(slot_at(base, at), slot_at(mine, at), slot_at(theirs, at), fits);
		if (kept) insert_slot(out, at, (int)json_int(kept, "places", 0));
	}
}

static json_t *dates_merge(struct arena *a, const json_t *base, const json_t *mine, const json_t *theirs)
{
	static const char *const alone[] = { "closes", "chosen", "event" };
	json_t *slots = json_array(), *merged = json_keep(a, json_pack("{s:o}", "slots", slots));
	bool fits = true;
	merge_slots(slots, mine, base, mine, theirs, &fits);
	merge_slots(slots, theirs, base, mine, theirs, &fits);
	for (size_t i = 0; i < COUNT(alone); i++) {
		const json_t *kept = newer(json_object_get(base, alone[i]), json_object_get(mine, alone[i]),
		                           json_object_get(theirs, alone[i]), &fits);
		if (kept) json_object_set(merged, alone[i], (json_t *)kept);
	}
	const char *chosen = json_str(merged, "chosen");
	fits &= json_array_size(slots) > 0 && json_array_size(slots) <= SLOTS_MAX;
	return fits && (chosen == NULL || has_slot(slots, chosen)) ? merged : NULL;
}

static const struct type_option dates_options[] = {
	{ "becomes", OPTION_FORM, N_("Page made of the chosen date"), N_("It announces it, with what is said here."), 0,
	  0, false },
	{ 0 },
};

const struct field_type field_dates = {
	.name = "dates",
	.label = N_("Dates to choose from"),
	.description = N_("Several dates: people say which suit them, one is chosen"),
	.icon = "calendar",
	.options = dates_options,
	.read = dates_read,
	.import = dates_import,
	.check = dates_check,
	.show = dates_show,
	.brief = dates_brief,
	.edit = dates_edit,
	.grouped = dates_grouped,
	.text = dates_text,
	.export = dates_export,
	.index = dates_index,
	.answered = true,
	.merge = dates_merge,
};
