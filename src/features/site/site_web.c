#include "features/site/site_web.h"

#include <string.h>

#include "base/asset.h"
#include "features/site/rights.html.h"
#include "net/cookie.h"
#include "net/encoding.h"
#include "page/picture.h"
#include "page/theme.h"

#define FOR_EVER "public, max-age=31536000, immutable" /* the address changes with the content */
#define A_DAY "public, max-age=86400"

enum { LANGUAGE_LIFE = 365 * 24 * 3600 };

/* ---- Files ---- */

/* The same for every reader. */
static void set_shared(struct request *r, const char *type, const char *cache)
{
	http_set(r->response, "Content-Type", type);
	http_set(r->response, "Cache-Control", cache);
	http_set(r->response, "Vary", "Accept-Encoding");
	request_share(r, NULL);
}

static enum code send_asset(struct request *r, const struct asset *asset, const char *cache)
{
	bool gzip = asset->gzip && encoding_choose(r->http) == ENCODING_GZIP;
	set_shared(r, asset->type, cache);
	if (gzip) http_set(r->response, "Content-Encoding", "gzip");
	buf_add(request_out(r), gzip ? asset->gzip : asset->data, gzip ? asset->gzip_size : asset->size);
	return OK;
}

static enum code asset_show(struct request *r, struct err *err)
{
	const struct asset *asset = asset_by_path(r->http->path);
	if (asset == NULL) FAIL(err, E_NOT_FOUND, N_("There is no file at this address."));
	return send_asset(r, asset, FOR_EVER);
}

/* Browsers ask for it by habit. */
static enum code favicon_show(struct request *r, struct err *err)
{
	const struct asset *logo = asset_find("logo.svg");
	if (logo == NULL) FAIL(err, E_NOT_FOUND, N_("There is no file at this address."));
	return send_asset(r, logo, A_DAY);
}

static enum code theme_show(struct request *r, struct err *err)
{
	const struct model *model = r->page.model;
	const struct theme *theme = theme_of(json_string_value(model_setting(model, "colour")));
	for (int i = 0; i < model->nspaces && strcmp(r->http->path, theme->path) != 0; i++)
		if (model->spaces[i].colour) theme = theme_of(model->spaces[i].colour);
	if (strcmp(r->http->path, theme->path) != 0) FAIL(err, E_NOT_FOUND, N_("There is no file at this address."));
	set_shared(r, "text/css; charset=utf-8", FOR_EVER);
	buf_add(request_out(r), theme->css, theme->len);
	return OK;
}

/* ---- For programs ---- */

static enum code robots_show(struct request *r, struct err *err)
{
	(void)err;
	set_shared(r, "text/plain; charset=utf-8", A_DAY);
	buf_lit(request_out(r), "User-agent: *\n"
	                        "Allow: " ASSET_ROOT "\n"
	                        "Allow: " THEME_ROOT "\n"
	                        "Allow: " PICTURE_ROOT "\n"
	                        "Disallow: /-/\n");
	return OK;
}

/* A snapshot was opened before we came here: the site reads. So no cache answers instead. */
static enum code health_show(struct request *r, struct err *err)
{
	(void)err;
	http_set(r->response, "Content-Type", "text/plain; charset=utf-8");
	http_set(r->response, "Cache-Control", "no-store");
	buf_lit(request_out(r), "ok\n");
	return OK;
}

/* ---- For readers ---- */

/* The choice is kept in the browser, for a year: the site knows nothing of it. */
static enum code language_choose(struct request *r, struct err *err)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		const char *tag = lang_tag((enum lang)i);
		if (strcmp(r->params[0], tag) != 0) continue;
		cookie_set(r->http, r->response, "lang", tag, LANGUAGE_LIFE);
		return request_redirect(r, local_path(request_query(r, "next"), "/"), NULL);
	}
	FAIL(err, E_NOT_FOUND, N_("The site does not speak this language."));
}

static enum code rights_show(struct request *r, struct err *err)
{
	(void)err;
	request_share(r, NULL);
	r->page.title = tr(r->page.lang, N_("Who may do what"));
	rights_page(request_out(r), &r->page);
	return OK;
}

const struct feature site_feature = {
	.name = "site",
	.routes = ROUTES(
	        { HTTP_GET, "/-/asset/:file", asset_show, ACTION_READ, KIND_SITE,
	          N_("Style sheets, scripts and drawings of the program"), 0, false },
	        { HTTP_GET, "/-/theme/:file", theme_show, ACTION_READ, KIND_SITE, N_("The site’s colours"), 0, false },
	        { HTTP_GET, "/favicon.ico", favicon_show, ACTION_READ, KIND_SITE, N_("The site’s mark, for browsers"),
	          0, false },
	        { HTTP_GET, "/robots.txt", robots_show, ACTION_READ, KIND_SITE, N_("What search engines may visit"), 0,
	          false },
	        { HTTP_GET, "/-/health", health_show, ACTION_READ, KIND_SITE,
	          N_("Does the site answer? For those who watch over it"), 0, false },
	        { HTTP_GET, "/-/language/:lang", language_choose, ACTION_READ, KIND_SITE, N_("Choose the language"), 0,
	          false },
	        { HTTP_GET, "/-/rights", rights_show, ACTION_READ, KIND_SITE,
	          N_("Who may do what, printed from the rule itself"), 0, false }),
};
