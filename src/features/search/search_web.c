#include "features/search/search_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/actor.h"
#include "features/search/search.html.h"
#include "features/search/search_page.h"
#include "formats/atom.h"
#include "formats/json_feed.h"
#include "web/web.h"

enum { PAGES_MAX = 50, FEED_RECORDS = 30 };

static enum code run(struct request *r, struct search_page *search, struct err *err)
{
	const struct search_options options = { .text = search->text,
		                                .form = search->form,
		                                .open = search->open,
		                                .comments = true,
		                                .now = r->page.now,
		                                .offset = (search->number - 1) * SEARCH_SIZE,
		                                .limit = SEARCH_SIZE };
	TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	return search_run(r->db, r->arena, r->page.model, &r->actor, &options, &search->result, err);
}

/* Comments too, which are none of the model's forms. */
static const struct form *asked_form(const struct request *r)
{
	const struct model *model = r->page.model;
	const char *key = request_query(r, "form");
	return model->comment && strcmp(key, model->comment->key) == 0 ? model->comment : model_form(model, key);
}

static enum code search_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	int number = (int)strtol(request_query(r, "page"), NULL, 10);
	struct search_page search = { .text = text_trim(r->arena, request_query(r, "q")),
		                      .form = asked_form(r),
		                      .open = strcmp(request_query(r, "ouvert"), "1") == 0,
		                      .number = MAX(1, MIN(number, PAGES_MAX)) };
	if (*search.text) TRY(run(r, &search, err));
	/* A page after the last one, from an old link. */
	if (search.number > 1 && search.result.n == 0)
		return request_redirect(r, search_url(p, &search, search.form, 1), NULL);
	p->title = *search.text ? page_printf(p, _("Results for “%s”"), search.text) : _("Search");
	p->hidden = true;
	if (*search.text) search_feeds(p, &search);
	search_show_page(request_out(r), p, &search);
	return OK;
}

/* ---- Feeds: of a key word, of any words ---- */

static enum code feed_begin(struct request *r, const char *name, struct feed_head *head, struct search_result *found,
                            struct err *err)
{
	struct page *p = &r->page;
	p->actor = &actor_visitor;
	struct search_page search = { .text = text_trim(r->arena, request_query(r, "q")),
		                      .form = model_form(p->model, request_query(r, "form")),
		                      .number = 1 };
	const struct search_options options = {
		.text = search.text, .form = search.form, .now = p->now, .newest = true, .limit = FEED_RECORDS
	};
	if (*search.text == '\0' || p->model->nspaces == 0)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	TRY(search_run(r->db, r->arena, p->model, p->actor, &options, found, err));
	const char *page = search_url(p, &search, search.form, 1);
	*head = (struct feed_head){
		.id = feed_named(r->arena, page),
		.title = arena_printf(r->arena, "%s – %s", page_site_name(p),
		                      page_printf(p, _("Results for “%s”"), search.text)),
		.author = page_site_name(p),
		.rights = page_setting(p, "licence", NULL),
		.self = arena_printf(r->arena, "%s%s", p->base_url, search_feed_url(p, &search, name)),
		.page = arena_printf(r->arena, "%s%s", p->base_url, page),
		.lang = p->lang,
		.updated = found->n ? found->hits[0].record->changed : p->now,
	};
	request_share(r, (const char *const[]){ "q", "form", NULL });
	return OK;
}

static enum code atom_show(struct request *r, struct err *err)
{
	struct feed_head head;
	struct search_result found;
	struct buf *out = request_out(r);
	TRY(feed_begin(r, "atom", &head, &found, err));
	http_set(r->response, "Content-Type", ATOM_TYPE);
	atom_begin(out, &head);
	for (int i = 0; i < found.n; i++) {
		const struct feed_entry entry = feed_record(&r->page, found.hits[i].record);
		atom_entry(out, &entry);
	}
	atom_end(out);
	return OK;
}

static enum code json_show(struct request *r, struct err *err)
{
	struct feed_head head;
	struct search_result found;
	struct buf *out = request_out(r);
	TRY(feed_begin(r, "json", &head, &found, err));
	http_set(r->response, "Content-Type", JSON_FEED_TYPE);
	json_feed_begin(out, r->arena, &head);
	for (int i = 0; i < found.n; i++) {
		const struct feed_entry entry = feed_record(&r->page, found.hits[i].record);
		json_feed_entry(out, r->arena, &entry, i == 0);
	}
	json_feed_end(out);
	return OK;
}

const struct feature search_feature = {
	.name = "search",
	.way = WAY_SEARCH,
	.routes = ROUTES({ HTTP_GET, "/-/search", search_show, ACTION_READ, KIND_RECORD,
	                   N_("Search everything that may be read"), 0, false },
	                 { HTTP_GET, "/-/search.atom", atom_show, ACTION_READ, KIND_RECORD,
	                   N_("What a search or a key word finds, as a feed to subscribe to"), 0, false },
	                 { HTTP_GET, "/-/search.json", json_show, ACTION_READ, KIND_RECORD,
	                   N_("What a search or a key word finds, as a feed to subscribe to (JSON Feed)"), 0, false }),
};
