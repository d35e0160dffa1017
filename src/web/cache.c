#include "web/cache.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { SLOTS = 8192 /* lists of answers, by hash */ };

/* One answer. Its texts follow each other in `text`: the key, then the fields' names and values, each
 * with its NUL, then the body. */
struct answer {
	struct answer *next;          /* of the same slot */
	struct answer *newer, *older; /* by when they were last given */
	uint64_t hash;
	struct cache_stamp stamp;
	int64_t from, until;
	size_t size; /* all of it */
	size_t body, body_len;
	int status, nheaders;
	char text[];
};

struct cache {
	pthread_mutex_t lock;
	unsigned char secret[crypto_shorthash_KEYBYTES];
	size_t max, bytes;
	int answers;
	uint64_t given, missed;
	struct answer *newest, *oldest;
	struct answer *slots[SLOTS];
};

struct cache *cache_new(size_t max)
{
	struct cache *cache = calloc(1, sizeof(*cache));
	if (cache == NULL) die("out of memory");
	pthread_mutex_init(&cache->lock, NULL);
	random_bytes(cache->secret, sizeof(cache->secret));
	cache->max = max;
	return cache;
}

void cache_free(struct cache *cache)
{
	if (cache == NULL) return;
	for (struct answer *a = cache->newest, *older; a; a = older) {
		older = a->older;
		free(a);
	}
	pthread_mutex_destroy(&cache->lock);
	free(cache);
}

static uint64_t hash_of(const struct cache *cache, const char *key)
{
	uint64_t hash;
	crypto_shorthash((unsigned char *)&hash, (const unsigned char *)key, strlen(key), cache->secret);
	return hash;
}

/* Where the answer of this key is held; *where is NULL when there is none. */
static struct answer **find(struct cache *cache, uint64_t hash, const char *key)
{
	struct answer **where = &cache->slots[hash % SLOTS];
	while (*where && ((*where)->hash != hash || strcmp((*where)->text, key) != 0)) where = &(*where)->next;
	return where;
}

static void unlink_age(struct cache *cache, struct answer *a)
{
	*(a->newer ? &a->newer->older : &cache->newest) = a->older;
	*(a->older ? &a->older->newer : &cache->oldest) = a->newer;
}

static void link_newest(struct cache *cache, struct answer *a)
{
	a->newer = NULL;
	a->older = cache->newest;
	*(cache->newest ? &cache->newest->newer : &cache->oldest) = a;
	cache->newest = a;
}

static void drop(struct cache *cache, struct answer **where)
{
	struct answer *a = *where;
	/* Callers give one that is there. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	*where = a->next;
	unlink_age(cache, a);
	cache->bytes -= a->size;
	cache->answers--;
	free(a);
}

static void give(const struct answer *answer, struct arena *a, struct http_response *rs)
{
	const char *text = answer->text + strlen(answer->text) + 1;
	rs->status = answer->status;
	for (int i = 0; i < answer->nheaders; i++) {
		const char *name = arena_strdup(a, text), *value = arena_strdup(a, text + strlen(text) + 1);
		text += strlen(name) + strlen(value) + 2;
		http_set(rs, name, value);
	}
	buf_add(&rs->body, answer->text + answer->body, answer->body_len);
}

bool cache_get(struct cache *cache, const char *key, struct cache_stamp stamp, int64_t now, struct arena *a,
               struct http_response *rs)
{
	uint64_t hash = hash_of(cache, key);
	pthread_mutex_lock(&cache->lock);
	struct answer **where = find(cache, hash, key), *found = *where;
	bool good = found && found->stamp.generation == stamp.generation && found->stamp.model == stamp.model &&
	            now >= found->from && now < found->until;
	if (good) {
		unlink_age(cache, found);
		link_newest(cache, found);
		give(found, a, rs);
		cache->given++;
	} else {
		if (found) drop(cache, where);
		cache->missed++;
	}
	pthread_mutex_unlock(&cache->lock);
	return good;
}

static char *append(char *at, const char *text)
{
	size_t len = strlen(text) + 1;
	memcpy(at, text, len);
	return at + len;
}

static struct answer *copy(const char *key, const struct http_response *rs)
{
	size_t len = strlen(key) + 1;
	for (int i = 0; i < rs->nheaders; i++) len += strlen(rs->headers[i].name) + strlen(rs->headers[i].value) + 2;
	struct answer *a = malloc(sizeof(*a) + len + rs->body.len);
	if (a == NULL) die("out of memory");
	*a = (struct answer){ .size = sizeof(*a) + len + rs->body.len,
		              .body = len,
		              .body_len = rs->body.len,
		              .status = rs->status,
		              .nheaders = rs->nheaders };
	char *at = append(a->text, key);
	for (int i = 0; i < rs->nheaders; i++) {
		at = append(at, rs->headers[i].name);
		at = append(at, rs->headers[i].value);
	}
	if (rs->body.len) memcpy(at, rs->body.data, rs->body.len);
	return a;
}

void cache_put(struct cache *cache, const char *key, struct cache_stamp stamp, int64_t from, int64_t until,
               const struct http_response *rs)
{
	if (rs->file_fd >= 0 || rs->body.len > cache->max / 8) return;
	struct answer *a = copy(key, rs);
	a->hash = hash_of(cache, key);
	a->stamp = stamp;
	a->from = from;
	a->until = until;
	pthread_mutex_lock(&cache->lock);
	struct answer **where = find(cache, a->hash, key);
	if (*where) drop(cache, where);
	a->next = cache->slots[a->hash % SLOTS];
	cache->slots[a->hash % SLOTS] = a;
	link_newest(cache, a);
	cache->bytes += a->size;
	cache->answers++;
	while (cache->bytes > cache->max && cache->oldest != a)
		drop(cache, find(cache, cache->oldest->hash, cache->oldest->text));
	pthread_mutex_unlock(&cache->lock);
}

void cache_figures(struct cache *cache, struct cache_figures *ret)
{
	pthread_mutex_lock(&cache->lock);
	*ret = (struct cache_figures){ cache->given, cache->missed, cache->bytes, cache->answers };
	pthread_mutex_unlock(&cache->lock);
}
