/* The settings of a question of LimeSurvey, its "attributes", as options of ours. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "formats/html_plain.h"
#include "formats/limesurvey_convert.h"

const char *limesurvey_attribute(const struct limesurvey_question *question, const char *name)
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

enum attribute_kind { AS_COUNT, AS_NUMBER, AS_LABEL, AS_RANDOM, AS_TIME, AS_WHOLE, AS_ALONE, AS_FILTER, AS_NOTHING };

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
	{ "", "array_filter", NULL, AS_FILTER },
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

/* "Q1;Q2", whose chosen lines alone are asked: "not empty(q1) or not empty(q2)". NULL: one of them is not there. */
static const char *filters_of(const struct converting *c, const char *codes)
{
	struct buf out;
	buf_init(&out, c->a, 0);
	for (const char *at = codes + strspn(codes, "; "); *at; at += strspn(at, "; ")) {
		size_t len = strcspn(at, "; ");
		const struct limesurvey_name *filter = limesurvey_named(&c->names, at, len);
		if (filter == NULL || limesurvey_field_type(filter->question) == NULL) return NULL;
		buf_printf(&out, "%snot empty(%s)", out.len ? " or " : "", filter->key);
		at += len;
	}
	return out.len ? buf_str(&out) : NULL;
}

/* Lines have no condition of their own here: the question is asked once there is one to ask, with all of them. */
void limesurvey_set_filter(const struct converting *c, const struct limesurvey_name *name, json_t *field)
{
	const char *codes = limesurvey_attribute(name->question, "array_filter"), *filter = filters_of(c, codes),
	           *own = json_str(field, "show_if");
	if (filter == NULL) return;
	json_object_set_new(field, "show_if", own ? json_sprintf("(%s) and (%s)", own, filter) : json_string(filter));
	issues_add(
	        c->lost, name->question->code,
	        N_("of its lines only those chosen in “%s” were asked: here it is asked with all of them, once something is chosen there"),
	        codes);
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
	case AS_FILTER: return filters_of(c, text) != NULL; /* set_filter, once there is a condition */
	case AS_COUNT:
		if (count_of(text, &count) && count > 0) value = json_integer(count);
		break;
	case AS_NUMBER:
		if (number_parse(text, LANG_EN, number, &err) == OK) value = json_string(number);
		break;
	case AS_LABEL:
		value = json_is_object(said) ? limesurvey_label(c, said, html_plain)
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

void limesurvey_set_attributes(const struct converting *c, const struct limesurvey_name *name, json_t *field)
{
	const char *type = json_str_or(field, "type", ""), *key;
	json_t *said;
	json_object_foreach ((json_t *)name->question->attributes, key, said) {
		const char *text = json_string_value(said) ? json_string_value(said)
		                                           : limesurvey_text_in(said, c->survey->language);
		const struct attribute_row *row = row_of(type, key);
		if (is_default(text ? text : "")) continue;
		if (row && set_attribute(c, name, row, said, field)) continue;
		issues_add(c->lost, name->question->code, N_("its setting “%s” (“%s”) is not taken over"), key,
		           text ? text : "…");
	}
	if (strcmp(type, "numbers") == 0 && (json_object_get(field, "total") || json_object_get(field, "total_max")))
		json_object_set_new(field, "sum", json_true());
	if (strcmp(type, "matrix") == 0 &&
	    strcmp(limesurvey_attribute(name->question, "multiflexible_checkbox"), "1") == 0)
		json_object_set_new(field, "answer", json_string("several"));
}
