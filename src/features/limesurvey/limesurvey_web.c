#include "features/limesurvey/limesurvey_web.h"

#include "features/form_edit/form_edit.h"
#include "features/limesurvey/limesurvey.html.h"
#include "features/limesurvey/sent.h"
#include "features/sent_file/sent_file.h"
#include "web/web.h"

enum { BODY = LIMESURVEY_BYTES + (1 << 20) };
static const char KIND[] = "application/x-limesurvey";

/* ---- Sending it ---- */

static enum code show_send(struct request *r, struct issues *issues)
{
	r->page.title = tr(r->page.lang, N_("A questionnaire from LimeSurvey"));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	if (issues) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	limesurvey_send_page(request_out(r), &r->page);
	return OK;
}

static enum code send_show(struct request *r, struct err *err)
{
	TRY(form_edit_may(r, err));
	return show_send(r, NULL);
}

static enum code send_post(struct request *r, struct err *err)
{
	struct sent *sent = arena_new(r->arena, struct sent);
	struct issues issues;
	const char *bytes;
	size_t len;
	char hex[HASH_HEX + 1];
	TRY(form_edit_may(r, err));
	TRY(form_edit_limit(r, err));
	issues_init(&issues, r->arena);
	enum code code = sent_file_read(r, "file", LIMESURVEY_BYTES, &bytes, &len, err);
	if (code == OK) code = sent_read(r, bytes, len, sent, err);
	if (code == E_INPUT || code == E_LIMIT) {
		issues_add_err(&issues, "file", err);
		return show_send(r, &issues);
	}
	TRY(code);
	TRY(sent_file_keep(r, KIND, bytes, len, hex, err));
	return request_redirect(r, arena_printf(r->arena, "/-/limesurvey/%s", hex), NULL);
}

/* ---- What it becomes ---- */

static enum code open_kept(struct request *r, struct sent *ret, struct err *err)
{
	const char *bytes;
	size_t len;
	TRY(form_edit_may(r, err));
	TRY(sent_file_open(r, r->params[0], KIND, &bytes, &len, err));
	TRY(sent_read(r, bytes, len, ret, err));
	ret->name = r->params[0];
	return OK;
}

static enum code show_sent(struct request *r, const struct sent *sent, int status)
{
	struct page *p = &r->page;
	p->title = t(p, &sent->form.label);
	p->section = "/-/surveys";
	p->hidden = true;
	r->response->status = status;
	limesurvey_page(request_out(r), p, sent);
	return OK;
}

static enum code sent_show(struct request *r, struct err *err)
{
	struct sent *sent = arena_new(r->arena, struct sent);
	TRY(open_kept(r, sent, err));
	return show_sent(r, sent, 200);
}

/* Answers that are refused: all is refused, unless the others are asked for. */
static enum code sent_post(struct request *r, struct err *err)
{
	struct sent *sent = arena_new(r->arena, struct sent);
	const char *key;
	int full;
	const struct sent_wanted wanted = { .answers = *request_form(r, "answers"),
		                            .people = *request_form(r, "people") };
	TRY(open_kept(r, sent, err));
	TRY(form_edit_limit(r, err));
	if (wanted.answers && sent->nrefused && *request_form(r, "good") == '\0') return show_sent(r, sent, 422);
	TRY(sent_make(r, sent, &wanted, &key, &full, err));
	return request_redirect(r, arena_printf(r->arena, "/-/survey/%s/%s", key, wanted.answers ? "manage" : "pages"),
	                        "enquete-creee");
}

const struct feature limesurvey_feature = {
	.name = "limesurvey",
	.routes = ROUTES({ HTTP_GET, "/-/limesurvey", send_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("Send a LimeSurvey questionnaire"), 0, false },
	                 { HTTP_POST, "/-/limesurvey", send_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Read a LimeSurvey questionnaire"), BODY, false },
	                 { HTTP_GET, "/-/limesurvey/:file", sent_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("What a LimeSurvey questionnaire becomes"), 0, false },
	                 { HTTP_POST, "/-/limesurvey/:file", sent_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Make the questionnaire, with its answers"), 0, false }),
};
