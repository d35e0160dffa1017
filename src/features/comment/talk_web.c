/* Discussions: a forum of what is talked about in a space; pinned, solved, split off; whom one may name. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/comment.h"
#include "core/field_type.h"
#include "features/comment/comment_page.h"
#include "features/comment/comment_web.h"
#include "features/comment/talk.html.h"
#include "features/comment/talk_page.h"
#include "features/people/people_web.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "web/web.h"

/* ---- The forum ---- */

static const struct {
	const char *word, *words;
} filters[TALK_FILTERS] = {
	[TALK_ALL] = { "", N_("All") },           [TALK_UNANSWERED] = { "sans-reponse", N_("Without an answer") },
	[TALK_OPEN] = { "ouvertes", N_("Open") }, [TALK_SOLVED] = { "resolues", N_("Solved") },
	[TALK_MINE] = { "miennes", N_("Mine") },
};

const char *talk_filter_words(enum talk_filter filter)
{
	return filters[filter].words;
}

const char *talks_url(const struct page *p, const struct talks_shown *s, enum talk_filter filter, int page)
{
	bool first = s->space == &p->model->spaces[0];
	const char *base = first ? "/-/talks" : arena_printf(p->arena, "/-/talks/%s", s->space->slug);
	const char *which = filter ? arena_printf(p->arena, "?voir=%s", filters[filter].word) : "";
	return page > 1 ? arena_printf(p->arena, "%s%s%spage=%d", base, which, *which ? "&" : "?", page)
	                : arena_printf(p->arena, "%s%s", base, which);
}

const char *talk_words(const struct page *p, const struct talk *talk)
{
	const char *when = page_ago(p, talk->last);
	if (talk->answers == 0) return page_printf(p, _("no answer yet, begun %s"), when);
	const char *n = page_printf(p, _n("%d answer", "%d answers", (int)talk->answers), (int)talk->answers);
	if (talk->last_name == NULL) return page_printf(p, _("%1$s, the last one %2$s"), n, when);
	return page_printf(p, _("%1$s, the last one by %2$s, %3$s"), n, talk->last_name, when);
}

static const struct form *topic_form(const struct page *p, const struct space *space)
{
	struct thing thing = { .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED };
	for (int i = 0; i < p->model->nforms; i++) {
		const struct form *form = &p->model->forms[i];
		if (form_is_topic(form) && !form->asleep &&
		    (allowed(p->actor, ACTION_CREATE, &thing) || !page_signed_in(p)))
			return form;
	}
	return NULL;
}

enum code talks_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct talks_shown s = { .space = r->params[0]        ? model_space_by_slug(p->model, r->params[0])
		                          : p->model->nspaces ? &p->model->spaces[0]
		                                              : NULL };
	struct talk *talks;
	int found;
	if (s.space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(may(&r->actor, ACTION_READ,
	        &(struct thing){ .kind = KIND_RECORD, .space = s.space, .state = STATE_PUBLISHED }, err));
	while (s.filter < TALK_FILTERS && strcmp(filters[s.filter].word, request_query(r, "voir")) != 0) s.filter++;
	if (s.filter == TALK_FILTERS || (s.filter == TALK_MINE && !page_signed_in(p))) s.filter = TALK_ALL;
	s.page = (int)MIN(MAX(strtol(request_query(r, "page"), NULL, 10), 1), 100000);
	TRY(talk_list(r->db, r->arena, p->model, &r->actor, s.space, s.filter, s.page, &talks, &found, &s.total, err));
	s.pages = MAX((s.total + TALK_PAGE - 1) / TALK_PAGE, 1);
	s.rows = arena_array(r->arena, struct talk_row, (size_t)found + 1);
	for (int i = 0; i < found; i++) {
		struct record *record;
		if (record_load_num(r->db, r->arena, p->model, &r->actor, talks[i].record, &record, err) == OK)
			s.rows[s.n++] = (struct talk_row){ &talks[i], record };
	}
	s.begin = topic_form(p, s.space);
	p->title = s.space == &p->model->spaces[0] ? _("Discussions")
	                                           : page_printf(p, _("Discussions of “%s”"), t(p, &s.space->name));
	p->space = s.space;
	request_share(r, (const char *const[]){ "voir", "page", NULL });
	talks_page(request_out(r), p, &s);
	return OK;
}

/* ---- Solved ---- */

struct solving {
	const struct record *about;
	int64_t answer;
	bool solved;
};

static enum code solve(struct tx *tx, void *arg, struct err *err)
{
	const struct solving *s = arg;
	return thread_solve(tx, s->about->num, s->solved, s->answer, err);
}

/* The page named in the address, or the comment that solves it. */
enum code solve_post(struct request *r, struct err *err)
{
	struct record *named, *about;
	struct solving s = { .solved = strcmp(request_form(r, "solved"), "0") != 0 };
	TRY(record_of_route(r, ACTION_READ, &named, err));
	about = named;
	if (named->about) {
		TRY(record_load_num(r->db, r->arena, r->page.model, &r->actor, named->about, &about, err));
		if (named->state != STATE_PUBLISHED) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
		s.answer = named->num;
	}
	if (!thread_may_solve(&r->actor, about))
		FAIL(err, E_FORBIDDEN, N_("The author of the page, or a facilitator, says that it is solved."));
	s.about = about;
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(request_write(r, solve, &s, err));
	return request_redirect(r, arena_printf(r->arena, "%s#commentaires", record_url(&r->page, about)),
	                        s.solved ? "fil-resolu" : "fil-a-resoudre");
}

/* ---- Splitting off ---- */

int topic_forms(const struct page *p, const struct form ***ret)
{
	const struct form **forms = arena_array(p->arena, const struct form *, (size_t)p->model->nforms + 1);
	int n = 0;
	for (int topics = 1; topics >= 0; topics--)
		for (int i = 0; i < p->model->nforms; i++) {
			const struct form *form = &p->model->forms[i];
			if (form_is_topic(form) == (topics == 1) && topic_text(form) && !form->confidential &&
			    !form->asleep)
				forms[n++] = form;
		}
	*ret = forms;
	return n;
}

static enum code find_split(struct request *r, struct split_shown *s, struct err *err)
{
	struct record *comment, *about;
	TRY(record_of_route(r, ACTION_MANAGE, &comment, err));
	if (comment->about == 0 || comment->state != STATE_PUBLISHED)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(record_load_num(r->db, r->arena, r->page.model, &r->actor, comment->about, &about, err));
	*s = (struct split_shown){ .comment = comment, .about = about, .title = comment->title, .form = "" };
	s->nforms = topic_forms(&r->page, &s->forms);
	if (s->nforms) s->form = s->forms[0]->key;
	return OK;
}

static enum code show_split(struct request *r, const struct split_shown *s, struct issues *issues)
{
	if (issues && issues->count) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	r->page.title = tr(r->page.lang, N_("Split off into a topic of its own"));
	r->page.hidden = true;
	split_page(request_out(r), &r->page, s);
	return OK;
}

enum code split_show(struct request *r, struct err *err)
{
	struct split_shown s;
	TRY(find_split(r, &s, err));
	return show_split(r, &s, NULL);
}

struct splitting {
	struct request *r;
	const struct split_shown *shown;
	struct comment_split split;
	struct issues *issues;
};

/* A word in its place, where one may still talk. */
static enum code leave_word(struct tx *tx, struct splitting *x, struct err *err)
{
	const struct page *p = &x->r->page;
	char id[ID_TEXT + 1];
	struct issues none;
	enum comment_door door;
	TRY(comment_door(tx_db(tx), x->shown->about, &door, err));
	if (door != COMMENT_DOOR_OPEN) return OK;
	const char *link = arena_printf(p->arena, "[%s](/f/%s)", x->split.title, id_format(x->split.saved, id));
	struct comment_new word = { .actor = &x->r->actor,
		                    .about = x->shown->about->id,
		                    .text = page_printf(p, _("This goes on in a topic of its own: %s"), link) };
	issues_init(&none, p->arena);
	return comment_add(tx, p->arena, p->model, &word, &none, err);
}

static enum code split(struct tx *tx, void *arg, struct err *err)
{
	struct splitting *x = arg;
	TRY(comment_split(tx, x->r->arena, x->r->page.model, &x->split, x->issues, err));
	TRY(leave_word(tx, x, err));
	return audit_add(tx, x->r->arena, &x->r->actor, "thread.split", x->split.saved, NULL, err);
}

enum code split_post(struct request *r, struct err *err)
{
	struct split_shown s;
	struct issues issues;
	struct record *topic;
	TRY(find_split(r, &s, err));
	issues_init(&issues, r->arena);
	TRY(people_typed(r, "title", &s.title, err));
	s.form = request_form(r, "form");
	struct splitting x = { .r = r, .shown = &s, .issues = &issues };
	x.split = (struct comment_split){ .actor = &r->actor, .comment = s.comment->id, .title = s.title };
	for (int i = 0; i < s.nforms; i++)
		if (strcmp(s.forms[i]->key, s.form) == 0) x.split.form = s.forms[i];
	if (text_is_blank(s.title)) issues_add(&issues, "title", N_("Give it a title."));
	if (x.split.form == NULL) issues_add(&issues, "form", N_("Choose what it becomes."));
	if (issues.count) return show_split(r, &s, &issues);
	enum code code = request_write(r, split, &x, err);
	if (code == E_INPUT) {
		if (issues.count == 0) issues_add_err(&issues, "", err);
		return show_split(r, &s, &issues);
	}
	TRY(code);
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, x.split.saved, &topic, err));
	return request_redirect(r, record_url(&r->page, topic), "fil-separe");
}

/* ---- Whom one may name: those who take part; to its members, the space's members too ---- */

enum code names_show(struct request *r, struct err *err)
{
	struct record *about;
	struct named *all;
	int n, found = 0;
	struct buf *out = request_out(r);
	TRY(record_of_route(r, ACTION_READ, &about, err));
	if (r->actor.person == 0) FAIL(err, E_SIGN_IN, N_("Sign in to name somebody."));
	const char *typed = text_fold(r->arena, request_query(r, "q"));
	bool member = actor_level(&r->actor, about->space) >= LEVEL_MEMBER;
	json_t *names = json_keep(r->arena, json_array());
	TRY(thread_names(r->db, r->arena, about, &all, &n, err));
	for (int i = 0; i < n && found < NAMES_SHOWN; i++) {
		if ((!all[i].here && !member) || all[i].person == r->actor.person) continue;
		if (strncmp(text_fold(r->arena, all[i].name), typed, strlen(typed)) != 0) continue;
		json_array_append_new(names, json_string(all[i].name));
		found++;
	}
	http_set(r->response, "Content-Type", "application/json");
	http_set(r->response, "Cache-Control", "no-store");
	buf_puts(out, json_text(r->arena, names));
	return OK;
}
