/* A view, or a record as a card, without the site around it, for a frame of another site: what visitors read, whoever
 * asks. */
#include "core/actor.h"
#include "features/record/record_show.h"
#include "features/share/share.h"
#include "features/share/share.html.h"
#include "features/share/share_web.h"
#include "features/view/view_list.h"
#include "web/web.h"

enum code frame_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct view_list list;
	p->actor = &actor_visitor;
	const struct view *view = page_view(p, r->params[0]);
	if (view == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	if (*request_query(r, "q")) TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	p->title = t(p, &view->title);
	p->hidden = true;
	view_list_read(p, view, arena_printf(r->arena, "/%s", view->slug), r->http->query, &r->query, &list);
	TRY(view_list_load(p, &list, err));
	http_set(r->response, "Content-Security-Policy", CONTENT_POLICY "frame-ancestors *");
	request_share(r, view_list_names(p, view->form));
	frame_page(request_out(r), p, &list);
	return OK;
}

enum code frame_record_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct shared shared;
	p->actor = &actor_visitor;
	TRY(share_look(p, arena_printf(r->arena, "/f/%s", r->params[0]), &shared, err));
	if (shared.record == NULL || !share_is_open(&shared))
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	p->title = shared.title;
	p->description = record_description(p, shared.record);
	p->space = shared.record->space;
	p->hidden = true;
	http_set(r->response, "Content-Security-Policy", CONTENT_POLICY "frame-ancestors *");
	request_share(r, NULL);
	frame_record(request_out(r), p, shared.record);
	return OK;
}
