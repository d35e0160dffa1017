#include "features/record/life_web.h"

#include <string.h>

#include "features/record/life.html.h"
#include "features/record/record_page.h"

enum code record_of_route(struct request *r, enum action action, struct record **ret, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, id, ret, err));
	struct thing thing = record_thing(*ret);
	return may(&r->actor, action, &thing, err);
}

/* ---- States ---- */

/* To add one: a row, its route in record_web.c, its notice. */
static const struct state_change {
	const char *pattern;
	enum record_state state;
	enum action action;
	const char *notice;
	bool leaves; /* the page is gone for most: back to the list */
} changes[] = {
	{ "/-/trash/:id", STATE_TRASH, ACTION_DELETE, "corbeille", true },
	{ "/-/untrash/:id", STATE_PUBLISHED, ACTION_DELETE, "sorti", false },
	{ "/-/archive/:id", STATE_ARCHIVED, ACTION_DELETE, "archive", false },
	{ "/-/unarchive/:id", STATE_PUBLISHED, ACTION_DELETE, "desarchive", false },
	{ "/-/publish/:id", STATE_PUBLISHED, ACTION_EDIT, "cree", false },
};

static const struct state_change *change_of(const struct request *r)
{
	for (size_t i = 0; i < COUNT(changes); i++)
		if (strcmp(changes[i].pattern, r->route->pattern) == 0) return &changes[i];
	die("no change of state at %s", r->route->pattern);
}

struct changing {
	struct request *r;
	struct id id;
	enum record_state state;
};

static enum code change_state(struct tx *tx, void *arg, struct err *err)
{
	struct changing *c = arg;
	return record_set_state(tx, c->r->arena, c->r->page.model, &c->r->actor, c->id, c->state, (struct id){ 0 },
	                        err);
}

static const char *list_url(struct request *r, const struct record *record)
{
	struct record *about;
	struct err err;
	if (record->about &&
	    record_load_num(r->db, r->arena, r->page.model, &r->actor, record->about, &about, &err) == OK)
		return record_url(&r->page, about);
	const struct view *home = record_home_view(&r->page, record);
	return home ? arena_printf(r->arena, "/%s", home->slug) : "/";
}

enum code state_post(struct request *r, struct err *err)
{
	const struct state_change *change = change_of(r);
	struct record *record;
	TRY(record_of_route(r, change->action, &record, err));
	struct changing changing = { r, record->id, change->state };
	/* A draft that lacks something is completed in its form. */
	if (request_write(r, change_state, &changing, err) != OK)
		return record->state == STATE_DRAFT && err->code == E_INPUT
		               ? request_redirect(r, record_action_url(&r->page, record, "edit"), "incomplet")
		               : err->code;
	if (change->leaves) return request_redirect_about(r, list_url(r, record), change->notice, record->id);
	struct id id = record->id;
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, id, &record, err));
	return request_redirect_about(r, record_url(&r->page, record), change->notice, id);
}

enum code trash_form(struct request *r, struct err *err)
{
	struct record *record;
	TRY(record_of_route(r, ACTION_DELETE, &record, err));
	const struct page *p = &r->page;
	r->page.title = page_printf(p, _("Put “%s” in the trash?"), record->title);
	r->page.hidden = true;
	trash_page(request_out(r), p, record);
	return OK;
}

/* ---- Another space ---- */

/* Where this person may bring it. */
static int spaces_for(struct request *r, const struct record *record, const struct space ***ret)
{
	const struct model *model = r->page.model;
	const struct space **spaces = arena_array(r->arena, const struct space *, (size_t)model->nspaces + 1);
	int n = 0;
	for (int i = 0; i < model->nspaces; i++) {
		struct thing thing = { .kind = KIND_RECORD, .space = &model->spaces[i], .state = STATE_PUBLISHED };
		if (&model->spaces[i] != record->space && allowed(&r->actor, ACTION_CREATE, &thing))
			spaces[n++] = &model->spaces[i];
	}
	*ret = spaces;
	return n;
}

static void show_move(struct request *r, const struct record *record)
{
	const struct space **spaces;
	const struct page *p = &r->page;
	int n = spaces_for(r, record, &spaces);
	r->page.title = page_printf(p, _("Move “%s” to another space"), record->title);
	r->page.hidden = true;
	move_page(request_out(r), p, record, spaces, n);
}

enum code move_form(struct request *r, struct err *err)
{
	struct record *record;
	TRY(record_of_route(r, ACTION_DELETE, &record, err));
	show_move(r, record);
	return OK;
}

struct moving {
	struct request *r;
	struct id id;
	const struct space *to;
	struct save save;
	struct issues issues;
};

static enum code move(struct tx *tx, void *arg, struct err *err)
{
	struct moving *m = arg;
	return record_move(tx, m->r->arena, m->r->page.model, &m->r->actor, m->id, m->to, &m->save, &m->issues, err);
}

enum code move_post(struct request *r, struct err *err)
{
	struct record *record;
	TRY(record_of_route(r, ACTION_DELETE, &record, err));
	struct moving m = { .r = r,
		            .id = record->id,
		            .to = model_space_by_slug(r->page.model, request_form(r, "space")) };
	request_issues(r, &m.issues);
	if (m.to == NULL) issues_add(&m.issues, "space", N_("Choose a space."));
	enum code code = m.issues.count ? E_INPUT : request_write(r, move, &m, err);
	if (code == E_INPUT) {
		if (m.issues.count == 0) issues_add(&m.issues, "space", "%s", page_error(&r->page, err));
		r->response->status = 422;
		r->page.issues = &m.issues;
		show_move(r, record);
		return OK;
	}
	TRY(code);
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, m.save.saved, &record, err));
	return request_redirect(r, record_url(&r->page, record), "deplace");
}

/* ---- Drafts ---- */

enum code drafts_show(struct request *r, struct err *err)
{
	struct record **drafts;
	int n;
	TRY(record_list_drafts(r->db, r->arena, r->page.model, &r->actor, &drafts, &n, err));
	const struct page *p = &r->page;
	r->page.title = _("My drafts");
	r->page.hidden = true;
	drafts_page(request_out(r), p, drafts, n);
	return OK;
}

static enum code draft_of_route(struct request *r, struct record **ret, struct err *err)
{
	TRY(record_of_route(r, ACTION_DELETE, ret, err));
	if ((*ret)->state != STATE_DRAFT) FAIL(err, E_NOT_FOUND, N_("There is no draft at this address."));
	return OK;
}

enum code delete_form(struct request *r, struct err *err)
{
	struct record *record;
	TRY(draft_of_route(r, &record, err));
	const struct page *p = &r->page;
	r->page.title = page_printf(p, _("Delete the draft “%s”?"), record->title);
	r->page.hidden = true;
	delete_page(request_out(r), p, record);
	return OK;
}

static enum code delete (struct tx *tx, void *arg, struct err *err) {
	struct changing *c = arg; return record_delete(tx, c->r->arena, c->r->page.model, &c->r->actor, c->id, err);
}

enum code delete_post(struct request *r, struct err *err)
{
	struct record *record;
	TRY(draft_of_route(r, &record, err));
	struct changing changing = { .r = r, .id = record->id };
	TRY(request_write(r, delete, &changing, err));
	return request_redirect(r, "/-/drafts", "brouillon-efface");
}
