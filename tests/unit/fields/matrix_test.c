/* Tables of questions: what each kind of line holds, its parts, two people who answer at once. */
#include "field_fixture.h"

#include "core/form_part.h"

#define ROWS "'rows': [{'key': 'pain', 'label': {'fr': 'Le pain', 'en': 'Bread'}}, {'key': 'lait', 'label': 'Le lait'}]"
#define COLUMNS "'choices': [{'key': 'non', 'label': 'Non'}, {'key': 'oui', 'label': {'fr': 'Oui', 'en': 'Yes'}}]"
#define SECOND "'second': [{'key': 'cher', 'label': 'Cher'}, {'key': 'juste', 'label': 'Juste'}]"

static const struct field *part(const char *key)
{
	const struct field *found = form_find(&fixture.form, key);
	if (found == NULL) print_message("no part “%s”\n", key);
	assert_non_null(found);
	return found;
}

static void test_one(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'matrix', " ROWS ", " COLUMNS);
	assert_string_equal(written(posted(field, "champ.pain=oui", "champ.lait=")), "{'pain':'oui'}");
	assert_string_equal(mistakes(), "");
	(void)posted(field, "champ.pain=peut-être", "champ.lait=jamais");
	assert_string_equal(
	        mistakes(),
	        "Le pain: “peut-être” is not one of the choices.;Le lait: “jamais” is not one of the choices.;");
	fixture.issues.lang = LANG_EN; /* lines are named as who reads it names them */
	field->type->check(field, value_of("{'pain':'peu'}"), &fixture.issues);
	assert_string_equal(mistakes(), "Bread: “peu” is not one of the choices.;");
	static const struct value_row values[] = {
		{ "{'pain':'oui','lait':'non'}", "" },
		{ "{'pain':'peu'}", "Le pain: “peu” is not one of the choices.;" },
		{ "{'pain':['oui']}", "Le pain: “” is not one of the choices.;" },
		{ "{'vin':'oui'}", "This question has no line “vin”.;" },
		{ "{}", "This should be answers to the lines of this question.;" },
		{ "'oui'", "This should be answers to the lines of this question.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(plain(field, LANG_FR, value_of("{'lait':'non','pain':'oui'}")),
	                    "Le pain\u00A0: Oui\nLe lait\u00A0: Non");
	assert_string_equal(plain(field, LANG_EN, value_of("{'pain':'oui'}")), "Bread: Yes");
	/* Each line is a choice: found, counted and named by itself. */
	const struct field *pain = part("champ.pain");
	assert_string_equal(pain->type->name, "choice");
	assert_string_equal(label_text(&pain->label, LANG_EN), "Field – Bread");
	assert_string_equal(keys(pain, part_value(pain, value_of("{'pain':'oui'}"))), "oui;");
	assert_null(part_value(pain, value_of("{'lait':'oui'}")));
	assert_null(part_value(pain, value_of("'oui'")));
	assert_string_equal(words(field, value_of("{'pain':'oui'}")), "");
}

static void test_needed(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'matrix', 'every': true, " ROWS ", " COLUMNS);
	static const struct value_row values[] = { { "{'pain':'oui','lait':'non'}", "" },
		                                   { "{'pain':'oui'}", "“Le lait” needs an answer.;" } };
	test_checks(field, values, COUNT(values));
	/* One line alone may need it; one that is asked no more never does. */
	field = field_of("'type': 'matrix', 'every': true, 'rows': [{'key': 'a', 'label': 'A'}, "
	                 "{'key': 'b', 'label': 'B', 'retired': true}], " COLUMNS);
	field->type->check(field, value_of("{'a':'oui'}"), &fixture.issues);
	assert_string_equal(mistakes(), "");
	assert_null(strstr(edited(field, LANG_FR, NULL), "champ.b"));
	assert_contains(edited(field, LANG_FR, "{'b':'oui'}"), "champ.b");
}

static void test_kinds(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'matrix', 'answer': 'several', " ROWS ", " COLUMNS);
	assert_string_equal(written(posted(field, "champ.pain=oui", "champ.pain=non")), "{'pain':['non','oui']}");
	assert_string_equal(keys(part("champ.pain"), value_of("['non','oui']")), "non;oui;");
	static const struct value_row lists[] = {
		{ "{'pain':['oui']}", "" },
		{ "{'pain':[]}", "This should be a list of choices.;" },
		{ "{'pain':'oui'}", "This should be a list of choices.;" },
		{ "{'pain':['oui','oui']}", "This should be a list of choices.;" },
	};
	test_checks(field, lists, COUNT(lists));

	field = field_of("'type': 'matrix', 'answer': 'two', 'every': true, " ROWS ", " COLUMNS ", " SECOND);
	assert_string_equal(written(posted(field, "champ.pain.first=oui", "champ.pain.second=cher",
	                                   "champ.lait.first=non", "champ.lait.second=juste")),
	                    "{'lait':{'first':'non','second':'juste'},'pain':{'first':'oui','second':'cher'}}");
	assert_string_equal(mistakes(), "");
	field->type->check(field, value_of("{'pain':{'first':'oui'},'lait':{'first':'cher','second':'oui'}}"),
	                   &fixture.issues);
	assert_string_equal(
	        mistakes(),
	        "“Le pain” needs both answers.;Le lait: “cher” is not one of the choices.;Le lait: “oui” is not one of the choices.;");
	assert_string_equal(keys(part("champ.pain.second"), value_of("'cher'")), "cher;");
	fixture.page.lang = LANG_FR;
	assert_string_equal(
	        part("champ.pain.second")->type->key_label(part("champ.pain.second"), "cher", &fixture.page), "Cher");

	field = field_of("'type': 'matrix', 'answer': 'number', 'min': 0, 'unit': 'kg', " ROWS);
	assert_string_equal(written(posted(field, "champ.pain=1,5")), "{'pain':'1.5'}");
	field->type->check(field, value_of("{'pain':'-1'}"), &fixture.issues);
	assert_string_equal(mistakes(), "Le pain: at least 0.;");
	assert_string_equal(plain(field, LANG_FR, value_of("{'pain':'1.5'}")), "Le pain\u00A0: 1,5\u00A0kg");
	assert_true(meets(part("champ.pain"), value_of("'12'"), ">", "9"));

	field = field_of("'type': 'matrix', 'answer': 'number', " ROWS ", " COLUMNS);
	assert_string_equal(written(posted(field, "champ.pain.oui=3", "champ.lait.non=peu")),
	                    "{'lait':{'non':'peu'},'pain':{'oui':'3'}}");
	assert_string_equal(mistakes(), "Le lait: “peu” is not a number. Example: 12,5;");
	assert_string_equal(keys(part("champ.pain.oui"), value_of("'3'")),
	                    keys(part("champ.lait.non"), value_of("'3'")));
	field->type->check(field, value_of("{'pain':{'train':'3'}}"), &fixture.issues);
	assert_string_equal(mistakes(), "This should be answers to the lines of this question.;");

	field = field_of("'type': 'matrix', 'answer': 'text', " ROWS);
	assert_string_equal(written(posted(field, "champ.pain= de la rue ", "champ.lait= ")), "{'pain':'de la rue'}");
	assert_string_equal(words(field, value_of("{'pain':'de la rue'}")), "de la rue\n");
	static const char *const wrong[] = { "'choices': []", ROWS, ROWS ", 'answer': 'two', " COLUMNS,
		                             ROWS ", 'answer': 'dessin', " COLUMNS };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_null(field_defined(arena_printf(&fixture.a, "'type': 'matrix', %s", wrong[i])));
		(void)mistakes();
	}
}

/* A real table, whose every control is named by its line and its column. */
static void test_drawn(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'matrix', " ROWS ", " COLUMNS);
	const char *html = edited(field, LANG_FR, "{'pain':'oui'}");
	assert_contains(html, "<th scope=\"row\" id=\"f-champ-pain-line\">Le pain");
	assert_contains(html, "<th scope=\"col\" id=\"f-champ--1-oui\">Oui");
	assert_contains(
	        html, "name=\"champ.pain\" value=\"oui\" aria-labelledby=\"f-champ-pain-line f-champ--1-oui\" checked");
	/* An answer can be taken back once there is one. */
	assert_contains(html, "name=\"champ.pain\" value=\"\"");
	assert_null(strstr(edited(field, LANG_FR, NULL), "value=\"\""));
	assert_contains(shown(field, LANG_FR, "{'pain':'oui'}"), "<tr><th scope=\"row\">Le pain</th><td>Oui</td></tr>");
	assert_null(strstr(shown(field, LANG_FR, "{'pain':'oui'}"), "Le lait"));
}

static void test_merge(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'matrix', " ROWS ", " COLUMNS);
	static const struct {
		const char *base, *mine, *theirs, *merged;
	} rows[] = {
		{ "{'pain':'oui'}", "{'pain':'oui','lait':'non'}", "{'pain':'non'}", "{'lait':'non','pain':'non'}" },
		{ NULL, "{'pain':'oui'}", "{'lait':'non'}", "{'lait':'non','pain':'oui'}" },
		{ "{'pain':'oui','lait':'oui'}", "{'pain':'oui'}", "{'lait':'oui','pain':'non'}", "{'pain':'non'}" },
		{ "{'pain':'oui'}", "{'pain':'non'}", "{'pain':'non','lait':'oui'}", "{'lait':'oui','pain':'non'}" },
		{ NULL, "{'pain':'oui'}", "{'pain':'non'}", "-" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const json_t *base = value_of(rows[i].base), *mine = value_of(rows[i].mine),
		             *theirs = value_of(rows[i].theirs);
		assert_string_equal(written(field->type->merge(&fixture.a, base, mine, theirs)), rows[i].merged);
		assert_string_equal(written(field->type->merge(&fixture.a, base, theirs, mine)), rows[i].merged);
	}
}

/* What holds a line or a column that goes away, and what takes its place. */
static void test_gone(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'matrix', 'answer': 'two', " ROWS ", " COLUMNS ", " SECOND);
	json_t *choices = json_keep(&fixture.a, json_object()), *rows = json_keep(&fixture.a, json_object());
	const json_t *value = value_of("{'pain':{'first':'oui','second':'cher'},'lait':{'first':'oui'}}");
	field->type->mentions(field, value, choices, rows);
	assert_string_equal(written(choices), "{'oui':2}");
	assert_string_equal(written(rows), "{'lait':1,'pain':1,'second.cher':1}");
	assert_string_equal(written(field->type->replace(&fixture.a, field, value, value_of("{'oui':'non'}"))),
	                    "{'lait':{'first':'non'},'pain':{'first':'non','second':'cher'}}");
	assert_null(field->type->replace(&fixture.a, field, value, value_of("{'non':'oui'}")));
	field = field_of("'type': 'matrix', 'answer': 'several', " ROWS ", " COLUMNS);
	assert_string_equal(written(field->type->replace(&fixture.a, field, value_of("{'pain':['non','oui']}"),
	                                                 value_of("{'oui':'non'}"))),
	                    "{'pain':['non']}");
}

/* Values are put together again from their parts, as files bring them. */
static void test_parts(void **state)
{
	(void)state;
	(void)field_of("'type': 'matrix', 'answer': 'number', " ROWS ", " COLUMNS);
	json_t *values = json_keep(&fixture.a, json_object());
	part_set(part("champ.lait.non"), values, value_of("'2'"));
	part_set(part("champ.lait.oui"), values, value_of("'3'"));
	assert_string_equal(written(values), "{'champ':{'lait':{'non':'2','oui':'3'}}}");
	assert_string_equal(written(field_value(part("champ.lait.oui"), values)), "'3'");
	(void)field_of("'type': 'ranking', " COLUMNS);
	values = json_keep(&fixture.a, json_object());
	part_set(part("champ.1"), values, value_of("'oui'"));
	part_set(part("champ.2"), values, value_of("'non'"));
	assert_string_equal(written(values), "{'champ':['oui','non']}");
	/* Never more than an index can hold. */
	struct buf many;
	buf_init(&many, &fixture.a, 0);
	for (int i = 0; i < 101; i++) buf_printf(&many, "%s{'key': 'k%d', 'label': 'K'}", i ? ", " : "", i);
	assert_null(field_defined(arena_printf(&fixture.a, "'type': 'numbers', 'rows': [%s]", buf_str(&many))));
	assert_contains(mistakes(), "100 lines at most");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIELD_TEST(test_one),   FIELD_TEST(test_needed), FIELD_TEST(test_kinds), FIELD_TEST(test_drawn),
		FIELD_TEST(test_merge), FIELD_TEST(test_gone),   FIELD_TEST(test_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
