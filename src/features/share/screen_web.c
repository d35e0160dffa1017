/* A view for a screen in a hall: what visitors read, whoever asks. The browser asks for the next record by itself
 * (the field Refresh of the answer), until somebody stops it. */
#include <stdlib.h>
#include <string.h>

#include "core/actor.h"
#include "features/share/screen.h"
#include "features/share/screen.html.h"
#include "features/share/share_web.h"
#include "features/view/view_list.h"
#include "page/qr.h"
#include "web/web.h"

/* "3": the third, turning; "pause-3": the third, until somebody goes on. */
static const char stopped[] = "pause-";

const char *screen_address(const struct page *p, const struct screen *screen, int at, bool paused)
{
	return view_list_with(p, screen->list, "fiche", arena_printf(p->arena, "%s%d", paused ? stopped : "", at + 1));
}

int screen_next(const struct screen *screen)
{
	return screen->list->n ? (screen->at + 1) % screen->list->n : 0;
}

int screen_before(const struct screen *screen)
{
	return screen->list->n ? (screen->at + screen->list->n - 1) % screen->list->n : 0;
}

/* A list that grew shorter begins again. */
static void read_place(struct request *r, struct screen *screen)
{
	const char *said = request_query(r, "fiche");
	screen->paused = strncmp(said, stopped, sizeof(stopped) - 1) == 0;
	long at = strtol(screen->paused ? said + sizeof(stopped) - 1 : said, NULL, 10);
	screen->at = at >= 1 && at <= screen->list->n ? (int)at - 1 : 0;
}

enum code screen_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct view_list list;
	struct screen screen = { .list = &list };
	p->actor = &actor_visitor;
	const struct view *view = page_view(p, r->params[0]);
	if (view == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	if (*request_query(r, "q")) TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	p->title = t(p, &view->title);
	p->hidden = true;
	view_list_read(p, view, arena_printf(r->arena, "/-/screen/%s", view->key), r->http->query, &r->query, &list);
	list.query.size = SCREEN_RECORDS;
	TRY(view_list_load(p, &list, err));
	read_place(r, &screen);
	const char *path = list.n ? record_short_url(p, list.records[screen.at])
	                          : arena_printf(r->arena, "/%s", view->slug);
	TRY(qr_svg(r->arena, arena_printf(r->arena, "%s%s", p->base_url, path), "", &screen.code, err));
	if (!screen.paused)
		http_set(r->response, "Refresh",
		         arena_printf(r->arena, "%d; url=%s", SCREEN_SECONDS,
		                      screen_address(p, &screen, screen_next(&screen), false)));
	http_set(r->response, "Cache-Control", "no-store");
	screen_page(request_out(r), p, &screen);
	return OK;
}
