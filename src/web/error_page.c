#include "web/error_page.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "net/uri.h"
#include "web/error_page.html.h"
#include "web/web.h"

/* To add a code: err.h, its name, and a row here. */
static const struct {
	int status;
	const char *title, *advice;
} pages[CODE_COUNT] = {
	[E_INPUT] = { 400, N_("Something in this request is not right"),
	              N_("Go back and correct it: what you typed is still there.") },
	[E_METHOD] = { 405, N_("This address does not do that"), N_("Open the page, and use its buttons.") },
	[E_NOT_FOUND] = { 404, N_("This page is not here"),
	                  N_("It may have moved or been taken away. Search for it, or start from the home page.") },
	[E_FORBIDDEN] = { 403, N_("This is not open to you"), N_("If you think it should be, ask a facilitator.") },
	[E_SIGN_IN] = { 401, N_("Please sign in first"), N_("Sign in, then try again.") },
	[E_CONFLICT] = { 409, N_("Somebody else was faster"),
	                 N_("Reload the page to see what changed. Nothing was lost.") },
	[E_LIMIT] = { 429, N_("A little slower, please"), N_("Wait a moment, then try again.") },
	[E_BUSY] = { 503, N_("The site is busy"), N_("Wait a moment, then try again. Nothing was lost.") },
	[E_GONE] = { 410, N_("This page was taken away"), N_("It was deleted on purpose.") },
	[E_FULL] = { 507, N_("The site has no more room"),
	             N_("Reading still works. Keep a copy of what you typed, and try again when the people in charge have made room.") }, /* RFC 4918, section 11.5 */
	[E_IO] = { 500, N_("Something broke on our side"),
	           N_("Reading still works; try again in a few minutes. The people in charge can see what happened.") },
	[E_INTERNAL] = { 500, N_("Something broke on our side"),
	                 N_("Try again in a few minutes. The people in charge can see what happened.") },
};

int code_status(enum code code)
{
	return pages[code].status;
}

/* What somebody who followed a dead link was looking for: the words of its last part. */
static const char *address_words(struct request *r)
{
	const char *last = strrchr(r->http->path, '/');
	if (last == NULL || strncmp(r->http->path, "/-/", 3) == 0 || strncmp(r->http->path, "/f/", 3) == 0) return "";
	char *words = arena_strdup(r->arena, last + 1);
	for (char *c = words; *c; c++)
		if (strchr("-_.+", *c)) *c = ' ';
	return text_cut(r->arena, words, 100);
}

void error_page(struct request *r, const struct err *err)
{
	bool ours = err->code >= E_IO;
	if (ours || err->code == E_FULL) {
		char text[1024];
		log_error("%s %s %s: %s", r->http->id, code_name(err->code), r->http->path,
		          err_format(err, err->msg, text, sizeof(text)));
	}
	if (err->code == E_SIGN_IN && r->http->method == HTTP_GET) {
		struct buf url;
		buf_init(&url, r->arena, 0);
		buf_puts(&url, "/-/sign-in");
		uri_query_add(&url, "next", r->http->target);
		(void)request_redirect(r, buf_str(&url), NULL);
		return;
	}
	struct buf *out = request_out(r);
	buf_reset(out);
	r->response->status = pages[err->code].status;
	if (err->code == E_METHOD)
		http_set(r->response, "Allow", route_methods(web_features(r->web), r->http->path, r->arena));
	if (err->code == E_LIMIT || err->code == E_BUSY) http_set(r->response, "Retry-After", "30");
	r->page.title = tr(r->page.lang, pages[err->code].title);
	r->page.hidden = true;
	/* What broke is for the log; what is absent and what is hidden look the same. */
	bool told = !ours && err->code != E_NOT_FOUND;
	error_show(out, &r->page, r->response->status, told ? page_error(&r->page, err) : NULL,
	           tr(r->page.lang, pages[err->code].advice), err->code == E_NOT_FOUND ? address_words(r) : NULL,
	           ours ? r->http->id : NULL);
}
