/* The person concerned answers to a decision; somebody else answers her. */
#include <stdlib.h>
#include <string.h>

#include "core/token.h"
#include "features/moderation/log.html.h"
#include "features/moderation/moderation_web.h"
#include "web/web.h"

/* ---- The person ---- */

struct appealing {
	struct measure measure;
	struct token token; /* of the letter; num 0: signed in */
	const char *text;
};

/* By the link of a letter (a blocked account has no other way), or signed in. */
static enum code load(struct request *r, const char *c, const char *m, struct appealing *ret, struct err *err)
{
	int64_t num = strtoll(m, NULL, 10), person = r->actor.person;
	if (*c) {
		TRY(token_find(r->db, r->arena, TOKEN_APPEAL, c, &ret->token, err));
		num = json_int(ret->token.body, "measure", 0);
		person = ret->token.person;
	} else if (person == 0) {
		FAIL(err, E_SIGN_IN, N_("Sign in to see what was decided about you."));
	}
	TRY(measure_load(r->db, r->arena, num, &ret->measure, err));
	if (person == 0 || ret->measure.person != person || ret->measure.kind == MEASURE_NOTHING)
		FAIL(err, E_NOT_FOUND, N_("There is no such decision."));
	return OK;
}

static enum code show(struct request *r, const struct appealing *a, const char *c, const char *text)
{
	http_set(r->response, "Cache-Control", "no-store");
	r->page.title = tr(r->page.lang, N_("Answer to a decision"));
	r->page.hidden = true;
	appeal_page(request_out(r), &r->page, &a->measure, c, text);
	return OK;
}

enum code appeal_show(struct request *r, struct err *err)
{
	struct appealing a = { 0 };
	const char *c = request_query(r, "c");
	TRY(load(r, c, request_query(r, "m"), &a, err));
	return show(r, &a, c, "");
}

static enum code write(struct tx *tx, void *arg, struct err *err)
{
	struct appealing *a = arg;
	if (a->token.num) TRY(token_spend(tx, &a->token, err));
	return measure_appeal(tx, a->measure.num, a->text, err);
}

enum code appeal_post(struct request *r, struct err *err)
{
	struct appealing a = { 0 };
	struct issues issues;
	const char *c = request_form(r, "c");
	TRY(load(r, c, request_form(r, "m"), &a, err));
	issues_init(&issues, r->arena);
	TRY(moderation_text(r, "text", MEASURE_APPEAL_MAX, true, &issues, &a.text, err));
	if (issues.count) {
		r->response->status = 422;
		r->page.issues = &issues;
		return show(r, &a, c, a.text);
	}
	TRY(request_write(r, write, &a, err));
	return request_redirect(r, r->actor.person ? "/-/account" : "/", "reponse");
}

/* ---- Who answers ---- */

static enum code load_appeal(struct request *r, struct measure_row **ret, struct err *err)
{
	struct measure *all;
	int n;
	int64_t num = strtoll(r->params[0], NULL, 10);
	TRY(measure_appeals(r->db, r->arena, r->page.model, &r->actor, &all, &n, err));
	for (int i = 0; i < n; i++)
		if (all[i].num == num) return moderation_rows(r, &all[i], 1, ret, err);
	FAIL(err, E_NOT_FOUND,
	     N_("Nothing waits here for your answer: somebody has answered, or you took the decision yourself."));
}

static enum code show_answer(struct request *r, const struct measure_row *row, const char *outcome, const char *text)
{
	r->page.title = tr(r->page.lang, N_("Answer to who does not agree"));
	r->page.hidden = true;
	answer_page(request_out(r), &r->page, row, outcome, text);
	return OK;
}

enum code answer_show(struct request *r, struct err *err)
{
	struct measure_row *row;
	TRY(load_appeal(r, &row, err));
	return show_answer(r, row, "", "");
}

struct answering {
	struct request *r;
	const struct measure *measure;
	const char *text;
	bool lifted;
};

static enum code write_answer(struct tx *tx, void *arg, struct err *err)
{
	const struct answering *x = arg;
	struct moderation m = { tx, &x->r->page };
	return moderation_answer(&m, x->measure, x->lifted, x->text, err);
}

enum code answer_post(struct request *r, struct err *err)
{
	struct measure_row *row;
	struct issues issues;
	struct answering x = { .r = r };
	const char *outcome = request_form(r, "outcome");
	TRY(load_appeal(r, &row, err));
	issues_init(&issues, r->arena);
	x.lifted = strcmp(outcome, "lifted") == 0;
	if (!x.lifted && strcmp(outcome, "stands") != 0) issues_add(&issues, "outcome", N_("Choose what comes of it."));
	TRY(moderation_reason(r, "reason", &issues, &x.text, err));
	if (issues.count) {
		r->response->status = 422;
		r->page.issues = &issues;
		return show_answer(r, row, outcome, x.text);
	}
	x.measure = &row->m;
	TRY(request_write(r, write_answer, &x, err));
	return request_redirect(r, "/-/moderation", "repondu");
}
