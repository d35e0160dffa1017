#include "features/share/share.h"

#include <string.h>

#include "core/actor.h"
#include "net/uri.h"
#include "page/picture.h"
#include "page/qr.h"
#include "web/request.h"

/* "/f/<id>", "/e/<space>/<slug>", "/<slug>" of the first space. */
static enum code load_record(const struct page *p, const char *path, struct record **ret, struct err *err)
{
	const struct space *space = p->model->nspaces ? &p->model->spaces[0] : NULL;
	const char *slug = path + 1;
	struct id id;
	if (strncmp(path, "/f/", 3) == 0 && id_parse(path + 3, &id))
		return record_load(p->db, p->arena, p->model, p->actor, id, ret, err);
	if (strncmp(path, "/e/", 3) == 0) {
		size_t len = strcspn(path + 3, "/");
		space = model_space_by_slug(p->model, arena_strndup(p->arena, path + 3, len));
		slug = path[3 + len] ? path + 3 + len + 1 : "";
	}
	if (space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return record_load_slug(p->db, p->arena, p->model, p->actor, space, slug, ret, err);
}

/* What stands at an address; pages of the program have the site's name. */
static enum code find_page(const struct page *p, const char *path, struct shared *shared, struct err *err)
{
	const char *bare = arena_strndup(p->arena, path, strcspn(path, "?#"));
	struct record *record;
	shared->path = path;
	shared->title = page_site_name(p);
	if (strcmp(bare, "/") == 0 || strncmp(bare, "/-/", 3) == 0) return OK;
	shared->view = page_view_by_slug(p, bare + 1);
	if (shared->view) {
		shared->title = t(p, &shared->view->title);
		return OK;
	}
	TRY(load_record(p, bare, &record, err));
	shared->title = record->title;
	shared->record = record;
	shared->path = record_short_url(p, record);
	return OK;
}

enum code share_look(const struct page *p, const char *path, struct shared *ret, struct err *err)
{
	struct shared shared = { .from = local_path(path, NULL) };
	if (shared.from == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(find_page(p, shared.from, &shared, err));
	shared.url = arena_printf(p->arena, "%s%s", p->base_url, shared.path);
	const char *host = strstr(shared.url, "://");
	shared.words = host ? host + 3 : shared.url;
	*ret = shared;
	return OK;
}

enum code share_find(const struct page *p, const char *path, struct shared *ret, struct err *err)
{
	struct shared shared;
	TRY(share_look(p, path, &shared, err));
	TRY(qr_svg(p->arena, shared.url, _("Code to this page"), &shared.code, err));
	*ret = shared;
	return OK;
}

bool share_is_open(const struct shared *shared)
{
	if (shared->view) return shared->view->audience == AUDIENCE_PUBLIC;
	if (shared->record == NULL || shared->record->about) return false;
	struct thing thing = record_thing(shared->record);
	return (thing.state == STATE_PUBLISHED || thing.state == STATE_ARCHIVED) &&
	       allowed(&actor_visitor, ACTION_READ, &thing);
}

static const char *oembed_address(const struct page *p, const char *url)
{
	struct buf address;
	buf_init(&address, p->arena, 0);
	buf_lit(&address, "/-/oembed");
	uri_query_add(&address, "url", url);
	uri_query_add(&address, "format", "json");
	return buf_str(&address);
}

const struct page_card *share_record_card(const struct page *p, const struct record *record)
{
	struct page_card *card = arena_new(p->arena, struct page_card);
	const char *url = arena_printf(p->arena, "%s%s", p->base_url, record_url(p, record));
	*card = (struct page_card){ .url = url,
		                    .embed = oembed_address(p, url),
		                    .picture = record_picture(record),
		                    .published = record->created,
		                    .changed = record->changed };
	return card;
}

const struct page_card *share_view_card(const struct page *p, const char *path)
{
	struct page_card *card = arena_new(p->arena, struct page_card);
	const char *url = arena_printf(p->arena, "%s%s", p->base_url, path);
	*card = (struct page_card){ .url = url, .embed = oembed_address(p, url) };
	return card;
}

/* To add one: a row. Mastodon has many servers: that page asks which, and keeps the text in the browser. */
const struct share_way share_ways[] = {
	{ "Mastodon", "https://share.joinmastodon.org/#text=", "%20", "" },
	{ "Bluesky", "https://bsky.app/intent/compose?text=", "%20", "" },
	{ "WhatsApp", "https://wa.me/?text=", "%20", "" },
	{ "Facebook", "https://www.facebook.com/sharer/sharer.php?u=", NULL, "" },
	{ NULL, NULL, NULL, NULL },
};

const char *share_way_url(const struct page *p, const struct share_way *way, const struct shared *shared)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_puts(&url, way->before);
	if (way->between) {
		uri_encode_part(&url, shared->title);
		buf_puts(&url, way->between);
	}
	uri_encode_part(&url, shared->url);
	buf_puts(&url, way->after);
	return buf_str(&url);
}

const char *share_address(const struct page *p, const char *path)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_lit(&url, "/-/share");
	uri_query_add(&url, "path", path);
	return buf_str(&url);
}

const char *share_frame(const struct page *p, const struct shared *shared)
{
	char id[ID_TEXT + 1];
	if (shared->view)
		return arena_printf(p->arena, "/-/frame/%s%s", shared->view->key,
		                    shared->path + strcspn(shared->path, "?"));
	return shared->record ? arena_printf(p->arena, "/-/frame/record/%s", id_format(shared->record->id, id)) : NULL;
}

const char *share_screen(const struct page *p, const struct shared *shared)
{
	return arena_printf(p->arena, "/-/screen/%s%s", shared->view->key, shared->path + strcspn(shared->path, "?"));
}

const char *share_snippet(const struct page *p, const struct shared *shared, int width, int height)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	buf_lit(&out, "<iframe src=\"");
	html_attr(&out, arena_printf(p->arena, "%s%s", p->base_url, share_frame(p, shared)));
	buf_lit(&out, "\" title=\"");
	html_attr(&out, shared->title);
	if (width) buf_printf(&out, "\" width=\"%d\"", width);
	else buf_lit(&out, "\" width=\"100%\"");
	buf_printf(&out, " height=\"%d\" loading=\"lazy\"></iframe>", height ? height : shared->view ? 600 : 260);
	return buf_str(&out);
}
