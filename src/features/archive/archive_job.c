#include "features/archive/archive.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/person.h"
#include "core/site.h"
#include "features/archive/archive_make.h"
#include "features/setting/beside.h"
#include "store/disk.h"

const char *archive_folder(struct arena *a, struct store *store)
{
	return arena_printf(a, "%s/archives", store_dir(store));
}

const char *archive_name(struct arena *a, struct id id)
{
	char text[ID_TEXT + 1];
	return arena_printf(a, "%s.zip", id_format(id, text));
}

struct working {
	struct store *store;
	struct arena a;
	const struct model *model;
	struct archive archive;
	const char *base_url;
	enum lang lang;
};

/* Reads with the database opened beside: a large space takes long, and no writer waits for it. */
static enum code make_beside(struct working *w, struct store *beside, const char *path, struct err *err)
{
	struct db *db;
	struct actor asker;
	TRY(store_read_begin(beside, &db, err));
	enum code code = actor_load(db, &w->a, w->archive.person, &asker, err);
	const struct page page = { .arena = &w->a,
		                   .lang = w->lang,
		                   .model = w->model,
		                   .actor = w->archive.scope == ARCHIVE_PUBLIC ? &actor_visitor : &asker,
		                   .db = db,
		                   .title = "",
		                   .path = "/",
		                   .form_token = "",
		                   .base_url = w->base_url,
		                   .now = clock_now() };
	if (code == OK) code = archive_make(w->store, &page, &w->archive, asker.name, path, err);
	store_read_end(beside);
	return code;
}

static enum code make(struct working *w, struct err *err)
{
	struct store *beside;
	const char *folder = archive_folder(&w->a, w->store);
	const char *path = arena_printf(&w->a, "%s/%s", folder, archive_name(&w->a, w->archive.id));
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		FAIL(err, errno == ENOSPC ? E_FULL : E_IO, N_("the folder of archives cannot be made"));
	(void)unlink(path); /* of a try that was cut short */
	TRY(beside_open(w->store, &beside, err));
	enum code code = make_beside(w, beside, path, err);
	store_close(beside);
	return code;
}

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct working *w = arg;
	return archive_note(tx, &w->archive, err);
}

static enum code find(struct working *w, int64_t num, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(w->store, &db, err));
	enum code code = archive_load(db, &w->a, num, &w->archive, err);
	store_read_end(w->store);
	return code;
}

/* What it met is shown to who asked; it is tried again. */
static enum code work(struct working *w, int64_t num, struct err *err)
{
	char text[ARCHIVE_ERROR_MAX];
	struct err ignored;
	enum code code = find(w, num, err);
	if (code == E_NOT_FOUND || (code == OK && w->archive.made)) return OK;
	TRY(code);
	code = make(w, err);
	if (code == E_NOT_FOUND) return OK; /* she, or the space, is gone */
	w->archive.error = "";
	if (code == OK) w->archive.made = clock_now();
	else w->archive.error = err_text(err, w->lang, text, sizeof(text));
	if (code == OK) return store_write(w->store, note, w, err);
	if (store_write(w->store, note, w, &ignored) != OK) return code;
	return code;
}

enum code archive_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	struct working w = { .store = store,
		             .base_url = json_str_or(job->payload, "base", ""),
		             .lang = lang_parse(json_str_or(job->payload, "lang", ""), LANG_FR) };
	arena_init(&w.a);
	w.model = site_model(context);
	enum code code = work(&w, json_int(job->payload, "archive", 0), err);
	model_release(w.model);
	arena_release(&w.a);
	return code;
}

/* ---- The end of them ---- */

/* Files that no row names. */
static enum code sweep(struct store *store, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct db *db;
	json_t *known = NULL;
	char **files;
	int n;
	TRY(disk_list(&a, archive_folder(&a, store), ".zip", &files, &n, err));
	TRY(store_read_begin(store, &db, err));
	enum code code = archive_names(db, &a, &known, err);
	store_read_end(store);
	TRY(code);
	for (int i = 0; i < n; i++)
		if (json_object_get(known, files[i]) == NULL)
			(void)unlink(arena_printf(&a, "%s/%s", archive_folder(&a, store), files[i]));
	return OK;
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	return archive_purge(tx, *(const int64_t *)arg, err);
}

enum code archive_upkeep(struct store *store, const struct job *job, void *context, struct err *err)
{
	int64_t before = clock_now() - ARCHIVE_KEPT_MS;
	(void)job;
	(void)context;
	TRY(store_write_freeing(store, purge, &before, err));
	return sweep(store, err);
}

enum code archive_forget(struct store *store, struct err *err)
{
	int64_t before = INT64_MAX;
	TRY(store_write_freeing(store, purge, &before, err));
	return sweep(store, err);
}
