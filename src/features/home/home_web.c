#include "features/home/home_web.h"

#include "features/home/home.html.h"
#include "features/home/home_block.h"

static enum code home_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	const json_t *blocks = model_setting(p->model, "home");
	const char *title = home_title(p, blocks);
	p->title = title ? title : page_site_name(p);
	p->description = page_setting(p, "tagline", NULL);
	request_share(r, (const char *const[]){ "fait", NULL });
	struct buf *out = request_out(r);
	home_top(out, p, blocks);
	TRY(home_draw(out, p, blocks, err));
	home_bottom(out, p);
	return OK;
}

const struct feature home_feature = {
	.name = "home",
	.routes = ROUTES({ HTTP_GET, "/", home_show, ACTION_READ, KIND_SITE, N_("The home page"), 0, false }),
};
