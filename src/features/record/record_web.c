#include "features/record/record_web.h"

#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "features/record/history_page.h"
#include "features/record/record.html.h"
#include "features/record/record_show.h"
#include "web/seal.h"
#include "web/web.h"

enum { FORM_BODY = 1 << 20 };

/* ---- Reading ---- */

static enum code load_by_param(struct request *r, struct record **ret, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return record_load(r->db, r->arena, r->page.model, &r->actor, id, ret, err);
}

static enum code check(struct request *r, const struct record *record, enum action action, struct err *err)
{
	struct thing thing = { .kind = KIND_RECORD, .space = record->space, .author = record->author,
		               .state = record->state };
	return may(&r->actor, action, &thing, err);
}

enum code record_show(struct request *r, struct record *record, struct err *err)
{
	(void)err;
	const struct view *home = record_home_view(&r->page, record);
	r->page.title = record->title;
	r->page.hidden = record->state != STATE_PUBLISHED;
	if (home) r->page.section = arena_printf(r->arena, "/%s", home->slug);
	record_page(request_out(r), &r->page, record);
	return OK;
}

/* /f/:id: the address that never changes. */
static enum code record_permanent(struct request *r, struct err *err)
{
	struct record *record;
	TRY(load_by_param(r, &record, err));
	return request_redirect(r, record_url(&r->page, record), NULL);
}

static enum code record_in_space(struct request *r, struct err *err)
{
	const struct space *space = model_space_by_slug(r->page.model, r->params[0]);
	struct record *record;
	if (space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(record_load_slug(r->db, r->arena, r->page.model, &r->actor, space, r->params[1], &record, err));
	if (strcmp(record_url(&r->page, record), r->http->path) != 0)
		return request_moved(r, record_url(&r->page, record));
	return record_show(r, record, err);
}

/* ---- Adding and correcting ---- */

/* The space named in the address or form, else the first where this person may add. */
static const struct space *space_for(struct request *r, const char *slug)
{
	const struct space *named = *slug ? model_space_by_slug(r->page.model, slug) : NULL;
	struct thing thing = { .kind = KIND_RECORD, .state = STATE_PUBLISHED };
	if (named) return named;
	for (int i = 0; i < r->page.model->nspaces; i++) {
		thing.space = &r->page.model->spaces[i];
		if (allowed(&r->actor, ACTION_CREATE, &thing)) return thing.space;
	}
	return NULL;
}

static enum code find_place(struct request *r, const char *slug, const struct form **form,
                            const struct space **space, struct err *err)
{
	*form = model_form(r->page.model, r->params[0]);
	*space = space_for(r, slug);
	if (*form == NULL || *space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no form at this address."));
	struct thing thing = { .kind = KIND_RECORD, .space = *space, .state = STATE_PUBLISHED };
	return may(&r->actor, ACTION_CREATE, &thing, err);
}

static void show_form(struct request *r, const struct form *form, const struct space *space,
                      const struct record *record, const json_t *values, const char *heads)
{
	struct page *p = &r->page;
	p->title = record ? page_printf(p, _("Correct “%s”"), record->title) : t(p, &form->add);
	p->hidden = true;
	const char *action = record ? record_action_url(p, record, "edit")
	                            : arena_printf(r->arena, "/-/new/%s", form->key);
	edit_page(request_out(r), p, form, space, record, values, heads, action, request_form(r, "_note"));
}

/* Values to begin with: the form's defaults, and the title asked for by a missing link. */
static json_t *first_values(struct request *r, const struct form *form)
{
	json_t *values = json_keep(r->arena, json_object());
	for (int i = 0; i < form->nfields; i++) {
		const json_t *value = json_object_get(form->fields[i].definition, "default");
		if (value) json_object_set(values, form->fields[i].key, (json_t *)value);
	}
	const char *title = request_query(r, "titre");
	if (*title && text_valid(title, strlen(title)))
		json_object_set_new(values, form->title->key, json_string(title));
	return values;
}

static enum code new_form(struct request *r, struct err *err)
{
	const struct form *form;
	const struct space *space;
	TRY(find_place(r, request_query(r, "espace"), &form, &space, err));
	show_form(r, form, space, NULL, first_values(r, form), "");
	return OK;
}

/* What was posted for the fields this person may write; null where a field was emptied. */
static json_t *read_values(struct request *r, const struct form *form, const struct space *space,
                           struct issues *issues)
{
	struct field_post post = request_post(r);
	json_t *values = json_keep(r->arena, json_object());
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (!field_writable(&r->page, space, field)) continue;
		json_t *value = field->type->read(field, &post, issues);
		if (value)
			json_object_set(values, field->key, value);
		else
			json_object_set_new(values, field->key, json_null());
	}
	return values;
}

struct saving {
	struct arena *a;
	const struct model *model;
	struct save save;
	struct issues *issues;
};

static enum code save_record(struct tx *tx, void *arg, struct err *err)
{
	struct saving *saving = arg;
	return record_save(tx, saving->a, saving->model, &saving->save, saving->issues, err);
}

static const char *outcome(const struct save *save, bool created)
{
	if (created) return "cree";
	if (!save->changed) return "inchange";
	return save->merged ? "reuni" : "enregistre";
}

static enum code after_save(struct request *r, const struct save *save, bool created, struct err *err)
{
	struct record *record;
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, save->saved, &record, err));
	if (save->conflict) return request_redirect(r, record_action_url(&r->page, record, "versions"), "deux-versions");
	return request_redirect(r, record_url(&r->page, record), outcome(save, created));
}

/* Saves what was posted, or shows the form again with all its mistakes and everything typed. */
static enum code post_form(struct request *r, const struct form *form, const struct space *space,
                           struct record *record, struct err *err)
{
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	const char *heads = request_form(r, "_heads"), *note = request_form(r, "_note");
	const json_t *values = read_values(r, form, space, &issues);
	struct saving saving = { .a = r->arena, .model = r->page.model, .issues = &issues };
	saving.save = (struct save){ .actor = &r->actor, .form = form, .space = space, .values = values,
		                     .state = STATE_PUBLISHED, .note = *note ? note : NULL };
	if (record) {
		saving.save.record = record->id;
		saving.save.opened = true;
		TRY(open_heads(r, record->id, heads, saving.save.heads, err));
	}
	enum code code = issues.count ? E_INPUT : request_write(r, save_record, &saving, err);
	if (code == OK) return after_save(r, &saving.save, record == NULL, err);
	if (code != E_INPUT) return code;
	if (issues.count == 0) issues_add(&issues, "", "%s", page_error(&r->page, err));
	r->response->status = 422;
	r->page.issues = &issues;
	show_form(r, form, space, record, values, heads);
	return OK;
}

static enum code new_post(struct request *r, struct err *err)
{
	const struct form *form;
	const struct space *space;
	TRY(find_place(r, request_form(r, "_space"), &form, &space, err));
	return post_form(r, form, space, NULL, err);
}

static enum code edit_form(struct request *r, struct err *err)
{
	struct record *record;
	TRY(load_by_param(r, &record, err));
	TRY(check(r, record, ACTION_EDIT, err));
	show_form(r, record->form, record->space, record, record->values, seal_heads(r, record));
	return OK;
}

static enum code edit_post(struct request *r, struct err *err)
{
	struct record *record;
	TRY(load_by_param(r, &record, err));
	TRY(check(r, record, ACTION_EDIT, err));
	return post_form(r, record->form, record->space, record, err);
}

/* ---- Trash ---- */

static enum code trash_form(struct request *r, struct err *err)
{
	struct record *record;
	TRY(load_by_param(r, &record, err));
	TRY(check(r, record, ACTION_DELETE, err));
	const struct page *p = &r->page;
	r->page.title = page_printf(p, _("Put “%s” in the trash?"), record->title);
	r->page.hidden = true;
	trash_page(request_out(r), &r->page, record);
	return OK;
}

struct moving {
	struct request *r;
	struct id id;
	enum record_state state;
};

static enum code move_record(struct tx *tx, void *arg, struct err *err)
{
	struct moving *m = arg;
	return record_set_state(tx, m->r->arena, m->r->page.model, &m->r->actor, m->id, m->state, err);
}

static enum code set_state(struct request *r, enum record_state state, struct record **record, struct err *err)
{
	TRY(load_by_param(r, record, err));
	TRY(check(r, *record, ACTION_DELETE, err));
	struct moving moving = { r, (*record)->id, state };
	return request_write(r, move_record, &moving, err);
}

static enum code trash_post(struct request *r, struct err *err)
{
	struct record *record;
	TRY(set_state(r, STATE_TRASH, &record, err));
	const struct view *home = record_home_view(&r->page, record);
	return request_redirect(r, home ? arena_printf(r->arena, "/%s", home->slug) : "/", "corbeille");
}

static enum code untrash_post(struct request *r, struct err *err)
{
	struct record *record;
	TRY(set_state(r, STATE_PUBLISHED, &record, err));
	return request_redirect(r, record_url(&r->page, record), "sorti");
}

const struct feature record_feature = {
	.name = "record",
	.routes = ROUTES(
		{ HTTP_GET, "/f/:id", record_permanent, ACTION_READ, KIND_RECORD, N_("Go to a record by its lasting address"), 0, false },
		{ HTTP_GET, "/e/:space/:slug", record_in_space, ACTION_READ, KIND_RECORD, N_("Show a record or a page"), 0, false },
		{ HTTP_GET, "/-/new/:form", new_form, ACTION_CREATE, KIND_RECORD, N_("Form to add a record"), 0, false },
		{ HTTP_POST, "/-/new/:form", new_post, ACTION_CREATE, KIND_RECORD, N_("Add a record"), FORM_BODY, false },
		{ HTTP_GET, "/-/edit/:id", edit_form, ACTION_EDIT, KIND_RECORD, N_("Form to correct a record"), 0, false },
		{ HTTP_POST, "/-/edit/:id", edit_post, ACTION_EDIT, KIND_RECORD, N_("Correct a record"), FORM_BODY, false },
		{ HTTP_GET, "/-/history/:id", history_show, ACTION_HISTORY, KIND_RECORD, N_("All the changes of a record"), 0, false },
		{ HTTP_GET, "/-/history/:id/:save", version_show, ACTION_HISTORY, KIND_RECORD, N_("A record as it was"), 0, false },
		{ HTTP_GET, "/-/compare/:id", compare_show, ACTION_HISTORY, KIND_RECORD, N_("What changed between two versions"), 0, false },
		{ HTTP_POST, "/-/restore/:id", restore_post, ACTION_RESTORE, KIND_RECORD, N_("Restore an earlier version"), 0, false },
		{ HTTP_GET, "/-/versions/:id", versions_form, ACTION_EDIT, KIND_RECORD, N_("Choose between two versions"), 0, false },
		{ HTTP_POST, "/-/versions/:id", versions_post, ACTION_EDIT, KIND_RECORD, N_("Keep the chosen versions"), FORM_BODY, false },
		{ HTTP_GET, "/-/trash/:id", trash_form, ACTION_DELETE, KIND_RECORD, N_("Ask before putting in the trash"), 0, false },
		{ HTTP_POST, "/-/trash/:id", trash_post, ACTION_DELETE, KIND_RECORD, N_("Put a record in the trash"), 0, false },
		{ HTTP_POST, "/-/untrash/:id", untrash_post, ACTION_DELETE, KIND_RECORD, N_("Take a record out of the trash"), 0, false }),
};
