#include "features/survey/library.h"

#include <string.h>

#include "core/form_answers.h"
#include "core/form_change.h"

/* Does all that a condition looks at come along, or stand there already? */
static bool condition_holds_there(const struct form *from, int i, const bool *takes, const char *const *renamed,
                                  const struct form *into)
{
	const struct field *field = &from->fields[i];
	if (field->show_if == NULL) return true;
	for (int k = 0; k < from->nfields; k++) {
		const char *key = from->fields[k].key;
		if (!expression_looks_at(field->show_if, key)) continue;
		if (takes[k] ? strcmp(renamed[k], key) != 0 : into == NULL || form_field(into, key) == NULL)
			return false;
	}
	return true;
}

/* Formulas of what is computed name other questions too. */
static bool needs_others(const struct field *field)
{
	return field->type->computes;
}

json_t *library_copies(struct arena *a, const struct form *from, const bool *takes, const json_t *keys,
                       const struct form *into, const char *page)
{
	json_t *copies = json_keep(a, json_array()), *taken = json_keep(a, json_deep_copy(keys));
	const char **renamed = arena_array(a, const char *, (size_t)from->nfields + 1);
	for (int i = 0; i < from->nfields; i++) {
		if (!takes[i]) continue;
		const char *key = from->fields[i].key;
		renamed[i] = json_object_get(taken, key) ? key_from_words(a, key, taken) : key;
		json_object_set_new(taken, renamed[i], json_true());
	}
	for (int i = 0; i < from->nfields; i++) {
		if (!takes[i] || needs_others(&from->fields[i])) continue;
		json_t *copy = json_deep_copy(from->fields[i].definition);
		json_object_set_new(copy, "key", json_string(renamed[i]));
		json_object_del(copy, "page");
		json_object_del(copy, "retired");
		if (page) json_object_set_new(copy, "page", json_string(page));
		if (!condition_holds_there(from, i, takes, renamed, into)) json_object_del(copy, "show_if");
		json_array_append_new(copies, copy);
	}
	return copies;
}
