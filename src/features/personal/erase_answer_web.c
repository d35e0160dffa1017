/* Erasures of much at once: a second administrator says yes or no. */
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "features/people/people_web.h"
#include "features/personal/erase.html.h"
#include "features/personal/personal_erase.h"
#include "features/personal/personal_web.h"
#include "web/web.h"

const char *erase_url(const struct page *p, const struct person *person)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/erasures/%s", id_format(person->id, id));
}

enum code erasures_show(struct request *r, struct err *err)
{
	struct erasure_request *all;
	int n;
	TRY(erasure_request_list(r->db, r->arena, &all, &n, err));
	struct erase_row *rows = arena_array(r->arena, struct erase_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		rows[i].request = all[i];
		rows[i].asked_by = erase_name_of(r, all[i].asked_by);
		TRY(person_load(r->db, r->arena, all[i].person, &rows[i].person, err));
		TRY(erase_may_answer(r, &all[i], &rows[i].may, err));
	}
	r->page.title = tr(r->page.lang, N_("Erasures that wait for a second yes"));
	r->page.hidden = true;
	erasures_page(request_out(r), &r->page, rows, n);
	return OK;
}

static enum code begin(struct request *r, struct erase_asking *a, struct err *err)
{
	struct id id;
	bool may;
	*a = (struct erase_asking){ .r = r, .page = { .mode = "", .answer = "", .reason = "", .waiting = true } };
	issues_init(&a->issues, r->arena);
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("Nothing was asked about this account."));
	enum code code = person_by_id(r->db, r->arena, id, &a->page.person, err);
	if (code == E_NOT_FOUND) FAIL(err, E_NOT_FOUND, N_("Nothing was asked about this account."));
	TRY(code);
	TRY(erasure_request_find(r->db, r->arena, a->page.person.num, &a->page.request, err));
	if (a->page.request.refused) FAIL(err, E_NOT_FOUND, N_("Somebody has answered already."));
	TRY(erase_may_answer(r, &a->page.request, &may, err));
	if (!may)
		FAIL(err, E_FORBIDDEN,
		     N_("Another administrator than who asked for it answers. Alone, you can once a week has "
		        "passed."));
	a->mode = a->page.request.mode;
	a->page.asked_by = erase_name_of(r, a->page.request.asked_by);
	a->page.action = erase_url(&r->page, &a->page.person);
	a->page.back = "/-/erasures";
	return again_load(r, AGAIN_LATELY, a->page.action, &a->page.again, err);
}

static enum code show(struct erase_asking *a, int status, struct err *err)
{
	struct request *r = a->r;
	struct page *p = &r->page;
	TRY(erasure_plan(r->db, r->arena, p->model, a->page.person.num, &a->page.plan, err));
	p->title = page_printf(p, _("Erase the account of %s, and all that it wrote?"), a->page.person.name);
	p->hidden = true;
	if (a->issues.count) p->issues = &a->issues;
	r->response->status = status;
	erase_answer_page(request_out(r), p, &a->page);
	return OK;
}

enum code erasure_show(struct request *r, struct err *err)
{
	struct erase_asking a;
	TRY(begin(r, &a, err));
	return show(&a, 200, err);
}

static enum code say_yes(struct tx *tx, void *arg, struct err *err)
{
	return erase_now(tx, arg, err);
}

static enum code say_no(struct tx *tx, void *arg, struct err *err)
{
	struct erase_asking *a = arg;
	TRY(erasure_request_refuse(tx, a->page.person.num, a->page.reason, err));
	TRY(audit_add(tx, a->r->arena, &a->r->actor, "person.erase-refuse", a->page.person.id, NULL, err));
	return erase_letter_refused(tx, a, a->page.reason, err);
}

static enum code read(struct erase_asking *a, struct err *err)
{
	struct request *r = a->r;
	a->page.answer = request_form(r, "answer");
	TRY(people_typed(r, "reason", &a->page.reason, err));
	bool no = strcmp(a->page.answer, "no") == 0;
	if (!no && strcmp(a->page.answer, "yes") != 0) issues_add(&a->issues, "answer", N_("Say yes or no."));
	if (no && text_is_blank(a->page.reason))
		issues_add(&a->issues, "reason", N_("Say why, in one sentence: the person reads it."));
	if (text_length(a->page.reason) > ERASE_REASON_MAX)
		issues_add(&a->issues, "reason", N_("This is too long: %d letters at most."), ERASE_REASON_MAX);
	return no ? OK : again_check(r, &a->page.again, "again", &a->issues, err);
}

enum code erasure_post(struct request *r, struct err *err)
{
	struct erase_asking a;
	TRY(begin(r, &a, err));
	TRY(read(&a, err));
	bool no = strcmp(a.page.answer, "no") == 0;
	enum code code = a.issues.count ? E_INPUT : request_write(r, no ? say_no : say_yes, &a, err);
	if (code == E_CONFLICT) issues_add_err(&a.issues, "", err);
	if (code == E_INPUT || code == E_CONFLICT) return show(&a, 422, err);
	TRY(code);
	return request_redirect(r, "/-/erasures", no ? "effacement-refuse" : "personne-effacee");
}
