#include "features/terms/terms_web.h"

#include <stdlib.h>
#include <string.h>

#include "features/terms/terms.html.h"
#include "features/terms/terms_ask.h"
#include "web/web.h"

/* ---- For everybody ---- */

static enum code show_version(struct request *r, const char *key, int version, struct err *err)
{
	struct terms one, present;
	TRY(terms_find(r->db, r->arena, key, 0, &present, err));
	TRY(terms_find(r->db, r->arena, key, version, &one, err));
	request_share(r, NULL);
	r->page.title = one.title;
	r->page.hidden = one.version != present.version;
	terms_page(request_out(r), &r->page, &one, &present);
	return OK;
}

static enum code text_show(struct request *r, struct err *err)
{
	return show_version(r, r->params[0], 0, err);
}

int terms_number(const char *typed)
{
	char *end;
	long version = strtol(typed, &end, 10);
	return *typed == '\0' || *end || version < 1 || version > INT32_MAX ? 0 : (int)version;
}

static enum code version_show(struct request *r, struct err *err)
{
	int version = terms_number(r->params[1]);
	if (version == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return show_version(r, r->params[0], version, err);
}

/* ---- What she is asked ---- */

struct answering {
	struct request *r;
	struct person person;
	struct terms *due;
	int n;
	const json_t *accepted;
};

static enum code begin(struct request *r, struct answering *x, struct err *err)
{
	*x = (struct answering){ .r = r };
	TRY(person_load(r->db, r->arena, r->actor.person, &x->person, err));
	return terms_due(r->db, r->arena, &x->person, &x->due, &x->n, err);
}

static enum code show(struct answering *x, const char *next, struct issues *issues)
{
	struct request *r = x->r;
	if (issues && issues->count) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	http_set(r->response, "Cache-Control", "no-store");
	r->page.title = tr(r->page.lang, N_("Before you go on"));
	r->page.hidden = true;
	terms_due_page(request_out(r), &r->page, x->due, x->n, local_path(next, ""));
	return OK;
}

static enum code keep(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	TRY(terms_keep(tx, x->person.num, x->accepted, TERMS_COMING_IN, err));
	return session_answered(tx, x->person.num, err);
}

static enum code due_show(struct request *r, struct err *err)
{
	struct answering x;
	TRY(begin(r, &x, err));
	return show(&x, request_query(r, "next"), NULL);
}

static enum code due_post(struct request *r, struct err *err)
{
	struct answering x;
	struct issues issues;
	const char *next = request_form(r, "next");
	issues_init(&issues, r->arena);
	TRY(begin(r, &x, err));
	TRY(terms_read(r, x.due, x.n, &issues, &x.accepted));
	if (issues.count) return show(&x, next, &issues);
	TRY(request_write(r, keep, &x, err));
	return request_redirect(r, local_path(next, "/"), "texte-accepte");
}

/* ---- Changing her mind about what is not needed ---- */

struct changing {
	struct request *r;
	struct terms terms;
	bool yes;
};

static enum code change(struct tx *tx, void *arg, struct err *err)
{
	struct changing *x = arg;
	return terms_answer(tx, x->r->actor.person, x->terms.key, x->terms.version, x->yes, TERMS_BY_HERSELF, err);
}

static enum code mind_post(struct request *r, struct err *err)
{
	struct changing x = { .r = r, .yes = *request_form(r, "yes") != '\0' };
	TRY(terms_find(r->db, r->arena, request_form(r, "terms"), terms_number(request_form(r, "version")), &x.terms,
	               err));
	if (x.terms.needed)
		FAIL(err, E_FORBIDDEN, N_("This one is needed: to refuse it is to leave, by erasing your account."));
	TRY(request_write(r, change, &x, err));
	return request_redirect(r, "/-/account#accepted", "accord-change");
}

const struct feature terms_feature = {
	.name = "terms",
	.routes = ROUTES({ HTTP_GET, "/-/terms", due_show, ACTION_READ, KIND_PERSON, N_("What one is asked to accept"),
	                   0, false },
	                 { HTTP_POST, "/-/terms", due_post, ACTION_EDIT, KIND_PERSON, N_("Accept it"), 0, false },
	                 { HTTP_POST, "/-/account/terms", mind_post, ACTION_EDIT, KIND_PERSON,
	                   N_("Give an agreement that is not needed, or take it back"), 0, false },
	                 { HTTP_GET, "/-/terms/:key", text_show, ACTION_READ, KIND_SITE,
	                   N_("A text that people accept"), 0, false },
	                 { HTTP_GET, "/-/terms/:key/:version", version_show, ACTION_READ, KIND_SITE,
	                   N_("A version of a text that people accept"), 0, false },
	                 { HTTP_GET, "/-/admin/terms", terms_list_show, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Texts to accept"), 0, false },
	                 { HTTP_GET, "/-/admin/terms/new", terms_new_show, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Form of a new text to accept"), 0, false },
	                 { HTTP_POST, "/-/admin/terms/new", terms_new_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Publish a text to accept"), 256 * 1024, false },
	                 { HTTP_GET, "/-/admin/terms/:key", terms_edit_show, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Form of the next version of a text"), 0, false },
	                 { HTTP_POST, "/-/admin/terms/:key", terms_edit_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Publish the next version of a text"), 256 * 1024, false }),
};
