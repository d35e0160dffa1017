/* What a device takes away, and what it sends when it is back. */
#include "features/survey/offline.h"

#include <stdlib.h>
#include <string.h>

#include "base/asset.h"
#include "base/text.h"
#include "core/definition.h"
#include "core/form.h"
#include "features/people/people_web.h"
#include "features/survey/answer.h"
#include "features/survey/offline.html.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

const char *offline_url(const struct page *p, const struct form *form, const char *rest)
{
	return arena_printf(p->arena, OFFLINE_ROOT "%s%s", form->key, rest);
}

const char *offline_who(const struct page *p)
{
	char text[ID_TEXT + 1];
	return page_signed_in(p) ? arena_strdup(p->arena, id_format(p->actor->id, text)) : "";
}

enum code offline_worker(struct request *r, struct err *err)
{
	const struct asset *asset = asset_find("worker.js");
	if (asset == NULL) FAIL(err, E_NOT_FOUND, N_("There is no file at this address."));
	http_set(r->response, "Content-Type", asset->type);
	buf_add(request_out(r), asset->data, asset->size);
	return OK;
}

static enum code find(struct request *r, struct offline *ret, struct err *err)
{
	struct page *p = &r->page;
	TRY(survey_of_route(r, &ret->form, err));
	ret->manages = survey_manages(p, ret->form);
	ret->refusal = survey_refusal(p, ret->form, false);
	/* Who looks after it takes it to those who are invited, and brings back what was said before it was closed. */
	if (ret->manages && survey_stands(p, ret->form) != STAND_DRAFT) ret->refusal = NULL;
	return definition_present(r->db, DEFINITION_FORM, ret->form->key, &ret->version, err);
}

enum code offline_show(struct request *r, struct err *err)
{
	struct offline o;
	TRY(find(r, &o, err));
	answering_prepare(r, t(&r->page, &o.form->label));
	offline_page(request_out(r), &r->page, &o);
	return OK;
}

static enum code answer_json(struct request *r, json_t *said)
{
	http_set(r->response, "Content-Type", "application/json");
	http_set(r->response, "Cache-Control", "no-store");
	buf_puts(request_out(r), json_text(r->arena, json_keep(r->arena, said)));
	return OK;
}

enum code offline_state(struct request *r, struct err *err)
{
	struct offline o;
	TRY(find(r, &o, err));
	return answer_json(r, json_pack("{s:I, s:s, s:s, s:b}", "version", (json_int_t)o.version, "token",
	                                r->page.form_token, "who", offline_who(&r->page), "manages", o.manages));
}

/* The form as that version said it: what was answered is checked with the questions that were asked. */
static enum code form_of_version(struct request *r, const struct offline *o, const char *text, int64_t *version,
                                 const struct form **ret, struct err *err)
{
	struct form *form = arena_new(r->arena, struct form);
	const struct model *model = r->page.model;
	struct issues issues;
	json_t *body;
	*version = strtoll(text, NULL, 10);
	*ret = o->form;
	if (*version == o->version) return OK;
	TRY(definition_at(r->db, r->arena, DEFINITION_FORM, o->form->key, *version, &body, err));
	issues_init(&issues, r->arena);
	if (form_parse(r->arena, body, model->lists, model->nlists, form, &issues, err) != OK || form->survey == NULL)
		FAIL(err, E_NOT_FOUND, N_("There is no such version."));
	form->num = o->form->num;
	*ret = form;
	return OK;
}

static void whole_step(struct request *r, struct response *response, const struct form *form, struct survey_step *step)
{
	*response = (struct response){ .form = form,
		                       .values = json_keep(r->arena, json_object()),
		                       .page = "",
		                       .language = lang_tag(r->page.lang),
		                       .name = "" };
	r->page.asked = form;
	r->page.asked_whole = true;
	survey_step_whole(&r->page, response, step);
}

enum code offline_questions(struct request *r, struct err *err)
{
	struct offline o;
	struct response response;
	struct survey_step step;
	const struct form *form;
	int64_t version;
	TRY(find(r, &o, err));
	if (o.refusal) return answering_gone(r, t(&r->page, &o.form->label), o.refusal);
	TRY(form_of_version(r, &o, r->params[1], &version, &form, err));
	whole_step(r, &response, form, &step);
	answering_prepare(r, t(&r->page, &form->label));
	offline_questions_page(request_out(r), &r->page, &o, &step, version);
	return OK;
}

/* ---- Sent ---- */

struct bringing {
	struct request *r;
	struct response_away away;
	struct response response;
	bool again, full;
};

static enum code take(struct tx *tx, void *arg, struct err *err)
{
	struct bringing *b = arg;
	return response_take(tx, b->r->arena, b->r->page.model, &b->away, &b->response, &b->again, &b->full, err);
}

static enum code refuse(struct request *r, const char *reason, const struct issues *issues)
{
	json_t *said = json_array();
	for (const struct issue *i = issues ? issues->first : NULL; i; i = i->next)
		json_array_append_new(said, json_pack("[s,s]", i->field, page_error(&r->page, &i->err)));
	return answer_json(r, json_pack("{s:s, s:s, s:o}", "state", "refused", "reason", reason, "issues", said));
}

/* How it was answered, among what this sender may say; -1: she is not who took it away. */
static int channel_of(const struct request *r, const struct offline *o)
{
	const char *said = request_form(r, "_channel"), *who = request_form(r, "_who");
	bool alone = o->form->survey->who == WHO_ACCOUNTS && !o->manages; /* once each, as on the site */
	for (int c = 0; c < CHANNEL_TRIAL; c++) {
		if (strcmp(said, channel_key((enum channel)c)) != 0) continue;
		if (c > CHANNEL_KIOSK && !o->manages) return -1;
		if (c != CHANNEL_KIOSK && *who && strcmp(who, offline_who(&r->page)) != 0) return -1;
		return alone ? CHANNEL_WEB : c;
	}
	return CHANNEL_WEB;
}

/* Of an account that answers for herself; what she enters for others is theirs. */
static int64_t person_of(const struct request *r, const struct offline *o, int channel)
{
	bool says = *request_form(r, "_who") || o->form->survey->who == WHO_ACCOUNTS;
	return channel == CHANNEL_WEB && says ? r->actor.person : 0;
}

enum code offline_send(struct request *r, struct err *err)
{
	const struct page *p = &r->page;
	struct offline o;
	struct response response;
	struct survey_step step;
	struct issues issues;
	const struct form *form;
	const char *name;
	int64_t version;
	char code[CODE_TEXT + 1];
	TRY(web_limit(r, LIMIT_ANSWER, NULL, err));
	TRY(find(r, &o, err));
	if (o.refusal) return refuse(r, o.refusal, NULL);
	if (!code_read(request_form(r, "_code"), code))
		FAIL(err, E_INPUT, N_("This is no code: it has sixteen letters and digits, in four groups."));
	TRY(people_typed(r, "_name", &name, err));
	int channel = channel_of(r, &o);
	if (channel < 0) return answer_json(r, json_pack("{s:s}", "state", "sign-in"));
	TRY(form_of_version(r, &o, request_form(r, "_version"), &version, &form, err));
	whole_step(r, &response, form, &step);
	request_issues(r, &issues);
	const json_t *typed = answer_read(r, &step, &issues), *kept = answer_sound(r->arena, typed, &issues);
	const json_t *asked = survey_values_asked(r->arena, form, kept);
	answer_check(form, asked, &issues);
	if (issues.count) return refuse(r, _("Some answers are to be corrected."), &issues);
	struct bringing b = { .r = r,
		              .away = { .new = { .form = o.form,
		                                 .lang = r->page.lang,
		                                 .channel = (enum channel)channel,
		                                 .code = code,
		                                 .person = person_of(r, &o, channel),
		                                 .name = o.manages ? text_cut(r->arena, name, RESPONSE_NAME_MAX) : "",
		                                 .entered_by = channel > CHANNEL_KIOSK ? r->actor.person : 0 },
		                        .version = version,
		                        .values = asked } };
	enum code result = request_write(r, take, &b, err);
	if (result == E_FORBIDDEN || result == E_CONFLICT || result == E_INPUT)
		return refuse(r, page_error(p, err), NULL);
	TRY(result);
	if (b.full)
		return refuse(
		        r, _("There are already enough answers from people in this situation: nothing of it is kept."),
		        NULL);
	bool receipt = b.response.num && o.form->survey->anonymity != ANONYMITY_ANONYMOUS;
	return answer_json(r, json_pack("{s:s, s:b, s:s}", "state", "sent", "again", b.again, "receipt",
	                                receipt ? survey_receipt(p, &b.response) : ""));
}
