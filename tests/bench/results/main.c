/*
 * parvis_results DIR [N]: what results cost (CPU of this process; best of five, but the reading after a change), beside what LimeSurvey 6.4 took on a machine of
 * this kind (3.8 to 4.6 s for the simple statistics of 10,000 answers, without any cross-table).
 *
 * On a site made by `parvis init DIR`, asks N persons (10,000) a questionnaire of 107 columns, as LimeSurvey counts them: 70
 * choices of five, 3 questions with eight boxes (24 columns), 10 numbers, 3 texts.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "command/command.h"
#include "core/definition.h"
#include "core/form.h"
#include "core/response.h"
#include "features/people/code.h"
#include "features/result/answer_stored.h"
#include "features/result/result_cross.h"
#include "features/result/result_page.h"
#include "fields/fields.h"
#include "views/view_type.h"

enum { CHOICES = 70, BOXES = 3, NUMBERS = 10, TEXTS = 3, ROUNDS = 5, BATCH = 100, COLUMNS = 107, LEVELS = 5 };
#define LIMESURVEY_MS 3800.0 /* the quickest that was measured */

struct asking {
	struct site *site;
	struct arena *a;
	const struct model *model;
	const struct form *form;
	int n, made;
};

/* ---- The questionnaire ---- */

static json_t *choices_of(int n)
{
	json_t *choices = json_array();
	for (int i = 0; i < n; i++) {
		char key[16], label[32];
		snprintf(key, sizeof(key), "r%d", i);
		snprintf(label, sizeof(label), "Réponse %d", i + 1);
		json_array_append_new(choices, json_pack("{s:s, s:s}", "key", key, "label", label));
	}
	return choices;
}

static void add_questions(json_t *fields, const char *type, const char *prefix, int n, int nchoices)
{
	for (int i = 0; i < n; i++) {
		char key[32], label[64];
		snprintf(key, sizeof(key), "%s%d", prefix, i);
		snprintf(label, sizeof(label), "Question %s %d", prefix, i + 1);
		json_t *field = json_pack("{s:s, s:s, s:s, s:s}", "key", key, "type", type, "label", label, "page",
		                          "tout");
		if (nchoices) json_object_set_new(field, "choices", choices_of(nchoices));
		json_array_append_new(fields, field);
	}
}

static enum code save_form(struct tx *tx, void *arg, struct err *err)
{
	struct asking *x = arg;
	json_t *fields = json_array();
	add_questions(fields, "choice", "c", CHOICES, LEVELS);
	add_questions(fields, "choices", "b", BOXES, 8);
	add_questions(fields, "number", "n", NUMBERS, 0);
	add_questions(fields, "text", "t", TEXTS, 0);
	json_t *form = json_keep(x->a, json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:s}, s:[{s:s, s:s}], s:o}", "key",
	                                         "mesure", "plural", "Mesures", "add", "Répondre", "label", "Mesure",
	                                         "survey", "state", "open", "anonymity", "named", "pages", "key",
	                                         "tout", "label", "Tout", "fields", fields));
	return definition_save(tx, x->a, DEFINITION_FORM, "mesure", form, &actor_program, NULL, err);
}

/* ---- Answers ---- */

static int below(int n)
{
	static uint32_t seed = 2013;
	seed = seed * 1664525u + 1013904223u;
	return (int)((uint64_t)seed * (uint32_t)n >> 32);
}

static json_t *make_values(struct arena *a)
{
	json_t *values = json_keep(a, json_object());
	for (int i = 0; i < CHOICES; i++)
		if (below(20))
			json_object_set_new(values, arena_printf(a, "c%d", i),
			                    json_string(arena_printf(a, "r%d", below(LEVELS))));
	for (int i = 0; i < BOXES; i++) {
		json_t *boxes = json_array();
		for (int k = 0; k < 8; k++)
			if (below(3) == 0) json_array_append_new(boxes, json_string(arena_printf(a, "r%d", k)));
		json_object_set_new(values, arena_printf(a, "b%d", i), boxes);
	}
	for (int i = 0; i < NUMBERS; i++)
		json_object_set_new(values, arena_printf(a, "n%d", i), json_string(arena_printf(a, "%d", below(100))));
	for (int i = 0; i < TEXTS; i++)
		json_object_set_new(values, arena_printf(a, "t%d", i),
		                    json_string("Il manque des ordinateurs et du temps."));
	return values;
}

static enum code answer_some(struct tx *tx, void *arg, struct err *err)
{
	struct asking *x = arg;
	for (int i = 0; i < BATCH && x->made < x->n; i++, x->made++) {
		struct response response;
		bool full;
		char code[CODE_TEXT + 1];
		code_format(id_new(), code);
		const struct response_new new = { .form = x->form, .lang = LANG_FR, .code = code };
		TRY(response_begin(tx, &new, err));
		TRY(response_find(tx_db(tx), x->a, x->model, code, &response, err));
		TRY(response_complete(tx, x->a, &response, make_values(x->a), 0, &full, err));
	}
	return OK;
}

/* ---- Measuring ---- */

static double cpu_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

struct spent {
	double cold, stored, load, changed, frequencies, crosses;
	int tables;
};

static void least(double *ms, double now)
{
	if (*ms == 0 || now < *ms) *ms = now;
}

/* Every question with every other, with its test, as one asks for them one by one. */
static int cross_all(const struct page *p, const struct results *results)
{
	int tables = 0;
	for (int i = 0; i < results->nquestions; i++) {
		for (int k = i + 1; k < results->nquestions; k++) {
			const struct result_question *row = &results->questions[i], *column = &results->questions[k];
			struct arena scratch;
			struct cross cross;
			struct cross_test test;
			if (row->kind != QUESTION_CHOICES || column->kind != QUESTION_CHOICES) continue;
			arena_init(&scratch);
			cross_make(&scratch, &row->column, &column->column, results->among, results->weights, &cross);
			cross_test(&cross, &test);
			arena_release(&scratch);
			tables++;
		}
	}
	(void)p;
	return tables;
}

/* Reading the answers, as they are, after some came or (`start`) as after a start, into *ms; then counting them. */
static enum code measure_site(struct asking *x, struct spent *spent, bool start, double *ms, struct err *err)
{
	const struct answer_columns *columns;
	static const struct form_data none;
	struct arena a;
	struct results results;
	struct page p = { .arena = &a, .model = x->model, .actor = &actor_program, .path = "/", .now = clock_now() };
	arena_init(&a);
	TRY(store_read_begin(site_store(x->site), &p.db, err));
	double begun = cpu_ms();
	if (start) TRY(answer_stored(&p, x->form, answer_source_of(x->form), &columns, err));
	TRY(results_load(&p, x->form, &none, NULL, &results, err));
	least(ms, cpu_ms() - begun);
	begun = cpu_ms();
	for (int i = 0; i < results.nquestions; i++) shown_question_of(&p, &results, &results.questions[i]);
	least(&spent->frequencies, cpu_ms() - begun);
	for (int i = 0; i < results.nquestions; i++) question_banded(&p, &results.questions[i], &results.questions[i]);
	begun = cpu_ms();
	spent->tables = cross_all(&p, &results);
	least(&spent->crosses, cpu_ms() - begun);
	store_read_end(site_store(x->site));
	arena_release(&a);
	return OK;
}

/* 107 columns of five choices, already in memory: all 5,671 tables. */
static double measure_columns(int n)
{
	static struct column columns[COLUMNS];
	static int counts[LEVELS * LEVELS];
	struct arena a;
	double best = 0;
	arena_init(&a);
	for (int c = 0; c < COLUMNS; c++) {
		column_init(&columns[c], &a, COLUMN_CODES, n, LEVELS);
		for (int i = 0; i < n; i++)
			if (below(20)) column_say(&columns[c], i, below(LEVELS));
	}
	for (int round = 0; round < ROUNDS; round++) {
		double begun = cpu_ms();
		for (int i = 0; i < COLUMNS; i++)
			for (int k = i + 1; k < COLUMNS; k++) cross_count(&columns[i], &columns[k], counts);
		least(&best, cpu_ms() - begun);
	}
	arena_release(&a);
	return best;
}

static void say(const char *what, double ms)
{
	printf("%-31s %8.1f   (LimeSurvey 6.4: %.0f, %.0f times more)\n", what, ms, LIMESURVEY_MS, LIMESURVEY_MS / ms);
}

static enum code run(struct asking *x, struct err *err)
{
	struct store *store = site_store(x->site);
	struct spent spent = { 0 };
	TRY(site_write(x->site, save_form, x, err));
	x->model = site_model(x->site);
	x->form = model_form(x->model, "mesure");
	while (x->made < x->n) TRY(store_write(store, answer_some, x, err));
	TRY(measure_site(x, &spent, false, &spent.cold, err));
	for (int round = 0; round < ROUNDS; round++) {
		TRY(measure_site(x, &spent, false, &spent.load, err));
		x->n++;
		TRY(store_write(store, answer_some, x, err));
		TRY(measure_site(x, &spent, false, &spent.changed, err));
	}
	TRY(answer_stored_job(store, NULL, x->site, err));
	for (int round = 0; round < ROUNDS; round++) TRY(measure_site(x, &spent, true, &spent.stored, err));
	printf("%d answers of 107 columns, CPU ms\n", x->n);
	printf("reading all answers          %8.1f\n", spent.cold);
	printf("… as they are stored         %8.1f\n", spent.stored);
	printf("… one that came              %8.1f\n", spent.changed);
	printf("… none, as they are kept     %8.1f\n", spent.load);
	printf("frequencies of all questions %8.1f\n", spent.frequencies);
	printf("%4d cross-tables, tested    %8.1f\n", spent.tables, spent.crosses);
	say("statistics, nothing changed", spent.load + spent.frequencies);
	say("… after an answer came", spent.changed + spent.frequencies);
	say("… the first time after a start", spent.stored + spent.frequencies);
	say("… the first time ever", spent.cold + spent.frequencies);
	printf("5671 tables of 107 columns   %8.1f   counted only\n", measure_columns(x->n));
	model_release(x->model);
	return OK;
}

int main(int argc, char **argv)
{
	struct arena a;
	struct err err;
	struct asking x = { .a = &a, .n = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 10000 };
	if (argc < 2 || x.n < 1) {
		fputs("usage: parvis_results DIR [N]\n", stderr);
		return 2;
	}
	if (sodium_init() < 0) die("libsodium does not start");
	field_types_use(field_table);
	view_layouts_use(view_type_names);
	arena_init(&a);
	enum code code = command_open(argv[1], false, &x.site, &err);
	if (code == OK) {
		code = run(&x, &err);
		site_close(x.site);
	}
	arena_release(&a);
	return code == OK ? 0 : command_fail(&err);
}
