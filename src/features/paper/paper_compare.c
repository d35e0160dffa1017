#include "features/paper/paper_compare.h"

#include "base/clock.h"
#include "core/form_answers.h"

#include <string.h>

#include "base/text.h"

static const char *plain(struct arena *a, const json_t *value)
{
	return text_fold(a, text_inside(a, text_trim(a, arena_strdup(a, json_string_value(value)))));
}

/* Parts of an answer that are texts are compared as texts, too. */
bool paper_same(struct arena *a, const json_t *one, const json_t *two)
{
	const char *key;
	json_t *value;
	if (one == NULL || two == NULL) return one == two;
	if (json_is_string(one) && json_is_string(two)) return strcmp(plain(a, one), plain(a, two)) == 0;
	if (json_is_object(one) && json_is_object(two)) {
		if (json_object_size(one) != json_object_size(two)) return false;
		json_object_foreach ((json_t *)one, key, value)
			if (!paper_same(a, value, json_object_get(two, key))) return false;
		return true;
	}
	if (json_is_array(one) && json_is_array(two)) {
		if (json_array_size(one) != json_array_size(two)) return false;
		for (size_t i = 0; i < json_array_size(one); i++)
			if (!paper_same(a, json_array_get(one, i), json_array_get(two, i))) return false;
		return true;
	}
	return json_equal(one, two);
}

static const char *note_of(const struct paper_typed *entry, const char *key)
{
	return json_str_or(json_object_get(entry->notes, key), "note", "");
}

int paper_differences(struct arena *a, const struct form *form, const json_t *body,
                      const struct paper_typed entries[static PAPER_TURNS], struct paper_difference **ret,
                      int *compared)
{
	const json_t *all = json_object_get(body, "questions");
	struct paper_difference *differences = arena_array(a, struct paper_difference, json_array_size(all) + 1);
	int n = 0;
	size_t i;
	json_t *question;
	*compared = 0;
	json_array_foreach ((json_t *)all, i, question) {
		const struct field *field = form_field(form, json_str_or(question, "key", ""));
		int number = (int)json_int(question, "number", 0);
		if (field == NULL || number == 0) continue;
		const json_t *one = json_object_get(entries[0].values, field->key),
		             *two = json_object_get(entries[1].values, field->key);
		*compared += one != NULL || two != NULL; /* what both left out is no proof of care */
		if (paper_same(a, one, two)) continue;
		differences[n++] = (struct paper_difference){ .field = field,
			                                      .number = number,
			                                      .values = { one, two },
			                                      .notes = { note_of(&entries[0], field->key),
			                                                 note_of(&entries[1], field->key) } };
	}
	*ret = differences;
	return n;
}

/* As on the screen, where what a question refuses is not kept. */
static void leave_refused_out(struct arena *a, const struct form *form, json_t *asked)
{
	struct form_answers answers;
	bool refused[FORM_FIELDS_MAX] = { 0 };
	form_answers_init(&answers, a, form, asked, date_from_days(clock_now() / 86400000));
	for (int i = 0; i < form->nfields && i < FORM_FIELDS_MAX; i++)
		refused[i] = !form_accepts(&answers, &form->fields[i]);
	for (int i = 0; i < form->nfields && i < FORM_FIELDS_MAX; i++)
		if (refused[i]) json_object_del(asked, form->fields[i].key);
}

json_t *paper_values(struct arena *a, const struct form *form, const json_t *values, const json_t *kept)
{
	json_t *asked = survey_values_asked(a, form, values);
	leave_refused_out(a, form, asked);
	for (size_t i = 0; i < json_array_size(kept); i++) {
		const char *key = json_string_value(json_array_get(kept, i));
		json_t *value = key ? json_object_get(values, key) : NULL;
		if (value) json_object_set(asked, key, value);
	}
	return asked;
}

json_t *paper_notes_joined(struct arena *a, const struct paper_typed entries[static PAPER_TURNS])
{
	json_t *notes = json_keep(a, json_copy((json_t *)entries[0].notes)), *note;
	const char *key;
	json_object_foreach ((json_t *)entries[1].notes, key, note) {
		const json_t *there = json_object_get(notes, key);
		const char *one = json_str_or(there, "note", ""), *two = json_str_or(note, "note", "");
		const char *mark = json_str_or(there, "mark", "");
		if (there == NULL) {
			json_object_set(notes, key, note);
			continue;
		}
		bool both = *one && *two && strcmp(one, two) != 0;
		json_object_set_new(notes, key,
		                    json_pack("{s:s, s:s}", "mark", *mark ? mark : json_str_or(note, "mark", ""),
		                              "note",
		                              both   ? arena_printf(a, "%s\n%s", one, two)
		                              : *one ? one
		                                     : two));
	}
	return notes;
}
