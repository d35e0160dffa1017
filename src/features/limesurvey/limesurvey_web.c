#include "features/limesurvey/limesurvey_web.h"

#include <string.h>
#include <sys/mman.h>

#include "base/fd.h"
#include "core/file_ref.h"
#include "features/form_edit/form_edit.h"
#include "features/limesurvey/limesurvey.html.h"
#include "features/limesurvey/sent.h"
#include "store/file.h"
#include "web/web.h"

enum { BODY = LIMESURVEY_BYTES + (1 << 20) };
static const char KIND[] = "application/x-limesurvey";

/* ---- Sending it ---- */

static enum code show_send(struct request *r, struct issues *issues)
{
	r->page.title = tr(r->page.lang, N_("A questionnaire from LimeSurvey"));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	if (issues) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	limesurvey_send_page(request_out(r), &r->page);
	return OK;
}

static enum code send_show(struct request *r, struct err *err)
{
	TRY(form_edit_may(r, err));
	return show_send(r, NULL);
}

static enum code read_bytes(struct request *r, const char **ret, size_t *len, struct err *err)
{
	const struct form_field *file = form_data_file(&r->form, "file", 0);
	if (file == NULL || file->size == 0) FAIL(err, E_INPUT, N_("Choose a file."));
	if (file->size > LIMESURVEY_BYTES) FAIL(err, E_INPUT, N_("This file is over %d MB."), LIMESURVEY_BYTES >> 20);
	char *bytes = arena_alloc(r->arena, (size_t)file->size + 1);
	size_t at = 0;
	while (at < (size_t)file->size) {
		long n = form_file_read(r->http, file, (int64_t)at, bytes + at, (size_t)file->size - at);
		if (n <= 0) FAIL(err, E_IO, N_("The file cannot be read."));
		at += (size_t)n;
	}
	bytes[at] = '\0';
	*ret = bytes;
	*len = at;
	return OK;
}

struct keeping {
	struct request *r;
	struct hash hash;
};

static enum code note_sent(struct tx *tx, void *arg, struct err *err)
{
	struct keeping *k = arg;
	return file_note_upload(tx, k->r->actor.person, &k->hash, err);
}

/* For a day, in the site's store, where she alone reads it. */
static enum code keep(struct request *r, const char *bytes, size_t len, struct keeping *k, struct err *err)
{
	int64_t size;
	AUTO(close_fd) int fd = memfd_create("limesurvey", MFD_CLOEXEC);
	if (fd < 0) FAIL(err, E_IO, N_("The file cannot be kept: the disk does not take it."));
	TRY(file_write(fd, bytes, len, err));
	return file_keep(site_store(r->site), fd, LIMESURVEY_BYTES, KIND, note_sent, k, &k->hash, &size, err);
}

static enum code send_post(struct request *r, struct err *err)
{
	struct sent *sent = arena_new(r->arena, struct sent);
	struct keeping k = { .r = r };
	struct issues issues;
	struct err ignored;
	const char *bytes;
	size_t len;
	char hex[HASH_HEX + 1];
	TRY(form_edit_may(r, err));
	TRY(form_edit_limit(r, err));
	issues_init(&issues, r->arena);
	enum code code = read_bytes(r, &bytes, &len, err);
	if (code == OK) code = sent_read(r, bytes, len, sent, err);
	if (code == E_INPUT || code == E_LIMIT) {
		issues_add_err(&issues, "file", err);
		return show_send(r, &issues);
	}
	TRY(code);
	request_pause(r);
	code = keep(r, bytes, len, &k, err);
	enum code resumed = request_resume(r, code == OK ? err : &ignored);
	TRY(code);
	TRY(resumed);
	return request_redirect(r, arena_printf(r->arena, "/-/limesurvey/%s", hash_hex(&k.hash, hex)), NULL);
}

/* ---- What it becomes ---- */

static enum code open_kept(struct request *r, struct sent *ret, struct err *err)
{
	struct hash hash;
	struct kept_file file;
	int64_t size;
	TRY(form_edit_may(r, err));
	if (!hash_from_hex(r->params[0], &hash)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(file_find(r->db, r->arena, r->page.model, &r->actor, &hash, &file, err));
	if (strcmp(file.type, KIND) != 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	AUTO(close_fd) int fd = -1;
	TRY(file_open(site_store(r->site), &hash, &fd, &size, err));
	char *bytes = arena_alloc(r->arena, (size_t)size + 1);
	if (pread(fd, bytes, (size_t)size, 0) != size) FAIL(err, E_IO, N_("The file cannot be read."));
	bytes[size] = '\0';
	TRY(sent_read(r, bytes, (size_t)size, ret, err));
	ret->name = r->params[0];
	return OK;
}

static enum code show_sent(struct request *r, const struct sent *sent, int status)
{
	struct page *p = &r->page;
	p->title = t(p, &sent->form.label);
	p->section = "/-/surveys";
	p->hidden = true;
	r->response->status = status;
	limesurvey_page(request_out(r), p, sent);
	return OK;
}

static enum code sent_show(struct request *r, struct err *err)
{
	struct sent *sent = arena_new(r->arena, struct sent);
	TRY(open_kept(r, sent, err));
	return show_sent(r, sent, 200);
}

/* Answers that are refused: all is refused, unless the others are asked for. */
static enum code sent_post(struct request *r, struct err *err)
{
	struct sent *sent = arena_new(r->arena, struct sent);
	const char *key;
	int full;
	bool answers = *request_form(r, "answers");
	TRY(open_kept(r, sent, err));
	TRY(form_edit_limit(r, err));
	if (answers && sent->nrefused && *request_form(r, "good") == '\0') return show_sent(r, sent, 422);
	TRY(sent_make(r, sent, answers, &key, &full, err));
	return request_redirect(r, arena_printf(r->arena, "/-/survey/%s/%s", key, answers ? "manage" : "pages"),
	                        "enquete-creee");
}

const struct feature limesurvey_feature = {
	.name = "limesurvey",
	.routes = ROUTES({ HTTP_GET, "/-/limesurvey", send_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("Send a LimeSurvey questionnaire"), 0, false },
	                 { HTTP_POST, "/-/limesurvey", send_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Read a LimeSurvey questionnaire"), BODY, false },
	                 { HTTP_GET, "/-/limesurvey/:file", sent_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("What a LimeSurvey questionnaire becomes"), 0, false },
	                 { HTTP_POST, "/-/limesurvey/:file", sent_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Make the questionnaire, with its answers"), 0, false }),
};
