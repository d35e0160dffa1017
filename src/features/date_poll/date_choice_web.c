/* One of the dates is chosen; in the same write, a page that announces it is made of what the record says. */
#include <string.h>

#include "core/field_type.h"
#include "features/date_poll/date_poll.h"
#include "features/date_poll/date_poll_web.h"
#include "web/web.h"

struct choosing {
	struct request *r;
	const struct dates_shown *d;
	int slot;                          /* -1: back to all of them */
	const struct dates_target *target; /* NULL: no page */
	struct id event;
	bool draft; /* something is still missing there */
};

/* ---- The page that announces it ---- */

static json_t *day_value(struct arena *a, const struct field *field, const struct slot *slot)
{
	char from[DATETIME_ISO_SIZE], to[DATETIME_ISO_SIZE];
	bool always = strcmp(field->type->name, "schedule") == 0;
	bool timed = slot->timed && (always || json_bool(field->definition, "time", false));
	const char *start = timed ? datetime_iso(&slot->from, from) : date_iso(slot->from.date, from);
	const char *end = timed ? datetime_iso(&slot->to, to) : date_iso(slot->to.date, to);
	if (strcmp(field->type->name, "date") == 0) return json_keep(a, json_string(start));
	return json_keep(a, slot->ends ? json_pack("{s:s,s:s}", "from", start, "to", end)
	                               : json_pack("{s:s}", "from", start));
}

/* What both forms ask in the same way goes along: by key first, else the first question of that type. */
static const struct field *counterpart(const struct form *from, const struct field *field)
{
	const struct field *same = form_field(from, field->key);
	if (same && same->type == field->type) return same;
	if (strcmp(field->type->name, "text") == 0) return NULL; /* a line says nothing but under its own name */
	for (int i = 0; i < from->nfields; i++)
		if (from->fields[i].type == field->type) return &from->fields[i];
	return NULL;
}

static bool goes_along(const struct field *field)
{
	static const char *const types[] = { "place", "longtext", "rich_text", "link", "tags", "images", "text" };
	for (size_t i = 0; i < COUNT(types); i++)
		if (strcmp(field->type->name, types[i]) == 0) return true;
	return false;
}

static json_t *event_values(const struct choosing *c)
{
	const struct record *about = c->d->about;
	const struct form *form = c->target->form;
	struct arena *a = c->r->arena;
	json_t *values = json_keep(a, json_object());
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i],
		                   *from = goes_along(field) ? counterpart(about->form, field) : NULL;
		const json_t *value = from ? record_find_value(about, from, NULL) : NULL;
		if (value && from->audience <= field->audience) json_object_set(values, field->key, (json_t *)value);
	}
	json_object_set_new(values, form->title->key, json_string(about->title));
	json_object_set(values, c->target->field->key, day_value(a, c->target->field, &c->d->poll.slots[c->slot]));
	return values;
}

/* What is asked there and nobody has said yet leaves it a draft. */
static enum code make_event(struct tx *tx, struct choosing *c, struct err *err)
{
	struct request *r = c->r;
	struct issues issues;
	struct save save = { .actor = &r->actor,
		             .form = c->target->form,
		             .space = c->d->about->space,
		             .values = event_values(c),
		             .state = STATE_PUBLISHED };
	issues_init(&issues, r->arena);
	enum code code = record_save(tx, r->arena, r->page.model, &save, &issues, err);
	if (code == E_INPUT) {
		issues_init(&issues, r->arena);
		save.state = STATE_DRAFT;
		c->draft = true;
		code = record_save(tx, r->arena, r->page.model, &save, &issues, err);
	}
	c->event = save.saved;
	return code;
}

/* ---- The choice ---- */

static json_t *chosen_value(const struct choosing *c)
{
	struct arena *a = c->r->arena;
	json_t *value = json_keep(a, json_copy((json_t *)record_find_value(c->d->about, c->d->field, NULL)));
	char id[ID_TEXT + 1];
	json_object_del(value, "chosen");
	json_object_del(value, "event");
	if (c->slot >= 0) json_object_set_new(value, "chosen", json_string(c->d->poll.slots[c->slot].at));
	if (!id_is_zero(c->event)) json_object_set_new(value, "event", json_string(id_format(c->event, id)));
	return value;
}

static enum code choose(struct tx *tx, void *arg, struct err *err)
{
	struct choosing *c = arg;
	struct request *r = c->r;
	struct issues issues;
	json_t *values = json_keep(r->arena, json_object());
	if (c->target) TRY(make_event(tx, c, err));
	json_object_set(values, c->d->field->key, chosen_value(c));
	struct save save = { .actor = &r->actor,
		             .record = c->d->about->id,
		             .values = values,
		             .note = c->slot >= 0 ? tr(r->page.lang, N_("the date is chosen"))
		                                  : tr(r->page.lang, N_("the choice is open again")) };
	issues_init(&issues, r->arena);
	return record_save(tx, r->arena, r->page.model, &save, &issues, err);
}

static enum code read_choice(struct request *r, struct choosing *c, struct err *err)
{
	const char *slot = request_form(r, "slot"), *form = request_form(r, "form");
	struct dates_target *targets;
	c->slot = -1;
	for (int s = 0; s < c->d->poll.n; s++)
		if (strcmp(c->d->poll.slots[s].at, slot) == 0) c->slot = s;
	if (c->slot < 0 && c->d->poll.chosen < 0) FAIL(err, E_INPUT, N_("Choose one of the dates."));
	int n = dates_targets(&r->page, c->d, &targets);
	for (int i = 0; i < n && c->slot >= 0; i++)
		if (strcmp(targets[i].form->key, form) == 0) c->target = &targets[i];
	return OK;
}

enum code choose_date_post(struct request *r, struct err *err)
{
	struct choosing c = { .r = r };
	struct record *event;
	TRY(dates_of_route(r, ACTION_EDIT, &c.d, err));
	TRY(read_choice(r, &c, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(request_write(r, choose, &c, err));
	if (c.target == NULL)
		return request_redirect(r, arena_printf(r->arena, "%s#dates", record_url(&r->page, c.d->about)),
		                        c.slot >= 0 ? "date-choisie" : "date-rouverte");
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, c.event, &event, err));
	if (c.draft) return request_redirect(r, record_action_url(&r->page, event, "edit"), "date-a-completer");
	return request_redirect(r, record_url(&r->page, event), "date-annoncee");
}
