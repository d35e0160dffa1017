#include "features/export/export_web.h"

#include <string.h>

#include "base/clock.h"
#include "core/audit.h"
#include "features/export/export.h"
#include "features/export/export_file.h"
#include "features/view/view_list.h"
#include "net/uri.h"
#include "web/web.h"

enum { SNAPSHOT = 2000 /* ms; then a new one, so that no writer waits for a long export */ };

struct job {
	struct request *r;
	const struct format *format;
	struct export_file file;
	struct page page; /* the request's, with the memory of one batch */
	struct arena batch;
	struct query query;
};

/* ---- Record by record ---- */

static enum code write_batch(struct job *job, const struct result *result, struct err *err)
{
	struct export *x = &job->file.x;
	struct record **records;
	int n;
	int64_t max = job->format->max ? job->format->max : EXPORT_MAX;
	TRY(record_load_many(job->page.db, &job->batch, job->page.model, job->page.actor, result->nums, result->n,
	                     &records, &n, err));
	for (int i = 0; i < n; i++) {
		if (x->n == max && job->format->max) return OK;
		if (x->n == max)
			FAIL(err, E_INPUT, N_("More than %d records match: narrow the list first."), EXPORT_MAX);
		TRY(export_file_record(&job->file, records[i], err));
	}
	return OK;
}

static enum code renew_snapshot(struct job *job, struct err *err)
{
	request_pause(job->r);
	TRY(request_resume(job->r, err));
	job->page.db = job->r->db;
	return OK;
}

/* By keyset pages: what changes meanwhile makes no record come twice, nor others be left out. */
static enum code write_records(struct job *job, struct err *err)
{
	int64_t begun = clock_monotonic();
	int64_t max = job->format->max ? job->format->max : INT64_MAX;
	while (job->file.x.n < max) {
		struct result result;
		TRY(query_run(job->page.db, &job->batch, job->page.model, job->page.actor, &job->query, &result, err));
		TRY(write_batch(job, &result, err));
		if (result.next == NULL) break;
		job->query.after = arena_strdup(job->file.x.arena, result.next);
		arena_reset(&job->batch);
		if (clock_monotonic() - begun < SNAPSHOT) continue;
		TRY(renew_snapshot(job, err));
		begun = clock_monotonic();
	}
	return OK;
}

static enum code write_export(struct job *job, struct err *err)
{
	TRY(export_file_begin(&job->file, err));
	if (job->format->record) TRY(write_records(job, err));
	return export_file_end(&job->file, err);
}

/* ---- The answer ---- */

static const char *with_choices(struct arena *a, const char *address, const struct view_list *list)
{
	struct buf url;
	buf_init(&url, a, 0);
	buf_puts(&url, address);
	uri_query_keep(&url, list->kept, "suite");
	return buf_str(&url);
}

const char *export_address(const struct page *p, const struct view_list *list, const struct format *format)
{
	return with_choices(p->arena, arena_printf(p->arena, "/-/export/%s/%s", list->view->key, format->name), list);
}

void export_feeds(struct page *p, const struct view_list *list)
{
	struct page_feed *feeds = arena_array(p->arena, struct page_feed, 2);
	feeds[0] = (struct page_feed){ "application/atom+xml", export_address(p, list, &format_atom) };
	feeds[1] = (struct page_feed){ "application/feed+json", export_address(p, list, &format_jsonfeed) };
	p->feeds = feeds;
	p->nfeeds = 2;
}

static void release_batch(void *arena)
{
	arena_release(arena);
}

static void prepare(struct job *job, const struct view_list *list)
{
	static const struct sort latest = { .builtin = SORT_CHANGED, .descending = true };
	struct request *r = job->r;
	struct page *p = &r->page;
	arena_init(&job->batch);
	arena_defer(r->arena, release_batch, &job->batch);
	if (job->format->feed) p->actor = &actor_visitor;
	job->page = *p;
	job->page.arena = &job->batch;
	job->query = list->query;
	job->query.facets = NULL;
	job->query.nfacets = 0;
	job->query.after = NULL;
	job->query.size = QUERY_SIZE_MAX;
	if (job->format->feed) {
		job->query.sorts = &latest;
		job->query.nsorts = 1;
		job->query.size = job->format->max;
	}
	job->file = (struct export_file){ .r = r, .format = job->format, .fd = -1 };
	job->file.x = (struct export){ .page = &job->page,
		                       .arena = r->arena,
		                       .view = list->view,
		                       .url = arena_printf(r->arena, "%s%s", p->base_url, p->path),
		                       .page_url = with_choices(
		                               r->arena, arena_printf(r->arena, "%s%s", p->base_url, list->base), list),
		                       .keys = strcmp(request_query(r, "cles"), "1") == 0 };
	job->file.x.ncolumns = export_columns(p, list->view->form, job->file.x.keys, r->arena, &job->file.x.columns);
}

/* What somebody who signed in takes away may hold what visitors do not read. */
static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct job *job = arg;
	return audit_note(tx, &job->r->actor, "export.list", ID_NONE,
	                  json_pack("{s:s, s:s, s:I}", "view", job->file.x.view->key, "format", job->format->name,
	                            "records", (json_int_t)job->file.x.n),
	                  err);
}

static enum code export_show(struct request *r, struct err *err)
{
	const struct view *view = page_view(&r->page, r->params[0]);
	const struct format *format = view ? format_find(r->params[1], view->form) : NULL;
	struct job *job = arena_new(r->arena, struct job);
	struct view_list list;
	if (format == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	view_list_read(&r->page, view, arena_printf(r->arena, "/%s", view->slug), r->http->query, &r->query, &list);
	if (format->feed) TRY(view_list_until(&r->page, &list, err));
	job->r = r;
	job->format = format;
	prepare(job, &list);
	enum code code = write_export(job, err);
	if (code == OK && r->actor.person && !format->feed) code = request_write(r, note, job, err);
	if (code == OK) code = export_file_answer(&job->file, format->feed ? NULL : view->slug, err);
	if (code != OK) export_file_release(&job->file);
	if (code == OK && format->feed) request_share(r, view_list_names(&r->page, view->form));
	return code;
}

const struct feature export_feature = {
	.name = "export",
	.way = WAY_EXPORT,
	.routes = ROUTES({ HTTP_GET, "/-/export/:view/:format", export_show, ACTION_READ, KIND_RECORD,
	                   N_("A list as a file, for other programs"), 0, false }),
};
