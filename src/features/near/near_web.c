#include "features/near/near_web.h"

#include <stdlib.h>
#include <string.h>

#include "features/near/near.html.h"
#include "features/view/view_list.h"
#include "net/cookie.h"
#include "page/when.h"
#include "web/web.h"

enum { LIFE = 365 * 24 * 3600, MOST = 80 /* bytes of what a browser keeps */ };

const int near_rooms[] = { 1000, 3000, 5000, 10000, 0 };

const char *near_cookie(const struct page *p, const struct view *view)
{
	return arena_printf(p->arena, "pres-%s", view->slug);
}

const char *near_record_id(const struct page *p, const struct record *record)
{
	char id[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(record->id, id));
}

const char *near_line(const struct page *p, const struct near_item *item)
{
	const char *when = agenda_when(p, item->item);
	if (item->metres < 0) return page_printf(p, "%s · %s", when, _("place not on the map"));
	const char *far = near_words(p, item->metres);
	return page_printf(p, "%s · %s", when,
	                   item->about ? page_printf(p, _("about %s away"), far) : page_printf(p, _("%s away"), far));
}

const char *near_day(const struct page *p, const struct near_item *item)
{
	const char *words = date_format(p->arena, item->day, DATE_FULL, p->lang);
	if (date_compare(item->day, page_local(p).date) == 0) return page_printf(p, _("Today, %s"), words);
	return words;
}

static enum code find(struct request *r, const struct view **ret, struct err *err)
{
	const struct view *view = page_view(&r->page, r->params[0]);
	if (view == NULL || view->slug == NULL || !near_fits(&r->page, view))
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = view;
	return OK;
}

static int read_room(const char *typed)
{
	long n = strtol(typed, NULL, 10);
	for (int i = 0; near_rooms[i]; i++)
		if (near_rooms[i] == n) return near_rooms[i];
	return strcmp(typed, "0") == 0 ? 0 : NEAR_ROOM;
}

static const char *address(const struct page *p, const struct view *view, const struct near_point *point, int metres)
{
	const char *name = point->place ? "pres" : "la";
	return arena_printf(p->arena, "/-/near/%s?%s=%s&rayon=%d", view->key, name,
	                    point->place ? point->place : point->at, metres);
}

/* The place that this device keeps, for the bare address: "ID~3000", or "47.394_0.698~3000". */
static const char *kept_address(struct request *r, const struct view *view)
{
	const char *kept = cookie_get(r->http, near_cookie(&r->page, view));
	struct near_point point;
	size_t len = kept ? strcspn(kept, "~") : 0;
	if (kept == NULL || strlen(kept) > MOST || kept[len] == '\0') return NULL;
	char *what = arena_strndup(r->arena, kept, len);
	for (char *c = what; *c; c++)
		if (*c == '_') *c = ',';
	if (!near_point(&r->page, what, what, &point)) return NULL;
	return address(&r->page, view, &point, read_room(kept + len + 1));
}

static enum code near_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct near_shown s = { .metres = read_room(request_query(r, "rayon")) };
	struct view_list list;
	struct form_data none = { 0 };
	TRY(find(r, &s.view, err));
	const char *kept = r->http->query && *r->http->query ? NULL : kept_address(r, s.view);
	if (kept) return request_redirect(r, kept, NULL);
	TRY(near_places(p, s.view, &s.places, &s.nplaces, err));
	const char *place = request_query(r, "pres"), *at = request_query(r, "la");
	s.chosen = near_point(p, place, at, &s.point);
	s.kept = cookie_get(r->http, near_cookie(p, s.view)) != NULL;
	if (!s.chosen && (*place || *at)) s.mistake = _("This place is not known here: choose another one.");
	view_list_read(p, s.view, arena_printf(r->arena, "/%s", s.view->slug), "", &none, &list);
	if (s.chosen) TRY(near_find(p, &list, &s.point, s.metres, &s.items, &s.n, err));
	/* Its button asks the device where it is; no other page may. */
	http_set(r->response, "Permissions-Policy", "camera=(), geolocation=(self), microphone=()");
	p->title = s.chosen && s.point.name ? page_printf(p, _("This week near %s"), s.point.name)
	                                    : _("This week near me");
	p->section = arena_printf(r->arena, "/%s", s.view->slug);
	p->hidden = s.chosen;
	near_page(request_out(r), p, &s);
	return OK;
}

static enum code near_post(struct request *r, struct err *err)
{
	const struct view *view;
	struct near_point point;
	TRY(find(r, &view, err));
	const char *cookie = near_cookie(&r->page, view);
	int metres = read_room(request_form(r, "rayon"));
	bool found = near_point(&r->page, request_form(r, "pres"), request_form(r, "la"), &point);
	const char *url = found ? address(&r->page, view, &point, metres)
	                        : arena_printf(r->arena, "/-/near/%s?rayon=%d", view->key, metres);
	if (strcmp(request_form(r, "keep[]"), "1") != 0) {
		cookie_clear(r->http, r->response, cookie);
		return request_redirect(r, url, "choix-oublies");
	}
	if (!found) FAIL(err, E_INPUT, N_("This place is not known here: choose another one."));
	char *kept = arena_printf(r->arena, "%s~%d", point.place ? point.place : point.at, metres);
	for (char *c = kept; *c; c++)
		if (*c == ',') *c = '_'; /* no comma in a cookie (RFC 6265 §4.1.1) */
	cookie_set(r->http, r->response, cookie, kept, LIFE);
	return request_redirect(r, url, "choix-gardes");
}

const struct feature near_feature = {
	.name = "near",
	.routes = ROUTES({ HTTP_GET, "/-/near/:view", near_show, ACTION_READ, KIND_RECORD,
	                   N_("What takes place this week near a place that one chooses"), 0, false },
	                 { HTTP_POST, "/-/near/:view", near_post, ACTION_READ, KIND_RECORD,
	                   N_("Have one’s device keep that place, or forget it"), 0, true }),
};
