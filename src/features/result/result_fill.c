#include "features/result/result_fill.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/form_part.h"
#include "core/index_key.h"
#include "core/place.h"

enum { TEXT_MAX = 4000 /* bytes kept of one answer */, YEAR_LENGTH = 4 };

enum fill_kind fill_kind_of(const struct field *field)
{
	static const struct {
		const char *type;
		enum fill_kind kind;
	} kinds[] = { { "choice", FILL_CHOICES },  { "choices", FILL_CHOICES }, { "tree", FILL_CHOICES },
		      { "boolean", FILL_YES_NO },  { "number", FILL_NUMBER },   { "scale", FILL_NUMBER },
		      { "date", FILL_YEAR },       { "period", FILL_YEAR },     { "relation", FILL_DYNAMIC },
		      { "tags", FILL_DYNAMIC },    { "ranking", FILL_FIRST },   { "text", FILL_TEXT },
		      { "longtext", FILL_TEXT },   { "matrix", FILL_ROWS },     { "numbers", FILL_ROWS },
		      { "computed", FILL_NUMBER }, { "place", FILL_PLACE } };
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].type, field->type->name) == 0) return kinds[i].kind;
	return FILL_NONE;
}

/* ---- Beginning ---- */

static void begin_choices(struct result_fill *fill)
{
	const struct field *field = fill->field;
	int n = MIN(field->nchoices, COLUMN_CODES_MAX);
	fill->keys = arena_array(fill->a, const char *, (size_t)n + 1);
	fill->lengths = arena_array(fill->a, size_t, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		fill->keys[i] = field->choices[i].key;
		fill->lengths[i] = strlen(fill->keys[i]);
	}
	column_init(&fill->column, fill->a, fill->several ? COLUMN_SETS : COLUMN_CODES, fill->most, n);
}

static void begin_yes_no(struct result_fill *fill)
{
	static const char *const keys[] = { "true", "false" };
	fill->keys = (const char **)keys;
	column_init(&fill->column, fill->a, COLUMN_CODES, fill->most, 2);
}

static void begin_dynamic(struct result_fill *fill)
{
	fill->found = arena_array(fill->a, struct fill_found, RESULT_DYNAMIC_MAX + 1);
	column_init(&fill->column, fill->a, COLUMN_CODES, 0, 0);
}

static bool takes_several(const struct field *field)
{
	return strcmp(field->type->name, "choices") == 0 || strcmp(field->type->name, "tags") == 0 || field->many;
}

struct result_fill *fill_begin(struct arena *a, const struct field *field, enum fill_kind kind, int most, bool texts)
{
	struct result_fill *fill = arena_new(a, struct result_fill);
	*fill = (struct result_fill){ .a = a, .field = field, .kind = kind, .key = field->key, .most = most };
	fill->several = kind != FILL_FIRST && takes_several(field);
	if (texts && (kind == FILL_TEXT || kind == FILL_CHOICES))
		fill->texts = arena_array(a, const char *, (size_t)most + 1);
	if (texts && kind == FILL_PLACE) fill->places = arena_array(a, struct answer_place, (size_t)most + 1);
	switch (kind) {
	case FILL_CHOICES:
	case FILL_FIRST: begin_choices(fill); break;
	case FILL_YES_NO: begin_yes_no(fill); break;
	case FILL_NUMBER: column_init(&fill->column, a, COLUMN_NUMBERS, most, 0); break;
	case FILL_PLACE:
	case FILL_TEXT: column_init(&fill->column, a, COLUMN_CODES, most, 0); break;
	default: begin_dynamic(fill); break;
	}
	return fill;
}

struct result_fill *fill_begin_own(struct arena *a, const char *key, int most, bool several)
{
	struct result_fill *fill = arena_new(a, struct result_fill);
	*fill = (struct result_fill){ .a = a, .kind = FILL_DYNAMIC, .key = key, .most = most, .several = several };
	begin_dynamic(fill);
	return fill;
}

const struct field *fill_whole(const struct result_fill *fill)
{
	return fill->field && fill->field->whole ? fill->field->whole : fill->field;
}

/* ---- Taking ---- */

/* A key, or an object with one and what was said beside: {"key": "other", "text": "by boat"}. */
static void take_choice(struct result_fill *fill, int i, const json_t *value)
{
	const char *key = json_is_object(value) ? json_str(value, "key") : json_string_value(value);
	for (int code = 0; key && code < fill->column.ncodes; code++) {
		if (strcmp(fill->keys[code], key) != 0) continue;
		column_say(&fill->column, i, code);
		return;
	}
}

/* What was written beside the choices: "other", and comments. */
static void take_beside(struct result_fill *fill, enum lang lang, int i, const json_t *value)
{
	struct buf text;
	size_t n = json_is_array(value) ? json_array_size(value) : 1;
	buf_init(&text, fill->a, 0);
	for (size_t k = 0; k < n; k++) {
		const json_t *item = json_is_array(value) ? json_array_get(value, k) : value;
		const char *other = json_str_or(item, "text", ""), *comment = json_str_or(item, "comment", "");
		const struct choice *choice = field_choice(fill->field, json_str_or(item, "key", ""));
		if (*other == '\0' && *comment == '\0') continue;
		if (text.len) buf_putc(&text, '\n');
		if (choice && *comment)
			buf_printf(&text, "%s%s", label_text(&choice->label, lang),
			           lang == LANG_FR ? "\u00A0: " : ": ");
		buf_printf(&text, "%s%s%s", other, *other && *comment ? " – " : "", comment);
	}
	if (text.len) fill->texts[i] = text_cut(fill->a, buf_str(&text), TEXT_MAX);
}

static void take_choices(struct result_fill *fill, int i, const json_t *value)
{
	if (!json_is_array(value)) {
		take_choice(fill, i, value);
		return;
	}
	size_t n = json_array_size(value);
	if (fill->kind == FILL_FIRST || !fill->several) n = MIN(n, 1);
	for (size_t k = 0; k < n; k++) take_choice(fill, i, json_array_get(value, k));
}

static void take_number(struct result_fill *fill, int i, const json_t *value)
{
	const char *text = json_string_value(value);
	char *end = NULL;
	double number = text ? strtod(text, &end) : json_number_value(value);
	if (text ? end == text || *end : !json_is_number(value)) return;
	if (isfinite(number)) column_say_number(&fill->column, i, number);
}

static void add_pair(struct result_fill *fill, struct fill_pair pair)
{
	if (fill->npairs == fill->room) {
		int room = fill->room ? fill->room * 2 : 256;
		struct fill_pair *bigger = arena_array(fill->a, struct fill_pair, (size_t)room);
		if (fill->npairs) memcpy(bigger, fill->pairs, (size_t)fill->npairs * sizeof(*bigger));
		fill->pairs = bigger;
		fill->room = room;
	}
	fill->pairs[fill->npairs++] = pair;
}

void fill_take_found(struct result_fill *fill, int i, int found)
{
	fill->found[found].n++;
	add_pair(fill, (struct fill_pair){ i, found });
}

void fill_take_key(struct result_fill *fill, int i, const char *key, const char *label)
{
	int at = 0;
	while (at < fill->nfound && strcmp(fill->found[at].key, key) != 0) at++;
	if (at == fill->nfound) {
		if (at == RESULT_DYNAMIC_MAX) key = label = ""; /* with the others there is no room for */
		fill->found[at].key = arena_strdup(fill->a, key);
		fill->found[at].label = label ? arena_strdup(fill->a, label) : NULL;
		fill->typed |= label && strcmp(label, key) != 0;
		fill->nfound += at < RESULT_DYNAMIC_MAX;
	}
	fill_take_found(fill, i, at);
}

/* Key words as people wrote them; other pages by their keys. */
static void take_dynamic(struct result_fill *fill, int i, const json_t *value)
{
	struct arena scratch;
	struct index_entries entries;
	arena_init(&scratch);
	if (fill->field->type->key_label == NULL && json_is_array(value)) {
		for (size_t k = 0; k < json_array_size(value); k++) {
			const char *text = json_string_value(json_array_get(value, k));
			if (text && *text) fill_take_key(fill, i, index_key_text(&scratch, text), text);
		}
	} else {
		index_entries_read(&scratch, fill->field, value, &entries);
		for (int k = 0; k < entries.nkeys; k++)
			if (*entries.keys[k]) fill_take_key(fill, i, entries.keys[k], NULL);
	}
	arena_release(&scratch);
}

static void take_year(struct result_fill *fill, int i, const json_t *value)
{
	const char *year = "";
	struct arena scratch;
	struct index_entries entries;
	arena_init(&scratch);
	index_entries_read(&scratch, fill->field, value, &entries);
	if (entries.nkeys) year = arena_strndup(&scratch, entries.keys[0], YEAR_LENGTH);
	if (strlen(year) == YEAR_LENGTH) fill_take_key(fill, i, year, year);
	arena_release(&scratch);
}

static void take_text(struct result_fill *fill, enum lang lang, int i, const json_t *value)
{
	column_say_none(&fill->column, i);
	if (fill->texts == NULL) return;
	struct buf text;
	buf_init(&text, fill->a, 0);
	fill->field->type->text(&text, lang, fill->field, value);
	fill->texts[i] = text_cut(fill->a, buf_str(&text), TEXT_MAX);
}

/* An address alone has no point. */
static void take_place(struct result_fill *fill, int i, const json_t *value)
{
	struct answer_place place;
	if (!place_point(value, &place.lat, &place.lon)) return;
	column_say_none(&fill->column, i);
	if (fill->places) fill->places[i] = place;
}

void fill_take(struct result_fill *fill, enum lang lang, int i, const json_t *value)
{
	if (fill->field->whole) value = part_value(fill->field, value);
	if (index_value_is_blank(value)) return;
	if (fill->texts && fill->kind == FILL_CHOICES) take_beside(fill, lang, i, value);
	switch (fill->kind) {
	case FILL_NONE:
	case FILL_ROWS: break;
	case FILL_CHOICES:
	case FILL_FIRST: take_choices(fill, i, value); break;
	case FILL_YES_NO: column_say(&fill->column, i, !json_is_true(value)); break;
	case FILL_NUMBER: take_number(fill, i, value); break;
	case FILL_YEAR: take_year(fill, i, value); break;
	case FILL_DYNAMIC: take_dynamic(fill, i, value); break;
	case FILL_TEXT: take_text(fill, lang, i, value); break;
	case FILL_PLACE: take_place(fill, i, value); break;
	}
}

/* ---- The column ---- */

static int by_frequency(const void *a, const void *b)
{
	const struct fill_found *const *x = a, *const *y = b;
	if ((*x)->n != (*y)->n) return (*x)->n < (*y)->n ? 1 : -1;
	return strcmp((*x)->key, (*y)->key);
}

static int by_key(const void *a, const void *b)
{
	const struct fill_found *const *x = a, *const *y = b;
	return strcmp((*x)->key, (*y)->key);
}

/* The most frequent; the others together, last. */
static void end_dynamic(struct result_fill *fill, int n, struct result_question *ret)
{
	struct arena *a = fill->a;
	int all = fill->nfound + (fill->found[RESULT_DYNAMIC_MAX].n > 0), shown = MIN(all, RESULT_SHOWN_MAX);
	struct fill_found **order = arena_array(a, struct fill_found *, (size_t)all + 1);
	for (int i = 0; i < all; i++) order[i] = &fill->found[i < fill->nfound ? i : RESULT_DYNAMIC_MAX];
	if (all) qsort(order, (size_t)all, sizeof(struct fill_found *), by_frequency);
	if (shown && (fill->kind == FILL_YEAR || fill->field == NULL))
		qsort(order, (size_t)shown, sizeof(struct fill_found *), by_key);
	ret->left_out = all > shown;
	ret->keys = arena_array(a, const char *, (size_t)shown + 2);
	ret->labels = arena_array(a, const char *, (size_t)shown + 2);
	for (int i = 0; i < all; i++) {
		order[i]->code = MIN(i, shown);
		if (i < shown) {
			ret->keys[i] = order[i]->key;
			ret->labels[i] = order[i]->label;
		}
	}
	ret->keys[shown] = "";
	column_init(&ret->column, a, fill->several ? COLUMN_SETS : COLUMN_CODES, fill->most, shown + ret->left_out);
	ret->column.n = n;
	for (int i = 0; i < fill->npairs; i++) {
		struct fill_pair pair = fill->pairs[i];
		if (fill->several || !column_said(&ret->column, pair.answer))
			column_say(&ret->column, pair.answer, fill->found[pair.found].code);
	}
}

void fill_end(struct result_fill *fill, int n, struct result_question *ret)
{
	struct result_question question = {
		.key = fill->key, .field = fill->field, .fill = fill->kind, .column = fill->column
	};
	question.keys = fill->keys;
	if (fill->found) end_dynamic(fill, n, &question);
	question.column.n = n;
	if (question.column.kind == COLUMN_NUMBERS) question.kind = QUESTION_NUMBERS;
	if (fill->kind == FILL_TEXT) question.kind = QUESTION_TEXTS;
	if (fill->kind == FILL_PLACE) question.kind = QUESTION_PLACES;
	question.places = fill->places;
	*ret = question;
}

void fill_texts(struct result_fill *fill, const uint64_t *among, struct result_question *question)
{
	int n = question->column.n;
	if (fill->texts == NULL) return;
	const char **texts = arena_array(fill->a, const char *, (size_t)n + 1);
	for (int i = 0; i < n; i++)
		if (fill->texts[i] && set_holds(among, i)) texts[question->ntexts++] = fill->texts[i];
	question->texts = texts;
}
