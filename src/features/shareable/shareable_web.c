#include "features/shareable/shareable_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "core/audit.h"
#include "features/moderation/moderation_web.h"
#include "features/shareable/shareable.html.h"
#include "web/web.h"

struct sharing {
	struct request *r;
	struct shareable s;
	struct shareable_view v;
	struct consent answer;
	struct save save;
	struct issues issues;
};

/* The one of the address, if it is for the reader. */
static enum code find(struct request *r, struct sharing **ret, struct err *err)
{
	struct sharing *x = arena_new(r->arena, struct sharing);
	struct id id;
	x->r = r;
	request_issues(r, &x->issues);
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(shareable_find(r->db, r->arena, id, &x->s, err));
	if (!shareable_view(&r->page, &x->s, &x->v))
		FAIL(err, E_NOT_FOUND, N_("There is no shareable version of this page."));
	*ret = x;
	return OK;
}

/* Only who prepares it, or looks after the space. */
static enum code find_managed(struct request *r, struct sharing **ret, struct err *err)
{
	TRY(find(r, ret, err));
	if (!(*ret)->v.manages)
		FAIL(err, E_FORBIDDEN, N_("Only who prepares it, and who looks after the space, do this."));
	return OK;
}

static enum code show(struct sharing *x, struct err *err)
{
	struct page *p = &x->r->page;
	(void)err;
	p->title = _("Shareable version");
	p->hidden = true;
	p->space = x->v.to;
	if (x->issues.count) {
		p->issues = &x->issues;
		x->r->response->status = 422;
	}
	shareable_page(request_out(x->r), p, &x->v);
	return OK;
}

static enum code shareable_show(struct request *r, struct err *err)
{
	struct sharing *x;
	TRY(find(r, &x, err));
	return show(x, err);
}

static enum code back(struct sharing *x, const char *notice)
{
	return request_redirect(x->r, shareable_url(&x->r->page, &x->s, ""), notice);
}

static enum code note(struct tx *tx, const struct sharing *x, const char *action, struct err *err)
{
	return audit_note(tx, &x->r->actor, action, x->s.id, NULL, err);
}

/* ---- Asking, answering ---- */

static enum code ask(struct tx *tx, void *arg, struct err *err)
{
	struct sharing *x = arg;
	TRY(shareable_ask(tx, &x->s, err));
	TRY(note(tx, x, "shareable.ask", err));
	for (int i = 0; i < x->s.n; i++)
		if (x->s.consents[i].answer == CONSENT_WAITS)
			TRY(shareable_tell(tx, &x->r->page, &x->s, x->s.consents[i].person, NEWS_SHARE_ASKED, err));
	return OK;
}

static enum code share_ask_post(struct request *r, struct err *err)
{
	struct sharing *x;
	TRY(find_managed(r, &x, err));
	TRY(request_write(r, ask, x, err));
	return back(x, "partage-demande");
}

static enum code answer(struct tx *tx, void *arg, struct err *err)
{
	struct sharing *x = arg;
	TRY(shareable_answer(tx, &x->s, &x->answer, err));
	if (x->answer.noted_by) TRY(note(tx, x, "shareable.voice", err));
	return shareable_tell(tx, &x->r->page, &x->s, x->s.person, NEWS_SHARE_ANSWERED, err);
}

static enum code share_answer_post(struct request *r, struct err *err)
{
	struct sharing *x;
	TRY(find(r, &x, err));
	if (x->v.mine == NULL) FAIL(err, E_FORBIDDEN, N_("You are not among those who are asked."));
	if (x->s.state != SHAREABLE_ASKED ||
	    strcmp(request_form(r, "version"), arena_printf(r->arena, "%lld", (long long)x->s.changed)) != 0)
		FAIL(err, E_CONFLICT,
		     N_("What is to be published has changed meanwhile: look at it again, then answer."));
	x->answer = *x->v.mine;
	x->answer.answer = (enum consent_answer)(request_form(r, "answer")[0] - '0');
	x->answer.noted_by = 0;
	x->answer.day = "";
	TRY(moderation_text(r, "word", SHAREABLE_WORD_MAX, false, &x->issues, &x->answer.word, err));
	if (strlen(request_form(r, "answer")) != 1 || x->answer.answer <= CONSENT_WAITS ||
	    x->answer.answer >= CONSENT_ANSWERS)
		issues_add(&x->issues, "answer", N_("Choose an answer."));
	if (x->answer.answer == CONSENT_CHANGE && *x->answer.word == '\0')
		issues_add(&x->issues, "word", N_("Say what should be changed."));
	x->v.mine = &x->answer; /* what was typed is shown again */
	if (x->issues.count) return show(x, err);
	TRY(request_write(r, answer, x, err));
	return back(x, "partage-repondu");
}

static const struct consent *consent_numbered(const struct shareable *s, const char *number)
{
	for (int i = 0; i < s->n; i++)
		if (s->consents[i].num == strtoll(number, NULL, 10)) return &s->consents[i];
	return NULL;
}

/* What somebody said to a facilitator, and on which day. */
static enum code share_voice_post(struct request *r, struct err *err)
{
	struct sharing *x;
	struct date day;
	const char *typed = request_form(r, "day");
	TRY(find_managed(r, &x, err));
	if (!x->v.hears)
		FAIL(err, E_FORBIDDEN,
		     N_("What was said by voice is noted by somebody who looks after the space of the page."));
	const struct consent *c = consent_numbered(&x->s, request_form(r, "who"));
	if (c == NULL)
		FAIL(err, E_CONFLICT,
		     N_("What is to be published has changed meanwhile: look at it again, then answer."));
	if (!date_from_iso(typed, &day) || strcmp(typed, x->v.today) > 0)
		issues_add(&x->issues, arena_printf(r->arena, "day-%lld", (long long)c->num),
		           N_("Write the day as 2026-11-28; not one to come."));
	if (x->issues.count) return show(x, err);
	x->answer = *c;
	x->answer.answer = CONSENT_AGREES;
	x->answer.word = "";
	x->answer.noted_by = r->actor.person;
	x->answer.day = typed;
	TRY(request_write(r, answer, x, err));
	return back(x, "partage-note");
}

/* ---- Publishing, taking back ---- */

static enum code publish(struct tx *tx, void *arg, struct err *err)
{
	struct sharing *x = arg;
	struct request *r = x->r;
	TRY(shareable_publish(tx, r->arena, r->page.model, &r->actor, &x->s, &x->save, &x->issues, err));
	TRY(note(tx, x, "shareable.publish", err));
	return shareable_tell_all(tx, &r->page, &x->s, NEWS_SHARE_PUBLISHED, err);
}

static enum code share_publish_post(struct request *r, struct err *err)
{
	struct sharing *x;
	TRY(find_managed(r, &x, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	enum code code = request_write(r, publish, x, err);
	if (code != OK && x->issues.count) {
		r->page.db = r->db;
		return show(x, err);
	}
	TRY(code);
	return back(x, x->save.waits ? "partage-attend" : "partage-publie");
}

static enum code withdraw(struct tx *tx, void *arg, struct err *err)
{
	struct sharing *x = arg;
	TRY(shareable_withdraw(tx, x->r->arena, x->r->page.model, &x->s, err));
	TRY(note(tx, x, "shareable.withdraw", err));
	return shareable_tell_all(tx, &x->r->page, &x->s, NEWS_SHARE_WITHDRAWN, err);
}

/* Whoever is concerned may, at any time. */
static enum code share_withdraw_post(struct request *r, struct err *err)
{
	struct sharing *x;
	TRY(find(r, &x, err));
	TRY(request_write(r, withdraw, x, err));
	return back(x, "partage-repris");
}

static enum code drop(struct tx *tx, void *arg, struct err *err)
{
	return shareable_drop(tx, &((const struct sharing *)arg)->s, err);
}

static enum code share_drop_post(struct request *r, struct err *err)
{
	struct sharing *x;
	TRY(find_managed(r, &x, err));
	TRY(request_write(r, drop, x, err));
	return request_redirect(r, x->v.source ? record_url(&r->page, x->v.source) : "/", "partage-abandonne");
}

const struct feature shareable_feature = {
	.name = "shareable",
	.routes = ROUTES({ HTTP_GET, "/-/shareable/prepare/:id", prepare_show, ACTION_DELETE, KIND_RECORD,
	                   N_("Choose what of a page may leave its group"), 0, false },
	                 { HTTP_POST, "/-/shareable/prepare/:id", prepare_post, ACTION_DELETE, KIND_RECORD,
	                   N_("Prepare a shareable version of a page"), 1 << 20, false },
	                 { HTTP_GET, "/-/shareable/:id", shareable_show, ACTION_READ, KIND_PERSON,
	                   N_("A shareable version, for who prepares it and those concerned"), 0, false },
	                 { HTTP_POST, "/-/shareable/:id/ask", share_ask_post, ACTION_READ, KIND_PERSON,
	                   N_("Ask those concerned"), 0, false },
	                 { HTTP_POST, "/-/shareable/:id/answer", share_answer_post, ACTION_READ, KIND_PERSON,
	                   N_("Agree to a shareable version, or not"), 0, false },
	                 { HTTP_POST, "/-/shareable/:id/voice", share_voice_post, ACTION_READ, KIND_PERSON,
	                   N_("Note an agreement given by voice"), 0, false },
	                 { HTTP_POST, "/-/shareable/:id/publish", share_publish_post, ACTION_READ, KIND_PERSON,
	                   N_("Publish a shareable version"), 0, false },
	                 { HTTP_POST, "/-/shareable/:id/withdraw", share_withdraw_post, ACTION_READ, KIND_PERSON,
	                   N_("Take a shareable version back"), 0, false },
	                 { HTTP_POST, "/-/shareable/:id/drop", share_drop_post, ACTION_READ, KIND_PERSON,
	                   N_("Give a shareable version up before it is published"), 0, false }),
};
