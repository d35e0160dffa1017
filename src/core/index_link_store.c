#include "core/index_write.h"

#include <string.h>

#include "store/places.h"

/* Places and links: few, so that a change rewrites all those of a record. Each is a line of text, for
 * comparing what there is with what there should be. */

struct lines {
	struct arena *a;
	const char **line;
	int n, room;
};

static void lines_add(struct lines *lines, const char *line)
{
	if (lines->n == lines->room) {
		lines->room = lines->room ? lines->room * 2 : 16;
		const char **bigger = arena_array(lines->a, const char *, (size_t)lines->room);
		if (lines->n) memcpy(bigger, lines->line, (size_t)lines->n * sizeof(*bigger));
		lines->line = bigger;
	}
	lines->line[lines->n++] = line;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool lines_equal(struct lines *x, struct lines *y)
{
	if (x->n != y->n) return false;
	if (x->n) qsort(x->line, (size_t)x->n, sizeof(*x->line), by_text);
	if (y->n) qsort(y->line, (size_t)y->n, sizeof(*y->line), by_text);
	for (int i = 0; i < x->n; i++)
		if (strcmp(x->line[i], y->line[i]) != 0) return false;
	return true;
}

static const char *place_line(struct arena *a, int64_t field, int audience, struct geo_box box)
{
	return arena_printf(a, "%lld %d %lld %lld %lld %lld", (long long)field, audience, (long long)box.west,
	                    (long long)box.east, (long long)box.south, (long long)box.north);
}

/* *any: some are there now. */
static enum code places_differ(const struct indexing *x, bool *ret, bool *any, struct err *err)
{
	struct lines wanted = { .a = x->a }, present = { .a = x->a };
	for (int i = 0; i < x->nvalues; i++) {
		const struct index_value *v = &x->values[i];
		for (int k = 0; k < v->entries.nplaces; k++)
			lines_add(&wanted, place_line(x->a, v->field->num, (int)v->audience, v->entries.places[k]));
	}
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(x->db, &rows, err, "SELECT field, audience, west, east, south, north FROM place WHERE num = $1",
	             x->record->num));
	while (rows_next(&rows)) {
		struct geo_box box = { row_int(&rows, 2), row_int(&rows, 3), row_int(&rows, 4), row_int(&rows, 5) };
		lines_add(&present, place_line(x->a, row_int(&rows, 0), (int)row_int(&rows, 1), box));
	}
	*any = present.n > 0;
	*ret = !lines_equal(&wanted, &present);
	return rows_end(&rows, err);
}

enum code index_places_write(const struct indexing *x, struct err *err)
{
	bool differ, any;
	TRY(places_differ(x, &differ, &any, err));
	if (!differ) return OK;
	if (any) TRY(places_remove(x->db, x->record->num, err));
	for (int i = 0; i < x->nvalues; i++) {
		const struct index_value *v = &x->values[i];
		for (int k = 0; k < v->entries.nplaces; k++) {
			struct geo_box at = v->entries.places[k];
			struct box box = { (int32_t)at.west, (int32_t)at.east, (int32_t)at.south, (int32_t)at.north };
			TRY(places_add(x->db, x->record->num, v->field->num, (int)v->audience, box, err));
		}
	}
	return OK;
}

/* A relation names an id; a wiki link a slug, or an id where it leads to the address of a page. */
struct link_target {
	struct value id, slug;
	const char *text;
};

static struct link_target target_of(struct arena *a, const struct index_link *link)
{
	struct link_target target = { value_text(NULL), value_text(link->target), link->target };
	struct id id;
	if (!id_parse(link->target, &id)) return target;
	target.id = value_id(id);
	if (strcmp(link->kind, "wiki") == 0) return target;
	target.slug = value_text(NULL);
	target.text = id_format(id, arena_alloc(a, ID_TEXT + 1));
	return target;
}

static enum code links_differ(const struct indexing *x, bool *ret, bool *any, struct err *err)
{
	struct lines wanted = { .a = x->a }, present = { .a = x->a };
	for (int i = 0; i < x->nvalues; i++) {
		const struct index_value *v = &x->values[i];
		for (int k = 0; k < v->entries.nlinks; k++) {
			const struct index_link *link = &v->entries.links[k];
			lines_add(&wanted, arena_printf(x->a, "%d %s %s", (int)v->audience, link->kind,
			                                target_of(x->a, link).text));
		}
	}
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(x->db, &rows, err, "SELECT audience, kind, target_id, target_slug FROM link WHERE source = $1",
	             x->record->num));
	while (rows_next(&rows)) {
		char id[ID_TEXT + 1];
		const char *target = row_is_null(&rows, 3) ? id_format(row_id(&rows, 2), id) : row_text(&rows, 3);
		lines_add(&present, arena_printf(x->a, "%d %s %s", (int)row_int(&rows, 0), row_text(&rows, 1), target));
	}
	*any = present.n > 0;
	*ret = !lines_equal(&wanted, &present);
	return rows_end(&rows, err);
}

enum code index_links_write(const struct indexing *x, struct err *err)
{
	bool differ, any;
	TRY(links_differ(x, &differ, &any, err));
	if (!differ) return OK;
	if (any) TRY(db_run(x->db, err, "DELETE FROM link WHERE source = $1", x->record->num));
	for (int i = 0; i < x->nvalues; i++) {
		const struct index_value *v = &x->values[i];
		for (int k = 0; k < v->entries.nlinks; k++) {
			const struct index_link *link = &v->entries.links[k];
			struct link_target target = target_of(x->a, link);
			TRY(db_run(x->db, err,
			           "INSERT INTO link (source, audience, kind, target_id, target_slug) "
			           "VALUES ($1, $2, $3, $4, $5)",
			           x->record->num, (int)v->audience, link->kind, target.id, target.slug));
		}
	}
	return OK;
}
