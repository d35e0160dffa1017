/* A sheet that is done: kept, compared, made a response. */
#include <string.h>

#include "features/paper/paper.html.h"
#include "features/paper/paper_compare.h"
#include "features/paper/paper_web.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

struct finishing {
	struct request *r;
	const struct paper_sheet *sheet;
	int turn;
	struct paper_typed entry;
	struct paper_whole whole;
	bool full;
};

static enum code keep(struct tx *tx, void *arg, struct err *err)
{
	const struct finishing *f = arg;
	return paper_typed_keep(tx, f->r->arena, f->sheet, f->turn, &f->r->actor, &f->entry, err);
}

static enum code complete(struct tx *tx, void *arg, struct err *err)
{
	struct finishing *f = arg;
	return paper_sheet_complete(tx, f->r->arena, f->r->page.model, f->sheet, &f->whole, &f->full, err);
}

enum code paper_make_response(struct request *r, const struct paper_sheet *sheet, const json_t *values,
                              const json_t *notes, int compared, int agreed, struct err *err)
{
	struct finishing f = { .r = r, .sheet = sheet };
	f.whole = (struct paper_whole){ values, notes, compared, agreed, r->page.lang, r->actor.person };
	const char *url = survey_url(&r->page, sheet->form, "/sheets");
	TRY(request_write(r, complete, &f, err));
	return request_redirect(r, url, f.full ? "feuille-de-trop" : compared ? "feuille-comparee" : "feuille-saisie");
}

enum code paper_finish(struct request *r, const struct paper_sheet *sheet, const struct paper_edition *edition,
                       int turn, const struct paper_typed *entry, struct err *err)
{
	struct page *p = &r->page;
	struct finishing f = { .r = r, .sheet = sheet, .turn = turn, .entry = *entry };
	struct paper_difference *differences;
	int compared;
	if (!sheet->twice)
		return paper_make_response(r, sheet, paper_values(r->arena, sheet->form, entry->values, entry->kept),
		                           entry->notes, 0, 0, err);
	f.entry.done = true;
	TRY(request_write(r, keep, &f, err));
	if (turn == 1) return request_redirect(r, survey_url(p, sheet->form, "/sheets"), "feuille-a-resaisir");
	struct paper_typed both[PAPER_TURNS] = { sheet->entries[0], *entry };
	int n = paper_differences(r->arena, sheet->form, edition->body, both, &differences, &compared);
	if (n) return request_redirect(r, paper_sheet_url(p, sheet, "/compare"), NULL);
	json_t *kept = json_keep(r->arena, json_copy((json_t *)both[0].kept));
	return paper_make_response(r, sheet, paper_values(r->arena, sheet->form, both[0].values, kept),
	                           paper_notes_joined(r->arena, both), MAX(compared, 1), MAX(compared, 1), err);
}

/* ---- Side by side ---- */

static enum code find(struct request *r, struct paper_sheet *sheet, struct paper_edition *edition,
                      struct paper_comparison *x, struct paper_difference **differences, struct err *err)
{
	TRY(paper_of_route(r, sheet, edition, err));
	if (paper_turn(sheet) != 3) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*x = (struct paper_comparison){ .sheet = sheet };
	x->name = paper_sheet_name(&r->page, sheet, sheet->form->survey->anonymity == ANONYMITY_NAMED);
	x->n = paper_differences(r->arena, sheet->form, edition->body, sheet->entries, differences, &x->compared);
	x->differences = *differences;
	return OK;
}

static enum code show(struct request *r, const struct paper_comparison *x, struct issues *issues)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _("%s – two entries compared"), x->name);
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	paper_comparison_page(request_out(r), p, x);
	return OK;
}

enum code paper_compare_show(struct request *r, struct err *err)
{
	struct paper_sheet sheet;
	struct paper_edition edition;
	struct paper_comparison x;
	struct paper_difference *differences;
	TRY(find(r, &sheet, &edition, &x, &differences, err));
	return show(r, &x, NULL);
}

/* One decision; the field's own names are those of the third version. */
static void decide(struct request *r, struct paper_difference *d, json_t *values, struct issues *issues)
{
	struct field_post post = request_post(r);
	const char *picked = request_form(r, paper_name(&r->page, "pick", d->field));
	json_t *value = NULL;
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	d->picked = *picked >= '1' && *picked <= '3' && picked[1] == '\0' ? *picked - '0' : 0;
	if (d->picked == 0)
		issues_add(issues, d->field->key, N_("Say which of the two is right, or write what the sheet says."));
	if (d->picked == 3) {
		value = d->field->type->read(d->field, &post, issues);
		if (value && issues_of(issues, d->field->key) == NULL) d->field->type->check(d->field, value, issues);
		d->third = value;
	} else if (d->picked) value = (json_t *)d->values[d->picked - 1];
	if (value) json_object_set(values, d->field->key, value);
	else json_object_del(values, d->field->key);
}

/* Kept by either is kept: it is still only kept where it is answered. */
static json_t *kept_by_any(struct arena *a, const struct paper_sheet *sheet)
{
	json_t *kept = json_keep(a, json_copy((json_t *)sheet->entries[0].kept));
	json_array_extend(kept, (json_t *)sheet->entries[1].kept);
	return kept;
}

enum code paper_compare_post(struct request *r, struct err *err)
{
	struct paper_sheet sheet;
	struct paper_edition edition;
	struct paper_comparison x;
	struct paper_difference *differences;
	struct issues issues;
	TRY(find(r, &sheet, &edition, &x, &differences, err));
	issues_init(&issues, r->arena);
	json_t *values = json_keep(r->arena, json_copy((json_t *)sheet.entries[0].values));
	for (int i = 0; i < x.n; i++) decide(r, &differences[i], values, &issues);
	if (issues.count) return show(r, &x, &issues);
	int compared = MAX(x.compared, 1);
	return paper_make_response(r, &sheet, paper_values(r->arena, sheet.form, values, kept_by_any(r->arena, &sheet)),
	                           paper_notes_joined(r->arena, sheet.entries), compared, compared - MIN(x.n, compared),
	                           err);
}
