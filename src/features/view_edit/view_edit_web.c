#include "features/view_edit/view_edit_web.h"

#include <string.h>

#include "core/definition.h"
#include "features/view_edit/view_change.html.h"
#include "features/view_edit/view_edit.h"
#include "features/view_edit/view_history.h"
#include "web/web.h"

enum { BODY_MAX = 1 << 20 };

enum code view_edit_may(struct request *r, struct err *err)
{
	const struct model *model = r->page.model;
	if (model->nspaces == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return may(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_MODEL, .space = &model->spaces[0] }, err);
}

enum code view_edit_find(struct request *r, const struct view **ret, struct err *err)
{
	TRY(view_edit_may(r, err));
	const struct view *view = model_view(r->page.model, r->params[0]);
	if (view == NULL || view->saved || !page_sees(&r->page, view))
		FAIL(err, E_NOT_FOUND, N_("There is no view at this address."));
	*ret = view;
	return OK;
}

enum code view_edit_limit(struct request *r, struct err *err)
{
	return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

const char *view_edit_url(const struct page *p, const char *what, const struct view *view)
{
	return arena_printf(p->arena, "/-/views/%s/%s", what, view->key);
}

/* ---- The list ---- */

static void line_of(const struct page *p, const struct definition_last *last, struct view_line *line)
{
	struct label title = label_from_json(p->arena, json_object_get(last->body, "title"));
	*line = (struct view_line){ .key = last->key, .title = t(p, &title), .who = last->who, .at = last->at };
	line->view = model_view(p->model, last->key);
	if (line->view) view_uses_find(p, line->view, &line->uses);
}

static enum code views_show(struct request *r, struct err *err)
{
	struct definition_last *all;
	struct page *p = &r->page;
	int n, nlines = 0;
	TRY(view_edit_may(r, err));
	TRY(definition_latest(r->db, r->arena, DEFINITION_VIEW, &all, &n, err));
	struct view_line *lines = arena_array(r->arena, struct view_line, (size_t)n + 1);
	for (int i = 0; i < n; i++)
		if (json_object_get(all[i].body, "saved") == NULL) line_of(p, &all[i], &lines[nlines++]);
	p->title = _("Views");
	p->hidden = true;
	views_page(request_out(r), p, lines, nlines);
	return OK;
}

/* ---- Taking one away ---- */

enum code view_remove_show(struct request *r, struct err *err)
{
	const struct view *view;
	struct view_uses uses;
	struct page *p = &r->page;
	TRY(view_edit_find(r, &view, err));
	view_uses_find(p, view, &uses);
	TRY(view_uses_pages(p, view, &uses, err));
	p->title = page_printf(p, _("Take the view “%s” away"), t(p, &view->title));
	p->hidden = true;
	view_remove_page(request_out(r), p, view, &uses);
	return OK;
}

struct removal {
	struct request *r;
	const struct view *view;
};

static enum code write_removal(struct tx *tx, void *arg, struct err *err)
{
	const struct removal *x = arg;
	TRY(view_uses_follow(tx, &x->r->page, x->view, NULL, err));
	return definition_delete(tx, DEFINITION_VIEW, x->view->key, &x->r->actor, err);
}

enum code view_remove_post(struct request *r, struct err *err)
{
	struct removal x = { .r = r };
	TRY(view_edit_find(r, &x.view, err));
	TRY(view_edit_limit(r, err));
	TRY(request_write_model(r, write_removal, &x, err));
	return request_redirect(r, "/-/views", "vue-otee");
}

#define MANAGE ACTION_MANAGE, KIND_MODEL

const struct feature view_edit_feature = {
	.name = "view_edit",
	.routes = ROUTES(
	        { HTTP_GET, "/-/views", views_show, MANAGE, N_("The site’s views, to shape them"), 0, false },
	        { HTTP_GET, "/-/views/new", view_new_show, MANAGE, N_("Begin a view"), 0, false },
	        { HTTP_POST, "/-/views/new", view_new_post, MANAGE, N_("Make a view"), BODY_MAX, false },
	        { HTTP_GET, "/-/views/edit/:view", view_change_show, MANAGE, N_("What a view shows, to change it"), 0,
	          false },
	        { HTTP_POST, "/-/views/edit/:view", view_change_post, MANAGE, N_("Change a view"), BODY_MAX, false },
	        { HTTP_GET, "/-/views/remove/:view", view_remove_show, MANAGE, N_("Ask before taking a view away"), 0,
	          false },
	        { HTTP_POST, "/-/views/remove/:view", view_remove_post, MANAGE, N_("Take a view away"), 0, false },
	        { HTTP_POST, "/-/views/return/:view", view_return_post, MANAGE,
	          N_("Bring back a view that was taken away"), 0, false },
	        { HTTP_GET, "/-/views/history/:view", view_history_show, MANAGE, N_("What became of a view"), 0,
	          false },
	        { HTTP_POST, "/-/views/history/:view/:version", view_history_post, MANAGE,
	          N_("Bring a view back to how it was"), 0, false }),
};
