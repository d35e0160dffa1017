#include "features/check/check_web.h"

#include "core/audit.h"
#include "features/check/check.html.h"
#include "features/check/check_report.h"

static enum code check_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	json_t *report = NULL;
	bool due;
	enum code code = check_last(r->arena, store_dir(site_store(r->site)), &report, err);
	if (code != OK && code != E_NOT_FOUND) return code;
	TRY(job_is_due(r->db, "check", &due, err));
	p->title = _("Check of the data");
	p->hidden = true;
	check_page(request_out(r), p, report, due);
	return OK;
}

static enum code ask(struct tx *tx, void *arg, struct err *err)
{
	struct request *r = arg;
	bool due;
	TRY(job_is_due(tx_db(tx), "check", &due, err));
	if (due) return OK;
	TRY(job_add(tx, "check", json_keep(r->arena, json_object()), 0, err));
	return audit_note(tx, &r->actor, "check.ask", ID_NONE, NULL, err);
}

static enum code check_post(struct request *r, struct err *err)
{
	TRY(request_write(r, ask, r, err));
	return request_redirect(r, "/-/admin/check", "verification");
}

const struct feature check_feature = {
	.name = "check",
	.routes = ROUTES({ HTTP_GET, "/-/admin/check", check_show, ACTION_ADMINISTER, KIND_SITE,
	                   N_("What the last check of the data says"), 0, false },
	                 { HTTP_POST, "/-/admin/check", check_post, ACTION_ADMINISTER, KIND_SITE, N_("Check the data"),
	                   0, false }),
};
