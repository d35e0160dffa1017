/* The state of a part, told as stories with their expected end (sync-design 8). */
#include "core/merge.h"

#include <stdio.h>
#include <string.h>

#include "base/merge3.h"
#include "core/field_type.h"
#include "support/store.h"

static struct arena arena;

static json_t *lines_merge(struct arena *a, const json_t *base, const json_t *mine, const json_t *theirs)
{
	char *merged;
	const char *from = base ? json_string_value(base) : "";
	if (!merge3(a, from, json_string_value(mine), json_string_value(theirs), &merged)) return NULL;
	return json_keep(a, json_string(merged));
}

static const struct field_type line = { .name = "line" }, lines = { .name = "lines", .merge = lines_merge };
static const struct field fields[] = {
	{ .key = "phone", .type = &line },
	{ .key = "address", .type = &line },
	{ .key = "story", .type = &lines },
};
static const struct form form = { .key = "f", .fields = fields, .nfields = COUNT(fields) };

/* A history is told in order; each object by its name, a letter, and those it was made from. */
enum { STORY = 64 };
static struct object told[STORY];
static char names[STORY];
static int ntold;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	ntold = 0;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct object *named(char name)
{
	for (int i = 0; i < ntold; i++)
		if (names[i] == name) return &told[i];
	fail_msg("no object %c", name);
	return NULL;
}

static struct object *tell(char name, const char *parents, uint64_t hlc, unsigned flags, const char *set)
{
	struct hash hashes[STORY];
	struct object *o = &told[ntold];
	struct err err = { 0 };
	*o = (struct object){ .compartment = id_random(),
		              .record = id_random(),
		              .save = id_random(),
		              .type = "f",
		              .hlc = hlc,
		              .flags = flags,
		              .parents = hashes,
		              .depth = 1 };
	o->save.b[6] = 0x40;
	for (const char *p = parents; *p; p++) {
		hashes[o->nparents++] = named(*p)->id;
		o->depth = MAX(o->depth, named(*p)->depth + 1);
	}
	json_t *json = json_loads(set, 0, NULL);
	assert_non_null(json);
	assert_ok(object_make(&arena, o, json_keep(&arena, json), NULL, &err), &err);
	names[ntold++] = name;
	return o;
}

/* The state of what was told, but for `missing`; `at`: as of these. */
static struct merged state_of(const char *missing, const char *at)
{
	struct object *objects = arena_array(&arena, struct object, STORY);
	struct hash heads[STORY];
	struct merged merged;
	int n = 0, nheads = 0;
	for (int i = 0; i < ntold; i++)
		if (strchr(missing, names[i]) == NULL) objects[n++] = told[i];
	for (const char *c = at; c && *c; c++) heads[nheads++] = named(*c)->id;
	struct merge *m = merge_plan(&arena, &form, objects, n, at ? heads : NULL, nheads);
	merge_finish(m, &merged);
	return merged;
}

static void expect_values(const struct merged *m, const char *values)
{
	assert_string_equal(json_text(&arena, m->values), values);
}

/* `field` is in conflict between these objects, in this order. */
static void expect_conflict(const struct merged *m, const char *field, const char *objects)
{
	const json_t *list = json_object_get(m->conflict, field);
	assert_int_equal(json_array_size(list), strlen(objects));
	for (size_t i = 0; objects[i]; i++) {
		char hex[HASH_HEX + 1];
		assert_string_equal(json_str(json_array_get(list, i), "object"), hash_hex(&named(objects[i])->id, hex));
	}
}

/* Alice changes the phone, Bob the address: both changes stand, no question asked. */
static void test_two_fields(void **state)
{
	(void)state;
	tell('r', "", 1, 0, "{\"phone\":\"1\",\"address\":\"x\"}");
	tell('a', "r", 2, 0, "{\"phone\":\"2\"}");
	tell('b', "r", 3, 0, "{\"address\":\"y\"}");
	struct merged m = state_of("", NULL);
	expect_values(&m, "{\"address\":\"y\",\"phone\":\"2\"}");
	assert_null(m.conflict);
	assert_int_equal(m.nheads, 2);
	assert_int_equal(m.state, PART_LIVE);
}

/* Two phones: the longer history is shown, whatever its clock; the other is kept, and asked about. */
static void test_same_field(void **state)
{
	(void)state;
	enum { YEAR_2099 = 1 << 30 };
	tell('r', "", 1, 0, "{\"phone\":\"1\"}");
	tell('a', "r", YEAR_2099, 0, "{\"phone\":\"2\"}");
	tell('b', "r", 2, 0, "{\"address\":\"y\"}");
	tell('c', "b", 3, 0, "{\"phone\":\"3\"}");
	struct merged m = state_of("", NULL);
	expect_values(&m, "{\"address\":\"y\",\"phone\":\"3\"}");
	assert_int_equal(json_object_size(m.conflict), 1);
	expect_conflict(&m, "phone", "ca");

	/* At the same depth the clock decides. */
	m = state_of("bc", NULL);
	assert_null(m.conflict);
	tell('d', "r", YEAR_2099 - 1, 0, "{\"phone\":\"4\"}");
	m = state_of("bc", NULL);
	expect_values(&m, "{\"phone\":\"2\"}");
	expect_conflict(&m, "phone", "ad");

	/* Somebody who has seen them all decides; what she does not touch stays asked about. */
	tell('e', "acd", 5, 0, "{\"address\":\"z\"}");
	m = state_of("", NULL);
	expect_conflict(&m, "phone", "cad");
	tell('f', "e", 6, 0, "{\"phone\":\"4\"}");
	m = state_of("", NULL);
	assert_null(m.conflict);
	expect_values(&m, "{\"address\":\"z\",\"phone\":\"4\"}");
}

/* The same correction made twice, or cleared by both, is no conflict; one cleared, one corrected is. */
static void test_same_value(void **state)
{
	(void)state;
	tell('r', "", 1, 0, "{\"phone\":\"1\",\"address\":\"x\",\"story\":\"s\"}");
	tell('a', "r", 2, 0, "{\"phone\":\"2\",\"address\":null,\"story\":null}");
	tell('b', "r", 3, 0, "{\"phone\":\"2\",\"address\":null,\"story\":\"t\"}");
	struct merged m = state_of("", NULL);
	expect_values(&m, "{\"phone\":\"2\",\"story\":\"t\"}");
	assert_int_equal(json_object_size(m.conflict), 1);
	expect_conflict(&m, "story", "ba");
}

static void test_lines(void **state)
{
	(void)state;
	tell('r', "", 1, 0, "{\"story\":\"one\\ntwo\\nthree\\nfour\\n\"}");
	tell('a', "r", 2, 0, "{\"story\":\"ONE\\ntwo\\nthree\\nfour\\n\"}");
	tell('b', "r", 3, 0, "{\"story\":\"one\\ntwo\\nthree\\nFOUR\\n\"}");
	struct merged m = state_of("", NULL);
	expect_values(&m, "{\"story\":\"ONE\\ntwo\\nthree\\nFOUR\\n\"}");
	assert_null(m.conflict);

	/* The merge is only shown, nothing is written: a save on both heads sees it as its ground. */
	tell('c', "ab", 4, 0, "{\"phone\":\"1\"}");
	m = state_of("", NULL);
	expect_values(&m, "{\"phone\":\"1\",\"story\":\"ONE\\ntwo\\nthree\\nFOUR\\n\"}");
	assert_int_equal(m.nheads, 1);

	/* A third version from the same text: the greatest is shown, all three are asked about. */
	tell('d', "r", 9, 0, "{\"story\":\"one\\ntwo\\nTHREE\\nfour\\n\"}");
	m = state_of("c", NULL);
	expect_values(&m, "{\"story\":\"one\\ntwo\\nTHREE\\nfour\\n\"}");
	expect_conflict(&m, "story", "dba");
}

static void test_lines_overlap(void **state)
{
	(void)state;
	tell('r', "", 1, 0, "{\"story\":\"one\\ntwo\\n\"}");
	tell('a', "r", 2, 0, "{\"story\":\"ONE\\ntwo\\n\"}");
	tell('b', "r", 3, 0, "{\"story\":\"1\\ntwo\\n\"}");
	struct merged m = state_of("", NULL);
	expect_values(&m, "{\"story\":\"1\\ntwo\\n\"}");
	expect_conflict(&m, "story", "ba");
	/* Two texts without any ground: a conflict. */
	tell('x', "", 4, 0, "{\"story\":\"one\\n\"}");
	tell('y', "", 5, 0, "{\"story\":\"two\\n\"}");
	m = state_of("rab", NULL);
	expect_conflict(&m, "story", "yx");
}

/* The base is the last text that both sides had, not an older one. */
static void test_lines_base(void **state)
{
	(void)state;
	tell('r', "", 1, 0, "{\"story\":\"one\\ntwo\\nthree\\n\"}");
	tell('s', "r", 2, 0, "{\"story\":\"uno\\ntwo\\nthree\\n\"}");
	tell('p', "s", 3, 0, "{\"phone\":\"1\"}");
	tell('a', "p", 4, 0, "{\"story\":\"one\\ntwo\\nthree\\n\"}"); /* put back */
	tell('b', "p", 5, 0, "{\"story\":\"uno\\ntwo\\ntres\\n\"}");
	struct merged m = state_of("", NULL);
	expect_values(&m, "{\"phone\":\"1\",\"story\":\"one\\ntwo\\ntres\\n\"}");
	assert_null(m.conflict);
}

/* An erased text stays above what came before it; what came later shows. */
static void test_erased(void **state)
{
	(void)state;
	tell('r', "", 1, 0, "{\"phone\":\"1\",\"story\":\"one\\ntwo\\nthree\\n\"}");
	struct object *a = tell('a', "r", 2, 0, "{\"phone\":\"2\"}");
	a->state = BODY_ERASED;
	a->set = NULL;
	struct merged m = state_of("", NULL);
	expect_values(&m, "{\"story\":\"one\\ntwo\\nthree\\n\"}"); /* not "1": an older value does not come back */
	assert_string_equal(json_text(&arena, m.erased), "[\"phone\"]");
	assert_null(m.conflict);
	tell('b', "a", 3, 0, "{\"phone\":\"3\"}");
	m = state_of("", NULL);
	expect_values(&m, "{\"phone\":\"3\",\"story\":\"one\\ntwo\\nthree\\n\"}");
	assert_string_equal(json_text(&arena, m.erased), "[]");

	/* A ground that was erased cannot serve: both versions are asked about. */
	tell('c', "b", 4, 0, "{\"story\":\"ONE\\ntwo\\nthree\\n\"}");
	tell('d', "b", 5, 0, "{\"story\":\"one\\ntwo\\nTHREE\\n\"}");
	m = state_of("", NULL);
	assert_null(m.conflict);
	named('r')->state = BODY_ERASED;
	named('r')->set = NULL;
	m = state_of("", NULL);
	expect_conflict(&m, "story", "dc");
	/* An erased version and a written one are two: the erased one says so. */
	named('c')->state = BODY_PRUNED;
	m = state_of("", NULL);
	expect_conflict(&m, "story", "dc");
	const json_t *list = json_object_get(m.conflict, "story");
	assert_null(json_object_get(json_array_get(list, 0), "erased"));
	assert_true(json_is_true(json_object_get(json_array_get(list, 1), "erased")));
	assert_true(json_is_null(json_object_get(json_array_get(list, 1), "value")));
}

static void test_deleted(void **state)
{
	(void)state;
	tell('r', "", 1, 0, "{\"phone\":\"1\"}");
	tell('a', "r", 2, OBJECT_DELETED, "{}");
	struct merged m = state_of("", NULL);
	assert_int_equal(m.state, PART_DELETED);
	expect_values(&m, "{\"phone\":\"1\"}"); /* kept, for who takes it out of the trash */
	tell('b', "r", 3, 0, "{\"phone\":\"2\"}");
	m = state_of("", NULL);
	assert_int_equal(m.state, PART_REVIVED); /* the edit wins, and it is said */
	expect_values(&m, "{\"phone\":\"2\"}");
	assert_null(m.conflict);
	tell('c', "b", 4, OBJECT_DELETED, "{}");
	assert_int_equal(state_of("", NULL).state, PART_DELETED); /* by both */
	tell('d', "ac", 5, 0, "{}");
	assert_int_equal(state_of("", NULL).state, PART_LIVE); /* brought back */
}

/* Archived by all; by some is not. */
static void test_archived(void **state)
{
	(void)state;
	tell('r', "", 1, 0, "{\"phone\":\"1\"}");
	tell('a', "r", 2, OBJECT_ARCHIVED, "{}");
	assert_int_equal(state_of("", NULL).state, PART_ARCHIVED);
	tell('b', "r", 3, 0, "{\"phone\":\"2\"}");
	assert_int_equal(state_of("", NULL).state, PART_LIVE);
	tell('c', "b", 4, OBJECT_ARCHIVED | OBJECT_MINOR, "{\"address\":\"x\"}");
	assert_int_equal(state_of("", NULL).state, PART_ARCHIVED);
	tell('d', "a", 5, OBJECT_DELETED, "{}");
	assert_int_equal(state_of("", NULL).state, PART_REVIVED);
	assert_int_equal(state_of("rabcd", NULL).state, PART_LIVE); /* of nothing */
}

/* What misses an ancestor waits unseen. */
static void test_incomplete(void **state)
{
	(void)state;
	tell('r', "", 1, 0, "{\"phone\":\"1\"}");
	tell('a', "r", 2, 0, "{\"phone\":\"2\"}");
	tell('b', "a", 3, 0, "{\"phone\":\"3\"}");
	tell('c', "rb", 4, OBJECT_DELETED, "{\"address\":\"x\"}");
	struct merged m = state_of("a", NULL);
	expect_values(&m, "{\"phone\":\"1\"}");
	assert_int_equal(m.nheads, 1);
	assert_memory_equal(&m.heads[0], &named('r')->id, 32);
	assert_int_equal(m.state, PART_LIVE);
	assert_int_equal(state_of("r", NULL).nheads, 0);
	assert_int_equal(state_of("", NULL).state, PART_DELETED);
	m = state_of("rabc", NULL); /* nothing at all */
	assert_int_equal(m.nheads, 0);
	expect_values(&m, "{}");
	assert_null(m.conflict);
}

static void test_as_of(void **state)
{
	(void)state;
	tell('r', "", 1 << 16, 0, "{\"phone\":\"1\"}");
	tell('a', "r", 2 << 16, OBJECT_DELETED, "{\"phone\":\"2\"}");
	tell('b', "r", 3 << 16, 0, "{\"phone\":\"3\"}");
	struct merged m = state_of("", "r");
	expect_values(&m, "{\"phone\":\"1\"}");
	assert_int_equal(m.changed, 1);
	m = state_of("", "a");
	expect_values(&m, "{\"phone\":\"2\"}");
	assert_int_equal(m.state, PART_DELETED);
	assert_null(m.conflict);
	m = state_of("", "rb"); /* an ancestor named besides changes nothing */
	assert_int_equal(m.nheads, 1);
	assert_int_equal(m.changed, 3);
	m = state_of("", "ab");
	expect_conflict(&m, "phone", "ba");
	assert_int_equal(state_of("b", "b").nheads, 0); /* not here: no such past */
}

/* More fields than a word has bits, and the whole form touched by both. */
static void test_many_fields(void **state)
{
	(void)state;
	enum { MANY = 100 };
	char set[MANY * 16];
	for (int who = 0; who < 3; who++) {
		size_t at = 0;
		for (int i = 0; i < MANY; i++)
			if (who == 0 || i % 3 == who)
				at += (size_t)snprintf(set + at, sizeof(set) - at, "%c\"k%02d\":%d", at ? ',' : '{', i,
				                       who);
		snprintf(set + at, sizeof(set) - at, "}");
		tell((char)('r' + who), who ? "r" : "", (uint64_t)who, 0, set);
	}
	struct merged m = state_of("", NULL);
	assert_null(m.conflict);
	assert_int_equal(json_object_size(m.values), MANY);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(json_int(m.values, arena_printf(&arena, "k%02d", i), -1), i % 3);
}

/* Of many versions the greatest are listed. */
static void test_many_versions(void **state)
{
	(void)state;
	for (int i = 0; i < 40; i++)
		tell((char)('0' + i), "", (uint64_t)i, 0, arena_printf(&arena, "{\"phone\":\"%d\"}", i / 2));
	struct merged m = state_of("", NULL);
	expect_values(&m, "{\"phone\":\"19\"}");
	assert_int_equal(m.nheads, 40);
	assert_int_equal(json_array_size(json_object_get(m.conflict, "phone")), 20);
	for (int i = 0; i < 20; i++)
		told[i].set = json_keep(&arena, json_pack("{s:s}", "phone", arena_printf(&arena, "x%d", i)));
	m = state_of("", NULL);
	assert_int_equal(json_array_size(json_object_get(m.conflict, "phone")), 30);
	for (int i = 20; i < 40; i++)
		told[i].set = json_keep(&arena, json_pack("{s:s}", "phone", arena_printf(&arena, "x%d", i)));
	m = state_of("", NULL);
	const json_t *list = json_object_get(m.conflict, "phone");
	assert_int_equal(json_array_size(list), CONFLICT_VALUES);
	for (size_t i = 0; i < CONFLICT_VALUES; i++)
		assert_string_equal(json_str(json_array_get(list, i), "value"),
		                    arena_printf(&arena, "x%d", 39 - (int)i));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_two_fields),    TEST(test_same_field), TEST(test_same_value), TEST(test_lines),
		TEST(test_lines_overlap), TEST(test_lines_base), TEST(test_erased),     TEST(test_deleted),
		TEST(test_archived),      TEST(test_incomplete), TEST(test_as_of),      TEST(test_many_fields),
		TEST(test_many_versions),
	};
	return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
