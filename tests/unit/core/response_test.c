/* Questionnaires: what they ask, and their answers – kept, sent once, made nobody's, in lots. */
#include "core/response.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "core/definition.h"
#include "core/form.h"
#include "core/survey_target.h"
#include "support/site.h"

static struct test_model m;

static int teardown(void **state)
{
	if (m.store) test_model_release(&m);
	m = (struct test_model){ 0 };
	return test_store_teardown(state);
}

#define FIELDS                                                                                                               \
	"'fields': [{'key': 'postes', 'type': 'number', 'page': 'parc'}, {'key': 'qui', 'type': 'choice', 'page': 'parc', "  \
	"'choices': [{'key': 'benevole', 'label': 'Bénévole'}, {'key': 'salarie', 'label': 'Salarié'}]}, {'key': "        \
	"'combien', 'type': 'text', 'page': 'parc', 'show_if': ['qui', '=', 'salarie']}, {'key': 'pourquoi', 'type': "       \
	"'longtext', 'page': 'freins'}, {'key': 'detail', 'type': 'text', 'page': 'freins', 'show_if': ['combien', "         \
	"'notempty']}], 'pages': [{'key': 'parc', 'label': 'Le parc'}, {'key': 'freins', 'label': 'Les freins', 'show_if': " \
	"['postes', 'notempty']}]"

static void set_up(void **state, const char *survey)
{
	char text[4096];
	snprintf(text, sizeof(text),
	         "{'spaces': [{'key': 'quartier'}], 'forms': [{'key': 'diagnostic', 'survey': %s, " FIELDS "}]}",
	         survey);
	test_model_init(&m, test_store(state), text);
}

static const struct form *form(void)
{
	return test_form(&m, "diagnostic");
}

/* ---- Doing ---- */

struct doing {
	struct response_new new;
	struct response response;
	const char *page;
	const json_t *values;
	const struct actor *actor;
	int64_t person, n;
	bool full, again;
};

static enum code do_begin(struct tx *tx, void *arg, struct err *err)
{
	return response_begin(tx, &((struct doing *)arg)->new, err);
}

static enum code do_keep(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return response_keep(tx, &m.arena, &d->response, d->page, LANG_FR, d->values, err);
}

static enum code do_complete(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return response_complete(tx, &m.arena, &d->response, d->values, d->person, &d->full, err);
}

static enum code do_correct(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return response_correct(tx, &m.arena, m.model, d->actor, &d->response, d->values, err);
}

static enum code do_delete(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return response_delete(tx, &m.arena, m.model, d->actor, &d->response, err);
}

static enum code do_anonymise(struct tx *tx, void *arg, struct err *err)
{
	return response_anonymise(tx, form(), 0, &((struct doing *)arg)->n, err);
}

static enum code do_purge(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return response_purge(tx, err);
}

static enum code find(const char *code, struct response *ret)
{
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	enum code found = response_find(db, &m.arena, m.model, code, ret, &err);
	store_read_end(m.store);
	return found;
}

static void begin(const char *code, int64_t person, enum channel channel)
{
	struct err err = { 0 };
	struct doing d = {
		.new = { .form = form(), .lang = LANG_FR, .channel = channel, .code = code, .person = person }
	};
	assert_ok(store_write(m.store, do_begin, &d, &err), &err);
}

static void keep(const char *code, const char *page, const char *values)
{
	struct err err = { 0 };
	struct doing d = { .page = page, .values = test_json(&m.arena, values) };
	assert_int_equal(find(code, &d.response), OK);
	assert_ok(store_write(m.store, do_keep, &d, &err), &err);
}

static bool send(const char *code, int64_t person, const char *values)
{
	struct err err = { 0 };
	struct doing d = { .person = person, .values = test_json(&m.arena, values) };
	assert_int_equal(find(code, &d.response), OK);
	assert_ok(store_write(m.store, do_complete, &d, &err), &err);
	return !d.full;
}

static void answer(const char *values)
{
	static int number;
	const char *code = arena_printf(&m.arena, "code-%d", ++number);
	begin(code, 0, CHANNEL_WEB);
	assert_true(send(code, 0, values));
}

/* ---- Reading ---- */

static enum code add_value(void *context, const struct response *response, struct err *err)
{
	(void)err;
	buf_printf(context, "%s ", json_str_or(response->values, "pourquoi", "?"));
	return OK;
}

static int words_in(const char *text)
{
	int n = 0;
	for (; *text; text++) n += *text == ' ';
	return n;
}

static const char *told(const struct actor *actor, enum survey_stand stand, enum code expected)
{
	struct db *db;
	struct err err = { 0 };
	struct buf out;
	struct response_walk walk = { .model = m.model, .form = form(), .actor = actor, .stand = stand };
	buf_init(&out, &m.arena, 0);
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_int_equal(response_each(db, &walk, add_value, &out, &err), expected);
	store_read_end(m.store);
	return buf_str(&out);
}

struct page_told {
	struct buf *out;
	struct response_walk walk;
	int n;
};

static enum code add_and_go_on(void *context, const struct response *response, struct err *err)
{
	struct page_told *t = context;
	t->n++;
	t->walk.after = response->num;
	t->walk.after_id = response->id;
	return add_value(t->out, response, err);
}

/* The same, `max` in each snapshot. */
static const char *told_by(const struct actor *actor, enum survey_stand stand, int max)
{
	struct db *db;
	struct err err = { 0 };
	struct buf out;
	struct page_told t = { &out,
		               { .model = m.model, .form = form(), .actor = actor, .stand = stand, .max = max },
		               max };
	buf_init(&out, &m.arena, 0);
	while (t.n == max) {
		const struct response_walk walk = t.walk;
		t.n = 0;
		assert_ok(store_read_begin(m.store, &db, &err), &err);
		assert_ok(response_each(db, &walk, add_and_go_on, &t, &err), &err);
		store_read_end(m.store);
		assert_true(t.n <= max);
	}
	return buf_str(&out);
}

static struct response_counts counts(enum survey_stand stand)
{
	struct db *db;
	struct err err = { 0 };
	struct response_counts ret;
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(response_count(db, form(), stand, &ret, &err), &err);
	store_read_end(m.store);
	return ret;
}

/* ---- What is asked ---- */

static bool asks(const char *key, const char *values)
{
	const json_t *kept = survey_values_asked(&m.arena, form(), test_json(&m.arena, values));
	return survey_asks(form(), form_field(form(), key), kept);
}

static void test_asked(void **state)
{
	set_up(state, "{'anonymity': 'named'}");
	assert_true(asks("postes", "{}"));
	assert_false(asks("combien", "{}"));
	assert_true(asks("combien", "{'qui': 'salarie'}"));
	assert_false(asks("pourquoi", "{}")); /* its page is for who has computers */
	assert_true(asks("pourquoi", "{'postes': '6'}"));
	assert_true(asks("detail", "{'postes': '6', 'qui': 'salarie', 'combien': 'deux'}"));
	/* What hangs on an answer that does not apply any more falls with it. */
	const json_t *kept = survey_values_asked(
	        &m.arena, form(),
	        test_json(&m.arena,
	                  "{'postes': '6', 'qui': 'benevole', 'combien': 'deux', 'detail': 'x', 'inconnu': 'y'}"));
	assert_string_equal(json_text(&m.arena, kept), "{\"postes\":\"6\",\"qui\":\"benevole\"}");
	assert_true(survey_page_asks(form(), 0, NULL));
	assert_false(survey_page_asks(form(), 1, NULL));
}

static void test_stand(void **state)
{
	struct date day = { 2026, 11, 28 }, first = { 2026, 11, 28 }, last = { 2026, 12, 1 };
	set_up(state, "{'opens': '2026-11-28', 'closes': '2026-12-01'}");
	const struct survey *survey = form()->survey;
	assert_int_equal(survey->anonymity, ANONYMITY_ANONYMOUS); /* what is forgotten protects most */
	assert_int_equal(survey_stand(survey, date_add_days(day, -1)), STAND_EARLY);
	assert_int_equal(survey_stand(survey, first), STAND_OPEN);
	assert_int_equal(survey_stand(survey, last), STAND_OPEN);
	assert_int_equal(survey_stand(survey, date_add_days(last, 1)), STAND_OVER);
}

/* Each mistake is said where it is. */
static void test_mistakes(void **state)
{
	static const struct {
		const char *definition, *where;
	} rows[] = {
		{ "'survey': {'anonymity': 'secret'}, " FIELDS, "survey" },
		{ "'survey': {'opens': 'demain'}, " FIELDS, "survey" },
		{ "'survey': {'opens': '2026-12-01', 'closes': '2026-11-01'}, " FIELDS, "survey" },
		{ "'survey': {'quotas': [{'field': 'qui', 'choice': 'personne', 'most': 3}]}, " FIELDS, "survey" },
		{ "'survey': {}, 'fields': [{'key': 'a', 'type': 'text', 'page': 'absente'}], 'pages': [{'key': 'x'}]",
		  "fields.0.page" },
		{ "'survey': {}, 'fields': [{'key': 'a', 'type': 'text'}], 'pages': [{'key': 'x'}, {'key': 'x'}]",
		  "pages.1" },
		{ "'survey': {}, 'fields': [{'key': 'a', 'type': 'relation', 'form': 'b'}]", "fields.0.type" },
		{ "'survey': {}, 'fields': [{'key': 'a', 'type': 'text'}], 'pages': [{'key': 'x', 'show_if': ['zz', "
		  "'notempty']}]",
		  "pages.0.show_if" },
	};
	set_up(state, "{}");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct issues issues;
		struct err err = { 0 };
		struct form parsed;
		issues_init(&issues, &m.arena);
		const char *text = arena_printf(&m.arena, "{'key': 'f', 'label': 'F', 'plural': 'F', 'add': 'F', %s}",
		                                rows[i].definition);
		assert_int_equal(form_parse(&m.arena, test_json(&m.arena, text), NULL, 0, &parsed, &issues, &err),
		                 E_INPUT);
		/* The types of this file's neighbours say nothing of labels. */
		bool found = false;
		for (const struct issue *issue = issues.first; issue; issue = issue->next)
			found |= strcmp(issue->field, rows[i].where) == 0;
		if (!found) print_error("row %zu: nothing under %s\n", i, rows[i].where);
		assert_true(found);
	}
}

/* ---- Answering ---- */

static void test_resume(void **state)
{
	struct response response;
	set_up(state, "{'anonymity': 'confidential'}");
	begin("aaaa", 0, CHANNEL_WEB);
	keep("aaaa", "freins", "{'postes': '6'}");
	assert_int_equal(find("aaaa", &response), OK);
	assert_string_equal(response.page, "freins");
	assert_string_equal(json_str(response.values, "postes"), "6");
	assert_int_equal(find("aaab", &response), E_NOT_FOUND);
	/* Twice is once. */
	struct err err = { 0 };
	struct doing d = { .values = test_json(&m.arena, "{'postes': '7'}") };
	assert_int_equal(find("aaaa", &d.response), OK);
	assert_ok(store_write(m.store, do_complete, &d, &err), &err);
	assert_ok(store_write(m.store, do_complete, &d, &err), &err);
	assert_int_equal(counts(STAND_OPEN).complete, 1);
	assert_int_equal(counts(STAND_OPEN).started, 0);
	d.page = "parc";
	assert_int_equal(store_write(m.store, do_keep, &d, &err), E_CONFLICT);
	assert_int_equal(find("aaaa", &response), OK);
	assert_int_equal(response.state, RESPONSE_COMPLETE);
	assert_string_equal(json_str(response.values, "postes"), "7");
}

static void test_given_up(void **state)
{
	struct response response;
	struct err err = { 0 };
	int64_t now = clock_now();
	set_up(state, "{}");
	clock_set(now);
	begin("site", 0, CHANNEL_WEB);
	begin("tablette", 0, CHANNEL_KIOSK);
	clock_set(now + RESPONSE_KIOSK_MS + 1);
	assert_int_equal(find("site", &response), OK);
	assert_int_equal(find("tablette", &response), E_NOT_FOUND); /* even before it is deleted */
	assert_ok(store_write(m.store, do_purge, NULL, &err), &err);
	assert_int_equal(counts(STAND_OPEN).started, 1);
	clock_set(now + RESPONSE_DRAFT_MS + 1);
	assert_ok(store_write(m.store, do_purge, NULL, &err), &err);
	assert_int_equal(counts(STAND_OPEN).started, 0);
	clock_set(0);
}

static void test_once_an_account(void **state)
{
	struct err err = { 0 };
	set_up(state, "{'anonymity': 'anonymous', 'who': 'accounts'}");
	struct actor person = test_person(&m, "quartier", LEVEL_MEMBER);
	begin("une", person.person, CHANNEL_WEB);
	begin("deux", person.person, CHANNEL_WEB);
	assert_true(send("une", person.person, "{'postes': '1'}"));
	struct doing d = { .person = person.person,
		           .values = test_json(&m.arena, "{}"),
		           .new = { .form = form(), .code = "trois", .person = person.person } };
	assert_int_equal(find("deux", &d.response), OK);
	assert_int_equal(store_write(m.store, do_complete, &d, &err), E_FORBIDDEN);
	assert_int_equal(store_write(m.store, do_begin, &d, &err), E_FORBIDDEN);
	assert_int_equal(counts(STAND_OPEN).complete, 1);
}

static void test_quota(void **state)
{
	set_up(state, "{'quotas': [{'field': 'qui', 'choice': 'salarie', 'most': 2}]}");
	answer("{'qui': 'salarie'}");
	answer("{'qui': 'salarie'}");
	answer("{'qui': 'benevole'}");
	begin("plein", 0, CHANNEL_WEB);
	assert_false(send("plein", 0, "{'qui': 'salarie'}"));
	assert_int_equal(counts(STAND_OPEN).complete, 3);
	assert_true(send("plein", 0, "{'qui': 'benevole'}")); /* it is still there to be corrected */
}

/* ---- Anonymous ---- */

static bool file_holds(const char *path, const char *word)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL) return false;
	static char bytes[1 << 24];
	size_t n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	return memmem(bytes, n, word, strlen(word)) != NULL;
}

/* How many files of the site's folder hold the word. */
static int files_holding(const char *folder, const char *word)
{
	int n = 0;
	struct dirent *entry;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	while ((entry = readdir(dir)))
		if (entry->d_type == DT_REG)
			n += file_holds(arena_printf(&m.arena, "%s/%s", folder, entry->d_name), word);
	closedir(dir);
	return n;
}

/* What is being answered is read by nobody without the code; what was sent is linked with nobody, in no row and in no file. */
static void test_anonymous_leaves_nothing(void **state)
{
	struct err err = { 0 };
	struct response response;
	set_up(state, "{'anonymity': 'anonymous', 'who': 'accounts'}");
	struct actor person = test_person(&m, "quartier", LEVEL_MEMBER);
	begin("mmmm", person.person, CHANNEL_WEB);
	keep("mmmm", "freins", "{'postes': '6', 'pourquoi': 'Xylophone brouillonné'}");
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM respondent"), 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM response WHERE body LIKE '%ylophone%'"), 0);
	if (test_site(state)->options.postgres == NULL)
		assert_int_equal(files_holding(test_site(state)->dir, "Xylophone"), 0);
	assert_int_equal(find("mmmm", &response), OK);
	assert_string_equal(json_str(response.values, "pourquoi"), "Xylophone brouillonné");

	assert_true(send("mmmm", person.person, "{'postes': '6', 'pourquoi': 'Xylophone accordé'}"));
	assert_int_equal(find("mmmm", &response), E_GONE);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM response"), 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM respondent"), 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM answered"), 1);
	/* All that is kept of it beside its values: nothing that any other row holds. */
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM anonymous_answer x JOIN spent_code s ON s.code = x.id"), 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM job WHERE kind = 'survey_scrub'"), 1);
	assert_ok(response_scrub(m.store, &err), &err);
	if (test_site(state)->options.postgres) return;
	/* The words are in the database itself, once, and in no log beside it. */
	assert_int_equal(files_holding(test_site(state)->dir, "Xylophone accord"), 1);
	assert_true(file_holds(arena_printf(&m.arena, "%s/site.db", test_site(state)->dir), "Xylophone accord"));
}

/* What is shown goes by lots of five, of which five more are always behind while it is open. */
static void test_lots(void **state)
{
	set_up(state, "{'anonymity': 'anonymous'}");
	struct actor who = test_person(&m, "quartier", LEVEL_FACILITATOR);
	/*                            0  1  2  3  4  5  6  7  8  9  10 11 12 13 14 15 */
	static const int open[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 10 };
	for (size_t n = 0; n < COUNT(open); n++) {
		if (n) answer(arena_printf(&m.arena, "{'postes': '1', 'pourquoi': 'mot%zu'}", n));
		assert_int_equal(counts(STAND_OPEN).complete, n);
		assert_int_equal(counts(STAND_OPEN).shown, open[n]);
		assert_int_equal(counts(STAND_OVER).shown, n < RESPONSES_LOT ? 0 : n);
		assert_int_equal(words_in(told(&who, STAND_OPEN, OK)), open[n]);
		assert_int_equal(words_in(told(&who, STAND_OVER, OK)), n < RESPONSES_LOT ? 0 : (int)n);
		/* In several snapshots: the same ones, in the same order. */
		assert_string_equal(told_by(&who, STAND_OPEN, 2), told(&who, STAND_OPEN, OK));
		assert_string_equal(told_by(&who, STAND_OVER, 3), told(&who, STAND_OVER, OK));
		assert_int_equal(counts(STAND_OPEN).first, 0);
	}
}

/* ---- Known ---- */

static struct response first_listed(const struct actor *actor)
{
	struct db *db;
	struct err err = { 0 };
	struct response *list;
	int n;
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(response_list(db, &m.arena, m.model, actor, form(), 0, 10, &list, &n, &err), &err);
	store_read_end(m.store);
	assert_int_equal(n, 1);
	return list[0];
}

static void test_named(void **state)
{
	struct err err = { 0 };
	set_up(state, "{'anonymity': 'named'}");
	struct actor who = test_person(&m, "quartier", LEVEL_FACILITATOR);
	struct actor person = test_person(&m, "quartier", LEVEL_MEMBER);
	begin("nnnn", person.person, CHANNEL_WEB);
	assert_true(send("nnnn", person.person, "{'postes': '6', 'pourquoi': 'temps'}"));
	assert_string_equal(told(&who, STAND_OPEN, OK), "temps ");
	assert_string_equal(told(&person, STAND_OPEN, E_NOT_FOUND), "");
	assert_string_equal(told(&actor_visitor, STAND_OPEN, E_NOT_FOUND), "");
	struct doing d = { .response = first_listed(&who), .actor = &actor_visitor };
	assert_int_equal(d.response.person, person.person);
	d.values = test_json(&m.arena, "{'postes': '16', 'pourquoi': 'temps'}");
	assert_int_equal(store_write(m.store, do_correct, &d, &err), E_NOT_FOUND);
	assert_int_equal(store_write(m.store, do_delete, &d, &err), E_NOT_FOUND);
	d.actor = &who;
	assert_ok(store_write(m.store, do_correct, &d, &err), &err);
	struct response now = first_listed(&who);
	assert_string_equal(json_str(now.values, "postes"), "16");
	struct db *db;
	struct response_change *changes;
	int n;
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(response_changes(db, &m.arena, &now, 10, &changes, &n, &err), &err);
	store_read_end(m.store);
	assert_int_equal(n, 1);
	assert_string_equal(changes[0].fields, "postes");
	/* What is hers she takes back. */
	d.actor = &person;
	assert_ok(store_write(m.store, do_delete, &d, &err), &err);
	assert_int_equal(counts(STAND_OPEN).complete, 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM respondent"), 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM response_change"), 0);
}

static void test_confidential(void **state)
{
	struct err err = { 0 };
	struct doing d = { 0 };
	set_up(state, "{'anonymity': 'confidential'}");
	struct actor who = test_person(&m, "quartier", LEVEL_FACILITATOR);
	struct actor person = test_person(&m, "quartier", LEVEL_MEMBER);
	begin("cccc", person.person, CHANNEL_WEB);
	assert_true(send("cccc", person.person, "{'postes': '6', 'pourquoi': 'peur'}"));
	assert_int_equal(first_listed(&who).person, 0); /* beside no answer */
	assert_string_equal(first_listed(&who).name, "");
	assert_string_equal(told(&who, STAND_OPEN, OK), ""); /* one would be somebody */
	for (int i = 1; i < RESPONSES_LOT; i++) answer("{'postes': '1', 'pourquoi': 'temps'}");
	assert_string_equal(told(&who, STAND_OPEN, OK), "peur temps temps temps temps ");
	assert_string_equal(told_by(&who, STAND_OPEN, 2), "peur temps temps temps temps ");
	struct response hers;
	struct db *db;
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(response_of_person(db, &m.arena, m.model, form(), person.person, &hers, &err), &err);
	store_read_end(m.store);
	assert_string_equal(json_str(hers.values, "pourquoi"), "peur");
	assert_ok(store_write(m.store, do_anonymise, &d, &err), &err);
	assert_int_equal(d.n, 1);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM respondent"), 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM response WHERE code IS NOT NULL"), 0);
	assert_int_equal(counts(STAND_OPEN).complete, RESPONSES_LOT);
	assert_int_equal(find("cccc", &hers), E_NOT_FOUND);
}

/* The version that was answered is known, so that a questionnaire can be corrected in the field. */
static enum code do_new_version(struct tx *tx, void *arg, struct err *err)
{
	json_t *body = json_keep(&m.arena, json_deep_copy(form()->definition));
	json_object_set_new(body, "label", json_string("Diagnostic, corrigé"));
	(void)arg;
	return definition_save(tx, &m.arena, DEFINITION_FORM, "diagnostic", body, &actor_program, NULL, err);
}

static void test_version(void **state)
{
	struct err err = { 0 };
	struct response response;
	set_up(state, "{'anonymity': 'named'}");
	begin("un", 0, CHANNEL_WEB);
	assert_true(send("un", 0, "{'postes': '6'}"));
	begin("deux", 0, CHANNEL_WEB);
	assert_ok(store_write(m.store, do_new_version, NULL, &err), &err);
	keep("deux", "parc", "{'postes': '7'}");
	assert_true(send("deux", 0, "{'postes': '7'}"));
	assert_int_equal(find("un", &response), OK);
	int64_t version = response.version;
	assert_int_equal(find("deux", &response), OK);
	assert_int_equal(response.version, version + 1);
}

/* ---- Answered away from the site ---- */

static enum code do_take(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	const struct response_away away = { .new = d->new, .version = d->n, .values = d->values };
	return response_take(tx, &m.arena, m.model, &away, &d->response, &d->again, &d->full, err);
}

static struct doing take(const char *code, int64_t person, int64_t version, const char *values, enum code expected)
{
	struct err err = { 0 };
	struct doing d = { .new = { .form = form(), .channel = CHANNEL_VISIT, .code = code, .person = person },
		           .n = version,
		           .values = test_json(&m.arena, values) };
	assert_int_equal(store_write(m.store, do_take, &d, &err), expected);
	return d;
}

static void test_taken_once(void **state)
{
	struct response response;
	struct err err = { 0 };
	set_up(state, "{'anonymity': 'named'}");
	assert_ok(store_write(m.store, do_new_version, NULL, &err), &err);
	struct doing first = take("un", 0, 1, "{'postes': '6'}", OK);
	assert_false(first.again);
	struct doing second = take("un", 0, 2, "{'postes': '9'}", OK);
	assert_true(second.again);
	assert_true(id_equal(first.response.id, second.response.id));
	assert_int_equal(find("un", &response), OK);
	assert_int_equal(response.state, RESPONSE_COMPLETE);
	assert_int_equal(response.version, 1); /* that which was answered, whatever it is now */
	assert_string_equal(json_str(response.values, "postes"), "6");
	assert_int_equal(counts(STAND_OPEN).complete, 1);
	/* The code of something that somebody is answering on the site is nobody else's. */
	begin("deux", 0, CHANNEL_WEB);
	take("deux", 0, 1, "{'postes': '1'}", E_CONFLICT);
	assert_int_equal(counts(STAND_OPEN).complete, 1);
}

static void test_taken_anonymous(void **state)
{
	set_up(state, "{'anonymity': 'anonymous'}");
	assert_false(take("un", 0, 1, "{'postes': '6'}", OK).again);
	assert_true(take("un", 0, 1, "{'postes': '6'}", OK).again);
	assert_int_equal(counts(STAND_OPEN).complete, 1);
	assert_int_equal(counts(STAND_OPEN).started, 0);
}

static void test_taken_full(void **state)
{
	set_up(state, "{'anonymity': 'named', 'quotas': [{'field': 'qui', 'choice': 'salarie', 'most': 1}]}");
	assert_false(take("un", 0, 1, "{'qui': 'salarie'}", OK).full);
	assert_true(take("deux", 0, 1, "{'qui': 'salarie'}", OK).full);
	assert_int_equal(counts(STAND_OPEN).complete, 1);
	assert_int_equal(counts(STAND_OPEN).started, 0); /* nothing of it is kept */
}

/* One choice, several, with words beside, "other", yes or no: the forms that fields/choice.c and fields/choices.c keep. */
static void test_holds_choice(void **state)
{
	static const struct {
		const char *value;
		bool holds;
	} cases[] = { { "\"velo\"", true },
		      { "\"velos\"", false },
		      { "[\"bus\",\"velo\"]", true },
		      { "[\"bus\"]", false },
		      { "[\"bus\",{\"key\":\"velo\",\"comment\":\"l’été\"}]", true },
		      { "{\"key\":\"velo\",\"text\":\"à assistance\"}", true },
		      { "{\"key\":\"bus\",\"text\":\"velo\"}", false },
		      { "[]", false },
		      { "12", false } };
	set_up(state, "{'anonymity': 'named'}");
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(response_holds_choice(test_json(&m.arena, cases[i].value), "velo"), cases[i].holds);
	assert_true(response_holds_choice(json_true(), "true"));
	assert_false(response_holds_choice(json_false(), "true"));
}

#define TEST(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_asked),        TEST(test_stand),
		TEST(test_mistakes),     TEST(test_resume),
		TEST(test_given_up),     TEST(test_once_an_account),
		TEST(test_quota),        TEST(test_anonymous_leaves_nothing),
		TEST(test_lots),         TEST(test_named),
		TEST(test_confidential), TEST(test_version),
		TEST(test_taken_once),   TEST(test_taken_anonymous),
		TEST(test_taken_full),   TEST(test_holds_choice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
