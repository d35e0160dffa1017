/*
 * Choices in an order of preference. The value is the list of their keys, the first one first; what is not ranked is
 * not in it. Options: choices or list, min and max (how many are ranked; absent: any number), order (in which they are
 * offered). In a form, each choice has the place that it takes; with JavaScript they are moved (front/ranking.ts).
 */
#include "fields/ranking.h"

#include <string.h>

#include "core/form.h"
#include "core/form_part.h"
#include "fields/choice.h"
#include "fields/chosen.h"
#include "fields/fields.h"
#include "fields/ranking.html.h"

enum { RANKED_MAX = 50 };

int ranking_places(const struct field *field)
{
	int64_t max = value_option(field, "max", 0);
	return max > 0 && max < field->nchoices ? (int)max : MIN(field->nchoices, (int)RANKED_MAX);
}

static bool is_there(const json_t *list, const char *key)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(value_str(json_array_get(list, i)), key) == 0) return true;
	return false;
}

/* ---- Read ---- */

/* What was typed of a choice: its place, 0 for none. */
static int place_typed(const struct field *field, const struct field_post *post, const struct choice *choice,
                       struct issues *issues)
{
	const char *name = arena_printf(issues->arena, "%s.%s", field->key, choice->key);
	const char *text = post->get(post->context, name, 0);
	char *end;
	long place = text ? strtol(text, &end, 10) : 0;
	if (text == NULL || *text == '\0') return 0;
	if (*end == '\0' && place >= 1 && place <= ranking_places(field)) return (int)place;
	issues_add(issues, field->key, N_("“%s” is not a place: from 1 to %d."), text, ranking_places(field));
	return 0;
}

/* Kept for the form to show again: {"typed": {"bus": 1, "bike": 1}}. */
static json_t *ranking_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	json_t *list = json_keep(issues->arena, json_array()), *typed = json_keep(issues->arena, json_object());
	const struct choice **at = arena_array(issues->arena, const struct choice *,
	                                       (size_t)field->nchoices + RANKED_MAX + 2);
	bool twice = false;
	for (int i = 0; i < field->nchoices; i++) {
		const struct choice *choice = &field->choices[i];
		int place = place_typed(field, post, choice, issues);
		if (place == 0) continue;
		json_object_set_new(typed, choice->key, json_integer(place));
		if (at[place]) {
			twice = true;
			issues_add(issues, field->key, N_("“%s” and “%s” have the same place, %d: give each its own."),
			           label_text(&at[place]->label, post->lang), label_text(&choice->label, post->lang),
			           place);
		}
		at[place] = choice;
	}
	if (twice) return json_keep(issues->arena, json_pack("{s:O}", "typed", typed));
	for (int place = 1; place <= ranking_places(field); place++)
		if (at[place]) json_array_append_new(list, json_string(at[place]->key));
	return json_array_size(list) ? list : NULL;
}

static json_t *ranking_import(const struct field *field, const char *text, struct issues *issues)
{
	json_t *list = json_keep(issues->arena, json_array());
	const char *clean = value_clean(field, text, TEXT_BLOCK, issues);
	for (const char *at = clean ? clean : ""; *at;) {
		size_t len = strcspn(at, ";>\n");
		json_t *one = chosen_import(field, arena_strndup(issues->arena, at, len), issues);
		if (one) json_array_append(list, one);
		at += len + (at[len] != '\0');
	}
	return json_array_size(list) ? list : NULL;
}

static void ranking_check(const struct field *field, const json_t *value, struct issues *issues)
{
	int n = (int)json_array_size(value), min = (int)value_option(field, "min", 0),
	    max = (int)value_option(field, "max", 0), before = issues->count;
	if (!json_is_array(value) || n == 0 || json_array_size(value) > (size_t)field->nchoices) {
		issues_add(issues, field->key, N_("This should be choices in an order."));
		return;
	}
	for (int i = 0; i < n; i++) {
		const char *key = value_str(json_array_get(value, (size_t)i));
		const struct choice *choice = field_choice(field, key);
		if (choice == NULL) issues_add(issues, field->key, N_("“%s” is not one of the choices."), key);
		for (int j = 0; choice && j < i; j++)
			if (strcmp(value_str(json_array_get(value, (size_t)j)), key) == 0)
				issues_add(issues, field->key, N_("“%s” has two places."),
				           label_text(&choice->label, issues->lang));
		if (issues->count > before) return;
	}
	if (n < min) issues_add(issues, field->key, N_("Rank at least %d of them; you ranked %d."), min, n);
	if (max > 0 && n > max) issues_add(issues, field->key, N_("Rank at most %d of them; you ranked %d."), max, n);
}

static void check_definition(const struct field *field, struct issues *issues)
{
	int64_t min = value_option(field, "min", 0), max = value_option(field, "max", 0);
	choice_check_definition(field, issues);
	if (min < 0 || max < 0 || (max > 0 && min > max) || min > field->nchoices)
		issues_add(issues, "max", N_("“min” and “max” do not fit together"));
}

/* ---- Shown ---- */

int ranking_place(const json_t *value, const char *key)
{
	const json_t *typed = json_object_get(value, "typed");
	for (size_t i = 0; i < json_array_size(value); i++)
		if (strcmp(value_str(json_array_get(value, i)), key) == 0) return (int)i + 1;
	return (int)json_int(typed, key, 0);
}

struct offered {
	int at, place;
};

static int by_place(const void *a, const void *b)
{
	const struct offered *x = a, *y = b;
	if ((x->place == 0) != (y->place == 0)) return x->place == 0 ? 1 : -1;
	return x->place != y->place ? x->place - y->place : x->at - y->at;
}

int ranking_offered(const struct page *p, const struct field *field, const json_t *value, const struct choice ***ret)
{
	const int *order = chosen_order(p, field);
	struct offered *all = arena_array(p->arena, struct offered, (size_t)field->nchoices + 1);
	const struct choice **sorted = arena_array(p->arena, const struct choice *, (size_t)field->nchoices + 1);
	int n = 0;
	for (int i = 0; i < field->nchoices; i++) {
		int place = ranking_place(value, field->choices[order[i]].key);
		if (place || !field->choices[order[i]].retired) all[n++] = (struct offered){ i, place };
	}
	if (n) qsort(all, (size_t)n, sizeof(*all), by_place);
	for (int i = 0; i < n; i++) sorted[i] = &field->choices[order[all[i].at]];
	*ret = sorted;
	return n;
}

const char *ranking_rule(const struct page *p, const struct field *field)
{
	int min = (int)value_option(field, "min", 0), max = (int)value_option(field, "max", 0);
	if (min > 0 && min == max) return page_printf(p, _("Rank %d of them: 1 comes first."), min);
	if (min > 0 && max > 0) return page_printf(p, _("Rank from %d to %d of them: 1 comes first."), min, max);
	if (max > 0) return page_printf(p, _("Rank at most %d of them: 1 comes first."), max);
	if (min > 0) return page_printf(p, _("Rank at least %d of them: 1 comes first."), min);
	return _("Rank those that you want: 1 comes first.");
}

static void ranking_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	ranking_shown(out, p, field, value);
}

const char *ranking_label(const struct page *p, const struct field *field, const json_t *key)
{
	const struct choice *choice = field_choice(field, value_str(key));
	return choice ? t(p, &choice->label) : value_str(key);
}

static void ranking_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(value); i++) {
		if (i) buf_lit(out, ", ");
		buf_printf(out, "%zu. ", i + 1);
		html_text_str(out, ranking_label(p, field, json_array_get(value, i)));
	}
}

static void ranking_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(value); i++) {
		const struct choice *choice = field_choice(field, value_str(json_array_get(value, i)));
		buf_printf(out, "%s%zu. %s", i ? "\n" : "", i + 1,
		           choice ? label_text(&choice->label, lang) : value_str(json_array_get(value, i)));
	}
}

static void ranking_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	value_join(out, value, ";");
}

static void ranking_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	ranking_inputs(out, p, field, value);
}

static bool ranking_grouped(const struct field *field)
{
	(void)field;
	return true;
}

/* What stands at each place is a part. */
static void ranking_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)a;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const struct choice *choice = field_choice(field, value_str(json_array_get(value, i)));
		for (int lang = 0; choice && lang < LANG_COUNT; lang++)
			sink->words(sink, label_text(&choice->label, (enum lang)lang));
	}
}

static int ranking_parts(const struct field *field, struct arena *a, struct field *ret, int max)
{
	int n = 0;
	for (int place = 1; place <= ranking_places(field) && n < max; place++) {
		struct choice row = { .key = arena_printf(a, "%d", place) };
		for (int lang = 0; lang < LANG_COUNT; lang++)
			row.label.text[lang] = arena_printf(a, tr((enum lang)lang, N_("place %d")), place);
		ret[n++] = part_make(a, field, &field_choice_type, &row, NULL);
	}
	return n;
}

static json_t *ranking_replace(struct arena *a, const struct field *field, const json_t *value, const json_t *instead)
{
	json_t *list = json_keep(a, json_array());
	bool any = false;
	(void)field;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *key = value_str(json_array_get(value, i)), *now = json_str(instead, key);
		any |= now != NULL;
		if (!is_there(list, now ? now : key)) json_array_append_new(list, json_string(now ? now : key));
	}
	return any ? list : NULL;
}

static const struct type_option ranking_options[] = {
	{ "choices", OPTION_CHOICES, N_("Choices"), N_("One a line."), 1, 1, true },
	{ "min", OPTION_COUNT, N_("At least so many"), NULL, 1, RANKED_MAX, false },
	{ "max", OPTION_COUNT, N_("At most so many"), NULL, 1, RANKED_MAX, false },
	{ "order", OPTION_WORD, N_("Order of the choices"), NULL, 0, 0, false },
	{ 0 },
};

static const struct option_words ranking_words[] = { { "order", choice_orders }, { 0 } };

const struct field_type field_ranking = {
	.name = "ranking",
	.means = EXPRESSION_SEVERAL,
	.label = N_("A ranking"),
	.description = N_("Choices put in an order of preference"),
	.icon = "list-ordered",
	.options = ranking_options,
	.first_options = 3,
	.words = ranking_words,
	.check_definition = check_definition,
	.read = ranking_read,
	.import = ranking_import,
	.check = ranking_check,
	.show = ranking_show,
	.brief = ranking_brief,
	.edit = ranking_edit,
	.grouped = ranking_grouped,
	.text = ranking_text,
	.export = ranking_export,
	.index = ranking_index,
	.parts = ranking_parts,
	.mentions = chosen_mentions,
	.replace = ranking_replace,
	.wide = true,
	.listed = true,
};
