/* The minutes of a meeting: begun from a template and the agenda, then decisions and tasks picked from their lines. */
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "features/meeting/meeting.html.h"
#include "features/meeting/meeting_web.h"
#include "features/record/record_page.h"
#include "features/template/template_list.h"
#include "web/web.h"

enum { TITLE_CHARS = 140 };

/* ---- Begun ---- */

/* A heading for each thing that is talked of here. */
static const char *headings(const struct page *p, const struct meeting_shown *d)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < d->n; i++)
		if (!d->items[i].carried) buf_printf(&out, "### %s\n\n", d->items[i].record->title);
	return text_trim(p->arena, buf_str(&out));
}

struct beginning {
	struct request *r;
	const struct record *about;
	const json_t *values;
};

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	const struct beginning *x = arg;
	struct request *r = x->r;
	struct issues issues;
	struct save save = { .actor = &r->actor,
		             .record = x->about->id,
		             .values = x->values,
		             .note = tr(r->page.lang, N_("the minutes are begun")) };
	request_issues(r, &issues);
	enum code code = record_save(tx, r->arena, r->page.model, &save, &issues, err);
	if (code == E_INPUT && issues.first) *err = issues.first->err;
	return code;
}

enum code minutes_begin_post(struct request *r, struct err *err)
{
	const struct meeting_shown *d;
	struct page *p = &r->page;
	TRY(meeting_of_route(r, &d, err));
	const struct template *template = d->meeting.template ? template_named(p, d->about->form, d->meeting.template)
	                                                      : NULL;
	const char *agenda = headings(p, d);
	json_t *values = json_keep(r->arena, json_object());
	for (int i = 0; i < d->meeting.nnotes && !d->written; i++) {
		const struct field *field = d->meeting.notes[i];
		const char *text = template ? json_str(template->values, field->key) : NULL;
		if (!field_writable(p, d->about->space, field)) continue;
		if (text) text = template_minutes(p, text, d->about, agenda);
		else if (i == 0 && template == NULL) text = agenda;
		if (text && *text) json_object_set_new(values, field->key, json_string(text));
	}
	struct beginning x = { r, d->about, values };
	TRY(meeting_limit(r, err));
	if (json_object_size(values)) TRY(request_write(r, begin, &x, err));
	return request_redirect(r, record_action_url(p, d->about, "edit"), NULL);
}

/* ---- Picked ---- */

static enum code show(struct request *r, const struct meeting_shown *d, struct issues *issues)
{
	struct page *p = &r->page;
	struct minutes_text *texts;
	int n = meeting_texts(p, d, &texts);
	if (issues) {
		r->response->status = 409;
		p->issues = issues;
	}
	p->title = page_printf(p, _("Decisions and tasks of “%s”"), d->about->title);
	p->hidden = true;
	minutes_page(request_out(r), p, d, texts, n);
	return OK;
}

enum code minutes_show(struct request *r, struct err *err)
{
	const struct meeting_shown *d;
	TRY(meeting_of_route(r, &d, err));
	return show(r, d, NULL);
}

struct picking {
	struct request *r;
	const struct meeting_shown *d;
	const struct meeting_form *make;
	const struct minutes_text *text;
	const struct minutes_line *line;
	struct save made; /* result */
};

static void put_text(json_t *values, const struct field *field, const char *text)
{
	if (field && text && *text) json_object_set_new(values, field->key, json_string(text));
}

static const char *day_of(struct arena *a, const struct meeting_shown *d)
{
	struct datetime at;
	bool timed;
	char iso[DATE_ISO_SIZE];
	return meeting_day(&d->meeting, d->about, &at, &timed) ? arena_strdup(a, date_iso(at.date, iso)) : NULL;
}

/* "le 5 septembre" has no year: nothing is guessed, it stays in the line. */
static const char *due_of(struct request *r, const struct minutes_line *line)
{
	struct date due;
	struct err err;
	enum date_part wrong;
	char iso[DATE_ISO_SIZE];
	const char *text = strncmp(line->due, "le ", 3) == 0 ? line->due + 3 : line->due;
	if (*text == '\0' || date_parse(text, r->page.lang, &due, &wrong, &err) != OK) return NULL;
	return arena_strdup(r->arena, date_iso(due, iso));
}

static json_t *made_values(const struct picking *x)
{
	struct arena *a = x->r->arena;
	json_t *values = json_keep(a, json_object());
	const struct field *title = x->make->form->title;
	char id[ID_TEXT + 1];
	size_t max = (size_t)json_int(title->definition, "max", TITLE_CHARS);
	json_object_set_new(values, title->key,
	                    json_string(text_cut(a, x->line->words, MIN(max, (size_t)TITLE_CHARS))));
	json_object_set_new(values, x->make->meeting->key, json_pack("[s]", id_format(x->d->about->id, id)));
	put_text(values, x->make->who, x->line->who);
	put_text(values, x->make->day, day_of(a, x->d));
	put_text(values, x->make->due, due_of(x->r, x->line));
	for (int i = 0; i < x->make->form->nfields; i++) {
		const struct field *field = &x->make->form->fields[i];
		const json_t *usual = json_object_get(field->definition, "default");
		if (usual && !json_object_get(values, field->key)) json_object_set(values, field->key, (json_t *)usual);
	}
	return values;
}

/* The page that it becomes, then the line that leads to it: one act, undone together. */
static enum code pick(struct tx *tx, void *arg, struct err *err)
{
	struct picking *x = arg;
	struct request *r = x->r;
	struct issues issues;
	json_t *values = json_keep(r->arena, json_object());
	request_issues(r, &issues);
	x->made = (struct save){ .actor = &r->actor,
		                 .form = x->make->form,
		                 .space = x->d->about->space,
		                 .values = made_values(x),
		                 .state = STATE_PUBLISHED };
	enum code code = record_save(tx, r->arena, r->page.model, &x->made, &issues, err);
	if (code == E_INPUT) { /* something more is asked there */
		request_issues(r, &issues);
		x->made.state = STATE_DRAFT;
		code = record_save(tx, r->arena, r->page.model, &x->made, &issues, err);
	}
	if (code == E_INPUT && issues.first) *err = issues.first->err;
	TRY(code);
	const char *kind = text_inside(r->arena, t(&r->page, &x->make->form->label));
	json_object_set_new(values, x->text->field->key,
	                    json_string(minutes_link(r->arena, x->text->text, x->line, x->made.final_slug, kind)));
	struct save save = { .actor = &r->actor,
		             .record = x->d->about->id,
		             .values = values,
		             .opened = true,
		             .minor = true,
		             .batch = x->made.batch };
	for (int i = 0; i < AUDIENCE_COUNT; i++) save.heads[i] = x->d->about->parts[i].heads;
	request_issues(r, &issues);
	code = record_save(tx, r->arena, r->page.model, &save, &issues, err);
	if (code == E_INPUT && issues.first) *err = issues.first->err;
	return code;
}

static void find_line(struct picking *x)
{
	struct request *r = x->r;
	struct minutes_text *texts;
	int n = meeting_texts(&r->page, x->d, &texts);
	for (int i = 0; i < x->d->nmakes; i++)
		if (strcmp(x->d->makes[i].form->key, request_form(r, "form[]")) == 0) x->make = &x->d->makes[i];
	for (int i = 0; i < n; i++) {
		if (strcmp(texts[i].field->key, request_form(r, "field")) != 0) continue;
		x->text = &texts[i];
		x->line = minutes_find(texts[i].lines, texts[i].n, request_form(r, "line"));
	}
}

enum code minutes_post(struct request *r, struct err *err)
{
	struct picking x = { .r = r };
	struct issues issues;
	TRY(meeting_of_route(r, &x.d, err));
	find_line(&x);
	if (x.make == NULL) FAIL(err, E_INPUT, N_("Choose one of the buttons of the page."));
	struct thing thing = { .kind = KIND_RECORD, .space = x.d->about->space, .state = STATE_PUBLISHED };
	TRY(may(&r->actor, ACTION_CREATE, &thing, err));
	request_issues(r, &issues);
	if (x.line == NULL) {
		issues_add(&issues, "", N_("Meanwhile somebody changed this line of the minutes: look at it again."));
		return show(r, x.d, &issues);
	}
	const char *here = record_action_url(&r->page, x.d->about, "minutes");
	if (meeting_line_made(&r->page, x.d, x.line)) return request_redirect(r, here, "ligne-deja");
	TRY(meeting_limit(r, err));
	TRY(request_write(r, pick, &x, err));
	return request_redirect(r, here, x.made.waits ? "ligne-propose" : "ligne");
}
