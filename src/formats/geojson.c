/* GeoJSON (RFC 7946): one feature for each record, where the first of its places is; without one it
 * is an unlocated feature (§3.2), so that nothing is left out. WGS 84, longitude first, no "crs" (§4). */
#include <string.h>

#include "core/place.h"
#include "formats/format.h"

static bool has_places(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (strcmp(form->fields[i].type->name, "place") == 0) return true;
	return false;
}

static enum code geojson_begin(struct export *x, struct err *err)
{
	(void)err;
	buf_lit(x->out, "{\"type\":\"FeatureCollection\",\"features\":[");
	return OK;
}

static void put_string(struct export *x, const char *text)
{
	buf_puts(x->out, json_text(x->page->arena, json_keep(x->page->arena, json_string(text))));
}

static void put_property(struct export *x, const char *key, struct cell cell, bool first)
{
	if (!first) buf_putc(x->out, ',');
	put_string(x, key);
	buf_putc(x->out, ':');
	if (cell.kind == CELL_NUMBER) buf_puts(x->out, cell.text);
	else put_string(x, cell.text);
}

static enum code geojson_record(struct export *x, const struct record *record, struct err *err)
{
	(void)err;
	char id[ID_TEXT + 1];
	buf_puts(x->out, x->n ? ",\n" : "\n");
	buf_printf(x->out, "{\"type\":\"Feature\",\"id\":\"%s\",\"geometry\":", id_format(record->id, id));
	place_put_geometry(x->out, export_place(x, record), 7);
	buf_lit(x->out, ",\"properties\":{");
	put_property(x, "_title", (struct cell){ CELL_TEXT, record->title }, true);
	for (int i = 0; i < x->ncolumns; i++) {
		struct cell cell = export_cell(x, record, &x->columns[i]);
		if (*cell.text) put_property(x, x->columns[i].key, cell, false);
	}
	buf_lit(x->out, "}}");
	return OK;
}

static enum code geojson_end(struct export *x, struct err *err)
{
	(void)err;
	buf_lit(x->out, "\n]}\n");
	return OK;
}

const struct format format_geojson = {
	.name = "geojson",
	.extension = "geojson",
	.media_type = "application/geo+json",
	.label = N_("For a map (GeoJSON)"),
	.icon = "map-pin",
	.fits = has_places,
	.begin = geojson_begin,
	.record = geojson_record,
	.end = geojson_end,
};
