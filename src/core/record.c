#include "core/record.h"
#include "core/form_part.h"

struct thing record_thing(const struct record *record)
{
	return (struct thing){ .kind = record->about ? KIND_COMMENT : KIND_RECORD,
		               .space = record->space,
		               .author = record->author,
		               .state = record->state,
		               .circle = record->circle };
}

const json_t *record_find_value(const struct record *record, const struct field *field, enum audience *audience)
{
	int found = field->audience;
	const char *key = field->whole ? field->whole->key : field->key;
	const json_t *value = json_object_get(record->parts[found].values, key);
	for (int i = 0; value == NULL && i < AUDIENCE_COUNT; i++) {
		value = json_object_get(record->parts[i].values, key);
		found = MAX((int)field->audience, i);
	}
	if (field->whole) value = part_value(field, value);
	if (value && audience) *audience = (enum audience)found;
	return value;
}
