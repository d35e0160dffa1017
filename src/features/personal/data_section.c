#include "features/personal/data_section.h"

static const char *values_text(const struct page *p, const json_t *values)
{
	struct buf out;
	const char *label;
	json_t *text;
	buf_init(&out, p->arena, 0);
	json_object_foreach ((json_t *)values, label, text)
		buf_printf(&out, "%s%s: %s", out.len ? "\n" : "", label,
		           json_is_string(text) ? json_string_value(text) : "");
	return buf_str(&out);
}

static const char *record_text(const struct page *p, int64_t num)
{
	struct record *record;
	if (num == 0 || record_load_num(p->db, p->arena, p->model, p->actor, num, &record, NULL) != OK) return "";
	return arena_printf(p->arena, "%s – %s%s", record->title, p->base_url, record_short_url(p, record));
}

const char *data_cell(const struct page *p, const struct data_column *column, const json_t *row)
{
	const json_t *cell = json_object_get(row, column->key);
	int64_t number = json_integer_value(cell);
	const struct space *space;
	const char *words;
	if (cell == NULL || json_is_null(cell)) return "";
	switch (column->kind) {
	case DATA_TIME: return number ? page_date_time(p, number) : "";
	case DATA_NUMBER: return page_number(p, number);
	case DATA_WORDS: words = column->words((int)number); return *words ? _(words) : "";
	case DATA_NAMED: words = column->named(json_string_value(cell)); return *words ? _(words) : "";
	case DATA_SPACE: space = model_space(p->model, number); return space ? t(p, &space->name) : "";
	case DATA_RECORD: return record_text(p, number);
	case DATA_VALUES: return values_text(p, cell);
	default: return json_string_value(cell) ? json_string_value(cell) : "";
	}
}

static json_t *portable_cell(const struct page *p, const struct data_column *column, const json_t *row)
{
	json_t *cell = json_object_get(row, column->key);
	if (cell == NULL || json_is_null(cell)) return json_null();
	if (column->kind == DATA_TIME)
		return json_integer_value(cell) ? json_string(date_machine(p, json_integer_value(cell))) : json_null();
	if (column->kind == DATA_WORDS || column->kind == DATA_NAMED || column->kind == DATA_SPACE ||
	    column->kind == DATA_RECORD)
		return json_string(data_cell(p, column, row));
	return json_incref(cell);
}

json_t *data_portable(const struct page *p, const struct data_section *section, const json_t *rows)
{
	json_t *out = json_array();
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		json_t *object = json_object(), *set = json_object_get(row, "set");
		for (int c = 0; c < DATA_COLUMNS && section->columns[c].key; c++)
			json_object_set_new(object, section->columns[c].key,
			                    portable_cell(p, &section->columns[c], row));
		if (set) json_object_set(object, "set", set);
		json_array_append_new(out, object);
	}
	return out;
}
