/*
 * parvis_data DIR N [SEED]: adds N records to a site made by `parvis init DIR --preset agora-de-quartier --demo`,
 * with people and spaces (make data). Dates go over ten years, from 2016; the same seed makes the same records.
 */
#include <malloc.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "command/command.h"
#include "core/form.h"
#include "core/person.h"
#include "core/record.h"
#include "core/space.h"
#include "data.h"
#include "fields/fields.h"
#include "views/view_type.h"

enum {
	BATCH = 200,
	PEOPLE_MAX = 1000,
	SPACES = 12,
	ADJUSTED = 5, /* of a hundred records, those that somebody changes afterwards */
	PUT_AWAY = 1, /* … archived */
};

static const int64_t first_day = 1451606400000 /* 2016-01-01 */, last_day = 1767225600000 /* 2026-01-01 */;

/* Of a hundred records. Neighbourhoods come first: the others name them. */
static const struct {
	const char *form;
	int share;
} shares[] = {
	{ "action", 28 },   { "structure", 25 },         { "page", 14 }, { "espace", 10 },
	{ "projet", 10 },   { "personne_ressource", 5 }, { "outil", 3 }, { "portrait", 2 },
	{ "glossaire", 2 }, { "quartier", 1 },
};

struct loading {
	struct maker maker;
	struct site *site;
	struct arena kept; /* as long as all */
	int64_t n, made;
	struct actor people[PEOPLE_MAX];
	int npeople;
	const char *hash;          /* of everybody's password */
	struct hash_stream digest; /* of the records */
};

/* ---- Spaces and people ---- */

static enum code add_spaces(struct tx *tx, void *arg, struct err *err)
{
	static const char *const visibilities[] = { "public", "public", "public", "public", "listed", "members" };
	struct loading *x = arg;
	for (int i = 0; i < SPACES; i++) {
		const char *visibility = visibilities[i % (int)COUNT(visibilities)];
		json_t *space = json_keep(&x->kept,
		                          json_pack("{s:o, s:o, s:s, s:s}", "key",
		                                    json_string(arena_printf(&x->kept, "groupe_%d", i + 1)), "name",
		                                    json_string(arena_printf(&x->kept, "Groupe %s",
		                                                             words_one(&x->maker.chance, &x->kept))),
		                                    "visibility", visibility, "publication",
		                                    strcmp(visibility, "public") == 0 ? "open" : "members"));
		TRY(space_save(tx, &x->kept, space, err));
	}
	return OK;
}

static enum code add_person(struct loading *x, struct tx *tx, int i, struct err *err)
{
	const struct model *model = x->maker.model;
	int64_t num;
	const char *email = arena_printf(&x->kept, "personne%d@demo.example", i + 1);
	TRY(person_create(tx, &x->kept, words_person(&x->maker.chance, &x->kept), email, x->hash, LEVEL_CONTRIBUTOR,
	                  &num, err));
	for (int joined = 0; joined < 3; joined++) {
		const struct space *space = &model->spaces[joined ? chance_below(&x->maker.chance, model->nspaces) : 0];
		TRY(membership_set(tx, num, space->num,
		                   chance_of(&x->maker.chance, 20) ? LEVEL_FACILITATOR : LEVEL_MEMBER, err));
	}
	return actor_load(tx_db(tx), &x->kept, num, &x->people[i], err);
}

/* The demonstration's own people belong everywhere too. */
static enum code add_people(struct tx *tx, void *arg, struct err *err)
{
	struct loading *x = arg;
	const struct model *model = x->maker.model;
	struct person *known;
	int n;
	TRY(person_list(tx_db(tx), &x->kept, &known, &n, err));
	for (int i = 0; i < n; i++) {
		bool animates = strncmp(known[i].email, "anime", 5) == 0;
		for (int s = 0; s < model->nspaces && known[i].level == LEVEL_CONTRIBUTOR; s++)
			TRY(membership_set(tx, known[i].num, model->spaces[s].num,
			                   animates ? LEVEL_FACILITATOR : LEVEL_MEMBER, err));
	}
	x->npeople = (int)MIN(60 + x->n / 2000, (int64_t)PEOPLE_MAX);
	for (int i = 0; i < x->npeople; i++) TRY(add_person(x, tx, i, err));
	return OK;
}

/* ---- Records ---- */

static struct pool *choose_pool(struct loading *x)
{
	enum { FIRST = 40 };
	int left = chance_below(&x->maker.chance, 100);
	size_t i = COUNT(shares) - 1;
	if (x->made >= FIRST)
		for (i = 0; (left -= shares[i].share) >= 0; i++) continue;
	return &x->maker.pools[model_form(x->maker.model, shares[i].form) - x->maker.model->forms];
}

static void pool_add(struct pool *pool, struct id id)
{
	if (pool->n == pool->room) {
		pool->room = pool->room ? pool->room * 2 : 1024;
		pool->ids = realloc(pool->ids, (size_t)pool->room * sizeof(*pool->ids));
		if (pool->ids == NULL) die("out of memory");
	}
	pool->ids[pool->n++] = id;
}

static enum code save(struct loading *x, struct tx *tx, struct save *save, struct err *err)
{
	struct issues issues;
	issues_init(&issues, x->maker.a);
	save->actor = &x->people[chance_below(&x->maker.chance, x->npeople)];
	save->mends = true; /* no right is asked of her: some values are for facilitators only */
	return record_save(tx, x->maker.a, x->maker.model, save, &issues, err);
}

/* What was made, so that two sites of one seed can be told to be the same. */
static void digest(struct loading *x, const struct save *save)
{
	const char *text = json_text(x->maker.a, save->values);
	hash_feed(&x->digest, save->final_slug, strlen(save->final_slug) + 1);
	hash_feed(&x->digest, text, strlen(text) + 1);
}

static enum code add_record(struct loading *x, struct tx *tx, struct err *err)
{
	struct maker *m = &x->maker;
	struct pool *pool = choose_pool(x);
	const struct model *model = m->model;
	m->now = first_day + (last_day - first_day) / x->n * x->made;
	clock_set(m->now);
	struct save new = { .form = pool->form, .state = STATE_PUBLISHED };
	new.space = &model->spaces[chance_of(&m->chance, 50) ? 0 : chance_below(&m->chance, model->nspaces)];
	new.values = values_make(m, pool->form);
	TRY(save(x, tx, &new, err));
	digest(x, &new);
	pool_add(pool, new.saved);
	x->made++;
	struct id some = pool->ids[chance_below(&m->chance, pool->n)];
	if (chance_of(&m->chance, ADJUSTED)) {
		struct save change = { .record = some, .values = values_change(m, pool->form), .note = "Mise à jour" };
		TRY(save(x, tx, &change, err));
	}
	if (chance_of(&m->chance, PUT_AWAY))
		return record_set_state(tx, m->a, model, &actor_program, some, STATE_ARCHIVED, (struct id){ 0 }, err);
	return OK;
}

static enum code add_batch(struct tx *tx, void *arg, struct err *err)
{
	struct loading *x = arg;
	for (int i = 0; i < BATCH && x->made < x->n; i++) {
		TRY(add_record(x, tx, err));
		arena_reset(x->maker.a);
	}
	return OK;
}

static void tell(const struct loading *x, int64_t begun)
{
	int64_t spent = MAX(clock_monotonic() - begun, 1);
	fprintf(stderr, "%3lld %%  %lld records, %lld a second\n", (long long)(x->made * 100 / x->n),
	        (long long)x->made, (long long)(x->made * 1000 / spent));
}

static enum code add_records(struct loading *x, struct err *err)
{
	struct store *store = site_store(x->site);
	int64_t begun = clock_monotonic(), told = 0;
	while (x->made < x->n) {
		TRY(store_write(store, add_batch, x, err));
		if (x->made * 10 / x->n == told) continue;
		told = x->made * 10 / x->n;
		tell(x, begun);
	}
	return OK;
}

/* ---- The whole ---- */

static enum code load(struct loading *x, struct err *err)
{
	struct store *store = site_store(x->site);
	TRY(password_hash(&x->kept, "parvis-demo-personne", &x->hash, err));
	TRY(site_write(x->site, add_spaces, x, err));
	x->maker.model = site_model(x->site);
	TRY(store_write(store, add_people, x, err));
	x->maker.pools = arena_array(&x->kept, struct pool, (size_t)x->maker.model->nforms);
	for (int i = 0; i < x->maker.model->nforms; i++) x->maker.pools[i].form = &x->maker.model->forms[i];
	TRY(add_records(x, err));
	struct hash made = hash_end(&x->digest);
	char hex[HASH_HEX + 1];
	fprintf(stderr, "SHA-256 %s\n", hash_hex(&made, hex));
	for (int i = 0; i < x->maker.model->nforms; i++) free(x->maker.pools[i].ids);
	model_release(x->maker.model);
	return OK;
}

int main(int argc, char **argv)
{
	static struct loading x;
	struct arena each;
	struct err err;
	int64_t seed = argc > 3 ? atoll(argv[3]) : 1;
	x.n = argc > 2 ? atoll(argv[2]) : 0;
	if (x.n < 1 || x.n > 10000000 || seed < 1) {
		fputs("usage: parvis_data DIR N [SEED]\n", stderr);
		return 2;
	}
	if (sodium_init() < 0) die("libsodium does not start");
	field_types_use(field_table);
	view_layouts_use(view_type_names);
	random_seed((uint64_t)seed);
	arena_init(&each);
	arena_init(&x.kept);
	hash_begin(&x.digest);
	x.maker = (struct maker){ .chance = { (uint64_t)seed }, .a = &each, .now = first_day };
	clock_set(first_day);
	enum code code = command_open(argv[1], false, &x.site, &err);
	if (code == OK) {
		code = load(&x, &err);
		site_close(x.site);
	}
	arena_release(&each);
	arena_release(&x.kept);
	return code == OK ? 0 : command_fail(&err);
}
