/* An administrator writes the texts that people accept, and sees who accepted which version. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/people/people_web.h"
#include "features/terms/terms.html.h"
#include "features/terms/terms_web.h"
#include "web/web.h"

#define PAGE "/-/admin/terms"

enum code terms_list_show(struct request *r, struct err *err)
{
	struct terms *all;
	int n;
	TRY(terms_list(r->db, r->arena, &all, &n, err));
	TRY(terms_count_pages(r->db, r->page.model, all, n, err));
	r->page.title = tr(r->page.lang, N_("Texts to accept"));
	r->page.hidden = true;
	terms_list_page(request_out(r), &r->page, all, n);
	return OK;
}

static enum code show(struct request *r, const struct terms_edit *e, struct issues *issues)
{
	const char *key = e->nversions ? e->versions[0].key : NULL;
	if (issues) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	r->page.title = e->nversions ? e->versions[0].title : tr(r->page.lang, N_("A text to accept"));
	r->page.hidden = true;
	terms_edit_page(request_out(r), &r->page, e, key ? terms_admin_url(&r->page, key) : PAGE "/new");
	return OK;
}

enum code terms_new_show(struct request *r, struct err *err)
{
	(void)err;
	return show(
	        r, &(struct terms_edit){ .typed = { .title = "", .text = "", .whom = TERMS_ACCOUNTS, .needed = true } },
	        NULL);
}

static enum code load(struct request *r, struct terms_edit *e, struct err *err)
{
	struct terms *versions;
	*e = (struct terms_edit){ 0 };
	TRY(terms_versions(r->db, r->arena, r->params[0], &versions, &e->nversions, err));
	TRY(terms_count_pages(r->db, r->page.model, versions, e->nversions, err));
	if (e->nversions == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	e->versions = versions;
	e->typed = versions[0];
	return OK;
}

enum code terms_edit_show(struct request *r, struct err *err)
{
	struct terms_edit e;
	TRY(load(r, &e, err));
	return show(r, &e, NULL);
}

/* ---- Publishing ---- */

static enum code read_text(struct request *r, const char **ret, struct issues *issues, struct err *err)
{
	const char *typed = request_form(r, "text");
	char *clean;
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_BLOCK, &clean, err));
	*ret = clean;
	if (text_is_blank(clean)) issues_add(issues, "text", N_("Write a text."));
	if (text_length(clean) > TERMS_TEXT_MAX)
		issues_add(issues, "text", N_("%d characters at most."), TERMS_TEXT_MAX);
	return OK;
}

static enum code read(struct request *r, struct terms_edit *e, struct issues *issues, struct err *err)
{
	struct terms *typed = &e->typed;
	const char *again = request_form(r, "again");
	TRY(people_typed(r, "title", &typed->title, err));
	TRY(read_text(r, &typed->text, issues, err));
	if (text_is_blank(typed->title)) issues_add(issues, "title", N_("Give it a title."));
	if (text_length(typed->title) > TERMS_TITLE_MAX)
		issues_add(issues, "title", N_("This is too long: %d letters at most."), TERMS_TITLE_MAX);
	typed->whom = (*request_form(r, "accounts") ? TERMS_ACCOUNTS : 0) |
	              (*request_form(r, "guests") ? TERMS_GUESTS : 0);
	typed->needed = strcmp(request_form(r, "needed"), "0") != 0;
	typed->again = strcmp(again, "1") == 0;
	typed->version = terms_number(request_form(r, "version"));
	e->chosen = *again != '\0';
	if (typed->version > 0 && !e->chosen)
		issues_add(issues, "again", N_("Say whether those who accepted an earlier version are asked again."));
	return OK;
}

struct publishing {
	struct request *r;
	const struct terms *terms;
};

static enum code publish(struct tx *tx, void *arg, struct err *err)
{
	const struct publishing *x = arg;
	return terms_publish(tx, &x->r->actor, x->terms, err);
}

/* Shows all the mistakes, or publishes. */
static enum code finish(struct request *r, struct terms_edit *e, struct issues *issues, struct err *err)
{
	struct publishing x = { r, &e->typed };
	enum code code = issues->count ? E_INPUT : request_write(r, publish, &x, err);
	if (code == E_CONFLICT && e->nversions) {
		/* Theirs is the present version now, so that publishing again is on purpose. */
		struct terms typed = e->typed;
		TRY(load(r, e, err));
		typed.version = e->typed.version;
		e->typed = typed;
		e->chosen = true;
		issues_add(issues, "",
		           N_("Meanwhile somebody published another version: look at it below, then publish again."));
	} else if (code == E_CONFLICT || code == E_LIMIT) issues_add_err(issues, "title", err);
	if (issues->count) return show(r, e, issues);
	if (code != OK) return code;
	return request_redirect(r, PAGE, "texte-publie");
}

enum code terms_new_post(struct request *r, struct err *err)
{
	struct terms_edit e = { 0 };
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(read(r, &e, &issues, err));
	e.typed.version = 0;
	e.typed.again = true;
	e.typed.key = text_slug(r->arena, e.typed.title, TERMS_KEY_MAX);
	if (issues.count == 0 && (*e.typed.key == '\0' || strcmp(e.typed.key, "new") == 0))
		issues_add(&issues, "title", N_("Give it a title of letters."));
	return finish(r, &e, &issues, err);
}

enum code terms_edit_post(struct request *r, struct err *err)
{
	struct terms_edit e;
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(load(r, &e, err));
	TRY(read(r, &e, &issues, err));
	return finish(r, &e, &issues, err);
}
