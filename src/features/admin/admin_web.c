#include "features/admin/admin_web.h"

#include "features/admin/admin.h"
#include "features/admin/admin.html.h"

static enum code admin_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct admin_state state;
	TRY(admin_state_read(p, store_dir(site_store(r->site)), &state, err));
	p->title = _("Administration");
	p->hidden = true;
	admin_page(request_out(r), p, &state, admin_cares(p, &state), admin_waiting(p, &state));
	return OK;
}

const struct feature admin_feature = {
	.name = "admin",
	.routes = ROUTES({ HTTP_GET, "/-/admin", admin_show, ACTION_MANAGE, KIND_RECORD,
	                   N_("How the site is, and what waits"), 0, false },
	                 { HTTP_GET, "/-/admin/jobs", jobs_show, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Work in the background, and what failed"), 0, false },
	                 { HTTP_POST, "/-/admin/jobs/:id/again", job_again_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Try a piece of work again"), 0, false },
	                 { HTTP_POST, "/-/admin/jobs/:id/drop", job_drop_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Give a piece of work up"), 0, false },
	                 { HTTP_GET, "/-/admin/disk", disk_show, ACTION_ADMINISTER, KIND_SITE,
	                   N_("What takes room on the disk"), 0, false }),
};
