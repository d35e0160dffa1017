/* A calendar's file: sent, looked at, then brought in, and taken back with one click. */
#include <string.h>
#include <sys/mman.h>

#include "base/fd.h"
#include "core/file_ref.h"
#include "core/history.h"
#include "core/moment.h"
#include "features/calendar/calendar_import.h"
#include "features/calendar/calendar_import.html.h"
#include "features/calendar/calendar_run.h"
#include "features/calendar/calendar_web.h"
#include "store/file.h"
#include "web/web.h"

struct sent {
	struct request *r;
	const char *text;
	size_t len;
	struct hash hash;
};

static enum code show(struct request *r, const struct calendar_typed *typed, struct issues *issues)
{
	struct page *p = &r->page;
	p->title = _("Bring in a calendar");
	p->hidden = true;
	if (issues) {
		p->issues = issues;
		r->response->status = 422;
	}
	calendar_import_page(request_out(r), p, typed);
	return OK;
}

enum code calendar_import_show(struct request *r, struct err *err)
{
	const struct calendar_typed typed = { .form = request_query(r, "form"), .space = "", .name = "" };
	(void)err;
	return show(r, &typed, NULL);
}

/* ---- The file ---- */

static enum code read_file(struct request *r, const struct form_field *file, struct sent *sent, struct err *err)
{
	if (file->size > ICAL_BYTES) FAIL(err, E_INPUT, N_("This file is over %d MB."), ICAL_BYTES >> 20);
	char *bytes = arena_alloc(r->arena, (size_t)file->size + 1);
	size_t at = 0;
	while (at < (size_t)file->size) {
		long n = form_file_read(r->http, file, (int64_t)at, bytes + at, (size_t)file->size - at);
		if (n <= 0) FAIL(err, E_IO, N_("The file cannot be read."));
		at += (size_t)n;
	}
	bytes[at] = '\0';
	sent->text = bytes;
	sent->len = at;
	return OK;
}

static enum code note_sent(struct tx *tx, void *arg, struct err *err)
{
	struct sent *sent = arg;
	return file_note_upload(tx, sent->r->actor.person, &sent->hash, err);
}

/* For a day, where she alone reads it: the next page brings in what this one showed. */
static enum code keep_file(struct request *r, struct sent *sent, struct err *err)
{
	int64_t size;
	AUTO(close_fd) int fd = memfd_create("calendar", MFD_CLOEXEC);
	if (fd < 0) FAIL(err, E_IO, N_("The file cannot be kept: the disk does not take it."));
	TRY(file_write(fd, sent->text, sent->len, err));
	return file_keep(site_store(r->site), fd, ICAL_BYTES, CALENDAR_TYPE, note_sent, sent, &sent->hash, &size, err);
}

static enum code open_kept(struct request *r, const char *hex, struct sent *sent, struct err *err)
{
	struct kept_file file;
	int64_t size;
	if (!hash_from_hex(hex, &sent->hash)) FAIL(err, E_INPUT, N_("Choose a file."));
	TRY(file_find(r->db, r->arena, r->page.model, &r->actor, &sent->hash, &file, err));
	if (strcmp(file.type, CALENDAR_TYPE) != 0 || file.size > ICAL_BYTES) FAIL(err, E_INPUT, N_("Choose a file."));
	AUTO(close_fd) int fd = -1;
	TRY(file_open(site_store(r->site), &sent->hash, &fd, &size, err));
	char *text = arena_alloc(r->arena, (size_t)size + 1);
	if (pread(fd, text, (size_t)size, 0) != size) FAIL(err, E_IO, N_("The file cannot be read."));
	text[size] = '\0';
	sent->text = text;
	sent->len = (size_t)size;
	return OK;
}

/* ---- What it becomes ---- */

static void read_choices(struct request *r, struct calendar_import *import, struct issues *issues)
{
	struct page *p = &r->page;
	const struct form *const *forms;
	const struct space *const *spaces;
	int n = calendar_forms(p, &forms);
	for (int i = 0; i < n; i++)
		if (strcmp(forms[i]->key, request_form(r, "form")) == 0) import->form = forms[i];
	n = calendar_spaces(p, &spaces);
	for (int i = 0; i < n; i++)
		if (strcmp(spaces[i]->slug, request_form(r, "space")) == 0) import->space = spaces[i];
	if (import->form == NULL) issues_add(issues, "form", N_("Choose one in the list."));
	if (import->space == NULL) issues_add(issues, "space", N_("Choose one in the list."));
	if (import->form) import->agenda = calendar_agenda(p, import->form);
}

/* The write begins when no snapshot is open. */
static enum code run(struct request *r, struct calendar_import *import, struct err *err)
{
	struct err ignored;
	request_pause(r);
	enum code code = calendar_import(site_store(r->site), r->arena, r->page.model, import, err);
	enum code resumed = request_resume(r, code == OK ? err : &ignored);
	return code != OK ? code : resumed;
}

static enum code read_sent(struct request *r, struct sent *sent, struct ical_file *file, struct err *err)
{
	const struct form_field *field = form_data_file(&r->form, "file", 0);
	if (field) TRY(read_file(r, field, sent, err));
	else TRY(open_kept(r, request_form(r, "kept"), sent, err));
	return ical_read(r->arena, sent->text, sent->len, model_zone(r->page.model), file, err);
}

static enum code keep_paused(struct request *r, struct sent *sent, struct err *err)
{
	struct err ignored;
	request_pause(r);
	enum code code = keep_file(r, sent, err);
	enum code resumed = request_resume(r, code == OK ? err : &ignored);
	TRY(code);
	return resumed;
}

struct beginning {
	struct request *r;
	struct import_run run;
};

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	struct beginning *b = arg;
	return run_add(tx, b->r->arena, &b->run, err);
}

/* More than one write takes: a job looks at it. */
static enum code begin_run(struct request *r, struct sent *sent, const struct ical_file *file, struct err *err)
{
	char hex[HASH_HEX + 1], id[ID_TEXT + 1];
	struct beginning b = { .r = r,
		               .run = { .person = r->actor.person,
		                        .kind = calendar_run_kind.name,
		                        .title = file->name,
		                        .state = RUN_LOOKING } };
	TRY(keep_paused(r, sent, err));
	b.run.choices = json_keep(r->arena, json_pack("{s:s, s:s, s:s, s:s}", "file", hash_hex(&sent->hash, hex),
	                                              "form", request_form(r, "form"), "space",
	                                              request_form(r, "space"), "lang", lang_tag(r->page.lang)));
	TRY(request_write(r, begin, &b, err));
	return request_redirect(r, arena_printf(r->arena, "/-/imports/%s", id_format(b.run.id, id)), NULL);
}

static enum code refuse_file(struct request *r, const struct calendar_typed *typed, struct err *why)
{
	struct issues *issues = arena_new(r->arena, struct issues);
	issues_init(issues, r->arena);
	issues_add_err(issues, "file", why);
	return show(r, typed, issues);
}

/* Looked at first; with "do", brought in. */
enum code calendar_import_post(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct sent sent = { .r = r };
	struct ical_file file;
	struct issues issues;
	char hex[HASH_HEX + 1];
	bool does = *request_form(r, "do") != '\0';
	struct calendar_import import = { .actor = &r->actor, .file = &file, .lang = p->lang, .batch = id_new() };
	struct calendar_typed typed = { .form = request_form(r, "form"),
		                        .space = request_form(r, "space"),
		                        .name = "" };
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	issues_init(&issues, r->arena);
	read_choices(r, &import, &issues);
	if (issues.count) return show(r, &typed, &issues);
	enum code code = read_sent(r, &sent, &file, err);
	if (code == E_INPUT || code == E_LIMIT || code == E_NOT_FOUND) return refuse_file(r, &typed, err);
	TRY(code);
	if (file.n > CALENDAR_IMPORT) return begin_run(r, &sent, &file, err);
	import.rehearsal = !does;
	TRY(run(r, &import, err));
	const char *view = "/agenda";
	for (int i = 0; i < p->model->nviews; i++)
		if (&p->model->views[i].agenda == import.agenda)
			view = arena_printf(r->arena, "/%s", p->model->views[i].slug);
	if (does && import.created + import.changed + import.cancelled > 0)
		return request_redirect_about(r, view, "calendrier-lu", import.batch);
	if (does) return request_redirect(r, view, "inchange");
	TRY(keep_paused(r, &sent, err));
	typed.hash = arena_strdup(r->arena, hash_hex(&sent.hash, hex));
	typed.looked = &import;
	typed.name = file.name;
	return show(r, &typed, NULL);
}

/* ---- Taken back ---- */

struct undoing {
	struct request *r;
	struct id save;
	struct undo undo;
};

static enum code undo(struct tx *tx, void *arg, struct err *err)
{
	struct undoing *u = arg;
	return history_undo_whole(tx, u->r->arena, u->r->page.model, &u->r->actor, u->save, &u->undo, err);
}

enum code calendar_import_undo(struct request *r, struct err *err)
{
	struct undoing u = { .r = r };
	const char *next = local_path(request_form(r, "next"), "/-/recent");
	if (!id_parse(r->params[0], &u.save))
		FAIL(err, E_NOT_FOUND, N_("There is nothing here that you could take back."));
	TRY(request_write(r, undo, &u, err));
	return request_redirect(r, arena_strndup(r->arena, next, strcspn(next, "?")),
	                        u.undo.left ? "annule-en-partie" : "annule");
}
