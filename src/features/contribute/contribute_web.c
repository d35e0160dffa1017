#include "features/contribute/contribute_web.h"

#include "features/contribute/contribute.html.h"

static enum code contribute_show(struct request *r, struct err *err)
{
	(void)err;
	struct page *p = &r->page;
	request_share(r, NULL);
	p->title = _("Contribute");
	contribute_page(request_out(r), p);
	return OK;
}

/* Visitors see it too: they learn what they could bring, then sign in. */
const struct feature contribute_feature = {
	.name = "contribute",
	.routes = ROUTES({ HTTP_GET, "/-/contribute", contribute_show, ACTION_READ, KIND_SITE,
	                   N_("What one may bring to the site"), 0, false }),
};
