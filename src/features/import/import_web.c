#include "features/import/import_web.h"

#include <string.h>

#include "base/date.h"
#include "base/fd.h"
#include "core/file_ref.h"
#include "features/form_edit/form_edit.h"
#include "features/import/import.html.h"
#include "features/import/import_page.h"
#include "features/import/import_row.h"
#include "features/import/import_run_page.h"
#include "features/import/import_sent.h"
#include "features/import/import_wxr.h"
#include "features/import/wxr_run.h"
#include "features/spreadsheet/proposal.h"
#include "media/document.h"
#include "store/file.h"
#include "web/web.h"

enum { CHUNK = 64 * 1024, BODY = WXR_RUN_BYTES + MEDIA_BYTES + (1 << 20) };

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
	struct import_run *runs;
	int n, nruns;
	TRY(import_sources(r->db, r->arena, "wxr:", &sources, &n, err));
	TRY(run_list(r->db, r->arena, r->actor.person, wxr_run_kind.name, &runs, &nruns, err));
	r->page.title = tr(r->page.lang, N_("A WordPress site"));
	r->page.hidden = true;
	if (issues) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	import_send(request_out(r), &r->page, sources, n, runs, nruns);
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

/* Is it what it says? */
static enum code check_export(struct request *r, int fd, int64_t size, struct err *err)
{
	const char *source;
	char *text;
	TRY(import_sent_read(r->arena, fd, size, &text, err));
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
	{ "file", WXR_RUN_TYPE, WXR_RUN_BYTES, check_export, true },
	{ "images", WXR_RUN_IMAGES, MEDIA_BYTES, check_images, false },
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

/* What can be chosen here; what is usual when nothing is. */
const char *import_form_chosen(struct request *r, const char *name, const char *usual)
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

const char *import_space_chosen(struct request *r)
{
	const struct space *const *spaces;
	int n = proposal_spaces(&r->page, &spaces);
	for (int i = 0; i < n; i++)
		if (strcmp(spaces[i]->slug, request_form(r, "space")) == 0) return spaces[i]->slug;
	return n ? spaces[0]->slug : "";
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

static enum code begin_run(struct request *r, enum import_state state, json_t *choices, const char *title,
                           struct err *err)
{
	struct beginning b = { .r = r,
		               .run = { .person = r->actor.person,
		                        .kind = wxr_run_kind.name,
		                        .title = title,
		                        .choices = choices,
		                        .state = state } };
	TRY(request_write(r, begin, &b, err));
	return request_redirect(r, run_url(&r->page, &b.run), NULL);
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
	json_t *choices = json_keep(r->arena, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "file", hashes[0], "images",
	                                                hashes[1], "post", import_form_chosen(r, "post", "recit"),
	                                                "page", import_form_chosen(r, "page", "page"), "space",
	                                                import_space_chosen(r), "lang", lang_tag(r->page.lang)));
	return begin_run(r, RUN_LOOKING, choices, "", err);
}

/* ---- Taken back ---- */

static enum code undo_post(struct request *r, struct err *err)
{
	const char *source = request_form(r, "source");
	int n;
	TRY(form_edit_may(r, err));
	TRY(form_edit_limit(r, err));
	TRY(import_count(r->db, &(struct import_origin){ .source = source }, &n, err));
	if (strncmp(source, "wxr:", 4) != 0 || n == 0)
		FAIL(err, E_NOT_FOUND, N_("There is nothing here that you could take back."));
	json_t *choices = json_keep(
	        r->arena, json_pack("{s:s, s:b, s:s}", "source", source, "all", 1, "lang", lang_tag(r->page.lang)));
	return begin_run(r, RUN_UNDOING, choices, source + 4, err);
}

const struct feature import_feature = {
	.name = "import",
	.routes = ROUTES({ HTTP_GET, "/-/import", send_show, ACTION_MANAGE, KIND_MODEL, N_("Send a WordPress export"),
	                   0, false },
	                 { HTTP_POST, "/-/import", send_post, ACTION_MANAGE, KIND_MODEL, N_("Read a WordPress export"),
	                   BODY, false },
	                 { HTTP_POST, "/-/unimport", undo_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Take back what an import brought"), 0, false }),
};
