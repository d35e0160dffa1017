/* Work in the background: what it is in words, tried again, given up. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "core/audit.h"
#include "features/admin/admin_page.h"
#include "features/admin/admin_web.h"
#include "features/admin/job.html.h"
#include "features/jobs.h"

enum { SHOWN = 200 };

/* To add one: a row for each kind of features/jobs.c (a test compares). */
static const struct {
	const char *kind, *words;
} kinds[] = {
	{ "reindex", N_("Working out again what pages are found by") },
	{ "erasure", N_("Wiping what was erased from the disk") },
	{ "backup", N_("Making a backup") },
	{ "backup-test", N_("Trying a backup") },
	{ "backups", N_("Backups made by themselves") },
	{ "calls", N_("Asking whether notices that end soon are still true") },
	{ "calendar", N_("Reading a calendar of elsewhere") },
	{ "calendars", N_("Reading the calendars that are followed") },
	{ "check", N_("Checking the data") },
	{ "audit", N_("Deleting old rows of the log") },
	{ "dates", N_("Asking which dates suit, before one can answer no more") },
	{ "dormant", N_("Finding what nobody has touched for long") },
	{ "files", N_("Deleting files that no page holds") },
	{ "guests", N_("Deleting guests who left nothing") },
	{ "horizon", N_("Preparing the coming dates of what comes back") },
	{ "import", N_("Bringing in pages from elsewhere") },
	{ "imports", N_("Forgetting old imports") },
	{ "letter", N_("Sending a letter") },
	{ "letters", N_("Forgetting old letters") },
	{ "news", N_("Telling those who follow") },
	{ "news-letter", N_("Writing the letters about what people follow") },
	{ "printed", N_("Finding the printed sheets that are wrong now") },
	{ "publish", N_("Publishing at a chosen time") },
	{ "survey", N_("Deleting answers that were begun and given up, and those kept long enough") },
	{ "survey_letters", N_("Sending the planned letters of questionnaires") },
	{ "survey_scrub", N_("Forgetting the order of anonymous answers") },
	{ "answers-in", N_("Keeping the answers of a file") },
	{ "answer-columns", N_("Preparing the results of great questionnaires") },
	{ "relay", N_("Reminding to look at answers elsewhere") },
	{ "signups", N_("Telling people about what they signed up to") },
	{ "news-purge", N_("Forgetting old news") },
	{ "retention", N_("Keeping the pages of each form no longer than said") },
	{ "sessions", N_("Closing sessions past their time") },
	{ "space-archive", N_("Making an archive of a space") },
	{ "space-archives", N_("Deleting old archives of spaces") },
	{ "tokens", N_("Deleting links and cards that no longer serve") },
	{ "trash", N_("Emptying the trash") },
};

static const char *kind_of(const struct page *p, const char *kind)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].kind, kind) == 0) return tr(p->lang, kinds[i].words);
	return kind;
}

const char *job_url(const struct page *p, const struct job_row *row, const char *more)
{
	return arena_printf(p->arena, "/-/admin/jobs/%lld%s", (long long)row->id, more);
}

static bool recurs(const char *name)
{
	for (const struct job_kind *kind = job_kinds; kind->name; kind++)
		if (strcmp(kind->name, name) == 0) return kind->every != 0;
	return false;
}

static const char *state_of(const struct page *p, const struct job_row *row, bool again_by_itself)
{
	if (row->state == JOB_DEAD) return _("failed for good");
	if (row->state == JOB_RUNNING) return _("under way");
	if (row->error) return page_printf(p, _("failed; tried again on %s"), page_date_time(p, row->run_at));
	if (again_by_itself) return page_printf(p, _("next on %s"), page_date_time(p, row->run_at));
	return row->run_at <= p->now ? _("begins in a moment")
	                             : page_printf(p, _("waits until %s"), page_date_time(p, row->run_at));
}

enum code jobs_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct job_row *rows;
	int n;
	TRY(job_list(r->db, r->arena, NULL, SHOWN, &rows, &n, err));
	struct job_words *words = arena_array(r->arena, struct job_words, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		bool again = recurs(rows[i].kind);
		words[i] = (struct job_words){ &rows[i], kind_of(p, rows[i].kind), state_of(p, &rows[i], again),
			                       rows[i].state == JOB_DEAD ||
			                               (rows[i].state == JOB_WAITING && rows[i].error),
			                       again };
	}
	p->title = _("Work in the background");
	p->hidden = true;
	jobs_page(request_out(r), p, words, n);
	return OK;
}

/* ---- Deeds ---- */

struct deed {
	struct request *r;
	struct job_row row;
	enum code (*act)(struct tx *tx, int64_t id, struct err *err);
	const char *action;
};

static enum code do_deed(struct tx *tx, void *arg, struct err *err)
{
	const struct deed *d = arg;
	TRY(d->act(tx, d->row.id, err));
	return audit_note(tx, &d->r->actor, d->action, ID_NONE,
	                  json_pack("{s:s, s:I}", "kind", d->row.kind, "job", (json_int_t)d->row.id), err);
}

static enum code act(struct deed *d, const char *notice, struct err *err)
{
	struct request *r = d->r;
	char *end;
	long long id = strtoll(r->params[0], &end, 10);
	if (*end || id <= 0) FAIL(err, E_NOT_FOUND, N_("This work is done, or was taken away."));
	TRY(job_load(r->db, r->arena, id, &d->row, err));
	if (d->row.state == JOB_RUNNING) FAIL(err, E_CONFLICT, N_("This work is under way: wait until it ends."));
	if (d->act == job_drop && recurs(d->row.kind))
		FAIL(err, E_INPUT, N_("The site cannot do without this work; it comes back by itself."));
	TRY(request_write(r, do_deed, d, err));
	return request_redirect(r, "/-/admin/jobs", notice);
}

enum code job_again_post(struct request *r, struct err *err)
{
	return act(&(struct deed){ .r = r, .act = job_again, .action = "job.again" }, "travail", err);
}

enum code job_drop_post(struct request *r, struct err *err)
{
	return act(&(struct deed){ .r = r, .act = job_drop, .action = "job.drop" }, "travail-abandonne", err);
}
