#include "features/saved/saved_web.h"

#include <string.h>

#include "core/definition.h"
#include "core/form.h"
#include "features/saved/saved.h"
#include "features/saved/saved.html.h"
#include "features/view/view_list.h"
#include "web/web.h"

struct saving {
	struct request *r;
	const char *key;
	const json_t *definition; /* NULL: taken away */
};

static enum code write_saved(struct tx *tx, void *arg, struct err *err)
{
	struct saving *s = arg;
	if (s->definition == NULL) return definition_delete(tx, DEFINITION_VIEW, s->key, &s->r->actor, err);
	return definition_save(tx, s->r->arena, DEFINITION_VIEW, s->key, s->definition, &s->r->actor, NULL, err);
}

static enum code limit(struct request *r, struct err *err)
{
	return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

static void show_list(struct request *r)
{
	struct page *p = &r->page;
	const struct view **mine = arena_array(r->arena, const struct view *, (size_t)p->model->nviews + 1);
	int n = 0;
	for (int i = 0; i < p->model->nviews; i++)
		if (saved_mine(p, &p->model->views[i])) mine[n++] = &p->model->views[i];
	p->title = _("Kept lists");
	p->hidden = true;
	saved_page(request_out(r), p, mine, n);
}

static enum code saved_show(struct request *r, struct err *err)
{
	(void)err;
	show_list(r);
	return OK;
}

/* ---- Keeping one ---- */

static enum code read_list(struct request *r, struct view_list *list, struct err *err)
{
	const struct view *view = page_view(&r->page, r->params[0]);
	if (view == NULL) FAIL(err, E_NOT_FOUND, N_("There is no list at this address."));
	view_list_read(&r->page, view, arena_printf(r->arena, "/%s", view->slug), r->http->query, &r->query, list);
	return OK;
}

static void show_form(struct request *r, const struct view_list *list, const char *name)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _("Keep this list: %s"), t(p, &list->view->title));
	p->hidden = true;
	saved_new_page(request_out(r), p, list, name);
}

static enum code new_show(struct request *r, struct err *err)
{
	struct view_list list;
	TRY(read_list(r, &list, err));
	show_form(r, &list, "");
	return OK;
}

static enum code new_post(struct request *r, struct err *err)
{
	struct view_list list;
	struct issues issues;
	struct view view;
	json_t *definition;
	const char *slug = request_form(r, "space");
	const struct space *space = *slug ? model_space_by_slug(r->page.model, slug) : NULL;
	TRY(read_list(r, &list, err));
	if (*slug && space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	if (space) TRY(may(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_MODEL, .space = space }, err));
	TRY(limit(r, err));
	issues_init(&issues, r->arena);
	enum code code = saved_define(&r->page, &list, &r->query, request_form(r, "name"), space, &issues, &definition,
	                              err);
	if (code == OK)
		code = view_parse(r->arena, definition, r->page.model->forms, r->page.model->nforms, &view, &issues,
		                  err);
	if (code == E_INPUT) {
		r->response->status = 422;
		r->page.issues = &issues;
		show_form(r, &list, request_form(r, "name"));
		return OK;
	}
	TRY(code);
	struct saving saving = { r, view.key, definition };
	TRY(request_write_model(r, write_saved, &saving, err));
	return request_redirect(r, arena_printf(r->arena, "/%s", view.slug), "liste-gardee");
}

/* ---- Changing one ---- */

static enum code find_mine(struct request *r, const struct view **ret, struct err *err)
{
	const struct view *view = model_view(r->page.model, r->params[0]);
	if (view == NULL || !saved_mine(&r->page, view))
		FAIL(err, E_NOT_FOUND, N_("There is no list at this address."));
	*ret = view;
	return limit(r, err);
}

static enum code rename_post(struct request *r, struct err *err)
{
	const struct view *view;
	struct issues issues;
	json_t *definition;
	TRY(find_mine(r, &view, err));
	issues_init(&issues, r->arena);
	enum code code = saved_rename(&r->page, view, request_form(r, "name"), &issues, &definition, err);
	if (code == E_INPUT) {
		r->response->status = 422;
		r->page.issues = &issues;
		show_list(r);
		return OK;
	}
	TRY(code);
	struct saving saving = { r, arena_strdup(r->arena, view->key), definition };
	TRY(request_write_model(r, write_saved, &saving, err));
	return request_redirect(r, "/-/saved", "liste-renommee");
}

static enum code delete_post(struct request *r, struct err *err)
{
	const struct view *view;
	TRY(find_mine(r, &view, err));
	struct saving saving = { r, arena_strdup(r->arena, view->key), NULL };
	TRY(request_write_model(r, write_saved, &saving, err));
	return request_redirect(r, "/-/saved", "liste-effacee");
}

const struct feature saved_feature = {
	.name = "saved",
	.routes = ROUTES({ HTTP_GET, "/-/saved", saved_show, ACTION_READ, KIND_PERSON, N_("The lists that one keeps"),
	                   0, false },
	                 { HTTP_GET, "/-/saved/new/:view", new_show, ACTION_READ, KIND_PERSON,
	                   N_("Form to keep a list with one’s choices"), 0, false },
	                 { HTTP_POST, "/-/saved/new/:view", new_post, ACTION_EDIT, KIND_PERSON,
	                   N_("Keep a list with one’s choices"), 0, false },
	                 { HTTP_POST, "/-/saved/:view", rename_post, ACTION_EDIT, KIND_PERSON, N_("Rename a kept list"),
	                   0, false },
	                 { HTTP_POST, "/-/saved/:view/delete", delete_post, ACTION_EDIT, KIND_PERSON,
	                   N_("Delete a kept list"), 0, false }),
};
