/*
 * Rights: `may` against the rule stated again here, one case after the other; the same rule in SQL
 * against `may`, on random persons, spaces and records.
 */
#include "core/right.h"

#include "core/reader.h"
#include "core/reading.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "support/seeds.h"

/* The printed table: who may do what where everybody may take part. V visitor, C contributor,
 * M member, F facilitator, A administrator, - nobody. Actions down, kinds across. */
static const char *const table[ACTION_COUNT] = {
	/*                       RECORD COMMENT SPACE MODEL PERSON SITE RESPONSE */
	[ACTION_NONE] = "-------",       [ACTION_READ] = "VVVVCVF",  [ACTION_HISTORY] = "VVMFAAF",
	[ACTION_CREATE] = "CCAFA-V",     [ACTION_EDIT] = "CFFFAAF",  [ACTION_RESTORE] = "CFFFAAF",
	[ACTION_DELETE] = "FFAFA-F",     [ACTION_ERASE] = "FF----F", [ACTION_MANAGE] = "FFFFAAF",
	[ACTION_ADMINISTER] = "AAAAAAA",
};

static const enum visibility visibilities[] = { VISIBILITY_PUBLIC, VISIBILITY_LISTED, VISIBILITY_MEMBERS };
static const enum publication publications[] = { PUBLICATION_OPEN, PUBLICATION_OWN, PUBLICATION_APPROVED,
	                                         PUBLICATION_MEMBERS };
static const enum space_state space_states[] = { SPACE_AWAKE, SPACE_ASLEEP };
static const enum guests guests[] = { GUESTS_NONE, GUESTS_APPROVED, GUESTS_OPEN };

/* The rule, in words */

static bool is_signed_in(const struct actor *actor)
{
	return actor->person != 0;
}

static enum level level_in(const struct actor *actor, const struct space *space)
{
	if (actor->site == LEVEL_ADMINISTRATOR) return LEVEL_ADMINISTRATOR;
	if (space == NULL) return actor->site;
	for (int i = 0; i < actor->nspaces; i++)
		if (actor->spaces[i].space == space->num) return actor->spaces[i].level;
	return space->visibility == VISIBILITY_PUBLIC ? actor->site : LEVEL_VISITOR;
}

/* A comment is one, below another. */
static bool is_record(enum kind kind)
{
	return kind == KIND_RECORD || kind == KIND_COMMENT;
}

static enum level needs(enum action action, enum kind kind, const struct space *space)
{
	enum level level = (enum level)(strchr("VCMFA-", table[action][kind]) - "VCMFA-");
	bool writes = action == ACTION_CREATE || action == ACTION_EDIT || action == ACTION_RESTORE;
	/* That a listed space exists is for everybody to know. */
	bool known = kind == KIND_SPACE && action == ACTION_READ && space && space->visibility == VISIBILITY_LISTED;
	if (space && space->visibility != VISIBILITY_PUBLIC && level < LEVEL_MEMBER && !known) return LEVEL_MEMBER;
	if (space == NULL || !is_record(kind)) return level;
	if (writes && space->publication == PUBLICATION_MEMBERS && level < LEVEL_MEMBER) return LEVEL_MEMBER;
	/* Where contributors keep to their own, members correct all. */
	if (writes && action != ACTION_CREATE && space->publication != PUBLICATION_OPEN && level < LEVEL_MEMBER)
		return LEVEL_MEMBER;
	if (action == ACTION_CREATE && space->guests != GUESTS_NONE) return LEVEL_VISITOR;
	return level;
}

static bool rule(const struct actor *actor, enum action action, const struct thing *thing)
{
	enum level level = level_in(actor, thing->space);
	bool writes = action == ACTION_CREATE || action == ACTION_EDIT || action == ACTION_RESTORE;
	bool program = !is_signed_in(actor) && actor->site == LEVEL_ADMINISTRATOR;
	/* What is confidential is for those named for it, through a door where their reading is noted: whatever their
	 * level, and whoever wrote it. */
	if (is_record(thing->kind) && thing->circle && !program) {
		bool named = false;
		for (int i = 0; i < actor->ncircles; i++) named |= actor->circles[i].circle == thing->circle;
		if (!named || actor->readings == NULL) return false;
	}
	/* Nobody writes or answers where a space sleeps, be it her own; the program keeps house there. */
	if ((is_record(thing->kind) || thing->kind == KIND_RESPONSE) && thing->space &&
	    thing->space->state == SPACE_ASLEEP && writes && !program)
		return false;
	if (thing->kind == KIND_SPACE && action == ACTION_READ && thing->space &&
	    thing->space->visibility == VISIBILITY_LISTED)
		return true;
	/* What is in a space for its members is nobody else's. */
	if (thing->space && thing->space->visibility != VISIBILITY_PUBLIC && level < LEVEL_MEMBER) return false;
	/* A part is for its audience, whoever wrote it. */
	if (is_record(thing->kind) && thing->audience == AUDIENCE_MEMBERS && level < LEVEL_MEMBER) return false;
	if (is_record(thing->kind) && thing->audience == AUDIENCE_FACILITATORS && level < LEVEL_FACILITATOR)
		return false;
	/* Authors read, follow, correct and take away what is theirs, also as a draft and in the trash. */
	if (is_signed_in(actor) && thing->author == actor->person &&
	    (action == ACTION_READ || action == ACTION_HISTORY || action == ACTION_EDIT || action == ACTION_DELETE))
		return true;
	/* Others' drafts and trash are for facilitators. */
	if (is_record(thing->kind) && (thing->state == STATE_DRAFT || thing->state == STATE_TRASH) &&
	    level < LEVEL_FACILITATOR)
		return false;
	return level >= needs(action, thing->kind, thing->space);
}

static enum code answer(const struct actor *actor, enum action action, const struct thing *thing)
{
	bool writes = action == ACTION_CREATE || action == ACTION_EDIT || action == ACTION_RESTORE;
	if (rule(actor, action, thing)) return OK;
	if (!rule(actor, ACTION_READ, thing)) return E_NOT_FOUND;
	/* Signing in would not help. */
	if ((is_record(thing->kind) || thing->kind == KIND_RESPONSE) && thing->space &&
	    thing->space->state == SPACE_ASLEEP && writes)
		return E_FORBIDDEN;
	return is_signed_in(actor) ? E_FORBIDDEN : E_SIGN_IN;
}

/* Every actor, action and thing there can be. */

enum { SPACE = 7, PERSON = 3, OTHER = 4, CIRCLE = 2 /* of which persons are in none, in the last, by a door or not */ };

static int check_one(const struct actor *actor, enum action action, const struct thing *thing)
{
	struct err err = { 0 };
	enum code expected = answer(actor, action, thing), code = may(actor, action, thing, &err);
	if (code == expected && allowed(actor, action, thing) == (code == OK)) return 0;
	print_error("%s for %s on %s: person %d level %d in space, author %d, state %d, audience %d, visibility %d\n",
	            code_name(code), action_words(action), kind_words(thing->kind), (int)actor->person,
	            thing->space ? (int)actor_level(actor, thing->space) : (int)actor->site, (int)thing->author,
	            thing->state, thing->audience, thing->space ? (int)thing->space->visibility : -1);
	return 1;
}

static int check_things(const struct actor *actor, const struct space *space)
{
	int wrong = 0;
	for (int action = 0; action < ACTION_COUNT; action++)
		for (int kind = 0; kind < KIND_COUNT; kind++)
			for (int state = STATE_DRAFT; state <= STATE_TRASH; state++)
				for (int audience = 0; audience < AUDIENCE_COUNT; audience++)
					for (int author = 0; author <= OTHER; author += author ? 1 : PERSON) {
						struct thing thing = { .kind = (enum kind)kind,
							               .space = space,
							               .author = author,
							               .state = (enum record_state)state,
							               .audience = (enum audience)audience };
						for (thing.circle = 0; thing.circle <= CIRCLE; thing.circle++)
							wrong += check_one(actor, (enum action)action, &thing);
					}
	return wrong;
}

static int check_actor(const struct actor *actor)
{
	int wrong = check_things(actor, NULL);
	for (size_t v = 0; v < COUNT(visibilities); v++)
		for (size_t p = 0; p < COUNT(publications) * COUNT(guests) * COUNT(space_states); p++) {
			struct space space = { .state = space_states[p / (COUNT(publications) * COUNT(guests))],
				               .num = SPACE,
				               .visibility = visibilities[v],
				               .publication = publications[p / COUNT(guests) % COUNT(publications)],
				               .guests = guests[p % COUNT(guests)] };
			wrong += check_things(actor, &space);
		}
	return wrong;
}

static void test_may(void **state)
{
	(void)state;
	int wrong = check_actor(&actor_visitor) + check_actor(&actor_program);
	/* A visitor of the site may be a person: who added something without an account. */
	static const enum level sites[] = { LEVEL_VISITOR, LEVEL_CONTRIBUTOR, LEVEL_ADMINISTRATOR };
	static const enum level memberships[] = { LEVEL_VISITOR, LEVEL_MEMBER, LEVEL_FACILITATOR };
	for (size_t s = 0; s < COUNT(sites); s++)
		for (size_t m = 0; m < COUNT(memberships); m++) {
			/* Facilitator of another space, which is of no help here. */
			struct actor_space spaces[] = { { SPACE + 1, LEVEL_FACILITATOR }, { SPACE, memberships[m] } };
			struct actor actor = { .person = PERSON,
				               .id = { { 1 } },
				               .name = "P",
				               .site = sites[s],
				               .spaces = spaces,
				               .nspaces = m ? 2 : 1 };
			wrong += check_actor(&actor);
			actor.circles = &(struct actor_circle){ CIRCLE, CIRCLE };
			actor.ncircles = 1;
			wrong += check_actor(&actor);
			actor.readings = &(struct readings){ .way = WAY_PAGE };
			wrong += check_actor(&actor);
		}
	assert_int_equal(wrong, 0);
}

/* Some sentences of the design, as they are. */
static void test_sentences(void **state)
{
	(void)state;
	struct space open = { .num = 1 }, closed = { .num = 2, .visibility = VISIBILITY_MEMBERS };
	struct actor contributor = { .person = 1, .site = LEVEL_CONTRIBUTOR };
	struct thing thing = { .kind = KIND_RECORD, .space = &open, .state = STATE_PUBLISHED };
	assert_int_equal(may(&actor_visitor, ACTION_READ, &thing, NULL), OK);
	assert_int_equal(may(&actor_visitor, ACTION_EDIT, &thing, NULL), E_SIGN_IN);
	assert_int_equal(may(&contributor, ACTION_EDIT, &thing, NULL), OK);
	assert_int_equal(may(&contributor, ACTION_DELETE, &thing, NULL), E_FORBIDDEN);
	thing.author = 1;
	assert_int_equal(may(&contributor, ACTION_DELETE, &thing, NULL), OK);
	thing.audience = AUDIENCE_FACILITATORS;
	assert_int_equal(may(&contributor, ACTION_READ, &thing, NULL), E_NOT_FOUND);
	/* Unreadable and absent both look the same. */
	thing = (struct thing){ .kind = KIND_RECORD, .space = &closed, .author = 1, .state = STATE_PUBLISHED };
	assert_int_equal(may(&contributor, ACTION_READ, &thing, NULL), E_NOT_FOUND);
	assert_int_equal(may(&actor_visitor, ACTION_EDIT, &thing, NULL), E_NOT_FOUND);
	/* A listed space is known, and what is in it is not. */
	struct space listed = { .num = 3, .visibility = VISIBILITY_LISTED };
	assert_int_equal(
	        may(&actor_visitor, ACTION_READ, &(struct thing){ .kind = KIND_SPACE, .space = &listed }, NULL), OK);
	assert_int_equal(
	        may(&contributor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = &listed }, NULL),
	        E_FORBIDDEN);
	assert_int_equal(may(&contributor, ACTION_READ, &(struct thing){ .kind = KIND_SPACE, .space = &closed }, NULL),
	                 E_NOT_FOUND);
	thing = (struct thing){ .kind = KIND_RECORD, .space = &listed, .state = STATE_PUBLISHED };
	assert_int_equal(may(&contributor, ACTION_READ, &thing, NULL), E_NOT_FOUND);
	assert_int_equal(may(&contributor, ACTION_CREATE, &thing, NULL), E_NOT_FOUND);
	/* Where it sleeps even an administrator wakes it first; authors take back what is theirs. */
	struct space asleep = { .num = 4, .state = SPACE_ASLEEP };
	struct actor administrator = { .person = 9, .site = LEVEL_ADMINISTRATOR };
	thing = (struct thing){ .kind = KIND_RECORD, .space = &asleep, .author = 1, .state = STATE_PUBLISHED };
	assert_int_equal(may(&administrator, ACTION_EDIT, &thing, NULL), E_FORBIDDEN);
	assert_int_equal(may(&administrator, ACTION_DELETE, &thing, NULL), OK);
	assert_int_equal(may(&contributor, ACTION_EDIT, &thing, NULL), E_FORBIDDEN);
	assert_int_equal(may(&contributor, ACTION_DELETE, &thing, NULL), OK);
	assert_int_equal(may(&actor_visitor, ACTION_READ, &thing, NULL), OK);
	assert_int_equal(
	        may(&administrator, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = &asleep }, NULL), OK);
	/* Nobody without an account is the author of what has none. */
	thing = (struct thing){ .kind = KIND_RECORD, .space = &open, .author = 0, .state = STATE_DRAFT };
	assert_int_equal(may(&actor_visitor, ACTION_READ, &thing, NULL), E_NOT_FOUND);
}

/* What the rights page prints is the table above, and there are words for all of it. */
static void test_printed_table(void **state)
{
	(void)state;
	struct space open = { .num = 1 };
	for (int action = 0; action < ACTION_COUNT; action++) {
		assert_non_null(action_words((enum action)action));
		for (int kind = 0; kind < KIND_COUNT; kind++)
			assert_int_equal("VCMFA-"[right_level((enum action)action, (enum kind)kind, &open)],
			                 table[action][kind]);
	}
	for (int kind = 0; kind < KIND_COUNT; kind++) assert_non_null(kind_words((enum kind)kind));
	for (int level = 0; level < LEVEL_COUNT; level++) assert_non_null(level_words((enum level)level));
	struct space members = { .num = 2, .publication = PUBLICATION_MEMBERS };
	assert_int_equal(right_level(ACTION_EDIT, KIND_RECORD, &members), LEVEL_MEMBER);
	assert_int_equal(right_level(ACTION_READ, KIND_RECORD, &members), LEVEL_VISITOR);
	struct space listed = { .num = 3, .visibility = VISIBILITY_LISTED };
	assert_int_equal(right_level(ACTION_READ, KIND_RECORD, &listed), LEVEL_MEMBER);
}

/* Could she do it to anything at all? */
static void test_may_somewhere(void **state)
{
	(void)state;
	struct space spaces[] = { { .num = 1 }, { .num = 2, .visibility = VISIBILITY_MEMBERS } };
	struct model model = { .spaces = spaces, .nspaces = 2 }, none = { 0 };
	struct actor_space member_of_second = { 2, LEVEL_FACILITATOR };
	struct actor contributor = { .person = 1, .site = LEVEL_CONTRIBUTOR };
	struct actor facilitator = {
		.person = 2, .site = LEVEL_CONTRIBUTOR, .spaces = &member_of_second, .nspaces = 1
	};
	assert_int_equal(may_somewhere(&actor_visitor, ACTION_READ, KIND_RECORD, &model, NULL), OK);
	assert_int_equal(may_somewhere(&actor_visitor, ACTION_EDIT, KIND_RECORD, &model, NULL), E_SIGN_IN);
	assert_int_equal(may_somewhere(&contributor, ACTION_EDIT, KIND_RECORD, &model, NULL), OK);
	assert_int_equal(may_somewhere(&contributor, ACTION_MANAGE, KIND_SPACE, &model, NULL), E_FORBIDDEN);
	assert_int_equal(may_somewhere(&facilitator, ACTION_MANAGE, KIND_SPACE, &model, NULL), OK);
	assert_int_equal(may_somewhere(&facilitator, ACTION_ADMINISTER, KIND_SITE, &model, NULL), E_FORBIDDEN);
	assert_int_equal(may_somewhere(&actor_program, ACTION_ADMINISTER, KIND_SITE, &none, NULL), OK);
	assert_int_not_equal(may_somewhere(&actor_program, ACTION_NONE, KIND_RECORD, &model, NULL), OK);
	assert_int_equal(may_somewhere(&contributor, ACTION_NONE, KIND_RECORD, &model, NULL), E_FORBIDDEN);
}

/* The same in SQL */

enum { SPACES = 9, PERSONS = 4, RECORDS = 240 };

struct row {
	int64_t num, author;
	int space; /* index in the model */
	enum record_state state;
	int64_t circle;
};

struct rows_of {
	int64_t form;
	int64_t spaces[200], persons[PERSONS];
	int nspaces;
	struct row rows[RECORDS];
};

static enum code insert_space(struct db *db, int i, int64_t *ret, struct err *err)
{
	char slug[16];
	snprintf(slug, sizeof(slug), "s%d", i);
	return db_int(db, ret, 0, err,
	              "INSERT INTO space (id, slug, body, visibility, compartment_public, compartment_members, "
	              "compartment_facilitators, created, changed) VALUES ($1, $2, '{}', 0, $3, $4, $5, 0, 0) "
	              "RETURNING num",
	              id_random(), (const char *)slug, id_random(), id_random(), id_random());
}

/* For ever, until a day to come, or until one that is past. */
static enum code name_reader(struct db *db, int64_t circle, int64_t person, int64_t form, struct err *err)
{
	int64_t until = (int64_t[]){ 0, clock_now() + 86400000, clock_now() - 1000 }[random_below(3)];
	return db_run(db, err, "INSERT INTO reader (circle, person, form, until, created) VALUES ($1, $2, $3, $4, 0)",
	              circle, person, form, until);
}

static enum code insert_all(struct tx *tx, void *arg, struct err *err)
{
	struct rows_of *all = arg;
	struct db *db = tx_db(tx);
	int64_t form, gone;
	TRY(db_int(db, &all->form, 0, err,
	           "INSERT INTO definition (kind, key, version, body, changed) VALUES (1, 'f', 1, '{}', 0) "
	           "RETURNING num"));
	for (int i = 0; i < all->nspaces; i++) {
		/* Numbers with holes between them. */
		TRY(insert_space(db, 2 * i, &all->spaces[i], err));
		TRY(insert_space(db, 2 * i + 1, &gone, err));
		TRY(db_run(db, err, "DELETE FROM space WHERE num = $1", gone));
	}
	form = all->form;
	for (int i = 0; i < PERSONS; i++)
		TRY(db_int(db, &all->persons[i], 0, err,
		           "INSERT INTO person (id, name, level, created) VALUES ($1, 'P', 1, 0) RETURNING num",
		           id_random()));
	for (int i = 0; i < RECORDS; i++) {
		struct row *row = &all->rows[i];
		char slug[16];
		snprintf(slug, sizeof(slug), "r%d", i);
		row->space = (int)random_below((uint32_t)all->nspaces);
		row->author = random_below(4) ? all->persons[random_below(PERSONS)] : 0;
		row->state = (enum record_state)random_below(4);
		struct value author = row->author ? value_int(row->author) : value_text(NULL);
		TRY(db_int(db, &row->num, 0, err,
		           "INSERT INTO record (id, form, space, slug, state, author, created, changed) "
		           "VALUES ($1, $2, $3, $4, $5, $6, 0, 0) RETURNING num",
		           id_random(), form, all->spaces[row->space], (const char *)slug, (int)row->state, author));
		/* None, the form's, its own. */
		row->circle = (int64_t[]){ 0, form, -row->num }[random_below(3)];
		TRY(db_run(db, err, "UPDATE record SET circle = $1 WHERE num = $2", row->circle, row->num));
		for (int p = 0; row->circle < 0 && p < PERSONS; p++)
			if (random_below(2)) TRY(name_reader(db, row->circle, all->persons[p], form, err));
	}
	for (int p = 0; p < PERSONS / 2; p++) TRY(name_reader(db, form, all->persons[p], form, err));
	return OK;
}

static void compare(struct db *db, const struct rows_of *all, const struct model *model, const struct actor *actor,
                    enum action action)
{
	struct arena a;
	struct sql sql;
	struct err err = { 0 };
	arena_init(&a);
	sql_init(&sql, &a);
	/* Between other conditions, as it is used. */
	sql_add(&sql, "SELECT r.num FROM record r WHERE r.num > ? AND ", 0);
	rights_sql(&sql, model, actor, action);
	sql_add(&sql, " AND r.num < ? ORDER BY r.num", INT64_MAX);
	struct rows rows = { 0 };
	assert_ok(sql_query(&sql, db, &rows, &err), &err);
	bool more = rows_next(&rows);
	for (int i = 0; i < RECORDS; i++) {
		const struct row *row = &all->rows[i];
		struct thing thing = { .kind = KIND_RECORD,
			               .space = &model->spaces[row->space],
			               .author = row->author,
			               .state = row->state,
			               .circle = row->circle };
		bool found = more && row_int(&rows, 0) == row->num;
		if (found != (may(actor, action, &thing, NULL) == OK))
			fail_msg("person %d %s record %d of author %d in state %d: %s in SQL", (int)actor->person,
			         action_words(action), (int)row->num, (int)row->author, row->state,
			         found ? "yes" : "no");
		if (found) more = rows_next(&rows);
	}
	assert_false(more);
	assert_ok(rows_end(&rows, &err), &err);
	rows_release(&rows);
	arena_release(&a);
}

static void compare_actors(struct db *db, const struct rows_of *all, const struct model *model)
{
	struct actor_space spaces[200];
	struct actor actor = { .person = all->persons[random_below(PERSONS)],
		               .id = { { 1 } },
		               .site = random_below(5) ? LEVEL_CONTRIBUTOR : LEVEL_ADMINISTRATOR,
		               .spaces = spaces };
	struct arena a;
	struct err err = { 0 };
	struct actor_circle *circles;
	struct readings readings = { .way = WAY_LIST };
	arena_init(&a);
	assert_ok(reader_circles(db, &a, actor.person, &circles, &actor.ncircles, &err), &err);
	actor.circles = circles;
	actor.readings = random_below(4) ? &readings : NULL;
	for (int i = 0; i < model->nspaces; i++)
		if (random_below(2))
			spaces[actor.nspaces++] = (struct actor_space){ model->spaces[i].num,
				                                        random_below(2) ? LEVEL_MEMBER
				                                                        : LEVEL_FACILITATOR };
	for (int action = 0; action < ACTION_COUNT; action++) {
		compare(db, all, model, &actor, (enum action)action);
		compare(db, all, model, &actor_visitor, (enum action)action);
		compare(db, all, model, &actor_program, (enum action)action);
	}
	arena_release(&a);
}

static void compare_models(struct store *store, const struct rows_of *all, int seeds)
{
	struct err err = { 0 };
	seeds_begin(seeds);
	while (seeds_next()) {
		struct space spaces[200] = { 0 };
		struct db *db;
		for (int i = 0; i < all->nspaces; i++)
			spaces[i] = (struct space){ .num = all->spaces[i],
				                    .visibility = visibilities[random_below(COUNT(visibilities))],
				                    .publication = publications[random_below(COUNT(publications))],
				                    .guests = guests[random_below(COUNT(guests))],
				                    .state = space_states[random_below(COUNT(space_states))] };
		/* A space made a moment ago is not in the model yet: nothing of it is listed. */
		struct model model = { .spaces = spaces, .nspaces = all->nspaces, .confidential = true };
		assert_ok(store_read_begin(store, &db, &err), &err);
		compare_actors(db, all, &model);
		store_read_end(store);
	}
}

static void test_sql(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct rows_of all = { .nspaces = SPACES };
	assert_ok(store_write(store, insert_all, &all, &err), &err);
	compare_models(store, &all, 60);
}

/* A site of many spaces lists as one of few. */
static void test_sql_many_spaces(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct rows_of all = { .nspaces = 200 };
	assert_ok(store_write(store, insert_all, &all, &err), &err);
	compare_models(store, &all, 5);
}

/* Of spaces that the model does not know, nothing. */
static void test_sql_unknown_space(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct rows_of all = { .nspaces = SPACES };
	struct db *db;
	struct arena a;
	struct sql sql;
	int64_t n = -1;
	assert_ok(store_write(store, insert_all, &all, &err), &err);
	struct space first = { .num = all.spaces[0] };
	const struct model models[] = { { .spaces = &first, .nspaces = 1 }, { .nspaces = 0 } };
	for (size_t i = 0; i < COUNT(models); i++) {
		arena_init(&a);
		sql_init(&sql, &a);
		sql_add(&sql, "SELECT COUNT(*) FROM record r WHERE r.space <> ? AND ", all.spaces[0]);
		rights_sql(&sql, &models[i], &actor_program, ACTION_READ);
		assert_ok(store_read_begin(store, &db, &err), &err);
		assert_ok(db_int_values(db, &n, -1, &err, buf_str(&sql.text), sql.values, sql.n), &err);
		assert_int_equal(n, 0);
		store_read_end(store);
		arena_release(&a);
	}
}

static int teardown(void **state)
{
	seeds_teardown(state);
	return test_store_teardown(state);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_may),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_printed_table),
		cmocka_unit_test(test_may_somewhere),
		BOTH(test_sql),
		BOTH(test_sql_many_spaces),
		BOTH(test_sql_unknown_space),
	};
	return cmocka_run_group_tests_name("right", tests, NULL, NULL);
}
