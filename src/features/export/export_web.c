#include "features/export/export_web.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/audit.h"
#include "features/export/export.h"
#include "features/view/view_list.h"
#include "net/uri.h"
#include "store/file.h"
#include "web/web.h"

enum {
	IN_MEMORY = 1024 * 1024, /* more goes to a file */
	SNAPSHOT = 2000,         /* ms; then a new one, so that no writer waits for a long export */
};

struct job {
	struct request *r;
	const struct format *format;
	struct export x;
	struct page page; /* the request's, with the memory of one batch */
	struct arena batch;
	struct query query;
	int fd; /* the answer, once it is long; -1: in memory */
};

/* ---- Where it is written ---- */

static enum code spill(struct job *job, struct err *err)
{
	struct buf *out = job->x.out;
	if (job->fd < 0) TRY(file_temporary(site_store(job->r->site), &job->fd, err));
	for (size_t done = 0; done < out->len;) {
		ssize_t n = write(job->fd, out->data + done, out->len - done);
		if (n < 0 && errno != EINTR) FAIL(err, E_IO, N_("the export cannot be written: %s"), strerror(errno));
		if (n > 0) done += (size_t)n;
	}
	buf_reset(out);
	return OK;
}

static void remove_file(void *path)
{
	unlink(path);
}

/* A name for a library to write to, gone with the request. */
static void name_file(struct job *job)
{
	struct request *r = job->r;
	uint64_t number;
	random_bytes(&number, sizeof(number));
	job->x.folder = arena_printf(r->arena, "%s/tmp", store_dir(site_store(r->site)));
	char *path = arena_printf(r->arena, "%s/export-%016llx", job->x.folder, (unsigned long long)number);
	job->x.path = path;
	arena_defer(r->arena, remove_file, path);
}

static enum code open_file(struct job *job, struct err *err)
{
	job->fd = open(job->x.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (job->fd < 0) FAIL(err, E_IO, N_("the export cannot be read back: %s"), strerror(errno));
	return OK;
}

/* ---- Record by record ---- */

static enum code write_batch(struct job *job, const struct result *result, struct err *err)
{
	struct export *x = &job->x;
	struct record **records;
	int n;
	int64_t max = job->format->max ? job->format->max : EXPORT_MAX;
	TRY(record_load_many(job->page.db, &job->batch, job->page.model, job->page.actor, result->nums, result->n,
	                     &records, &n, err));
	for (int i = 0; i < n; i++) {
		if (x->n == max && job->format->max) return OK;
		if (x->n == max)
			FAIL(err, E_INPUT, N_("More than %d records match: narrow the list first."), EXPORT_MAX);
		TRY(job->format->record(x, records[i], err));
		x->n++;
		if (x->out->len >= IN_MEMORY) TRY(spill(job, err));
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
	while (job->x.n < max) {
		struct result result;
		TRY(query_run(job->page.db, &job->batch, job->page.model, job->page.actor, &job->query, &result, err));
		TRY(write_batch(job, &result, err));
		if (result.next == NULL) break;
		job->query.after = arena_strdup(job->x.arena, result.next);
		arena_reset(&job->batch);
		if (clock_monotonic() - begun < SNAPSHOT) continue;
		TRY(renew_snapshot(job, err));
		begun = clock_monotonic();
	}
	return OK;
}

static enum code write_export(struct job *job, struct err *err)
{
	const struct format *format = job->format;
	if (format->to_file) name_file(job);
	if (format->begin) TRY(format->begin(&job->x, err));
	if (format->record) TRY(write_records(job, err));
	if (format->end) TRY(format->end(&job->x, err));
	if (format->to_file) return open_file(job, err);
	return job->fd >= 0 ? spill(job, err) : OK;
}

/* ---- The answer ---- */

static const char *file_name(const struct page *p, const struct view *view, const struct format *format)
{
	return arena_printf(p->arena, "attachment; filename=\"%s-%.10s.%s\"", view->slug, date_machine(p, p->now),
	                    format->extension);
}

static enum code answer(struct job *job, struct err *err)
{
	struct request *r = job->r;
	struct http_response *rs = r->response;
	off_t size = job->fd >= 0 ? lseek(job->fd, 0, SEEK_END) : 0;
	if (size < 0) FAIL(err, E_IO, N_("the export cannot be read back: %s"), strerror(errno));
	http_set(rs, "Content-Type", job->format->media_type);
	if (!job->format->feed) http_set(rs, "Content-Disposition", file_name(&r->page, job->x.view, job->format));
	rs->file_fd = job->fd;
	rs->file_size = size;
	return OK;
}

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
	job->x = (struct export){ .page = &job->page,
		                  .arena = r->arena,
		                  .view = list->view,
		                  .url = arena_printf(r->arena, "%s%s", p->base_url, p->path),
		                  .page_url = with_choices(
		                          r->arena, arena_printf(r->arena, "%s%s", p->base_url, list->base), list),
		                  .keys = strcmp(request_query(r, "cles"), "1") == 0,
		                  .out = request_out(r) };
	job->x.ncolumns = export_columns(p, list->view->form, job->x.keys, r->arena, &job->x.columns);
}

/* What somebody who signed in takes away may hold what visitors do not read. */
static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct job *job = arg;
	return audit_note(tx, &job->r->actor, "export.list", ID_NONE,
	                  json_pack("{s:s, s:s, s:I}", "view", job->x.view->key, "format", job->format->name, "records",
	                            (json_int_t)job->x.n),
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
	job->fd = -1;
	prepare(job, &list);
	enum code code = write_export(job, err);
	if (code == OK && r->actor.person && !format->feed) code = request_write(r, note, job, err);
	if (code == OK) code = answer(job, err);
	if (code != OK && job->fd >= 0) close(job->fd);
	if (code == OK && format->feed) request_share(r, view_list_names(&r->page, view->form));
	return code;
}

const struct feature export_feature = {
	.name = "export",
	.way = WAY_EXPORT,
	.routes = ROUTES({ HTTP_GET, "/-/export/:view/:format", export_show, ACTION_READ, KIND_RECORD,
	                   N_("A list as a file, for other programs"), 0, false }),
};
