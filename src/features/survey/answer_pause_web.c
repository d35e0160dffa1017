/* Stopping, and going on later: the code, its link, the letter that brings it. */
#include "core/letter.h"
#include "core/person.h"
#include "core/survey_target.h"
#include "features/joining/joining_web.h"
#include "features/people/people_web.h"
#include "features/survey/answer.h"
#include "features/survey/answer.html.h"
#include "features/survey/survey_web.h"
#include "page/qr.h"
#include "web/web.h"

static enum code show_pause(struct request *r, const struct answering *x, const char *email, struct issues *issues,
                            struct err *err)
{
	struct page *p = &r->page;
	struct html_safe qr;
	const char *url = arena_printf(r->arena, "%s%s", p->base_url, x->base);
	TRY(qr_svg(r->arena, url, _("QR code of your code"), &qr, err));
	answering_prepare(r, _("To go on later"));
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	survey_pause_page(request_out(r), p, x, url, qr, email);
	return OK;
}

enum code survey_pause(struct request *r, struct err *err)
{
	struct answering x;
	bool done;
	TRY(answering_find(r, &x, &done, err));
	return done ? OK : show_pause(r, &x, "", NULL, err);
}

struct writing_home {
	const char *to, *subject, *body;
};

static enum code write_home(struct tx *tx, void *arg, struct err *err)
{
	const struct writing_home *w = arg;
	return letter_send(tx, w->to, w->subject, w->body, err);
}

enum code survey_pause_post(struct request *r, struct err *err)
{
	struct answering x;
	struct page *p = &r->page;
	struct issues issues;
	const char *email;
	bool done;
	TRY(answering_find(r, &x, &done, err));
	if (done) return OK;
	if (x.form->survey->anonymity == ANONYMITY_ANONYMOUS) return show_pause(r, &x, "", NULL, err);
	TRY(people_typed(r, "email", &email, err));
	issues_init(&issues, r->arena);
	person_check("-", email, NULL, &issues);
	if (*email == '\0') issues_add(&issues, "email", N_("Write the address that the link goes to."));
	if (issues.count) return show_pause(r, &x, email, &issues, err);
	TRY(web_limit(r, LIMIT_LETTER, NULL, err));
	struct writing_home w = {
		.to = email,
		.subject = page_printf(p, _("To go on with “%s”"), t(p, &x.form->label)),
		.body = arena_printf(r->arena, "%s\n\n%s%s\n\n%s\n%s\n",
		                     _("This link brings you back to where you stopped, on any device:"), p->base_url,
		                     x.base, _("Or with this code:"), x.response.code),
	};
	TRY(request_write(r, write_home, &w, err));
	return request_redirect(r, arena_printf(r->arena, "%s/pause", x.base), "lien-parti");
}

static enum code show_resume(struct request *r, const char *typed, struct issues *issues)
{
	answering_prepare(r, tr(r->page.lang, N_("Go on where I stopped")));
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_resume_page(request_out(r), &r->page, typed);
	return OK;
}

enum code survey_resume(struct request *r, struct err *err)
{
	(void)err;
	return show_resume(r, "", NULL);
}

enum code survey_resume_post(struct request *r, struct err *err)
{
	char code[CODE_TEXT + 1];
	const char *typed;
	struct response response;
	struct issues issues;
	TRY(web_limit(r, LIMIT_SIGN_IN_ADDRESS, NULL, err)); /* guessed as seldom as a password */
	TRY(people_typed(r, "code", &typed, err));
	issues_init(&issues, r->arena);
	if (!code_read(typed, code)) {
		issues_add(&issues, "code", N_("This is no code: it has sixteen letters and digits, in four groups."));
		return show_resume(r, typed, &issues);
	}
	enum code found = response_find(r->db, r->arena, r->page.model, code, &response, err);
	struct survey_target target;
	if (found == E_NOT_FOUND) issues_add_err(&issues, "code", err);
	if (found == E_NOT_FOUND && survey_target_by_code(r->db, r->arena, r->page.model, code, &target, err) != OK) {
		return show_resume(r, typed, &issues);
	}
	if (found != OK && found != E_GONE && found != E_NOT_FOUND) return found;
	return request_redirect(r, arena_printf(r->arena, "/-/s/%s", code), NULL);
}
