#include "store/statements.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a: only to skip most comparisons; texts are literals of ours. */
static uint64_t hash_text(const char *text, const char *kinds, size_t *len)
{
	uint64_t h = 14695981039346656037u;
	const char *p = text;
	for (; *p; p++) h = (h ^ (unsigned char)*p) * 1099511628211u;
	*len = (size_t)(p - text);
	for (p = kinds; *p; p++) h = (h ^ (unsigned char)*p) * 1099511628211u;
	return h;
}

struct statement *statements_find(struct statements *all, const char *text, const char *kinds)
{
	size_t len;
	uint64_t hash = hash_text(text, kinds, &len);
	for (int i = 0; i < STATEMENTS_MAX; i++) {
		struct statement *s = &all->slots[i];
		if (s->hash != hash || s->text == NULL || s->len != len) continue;
		if (memcmp(s->text, text, len) != 0 || strcmp(s->kinds, kinds) != 0) continue;
		s->used_at = ++all->clock;
		return s;
	}
	return NULL;
}

struct statement *statements_add(struct statements *all, const char *text, const char *kinds,
                                 void (*drop)(void *arg, void *handle), void *arg)
{
	struct statement *oldest = NULL;
	for (int i = 0; i < STATEMENTS_MAX; i++) {
		struct statement *s = &all->slots[i];
		if (s->in_use) continue;
		if (oldest == NULL || s->used_at < oldest->used_at) oldest = s;
	}
	if (oldest == NULL) return NULL;
	if (oldest->text) {
		if (oldest->handle) drop(arg, oldest->handle);
		statements_remove(oldest);
	}
	oldest->hash = hash_text(text, kinds, &oldest->len);
	oldest->text = strdup(text);
	if (oldest->text == NULL) die("out of memory");
	snprintf(oldest->kinds, sizeof(oldest->kinds), "%s", kinds);
	oldest->used_at = ++all->clock;
	return oldest;
}

void statements_remove(struct statement *s)
{
	free(s->text);
	*s = (struct statement){ 0 };
}

void statements_release(struct statements *all, void (*drop)(void *arg, void *handle), void *arg)
{
	for (int i = 0; i < STATEMENTS_MAX; i++) {
		struct statement *s = &all->slots[i];
		if (s->handle) drop(arg, s->handle);
		statements_remove(s);
	}
}
