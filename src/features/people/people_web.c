#include "features/people/people_web.h"

#include <string.h>

#include "base/text.h"
#include "core/second_step.h"
#include "features/account/again.h"
#include "features/people/first_run.h"
#include "features/people/people.html.h"
#include "features/people/people_change.h"
#include "features/people/people_page.h"
#include "web/web.h"

enum { AUDIT_SHOWN = 30 };

enum code people_typed(struct request *r, const char *name, const char **ret, struct err *err)
{
	char *text;
	const char *typed = request_form(r, name);
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_LINE, &text, err));
	*ret = text;
	return OK;
}

enum level people_level(struct request *r, const char *name, enum level fallback)
{
	const char *typed = request_form(r, name);
	int level = typed[0] >= '0' && typed[0] <= '9' && typed[1] == '\0' ? typed[0] - '0' : LEVEL_COUNT;
	return level < LEVEL_COUNT ? (enum level)level : fallback;
}

enum code people_hash(struct request *r, const char *password, const char **ret, struct err *err)
{
	const char *hash = NULL;
	struct err ignored;
	request_pause(r);
	enum code code = password_hash(r->arena, password, &hash, err);
	enum code reading = request_resume(r, code == OK ? err : &ignored);
	if (code == OK) code = reading;
	if (code == OK) *ret = hash;
	return code;
}

/* ---- Everybody ---- */

static enum code list_show(struct request *r, struct err *err)
{
	struct person *people;
	struct membership *all;
	int n, nall;
	TRY(person_list(r->db, r->arena, &people, &n, err));
	TRY(membership_list(r->db, r->arena, 0, &all, &nall, err));
	struct people_row *rows = arena_array(r->arena, struct people_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		int first = 0, last;
		while (first < nall && all[first].person != people[i].num) first++;
		for (last = first; last < nall && all[last].person == people[i].num; last++) {
		}
		rows[i] = (struct people_row){ people[i], all + first, last - first };
	}
	r->page.title = tr(r->page.lang, N_("People and roles"));
	r->page.hidden = true;
	people_page(request_out(r), &r->page, rows, n);
	return OK;
}

/* ---- A new account ---- */

static enum code show_new(struct request *r, const struct people_new *new)
{
	r->page.title = tr(r->page.lang, N_("Add a person"));
	r->page.hidden = true;
	people_new_page(request_out(r), &r->page, new);
	return OK;
}

static enum code new_show(struct request *r, struct err *err)
{
	(void)err;
	return show_new(r, &(struct people_new){ .name = "", .email = "", .level = LEVEL_CONTRIBUTOR });
}

/* A password shown once: 80 random bits, easy to copy out. */
static const char *temporary_password(struct request *r)
{
	return code_format(id_random(), arena_alloc(r->arena, CODE_TEXT + 1));
}

/* The only page that shows it; nothing on the way may keep it. */
static enum code show_temporary(struct request *r, const struct person *person, const char *password)
{
	struct page *p = &r->page;
	http_set(r->response, "Cache-Control", "no-store");
	p->title = page_printf(p, _("Temporary password of %s"), person->name);
	p->hidden = true;
	temporary_page(request_out(r), p, person, password);
	return OK;
}

struct adding {
	struct request *r;
	const struct people_new *new;
	const char *hash;
	int64_t num;
};

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	struct adding *adding = arg;
	struct people_change c = { tx, adding->r->arena, &adding->r->actor };
	return people_add(&c, adding->new->name, adding->new->email, adding->hash, adding->new->level, &adding->num,
	                  err);
}

static enum code new_post(struct request *r, struct err *err)
{
	struct people_new new = { .level = people_level(r, "level", LEVEL_CONTRIBUTOR) };
	struct adding adding = { .r = r, .new = &new };
	struct issues issues;
	struct person person;
	const char *password = temporary_password(r);
	bool shown;
	issues_init(&issues, r->arena);
	TRY(again_pass(r, "/-/people/new", &shown, err));
	if (!shown) return OK;
	TRY(people_typed(r, "name", &new.name, err));
	TRY(people_typed(r, "email", &new.email, err));
	if (new.level != LEVEL_ADMINISTRATOR) new.level = LEVEL_CONTRIBUTOR;
	person_check(new.name, new.email, NULL, &issues);
	if (issues.count == 0) {
		TRY(people_hash(r, password, &adding.hash, err));
		enum code code = request_write(r, add, &adding, err);
		if (code == OK) {
			TRY(person_load(r->db, r->arena, adding.num, &person, err));
			return show_temporary(r, &person, password);
		}
		if (code != E_CONFLICT) return code;
		issues_add(&issues, "email", "%s", page_error(&r->page, err));
	}
	r->response->status = 422;
	r->page.issues = &issues;
	return show_new(r, &new);
}

/* ---- One person ---- */

static enum code load(struct request *r, struct people_row *ret, struct err *err)
{
	struct id id;
	struct membership *all;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	TRY(person_by_id(r->db, r->arena, id, &ret->person, err));
	TRY(membership_list(r->db, r->arena, ret->person.num, &all, &ret->nmemberships, err));
	ret->memberships = all;
	return OK;
}

static enum code show(struct request *r, const struct people_row *row, struct err *err)
{
	struct audit_entry *entries;
	int n;
	bool second_step;
	TRY(second_step_due(r->db, row->person.num, &second_step, err));
	TRY(audit_list(r->db, r->arena, row->person.id, AUDIT_SHOWN, &entries, &n, err));
	r->page.title = row->person.name;
	r->page.hidden = true;
	person_page(request_out(r), &r->page, row, entries, n, second_step);
	return OK;
}

static enum code person_show(struct request *r, struct err *err)
{
	struct people_row row;
	TRY(load(r, &row, err));
	return show(r, &row, err);
}

struct saving {
	struct request *r;
	const struct people_row *row;
};

static enum code save(struct tx *tx, void *arg, struct err *err)
{
	struct saving *saving = arg;
	struct request *r = saving->r;
	struct people_change c = { tx, r->arena, &r->actor };
	const struct person *person = &saving->row->person;
	enum level level = people_level(r, "level", person->level);
	const char *access = request_form(r, "access");
	enum person_state state = strcmp(access, "blocked") == 0 ? PERSON_BLOCKED
	                          : strcmp(access, "open") == 0  ? PERSON_ACTIVE
	                                                         : person->state;
	TRY(people_set_level(&c, person, level == LEVEL_ADMINISTRATOR ? level : LEVEL_CONTRIBUTOR, err));
	if (person->state != PERSON_ERASED) TRY(people_set_state(&c, person, state, err));
	for (int i = 0; i < r->page.model->nspaces; i++) {
		const struct space *space = &r->page.model->spaces[i];
		enum level now = people_level_in(saving->row, space);
		const char *field = arena_printf(r->arena, "space-%s", space->slug);
		TRY(people_set_member(&c, person, space, people_level(r, field, now), err));
	}
	return OK;
}

static enum code person_post(struct request *r, struct err *err)
{
	struct people_row row;
	bool shown;
	TRY(load(r, &row, err));
	TRY(again_pass(r, people_url(&r->page, &row.person, ""), &shown, err));
	if (!shown) return OK;
	struct saving saving = { r, &row };
	enum code code = request_write(r, save, &saving, err);
	if (code == OK) return request_redirect(r, people_url(&r->page, &row.person, ""), "personne");
	if (code != E_CONFLICT) return code;
	struct issues issues;
	issues_init(&issues, r->arena);
	issues_add(&issues, "level", "%s", page_error(&r->page, err));
	r->response->status = 422;
	r->page.issues = &issues;
	return show(r, &row, err);
}

struct giving {
	struct request *r;
	const struct person *person;
	const char *hash;
};

static enum code give_password(struct tx *tx, void *arg, struct err *err)
{
	struct giving *giving = arg;
	struct people_change c = { tx, giving->r->arena, &giving->r->actor };
	return people_set_password(&c, giving->person, giving->hash, err);
}

static enum code password_post(struct request *r, struct err *err)
{
	struct people_row row;
	bool shown;
	TRY(load(r, &row, err));
	TRY(again_pass(r, people_url(&r->page, &row.person, ""), &shown, err));
	if (!shown) return OK;
	struct giving giving = { .r = r, .person = &row.person };
	const char *password = temporary_password(r);
	TRY(people_hash(r, password, &giving.hash, err));
	TRY(request_write(r, give_password, &giving, err));
	return show_temporary(r, &row.person, password);
}

static enum code end_second_step(struct tx *tx, void *arg, struct err *err)
{
	struct giving *giving = arg;
	struct people_change c = { tx, giving->r->arena, &giving->r->actor };
	TRY(second_step_end(tx, giving->person->num, err));
	return people_note(&c, "person.second-step-end", giving->person->id, NULL, err);
}

/* For who has lost telephone and spare codes. */
static enum code second_step_off_post(struct request *r, struct err *err)
{
	struct people_row row;
	bool shown;
	TRY(load(r, &row, err));
	TRY(again_pass(r, people_url(&r->page, &row.person, ""), &shown, err));
	if (!shown) return OK;
	TRY(request_write(r, end_second_step, &(struct giving){ .r = r, .person = &row.person }, err));
	return request_redirect(r, people_url(&r->page, &row.person, ""), "sans-etape");
}

const struct feature people_feature = {
	.name = "people",
	.routes = ROUTES(
	        { HTTP_GET, FIRST_RUN_PATH, first_run_show, ACTION_READ, KIND_SITE,
	          N_("Form to become the first administrator"), 0, false },
	        { HTTP_POST, FIRST_RUN_PATH, first_run_post, ACTION_READ, KIND_SITE,
	          N_("Become the first administrator, with the code"), 0, true },
	        { HTTP_GET, "/-/people", list_show, ACTION_ADMINISTER, KIND_PERSON, N_("People and roles"), 0, false },
	        { HTTP_GET, "/-/people/new", new_show, ACTION_ADMINISTER, KIND_PERSON,
	          N_("Form to open an account for somebody"), 0, false },
	        { HTTP_POST, "/-/people/new", new_post, ACTION_ADMINISTER, KIND_PERSON,
	          N_("Open an account for somebody"), 0, false },
	        { HTTP_GET, "/-/people/:id", person_show, ACTION_ADMINISTER, KIND_PERSON,
	          N_("A person’s account and roles"), 0, false },
	        { HTTP_POST, "/-/people/:id", person_post, ACTION_ADMINISTER, KIND_PERSON,
	          N_("Change a person’s roles, block the account"), 0, false },
	        { HTTP_POST, "/-/people/:id/second-step", second_step_off_post, ACTION_ADMINISTER, KIND_PERSON,
	          N_("Take the second step of an account away"), 0, false },
	        { HTTP_POST, "/-/people/:id/password", password_post, ACTION_ADMINISTER, KIND_PERSON,
	          N_("Give a temporary password"), 0, false }),
};
