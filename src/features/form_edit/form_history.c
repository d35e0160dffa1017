#include "features/form_edit/form_history.h"

#include <string.h>

#include "core/form_change.h"
#include "features/form_edit/choice_lines.h"

/* ---- What changed ---- */

struct saying {
	const struct page *p;
	const char **words;
	int n, room;
};

static void say(struct saying *s, const char *words)
{
	if (s->n < s->room) s->words[s->n++] = words;
}

static const char *name_of(const struct page *p, const json_t *field)
{
	struct label label = label_from_json(p->arena, json_object_get(field, "label"));
	return t(p, &label);
}

static void say_field(struct saying *s, const json_t *before, const json_t *field)
{
	const struct page *p = s->p;
	const char *key = json_str_or(field, "key", "");
	const json_t *was = form_definition_field(before, key);
	if (was == NULL && form_definition_retired(before, key))
		say(s, page_printf(p, _("Question asked again: “%s”"), name_of(p, field)));
	else if (was == NULL) say(s, page_printf(p, _("Question added: “%s”"), name_of(p, field)));
	else if (!json_equal(was, field)) say(s, page_printf(p, _("Question changed: “%s”"), name_of(p, field)));
}

static bool same_order(const json_t *before, const json_t *after)
{
	const json_t *fields = json_object_get(after, "fields");
	size_t last = 0;
	for (size_t i = 0; i < json_array_size(fields); i++) {
		const char *key = json_str_or(json_array_get(fields, i), "key", "");
		const json_t *all = json_object_get(before, "fields");
		for (size_t j = 0; j < json_array_size(all); j++) {
			if (strcmp(json_str_or(json_array_get(all, j), "key", ""), key) != 0) continue;
			if (j < last) return false;
			last = j;
		}
	}
	return true;
}

static json_t *rest(struct arena *a, const json_t *definition)
{
	json_t *part = json_keep(a, json_copy((json_t *)definition));
	json_object_del(part, "fields");
	json_object_del(part, "retired");
	return part;
}

const char *const *form_difference(const struct page *p, const json_t *before, const json_t *after)
{
	const json_t *fields = json_object_get(after, "fields"), *former = json_object_get(before, "fields");
	struct saying s = { .p = p, .room = (int)(json_array_size(fields) + json_array_size(former)) + 3 };
	s.words = arena_array(p->arena, const char *, (size_t)s.room + 1);
	if (before == NULL) {
		say(&s, _("The form was made"));
		return s.words;
	}
	for (size_t i = 0; i < json_array_size(fields); i++) say_field(&s, before, json_array_get(fields, i));
	for (size_t i = 0; i < json_array_size(former); i++) {
		const json_t *field = json_array_get(former, i);
		if (form_definition_field(after, json_str_or(field, "key", "")) == NULL)
			say(&s, page_printf(p, _("Question retired: “%s”"), name_of(p, field)));
	}
	if (!same_order(before, after)) say(&s, _("Questions in another order"));
	if (!json_equal(rest(p->arena, before), rest(p->arena, after))) say(&s, _("What the form says of itself"));
	return s.words;
}

/* ---- Going back ---- */

/* The choices of `present` that `earlier` has not, at its end, offered no more. */
static void keep_choices(json_t *earlier, const json_t *all, const json_t *present)
{
	for (size_t i = 0; i < json_array_size(present); i++) {
		const json_t *choice = json_array_get(present, i);
		if (choice_find_json(all, json_str_or(choice, "key", "")) == NULL) {
			json_t *kept = json_copy((json_t *)choice);
			json_object_del(kept, "choices");
			json_object_set_new(kept, "retired", json_true());
			json_array_append_new(earlier, kept);
		}
		keep_choices(earlier, all, json_object_get(choice, "choices"));
	}
}

static void keep_field(json_t *next, const json_t *field)
{
	const char *key = json_str_or(field, "key", "");
	json_t *retired = json_object_get(next, "retired"), *same = (json_t *)form_definition_field(next, key);
	if (same == NULL) same = (json_t *)form_definition_retired(next, key);
	static const char *const lists[] = { "choices", "rows", "second" };
	if (same == NULL) {
		if (retired == NULL) json_object_set_new(next, "retired", retired = json_array());
		json_array_append(retired, (json_t *)field);
		return;
	}
	for (size_t i = 0; i < COUNT(lists); i++) {
		json_t *choices = json_object_get(same, lists[i]), *present = json_object_get(field, lists[i]);
		if (json_is_object(json_array_get(choices, 0)) && json_is_object(json_array_get(present, 0)))
			keep_choices(choices, choices, present);
	}
}

json_t *form_with_earlier(struct arena *a, const json_t *present, const json_t *earlier)
{
	static const char *const arrays[] = { "fields", "retired" };
	json_t *next = json_keep(a, json_deep_copy((json_t *)earlier));
	for (size_t n = 0; n < COUNT(arrays); n++) {
		const json_t *fields = json_object_get(present, arrays[n]);
		for (size_t i = 0; i < json_array_size(fields); i++) keep_field(next, json_array_get(fields, i));
	}
	return next;
}
