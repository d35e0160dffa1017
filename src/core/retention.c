#include "core/retention.h"

#include <string.h>

#include "core/field_type.h"

static const struct {
	const char *key, *words;
} thens[RETENTION_THENS] = {
	[RETENTION_ARCHIVE] = { "archive", N_("archived") },
	[RETENTION_ANONYMISE] = { "anonymise", N_("made nobody’s: without author, history and what is about persons") },
	[RETENTION_TRASH] = { "trash", N_("put in the trash") },
	[RETENTION_ERASE] = { "erase", N_("erased for ever, with their history and files") },
};

const char *retention_then_key(enum retention_then then)
{
	return thens[then].key;
}

const char *retention_then_words(enum retention_then then)
{
	return thens[then].words;
}

bool field_is_personal(const struct field *field)
{
	static const char *const types[] = { "person", "email", "phone" };
	for (size_t i = 0; i < COUNT(types); i++)
		if (strcmp(field->type->name, types[i]) == 0) return true;
	return json_bool(field->definition, "personal", false);
}

struct retention retention_read(const struct form *form, struct issues *issues)
{
	const json_t *said = json_object_get(form->definition, "retention");
	struct retention rule = { 0 };
	if (said == NULL) return rule;
	int64_t months = json_int(said, "months", 0);
	const char *from = json_str_or(said, "from", "changed"), *then = json_str_or(said, "then", "");
	if (strcmp(from, "changed") != 0) rule.from = form_field(form, from);
	if (months < 1 || months > RETENTION_MONTHS_MAX)
		issues_add(issues, "retention", N_("Give a number of months, from 1 to %d."), RETENTION_MONTHS_MAX);
	if (strcmp(from, "changed") != 0 && (rule.from == NULL || strcmp(rule.from->type->name, "date") != 0))
		issues_add(issues, "retention", N_("Choose the last change, or a question that asks a date."));
	while (rule.then < RETENTION_THENS && strcmp(thens[rule.then].key, then) != 0) rule.then++;
	if (rule.then == RETENTION_THENS) issues_add(issues, "retention", N_("Choose what becomes of the pages."));
	rule.months = (int)months;
	return rule;
}
