#include "features/spreadsheet/sheet_run.h"

#include <string.h>

#include "base/text.h"
#include "core/definition.h"
#include "core/form_change.h"
#include "features/form_edit/form_make.h"
#include "features/import/import_row.h"
#include "features/import/import_sent.h"
#include "features/spreadsheet/proposal.h"
#include "features/spreadsheet/spreadsheet.html.h"

enum { TOLD = 3 /* cells of a row */, TOLD_CHARS = 60 };

struct sheet_work {
	struct grid grid;
	struct column *columns;
	const char **keys;
	int title;
	const struct space *space;
	const char *source;
	const struct model *model; /* that knows the form */
	const struct form *form;
	bool rehearses;       /* there is no form yet: each step makes it, and nothing is kept */
	struct model *loaded; /* the model of this turn or of this step, or NULL */
};

/* Each import is a source of its own: a row is known by its line. */
static const char *source_of(struct arena *a, const struct import_run *run)
{
	char id[ID_TEXT + 1];
	return arena_printf(a, "sheet:%s", id_format(run->id, id));
}

/* The one that was made; NULL: not yet, or it is gone. */
static const struct form *form_of(const struct model *model, const struct import_run *run)
{
	return model_form(model, run_chosen(run, "form"));
}

static void release_loaded(void *arg)
{
	struct sheet_work *x = arg;
	if (x->loaded) model_release(x->loaded);
	x->loaded = NULL;
}

/* Whoever made the form has perhaps not read the site's definitions anew yet. */
static enum code find_form(struct import_work *w, struct sheet_work *x, struct err *err)
{
	x->form = form_of(x->model, w->run);
	x->rehearses = x->form == NULL && w->run->state == RUN_LOOKING;
	if (x->form || x->rehearses) return OK;
	TRY(model_load(w->page->db, &x->loaded, err));
	x->model = x->loaded;
	x->space = model_space_by_slug(x->model, run_chosen(w->run, "space"));
	x->form = form_of(x->model, w->run);
	if (x->form == NULL) FAIL(err, E_INPUT, N_("The form of these pages was taken away meanwhile."));
	return OK;
}

static enum code sheet_open(struct import_work *w, struct err *err)
{
	struct sheet_work *x = w->data = arena_new(w->turn, struct sheet_work);
	struct import_run *run = w->run;
	char *text;
	size_t len;
	*x = (struct sheet_work){ .space = model_space_by_slug(w->model, run_chosen(run, "space")),
		                  .source = source_of(w->turn, run),
		                  .model = w->model,
		                  .title = (int)json_int(run->choices, "title", -1) };
	arena_defer(w->turn, release_loaded, x);
	TRY(run_may(w->model, &w->actor, x->space, err));
	TRY(run_sent(w, "file", SHEET_TYPE, &text, &len, err));
	TRY(grid_read_csv(w->turn, text, len, &x->grid, err));
	x->columns = arena_array(w->turn, struct column, (size_t)x->grid.ncolumns + 1);
	x->keys = arena_array(w->turn, const char *, (size_t)x->grid.ncolumns + 1);
	if (!columns_recall(run->choices, &x->grid, x->columns, x->keys) || x->title < 0 ||
	    x->title >= x->grid.ncolumns)
		FAIL(err, E_INTERNAL, "the columns of an import are not those of its file");
	TRY(find_form(w, x, err));
	columns_separate(&x->grid, x->columns);
	run->total = x->grid.nrows;
	return OK;
}

/* A rehearsal makes the form too, and nothing of it is kept: so each step has its own. */
static enum code rehearse_form(struct tx *tx, struct import_work *w, struct sheet_work *x, struct err *err)
{
	json_t *taken, *definition = json_keep(w->step, json_copy(json_object_get(w->run->choices, "definition")));
	release_loaded(x);
	TRY(definition_keys(tx_db(tx), w->step, DEFINITION_FORM, &taken, err));
	const char *key = key_from_words(w->step, "rehearsal", taken);
	json_object_set_new(definition, "key", json_string(key));
	TRY(definition_save(tx, w->step, DEFINITION_FORM, key, definition, &w->actor, NULL, err));
	TRY(model_load(tx_db(tx), &x->loaded, err));
	x->model = x->loaded;
	x->form = model_form(x->model, key);
	x->space = model_space_by_slug(x->model, run_chosen(w->run, "space"));
	if (x->form == NULL || x->space == NULL) FAIL(err, E_INTERNAL, "no form after it was made");
	return OK;
}

/* ---- Rows ---- */

/* What else the row says first: "Association · 12 rue des Halles". */
static const char *told_of(struct import_work *w, const struct grid_row *row)
{
	const struct sheet_work *x = w->data;
	struct buf out;
	int told = 0;
	buf_init(&out, w->step, 0);
	for (int i = 0; i < x->grid.ncolumns && told < TOLD; i++) {
		char *clean;
		struct err ignored;
		if (i == x->title || x->keys[i] == NULL || *row->cells[i] == '\0') continue;
		if (text_clean(w->step, row->cells[i], strlen(row->cells[i]), TEXT_LINE, &clean, &ignored) != OK)
			continue;
		buf_printf(&out, "%s%s", told++ ? " · " : "", text_cut(w->step, clean, TOLD_CHARS));
	}
	return buf_str(&out);
}

static const char *title_of(struct import_work *w, const struct grid_row *row)
{
	const struct sheet_work *x = w->data;
	char *clean;
	struct err ignored;
	const char *cell = row->cells[x->title];
	if (text_clean(w->step, cell, strlen(cell), TEXT_LINE, &clean, &ignored) != OK) return "";
	return text_cut(w->step, clean, PROPOSAL_NAME);
}

/* Each mistake of the row with its question; `why` where none is named. */
static void refuse_row(struct import_work *w, const struct grid_row *row, const struct issues *issues,
                       const struct err *why)
{
	const struct sheet_work *x = w->data;
	const struct page *p = w->page;
	w->counts[COUNT_REFUSED]++;
	if (issues->count == 0) run_refuse(w, row->line, title_of(w, row), why);
	for (const struct issue *i = issues->first; i; i = i->next) {
		const struct field *field = form_field(x->form, i->field);
		const char *said = page_error(p, &i->err);
		if (field) said = page_printf(p, _("%s: %s"), t(p, &field->label), said);
		run_tell(w, false, row->line, title_of(w, row), arena_strdup(w->step, said));
	}
}

static enum code sheet_keep(struct tx *tx, struct import_work *w, int i, struct err *err)
{
	struct sheet_work *x = w->data;
	const struct grid_row *row = &x->grid.rows[i];
	struct issues issues;
	enum import_outcome outcome = IMPORT_UNCHANGED;
	if (x->rehearses && i == w->run->done) TRY(rehearse_form(tx, w, x, err));
	issues_init(&issues, w->step);
	struct import_item item = { .source = x->source,
		                    .key = arena_printf(w->step, "%d", row->line),
		                    .form = x->form,
		                    .space = x->space,
		                    .actor = &w->actor,
		                    .batch = w->run->batch };
	item.values = column_values(w->step, x->form, &x->grid, x->columns, x->keys, row, &issues);
	enum code code = issues_code(&issues, err);
	if (code == OK) code = import_item(tx, w->step, x->model, &item, &issues, &outcome, err);
	if (code == E_INPUT) refuse_row(w, row, &issues, err);
	if (code != OK) return code == E_INPUT ? OK : code;
	w->counts[COUNT_CREATED] += outcome == IMPORT_CREATED;
	w->counts[COUNT_CHANGED] += outcome == IMPORT_CHANGED;
	w->counts[COUNT_UNCHANGED] += outcome == IMPORT_UNCHANGED;
	if (outcome != IMPORT_UNCHANGED) run_tell(w, true, row->line, title_of(w, row), told_of(w, row));
	return OK;
}

/* ---- The form, made and taken away ---- */

static enum code sheet_begin(struct tx *tx, const struct page *p, struct import_run *run, struct err *err)
{
	struct form_making making = { .definition = json_object_get(run->choices, "definition"),
		                      .menu = json_bool(run->choices, "menu", false),
		                      .offered = json_bool(run->choices, "offered", false) };
	TRY(run_may(p->model, p->actor, model_space_by_slug(p->model, run_chosen(run, "space")), err));
	if (form_of(p->model, run)) return OK; /* what was taken back comes again, but for what somebody had touched */
	TRY(form_make(tx, p, &making, err));
	json_object_set_new(run->choices, "form", json_string(making.key));
	return OK;
}

static struct import_origin origin_of(struct arena *a, const struct import_run *run)
{
	return (struct import_origin){ .source = source_of(a, run), .batch = run->batch, .until = INT64_MAX };
}

static enum code sheet_made(struct import_work *w, int *ret, struct err *err)
{
	const struct import_origin origin = origin_of(w->turn, w->run);
	return import_count(w->page->db, &origin, ret, err);
}

/* What is deleted moves the others up: only what is still there is gone past. */
static enum code sheet_undo(struct tx *tx, struct import_work *w, int from, int n, struct err *err)
{
	struct import_undone undone = { 0 };
	const struct import_origin origin = origin_of(w->step, w->run);
	(void)from;
	TRY(run_may(w->model, &w->actor, &w->model->spaces[0], err));
	TRY(import_take_back(tx, w->step, w->model, &origin, run_count(w->run, COUNT_LEFT), n, &undone, err));
	w->counts[COUNT_GONE] += undone.gone;
	w->counts[COUNT_LEFT] += undone.left;
	return OK;
}

/* With a page that somebody touched, or added, its form stays. */
static enum code sheet_unmake(struct tx *tx, struct import_work *w, struct err *err)
{
	const struct form *form = form_of(w->model, w->run);
	int64_t pages;
	if (form == NULL) return OK;
	TRY(sheet_pages(tx_db(tx), form, &pages, err));
	return pages ? OK : form_unmake(tx, w->page, form, err);
}

/* ---- The page ---- */

static const char *sheet_seen(const struct page *p, const struct import_run *run)
{
	const struct form *form = form_of(p->model, run);
	const struct view *view = form ? form_list(p, form) : NULL;
	return view ? arena_printf(p->arena, "/%s", view->slug) : "/-/recent";
}

static void sheet_choices(struct buf *out, const struct page *p, const struct import_run *run)
{
	char id[ID_TEXT + 1];
	sheet_again(
	        out, p,
	        arena_printf(p->arena, "/-/spreadsheet/%s?run=%s", run_chosen(run, "file"), id_format(run->id, id)));
}

const struct import_kind sheet_run_kind = {
	.name = "spreadsheet",
	.open = sheet_open,
	.keep = sheet_keep,
	.made = sheet_made,
	.undo = sheet_undo,
	.begin = sheet_begin,
	.unmake = sheet_unmake,
	.seen = sheet_seen,
	.choices = sheet_choices,
	.send = "/-/spreadsheet",
	.send_title = N_("A form from a spreadsheet"),
	.audited = "import.spreadsheet",
};
