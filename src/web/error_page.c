#include "web/error_page.h"

#include "base/log.h"
#include "net/uri.h"
#include "web/error_page.html.h"

/* To add a code: err.h, its name, and a row here. */
static const struct {
	int status;
	const char *title, *advice;
} pages[CODE_COUNT] = {
	[E_INPUT] = { 400, N_("Something in this request is not right"), N_("Go back and correct it: what you typed is still there.") },
	[E_NOT_FOUND] = { 404, N_("This page is not here"), N_("It may have moved or been taken away. Search for it, or start from the home page.") },
	[E_FORBIDDEN] = { 403, N_("This is not open to you"), N_("If you think it should be, ask a facilitator.") },
	[E_SIGN_IN] = { 401, N_("Please sign in first"), N_("Sign in, then try again.") },
	[E_CONFLICT] = { 409, N_("Somebody else was faster"), N_("Reload the page to see what changed. Nothing was lost.") },
	[E_LIMIT] = { 429, N_("A little slower, please"), N_("Wait a moment, then try again.") },
	[E_BUSY] = { 503, N_("The site is busy"), N_("Wait a moment, then try again. Nothing was lost.") },
	[E_GONE] = { 410, N_("This page was taken away"), N_("It was deleted on purpose.") },
	[E_IO] = { 500, N_("Something broke on our side"), N_("Reading still works; try again in a few minutes. The people in charge can see what happened.") },
	[E_INTERNAL] = { 500, N_("Something broke on our side"), N_("Try again in a few minutes. The people in charge can see what happened.") },
};

int code_status(enum code code)
{
	return pages[code].status;
}

void error_page(struct request *r, const struct err *err)
{
	if (err->code >= E_IO) {
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
	if (err->code == E_LIMIT || err->code == E_BUSY) http_set(r->response, "Retry-After", "30");
	r->page.title = tr(r->page.lang, pages[err->code].title);
	r->page.hidden = true;
	r->page.narrow = true;
	error_show(out, &r->page, page_error(&r->page, err), tr(r->page.lang, pages[err->code].advice), r->http->id);
}
