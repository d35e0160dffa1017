#include <stdlib.h>

#include "store/internal.h"

struct reader {
	struct store *store;
	struct db *db; /* NULL: lost */
	bool reading;
	struct reader *next, **link;
};

static void reader_free(struct reader *reader)
{
	struct readers *all = &reader->store->readers;
	pthread_mutex_lock(&all->mutex);
	*reader->link = reader->next;
	if (reader->next) reader->next->link = reader->link;
	pthread_mutex_unlock(&all->mutex);
	db_close(reader->db);
	free(reader);
}

static void thread_ends(void *arg)
{
	struct reader *reader = arg;
	if (reader->reading) die("a thread ended inside a snapshot");
	reader_free(reader);
}

void readers_init(struct store *store)
{
	struct readers *all = &store->readers;
	pthread_mutex_init(&all->mutex, NULL);
	cond_init(&all->opened);
	if (pthread_key_create(&all->key, thread_ends) != 0) die("too many stores");
}

void readers_release(struct store *store)
{
	struct readers *all = &store->readers;
	pthread_key_delete(all->key);
	/* Each takes itself off the list. NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
	while (all->list) reader_free(all->list);
	pthread_cond_destroy(&all->opened);
	pthread_mutex_destroy(&all->mutex);
}

/* The gate */

static void enter(struct readers *all)
{
	pthread_mutex_lock(&all->mutex);
	while (all->closed) pthread_cond_wait(&all->opened, &all->mutex);
	all->active++;
	pthread_mutex_unlock(&all->mutex);
}

static void leave(struct store *store)
{
	struct readers *all = &store->readers;
	pthread_mutex_lock(&all->mutex);
	bool last = --all->active == 0 && all->closed;
	pthread_mutex_unlock(&all->mutex);
	if (last) writer_wake(store);
}

void readers_close_gate(struct store *store)
{
	pthread_mutex_lock(&store->readers.mutex);
	store->readers.closed = true;
	pthread_mutex_unlock(&store->readers.mutex);
}

void readers_open_gate(struct store *store)
{
	pthread_mutex_lock(&store->readers.mutex);
	store->readers.closed = false;
	pthread_cond_broadcast(&store->readers.opened);
	pthread_mutex_unlock(&store->readers.mutex);
}

bool readers_quiet(struct store *store)
{
	pthread_mutex_lock(&store->readers.mutex);
	bool quiet = store->readers.active == 0;
	pthread_mutex_unlock(&store->readers.mutex);
	return quiet;
}

/* Snapshots */

static struct reader *reader_of_thread(struct store *store)
{
	struct readers *all = &store->readers;
	struct reader *reader = pthread_getspecific(all->key);
	if (reader) return reader;
	reader = calloc(1, sizeof(*reader));
	if (reader == NULL) die("out of memory");
	reader->store = store;
	pthread_mutex_lock(&all->mutex);
	reader->next = all->list;
	reader->link = &all->list;
	if (all->list) all->list->link = &reader->next;
	all->list = reader;
	pthread_mutex_unlock(&all->mutex);
	if (pthread_setspecific(all->key, reader) != 0) die("out of memory");
	return reader;
}

static enum code begin(struct reader *reader, struct err *err)
{
	struct store *store = reader->store;
	if (reader->db == NULL) {
		struct db_options options = { .where = store->where };
		TRY(db_open(store->engine, &options, &reader->db, err));
	}
	db_forgive(reader->db);
	enum code code = reader->db->driver->begin_read(reader->db, store->read_limit, err);
	if (code != OK && reader->db->lost) {
		db_close(reader->db);
		reader->db = NULL;
	}
	return code;
}

enum code store_read_begin(struct store *store, struct db **ret, struct err *err)
{
	if (writer_is_me(store)) FAIL(err, E_INTERNAL, "a snapshot inside store_write");
	struct reader *reader = reader_of_thread(store);
	if (reader->reading) FAIL(err, E_INTERNAL, "a snapshot inside a snapshot");
	enter(&store->readers);
	bool old = reader->db != NULL;
	enum code code = begin(reader, err);
	/* A connection kept from before may have died since: a new one says how things are now. */
	if (code != OK && old && reader->db == NULL) code = begin(reader, err);
	if (code != OK) {
		leave(store);
		return code;
	}
	reader->reading = true;
	*ret = reader->db;
	return OK;
}

void store_read_end(struct store *store)
{
	struct reader *reader = pthread_getspecific(store->readers.key);
	if (reader == NULL || !reader->reading) return;
	struct db *db = reader->db;
	if (db->lost || db->driver->command(db, "ROLLBACK", NULL) != OK) {
		db_close(db);
		reader->db = NULL;
	}
	reader->reading = false;
	leave(store);
}

void store_thread_end(struct store *store)
{
	struct reader *reader = pthread_getspecific(store->readers.key);
	if (reader == NULL) return;
	store_read_end(store);
	pthread_setspecific(store->readers.key, NULL);
	reader_free(reader);
}
