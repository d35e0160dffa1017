/* The latest changes of a view, as feeds. */
#include <string.h>

#include "base/hash.h"
#include "formats/atom.h"
#include "formats/format.h"
#include "formats/json_feed.h"

enum { FEED_RECORDS = 50 };

/* The same wherever the site is, for the same view and choices. */
static const char *feed_id(const struct export *x)
{
	char space[ID_TEXT + 1];
	const char *choices = strchr(x->page_url, '?');
	const char *text = arena_printf(x->arena, "%s %s %s", id_format(x->page->model->spaces[0].id, space),
	                                x->view->key, choices ? choices : "");
	return feed_named(x->arena, text);
}

static struct feed_head head(const struct export *x, int64_t updated)
{
	const struct page *p = x->page;
	return (struct feed_head){
		.id = feed_id(x),
		.title = arena_printf(x->arena, "%s – %s", page_site_name(p), t(p, &x->view->title)),
		.author = page_site_name(p),
		.rights = page_setting(p, "licence", NULL),
		.self = x->url,
		.page = x->page_url,
		.lang = p->lang,
		.updated = updated,
	};
}

static enum code atom_record(struct export *x, const struct record *record, struct err *err)
{
	(void)err;
	const struct feed_head feed = head(x, record->changed);
	const struct feed_entry entry = feed_record(x->page, record);
	if (x->n == 0) atom_begin(x->out, &feed);
	atom_entry(x->out, &entry);
	return OK;
}

static enum code atom_finish(struct export *x, struct err *err)
{
	(void)err;
	const struct feed_head feed = head(x, x->page->now);
	if (x->n == 0) atom_begin(x->out, &feed);
	atom_end(x->out);
	return OK;
}

static enum code json_begin(struct export *x, struct err *err)
{
	(void)err;
	const struct feed_head feed = head(x, 0);
	json_feed_begin(x->out, x->arena, &feed);
	return OK;
}

static enum code json_record(struct export *x, const struct record *record, struct err *err)
{
	(void)err;
	const struct feed_entry entry = feed_record(x->page, record);
	json_feed_entry(x->out, x->page->arena, &entry, x->n == 0);
	return OK;
}

static enum code json_finish(struct export *x, struct err *err)
{
	(void)err;
	json_feed_end(x->out);
	return OK;
}

const struct format format_atom = {
	.name = "atom",
	.extension = "atom",
	.media_type = ATOM_TYPE,
	.label = N_("To follow what changes (Atom feed)"),
	.icon = "rss",
	.max = FEED_RECORDS,
	.feed = true,
	.record = atom_record,
	.end = atom_finish,
};

const struct format format_jsonfeed = {
	.name = "jsonfeed",
	.extension = "json",
	.media_type = JSON_FEED_TYPE,
	.label = N_("To follow what changes (JSON Feed)"),
	.icon = "rss",
	.max = FEED_RECORDS,
	.feed = true,
	.begin = json_begin,
	.record = json_record,
	.end = json_finish,
};
