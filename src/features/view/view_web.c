#include "features/view/view_web.h"

#include <string.h>

#include "features/export/export.h"
#include "features/record/record_show.h"
#include "features/share/share.h"
#include "features/view/choice_web.h"
#include "features/view/view.html.h"
#include "features/view/view_list.h"
#include "fields/rich_text.h"
#include "web/web.h"

/* Where a record is added, from the view's template if it has one. */
static const char *add_address(const struct page *p, const struct view *view)
{
	const struct template *template = view->template ? model_template(p->model, view->template) : NULL;
	if (template == NULL || template->form != view->form)
		return arena_printf(p->arena, "/-/new/%s", view->form->key);
	return arena_printf(p->arena, "/-/new/%s?modele=%s", view->form->key, template->key);
}

static enum code view_show(struct request *r, const struct view *view, struct err *err)
{
	struct page *p = &r->page;
	struct view_list list;
	const char *base = arena_printf(r->arena, "/%s", view->slug);
	const char *words = form_data_get(&r->query, "q"), *kept = choices_kept(r, view);
	if (kept) return request_redirect(r, arena_printf(r->arena, "%s?%s", base, kept), NULL);
	if (words && *words) TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	view_list_read(p, view, base, r->http->query, &r->query, &list);
	TRY(view_list_load(p, &list, err));
	struct html_safe intro = { "", 0 };
	if (*t(p, &view->intro)) intro = rich_text_html(p, t(p, &view->intro));
	p->title = t(p, &view->title);
	p->section = base;
	export_feeds(p, &list);
	p->card = share_view_card(p, view_list_address(p, &list));
	struct thing thing = { .kind = KIND_RECORD, .space = &p->model->spaces[0], .state = STATE_PUBLISHED };
	/* Visitors see the way in too: it leads them to sign in. */
	bool add = allowed(p->actor, ACTION_CREATE, &thing) || !page_signed_in(p);
	request_share(r, view_list_names(p, view->form));
	add = add && !view->form->asleep && actor_reads_form(p->actor, view->form);
	view_page(request_out(r), p, &list, add ? add_address(p, view) : NULL, intro);
	return OK;
}

/* To its present address, with the choices made in the former one. */
static enum code view_moved(struct request *r, const struct view *view)
{
	const char *query = r->http->query;
	return request_moved(r, query && *query ? arena_printf(r->arena, "/%s?%s", view->slug, query)
	                                        : arena_printf(r->arena, "/%s", view->slug));
}

/* "/:slug": a view of that address, else a record of the site's first space. */
static enum code short_address(struct request *r, struct err *err)
{
	const struct view *view = page_view_by_slug(&r->page, r->params[0]);
	struct record *record;
	if (view) return view_show(r, view, err);
	if (r->page.model->nspaces == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	enum code code = record_load_slug(r->db, r->arena, r->page.model, &r->actor, &r->page.model->spaces[0],
	                                  r->params[0], &record, err);
	const struct view *moved = code == E_NOT_FOUND ? model_view_by_former(r->page.model, r->params[0]) : NULL;
	if (moved && page_sees(&r->page, moved)) return view_moved(r, moved);
	TRY(code);
	if (strcmp(record_url(&r->page, record), r->http->path) != 0)
		return request_moved(r, record_url(&r->page, record));
	return record_show(r, record, err);
}

const struct feature view_feature = {
	.name = "view",
	.way = WAY_LIST,
	.routes = ROUTES({ HTTP_GET, "/-/view/:view/points.json", view_points, ACTION_READ, KIND_RECORD,
	                   N_("The points of a view’s map, as data"), 0, false },
	                 { HTTP_GET, "/-/view/:view/map.svg", view_drawing, ACTION_READ, KIND_RECORD,
	                   N_("The drawing of a view’s map"), 0, false },
	                 { HTTP_GET, "/-/choices/:view", choices_show, ACTION_READ, KIND_RECORD,
	                   N_("Keep the choices made in a list, on this device"), 0, false },
	                 { HTTP_POST, "/-/choices/:view", choices_post, ACTION_READ, KIND_RECORD,
	                   N_("Keep the choices made in a list, on this device, or forget them"), 0, true },
	                 { HTTP_GET, "/:slug", short_address, ACTION_READ, KIND_RECORD,
	                   N_("Show a view, or a page of the site"), 0, false }),
};
