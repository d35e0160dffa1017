#include "formats/limesurvey_form.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/text.h"
#include "formats/html_markdown.h"
#include "formats/html_plain.h"

struct converting {
	struct arena *a;
	const struct limesurvey *survey;
	struct limesurvey_names names;
	struct issues *lost;
};

/* ---- Texts ---- */

/* The text of one of our languages: LimeSurvey has "fr", but "de-informal" too. */
static const char *text_in(const json_t *texts, const char *language)
{
	const char *name;
	json_t *text;
	size_t len = strlen(language);
	json_object_foreach ((json_t *)texts, name, text)
		if (strncmp(name, language, len) == 0 && (name[len] == '\0' || name[len] == '-'))
			return json_string_value(text);
	return NULL;
}

/* Where neither is there, the language of the survey stands for French. */
static json_t *label(const struct converting *c, const json_t *texts,
                     const char *(*made)(struct arena *a, const char *html))
{
	static const char *const languages[] = { "fr", "en" };
	json_t *label = json_object();
	for (size_t i = 0; i < COUNT(languages); i++) {
		const char *text = text_in(texts, languages[i]);
		const char *words = text ? made(c->a, text) : "";
		if (*words) json_object_set_new(label, languages[i], json_string(words));
	}
	const char *own = json_str(texts, c->survey->language);
	if (json_object_size(label) == 0 && own && *made(c->a, own))
		json_object_set_new(label, "fr", json_string(made(c->a, own)));
	return label;
}

static json_t *label_or(const struct converting *c, const json_t *texts, const char *fallback)
{
	json_t *words = label(c, texts, html_plain);
	if (json_object_size(words) == 0) json_object_set_new(words, "fr", json_string(fallback));
	return words;
}

static const char *markdown(struct arena *a, const char *html)
{
	struct html_markdown made;
	html_markdown(a, html, strlen(html), false, &made);
	return text_trim(a, made.text);
}

static void set_label(const struct converting *c, json_t *object, const char *name, const json_t *texts,
                      const char *(*made)(struct arena *a, const char *html))
{
	json_t *words = label(c, texts, made);
	if (json_object_size(words)) json_object_set_new(object, name, words);
	else json_decref(words);
}

/* ---- Kinds of questions ---- */

/* A choice that a kind brings itself. */
struct own {
	const char *code, *fr, *en;
};

static const struct own yes_no[] = { { "y", "Oui", "Yes" }, { "n", "Non", "No" }, { 0 } };
static const struct own yes_no_unsure[] = {
	{ "y", "Oui", "Yes" }, { "u", "Ne sait pas", "Uncertain" }, { "n", "Non", "No" }, { 0 }
};
static const struct own more_or_less[] = {
	{ "i", "En hausse", "Increase" }, { "s", "Pareil", "Same" }, { "d", "En baisse", "Decrease" }, { 0 }
};
static const struct own genders[] = { { "f", "Femme", "Female" }, { "m", "Homme", "Male" }, { 0 } };
static const struct own five[] = { { "a1", "1", "1" }, { "a2", "2", "2" }, { "a3", "3", "3" },
	                           { "a4", "4", "4" }, { "a5", "5", "5" }, { 0 } };
static const struct own ten[] = { { "a1", "1", "1" },
	                          { "a2", "2", "2" },
	                          { "a3", "3", "3" },
	                          { "a4", "4", "4" },
	                          { "a5", "5", "5" },
	                          { "a6", "6", "6" },
	                          { "a7", "7", "7" },
	                          { "a8", "8", "8" },
	                          { "a9", "9", "9" },
	                          { "a10", "10", "10" },
	                          { 0 } };

enum {
	FROM_ANSWERS = 1, /* choices are its answers */
	FROM_PARTS = 2,   /* choices are its subquestions */
	ROWS = 4,         /* lines are its subquestions */
	FROM_COLUMNS = 8, /* choices are its subquestions of the second scale */
	SECOND = 16,      /* answers of the second scale are a second list */
	COMMENT = 32,     /* words beside a choice */
	MENU = 64,
	TEXT_INSIDE = 128, /* its text is what it shows */
	OPEN = 256,        /* "another one" may be offered */
};

static const struct kind {
	char letter;
	const char *type; /* of ours; NULL: it has no like */
	unsigned of;
	const char *answer; /* of a matrix; NULL: one column */
	const struct own *own;
} kinds[] = {
	{ '1', "matrix", ROWS | FROM_ANSWERS | SECOND, "two", NULL },
	{ '5', "scale", 0, NULL, NULL },
	{ 'A', "matrix", ROWS, NULL, five },
	{ 'B', "matrix", ROWS, NULL, ten },
	{ 'C', "matrix", ROWS, NULL, yes_no_unsure },
	{ 'D', "date", 0, NULL, NULL },
	{ 'E', "matrix", ROWS, NULL, more_or_less },
	{ 'F', "matrix", ROWS | FROM_ANSWERS, NULL, NULL },
	{ 'G', "choice", 0, NULL, genders },
	{ 'H', "matrix", ROWS | FROM_ANSWERS, NULL, NULL },
	{ 'I', NULL, 0, NULL, NULL },
	{ 'K', "numbers", ROWS, NULL, NULL },
	{ 'L', "choice", FROM_ANSWERS | OPEN, NULL, NULL },
	{ 'M', "choices", FROM_PARTS | OPEN, NULL, NULL },
	{ 'N', "number", 0, NULL, NULL },
	{ 'O', "choice", FROM_ANSWERS | COMMENT, NULL, NULL },
	{ 'P', "choices", FROM_PARTS | OPEN | COMMENT, NULL, NULL },
	{ 'Q', "matrix", ROWS, "text", NULL },
	{ 'R', "ranking", FROM_ANSWERS, NULL, NULL },
	{ 'S', "text", 0, NULL, NULL },
	{ 'T', "longtext", 0, NULL, NULL },
	{ 'U', "longtext", 0, NULL, NULL },
	{ 'X', "display", TEXT_INSIDE, NULL, NULL },
	{ 'Y', "choice", 0, NULL, yes_no },
	{ '!', "choice", FROM_ANSWERS | OPEN | MENU, NULL, NULL },
	{ ':', "matrix", ROWS | FROM_COLUMNS, "number", NULL },
	{ ';', "matrix", ROWS | FROM_COLUMNS, "text", NULL },
	{ '|', NULL, 0, NULL, NULL },
	{ '*', "computed", TEXT_INSIDE, NULL, NULL },
};

static const struct kind *kind_of(const struct limesurvey_question *question)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].letter == question->type) return &kinds[i];
	return NULL;
}

/* ---- Choices and lines ---- */

static json_t *item(const char *key, json_t *words)
{
	return json_pack("{s:s, s:o}", "key", key, "label", words);
}

static json_t *own_choices(const struct own *own)
{
	json_t *choices = json_array();
	for (; own->code; own++)
		json_array_append_new(choices, item(own->code, json_pack("{s:s, s:s}", "fr", own->fr, "en", own->en)));
	return choices;
}

static json_t *answers_of(const struct converting *c, const struct limesurvey_name *name, int scale)
{
	json_t *choices = json_array();
	for (int i = 0; i < name->question->nanswers; i++) {
		const struct limesurvey_answer *answer = &name->question->answers[i];
		if (answer->scale != scale) continue;
		json_array_append_new(choices, item(name->answers[i], label_or(c, answer->text, answer->code)));
	}
	return choices;
}

static json_t *parts_of(const struct converting *c, const struct limesurvey_name *name, int scale)
{
	json_t *parts = json_array();
	for (int i = 0; i < name->question->nparts; i++) {
		const struct limesurvey_part *part = &name->question->parts[i];
		if (part->scale != scale) continue;
		json_array_append_new(parts, item(name->parts[i], label_or(c, part->text, part->code)));
	}
	return parts;
}

static void set_choices(const struct converting *c, const struct kind *kind, const struct limesurvey_name *name,
                        json_t *field)
{
	json_t *choices = NULL;
	if (kind->own) choices = own_choices(kind->own);
	else if (kind->of & FROM_ANSWERS) choices = answers_of(c, name, 0);
	else if (kind->of & FROM_PARTS) choices = parts_of(c, name, 0);
	else if (kind->of & FROM_COLUMNS) choices = parts_of(c, name, 1);
	if (json_array_size(choices)) json_object_set_new(field, "choices", choices);
	else json_decref(choices);
	if (kind->of & ROWS) json_object_set_new(field, "rows", parts_of(c, name, 0));
	if (kind->of & SECOND) json_object_set_new(field, "second", answers_of(c, name, 1));
	if (kind->answer) json_object_set_new(field, "answer", json_string(kind->answer));
	if (kind->of & COMMENT) json_object_set_new(field, "comment", json_true());
	if (kind->of & MENU) json_object_set_new(field, "display", json_string("menu"));
	if ((kind->of & OPEN) && name->question->other) json_object_set_new(field, "other", json_true());
}

/* ---- Attributes ---- */

static const char *attribute(const struct limesurvey_question *question, const char *name)
{
	return json_str_or(question->attributes, name, "");
}

/* A whole number that stands as it is; an expression is none. */
static bool count_of(const char *text, int *ret)
{
	char *end;
	long count = strtol(text, &end, 10);
	if (*text == '\0' || *end || count < 0 || count > 1000000) return false;
	*ret = (int)count;
	return true;
}

enum attribute_kind { AS_COUNT, AS_NUMBER, AS_LABEL, AS_RANDOM, AS_TIME, AS_WHOLE, AS_ALONE, AS_NOTHING };

/* What an attribute becomes, for types of ours; "" for all. To carry another one over: a row. */
static const struct attribute_row {
	const char *type, *name, *option;
	enum attribute_kind kind;
} attribute_rows[] = {
	{ "choices", "min_answers", "min", AS_COUNT },
	{ "choices", "max_answers", "max", AS_COUNT },
	{ "choices", "exclude_all_others", "exclusive", AS_ALONE },
	{ "ranking", "min_answers", "min", AS_COUNT },
	{ "ranking", "max_answers", "max", AS_COUNT },
	{ "choice", "other_replace_text", "other_label", AS_LABEL },
	{ "choices", "other_replace_text", "other_label", AS_LABEL },
	{ "choice", "random_order", "order", AS_RANDOM },
	{ "choice", "answer_order", "order", AS_RANDOM },
	{ "choices", "random_order", "order", AS_RANDOM },
	{ "choices", "answer_order", "order", AS_RANDOM },
	{ "ranking", "answer_order", "order", AS_RANDOM },
	{ "ranking", "random_order", "order", AS_RANDOM },
	{ "number", "min_num_value_n", "min", AS_NUMBER },
	{ "number", "max_num_value_n", "max", AS_NUMBER },
	{ "number", "suffix", "unit", AS_LABEL },
	{ "number", "num_value_int_only", "decimals", AS_WHOLE },
	{ "numbers", "min_num_value_n", "min", AS_NUMBER },
	{ "numbers", "max_num_value_n", "max", AS_NUMBER },
	{ "numbers", "suffix", "unit", AS_LABEL },
	{ "numbers", "num_value_int_only", "decimals", AS_WHOLE },
	{ "numbers", "equals_num_value", "total", AS_NUMBER },
	{ "numbers", "max_num_value", "total_max", AS_NUMBER },
	{ "matrix", "multiflexible_min", "min", AS_NUMBER },
	{ "matrix", "multiflexible_max", "max", AS_NUMBER },
	{ "matrix", "dualscale_headerA", "first_label", AS_LABEL },
	{ "matrix", "dualscale_headerB", "second_label", AS_LABEL },
	{ "text", "maximum_chars", "max", AS_COUNT },
	{ "longtext", "maximum_chars", "max", AS_COUNT },
	{ "longtext", "display_rows", "rows", AS_COUNT },
	{ "date", "date_format", "time", AS_TIME },
	/* Carried over elsewhere, or said by nothing here: an equation's text, a box of a given width. */
	{ "computed", "equation", NULL, AS_NOTHING },
	{ "matrix", "multiflexible_checkbox", NULL, AS_NOTHING },
	{ "matrix", "input_boxes", NULL, AS_NOTHING },
	{ "", "question_template", NULL, AS_NOTHING },
};

/* What LimeSurvey writes when nobody chose anything. */
static bool is_default(const char *text)
{
	static const char *const usual[] = { "", "0", "N", "normal", "none", "core", "default", "bottom" };
	for (size_t i = 0; i < COUNT(usual); i++)
		if (strcmp(usual[i], text) == 0) return true;
	return false;
}

static const char *alone_of(const struct limesurvey_name *name, const char *code)
{
	for (int i = 0; i < name->question->nparts; i++)
		if (strcmp(name->question->parts[i].code, code) == 0) return name->parts[i];
	return NULL;
}

/* False: its value has no like. */
static bool set_attribute(const struct converting *c, const struct limesurvey_name *name,
                          const struct attribute_row *row, const json_t *said, json_t *field)
{
	const char *text = json_string_value(said) ? json_string_value(said) : "";
	char number[NUMBER_SIZE];
	struct err err;
	int count;
	json_t *value = NULL;
	switch (row->kind) {
	case AS_NOTHING: return true;
	case AS_COUNT:
		if (count_of(text, &count) && count > 0) value = json_integer(count);
		break;
	case AS_NUMBER:
		if (number_parse(text, LANG_EN, number, &err) == OK) value = json_string(number);
		break;
	case AS_LABEL:
		value = json_is_object(said) ? label(c, said, html_plain)
		                             : json_pack("{s:s}", "fr", html_plain(c->a, text));
		break;
	case AS_RANDOM:
		if (strcmp(text, "1") == 0 || strcmp(text, "random") == 0) value = json_string("random");
		else if (strncmp(text, "alphabet", 8) == 0) value = json_string("alphabetical");
		break;
	case AS_TIME:
		if (strpbrk(text, "Hh") == NULL) return true;
		value = json_true();
		break;
	case AS_WHOLE: value = json_integer(0); break;
	case AS_ALONE: {
		const char *key = alone_of(name, text);
		if (key) value = json_string(key);
		break;
	}
	}
	if (value == NULL) return false;
	json_object_set_new(field, row->option, value);
	return true;
}

static const struct attribute_row *row_of(const char *type, const char *name)
{
	for (size_t i = 0; i < COUNT(attribute_rows); i++)
		if (strcmp(attribute_rows[i].name, name) == 0 &&
		    (*attribute_rows[i].type == '\0' || strcmp(attribute_rows[i].type, type) == 0))
			return &attribute_rows[i];
	return NULL;
}

static void set_attributes(const struct converting *c, const struct limesurvey_name *name, json_t *field)
{
	const char *type = json_str_or(field, "type", ""), *key;
	json_t *said;
	json_object_foreach ((json_t *)name->question->attributes, key, said) {
		const char *text = json_string_value(said) ? json_string_value(said)
		                                           : text_in(said, c->survey->language);
		const struct attribute_row *row = row_of(type, key);
		if (is_default(text ? text : "")) continue;
		if (row && set_attribute(c, name, row, said, field)) continue;
		issues_add(c->lost, name->question->code, N_("its setting “%s” (“%s”) is not taken over"), key,
		           text ? text : "…");
	}
	if (strcmp(type, "numbers") == 0 && (json_object_get(field, "total") || json_object_get(field, "total_max")))
		json_object_set_new(field, "sum", json_true());
	if (strcmp(type, "matrix") == 0 && strcmp(attribute(name->question, "multiflexible_checkbox"), "1") == 0)
		json_object_set_new(field, "answer", json_string("several"));
}

/* ---- Conditions ---- */

/* Why, after what: message ids, so that both are told in the reader's language. */
static void tell_why(const struct converting *c, const char *code, const char *why)
{
	const struct err err = { .code = E_INPUT, .msg = why };
	issues_add_err(c->lost, code, &err);
}

static void set_condition(const struct converting *c, const struct limesurvey_name *self, const char *code,
                          const char *text, json_t *object)
{
	const char *why = NULL;
	const char *condition = limesurvey_expression(c->a, &c->names, text, self, &why);
	if (condition && *condition) json_object_set_new(object, "show_if", json_string(condition));
	if (condition) return;
	issues_add(c->lost, code, N_("its condition is not taken over, it is always asked: “%s”"), text);
	tell_why(c, code, why);
}

static void set_equation(const struct converting *c, const struct limesurvey_name *name, json_t *field)
{
	const char *why = NULL, *text = attribute(name->question, "equation");
	if (*text == '\0') text = json_str_or(name->question->text, c->survey->language, "");
	text = html_plain(c->a, text);
	size_t len = strlen(text);
	bool braces = len > 1 && text[0] == '{' && text[len - 1] == '}';
	const char *inner = braces ? arena_strndup(c->a, text + 1, len - 2) : text;
	const char *made = limesurvey_expression(c->a, &c->names, inner, name, &why);
	if (made && *made) {
		json_object_set_new(field, "value", json_string(made));
		return;
	}
	issues_add(c->lost, name->question->code, N_("what it computes is not taken over: “%s”"), text);
	tell_why(c, name->question->code, why ? why : N_("it says nothing"));
	json_object_set_new(field, "type", json_string("hidden"));
}

/* ---- Questions ---- */

static void tell_texts(const struct converting *c, const struct limesurvey_name *name)
{
	const char *language;
	json_t *text;
	json_object_foreach ((json_t *)name->question->text, language, text) {
		const char *html = json_string_value(text);
		if (strstr(html, "<img") == NULL && strstr(html, "<iframe") == NULL && strstr(html, "<script") == NULL)
			continue;
		issues_add(c->lost, name->question->code,
		           N_("its text holds a picture, a frame or a script, which is not taken over"));
		return;
	}
}

static void tell_rest(const struct converting *c, const struct kind *kind, const struct limesurvey_name *name)
{
	const struct limesurvey_question *question = name->question;
	if (*question->pattern)
		issues_add(c->lost, question->code, N_("the pattern that answers must have is not taken over: %s"),
		           question->pattern);
	if (json_object_size(question->defaults))
		issues_add(c->lost, question->code, N_("the answer that it begins with is not taken over"));
	if (question->soft) issues_add(c->lost, question->code, N_("an answer was only wished for: here it is needed"));
	if (question->other && !(kind->of & OPEN)) issues_add(c->lost, question->code, N_("“Other” is not taken over"));
	for (int i = 0; i < question->nparts; i++) {
		const char *relevance = question->parts[i].relevance;
		if (*relevance && strcmp(relevance, "1") != 0)
			issues_add(c->lost, question->code, N_("the condition of its line “%s” is not taken over: %s"),
			           question->parts[i].code, relevance);
	}
	tell_texts(c, name);
}

static json_t *question_field(const struct converting *c, const struct limesurvey_name *name)
{
	const struct limesurvey_question *question = name->question;
	const struct kind *kind = kind_of(question);
	if (kind == NULL || kind->type == NULL) {
		issues_add(c->lost, question->code, N_("questions of its kind (%c) have no like here: it is left out"),
		           question->type);
		return NULL;
	}
	json_t *field = json_pack("{s:s, s:s, s:s, s:o}", "key", name->key, "type", kind->type, "page", name->page,
	                          "label", label_or(c, question->text, question->code));
	if (kind->of & TEXT_INSIDE) json_object_set_new(field, "label", json_pack("{s:s}", "fr", question->code));
	if (strcmp(kind->type, "display") == 0) {
		set_label(c, field, "text", question->text, markdown);
		json_object_set_new(field, "plain", json_true());
	}
	set_label(c, field, "help", question->help, html_plain);
	if (question->mandatory && !(kind->of & TEXT_INSIDE))
		json_object_set_new(field, kind->of & ROWS ? "every" : "required", json_true());
	if (question->mandatory && (kind->of & ROWS)) json_object_set_new(field, "required", json_true());
	set_choices(c, kind, name, field);
	set_attributes(c, name, field);
	set_condition(c, name, question->code, question->relevance, field);
	if (strcmp(kind->type, "computed") == 0) set_equation(c, name, field);
	tell_rest(c, kind, name);
	return field;
}

static bool has_all(const struct converting *c, const json_t *field, const char *code)
{
	static const struct {
		const char *type, *member;
	} needed[] = { { "choice", "choices" }, { "choices", "choices" }, { "ranking", "choices" },
		       { "numbers", "rows" },   { "matrix", "rows" },     { "matrix", "second" } };
	const char *type = json_str_or(field, "type", ""), *answer = json_str_or(field, "answer", "");
	for (size_t i = 0; i < COUNT(needed); i++) {
		if (strcmp(needed[i].type, type) != 0) continue;
		if (strcmp(needed[i].member, "second") == 0 && strcmp(answer, "two") != 0) continue;
		if (json_array_size(json_object_get(field, needed[i].member))) continue;
		issues_add(c->lost, code, N_("it has nothing to choose from or to fill in: it is left out"));
		return false;
	}
	return true;
}

/* ---- The questionnaire ---- */

static json_t *page_of(const struct converting *c, const struct limesurvey_group *group, int i)
{
	json_t *page = json_pack("{s:o}", "key", json_sprintf("page_%d", i + 1));
	set_label(c, page, "label", group->name, html_plain);
	set_label(c, page, "text", group->description, markdown);
	const char *name = json_str_or(json_object_get(page, "label"), "fr", arena_printf(c->a, "%d", i + 1));
	set_condition(c, NULL, name, group->relevance, page);
	if (*group->random)
		issues_add(c->lost, name, N_("the order of pages is not mixed as it was: %s"), group->random);
	return page;
}

static bool is_day(const char *text)
{
	return strlen(text) >= 10 && text[4] == '-' && text[7] == '-' && isdigit((unsigned char)text[0]);
}

static void set_day(const struct converting *c, json_t *survey, const char *name, const char *column)
{
	const char *text = json_str_or(c->survey->settings, column, "");
	if (is_day(text)) json_object_set_new(survey, name, json_string(arena_strndup(c->a, text, 10)));
}

static json_t *survey_of(const struct converting *c)
{
	const json_t *settings = c->survey->settings;
	bool anonymous = *json_str_or(settings, "anonymized", json_str_or(settings, "private", "N")) == 'Y';
	json_t *survey = json_pack("{s:s, s:s}", "state", "draft", "anonymity",
	                           anonymous ? "anonymous" : "confidential");
	if (*json_str_or(settings, "format", "G") == 'A') json_object_set_new(survey, "flow", json_string("one"));
	set_day(c, survey, "opens", "startdate");
	set_day(c, survey, "closes", "expires");
	set_label(c, survey, "welcome", c->survey->welcome, markdown);
	set_label(c, survey, "thanks", c->survey->end, markdown);
	return survey;
}

/* One choice of one question: others have no like. */
static void set_quotas(const struct converting *c, json_t *survey)
{
	json_t *quotas = json_array();
	for (int i = 0; i < c->survey->nquotas; i++) {
		const struct limesurvey_quota *quota = &c->survey->quotas[i];
		const char *choice = NULL, *field = NULL;
		for (int k = 0; k < c->names.n && quota->nquestions == 1; k++) {
			const struct limesurvey_name *name = &c->names.all[k];
			const struct kind *kind = kind_of(name->question);
			if (strcmp(name->question->id, quota->question) != 0 || kind == NULL || kind->type == NULL)
				continue;
			if (strncmp(kind->type, "choice", 6) != 0) continue;
			for (int m = 0; m < name->question->nanswers; m++)
				if (strcmp(name->question->answers[m].code, quota->codes) == 0)
					choice = name->answers[m];
			for (int m = 0; m < name->question->nparts; m++)
				if (strcmp(name->question->parts[m].code, quota->codes) == 0) choice = name->parts[m];
			field = name->key;
		}
		if (choice && quota->active)
			json_array_append_new(quotas, json_pack("{s:s, s:s, s:i}", "field", field, "choice", choice,
			                                        "most", quota->limit));
		else issues_add(c->lost, "", N_("the quota “%s” is not taken over"), quota->name);
	}
	if (json_array_size(quotas)) json_object_set_new(survey, "quotas", quotas);
	else json_decref(quotas);
}

static void tell_languages(const struct converting *c)
{
	const char *at = c->survey->languages;
	while (*at) {
		size_t len = strcspn(at, " ");
		bool kept = len >= 2 && (memcmp(at, "fr", 2) == 0 || memcmp(at, "en", 2) == 0) &&
		            (len == 2 || at[2] == '-');
		const char *language = arena_strndup(c->a, at, len);
		if (!kept && len)
			issues_add(c->lost, "",
			           N_("texts in the language “%s” are not taken over, but where no other is there"),
			           language);
		at += len + (at[len] == ' ');
	}
}

json_t *limesurvey_form(struct arena *a, const struct limesurvey *survey, struct issues *lost)
{
	struct converting c = { a, survey, limesurvey_names(a, survey), lost };
	json_t *form = json_keep(a, json_object()), *pages = json_array(), *fields = json_array();
	json_t *said = survey_of(&c);
	json_object_set_new(form, "label", label_or(&c, survey->title, survey->id));
	set_label(&c, form, "description", survey->description, html_plain);
	for (int i = 0; i < survey->ngroups; i++) json_array_append_new(pages, page_of(&c, &survey->groups[i], i));
	for (int i = 0; i < c.names.n; i++) {
		json_t *field = question_field(&c, &c.names.all[i]);
		if (field && has_all(&c, field, c.names.all[i].question->code)) json_array_append_new(fields, field);
		else json_decref(field);
	}
	set_quotas(&c, said);
	tell_languages(&c);
	if (survey->nassessments)
		issues_add(lost, "", N_("marks and what is said about them (%d rules) are not taken over"),
		           survey->nassessments);
	if (survey->nparameters)
		issues_add(lost, "", N_("what the address says (%d names) is not taken over"), survey->nparameters);
	json_object_set_new(form, "survey", said);
	json_object_set_new(form, "pages", pages);
	json_object_set_new(form, "fields", fields);
	return form;
}
