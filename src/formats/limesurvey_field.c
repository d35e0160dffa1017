/* A question of LimeSurvey as one of ours: its kind, what there is to choose from, its condition. */
#include <string.h>

#include "formats/html_plain.h"
#include "formats/limesurvey_convert.h"

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
		json_array_append_new(choices,
		                      item(name->answers[i], limesurvey_label_or(c, answer->text, answer->code)));
	}
	return choices;
}

static json_t *parts_of(const struct converting *c, const struct limesurvey_name *name, int scale)
{
	json_t *parts = json_array();
	for (int i = 0; i < name->question->nparts; i++) {
		const struct limesurvey_part *part = &name->question->parts[i];
		if (part->scale != scale) continue;
		json_array_append_new(parts, item(name->parts[i], limesurvey_label_or(c, part->text, part->code)));
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

/* ---- Conditions ---- */

/* Why, after what: message ids, so that both are told in the reader's language. */
static void tell_why(const struct converting *c, const char *code, const char *why)
{
	const struct err err = { .code = E_INPUT, .msg = why };
	issues_add_err(c->lost, code, &err);
}

void limesurvey_set_condition(const struct converting *c, const struct limesurvey_name *self, const char *code,
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
	const char *why = NULL, *text = limesurvey_attribute(name->question, "equation");
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

static json_t *field_of(const struct converting *c, const struct limesurvey_name *name)
{
	const struct limesurvey_question *question = name->question;
	const struct kind *kind = kind_of(question);
	if (kind == NULL || kind->type == NULL) {
		issues_add(c->lost, question->code, N_("questions of its kind (%c) have no like here: it is left out"),
		           question->type);
		return NULL;
	}
	json_t *field = json_pack("{s:s, s:s, s:s, s:o}", "key", name->key, "type", kind->type, "page", name->page,
	                          "label", limesurvey_label_or(c, question->text, question->code));
	if (kind->of & TEXT_INSIDE) json_object_set_new(field, "label", json_pack("{s:s}", "fr", question->code));
	if (strcmp(kind->type, "display") == 0) {
		limesurvey_set_label(c, field, "text", question->text, limesurvey_markdown);
		json_object_set_new(field, "plain", json_true());
	}
	limesurvey_set_label(c, field, "help", question->help, html_plain);
	if (question->mandatory && !(kind->of & TEXT_INSIDE))
		json_object_set_new(field, kind->of & ROWS ? "every" : "required", json_true());
	if (question->mandatory && (kind->of & ROWS)) json_object_set_new(field, "required", json_true());
	set_choices(c, kind, name, field);
	limesurvey_set_attributes(c, name, field);
	limesurvey_set_condition(c, name, question->code, question->relevance, field);
	limesurvey_set_filter(c, name, field);
	if (strcmp(kind->type, "computed") == 0) set_equation(c, name, field);
	tell_rest(c, kind, name);
	return field;
}

json_t *limesurvey_field(const struct converting *c, const struct limesurvey_name *name)
{
	json_t *field = field_of(c, name);
	if (field && has_all(c, field, name->question->code)) return field;
	json_decref(field);
	return NULL;
}

const char *limesurvey_field_type(const struct limesurvey_question *question)
{
	const struct kind *kind = kind_of(question);
	return kind ? kind->type : NULL;
}
