/* Choosing what goes out. */
#include <string.h>

#include "base/text.h"
#include "features/moderation/moderation_web.h"
#include "features/record/life_web.h"
#include "features/shareable/shareable.html.h"
#include "features/shareable/shareable_web.h"
#include "web/web.h"

enum { NAMES_MAX = 4000 };

struct preparing {
	struct request *r;
	struct choosing c;
	struct shareable s;
	struct issues issues;
	bool fine; /* it could be published as it is */
};

static enum code show(struct preparing *x)
{
	struct page *p = &x->r->page;
	p->title = page_printf(p, tr(p->lang, N_("Shareable version of “%s”")), x->c.record->title);
	p->hidden = true;
	p->space = x->c.record->space;
	if (x->issues.count) {
		p->issues = &x->issues;
		x->r->response->status = 422;
	}
	prepare_page(request_out(x->r), p, &x->c);
	return OK;
}

static enum code begin(struct request *r, struct preparing *x, struct err *err)
{
	struct record *record;
	*x = (struct preparing){ .r = r };
	request_issues(r, &x->issues);
	TRY(record_of_route(r, ACTION_DELETE, &record, err));
	if (!shareable_may(&r->page, record))
		FAIL(err, E_FORBIDDEN,
		     N_("A shareable version is made of a published page, by who wrote it or looks after its space."));
	enum code code = shareable_of(r->db, r->arena, record->num, &x->s, err);
	if (code != OK && code != E_NOT_FOUND) return code;
	if (code == OK && x->s.state == SHAREABLE_PUBLISHED)
		FAIL(err, E_CONFLICT, N_("It is published: take it back first, then prepare another one."));
	return choosing_begin(&r->page, record, code == OK ? &x->s : NULL, &x->c, err);
}

enum code prepare_show(struct request *r, struct err *err)
{
	struct preparing *x = arena_new(r->arena, struct preparing);
	TRY(begin(r, x, err));
	TRY(choosing_settle(&r->page, &x->c, err));
	return show(x);
}

/* ---- Read ---- */

static enum code read_text(struct request *r, const char *name, bool line, const char **ret, struct err *err)
{
	char *text;
	const char *typed = request_form(r, name);
	TRY(text_clean(r->arena, typed, strlen(typed), line ? TEXT_LINE : TEXT_BLOCK, &text, err));
	*ret = text;
	return OK;
}

static enum code read_question(struct request *r, struct question *q, bool title, struct err *err)
{
	const struct page *p = &r->page;
	for (int i = 0; q->items && i < q->n; i++)
		q->passages[i].kept = *request_form(r, passage_item_id(p, q, i)) != '\0';
	if (!q->text) {
		q->kept = *request_form(r, passage_id(p, q, "k", 0)) != '\0';
		return OK;
	}
	for (int i = 0; i < q->n; i++) {
		q->passages[i].kept = title || *request_form(r, passage_id(p, q, "k", i)) != '\0';
		TRY(read_text(r, passage_id(p, q, "t", i), q->line, &q->passages[i].text, err));
	}
	return q->line ? OK : read_text(r, passage_id(p, q, "a", 0), false, &q->added, err);
}

/* A passage more than the form had – the page was corrected meanwhile – is in no answer, so it stays inside. */
static enum code read_all(struct preparing *x, struct err *err)
{
	struct request *r = x->r;
	const char *space = request_form(r, "space");
	x->c.to = NULL;
	for (int i = 0; i < x->c.nspaces; i++)
		if (strcmp(x->c.spaces[i]->slug, space) == 0) x->c.to = x->c.spaces[i];
	if (x->c.to == NULL) issues_add(&x->issues, "space", N_("Choose the space that it goes to."));
	for (int i = 0; i < x->c.n; i++)
		TRY(read_question(r, &x->c.questions[i], x->c.questions[i].field == x->c.record->form->title, err));
	TRY(moderation_text(r, "names", NAMES_MAX, false, &x->issues, &x->c.names, err));
	return choosing_settle(&r->page, &x->c, err);
}

/* ---- Kept ---- */

/* Published as it is, then undone: the form's own checks say what is missing. */
static enum code try_it(struct tx *tx, void *arg, struct err *err)
{
	struct preparing *x = arg;
	struct save save = { .actor = &x->r->actor,
		             .form = x->c.record->form,
		             .space = x->c.to,
		             .values = x->c.values,
		             .state = STATE_PUBLISHED };
	TRY(record_save(tx, x->r->arena, x->r->page.model, &save, &x->issues, err));
	x->fine = true;
	FAIL(err, E_CONFLICT, "undone");
}

static enum code keep(struct tx *tx, void *arg, struct err *err)
{
	struct preparing *x = arg;
	return shareable_save(tx, x->r->arena, x->r->page.model, &x->s, err);
}

enum code prepare_post(struct request *r, struct err *err)
{
	struct preparing *x = arena_new(r->arena, struct preparing);
	TRY(begin(r, x, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(read_all(x, err));
	if (x->issues.count) return show(x);
	enum code code = request_write(r, try_it, x, err);
	if (!x->fine && x->issues.count) {
		r->page.db = r->db;
		return show(x);
	}
	if (!x->fine) return code;
	x->s.record = x->c.record->num;
	x->s.space = x->c.to->num;
	x->s.person = r->actor.person;
	x->s.values = x->c.values;
	x->s.n = x->c.npeople;
	memcpy(x->s.consents, x->c.people, sizeof(x->s.consents));
	TRY(request_write(r, keep, x, err));
	return request_redirect(r, shareable_url(&r->page, &x->s, ""), "partage-prepare");
}
