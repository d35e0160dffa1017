/*
 * A table of questions: lines that are all answered in the same way. The value is an object, key of a line → answer;
 * lines without one are not in it. What an answer is, the option `answer` says:
 *
 *	absent     one column         "often"
 *	several    several columns    ["often", "rarely"], in the order of the columns
 *	two        two scales         {"first": "often", "second": "good"}, either or both
 *	number     a number           "12.5", a decimal as text; with columns: {"monday": "12.5"}
 *	text       a text             "words"; with columns: {"monday": "words"}
 *
 * Options: rows (lines; one may be `required`), answer, choices or list (the columns), second (those of the second
 * scale), first_label and second_label (what the scales are called), every (each line needs an answer), unit, min, max
 * and decimals (of numbers).
 *
 * One markup is a table where there is room, and a list of questions with their choices where there is not.
 */
#include "fields/matrix.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "core/form_part.h"
#include "fields/fields.h"
#include "fields/lines.h"
#include "fields/matrix.html.h"
#include "fields/numbers.h"

struct label matrix_scale_label(const struct field *field, int scale, struct arena *a)
{
	return label_from_json(a, json_object_get(field->definition, scale ? "second_label" : "first_label"));
}

const json_t *matrix_cell(const json_t *line, const struct choice *column)
{
	return json_object_get(line, column->key);
}

bool matrix_chosen(const struct field *field, const json_t *line, int scale, const char *key)
{
	if (matrix_answer(field) == MATRIX_TWO)
		return strcmp(value_str(json_object_get(line, matrix_scales[scale])), key) == 0;
	for (size_t i = 0; i < json_array_size(line); i++)
		if (strcmp(value_str(json_array_get(line, i)), key) == 0) return true;
	return strcmp(value_str(line), key) == 0;
}

/* ---- In words ---- */

static const char *column_words(const struct field *field, int scale, const json_t *value, enum lang lang)
{
	int n;
	const struct choice *columns = matrix_columns(field, scale, &n);
	const struct choice *column = choice_among(columns, n, value_str(value));
	return column ? label_text(&column->label, lang) : value_str(value);
}

static const char *typed_words(struct arena *a, enum lang lang, const struct field *field, const struct choice *row,
                               const json_t *cell)
{
	if (matrix_answer(field) != MATRIX_NUMBER) return value_str(cell);
	return line_number(a, lang, field, row, value_str(cell));
}

static void put_cells(struct buf *out, struct arena *a, enum lang lang, const struct field *field,
                      const struct choice *row, const json_t *line)
{
	bool two = matrix_answer(field) == MATRIX_TWO, any = false;
	for (int i = 0; i < (two ? 2 : field->nchoices); i++) {
		const json_t *cell = json_object_get(line, two ? matrix_scales[i] : field->choices[i].key);
		if (cell == NULL) continue;
		struct label name = two ? matrix_scale_label(field, i, a) : field->choices[i].label;
		buf_puts(out, any ? ", " : "");
		if (*label_text(&name, lang))
			buf_printf(out, "%s%s", label_text(&name, lang), lang == LANG_FR ? "\u00A0: " : ": ");
		buf_puts(out, two ? column_words(field, i, cell, lang) : typed_words(a, lang, field, row, cell));
		any = true;
	}
}

void matrix_words(struct buf *out, enum lang lang, const struct field *field, const struct choice *row,
                  const json_t *line)
{
	struct arena a;
	arena_init(&a);
	if (json_is_object(line)) put_cells(out, &a, lang, field, row, line);
	else if (matrix_types(field)) buf_puts(out, typed_words(&a, lang, field, row, line));
	else if (!json_is_array(line)) buf_puts(out, column_words(field, 0, line, lang));
	for (size_t i = 0; i < json_array_size(line); i++)
		buf_printf(out, "%s%s", i ? ", " : "", column_words(field, 0, json_array_get(line, i), lang));
	arena_release(&a);
}

const char *matrix_line_words(const struct page *p, const struct field *field, const struct choice *row,
                              const json_t *value)
{
	struct buf out;
	const json_t *line = json_object_get(value, row->key);
	buf_init(&out, p->arena, 0);
	if (line) matrix_words(&out, p->lang, field, row, line);
	return buf_str(&out);
}

const char *matrix_cell_words(const struct page *p, const struct field *field, const struct choice *row,
                              const json_t *value, const struct choice *column)
{
	const json_t *cell = matrix_cell(json_object_get(value, row->key), column);
	return cell ? typed_words(p->arena, p->lang, field, row, cell) : "";
}

const char *matrix_scale_words(const struct page *p, const struct field *field, const struct choice *row,
                               const json_t *value, int scale)
{
	const json_t *cell = json_object_get(json_object_get(value, row->key), matrix_scales[scale]);
	return cell ? column_words(field, scale, cell, p->lang) : "";
}

static void matrix_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	bool any = false;
	for (int i = 0; i < field->nrows; i++) {
		const json_t *line = json_object_get(value, field->rows[i].key);
		if (line == NULL) continue;
		buf_printf(out, "%s%s%s", any ? "\n" : "", label_text(&field->rows[i].label, lang),
		           lang == LANG_FR ? "\u00A0: " : ": ");
		matrix_words(out, lang, field, &field->rows[i], line);
		any = true;
	}
}

static void matrix_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	matrix_shown(out, p, field, value);
}

static void matrix_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	int asked = 0;
	for (int i = 0; i < field->nrows; i++) asked += line_asked(&field->rows[i], value);
	html_text_str(out, page_printf(p, _("%d of %d lines answered"), (int)json_object_size(value), asked));
}

/* ---- In the form ---- */

bool matrix_gives_back(const struct field *field, const json_t *value)
{
	if (matrix_answer(field) != MATRIX_ONE && matrix_answer(field) != MATRIX_TWO) return false;
	return json_object_size(value) > 0 && !json_bool(field->definition, "every", false);
}

const char *matrix_column_id(const struct page *p, const struct field *field, int scale, const char *column)
{
	return field_id(p, field, arena_printf(p->arena, "--%d-%s", scale + 1, column));
}

const char *matrix_named(const struct page *p, const struct field *field, const struct choice *row, int scale,
                         const char *column)
{
	return arena_printf(p->arena, "%s-line %s", line_id(p, field, row, NULL),
	                    matrix_column_id(p, field, scale, column));
}

const char *matrix_name(const struct page *p, const struct field *field, const struct choice *row, int scale)
{
	return line_control(p, field, row, matrix_answer(field) == MATRIX_TWO ? matrix_scales[scale] : NULL);
}

const char *matrix_cell_shown(const struct page *p, const struct field *field, const json_t *cell)
{
	return matrix_answer(field) == MATRIX_NUMBER ? number_shown(p, cell) : value_str(cell);
}

static void matrix_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	if (matrix_types(field)) matrix_typed(out, p, field, value);
	else matrix_chosen_among(out, p, field, value);
}

static bool matrix_grouped(const struct field *field)
{
	(void)field;
	return true;
}

/* ---- Found: each line is a part ---- */

static void matrix_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	const char *key, *column;
	json_t *line, *cell;
	(void)a;
	if (matrix_answer(field) != MATRIX_WORDS) return;
	json_object_foreach ((json_t *)value, key, line) {
		if (json_is_string(line)) sink->words(sink, json_string_value(line));
		json_object_foreach (line, column, cell) sink->words(sink, value_str(cell));
	}
}

static const struct field_type *part_type(const struct field *field)
{
	static const struct field_type *const types[] = { [MATRIX_ONE] = &field_choice_type,
		                                          [MATRIX_SEVERAL] = &field_choices,
		                                          [MATRIX_TWO] = &field_choice_type,
		                                          [MATRIX_NUMBER] = &field_number,
		                                          [MATRIX_WORDS] = &field_text };
	return types[matrix_answer(field)];
}

/* The scale of a part of two, by its key and its name. */
static struct choice scale_choice(const struct field *field, int scale, struct arena *a)
{
	struct choice choice = { .key = matrix_scales[scale], .label = matrix_scale_label(field, scale, a) };
	if (*label_text(&choice.label, LANG_FR)) return choice;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		choice.label.text[lang] = tr((enum lang)lang, scale ? N_("second scale") : N_("first scale"));
	return choice;
}

static int matrix_parts(const struct field *field, struct arena *a, struct field *ret, int max)
{
	enum matrix_answer answer = matrix_answer(field);
	int n = 0, cells = answer == MATRIX_TWO ? 2 : matrix_is_wide(field) ? field->nchoices : 1;
	for (int i = 0; i < field->nrows; i++)
		for (int c = 0; c < cells && n < max; c++) {
			struct choice scale = answer == MATRIX_TWO ? scale_choice(field, c, a) : (struct choice){ 0 };
			const struct choice *column = answer == MATRIX_TWO    ? &scale
			                              : matrix_is_wide(field) ? &field->choices[c]
			                                                      : NULL;
			struct field part = part_make(a, field, part_type(field), &field->rows[i], column);
			if (answer == MATRIX_TWO && c) {
				part.choices = field->second;
				part.nchoices = field->nsecond;
			}
			if (matrix_types(field)) part.choices = NULL, part.nchoices = 0;
			ret[n++] = part;
		}
	return n;
}

/* ---- When lines and columns go away ---- */

static void count(json_t *counts, const char *before, const char *key)
{
	char name[64];
	if (*key == '\0') return;
	snprintf(name, sizeof(name), "%s%s", before, key);
	json_object_set_new(counts, name, json_integer(json_int(counts, name, 0) + 1));
}

/* Columns of what is typed count as choices do. */
static void matrix_mentions(const struct field *field, const json_t *value, json_t *choices, json_t *rows)
{
	const char *key, *column;
	json_t *line, *cell;
	lines_mentions(field, value, choices, rows);
	json_object_foreach ((json_t *)value, key, line) {
		if (!matrix_types(field)) count(choices, "", value_str(line));
		for (size_t i = 0; i < json_array_size(line); i++)
			count(choices, "", value_str(json_array_get(line, i)));
		json_object_foreach (line, column, cell)
			if (matrix_is_wide(field)) count(choices, "", column);
			else if (strcmp(column, matrix_scales[0]) == 0) count(choices, "", value_str(cell));
			else count(rows, "second.", value_str(cell));
	}
}

static json_t *replaced_line(struct arena *a, const struct field *field, const json_t *line, const json_t *instead)
{
	const char *now = json_str(instead, value_str(line));
	if (json_is_string(line)) return now ? json_keep(a, json_string(now)) : NULL;
	if (json_is_object(line)) {
		now = json_str(instead, json_str_or(line, matrix_scales[0], ""));
		if (now == NULL) return NULL;
		json_t *copy = json_keep(a, json_copy((json_t *)line));
		json_object_set_new(copy, matrix_scales[0], json_string(now));
		return copy;
	}
	return field_choices.replace(a, field, line, instead);
}

/* What is typed under a column stays under it. */
static json_t *matrix_replace(struct arena *a, const struct field *field, const json_t *value, const json_t *instead)
{
	json_t *copy = json_keep(a, json_copy((json_t *)value)), *line;
	const char *key;
	bool any = false;
	json_object_foreach ((json_t *)value, key, line) {
		json_t *now = matrix_types(field) ? NULL : replaced_line(a, field, line, instead);
		any |= now != NULL;
		if (now) json_object_set(copy, key, now);
	}
	return any ? copy : NULL;
}

/* Two people who answered different lines are both kept. */
static json_t *matrix_merge(struct arena *a, const json_t *base, const json_t *mine, const json_t *theirs)
{
	const json_t *const sides[] = { mine, theirs };
	json_t *merged = json_keep(a, json_object()), *line;
	const char *key;
	for (size_t s = 0; s < COUNT(sides); s++)
		json_object_foreach ((json_t *)sides[s], key, line) {
			const json_t *was = json_object_get(base, key), *x = json_object_get(mine, key),
			             *y = json_object_get(theirs, key);
			bool mine_same = x == was || (x && was && json_equal(x, was));
			bool theirs_same = y == was || (y && was && json_equal(y, was));
			bool equal = x && y && json_equal(x, y);
			if (!mine_same && !theirs_same && !equal) return NULL;
			const json_t *kept = equal || theirs_same ? x : y;
			if (kept) json_object_set(merged, key, (json_t *)kept);
		}
	return json_object_size(merged) ? merged : NULL;
}

static const struct option_word answers[] = { { "", N_("One column on each line") },
	                                      { "several", N_("Several columns on each line") },
	                                      { "two", N_("One column of each of two scales") },
	                                      { "number", N_("A number") },
	                                      { "text", N_("A text") },
	                                      { 0 } };
static const struct option_words matrix_option_words[] = { { "answer", answers }, { 0 } };

static const struct type_option matrix_options[] = {
	{ "rows", OPTION_ROWS, N_("Lines"), N_("One a line: what is asked about."), 1, 1, true },
	{ "answer", OPTION_WORD, N_("What is answered"), NULL, 0, 0, false },
	{ "choices", OPTION_CHOICES, N_("Columns"),
	  N_("One a line, from left to right. For numbers and texts: none, or the columns to fill in."), 1, 1, false },
	{ "every", OPTION_FLAG, N_("Each line needs an answer"), NULL, 0, 0, false },
	{ "opposed", OPTION_FLAG, N_("The columns go from one end to the other, with a middle"),
	  N_("From “not at all” to “quite”: results are drawn on both sides of the middle."), 0, 0, false },
	{ "first_label", OPTION_LABEL, N_("Of two scales: name of the first"), NULL, 0, 80, false },
	{ "second", OPTION_ROWS, N_("Of two scales: columns of the second"), N_("One a line."), 1, 1, false },
	{ "second_label", OPTION_LABEL, N_("Of two scales: name of the second"), NULL, 0, 80, false },
	{ "unit", OPTION_LABEL, N_("Of numbers: unit"), N_("Written after the number: km, people, €."), 0, 20, false },
	{ "min", OPTION_NUMBER, N_("Of numbers: not under"), NULL, 0, 0, false },
	{ "max", OPTION_NUMBER, N_("Of numbers: not over"), NULL, 0, 0, false },
	{ "decimals", OPTION_COUNT, N_("Of numbers: digits after the decimal point, at most"),
	  N_("0: whole numbers only."), 0, NUMBER_FRACTION, false },
	{ 0 },
};

const struct field_type field_matrix = {
	.name = "matrix",
	.label = N_("A table of questions"),
	.description = N_("Lines that are all answered in the same way"),
	.icon = "table",
	.options = matrix_options,
	.first_options = 5,
	.words = matrix_option_words,
	.check_definition = matrix_check_definition,
	.read = matrix_read,
	.import = matrix_import,
	.check = matrix_check,
	.show = matrix_show,
	.brief = matrix_brief,
	.edit = matrix_edit,
	.grouped = matrix_grouped,
	.text = matrix_text,
	.export = matrix_export,
	.index = matrix_index,
	.merge = matrix_merge,
	.parts = matrix_parts,
	.mentions = matrix_mentions,
	.replace = matrix_replace,
	.wide = true,
};
