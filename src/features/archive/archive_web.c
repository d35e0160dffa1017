#include "features/archive/archive_web.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/audit.h"
#include "features/archive/archive.html.h"
#include "features/archive/archive_page.h"
#include "features/moderation/moderation_web.h"
#include "features/space/space_life.h"
#include "features/space/space_web.h"
#include "web/web.h"

const char *archive_action_url(const struct page *p, const struct archive_state *s, const struct archive *archive,
                               const char *more)
{
	char id[ID_TEXT + 1];
	return space_action_url(p, s->space, arena_printf(p->arena, "archive/%s%s", id_format(archive->id, id), more));
}

const char *archive_until(const struct page *p, const struct archive *archive)
{
	return page_date(p, archive->created + ARCHIVE_KEPT_MS);
}

static enum code show(struct request *r, const struct space *space, const char *story, struct issues *issues,
                      struct err *err)
{
	struct page *p = &r->page;
	struct archive *list;
	struct archive_state s = { .space = space, .story = story, .may_close = !space_is_first(p, space) };
	TRY(archive_list(r->db, r->arena, space, r->actor.person, &list, &s.n, err));
	s.list = list;
	p->title = page_printf(p, tr(p->lang, N_("Keep “%s”: archive")), t(p, &space->name));
	p->hidden = true;
	p->issues = issues;
	if (issues) r->response->status = 422;
	archive_space_page(request_out(r), p, &s);
	return OK;
}

static enum code archive_show(struct request *r, struct err *err)
{
	const struct space *space;
	TRY(space_of_route(r, ACTION_MANAGE, &space, err));
	return show(r, space, space_text(space, "story"), NULL, err);
}

/* ---- Deeds ---- */

struct deed {
	struct request *r;
	const struct space *space;
	enum archive_scope scope;
	struct archive archive;
};

static json_t *detail(const struct deed *d)
{
	return json_pack("{s:s, s:s}", "space", d->space->slug, "for", d->scope == ARCHIVE_PUBLIC ? "public" : "own");
}

static enum code ask(struct tx *tx, void *arg, struct err *err)
{
	const struct deed *d = arg;
	const struct page *p = &d->r->page;
	TRY(archive_ask(tx, d->space, d->r->actor.person, d->scope, p->base_url, p->lang, err));
	return audit_note(tx, &d->r->actor, "space.archive-ask", d->space->id, detail(d), err);
}

static enum code archive_post(struct request *r, struct err *err)
{
	struct deed d = { .r = r };
	struct issues issues;
	const char *scope = request_form(r, "scope");
	issues_init(&issues, r->arena);
	TRY(space_of_route(r, ACTION_MANAGE, &d.space, err));
	d.scope = strcmp(scope, "public") == 0 ? ARCHIVE_PUBLIC : ARCHIVE_OWN;
	if (d.scope == ARCHIVE_OWN && strcmp(scope, "own") != 0)
		issues_add(&issues, "", N_("Say whom the archive is for."));
	else if (d.scope == ARCHIVE_PUBLIC && d.space->visibility != VISIBILITY_PUBLIC)
		issues_add(&issues, "", N_("Visitors read nothing of this space: choose the archive for its members."));
	if (issues.count) return show(r, d.space, space_text(d.space, "story"), &issues, err);
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(request_write(r, ask, &d, err));
	return request_redirect(r, space_action_url(&r->page, d.space, "archive"), "archive-demandee");
}

/* Hers, of this space. */
static enum code find(struct request *r, struct deed *d, struct err *err)
{
	struct id id;
	d->r = r;
	TRY(space_of_route(r, ACTION_MANAGE, &d->space, err));
	if (!id_parse(r->params[1], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(archive_find(r->db, r->arena, id, r->actor.person, &d->archive, err));
	if (d->archive.space != d->space->num) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	d->scope = d->archive.scope;
	return OK;
}

static enum code note_taken(struct tx *tx, void *arg, struct err *err)
{
	const struct deed *d = arg;
	return audit_note(tx, &d->r->actor, "space.archive-take", d->space->id, detail(d), err);
}

static const char *path_of(struct request *r, const struct archive *archive)
{
	return arena_printf(r->arena, "%s/%s", archive_folder(r->arena, site_store(r->site)),
	                    archive_name(r->arena, archive->id));
}

/* Noted before the first byte leaves. */
static enum code take_show(struct request *r, struct err *err)
{
	struct deed d = { 0 };
	struct http_response *rs = r->response;
	struct stat st;
	TRY(find(r, &d, err));
	int fd = d.archive.made ? open(path_of(r, &d.archive), O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
	if (fd < 0)
		FAIL(err, E_NOT_FOUND,
		     N_("This archive is no more: they are kept for some days. Ask for another one."));
	rs->file_fd = fd;
	if (fstat(fd, &st) != 0) FAIL(err, E_IO, N_("the archive cannot be read: %s"), strerror(errno));
	rs->file_size = st.st_size;
	if (r->http->method != HTTP_HEAD) TRY(request_write(r, note_taken, &d, err));
	http_set(rs, "Content-Type", "application/zip");
	http_set(rs, "Content-Disposition",
	         arena_printf(r->arena, "attachment; filename=\"%s-%s.zip\"", d.space->slug,
	                      d.scope == ARCHIVE_PUBLIC ? "public" : "membres"));
	http_set(rs, "Cache-Control", "no-store");
	return OK;
}

static enum code forget(struct tx *tx, void *arg, struct err *err)
{
	return archive_delete(tx, ((const struct deed *)arg)->archive.num, err);
}

static enum code delete_post(struct request *r, struct err *err)
{
	struct deed d = { 0 };
	TRY(find(r, &d, err));
	TRY(request_write(r, forget, &d, err));
	(void)unlink(path_of(r, &d.archive));
	return request_redirect(r, space_action_url(&r->page, d.space, "archive"), "archive-effacee");
}

/* ---- Closing the space ---- */

struct closing {
	struct request *r;
	const struct space *space;
	const char *story;
};

static enum code close_space(struct tx *tx, void *arg, struct err *err)
{
	const struct closing *c = arg;
	const struct space_life life = { .state = SPACE_ARCHIVED, .story = c->story };
	TRY(space_live(tx, c->r->arena, c->space, &life, err));
	return audit_note(tx, &c->r->actor, "space.archive", c->space->id, json_pack("{s:s}", "space", c->space->slug),
	                  err);
}

static enum code close_post(struct request *r, struct err *err)
{
	const struct space *space;
	const char *story;
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(space_find_closable(r, &space, err));
	TRY(space_limit(r, err));
	TRY(moderation_text(r, "story", SPACE_STORY_MAX, true, &issues, &story, err));
	if (issues.count) return show(r, space, story, &issues, err);
	TRY(request_write_model(r, close_space, &(struct closing){ r, space, story }, err));
	return request_redirect(r, space_url(&r->page, space), "espace-archive");
}

const struct feature archive_feature = {
	.name = "archive",
	.routes = ROUTES({ HTTP_GET, "/-/space/:slug/archive", archive_show, ACTION_MANAGE, KIND_SPACE,
	                   N_("Archives of a space, and archiving it"), 0, false },
	                 { HTTP_POST, "/-/space/:slug/archive", archive_post, ACTION_MANAGE, KIND_SPACE,
	                   N_("Prepare an archive of a space"), 0, false },
	                 { HTTP_GET, "/-/space/:slug/archive/:id", take_show, ACTION_MANAGE, KIND_SPACE,
	                   N_("Take an archive that one asked for"), 0, false },
	                 { HTTP_POST, "/-/space/:slug/archive/:id/delete", delete_post, ACTION_MANAGE, KIND_SPACE,
	                   N_("Delete an archive that one asked for"), 0, false },
	                 { HTTP_POST, "/-/space/:slug/close", close_post, ACTION_MANAGE, KIND_SPACE,
	                   N_("Archive a space, with its story"), 64 * 1024, false }),
};
