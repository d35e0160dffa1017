/*
 * oEmbed 1.0 (oembed.com), JSON: what another site shows in place of an address of this one. Of pages and lists that
 * everybody reads, whoever asks; of others, as of what is not there, 404.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "core/actor.h"
#include "features/share/share.h"
#include "features/share/share_web.h"
#include "page/picture.h"
#include "web/web.h"

enum { WIDTH = 600, LIST_HEIGHT = 600, RECORD_HEIGHT = 260, SIDE_MIN = 120, AGE = 3600 /* s */ };

/* "maxwidth": a whole number, or nothing. */
static int at_most(struct request *r, const char *name, int usual)
{
	long wanted = strtol(request_query(r, name), NULL, 10);
	return wanted > 0 && wanted < usual ? (int)(wanted < SIDE_MIN ? SIDE_MIN : wanted) : usual;
}

/* Of three members, all or none (§2.3.4). */
static void set_thumbnail(const struct page *p, const struct record *record, json_t *answer)
{
	const json_t *picture = record ? record_picture(record) : NULL;
	const char *address = picture_address(p, picture);
	if (address == NULL) return;
	json_object_set_new(answer, "thumbnail_url", json_string(arena_printf(p->arena, "%s%s", p->base_url, address)));
	json_object_set_new(answer, "thumbnail_width", json_integer(json_int(picture, "w", 0)));
	json_object_set_new(answer, "thumbnail_height", json_integer(json_int(picture, "h", 0)));
}

static enum code find(struct request *r, struct shared *ret, struct err *err)
{
	struct page *p = &r->page;
	const char *url = request_query(r, "url");
	size_t len = strlen(p->base_url);
	p->actor = &actor_visitor;
	if (strncmp(url, p->base_url, len) != 0 || (url[len] && url[len] != '/'))
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(share_look(p, url[len] ? url + len : "/", ret, err));
	if (share_frame(p, ret) == NULL || !share_is_open(ret))
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

enum code oembed_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct shared shared;
	const char *format = request_query(r, "format");
	if (*format && strcmp(format, "json") != 0) {
		r->response->status = 501; /* §2.3.5 */
		http_set(r->response, "Content-Type", "text/plain; charset=utf-8");
		buf_puts(request_out(r), "json\n");
		return OK;
	}
	TRY(find(r, &shared, err));
	int width = at_most(r, "maxwidth", WIDTH);
	int height = at_most(r, "maxheight", shared.view ? LIST_HEIGHT : RECORD_HEIGHT);
	json_t *answer = json_keep(r->arena, json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:i, s:i}", "type", "rich",
	                                               "version", "1.0", "title", shared.title, "provider_name",
	                                               page_site_name(p), "provider_url", p->base_url, "cache_age", AGE,
	                                               "html", share_snippet(p, &shared, width, height), "width", width,
	                                               "height", height));
	set_thumbnail(p, shared.record, answer);
	http_set(r->response, "Content-Type", "application/json");
	request_share(r, (const char *const[]){ "url", "format", "maxwidth", "maxheight", NULL });
	buf_puts(request_out(r), json_text(r->arena, answer));
	return OK;
}
