/*
 * The visitors' page cache: whole answers, kept in memory, never stale. An answer carries a stamp of
 * what it was made from (store_generation and the model's version, both read before the page's
 * snapshot) and is given only while the stamp is the present one, and between when it was made and when its
 * text would change by itself: a clock set forward, then back, leaves no page of tomorrow. Nothing of a request with a session ever comes here: web/web.c decides.
 *
 * Thread-safe. The least recently given answers make room for new ones.
 */
#ifndef PARVIS_CACHE_H
#define PARVIS_CACHE_H

#include "net/server.h"

struct cache;

struct cache_stamp {
	uint64_t generation, model;
};

struct cache *cache_new(size_t max); /* bytes of all answers together */
void cache_free(struct cache *cache);

/* Copies the answer kept under `key`, its fields into `a`; false when there is none to give. */
bool cache_get(struct cache *cache, const char *key, struct cache_stamp stamp, int64_t now, struct arena *a,
               struct http_response *rs);
/* Keeps a copy; made at `from`, good until `until`, in ms UTC, INT64_MAX: for ever. Too large a one (an eighth of
 * all) is not kept. */
void cache_put(struct cache *cache, const char *key, struct cache_stamp stamp, int64_t from, int64_t until,
               const struct http_response *rs);

/* What happened since the start. */
struct cache_figures {
	uint64_t given, missed;
	size_t bytes;
	int answers;
};
void cache_figures(struct cache *cache, struct cache_figures *ret);

#endif
