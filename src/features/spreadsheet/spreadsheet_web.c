#include "features/spreadsheet/spreadsheet_web.h"

#include <string.h>

#include "features/form_edit/form_edit.h"
#include "features/sent_file/sent_file.h"
#include "features/spreadsheet/proposal.h"
#include "features/spreadsheet/proposal_write.h"
#include "features/spreadsheet/spreadsheet.html.h"
#include "features/spreadsheet/unmake.h"
#include "web/web.h"

enum { BODY = GRID_BYTES + (1 << 20), MENU_WORDS = 6 };

/* ---- Sending it ---- */

static enum code show_send(struct request *r, struct issues *issues, const char *pasted)
{
	r->page.title = tr(r->page.lang, N_("A form from a spreadsheet"));
	r->page.hidden = true;
	if (issues) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	send_page(request_out(r), &r->page, pasted);
	return OK;
}

static enum code send_show(struct request *r, struct err *err)
{
	TRY(form_edit_may(r, err));
	return show_send(r, NULL, "");
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
		return show_send(r, &issues, request_form(r, "pasted"));
	}
	TRY(code);
	buf_init(&out, r->arena, 0);
	grid_write_csv(&out, &grid);
	TRY(sent_file_keep(r, "text/csv", buf_str(&out), out.len, hex, err));
	return request_redirect(r, arena_printf(r->arena, "/-/spreadsheet/%s", hex), NULL);
}

/* ---- What it proposes ---- */

static enum code open_kept(struct request *r, struct sheet_proposal *ret, struct err *err)
{
	const char *text;
	size_t len;
	TRY(form_edit_may(r, err));
	TRY(sent_file_open(r, r->params[0], "text/csv", &text, &len, err));
	bool room = json_array_size(model_setting(r->page.model, "menu")) < MENU_WORDS;
	*ret = (struct sheet_proposal){ .hash = r->params[0], .menu = room, .offered = true };
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

static enum code proposal_show(struct request *r, struct err *err)
{
	struct sheet_proposal proposal;
	const struct space *const *spaces;
	TRY(open_kept(r, &proposal, err));
	if (proposal_spaces(&r->page, &spaces)) proposal.space = spaces[0];
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

static enum code show_result(struct request *r, const struct sheet_proposal *proposal)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _n("%d page is on the site", "%d pages are on the site", proposal->kept),
	                       proposal->kept);
	p->hidden = true;
	result_page(request_out(r), p, proposal);
	return OK;
}

static enum code proposal_post(struct request *r, struct err *err)
{
	struct sheet_proposal proposal;
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(open_kept(r, &proposal, err));
	TRY(form_edit_limit(r, err));
	read_proposal(r, &proposal, &issues);
	if (issues.count) return show_proposal(r, &proposal, &issues, 422);
	enum code code = proposal_write(r, &proposal, *request_form(r, "_good"), &issues, err);
	if (code == E_CONFLICT) return show_proposal(r, &proposal, &issues, 422); /* rows were refused */
	if (code == E_INPUT) {
		if (issues.count == 0) issues_add_err(&issues, "", err);
		return show_proposal(r, &proposal, &issues, 422);
	}
	TRY(code);
	if (proposal.refused) return show_result(r, &proposal);
	return request_redirect_about(r, arena_printf(r->arena, "/%s", proposal.slug), "tableur", proposal.batch);
}

/* ---- Taking it back ---- */

struct unmaking {
	struct request *r;
	struct id save;
};

static enum code unmake(struct tx *tx, void *arg, struct err *err)
{
	struct unmaking *u = arg;
	return spreadsheet_unmake(tx, u->r, u->save, err);
}

static enum code unmake_post(struct request *r, struct err *err)
{
	struct unmaking u = { .r = r };
	TRY(form_edit_may(r, err));
	TRY(form_edit_limit(r, err));
	if (!id_parse(r->params[0], &u.save))
		FAIL(err, E_NOT_FOUND, N_("There is nothing here that you could take back."));
	TRY(request_write_model(r, unmake, &u, err));
	return request_redirect(r, "/-/forms", "tableur-repris");
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
	                   N_("Make the form, and a page of each row"), 1 << 20, false },
	                 { HTTP_POST, "/-/unmake/:save", unmake_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Take back what a spreadsheet brought"), 0, false }),
};
