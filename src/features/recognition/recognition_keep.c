#include "features/recognition/recognition_keep.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/actor.h"

struct kept {
	const struct model *model; /* held: its address is nobody else's meanwhile */
	uint64_t generation, asked;
	int64_t from;
	struct arena arena; /* of what follows */
	struct recognition all;
	int holders; /* and the shelf itself */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept *shelf[YEARS_KEPT]; /* the only owner */
static uint64_t turn;

/* Under the lock. */
static void let_go(struct kept *kept)
{
	if (--kept->holders > 0) return;
	arena_release(&kept->arena);
	model_release(kept->model);
	free(kept);
}

static void release(void *arg)
{
	pthread_mutex_lock(&lock);
	let_go(arg);
	pthread_mutex_unlock(&lock);
}

/* Under the lock. */
static const struct recognition *hold(const struct page *p, struct kept *kept)
{
	kept->holders++;
	kept->asked = ++turn;
	arena_defer(p->arena, release, kept);
	return &kept->all;
}

static bool is(const struct kept *kept, const struct page *p, int64_t from)
{
	return kept && kept->model == p->model && kept->from == from;
}

static const struct recognition *find(const struct page *p, uint64_t generation, int64_t from)
{
	const struct recognition *found = NULL;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < YEARS_KEPT && found == NULL; i++)
		if (is(shelf[i], p, from) && shelf[i]->generation == generation) found = hold(p, shelf[i]);
	pthread_mutex_unlock(&lock);
	return found;
}

/* That of the same year, else an empty one, else that of what was not asked for longest. */
static int place_for(const struct page *p, int64_t from)
{
	int best = 0;
	for (int i = 0; i < YEARS_KEPT; i++)
		if (is(shelf[i], p, from)) return i;
	for (int i = 0; i < YEARS_KEPT; i++) {
		if (shelf[i] == NULL) return i;
		if (shelf[i]->asked < shelf[best]->asked) best = i;
	}
	return best;
}

static const struct recognition *put(const struct page *p, struct kept *kept)
{
	pthread_mutex_lock(&lock);
	int at = place_for(p, kept->from);
	if (shelf[at]) let_go(shelf[at]);
	shelf[at] = kept;
	const struct recognition *held = hold(p, kept);
	pthread_mutex_unlock(&lock);
	return held;
}

enum code recognition_kept(const struct page *p, uint64_t generation, int64_t from, int64_t to,
                           const struct recognition **ret, struct err *err)
{
	*ret = find(p, generation, from);
	if (*ret) return OK;
	struct kept *kept = calloc(1, sizeof(*kept));
	if (kept == NULL) abort(); /* out of memory */
	kept->model = model_hold(p->model);
	kept->generation = generation;
	kept->from = from;
	kept->holders = 1;
	arena_init(&kept->arena);
	enum code code = recognition_read(p->db, &kept->arena, p->model, &actor_visitor, from, to, &kept->all, err);
	if (code != OK) {
		let_go(kept);
		return code;
	}
	for (int i = 0; i < kept->all.n; i++) kept->all.people[i].email = "";
	*ret = put(p, kept);
	return OK;
}
