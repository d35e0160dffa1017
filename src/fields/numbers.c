/*
 * Several numbers, a line for each, and their total. The value is an object, key of a line → number (a decimal, as
 * text); lines without a number are not in it. Options: rows (lines; each may have a unit of its own), unit, min, max
 * and decimals (of each), every (each line needs one), total (what they make together, exactly) or total_max (at
 * most), sum (the total is shown).
 */
#include "fields/numbers.h"

#include <string.h>

#include "base/number_sum.h"
#include "core/form_part.h"
#include "fields/fields.h"
#include "fields/lines.h"
#include "fields/numbers.html.h"

/* The sum of those that are numbers; "" when there is none to show. */
static const char *sum_of(struct arena *a, const json_t *value)
{
	const char **numbers = arena_array(a, const char *, json_object_size(value) + 1), *key;
	char sum[NUMBER_SIZE];
	json_t *cell;
	int n = 0;
	json_object_foreach ((json_t *)value, key, cell)
		if (number_valid(value_str(cell))) numbers[n++] = value_str(cell);
	return n && number_sum(numbers, n, sum) ? arena_strdup(a, sum) : "";
}

static json_t *numbers_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	json_t *value = json_keep(issues->arena, json_object());
	for (int i = 0; i < field->nrows; i++) {
		const struct choice *line = &field->rows[i];
		const char *name = arena_printf(issues->arena, "%s.%s", field->key, line->key);
		const char *text = post->get(post->context, name, 0);
		json_t *cell = text ? line_read_number(field, label_text(&line->label, post->lang), text, post->lang,
		                                       issues)
		                    : NULL;
		if (cell) json_object_set(value, line->key, cell);
	}
	return json_object_size(value) ? value : NULL;
}

/* "walk: 3; bus: 12.5" */
static json_t *numbers_import(const struct field *field, const char *text, struct issues *issues)
{
	struct arena *a = issues->arena;
	json_t *value = json_keep(a, json_object());
	const char *clean = value_clean(field, text, TEXT_BLOCK, issues);
	for (const char *at = clean ? clean : ""; *at;) {
		size_t len = strcspn(at, ";\n");
		char *piece = arena_strndup(a, at, len), *colon = strrchr(piece, ':');
		if (colon) *colon = '\0';
		const struct choice *line = choice_named(field->rows, field->nrows, text_trim(a, piece), a);
		if (colon && line) {
			json_t *cell = line_read_number(field, label_text(&line->label, LANG_FR), colon + 1, LANG_FR,
			                                issues);
			if (cell) json_object_set(value, line->key, cell);
		} else if (!text_is_blank(piece)) {
			issues_add(issues, field->key, N_("This question has no line “%s”."), text_trim(a, piece));
		}
		at += len + (at[len] != '\0');
	}
	return json_object_size(value) ? value : NULL;
}

static void check_total(const struct field *field, const json_t *value, struct issues *issues)
{
	const char *total = value_bound(field, "total", issues->arena),
	           *most = value_bound(field, "total_max", issues->arena), *sum = sum_of(issues->arena, value);
	if (*sum == '\0') issues_add(issues, field->key, N_("These numbers are too large."));
	else if (total && number_compare(sum, total) != 0)
		issues_add(issues, field->key, N_("Together they should make %s; they make %s."), total, sum);
	else if (most && number_compare(sum, most) > 0)
		issues_add(issues, field->key, N_("Together they should make at most %s; they make %s."), most, sum);
}

static void numbers_check(const struct field *field, const json_t *value, struct issues *issues)
{
	int before = issues->count;
	if (!lines_check(field, value, issues)) return;
	for (int i = 0; i < field->nrows; i++) {
		const json_t *cell = json_object_get(value, field->rows[i].key);
		if (cell) line_check_number(field, label_text(&field->rows[i].label, issues->lang), cell, issues);
	}
	lines_check_needed(field, value, issues);
	if (issues->count == before) check_total(field, value, issues);
}

static void check_definition(const struct field *field, struct issues *issues)
{
	lines_check_definition(field, issues);
	if (json_object_get(field->definition, "total") && json_object_get(field->definition, "total_max"))
		issues_add(issues, "total_max", N_("a total is said once: exactly, or at most"));
}

/* ---- Shown ---- */

bool numbers_shows_sum(const struct field *field)
{
	return json_bool(field->definition, "sum", false) || json_object_get(field->definition, "total") ||
	       json_object_get(field->definition, "total_max");
}

const char *numbers_sum(const struct page *p, const struct field *field, const json_t *value)
{
	const char *sum = sum_of(p->arena, value);
	return *sum ? line_number(p->arena, p->lang, field, NULL, sum) : "";
}

const char *numbers_rule(const struct page *p, const struct field *field)
{
	const char *total = value_bound(field, "total", p->arena), *most = value_bound(field, "total_max", p->arena);
	if (total)
		return page_printf(p, _("Together they make %s."), line_number(p->arena, p->lang, field, NULL, total));
	if (most)
		return page_printf(p, _("Together they make at most %s."),
		                   line_number(p->arena, p->lang, field, NULL, most));
	return "";
}

const char *numbers_bound(const struct page *p, const struct field *field, const char *name)
{
	const char *bound = value_bound(field, name, p->arena);
	return bound ? bound : "";
}

static void numbers_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	struct arena a;
	bool any = false;
	arena_init(&a);
	for (int i = 0; i < field->nrows; i++) {
		const struct choice *line = &field->rows[i];
		const json_t *cell = json_object_get(value, line->key);
		if (cell == NULL) continue;
		buf_printf(out, "%s%s%s%s", any ? "\n" : "", label_text(&line->label, lang),
		           lang == LANG_FR ? "\u00A0: " : ": ", line_number(&a, lang, field, line, value_str(cell)));
		any = true;
	}
	if (any && numbers_shows_sum(field))
		buf_printf(out, "\n%s%s%s", tr(lang, N_("Total")), lang == LANG_FR ? "\u00A0: " : ": ",
		           line_number(&a, lang, field, NULL, sum_of(&a, value)));
	arena_release(&a);
}

static void numbers_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	bool any = false;
	for (int i = 0; i < field->nrows; i++) {
		const json_t *cell = json_object_get(value, field->rows[i].key);
		if (cell == NULL) continue;
		buf_printf(out, "%s%s: %s", any ? "; " : "", field->rows[i].key, value_str(cell));
		any = true;
	}
}

static void numbers_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	numbers_shown(out, p, field, value);
}

static void numbers_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const char *sum = numbers_shows_sum(field) ? numbers_sum(p, field, value) : "";
	int n = (int)json_object_size(value);
	html_text_str(out,
	              *sum ? page_printf(p, _("total: %s"), sum) : page_printf(p, _n("%d number", "%d numbers", n), n));
}

static void numbers_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	numbers_inputs(out, p, field, value);
}

static bool numbers_grouped(const struct field *field)
{
	(void)field;
	return true;
}

/* Each number is a part; the whole is only filled in. */
static void numbers_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	(void)value;
	(void)a;
	(void)sink;
}

static int numbers_parts(const struct field *field, struct arena *a, struct field *ret, int max)
{
	int n = 0;
	for (int i = 0; i < field->nrows && n < max; i++) {
		const struct choice *line = &field->rows[i];
		struct field part = part_make(a, field, &field_number, line, NULL);
		if (*label_text(&line->unit, LANG_FR)) {
			json_t *own = json_keep(a, json_copy((json_t *)field->definition));
			json_object_set_new(own, "unit",
			                    json_pack("{s:s,s:s}", "fr", label_text(&line->unit, LANG_FR), "en",
			                              label_text(&line->unit, LANG_EN)));
			part.definition = own;
		}
		ret[n++] = part;
	}
	return n;
}

void lines_mentions(const struct field *field, const json_t *value, json_t *choices, json_t *rows)
{
	const char *key;
	json_t *cell;
	(void)field;
	(void)choices;
	json_object_foreach ((json_t *)value, key, cell)
		json_object_set_new(rows, key, json_integer(json_int(rows, key, 0) + 1));
}

static const struct type_option numbers_options[] = {
	{ "rows", OPTION_ROWS, N_("Lines"), N_("One a line: what each number is of."), 1, 1, true },
	{ "unit", OPTION_LABEL, N_("Unit"), N_("Written after each number: km, people, €."), 0, 20, false },
	{ "min", OPTION_NUMBER, N_("Not under"), NULL, 0, 0, false },
	{ "max", OPTION_NUMBER, N_("Not over"), NULL, 0, 0, false },
	{ "decimals", OPTION_COUNT, N_("Digits after the decimal point, at most"), N_("0: whole numbers only."), 0,
	  NUMBER_FRACTION, false },
	{ "total", OPTION_NUMBER, N_("Together they make exactly"), N_("100, for shares of a whole."), 0, 0, false },
	{ "total_max", OPTION_NUMBER, N_("Together they make at most"), NULL, 0, 0, false },
	{ "sum", OPTION_FLAG, N_("The total is shown"), NULL, 0, 0, false },
	{ "every", OPTION_FLAG, N_("Each line needs an answer"), NULL, 0, 0, false },
	{ 0 },
};

const struct field_type field_numbers = {
	.name = "numbers",
	.means = EXPRESSION_NUMBERS,
	.label = N_("Several numbers"),
	.description = N_("A number on each line, and their total"),
	.icon = "chart-column",
	.options = numbers_options,
	.first_options = 2,
	.check_definition = check_definition,
	.read = numbers_read,
	.import = numbers_import,
	.check = numbers_check,
	.show = numbers_show,
	.brief = numbers_brief,
	.edit = numbers_edit,
	.grouped = numbers_grouped,
	.text = numbers_text,
	.export = numbers_export,
	.index = numbers_index,
	.parts = numbers_parts,
	.mentions = lines_mentions,
	.wide = true,
};
