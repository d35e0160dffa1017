#include "features/comment/comment_page.h"

#include <stdlib.h>

#include "core/person.h"
#include "fields/rich_text.h"
#include "net/uri.h"

#define CORRECTED_MS (60LL * 1000) /* what is changed at once was only mistyped */

/* The page of the thread that the address asks for. */
static int asked_page(const struct page *p)
{
	const char *at = strchr(p->path, '?');
	for (; at; at = strchr(at, '&')) {
		at++;
		if (strncmp(at, "commentaires=", 13) == 0) return (int)MIN(MAX(strtol(at + 13, NULL, 10), 0), 1000000);
	}
	return 0;
}

static const char *answer_url(const struct page *p, int64_t num)
{
	struct record *answer;
	struct err err;
	if (num == 0 || record_load_num(p->db, p->arena, p->model, p->actor, num, &answer, &err) != OK) return NULL;
	return answer->state == STATE_PUBLISHED ? record_short_url(p, answer) : NULL;
}

static void take_first(const struct page *p, struct comment_thread *t)
{
	struct record *first;
	struct person person;
	struct err err;
	if (t->mark.shown == 0 ||
	    record_load_num(p->db, p->arena, p->model, p->actor, t->mark.shown, &first, &err) != OK)
		return;
	if (first->state != STATE_PUBLISHED || first->about != t->about->num) return;
	t->first = first;
	bool known = first->author && person_load(p->db, p->arena, first->author, &person, &err) == OK;
	t->first_author = known ? person.name : _("Somebody who is gone");
}

struct comment_thread comment_thread(const struct page *p, const struct record *about)
{
	struct comment_thread t = { .about = about };
	struct err err;
	struct thing thing = { .kind = KIND_COMMENT, .space = about->space, .state = STATE_PUBLISHED };
	if (about->about || about->state == STATE_DRAFT || p->model->comment == NULL) return t;
	if (comment_door(p->db, about, &t.door, &err) != OK ||
	    comment_list(p->db, p->arena, p->model, p->actor, about, asked_page(p), &t.thread, &err) != OK)
		return t;
	bool open = t.door == COMMENT_DOOR_OPEN;
	t.managed = page_signed_in(p) && page_may(p, ACTION_MANAGE, about) && (open || t.door == COMMENT_DOOR_THREAD);
	t.may = open && page_signed_in(p) && allowed(p->actor, ACTION_CREATE, &thing);
	t.visitor = open && !page_signed_in(p);
	t.solves = page_signed_in(p) && thread_may_solve(p->actor, about);
	if (thread_mark_read(p->db, about->num, &t.mark, &err) != OK) t.mark = (struct thread_mark){ 0 };
	if (t.mark.solved) t.answer = answer_url(p, t.mark.answer);
	take_first(p, &t);
	t.shown = t.thread.total > 0 || t.may || t.visitor || t.managed;
	return t;
}

const char *comment_thread_url(const struct page *p, const struct record *about, int page)
{
	return arena_printf(p->arena, "%s?commentaires=%d", record_url(p, about), page);
}

const char *comment_talks_url(const struct page *p, const struct record *about)
{
	if (about->space == &p->model->spaces[0]) return "/-/talks";
	return arena_printf(p->arena, "/-/talks/%s", about->space->slug);
}

const char *comment_anchor(const struct page *p, struct id comment)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "c-%s", id_format(comment, id));
}

enum code comment_url(const struct page *p, const struct record *comment, const char **ret, struct err *err)
{
	struct record *about;
	int page, last;
	TRY(record_load_num(p->db, p->arena, p->model, p->actor, comment->about, &about, err));
	TRY(comment_page(p->db, p->arena, p->model, p->actor, comment, &page, &last, err));
	const char *url = page >= last ? record_url(p, about) : comment_thread_url(p, about, page);
	*ret = arena_printf(p->arena, "%s#%s", url, comment_anchor(p, comment->id));
	return OK;
}

struct html_safe comment_html(const struct page *p, const struct record *comment)
{
	struct page plain = *p;
	plain.embed = NULL;
	return rich_text_html(&plain, comment_text(comment));
}

bool comment_is_mine(const struct page *p, const struct record *comment)
{
	return page_signed_in(p) && comment->author == p->actor->person;
}

bool comment_was_corrected(const struct record *comment)
{
	return comment->state == STATE_PUBLISHED && comment->changed - comment->created > CORRECTED_MS;
}

const char *comment_door_words(const struct page *p, enum comment_door door)
{
	static const char *const words[] = {
		[COMMENT_DOOR_OPEN] = "",
		[COMMENT_DOOR_STATE] = N_("This page is no longer talked about."),
		[COMMENT_DOOR_SPACE] = N_("Comments are closed in this space."),
		[COMMENT_DOOR_FORM] = N_("Comments are closed for this kind of page."),
		[COMMENT_DOOR_THREAD] = N_("A facilitator closed the comments of this page."),
	};
	return *words[door] ? tr(p->lang, words[door]) : "";
}
