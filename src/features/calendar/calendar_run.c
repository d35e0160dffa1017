#include "features/calendar/calendar_run.h"

#include <string.h>

#include "core/history.h"
#include "core/moment.h"
#include "features/calendar/calendar_import.h"
#include "features/calendar/calendar_import.html.h"
#include "features/import/import_sent.h"

struct calendar_work {
	struct ical_file file;
	struct calendar_import import;
};

static enum code find_choices(struct import_work *w, struct calendar_import *import, struct err *err)
{
	const struct space *space = model_space_by_slug(w->model, run_chosen(w->run, "space"));
	struct thing thing = { .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED };
	import->form = model_form(w->model, run_chosen(w->run, "form"));
	import->space = space;
	if (import->form) import->agenda = calendar_agenda(w->page, import->form);
	if (import->agenda == NULL || import->form->asleep)
		FAIL(err, E_INPUT, N_("The pages that its events should become have no agenda any more."));
	if (space == NULL || space->state != SPACE_AWAKE || !allowed(&w->actor, ACTION_MANAGE, &thing))
		FAIL(err, E_FORBIDDEN, N_("Your account does not allow this any more."));
	return OK;
}

static enum code read_sent(struct import_work *w, struct ical_file *file, struct err *err)
{
	char *text;
	size_t len;
	TRY(run_sent(w, "file", CALENDAR_TYPE, &text, &len, err));
	return ical_read(w->turn, text, len, model_zone(w->model), file, err);
}

static enum code calendar_run_open(struct import_work *w, struct err *err)
{
	struct calendar_work *x = w->data = arena_new(w->turn, struct calendar_work);
	struct import_run *run = w->run;
	*x = (struct calendar_work){ .import = { .actor = &w->actor, .batch = run->batch } };
	TRY(find_choices(w, &x->import, err));
	TRY(read_sent(w, &x->file, err));
	run->total = x->file.n;
	if (run->done > 0) return OK;
	if (*x->file.name) run->title = x->file.name;
	for (int i = 0; i < x->file.nrefusals; i++)
		run_refuse(w, x->file.refusals[i].line, x->file.refusals[i].title, &x->file.refusals[i].why);
	w->counts[COUNT_REFUSED] += x->file.refused;
	return OK;
}

static enum code calendar_run_keep(struct tx *tx, struct import_work *w, int i, struct err *err)
{
	struct calendar_work *x = w->data;
	struct calendar_import *import = &x->import;
	const struct ical_item *item = &x->file.items[i];
	bool refused;
	import->created = import->changed = import->unchanged = import->cancelled = 0;
	TRY(calendar_import_item(tx, w->step, w->model, import, item, &refused, err));
	if (refused) run_refuse(w, item->line, item->title, err);
	else if (import->created + import->changed)
		run_tell(w, true, item->line, item->title, schedule_words(w->step, &item->schedule, w->lang));
	w->counts[COUNT_CREATED] += import->created;
	w->counts[COUNT_CHANGED] += import->changed;
	w->counts[COUNT_UNCHANGED] += import->unchanged;
	w->counts[COUNT_CANCELLED] += import->cancelled;
	w->counts[COUNT_REFUSED] += refused;
	return OK;
}

static enum code calendar_run_made(struct import_work *w, int *ret, struct err *err)
{
	return history_touched(w->page->db, w->run->batch, ret, err);
}

static enum code calendar_run_undo(struct tx *tx, struct import_work *w, int from, int n, struct err *err)
{
	struct undo undo = { .save = id_new() };
	TRY(history_undo_some(tx, w->step, w->model, &w->actor, w->run->batch, from, n, &undo, err));
	w->counts[COUNT_GONE] += undo.done;
	w->counts[COUNT_LEFT] += undo.left;
	return OK;
}

/* ---- The page ---- */

static const char *calendar_run_seen(const struct page *p, const struct import_run *run)
{
	const struct form *form = model_form(p->model, run_chosen(run, "form"));
	for (int i = 0; form && i < p->model->nviews; i++) {
		const struct view *view = &p->model->views[i];
		if (view->form == form && view->agenda.date && page_sees(p, view))
			return arena_printf(p->arena, "/%s", view->slug);
	}
	return "/-/recent";
}

static void calendar_run_choices(struct buf *out, const struct page *p, const struct import_run *run)
{
	const struct calendar_typed typed = { .form = run_chosen(run, "form"),
		                              .space = run_chosen(run, "space"),
		                              .name = "" };
	calendar_choices(out, p, &typed);
}

static json_t *calendar_run_choose(struct request *r, const struct import_run *run)
{
	json_t *choices = json_keep(r->arena, json_copy(run->choices));
	json_object_set_new(choices, "form", json_string(request_form(r, "form")));
	json_object_set_new(choices, "space", json_string(request_form(r, "space")));
	return choices;
}

const struct import_kind calendar_run_kind = {
	.name = "calendar",
	.open = calendar_run_open,
	.keep = calendar_run_keep,
	.made = calendar_run_made,
	.undo = calendar_run_undo,
	.seen = calendar_run_seen,
	.choices = calendar_run_choices,
	.choose = calendar_run_choose,
	.send = "/-/calendar/import",
	.send_title = N_("Bring in a calendar"),
	.audited = "import.calendar",
};
