#include "features/print/print_meeting.h"

#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "features/meeting/meeting_page.h"
#include "features/print/print_entry.h"
#include "fields/rich_text.h"

struct writing {
	const struct page *p;
	struct paper *paper;
	struct paper_entry *entries;
	struct paper_entry beyond; /* what does not fit is written there, and not printed */
};

static struct paper_entry *add(struct writing *w, const char *heading)
{
	struct paper_entry *entry = w->paper->n == PAPER_ENTRIES ? &w->beyond : &w->entries[w->paper->n++];
	*entry = (struct paper_entry){ .heading = heading, .title = "" };
	return entry;
}

static bool is_text(const struct field *field)
{
	return field->type->long_text;
}

static bool is_said_apart(const struct meeting *meeting, const struct field *field)
{
	return field == meeting->previous || field->type->takes != FILES_NONE || strcmp(field->type->name, "tags") == 0;
}

/* "Date : …", "Où : …": what is said in a few words. */
static void add_facts(struct writing *w, const struct meeting *meeting, const struct record *record)
{
	struct buf out;
	buf_init(&out, w->p->arena, 0);
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = record_value(record, field);
		if (value == NULL || field == record->form->title || is_text(field) || is_said_apart(meeting, field) ||
		    field == meeting->next)
			continue;
		const char *words = field_plain(w->p, field, value);
		if (*words)
			buf_printf(&out, "%s%s%s%s", out.len ? "\n" : "", t(w->p, &field->label),
			           tr(w->p->lang, N_(": ")), words);
	}
	if (out.len) add(w, "")->text = buf_str(&out);
}

static void add_items(struct writing *w, const struct meeting_shown *d)
{
	const char *heading = tr(w->p->lang, N_("What we talk about"));
	for (int i = 0; i < d->n; i++) {
		const char *url, *time = meeting_item_time(w->p, d, i), *facts = meeting_item_facts(w->p, d, i),
		                 *next = meeting_item_next(w->p, &d->items[i], &url);
		struct paper_entry *entry = add(w, heading);
		entry->title = arena_printf(w->p->arena, "%d. %s%s%s", i + 1, time, *time ? " – " : "",
		                            d->items[i].record->title);
		if (next)
			facts = arena_printf(w->p->arena, "%s%s%s %s", facts, *facts ? " – " : "",
			                     tr(w->p->lang, N_("put off to")), next);
		entry->where = facts;
	}
}

/* The words of its headings, a line for each. */
static const char *headings_of(const struct page *p, const char *text)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	buf_putc(&out, '\n');
	while (*text) {
		size_t len = strcspn(text, "\n");
		if (*text == '#') {
			rich_text_plain(&out, p->arena, arena_strndup(p->arena, text, len));
			buf_putc(&out, '\n');
		}
		text += len + (text[len] != '\0');
	}
	return buf_str(&out);
}

/* A paragraph, an item, a row: each stays whole on its sheet. */
static void add_text(struct writing *w, const struct record *record, const struct field *field)
{
	const json_t *value = record_value(record, field);
	struct buf out;
	if (!json_is_string(value)) return;
	buf_init(&out, w->p->arena, 0);
	rich_text_plain(&out, w->p->arena, json_string_value(value));
	const char *text = buf_str(&out), *headings = headings_of(w->p, json_string_value(value));
	while (*text) {
		size_t len = strcspn(text, "\n");
		const char *line = text_trim(w->p->arena, arena_strndup(w->p->arena, text, len));
		if (!text_is_blank(line)) {
			struct paper_entry *entry = add(w, t(w->p, &field->label));
			bool heading = strstr(headings, arena_printf(w->p->arena, "\n%s\n", line)) != NULL;
			*(heading ? &entry->title : &entry->text) = line;
		}
		text += len + (text[len] != '\0');
	}
}

static void add_made(struct writing *w, const struct meeting_shown *d, const struct meeting_form *make)
{
	struct record **records;
	struct err err;
	int n;
	if (meeting_made(w->p->db, w->p->arena, w->p->model, w->p->actor, d->about, make, &records, &n, &err) != OK)
		return;
	for (int i = 0; i < n; i++) {
		struct paper_entry *entry = add(w, t(w->p, &make->form->plural)), of = print_entry(w->p, records[i]);
		*entry = (struct paper_entry){
			.heading = entry->heading, .title = of.title, .when = of.when, .where = of.where, .url = of.url
		};
	}
}

void print_meeting(const struct page *p, const struct record *record, struct paper *paper)
{
	struct writing w = { p, paper, arena_array(p->arena, struct paper_entry, PAPER_ENTRIES + 1), { 0 } };
	const struct meeting_shown *d = meeting_shown_of(p, record);
	paper->entries = w.entries;
	if (d == NULL) {
		*add(&w, "") = print_entry(p, record);
		return;
	}
	add_facts(&w, &d->meeting, record);
	add_items(&w, d);
	for (int i = 0; i < record->form->nfields; i++)
		if (is_text(&record->form->fields[i])) add_text(&w, record, &record->form->fields[i]);
	for (int i = 0; i < d->nmakes; i++) add_made(&w, d, &d->makes[i]);
	const json_t *next = d->meeting.next ? record_value(record, d->meeting.next) : NULL;
	if (next) add(&w, t(p, &d->meeting.next->label))->title = field_plain(p, d->meeting.next, next);
	if (paper->n == 0) *add(&w, "") = print_entry(p, record);
}
