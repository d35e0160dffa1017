#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/clock.h"
#include "core/comment.h"
#include "core/posting.h"
#include "core/site.h"

struct site {
	struct store *store;
	pthread_mutex_t reloading; /* one at a time: the last to begin reads the latest, and stays */
	pthread_mutex_t lock;      /* of `model` */
	struct model *model;
	uint8_t secret[SITE_SECRET];
};

/* What every site has. */
static enum code make_own(struct tx *tx, void *arg, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	(void)arg;
	uint8_t bytes[SITE_SECRET];
	char hex[SITE_SECRET * 2 + 1];
	random_bytes(bytes, sizeof(bytes));
	sodium_bin2hex(hex, sizeof(hex), bytes, sizeof(bytes));
	TRY(db_run(tx_db(tx), err, "INSERT INTO meta (key, value) VALUES ('secret', $1) ON CONFLICT (key) DO NOTHING",
	           hex));
	return comment_install(tx, &a, err);
}

static enum code read_secret(struct site *site, struct db *db, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT value FROM meta WHERE key = 'secret'"));
	if (rows_next(&rows)) {
		const char *hex = row_text(&rows, 0);
		if (sodium_hex2bin(site->secret, SITE_SECRET, hex, strlen(hex), NULL, NULL, NULL) != 0)
			FAIL(err, E_IO, N_("the site’s secret is damaged"));
	}
	return rows_end(&rows, err);
}

/* What a reading makes, in a snapshot of its own. */
static enum code read_snapshot(struct site *site, enum code (*read)(struct site *site, struct db *db, struct err *err),
                               struct err *err)
{
	struct db *db;
	TRY(store_read_begin(site->store, &db, err));
	enum code code = read(site, db, err);
	store_read_end(site->store);
	return code;
}

static enum code read_model(struct site *site, struct db *db, struct err *err)
{
	struct model *fresh;
	TRY(model_load(db, &fresh, err));
	pthread_mutex_lock(&site->lock);
	struct model *old = site->model;
	site->model = fresh;
	pthread_mutex_unlock(&site->lock);
	model_release(old);
	return OK;
}

enum code site_reload(struct site *site, struct err *err)
{
	pthread_mutex_lock(&site->reloading);
	enum code code = read_snapshot(site, read_model, err);
	pthread_mutex_unlock(&site->reloading);
	return code;
}

static void site_free(struct site *site)
{
	pthread_mutex_destroy(&site->lock);
	pthread_mutex_destroy(&site->reloading);
	sodium_memzero(site->secret, sizeof(site->secret));
	free(site);
}

struct mending {
	const struct model *model;
	int64_t chunk;
	bool mended;
};

static enum code mend_sets(struct tx *tx, void *arg, struct err *err)
{
	struct mending *m = arg;
	return posting_mend(tx, m->model, &m->chunk, &m->mended, err);
}

/* A site from before sets were kept: made once. */
static enum code make_sets(struct site *site, struct db *db, struct err *err)
{
	bool missing;
	struct mending mending = { .model = site->model };
	TRY(posting_missing(db, &missing, err));
	while (missing && mending.chunk >= 0) TRY(store_write(site->store, mend_sets, &mending, err));
	return OK;
}

enum code site_open(struct store *store, struct site **ret, struct err *err)
{
	struct site *site = calloc(1, sizeof(*site));
	if (site == NULL) die("out of memory");
	site->store = store;
	pthread_mutex_init(&site->lock, NULL);
	pthread_mutex_init(&site->reloading, NULL);
	enum code code = store_write(store, make_own, NULL, err);
	if (code == OK) code = read_snapshot(site, read_secret, err);
	if (code == OK) code = site_reload(site, err);
	if (code == OK) code = read_snapshot(site, make_sets, err);
	if (code != OK) {
		site_free(site);
		return code;
	}
	*ret = site;
	return OK;
}

void site_close(struct site *site)
{
	if (site == NULL) return;
	model_release(site->model);
	store_close(site->store);
	site_free(site);
}

struct store *site_store(struct site *site)
{
	return site->store;
}

const struct model *site_model(struct site *site)
{
	pthread_mutex_lock(&site->lock);
	const struct model *model = model_hold(site->model);
	pthread_mutex_unlock(&site->lock);
	return model;
}

enum code site_write(struct site *site, store_fn *fn, void *arg, struct err *err)
{
	TRY(store_write(site->store, fn, arg, err));
	return site_reload(site, err);
}

const uint8_t *site_secret(const struct site *site)
{
	return site->secret;
}
