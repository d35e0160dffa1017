/* Calendars that are followed: added, paused, asked now, taken out. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "features/calendar/calendar_source.h"
#include "features/calendar/calendar_source.html.h"
#include "features/calendar/calendar_web.h"
#include "net/fetch.h"
#include "web/web.h"

const struct form *source_form(const struct page *p, const struct calendar_source *source)
{
	return model_form_by_num(p->model, source->form);
}

const char *source_host(struct arena *a, const char *url)
{
	const char *host = strstr(url, "://");
	host = host ? host + 3 : url;
	return arena_strndup(a, host, strcspn(host, "/?#:"));
}

const char *source_result(const struct page *p, const struct calendar_source *s)
{
	if (s->done == 0) return _("not read yet");
	return page_printf(p, _("%d added, %d changed, %d as they were, %d called off, %d left out"),
	                   (int)json_int(s->result, "created", 0), (int)json_int(s->result, "changed", 0),
	                   (int)json_int(s->result, "unchanged", 0), (int)json_int(s->result, "cancelled", 0),
	                   (int)json_int(s->result, "refused", 0));
}

json_t *source_said(struct arena *a, const struct err *err)
{
	json_t *with = json_array();
	for (int i = 0; i < err->nargs; i++) json_array_append_new(with, json_string(err->args[i]));
	return json_keep(a, json_pack("{s:s, s:o}", "say", err->msg, "with", with));
}

const char *source_failure(const struct page *p, const struct calendar_source *s)
{
	struct err err = { .code = E_IO, .msg = json_str_or(s->said, "say", "") };
	const json_t *with = json_object_get(s->said, "with");
	if (s->said == NULL) return NULL;
	for (size_t i = 0; i < json_array_size(with) && err.nargs < ERR_ARGS; i++) {
		const char *arg = json_string_value(json_array_get(with, i));
		size_t len = MIN(strlen(arg ? arg : ""), sizeof(err.args[0]) - 1);
		if (len) memcpy(err.args[err.nargs], arg, len);
		err.nargs++;
	}
	return page_error(p, &err);
}

int calendar_sources_of(const struct page *p, const struct record *record, struct calendar_source **ret)
{
	struct err ignored;
	int n = 0;
	if (p->db == NULL || calendar_agenda(p, record->form) == NULL) return 0;
	return source_of_record(p->db, p->arena, record->num, ret, &n, &ignored) == OK ? n : 0;
}

static bool looks_after(const struct page *p, int64_t space)
{
	const struct space *const *spaces;
	int n = calendar_spaces(p, &spaces);
	for (int i = 0; i < n; i++)
		if (spaces[i]->num == space) return true;
	return false;
}

static enum code show(struct request *r, struct sources_page *page, struct issues *issues, struct err *err)
{
	struct page *p = &r->page;
	struct calendar_source *all;
	int n;
	TRY(source_list(r->db, r->arena, &all, &n, err));
	page->sources = all;
	for (int i = 0; i < n; i++)
		if (looks_after(p, all[i].space)) page->sources[page->n++] = all[i];
	p->title = _("Calendars that we follow");
	p->hidden = true;
	if (issues) {
		p->issues = issues;
		r->response->status = 422;
	}
	sources_page(request_out(r), p, page);
	return OK;
}

enum code sources_show(struct request *r, struct err *err)
{
	struct sources_page page = { .url = "", .form = request_query(r, "form"), .space = "" };
	return show(r, &page, NULL, err);
}

/* ---- Added ---- */

struct adding {
	struct request *r;
	struct calendar_source source;
};

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	struct adding *adding = arg;
	int64_t num;
	TRY(source_add(tx, adding->r->arena, &adding->source, &num, err));
	return audit_note(tx, &adding->r->actor, "calendar.add", ID_NONE,
	                  json_pack("{s:s}", "host", source_host(adding->r->arena, adding->source.url)), err);
}

enum code sources_post(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct sources_page page = { .url = text_trim(r->arena, request_form(r, "url")),
		                     .form = request_form(r, "form"),
		                     .space = request_form(r, "space") };
	struct adding adding = { .r = r, .source = { .person = r->actor.person } };
	const struct form *const *forms;
	const struct space *const *spaces;
	struct issues issues;
	struct err why;
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	issues_init(&issues, r->arena);
	int n = calendar_forms(p, &forms);
	for (int i = 0; i < n; i++)
		if (strcmp(forms[i]->key, page.form) == 0) adding.source.form = forms[i]->num;
	n = calendar_spaces(p, &spaces);
	for (int i = 0; i < n; i++)
		if (strcmp(spaces[i]->slug, page.space) == 0) adding.source.space = spaces[i]->num;
	if (fetch_address(r->arena, page.url, &adding.source.url, &why) != OK) issues_add_err(&issues, "url", &why);
	if (adding.source.form == 0) issues_add(&issues, "form", N_("Choose one in the list."));
	if (adding.source.space == 0) issues_add(&issues, "space", N_("Choose one in the list."));
	if (issues.count) return show(r, &page, &issues, err);
	adding.source.title = source_host(r->arena, adding.source.url);
	enum code code = request_write(r, add, &adding, &why);
	if (code == E_CONFLICT || code == E_LIMIT) {
		issues_add_err(&issues, "url", &why);
		return show(r, &page, &issues, err);
	}
	if (code != OK) *err = why;
	TRY(code);
	return request_redirect(r, arena_printf(r->arena, "/-/calendars?form=%s", page.form), "calendrier-suivi");
}

/* ---- What is done to one ---- */

struct doing {
	struct request *r;
	struct calendar_source source;
	const char *what;
};

static enum code act(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	struct request *r = d->r;
	int64_t num = d->source.num;
	if (strcmp(d->what, "pause") == 0) return source_pause(tx, num, true, err);
	if (strcmp(d->what, "resume") == 0 || strcmp(d->what, "now") == 0) {
		TRY(source_pause(tx, num, false, err));
		return source_ask(tx, num, err);
	}
	bool events = strcmp(d->what, "remove-events") == 0;
	if (!events && strcmp(d->what, "remove") != 0) FAIL(err, E_INPUT, N_("Choose one in the list."));
	TRY(source_remove(tx, r->arena, r->page.model, &r->actor, num, events, err));
	return audit_note(tx, &r->actor, "calendar.remove", ID_NONE,
	                  json_pack("{s:s}", "host", source_host(r->arena, d->source.url)), err);
}

/* Its events go with it: how many, before it is done. */
static enum code ask_remove(struct request *r, const struct calendar_source *source, struct err *err)
{
	struct page *p = &r->page;
	int n;
	TRY(source_events(r->db, source->num, &n, err));
	p->title = page_printf(p, _("Stop following “%s”?"), source->title);
	p->hidden = true;
	source_remove_page(request_out(r), p, source, n);
	return OK;
}

enum code source_post(struct request *r, struct err *err)
{
	struct doing d = { .r = r, .what = request_form(r, "what") };
	TRY(source_load(r->db, r->arena, strtoll(r->params[0], NULL, 10), &d.source, err));
	if (!looks_after(&r->page, d.source.space)) FAIL(err, E_NOT_FOUND, N_("This calendar is no longer followed."));
	if (strcmp(d.what, "remove-events") == 0 && *request_form(r, "sure") == '\0')
		return ask_remove(r, &d.source, err);
	TRY(request_write(r, act, &d, err));
	return request_redirect(r, "/-/calendars",
	                        strncmp(d.what, "remove", 6) == 0 ? "calendrier-ote" : "calendrier-note");
}
