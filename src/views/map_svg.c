/* The drawing of a map: Web Mercator, as the browser's map, cut at the frame. */
#include <math.h>
#include <string.h>

#include "base/geometry.h"
#include "views/map.h"

enum { WIDTH = 800, HEIGHT = 600, MARGIN = 48, NUMBERED = 150, CELL = 28 };
#define DEGREE 1e7
#define LEAST 0.0003 /* of the world's width: a single point still shows its surroundings */
#define RADIANS (3.14159265358979323846 / 180)

struct frame {
	double west, north; /* of the frame, in world units (0 to 1 from west to east, from north to south) */
	double scale;       /* pixels for one */
};

static double world_x(double lon)
{
	return lon / 360 + 0.5;
}

static double world_y(double lat)
{
	double bounded = fmax(-85, fmin(85, lat)) * RADIANS;
	return 0.5 - log(tan(bounded / 2 + RADIANS * 45)) / (RADIANS * 720);
}

static double px(const struct frame *f, double lon)
{
	return (world_x(lon) - f->west) * f->scale;
}

static double py(const struct frame *f, double lat)
{
	return (world_y(lat) - f->north) * f->scale;
}

struct box {
	double left, right, top, bottom;
};

static void box_take(struct box *box, double lon, double lat)
{
	double x = world_x(lon), y = world_y(lat);
	box->left = fmin(box->left, x);
	box->right = fmax(box->right, x);
	box->top = fmin(box->top, y);
	box->bottom = fmax(box->bottom, y);
}

static void each_ring(const json_t *outlines, void (*fn)(void *arg, const json_t *ring), void *arg)
{
	size_t i, j, k;
	json_t *feature, *polygon, *ring;
	json_array_foreach (json_object_get(outlines, "features"), i, feature) {
		const json_t *geometry = json_object_get(feature, "geometry");
		json_t *coordinates = json_object_get(geometry, "coordinates");
		if (strcmp(json_str_or(geometry, "type", ""), "Polygon") == 0)
			json_array_foreach (coordinates, j, ring) fn(arg, ring);
		if (strcmp(json_str_or(geometry, "type", ""), "MultiPolygon") == 0)
			json_array_foreach (coordinates, j, polygon)
				json_array_foreach (polygon, k, ring) fn(arg, ring);
	}
}

static void ring_box(void *arg, const json_t *ring)
{
	for (size_t i = 0; i < json_array_size(ring); i++) {
		const json_t *at = json_array_get(ring, i);
		box_take(arg, json_number_value(json_array_get(at, 0)), json_number_value(json_array_get(at, 1)));
	}
}

static void point_box(struct box *box, const struct map_point *point)
{
	box_take(box, (double)point->lon / DEGREE, (double)point->lat / DEGREE);
	if (point->shape == NULL) return;
	struct geo_box covered = geometry_box(point->shape);
	box_take(box, (double)covered.west / DEGREE, (double)covered.south / DEGREE);
	box_take(box, (double)covered.east / DEGREE, (double)covered.north / DEGREE);
}

/* Around the points; around the outlines when there are none. */
static struct frame frame_for(const struct map_points *points, const json_t *outlines)
{
	struct box box = { 2, -1, 2, -1 };
	for (int i = 0; i < points->n; i++) point_box(&box, &points->points[i]);
	if (points->n == 0) each_ring(outlines, ring_box, &box);
	if (box.left > box.right) box = (struct box){ 0, 1, 0, 1 };
	double width = fmax(box.right - box.left, LEAST), height = fmax(box.bottom - box.top, LEAST);
	double scale = fmin((WIDTH - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height);
	return (struct frame){ .west = (box.left + box.right) / 2 - WIDTH / scale / 2,
		               .north = (box.top + box.bottom) / 2 - HEIGHT / scale / 2,
		               .scale = scale };
}

/* ---- Outlines ---- */

struct drawing {
	struct buf *out;
	struct frame frame;
};

static void put_ring(void *arg, const json_t *ring)
{
	const struct drawing *d = arg;
	for (size_t i = 0; i < json_array_size(ring); i++) {
		const json_t *at = json_array_get(ring, i);
		double x = px(&d->frame, json_number_value(json_array_get(at, 0)));
		double y = py(&d->frame, json_number_value(json_array_get(at, 1)));
		buf_printf(d->out, "%c%.0f %.0f", i ? 'L' : 'M', fmax(-9999, fmin(9999, x)),
		           fmax(-9999, fmin(9999, y)));
	}
	buf_putc(d->out, 'z');
}

static const json_t *outer_ring(const json_t *feature)
{
	const json_t *geometry = json_object_get(feature, "geometry");
	const json_t *first = json_array_get(json_object_get(geometry, "coordinates"), 0);
	return strcmp(json_str_or(geometry, "type", ""), "MultiPolygon") == 0 ? json_array_get(first, 0) : first;
}

/* In the middle of what is seen of it, if that is inside the frame. */
static void put_name(const struct drawing *d, const json_t *feature)
{
	const json_t *ring = outer_ring(feature), *properties = json_object_get(feature, "properties");
	const char *name = json_str_or(properties, "nom", json_str_or(properties, "name", ""));
	double left = WIDTH, right = 0, top = HEIGHT, bottom = 0;
	for (size_t i = 0; i < json_array_size(ring); i++) {
		const json_t *at = json_array_get(ring, i);
		double x = fmax(0, fmin(WIDTH, px(&d->frame, json_number_value(json_array_get(at, 0)))));
		double y = fmax(0, fmin(HEIGHT, py(&d->frame, json_number_value(json_array_get(at, 1)))));
		left = fmin(left, x), right = fmax(right, x), top = fmin(top, y), bottom = fmax(bottom, y);
	}
	if (*name == '\0' || right - left < 90 || bottom - top < 40) return;
	buf_printf(d->out, "<text class=\"name\" x=\"%.0f\" y=\"%.0f\">", (left + right) / 2, (top + bottom) / 2);
	html_text(d->out, name);
	buf_lit(d->out, "</text>");
}

/* ---- Points ---- */

static const char *tone_of(const struct map_point *point)
{
	return point->category && point->category->tone ? point->category->tone : "plain";
}

static bool together(const struct map_point *a, const struct map_point *b)
{
	return a->lat == b->lat && a->lon == b->lon;
}

/* ---- Lines and areas ---- */

static void put_run(const struct drawing *d, const json_t *run)
{
	for (size_t i = 0; i < json_array_size(run); i++) {
		const json_t *at = json_array_get(run, i);
		double x = px(&d->frame, (double)json_integer_value(json_array_get(at, 0)) / DEGREE);
		double y = py(&d->frame, (double)json_integer_value(json_array_get(at, 1)) / DEGREE);
		buf_printf(d->out, "%c%.1f %.1f", i ? 'L' : 'M', x, y);
	}
}

static void put_shape(const struct drawing *d, const struct map_point *point)
{
	bool area = geometry_is(point->shape, "Polygon");
	const json_t *coordinates = json_object_get(point->shape, "coordinates"), *ring;
	size_t i;
	buf_printf(d->out, "<path class=\"%s %s\" d=\"", area ? "area" : "line", tone_of(point));
	if (!area) put_run(d, coordinates);
	else
		json_array_foreach ((json_t *)coordinates, i, ring) {
			put_run(d, ring);
			buf_putc(d->out, 'z');
		}
	buf_lit(d->out, "\"/>");
}

/* The first of those at one place stands for all: "4, 13". */
static void put_mark(const struct drawing *d, const struct map_points *points, int i)
{
	const struct map_point *point = &points->points[i];
	for (int j = 0; j < i; j++)
		if (together(&points->points[j], point)) return;
	static const struct {
		const char *shape, *path;
	} shapes[] = {
		{ "carre", "M-8-8h16v16h-16z" },        { "los", "M0-11 11 0 0 11-11 0z" },
		{ "tri", "M0-10 10 8H-10z" },           { "toit", "M-9 9V-2L0-10 9-2V9z" },
		{ "demi", "M-10 5a10 10 0 0 1 20 0z" },
	};
	const char *path = "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z";
	for (size_t s = 0; s < COUNT(shapes) && point->category && point->category->shape; s++)
		if (strcmp(shapes[s].shape, point->category->shape) == 0) path = shapes[s].path;
	buf_printf(d->out,
	           "<g class=\"mark %s\" transform=\"translate(%.1f %.1f)\"><path d=\"%s\"/>"
	           "<text x=\"13\" y=\"5\">%d",
	           tone_of(point), px(&d->frame, (double)point->lon / DEGREE),
	           py(&d->frame, (double)point->lat / DEGREE), path, point->rank);
	for (int j = i + 1; j < points->n; j++)
		if (together(&points->points[j], point)) buf_printf(d->out, ", %d", points->points[j].rank);
	buf_lit(d->out, "</text></g>");
}

/* Too many to tell apart: how many there are in each cell of a grid. */
static void put_heaps(const struct drawing *d, const struct map_points *points)
{
	enum { COLUMNS = WIDTH / CELL + 1, ROWS = HEIGHT / CELL + 1 };
	static _Thread_local int heaps[ROWS][COLUMNS];
	memset(heaps, 0, sizeof(heaps));
	for (int i = 0; i < points->n; i++) {
		int x = (int)(px(&d->frame, (double)points->points[i].lon / DEGREE) / CELL);
		int y = (int)(py(&d->frame, (double)points->points[i].lat / DEGREE) / CELL);
		if (x >= 0 && x < COLUMNS && y >= 0 && y < ROWS) heaps[y][x]++;
	}
	for (int y = 0; y < ROWS; y++)
		for (int x = 0; x < COLUMNS; x++)
			if (heaps[y][x])
				buf_printf(d->out,
				           "<g class=\"heap\" transform=\"translate(%d %d)\"><circle r=\"%.1f\"/>"
				           "<text y=\"4\">%d</text></g>",
				           x * CELL + CELL / 2, y * CELL + CELL / 2,
				           fmin(CELL / 2.0, 7 + sqrt(heaps[y][x])), heaps[y][x]);
}

/* The tones of front/tokens.css, in both modes. */
static const char style[] =
        "<style>"
        "svg{background:#fdfdf9}.land{fill:#f4f3eb;stroke:#737e70;stroke-width:1.5}"
        "text{font:700 14px sans-serif;fill:#14221c}.name{fill:#43524c;text-anchor:middle;font-weight:400}"
        ".mark path{stroke:#fdfdf9;stroke-width:2}.mark text{paint-order:stroke;stroke:#fdfdf9;stroke-width:3}"
        ".heap circle{fill:#12523f}.heap text{fill:#fff;text-anchor:middle;font-size:11px}"
        ".line,.area{fill:none;stroke:currentColor;stroke-width:4;stroke-linejoin:round;stroke-linecap:round}"
        ".area{fill:currentColor;fill-opacity:.2;fill-rule:evenodd;stroke-width:2}"
        ".plain{color:#14221c}.foret{color:#045540}.loire{color:#1a4b81}.prune{color:#79284f}"
        ".brique{color:#8c2c0f}.ocre{color:#6f4a06}.ardoise{color:#2e4651}.mark path{fill:currentColor}"
        "@media(max-width:480px){.name{display:none}.mark text{font-size:30px}.mark path{stroke-width:1}}"
        "@media screen and (prefers-color-scheme:dark){"
        "svg{background:#1a231f}.land{fill:#111916;stroke:#7e9189}text{fill:#eeede6}.name{fill:#bcbbb1}"
        ".mark path,.mark text{stroke:#1a231f}.heap circle{fill:#8edbb3}.heap text{fill:#0e1a15}"
        ".plain{color:#eeede6}.foret{color:#8fdabd}.loire{color:#a1cbfe}.prune{color:#f4b1cb}"
        ".brique{color:#f9b4a1}.ocre{color:#e8c088}.ardoise{color:#b5ccd8}}"
        "</style>";

void map_svg(struct buf *out, const struct map_points *points, const json_t *outlines, const char *title)
{
	struct drawing d = { out, frame_for(points, outlines) };
	size_t i;
	json_t *feature;
	buf_printf(out,
	           "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"><title>",
	           WIDTH, HEIGHT, WIDTH, HEIGHT);
	html_text(out, title);
	buf_lit(out, "</title>");
	buf_puts(out, style);
	buf_lit(out, "<path class=\"land\" d=\"");
	each_ring(outlines, put_ring, &d);
	buf_lit(out, "\"/>");
	json_array_foreach (json_object_get(outlines, "features"), i, feature) put_name(&d, feature);
	for (int k = 0; k < points->n; k++)
		if (points->points[k].shape) put_shape(&d, &points->points[k]);
	if (points->n > NUMBERED) put_heaps(&d, points);
	else
		for (int k = 0; k < points->n; k++) put_mark(&d, points, k);
	buf_lit(out, "</svg>");
}
