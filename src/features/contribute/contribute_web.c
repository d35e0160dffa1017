#include "features/contribute/contribute_web.h"

#include "features/contribute/contribute.h"
#include "features/contribute/contribute.html.h"
#include "net/uri.h"

static enum code contribute_show(struct request *r, struct err *err)
{
	(void)err;
	struct page *p = &r->page;
	request_share(r, NULL);
	p->title = _("Contribute");
	contribute_page(request_out(r), p);
	return OK;
}

/* On to the form, through the sign-in page for who needs it, with what was said. */
static enum code begin(struct request *r, struct err *err)
{
	static const char *const names[] = { "titre", "ou", "quand", "qui" };
	const struct form *form = model_form(r->page.model, request_query(r, "forme"));
	struct buf url, through;
	if (form == NULL || form->asleep || !actor_reads_form(&r->actor, form))
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	buf_init(&url, r->arena, 0);
	buf_printf(&url, "/-/new/%s", form->key);
	for (size_t i = 0; i < COUNT(names); i++)
		if (*request_query(r, names[i])) uri_query_add(&url, names[i], request_query(r, names[i]));
	if (!contribute_asks_account(&r->page)) return request_redirect(r, buf_str(&url), NULL);
	buf_init(&through, r->arena, 0);
	buf_puts(&through, "/-/sign-in");
	uri_query_add(&through, "next", buf_str(&url));
	return request_redirect(r, buf_str(&through), NULL);
}

/* Visitors see it too: they learn what they could bring, then sign in. */
const struct feature contribute_feature = {
	.name = "contribute",
	.routes = ROUTES({ HTTP_GET, "/-/contribute", contribute_show, ACTION_READ, KIND_SITE,
	                   N_("What one may bring to the site"), 0, false },
	                 { HTTP_GET, "/-/contribute/begin", begin, ACTION_READ, KIND_SITE,
	                   N_("From what, where, when and who to a form that holds them"), 0, false }),
};
