#include "features/calendar/calendar_web.h"

#include <string.h>

#include "core/moment.h"
#include "features/calendar/calendar.h"
#include "features/calendar/calendar.html.h"
#include "features/view/view_list.h"
#include "formats/atom.h"
#include "formats/feed.h"
#include "formats/ical_read.h"
#include "page/when.h"
#include "web/web.h"

/* ---- Files ---- */

enum code calendar_name(struct request *r, const char *segment, const char **ret, struct err *err)
{
	size_t len = strlen(segment);
	if (len <= 4 || strcmp(segment + len - 4, ".ics") != 0)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = arena_strndup(r->arena, segment, len - 4);
	return OK;
}

void calendar_answer(struct request *r, const struct ical_head *head)
{
	http_set(r->response, "Content-Type", ICAL_TYPE);
	ical_begin(request_out(r), r->arena, head);
}

enum code calendar_renew(void *request, struct err *err)
{
	request_pause(request);
	return request_resume(request, err);
}

/* What stands in it goes by the present day. */
static void until_tomorrow(const struct page *p)
{
	struct datetime midnight = { .date = date_add_days(page_local(p).date, 1) };
	page_until(p, &midnight);
}

static const char *named(const struct page *p, const char *what)
{
	char id[ID_TEXT + 1];
	return feed_named(p->arena,
	                  arena_printf(p->arena, "%s %s calendar", id_format(p->model->spaces[0].id, id), what)) +
	       strlen("urn:uuid:");
}

static enum code view_of(struct request *r, const char *slug, struct view_list *list, struct err *err)
{
	struct page *p = &r->page;
	const struct view *view = page_view_by_slug(p, slug);
	if (view == NULL || view->agenda.date == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	view_list_read(p, view, arena_printf(r->arena, "/%s", view->slug), r->http->query, &r->query, list);
	return OK;
}

/* As everybody reads it, whoever asks: so it is the same for all. */
static enum code view_file(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct agenda_source *sources;
	struct view_list list;
	struct calendar c;
	const char *slug;
	p->actor = &actor_visitor;
	TRY(calendar_name(r, r->params[0], &slug, err));
	TRY(view_of(r, slug, &list, err));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(view_list_until(p, &list, err));
	until_tomorrow(p);
	const char *address = calendar_view_address(p, &list);
	const struct ical_head head = {
		.uid = named(p, address),
		.name = arena_printf(r->arena, "%s – %s", t(p, &list.view->title), page_site_name(p)),
		.self = arena_printf(r->arena, "%s%s", p->base_url, address),
		.page = arena_printf(r->arena, "%s%s", p->base_url, view_list_address(p, &list)),
		.zone = model_zone(p->model),
	};
	calendar_answer(r, &head);
	calendar_begin(&c, p, request_out(r));
	c.renew = calendar_renew;
	c.request = r;
	c.once = list.view->agenda.with != NULL;
	enum code code = OK;
	int n = agenda_sources(p, &list, &sources);
	for (int i = 0; i < n && code == OK; i++) code = calendar_take(&c, &sources[i].query, sources[i].agenda, err);
	calendar_end(&c);
	TRY(code);
	ical_end(request_out(r));
	request_share(r, view_list_names(p, list.view->form));
	return OK;
}

static enum code space_of(struct request *r, const char *slug, const struct space **ret, struct err *err)
{
	const struct space *space = model_space_by_slug(r->page.model, slug);
	if (space == NULL || calendar_space_address(&r->page, space) == NULL)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = space;
	return OK;
}

static const char *space_file_address(const struct page *p, const struct space *space)
{
	return arena_printf(p->arena, "/-/calendar/space/%s.ics", space->slug);
}

/* All that has a date in a space. */
static enum code space_file(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	const struct space *space;
	struct calendar c;
	const char *slug;
	p->actor = &actor_visitor;
	TRY(calendar_name(r, r->params[0], &slug, err));
	TRY(space_of(r, slug, &space, err));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	until_tomorrow(p);
	const char *address = space_file_address(p, space);
	const struct ical_head head = {
		.uid = named(p, address),
		.name = arena_printf(r->arena, "%s – %s", t(p, &space->name), page_site_name(p)),
		.self = arena_printf(r->arena, "%s%s", p->base_url, address),
		.page = arena_printf(r->arena, "%s/e/%s", p->base_url, space->slug),
		.zone = model_zone(p->model),
	};
	calendar_answer(r, &head);
	calendar_begin(&c, p, request_out(r));
	c.renew = calendar_renew;
	c.request = r;
	enum code code = OK;
	for (int i = 0; i < p->model->nforms && code == OK; i++) {
		const struct form *form = &p->model->forms[i];
		const struct view_agenda *agenda = calendar_agenda(p, form);
		const struct query query = { .form = form, .space = space, .also = true, .size = QUERY_SIZE_MAX };
		if (agenda) code = calendar_take(&c, &query, agenda, err);
	}
	calendar_end(&c);
	TRY(code);
	ical_end(request_out(r));
	request_share(r, NULL);
	return OK;
}

/* One page, to take along: as who asks reads it. */
static enum code page_file(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct record *record;
	struct calendar c;
	const char *name;
	struct id id;
	TRY(calendar_name(r, r->params[0], &name, err));
	if (!id_parse(name, &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(record_load(r->db, r->arena, p->model, &r->actor, id, &record, err));
	if (calendar_record_address(p, record) == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	const struct ical_head head = {
		.uid = named(p, name),
		.name = record->title,
		.page = arena_printf(r->arena, "%s%s", p->base_url, record_url(p, record)),
		.zone = model_zone(p->model),
	};
	calendar_answer(r, &head);
	http_set(r->response, "Content-Disposition",
	         arena_printf(r->arena, "attachment; filename=\"%s.ics\"", record->slug));
	calendar_begin(&c, p, request_out(r));
	c.renew = calendar_renew;
	c.request = r;
	calendar_record(&c, record, calendar_agenda(p, record->form));
	calendar_end(&c);
	ical_end(request_out(r));
	request_share(r, NULL);
	return OK;
}

/* ---- What to do with them ---- */

static void subscribe(struct request *r, const char *title, const char *back, const char *address)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _("Subscribe to “%s”"), title);
	p->hidden = true;
	p->narrow = true;
	subscribe_page(request_out(r), p, title, back, address);
}

static enum code view_subscribe(struct request *r, struct err *err)
{
	struct view_list list;
	TRY(view_of(r, r->params[0], &list, err));
	subscribe(r, t(&r->page, &list.view->title), view_list_address(&r->page, &list),
	          calendar_view_address(&r->page, &list));
	request_share(r, view_list_names(&r->page, list.view->form));
	return OK;
}

static enum code space_subscribe(struct request *r, struct err *err)
{
	const struct space *space;
	TRY(space_of(r, r->params[0], &space, err));
	subscribe(r, t(&r->page, &space->name), arena_printf(r->arena, "/e/%s", space->slug),
	          space_file_address(&r->page, space));
	request_share(r, NULL);
	return OK;
}

const struct feature calendar_feature = {
	.name = "calendar",
	.routes = ROUTES({ HTTP_GET, "/-/calendar/view/:view", view_file, ACTION_READ, KIND_RECORD,
	                   N_("An agenda as a calendar, for other programs (iCalendar)"), 0, false },
	                 { HTTP_GET, "/-/calendar/space/:space", space_file, ACTION_READ, KIND_RECORD,
	                   N_("What has a date in a space, as a calendar"), 0, false },
	                 { HTTP_GET, "/-/calendar/page/:id", page_file, ACTION_READ, KIND_RECORD,
	                   N_("A page with a date, as a calendar"), 0, false },
	                 { HTTP_GET, "/-/calendar/own/:token", own_calendar_file, ACTION_READ, KIND_SITE,
	                   N_("What a person follows, as a calendar, at her secret address"), 0, false },
	                 { HTTP_GET, "/-/subscribe/view/:view", view_subscribe, ACTION_READ, KIND_RECORD,
	                   N_("How to have an agenda in one’s telephone"), 0, false },
	                 { HTTP_GET, "/-/subscribe/space/:space", space_subscribe, ACTION_READ, KIND_RECORD,
	                   N_("How to have the dates of a space in one’s telephone"), 0, false },
	                 { HTTP_GET, "/-/calendar/import", calendar_import_show, ACTION_MANAGE, KIND_RECORD,
	                   N_("Send a calendar’s file"), 0, false },
	                 { HTTP_POST, "/-/calendar/import", calendar_import_post, ACTION_MANAGE, KIND_RECORD,
	                   N_("Look at a calendar’s file, or bring it in"), ICAL_BYTES + (1 << 20), false },
	                 { HTTP_GET, "/-/calendars", sources_show, ACTION_MANAGE, KIND_RECORD,
	                   N_("Calendars of elsewhere that are followed"), 0, false },
	                 { HTTP_POST, "/-/calendars", sources_post, ACTION_MANAGE, KIND_RECORD,
	                   N_("Follow a calendar of elsewhere"), 0, false },
	                 { HTTP_POST, "/-/calendars/:num", source_post, ACTION_MANAGE, KIND_RECORD,
	                   N_("Pause, read or stop a calendar that is followed"), 0, false },
	                 { HTTP_POST, "/-/calendar/undo/:save", calendar_import_undo, ACTION_MANAGE, KIND_RECORD,
	                   N_("Take back what a calendar brought"), 0, false },
	                 { HTTP_GET, "/-/account/calendar", own_calendar_show, ACTION_READ, KIND_PERSON,
	                   N_("One’s own calendar"), 0, false },
	                 { HTTP_POST, "/-/account/calendar", own_calendar_post, ACTION_EDIT, KIND_PERSON,
	                   N_("A new secret address for one’s own calendar"), 0, false },
	                 { HTTP_POST, "/-/account/calendar/end", own_calendar_end, ACTION_EDIT, KIND_PERSON,
	                   N_("End one’s own calendar"), 0, false }),
};
