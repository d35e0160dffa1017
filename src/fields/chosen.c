#include "fields/chosen.h"

#include <string.h>

#include "base/hash.h"
#include "fields/choice.h"

const char *chosen_key(const json_t *item)
{
	return json_is_object(item) ? json_str_or(item, "key", "") : value_str(item);
}

const char *chosen_text(const json_t *item)
{
	return json_str_or(item, "text", "");
}

const char *chosen_comment(const json_t *item)
{
	return json_str_or(item, "comment", "");
}

json_t *chosen_make(struct issues *issues, const char *key, const char *text, const char *comment)
{
	bool has_text = text && *text, has_comment = comment && *comment;
	if (!has_text && !has_comment) return value_string(issues, key);
	json_t *item = json_keep(issues->arena, json_pack("{s:s}", "key", key));
	if (has_text) json_object_set_new(item, "text", json_string(text));
	if (has_comment) json_object_set_new(item, "comment", json_string(comment));
	return item;
}

bool chosen_asks_other(const struct field *field)
{
	return field->nchoices && field->choices[field->nchoices - 1].other &&
	       json_bool(field->definition, "other", false);
}

bool chosen_asks_comment(const struct field *field)
{
	return json_bool(field->definition, "comment", false);
}

/* ---- Checked ---- */

static bool has_only(const json_t *object)
{
	size_t known = 0;
	static const char *const names[] = { "key", "text", "comment" };
	for (size_t i = 0; i < COUNT(names); i++) known += json_object_get(object, names[i]) != NULL;
	return json_object_size(object) == known && known > 1;
}

bool chosen_check(const struct field *field, const json_t *item, struct issues *issues)
{
	const char *key = chosen_key(item);
	const struct choice *choice = field_choice(field, key);
	const json_t *text = json_object_get(item, "text"), *comment = json_object_get(item, "comment");
	int before = issues->count;
	if (choice == NULL) {
		issues_add(issues, field->key, N_("“%s” is not one of the choices."), key);
		return false;
	}
	if (json_is_object(item) && !has_only(item))
		issues_add(issues, field->key, N_("“%s” is not one of the choices."), key);
	if (choice->other && text == NULL) issues_add(issues, field->key, N_("You chose “other”: say which."));
	if (text && !choice->other) issues_add(issues, field->key, N_("Only “other” has a text of its own."));
	else if (text) (void)value_check_string(field, text, CHOSEN_TEXT, issues);
	if (comment && !chosen_asks_comment(field))
		issues_add(issues, field->key, N_("This question asks for no comment."));
	else if (comment) (void)value_check_string(field, comment, CHOSEN_COMMENT, issues);
	return issues->count == before;
}

/* ---- In words and in files ---- */

void chosen_words(struct buf *out, enum lang lang, const struct field *field, const json_t *item)
{
	const char *key = chosen_key(item), *text = chosen_text(item), *comment = chosen_comment(item);
	const struct choice *choice = field_choice(field, key);
	buf_puts(out, choice ? label_text(&choice->label, lang) : key);
	if (*text) buf_printf(out, "%s%s", lang == LANG_FR ? "\u00A0: " : ": ", text);
	if (*comment) buf_printf(out, " (%s)", comment);
}

static void put_escaped(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\;|", *text)) buf_putc(out, '\\');
		buf_putc(out, *text);
	}
}

void chosen_export(struct buf *out, const json_t *item)
{
	const char *text = chosen_text(item), *comment = chosen_comment(item);
	buf_puts(out, chosen_key(item));
	if (*text) buf_lit(out, ": ");
	put_escaped(out, text);
	if (*comment) buf_lit(out, " | ");
	put_escaped(out, comment);
}

size_t chosen_length(const char *text)
{
	size_t i = 0;
	while (text[i] && text[i] != ';') i += text[i] == '\\' && text[i + 1] ? 2 : 1;
	return i;
}

static const char *unescaped(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text), *to = out;
	for (; *text; text++) {
		if (*text == '\\' && text[1]) text++;
		*to++ = *text;
	}
	*to = '\0';
	return text_trim(a, out);
}

/* The first | that no backslash stands before. */
static char *bar_of(char *text)
{
	for (; *text; text++) {
		if (*text == '|') return text;
		if (*text == '\\' && text[1]) text++;
	}
	return NULL;
}

json_t *chosen_import(const struct field *field, const char *text, struct issues *issues)
{
	struct arena *a = issues->arena;
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	if (clean == NULL) return NULL;
	const struct choice *choice = choice_find(field, clean, a);
	if (choice) return value_string(issues, choice->key);
	char *copy = arena_strdup(a, clean), *bar = bar_of(copy);
	const char *comment = bar ? unescaped(a, bar + 1) : "";
	if (bar) *bar = '\0';
	char *colon = chosen_asks_other(field) ? strchr(copy, ':') : NULL;
	const char *words = colon ? unescaped(a, colon + 1) : "";
	if (colon) *colon = '\0';
	choice = choice_find(field, text_trim(a, copy), a);
	if (choice) return chosen_make(issues, choice->key, words, comment);
	issues_add(issues, field->key, N_("“%s” is not one of the choices."), clean);
	return NULL;
}

/* ---- In order ---- */

const char *chosen_exclusive(const struct field *field)
{
	return json_str(field->definition, "exclusive");
}

struct place {
	int at;
	bool last;
	const char *name; /* folded, or NULL */
	uint64_t mixed;
};

static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->last != y->last) return x->last ? 1 : -1;
	int order = x->name && !x->last ? strcmp(x->name, y->name) : 0;
	if (order == 0 && !x->last && x->mixed != y->mixed) order = x->mixed < y->mixed ? -1 : 1;
	return order ? order : x->at - y->at;
}

/* The same for one answer, one question and one choice, whatever the others are. */
static uint64_t mixed(const struct page *p, const struct field *field, const char *choice)
{
	const char *text = arena_printf(p->arena, "%llu/%s/%s", (unsigned long long)p->seed, field->key, choice);
	struct hash hash = hash_blake2b("mixd", NULL, text, strlen(text));
	uint64_t number = 0;
	for (int i = 0; i < 8; i++) number = number << 8 | hash.b[i];
	return number;
}

const int *chosen_order(const struct page *p, const struct field *field)
{
	const char *order = json_str_or(field->definition, "order", ""), *alone = chosen_exclusive(field);
	bool sorted = strcmp(order, "alphabetical") == 0, random = strcmp(order, "random") == 0 && p->seed;
	struct place *places = arena_array(p->arena, struct place, (size_t)field->nchoices + 1);
	int *ret = arena_array(p->arena, int, (size_t)field->nchoices + 1);
	for (int i = 0; i < field->nchoices; i++) {
		const struct choice *choice = &field->choices[i];
		places[i] = (struct place){ .at = i,
			                    .last = (sorted || random) &&
			                            (choice->other || (alone && strcmp(alone, choice->key) == 0)),
			                    .name = sorted ? text_fold(p->arena, t(p, &choice->label)) : NULL,
			                    .mixed = random ? mixed(p, field, choice->key) : 0 };
	}
	if (field->nchoices) qsort(places, (size_t)field->nchoices, sizeof(*places), by_place);
	for (int i = 0; i < field->nchoices; i++) ret[i] = places[i].at;
	return ret;
}

/* ---- Counted and replaced ---- */

static void count_one(json_t *counts, const char *key)
{
	if (*key) json_object_set_new(counts, key, json_integer(json_int(counts, key, 0) + 1));
}

void chosen_mentions(const struct field *field, const json_t *value, json_t *choices, json_t *rows)
{
	(void)field;
	(void)rows;
	if (!json_is_array(value)) count_one(choices, chosen_key(value));
	for (size_t i = 0; i < json_array_size(value); i++) count_one(choices, chosen_key(json_array_get(value, i)));
}

/* The same item under another key. */
static json_t *renamed(struct arena *a, const json_t *item, const char *key)
{
	if (!json_is_object(item)) return json_keep(a, json_string(key));
	json_t *copy = json_keep(a, json_copy((json_t *)item));
	json_object_set_new(copy, "key", json_string(key));
	return copy;
}

json_t *chosen_replace(struct arena *a, const struct field *field, const json_t *value, const json_t *instead)
{
	const char *now = json_str(instead, chosen_key(value));
	if (!json_is_array(value)) return now ? renamed(a, value, now) : NULL;
	json_t *items = json_keep(a, json_object()), *array = json_keep(a, json_array());
	bool any = false;
	for (size_t i = 0; i < json_array_size(value); i++) {
		json_t *item = json_array_get(value, i);
		const char *to = json_str(instead, chosen_key(item));
		any |= to != NULL;
		if (to && json_object_get(items, to)) continue;
		json_object_set(items, to ? to : chosen_key(item), to ? renamed(a, item, to) : item);
	}
	for (int i = 0; i < field->nchoices; i++) {
		json_t *item = json_object_get(items, field->choices[i].key);
		if (item) json_array_append(array, item);
	}
	return any ? array : NULL;
}
