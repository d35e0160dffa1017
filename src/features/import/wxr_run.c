#include "features/import/wxr_run.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "features/form_edit/form_edit.h"
#include "features/import/import.html.h"
#include "features/import/import_page.h"
#include "features/import/import_row.h"
#include "features/import/import_sent.h"
#include "features/import/import_wxr.h"
#include "features/spreadsheet/proposal.h"
#include "page/page.h"

struct wxr_work {
	struct wxr_import job;
	struct import_wxr import;
	struct import_report report;
	const struct wxr_item **items; /* that are brought */
	struct wxr_entry **entries;    /* of this step */
	int zip;
};

static void close_zip(void *arg)
{
	int *fd = arg;
	if (*fd >= 0) close(*fd);
}

/* What the import says goes to the page: each thing once. */
static void tell_report(struct import_work *w)
{
	struct wxr_work *x = w->data;
	struct import_report *report = &x->report;
	import_refusals_sort(&x->job.refusals);
	for (const struct import_refusal *r = report->refusals; r; r = r->next)
		run_refuse(w, r->line, r->field, &r->err);
	w->counts[COUNT_CREATED] += report->created;
	w->counts[COUNT_CHANGED] += report->changed;
	w->counts[COUNT_UNCHANGED] += report->unchanged;
	w->counts[COUNT_REFUSED] += report->refused;
	w->counts[COUNT_COMMENTS] += report->comments;
	w->counts[COUNT_PICTURES] += x->job.pictures.n;
	*report = (struct import_report){ 0 };
	x->job.pictures.n = 0;
	x->job.last_told = &report->entries;
	import_refusals_begin(&x->job.refusals, w->step, report);
}

static enum code open_files(struct import_work *w, struct wxr_work *x, struct err *err)
{
	int64_t size;
	char *text;
	const char *images = run_chosen(w->run, "images");
	TRY(run_sent(w, "file", WXR_RUN_TYPE, &text, &x->import.len, err));
	if (*images)
		TRY(import_sent_open(w->page->db, w->turn, w->site, w->model, &w->actor, images, WXR_RUN_IMAGES,
		                     &x->zip, &size, err));
	x->import.text = text;
	x->import.zip = *images ? &x->zip : NULL;
	return OK;
}

static enum code wxr_open(struct import_work *w, struct err *err)
{
	struct wxr_work *x = w->data = arena_new(w->turn, struct wxr_work);
	struct import_run *run = w->run;
	int n = 0;
	*x = (struct wxr_work){ .zip = -1 };
	arena_defer(w->turn, close_zip, &x->zip);
	x->import = (struct import_wxr){ .post = run_chosen(run, "post"),
		                         .page = run_chosen(run, "page"),
		                         .space = run_chosen(run, "space"),
		                         .batch = run->batch,
		                         .keep_good = true,
		                         .dry_run = run->state == RUN_LOOKING };
	TRY(run_may(w->model, &w->actor, model_space_by_slug(w->model, x->import.space), err));
	TRY(open_files(w, x, err));
	wxr_import_begin(&x->job, w->site, w->model, w->turn, &x->import, &x->report);
	TRY(wxr_import_open(&x->job, err));
	for (const struct wxr_item *item = x->job.wxr.items; item; item = item->next) n++;
	x->items = arena_array(w->turn, const struct wxr_item *, (size_t)n + 1);
	x->entries = arena_array(w->turn, struct wxr_entry *, (size_t)n + 1);
	n = 0;
	for (const struct wxr_item *item = x->job.wxr.items; item; item = item->next) {
		struct err why;
		if (wxr_is_brought(item, &why)) x->items[n++] = item;
		else if (strcmp(item->type, "attachment") != 0 && run->done == 0)
			run_refuse(w, item->line, item->title, &why);
	}
	run->total = n;
	run->title = arena_strdup(w->turn, x->job.source + strlen("wxr:"));
	json_object_set_new(run->choices, "source", json_string(x->job.source));
	import_refusals_begin(&x->job.refusals, w->step, &x->report);
	return OK;
}

static enum code wxr_prepare(struct import_work *w, int i, struct err *err)
{
	struct wxr_work *x = w->data;
	x->job.a = w->step;
	x->job.refusals.arena = w->step;
	return wxr_import_entry(&x->job, x->items[i], &x->entries[i], err);
}

/* "Story · 9 March 2024 · 2 comments". */
static void tell_entry(struct import_work *w, const struct import_entry *entry)
{
	const struct page *p = w->page;
	struct buf said;
	const char *day = import_day(p, entry);
	buf_init(&said, w->step, 0);
	buf_puts(&said, t(p, &entry->form->label));
	if (entry->draft) buf_printf(&said, " · %s", _("draft"));
	if (*day) buf_printf(&said, " · %s", day);
	if (entry->pictures)
		buf_printf(&said, " · %s",
		           page_printf(p, _n("%d picture", "%d pictures", entry->pictures), entry->pictures));
	if (entry->files)
		buf_printf(&said, " · %s", page_printf(p, _n("%d file", "%d files", entry->files), entry->files));
	if (entry->comments)
		buf_printf(&said, " · %s",
		           page_printf(p, _n("%d comment", "%d comments", entry->comments), entry->comments));
	run_tell(w, true, entry->line, entry->title, buf_str(&said));
}

/* Between which times it wrote: origin_of. */
static void note_time(struct import_run *run, const char *end)
{
	if (run->state == RUN_BRINGING) json_object_set_new(run->choices, end, json_integer(clock_now()));
}

static enum code wxr_keep(struct tx *tx, struct import_work *w, int i, struct err *err)
{
	struct wxr_work *x = w->data;
	const struct wxr_entry *entry = x->entries[i];
	x->job.a = w->step;
	if (i == 0) note_time(w->run, "from");
	TRY(wxr_import_write(&x->job, tx, entry, err));
	note_time(w->run, "until");
	if (x->report.created + x->report.changed) tell_entry(w, entry->told);
	tell_report(w);
	return OK;
}

/* What this import brought; all that ever came from that site, where that was asked for. */
static struct import_origin origin_of(const struct import_run *run)
{
	struct import_origin origin = { .source = run_chosen(run, "source") };
	if (json_bool(run->choices, "all", false)) return origin;
	origin.batch = run->batch;
	origin.from = json_int(run->choices, "from", 0);
	origin.until = json_int(run->choices, "until", 0);
	return origin;
}

static enum code wxr_made(struct import_work *w, int *ret, struct err *err)
{
	const struct import_origin origin = origin_of(w->run);
	return import_count(w->page->db, &origin, ret, err);
}

/* What is deleted moves the others up: only what is still there is gone past. */
static enum code wxr_undo(struct tx *tx, struct import_work *w, int from, int n, struct err *err)
{
	struct import_undone undone = { 0 };
	(void)from;
	TRY(run_may(w->model, &w->actor, &w->model->spaces[0], err));
	const struct import_origin origin = origin_of(w->run);
	const int past = run_count(w->run, COUNT_LEFT) + run_count(w->run, COUNT_BACK);
	TRY(import_take_back(tx, w->step, w->model, &origin, past, n, &undone, err));
	w->counts[COUNT_GONE] += undone.gone;
	w->counts[COUNT_LEFT] += undone.left;
	w->counts[COUNT_BACK] += undone.back;
	return OK;
}

/* ---- The page ---- */

static const char *wxr_seen(const struct page *p, const struct import_run *run)
{
	(void)p;
	(void)run;
	return "/-/recent";
}

static void wxr_choices(struct buf *out, const struct page *p, const struct import_run *run)
{
	import_choices(out, p, run_chosen(run, "post"), run_chosen(run, "page"), run_chosen(run, "space"));
}

static json_t *wxr_choose(struct request *r, const struct import_run *run)
{
	json_t *choices = json_keep(r->arena, json_copy(run->choices));
	json_object_set_new(choices, "post", json_string(import_form_chosen(r, "post", "recit")));
	json_object_set_new(choices, "page", json_string(import_form_chosen(r, "page", "page")));
	json_object_set_new(choices, "space", json_string(import_space_chosen(r)));
	return choices;
}

const struct import_kind wxr_run_kind = {
	.name = "wordpress",
	.open = wxr_open,
	.prepare = wxr_prepare,
	.keep = wxr_keep,
	.made = wxr_made,
	.undo = wxr_undo,
	.seen = wxr_seen,
	.choices = wxr_choices,
	.choose = wxr_choose,
	.send = "/-/import",
	.send_title = N_("A WordPress site"),
	.audited = "import.wordpress",
};
