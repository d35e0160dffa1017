#include "features/result/answer_columns.h"

#include <stdlib.h>
#include <string.h>

#include "core/form_part.h"
#include "core/moment.h"
#include "features/result/answer_stored.h"
#include "features/result/result_keep.h"

/* A question of the form and the columns that take of its value. */
struct member {
	const char *key;
	size_t len;
	int first, n;
};

struct taking {
	const struct page *p;
	const struct form *form;
	const struct answer_source *source;
	struct answer_columns *columns;
	struct member *members; /* by their keys */
	int nmembers, next;
	struct arena scratch;            /* of one answer */
	const struct response_key *keys; /* asked for, and from which place on they go */
	int nkeys, told, from;
	int at; /* of the answer being taken */
};

/* ---- Values as they are stored ---- */

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct member *)a)->key, ((const struct member *)b)->key);
}

static void find_members(struct taking *t, struct arena *a)
{
	const struct answer_fills *fills = &t->columns->fills;
	t->members = arena_array(a, struct member, (size_t)fills->asked + 1);
	for (int i = 0; i < fills->asked; i++) {
		const char *key = fill_whole(fills->all[i])->key;
		struct member *last = t->nmembers ? &t->members[t->nmembers - 1] : NULL;
		if (last && strcmp(last->key, key) == 0) last->n++;
		else t->members[t->nmembers++] = (struct member){ key, strlen(key), i, 1 };
	}
	if (t->nmembers) qsort(t->members, (size_t)t->nmembers, sizeof(*t->members), by_key);
}

static int compare(const struct member *member, struct json_slice key)
{
	int order = memcmp(member->key, key.text, MIN(member->len, key.len));
	if (order) return order;
	return member->len == key.len ? 0 : member->len < key.len ? -1 : 1;
}

/* They come in order (json_text): the next one is mostly the one that comes. */
static const struct member *member_of(struct taking *t, struct json_slice key)
{
	int low = 0, high = t->nmembers;
	if (t->next < t->nmembers && compare(&t->members[t->next], key) == 0) return &t->members[t->next++];
	while (low < high) {
		int middle = (low + high) / 2, order = compare(&t->members[middle], key);
		if (order == 0) {
			t->next = middle + 1;
			return &t->members[middle];
		}
		if (order < 0) low = middle + 1;
		else high = middle;
	}
	return NULL;
}

static void take_tree(struct taking *t, const struct member *member, struct json_slice value)
{
	json_t *tree;
	struct err err;
	if (json_parse(&t->scratch, value.text, value.len, &tree, &err) != OK) return; /* the program wrote it */
	for (int i = 0; i < member->n; i++)
		fill_take(t->columns->fills.all[member->first + i], t->p->lang, t->at, tree);
}

/* The lines of a table, while their answers are looked through. */
struct lines {
	struct taking *t;
	const struct member *member;
	bool take, plain;
};

static struct result_fill *line_of(const struct lines *lines, struct json_slice key)
{
	const struct answer_fills *fills = &lines->t->columns->fills;
	for (int i = 0; i < lines->member->n; i++) {
		const char *line = fills->all[lines->member->first + i]->field->path[0];
		if (strncmp(line, key.text, key.len) == 0 && line[key.len] == '\0')
			return fills->all[lines->member->first + i];
	}
	return NULL;
}

/* Each is looked at before any is taken, so that nothing is taken by halves. */
static void take_line(void *context, struct json_slice key, struct json_slice value)
{
	struct lines *lines = context;
	struct result_fill *fill = line_of(lines, key);
	if (fill == NULL) return;
	if (lines->take) fill_take_plain(fill, lines->t->at, value);
	else lines->plain &= fill->field->path[1] == NULL && fill_is_plain(fill, value);
}

static bool take_lines(struct taking *t, const struct member *member, struct json_slice value)
{
	struct lines lines = { t, member, false, true };
	if (!json_scan_object(value, take_line, &lines) || !lines.plain) return false;
	lines.take = true;
	return json_scan_object(value, take_line, &lines);
}

static void take_member(void *context, struct json_slice key, struct json_slice value)
{
	struct taking *t = context;
	const struct member *member = member_of(t, key);
	if (member == NULL) return;
	struct result_fill *fill = t->columns->fills.all[member->first];
	bool alone = member->n == 1 && fill->field->whole == NULL;
	if (alone && fill_is_plain(fill, value)) {
		fill_take_plain(fill, t->at, value);
		return;
	}
	if (!alone && fill->field->whole && take_lines(t, member, value)) return;
	take_tree(t, member, value);
}

/* Not as the program writes it: read as any other. */
static enum code take_text(struct taking *t, struct json_slice text, struct err *err)
{
	json_t *values;
	const struct answer_fills *fills = &t->columns->fills;
	TRY(json_parse(&t->scratch, text.text, text.len, &values, err));
	for (int i = 0; i < fills->asked; i++)
		fill_take(fills->all[i], t->p->lang, t->at, json_object_get(values, fill_whole(fills->all[i])->key));
	return OK;
}

static enum code take_body(void *context, const struct response_body *body, struct err *err)
{
	struct taking *t = context;
	const struct json_slice text = { body->text, body->len };
	while (t->told < t->nkeys && response_key_compare(&t->keys[t->told], &body->key) != 0) t->told++;
	if (t->told == t->nkeys) FAIL(err, E_INTERNAL, N_("an answer comes that was not asked for"));
	t->at = t->from + t->told++;
	t->next = 0;
	if (!json_scan_object(text, take_member, t)) TRY(take_text(t, text, err));
	answer_fills_own(&t->columns->fills, t->at, NULL, body->completed,
	                 body->has_channel ? channel_key(body->channel) : NULL);
	arena_reset(&t->scratch);
	return OK;
}

static enum code take_bodies(struct taking *t, const struct response_key *keys, int n, int from, struct err *err)
{
	t->keys = keys;
	t->nkeys = n;
	t->from = from;
	find_members(t, t->p->arena);
	arena_init(&t->scratch);
	enum code code = t->source->stored(t->p, t->form, keys, n, take_body, t, err);
	arena_release(&t->scratch);
	return code;
}

/* ---- Columns ---- */

/* Room for some more, so that few that come need no longer sets. */
static int room_for(int n)
{
	return (n + n / 8 + 64) / 64 * 64 + 64;
}

void answer_columns_begin(struct answer_columns *columns, const struct page *p, const struct form *form,
                          const struct answer_source *source, int most, int n)
{
	columns->most = most;
	columns->words = most / 64;
	columns->n = n;
	columns->slots = arena_array(&columns->arena, struct answer_slot, (size_t)n + 1);
	answer_fills_begin(&columns->fills, p, &columns->arena, form, source, most, NULL, false);
}

void answer_columns_end(struct answer_columns *columns)
{
	answer_fills_end(&columns->fills, columns->n, &columns->questions, &columns->nquestions);
	columns->fills.p = NULL;
}

static enum code anew(struct taking *t, const struct response_key *keys, int n, struct err *err)
{
	t->columns->shape = answer_shape(t->p, t->form);
	answer_columns_begin(t->columns, t->p, t->form, t->source, room_for(n), n);
	for (int i = 0; i < n; i++) t->columns->slots[i] = (struct answer_slot){ keys[i], i };
	TRY(take_bodies(t, keys, n, 0, err));
	answer_columns_end(t->columns);
	return OK;
}

/* ---- Following ---- */

/* What changed since `old`. */
struct change {
	int *place;                /* of each that was there; −1: it goes */
	int *moved;                /* those whose place is another */
	struct response_key *come; /* in their order */
	int gone, ncome, nmoved;
};

static void compare_keys(const struct answer_columns *old, const struct response_key *keys, int n, struct arena *a,
                         struct change *ret)
{
	struct change c = { .place = arena_array(a, int, (size_t)old->n + 1),
		            .moved = arena_array(a, int, (size_t)old->n + 1),
		            .come = arena_array(a, struct response_key, (size_t)n + 1) };
	int k = 0;
	for (int i = 0; i < old->n; i++) c.place[i] = i;
	for (int i = 0; i < old->n || k < n;) {
		const struct answer_slot *slot = &old->slots[i];
		int order = i == old->n ? 1 : k == n ? -1 : response_key_compare(&slot->key, &keys[k]);
		if (order == 0 && slot->key.changed == keys[k].changed) i++, k++;
		else {
			if (order <= 0) c.place[slot->at] = -1, c.gone++, i++;
			if (order >= 0) c.come[c.ncome++] = keys[k++];
		}
	}
	*ret = c;
}

/* The last ones go where there is room. */
static void close_ranks(const struct answer_columns *old, struct change *c)
{
	int left = old->n - c->gone, hole = 0;
	for (int i = 0; i < old->n; i++) {
		if (c->place[i] >= 0 && i >= left) {
			while (c->place[hole] >= 0) hole++;
			c->place[i] = hole++;
		}
		if (c->place[i] != i) c->moved[c->nmoved++] = i;
	}
}

static void put_slots(const struct answer_columns *old, const struct change *c, const struct response_key *keys, int n,
                      struct answer_slot *slots)
{
	int i = 0, come = old->n - c->gone;
	for (int k = 0; k < n; k++) {
		while (i < old->n && response_key_compare(&old->slots[i].key, &keys[k]) < 0) i++;
		bool same = i < old->n && response_key_compare(&old->slots[i].key, &keys[k]) == 0;
		int place = same ? c->place[old->slots[i].at] : -1;
		slots[k] = (struct answer_slot){ keys[k], place >= 0 ? place : come++ };
	}
}

/* *followed false: too much changed, or what went cannot be told apart. */
static enum code follow(struct taking *t, const struct answer_columns *old, const struct response_key *keys, int n,
                        bool *followed, struct err *err)
{
	struct change c;
	*followed = false;
	compare_keys(old, keys, n, t->p->arena, &c);
	if (c.gone + c.ncome > 256 + old->n / 4 || old->most > 2 * room_for(n)) return OK;
	close_ranks(old, &c);
	answer_columns_begin(t->columns, t->p, t->form, t->source, n <= old->most ? old->most : room_for(n), n);
	const struct fill_moves moves = { c.place, c.moved, c.nmoved };
	for (int i = 0; i < t->columns->fills.n; i++)
		if (!fill_take_over(t->columns->fills.all[i], old->fills.all[i], &moves)) return OK;
	put_slots(old, &c, keys, n, t->columns->slots);
	TRY(take_bodies(t, c.come, c.ncome, old->n - c.gone, err));
	answer_columns_end(t->columns);
	*followed = true;
	return OK;
}

/* ---- What is kept ---- */

struct hash answer_shape(const struct page *p, const struct form *form)
{
	struct hash_stream stream;
	const char *zone = zone_name(model_zone(p->model));
	const bool spaces = p->model->nspaces > 1; /* then there is a question of it */
	hash_begin(&stream);
	hash_feed(&stream, &spaces, sizeof(spaces));
	hash_feed(&stream, zone, strlen(zone) + 1);
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		const char *text = json_text(p->arena, field->definition);
		hash_feed(&stream, text, strlen(text) + 1);
		for (int k = 0; k < field->nchoices; k++)
			hash_feed(&stream, field->choices[k].key, strlen(field->choices[k].key) + 1);
	}
	return hash_end(&stream);
}

static bool same_keys(const struct answer_columns *columns, const struct response_key *keys, int n)
{
	if (columns->n != n) return false;
	for (int i = 0; i < n; i++)
		if (response_key_compare(&columns->slots[i].key, &keys[i]) != 0 ||
		    columns->slots[i].key.changed != keys[i].changed)
			return false;
	return true;
}

static enum code make(struct taking *t, const struct answer_columns *old, const struct response_key *keys, int n,
                      struct err *err)
{
	bool followed = false;
	if (old) {
		t->columns = columns_new();
		t->columns->shape = old->shape;
		enum code code = follow(t, old, keys, n, &followed, err);
		if (!followed) columns_free(t->columns);
		if (code != OK || followed) return code;
	}
	t->columns = columns_new();
	t->nmembers = 0;
	enum code code = anew(t, keys, n, err);
	if (code != OK) columns_free(t->columns);
	return code;
}

enum code answer_columns_now(const struct page *p, const struct form *form, const struct answer_source *source,
                             const struct answer_columns **ret, struct answer_counts *counts, struct err *err)
{
	struct taking t = { .p = p, .form = form, .source = source };
	struct response_key *keys;
	int n;
	bool same;
	TRY(source->keys(p, form, &keys, &n, counts, err));
	const struct answer_columns *old = kept_find(p, form, &same);
	if (old == NULL && n >= ANSWERS_STORED_FROM) {
		same = true;
		TRY(answer_stored(p, form, source, &old, err));
	}
	if (old && !same) {
		const struct hash shape = answer_shape(p, form);
		if (hash_compare(&shape, &old->shape) != 0) old = NULL;
	}
	if (old && same && same_keys(old, keys, n)) {
		*ret = old;
		return OK;
	}
	TRY(make(&t, old, keys, n, err));
	*ret = kept_put(p, form, t.columns);
	return OK;
}

enum code answer_columns_anew(const struct page *p, const struct form *form, const struct answer_source *source,
                              struct answer_columns *columns, struct err *err)
{
	struct taking t = { .p = p, .form = form, .source = source, .columns = columns };
	struct answer_counts counts;
	struct response_key *keys;
	int n;
	TRY(source->keys(p, form, &keys, &n, &counts, err));
	return anew(&t, keys, n, err);
}
