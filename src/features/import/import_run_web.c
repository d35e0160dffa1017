/* The page of a long import: how far it is, what would come, what came; stopped, gone on with, taken back. */
#include "features/import/import_run_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/import/import_run.html.h"
#include "features/import/import_run_page.h"
#include "web/web.h"

/* Seconds after which a browser without scripts asks again; import.ts stops it, and does so itself. */
#define REFRESH "4"

const char *run_url(const struct page *p, const struct import_run *run)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/imports/%s", id_format(run->id, id));
}

bool run_has(const struct import_run *run)
{
	return run_count(run, COUNT_CREATED) + run_count(run, COUNT_CHANGED) + run_count(run, COUNT_CANCELLED) > 0;
}

const char *run_progress(const struct page *p, const struct import_run *run)
{
	if (run->total == 0) return _("It begins in a moment.");
	const char *done = page_number(p, run->done), *total = page_number(p, run->total);
	if (run->state == RUN_BRINGING) return page_printf(p, _("Brought in: %s of %s"), done, total);
	if (run->state == RUN_UNDOING) return page_printf(p, _("Taken back: %s of %s"), done, total);
	return page_printf(p, _("Looked at: %s of %s"), done, total);
}

const char *run_state_words(const struct page *p, const struct import_run *run)
{
	if (run->stopped) return _("stopped");
	switch (run->state) {
	case RUN_LOOKING: return _("being looked at");
	case RUN_LOOKED: return _("looked at: nothing is published yet");
	case RUN_BRINGING: return _("coming in");
	case RUN_BROUGHT:
		return page_printf(p, _n("%d page came", "%d pages came", run_count(run, COUNT_CREATED)),
		                   run_count(run, COUNT_CREATED));
	case RUN_UNDOING: return _("being taken back");
	case RUN_UNDONE: return _("taken back");
	}
	return "";
}

void run_choices(struct buf *out, const struct page *p, const struct run_page *s)
{
	s->kind->choices(out, p, s->run);
}

const char *run_lines_query(const struct page *p, const struct run_page *s, bool comes, int from)
{
	return arena_printf(p->arena, "viennent=%d&restent=%d", MAX(comes ? from : s->comes.from, 0),
	                    MAX(comes ? s->stays.from : from, 0));
}

static const char *title_of(const struct page *p, const struct import_run *run)
{
	switch (run->state) {
	case RUN_LOOKING: return _("What would come is being looked at");
	case RUN_LOOKED: return _("What would come");
	case RUN_BRINGING: return _("It is coming in");
	case RUN_BROUGHT: return _("It is brought in");
	case RUN_UNDOING: return _("It is being taken back");
	case RUN_UNDONE: return _("It is taken back");
	}
	return "";
}

static enum code find(struct request *r, struct import_run *ret, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return run_find(r->db, r->arena, id, r->actor.person, ret, err);
}

static enum code load_list(struct request *r, const struct import_run *run, bool comes, struct run_list *ret,
                           struct err *err)
{
	long from = strtol(request_query(r, comes ? "viennent" : "restent"), NULL, 10);
	ret->from = from > 0 && from < 1000000 ? (int)from : 0;
	return run_lines(r->db, r->arena, run, comes, ret->from, &ret->lines, &ret->n, &ret->all, err);
}

static enum code run_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct import_run run;
	struct run_page s = { .run = &run };
	TRY(find(r, &run, err));
	s.kind = import_kind_find(run.kind);
	if (s.kind == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(load_list(r, &run, true, &s.comes, err));
	TRY(load_list(r, &run, false, &s.stays, err));
	p->title = title_of(p, &run);
	p->hidden = true;
	if (run_works(&run)) http_set(r->response, "Refresh", REFRESH);
	import_run_page(request_out(r), p, &s);
	return OK;
}

/* ---- Deeds ---- */

struct deed {
	struct request *r;
	struct import_run run;
	const char *what;
	const struct import_kind *kind;
	bool again; /* it was to be brought in otherwise than it was looked at */
};

/* Loaded again, where nobody else writes: two clicks are one. */
static enum code act(struct tx *tx, void *arg, struct err *err)
{
	struct deed *d = arg;
	struct arena *a = d->r->arena;
	struct import_run run;
	json_t *choices = d->run.choices;
	TRY(run_find(tx_db(tx), a, d->run.id, d->run.person, &run, err));
	bool works = run_works(&run);
	if (strcmp(d->what, "stop") == 0) return works ? run_stop(tx, &run, "", err) : OK;
	if (works) return OK;
	if (strcmp(d->what, "go-on") == 0) return run.stopped ? run_resume(tx, &run, err) : OK;
	if (strcmp(d->what, "undo") == 0) {
		bool may = run_has(&run) && (run.state == RUN_BROUGHT || run.state == RUN_BRINGING);
		return may ? run_begin(tx, a, &run, RUN_UNDOING, err) : OK;
	}
	if (strcmp(d->what, "bring") != 0 && strcmp(d->what, "look") != 0)
		FAIL(err, E_INPUT, N_("Choose one in the list."));
	if (run.state != RUN_LOOKED && run.state != RUN_UNDONE && run.state != RUN_LOOKING) return OK;
	/* What is brought in is what was looked at. */
	d->again = !json_equal(choices, run.choices) || strcmp(d->what, "look") == 0 || run.state != RUN_LOOKED;
	run.choices = choices;
	if (!d->again && d->kind->begin) TRY(d->kind->begin(tx, &d->r->page, &run, err));
	return run_begin(tx, a, &run, d->again ? RUN_LOOKING : RUN_BRINGING, err);
}

static enum code run_post(struct request *r, struct err *err)
{
	struct deed d = { .r = r, .what = request_form(r, "what[]") };
	TRY(find(r, &d.run, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	d.kind = import_kind_find(d.run.kind);
	if (d.kind == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	bool brings = strcmp(d.what, "bring") == 0, chosen = brings || strcmp(d.what, "look") == 0;
	if (d.kind->choose && chosen) d.run.choices = d.kind->choose(r, &d.run);
	if (brings && d.kind->begin) TRY(request_write_model(r, act, &d, err));
	else TRY(request_write(r, act, &d, err));
	return request_redirect(r, run_url(&r->page, &d.run), d.again ? "import-revu" : NULL);
}

const struct feature import_run_feature = {
	.name = "import_run",
	.routes = ROUTES({ HTTP_GET, "/-/imports/:run", run_show, ACTION_MANAGE, KIND_RECORD,
	                   N_("How far a large import is, and what it brings"), 0, false },
	                 { HTTP_POST, "/-/imports/:run", run_post, ACTION_MANAGE, KIND_RECORD,
	                   N_("Bring in, stop or take back a large import"), 0, false }),
};
