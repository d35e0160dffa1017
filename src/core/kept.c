#include "core/kept.h"

#include <string.h>

#include "core/field_type.h"
#include "core/retention.h"

bool kept_asks(const struct field *field)
{
	static const char *const types[] = { "images", "media", "files" };
	for (size_t i = 0; i < COUNT(types); i++)
		if (strcmp(field->type->name, types[i]) == 0) return true;
	return field_is_personal(field);
}

enum audience kept_part(const struct keeping *k)
{
	if (k->field->audience != AUDIENCE_PUBLIC) return k->field->audience;
	if (k->child && kept_asks(k->field) && !k->blank && !k->same) return AUDIENCE_MEMBERS;
	return k->kept && !k->open && k->reads ? AUDIENCE_MEMBERS : AUDIENCE_PUBLIC;
}
