#include "features/account/account_web.h"

#include <sodium.h>
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "features/account/account.html.h"
#include "features/account/again.h"
#include "features/account/entry.h"
#include "features/account/second_step.h"
#include "features/account/sign_in.h"
#include "features/joining/joining.h"
#include "features/letter/letter_job.h"
#include "web/web.h"

const struct space *account_space(const struct page *p, int i)
{
	return model_space(p->model, p->actor->spaces[i].space);
}

bool account_manages(const struct page *p, const struct space *space)
{
	return allowed(p->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = space });
}

const char *session_hex(const struct page *p, const struct session *session)
{
	return hash_hex(&session->hash, arena_alloc(p->arena, HASH_HEX + 1));
}

/* One change of one's account, carried into the write. What is NULL stays. */
struct change {
	struct request *r;
	struct person person; /* as it is */
	const char *name, *locale, *email, *hash;
	struct again again;
	const char *asked; /* an address to confirm by a letter */
	struct issues issues;
	struct entry entry; /* after a new password */
};

static enum code load(struct request *r, struct change *change, struct err *err)
{
	*change = (struct change){ .r = r };
	issues_init(&change->issues, r->arena);
	change->entry = (struct entry){ .r = r, .person = r->actor.person };
	TRY(again_load(r, AGAIN_ALWAYS, "/-/account", &change->again, err));
	change->person = change->again.person;
	return OK;
}

static enum code show(struct request *r, const struct change *change, struct err *err)
{
	const struct person *person = &change->person;
	struct again again; /* anew: what was shown with a mistake is asked again */
	TRY(again_load(r, AGAIN_ALWAYS, "/-/account", &again, err));
	struct account account = { .name = change->name ? change->name : person->name,
		                   .locale = change->locale   ? change->locale
		                             : person->locale ? person->locale
		                                              : "",
		                   .email = change->email ? change->email : person->email,
		                   .again = &again,
		                   .here = session_hash(r->token) };
	struct session *sessions;
	struct page *p = &r->page;
	TRY(session_list(r->db, r->arena, person->num, &sessions, &account.nsessions, err));
	account.sessions = sessions;
	p->title = _("My account");
	p->hidden = true;
	if (change->issues.count) {
		r->response->status = 422;
		p->issues = &change->issues;
	}
	account_page(request_out(r), p, &account);
	return OK;
}

static enum code account_show(struct request *r, struct err *err)
{
	struct change change;
	TRY(load(r, &change, err));
	return show(r, &change, err);
}

static enum code note(struct tx *tx, const struct change *change, const char *action, struct err *err)
{
	return audit_add(tx, change->r->arena, &change->r->actor, action, change->person.id, NULL, err);
}

static enum code save(struct tx *tx, void *arg, struct err *err)
{
	struct change *change = arg;
	int64_t num = change->person.num;
	if (change->name && strcmp(change->name, change->person.name) != 0) {
		TRY(person_set_name(tx, num, change->name, err));
		TRY(note(tx, change, "person.name", err));
	}
	if (change->locale) TRY(person_set_locale(tx, num, *change->locale ? change->locale : NULL, err));
	if (change->asked) {
		struct joining j = { tx, &change->r->page };
		TRY(joining_ask_address(&j, &change->person, change->asked, err));
	}
	if (change->email && !change->asked && strcmp(change->email, change->person.email) != 0) {
		TRY(person_set_email(tx, change->r->arena, num, change->email, err));
		TRY(note(tx, change, "person.email", err));
	}
	if (change->hash) {
		TRY(person_set_password(tx, num, change->hash, err));
		TRY(note(tx, change, "person.password", err));
		TRY(entry_open(tx, &change->entry, err));
	}
	return OK;
}

/* Writes unless there are mistakes; then, or when the write refuses, shows them all. */
static enum code finish(struct request *r, struct change *change, const char *field, const char *notice,
                        struct err *err)
{
	enum code code = change->issues.count ? E_INPUT : request_write(r, save, change, err);
	if (code == E_CONFLICT) issues_add(&change->issues, field, "%s", page_error(&r->page, err));
	if (change->issues.count) return show(r, change, err);
	if (code != OK) return code;
	return request_redirect(r, "/-/account", notice);
}

static enum code clean(struct request *r, const char *name, const char **ret, struct err *err)
{
	char *text;
	const char *typed = request_form(r, name);
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_LINE, &text, err));
	*ret = text;
	return OK;
}

static enum code profile_post(struct request *r, struct err *err)
{
	struct change change;
	const char *locale = request_form(r, "locale");
	TRY(load(r, &change, err));
	TRY(clean(r, "name", &change.name, err));
	change.locale = strcmp(locale, "fr") == 0 || strcmp(locale, "en") == 0 ? locale : "";
	person_check(change.name, NULL, NULL, &change.issues);
	if (change.issues.count == 0) entry_language(r, *change.locale ? change.locale : NULL);
	return finish(r, &change, "name", "compte", err);
}

static enum code email_post(struct request *r, struct err *err)
{
	struct change change;
	TRY(load(r, &change, err));
	TRY(clean(r, "email", &change.email, err));
	person_check(NULL, change.email, NULL, &change.issues);
	TRY(again_check(r, &change.again, "email_present", &change.issues, err));
	/* A letter shows that it is hers, on sites that send any. */
	bool other = strcmp(change.email, change.person.email) != 0;
	if (other && !letters_are_spooled()) change.asked = change.email;
	if (change.asked)
		TRY(web_limit(r, LIMIT_LETTER, arena_printf(r->arena, "to %s", email_key(r->arena, change.asked)),
		              err));
	return finish(r, &change, "email", change.asked ? "confirme" : "compte", err);
}

static enum code password_post(struct request *r, struct err *err)
{
	struct change change;
	const char *password = request_form(r, "password");
	struct session session;
	TRY(load(r, &change, err));
	TRY(session_find(r->db, r->arena, r->token, &session, err));
	change.entry.stay = session.stay;
	person_check(NULL, NULL, password, &change.issues);
	TRY(again_check(r, &change.again, "password_present", &change.issues, err));
	if (change.issues.count) return show(r, &change, err);
	request_pause(r);
	enum code code = password_hash(r->arena, password, &change.hash, err);
	struct err ignored;
	enum code reading = request_resume(r, code == OK ? err : &ignored);
	if (code != OK || reading != OK) return code != OK ? code : reading;
	TRY(finish(r, &change, "password", "mot-de-passe", err));
	entry_give(&change.entry);
	return OK;
}

/* ---- Sessions ---- */

struct ending {
	const struct actor *actor;
	int64_t person;
	struct hash hash;
	bool others; /* than that one */
};

static enum code end_sessions(struct tx *tx, void *arg, struct err *err)
{
	const struct ending *ending = arg;
	TRY(audit_note(tx, ending->actor, "sign-out.others", ending->actor->id, NULL, err));
	if (ending->others) return session_end_others(tx, ending->person, &ending->hash, err);
	return session_end_own(tx, ending->person, &ending->hash, err);
}

/* "session" names the one to close; without it, all but this browser's. */
static enum code sessions_post(struct request *r, struct err *err)
{
	struct ending ending = { .actor = &r->actor, .person = r->actor.person };
	const char *hex = request_form(r, "session");
	size_t len = 0;
	ending.others = *hex == '\0';
	if (ending.others) ending.hash = session_hash(r->token);
	else if (sodium_hex2bin(ending.hash.b, HASH_SIZE, hex, strlen(hex), NULL, &len, NULL) != 0 || len != HASH_SIZE)
		FAIL(err, E_INPUT, N_("There is no such session."));
	TRY(request_write(r, end_sessions, &ending, err));
	return request_redirect(r, "/-/account#sessions", "seances");
}

const struct feature account_feature = {
	.name = "account",
	.routes = ROUTES(
	        { HTTP_GET, "/-/sign-in", sign_in_show, ACTION_READ, KIND_SITE, N_("Form to sign in"), 0, false },
	        { HTTP_POST, "/-/sign-in", sign_in_post, ACTION_READ, KIND_SITE, N_("Sign in"), 0, true },
	        { HTTP_POST, "/-/sign-in/code", second_step_post, ACTION_READ, KIND_SITE,
	          N_("Give the code of the second step"), 0, true },
	        { HTTP_GET, "/-/account/second-step", second_step_show, ACTION_READ, KIND_PERSON,
	          N_("The second step of one’s signing in"), 0, false },
	        { HTTP_POST, "/-/account/second-step", second_step_begin_post, ACTION_EDIT, KIND_PERSON,
	          N_("Turn the second step on"), 0, false },
	        { HTTP_POST, "/-/account/second-step/end", second_step_end_post, ACTION_EDIT, KIND_PERSON,
	          N_("Turn the second step off"), 0, false },
	        { HTTP_GET, "/-/confirm", again_show, ACTION_READ, KIND_PERSON, N_("Form to show once more who one is"),
	          0, false },
	        { HTTP_POST, "/-/confirm", again_post, ACTION_EDIT, KIND_PERSON, N_("Show once more who one is"), 0,
	          false },
	        { HTTP_POST, "/-/sign-out", sign_out_post, ACTION_READ, KIND_SITE, N_("Sign out"), 0, true },
	        { HTTP_GET, "/-/account", account_show, ACTION_READ, KIND_PERSON, N_("One’s own account"), 0, false },
	        { HTTP_POST, "/-/account", profile_post, ACTION_EDIT, KIND_PERSON, N_("Change one’s name and language"),
	          0, false },
	        { HTTP_POST, "/-/account/email", email_post, ACTION_EDIT, KIND_PERSON,
	          N_("Change one’s e-mail address"), 0, false },
	        { HTTP_POST, "/-/account/password", password_post, ACTION_EDIT, KIND_PERSON,
	          N_("Change one’s password"), 0, false },
	        { HTTP_POST, "/-/account/sessions", sessions_post, ACTION_EDIT, KIND_PERSON, N_("Close one’s sessions"),
	          0, false }),
};
