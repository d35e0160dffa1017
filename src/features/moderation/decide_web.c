/* Deciding: about a page, about what an account did. */
#include <string.h>

#include "base/clock.h"
#include "features/moderation/log.html.h"
#include "features/moderation/moderation.html.h"
#include "features/moderation/moderation_web.h"
#include "features/record/life_web.h"
#include "web/web.h"

enum { WRITERS = 20, BEFORE = 50 };

struct deciding_now {
	struct request *r;
	struct decision decision;
	struct person person;
	struct undo undo;
};

static enum code decide(struct tx *tx, void *arg, struct err *err)
{
	struct deciding_now *now = arg;
	struct moderation m = { tx, &now->r->page };
	return moderation_decide(&m, &now->decision, &now->undo, err);
}

/* ---- What was typed ---- */

static int chosen(const struct request *r, const struct deciding *d)
{
	const char *typed = request_form(r, "kind");
	int kind = typed[0] >= '0' && typed[0] <= '9' && typed[1] == '\0' ? typed[0] - '0' : MEASURE_KINDS;
	return kind < MEASURE_KINDS && d->offers[kind] ? kind : -1;
}

static const struct concerned *find_person(const struct page *p, const struct deciding *d)
{
	for (int i = 0; i < d->npeople; i++)
		if (strcmp(id_text(p, d->people[i].id), d->person) == 0) return &d->people[i];
	return NULL;
}

/* Reads the form into `d` and the decision; what does not fit goes to `issues`. */
static enum code read_form(struct request *r, struct deciding *d, struct deciding_now *now, struct issues *issues,
                           struct err *err)
{
	d->kind = chosen(r, d);
	d->person = request_form(r, "person");
	d->rule = request_form(r, "rule");
	const struct concerned *who = find_person(&r->page, d);
	if (d->kind < 0) issues_add(issues, "kind", N_("Choose what is to be done."));
	if (d->kind > MEASURE_NOTHING && d->kind != MEASURE_HIDE && who == NULL)
		issues_add(issues, "person", N_("Choose whom it is about."));
	if (*d->rule && !moderation_is_rule(&r->page, d->rule)) d->rule = "";
	if (d->kind != MEASURE_NOTHING && *d->rule == '\0')
		issues_add(issues, "rule", N_("Choose the rule that it is about."));
	TRY(moderation_reason(r, "reason", issues, &d->reason, err));
	if (issues->count) return OK;
	now->decision.kind = (enum measure_kind)d->kind;
	now->decision.rule = d->kind == MEASURE_NOTHING ? "" : arena_strdup(r->arena, d->rule);
	now->decision.reason = d->reason;
	if (who == NULL) return OK;
	TRY(person_by_id(r->db, r->arena, who->id, &now->person, err));
	now->decision.person = &now->person;
	if (d->kind == MEASURE_BLOCK && now->person.num == r->actor.person)
		issues_add(issues, "kind", N_("You cannot block your own account."));
	return OK;
}

static enum code save(struct request *r, struct deciding_now *now, struct issues *issues, struct err *err)
{
	if (issues->count) return E_INPUT;
	enum code code = request_write(r, decide, now, err);
	if (code == E_CONFLICT || code == E_INPUT) issues_add(issues, "kind", "%s", page_error(&r->page, err));
	return code;
}

/* ---- A page ---- */

static void add_person(struct concerned *people, int *n, struct id id, const char *name)
{
	if (id_is_zero(id) || name == NULL || *n >= WRITERS) return;
	for (int i = 0; i < *n; i++)
		if (id_equal(people[i].id, id)) return;
	people[(*n)++] = (struct concerned){ id, name };
}

/* Who wrote the page, its author first, then those who changed it last. */
static enum code find_people(struct request *r, const struct record *record, struct deciding *d, struct err *err)
{
	struct concerned *people = arena_array(r->arena, struct concerned, WRITERS);
	struct history_entry *entries;
	struct person author;
	int n;
	if (record->author && person_load(r->db, r->arena, record->author, &author, err) == OK)
		add_person(people, &d->npeople, author.id, author.name);
	TRY(history_list(r->db, r->arena, r->page.model, &r->actor, record->id, (struct id){ 0 }, WRITERS, &entries, &n,
	                 err));
	for (int i = 0; i < n; i++) add_person(people, &d->npeople, entries[i].actor, entries[i].actor_name);
	d->people = people;
	return OK;
}

static enum code load_page(struct request *r, struct record **record, struct deciding *d, struct err *err)
{
	bool own;
	TRY(record_of_route(r, ACTION_MANAGE, record, err));
	TRY(moderation_is_own(r, *record, &own, err));
	if (own) FAIL(err, E_FORBIDDEN, N_("This is your own page: somebody else decides about it."));
	*d = (struct deciding){ .kind = -1,
		                .person = "",
		                .rule = "",
		                .reason = "",
		                .action = arena_printf(r->arena, "/-/moderation/record/%s",
		                                       id_text(&r->page, (*record)->id)) };
	TRY(find_people(r, *record, d, err));
	d->offers[MEASURE_NOTHING] = true;
	d->offers[MEASURE_HIDE] = (*record)->state == STATE_PUBLISHED || (*record)->state == STATE_ARCHIVED;
	d->offers[MEASURE_WARN] = d->npeople > 0;
	d->offers[MEASURE_BLOCK] = d->npeople > 0 && r->actor.site == LEVEL_ADMINISTRATOR;
	return OK;
}

static enum code show_page(struct request *r, const struct record *record, const struct deciding *d, struct err *err)
{
	struct reported *reported;
	int n;
	TRY(moderation_reported(r, record->num, &reported, &n, err));
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("What to do about “%s”")), record->title);
	r->page.hidden = true;
	decide_page(request_out(r), &r->page, record, n ? reported : &(struct reported){ record, NULL, 0 }, d);
	return OK;
}

enum code decide_show(struct request *r, struct err *err)
{
	struct record *record;
	struct deciding d;
	TRY(load_page(r, &record, &d, err));
	return show_page(r, record, &d, err);
}

enum code decide_post(struct request *r, struct err *err)
{
	struct record *record;
	struct deciding d;
	struct issues issues;
	struct deciding_now now = { .r = r };
	TRY(load_page(r, &record, &d, err));
	issues_init(&issues, r->arena);
	now.decision = (struct decision){ .record = record, .space = record->space };
	TRY(read_form(r, &d, &now, &issues, err));
	enum code code = save(r, &now, &issues, err);
	if (issues.count) {
		r->response->status = 422;
		r->page.issues = &issues;
		return show_page(r, record, &d, err);
	}
	if (code != OK) return code;
	return request_redirect(r, "/-/moderation", d.kind == MEASURE_NOTHING ? "signalements-clos" : "decide");
}

/* ---- An account ---- */

static int64_t since(const char *name)
{
	int64_t hours = strcmp(name, "day") == 0 ? 24 : 1;
	return clock_now() - hours * 3600 * 1000;
}

struct lately {
	struct person person;
	struct spree_item *items;
	int n;
	struct deciding d;
};

static enum code load_account(struct request *r, const char *period, struct lately *l, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	TRY(person_by_id(r->db, r->arena, id, &l->person, err));
	const struct spree spree = { l->person.id, since(period) };
	TRY(history_spree_list(r->db, r->arena, r->page.model, &r->actor, &spree, &l->items, &l->n, err));
	struct concerned *who = arena_array(r->arena, struct concerned, 1);
	*who = (struct concerned){ l->person.id, l->person.name };
	l->d = (struct deciding){ .kind = -1,
		                  .people = who,
		                  .npeople = 1,
		                  .person = "",
		                  .rule = "",
		                  .reason = "",
		                  .action = account_url(&r->page, l->person.id),
		                  .since = strcmp(period, "day") == 0 ? "day" : "hour" };
	l->d.offers[MEASURE_UNDO] = l->n > 0;
	l->d.offers[MEASURE_WARN] = true;
	l->d.offers[MEASURE_BLOCK] = r->actor.site == LEVEL_ADMINISTRATOR;
	return OK;
}

static enum code show_account(struct request *r, const struct lately *l, struct err *err)
{
	struct measure *all;
	struct measure_row *rows;
	int n, kept = 0;
	TRY(measure_of_person(r->db, r->arena, l->person.num, BEFORE, &all, &n, err));
	for (int i = 0; i < n; i++) {
		struct thing thing = { .kind = KIND_SPACE,
			               .space = all[i].space ? model_space(r->page.model, all[i].space) : NULL };
		if (r->actor.site == LEVEL_ADMINISTRATOR || (thing.space && allowed(&r->actor, ACTION_MANAGE, &thing)))
			all[kept++] = all[i];
	}
	TRY(moderation_rows(r, all, kept, &rows, err));
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("What %s did lately")), l->person.name);
	r->page.hidden = true;
	account_page_lately(request_out(r), &r->page, &l->person, l->items, l->n, &l->d, rows, kept);
	return OK;
}

enum code account_lately_show(struct request *r, struct err *err)
{
	struct lately l;
	TRY(load_account(r, request_query(r, "since"), &l, err));
	return show_account(r, &l, err);
}

/* Where it stands in the log: the space of what is undone; one that not everybody reads before others. */
static const struct space *space_of(struct request *r, const struct lately *l)
{
	const struct space *space = l->n ? l->items[0].record->space : NULL;
	for (int i = 0; i < l->n; i++)
		if (l->items[i].record->space->visibility != VISIBILITY_PUBLIC) space = l->items[i].record->space;
	for (int i = 0; space == NULL && i < r->page.model->nspaces; i++)
		if (r->actor.site != LEVEL_ADMINISTRATOR &&
		    allowed(&r->actor, ACTION_MANAGE,
		            &(struct thing){ .kind = KIND_SPACE, .space = &r->page.model->spaces[i] }))
			space = &r->page.model->spaces[i];
	return space;
}

enum code account_lately_post(struct request *r, struct err *err)
{
	struct lately l;
	struct issues issues;
	struct deciding_now now = { .r = r };
	const char *period = request_form(r, "since");
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(load_account(r, period, &l, err));
	issues_init(&issues, r->arena);
	now.decision = (struct decision){ .space = space_of(r, &l), .since = since(period) };
	TRY(read_form(r, &l.d, &now, &issues, err));
	enum code code = save(r, &now, &issues, err);
	if (issues.count) {
		r->response->status = 422;
		r->page.issues = &issues;
		return show_account(r, &l, err);
	}
	if (code != OK) return code;
	if (l.d.kind != MEASURE_UNDO) return request_redirect(r, l.d.action, "decide");
	return request_redirect_about(r, l.d.action, now.undo.left ? "defait-en-partie" : "defait", now.undo.save);
}
