/* Tables of questions: read from a form or a file, and checked. */
#include <string.h>

#include "base/json.h"
#include "fields/fields.h"
#include "fields/lines.h"
#include "fields/matrix.h"

const char *const matrix_scales[2] = { "first", "second" };

enum matrix_answer matrix_answer(const struct field *field)
{
	static const char *const words[] = { [MATRIX_ONE] = "",
		                             [MATRIX_SEVERAL] = "several",
		                             [MATRIX_TWO] = "two",
		                             [MATRIX_NUMBER] = "number",
		                             [MATRIX_WORDS] = "text" };
	const char *answer = json_str_or(field->definition, "answer", "");
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], answer) == 0) return (enum matrix_answer)i;
	return MATRIX_ONE;
}

bool matrix_types(const struct field *field)
{
	return matrix_answer(field) >= MATRIX_NUMBER;
}

bool matrix_is_wide(const struct field *field)
{
	return matrix_types(field) && field->nchoices > 0;
}

const struct choice *matrix_columns(const struct field *field, int scale, int *n)
{
	*n = scale ? field->nsecond : field->nchoices;
	return scale ? field->second : field->choices;
}

/* ---- Read ---- */

static const char *posted_at(const struct field *field, const struct field_post *post, const char *row,
                             const char *column, int i, struct arena *a)
{
	const char *name = arena_printf(a, "%s.%s%s%s", field->key, row, column ? "." : "", column ? column : "");
	return post->get(post->context, name, i);
}

/* The key of a column that was chosen; NULL for nothing. */
static json_t *read_choice(const struct field *field, const struct choice *row, int scale, const char *text,
                           struct issues *issues)
{
	int n;
	const struct choice *columns = matrix_columns(field, scale, &n), *column;
	const char *clean = text ? value_clean(field, text, TEXT_LINE, issues) : NULL;
	if (clean == NULL) return NULL;
	column = choice_named(columns, n, text_trim(issues->arena, clean), issues->arena);
	if (column) return value_string(issues, column->key);
	issues_add(issues, field->key, N_("%s: “%s” is not one of the choices."), label_text(&row->label, issues->lang),
	           clean);
	return NULL;
}

/* In the order of the columns, each once. */
static json_t *in_order(const struct field *field, const json_t *named, struct arena *a)
{
	json_t *list = json_keep(a, json_array());
	for (int i = 0; i < field->nchoices; i++)
		if (json_object_get(named, field->choices[i].key))
			json_array_append_new(list, json_string(field->choices[i].key));
	return json_array_size(list) ? list : NULL;
}

static json_t *read_several(const struct field *field, const struct field_post *post, const struct choice *row,
                            struct issues *issues)
{
	json_t *named = json_keep(issues->arena, json_object());
	const char *text;
	for (int i = 0; i <= field->nchoices; i++) {
		if ((text = posted_at(field, post, row->key, NULL, i, issues->arena)) == NULL) break;
		json_t *key = read_choice(field, row, 0, text, issues);
		if (key) json_object_set_new(named, json_string_value(key), json_true());
	}
	return in_order(field, named, issues->arena);
}

static json_t *read_typed(const struct field *field, const struct choice *row, const char *text, enum lang lang,
                          struct issues *issues)
{
	if (text == NULL) return NULL;
	if (matrix_answer(field) == MATRIX_NUMBER)
		return line_read_number(field, label_text(&row->label, lang), text, lang, issues);
	return value_string(issues, value_clean(field, text, TEXT_LINE, issues));
}

/* An object of what its columns, or its two scales, hold; NULL when there is nothing. */
static json_t *read_cells(const struct field *field, const struct field_post *post, const struct choice *row,
                          struct issues *issues)
{
	json_t *cells = json_keep(issues->arena, json_object());
	bool two = matrix_answer(field) == MATRIX_TWO;
	for (int i = 0; i < (two ? 2 : field->nchoices); i++) {
		const char *name = two ? matrix_scales[i] : field->choices[i].key;
		const char *text = posted_at(field, post, row->key, name, 0, issues->arena);
		json_t *cell = two ? read_choice(field, row, i, text, issues)
		                   : read_typed(field, row, text, post->lang, issues);
		if (cell) json_object_set(cells, name, cell);
	}
	return json_object_size(cells) ? cells : NULL;
}

static json_t *read_line(const struct field *field, const struct field_post *post, const struct choice *row,
                         struct issues *issues)
{
	if (matrix_is_wide(field) || matrix_answer(field) == MATRIX_TWO) return read_cells(field, post, row, issues);
	if (matrix_answer(field) == MATRIX_SEVERAL) return read_several(field, post, row, issues);
	const char *text = posted_at(field, post, row->key, NULL, 0, issues->arena);
	if (matrix_types(field)) return read_typed(field, row, text, post->lang, issues);
	return read_choice(field, row, 0, text, issues);
}

json_t *matrix_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	json_t *value = json_keep(issues->arena, json_object());
	for (int i = 0; i < field->nrows; i++) {
		json_t *line = read_line(field, post, &field->rows[i], issues);
		if (line) json_object_set(value, field->rows[i].key, line);
	}
	return json_object_size(value) ? value : NULL;
}

/* The value itself, as JSON: in files of columns, each part has its own. */
json_t *matrix_import(const struct field *field, const char *text, struct issues *issues)
{
	const char *clean = value_clean(field, text, TEXT_BLOCK, issues);
	json_t *value;
	struct err err;
	if (clean == NULL) return NULL;
	if (json_parse(issues->arena, clean, strlen(clean), &value, &err) == OK && json_is_object(value)) return value;
	issues_add(issues, field->key, N_("This should be answers to the lines of this question."));
	return NULL;
}

void matrix_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
	buf_puts(out, text ? text : "");
	free(text);
}

/* ---- Checked ---- */

static void check_choice(const struct field *field, const struct choice *row, int scale, const json_t *value,
                         struct issues *issues)
{
	int n;
	const struct choice *columns = matrix_columns(field, scale, &n);
	if (choice_among(columns, n, value_str(value)) == NULL)
		issues_add(issues, field->key, N_("%s: “%s” is not one of the choices."),
		           label_text(&row->label, issues->lang), value_str(value));
}

static void check_typed(const struct field *field, const struct choice *row, const json_t *value, struct issues *issues)
{
	if (matrix_answer(field) == MATRIX_NUMBER)
		line_check_number(field, label_text(&row->label, issues->lang), value, issues);
	else (void)value_check_string(field, value, MATRIX_TEXT, issues);
}

static void check_list(const struct field *field, const struct choice *row, const json_t *line, struct issues *issues)
{
	size_t n = json_array_size(line);
	if (!json_is_array(line) || n == 0 || n > (size_t)field->nchoices) {
		issues_add(issues, field->key, N_("This should be a list of choices."));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		check_choice(field, row, 0, json_array_get(line, i), issues);
		for (size_t j = 0; j < i; j++)
			if (json_equal(json_array_get(line, i), json_array_get(line, j)))
				issues_add(issues, field->key, N_("This should be a list of choices."));
	}
}

/* Each member is a column, or a scale; each scale is answered where each line needs an answer. */
static void check_cells(const struct field *field, const struct choice *row, const json_t *line, struct issues *issues)
{
	bool two = matrix_answer(field) == MATRIX_TWO;
	size_t known = 0;
	int n = two ? 2 : field->nchoices;
	for (int i = 0; i < n; i++) {
		const json_t *cell = json_object_get(line, two ? matrix_scales[i] : field->choices[i].key);
		known += cell != NULL;
		if (cell && two) check_choice(field, row, i, cell, issues);
		else if (cell) check_typed(field, row, cell, issues);
	}
	if (!json_is_object(line) || known == 0 || known != json_object_size(line))
		issues_add(issues, field->key, N_("This should be answers to the lines of this question."));
	else if (two && known < 2 && line_needed(field, row))
		issues_add(issues, field->key, N_("“%s” needs both answers."), label_text(&row->label, issues->lang));
}

void matrix_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!lines_check(field, value, issues)) return;
	for (int i = 0; i < field->nrows; i++) {
		const struct choice *row = &field->rows[i];
		const json_t *line = json_object_get(value, row->key);
		if (line == NULL) continue;
		if (matrix_is_wide(field) || matrix_answer(field) == MATRIX_TWO) check_cells(field, row, line, issues);
		else if (matrix_answer(field) == MATRIX_SEVERAL) check_list(field, row, line, issues);
		else if (matrix_types(field)) check_typed(field, row, line, issues);
		else check_choice(field, row, 0, line, issues);
	}
	lines_check_needed(field, value, issues);
}

void matrix_check_definition(const struct field *field, struct issues *issues)
{
	enum matrix_answer answer = matrix_answer(field);
	lines_check_definition(field, issues);
	if (!matrix_types(field) && field->nchoices == 0)
		issues_add(issues, "choices", N_("a field of this type has choices or a list"));
	if (answer == MATRIX_TWO && field->nsecond == 0)
		issues_add(issues, "second", N_("a table of two scales has the columns of the second one"));
	if (field->nchoices > LINE_COLUMNS_MAX || field->nsecond > LINE_COLUMNS_MAX)
		issues_add(issues, "choices", N_("%d columns at most"), LINE_COLUMNS_MAX);
	if (matrix_is_wide(field) && field->nrows * field->nchoices > LINE_CELLS_MAX)
		issues_add(issues, "choices", N_("%d cells to fill in at most"), LINE_CELLS_MAX);
}
