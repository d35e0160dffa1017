#include "features/shortcut/shortcut_web.h"

#include "features/shortcut/shortcut.html.h"

static enum code shortcuts_show(struct request *r, struct err *err)
{
	(void)err;
	r->page.title = tr(r->page.lang, N_("Keyboard shortcuts"));
	request_share(r, NULL);
	shortcuts_page(request_out(r), &r->page);
	return OK;
}

const struct feature shortcut_feature = {
	.name = "shortcut",
	.routes = ROUTES({ HTTP_GET, "/-/shortcuts", shortcuts_show, ACTION_READ, KIND_SITE,
	                   N_("The shortcuts of the keyboard"), 0, false }),
};
