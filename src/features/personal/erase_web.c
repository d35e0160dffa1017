/* An account is erased by its person, or by an administrator whom she asked. */
#include <string.h>

#include "features/people/people_page.h"
#include "features/personal/erase.html.h"
#include "features/personal/personal_erase.h"
#include "features/personal/personal_web.h"
#include "web/web.h"

int erase_items(const struct page *p, const struct erasure_plan *plan, enum erasure_fate fate,
                const struct record ***ret)
{
	const struct record **items = arena_array(p->arena, const struct record *, (size_t)plan->n + 1);
	int n = 0;
	for (int i = 0; i < plan->n; i++)
		if (plan->items[i].fate == fate) items[n++] = plan->items[i].record;
	*ret = items;
	return n;
}

/* ---- The page ---- */

static enum code find_request(struct request *r, struct erase_page *page, struct err *err)
{
	enum code code = erasure_request_find(r->db, r->arena, page->person.num, &page->request, err);
	page->waiting = code == OK;
	if (code != OK && code != E_NOT_FOUND) return code;
	page->asked_by = page->waiting ? erase_name_of(r, page->request.asked_by) : NULL;
	return OK;
}

static enum code show(struct erase_asking *a, int status, struct err *err)
{
	struct request *r = a->r;
	struct page *p = &r->page;
	TRY(erasure_plan(r->db, r->arena, p->model, a->page.person.num, &a->page.plan, err));
	TRY(find_request(r, &a->page, err));
	http_set(r->response, "Cache-Control", "no-store");
	p->title = a->page.herself ? _("Erase my account")
	                           : page_printf(p, _("Erase the account of %s"), a->page.person.name);
	p->hidden = true;
	if (a->issues.count) p->issues = &a->issues;
	r->response->status = status;
	erase_form_page(request_out(r), p, &a->page);
	return OK;
}

static enum code begin_own(struct request *r, struct erase_asking *a, struct err *err)
{
	*a = (struct erase_asking){ .r = r,
		                    .page = { .herself = true,
		                              .mode = "",
		                              .action = "/-/account/erase",
		                              .back = "/-/account",
		                              .back_words = tr(r->page.lang, N_("My account")) } };
	issues_init(&a->issues, r->arena);
	TRY(again_load(r, AGAIN_LATELY, a->page.action, &a->page.again, err));
	a->page.person = a->page.again.person;
	return OK;
}

static enum code begin_other(struct request *r, struct erase_asking *a, struct err *err)
{
	struct id id;
	*a = (struct erase_asking){ .r = r, .page = { .mode = "" } };
	issues_init(&a->issues, r->arena);
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	TRY(person_by_id(r->db, r->arena, id, &a->page.person, err));
	a->page.action = people_url(&r->page, &a->page.person, "/erase");
	a->page.back = people_url(&r->page, &a->page.person, "");
	a->page.back_words = a->page.person.name;
	return again_load(r, AGAIN_LATELY, a->page.action, &a->page.again, err);
}

enum code erase_own_show(struct request *r, struct err *err)
{
	struct erase_asking a;
	TRY(begin_own(r, &a, err));
	return show(&a, 200, err);
}

enum code erase_person_show(struct request *r, struct err *err)
{
	struct erase_asking a;
	TRY(begin_other(r, &a, err));
	return show(&a, 200, err);
}

/* ---- Doing it ---- */

static enum code read(struct erase_asking *a, struct err *err)
{
	struct request *r = a->r;
	a->page.mode = request_form(r, "mode");
	a->page.sure = *request_form(r, "sure") != '\0';
	for (a->mode = ERASE_NAME; a->mode < ERASURE_MODES && strcmp(a->page.mode, erasure_mode_key(a->mode)) != 0;
	     a->mode++) {
	}
	if (a->mode == ERASURE_MODES) issues_add(&a->issues, "mode", N_("Choose what becomes of the texts."));
	if (!a->page.sure) issues_add(&a->issues, "sure", N_("Tick this box: nothing brings back what is erased."));
	return again_check(r, &a->page.again, "again", &a->issues, err);
}

static enum code erase(struct tx *tx, void *arg, struct err *err)
{
	return erase_now(tx, arg, err);
}

static enum code ask(struct tx *tx, void *arg, struct err *err)
{
	struct erase_asking *a = arg;
	TRY(erasure_request_add(tx, a->page.person.num, a->mode, a->r->actor.person, err));
	return erase_letter_asked(tx, a, err);
}

/* Much at once is not decided by one person alone, nor by who took her session. */
static enum code erase_or_ask(struct erase_asking *a, bool *asked, struct err *err)
{
	struct request *r = a->r;
	TRY(erasure_plan(r->db, r->arena, r->page.model, a->page.person.num, &a->page.plan, err));
	*asked = a->mode == ERASE_ALL && a->page.plan.mass;
	return request_write(r, *asked ? ask : erase, a, err);
}

static enum code post(struct erase_asking *a, bool *asked, bool *shown, struct err *err)
{
	TRY(read(a, err));
	enum code code = a->issues.count ? E_INPUT : erase_or_ask(a, asked, err);
	*shown = code == E_INPUT || code == E_CONFLICT;
	if (code == E_CONFLICT) issues_add_err(&a->issues, "", err);
	if (*shown) return show(a, 422, err);
	return code;
}

enum code erase_own_post(struct request *r, struct err *err)
{
	struct erase_asking a;
	bool asked = false, shown;
	TRY(begin_own(r, &a, err));
	TRY(post(&a, &asked, &shown, err));
	if (shown) return OK;
	if (asked) return request_redirect(r, a.page.action, "effacement-demande");
	request_sign_out(r);
	return request_redirect(r, "/", "compte-efface");
}

enum code erase_person_post(struct request *r, struct err *err)
{
	struct erase_asking a;
	bool asked = false, shown;
	TRY(begin_other(r, &a, err));
	TRY(post(&a, &asked, &shown, err));
	if (shown) return OK;
	return request_redirect(r, asked ? a.page.action : "/-/people",
	                        asked ? "effacement-demande" : "personne-effacee");
}

/* ---- Thinking better of it ---- */

static enum code keep(struct tx *tx, void *arg, struct err *err)
{
	const struct request *r = arg;
	return erasure_request_end(tx, r->actor.person, err);
}

enum code erase_keep_post(struct request *r, struct err *err)
{
	TRY(request_write(r, keep, r, err));
	return request_redirect(r, "/-/account", "compte-garde");
}
