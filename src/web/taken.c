#include "web/taken.h"

#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"
#include "core/file_ref.h"
#include "media/document.h"
#include "media/picture.h"
#include "store/file.h"
#include "web/keep.h"

enum { TAKEN_MAX = 30 /* files of one field, at once */, TITLE_MAX = 120, CHUNK = 64 * 1024 };

/* One file under way. */
struct taking {
	struct request *r;
	const struct form_field *sent;
	const char *title;
	struct hash hash;
};

/* Out of the request's body, into a file of its own. */
static enum code copy(struct taking *t, int fd, struct err *err)
{
	char chunk[CHUNK];
	for (int64_t at = 0; at < t->sent->size;) {
		long n = form_file_read(t->r->http, t->sent, at, chunk, sizeof(chunk));
		if (n <= 0) FAIL(err, E_IO, N_("The file cannot be kept: the disk does not take it."));
		TRY(file_write(fd, chunk, (size_t)n, err));
		at += n;
	}
	return OK;
}

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct taking *t = arg;
	return file_note_upload(tx, t->r->actor.person, &t->hash, err);
}

/* ---- Pictures ---- */

static const char *with_extension(struct arena *a, const char *title, const char *extension)
{
	const char *dot = strrchr(title, '.');
	return arena_printf(a, "%.*s.%s", (int)(dot ? dot - title : (long)strlen(title)), title, extension);
}

/* All its sizes, or, as a document, the greatest alone. */
static enum code take_picture(struct taking *t, int fd, bool all, struct err *err)
{
	const struct keeping keeping = { site_store(t->r->site), t->r->arena, t->r->actor.person };
	struct kept_picture picture;
	TRY(keep_picture(&keeping, fd, t->sent->size, all, &picture, err));
	t->title = with_extension(t->r->arena, t->title, picture.extension);
	t->hash = picture.hash;
	return OK;
}

/* ---- Documents, sound and video ---- */

#define MEDIA_KINDS "mp3, ogg, opus, m4a, flac, wav, mp4, webm"

static int64_t limit_of(enum file_use use)
{
	if (use == FILES_MEDIA) return MEDIA_BYTES;
	return use == FILES_PICTURES ? PICTURE_BYTES : DOCUMENT_BYTES;
}

static enum code take_document(struct taking *t, int fd, enum file_use use, struct err *err)
{
	uint8_t head[DOCUMENT_HEAD];
	int64_t size;
	const struct document_kind *kind = document_kind(t->title);
	ssize_t n = pread(fd, head, sizeof(head), 0);
	if (n < 0) FAIL(err, E_IO, N_("The file cannot be kept: the disk does not take it."));
	if (use == FILES_MEDIA && (kind == NULL || !document_is_media(kind)))
		FAIL(err, E_INPUT, N_("This is neither a sound nor a video that is played here: %s."), MEDIA_KINDS);
	if (use == FILES_DOCUMENTS && document_is_picture(head, (size_t)n)) return take_picture(t, fd, false, err);
	if (kind == NULL)
		FAIL(err, E_INPUT, N_("This kind of file cannot be kept here. Those that can: %s."),
		     document_extensions());
	if (!document_is(kind, head, (size_t)n))
		FAIL(err, E_INPUT, N_("The content of this file is not what its name says."));
	return file_keep(site_store(t->r->site), fd, limit_of(use), kind->type, note, t, &t->hash, &size, err);
}

/* ---- Both ---- */

/* The name as its sender says, fit to be shown and to end an address. */
static const char *title_of(struct arena *a, const char *name)
{
	char *clean;
	struct err err;
	if (text_clean(a, name, strlen(name), TEXT_LINE, &clean, &err) != OK || text_is_blank(clean))
		clean = arena_strdup(a, "file");
	for (char *c = clean; *c; c++)
		if (strchr("/\\:*?\"<>|%#", *c)) *c = '-';
	if (*clean == '.') *clean = '-';
	const char *dot = strrchr(clean, '.');
	if (dot == NULL || strlen(dot) > 10) return text_cut(a, clean, TITLE_MAX);
	const char *stem = arena_strndup(a, clean, (size_t)(dot - clean));
	return arena_printf(a, "%s%s", text_cut(a, stem, TITLE_MAX), dot);
}

static enum code take(struct taking *t, enum file_use use, struct err *err)
{
	AUTO(close_fd) int fd = -1;
	int64_t limit = limit_of(use);
	if (t->sent->size > limit) FAIL(err, E_LIMIT, N_("It is too large: %d MB at most."), (int)(limit >> 20));
	TRY(file_temporary(site_store(t->r->site), &fd, err));
	TRY(copy(t, fd, err));
	return use == FILES_PICTURES ? take_picture(t, fd, true, err) : take_document(t, fd, use, err);
}

static void add(struct field_post *post, struct arena *a, const char *name, const struct taking *t)
{
	struct posted_file *files = arena_array(a, struct posted_file, (size_t)post->nfiles + 1);
	if (post->nfiles) memcpy(files, post->files, (size_t)post->nfiles * sizeof(*files));
	char *hex = arena_alloc(a, HASH_HEX + 1);
	files[post->nfiles++] = (struct posted_file){ name, hash_hex(&t->hash, hex), t->title };
	post->files = files;
}

/* A mistake of the file is the form's; what is wrong with the site is the request's. */
static enum code take_all(struct request *r, const struct field *field, const char *name, enum file_use use,
                          struct field_post *post, struct issues *issues, struct err *err)
{
	const struct form_field *sent;
	for (int i = 0; (sent = form_data_file(&r->form, name, i)) != NULL; i++) {
		struct taking t = { .r = r, .sent = sent, .title = title_of(r->arena, sent->value) };
		struct err why;
		if (i == TAKEN_MAX) {
			issues_add(issues, field->key, N_("At most %d files at once."), TAKEN_MAX);
			return OK;
		}
		enum code code = take(&t, use, &why);
		if (code == OK) {
			add(post, r->arena, name, &t);
		} else if (code == E_INPUT || code == E_LIMIT || code == E_BUSY || code == E_FULL) {
			err_set(&why, code == E_FULL ? E_FULL : E_INPUT, "%s – %s", t.title,
			        page_error(&r->page, &why));
			issues_add_err(issues, field->key, &why);
		} else {
			*err = why;
			return code;
		}
	}
	return OK;
}

/* The names of the controls that may hold files of this field. */
static enum code take_field(struct request *r, const struct field *field, struct field_post *post,
                            struct issues *issues, struct err *err)
{
	struct arena *a = r->arena;
	enum file_use use = field->type->takes;
	TRY(take_all(r, field, arena_printf(a, "%s.new", field->key), use, post, issues, err));
	if (use != FILES_MEDIA) return OK;
	TRY(take_all(r, field, arena_printf(a, "%s.new.poster", field->key), FILES_PICTURES, post, issues, err));
	for (int i = 0; i < TAKEN_MAX; i++)
		TRY(take_all(r, field, arena_printf(a, "%s.%d.poster", field->key, i), FILES_PICTURES, post, issues,
		             err));
	return OK;
}

static bool any_file(const struct request *r, const struct field *field)
{
	size_t len = strlen(field->key);
	for (int i = 0; i < r->form.count; i++)
		if (r->form.fields[i].content_type && r->form.fields[i].size &&
		    strncmp(r->form.fields[i].name, field->key, len) == 0 && r->form.fields[i].name[len] == '.')
			return true;
	return false;
}

enum code request_take(struct request *r, const struct field *field, struct field_post *post, struct issues *issues,
                       struct err *err)
{
	if (r->actor.person == 0) return OK; /* files are kept for somebody: she chooses them again */
	if (field->type->takes == FILES_NONE || !any_file(r, field)) return OK;
	request_pause(r);
	enum code code = take_field(r, field, post, issues, err);
	struct err ignored;
	enum code reading = request_resume(r, code == OK ? err : &ignored);
	post->db = r->db;
	return code != OK ? code : reading;
}
