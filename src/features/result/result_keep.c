#include "features/result/result_keep.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct kept {
	const struct model *model; /* held: its address is nobody else's meanwhile */
	const struct form *form;
	struct answer_columns *columns;
	int holders; /* and the shelf itself */
	uint64_t asked;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept *shelf[KEPT_MAX]; /* the only owner */
static uint64_t turn;

struct answer_columns *columns_new(void)
{
	struct answer_columns *columns = calloc(1, sizeof(*columns));
	if (columns == NULL) abort(); /* out of memory */
	arena_init(&columns->arena);
	return columns;
}

void columns_free(struct answer_columns *columns)
{
	arena_release(&columns->arena);
	free(columns);
}

/* Under the lock. */
static void let_go(struct kept *kept)
{
	if (--kept->holders > 0) return;
	columns_free(kept->columns);
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
static const struct answer_columns *hold(const struct page *p, struct kept *kept)
{
	kept->holders++;
	kept->asked = ++turn;
	arena_defer(p->arena, release, kept);
	return kept->columns;
}

static bool is_of(const struct kept *kept, const struct form *form)
{
	return kept && kept->form->num == form->num && strcmp(kept->form->key, form->key) == 0;
}

const struct answer_columns *kept_find(const struct page *p, const struct form *form, bool *same)
{
	const struct answer_columns *found = NULL;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < KEPT_MAX && found == NULL; i++) {
		struct kept *kept = shelf[i];
		if (!is_of(kept, form)) continue;
		*same = kept->model == p->model;
		found = hold(p, kept);
	}
	pthread_mutex_unlock(&lock);
	return found;
}

/* The place of the same form, else an empty one, else that of what was not asked for longest. */
static int place_for(const struct form *form)
{
	int best = 0;
	for (int i = 0; i < KEPT_MAX; i++)
		if (shelf[i] && strcmp(shelf[i]->form->key, form->key) == 0) return i; /* of an older model too */
	for (int i = 0; i < KEPT_MAX; i++) {
		if (shelf[i] == NULL) return i;
		if (shelf[i]->asked < shelf[best]->asked) best = i;
	}
	return best;
}

const struct answer_columns *kept_put(const struct page *p, const struct form *form, struct answer_columns *columns)
{
	struct kept *kept = calloc(1, sizeof(*kept));
	if (kept == NULL) abort(); /* out of memory */
	*kept = (struct kept){ .model = model_hold(p->model), .form = form, .columns = columns, .holders = 1 };
	pthread_mutex_lock(&lock);
	int at = place_for(form);
	if (shelf[at]) let_go(shelf[at]);
	shelf[at] = kept;
	const struct answer_columns *held = hold(p, kept);
	pthread_mutex_unlock(&lock);
	return held;
}
