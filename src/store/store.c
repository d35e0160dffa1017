#include "store/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/internal.h"
#include "store/ledger.h"
#include "store/migrate.h"

enum { READ_LIMIT_MS = 5000, LOG_LIMIT = 64 * 1024 * 1024, RESERVE = 64 * 1024 * 1024 };

uint64_t store_generation(struct store *store)
{
	return atomic_load(&store->generation);
}

const char *store_dir(const struct store *store)
{
	return store->dir;
}

enum engine store_engine(const struct store *store)
{
	return store->engine;
}

int store_schema(void)
{
	return migration_count;
}

const char *store_sqlite_version(void)
{
	return sqlite3_libversion();
}

/* The folder */

static enum code fail_folder(struct store *store, struct err *err)
{
	FAIL(err, errno == ENOENT ? E_NOT_FOUND : E_IO, N_("the data folder %s cannot be used: %s"), store->dir,
	     strerror(errno));
}

static enum code open_folder(struct store *store, bool create, struct err *err)
{
	if (create && mkdir(store->dir, 0700) != 0 && errno != EEXIST) return fail_folder(store, err);
	store->dir_fd = open(store->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (store->dir_fd < 0) return fail_folder(store, err);
	return OK;
}

/* The kernel lets go of the lock when the process ends, however it ends. */
static enum code take_lock(struct store *store, struct err *err)
{
	store->lock_fd = openat(store->dir_fd, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (store->lock_fd < 0) return fail_folder(store, err);
	if (flock(store->lock_fd, LOCK_EX | LOCK_NB) == 0) return OK;
	if (errno != EWOULDBLOCK) return fail_folder(store, err);
	FAIL(err, E_BUSY, N_("the data folder %s is in use by another process"), store->dir);
}

/* What a crash left half written. */
static void empty_tmp(struct store *store)
{
	int fd = openat(store->dir_fd, "tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (dir == NULL) return;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
		if (entry->d_name[0] != '.') unlinkat(fd, entry->d_name, 0);
	closedir(dir);
}

static enum code make_folders(struct store *store, struct err *err)
{
	static const char *const names[] = { "files", "tmp" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (mkdirat(store->dir_fd, names[i], 0700) != 0 && errno != EEXIST) return fail_folder(store, err);
	empty_tmp(store);
	int ledger = openat(store->dir_fd, LEDGER_NAME, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (ledger < 0) return fail_folder(store, err);
	close(ledger);
	if (fsync(store->dir_fd) != 0) return fail_folder(store, err);
	return OK;
}

/* The database */

/* SQLite gives its log the rights of the database file. */
static enum code make_file(struct store *store, struct err *err)
{
	int fd = open(store->where, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) return fail_folder(store, err);
	close(fd);
	return OK;
}

static enum code open_database(struct store *store, bool create, int schema, struct db **ret, struct err *err)
{
	if (create && store->engine == ENGINE_SQLITE) TRY(make_file(store, err));
	struct db_options options = { .where = store->where, .writer = true, .create = create };
	struct db *db;
	TRY(db_open(store->engine, &options, &db, err));
	int version;
	enum code code = migrate_version(db, &version, err);
	if (code == OK && version == 0 && !create)
		code = err_set(err, E_NOT_FOUND, N_("there is no site in %s"), store->dir);
	if (code == OK) code = migrate_run(db, migrations, schema ? schema : migration_count, err);
	if (code == OK) code = make_folders(store, err);
	if (code != OK) {
		db_close(db);
		return code;
	}
	*ret = db;
	return OK;
}

/* Opening and closing */

static void release(struct store *store)
{
	if (store->lock_fd >= 0) close(store->lock_fd);
	if (store->dir_fd >= 0) close(store->dir_fd);
	free(store->dir);
	free(store->where);
	free(store);
}

static struct store *alloc(const struct store_options *o)
{
	struct store *store = calloc(1, sizeof(*store));
	if (store == NULL) die("out of memory");
	store->dir_fd = store->lock_fd = -1;
	store->engine = o->postgres ? ENGINE_POSTGRES : ENGINE_SQLITE;
	store->dir = strdup(o->dir);
	if (o->postgres) store->where = strdup(o->postgres);
	else if (asprintf(&store->where, "%s/site.db", o->dir) < 0) store->where = NULL;
	if (store->dir == NULL || store->where == NULL) die("out of memory");
	store->beside = o->beside;
	store->read_limit = o->read_limit == 0 ? READ_LIMIT_MS : MAX(o->read_limit, 0);
	store->log_limit = o->log_limit ? o->log_limit : LOG_LIMIT;
	return store;
}

/* Another process looks after the database; this one must understand it. */
static enum code look_beside(struct store *store, struct err *err)
{
	struct db *db;
	int version;
	TRY(store_read_begin(store, &db, err));
	enum code code = migrate_version(db, &version, err);
	store_read_end(store);
	TRY(code);
	if (version == 0) FAIL(err, E_NOT_FOUND, N_("there is no site in %s"), store->dir);
	if (version != migration_count)
		FAIL(err, E_INPUT,
		     N_("this site is as another version of the program left it (%d, here %d): start it once with "
		        "this one"),
		     version, migration_count);
	return OK;
}

static enum code open_beside(struct store *store, struct err *err)
{
	TRY(open_folder(store, false, err));
	readers_init(store);
	enum code code = look_beside(store, err);
	if (code != OK) {
		store_thread_end(store);
		readers_release(store);
	}
	return code;
}

static enum code open_alone(struct store *store, const struct store_options *options, struct err *err)
{
	struct db *db = NULL;
	TRY(open_folder(store, options->create, err));
	TRY(take_lock(store, err));
	TRY(open_database(store, options->create, options->schema, &db, err));
	int64_t reserve = options->reserve ? MAX(options->reserve, 0) : RESERVE;
	reserve_init(store, store->engine == ENGINE_SQLITE ? reserve : 0);
	pthread_mutex_init(&store->job_mutex, NULL);
	cond_init(&store->job_cond);
	readers_init(store);
	writer_start(store, db);
	return OK;
}

enum code store_open(const struct store_options *options, struct store **ret, struct err *err)
{
	struct store *store = alloc(options);
	enum code code = options->beside ? open_beside(store, err) : open_alone(store, options, err);
	if (code != OK) {
		release(store);
		return code;
	}
	*ret = store;
	return OK;
}

static void close_alone(struct store *store)
{
	writer_stop(store);
	readers_release(store);
	writer_release(store);
	pthread_cond_destroy(&store->job_cond);
	pthread_mutex_destroy(&store->job_mutex);
}

void store_close(struct store *store)
{
	if (store == NULL) return;
	store_thread_end(store);
	if (store->beside) readers_release(store);
	else close_alone(store);
	release(store);
}
