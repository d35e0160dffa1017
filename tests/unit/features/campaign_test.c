/* Campaigns: rates against a population, the order of calls, lists from files, placeholders of letters. No store. */
#include <math.h>
#include <string.h>

#include "features/survey/call_list.h"
#include "features/survey/rate.h"
#include "features/survey/target_file.h"
#include "features/survey/wave_job.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct survey_target target(const char *name, enum target_state state)
{
	return (struct survey_target){ .name = name,
		                       .email = "",
		                       .phone = "",
		                       .place = "",
		                       .address = "",
		                       .language = "",
		                       .call_at = "",
		                       .note = "",
		                       .state = state };
}

/* ---- Rates ---- */

static int add(struct survey_target *targets, int at, const char *place, int n, int answered)
{
	for (int i = 0; i < n; i++) {
		targets[at + i] = target("x", i < answered ? TARGET_ANSWERED : TARGET_CONTACTED);
		targets[at + i].place = place;
	}
	return at + n;
}

/* R 4.2: chisq.test(c(20, 30, 50), p = c(.3, .3, .4)): X-squared = 5.8333, df = 2, p-value = 0.05411. */
static void test_against_a_population(void **state)
{
	static struct survey_target targets[300];
	struct rate_table table;
	const struct population_class classes[] = { { "Rabière", 300 }, { "Sanitas", 300 }, { "velpeau", 400 } };
	(void)state;
	int n = add(targets, 0, "Rabière", 100, 20);
	n = add(targets, n, "Sanitas", 60, 30);
	n = add(targets, n, "Velpeau", 100, 50);
	targets[n] = target("twice", TARGET_DUPLICATE);
	targets[n++].place = "Velpeau";
	assert_true(rate_count(&arena, targets, n, "place", &table));
	assert_int_equal(table.targets, 260);
	assert_int_equal(table.answered, 100);
	rate_compare(&arena, &table, classes, 3);
	assert_true(table.declared);
	assert_int_equal(table.n, 3); /* capitals are no difference */
	assert_int_equal(table.population, 1000);
	assert_true(table.tested);
	assert_int_equal(table.df, 2);
	assert_float_equal(table.chi2, 5.833333, 1e-6);
	assert_float_equal(table.p, 0.05411376, 1e-7);
	assert_float_equal(table.classes[0].rate, 0.2, 1e-12);
	assert_float_equal(table.classes[0].of_population, 0.3, 1e-12);
	assert_float_equal(table.classes[0].of_answers, 0.2, 1e-12);
}

static void test_against_the_list(void **state)
{
	static struct survey_target targets[75];
	struct rate_table table;
	(void)state;
	int n = add(targets, 0, "A", 50, 25);
	n = add(targets, n, "", 5, 5);
	n = add(targets, n, "B", 20, 15);
	assert_true(rate_count(&arena, targets, n, "place", &table));
	rate_compare(&arena, &table, NULL, 0);
	assert_false(table.declared);
	assert_string_equal(table.classes[2].name, ""); /* what is not known comes last, and is compared with nothing */
	assert_int_equal(table.population, 70);
	assert_float_equal(table.classes[0].of_answers, 25 / 40., 1e-12);
	assert_float_equal(table.classes[1].of_population, 20 / 70., 1e-12);
	assert_true(table.classes[2].of_answers == 0);
	/* R: chisq.test(c(25, 15), p = c(50, 20) / 70): X-squared = 1.5562… */
	assert_true(table.tested);
	double e1 = 40 * 50 / 70., e2 = 40 * 20 / 70.;
	assert_float_equal(table.chi2, (25 - e1) * (25 - e1) / e1 + (15 - e2) * (15 - e2) / e2, 1e-9);
}

static void test_too_few_are_not_tested(void **state)
{
	static struct survey_target targets[40];
	struct rate_table table;
	(void)state;
	int n = add(targets, 0, "A", 30, 8);
	n = add(targets, n, "B", 4, 1); /* 9 × 4/34 = 1.06: one of two under 5 */
	assert_true(rate_count(&arena, targets, n, "place", &table));
	rate_compare(&arena, &table, NULL, 0);
	assert_false(table.tested);
	assert_true(rate_count(&arena, targets, 0, "place", &table));
	rate_compare(&arena, &table, NULL, 0);
	assert_int_equal(table.n, 0);
}

static void test_too_many_classes_are_none(void **state)
{
	static struct survey_target targets[40];
	struct rate_table table;
	(void)state;
	for (int i = 0; i < 40; i++) {
		targets[i] = target("x", TARGET_NEW);
		targets[i].place = arena_printf(&arena, "%d", i);
	}
	assert_true(rate_count(&arena, targets, 30, "place", &table));
	assert_false(rate_count(&arena, targets, 40, "place", &table));
}

/* ---- Calls ---- */

static void test_the_next_one_first(void **state)
{
	const int64_t now = 1000000000, planned[] = { 4 };
	struct call_row rows[9];
	struct survey_target t[9];
	(void)state;
	for (int i = 0; i < 9; i++) {
		t[i] = target(arena_printf(&arena, "%d", i), TARGET_NEW);
		t[i].num = i;
		t[i].phone = "02";
	}
	t[0].call_due = now + 5;                     /* later */
	t[1].contacted = now - 50;                   /* called */
	t[2].call_due = now - 5;                     /* late */
	t[3].call_due = now - 9;                     /* later still */
	t[5].held_by = 7, t[5].held_until = now + 9; /* somebody else */
	t[6].held_by = 3, t[6].held_until = now + 9; /* hers */
	t[7].state = TARGET_REFUSED;
	t[8].email = "a@b.example"; /* by e-mail */
	int n = call_list(t, 9, planned, 1, 3, now, rows);
	const char *order = "";
	for (int i = 0; i < n; i++) order = arena_printf(&arena, "%s%s", order, rows[i].target->name);
	assert_string_equal(order, "6324105");
	t[5].held_until = now - 1; /* the lock is over */
	n = call_list(t, 9, planned, 1, 3, now, rows);
	assert_false(rows[n - 1].held);
}

static void test_outcomes(void **state)
{
	(void)state;
	assert_int_equal(call_outcome_state(CALL_NOBODY, TARGET_REMINDED), TARGET_REMINDED);
	assert_int_equal(call_outcome_state(CALL_WILL_ANSWER, TARGET_NEW), TARGET_CONTACTED);
	assert_int_equal(call_outcome_state(CALL_WILL_ANSWER, TARGET_STARTED), TARGET_STARTED);
	assert_int_equal(call_outcome_state(CALL_REFUSED, TARGET_STARTED), TARGET_REFUSED);
	assert_int_equal(call_outcome_state(CALL_WRONG, TARGET_CONTACTED), TARGET_UNREACHABLE);
	assert_true(wave_may_leave(8) && wave_may_leave(19) && !wave_may_leave(7) && !wave_may_leave(20));
}

/* ---- Files ---- */

static const char sheet[] =
        "Nom de la structure;Courriel;Téléphone;Adresse postale;Quartier;Genre;Canal;Langue\r\n"
        "Régie du Lac;regie@exemple.org;02 47;\"1 rue A\n37000 Tours\";Les Fontaines;association;;fr\r\n"
        "Club;pas une adresse;;;;;;\r\n"
        ";x@exemple.org;;;;;;\r\n"
        "RÉGIE DU LAC;Regie@exemple.org;;;;;;\r\n"
        "Café;;;;Sanitas;commerce;visite;anglais\r\n"
        "Foyer;;;;;;téléphone;\r\n"
        "Cercle;;;;;;pigeon;\r\n"
        "Déjà là;;;;;;;\r\n";

static void test_a_file_row_by_row(void **state)
{
	struct grid grid;
	struct err err;
	enum file_column columns[GRID_COLUMNS];
	struct target_file *file = arena_new(&arena, struct target_file);
	struct survey_target known = target("deja la", TARGET_NEW);
	struct issues issues;
	(void)state;
	issues_init(&issues, &arena);
	assert_int_equal(grid_read_csv(&arena, sheet, strlen(sheet), &grid, &err), OK);
	target_file_guess(&grid, columns);
	const enum file_column guessed[] = { FILE_NAME,  FILE_EMAIL, FILE_PHONE,   FILE_ADDRESS,
		                             FILE_PLACE, FILE_KEPT,  FILE_CHANNEL, FILE_LANGUAGE };
	for (int i = 0; i < 8; i++) assert_int_equal(columns[i], guessed[i]);
	target_file_read(&arena, NULL, &grid, columns, &known, 1, file, &issues);
	assert_int_equal(issues.count, 0);
	assert_int_equal(file->n, 2);
	assert_string_equal(file->targets[0].address, "1 rue A\n37000 Tours");
	assert_string_equal(target_attribute(&file->targets[0], "Genre"), "association");
	assert_int_equal(file->targets[1].channel, TARGET_BY_VISIT);
	assert_string_equal(file->targets[1].language, "en");
	assert_int_equal(file->there_twice, 2);
	assert_int_equal(file->twice[0], 6); /* the address takes two lines */
	assert_int_equal(file->twice[1], 10);
	assert_int_equal(file->refused, 4);
	const int lines[] = { 4, 5, 8, 9 };
	for (int i = 0; i < 4; i++) assert_int_equal(file->refusals[i].line, lines[i]);
}

static void test_columns_that_cannot_be(void **state)
{
	struct grid grid;
	struct err err;
	struct target_file *file = arena_new(&arena, struct target_file);
	struct issues issues;
	const enum file_column both[] = { FILE_PLACE, FILE_PLACE };
	(void)state;
	issues_init(&issues, &arena);
	assert_int_equal(grid_read_csv(&arena, "a;b\nc;d\n", 8, &grid, &err), OK);
	target_file_read(&arena, NULL, &grid, both, NULL, 0, file, &issues);
	assert_int_equal(issues.count, 2); /* no name, and one thing twice */
	assert_int_equal(file->n, 0);
	assert_int_equal(target_channel_read("Courriel"), TARGET_BY_EMAIL);
	assert_int_equal(target_channel_read("  Courrier "), TARGET_BY_LETTER);
	assert_int_equal(target_channel_read("TÉL."), TARGET_BY_PHONE);
	assert_int_equal(target_channel_read("hibou"), TARGET_CHANNELS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_a_population),   cmocka_unit_test(test_against_the_list),
		cmocka_unit_test(test_too_few_are_not_tested), cmocka_unit_test(test_too_many_classes_are_none),
		cmocka_unit_test(test_the_next_one_first),     cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_a_file_row_by_row),      cmocka_unit_test(test_columns_that_cannot_be),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
