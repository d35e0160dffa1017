/* Every table that refers to a person is in the file that she takes with her, and goes with her when she is
 * erased. */
#include "features/personal/data_section.h"

#include <string.h>

#include "store/migrate.h"
#include "support/store.h"

static bool lists(const char *tables, const char *name, size_t len)
{
	for (const char *at = tables; *at;) {
		size_t n = strcspn(at, " ");
		if (n == len && strncmp(at, name, len) == 0) return true;
		at += n + (at[n] == ' ');
	}
	return false;
}

static bool is_covered(const char *name, size_t len)
{
	const struct data_section *s;
	for (int i = 0; (s = data_section_at(i)) != NULL; i++)
		if (lists(s->tables, name, len)) return true;
	return false;
}

/* Calls fn with each line that refers to a person, and the name of its table. */
static int each_reference(void (*fn)(const char *table, size_t len, const char *line))
{
	int found = 0;
	for (int i = 0; i < migration_count; i++) {
		const char *table = NULL;
		for (const char *line = migrations[i].sql; *line; line += strcspn(line, "\n"), line += *line == '\n') {
			if (strncmp(line, "CREATE TABLE ", 13) == 0) table = line + 13;
			if (strncmp(line, "ALTER TABLE ", 12) == 0) table = line + 12;
			const char *end = strchr(line, '\n'), *at = strstr(line, "REFERENCES person");
			if (at == NULL || (end && at > end)) continue;
			assert_non_null(table);
			fn(table, strcspn(table, " ("), line);
			found++;
		}
	}
	return found;
}

static void check_covered(const char *table, size_t len, const char *line)
{
	(void)line;
	if (!is_covered(table, len))
		fail_msg("%.*s refers to a person and is in no section of data_*_store.c", (int)len, table);
}

static void check_goes(const char *table, size_t len, const char *line)
{
	const char *at = strstr(line, "REFERENCES person (num) ON DELETE ");
	const char *end = strchr(line, '\n');
	if (at == NULL || (end && at > end))
		fail_msg("%.*s would hold an account back from being erased", (int)len, table);
}

static void test_every_table(void **state)
{
	(void)state;
	assert_true(each_reference(check_covered) > 10);
	each_reference(check_goes);
}

static void test_rows_are_whole(void **state)
{
	(void)state;
	const struct data_section *s;
	for (int i = 0; (s = data_section_at(i)) != NULL; i++) {
		assert_true((s->sql != NULL) != (s->gather != NULL));
		assert_non_null(s->columns[0].key);
		for (int c = 0; c < DATA_COLUMNS && s->columns[c].key; c++) {
			assert_non_null(s->columns[c].label);
			assert_true((s->columns[c].kind == DATA_WORDS) == (s->columns[c].words != NULL));
			assert_true((s->columns[c].kind == DATA_NAMED) == (s->columns[c].named != NULL));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_every_table), cmocka_unit_test(test_rows_are_whole) };
	return cmocka_run_group_tests_name("data sections", tests, NULL, NULL);
}
