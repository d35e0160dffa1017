/* The data and the drawing of a view's map, of the same query as its page. */
#include <unistd.h>

#include "base/fd.h"
#include "features/view/view_list.h"
#include "features/view/view_web.h"
#include "page/picture.h"
#include "store/file.h"
#include "views/map.h"
#include "web/web.h"

enum { OUTLINES_MAX = 2 << 20 };

static enum code load(struct request *r, const struct view **view, struct map_points *points, struct err *err)
{
	struct page *p = &r->page;
	struct view_list list;
	*view = page_view(p, r->params[0]);
	if (*view == NULL || !map_fits(*view)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	if (*request_query(r, "q")) TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	view_list_read(p, *view, "", r->http->query, &r->query, &list);
	TRY(view_list_until(p, &list, err));
	TRY(map_points_load(p, &list, points, err));
	request_share(r, view_list_names(p, (*view)->form));
	return OK;
}

enum code view_points(struct request *r, struct err *err)
{
	const struct view *view;
	struct map_points points;
	TRY(load(r, &view, &points, err));
	http_set(r->response, "Content-Type", "application/json");
	map_points_json(request_out(r), &r->page, &points, view->form);
	return OK;
}

/* NULL when the view has none. */
static enum code read_outlines(struct request *r, const struct view *view, json_t **ret, struct err *err)
{
	struct picture picture;
	AUTO(close_fd) int fd = -1;
	int64_t size;
	*ret = NULL;
	if (view->map.outlines == NULL || !page_picture(&r->page, view->map.outlines, &picture)) return OK;
	TRY(file_open(site_store(r->site), &picture.file, &fd, &size, err));
	if (size > OUTLINES_MAX) FAIL(err, E_LIMIT, N_("The outlines are too large."));
	char *text = arena_alloc(r->arena, (size_t)size + 1);
	if (read(fd, text, (size_t)size) != size) FAIL(err, E_IO, N_("The outlines cannot be read."));
	return json_parse(r->arena, text, (size_t)size, ret, err);
}

enum code view_drawing(struct request *r, struct err *err)
{
	const struct view *view;
	struct map_points points;
	json_t *outlines;
	TRY(load(r, &view, &points, err));
	TRY(read_outlines(r, view, &outlines, err));
	http_set(r->response, "Content-Type", "image/svg+xml");
	http_set(r->response, "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
	map_svg(request_out(r), &points, outlines, t(&r->page, &view->title));
	return OK;
}
