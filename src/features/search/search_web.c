#include "features/search/search_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/search/search.html.h"
#include "features/search/search_page.h"
#include "web/web.h"

enum { PAGES_MAX = 50 };

static enum code run(struct request *r, struct search_page *search, struct err *err)
{
	const struct search_options options = { .text = search->text,
		                                .form = search->form,
		                                .open = search->open,
		                                .now = r->page.now,
		                                .offset = (search->number - 1) * SEARCH_SIZE,
		                                .limit = SEARCH_SIZE };
	TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	return search_run(r->db, r->arena, r->page.model, &r->actor, &options, &search->result, err);
}

static enum code search_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	int number = (int)strtol(request_query(r, "page"), NULL, 10);
	struct search_page search = { .text = text_trim(r->arena, request_query(r, "q")),
		                      .form = model_form(p->model, request_query(r, "form")),
		                      .open = strcmp(request_query(r, "ouvert"), "1") == 0,
		                      .number = MAX(1, MIN(number, PAGES_MAX)) };
	if (*search.text) TRY(run(r, &search, err));
	/* A page after the last one, from an old link. */
	if (search.number > 1 && search.result.n == 0)
		return request_redirect(r, search_url(p, &search, search.form, 1), NULL);
	p->title = *search.text ? page_printf(p, _("Results for “%s”"), search.text) : _("Search");
	p->hidden = true;
	search_show_page(request_out(r), p, &search);
	return OK;
}

const struct feature search_feature = {
	.name = "search",
	.way = WAY_SEARCH,
	.routes = ROUTES({ HTTP_GET, "/-/search", search_show, ACTION_READ, KIND_RECORD,
	                   N_("Search everything that may be read"), 0, false }),
};
