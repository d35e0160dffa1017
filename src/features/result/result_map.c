#include "features/result/result_map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEGREE 1e7
#define RADIANS (3.14159265358979323846 / 180)

enum { WIDTH = 640, MARGIN = 8, POINTS_MAX = 2000 };

/* ---- Areas ---- */

static void each_ring(const json_t *feature, void (*fn)(void *context, const json_t *ring), void *context)
{
	const json_t *geometry = json_object_get(feature, "geometry");
	json_t *coordinates = json_object_get(geometry, "coordinates"), *polygon, *ring;
	size_t i, k;
	if (strcmp(json_str_or(geometry, "type", ""), "Polygon") == 0)
		json_array_foreach (coordinates, i, ring) fn(context, ring);
	if (strcmp(json_str_or(geometry, "type", ""), "MultiPolygon") == 0)
		json_array_foreach (coordinates, i, polygon)
			json_array_foreach (polygon, k, ring) fn(context, ring);
}

struct asked {
	double lat, lon;
	bool in;
};

static double at(const json_t *ring, size_t i, size_t axis)
{
	return json_number_value(json_array_get(json_array_get(ring, i), axis));
}

static void cross_ring(void *context, const json_t *ring)
{
	struct asked *asked = context;
	size_t n = json_array_size(ring);
	for (size_t i = 0; i < n; i++) {
		size_t j = (i + 1) % n;
		double y = at(ring, i, 1), y2 = at(ring, j, 1), x = at(ring, i, 0), x2 = at(ring, j, 0);
		if ((y > asked->lat) == (y2 > asked->lat)) continue;
		if (asked->lon < x + (asked->lat - y) / (y2 - y) * (x2 - x)) asked->in = !asked->in;
	}
}

int area_find(const struct map_area *areas, int n, double lat, double lon)
{
	for (int i = 0; i < n; i++) {
		struct asked asked = { lat, lon, false };
		each_ring(areas[i].feature, cross_ring, &asked);
		if (asked.in) return i;
	}
	return -1;
}

static void read_areas(const struct page *p, const json_t *outlines, struct answer_map *map)
{
	size_t i;
	json_t *feature;
	map->areas = arena_array(p->arena, struct map_area, AREAS_MAX);
	json_array_foreach (json_object_get(outlines, "features"), i, feature) {
		const json_t *properties = json_object_get(feature, "properties");
		const char *name = json_str_or(properties, "nom", json_str_or(properties, "name", ""));
		if (*name && map->nareas < AREAS_MAX) map->areas[map->nareas++] = (struct map_area){ name, feature };
	}
}

/* ---- Answers by area ---- */

static void put_in_areas(const struct page *p, const struct result_question *places, struct answer_map *map)
{
	struct result_question *by = &map->by_area;
	int n = map->nareas;
	*by = (struct result_question){ .key = places->key, .label = places->label, .kind = QUESTION_CHOICES };
	by->keys = arena_array(p->arena, const char *, (size_t)n + 2);
	by->labels = arena_array(p->arena, const char *, (size_t)n + 2);
	for (int i = 0; i < n; i++) by->keys[i] = by->labels[i] = map->areas[i].name;
	by->keys[n] = "";
	by->labels[n] = _("Elsewhere");
	column_init(&by->column, p->arena, COLUMN_CODES, places->column.words * 64, n + 1);
	by->column.n = places->column.n;
	for (int i = 0; places->places && i < places->column.n; i++) {
		if (!column_said(&places->column, i)) continue;
		int area = area_find(map->areas, n, (double)places->places[i].lat / DEGREE,
		                     (double)places->places[i].lon / DEGREE);
		column_say(&by->column, i, area < 0 ? n : area);
	}
}

static void add_row(struct answer_map *map, const char *label, int n, double share, bool hidden)
{
	struct map_row *row = &map->rows[map->nrows++];
	*row = (struct map_row){ .label = label, .n = n, .share = share, .hidden = hidden, .tone = -1 };
}

static void count_answers(const struct page *p, const struct results *results, struct answer_map *map)
{
	const struct shown_question *s = shown_question_of(p, results, &map->by_area);
	for (int i = 0; i < s->all.n; i++)
		if (s->all.choices[i].n)
			add_row(map, map->by_area.labels[i], s->all.choices[i].n, s->all.choices[i].share,
			        s->hidden[i]);
}

/* Small areas stand together, as in every cross-table. */
static void count_part(const struct page *p, const struct results *results, struct answer_map *map)
{
	struct result_cross cross;
	result_cross_make(p, results, &map->by_area, map->question, NULL, SHARE_ROW, &cross);
	const struct cross_layer *layer = &cross.layers[0];
	int columns = layer->cross.columns, code = -1;
	for (int i = 0; i < columns; i++)
		if (strcmp(layer->column.labels[i], map->question->labels[map->code]) == 0) code = i;
	for (int row = 0; cross.nlayers && code >= 0 && row < layer->cross.rows; row++) {
		int cell = row * columns + code;
		if (layer->cross.row_counts[row] == 0) continue;
		double share = cross_share_of(layer, SHARE_ROW, cell);
		add_row(map, layer->row.labels[row], layer->cross.row_counts[row], share,
		        layer->hidden[cell] || isnan(share));
	}
}

static void find_part(const struct results *results, const char *part, struct answer_map *map)
{
	const char *colon = strchr(part, ':');
	for (int i = 0; colon && i < results->nquestions; i++) {
		const struct result_question *q = &results->questions[i];
		if (q->kind != QUESTION_CHOICES || strlen(q->key) != (size_t)(colon - part) ||
		    strncmp(q->key, part, strlen(q->key)) != 0)
			continue;
		for (int code = 0; code < q->column.ncodes; code++)
			if (strcmp(q->keys[code], colon + 1) == 0) map->question = q, map->code = code;
	}
}

static double value_of(const struct answer_map *map, const struct map_row *row)
{
	return map->question ? row->share : row->n;
}

static int by_value(const void *a, const void *b)
{
	const struct map_row *x = a, *y = b;
	if (x->hidden != y->hidden) return x->hidden ? 1 : -1;
	if (x->hidden || x->n == y->n) return strcmp(x->label, y->label);
	return x->n < y->n ? 1 : -1;
}

/* Five tones, of equal steps up to the greatest; numbers in the order of the table. */
static void tone_rows(const struct page *p, struct answer_map *map)
{
	double most = 0, least[AREA_TONES], greatest[AREA_TONES];
	bool any[AREA_TONES] = { false };
	if (map->nrows) qsort(map->rows, (size_t)map->nrows, sizeof(*map->rows), by_value);
	for (int i = 0; i < map->nrows; i++) {
		map->rows[i].number = i + 1;
		if (!map->rows[i].hidden) most = fmax(most, value_of(map, &map->rows[i]));
	}
	for (int i = 0; i < map->nrows; i++) {
		struct map_row *row = &map->rows[i];
		if (row->hidden) continue;
		double value = value_of(map, row);
		int tone = most > 0 ? (int)fmin(AREA_TONES - 1, floor(value / most * AREA_TONES)) : 0;
		row->tone = tone;
		least[tone] = any[tone] ? fmin(least[tone], value) : value;
		greatest[tone] = any[tone] ? fmax(greatest[tone], value) : value;
		any[tone] = true;
	}
	for (int tone = 0; tone < AREA_TONES; tone++) {
		map->legend[tone] = "";
		if (!any[tone]) continue;
		const char *low = map->question ? result_percent(p, least[tone]) : result_number(p, least[tone], 0);
		const char *high = map->question ? result_percent(p, greatest[tone])
		                                 : result_number(p, greatest[tone], 0);
		map->legend[tone] = strcmp(low, high) == 0 ? low : page_printf(p, _("%s to %s"), low, high);
	}
}

/* ---- The drawing ---- */

struct drawing {
	struct buf *out;
	double west, north, scale, narrow; /* narrow: of a degree of longitude against one of latitude */
	double left, right, top, bottom;   /* of what was drawn last */
};

static void put_ring(void *context, const json_t *ring)
{
	struct drawing *d = context;
	for (size_t i = 0; i < json_array_size(ring); i++) {
		double x = (at(ring, i, 0) - d->west) * d->narrow * d->scale + MARGIN;
		double y = (d->north - at(ring, i, 1)) * d->scale + MARGIN;
		buf_printf(d->out, "%c%.1f %.1f", i ? 'L' : 'M', x, y);
		d->left = fmin(d->left, x), d->right = fmax(d->right, x);
		d->top = fmin(d->top, y), d->bottom = fmax(d->bottom, y);
	}
	buf_putc(d->out, 'z');
}

static void box_ring(void *context, const json_t *ring)
{
	struct drawing *d = context;
	for (size_t i = 0; i < json_array_size(ring); i++) {
		d->left = fmin(d->left, at(ring, i, 0)), d->right = fmax(d->right, at(ring, i, 0));
		d->bottom = fmin(d->bottom, at(ring, i, 1)), d->top = fmax(d->top, at(ring, i, 1));
	}
}

static const struct map_row *row_of(const struct answer_map *map, const char *name)
{
	for (int i = 0; i < map->nrows; i++)
		if (strcmp(map->rows[i].label, name) == 0) return &map->rows[i];
	return NULL;
}

static void put_area(struct drawing *d, const struct answer_map *map, const struct map_area *area)
{
	const struct map_row *row = row_of(map, area->name);
	if (row && row->hidden) buf_lit(d->out, "<path class=\"chart-rest\" fill=\"url(#map-hatch)\" d=\"");
	else if (row) buf_printf(d->out, "<path class=\"area-%d\" d=\"", row->tone);
	else buf_lit(d->out, "<path class=\"area-none\" d=\"");
	d->left = d->top = 1e9;
	d->right = d->bottom = -1e9;
	each_ring(area->feature, put_ring, d);
	buf_lit(d->out, "\"><title>");
	html_text(d->out, area->name);
	buf_lit(d->out, "</title></path>");
}

/* Above all else, so that points hide no number. */
static void put_number(struct drawing *d, const struct answer_map *map, const struct map_area *area)
{
	const struct map_row *row = row_of(map, area->name);
	struct buf *out = d->out, unseen;
	if (row == NULL) return;
	buf_init(&unseen, map->arena, 0);
	d->left = d->top = 1e9;
	d->right = d->bottom = -1e9;
	d->out = &unseen;
	each_ring(area->feature, put_ring, d);
	d->out = out;
	buf_printf(out, "<text class=\"area-number\" x=\"%.0f\" y=\"%.0f\">%d</text>", (d->left + d->right) / 2,
	           (d->top + d->bottom) / 2 + 5, row->number);
}

static void put_points(struct drawing *d, const struct results *results, const struct result_question *places)
{
	int drawn = 0;
	for (int i = 0; i < places->column.n && drawn < POINTS_MAX; i++) {
		if (!column_said(&places->column, i) || !set_holds(results->among, i)) continue;
		double lon = (double)places->places[i].lon / DEGREE, lat = (double)places->places[i].lat / DEGREE;
		double x = (lon - d->west) * d->narrow * d->scale + MARGIN, y = (d->north - lat) * d->scale + MARGIN;
		if (x < 0 || y < 0 || x > WIDTH || y > 4 * WIDTH) continue;
		buf_printf(d->out, "<circle class=\"area-point\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", x, y);
		drawn++;
	}
}

static struct html_safe draw(const struct page *p, const struct results *results, const struct answer_map *map,
                             const char *title)
{
	struct buf out;
	struct drawing d = { &out, .left = 1e9, .right = -1e9, .top = -1e9, .bottom = 1e9 };
	for (int i = 0; i < map->nareas; i++) each_ring(map->areas[i].feature, box_ring, &d);
	if (!(d.right > d.left && d.top > d.bottom)) return (struct html_safe){ "", 0 };
	d.west = d.left;
	d.north = d.top;
	d.narrow = cos((d.top + d.bottom) / 2 * RADIANS);
	d.scale = (WIDTH - 2 * MARGIN) / ((d.right - d.left) * d.narrow);
	int height = (int)fmin(4 * WIDTH, (d.top - d.bottom) * d.scale + 2 * MARGIN);
	buf_init(&out, p->arena, 0);
	buf_printf(
	        &out,
	        "<svg class=\"chart answer-map\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"map-title map-desc\"><title id=\"map-title\">",
	        WIDTH, height);
	html_text(&out, title);
	buf_lit(&out, "</title><desc id=\"map-desc\">");
	html_text(&out, _("Each area has the number of its line in the table beside, which says the same."));
	buf_lit(&out,
	        "</desc><defs><pattern id=\"map-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"chart-hatch\" d=\"M0 0V6\"/></pattern></defs>");
	for (int i = 0; i < map->nareas; i++) put_area(&d, map, &map->areas[i]);
	if (map->points) put_points(&d, results, map->places);
	for (int i = 0; i < map->nareas; i++) put_number(&d, map, &map->areas[i]);
	buf_lit(&out, "</svg>");
	return (struct html_safe){ buf_str(&out), out.len };
}

void answer_map_make(const struct page *p, const struct results *results, const struct result_question *places,
                     const json_t *outlines, const char *part, struct answer_map *ret)
{
	struct answer_map map = { .arena = p->arena, .places = places };
	read_areas(p, outlines, &map);
	map.rows = arena_array(p->arena, struct map_row, AREAS_MAX + 2);
	put_in_areas(p, places, &map);
	find_part(results, part, &map);
	if (map.question) count_part(p, results, &map);
	else count_answers(p, results, &map);
	tone_rows(p, &map);
	map.points = places->places && results->rule.hide_below == 0 && results->source->may(p, results->form) &&
	             !results->source->confidential(p, results->form);
	map.drawing = draw(
	        p, results, &map,
	        map.question ? page_printf(p, "%s%s%s", map.question->label, _(": "), map.question->labels[map.code])
	                     : places->label);
	*ret = map;
}
