/* A backup is worth what it becomes: tried in a folder of its own, on SQLite whatever the site's database is. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/json.h"
#include "features/backup/backup_job.h"
#include "features/backup/restore.h"
#include "features/backup/shelf.h"
#include "features/check/check_report.h"
#include "store/disk.h"

struct trial {
	struct arena *a;
	const char *dir;   /* of the site */
	const char *place; /* of the trial */
	enum lang lang;
	struct shelved shelved;
};

static enum code make_place(struct trial *t, struct err *err)
{
	t->place = arena_printf(t->a, "%s/tmp/trial", t->dir);
	TRY(disk_remove(t->place, err)); /* of one that was cut short */
	if (mkdir(t->place, 0700) == 0) return OK;
	FAIL(err, errno == ENOSPC ? E_FULL : E_IO, N_("the folder for the trial cannot be made: %s"), strerror(errno));
}

/* What every check says of what it became. */
static enum code check(struct trial *t, const struct backup_figures *figures, struct err *err)
{
	const struct store_options options = { .dir = t->place, .read_limit = -1, .reserve = -1 };
	struct store *store;
	struct site *site;
	TRY(store_open(&options, &store, err));
	enum code code = site_open(store, &site, err);
	if (code != OK) {
		store_close(store);
		return code;
	}
	struct checking c = { .site = site, .store = store, .model = site_model(site), .arena = t->a, .lang = t->lang };
	const json_t *report = check_report(&c, true), *one;
	size_t i;
	model_release(c.model);
	site_close(site);
	t->shelved.sound = json_int(report, "wrong", 1) == 0;
	t->shelved.said = arena_printf(t->a,
	                               tr(t->lang, N_("%lld rows and %lld files are back, and every check holds.")),
	                               (long long)figures->rows, (long long)figures->files);
	json_array_foreach (json_object_get(report, "checks"), i, one) {
		const char *finding = json_string_value(json_array_get(json_object_get(one, "findings"), 0));
		if (finding) t->shelved.said = arena_printf(t->a, "%s: %s", json_str_or(one, "title", ""), finding);
	}
	return OK;
}

static enum code restore(struct trial *t, struct err *err)
{
	struct backup *backup;
	struct backup_figures figures;
	TRY(backup_open(t->a, shelf_path(t->a, t->dir, t->shelved.name), &backup, err));
	enum code code = restore_site(backup, t->place, NULL, -1, &figures, err);
	backup_close(backup);
	return code == OK ? check(t, &figures, err) : code;
}

enum code backup_test_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct trial t = { .a = &a, .dir = store_dir(store) };
	struct err why, cleaning;
	char text[1024];
	const struct model *model = site_model(context);
	t.lang = check_lang(model);
	model_release(model);
	enum code code = shelf_find(&a, t.dir, json_str_or(job->payload, "name", ""), &t.shelved, err);
	if (code == E_NOT_FOUND) return OK; /* deleted meanwhile */
	TRY(code);
	TRY(shelf_room(t.dir, 3 * t.shelved.bytes, err));
	TRY(make_place(&t, err));
	code = restore(&t, &why);
	enum code cleaned = disk_remove(t.place, &cleaning);
	if (code == E_FULL || code == E_BUSY) { /* says nothing of the backup */
		*err = why;
		return code;
	}
	if (code != OK) {
		t.shelved.sound = false;
		t.shelved.said = err_text(&why, t.lang, text, sizeof(text));
	}
	t.shelved.tested = clock_now();
	TRY(shelf_note(&a, t.dir, &t.shelved, err));
	if (cleaned != OK) *err = cleaning;
	return cleaned;
}
