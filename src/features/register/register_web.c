#include "features/register/register_web.h"

#include "features/register/register.html.h"
#include "formats/csv.h"
#include "net/response.h"

static enum code register_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	int n, lacking;
	(void)err;
	const struct processing *all = register_list(p, &n, &lacking);
	p->title = _("Register of processing");
	p->hidden = true;
	register_page(request_out(r), p, all, n, lacking);
	return OK;
}

static enum code register_file(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct buf *out = request_out(r);
	int n, lacking;
	(void)err;
	const struct processing *all = register_list(p, &n, &lacking);
	const char *const head[] = { _("Processing"),   _("What for"),     _("Ground"),  _("Whom it is about"),
		                     _("What is kept"), _("Who reads it"), _("How long") };
	csv_line(out, head, COUNT(head));
	for (int i = 0; i < n; i++) {
		const char *const cells[] = { all[i].name, all[i].purpose,    all[i].basis,   all[i].people,
			                      all[i].data, all[i].recipients, all[i].duration };
		csv_line(out, cells, COUNT(cells));
	}
	http_set(r->response, "Content-Type", "text/csv; charset=utf-8");
	http_set(r->response, "Content-Disposition", "attachment; filename=\"register.csv\"");
	http_set(r->response, "Cache-Control", "no-store");
	return OK;
}

const struct feature register_feature = {
	.name = "register",
	.routes = ROUTES({ HTTP_GET, "/-/admin/register", register_show, ACTION_ADMINISTER, KIND_SITE,
	                   N_("What the site does with personal data"), 0, false },
	                 { HTTP_GET, "/-/admin/register.csv", register_file, ACTION_ADMINISTER, KIND_SITE,
	                   N_("What the site does with personal data, as a file"), 0, false }),
};
