#include "features/front/front_web.h"

#include "features/front/front.h"
#include "features/front/front.html.h"
#include "features/front/identity.h"

enum { BODY_MAX = 1 << 18 };

static enum code site_show(struct request *r, struct err *err)
{
	struct front f;
	TRY(front_find(r, &f, err));
	r->page.title = tr(r->page.lang, N_("Shape the site"));
	site_page(request_out(r), &r->page, &f);
	return OK;
}

#define MANAGE ACTION_MANAGE, KIND_MODEL

const struct feature front_feature = {
	.name = "front",
	.routes = ROUTES(
	        { HTTP_GET, "/-/site", site_show, MANAGE, N_("What makes the site, to shape it"), 0, false },
	        { HTTP_GET, "/-/site/menu", front_menu_show, MANAGE, N_("The menu, to change it"), 0, false },
	        { HTTP_POST, "/-/site/menu", front_menu_post, MANAGE, N_("Publish the menu"), BODY_MAX, false },
	        { HTTP_GET, "/-/site/identity", identity_show, MANAGE, N_("The site’s name and colour, to change them"),
	          0, false },
	        { HTTP_POST, "/-/site/identity", identity_post, MANAGE, N_("Change the site’s name and colour"), 0,
	          false },
	        { HTTP_GET, "/-/site/home", front_home_show, MANAGE, N_("The blocks of the home page, to change them"),
	          0, false },
	        { HTTP_GET, "/-/site/home/preview", front_home_preview, MANAGE, N_("The home page being written"), 0,
	          false },
	        { HTTP_GET, "/-/site/home/add", front_home_kinds, MANAGE, N_("The kinds of blocks"), 0, false },
	        { HTTP_GET, "/-/site/home/add/:kind", front_block_new, MANAGE, N_("Write a new block of the home page"),
	          0, false },
	        { HTTP_POST, "/-/site/home/add/:kind", front_block_new_post, MANAGE,
	          N_("Add a block to the draft of the home page"), BODY_MAX, false },
	        { HTTP_GET, "/-/site/home/block/:place", front_block_edit, MANAGE,
	          N_("Correct a block of the home page"), 0, false },
	        { HTTP_POST, "/-/site/home/block/:place", front_block_edit_post, MANAGE,
	          N_("Change a block in the draft of the home page"), BODY_MAX, false },
	        { HTTP_POST, "/-/site/home/move", front_home_move, MANAGE,
	          N_("Move a block of the home page up or down"), 0, false },
	        { HTTP_POST, "/-/site/home/remove", front_home_remove, MANAGE,
	          N_("Take a block out of the draft of the home page"), 0, false },
	        { HTTP_POST, "/-/site/home/publish", front_home_publish, MANAGE,
	          N_("Publish the draft of the home page"), 0, false },
	        { HTTP_POST, "/-/site/home/discard", front_home_discard, MANAGE,
	          N_("Give the draft of the home page up"), 0, false },
	        { HTTP_GET, "/-/site/history/:what", front_history_show, MANAGE,
	          N_("What became of the menu, the home page, the name"), 0, false },
	        { HTTP_POST, "/-/site/history/:what/:version", front_history_post, MANAGE,
	          N_("Bring the menu, the home page or the name back to how it was"), 0, false },
	        /* The same of a space, for who looks after it. */
	        { HTTP_GET, "/-/space/:slug/menu", front_menu_show, MANAGE, N_("The menu, to change it"), 0, false },
	        { HTTP_POST, "/-/space/:slug/menu", front_menu_post, MANAGE, N_("Publish the menu"), BODY_MAX, false },
	        { HTTP_GET, "/-/space/:slug/home", front_home_show, MANAGE,
	          N_("The blocks of the home page, to change them"), 0, false },
	        { HTTP_GET, "/-/space/:slug/home/preview", front_home_preview, MANAGE,
	          N_("The home page being written"), 0, false },
	        { HTTP_GET, "/-/space/:slug/home/add", front_home_kinds, MANAGE, N_("The kinds of blocks"), 0, false },
	        { HTTP_GET, "/-/space/:slug/home/add/:kind", front_block_new, MANAGE,
	          N_("Write a new block of the home page"), 0, false },
	        { HTTP_POST, "/-/space/:slug/home/add/:kind", front_block_new_post, MANAGE,
	          N_("Add a block to the draft of the home page"), BODY_MAX, false },
	        { HTTP_GET, "/-/space/:slug/home/block/:place", front_block_edit, MANAGE,
	          N_("Correct a block of the home page"), 0, false },
	        { HTTP_POST, "/-/space/:slug/home/block/:place", front_block_edit_post, MANAGE,
	          N_("Change a block in the draft of the home page"), BODY_MAX, false },
	        { HTTP_POST, "/-/space/:slug/home/move", front_home_move, MANAGE,
	          N_("Move a block of the home page up or down"), 0, false },
	        { HTTP_POST, "/-/space/:slug/home/remove", front_home_remove, MANAGE,
	          N_("Take a block out of the draft of the home page"), 0, false },
	        { HTTP_POST, "/-/space/:slug/home/publish", front_home_publish, MANAGE,
	          N_("Publish the draft of the home page"), 0, false },
	        { HTTP_POST, "/-/space/:slug/home/discard", front_home_discard, MANAGE,
	          N_("Give the draft of the home page up"), 0, false },
	        { HTTP_GET, "/-/space/:slug/history/:what", front_history_show, MANAGE,
	          N_("What became of the menu, the home page, the name"), 0, false },
	        { HTTP_POST, "/-/space/:slug/history/:what/:version", front_history_post, MANAGE,
	          N_("Bring the menu, the home page or the name back to how it was"), 0, false }),
};
