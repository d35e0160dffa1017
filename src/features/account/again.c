#include "features/account/again.h"

#include <string.h>

#include "base/clock.h"
#include "core/audit.h"
#include "features/account/again.html.h"
#include "features/account/entry.h"
#include "features/account/second_step.h"
#include "features/account/sign_in.h"
#include "net/uri.h"
#include "web/web.h"

#define PATH "/-/confirm"
#define FIELD "again"

static const char *address(const struct page *p, const char *path, const char *here)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_puts(&url, path);
	uri_query_add(&url, "next", here);
	return buf_str(&url);
}

const char *again_way(const struct page *p, const char *path, const struct again *again)
{
	return address(p, path, again->here);
}

const char *again_href(const struct page *p, const struct again *again)
{
	return address(p, PATH, again->here);
}

bool again_sends(const struct form_field *field)
{
	static const char *const ours[] = { "_form", FIELD, FIELD "_code" };
	for (size_t i = 0; i < COUNT(ours); i++)
		if (strcmp(field->name, ours[i]) == 0) return false;
	return !field->is_file;
}

enum code again_load(struct request *r, enum again_when when, const char *here, struct again *ret, struct err *err)
{
	struct session session;
	*ret = (struct again){ .here = here, .due = true };
	TRY(person_load(r->db, r->arena, r->actor.person, &ret->person, err));
	TRY(person_has_password(r->db, r->actor.person, &ret->password, err));
	if (ret->password) TRY(second_step_due(r->db, r->actor.person, &ret->code, err));
	if (r->token == NULL) return OK;
	TRY(session_find(r->db, r->arena, r->token, &session, err));
	int64_t age = clock_now() - session.created;
	if (age >= 0 && age < AGAIN_MS) ret->due = when == AGAIN_ALWAYS && ret->password;
	return OK;
}

/* ---- Looking at what was sent ---- */

struct showing {
	struct request *r;
	const struct again *again;
	const char *code;
	bool right;
	char token[SESSION_TOKEN + 1];
};

static enum code renew(struct tx *tx, void *arg, struct err *err)
{
	struct showing *s = arg;
	struct request *r = s->r;
	const struct person *person = &s->again->person;
	struct hash old = session_hash(r->token);
	s->right = true;
	if (s->again->code) TRY(second_step_take(tx, r->arena, person->num, s->code, &s->right, err));
	if (!s->right) return OK;
	TRY(session_renew(tx, &old, s->token, err));
	return audit_note(tx, &r->actor, "sign-in", person->id, json_pack("{s:s}", "by", "again"), err);
}

static enum code check_password(struct request *r, const struct again *again, const char *field, bool *ret,
                                struct err *err)
{
	int64_t num;
	bool right;
	TRY(sign_in_limit(r, again->person.email, err));
	if (again->code) TRY(second_step_limit(r, again->person.num, err));
	TRY(sign_in_match(r, again->person.email, field, &num, &right, err));
	*ret = right && num == again->person.num;
	return OK;
}

static enum code give(struct request *r, struct again *again, const char *token, struct err *err)
{
	struct session session;
	struct entry entry = { .r = r, .person = again->person.num };
	TRY(session_find(r->db, r->arena, token, &session, err));
	memcpy(entry.token, token, sizeof(entry.token));
	entry.stay = session.stay;
	sign_in_forget(r, again->person.email);
	second_step_forget(r, again->person.num);
	entry_give(&entry);
	again->due = false;
	return OK;
}

enum code again_check(struct request *r, struct again *again, const char *field, struct issues *issues, struct err *err)
{
	const char *code_field = arena_printf(r->arena, "%s_code", field);
	struct showing s = { .r = r, .again = again, .code = request_form(r, code_field) };
	bool right;
	if (!again->due) return OK;
	if (!again->password) {
		issues_add(issues, "",
		           N_("Show first that it is you: come in again, then do this within a quarter of an hour."));
		return OK;
	}
	TRY(check_password(r, again, field, &right, err));
	if (!right) {
		issues_add(issues, field, N_("This is not your present password."));
		return entry_refused(r, again->person.num, "sign-in.fail", err);
	}
	if (issues->count && again->code) return OK; /* the code would serve for nothing */
	TRY(request_write(r, renew, &s, err));
	if (s.right) return give(r, again, s.token, err);
	issues_add(issues, code_field, "%s", second_step_wrong(&r->page));
	return entry_refused(r, again->person.num, "sign-in.code-fail", err);
}

/* ---- The page ---- */

static enum code show(struct request *r, const struct again *again, const char *action, const struct form_data *sent,
                      struct issues *issues)
{
	struct page *p = &r->page;
	r->response->status = 403;
	if (issues && issues->count) {
		r->response->status = 422;
		p->issues = issues;
	}
	http_set(r->response, "Cache-Control", "no-store");
	p->title = _("Is it really you?");
	p->hidden = true;
	again_page(request_out(r), p, again, action, sent);
	return OK;
}

enum code again_pass(struct request *r, const char *here, bool *ret, struct err *err)
{
	struct again again;
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(again_load(r, AGAIN_LATELY, here, &again, err));
	if (again.due && form_data_get(&r->form, FIELD)) TRY(again_check(r, &again, FIELD, &issues, err));
	*ret = !again.due;
	return again.due ? show(r, &again, r->http->path, &r->form, &issues) : OK;
}

/* Asked whatever the time: whoever sends here wants it later than this. */
static enum code load_page(struct request *r, const char *next, struct again *again, struct form_data *sent,
                           struct err *err)
{
	const char *here = local_path(next, "/-/account");
	struct form_field *field = arena_array(r->arena, struct form_field, 1);
	*field = (struct form_field){ .name = "next", .value = here, .len = strlen(here) };
	*sent = (struct form_data){ field, 1 };
	TRY(again_load(r, AGAIN_ALWAYS, here, again, err));
	again->due = true;
	return OK;
}

enum code again_show(struct request *r, struct err *err)
{
	struct again again;
	struct form_data sent;
	TRY(load_page(r, request_query(r, "next"), &again, &sent, err));
	TRY(show(r, &again, PATH, &sent, NULL));
	r->response->status = 200;
	return OK;
}

enum code again_post(struct request *r, struct err *err)
{
	struct again again;
	struct form_data sent;
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(load_page(r, request_form(r, "next"), &again, &sent, err));
	TRY(again_check(r, &again, FIELD, &issues, err));
	if (again.due) return show(r, &again, PATH, &sent, &issues);
	return request_redirect(r, again.here, "confirme-soi");
}
