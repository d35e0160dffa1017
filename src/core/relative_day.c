#include "core/relative_day.h"

#include <stdlib.h>
#include <string.h>

#include "core/moment.h"

static const char word[] = "today";

bool relative_day_read(const char *text, int *days)
{
	if (text == NULL || strncmp(text, word, strlen(word)) != 0) return false;
	text += strlen(word);
	*days = 0;
	if (*text == '\0') return true;
	size_t digits = strspn(text + 1, "0123456789");
	if ((*text != '+' && *text != '-') || digits == 0 || digits > 5 || text[1 + digits]) return false;
	int n = (int)strtol(text + 1, NULL, 10);
	if (n > RELATIVE_DAYS_MAX) return false;
	*days = *text == '-' ? -n : n;
	return true;
}

const char *relative_day(struct arena *a, const char *text, struct date today)
{
	int days;
	char iso[DATE_ISO_SIZE];
	if (!relative_day_read(text, &days)) return NULL;
	return arena_strdup(a, date_iso(date_add_days(today, days), iso));
}

bool condition_is_relative(const struct condition *condition)
{
	int days;
	if (json_is_string(condition->value)) return relative_day_read(json_string_value(condition->value), &days);
	for (size_t i = 0; i < json_array_size(condition->value); i++)
		if (relative_day_read(json_string_value(json_array_get(condition->value, i)), &days)) return true;
	return false;
}

struct date model_today(const struct model *model, int64_t ms)
{
	return zone_local(model_zone(model), ms).date;
}

int64_t model_midnight(const struct model *model, int64_t ms)
{
	const struct datetime next = { .date = date_add_days(model_today(model, ms), 1) };
	return zone_utc(model_zone(model), &next);
}
