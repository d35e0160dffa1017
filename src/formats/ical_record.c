/* What an event is called, where and what it is about, of the fields of a record. */
#include <string.h>

#include "core/field_type.h"
#include "core/place.h"
#include "formats/atom.h"
#include "formats/format.h"
#include "formats/ical.h"
#include "page/picture.h"
#include "rich/markdown.h"

enum { TAGS = 50, TEXT = 20000 /* bytes that calendars are given of the texts */ };

static bool is_shown(const struct page *p, const struct record *record, const struct field *field)
{
	return !field->hidden && export_may_know(p, field) && record_value(record, field) &&
	       field_applies(record->form, field, record->values);
}

/* Where: the fields that the view says, else those of type place. */
static bool says_where(const struct view_agenda *agenda, const struct field *field)
{
	if (agenda->nplaces == 0) return strcmp(field->type->name, "place") == 0;
	for (int i = 0; i < agenda->nplaces; i++)
		if (agenda->places[i] == field) return true;
	return false;
}

static const char *words(const struct page *p, const struct field *field, const json_t *value)
{
	struct buf out;
	buf_init(&out, p->arena, TEXT);
	if (field->type->long_text) {
		const struct rich_found found = { .plain = &out };
		struct buf text;
		buf_init(&text, p->arena, 0);
		field->type->text(&text, p->lang, field, value);
		rich_read(p->arena, buf_str(&text), &found);
		return buf_str(&out);
	}
	return field_plain(p, field, value);
}

static void put_where(const struct page *p, const struct record *record, const struct view_agenda *agenda,
                      struct ical_event *e)
{
	struct buf where;
	buf_init(&where, p->arena, 0);
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		if (!is_shown(p, record, field)) continue;
		const json_t *value = record_value(record, field);
		if (strcmp(field->type->name, "place") == 0 && !e->placed)
			e->placed = place_point(value, &e->lat, &e->lon);
		const char *address = json_is_object(value) ? json_str(value, "address") : NULL;
		const char *said = !says_where(agenda, field) ? "" : address ? address : field_plain(p, field, value);
		if (*said) buf_printf(&where, "%s%s", where.len ? ", " : "", said);
	}
	if (where.len) e->location = buf_str(&where);
}

/* The texts first, then what is short, then the address. */
static const char *description(const struct page *p, const struct record *record, const struct view_agenda *agenda,
                               const char *url)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int texts = 1; texts >= 0; texts--)
		for (int i = 0; i < record->form->nfields; i++) {
			const struct field *field = &record->form->fields[i];
			if (!is_shown(p, record, field) || field->type->long_text != (texts == 1)) continue;
			if (field == record->form->title || field == agenda->date || says_where(agenda, field) ||
			    field->type->answered || field->type->takes != FILES_NONE ||
			    strcmp(field->type->name, "tags") == 0)
				continue;
			const char *said = words(p, field, record_value(record, field));
			if (*said && texts) buf_printf(&out, "%s\n\n", said);
			else if (*said)
				buf_printf(&out, "%s\n", page_printf(p, _("%s: %s"), t(p, &field->label), said));
		}
	buf_puts(&out, url);
	return buf_str(&out);
}

static int tags(const struct page *p, const struct record *record, const char *const **ret)
{
	const char **list = arena_array(p->arena, const char *, TAGS + 1);
	const struct choice *category = record_category(record);
	int n = 0;
	if (category) list[n++] = t(p, &category->label);
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		if (strcmp(field->type->name, "tags") != 0 || !is_shown(p, record, field)) continue;
		const json_t *value = record_value(record, field);
		for (size_t j = 0; j < json_array_size(value) && n < TAGS; j++) {
			const char *word = json_string_value(json_array_get(value, j));
			if (word) list[n++] = word;
		}
	}
	*ret = list;
	return n;
}

bool ical_record(const struct page *p, const struct record *record, const struct view_agenda *agenda,
                 struct schedule *schedule, struct ical_event *ret)
{
	const json_t *when = record_value(record, agenda->date);
	if (when == NULL || !schedule_read(p->arena, when, schedule)) return false;
	struct ical_event e = {
		.uid = atom_uuid(p->arena, record->id) + strlen("urn:uuid:"),
		.title = record->title,
		.page = arena_printf(p->arena, "%s%s", p->base_url, record_url(p, record)),
		.created = record->created,
		.changed = record->changed,
		.schedule = schedule,
	};
	const char *picture = picture_address(p, record_picture(record));
	if (picture) e.picture = arena_printf(p->arena, "%s%s", p->base_url, picture);
	e.description = description(p, record, agenda, e.page);
	put_where(p, record, agenda, &e);
	e.ntags = tags(p, record, &e.tags);
	*ret = e;
	return true;
}
