/* A question of ours as LimeSurvey has it: its row, its lines and choices, its settings, its condition. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/form_answers.h"
#include "formats/limesurvey_writer.h"

static void attribute(struct writer *w, int qid, const char *name, const char *value, const char *language)
{
	ADD(w, ATTRIBUTES, limesurvey_number(w, qid), name, value, language);
}

static const char *option(const struct field *field, const char *name)
{
	const json_t *value = json_object_get(field->definition, name);
	return json_is_string(value) ? json_string_value(value) : "";
}

/* What our options are called there; those of texts in each language. */
static const struct {
	const char *types, *option, *attribute;
	enum { AS_NUMBER, AS_TEXT } kind;
} options[] = {
	{ "choices ranking", "min", "min_answers", AS_NUMBER },
	{ "choices ranking", "max", "max_answers", AS_NUMBER },
	{ "number numbers", "min", "min_num_value_n", AS_NUMBER },
	{ "number numbers", "max", "max_num_value_n", AS_NUMBER },
	{ "matrix", "min", "multiflexible_min", AS_NUMBER },
	{ "matrix", "max", "multiflexible_max", AS_NUMBER },
	{ "number numbers", "unit", "suffix", AS_TEXT },
	{ "numbers", "total", "equals_num_value", AS_NUMBER },
	{ "numbers", "total_max", "max_num_value", AS_NUMBER },
	{ "text longtext", "max", "maximum_chars", AS_NUMBER },
	{ "longtext", "rows", "display_rows", AS_NUMBER },
	{ "choice choices", "other_label", "other_replace_text", AS_TEXT },
	{ "matrix", "first_label", "dualscale_headerA", AS_TEXT },
	{ "matrix", "second_label", "dualscale_headerB", AS_TEXT },
};

/* Options that say nothing to who answers, or that are written otherwise: choices, lines, order, what it computes. */
static bool is_written_elsewhere(const char *name)
{
	static const char *const names[] = { "key",      "type",    "page",    "label", "help",      "required",
		                             "every",    "choices", "list",    "rows",  "second",    "answer",
		                             "comment",  "other",   "display", "order", "exclusive", "decimals",
		                             "show_if",  "value",   "text",    "time",  "random",    "stay",
		                             "audience", "group",   "sum",     "plain", "from",      "to",
		                             "labels",   "unknown", "result",  "index", "hidden",    "steps",
		                             "retired",  "default" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0) return true;
	return false;
}

static bool has_type(const char *types, const char *type)
{
	size_t len = strlen(type);
	for (const char *at = types; *at; at += strcspn(at, " ") + (at[strcspn(at, " ")] == ' '))
		if (strncmp(at, type, len) == 0 && (at[len] == '\0' || at[len] == ' ')) return true;
	return false;
}

static void write_option(struct writer *w, const struct limesurvey_code *code, const char *name, const json_t *value)
{
	const struct field *field = code->field;
	for (size_t i = 0; i < COUNT(options); i++) {
		if (strcmp(options[i].option, name) != 0 || !has_type(options[i].types, field->type->name)) continue;
		if (options[i].kind == AS_NUMBER) {
			attribute(w, code->qid, options[i].attribute,
			          json_is_integer(value) ? limesurvey_number(w, (int)json_integer_value(value))
			                                 : json_string_value(value),
			          "");
			return;
		}
		struct label label = label_from_json(w->a, value);
		for (int l = 0; l < w->nlanguages; l++)
			attribute(w, code->qid, options[i].attribute,
			          limesurvey_html(w, label_text(&label, w->languages[l])), lang_tag(w->languages[l]));
		return;
	}
	if (!is_written_elsewhere(name))
		issues_add(w->lost, field->key, N_("its setting “%s” has no like in LimeSurvey"), name);
}

const char *limesurvey_choice_code(const struct limesurvey_code *code, const char *key)
{
	for (int i = 0; i < code->field->nchoices; i++)
		if (strcmp(code->field->choices[i].key, key) == 0) return code->choices[i];
	return key;
}

static void write_equation(struct writer *w, const struct limesurvey_code *code)
{
	const char *why = NULL, *text = code->field->computed
	                                        ? limesurvey_condition(w->a, &w->codes, code->field->computed, &why)
	                                        : NULL;
	if (text) attribute(w, code->qid, "equation", arena_printf(w->a, "{%s}", text), "");
	else
		issues_add(w->lost, code->field->key, N_("what it computes has no like in LimeSurvey: %s"),
		           option(code->field, "value"));
	if (why) {
		const struct err err = { .code = E_INPUT, .msg = why };
		issues_add_err(w->lost, code->field->key, &err);
	}
}

static void write_attributes(struct writer *w, const struct limesurvey_code *code)
{
	const struct field *field = code->field;
	const char *name, *order = option(field, "order"), *type = field->type->name;
	json_t *value;
	bool random = strcmp(order, "random") == 0;
	json_object_foreach ((json_t *)field->definition, name, value) write_option(w, code, name, value);
	if (*order && strcmp(type, "ranking") == 0 && random) attribute(w, code->qid, "answer_order", "random", "");
	else if (*order && strchr("LO!", code->type))
		attribute(w, code->qid, "answer_order", random ? "random" : "alphabetical", "");
	else if (random) attribute(w, code->qid, "random_order", "1", "");
	if (*option(field, "exclusive"))
		attribute(w, code->qid, "exclude_all_others", limesurvey_choice_code(code, option(field, "exclusive")),
		          "");
	if (strchr("NK", code->type) && json_object_get(field->definition, "decimals") &&
	    json_int(field->definition, "decimals", 1) == 0)
		attribute(w, code->qid, "num_value_int_only", "1", "");
	if (strcmp(option(field, "answer"), "several") == 0) attribute(w, code->qid, "multiflexible_checkbox", "1", "");
	else if (code->type == ':') attribute(w, code->qid, "input_boxes", "1", "");
	if (code->type == 'D' && json_bool(field->definition, "time", false))
		attribute(w, code->qid, "date_format", "dd/mm/yyyy HH:MM", "");
	if (field->hidden || strcmp(type, "hidden") == 0) attribute(w, code->qid, "hidden", "1", "");
	if (code->type == '*') write_equation(w, code);
}

static const char *theme_of(char type)
{
	static const struct {
		char type;
		const char *theme;
	} themes[] = { { '1', "arrays/dualscale" },
		       { '5', "5pointchoice" },
		       { 'D', "date" },
		       { 'F', "arrays/array" },
		       { 'K', "multiplenumeric" },
		       { 'L', "listradio" },
		       { 'M', "multiplechoice" },
		       { 'N', "numerical" },
		       { 'O', "list_with_comment" },
		       { 'P', "multiplechoice_with_comments" },
		       { 'Q', "multipleshorttext" },
		       { 'R', "ranking" },
		       { 'S', "shortfreetext" },
		       { 'T', "longfreetext" },
		       { 'X', "boilerplate" },
		       { 'Y', "yesno" },
		       { '!', "list_dropdown" },
		       { ':', "arrays/multiflexi" },
		       { ';', "arrays/texts" },
		       { '*', "equation" } };
	for (size_t i = 0; i < COUNT(themes); i++)
		if (themes[i].type == type) return themes[i].theme;
	return "";
}

static void add_question(struct writer *w, enum tables which, int qid, int parent, int gid, char type, const char *code,
                         bool other, const char *mandatory, int order, int scale, const char *relevance)
{
	const char letter[2] = { type, '\0' };
	ADD(w, which, limesurvey_number(w, qid), limesurvey_number(w, parent), limesurvey_number(w, SURVEY_ID),
	    limesurvey_number(w, gid), letter, code, "", other ? "Y" : "N", mandatory, limesurvey_number(w, order),
	    limesurvey_number(w, scale), "0", relevance, "", "N", theme_of(type), "0");
}

static void write_subquestions(struct writer *w, const struct limesurvey_code *code, int gid, const struct choice *all,
                               const char **codes, int n, int scale)
{
	for (int i = 0; i < n; i++) {
		int qid = w->next++;
		if (all[i].other) continue;
		add_question(w, SUBQUESTIONS, qid, code->qid, gid, code->type, codes[i], false, "N", i, scale, "1");
		for (int l = 0; l < w->nlanguages; l++)
			ADD(w, QUESTION_TEXTS, limesurvey_number(w, w->next++), limesurvey_number(w, qid),
			    limesurvey_said(w, &all[i].label, w->languages[l]), "", lang_tag(w->languages[l]), "");
	}
}

static void write_answers(struct writer *w, const struct limesurvey_code *code, const struct choice *all,
                          const char **codes, int n, int scale)
{
	for (int i = 0; i < n; i++) {
		int aid = w->next++;
		if (all[i].other) continue;
		ADD(w, ANSWERS, limesurvey_number(w, aid), limesurvey_number(w, code->qid), codes[i],
		    limesurvey_number(w, i), "0", limesurvey_number(w, scale));
		for (int l = 0; l < w->nlanguages; l++)
			ADD(w, ANSWER_TEXTS, limesurvey_number(w, w->next++), limesurvey_number(w, aid),
			    limesurvey_said(w, &all[i].label, w->languages[l]), lang_tag(w->languages[l]));
	}
}

/* The steps of a scale are answers: LimeSurvey's own has five. */
static void write_steps(struct writer *w, const struct limesurvey_code *code)
{
	const json_t *labels = json_object_get(code->field->definition, "labels");
	int from = (int)json_int(code->field->definition, "from", 1),
	    to = (int)json_int(code->field->definition, "to", 5);
	for (int step = from; step <= to; step++) {
		int aid = w->next++;
		struct label label = label_from_json(w->a, json_array_get(labels, (size_t)(step - from)));
		ADD(w, ANSWERS, limesurvey_number(w, aid), limesurvey_number(w, code->qid), limesurvey_number(w, step),
		    limesurvey_number(w, step - from), "0", "0");
		for (int l = 0; l < w->nlanguages; l++) {
			const char *words = label_text(&label, w->languages[l]);
			ADD(w, ANSWER_TEXTS, limesurvey_number(w, w->next++), limesurvey_number(w, aid),
			    *words ? limesurvey_html(w, words) : limesurvey_number(w, step), lang_tag(w->languages[l]));
		}
	}
	issues_add(w->lost, code->field->key, N_("its scale becomes a list of answers"));
}

static void write_inside(struct writer *w, const struct limesurvey_code *code, int gid)
{
	const struct field *field = code->field;
	bool parts = strchr("MP", code->type), columns = strchr(":;", code->type);
	if (strcmp(field->type->name, "scale") == 0) {
		if (code->type == 'L') write_steps(w, code);
		return;
	}
	write_subquestions(w, code, gid, field->rows, code->rows, field->nrows, 0);
	if (parts || columns)
		write_subquestions(w, code, gid, field->choices, code->choices, field->nchoices, columns ? 1 : 0);
	else if (strchr("LO!RF1", code->type))
		write_answers(w, code, field->choices, code->choices, field->nchoices, 0);
	if (code->type == '1') write_answers(w, code, field->second, code->second, field->nsecond, 1);
}

/* Where what is asked there differs from what is asked here. */
static void tell_type(struct writer *w, const struct limesurvey_code *code)
{
	static const char *const lines[] = {
		"place", "period", "email", "phone", "link", "contact", "hours", "schedule"
	};
	const char *type = code->field->type->name;
	for (size_t i = 0; i < COUNT(lines); i++)
		if (strcmp(lines[i], type) == 0)
			issues_add(w->lost, code->field->key, N_("it becomes a text: LimeSurvey has no such question"));
	if (strcmp(type, "boolean") == 0)
		issues_add(w->lost, code->field->key, N_("it comes back as a choice between yes and no"));
	if (code->field->constraint)
		issues_add(w->lost, code->field->key, N_("what its answers must be is not taken over: %s"),
		           expression_text(w->a, code->field->constraint, LANG_FR));
}

const char *limesurvey_relevance(struct writer *w, const char *key, const struct expression *condition)
{
	const char *why = NULL;
	if (condition == NULL) return "1";
	const char *text = limesurvey_condition(w->a, &w->codes, condition, &why);
	if (text) return text;
	issues_add(w->lost, key, N_("its condition has no like in LimeSurvey, it is always asked there: %s"),
	           expression_text(w->a, condition, LANG_FR));
	const struct err err = { .code = E_INPUT, .msg = why };
	issues_add_err(w->lost, key, &err);
	return "1";
}

void limesurvey_write_question(struct writer *w, struct limesurvey_code *code, int gid, int order)
{
	const struct field *field = code->field;
	bool needed = field->required || json_bool(field->definition, "every", false);
	bool other = field->nchoices && field->choices[field->nchoices - 1].other && strchr("LMP!", code->type);
	if (code->type == 0) return;
	code->qid = w->next++;
	tell_type(w, code);
	add_question(w, QUESTIONS, code->qid, 0, gid, code->type, code->code, other, needed ? "Y" : "N", order, 0,
	             limesurvey_relevance(w, field->key, field->show_if));
	struct label text = label_from_json(w->a, json_object_get(field->definition, "text"));
	bool shown = code->type == 'X' && *label_text(&text, LANG_FR);
	for (int l = 0; l < w->nlanguages; l++) {
		enum lang lang = w->languages[l];
		const char *words = shown ? limesurvey_piped(w, limesurvey_rich(w, label_text(&text, lang), lang))
		                          : limesurvey_said(w, &field->label, lang);
		ADD(w, QUESTION_TEXTS, limesurvey_number(w, w->next++), limesurvey_number(w, code->qid), words,
		    limesurvey_said(w, &field->help, lang), lang_tag(lang), "");
	}
	write_inside(w, code, gid);
	write_attributes(w, code);
}
