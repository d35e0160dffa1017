#include "core/form_part.h"

#include <stdlib.h>
#include <string.h>

#include "core/field_type.h"

void form_parts_make(struct arena *a, struct form *form, struct issues *issues)
{
	struct field *parts = arena_array(a, struct field, FORM_PARTS_MAX + 1);
	int n = 0;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (field->type == NULL || field->type->parts == NULL) continue;
		n += field->type->parts(field, a, parts + n, FORM_PARTS_MAX - n + 1);
		if (n <= FORM_PARTS_MAX) continue;
		issues_add(issues, arena_printf(a, "fields.%d.rows", i),
		           N_("the lines of all tables of a form are %d at most"), FORM_PARTS_MAX);
		n = FORM_PARTS_MAX;
	}
	form->parts = parts;
	form->nparts = n;
}

const struct field *form_find(const struct form *form, const char *key)
{
	for (int i = 0; i < form->nparts; i++)
		if (strcmp(form->parts[i].key, key) == 0) return &form->parts[i];
	return form_field(form, key);
}

const struct field *form_numbered(const struct form *form, int64_t num)
{
	for (int i = 0; i < form_nasked(form); i++)
		if (form_asked(form, i)->num == num) return form_asked(form, i);
	return NULL;
}

int form_nasked(const struct form *form)
{
	return form->nfields + form->nparts;
}

const struct field *form_asked(const struct form *form, int i)
{
	return i < form->nfields ? &form->fields[i] : &form->parts[i - form->nfields];
}

/* Lists are those of rankings, whose places are counted from 1. */
static const json_t *inside(const json_t *value, const char *step)
{
	if (json_is_array(value)) return json_array_get(value, (size_t)strtoul(step, NULL, 10) - 1);
	return json_object_get(value, step);
}

const json_t *part_value(const struct field *part, const json_t *whole)
{
	const json_t *value = inside(whole, part->path[0]);
	if (value && part->path[1]) value = inside(value, part->path[1]);
	return json_is_null(value) ? NULL : value;
}

const json_t *field_value(const struct field *field, const json_t *values)
{
	const json_t *value = json_object_get(values, field->whole ? field->whole->key : field->key);
	if (field->whole) return part_value(field, value);
	return json_is_null(value) ? NULL : value;
}

/* What is inside `object` under `key`, made when it is not there. */
static json_t *made(json_t *object, const char *key, bool list)
{
	json_t *value = json_object_get(object, key);
	if (value == NULL) json_object_set_new(object, key, value = list ? json_array() : json_object());
	return value;
}

void part_set(const struct field *part, json_t *values, json_t *value)
{
	json_t *whole = made(values, part->whole->key, part->whole->type->listed);
	if (json_is_array(whole)) json_array_append(whole, value);
	else if (part->path[1]) json_object_set(made(whole, part->path[0], false), part->path[1], value);
	else json_object_set(whole, part->path[0], value);
}

struct field part_make(struct arena *a, const struct field *whole, const struct field_type *type,
                       const struct choice *row, const struct choice *column)
{
	struct field part = *whole;
	part.whole = whole;
	part.type = type;
	part.path[0] = row->key;
	part.path[1] = column ? column->key : NULL;
	part.key = arena_printf(a, column ? "%s.%s.%s" : "%s.%s", whole->key, row->key, column ? column->key : "");
	for (int lang = 0; lang < LANG_COUNT; lang++)
		part.label.text[lang] = arena_printf(a, column ? "%s – %s – %s" : "%s – %s",
		                                     label_text(&whole->label, (enum lang)lang),
		                                     label_text(&row->label, (enum lang)lang),
		                                     column ? label_text(&column->label, (enum lang)lang) : "");
	part.required = false;
	part.num = 0;
	part.show_if = NULL;
	part.rows = part.second = NULL;
	part.nrows = part.nsecond = 0;
	return part;
}
