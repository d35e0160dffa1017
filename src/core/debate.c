#include "core/debate.h"

#include <string.h>

#include "core/field_type.h"

bool form_debates(const struct form *form)
{
	return json_object_get(form->definition, "debate") != NULL;
}

const struct field *debate_end_field(const struct form *form, struct issues *issues)
{
	const char *key = json_str(json_object_get(form->definition, "debate"), "end");
	const struct field *end = key ? form_field(form, key) : NULL;
	if (key && (end == NULL || end->type == NULL || strcmp(end->type->name, "date") != 0) && issues)
		issues_add(issues, "debate", N_("“end” must name a question that asks a date"));
	return end;
}

const struct field *debate_summary_field(const struct form *form, struct issues *issues)
{
	const char *key = json_str(json_object_get(form->definition, "debate"), "summary");
	const struct field *summary = key ? form_field(form, key) : NULL;
	if (key && (summary == NULL || summary->type == NULL || !summary->type->long_text) && issues)
		issues_add(issues, "debate", N_("“summary” must name a question that asks a long text"));
	return summary;
}

bool debate_is_open(const struct record *record, struct date today)
{
	const struct field *field = debate_end_field(record->form, NULL);
	const json_t *value = field ? record_find_value(record, field, NULL) : NULL;
	struct date end;
	if (record->state != STATE_PUBLISHED) return false;
	return !json_is_string(value) || !date_from_iso(json_string_value(value), &end) ||
	       date_compare(today, end) <= 0;
}
