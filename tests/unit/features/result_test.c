/* Results: answers of pages and of questionnaires in columns, as one reader may read them; what is kept of them, hidden, said. */
#include "features/result/result_cross.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/response.h"
#include "features/result/result_page.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static struct page page_of(const struct actor *actor)
{
	return (struct page){ .arena = &site.arena,
		              .lang = LANG_FR,
		              .model = site.model,
		              .actor = actor,
		              .path = "/",
		              .now = clock_now() };
}

static const struct form_data choices_none;

static struct results load_texts(const struct actor *actor, const char *form, const struct form_data *choices,
                                 const char *texts)
{
	struct page p = page_of(actor);
	struct results results;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &p.db, &err), &err);
	assert_ok(results_load(&p, model_form(site.model, form), choices, texts, &results, &err), &err);
	store_read_end(site.store);
	return results;
}

static struct results load(const struct actor *actor, const char *form)
{
	return load_texts(actor, form, &choices_none, NULL);
}

static int count(const struct results *results, const char *question, const char *choice)
{
	const struct result_question *q = results_question(results, question);
	assert_non_null(q);
	for (int i = 0; i < q->column.ncodes; i++)
		if (strcmp(q->keys[i], choice) == 0) return set_count(column_set(&q->column, i), q->column.words);
	return 0;
}

/* ---- Pages ---- */

/* Each counts what she reads: pages of her spaces, questions that are for her. */
static void test_records(void **state)
{
	site_fixture_init(&site, test_store(state));
	site_card(&site, &site.facilitator,
	          "{\"nom\":\"Un\",\"genre\":\"asso\",\"prix\":\"5\",\"suivi\":\"vu\",\"themes\":[\"Vélo\",\"Été\"]}");
	site_card(
	        &site, &site.facilitator,
	        "{\"nom\":\"Deux\",\"genre\":\"asso\",\"prix\":\"7.5\",\"ouvert\":true,\"horaires\":\"Le soir\",\"themes\":[\"vélo\"]}");
	site_card(&site, &site.facilitator, "{\"nom\":\"Trois\",\"genre\":\"lieu\",\"contact\":\"Zoé\"}");
	struct id trashed = site_card(&site, &site.facilitator, "{\"nom\":\"Quatre\",\"genre\":\"lieu\"}");
	struct err err = { 0 };
	struct issues issues;
	assert_ok(site_set_state(&site, &site.facilitator, trashed, STATE_TRASH), &err);
	struct save closed = { .actor = &site.facilitator,
		               .form = site.card,
		               .space = site.closed,
		               .state = STATE_PUBLISHED,
		               .values = site_json(&site, "{\"nom\":\"Cinq\",\"genre\":\"service\"}") };
	assert_ok(site_save(&site, &closed, &issues, &err), &err);

	struct results r = load(&site.visitor, "fiche");
	assert_int_equal(r.n, 3);
	assert_int_equal(count(&r, "genre", "asso"), 2);
	assert_int_equal(count(&r, "genre", "lieu"), 1);
	assert_int_equal(count(&r, "genre", "service"), 0);
	assert_int_equal(count(&r, "ouvert", "true"), 1);
	assert_int_equal(count(&r, "themes", "velo"), 2); /* written in two ways */
	assert_null(results_question(&r, "contact"));
	assert_null(results_question(&r, "suivi"));
	assert_null(results_question(&r, "nom"));
	const struct result_question *price = results_question(&r, "prix");
	assert_int_equal(price->kind, QUESTION_NUMBERS);
	assert_int_equal(set_count(price->column.said, price->column.words), 2);
	struct summary s;
	summary_make(&site.arena, &price->column, NULL, NULL, &s);
	assert_true(s.mean == 6.25);

	r = load(&site.facilitator, "fiche");
	assert_int_equal(r.n, 4);
	assert_int_equal(count(&r, "suivi", "vu"), 1);
	assert_int_equal(count(&r, "_space", "equipe"), 1);
	assert_int_equal(count(&r, "_year", "2013"), 4);
	assert_string_equal(results_question(&r, "genre")->labels[0], "Association");
}

static void choose(struct form_data *data, struct form_field *fields, const char *first, const char *second)
{
	fields[0] = (struct form_field){ .name = "si", .value = (char *)first };
	fields[1] = (struct form_field){ .name = "si", .value = (char *)second };
	*data = (struct form_data){ .fields = fields, .count = second ? 2 : 1 };
}

/* Choices of one question widen, those of others narrow; what is unknown changes nothing. */
static void test_narrowed(void **state)
{
	struct form_data data;
	struct form_field fields[2];
	site_fixture_init(&site, test_store(state));
	for (int i = 0; i < 6; i++)
		site_card(&site, &site.facilitator,
		          arena_printf(&site.arena, "{\"nom\":\"Fiche %d\",\"genre\":\"%s\",\"themes\":[\"%s\"]}", i,
		                       i < 3   ? "asso"
		                       : i < 5 ? "lieu"
		                               : "service",
		                       i % 2 ? "jardin" : "atelier"));
	choose(&data, fields, "genre:asso", "genre:lieu");
	struct results r = load_texts(&site.visitor, "fiche", &data, NULL);
	assert_int_equal(r.counted, 5);
	choose(&data, fields, "genre:asso", "themes:jardin");
	r = load_texts(&site.visitor, "fiche", &data, NULL);
	assert_int_equal(r.counted, 1);
	assert_int_equal(r.nchosen, 2);
	assert_string_equal(r.chosen_words[0], "Genre\xC2\xA0: Association");
	choose(&data, fields, "genre:rien", NULL);
	r = load_texts(&site.visitor, "fiche", &data, NULL);
	assert_true(r.counted == 6 && r.among == NULL);
}

/* ---- Questionnaires ---- */

static const char survey[] =
        "{\"key\":\"diagnostic\",\"label\":\"Diagnostic\",\"plural\":\"Diagnostics\",\"add\":\"Répondre\","
        "\"survey\":{\"state\":\"open\",\"anonymity\":\"named\"},\"results\":{\"public\":true,\"population\":20%s},"
        "\"pages\":[{\"key\":\"tout\",\"label\":\"Tout\"}],\"fields\":["
        "{\"key\":\"kind\",\"type\":\"choice\",\"label\":\"Genre\",\"page\":\"tout\",\"choices\":["
        "{\"key\":\"asso\",\"label\":\"Association\"},{\"key\":\"service\",\"label\":\"Service public\"}]},"
        "{\"key\":\"net\",\"type\":\"choice\",\"label\":\"Internet\",\"page\":\"tout\",\"choices\":["
        "{\"key\":\"oui\",\"label\":\"Oui\"},{\"key\":\"non\",\"label\":\"Non\"}]},"
        "{\"key\":\"freins\",\"type\":\"longtext\",\"label\":\"Freins\",\"page\":\"tout\"}]}";

static void make_survey(void **state, const char *rule)
{
	char text[4096];
	site_fixture_init(&site, test_store(state));
	snprintf(text, sizeof(text), survey, rule);
	site_fixture_form(&site, text);
}

struct answering {
	const char *code;
	const json_t *values;
	struct response response;
};

static enum code answer_one(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	bool full;
	const struct response_new new = {
		.form = model_form(site.model, "diagnostic"), .lang = LANG_FR, .channel = CHANNEL_PAPER, .code = x->code
	};
	TRY(response_begin(tx, &new, err));
	TRY(response_find(tx_db(tx), &site.arena, site.model, x->code, &x->response, err));
	return response_complete(tx, &site.arena, &x->response, x->values, 0, &full, err);
}

static enum code correct_one(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	return response_correct(tx, &site.arena, site.model, &site.facilitator, &x->response, x->values, err);
}

static enum code delete_one(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	return response_delete(tx, &site.arena, site.model, &site.facilitator, &x->response, err);
}

static struct answering answer(const char *values)
{
	static int number;
	struct err err = { 0 };
	struct answering x = { .code = arena_printf(&site.arena, "code-%d", ++number),
		               .values = site_json(&site, values) };
	assert_ok(store_write(site.store, answer_one, &x, &err), &err);
	return x;
}

static void answer_many(int n, const char *values)
{
	for (int i = 0; i < n; i++) answer(values);
}

/* What is kept of the answers is never older than they are. */
static void test_kept(void **state)
{
	struct err err = { 0 };
	make_survey(state, "");
	answer_many(6, "{\"kind\":\"asso\",\"net\":\"oui\"}");
	struct results r = load(&site.facilitator, "diagnostic");
	assert_int_equal(count(&r, "net", "oui"), 6);
	assert_int_equal(count(&r, "_channel", "paper"), 6);
	assert_string_equal(results_question(&r, "_channel")->label, "Moyen de réponse");
	struct answering last = answer("{\"kind\":\"asso\",\"net\":\"non\"}");
	r = load(&site.facilitator, "diagnostic");
	assert_int_equal(count(&r, "net", "non"), 1);
	last.values = site_json(&site, "{\"kind\":\"asso\",\"net\":\"oui\"}");
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, correct_one, &last, &err), &err);
	r = load(&site.facilitator, "diagnostic");
	assert_int_equal(count(&r, "net", "non"), 0);
	assert_int_equal(count(&r, "net", "oui"), 7);
	assert_ok(store_write(site.store, delete_one, &last, &err), &err);
	r = load(&site.facilitator, "diagnostic");
	assert_int_equal(count(&r, "net", "oui"), 6);
	/* Asked again, the same, from what is kept. */
	r = load(&site.facilitator, "diagnostic");
	assert_int_equal(r.n, 6);
}

/* Public results of what was said by name: who looks after it sees all; for others, few are hidden and nothing is narrowed. */
static void test_hidden(void **state)
{
	struct form_data data;
	struct form_field fields[2];
	struct page p;
	make_survey(state, "");
	p = page_of(&site.visitor);
	answer_many(3, "{\"kind\":\"service\",\"net\":\"oui\"}");
	struct results r = load(&site.visitor, "diagnostic");
	assert_true(r.few);
	answer_many(9, "{\"kind\":\"asso\",\"net\":\"oui\"}");
	answer_many(6, "{\"kind\":\"asso\",\"net\":\"non\"}");
	r = load(&site.facilitator, "diagnostic");
	assert_int_equal(r.rule.hide_below, 0);
	choose(&data, fields, "kind:service", NULL);
	r = load_texts(&site.visitor, "diagnostic", &data, NULL);
	assert_int_equal(r.rule.hide_below, 5);
	assert_true(r.among == NULL && !r.few);
	const struct shown_question *s = shown_question_of(&p, &r, results_question(&r, "kind"));
	/* Three, then what would give them away; who is missing is none. */
	assert_true(s->hidden[0] && s->hidden[1]);
	s = shown_question_of(&p, &r, results_question(&r, "net"));
	assert_false(s->hidden[0] || s->hidden[1]);
	assert_true(s->intervals); /* 18 of 20 */
	/* 12 of 18 answers of 20: by prop.test(x = 2/3 n, n = 18 × 19 / 2, correct = FALSE) of R 4.2. */
	assert_true(fabs(s->all.choices[0].interval.low - 0.5930342849) < 1e-9);
	assert_true(fabs(s->all.choices[0].interval.high - 0.7329753491) < 1e-9);
	struct result_cross cross;
	result_cross_make(&p, &r, results_question(&r, "kind"), results_question(&r, "net"), NULL, SHARE_ROW, &cross);
	assert_int_equal(cross.nlayers, 1);
	/* The services are put with the associations: there is one line, and nothing to compare. */
	assert_int_equal(cross.layers[0].cross.rows, 1);
	assert_false(result_shows_texts(&p, &r));
	p = page_of(&site.facilitator);
	assert_true(result_shows_texts(&p, &r));
}

/* ---- Words ---- */

/* Answers of two questions of two choices: a and b of the first line, c and d of the second. */
static struct cross_words said(int a, int b, int c, int d, int population)
{
	static struct result_question row, column;
	static const char *lines[] = { "Associations", "Services" }, *answers[] = { "Oui", "Non" };
	struct page p = page_of(&site.visitor);
	struct results results = { .rule = { .population = population } };
	int n = a + b + c + d, at = 0;
	const int counts[] = { a, b, c, d };
	row = (struct result_question){ .label = "Genre", .labels = lines, .kind = QUESTION_CHOICES };
	column = (struct result_question){ .label = "Internet", .labels = answers, .kind = QUESTION_CHOICES };
	column_init(&row.column, &site.arena, COLUMN_CODES, n, 2);
	column_init(&column.column, &site.arena, COLUMN_CODES, n, 2);
	for (int i = 0; i < 4; i++) {
		for (int k = 0; k < counts[i]; k++, at++) {
			column_say(&row.column, at, i / 2);
			column_say(&column.column, at, i % 2);
		}
	}
	struct result_cross cross;
	results.n = results.counted = n;
	result_cross_make(&p, &results, &row, &column, NULL, SHARE_ROW, &cross);
	return cross.layers[0].words;
}

static bool says(const char *text, const char *part)
{
	return text && strstr(text, part) != NULL;
}

static void test_words(void **state)
{
	(void)state;
	arena_init(&site.arena);
	struct cross_words words = said(2, 1, 1, 2, 0);
	assert_true(says(words.verdict, "trop peu pour comparer") && words.nnotable == 0 && !words.signs);
	words = said(20, 21, 19, 20, 0);
	assert_true(says(words.verdict, "Rien de notable") && words.nnotable == 0 && !words.signs);
	/* 80 % against 20 %: chi-squared 72 of 200, V = 0.6 */
	words = said(80, 20, 20, 80, 0);
	assert_true(says(words.verdict, "fortement") && says(words.verdict, "une fois sur mille") && words.signs);
	assert_int_equal(words.nnotable, 4);
	assert_true(says(words.caution, "tirées au sort"));
	bool more = false;
	for (int i = 0; i < 4; i++)
		more |= says(words.notable[i], "Associations") && says(words.notable[i], "plus souvent") &&
		        says(words.notable[i], "80") && says(words.notable[i], "20");
	assert_true(more);
	/* Of a thousand and a thousand, 52 % and 48 %: not by chance, but hardly a link (V = 0.04, p = 0.07) nor notable. */
	words = said(520, 480, 480, 520, 0);
	assert_true(says(words.verdict, "Rien de notable"));
	words = said(5500, 4500, 5200, 4800, 0);
	assert_true(says(words.verdict, "à peine"));
	/* All 40 of 40 have answered. */
	words = said(15, 5, 5, 15, 40);
	assert_true(says(words.caution, "le hasard n’y est pour rien"));
	/* One choice is never given. */
	words = said(10, 0, 10, 0, 0);
	assert_true(says(words.verdict, "rien à comparer"));
	arena_release(&site.arena);
}

/* Words of one family once for an answer; small and common words are none. */
static void test_frequent(void **state)
{
	(void)state;
	static const char *texts[] = { "Il manque des ordinateurs, et des ordinateurs récents.",
		                       "Un ordinateur en panne depuis longtemps", "Pas de temps",
		                       "Du temps et de l’argent" };
	struct result_question question = { .texts = texts, .ntexts = 4 };
	struct frequent_word *words;
	arena_init(&site.arena);
	struct page p = page_of(&site.visitor);
	int n = result_words(&p, &question, 0, &words);
	assert_int_equal(n, 2);
	assert_true(words[0].n == 2 && words[1].n == 2);
	assert_string_equal(words[0].word, "ordinateurs");
	assert_string_equal(words[1].word, "temps");
	assert_true(text_has_stem(&site.arena, texts[1], words[0].stem));
	assert_false(text_has_stem(&site.arena, texts[3], words[0].stem));
	assert_int_equal(result_words(&p, &question, 5, &words), 0);
	arena_release(&site.arena);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		BOTH(test_records), BOTH(test_narrowed),          BOTH(test_kept),
		BOTH(test_hidden),  cmocka_unit_test(test_words), cmocka_unit_test(test_frequent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
