#include "features/news/news_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/moment.h"
#include "core/person.h"
#include "core/token.h"
#include "features/moderation/moderation_page.h"
#include "features/news/news.html.h"
#include "features/news/news_job.h"
#include "web/web.h"

enum { FOLLOWS = 1000 };

/* ---- What somebody is told ---- */

static struct news_group *group_of(struct news_group *groups, int *n, const struct record *page)
{
	for (int i = 0; i < *n; i++)
		if (groups[i].page->num == page->num) return &groups[i];
	groups[*n] = (struct news_group){ .page = page };
	return &groups[(*n)++];
}

static void add_line(const struct page *p, struct news_group *group, const struct news *news, const struct record *item)
{
	if (group->n == 0) {
		group->lines = arena_array(p->arena, const char *, NEWS_PAGE);
		group->times = arena_array(p->arena, int64_t, NEWS_PAGE);
		group->why = news->why;
	}
	group->unseen |= !news->seen;
	group->times[group->n] = news->created;
	group->lines[group->n++] = news_words(p, news, item);
}

/* What she may not read any more is left out. */
static enum code news_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct news *all;
	struct record *page, *item;
	struct err none;
	int n, ngroups = 0;
	TRY(news_list(r->db, r->arena, r->actor.person, false, &all, &n, err));
	struct news_group *groups = arena_array(r->arena, struct news_group, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		if (record_load_num(r->db, r->arena, p->model, &r->actor, all[i].page, &page, &none) != OK) continue;
		if (record_load_num(r->db, r->arena, p->model, &r->actor, all[i].item, &item, &none) != OK) continue;
		if (item->state != STATE_TRASH) add_line(p, group_of(groups, &ngroups, page), &all[i], item);
	}
	p->title = _("For me");
	p->hidden = true;
	news_page(request_out(r), p, groups, ngroups);
	return OK;
}

struct seeing {
	int64_t person, page;
};

static enum code see(struct tx *tx, void *arg, struct err *err)
{
	const struct seeing *seeing = arg;
	return news_see(tx, seeing->person, seeing->page, err);
}

static enum code news_post(struct request *r, struct err *err)
{
	struct seeing seeing = { .person = r->actor.person };
	struct record *page;
	struct id id;
	if (*request_form(r, "page")) {
		if (!id_parse(request_form(r, "page"), &id))
			FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
		TRY(record_load(r->db, r->arena, r->page.model, &r->actor, id, &page, err));
		seeing.page = page->num;
	}
	TRY(request_write(r, see, &seeing, err));
	return request_redirect(r, "/-/news", NULL);
}

/* ---- Following ---- */

/* What a form names: an id, a key, a slug, a word; E_NOT_FOUND for what she may not read. */
static enum code read_target(struct request *r, struct follow *ret, struct err *err)
{
	const struct model *model = r->page.model;
	const char *target = request_form(r, "target"), *kind = request_form(r, "kind");
	struct record *record;
	struct id id;
	*ret = (struct follow){ .kind = (enum follow_kind)(*kind - '0'), .word = "" };
	if (kind[0] < '0' || kind[0] >= '0' + FOLLOW_KINDS || kind[1]) FAIL(err, E_INPUT, N_("Choose what to follow."));
	const struct form *form = ret->kind == FOLLOW_FORM ? model_form(model, target) : NULL;
	const struct view *view = ret->kind == FOLLOW_VIEW ? model_view(model, target) : NULL;
	const struct space *space = ret->kind == FOLLOW_SPACE ? model_space_by_slug(model, target) : NULL;
	if (ret->kind == FOLLOW_TAG) {
		ret->word = text_fold(
		        r->arena, text_cut(r->arena, text_trim(r->arena, request_form(r, "word")), FOLLOW_WORD_MAX));
		return OK;
	}
	if (ret->kind == FOLLOW_RECORD && id_parse(target, &id)) {
		TRY(record_load(r->db, r->arena, model, &r->actor, id, &record, err));
		ret->target = record->about ? record->about : record->num;
	}
	if (space && allowed(&r->actor, ACTION_READ, &(struct thing){ .kind = KIND_SPACE, .space = space }))
		ret->target = space->num;
	if (form) ret->target = form->num;
	if (view && (!view->saved || view->saved_space || id_equal(view->saved_by, r->actor.id)))
		ret->target = view->num;
	if (ret->target == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

struct following {
	int64_t person;
	struct follow follow;
	bool on;
};

static enum code set_follow(struct tx *tx, void *arg, struct err *err)
{
	const struct following *f = arg;
	return follow_set(tx, f->person, &f->follow, f->on, err);
}

/* Its name and address, if it is still there for her. */
static bool describe(struct request *r, struct followed *f)
{
	struct page *p = &r->page;
	struct record *record;
	struct err err;
	const struct follow *follow = &f->follow;
	const struct form *form = follow->kind == FOLLOW_FORM ? model_form_by_num(p->model, follow->target) : NULL;
	const struct space *space = follow->kind == FOLLOW_SPACE ? model_space(p->model, follow->target) : NULL;
	f->target = "";
	if (follow->kind == FOLLOW_TAG) {
		f->name = follow->word;
		f->what = _("a key word");
	} else if (form) {
		f->name = t(p, &form->plural);
		f->target = form->key;
		f->what = _("a kind of page");
	} else if (space && allowed(&r->actor, ACTION_READ, &(struct thing){ .kind = KIND_SPACE, .space = space })) {
		f->name = t(p, &space->name);
		f->target = space->slug;
		f->what = _("a space");
	} else if (follow->kind == FOLLOW_RECORD &&
	           record_load_num(r->db, r->arena, p->model, &r->actor, follow->target, &record, &err) == OK) {
		f->name = news_title(p, record);
		f->url = record_url(p, record);
		f->target = id_text(p, record->id);
		f->what = t(p, &record->form->label);
	}
	for (int i = 0; follow->kind == FOLLOW_VIEW && i < p->model->nviews; i++) {
		const struct view *view = &p->model->views[i];
		if (view->num != follow->target) continue;
		f->name = t(p, &view->title);
		f->url = view->slug ? arena_printf(p->arena, "/%s", view->slug) : NULL;
		f->target = view->key;
		f->what = _("a list");
	}
	return f->name != NULL;
}

/* As it is, or with the mistakes of what was sent. */
static enum code show_follows(struct request *r, const struct news_choice *choice, struct issues *issues,
                              struct err *err)
{
	struct page *p = &r->page;
	struct follow *follows;
	struct person person;
	int n, shown = 0;
	TRY(follow_list(r->db, r->arena, r->actor.person, FOLLOWS, &follows, &n, err));
	TRY(person_load(r->db, r->arena, r->actor.person, &person, err));
	struct followed *all = arena_array(r->arena, struct followed, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		all[shown] = (struct followed){ .follow = follows[i] };
		if (describe(r, &all[shown])) shown++;
	}
	p->title = _("What I follow");
	if (issues) {
		r->response->status = 422;
		p->issues = issues;
	}
	p->hidden = true;
	follows_page(request_out(r), p, all, shown, choice, *person.email != '\0');
	return OK;
}

static enum code follows_show(struct request *r, struct err *err)
{
	struct news_choice choice;
	TRY(news_choice_read(r->db, r->actor.person, &choice, err));
	return show_follows(r, &choice, NULL, err);
}

static enum code refuse_word(struct request *r, struct err *err)
{
	struct issues issues;
	struct news_choice choice;
	issues_init(&issues, r->arena);
	issues_add(&issues, "word", N_("Write the key word to follow."));
	TRY(news_choice_read(r->db, r->actor.person, &choice, err));
	return show_follows(r, &choice, &issues, err);
}

static enum code follow_post(struct request *r, struct err *err)
{
	struct following f = { .person = r->actor.person, .on = strcmp(request_form(r, "on"), "0") != 0 };
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(read_target(r, &f.follow, err));
	if (f.follow.kind == FOLLOW_TAG && *f.follow.word == '\0') return refuse_word(r, err);
	TRY(request_write(r, set_follow, &f, err));
	return request_redirect(r, local_path(request_form(r, "next"), "/-/follows"), f.on ? "suivi" : "plus-suivi");
}

/* ---- How one is told ---- */

struct choosing {
	const struct zone *zone;
	int64_t person;
	struct news_choice choice;
};

static enum code choose(struct tx *tx, void *arg, struct err *err)
{
	const struct choosing *c = arg;
	struct news_choice before;
	TRY(news_choice_read(tx_db(tx), c->person, &before, err));
	TRY(news_choice_save(tx, c->person, &c->choice, err));
	/* What was kept back while she wanted none does not leave when she wants some again. */
	if (c->choice.pace == PACE_NEVER) return news_sent(tx, c->person, INT64_MAX, err);
	return before.pace == c->choice.pace ? OK : news_reschedule(tx, c->zone, c->person, err);
}

/* -1: none of them. */
static int number_typed(struct request *r, const char *name, int below)
{
	const char *typed = request_form(r, name);
	char *end;
	long n = strtol(typed, &end, 10);
	return *typed == '\0' || *end || n < 0 || n >= below ? -1 : (int)n;
}

static enum code follows_post(struct request *r, struct err *err)
{
	enum { HOURS = 24 };
	int pace = number_typed(r, "pace", PACE_COUNT), from = number_typed(r, "quiet-from", HOURS),
	    to = number_typed(r, "quiet-to", HOURS);
	struct choosing c = { .zone = model_zone(r->page.model), .person = r->actor.person };
	struct issues issues;
	issues_init(&issues, r->arena);
	if (pace < 0) issues_add(&issues, "pace", N_("Choose how you want to be told."));
	if (from < 0 || to < 0) issues_add(&issues, "quiet-from", N_("Choose two hours from 0 to 23."));
	c.choice = (struct news_choice){ (enum news_pace)pace, from, to, *request_form(r, "threads") != '\0' };
	if (issues.count) return show_follows(r, &c.choice, &issues, err);
	TRY(request_write(r, choose, &c, err));
	return request_redirect(r, "/-/follows", "avis");
}

/* ---- Stopping, from a letter ---- */

static enum code show_stop(struct request *r, bool done)
{
	http_set(r->response, "Cache-Control", "no-store");
	http_set(r->response, "Referrer-Policy", "no-referrer");
	r->page.title = done ? tr(r->page.lang, N_("No more letters")) : tr(r->page.lang, N_("No more letters?"));
	r->page.hidden = true;
	stop_page(request_out(r), &r->page, request_query(r, "c"), done);
	return OK;
}

static enum code stop_show(struct request *r, struct err *err)
{
	struct token token;
	TRY(token_find(r->db, r->arena, TOKEN_STOP, request_query(r, "c"), &token, err));
	return show_stop(r, false);
}

static enum code stop(struct tx *tx, void *arg, struct err *err)
{
	const struct token *token = arg;
	struct news_choice choice;
	TRY(news_choice_read(tx_db(tx), token->person, &choice, err));
	choice.pace = PACE_NEVER;
	TRY(news_choice_save(tx, token->person, &choice, err));
	return news_sent(tx, token->person, INT64_MAX, err);
}

/* Also by the reader's mail program, without a session (RFC 8058 §3.2): the token alone is the right. */
static enum code stop_post(struct request *r, struct err *err)
{
	struct token token;
	TRY(token_find(r->db, r->arena, TOKEN_STOP, request_query(r, "c"), &token, err));
	TRY(request_write(r, stop, &token, err));
	return show_stop(r, true);
}

const struct feature news_feature = {
	.name = "news",
	.way = WAY_NOTICE,
	.routes = ROUTES(
	        { HTTP_GET, "/-/news", news_show, ACTION_READ, KIND_PERSON,
	          N_("What happened on what one wrote and follows"), 0, false },
	        { HTTP_POST, "/-/news", news_post, ACTION_READ, KIND_PERSON, N_("Say that one has seen it"), 0, false },
	        { HTTP_GET, "/-/follows", follows_show, ACTION_READ, KIND_PERSON,
	          N_("What one follows, and how one is told"), 0, false },
	        { HTTP_POST, "/-/follows", follows_post, ACTION_READ, KIND_PERSON, N_("Choose how one is told"), 0,
	          false },
	        { HTTP_POST, "/-/follow", follow_post, ACTION_READ, KIND_PERSON, N_("Follow something, or stop"), 0,
	          false },
	        { HTTP_GET, "/-/stop", stop_show, ACTION_READ, KIND_SITE, N_("From a letter: get no more of them"), 0,
	          false },
	        { HTTP_POST, "/-/stop", stop_post, ACTION_READ, KIND_SITE,
	          N_("Get no more letters about what one follows"), 0, true }),
};
