#include "features/comment/comment_web.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/field_type.h"
#include "core/person.h"
#include "core/thread.h"
#include "features/comment/comment.html.h"
#include "features/guest/guest.h"
#include "features/record/life_web.h"
#include "formats/atom.h"
#include "web/web.h"

enum { FEED_TITLE = 80 };

/* What an address names: a record, or a comment that is answered. */
struct target {
	struct record *about, *parent;
};

static enum code find_target(struct request *r, struct target *ret, struct err *err)
{
	struct record *record;
	enum comment_door door;
	TRY(record_of_route(r, ACTION_READ, &record, err));
	*ret = (struct target){ .about = record };
	if (record->about) {
		ret->parent = record;
		TRY(record_load_num(r->db, r->arena, r->page.model, &r->actor, record->about, &ret->about, err));
	}
	if (ret->parent && record->state != STATE_PUBLISHED)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(comment_door(r->db, ret->about, &door, err));
	if (door != COMMENT_DOOR_OPEN) FAIL(err, E_FORBIDDEN, N_("Comments are closed here."));
	struct thing thing = { .kind = KIND_COMMENT, .space = ret->about->space, .state = STATE_PUBLISHED };
	return may(&r->actor, ACTION_CREATE, &thing, err);
}

static const char *author_of(struct request *r, const struct record *comment)
{
	struct person person;
	struct err err;
	if (comment->author && person_load(r->db, r->arena, comment->author, &person, &err) == OK) return person.name;
	return tr(r->page.lang, N_("Somebody who is gone"));
}

static enum code show(struct request *r, const struct target *target, const char *text, struct issues *issues)
{
	struct page *p = &r->page;
	const struct guest_typed guest = guest_typed_of(r);
	if (issues && issues->count) {
		r->response->status = 422;
		p->issues = issues;
	}
	p->title = page_printf(p, target->parent ? _("Answer about “%s”") : _("Comment on “%s”"), target->about->title);
	p->hidden = true;
	comment_form_page(request_out(r), p, target->about, target->parent,
	                  target->parent ? author_of(r, target->parent) : "", text, &guest);
	return OK;
}

/* Each line of it after a sign, as texts quote; its own quotations are left out. */
static const char *quoted(struct arena *a, const char *text)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");
		if (*line != '>' && (len || out.len)) buf_printf(&out, "> %.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
	if (out.len) buf_putc(&out, '\n');
	return buf_str(&out);
}

static enum code form_show(struct request *r, struct err *err)
{
	struct target target;
	TRY(find_target(r, &target, err));
	bool quotes = target.parent && *request_query(r, "citer");
	return show(r, &target, quotes ? quoted(r->arena, comment_text(target.parent)) : "", NULL);
}

/* ---- Adding ---- */

static const char *typed_text(struct request *r, struct issues *issues)
{
	const struct field *field = form_field(r->page.model->comment, "text");
	struct field_post post = request_post(r);
	const json_t *value = field->type->read(field, &post, issues);
	return value && json_is_string(value) ? json_string_value(value) : "";
}

struct adding {
	struct request *r;
	struct comment_new comment;
	struct issues *issues;
};

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	struct adding *adding = arg;
	return comment_add(tx, adding->r->arena, adding->r->page.model, &adding->comment, adding->issues, err);
}

static enum code after(struct request *r, const struct comment_new *comment, struct err *err)
{
	struct record *saved;
	const char *url;
	char id[ID_TEXT + 1];
	if (guest_is(&r->actor))
		return request_redirect(r, arena_printf(r->arena, "/-/keep?de=%s", id_format(comment->saved, id)),
		                        NULL);
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, comment->saved, &saved, err));
	TRY(comment_url(&r->page, saved, &url, err));
	return request_redirect(r, url, comment->held ? "examine" : comment->waits ? "propose" : "commente");
}

static enum code form_post(struct request *r, struct err *err)
{
	struct target target;
	struct issues issues;
	bool trapped = false;
	TRY(find_target(r, &target, err));
	issues_init(&issues, r->arena);
	const char *text = typed_text(r, &issues);
	if (text_is_blank(text) && issues.count == 0) issues_add(&issues, "text", N_("Write a few words here."));
	if (text_length(text) > COMMENT_MAX)
		issues_add(&issues, "text", N_("This is too long: %d letters at most."), COMMENT_MAX);
	if (r->actor.person == 0) TRY(guest_let_in(r, &issues, &trapped, err));
	if (trapped) return request_redirect(r, record_url(&r->page, target.about), "propose");
	if (issues.count) return show(r, &target, text, &issues);
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	struct adding adding = { .r = r, .issues = &issues };
	adding.comment = (struct comment_new){ .actor = &r->actor, .about = target.about->id, .text = text };
	if (target.parent) adding.comment.parent = target.parent->id;
	enum code code = request_write(r, add, &adding, err);
	if (code == OK) return after(r, &adding.comment, err);
	if (code != E_INPUT && code != E_FULL) return code;
	if (issues.count == 0) issues_add_err(&issues, "", err);
	return show(r, &target, text, &issues);
}

/* ---- Closing ---- */

struct closing {
	struct request *r;
	const struct record *about, *comment; /* comment: to show first, or not any more; else NULL */
	bool closed, pins, pinned, first;
};

static enum code close_thread(struct tx *tx, void *arg, struct err *err)
{
	const struct closing *c = arg;
	if (c->comment) {
		TRY(thread_show_first(tx, c->about->num, c->first ? c->comment->num : 0, err));
		return audit_add(tx, c->r->arena, &c->r->actor, c->first ? "thread.show" : "thread.unshow",
		                 c->about->id, NULL, err);
	}
	if (c->pins) {
		TRY(thread_pin(tx, c->about->num, c->pinned, err));
		return audit_add(tx, c->r->arena, &c->r->actor, c->pinned ? "thread.pin" : "thread.unpin", c->about->id,
		                 NULL, err);
	}
	TRY(comment_close(tx, c->about->num, c->closed, err));
	return audit_add(tx, c->r->arena, &c->r->actor, c->closed ? "thread.close" : "thread.open", c->about->id, NULL,
	                 err);
}

static const char *closing_outcome(const struct closing *c)
{
	if (c->comment) return c->first ? "commentaire-epingle" : "commentaire-detache";
	if (c->pins) return c->pinned ? "fil-epingle" : "fil-detache";
	return c->closed ? "fil-ferme" : "fil-ouvert";
}

/* Of a comment: whether it stands first. */
static enum code thread_post(struct request *r, struct err *err)
{
	struct record *named, *about;
	const char *pinned = request_form(r, "pinned");
	struct closing closing = { .r = r,
		                   .closed = *request_form(r, "closed"),
		                   .pins = *pinned,
		                   .pinned = strcmp(pinned, "1") == 0,
		                   .first = strcmp(request_form(r, "first"), "1") == 0 };
	TRY(record_of_route(r, ACTION_MANAGE, &named, err));
	about = named;
	if (named->about) {
		TRY(record_load_num(r->db, r->arena, r->page.model, &r->actor, named->about, &about, err));
		if (named->state != STATE_PUBLISHED) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
		closing.comment = named;
	}
	closing.about = about;
	TRY(request_write(r, close_thread, &closing, err));
	return request_redirect(r, arena_printf(r->arena, "%s#commentaires", record_url(&r->page, about)),
	                        closing_outcome(&closing));
}

/* ---- Feed ---- */

/* What everybody may read, whoever asks: feeds are handed on. The latest page of the thread, the newest first. */
static enum code feed_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct record *about;
	struct thread thread;
	struct buf *out = request_out(r);
	r->actor = actor_visitor;
	TRY(record_of_route(r, ACTION_READ, &about, err));
	if (about->about) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(comment_list(r->db, r->arena, p->model, &r->actor, about, 0, &thread, err));
	const struct feed_head feed = {
		.id = atom_uuid(p->arena, about->id),
		.title = page_printf(p, _("Comments on “%s”"), about->title),
		.author = page_site_name(p),
		.rights = page_setting(p, "licence", NULL),
		.self = arena_printf(p->arena, "%s%s", p->base_url, p->path),
		.page = arena_printf(p->arena, "%s%s", p->base_url, record_url(p, about)),
		.lang = p->lang,
		.updated = thread.n ? thread.comments[thread.n - 1].record->changed : about->changed,
	};
	request_share(r, NULL);
	http_set(r->response, "Content-Type", "application/atom+xml; charset=utf-8");
	atom_begin(out, &feed);
	for (int i = thread.n - 1; i >= 0; i--) {
		const struct comment *c = &thread.comments[i];
		const struct feed_entry entry = {
			.id = atom_uuid(p->arena, c->record->id),
			.title = text_cut(p->arena, c->record->title, FEED_TITLE),
			.page = arena_printf(p->arena, "%s%s", p->base_url, record_short_url(p, c->record)),
			.author = *c->author ? c->author : NULL,
			.summary = comment_text(c->record),
			.published = c->record->created,
			.updated = c->record->changed,
		};
		atom_entry(out, &entry);
	}
	atom_end(out);
	return OK;
}

const struct feature comment_feature = {
	.name = "comment",
	.way = WAY_PAGE,
	.routes = ROUTES({ HTTP_GET, "/-/comment/:id", form_show, ACTION_CREATE, KIND_COMMENT,
	                   N_("Form to comment on a record or answer a comment"), 0, false },
	                 { HTTP_POST, "/-/comment/:id", form_post, ACTION_CREATE, KIND_COMMENT,
	                   N_("Comment on a record or answer a comment"), 0, true },
	                 { HTTP_GET, "/-/comments/:id", feed_show, ACTION_READ, KIND_COMMENT,
	                   N_("The comments of a record, as a feed to subscribe to"), 0, false },
	                 { HTTP_POST, "/-/thread/:id", thread_post, ACTION_MANAGE, KIND_COMMENT,
	                   N_("Close the comments of a record, or open them again; pin the discussion, or one comment"),
	                   0, false },
	                 { HTTP_GET, "/-/talks", talks_show, ACTION_READ, KIND_RECORD,
	                   N_("What is talked about, as a forum"), 0, false },
	                 { HTTP_GET, "/-/talks/:space", talks_show, ACTION_READ, KIND_RECORD,
	                   N_("What is talked about in a space, as a forum"), 0, false },
	                 { HTTP_POST, "/-/solve/:id", solve_post, ACTION_READ, KIND_COMMENT,
	                   N_("Say that a discussion is solved, by a comment or not"), 0, false },
	                 { HTTP_GET, "/-/split/:id", split_show, ACTION_MANAGE, KIND_COMMENT,
	                   N_("Form to split a comment off into a topic of its own"), 0, false },
	                 { HTTP_POST, "/-/split/:id", split_post, ACTION_MANAGE, KIND_COMMENT,
	                   N_("Split a comment and its answers off into a topic of their own"), 0, false },
	                 { HTTP_GET, "/-/names/:id", names_show, ACTION_READ, KIND_COMMENT,
	                   N_("Names of those whom one may name below a record"), 0, false }),
};
