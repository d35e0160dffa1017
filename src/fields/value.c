#include "fields/value.h"

#include <string.h>

const char *value_clean(const struct field *field, const char *text, enum text_kind kind, struct issues *issues)
{
	char *clean;
	struct err err;
	if (text == NULL) return NULL;
	if (text_clean(issues->arena, text, strlen(text), kind, &clean, &err) != OK) {
		issues_add(issues, field->key, N_("Some characters cannot be read. Type this text again."));
		return NULL;
	}
	return text_is_blank(clean) ? NULL : clean;
}

const char *value_posted(const struct field *field, const struct field_post *post, const char *suffix,
                         enum text_kind kind, struct issues *issues)
{
	const char *name = arena_printf(issues->arena, "%s%s", field->key, suffix);
	return value_clean(field, post->get(post->context, name, 0), kind, issues);
}

json_t *value_string(struct issues *issues, const char *text)
{
	return text ? json_keep(issues->arena, json_string(text)) : NULL;
}

const char *value_str(const json_t *value)
{
	return json_is_string(value) ? json_string_value(value) : "";
}

int64_t value_option(const struct field *field, const char *name, int64_t fallback)
{
	return json_int(field->definition, name, fallback);
}

static bool has_word(const struct option_word *words, const char *word)
{
	for (; words->word; words++)
		if (strcmp(words->word, word) == 0) return true;
	return false;
}

void option_words_check(const struct field *field, struct issues *issues)
{
	for (const struct option_words *o = field->type->words; o && o->name; o++) {
		const json_t *value = json_object_get(field->definition, o->name);
		if (value && !has_word(o->words, value_str(value)))
			issues_add(issues, o->name, N_("“%s” is not one of the words of “%s”"), value_str(value),
			           o->name);
	}
}

const char *value_bound(const struct field *field, const char *name, struct arena *a)
{
	const json_t *value = json_object_get(field->definition, name);
	if (json_is_integer(value)) return arena_printf(a, "%lld", (long long)json_integer_value(value));
	return json_string_value(value);
}

static bool has_controls(const char *s)
{
	for (; *s; s++)
		if (((unsigned char)*s < 0x20 && *s != '\n' && *s != '\t') || *s == 0x7F) return true;
	return false;
}

bool value_check_string(const struct field *field, const json_t *value, int64_t max, struct issues *issues)
{
	int before = issues->count;
	if (!json_is_string(value)) issues_add(issues, field->key, N_("This should be a text."));
	else if (has_controls(json_string_value(value)))
		issues_add(issues, field->key, N_("Some characters cannot be read. Type this text again."));
	else if ((int64_t)text_length(json_string_value(value)) > max)
		issues_add(issues, field->key, N_("This text is too long: %lld characters at most."), (long long)max);
	return issues->count == before;
}

void value_show_string(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	const char *text = value_str(value);
	html_text_str(out, p->lang == LANG_FR ? text_typography_fr(p->arena, text) : text);
}

void value_text_string(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	buf_puts(out, value_str(value));
}

void value_index_string(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	sink->key(sink, index_key_text(a, value_str(value)));
	sink->words(sink, value_str(value));
}

void value_join(struct buf *out, const json_t *list, const char *separator)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (i) buf_puts(out, separator);
		buf_puts(out, value_str(json_array_get(list, i)));
	}
}
