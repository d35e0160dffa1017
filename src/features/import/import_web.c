#include "features/import/import_web.h"

#include <string.h>

#include "base/date.h"
#include "base/fd.h"
#include "core/file_ref.h"
#include "features/form_edit/form_edit.h"
#include "features/import/import.html.h"
#include "features/import/import_page.h"
#include "features/import/import_wxr.h"
#include "features/spreadsheet/proposal.h"
#include "media/document.h"
#include "store/file.h"
#include "web/web.h"

enum { EXPORT_BYTES = 32 << 20, CHUNK = 64 * 1024, BODY = EXPORT_BYTES + MEDIA_BYTES + (1 << 20) };
#define EXPORT_TYPE "application/xml"
#define IMAGES_TYPE "application/zip"

int import_forms(const struct page *p, const struct form *const **ret)
{
	const struct form **forms = arena_array(p->arena, const struct form *, (size_t)p->model->nforms + 1);
	int n = 0;
	for (int i = 0; i < p->model->nforms; i++) {
		const struct form *form = &p->model->forms[i];
		struct wxr_target target;
		struct err err;
		if (!form->confidential && form->survey == NULL &&
		    wxr_target(p->model, form->key, false, &target, &err) == OK)
			forms[n++] = form;
	}
	*ret = forms;
	return n;
}

const char *import_day(const struct page *p, const struct import_entry *entry)
{
	struct date day;
	return date_from_iso(entry->day, &day) ? date_format(p->arena, day, DATE_LONG, p->lang) : "";
}

const char *import_source_words(const struct import_source *source)
{
	const char *colon = strchr(source->name, ':');
	return colon && colon[1] ? colon + 1 : source->name;
}

/* ---- Sent, and kept for a day, where she alone reads it ---- */

static enum code show_send(struct request *r, struct issues *issues, struct err *err)
{
	struct import_source *sources;
	int n;
	TRY(import_sources(r->db, r->arena, "wxr:", &sources, &n, err));
	r->page.title = tr(r->page.lang, N_("A WordPress site"));
	r->page.hidden = true;
	if (issues) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	import_send(request_out(r), &r->page, sources, n);
	return OK;
}

static enum code send_show(struct request *r, struct err *err)
{
	TRY(form_edit_may(r, err));
	return show_send(r, NULL, err);
}

struct keeping_sent {
	struct request *r;
	struct hash hash;
};

static enum code note_sent(struct tx *tx, void *arg, struct err *err)
{
	struct keeping_sent *k = arg;
	return file_note_upload(tx, k->r->actor.person, &k->hash, err);
}

static enum code keep_sent(struct request *r, const struct form_field *file, int64_t max, const char *type, int fd,
                           const char **ret, struct err *err)
{
	struct keeping_sent k = { .r = r };
	char chunk[CHUNK], hex[HASH_HEX + 1];
	int64_t size;
	for (int64_t at = 0; at < file->size;) {
		long n = form_file_read(r->http, file, at, chunk, sizeof(chunk));
		if (n <= 0) FAIL(err, E_IO, N_("The file cannot be read."));
		TRY(file_write(fd, chunk, (size_t)n, err));
		at += n;
	}
	TRY(file_keep(site_store(r->site), fd, max, type, note_sent, &k, &k.hash, &size, err));
	*ret = arena_strdup(r->arena, hash_hex(&k.hash, hex));
	return OK;
}

static enum code read_back(struct request *r, int fd, int64_t size, const char **text, struct err *err)
{
	char *bytes = arena_alloc(r->arena, (size_t)size + 1);
	for (int64_t at = 0; at < size;) {
		ssize_t n = pread(fd, bytes + at, (size_t)(size - at), at);
		if (n <= 0) FAIL(err, E_IO, N_("The file cannot be read."));
		at += n;
	}
	bytes[size] = '\0';
	*text = bytes;
	return OK;
}

/* Is it what it says? */
static enum code check_export(struct request *r, int fd, int64_t size, struct err *err)
{
	const char *text, *source;
	TRY(read_back(r, fd, size, &text, err));
	return import_wxr_source(r->arena, text, (size_t)size, &source, err);
}

static enum code check_images(struct request *r, int fd, int64_t size, struct err *err)
{
	struct import_media media;
	(void)size;
	return import_media_open(r->arena, NULL, fd, &media, err);
}

static const struct sent_kind {
	const char *name, *type;
	int64_t max;
	enum code (*check)(struct request *r, int fd, int64_t size, struct err *err);
	bool needed;
} sent_kinds[] = {
	{ "file", EXPORT_TYPE, EXPORT_BYTES, check_export, true },
	{ "images", IMAGES_TYPE, MEDIA_BYTES, check_images, false },
};

static enum code take_sent(struct request *r, const struct sent_kind *kind, const char **ret, struct err *err)
{
	const struct form_field *file = form_data_file(&r->form, kind->name, 0);
	*ret = "";
	if (file == NULL && !kind->needed) return OK;
	if (file == NULL) FAIL(err, E_INPUT, N_("Choose a file."));
	if (file->size > kind->max) FAIL(err, E_INPUT, N_("This file is over %d MB."), (int)(kind->max >> 20));
	AUTO(close_fd) int fd = -1;
	TRY(file_temporary(site_store(r->site), &fd, err));
	TRY(keep_sent(r, file, kind->max, kind->type, fd, ret, err));
	return kind->check(r, fd, file->size, err);
}

static enum code send_post(struct request *r, struct err *err)
{
	const char *hashes[COUNT(sent_kinds)] = { 0 };
	struct issues issues;
	enum code code = OK;
	struct err why;
	TRY(form_edit_may(r, err));
	TRY(form_edit_limit(r, err));
	issues_init(&issues, r->arena);
	request_pause(r);
	for (size_t i = 0; i < COUNT(sent_kinds) && code == OK; i++) {
		code = take_sent(r, &sent_kinds[i], &hashes[i], &why);
		if (code != E_INPUT && code != E_LIMIT) continue;
		issues_add_err(&issues, sent_kinds[i].name, &why);
		code = OK;
	}
	TRY(request_resume(r, err));
	if (code != OK) *err = why;
	TRY(code);
	if (issues.count) return show_send(r, &issues, err);
	return request_redirect(
	        r, arena_printf(r->arena, "/-/import/%s%s%s", hashes[0], *hashes[1] ? "?images=" : "", hashes[1]),
	        NULL);
}

/* ---- Looked at, and kept ---- */

static enum code open_sent(struct request *r, const char *hex, const char *type, int *fd, int64_t *size,
                           struct err *err)
{
	struct hash hash;
	struct kept_file file;
	if (!hash_from_hex(hex, &hash)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(file_find(r->db, r->arena, r->page.model, &r->actor, &hash, &file, err));
	if (strcmp(file.type, type) != 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return file_open(site_store(r->site), &hash, fd, size, err);
}

static const char *chosen_form(struct request *r, const char *name, const char *usual)
{
	const struct form *const *forms;
	const char *asked = request_form(r, name);
	int n = import_forms(&r->page, &forms);
	for (int i = 0; i < n; i++)
		if (strcmp(forms[i]->key, asked) == 0) return forms[i]->key;
	for (int i = 0; i < n; i++)
		if (strcmp(forms[i]->key, usual) == 0) return forms[i]->key;
	return n ? forms[0]->key : "page";
}

/* Only spaces where she may add pages. */
static const char *chosen_space(struct request *r)
{
	const struct space *const *spaces;
	int n = proposal_spaces(&r->page, &spaces);
	for (int i = 0; i < n; i++)
		if (strcmp(spaces[i]->slug, request_form(r, "space")) == 0) return spaces[i]->slug;
	return n ? spaces[0]->slug : "";
}

static enum code show_look(struct request *r, const struct wxr_page *w, int status)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _n("%d page to bring in", "%d pages to bring in", w->report->nentries),
	                       w->report->nentries);
	p->hidden = true;
	r->response->status = status;
	import_look(request_out(r), p, w);
	return OK;
}

static enum code run(struct request *r, struct wxr_page *w, struct import_wxr *import, struct import_report *report,
                     struct err *err)
{
	AUTO(close_fd) int fd = -1;
	AUTO(close_fd) int zip = -1;
	int64_t size;
	w->file = r->params[0];
	w->report = report;
	TRY(open_sent(r, w->file, EXPORT_TYPE, &fd, &size, err));
	if (size > EXPORT_BYTES) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(read_back(r, fd, size, &import->text, err));
	if (*w->images) TRY(open_sent(r, w->images, IMAGES_TYPE, &zip, &size, err));
	import->len = strlen(import->text);
	import->space = w->space = chosen_space(r);
	import->post = w->post = chosen_form(r, "post", "recit");
	import->page = w->page = chosen_form(r, "page", "page");
	import->zip = *w->images ? &zip : NULL;
	if (import->look) return import_wxr(r->site, r->arena, import, report, err);
	struct err ignored;
	request_pause(r);
	enum code code = import_wxr(r->site, r->arena, import, report, err);
	enum code resumed = request_resume(r, code == OK ? err : &ignored);
	return code != OK ? code : resumed;
}

static enum code look_show(struct request *r, struct err *err)
{
	struct import_wxr import = { .look = true };
	struct import_report report;
	struct wxr_page w = { .images = request_query(r, "images") };
	TRY(form_edit_may(r, err));
	TRY(run(r, &w, &import, &report, err));
	return show_look(r, &w, 200);
}

static enum code look_post(struct request *r, struct err *err)
{
	struct import_wxr import = { .by = &r->actor, .keep_good = *request_form(r, "_good") };
	struct import_report report = { 0 };
	struct wxr_page w = { .images = request_form(r, "images") };
	TRY(form_edit_may(r, err));
	TRY(form_edit_limit(r, err));
	enum code code = run(r, &w, &import, &report, err);
	if (code == E_INPUT && report.refused) {
		w.failed = page_error(&r->page, err);
		return show_look(r, &w, 422);
	}
	TRY(code);
	r->page.title = tr(r->page.lang, N_("It is brought in"));
	r->page.hidden = true;
	import_result(request_out(r), &r->page, &w);
	return OK;
}

/* ---- Taken back ---- */

static enum code undo_post(struct request *r, struct err *err)
{
	struct import_undone undone;
	struct err ignored;
	const char *source = request_form(r, "source");
	TRY(form_edit_may(r, err));
	TRY(form_edit_limit(r, err));
	if (strncmp(source, "wxr:", 4) != 0)
		FAIL(err, E_NOT_FOUND, N_("There is nothing here that you could take back."));
	request_pause(r);
	enum code code = import_undo(r->site, r->arena, source, &r->actor, &undone, err);
	enum code resumed = request_resume(r, code == OK ? err : &ignored);
	TRY(code);
	TRY(resumed);
	return request_redirect(r, "/-/import", undone.left ? "import-repris-en-partie" : "import-repris");
}

const struct feature import_feature = {
	.name = "import",
	.routes = ROUTES({ HTTP_GET, "/-/import", send_show, ACTION_MANAGE, KIND_MODEL, N_("Send a WordPress export"),
	                   0, false },
	                 { HTTP_POST, "/-/import", send_post, ACTION_MANAGE, KIND_MODEL, N_("Read a WordPress export"),
	                   BODY, false },
	                 { HTTP_GET, "/-/import/:file", look_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("What a WordPress export would bring"), 0, false },
	                 { HTTP_POST, "/-/import/:file", look_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Bring in a WordPress export"), 0, false },
	                 { HTTP_POST, "/-/unimport", undo_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Take back what an import brought"), 0, false }),
};
