/* LimeSurvey's surveys: both families of files, and what is refused. */
#include "formats/limesurvey_response.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "formats/html_plain.h"
#include "formats/limesurvey_participant.h"

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

static char *file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL) return NULL;
	fseek(f, 0, SEEK_END);
	*len = (size_t)ftell(f);
	rewind(f);
	char *text = arena_alloc(&arena, *len + 1);
	assert_int_equal(fread(text, 1, *len, f), *len);
	text[*len] = '\0';
	fclose(f);
	return text;
}

static void read_survey(const char *path, struct limesurvey *ret)
{
	struct limesurvey_file tables;
	size_t len = 0;
	const char *text = file(path, &len);
	assert_non_null(text);
	assert_int_equal(limesurvey_tables_read(&arena, text, len, &tables, NULL), OK);
	assert_int_equal(limesurvey_read(&arena, &tables, ret, NULL), OK);
}

static void test_new(void **state)
{
	(void)state;
	struct limesurvey survey;
	read_survey(SOURCE_DIR "/tests/unit/formats/limesurvey/new.lss", &survey);
	assert_string_equal(survey.id, "4321");
	assert_string_equal(survey.language, "fr");
	assert_string_equal(survey.languages, "fr en");
	assert_string_equal(json_str(survey.title, "fr"), "Outils & usages");
	assert_string_equal(json_str(survey.title, "en"), "Tools");
	assert_string_equal(json_str(survey.welcome, "fr"), "Bienvenue");
	assert_null(json_str(survey.welcome, "en"));
	assert_string_equal(json_str(survey.settings, "anonymized"), "Y");
	assert_int_equal(survey.ngroups, 2);
	assert_int_equal(survey.nquestions, 3);

	const struct limesurvey_group *group = &survey.groups[0];
	assert_string_equal(json_str(group->name, "fr"), "Vos outils");
	const struct limesurvey_question *frequency = &group->questions[0], *tools = &group->questions[1];
	assert_string_equal(frequency->code, "freq");
	assert_int_equal(frequency->type, 'L');
	assert_true(frequency->mandatory && !frequency->soft && !frequency->other);
	assert_string_equal(json_str(frequency->text, "en"), "How often?");
	assert_int_equal(frequency->nanswers, 2);
	assert_string_equal(frequency->answers[0].code, "A2");
	assert_string_equal(json_str(frequency->answers[1].text, "en"), "Once a year");

	assert_int_equal(tools->type, 'M');
	assert_true(tools->other && !tools->mandatory);
	assert_string_equal(tools->relevance, "freq == \"A2\"");
	assert_string_equal(json_str(tools->attributes, "max_answers"), "2");
	assert_int_equal(tools->nparts, 2);
	assert_string_equal(tools->parts[0].code, "SQ001");
	assert_string_equal(json_str(tools->parts[0].text, "fr"), "Liste de discussion");

	const struct limesurvey_question *posts = &survey.groups[1].questions[0];
	assert_true(posts->mandatory && posts->soft);
	assert_string_equal(posts->pattern, "/^[0-9]+$/");
	assert_string_equal(json_str(json_object_get(posts->attributes, "suffix"), "fr"), "postes");
	assert_null(json_object_get(posts->attributes, "prefix"));

	assert_int_equal(survey.nquotas, 1);
	assert_string_equal(survey.quotas[0].name, "Assez d’associations");
	assert_int_equal(survey.quotas[0].limit, 40);
	assert_string_equal(survey.quotas[0].question, "11");
	assert_string_equal(survey.quotas[0].codes, "A1");
}

static void test_old(void **state)
{
	(void)state;
	struct limesurvey survey;
	read_survey(SOURCE_DIR "/tests/unit/formats/limesurvey/old.lss", &survey);
	assert_string_equal(survey.languages, "fr en");
	assert_int_equal(survey.ngroups, 1);
	assert_string_equal(json_str(survey.groups[0].name, "en"), "One");
	assert_int_equal(survey.groups[0].nquestions, 1);
	const struct limesurvey_question *question = survey.groups[0].questions;
	assert_string_equal(json_str(question->text, "fr"), "Quand\u202f?");
	assert_string_equal(json_str(question->text, "en"), "When?");
	assert_string_equal(json_str(question->help, "fr"), "Une case");
	assert_int_equal(question->nparts, 2);
	assert_string_equal(json_str(question->parts[0].text, "en"), "Mornings");
	assert_int_equal(question->parts[1].scale, 1);
	assert_int_equal(question->nanswers, 2);
	assert_string_equal(json_str(question->answers[0].text, "en"), "Yes");
	assert_int_equal(question->answers[1].scale, 1);
	assert_string_equal(json_str(question->answers[1].text, "fr"), "Souvent");
	assert_string_equal(json_str(json_object_get(question->defaults, "3"), "fr"), "8");
}

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "", "not the XML" },
		{ "sid;question", "not the XML" },
		{ "<document><a>", "not the XML" },
		{ "<!DOCTYPE d [<!ENTITY x 'y'>]><document>&x;</document>", "not the XML" },
		{ "<document><surveys/></document>", "of which kind" },
		{ "<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>", "not a survey" },
		{ "<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>", "no survey" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct limesurvey_file tables;
		struct limesurvey survey;
		struct err err = { 0 };
		enum code code = limesurvey_tables_read(&arena, cases[i].text, strlen(cases[i].text), &tables, &err);
		if (code == OK) code = limesurvey_read(&arena, &tables, &survey, &err);
		assert_int_equal(code, E_INPUT);
		assert_non_null(strstr(err.msg, cases[i].message));
	}
}

static void test_plain(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "Une question", "Une question" },
		{ "  deux\n lignes ", "deux lignes" },
		{ "<p>Une</p><p>deux &amp; <b>tr</b>ois</p>", "Une deux & trois" },
		{ "<script>alert(1)</script>Rien", "Rien" },
		{ "a < b", "a < b" },
		{ "<b>ouvert", "ouvert" },
		{ "", "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) assert_string_equal(html_plain(&arena, cases[i][0]), cases[i][1]);
}

/* What LimeSurvey's manual says that they mean, in ours. Questions of new.lss: freq (one of A1, A2), outils (several),
 * postes (a number). */
static void test_expressions(void **state)
{
	(void)state;
	static const struct {
		const char *theirs, *ours; /* NULL: no like */
	} cases[] = {
		{ "", "" },
		{ "1", "" },
		{ "freq == \"A2\"", "freq = \"a2\"" },
		{ "((freq.NAOK == 'A2'))", "freq = \"a2\"" },
		{ "\"A1\" != freq.code", "freq != \"a1\"" },
		{ "freq == \"A7\"", NULL },
		{ "freq > \"A1\"", NULL },
		{ "outils_SQ001.NAOK == \"Y\"", "outils = \"sq001\"" },
		{ "outils_SQ001 != \"Y\" and outils_other == ''", "not outils = \"sq001\" and not outils = \"other\"" },
		{ "4321X4X12SQ002 == \"Y\"", "outils = \"sq002\"" },
		{ "is_empty(outils_SQ001)", "not outils = \"sq001\"" },
		{ "count(outils_SQ001, outils_SQ002) >= 2",
		  "sum(if(outils = \"sq001\", 1, 0), if(outils = \"sq002\", 1, 0)) >= 2" },
		{ "postes.NAOK >= 5 && !is_empty(freq)", "postes >= 5 and not empty(freq)" },
		{ "postes eq '3' || postes lt 2 && freq ne \"A1\"", "postes = 3 or postes < 2 and freq != \"a1\"" },
		{ "(postes eq 3 || postes lt 2) && freq ne \"A1\"", "(postes = 3 or postes < 2) and freq != \"a1\"" },
		{ "!(postes == 3 and freq == 'A1')", "not (postes = 3 and freq = \"a1\")" },
		{ "if(postes > 2, postes * (1 + 2), -postes)", "if(postes > 2, postes * (1 + 2), -postes)" },
		{ "postes - (2 - 1) > round(intval(postes) / 3, 1)", "postes - (2 - 1) > round(whole(postes) / 3, 1)" },
		{ "regexMatch('/^[0-9]{5}$/', postes)", "matches(postes, \"[0-9]{5}\")" },
		{ "regexMatch('/ab/', postes)", "matches(postes, \".*ab.*\")" },
		{ "freq == ''", "empty(freq)" },
		{ "TOKEN:ATTRIBUTE_1 == 'x'", NULL },
		{ "sum(that.NAOK) > 3", NULL },
		{ "freq.shown == 'Une fois par an'", NULL },
		{ "absent == 'A1'", NULL },
		{ "freq == 'A1", NULL },
		{ "freq == ", NULL },
		{ "freq = 'A1'", NULL },
		{ "strtoupper(freq) == 'A1'", NULL },
	};
	struct limesurvey survey;
	read_survey(SOURCE_DIR "/tests/unit/formats/limesurvey/new.lss", &survey);
	struct limesurvey_names names = limesurvey_names(&arena, &survey);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *why = NULL;
		const char *made = limesurvey_expression(&arena, &names, cases[i].theirs, NULL, &why);
		if (cases[i].ours == NULL) {
			assert_null(made);
			assert_non_null(why);
		} else {
			if (made == NULL) print_error("%s: %s\n", cases[i].theirs, why);
			assert_non_null(made);
			assert_string_equal(made, cases[i].ours);
		}
	}
}

static const char *told(const struct issues *lost)
{
	struct buf out;
	char said[600];
	buf_init(&out, &arena, 0);
	for (const struct issue *i = lost->first; i; i = i->next)
		buf_printf(&out, "%s: %s\n", i->field, err_format(&i->err, i->err.msg, said, sizeof(said)));
	return buf_str(&out);
}

static void test_form(void **state)
{
	(void)state;
	struct limesurvey survey;
	struct issues lost;
	size_t len = 0;
	issues_init(&lost, &arena);
	read_survey(SOURCE_DIR "/tests/unit/formats/limesurvey/new.lss", &survey);
	const json_t *form = limesurvey_form(&arena, &survey, &lost);
	json_t *expected;
	const char *text = file(SOURCE_DIR "/tests/unit/formats/limesurvey/new.json", &len);
	assert_int_equal(json_parse(&arena, text, len, &expected, NULL), OK);
	assert_string_equal(json_text(&arena, form), json_text(&arena, expected));
	assert_string_equal(told(&lost), "postes: the pattern that answers must have is not taken over: /^[0-9]+$/\n"
	                                 "postes: an answer was only wished for: here it is needed\n");

	issues_init(&lost, &arena);
	read_survey(SOURCE_DIR "/tests/unit/formats/limesurvey/old.lss", &survey);
	form = limesurvey_form(&arena, &survey, &lost);
	const json_t *field = json_array_get(json_object_get(form, "fields"), 0);
	assert_string_equal(json_str(field, "type"), "matrix");
	assert_string_equal(json_str(field, "answer"), "number");
	assert_string_equal(json_str(json_array_get(json_object_get(field, "choices"), 0), "key"), "c1");
	assert_string_equal(told(&lost), "presence: the answer that it begins with is not taken over\n");
}

/* How many there are, as another XML library counts them. */
static void test_samples(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int groups, questions, parts, answers;
		const char *languages;
	} samples[] = {
		{ "Randomization_Group_Test.lss", 3, 15, 7, 6, "en fr" },
		{ "colors.lss", 2, 4, 11, 2, "en" },
		{ "date_and_time.lss", 1, 3, 0, 0, "en" },
		{ "limesurvey2_sample_survey_english.lss", 12, 114, 321, 98, "en" },
		{ "ls191_sample_survey_multilingual.lss", 6, 54, 116, 53, "en fr de-informal" },
		{ "ls205_cascading_array_filter.lss", 2, 9, 28, 27, "en" },
		{ "ls205_em_tailoring.lss", 5, 31, 6, 14, "en" },
		{ "ls205_group_relevance.lss", 7, 30, 0, 44, "en" },
		{ "ls205_validation_tests.lss", 4, 35, 122, 19, "en" },
		{ "ls5_EM_question_attributes.lss", 6, 44, 107, 49, "en" },
		{ "ls6_sample_survey_multilingual_fr_de_en_it_ru.lss", 6, 57, 116, 55, "en fr de-informal it ru" },
	};
	size_t len;
	if (file(SOURCE_DIR "/../shared/samples/limesurvey/colors.lss", &len) == NULL) {
		print_message("no samples beside the project: not read\n");
		return;
	}
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct limesurvey survey;
		int parts = 0, answers = 0;
		read_survey(arena_printf(&arena, SOURCE_DIR "/../shared/samples/limesurvey/%s", samples[i].name),
		            &survey);
		for (int g = 0; g < survey.ngroups; g++)
			for (int q = 0; q < survey.groups[g].nquestions; q++) {
				parts += survey.groups[g].questions[q].nparts;
				answers += survey.groups[g].questions[q].nanswers;
			}
		assert_int_equal(survey.ngroups, samples[i].groups);
		assert_int_equal(survey.nquestions, samples[i].questions);
		assert_int_equal(parts, samples[i].parts);
		assert_int_equal(answers, samples[i].answers);
		assert_string_equal(survey.languages, samples[i].languages);
	}
}

/* The structure as text says what the same survey's XML says. */
static void test_tsv(void **state)
{
	(void)state;
	struct limesurvey survey;
	struct limesurvey_file tables;
	struct issues lost, lost_xml;
	size_t len = 0;
	const char *text = file(SOURCE_DIR "/tests/unit/formats/limesurvey/new.txt", &len);
	issues_init(&lost, &arena);
	issues_init(&lost_xml, &arena);
	assert_int_equal(limesurvey_tsv_read(&arena, text, len, &tables, NULL), OK);
	assert_int_equal(limesurvey_read(&arena, &tables, &survey, NULL), OK);
	const char *made = json_text(&arena, limesurvey_form(&arena, &survey, &lost));
	read_survey(SOURCE_DIR "/tests/unit/formats/limesurvey/new.lss", &survey);
	assert_string_equal(made, json_text(&arena, limesurvey_form(&arena, &survey, &lost_xml)));
	assert_string_equal(told(&lost), told(&lost_xml));

	text = file(SOURCE_DIR "/../shared/samples/limesurvey/colors.txt", &len);
	if (text == NULL) return;
	issues_init(&lost, &arena);
	issues_init(&lost_xml, &arena);
	assert_int_equal(limesurvey_tsv_read(&arena, text, len, &tables, NULL), OK);
	assert_int_equal(limesurvey_read(&arena, &tables, &survey, NULL), OK);
	made = json_text(&arena, json_object_get(limesurvey_form(&arena, &survey, &lost), "fields"));
	read_survey(SOURCE_DIR "/../shared/samples/limesurvey/colors.lss", &survey);
	assert_string_equal(made,
	                    json_text(&arena, json_object_get(limesurvey_form(&arena, &survey, &lost_xml), "fields")));
}

/* One row with an answer to a question of every kind, as the columns of LimeSurvey 6 hold them. */
static void test_responses(void **state)
{
	(void)state;
	struct limesurvey survey;
	struct limesurvey_file file_read;
	struct issues lost, mistakes;
	json_t *expected;
	size_t len = 0;
	issues_init(&lost, &arena);
	issues_init(&mistakes, &arena);
	read_survey(SOURCE_DIR "/tests/unit/formats/limesurvey/kinds.lss", &survey);
	struct limesurvey_names names = limesurvey_names(&arena, &survey);
	const char *text = file(SOURCE_DIR "/tests/unit/formats/limesurvey/kinds.lsr", &len);
	assert_int_equal(limesurvey_tables_read(&arena, text, len, &file_read, NULL), OK);
	assert_string_equal(file_read.kind, "Responses");
	const struct limesurvey_table *table = limesurvey_table(&file_read, "responses");
	const struct limesurvey_columns *columns = limesurvey_columns(&arena, &names, table, &lost);
	assert_string_equal(told(&lost),
	                    ": the column “9X1X24zz” of the answers is not taken over: no question is called so\n");
	struct limesurvey_response response = limesurvey_response(&arena, columns, table->rows, &mistakes);
	assert_string_equal(response.submitted, "2024-03-09 10:30:00");
	assert_string_equal(response.language, "fr");
	assert_string_equal(told(&mistakes), "k24: “A9” is not among the answers that it offers\n");
	text = file(SOURCE_DIR "/tests/unit/formats/limesurvey/kinds.json", &len);
	assert_int_equal(json_parse(&arena, text, len, &expected, NULL), OK);
	assert_string_equal(json_text(&arena, response.values), json_text(&arena, expected));
}

/* Kinds that have no like are told, the others have theirs. */
static void test_kinds(void **state)
{
	(void)state;
	struct limesurvey survey;
	struct issues lost;
	struct buf types;
	size_t i;
	json_t *field;
	issues_init(&lost, &arena);
	buf_init(&types, &arena, 0);
	read_survey(SOURCE_DIR "/tests/unit/formats/limesurvey/kinds.lss", &survey);
	const json_t *fields = json_object_get(limesurvey_form(&arena, &survey, &lost), "fields");
	json_array_foreach (fields, i, field) buf_printf(&types, "%s ", json_str(field, "type"));
	assert_string_equal(buf_str(&types),
	                    "matrix scale matrix matrix matrix date matrix matrix choice matrix numbers choice choices "
	                    "number choice choices matrix ranking text longtext longtext display choice choice matrix "
	                    "matrix computed ");
	assert_string_equal(told(&lost), "k10: questions of its kind (I) have no like here: it is left out\n"
	                                 "k27: questions of its kind (|) have no like here: it is left out\n");
}

/* Lines that another question chooses: the manual calls it array_filter. */
static void test_filter(void **state)
{
	(void)state;
	struct limesurvey survey;
	struct limesurvey_file tables;
	struct issues lost;
	size_t len = 0, i;
	json_t *field;
	const char *whole = file(SOURCE_DIR "/tests/unit/formats/limesurvey/kinds.lss", &len), *shown = NULL;
	const char *settings = strstr(whole, "<question_attributes>");
	assert_non_null(settings);
	const char *row = strstr(settings, "<row>");
	const char *text = arena_printf(
	        &arena, "%.*s%s%s", (int)(row - whole), whole,
	        "<row><qid>17</qid><attribute>array_filter</attribute><value>k13</value></row>"
	        "<row><qid>12</qid><attribute>array_filter</attribute><value>absent</value></row>"
	        "<row><qid>13</qid><attribute>array_filter_exclude</attribute><value>k13</value>"
	        "</row>",
	        row);
	issues_init(&lost, &arena);
	assert_int_equal(limesurvey_tables_read(&arena, text, strlen(text), &tables, NULL), OK);
	assert_int_equal(limesurvey_read(&arena, &tables, &survey, NULL), OK);
	const json_t *fields = json_object_get(limesurvey_form(&arena, &survey, &lost), "fields");
	json_array_foreach (fields, i, field)
		if (strcmp(json_str(field, "key"), "k7") == 0) shown = json_str(field, "show_if");
	assert_string_equal(shown, "not empty(k13)");
	assert_string_equal(
	        told(&lost),
	        "k2: its setting “array_filter” (“absent”) is not taken over\n"
	        "k3: its setting “array_filter_exclude” (“k13”) is not taken over\n"
	        "k7: of its lines only those chosen in “k13” were asked: here it is asked with all of them, once "
	        "something is chosen there\n"
	        "k10: questions of its kind (I) have no like here: it is left out\n"
	        "k27: questions of its kind (|) have no like here: it is left out\n");
}

/* Files are told, once they were given. */
static void test_files(void **state)
{
	(void)state;
	static const char rows[] =
	        "<document><LimeSurveyDocType>Responses</LimeSurveyDocType><responses><rows><row><id>1</id>"
	        "<_9X1X37>[{\"name\":\"plan.pdf\"}]</_9X1X37><_9X1X37_filecount>1</_9X1X37_filecount></row><row><id>2</id>"
	        "<_9X1X37>[]</_9X1X37><_9X1X37_filecount>0</_9X1X37_filecount></row></rows></responses></document>";
	struct limesurvey survey;
	struct limesurvey_file tables;
	struct issues lost;
	issues_init(&lost, &arena);
	read_survey(SOURCE_DIR "/tests/unit/formats/limesurvey/kinds.lss", &survey);
	struct limesurvey_names names = limesurvey_names(&arena, &survey);
	assert_int_equal(limesurvey_tables_read(&arena, rows, strlen(rows), &tables, NULL), OK);
	limesurvey_columns(&arena, &names, limesurvey_table(&tables, "responses"), &lost);
	assert_string_equal(told(&lost),
	                    "k27: files were given in answer to it (1 times): they are not in the archive, "
	                    "and not taken over\n");
}

static void test_participants(void **state)
{
	(void)state;
	struct limesurvey survey = { .settings = json_object() };
	struct limesurvey_file tables;
	size_t len = 0;
	int n;
	json_keep(&arena, (json_t *)survey.settings);
	json_object_set_new((json_t *)survey.settings, "attributedescriptions",
	                    json_string("{\"attribute_1\": {\"description\": \"Quartier\", \"mandatory\": \"N\"}}"));
	const char *text = file(SOURCE_DIR "/tests/unit/formats/limesurvey/people.lst", &len);
	assert_int_equal(limesurvey_tables_read(&arena, text, len, &tables, NULL), OK);
	struct limesurvey_participant *all = limesurvey_participants(&arena, &survey,
	                                                             limesurvey_table(&tables, "tokens"), &n);
	assert_int_equal(n, 5);
	assert_string_equal(all[0].name, "Régie de quartier");
	assert_string_equal(all[0].email, "regie@example.org");
	assert_string_equal(all[0].token, "abc");
	assert_string_equal(all[0].completed, "2024-03-09 10:30");
	assert_string_equal(json_text(&arena, all[0].attributes), "{\"Quartier\":\"La Rabière\"}");
	assert_true(!all[0].refused && !all[0].lost);
	assert_string_equal(all[1].sent, "2024-02-01 09:00");
	assert_string_equal(all[1].reminded, "2024-02-15 09:00");
	assert_int_equal(all[1].reminders, 2);
	assert_string_equal(all[1].completed, "");
	assert_true(all[2].refused && !all[2].lost);
	assert_true(all[3].lost && !all[3].refused);
	assert_string_equal(all[3].name, "perdue@example.org"); /* no name is known */
	assert_string_equal(all[4].name, "zzz");                /* nothing but a code is */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_new, setup, teardown),
		cmocka_unit_test_setup_teardown(test_old, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_plain, setup, teardown),
		cmocka_unit_test_setup_teardown(test_expressions, setup, teardown),
		cmocka_unit_test_setup_teardown(test_form, setup, teardown),
		cmocka_unit_test_setup_teardown(test_samples, setup, teardown),
		cmocka_unit_test_setup_teardown(test_tsv, setup, teardown),
		cmocka_unit_test_setup_teardown(test_kinds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_responses, setup, teardown),
		cmocka_unit_test_setup_teardown(test_filter, setup, teardown),
		cmocka_unit_test_setup_teardown(test_files, setup, teardown),
		cmocka_unit_test_setup_teardown(test_participants, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
