#include "features/answers_in/answer_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/text.h"
#include "core/form_answers.h"
#include "core/index_key.h"
#include "core/moment.h"
#include "features/answers_in/answer_choice.h"
#include "fields/chosen.h"

enum { KNOWN_MAX = 500 /* different cells of one column that are remembered */, CELL_REMEMBERED = 200 };

struct order {
	int column;
	const struct answer_target *target;
};

static int by_target(const void *a, const void *b)
{
	const struct order *x = a, *y = b;
	if (x->target != y->target) return x->target < y->target ? -1 : 1;
	return x->column - y->column;
}

void answer_reader_init(struct answer_reader *reader, struct arena *a, const struct model *model,
                        const struct form *form, const struct answer_column *columns, int ncolumns)
{
	struct order *order = arena_array(a, struct order, (size_t)ncolumns + 1);
	int *ret = arena_array(a, int, (size_t)ncolumns + 1);
	for (int i = 0; i < ncolumns; i++) order[i] = (struct order){ i, columns[i].target };
	if (ncolumns) qsort(order, (size_t)ncolumns, sizeof(*order), by_target);
	for (int i = 0; i < ncolumns; i++) ret[i] = order[i].column;
	*reader = (struct answer_reader){ .a = a,
		                          .form = form,
		                          .columns = columns,
		                          .order = ret,
		                          .ncolumns = ncolumns,
		                          .known = arena_array(a, json_t *, (size_t)ncolumns + 1),
		                          .channel = CHANNEL_PAPER,
		                          .zone = model_zone(model) };
}

/* ---- Cells ---- */

static bool is_type(const struct field *field, const char *name)
{
	return strcmp(field->type->name, name) == 0;
}

/* "2024-03-09 10:30:00", and the hour where the question asks for a day alone. */
static const char *as_date(struct arena *a, const struct field *field, const char *text)
{
	struct date day;
	struct issues ignored;
	size_t len = strlen(text);
	const char *iso = len >= 10 ? arena_strndup(a, text, 10) : "";
	if (len <= 10 || !date_from_iso(iso, &day) || strchr(" T", text[10]) == NULL) return text;
	const char *timed = arena_printf(a, "%sT%.5s", iso, text + 11);
	issues_init(&ignored, a);
	json_t *value = field->type->import(field, timed, &ignored);
	if (value && ignored.count == 0) field->type->check(field, value, &ignored);
	return value && ignored.count == 0 ? timed : iso;
}

static const char *as_boolean(struct arena *a, const char *text)
{
	const char *folded = text_fold(a, text_trim(a, text));
	if (strcmp(folded, "y") == 0 || strcmp(folded, "o") == 0) return "1";
	return strcmp(folded, "n") == 0 ? "0" : text;
}

/* "12.0000000000", as LimeSurvey writes numbers. */
static const char *as_number(struct arena *a, const char *text)
{
	char *number = text_trim(a, text), *point = strchr(number, '.');
	if (point == NULL || number[strspn(number, "-0123456789.")] || strchr(point + 1, '.')) return text;
	for (char *end = point + strlen(point) - 1; end > point && *end == '0'; end--) *end = '\0';
	if (point[1] == '\0') *point = '\0';
	return number;
}

static const char *as_import_reads(struct arena *a, const struct field *field, const char *text)
{
	if (is_type(field, "choice")) return answer_choice(a, field, text);
	if (is_type(field, "choices")) return answer_choices(a, field, text);
	if (is_type(field, "ranking")) return answer_ranking(a, field, text);
	if (is_type(field, "date")) return as_date(a, field, text);
	if (is_type(field, "boolean")) return as_boolean(a, text);
	if (is_type(field, "number") || is_type(field, "scale")) return as_number(a, text);
	return text;
}

/* What our CSV writes before what a spreadsheet would take for a formula. */
static const char *without_mark(const char *text)
{
	return text[0] == '\'' && text[1] && strchr("=+-@\t\r", text[1]) ? text + 1 : text;
}

/* The same few words come back on thousands of lines: choices are looked for once. */
static const char *remembered(struct answer_reader *reader, int column, const char *text, struct arena *a)
{
	const struct field *field = reader->columns[column].target->field;
	bool chosen = is_type(field, "choice") || is_type(field, "choices");
	if (!chosen || strlen(text) > CELL_REMEMBERED) return as_import_reads(a, field, text);
	json_t **known = &reader->known[column];
	if (*known == NULL) *known = json_keep(reader->a, json_object());
	const char *before = json_str(*known, text);
	if (before) return before;
	const char *read = as_import_reads(a, field, text);
	if (json_object_size(*known) < KNOWN_MAX) json_object_set_new(*known, text, json_string(read));
	return read;
}

/* ---- One line ---- */

struct reading {
	struct answer_reader *reader;
	struct arena *a;
	struct issues *issues;
	struct answer_line *line;
	json_t *items; /* question or part → choice → {text, comment} */
};

static json_t *inside(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);
	if (value == NULL) json_object_set_new(object, key, value = json_object());
	return value;
}

static void read_whole(struct reading *x, int column, const char *text)
{
	const struct field *field = x->reader->columns[column].target->field;
	const char *read = remembered(x->reader, column, text, x->a);
	json_t *value = field->type->import(field, read, x->issues);
	if (value == NULL) return;
	if (field->whole) part_set(field, x->line->values, value);
	else json_object_set(x->line->values, field->key, value);
}

static void read_tick(struct reading *x, const struct answer_target *target, const char *text)
{
	switch (answer_tick(x->a, target->field, target->choice, text)) {
	case TICK_YES: inside(inside(x->items, target->field->key), target->choice->key); return;
	case TICK_NO: return;
	case TICK_NEITHER:
		issues_add(x->issues, target->field->key, N_("%s: “%s” says neither yes nor no"),
		           label_text(&target->choice->label, LANG_FR), text);
	}
}

static void read_words(struct reading *x, const struct answer_target *target, const char *text)
{
	bool comment = target->kind == ANSWER_COMMENT;
	const char *choice = target->choice ? target->choice->key : comment ? "" : CHOICE_OTHER;
	json_t *item = inside(inside(x->items, target->field->key), choice);
	json_object_set_new(item, comment ? "comment" : "text", json_string(text));
}

/* "2024-03-09 10:30:15", with Z in UTC; else as people type days and times, by the site's clocks. */
static int64_t moment_of(struct reading *x, const char *text)
{
	struct datetime t = { 0 };
	struct err err;
	size_t len = strlen(text);
	bool utc = len && text[len - 1] == 'Z', iso = len >= 16 && text[4] == '-' && strchr(" T", text[10]);
	const char *clean = iso ? arena_printf(x->a, "%.10sT%.5s", text, text + 11) : text;
	if (datetime_parse(clean, LANG_FR, &t, NULL, &err) != OK &&
	    date_parse(clean, LANG_FR, &t.date, NULL, &err) != OK) {
		issues_add(x->issues, "", N_("“%s” is not a date. Example: 28/11/2026"), text);
		return 0;
	}
	if (iso && len >= 19 && text[16] == ':') t.second = (int)strtol(text + 17, NULL, 10) % 60;
	if (t.date.year <= 1980) return 0; /* LimeSurvey's word for nobody knows when */
	if (!utc) return zone_utc(x->reader->zone, &t);
	return (date_to_days(t.date) * 86400 + (t.hour * 60 + t.minute) * 60 + t.second) * 1000;
}

static const struct {
	const char *word;
	enum channel channel;
} channels[] = { { "site", CHANNEL_WEB },       { "internet", CHANNEL_WEB },    { "en ligne", CHANNEL_WEB },
	         { "online", CHANNEL_WEB },     { "tablette", CHANNEL_KIOSK },  { "papier", CHANNEL_PAPER },
	         { "courrier", CHANNEL_PAPER }, { "telephone", CHANNEL_PHONE }, { "tel", CHANNEL_PHONE },
	         { "appel", CHANNEL_PHONE },    { "visite", CHANNEL_VISIT },    { "face a face", CHANNEL_VISIT } };

static enum channel channel_of(struct reading *x, const char *text)
{
	const char *folded = text_fold(x->a, text_trim(x->a, text));
	for (size_t i = 0; i < COUNT(channels); i++)
		if (strcmp(channels[i].word, folded) == 0) return channels[i].channel;
	for (int c = 0; c < CHANNEL_TRIAL; c++) {
		if (strcmp(channel_key((enum channel)c), folded) == 0) return (enum channel)c;
		for (int lang = 0; lang < LANG_COUNT; lang++)
			if (strcmp(text_fold(x->a, tr((enum lang)lang, channel_words((enum channel)c))), folded) == 0)
				return (enum channel)c;
	}
	issues_add(x->issues, "", N_("“%s” is no way of answering: web, tablet, paper, phone or visit"), text);
	return x->reader->channel;
}

static void read_cell(struct reading *x, int column, const char *text)
{
	const struct answer_target *target = x->reader->columns[column].target;
	switch (target->kind) {
	case ANSWER_NONE: return;
	case ANSWER_WHOLE: read_whole(x, column, text); return;
	case ANSWER_CHOICE: read_tick(x, target, text); return;
	case ANSWER_OTHER:
	case ANSWER_COMMENT: read_words(x, target, text); return;
	case ANSWER_SENT: x->line->completed = moment_of(x, text); return;
	case ANSWER_BEGUN: x->line->begun = moment_of(x, text); return;
	case ANSWER_CHANNEL: x->line->channel = channel_of(x, text); return;
	case ANSWER_NAME: x->line->name = text_cut(x->a, text, RESPONSE_NAME_MAX); return;
	case ANSWER_CODE: x->line->code = text; return;
	case ANSWER_LANGUAGE: x->line->language = strncmp(text, "en", 2) == 0 ? "en" : "fr"; return;
	}
}

/* ---- Choices gathered from several columns ---- */

static void put_item(struct buf *out, struct issues *issues, const char *key, const json_t *words)
{
	json_t *item = chosen_make(issues, key, json_str(words, "text"), json_str(words, "comment"));
	if (out->len) buf_putc(out, ';');
	chosen_export(out, item);
}

static json_t *own_item(json_t *items, const json_t *value)
{
	json_t *own = inside(items, chosen_key(value));
	if (*chosen_text(value)) json_object_set_new(own, "text", json_string(chosen_text(value)));
	if (*chosen_comment(value)) json_object_set_new(own, "comment", json_string(chosen_comment(value)));
	return own;
}

/* What its own column says, if there is one, and what the others add to it. */
static void gather(struct reading *x, const struct field *field, json_t *items)
{
	const json_t *before = field_value(field, x->line->values);
	struct buf out;
	buf_init(&out, x->a, 0);
	size_t i;
	json_t *item, *alone = json_object_get(items, "");
	const char *words = alone ? json_str_or(alone, "comment", "") : "";
	if (json_is_array(before))
		json_array_foreach (before, i, item) own_item(items, item);
	else if (before) {
		json_t *own = own_item(items, before);
		if (*words) json_object_set_new(own, "comment", json_string(words));
	}
	json_object_del(items, "");
	for (int c = 0; c < field->nchoices; c++) {
		json_t *chosen = json_object_get(items, field->choices[c].key);
		if (chosen) put_item(&out, x->issues, field->choices[c].key, chosen);
	}
	if (out.len == 0) return;
	json_t *value = field->type->import(field, buf_str(&out), x->issues);
	if (value == NULL) return;
	if (field->whole) part_set(field, x->line->values, value);
	else json_object_set(x->line->values, field->key, value);
}

static void gather_all(struct reading *x)
{
	const char *key;
	json_t *items;
	json_object_foreach (x->items, key, items) {
		const struct field *field = form_find(x->reader->form, key);
		if (field == NULL) field = form_field_ever(x->reader->form, key);
		if (field) gather(x, field, items);
	}
}

/* ---- Checked ---- */

/* As a whole response is, but that nothing needs an answer. */
static void check(struct reading *x)
{
	const struct form *form = x->reader->form;
	struct form_answers answers;
	form_answers_init(&answers, x->a, form, x->line->values, date_from_days(clock_now() / 86400000));
	for (int i = 0; i < form->nfields; i++) {
		struct field field = form->fields[i];
		const json_t *value = json_object_get(x->line->values, field.key);
		field.required = false;
		if (value == NULL || field.type->computes) continue;
		field.type->check(&field, value, x->issues);
		if (issues_of(x->issues, field.key) == NULL) form_check_answer(&answers, &field, x->issues);
	}
}

static void keep_asked(struct reading *x)
{
	const struct form *form = x->reader->form;
	json_t *typed = x->line->values, *asked = survey_values_asked(x->a, form, typed);
	for (int i = 0; i < form->nfields; i++)
		x->line->left_out += json_object_get(typed, form->fields[i].key) &&
		                     !json_object_get(asked, form->fields[i].key);
	for (int i = 0; i < form->nretired; i++) {
		json_t *value = json_object_get(typed, form->retired[i].key);
		if (value) json_object_set(asked, form->retired[i].key, value);
	}
	x->line->values = asked;
}

void answer_row_read(struct answer_reader *reader, const struct grid_row *row, struct issues *issues,
                     struct answer_line *ret)
{
	struct arena *a = issues->arena;
	*ret = (struct answer_line){ .values = json_keep(a, json_object()),
		                     .language = "fr",
		                     .code = "",
		                     .name = "",
		                     .channel = reader->channel };
	struct reading x = { reader, a, issues, ret, json_keep(a, json_object()) };
	for (int i = 0; i < reader->ncolumns; i++) {
		const char *text = without_mark(row->cells[reader->order[i]]);
		if (*text) read_cell(&x, reader->order[i], text);
	}
	gather_all(&x);
	if (json_object_size(ret->values) == 0 && issues->count == 0)
		issues_add(issues, "", N_("nothing is answered on this line"));
	keep_asked(&x);
	if (issues->count == 0) check(&x);
}
