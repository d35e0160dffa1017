/* The page of the first run. */
#include "features/account/entry.h"
#include "features/people/first_run.h"
#include "features/people/people.html.h"
#include "features/people/people_change.h"
#include "features/people/people_page.h"
#include "features/people/people_web.h"
#include "web/web.h"

/* Once there is an administrator, there is no such page. */
static enum code check_due(struct db *db, struct err *err)
{
	bool any;
	TRY(person_any_administrator(db, &any, err));
	if (any) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

static enum code show(struct request *r, const char *code, const char *name, const char *email)
{
	r->page.title = tr(r->page.lang, N_("Welcome to your site"));
	r->page.hidden = true;
	first_run_page(request_out(r), &r->page, code, name, email);
	return OK;
}

enum code first_run_show(struct request *r, struct err *err)
{
	TRY(check_due(r->db, err));
	return show(r, "", "", "");
}

struct starting {
	struct request *r;
	const char *name, *email, *hash;
	struct entry entry;
};

static enum code start(struct tx *tx, void *arg, struct err *err)
{
	struct starting *s = arg;
	struct people_change c = { tx, s->r->arena, &s->r->actor };
	TRY(check_due(tx_db(tx), err)); /* two at once: the first one has it */
	TRY(people_add(&c, s->name, s->email, s->hash, LEVEL_ADMINISTRATOR, &s->entry.person, err));
	return entry_open(tx, &s->entry, err);
}

enum code first_run_post(struct request *r, struct err *err)
{
	struct starting s = { .r = r, .entry = { .r = r } };
	const char *typed, *password = request_form(r, "password");
	char code[CODE_TEXT + 1];
	struct issues issues;
	TRY(check_due(r->db, err));
	TRY(web_limit(r, LIMIT_SIGN_IN_ADDRESS, NULL, err));
	TRY(people_typed(r, "code", &typed, err));
	TRY(people_typed(r, "name", &s.name, err));
	TRY(people_typed(r, "email", &s.email, err));
	issues_init(&issues, r->arena);
	first_run_code(r->site, code);
	if (!code_matches(code, typed))
		issues_add(&issues, "code", N_("This is not the code that the program showed when it started."));
	person_check(s.name, s.email, password, &issues);
	if (issues.count == 0) {
		TRY(people_hash(r, password, &s.hash, err));
		enum code done = request_write(r, start, &s, err);
		if (done == OK) {
			entry_give(&s.entry);
			return request_redirect(r, "/", "pret");
		}
		if (done != E_CONFLICT) return done;
		issues_add(&issues, "email", "%s", page_error(&r->page, err));
	}
	r->response->status = 422;
	r->page.issues = &issues;
	return show(r, typed, s.name, s.email);
}
