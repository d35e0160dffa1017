/* Our expressions as LimeSurvey's expression manager reads them. */
#include <string.h>

#include "core/field_type.h"
#include "core/form_answers.h"
#include "core/form_part.h"
#include "formats/limesurvey_write.h"

struct writing {
	struct arena *a;
	const struct limesurvey_codes *codes;
	const char *why;
};

static const char *write_node(struct writing *w, const json_t *node);

static const char *fail(struct writing *w, const char *why)
{
	if (w->why == NULL) w->why = why;
	return "";
}

static const char *code_among(const struct choice *all, const char **codes, int n, const char *key)
{
	for (int i = 0; i < n; i++)
		if (strcmp(all[i].key, key) == 0) return codes[i];
	return NULL;
}

static const char *quoted(struct writing *w, const char *text)
{
	struct buf out;
	buf_init(&out, w->a, 0);
	buf_putc(&out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\') buf_putc(&out, '\\');
		buf_putc(&out, *text);
	}
	buf_putc(&out, '"');
	return buf_str(&out);
}

/* ---- Names ---- */

static const struct field *field_of(const struct writing *w, const json_t *node)
{
	const char *name = json_is_object(node) ? json_str(node, "q") : NULL;
	return name ? form_find(w->codes->form, name) : NULL;
}

static const struct limesurvey_code *code_of(const struct writing *w, const struct field *field)
{
	return limesurvey_code(w->codes, field->whole ? field->whole->key : field->key);
}

static bool is_boxes(const struct field *field)
{
	return strcmp(field->type->name, "choices") == 0;
}

/* "Q1", "Q1_SQ1", "Q1_SQ1_C2", "Q1_SQ1_0", with what a box adds. */
static const char *variable(struct writing *w, const struct field *field)
{
	const struct limesurvey_code *code = code_of(w, field);
	const char *row, *column = NULL;
	if (code == NULL) return fail(w, N_("it looks at a question that is left out"));
	if (field->whole == NULL) {
		if (field->nrows || is_boxes(field) || field->type->listed)
			return fail(w, N_("it looks at a table or at several choices as a whole"));
		return arena_printf(w->a, "%s.NAOK", code->code);
	}
	if (code->type == 'R') return arena_printf(w->a, "%s_%s.NAOK", code->code, field->path[0]);
	row = code_among(field->whole->rows, code->rows, field->whole->nrows, field->path[0]);
	if (row == NULL) return fail(w, N_("it looks at a table or at several choices as a whole"));
	if (field->path[1] && code->type == '1') column = strcmp(field->path[1], "first") == 0 ? "0" : "1";
	else if (field->path[1])
		column = code_among(field->whole->choices, code->choices, field->whole->nchoices, field->path[1]);
	if (field->path[1] && column == NULL)
		return fail(w, N_("it looks at a table or at several choices as a whole"));
	return arena_printf(w->a, column ? "%s_%s_%s.NAOK" : "%s_%s.NAOK", code->code, row, column);
}

/* One of several choices. */
static const char *box(struct writing *w, const struct field *field, const char *key)
{
	const struct limesurvey_code *code = code_of(w, field);
	if (code == NULL) return fail(w, N_("it looks at a question that is left out"));
	if (field->whole) return fail(w, N_("it looks at a table or at several choices as a whole"));
	const char *choice = code_among(field->choices, code->choices, field->nchoices, key);
	return choice ? arena_printf(w->a, "%s_%s.NAOK", code->code, choice)
	              : fail(w, N_("it looks at an answer that is not there"));
}

static const char *all_boxes(struct writing *w, const struct field *field)
{
	struct buf out;
	buf_init(&out, w->a, 0);
	for (int i = 0; i < field->nchoices; i++)
		buf_printf(&out, "%s%s", i ? ", " : "", box(w, field, field->choices[i].key));
	return buf_str(&out);
}

/* The code of an answer that a question is compared with; what is no answer of it stays a text. */
static const char *answer_code(struct writing *w, const struct field *field, const char *key)
{
	const struct limesurvey_code *code = code_of(w, field);
	const char *found = NULL;
	if (code == NULL) return fail(w, N_("it looks at a question that is left out"));
	if (code->type == 'Y') return strcmp(key, "true") == 0 ? "Y" : "N";
	if (strcmp(key, "other") == 0 && code->field->nchoices && code->field->choices[code->field->nchoices - 1].other)
		return "-oth-";
	bool second = field->whole && field->path[1] && strcmp(field->path[1], "second") == 0;
	if (second) found = code_among(code->field->second, code->second, code->field->nsecond, key);
	else found = code_among(code->field->choices, code->choices, code->field->nchoices, key);
	return found ? found : key;
}

/* ---- Operators ---- */

static const char *literal(struct writing *w, const struct field *beside, const json_t *node)
{
	if (beside && json_is_object(node) && json_str(node, "t"))
		return quoted(w, answer_code(w, beside, json_str(node, "t")));
	if (beside && json_is_boolean(node)) return quoted(w, json_is_true(node) ? "Y" : "N");
	return write_node(w, node);
}

static const char *compare(struct writing *w, const char *op, const json_t *left, const json_t *right)
{
	const struct field *field = field_of(w, left), *other = field_of(w, right);
	const char *sign = strcmp(op, "=") == 0 ? "==" : op, *key = json_is_object(right) ? json_str(right, "t") : NULL;
	if (field && is_boxes(field)) {
		if (key == NULL || (strcmp(op, "=") != 0 && strcmp(op, "!=") != 0))
			return fail(w, N_("it looks at a table or at several choices as a whole"));
		return arena_printf(w->a, "%s %s \"Y\"", box(w, field, key), sign);
	}
	return arena_printf(w->a, "%s %s %s", literal(w, other, left), sign, literal(w, field, right));
}

static const char *joined(struct writing *w, const json_t *call, const char *between)
{
	struct buf out;
	buf_init(&out, w->a, 0);
	for (size_t i = 1; i < json_array_size(call); i++)
		buf_printf(&out, "%s%s", i > 1 ? between : "", write_node(w, json_array_get(call, i)));
	return buf_str(&out);
}

/* What lists of numbers are made of: the boxes of several choices, one by one. */
static const char *list_of(struct writing *w, const json_t *call)
{
	struct buf out;
	buf_init(&out, w->a, 0);
	for (size_t i = 1; i < json_array_size(call); i++) {
		const json_t *node = json_array_get(call, i);
		const struct field *field = field_of(w, node);
		const char *text = field && is_boxes(field) ? all_boxes(w, field) : NULL;
		if (text == NULL && field && field->whole == NULL && field->nrows) {
			struct buf rows;
			buf_init(&rows, w->a, 0);
			for (int k = 0; k < w->codes->form->nparts; k++)
				if (w->codes->form->parts[k].whole == field)
					buf_printf(&rows, "%s%s", rows.len ? ", " : "",
					           variable(w, &w->codes->form->parts[k]));
			text = buf_str(&rows);
		}
		buf_printf(&out, "%s%s", i > 1 ? ", " : "", text ? text : write_node(w, node));
	}
	return buf_str(&out);
}

static const char *empty(struct writing *w, const json_t *call)
{
	const struct field *field = field_of(w, json_array_get(call, 1));
	if (field && is_boxes(field)) return arena_printf(w->a, "count(%s) == 0", all_boxes(w, field));
	return arena_printf(w->a, "is_empty(%s)", joined(w, call, ", "));
}

static const char *one_of(struct writing *w, const json_t *call)
{
	struct buf out;
	buf_init(&out, w->a, 0);
	for (size_t i = 2; i < json_array_size(call); i++)
		buf_printf(&out, "%s(%s)", i > 2 ? " or " : "",
		           compare(w, "=", json_array_get(call, 1), json_array_get(call, i)));
	return buf_str(&out);
}

static const struct {
	const char *ours, *theirs;
	bool list;
} functions[] = { { "count", "count", true },  { "sum", "sum", true },       { "min", "min", true },
	          { "max", "max", true },      { "if", "if", false },        { "round", "round", false },
	          { "abs", "abs", false },     { "whole", "intval", false }, { "length", "strlen", false },
	          { "join", "implode", false } };

static const char *call(struct writing *w, const json_t *node)
{
	const char *op = json_string_value(json_array_get(node, 0));
	const json_t *first = json_array_get(node, 1), *second = json_array_get(node, 2);
	if (strcmp(op, "and") == 0 || strcmp(op, "or") == 0)
		return arena_printf(w->a, "(%s) %s (%s)", write_node(w, first), op, write_node(w, second));
	if (strcmp(op, "not") == 0) return arena_printf(w->a, "!(%s)", write_node(w, first));
	if (strchr("=!<>", *op)) return compare(w, op, first, second);
	if (strlen(op) == 1) return arena_printf(w->a, "(%s) %s (%s)", write_node(w, first), op, write_node(w, second));
	if (strcmp(op, "minus") == 0) return arena_printf(w->a, "-(%s)", write_node(w, first));
	if (strcmp(op, "in") == 0) return one_of(w, node);
	if (strcmp(op, "empty") == 0) return empty(w, node);
	if (strcmp(op, "contains") == 0 && field_of(w, first) && is_boxes(field_of(w, first)))
		return compare(w, "=", first, second);
	if (strcmp(op, "mean") == 0)
		return arena_printf(w->a, "sum(%s) / count(%s)", list_of(w, node), list_of(w, node));
	for (size_t i = 0; i < COUNT(functions); i++)
		if (strcmp(functions[i].ours, op) == 0)
			return arena_printf(w->a, "%s(%s)", functions[i].theirs,
			                    functions[i].list ? list_of(w, node) : joined(w, node, ", "));
	return fail(w, N_("it works with days, patterns or pieces of texts"));
}

static const char *write_node(struct writing *w, const json_t *node)
{
	if (json_is_array(node)) return call(w, node);
	if (json_is_boolean(node)) return json_is_true(node) ? "1" : "0";
	if (json_str(node, "n")) return json_str(node, "n");
	if (json_str(node, "t")) return quoted(w, json_str(node, "t"));
	const struct field *field = field_of(w, node);
	if (field == NULL) return fail(w, N_("it looks at a question that is left out"));
	if (field_means(field) == EXPRESSION_DATE)
		return fail(w, N_("it works with days, patterns or pieces of texts"));
	return variable(w, field);
}

const char *limesurvey_condition(struct arena *a, const struct limesurvey_codes *codes, const struct expression *e,
                                 const char **why)
{
	struct writing w = { .a = a, .codes = codes };
	const char *text = write_node(&w, json_keep(a, expression_json(e)));
	*why = w.why;
	return w.why ? NULL : text;
}
