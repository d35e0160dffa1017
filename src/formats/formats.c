#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "core/place.h"
#include "formats/format.h"

/* The order is that of the menu. */
const struct format *const formats[] = {
	&format_xlsx,     &format_ods,     &format_csv, &format_geojson, &format_json, &format_atom,
	&format_jsonfeed, &format_mapping, NULL,
};

static const struct {
	const char *key, *label;
} builtins[EXPORT_BUILTINS] = {
	[BUILTIN_ID] = { "_id", N_("Number of the record") },
	[BUILTIN_URL] = { "_url", N_("Address of the page") },
	[BUILTIN_SPACE] = { "_space", N_("Space") },
	[BUILTIN_CREATED] = { "_created", N_("Created") },
	[BUILTIN_CHANGED] = { "_changed", N_("Last changed") },
};

const struct format *format_find(const char *name, const struct form *form)
{
	for (const struct format *const *format = formats; *format; format++)
		if (strcmp((*format)->name, name) == 0)
			return (*format)->fits == NULL || (*format)->fits(form) ? *format : NULL;
	return NULL;
}

bool export_may_know(const struct page *p, const struct field *field)
{
	struct thing thing = { .kind = KIND_RECORD, .state = STATE_PUBLISHED, .audience = field->audience };
	for (int i = 0; i < p->model->nspaces; i++) {
		thing.space = &p->model->spaces[i];
		if (allowed(p->actor, ACTION_READ, &thing)) return true;
	}
	return false;
}

static const char *field_heading(const struct page *p, const struct field *field, struct arena *a)
{
	struct label unit = label_from_json(a, json_object_get(field->definition, "unit"));
	const char *label = t(p, &field->label);
	return *t(p, &unit) ? arena_printf(a, "%s (%s)", label, t(p, &unit)) : label;
}

int export_columns(const struct page *p, const struct form *form, bool keys, struct arena *a,
                   const struct export_column **ret)
{
	struct export_column *columns = arena_array(a, struct export_column, (size_t)form->nfields + EXPORT_BUILTINS);
	int n = 0;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (!export_may_know(p, field)) continue;
		columns[n++] = (struct export_column){ .key = field->key,
			                               .label = keys ? field->key : field_heading(p, field, a),
			                               .field = field };
	}
	for (int i = 0; i < EXPORT_BUILTINS; i++) {
		if (i == BUILTIN_ID && !keys) continue;
		columns[n++] = (struct export_column){ .key = builtins[i].key,
			                               .label = keys ? builtins[i].key : tr(p->lang, builtins[i].label),
			                               .builtin = (enum builtin)i };
	}
	*ret = columns;
	return n;
}

const char *export_record_url(const struct export *x, const struct record *record)
{
	return arena_printf(x->page->arena, "%s%s", x->page->base_url, record_url(x->page, record));
}

/* For people, in the site's time; for programs, in UTC. */
static struct cell time_cell(const struct export *x, int64_t ms)
{
	if (x->keys) return (struct cell){ CELL_TEXT, time_utc(ms, arena_alloc(x->page->arena, TIME_UTC_SIZE)) };
	return (struct cell){ CELL_DATE, date_machine(x->page, ms) };
}

static struct cell builtin_cell(const struct export *x, const struct record *record, enum builtin builtin)
{
	struct arena *a = x->page->arena;
	switch (builtin) {
	case BUILTIN_ID: return (struct cell){ CELL_TEXT, id_format(record->id, arena_alloc(a, ID_TEXT + 1)) };
	case BUILTIN_URL: return (struct cell){ CELL_TEXT, export_record_url(x, record) };
	case BUILTIN_SPACE:
		return (struct cell){ CELL_TEXT, x->keys ? record->space->slug : t(x->page, &record->space->name) };
	case BUILTIN_CREATED: return time_cell(x, record->created);
	case BUILTIN_CHANGED: return time_cell(x, record->changed);
	}
	return (struct cell){ CELL_TEXT, "" };
}

struct cell export_cell(const struct export *x, const struct record *record, const struct export_column *column)
{
	const struct field *field = column->field;
	if (x->row) return x->row[column - x->columns];
	if (field == NULL) return builtin_cell(x, record, column->builtin);
	const json_t *value = record_value(record, field);
	struct cell cell = { CELL_TEXT, "" };
	if (value == NULL) return cell;
	cell.kind = field->type->cell;
	if (!x->keys && cell.kind == CELL_TEXT) {
		cell.text = field_plain(x->page, field, value);
		return cell;
	}
	struct buf text;
	buf_init(&text, x->page->arena, 0);
	(field->type->export ? field->type->export : field->type->text)(&text, x->page->lang, field, value);
	cell.text = buf_str(&text);
	if (cell.kind == CELL_NUMBER && !number_valid(cell.text)) cell.kind = CELL_TEXT;
	return cell;
}

const json_t *export_place(const struct export *x, const struct record *record)
{
	int64_t lat, lon;
	for (int i = 0; i < x->ncolumns; i++) {
		const struct field *field = x->columns[i].field;
		const json_t *value = field && strcmp(field->type->name, "place") == 0 ? record_value(record, field)
		                                                                       : NULL;
		if (value && place_point(value, &lat, &lon)) return value;
	}
	return NULL;
}
