#include <string.h>

#include "core/model.h"

const char *label_text(const struct label *label, enum lang lang)
{
	if (label->text[lang]) return label->text[lang];
	for (int i = 0; i < LANG_COUNT; i++)
		if (label->text[i]) return label->text[i];
	return "";
}

struct label label_from_json(struct arena *a, const json_t *json)
{
	struct label label = { 0 };
	for (int i = 0; i < LANG_COUNT; i++) {
		const json_t *text = json_is_object(json) ? json_object_get(json, lang_tag((enum lang)i)) : json;
		if (json_is_string(text)) label.text[i] = arena_strdup(a, json_string_value(text));
	}
	return label;
}

bool key_is_valid(const char *key)
{
	if (key == NULL || *key < 'a' || *key > 'z') return false;
	size_t len = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_");
	return len <= 32 && key[len] == '\0';
}

bool slug_is_valid(const char *slug)
{
	static const char *const reserved[] = { "", "e", "f", "u", "api", "-" };
	for (size_t i = 0; i < COUNT(reserved); i++)
		if (strcmp(slug, reserved[i]) == 0) return false;
	return slug[strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}
