/* Making a space, and shaping it. */
#include <string.h>

#include "core/definition.h"
#include "features/people/people_change.h"
#include "features/space/space_edit.h"
#include "features/space/space_edit.html.h"
#include "features/space/space_web.h"

struct shaping {
	struct request *r;
	struct space_edit e;
	struct issues issues;
};

static enum code show(struct shaping *s)
{
	struct page *p = &s->r->page;
	const struct space *space = s->e.space;
	p->title = space ? page_printf(p, _("Shape “%s”"), t(p, &space->name)) : _("New space");
	p->hidden = true;
	if (s->issues.count) {
		p->issues = &s->issues;
		s->r->response->status = 422;
	}
	space_edit_page(request_out(s->r), p, &s->e, space ? space_action_url(p, space, "settings") : "/-/spaces/new",
	                space ? space_url(p, space) : "/-/spaces");
	return OK;
}

/* ---- A new one ---- */

static enum code may_make(struct request *r, struct err *err)
{
	if (space_may_create(&r->page)) return OK;
	return may(&r->actor, ACTION_CREATE, &(struct thing){ .kind = KIND_SPACE }, err);
}

static enum code begin(struct request *r, const struct space *space, struct shaping *s, struct err *err)
{
	*s = (struct shaping){ .r = r };
	issues_init(&s->issues, r->arena);
	return space_edit_begin(r, space, &s->e, err);
}

enum code space_new_show(struct request *r, struct err *err)
{
	struct shaping s;
	TRY(may_make(r, err));
	TRY(begin(r, NULL, &s, err));
	return show(&s);
}

/* Who makes it looks after it, an administrator too: two people are needed, and she counts. */
static enum code make(struct tx *tx, void *arg, struct err *err)
{
	struct shaping *s = arg;
	struct request *r = s->r;
	struct people_change c = { tx, r->arena, &r->actor };
	const char *key = json_str_or(s->e.typed, "key", "");
	struct space space = { .slug = key };
	TRY(space_save(tx, r->arena, s->e.typed, err));
	TRY(space_find(tx_db(tx), key, &space.num, &space.id, err));
	struct person person = { .num = r->actor.person, .id = r->actor.id };
	TRY(people_note(&c, "space.make", space.id, json_pack("{s:s}", "space", key), err));
	return people_set_member(&c, &person, &space, LEVEL_FACILITATOR, err);
}

enum code space_new_post(struct request *r, struct err *err)
{
	struct shaping s;
	TRY(may_make(r, err));
	TRY(space_limit(r, err));
	TRY(begin(r, NULL, &s, err));
	TRY(space_edit_read(r, &s.e, &s.issues, err));
	space_edit_key(r, &s.e, &s.issues);
	if (s.issues.count) return show(&s);
	TRY(request_write_model(r, make, &s, err));
	return request_redirect(r, arena_printf(r->arena, "/e/%s", json_str_or(s.e.typed, "key", "")), "espace-cree");
}

/* ---- Shaping one ---- */

enum code space_settings_show(struct request *r, struct err *err)
{
	const struct space *space;
	struct shaping s;
	TRY(space_of_route(r, ACTION_MANAGE, &space, err));
	TRY(begin(r, space, &s, err));
	return show(&s);
}

/* A logo that came with the form is kept already: the page sends its name again, not the file. */
static enum code ask_first(struct request *r, const struct space_edit *e, const struct visibility_effect *effect)
{
	const json_t *logo = form_data_file(&r->form, "logo.new", 0)
	                             ? json_array_get(json_object_get(e->typed, "logo"), 0)
	                             : NULL;
	int before = 0;
	while (form_data_nth(&r->form, "logo.file", before)) before++;
	r->page.title = effect->wider ? tr(r->page.lang, N_("More people would read it"))
	                              : tr(r->page.lang, N_("Fewer people would read it"));
	r->page.hidden = true;
	visibility_page(request_out(r), &r->page, effect, &r->form, logo, before);
	return OK;
}

static enum code save(struct tx *tx, void *arg, struct err *err)
{
	struct shaping *s = arg;
	struct request *r = s->r;
	struct people_change c = { tx, r->arena, &r->actor };
	TRY(space_save(tx, r->arena, s->e.typed, err));
	if (db_changes(tx_db(tx)) == 0) return OK;
	return people_note(&c, "space.settings", s->e.space->id, json_pack("{s:s}", "space", s->e.space->slug), err);
}

enum code space_settings_post(struct request *r, struct err *err)
{
	const struct space *space;
	struct visibility_effect effect;
	struct shaping s;
	TRY(space_of_route(r, ACTION_MANAGE, &space, err));
	TRY(space_limit(r, err));
	TRY(begin(r, space, &s, err));
	TRY(space_edit_read(r, &s.e, &s.issues, err));
	if (s.issues.count) return show(&s);
	TRY(visibility_effect(r->db, space, json_str_or(s.e.typed, "visibility", ""), &effect, err));
	if (effect.to && strcmp(request_form(r, "sure"), effect.to) != 0) return ask_first(r, &s.e, &effect);
	TRY(request_write_model(r, save, &s, err));
	return request_redirect(r, space_url(&r->page, space), "espace-regle");
}

/* ---- Taking one away ---- */

struct deleting {
	struct request *r;
	const struct space *space;
};

static enum code take_away(struct tx *tx, void *arg, struct err *err)
{
	const struct deleting *d = arg;
	struct people_change c = { tx, d->r->arena, &d->r->actor };
	TRY(people_note(&c, "space.delete", d->space->id, json_pack("{s:s}", "space", d->space->slug), err));
	static const char *const own[] = { "menu", "home", "home_draft" };
	for (size_t i = 0; i < COUNT(own); i++)
		TRY(definition_delete(tx, DEFINITION_SETTING, setting_key(d->r->arena, d->space, own[i]), &d->r->actor,
		                      err));
	return space_delete(tx, d->space->num, err);
}

enum code space_delete_post(struct request *r, struct err *err)
{
	struct deleting d = { .r = r };
	TRY(space_of_route(r, ACTION_ADMINISTER, &d.space, err));
	if (space_is_first(&r->page, d.space))
		FAIL(err, E_INPUT, N_("The pages of the site itself are in this space: it stays."));
	TRY(request_write_model(r, take_away, &d, err));
	r->page.space = NULL;
	return request_redirect(r, "/-/spaces", "espace-ote");
}
