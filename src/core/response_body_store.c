#include "core/response_body.h"

#include <stdlib.h>
#include <string.h>

/* So many, and one question for all is quicker than one for each. */
enum { ALL_FROM = 200 };

int response_key_compare(const struct response_key *a, const struct response_key *b)
{
	if (a->num != b->num) return a->num < b->num ? -1 : 1;
	return memcmp(&a->id, &b->id, sizeof(a->id));
}

static bool is_anonymous(const struct form *form)
{
	return form->survey->anonymity == ANONYMITY_ANONYMOUS;
}

/* ---- Which there are ---- */

static enum code count(struct db *db, const struct response_walk *walk, struct response_counts *ret, struct err *err)
{
	const struct form *form = walk->form;
	*ret = (struct response_counts){ 0 };
	TRY(db_int(db, &ret->started, 0, err,
	           "SELECT COUNT(*) FROM response WHERE form = $1 AND state = $2 AND channel <> $3", form->num,
	           (int)RESPONSE_STARTED, (int)CHANNEL_TRIAL));
	if (is_anonymous(form))
		return db_int(db, &ret->complete, 0, err, "SELECT COUNT(*) FROM anonymous_answer WHERE form = $1",
		              form->num);
	return db_int(db, &ret->complete, 0, err, "SELECT COUNT(*) FROM response WHERE form = $1 AND state = $2",
	              form->num, (int)RESPONSE_COMPLETE);
}

static enum code dated_keys(struct db *db, const struct response_walk *walk, int max, struct response_key *keys, int *n,
                            struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT num, changed, id FROM response WHERE form = $1 AND state = $2 ORDER BY num LIMIT $3",
	             walk->form->num, (int)RESPONSE_COMPLETE, max));
	while (*n < max && rows_next(&rows))
		keys[(*n)++] = (struct response_key){ row_int(&rows, 0), row_int(&rows, 1), row_id(&rows, 2) };
	return rows_end(&rows, err);
}

static int by_id(const void *a, const void *b)
{
	return response_key_compare(a, b);
}

static enum code anonymous_keys(struct db *db, const struct response_walk *walk, int max, struct response_key *keys,
                                int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT id FROM anonymous_answer WHERE form = $1 AND shown >= $2 ORDER BY id LIMIT $3",
	             walk->form->num, walk->stand == STAND_OVER ? 0 : 1, max));
	while (*n < max && rows_next(&rows)) keys[(*n)++] = (struct response_key){ .id = row_id(&rows, 0) };
	TRY(rows_end(&rows, err));
	if (*n) qsort(keys, (size_t)*n, sizeof(*keys), by_id);
	return OK;
}

enum code response_keys(struct db *db, struct arena *a, const struct response_walk *walk, int max,
                        struct response_key **ret, int *n, struct response_counts *counts, struct err *err)
{
	bool anonymous = is_anonymous(walk->form);
	struct response_counts c;
	int found = 0;
	TRY(responses_may(walk->model, walk->actor, ACTION_READ, walk->form, err));
	TRY(count(db, walk, &c, err));
	struct response_key *keys = arena_array(a, struct response_key, (size_t)MIN(c.complete, max) + 1);
	bool withheld = walk->form->survey->anonymity != ANONYMITY_NAMED && c.complete < RESPONSES_LOT;
	if (!withheld && anonymous) TRY(anonymous_keys(db, walk, (int)MIN(c.complete, max), keys, &found, err));
	else if (!withheld) TRY(dated_keys(db, walk, (int)MIN(c.complete, max), keys, &found, err));
	c.shown = found;
	*ret = keys;
	*n = found;
	*counts = c;
	return OK;
}

/* ---- Their texts ---- */

/* The columns of both tables in one order. */
#define DATED "SELECT id, body, num, changed, completed, channel FROM response WHERE "
#define ANONYMOUS "SELECT id, body FROM anonymous_answer WHERE "

static struct response_body body_of(const struct rows *rows, bool anonymous)
{
	struct response_body body = { .key.id = row_id(rows, 0), .text = row_text(rows, 1) };
	body.len = strlen(body.text);
	if (anonymous) return body;
	body.key.num = row_int(rows, 2);
	body.key.changed = row_int(rows, 3);
	body.completed = row_int(rows, 4);
	body.channel = (enum channel)row_int(rows, 5);
	body.has_channel = true;
	return body;
}

/* All of the form are read; those that are asked for come in the same order. */
static enum code pass(struct rows *rows, bool anonymous, const struct response_key *keys, int n, response_body_fn *fn,
                      void *context, struct err *err)
{
	int at = 0;
	while (at < n && rows_next(rows)) {
		struct response_key key = { .num = anonymous ? 0 : row_int(rows, 2), .id = row_id(rows, 0) };
		while (at < n && response_key_compare(&keys[at], &key) < 0) at++;
		if (at == n || response_key_compare(&keys[at], &key) != 0) continue;
		struct response_body body = body_of(rows, anonymous);
		TRY(fn(context, &body, err));
		at++;
	}
	return rows_end(rows, err);
}

static enum code all_bodies(struct db *db, const struct response_walk *walk, const struct response_key *keys, int n,
                            response_body_fn *fn, void *context, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	bool anonymous = is_anonymous(walk->form);
	if (anonymous)
		TRY(db_query(db, &rows, err, ANONYMOUS "form = $1 AND shown >= $2 ORDER BY id", walk->form->num,
		             walk->stand == STAND_OVER ? 0 : 1));
	else
		TRY(db_query(db, &rows, err, DATED "form = $1 AND state = $2 AND num >= $3 ORDER BY num",
		             walk->form->num, (int)RESPONSE_COMPLETE, n ? keys[0].num : 0));
	return pass(&rows, anonymous, keys, n, fn, context, err);
}

static enum code one_body(struct db *db, const struct response_walk *walk, const struct response_key *key,
                          response_body_fn *fn, void *context, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	bool anonymous = is_anonymous(walk->form);
	if (anonymous) TRY(db_query(db, &rows, err, ANONYMOUS "id = $1 AND form = $2", key->id, walk->form->num));
	else
		TRY(db_query(db, &rows, err, DATED "num = $1 AND form = $2 AND state = $3", key->num, walk->form->num,
		             (int)RESPONSE_COMPLETE));
	return pass(&rows, anonymous, key, 1, fn, context, err);
}

enum code response_bodies(struct db *db, const struct response_walk *walk, const struct response_key *keys, int n,
                          response_body_fn *fn, void *context, struct err *err)
{
	TRY(responses_may(walk->model, walk->actor, ACTION_READ, walk->form, err));
	if (n >= ALL_FROM) return all_bodies(db, walk, keys, n, fn, context, err);
	for (int i = 0; i < n; i++) TRY(one_body(db, walk, &keys[i], fn, context, err));
	return OK;
}
