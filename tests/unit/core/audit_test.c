/* The audit: only added to, chained, and safe to show whatever people typed. */
#include "core/audit.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "support/store.h"

enum { ROWS = 20 };
static const int64_t start = 1700000000000;

struct adding {
	struct arena a;
	const char *action;
	struct id thing;
	json_t *detail;
};

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	struct adding *adding = arg;
	return audit_add(tx, &adding->a, &actor_program, adding->action, adding->thing, adding->detail, err);
}

static struct id thing_number(int i)
{
	struct id id = { { 0 } };
	id.b[15] = (uint8_t)i;
	return id;
}

static void add_one(struct store *store, int i, json_t *detail)
{
	struct adding adding = { .action = "person.add", .thing = thing_number(i), .detail = detail };
	struct err err;
	arena_init(&adding.a);
	if (detail) json_keep(&adding.a, detail);
	assert_ok(store_write(store, add, &adding, &err), &err);
	arena_release(&adding.a);
}

static void fill(struct store *store)
{
	for (int i = 1; i <= ROWS; i++) {
		clock_set(start + i);
		add_one(store, i, json_pack("{s:i}", "n", i));
	}
}

static void check(struct store *store, int64_t expected_rows, bool expected_whole)
{
	struct db *db;
	struct err err;
	int64_t rows = -1, broken = -1;
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(audit_check(db, &rows, &broken, &err), &err);
	store_read_end(store);
	assert_int_equal(rows, expected_rows);
	assert_int_equal(broken == 0, expected_whole);
}

static void test_whole(void **state)
{
	struct store *store = test_store(state);
	check(store, 0, true);
	fill(store);
	check(store, ROWS, true);
	store = test_store_reopen(state);
	add_one(store, 1, NULL);
	check(store, ROWS + 1, true);
	clock_set(0);
}

/* Somebody with the database in hands: each way of changing one row shows. */
static enum code tamper(struct tx *tx, void *arg, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t last;
	TRY(db_int(db, &last, 0, err, "SELECT MAX(num) FROM audit"));
	int64_t at = last - ROWS / 2;
	switch (*(int *)arg) {
	case 0: return db_run(db, err, "UPDATE audit SET at = at + 1 WHERE num = $1", at);
	case 1: return db_run(db, err, "UPDATE audit SET actor = $1 WHERE num = $2", thing_number(9), at);
	case 2: return db_run(db, err, "UPDATE audit SET action = 'person.block' WHERE num = $1", at);
	case 3: return db_run(db, err, "UPDATE audit SET thing = 'x' || thing WHERE num = $1", at);
	case 4: return db_run(db, err, "UPDATE audit SET detail = '{\"n\":99}' WHERE num = $1", at);
	case 5: return db_run(db, err, "DELETE FROM audit WHERE num = $1", at);
	case 6: return db_run(db, err, "DELETE FROM audit WHERE num = (SELECT MIN(num) FROM audit)");
	/* what is taken from one column is given to the next */
	case 7:
		return db_run(db, err,
		              "UPDATE audit SET action = action || 'x', thing = substr(thing, 2) WHERE num = $1", at);
	default: return db_run(db, err, "UPDATE audit SET hash = $1 WHERE num = $2", (struct hash){ { 1 } }, at);
	}
}

static void test_tampering(void **state)
{
	struct store *store = test_store(state);
	struct err err;
	fill(store);
	for (int kind = 0; kind < 9; kind++) {
		assert_ok(store_write(store, tamper, &kind, &err), &err);
		check(store, kind < 5 ? ROWS : kind == 5 ? ROWS - 1 : ROWS - 2, false);
	}
	clock_set(0);
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	int64_t *before = arg;
	return audit_purge(tx, *before, before, err);
}

static int64_t purge_before(struct store *store, int64_t before)
{
	struct err err;
	assert_ok(store_write(store, purge, &before, &err), &err);
	return before;
}

static struct audit_checkpoint point_of(struct store *store)
{
	struct audit_checkpoint point;
	struct db *db;
	struct err err;
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(audit_checkpoint(db, &point, &err), &err);
	store_read_end(store);
	return point;
}

/* What stays is proved; a second purge stands on the first, whose row goes too when its time has come. */
static void test_purge(void **state)
{
	struct store *store = test_store(state);
	assert_int_equal(purge_before(store, start), 0);
	fill(store);
	assert_int_equal(purge_before(store, start), 0);
	check(store, ROWS, true);
	assert_int_equal(purge_before(store, start + 6), 5); /* rows 1 to 5 */
	check(store, ROWS - 5 + 1, true);
	assert_int_equal(point_of(store).rows, 5);
	assert_int_equal(point_of(store).before, start + 6);
	clock_set(start + 1000);
	add_one(store, 1, NULL);
	assert_int_equal(purge_before(store, start + 500), ROWS - 5 + 1);
	check(store, 2, true);
	assert_int_equal(point_of(store).rows, ROWS + 1);
	assert_int_equal(purge_before(store, start + 500), 0);
	clock_set(start + 2000);
	assert_int_equal(purge_before(store, start + 1500), 2); /* all there was */
	check(store, 1, true);
	store = test_store_reopen(state);
	add_one(store, 1, NULL);
	check(store, 2, true);
	clock_set(0);
}

/* Rows from before a clock went back stay with those that they stand among. */
static void test_purge_when_a_clock_went_back(void **state)
{
	struct store *store = test_store(state);
	fill(store);
	clock_set(start - 1000);
	add_one(store, 1, NULL);
	clock_set(start + 1000);
	assert_int_equal(purge_before(store, start + 1), 0);
	check(store, ROWS + 1, true);
	clock_set(0);
}

/* The checkpoint itself, and what is cut off before it. */
static enum code tamper_purged(struct tx *tx, void *arg, struct err *err)
{
	static const char *const deeds[] = {
		"UPDATE audit SET detail = replace(detail, '\"total\":5', '\"total\":6') WHERE action = 'audit.purge'",
		"UPDATE audit SET detail = replace(detail, '\"hash\":\"', '\"hash\":\"00') WHERE action = 'audit.purge'",
		"UPDATE audit SET detail = '{}' WHERE action = 'audit.purge'",
		"DELETE FROM audit WHERE action = 'audit.purge'",
		"DELETE FROM audit WHERE num = (SELECT MIN(num) FROM audit)",
		"UPDATE audit SET detail = '{\"n\":99}' WHERE num = (SELECT MIN(num) FROM audit)",
		"UPDATE audit SET prev_hash = hash WHERE num = (SELECT MIN(num) FROM audit)",
	};
	return db_run_values(tx_db(tx), err, deeds[*(int *)arg], NULL, 0);
}

static enum code undo_all(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return db_run(tx_db(tx), err, "DELETE FROM audit");
}

static void test_tampered_purge(void **state)
{
	enum { DEEDS = 7 };
	struct store *store = test_store(state);
	struct err err;
	for (int deed = 0; deed < DEEDS; deed++) {
		assert_ok(store_write(store, undo_all, NULL, &err), &err);
		fill(store);
		assert_int_equal(purge_before(store, start + 6), 5);
		add_one(store, 1, NULL);
		check(store, ROWS - 5 + 2, true);
		assert_ok(store_write(store, tamper_purged, &deed, &err), &err);
		check(store, ROWS - 5 + 2 - (deed == 3 || deed == 4), false);
	}
	clock_set(0);
}

/* What somebody named herself cannot make two lines of one, move a terminal's cursor or turn the text
 * around; and it comes back as it was. */
static void test_injection(void **state)
{
	static const char evil[] = "Anna\r\n2026 person.level root\x1b[2J\x7f\xc2\x9b"
	                           "31m \xe2\x80\xae"
	                           "drow\xe2\x81\xa6"
	                           "\xe2\x80\xa8 \\u0041 \" é";
	struct store *store = test_store(state);
	struct db *db;
	struct err err;
	struct arena a;
	AUTO(rows_release) struct rows rows = { 0 };
	add_one(store, 1, json_pack("{s:s}", "name", evil));
	check(store, 1, true);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(db_query(db, &rows, &err, "SELECT detail FROM audit"), &err);
	assert_true(rows_next(&rows));
	const char *kept = row_text(&rows, 0);
	for (const char *c = kept; *c; c++) assert_true((unsigned char)*c >= 0x20 && *c != 0x7F);
	assert_null(strstr(kept, "\xc2\x9b"));
	assert_null(strstr(kept, "\xe2\x80"));
	assert_null(strstr(kept, "\xe2\x81\xa6"));
	assert_non_null(strstr(kept, "é"));
	rows_release(&rows);
	rows = (struct rows){ 0 };
	arena_init(&a);
	struct audit_entry *entries;
	int n;
	assert_ok(audit_list(db, &a, thing_number(1), 10, &entries, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_string_equal(json_str(entries[0].detail, "name"), evil);
	arena_release(&a);
	store_read_end(store);
}

static void test_list(void **state)
{
	struct store *store = test_store(state);
	struct arena a;
	struct db *db;
	struct err err;
	struct audit_entry *entries;
	int n;
	clock_set(start);
	add_one(store, 7, json_pack("{s:i}", "n", 1));
	add_one(store, 8, NULL);
	clock_set(start + 5);
	add_one(store, 7, json_pack("{s:i}", "n", 2));
	clock_set(0);
	arena_init(&a);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(audit_list(db, &a, thing_number(7), 10, &entries, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_int_equal(entries[0].at, start + 5);
	assert_int_equal(json_int(entries[1].detail, "n", 0), 1);
	assert_true(id_is_zero(entries[0].actor));
	assert_ok(audit_list(db, &a, thing_number(7), 1, &entries, &n, &err), &err);
	assert_int_equal(n, 1);
	store_read_end(store);
	arena_release(&a);
}

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct actor *actor = arg;
	TRY(audit_note(tx, actor, "sign-in", actor->id, json_pack("{s:s}", "by", "card"), err));
	return audit_note(tx, &actor_visitor, "sign-in.fail", actor->id, NULL, err);
}

static int search(struct db *db, struct arena *a, const struct audit_query *query, int limit, struct audit_entry **ret)
{
	struct err err;
	int n;
	assert_ok(audit_search(db, a, query, limit, ret, &n, &err), &err);
	return n;
}

/* By who, whom, kind, day; page by page. */
static void test_search(void **state)
{
	struct store *store = test_store(state);
	struct arena a;
	struct db *db;
	struct err err;
	struct audit_entry *e;
	struct actor her = { .person = 1, .id = thing_number(9) };
	fill(store); /* people added by the program */
	clock_set(start + 100);
	assert_ok(store_write(store, note, &her, &err), &err);
	clock_set(0);
	arena_init(&a);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_int_equal(search(db, &a, &(struct audit_query){ .group = AUDIT_GROUPS }, 100, &e), ROWS + 2);
	assert_string_equal(e[0].action, "sign-in.fail");
	assert_int_equal(search(db, &a, &(struct audit_query){ .group = AUDIT_GROUPS, .actor = her.id }, 100, &e), 1);
	assert_string_equal(json_str_or(e[0].detail, "by", ""), "card");
	/* Herself, what failed, and when she was added. */
	assert_int_equal(search(db, &a, &(struct audit_query){ .group = AUDIT_GROUPS, .person = her.id }, 100, &e), 3);
	assert_int_equal(search(db, &a, &(struct audit_query){ .group = AUDIT_GROUPS, .program = true }, 100, &e),
	                 ROWS + 1);
	assert_int_equal(search(db, &a, &(struct audit_query){ .group = AUDIT_ENTRY }, 100, &e), 2);
	assert_int_equal(search(db, &a, &(struct audit_query){ .group = AUDIT_DATA }, 100, &e), 0);
	assert_int_equal(
	        search(db, &a, &(struct audit_query){ .group = AUDIT_GROUPS, .action = "person.add" }, 100, &e), ROWS);
	assert_int_equal(search(db, &a,
	                        &(struct audit_query){ .group = AUDIT_GROUPS, .from = start + 5, .to = start + 8 }, 100,
	                        &e),
	                 3);
	assert_int_equal(search(db, &a, &(struct audit_query){ .group = AUDIT_GROUPS }, 5, &e), 5);
	int64_t last = e[4].num;
	assert_int_equal(search(db, &a, &(struct audit_query){ .group = AUDIT_GROUPS, .before = last }, 5, &e), 5);
	assert_int_equal(e[0].num, last - 1);
	store_read_end(store);
	arena_release(&a);
	check(store, ROWS + 2, true);
}

/* Each row of the table is there once, in words. */
static void test_table(void **state)
{
	(void)state;
	for (const struct audit_action *row = audit_actions; row->action; row++) {
		assert_ptr_equal(audit_action(row->action), row);
		assert_true(*row->words && row->group < AUDIT_GROUPS);
	}
	assert_null(audit_action("nothing.such"));
	assert_string_equal(audit_words("nothing.such"), "nothing.such");
	for (int i = 0; i < AUDIT_GROUPS; i++) assert_true(*audit_group_words((enum audit_group)i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_ENGINES(test_whole),
		BOTH_ENGINES(test_tampering),
		BOTH_ENGINES(test_injection),
		BOTH_ENGINES(test_purge),
		BOTH_ENGINES(test_purge_when_a_clock_went_back),
		BOTH_ENGINES(test_tampered_purge),
		BOTH_ENGINES(test_list),
		BOTH_ENGINES(test_search),
		cmocka_unit_test(test_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
