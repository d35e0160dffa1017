/* Where sheets that came back are taken up. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/survey_target.h"
#include "features/paper/paper.html.h"
#include "features/paper/paper_web.h"
#include "features/people/people_web.h"
#include "features/survey/campaign.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum { EDITIONS_SHOWN = 50, NUMBER_MAX = 6 };

void paper_number_code(const struct site *site, const struct form *form, const char *number,
                       char out[static CODE_TEXT + 1])
{
	char whose[64];
	struct id id;
	size_t len = strlen(form->key), digits = strlen(number);
	len = MIN(len, sizeof(whose) / 2);
	digits = MIN(digits, sizeof(whose) / 2 - 1);
	memcpy(whose, form->key, len);
	whose[len] = '/';
	memcpy(whose + len + 1, number, digits);
	struct hash mac = hash_blake2b("pnum", site_secret(site), whose, len + 1 + digits);
	memcpy(id.b, mac.b, sizeof(id.b));
	code_format(id, out);
}

const char *paper_sheet_url(const struct page *p, const struct paper_sheet *sheet, const char *rest)
{
	return arena_printf(p->arena, "/-/sheet/%s%s", sheet->code, rest);
}

const char *paper_sheet_name(const struct page *p, const struct paper_sheet *sheet, bool names)
{
	if (*sheet->label) return page_printf(p, _("Sheet %s"), sheet->label);
	if (names && *sheet->name) return sheet->name;
	return sheet->code ? page_printf(p, _("Sheet %s"), sheet->code) : _("Sheet");
}

const char *paper_agreement(const struct page *p, int64_t agreed, int64_t answers)
{
	int64_t thousandths = answers ? (agreed * 1000 + answers / 2) / answers : 0;
	return page_printf(p, _("%1$d.%2$d %%"), (int)(thousandths / 10), (int)(thousandths % 10));
}

int paper_turn(const struct paper_sheet *sheet)
{
	if (!sheet->entries[0].done) return 1;
	return sheet->entries[1].done ? 3 : 2;
}

/* ---- The list ---- */

/* Codes are made again: by the number, or by whom it is for. */
static const char *code_again(struct request *r, const struct paper_sheet *sheet)
{
	char code[CODE_TEXT + 1];
	if (*sheet->label) paper_number_code(r->site, sheet->form, sheet->label, code);
	else if (sheet->target) target_code(r->site, sheet->target_id, code);
	else return NULL;
	return arena_strdup(r->arena, code);
}

static struct paper_line line_of(struct request *r, struct paper_sheet *sheet)
{
	const struct page *p = &r->page;
	static const char *const words[] = { [1] = N_("begun: to be gone on with"),
		                             [2] = N_("waits for a second entry, by somebody else"),
		                             [3] = N_("two entries to compare") };
	int turn = paper_turn(sheet);
	struct paper_sheet opened;
	struct err none;
	struct paper_line line = { .sheet = sheet,
		                   .name = paper_sheet_name(p, sheet, true),
		                   .what = tr(p->lang, words[turn]) };
	sheet->code = code_again(r, sheet);
	if (sheet->code == NULL) return line;
	line.url = paper_sheet_url(p, sheet, turn == 3 ? "/compare" : "");
	if (paper_sheet_find(r->db, r->arena, p->model, p->actor, sheet->code, &opened, &none) == OK)
		line.hers = turn == 2 && opened.entries[0].hers;
	return line;
}

static enum code show(struct request *r, struct paper_desk *x, struct issues *issues, struct err *err)
{
	struct page *p = &r->page;
	struct paper_edition *editions;
	struct paper_sheet *sheets;
	TRY(paper_edition_list(r->db, r->arena, x->form, EDITIONS_SHOWN, &editions, &x->neditions, err));
	TRY(paper_count(r->db, x->form, &x->counts, err));
	TRY(paper_sheet_list(r->db, r->arena, p->model, p->actor, x->form, PAPER_SHEETS_MAX, &sheets, &x->nlines, err));
	struct paper_line *lines = arena_array(r->arena, struct paper_line, (size_t)x->nlines + 1);
	for (int i = 0; i < x->nlines; i++) lines[i] = line_of(r, &sheets[i]);
	x->editions = editions;
	x->lines = lines;
	p->title = tr(p->lang, N_("Enter paper sheets"));
	p->section = "/-/surveys";
	p->hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	paper_desk_page(request_out(r), p, x);
	return OK;
}

enum code paper_desk_show(struct request *r, struct err *err)
{
	struct paper_desk x = { .typed = request_query(r, "feuille") };
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	x.edition = (int)MIN(MAX(strtol(request_query(r, "edition"), NULL, 10), 0), INT32_MAX);
	return show(r, &x, NULL, err);
}

/* ---- Taken up ---- */

struct taking {
	struct request *r;
	const struct form *form;
	int edition;
	const char *code, *label;
	int64_t target;
	struct paper_sheet sheet; /* for paper_drop_post */
};

/* "12", "0012"; NULL: it is no number. */
static const char *number_of(struct arena *a, const char *typed)
{
	const char *digits = text_trim(a, arena_strdup(a, typed));
	if (*digits == '\0' || strspn(digits, "0123456789") != strlen(digits) || strlen(digits) > NUMBER_MAX)
		return NULL;
	while (*digits == '0') digits++;
	return *digits ? digits : NULL;
}

/* The code that was typed, or that of the number; a mistake otherwise. */
static enum code read_sheet(struct request *r, const char *typed, struct taking *x, struct issues *issues,
                            struct err *err)
{
	char code[CODE_TEXT + 1];
	struct survey_target target;
	const char *number = number_of(r->arena, typed);
	x->label = number ? number : "";
	if (number) {
		paper_number_code(r->site, x->form, number, code);
		x->code = arena_strdup(r->arena, code);
		return OK;
	}
	if (!code_read(typed, code)) {
		issues_add(
		        issues, "sheet",
		        N_("Write the number of the sheet, or its code: sixteen letters and digits, in four groups."));
		return OK;
	}
	enum code found = survey_target_by_code(r->db, r->arena, r->page.model, code, &target, err);
	if (found != OK && found != E_NOT_FOUND) return found;
	if (found == E_NOT_FOUND || target.form != x->form)
		issues_add(issues, "sheet",
		           N_("This code is not one of this questionnaire: read it again on the sheet."));
	else x->target = target.num;
	x->code = arena_strdup(r->arena, code);
	return OK;
}

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	const struct taking *x = arg;
	return paper_sheet_begin(tx, x->form, x->edition, x->code, x->label, x->target, err);
}

/* An answer more is told from the others where all of them are shown. */
static void check_shut(struct request *r, const struct form *form, struct issues *issues)
{
	if (form->survey->anonymity != ANONYMITY_ANONYMOUS || survey_stands(&r->page, form) != STAND_OVER) return;
	issues_add(
	        issues, "sheet",
	        N_("This anonymous questionnaire is closed, and all its answers are shown: one more would be told from the others. "
	           "Open it again to enter sheets."));
}

enum code paper_desk_post(struct request *r, struct err *err)
{
	struct taking x = { .r = r };
	struct paper_desk desk = { 0 };
	struct paper_edition edition;
	struct paper_sheet sheet;
	struct response sent;
	struct issues issues;
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	TRY(people_typed(r, "sheet", &desk.typed, err));
	desk.form = x.form;
	desk.edition = (int)MIN(MAX(strtol(request_form(r, "edition"), NULL, 10), 0), INT32_MAX);
	issues_init(&issues, r->arena);
	TRY(read_sheet(r, desk.typed, &x, &issues, err));
	check_shut(r, x.form, &issues);
	if (survey_stands(&r->page, x.form) == STAND_DRAFT)
		issues_add(&issues, "sheet", N_("Open the questionnaire first: until then, nothing is answered."));
	enum code printed = paper_edition_find(r->db, r->arena, x.form, desk.edition, &edition, err);
	if (printed == E_NOT_FOUND)
		issues_add(&issues, "sheet",
		           N_("Print the questionnaire first: sheets are entered as they were printed."));
	else TRY(printed);
	if (issues.count) return show(r, &desk, &issues, err);
	enum code found = paper_sheet_find(r->db, r->arena, r->page.model, &r->actor, x.code, &sheet, err);
	if (found != OK && found != E_NOT_FOUND) return found;
	if (found == E_NOT_FOUND) {
		enum code answered = response_find(r->db, r->arena, r->page.model, x.code, &sent, err);
		if (answered == E_GONE || (answered == OK && sent.state == RESPONSE_COMPLETE))
			issues_add(&issues, "sheet", N_("This sheet has been entered already, and counts."));
	} else if (sheet.whole) issues_add(&issues, "sheet", N_("This sheet has been entered already, and counts."));
	if (issues.count) return show(r, &desk, &issues, err);
	x.edition = edition.edition;
	if (found == E_NOT_FOUND) {
		enum code begun = request_write(r, begin, &x, err);
		if (begun == E_FORBIDDEN) {
			issues_add_err(&issues, "sheet", err);
			return show(r, &desk, &issues, err);
		}
		TRY(begun);
	}
	return request_redirect(r, arena_printf(r->arena, "/-/sheet/%s", x.code), NULL);
}

enum code paper_of_route(struct request *r, struct paper_sheet *ret, struct paper_edition *edition, struct err *err)
{
	struct page *p = &r->page;
	char code[CODE_TEXT + 1];
	if (!code_read(r->params[0], code)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(paper_sheet_find(r->db, r->arena, p->model, &r->actor, code, ret, err));
	if (responses_may(p->model, &r->actor, ACTION_MANAGE, ret->form, err) != OK || ret->whole)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(paper_edition_find(r->db, r->arena, ret->form, ret->edition, edition, err));
	p->space = survey_space(p->model, ret->form);
	p->section = "/-/surveys";
	p->hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	return OK;
}

static enum code drop(struct tx *tx, void *arg, struct err *err)
{
	const struct taking *x = arg;
	return paper_sheet_drop(tx, &x->sheet, err);
}

enum code paper_drop_post(struct request *r, struct err *err)
{
	struct taking x = { .r = r };
	struct paper_edition edition;
	TRY(paper_of_route(r, &x.sheet, &edition, err));
	TRY(request_write(r, drop, &x, err));
	return request_redirect(r, survey_url(&r->page, x.sheet.form, "/sheets"), "feuille-oubliee");
}
