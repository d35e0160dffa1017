#include "features/recent/recent_web.h"

#include <stdlib.h>

#include "features/recent/recent.html.h"
#include "formats/atom.h"
#include "formats/json_feed.h"
#include "net/uri.h"

enum { PAGE_CHANGES = 40, FEED_RECORDS = 30 };

static enum code recent_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct recent_list list;
	const struct form *form = model_form(p->model, request_query(r, "form"));
	int64_t before = strtoll(request_query(r, "avant"), NULL, 10);
	TRY(recent_list_load(p, form, MAX(before, 0), PAGE_CHANGES, &list, err));
	/* Only the pages that many ask for: positions are as many as changes. */
	if (before <= 0 && (form || *request_query(r, "form") == '\0'))
		request_share(r, (const char *const[]){ "form", NULL });
	p->title = _("What is new");
	p->hidden = before > 0;
	struct buf older;
	buf_init(&older, r->arena, 0);
	buf_puts(&older, "/-/recent");
	if (form) uri_query_add(&older, "form", form->key);
	if (list.next) uri_query_add(&older, "avant", arena_printf(r->arena, "%lld", (long long)list.next));
	recent_page(request_out(r), p, &list, form, list.next ? buf_str(&older) : NULL, before > 0);
	return OK;
}

static struct feed_entry feed_entry(const struct page *p, const struct recent_item *item)
{
	const struct record *record = item->record;
	const char *what = page_printf(p, "%s, %s", t(p, &record->form->label), recent_words(p, item));
	struct feed_entry entry = feed_record(p, record);
	entry.nauthors = 0;
	entry.author = item->change->actor_name;
	entry.summary = item->change->note ? page_printf(p, _("%s: %s"), what, item->change->note) : what;
	entry.updated = item->change->time;
	return entry;
}

/* What everybody may read, whoever asks: feeds are handed on. */
static enum code feed_begin(struct request *r, const char *self, struct feed_head *head, struct recent_list *list,
                            struct err *err)
{
	struct page *p = &r->page;
	p->actor = &actor_visitor;
	if (p->model->nspaces == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(recent_records(p, FEED_RECORDS, list, err));
	*head = (struct feed_head){
		.id = atom_uuid(p->arena, p->model->spaces[0].id),
		.title = page_printf(p, "%s – %s", page_site_name(p), _("What is new")),
		.author = page_site_name(p),
		.rights = page_setting(p, "licence", NULL),
		.self = arena_printf(p->arena, "%s%s", p->base_url, self),
		.page = arena_printf(p->arena, "%s/-/recent", p->base_url),
		.lang = p->lang,
		.updated = list->n ? list->items[0].change->time : p->now,
	};
	request_share(r, NULL);
	return OK;
}

static enum code atom_show(struct request *r, struct err *err)
{
	struct feed_head head;
	struct recent_list list;
	struct buf *out = request_out(r);
	TRY(feed_begin(r, "/-/recent.atom", &head, &list, err));
	http_set(r->response, "Content-Type", ATOM_TYPE);
	atom_begin(out, &head);
	for (int i = 0; i < list.n; i++) {
		const struct feed_entry entry = feed_entry(&r->page, &list.items[i]);
		atom_entry(out, &entry);
	}
	atom_end(out);
	return OK;
}

static enum code json_show(struct request *r, struct err *err)
{
	struct feed_head head;
	struct recent_list list;
	struct buf *out = request_out(r);
	TRY(feed_begin(r, "/-/recent.json", &head, &list, err));
	http_set(r->response, "Content-Type", JSON_FEED_TYPE);
	json_feed_begin(out, r->arena, &head);
	for (int i = 0; i < list.n; i++) {
		const struct feed_entry entry = feed_entry(&r->page, &list.items[i]);
		json_feed_entry(out, r->arena, &entry, i == 0);
	}
	json_feed_end(out);
	return OK;
}

static enum code feeds_show(struct request *r, struct err *err)
{
	(void)err;
	request_share(r, NULL);
	r->page.title = tr(r->page.lang, N_("Feeds and calendars"));
	feeds_page(request_out(r), &r->page);
	return OK;
}

const struct feature recent_feature = {
	.name = "recent",
	.routes = ROUTES(
	        { HTTP_GET, "/-/recent", recent_show, ACTION_READ, KIND_SITE, N_("The latest changes"), 0, false },
	        { HTTP_GET, "/-/recent.atom", atom_show, ACTION_READ, KIND_SITE,
	          N_("The latest changes, as a feed to subscribe to"), 0, false },
	        { HTTP_GET, "/-/recent.json", json_show, ACTION_READ, KIND_SITE,
	          N_("The latest changes, as a feed to subscribe to (JSON Feed)"), 0, false },
	        { HTTP_GET, "/-/feeds", feeds_show, ACTION_READ, KIND_SITE,
	          N_("All that one may follow from elsewhere, as feeds and calendars"), 0, false }),
};
