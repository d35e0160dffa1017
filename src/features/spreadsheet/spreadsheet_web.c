#include "features/spreadsheet/spreadsheet_web.h"

#include <string.h>

#include "features/form_edit/form_edit.h"
#include "features/sent_file/sent_file.h"
#include "features/spreadsheet/proposal.h"
#include "features/spreadsheet/sheet_run.h"
#include "features/spreadsheet/spreadsheet.html.h"
#include "web/web.h"

enum { BODY = GRID_BYTES + (1 << 20), MENU_WORDS = 6 };

/* ---- Sending it ---- */

static enum code show_send(struct request *r, struct issues *issues, const char *pasted, struct err *err)
{
	struct import_run *runs;
	int nruns;
	TRY(run_list(r->db, r->arena, r->actor.person, sheet_run_kind.name, &runs, &nruns, err));
	r->page.title = tr(r->page.lang, N_("A form from a spreadsheet"));
	r->page.hidden = true;
	if (issues) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	send_page(request_out(r), &r->page, pasted, runs, nruns);
	return OK;
}

static enum code send_show(struct request *r, struct err *err)
{
	TRY(form_edit_may(r, err));
	return show_send(r, NULL, "", err);
}

/* What was sent, or else pasted. */
static enum code read_sent(struct request *r, struct grid *grid, struct err *err)
{
	const struct form_field *file = form_data_file(&r->form, "file", 0);
	const char *text = request_form(r, "pasted");
	size_t len = strlen(text);
	if (file) TRY(sent_file_read(r, "file", GRID_BYTES, &text, &len, err));
	if (len == 0) FAIL(err, E_INPUT, N_("Choose a file, or paste the cells."));
	return grid_read(r->arena, text, len, grid, err);
}

static enum code send_post(struct request *r, struct err *err)
{
	struct grid grid;
	struct buf out;
	struct issues issues;
	char hex[HASH_HEX + 1];
	TRY(form_edit_may(r, err));
	TRY(form_edit_limit(r, err));
	issues_init(&issues, r->arena);
	enum code code = read_sent(r, &grid, err);
	if (code == E_INPUT || code == E_LIMIT) {
		issues_add_err(&issues, form_data_file(&r->form, "file", 0) ? "file" : "pasted", err);
		return show_send(r, &issues, request_form(r, "pasted"), err);
	}
	TRY(code);
	buf_init(&out, r->arena, 0);
	grid_write_csv(&out, &grid);
	TRY(sent_file_keep(r, SHEET_TYPE, buf_str(&out), out.len, hex, err));
	return request_redirect(r, arena_printf(r->arena, "/-/spreadsheet/%s", hex), NULL);
}

/* ---- What it proposes ---- */

static enum code open_kept(struct request *r, struct sheet_proposal *ret, struct err *err)
{
	const char *text;
	size_t len;
	TRY(form_edit_may(r, err));
	TRY(sent_file_open(r, r->params[0], SHEET_TYPE, &text, &len, err));
	bool room = json_array_size(model_setting(r->page.model, "menu")) < MENU_WORDS;
	*ret = (struct sheet_proposal){ .hash = r->params[0], .run = "", .menu = room, .offered = true };
	TRY(grid_read_csv(r->arena, text, len, &ret->grid, err));
	ret->columns = arena_array(r->arena, struct column, (size_t)ret->grid.ncolumns + 1);
	ret->typed = json_keep(r->arena, json_object());
	columns_guess(r->arena, &ret->grid, ret->columns, &ret->title);
	return OK;
}

static enum code show_proposal(struct request *r, struct sheet_proposal *proposal, struct issues *issues, int status)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _n("%d row, %d columns", "%d rows, %d columns", proposal->grid.nrows),
	                       proposal->grid.nrows, proposal->grid.ncolumns);
	p->hidden = true;
	if (issues && issues->count) p->issues = issues;
	r->response->status = status;
	proposal_page(request_out(r), p, proposal);
	return OK;
}

/* The import for which this file was looked at already, if it waits for what she decides. */
static enum code find_run(struct request *r, const char *asked, const char *hash, struct import_run *ret, bool *is,
                          struct err *err)
{
	struct id id;
	*is = false;
	if (!id_parse(asked, &id)) return OK;
	enum code code = run_find(r->db, r->arena, id, r->actor.person, ret, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	*is = strcmp(ret->kind, sheet_run_kind.name) == 0 && strcmp(run_chosen(ret, "file"), hash) == 0 &&
	      ret->state <= RUN_LOOKED && !run_works(ret);
	return OK;
}

static enum code proposal_show(struct request *r, struct err *err)
{
	struct sheet_proposal proposal;
	const struct space *const *spaces;
	struct import_run run;
	bool again;
	TRY(open_kept(r, &proposal, err));
	if (proposal_spaces(&r->page, &spaces)) proposal.space = spaces[0];
	TRY(find_run(r, request_query(r, "run"), proposal.hash, &run, &again, err));
	if (again) {
		proposal_recall(&r->page, run.choices, &proposal);
		proposal.run = request_query(r, "run");
	}
	return show_proposal(r, &proposal, NULL, 200);
}

static void read_column(struct request *r, struct sheet_proposal *proposal, int i, struct issues *issues)
{
	struct column *column = &proposal->columns[i];
	const char *name = text_trim(r->arena, request_form(r, column_control(&r->page, "n", i)));
	const char *control = column_control(&r->page, "k", i);
	const struct column_kind *kind = column_kind_find(request_form(r, control));
	if (kind) column->kind = kind->name;
	else issues_add(issues, control, N_("Choose one in the list."));
	if (*name) column->name = text_cut(r->arena, name, PROPOSAL_NAME);
	else if (*column->kind) issues_add(issues, column_control(&r->page, "n", i), N_("Give it a name."));
}

static void read_proposal(struct request *r, struct sheet_proposal *proposal, struct issues *issues)
{
	const char *title = request_form(r, "title");
	question_read_label(r, proposal->typed, "label", PROPOSAL_NAME, true, issues);
	question_read_label(r, proposal->typed, "plural", PROPOSAL_NAME, true, issues);
	proposal->menu = *request_form(r, "menu");
	proposal->offered = *request_form(r, "offered");
	for (int i = 0; i < proposal->grid.ncolumns; i++) read_column(r, proposal, i, issues);
	char *end;
	proposal->title = (int)strtol(title, &end, 10);
	if (*title == '\0' || *end || proposal->title < 0 || proposal->title >= proposal->grid.ncolumns) {
		proposal->title = -1;
		issues_add(issues, "title", N_("Say which column names the pages."));
	} else if (strcmp(proposal->columns[proposal->title].kind, "text") != 0) {
		issues_add(issues, column_control(&r->page, "k", proposal->title),
		           N_("This column names the pages: it is a line of text."));
	}
	const struct space *const *spaces;
	int n = proposal_spaces(&r->page, &spaces);
	for (int i = 0; i < n; i++)
		if (strcmp(spaces[i]->slug, request_form(r, "space")) == 0) proposal->space = spaces[i];
	if (proposal->space == NULL) issues_add(issues, "space", N_("Choose one in the list."));
}

struct beginning {
	struct request *r;
	struct import_run run;
	bool again;
};

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	struct beginning *b = arg;
	if (b->again) return run_begin(tx, b->r->arena, &b->run, RUN_LOOKING, err);
	return run_add(tx, b->r->arena, &b->run, err);
}

/* Looked at by a job, which brings the rows in when none stays out. */
static enum code begin_run(struct request *r, const struct sheet_proposal *proposal, json_t *choices, struct err *err)
{
	struct beginning b = { .r = r };
	char id[ID_TEXT + 1];
	TRY(find_run(r, request_form(r, "run"), proposal->hash, &b.run, &b.again, err));
	if (!b.again)
		b.run = (struct import_run){ .person = r->actor.person,
			                     .kind = sheet_run_kind.name,
			                     .state = RUN_LOOKING };
	b.run.title = question_text(&r->page, proposal->typed, "plural", LANG_FR);
	b.run.choices = choices;
	TRY(request_write(r, begin, &b, err));
	return request_redirect(r, arena_printf(r->arena, "/-/imports/%s", id_format(b.run.id, id)), NULL);
}

static enum code proposal_post(struct request *r, struct err *err)
{
	struct sheet_proposal proposal;
	struct issues issues;
	json_t *choices;
	issues_init(&issues, r->arena);
	TRY(open_kept(r, &proposal, err));
	TRY(form_edit_limit(r, err));
	proposal.run = request_form(r, "run");
	read_proposal(r, &proposal, &issues);
	if (issues.count) return show_proposal(r, &proposal, &issues, 422);
	enum code code = proposal_choices(&r->page, &proposal, &choices, &issues, err);
	if (code == E_INPUT) {
		if (issues.count == 0) issues_add_err(&issues, "", err);
		return show_proposal(r, &proposal, &issues, 422);
	}
	TRY(code);
	return begin_run(r, &proposal, choices, err);
}

const struct feature spreadsheet_feature = {
	.name = "spreadsheet",
	.routes = ROUTES({ HTTP_GET, "/-/spreadsheet", send_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("Send a spreadsheet to make a form of it"), 0, false },
	                 { HTTP_POST, "/-/spreadsheet", send_post, ACTION_MANAGE, KIND_MODEL, N_("Read a spreadsheet"),
	                   BODY, false },
	                 { HTTP_GET, "/-/spreadsheet/:file", proposal_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("The form that a spreadsheet proposes"), 0, false },
	                 { HTTP_POST, "/-/spreadsheet/:file", proposal_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Have the rows tried, then the form made and a page of each"), 1 << 20, false }),
};
