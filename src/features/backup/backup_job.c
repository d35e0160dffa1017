#include "features/backup/backup_job.h"

#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/json.h"
#include "features/backup/backup_size.h"
#include "features/backup/shelf.h"
#include "features/setting/beside.h"
#include "features/setting/config.h"

#define A_DAY (24LL * 3600 * 1000)

/* "site-2026-11-28-140512.zip": by the clock of everybody, so that they stand in order. */
static const char *new_name(struct arena *a, int64_t now)
{
	char text[TIME_UTC_SIZE];
	struct buf out;
	buf_init(&out, a, 0);
	buf_lit(&out, "site-");
	for (const char *c = time_utc(now, text); *c; c++) {
		if (*c == 'T') buf_putc(&out, '-');
		else if ((*c >= '0' && *c <= '9') || *c == '-') buf_putc(&out, *c);
	}
	buf_lit(&out, ".zip");
	return buf_str(&out);
}

static enum code make(struct store *store, struct arena *a, bool by_itself, struct err *err)
{
	const char *dir = store_dir(store), *folder;
	struct backup_settings texts;
	struct backup_figures figures;
	struct store *beside;
	int64_t now = clock_now(), size;
	char hex[HASH_HEX + 1];
	struct shelved shelved = { .name = new_name(a, now), .made = now, .by_itself = by_itself, .said = "" };
	TRY(shelf_folder(a, dir, &folder, err));
	TRY(config_texts(a, dir, &texts.file, &texts.browser, err));
	TRY(beside_open(store, &beside, err));
	enum code code = backup_expected_size(beside, &size, err);
	if (code == OK) code = shelf_room(dir, size, err);
	if (code == OK) code = backup_make(beside, &texts, shelf_path(a, dir, shelved.name), &figures, err);
	store_close(beside);
	TRY(code);
	shelved.rows = figures.rows;
	shelved.files = figures.files;
	shelved.hash = hash_hex(&figures.hash, hex);
	return shelf_note(a, dir, &shelved, err);
}

enum code backup_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	(void)job;
	(void)context;
	return make(store, &a, false, err);
}

/* ---- By itself ---- */

static const struct {
	const char *value;
	int64_t every;
} rhythms[] = { { "daily", A_DAY }, { "weekly", 7 * A_DAY } };

/* Whoever asked for one has one: that counts too. Of a new site, its first day. */
static enum code last_made(struct store *store, const struct shelved *list, int n, int64_t *ret, struct err *err)
{
	if (n == 0) return backup_site_born(store, ret, err);
	*ret = list[0].made;
	return OK;
}

static enum code let_go(struct arena *a, const char *dir, int kept, struct err *err)
{
	struct shelved *list;
	int n, own = 0;
	TRY(shelf_list(a, dir, &list, &n, err));
	for (int i = 0; i < n; i++) {
		if (!list[i].by_itself) continue;
		if (++own > kept) TRY(shelf_delete(a, dir, list[i].name, err));
	}
	return OK;
}

enum code backup_schedule(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	const char *dir = store_dir(store);
	struct config config;
	struct shelved *list;
	int n;
	int64_t every = 0, last;
	(void)job;
	(void)context;
	TRY(config_load(&a, dir, &config, err));
	for (size_t i = 0; i < COUNT(rhythms); i++)
		if (strcmp(config.values[SETTING_BACKUPS], rhythms[i].value) == 0) every = rhythms[i].every;
	if (every == 0) return OK;
	TRY(shelf_list(&a, dir, &list, &n, err));
	TRY(last_made(store, list, n, &last, err));
	if (clock_now() - last < every) return OK;
	TRY(make(store, &a, true, err));
	return let_go(&a, dir, config_number(&config, SETTING_BACKUPS_KEPT), err);
}
