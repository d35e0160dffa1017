/* JSON (RFC 8259): an array of objects; what each holds is said in docs/formats/exports.md. */
#include "base/date.h"
#include "formats/format.h"

static enum code json_begin(struct export *x, struct err *err)
{
	(void)err;
	buf_putc(x->out, '[');
	return OK;
}

/* The values as they are kept, and the same as words. */
static void set_fields(const struct export *x, const struct record *record, json_t *object)
{
	json_t *values = json_object(), *labels = json_object();
	for (int i = 0; i < x->ncolumns; i++) {
		const struct field *field = x->columns[i].field;
		if (field && field->whole) field = field->whole; /* once, with all its parts */
		const json_t *value = field ? record_value(record, field) : NULL;
		if (value == NULL || json_object_get(values, field->key)) continue;
		json_object_set(values, field->key, (json_t *)value);
		json_object_set_new(labels, field->key, json_string(field_plain(x->page, field, value)));
	}
	json_object_set_new(object, "values", values);
	json_object_set_new(object, "labels", labels);
}

static enum code json_record(struct export *x, const struct record *record, struct err *err)
{
	(void)err;
	char id[ID_TEXT + 1], time[TIME_UTC_SIZE];
	json_t *object = json_keep(x->page->arena, json_object());
	json_object_set_new(object, "id", json_string(id_format(record->id, id)));
	json_object_set_new(object, "url", json_string(export_record_url(x, record)));
	json_object_set_new(object, "form", json_string(record->form->key));
	json_object_set_new(object, "space", json_string(record->space->slug));
	json_object_set_new(object, "title", json_string(record->title));
	json_object_set_new(object, "created", json_string(time_utc(record->created, time)));
	json_object_set_new(object, "changed", json_string(time_utc(record->changed, time)));
	set_fields(x, record, object);
	buf_puts(x->out, x->n ? ",\n" : "\n");
	buf_puts(x->out, json_text(x->page->arena, object));
	return OK;
}

static enum code json_end(struct export *x, struct err *err)
{
	(void)err;
	buf_lit(x->out, "\n]\n");
	return OK;
}

const struct format format_json = {
	.name = "json",
	.extension = "json",
	.media_type = "application/json",
	.label = N_("For programs (JSON)"),
	.icon = "code",
	.begin = json_begin,
	.record = json_record,
	.end = json_end,
};
