#include "views/map.h"

#include <string.h>

#include "core/place.h"
#include "page/picture.h"
#include "views/group.h"

enum { BATCH = 200 /* records in memory at once */ };

bool map_fits(const struct view *view)
{
	return view->map.place != NULL;
}

enum code map_load(const struct page *p, struct view_list *list, struct err *err)
{
	list->query.size = QUERY_SIZE_MAX;
	return group_page(p, list, err);
}

static bool read_point(const struct page *p, const struct record *record, const struct field *place, int rank,
                       struct map_point *ret)
{
	const json_t *value = record_value(record, place), *shape = place_shape(value);
	int64_t lat, lon;
	if (!place_point(value, &lat, &lon)) return false;
	*ret = (struct map_point){ .rank = rank,
		                   .title = arena_strdup(p->arena, record->title),
		                   .url = record_url(p, record),
		                   .category = record_category(record),
		                   .lat = lat,
		                   .lon = lon,
		                   .shape = shape ? json_keep(p->arena, json_deep_copy(shape)) : NULL,
		                   .approximate = json_bool(value, "approximate", false) };
	return true;
}

/* Records come and go in an arena of their own: thousands of them would weigh tens of megabytes. */
static enum code read_batch(const struct page *p, const struct view_list *list, struct arena *scratch,
                            const int64_t *nums, int n, int first, struct map_points *points, struct map_point *room,
                            struct err *err)
{
	struct record **records;
	int found, rank = 0;
	TRY(record_load_many(p->db, scratch, p->model, p->actor, nums, n, &records, &found, err));
	for (int i = 0; i < found; i++) {
		while (nums[rank] != records[i]->num) rank++;
		if (read_point(p, records[i], list->view->map.place, first + rank + 1, &room[points->n])) points->n++;
	}
	return OK;
}

enum code map_points_load(const struct page *p, const struct view_list *list, struct map_points *ret, struct err *err)
{
	struct map_points points = { .n = 0 };
	int64_t *nums;
	TRY(query_all(p->db, p->arena, p->model, p->actor, &list->query, &nums, &points.records, &points.cut, err));
	struct map_point *room = arena_array(p->arena, struct map_point, (size_t)points.records + 1);
	struct arena scratch;
	enum code code = OK;
	arena_init(&scratch);
	for (int i = 0; i < points.records && code == OK; i += BATCH) {
		code = read_batch(p, list, &scratch, nums + i, MIN(points.records - i, (int)BATCH), i, &points, room,
		                  err);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	if (code != OK) return code;
	points.points = room;
	*ret = points;
	return OK;
}

/* ---- Data ---- */

static void put_string(struct buf *out, const char *text)
{
	static const char digits[] = "0123456789abcdef";
	buf_putc(out, '"');
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c == '"' || *c == '\\') buf_putc(out, '\\');
		if (*c >= ' ') buf_putc(out, (char)*c);
		else buf_printf(out, "\\u00%c%c", digits[*c >> 4], digits[*c & 15]);
	}
	buf_putc(out, '"');
}

enum { DECIMALS = 5 /* a metre is enough */ };

static void put_categories(struct buf *out, const struct page *p, const struct field *field)
{
	for (int i = 0; field && i < field->nchoices; i++) {
		const struct choice *choice = &field->choices[i];
		buf_puts(out, i ? ",[" : "[");
		put_string(out, t(p, &choice->label));
		buf_putc(out, ',');
		put_string(out, choice->tone ? choice->tone : "");
		buf_putc(out, ',');
		put_string(out, choice->shape ? choice->shape : "carre");
		buf_putc(out, ']');
	}
}

void map_points_json(struct buf *out, const struct page *p, const struct map_points *points, const struct form *form)
{
	buf_printf(out, "{\"records\":%d,\"categories\":[", points->records);
	put_categories(out, p, form->category);
	buf_lit(out, "],\"points\":[");
	for (int i = 0; i < points->n; i++) {
		const struct map_point *point = &points->points[i];
		buf_printf(out, "%s[%d,", i ? "," : "", point->rank);
		put_string(out, point->title);
		buf_putc(out, ',');
		put_string(out, point->url);
		buf_putc(out, ',');
		degrees_put(out, point->lat, DECIMALS);
		buf_putc(out, ',');
		degrees_put(out, point->lon, DECIMALS);
		buf_printf(out, ",%d,%d", point->category ? (int)(point->category - form->category->choices) : -1,
		           point->approximate);
		if (point->shape) {
			buf_putc(out, ',');
			geometry_put(out, point->shape, DECIMALS);
		}
		buf_putc(out, ']');
	}
	buf_lit(out, "]}");
}

/* ---- For the template ---- */

/* The choices of the address go along, but for what only pages and layouts have. */
const char *map_side_url(const struct page *p, const struct view_list *list, const char *file)
{
	static const char *const own[] = { "vue=", "suite=", "taille=", "fait=", "grouper=" };
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_printf(&url, "/-/view/%s/%s", list->view->key, file);
	char separator = '?';
	for (const char *pair = list->kept; *pair; pair += strcspn(pair, "&"), pair += *pair == '&') {
		bool skip = *pair == '&';
		for (size_t i = 0; i < COUNT(own) && !skip; i++) skip = strncmp(pair, own[i], strlen(own[i])) == 0;
		if (skip) continue;
		buf_putc(&url, separator);
		buf_add(&url, pair, strcspn(pair, "&"));
		separator = '&';
	}
	return buf_str(&url);
}

const char *map_outlines_url(const struct page *p, const struct view *view)
{
	struct picture picture;
	return view->map.outlines && page_picture(p, view->map.outlines, &picture) ? picture.url : NULL;
}

const char *map_words(const struct page *p, const struct view_list *list)
{
	return page_printf(p, _("Map: %s. The list that follows says the same."), t(p, &list->view->title));
}
