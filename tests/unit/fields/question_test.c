/* Questions of questionnaires: choices with words beside them, scales, rankings, several numbers. */
#include "field_fixture.h"

#include "core/form_part.h"
#include "fields/chosen.h"

#define BUSES                                                                                                   \
	"'choices': [{'key': 'bus', 'label': 'Bus'}, {'key': 'velo', 'label': {'fr': 'Vélo', 'en': 'Bike'}}, " \
	"{'key': 'auto', 'label': 'Auto'}, {'key': 'rien', 'label': 'Aucun de ceux-là'}]"

static void test_other(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'choice', 'other': true, 'comment': true, " BUSES);
	assert_int_equal(field->nchoices, 5);
	assert_string_equal(written(posted(field, "champ=bus")), "'bus'");
	assert_string_equal(mistakes(), "");
	/* The text of another one counts only with it; typed alone, it chooses it. */
	assert_string_equal(written(posted(field, "champ=bus", "champ.text=barque")), "'bus'");
	assert_string_equal(written(posted(field, "champ=other", "champ.text= barque ")),
	                    "{'key':'other','text':'barque'}");
	assert_string_equal(written(posted(field, "champ=", "champ.text=barque")), "{'key':'other','text':'barque'}");
	assert_string_equal(written(posted(field, "champ=velo", "champ.comment=sans pluie")),
	                    "{'comment':'sans pluie','key':'velo'}");
	assert_string_equal(mistakes(), "");
	/* It is needed, and what was chosen is kept. */
	assert_string_equal(written(posted(field, "champ=other", "champ.text=")), "'other'");
	assert_string_equal(mistakes(), "You chose “other”: say which.;");
	static const struct value_row values[] = {
		{ "{'key':'other','text':'barque'}", "" },
		{ "{'key':'other'}", "“other” is not one of the choices.;You chose “other”: say which.;" },
		{ "{'key':'bus','text':'x'}", "Only “other” has a text of its own.;" },
		{ "{'key':'other','text':3}", "This should be a text.;" },
		{ "{'key':'other','text':'x','plus':1}", "“other” is not one of the choices.;" },
		{ "{'text':'x'}", "“” is not one of the choices.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(plain(field, LANG_FR, value_of("{'key':'other','text':'barque'}")), "Autre\u00A0: barque");
	assert_string_equal(plain(field, LANG_EN, value_of("{'key':'velo','comment':'sans pluie'}")),
	                    "Bike (sans pluie)");
	/* Found by its key as any choice is, by its words by search. */
	assert_string_equal(keys(field, value_of("{'key':'other','text':'barque'}")), "other;");
	assert_string_equal(words(field, value_of("{'key':'other','text':'barque'}")), "Autre\nOther\nbarque\n");
	assert_true(meets(field, value_of("{'key':'velo','comment':'x'}"), "=", "Bike"));
	fixture.page.lang = LANG_FR;
	assert_string_equal(field->type->key_label(field, "other", &fixture.page), "Autre");
	assert_null(field_defined("'type': 'choice', 'other': true, 'choices': [{'key': 'other', 'label': 'Autre'}]"));
	(void)mistakes();
	assert_null(field_defined("'type': 'choice', 'display': 'roue', " BUSES));
}

static void test_limits(void **state)
{
	(void)state;
	const struct field *field = field_of(
	        "'type': 'choices', 'min': 2, 'max': 2, 'exclusive': 'rien', 'other': true, " BUSES);
	static const struct value_row values[] = {
		{ "['bus','velo']", "" },
		{ "['rien']", "" },
		{ "['bus']", "Tick at least 2 of them; you ticked 1.;" },
		{ "['bus','velo','auto']", "Tick at most 2 of them; you ticked 3.;" },
		{ "['bus','rien']", "“Aucun de ceux-là” goes with no other choice: untick it, or the others.;" },
		{ "['bus','bus']", "This should be a list of choices.;" },
		{ "['bus',{'key':'other'}]", "“other” is not one of the choices.;You chose “other”: say which.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(written(posted(field, "champ=velo", "champ.text=barque")),
	                    "['velo',{'key':'other','text':'barque'}]");
	assert_string_equal(mistakes(), "");
	assert_null(field_defined("'type': 'choices', 'min': 3, 'max': 2, " BUSES));
	(void)mistakes();
	assert_null(field_defined("'type': 'choices', 'exclusive': 'train', " BUSES));
}

/* A list of 10,000 keys, and of other things, is refused in a sentence. */
static void test_flood(void **state)
{
	(void)state;
	static const char *const types[] = {
		"'type': 'choices', " BUSES, "'type': 'ranking', " BUSES,
		"'type': 'matrix', 'rows': [{'key': 'a', 'label': 'A'}], " BUSES,
		"'type': 'matrix', 'answer': 'several', 'rows': [{'key': 'a', 'label': 'A'}], " BUSES,
		"'type': 'numbers', 'rows': [{'key': 'a', 'label': 'A'}]"
	};
	json_t *list = json_keep(&fixture.a, json_array()), *object = json_keep(&fixture.a, json_object());
	for (int i = 0; i < 10000; i++) {
		json_array_append_new(list, json_string("bus"));
		json_object_set_new(object, arena_printf(&fixture.a, "k%d", i), json_string("bus"));
	}
	json_t *inside = json_keep(&fixture.a, json_pack("{s:O}", "a", list));
	const json_t *const floods[] = { list, object, inside, json_keep(&fixture.a, json_pack("{s:O}", "a", object)) };
	for (size_t t = 0; t < COUNT(types); t++)
		for (size_t i = 0; i < COUNT(floods); i++) {
			const struct field *field = field_of(types[t]);
			field->type->check(field, floods[i], &fixture.issues);
			assert_true(fixture.issues.count > 0 && fixture.issues.count < 10);
			(void)mistakes();
		}
}

static void order_is(const struct field *field, uint64_t seed, const char *wanted)
{
	struct buf out;
	buf_init(&out, &fixture.a, 0);
	fixture.page.seed = seed;
	const int *order = chosen_order(&fixture.page, field);
	for (int i = 0; i < field->nchoices; i++) buf_printf(&out, "%s ", field->choices[order[i]].key);
	assert_string_equal(buf_str(&out), wanted);
}

static void test_order(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'choice', " BUSES);
	order_is(field, 7, "bus velo auto rien ");
	/* In French; the one that goes alone and "other" stay last. */
	field = field_of("'type': 'choices', 'order': 'alphabetical', 'exclusive': 'rien', 'other': true, " BUSES);
	order_is(field, 0, "auto bus velo rien other ");
	field = field_of("'type': 'choices', 'order': 'random', 'exclusive': 'rien', 'other': true, " BUSES);
	order_is(field, 0, "bus velo auto rien other ");
	/* Every order comes about as often, each answer always the same one. */
	int first[3] = { 0 };
	for (uint64_t seed = 1; seed <= 3000; seed++) {
		fixture.page.seed = seed;
		const int *order = chosen_order(&fixture.page, field);
		int chosen = order[0];
		assert_true(chosen >= 0 && chosen < 3);
		assert_int_equal(order[3], 3);
		assert_int_equal(order[4], 4);
		assert_int_equal(chosen_order(&fixture.page, field)[0], chosen);
		first[chosen]++;
		if (seed % 500 == 0) {
			arena_reset(&fixture.a);
			field = field_of(
			        "'type': 'choices', 'order': 'random', 'exclusive': 'rien', 'other': true, " BUSES);
		}
	}
	for (int i = 0; i < 3; i++) assert_true(first[i] > 880 && first[i] < 1120); /* 1,000, four deviations */
}

static void test_scale(void **state)
{
	(void)state;
	const struct field *field = field_of(
	        "'type': 'scale', 'labels': [{'fr': 'Jamais', 'en': 'Never'}, 'Parfois', 'Souvent'], 'unknown': true");
	static const struct text_row rows[] = {
		{ "1", "1", "" },
		{ "3 / 3", "3", "" },
		{ "never", "1", "" },
		{ " SOUVENT ", "3", "" },
		{ "unknown", "'unknown'", "" },
		{ "Je ne sais pas", "'unknown'", "" },
		{ "", "-", "" },
		{ "4", "-", "“4” is not on the scale: from 1 to 3.;" },
		{ "2.5", "-", "“2.5” is not on the scale: from 1 to 3.;" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "2", "" },
		{ "'unknown'", "" },
		{ "0", "This is not on the scale: from 1 to 3.;" },
		{ "'2'", "This is not on the scale: from 1 to 3.;" },
		{ "2.0", "This is not on the scale: from 1 to 3.;" },
		{ "[2]", "This is not on the scale: from 1 to 3.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(plain(field, LANG_EN, value_of("1")), "Never");
	assert_string_equal(plain(field, LANG_FR, value_of("'unknown'")), "Je ne sais pas");
	/* Compared as numbers; who does not know is neither high nor low. */
	assert_true(meets(field, value_of("3"), ">=", "2"));
	assert_true(meets(field, value_of("3"), "=", "Souvent"));
	assert_false(meets(field, value_of("'unknown'"), ">=", "1"));
	assert_false(meets(field, value_of("'unknown'"), "<=", "3"));
	assert_true(meets(field, value_of("'unknown'"), "notempty", ""));
	field = field_of("'type': 'scale', 'from': 0, 'to': 10, 'low': 'Non', 'high': 'Oui'");
	assert_string_equal(plain(field, LANG_FR, value_of("10")), "10 / 10");
	assert_false(meets(field, value_of("9"), ">", "10"));
	assert_true(meets(field, value_of("10"), ">", "9"));
	assert_contains(edited(field, LANG_FR, "10"), "value=\"10\" checked");
	assert_contains(edited(field, LANG_FR, "10"), "0<span class=\"visually-hidden\"> – Non</span>");
	field->type->check(field, value_of("'unknown'"), &fixture.issues);
	assert_string_equal(mistakes(), "This is not on the scale: from 0 to 10.;");
	static const char *const wrong[] = { "'from': 5, 'to': 5", "'from': 0, 'to': 100", "'labels': ['Seul']",
		                             "'labels': ['Un', '']" };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_null(field_defined(arena_printf(&fixture.a, "'type': 'scale', %s", wrong[i])));
		(void)mistakes();
	}
}

static void test_ranking(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'ranking', 'min': 2, 'max': 3, " BUSES);
	assert_string_equal(written(posted(field, "champ.velo=1", "champ.bus=2", "champ.auto=", "champ.rien=")),
	                    "['velo','bus']");
	assert_string_equal(written(posted(field, "champ.velo=3", "champ.bus=1")),
	                    "['bus','velo']"); /* a place left free */
	assert_string_equal(mistakes(), "");
	assert_string_equal(written(posted(field, "champ.velo=1", "champ.bus=1", "champ.auto=2")),
	                    "{'typed':{'auto':2,'bus':1,'velo':1}}");
	assert_string_equal(mistakes(), "“Bus” and “Vélo” have the same place, 1: give each its own.;");
	(void)posted(field, "champ.velo=9", "champ.bus=1");
	assert_string_equal(mistakes(), "“9” is not a place: from 1 to 3.;");
	static const struct value_row values[] = {
		{ "['auto','bus']", "" },
		{ "['auto']", "Rank at least 2 of them; you ranked 1.;" },
		{ "['auto','bus','velo','rien']", "Rank at most 3 of them; you ranked 4.;" },
		{ "['auto','auto']", "“Auto” has two places.;" },
		{ "['auto','train']", "“train” is not one of the choices.;" },
		{ "[3]", "“” is not one of the choices.;" },
		{ "'auto'", "This should be choices in an order.;" },
		{ "{'typed':{'auto':1}}", "This should be choices in an order.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(plain(field, LANG_FR, value_of("['velo','bus']")), "1. Vélo\n2. Bus");
	/* What was typed stands there again. */
	assert_contains(edited(field, LANG_FR, "{'typed':{'auto':2}}"), "id=\"f-champ\" name=\"champ.auto\"");
	/* Each place is found by itself. */
	const struct field *first = form_find(&fixture.form, "champ.1"), *third = form_find(&fixture.form, "champ.3");
	assert_non_null(third);
	assert_null(form_find(&fixture.form, "champ.4"));
	const json_t *values_of = value_of("{'champ':['velo','bus']}");
	assert_string_equal(written(field_value(first, values_of)), "'velo'");
	assert_null(field_value(third, values_of));
	assert_string_equal(keys(first, field_value(first, values_of)), "velo;");
	json_t *replaced = field->type->replace(&fixture.a, field, value_of("['velo','bus']"),
	                                        value_of("{'velo':'bus'}"));
	assert_string_equal(written(replaced), "['bus']");
}

static void test_numbers(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'numbers', 'unit': '%', 'min': 0, 'total': '100', 'rows': ["
	                                     "{'key': 'pied', 'label': 'À pied'}, {'key': 'bus', 'label': 'En bus'}, "
	                                     "{'key': 'km', 'label': 'Par jour', 'unit': 'km', 'required': true}]");
	assert_string_equal(written(posted(field, "champ.pied=33,4", "champ.bus=66,5", "champ.km=0,1")),
	                    "{'bus':'66.5','km':'0.1','pied':'33.4'}");
	assert_string_equal(mistakes(), "");
	/* All the mistakes at once, what was typed kept. */
	assert_string_equal(written(posted(field, "champ.pied=peu", "champ.bus=trop")), "{'bus':'trop','pied':'peu'}");
	assert_string_equal(
	        mistakes(),
	        "À pied: “peu” is not a number. Example: 12,5;En bus: “trop” is not a number. Example: 12,5;");
	static const struct value_row values[] = {
		{ "{'pied':'40','bus':'60','km':'0'}", "" },
		{ "{'pied':'40','bus':'59.5','km':'0'}", "Together they should make 100; they make 99.5.;" },
		{ "{'pied':'-1','bus':'-2','km':'103'}", "À pied: at least 0.;En bus: at least 0.;" },
		{ "{'pied':'100'}", "“Par jour” needs an answer.;" },
		{ "{'pied':100,'km':'0'}", "À pied: “” is not a number. Example: 12,5;" },
		{ "{'train':'100'}", "This question has no line “train”.;" },
		{ "{}", "This should be answers to the lines of this question.;" },
		{ "['100']", "This should be answers to the lines of this question.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(plain(field, LANG_FR, value_of("{'pied':'40','km':'1.5'}")),
	                    "À pied\u00A0: 40\u00A0%\nPar jour\u00A0: 1,5\u00A0km\nTotal\u00A0: 41,5\u00A0%");
	/* Each is found as a number, with its unit. */
	const struct field *km = form_find(&fixture.form, "champ.km");
	assert_string_equal(plain(km, LANG_FR, value_of("'1.5'")), "1,5\u00A0km");
	assert_true(meets(km, value_of("'1.5'"), ">", "0"));
	field = field_of(
	        "'type': 'numbers', 'total_max': 10, 'rows': [{'key': 'a', 'label': 'A'}, {'key': 'b', 'label': 'B'}]");
	field->type->check(field, value_of("{'a':'9.9','b':'0.2'}"), &fixture.issues);
	assert_string_equal(mistakes(), "Together they should make at most 10; they make 10.1.;");
	assert_null(
	        field_defined("'type': 'numbers', 'total': 1, 'total_max': 2, 'rows': [{'key': 'a', 'label': 'A'}]"));
	(void)mistakes();
	assert_null(field_defined("'type': 'numbers'"));
}

/* It says something, and takes nothing; the other takes what the address says. */
static void test_told_and_given(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'display', 'text': {'fr': 'Un *mot*', 'en': 'A word'}");
	assert_contains(edited(field, LANG_FR, NULL), "<em>mot</em>");
	assert_null(posted(field, "champ=x"));
	field->type->check(field, value_of("'x'"), &fixture.issues);
	assert_string_equal(mistakes(), "“Champ” is a text for people: it takes no answer.;");
	assert_null(field_defined("'type': 'display', 'required': true"));
	(void)mistakes();
	field = field_of("'type': 'hidden'");
	assert_contains(edited(field, LANG_FR, "'affiche'"),
	                "<input type=\"hidden\" name=\"champ\" value=\"affiche\">");
	assert_string_equal(written(posted(field, "champ=affiche")), "'affiche'");
	assert_true(meets(field, value_of("'Affiche'"), "=", "affiche"));
	assert_null(field_defined("'type': 'hidden', 'required': true"));
	(void)mistakes();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIELD_TEST(test_other),   FIELD_TEST(test_limits),         FIELD_TEST(test_flood),
		FIELD_TEST(test_order),   FIELD_TEST(test_scale),          FIELD_TEST(test_ranking),
		FIELD_TEST(test_numbers), FIELD_TEST(test_told_and_given),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
