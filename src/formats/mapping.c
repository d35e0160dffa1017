/* The mapping that brings an exported CSV (with keys) back: docs/formats/csv-mapping.md. */
#include "formats/format.h"

static enum code mapping_begin(struct export *x, struct err *err)
{
	(void)err;
	json_t *mapping = json_keep(x->arena, json_object()), *fields = json_object(), *ignore = json_array();
	for (int i = 0; i < x->ncolumns; i++) {
		const struct export_column *column = &x->columns[i];
		if (column->field) json_object_set_new(fields, column->key, json_pack("{s:s}", "column", column->key));
		else if (column->builtin != BUILTIN_ID) json_array_append_new(ignore, json_string(column->key));
	}
	json_object_set_new(mapping, "form", json_string(x->view->form->key));
	json_object_set_new(mapping, "space", json_string(x->page->model->spaces[0].slug));
	json_object_set_new(mapping, "record", json_string("_id"));
	json_object_set_new(mapping, "key", json_pack("[s]", x->view->form->title->key));
	json_object_set_new(mapping, "fields", fields);
	json_object_set_new(mapping, "ignore", ignore);
	char *text = json_dumps(mapping, JSON_INDENT(2));
	buf_puts(x->out, text ? text : "");
	buf_putc(x->out, '\n');
	free(text);
	return OK;
}

const struct format format_mapping = {
	.name = "mapping",
	.extension = "mapping.json",
	.media_type = "application/json",
	.begin = mapping_begin,
};
