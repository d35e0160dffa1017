#include "features/meeting/meeting_page.h"

#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/person.h"
#include "core/space.h"
#include "features/record/record_page.h"
#include "fields/rich_text.h"
#include "net/uri.h"

static bool is_written(const struct record *record, const struct field *field)
{
	const json_t *value = record_find_value(record, field, NULL);
	return json_is_string(value) && !text_is_blank(json_string_value(value));
}

const struct meeting_shown *meeting_shown_of(const struct page *p, const struct record *about)
{
	struct meeting_shown *d = arena_new(p->arena, struct meeting_shown);
	struct err err;
	if (about->state == STATE_DRAFT || about->state == STATE_TRASH || !meeting_of(about, &d->meeting)) return NULL;
	d->about = about;
	d->has_items = meeting_item_form(p->model, about->form, &d->item_form);
	d->nmakes = meeting_makes(p->model, about->form, d->makes);
	if (p->db == NULL || meeting_items(p->db, p->arena, p->model, p->actor, about, &d->items, &d->n, &err) != OK)
		d->n = 0;
	for (int i = 0; i < d->n; i++) {
		if (!d->items[i].carried) d->minutes += d->items[i].minutes;
		d->open += !d->items[i].done && !d->items[i].carried;
	}
	for (int i = 0; i < d->meeting.nnotes; i++) d->written |= is_written(about, d->meeting.notes[i]);
	d->edits = page_signed_in(p) && about->state == STATE_PUBLISHED && page_may(p, ACTION_EDIT, about);
	d->organises = d->edits && (page_may(p, ACTION_MANAGE, about) || about->author == p->actor->person);
	struct record *following = NULL;
	struct thing another = { .kind = KIND_RECORD, .space = about->space, .state = STATE_PUBLISHED };
	if (p->db && meeting_following(p->db, p->arena, p->model, p->actor, about, &following, &err) == OK)
		d->following = following;
	d->goes_on = d->edits && d->following == NULL && allowed(p->actor, ACTION_CREATE, &another) &&
	             !right_waits(p->actor, about->space);
	d->attended = d->edits && d->meeting.present && field_writable(p, about->space, d->meeting.present);
	return d;
}

bool meeting_shows(const struct page *p, const struct record *meeting, const struct record *item)
{
	struct meeting as;
	struct meeting_form form;
	return meeting_of(meeting, &as) && meeting_item_form(p->model, meeting->form, &form) && form.form == item->form;
}

/* ---- The agenda ---- */

const char *meeting_length(const struct page *p, int minutes)
{
	if (minutes < 60) return page_printf(p, _("%d min"), minutes);
	if (minutes % 60 == 0) return page_printf(p, _("%d h"), minutes / 60);
	return page_printf(p, _("%d h %02d"), minutes / 60, minutes % 60);
}

/* Counted from the beginning, as long as those before say how long they take. */
const char *meeting_item_time(const struct page *p, const struct meeting_shown *d, int i)
{
	struct datetime at;
	bool timed;
	int minutes = 0;
	if (!meeting_day(&d->meeting, d->about, &at, &timed) || !timed || d->items[i].carried) return "";
	for (int j = 0; j < i; j++) {
		if (d->items[j].carried) continue;
		if (d->items[j].minutes == 0) return "";
		minutes += d->items[j].minutes;
	}
	minutes += at.hour * 60 + at.minute;
	at.hour = minutes / 60 % 24;
	at.minute = minutes % 60;
	return time_format(p->arena, &at, p->lang);
}

const char *meeting_item_facts(const struct page *p, const struct meeting_shown *d, int i)
{
	const struct meeting_item *item = &d->items[i];
	const struct field *who = d->item_form.who;
	const json_t *name = who ? record_find_value(item->record, who, NULL) : NULL;
	const char *words = json_is_string(name) ? json_string_value(name) : "";
	if (item->minutes == 0) return words;
	return arena_printf(p->arena, "%s%s%s", meeting_length(p, item->minutes), *words ? " – " : "", words);
}

static const char *day_words(const struct page *p, const struct record *record)
{
	struct meeting meeting;
	struct datetime at;
	bool timed;
	if (!meeting_of(record, &meeting) || !meeting_day(&meeting, record, &at, &timed)) return NULL;
	return date_format(p->arena, at.date, DATE_FULL, p->lang);
}

const char *meeting_item_next(const struct page *p, const struct meeting_item *item, const char **url)
{
	struct record *to;
	struct err err;
	if (!item->carried || record_load(p->db, p->arena, p->model, p->actor, item->last, &to, &err) != OK)
		return NULL;
	const char *day = day_words(p, to);
	*url = record_url(p, to);
	return day ? day : to->title;
}

const char *meeting_propose_url(const struct page *p, const struct meeting_shown *d)
{
	const char *space = d->about->space == &p->model->spaces[0]
	                            ? ""
	                            : arena_printf(p->arena, "&espace=%s", d->about->space->slug);
	return arena_printf(p->arena, "/-/new/%s?depuis=%s%s", d->item_form.form->key, record_action_id(p, d->about),
	                    space);
}

const char *meeting_paper_url(const struct page *p, const struct record *about)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_puts(&url, "/-/print");
	uri_query_add(&url, "path", record_url(p, about));
	uri_query_add(&url, "sorte", "compte-rendu");
	return buf_str(&url);
}

const char *meeting_make_words(const struct page *p, const struct meeting_form *make)
{
	struct label own = label_from_json(p->arena, json_object_get(make->definition, "words"));
	const char *words = t(p, &own);
	return *words ? words : page_printf(p, _("Make of it: %s"), text_inside(p->arena, t(p, &make->form->label)));
}

/* ---- The next one ---- */

const char *meeting_next_day(const struct page *p, const struct meeting_shown *d, const char **words)
{
	const json_t *value = d->meeting.next ? record_find_value(d->about, d->meeting.next, NULL) : NULL;
	struct datetime at = { 0 };
	if (!d->goes_on || !json_is_string(value)) return NULL;
	if (!datetime_from_iso(json_string_value(value), &at) && !date_from_iso(json_string_value(value), &at.date))
		return NULL;
	*words = date_format(p->arena, at.date, DATE_FULL, p->lang);
	return json_string_value(value);
}

/* "Le point du groupe – 15 octobre 2026" goes on as "Le point du groupe – 12 novembre 2026". */
const char *meeting_next_title(const struct page *p, const struct meeting_shown *d, const json_t *day)
{
	const char *title = d->about->title, *dash = NULL;
	struct datetime at = { 0 };
	enum { WORDS = 120 };
	for (const char *c = title; (c = strstr(c, " – ")); c++) dash = c;
	struct date said;
	struct err err;
	enum date_part wrong;
	if (dash && date_parse(dash + strlen(" – "), p->lang, &said, &wrong, &err) == OK)
		title = arena_strndup(p->arena, title, (size_t)(dash - title));
	title = text_cut(p->arena, title, WORDS);
	if (!json_is_string(day)) return title;
	if (!datetime_from_iso(json_string_value(day), &at) && !date_from_iso(json_string_value(day), &at.date))
		return title;
	return arena_printf(p->arena, "%s – %s", title, date_format(p->arena, at.date, DATE_LONG, p->lang));
}

/* ---- Lines of the minutes ---- */

int meeting_texts(const struct page *p, const struct meeting_shown *d, struct minutes_text **ret)
{
	struct minutes_text *texts = arena_array(p->arena, struct minutes_text, MEETING_NOTES);
	int n = 0;
	for (int i = 0; i < d->meeting.nnotes; i++) {
		const struct field *field = d->meeting.notes[i];
		if (!is_written(d->about, field) || !field_writable(p, d->about->space, field)) continue;
		texts[n] = (struct minutes_text){ field, json_string_value(record_find_value(d->about, field, NULL)),
			                          NULL, 0 };
		texts[n].n = minutes_lines(p->arena, texts[n].text, &texts[n].lines);
		n++;
	}
	*ret = texts;
	return n;
}

const struct record *meeting_line_made(const struct page *p, const struct meeting_shown *d,
                                       const struct minutes_line *line)
{
	for (const char *s = line->raw; (s = strstr(s, "[["));) {
		s += 2;
		size_t len = strcspn(s, "|\\]");
		struct record *record;
		struct err err;
		if (rich_text_find(p, arena_strndup(p->arena, s, len), &record, &err) != OK) continue;
		for (int i = 0; i < d->nmakes; i++)
			if (record->form == d->makes[i].form) return record;
	}
	return NULL;
}

struct html_safe meeting_line_html(const struct page *p, const struct minutes_line *line)
{
	struct page plain = *p;
	plain.embed = NULL;
	return rich_text_html(&plain, line->raw);
}

/* ---- Who was there ---- */

int meeting_names(struct arena *a, const char *text, const char ***ret)
{
	const char **names = arena_array(a, const char *, ATTENDANCE_NAMES);
	int n = 0;
	while (*text && n < ATTENDANCE_NAMES) {
		size_t len = strcspn(text, "\n");
		const char *name = text_trim(a, arena_strndup(a, text, len));
		if (strchr("-*+", *name) && name[0] && name[1] == ' ') name = text_trim(a, name + 2);
		if (!text_is_blank(name)) names[n++] = text_cut(a, name, ATTENDANCE_NAME);
		text += len + (text[len] != '\0');
	}
	*ret = names;
	return n;
}

static void add_name(const struct page *p, struct attendee *all, int *n, const char *name, enum attendance state)
{
	const char *folded = text_fold(p->arena, name);
	for (int i = 0; i < *n; i++)
		if (strcmp(text_fold(p->arena, all[i].name), folded) == 0) return;
	if (*n < ATTENDANCE_NAMES) all[(*n)++] = (struct attendee){ name, state };
}

static void add_said(const struct page *p, const struct meeting_shown *d, const struct field *field,
                     enum attendance state, struct attendee *all, int *n)
{
	const char **names;
	if (field == NULL || !is_written(d->about, field)) return;
	int count = meeting_names(p->arena, json_string_value(record_find_value(d->about, field, NULL)), &names);
	for (int i = 0; i < count; i++) add_name(p, all, n, names[i], state);
}

enum code meeting_attendees(const struct page *p, const struct meeting_shown *d, struct attendee **ret, int *n,
                            struct err *err)
{
	enum { MEMBERS = 60 };
	struct membership *members;
	int count, added = 0;
	struct attendee *all = arena_array(p->arena, struct attendee, ATTENDANCE_NAMES);
	*n = 0;
	add_said(p, d, d->meeting.present, ATTENDANCE_PRESENT, all, n);
	add_said(p, d, d->meeting.excused, ATTENDANCE_EXCUSED, all, n);
	*ret = all;
	if (!allowed(p->actor, ACTION_READ, &(struct thing){ .kind = KIND_PERSON })) return OK;
	TRY(membership_of_space(p->db, p->arena, d->about->space->num, &members, &count, err));
	for (int i = 0; i < count && added < MEMBERS; i++) {
		struct person person;
		TRY(person_load(p->db, p->arena, members[i].person, &person, err));
		if (person.state != PERSON_ACTIVE) continue;
		add_name(p, all, n, person.name, ATTENDANCE_NONE);
		added++;
	}
	return OK;
}

const char *attendance_words(enum attendance state)
{
	static const char *const words[ATTENDANCES] = { N_("Not said"), N_("Present"), N_("Excused") };
	return words[state];
}

const char *attendance_name(const struct page *p, const char *what, int i)
{
	return arena_printf(p->arena, "%s-%d", what, i);
}
