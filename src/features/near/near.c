#include "features/near/near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/field_type.h"
#include "core/place.h"
#include "core/query.h"
#include "page/when.h"

#define EARTH_METRES 6371008.8 /* mean radius, IUGG */
#define UNIT 1e-7

int near_metres(int64_t lat1, int64_t lon1, int64_t lat2, int64_t lon2)
{
	double rad = M_PI / 180 * UNIT, a = (double)lat1 * rad, b = (double)lat2 * rad;
	double half = sin((b - a) / 2), across = sin((double)(lon2 - lon1) * rad / 2);
	double h = half * half + cos(a) * cos(b) * across * across;
	return (int)lround(2 * EARTH_METRES * asin(fmin(1, sqrt(h))));
}

const char *near_words(const struct page *p, int metres)
{
	if (metres < 1000) return page_printf(p, _("%d m"), MAX((metres + 25) / 50 * 50, 50));
	if (metres >= 10000) return page_printf(p, _("%d km"), (metres + 500) / 1000);
	int tenths = (metres + 50) / 100;
	if (tenths % 10 == 0) return page_printf(p, _("%d km"), tenths / 10);
	return page_printf(p, _("%1$d.%2$d km"), tenths / 10, tenths % 10);
}

/* ---- Where ---- */

static const struct field *place_field(const struct form *form)
{
	for (int i = 0; form && i < form->nfields; i++)
		if (strcmp(form->fields[i].type->name, "place") == 0) return &form->fields[i];
	return NULL;
}

static bool is_relation(const struct page *p, const struct field *field)
{
	return strcmp(field->type->name, "relation") == 0 && field->target &&
	       place_field(model_form(p->model, field->target));
}

static bool point_of(const struct record *record, int64_t *lat, int64_t *lon, bool *approximate)
{
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = strcmp(field->type->name, "place") == 0 ? record_value(record, field) : NULL;
		if (value == NULL || !place_point(value, lat, lon)) continue;
		*approximate = json_bool(value, "approximate", false);
		return true;
	}
	return false;
}

static const struct record *load(const struct page *p, const char *text)
{
	struct record *record;
	struct err none;
	struct id id;
	if (text == NULL || !id_parse(text, &id)) return NULL;
	return record_load(p->db, p->arena, p->model, p->actor, id, &record, &none) == OK ? record : NULL;
}

static bool read_degrees(const char *text, int most, const char **end, int64_t *ret)
{
	char *after;
	double value = strtod(text, &after);
	if (after == text || !(fabs(value) <= most)) return false;
	*ret = llround(value / UNIT);
	*end = after;
	return true;
}

bool near_point(const struct page *p, const char *place, const char *at, struct near_point *ret)
{
	bool approximate;
	struct near_point point = { 0 };
	const char *rest = at;
	const struct record *record = load(p, place);
	if (record && record->state == STATE_PUBLISHED && point_of(record, &point.lat, &point.lon, &approximate)) {
		point.name = record->title;
		point.place = place;
	} else if (!read_degrees(rest, 90, &rest, &point.lat) || *rest++ != ',' ||
	           !read_degrees(rest, 180, &rest, &point.lon) || *rest != '\0') {
		return false;
	} else {
		point.at = arena_printf(p->arena, "%.3f,%.3f", (double)point.lat * UNIT, (double)point.lon * UNIT);
	}
	*ret = point;
	return true;
}

/* ---- Places to choose from ---- */

static enum code list_places(const struct page *p, const struct form *form, struct near_places *ret, struct err *err)
{
	static const struct sort by_title = { .builtin = SORT_TITLE };
	const struct query query = {
		.form = form, .sorts = &by_title, .nsorts = 1, .size = NEAR_PLACES, .now = p->now
	};
	struct record **records;
	struct result result;
	int64_t lat, lon;
	int n, kept = 0;
	bool approximate;
	TRY(query_run(p->db, p->arena, p->model, p->actor, &query, &result, err));
	TRY(record_load_many(p->db, p->arena, p->model, p->actor, result.nums, result.n, &records, &n, err));
	for (int i = 0; i < n; i++)
		if (point_of(records[i], &lat, &lon, &approximate)) records[kept++] = records[i];
	*ret = (struct near_places){ form, (const struct record *const *)records, kept };
	return OK;
}

/* What an event has one of (a neighbourhood) says where better than what it may have several of. */
enum code near_places(const struct page *p, const struct view *view, struct near_places **ret, int *n, struct err *err)
{
	const struct form *events = view->form;
	struct near_places *lists = arena_array(p->arena, struct near_places, (size_t)events->nfields + 1);
	int found = 0;
	for (int several = 0; several < 2; several++)
		for (int i = 0; i < events->nfields; i++) {
			const struct field *field = &events->fields[i];
			bool again = false;
			if (!is_relation(p, field) || field->many != (several == 1)) continue;
			const struct form *form = model_form(p->model, field->target);
			for (int k = 0; k < found; k++) again |= lists[k].form == form;
			if (again) continue;
			TRY(list_places(p, form, &lists[found], err));
			found += lists[found].n > 0;
		}
	*ret = lists;
	*n = found;
	return OK;
}

bool near_fits(const struct page *p, const struct view *view)
{
	if (view->agenda.date == NULL || view->saved) return false;
	for (int i = 0; i < view->form->nfields; i++)
		if (is_relation(p, &view->form->fields[i])) return true;
	return place_field(view->form) != NULL;
}

/* ---- What takes place ---- */

/* Its own place, else the nearest of those that it is related to. */
static void measure(const struct page *p, const struct record *record, const struct near_point *from,
                    struct near_item *item)
{
	int64_t lat, lon;
	item->metres = -1;
	if (point_of(record, &lat, &lon, &item->about)) {
		item->metres = near_metres(from->lat, from->lon, lat, lon);
		return;
	}
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = is_relation(p, field) ? record_value(record, field) : NULL;
		for (size_t k = 0; k < json_array_size(value); k++) {
			bool approximate;
			const struct record *other = load(p, json_string_value(json_array_get(value, k)));
			if (other == NULL || !point_of(other, &lat, &lon, &approximate)) continue;
			int metres = near_metres(from->lat, from->lon, lat, lon);
			if (item->metres < 0 || metres < item->metres) item->metres = metres;
			item->about = true;
		}
	}
}

static int by_day_and_distance(const void *x, const void *y)
{
	const struct near_item *a = x, *b = y;
	int day = date_compare(a->day, b->day);
	if (day) return day;
	if ((a->metres < 0) != (b->metres < 0)) return a->metres < 0 ? 1 : -1;
	if (a->metres != b->metres) return a->metres < b->metres ? -1 : 1;
	return span_compare(&a->item->occurrence.span, &b->item->occurrence.span);
}

enum code near_find(const struct page *p, struct view_list *list, const struct near_point *point, int metres,
                    struct near_item **ret, int *n, struct err *err)
{
	struct date today = page_local(p).date;
	int kept = 0;
	TRY(agenda_between(p, list, today, date_add_days(today, NEAR_DAYS - 1), err));
	const struct agenda *agenda = list->agenda;
	struct near_item *items = arena_array(p->arena, struct near_item, (size_t)agenda->n + 1);
	for (int i = 0; i < agenda->n; i++) {
		struct near_item *item = &items[kept];
		struct date from = agenda->items[i].occurrence.span.from.date;
		*item = (struct near_item){ .item = &agenda->items[i],
			                    .day = date_compare(from, today) < 0 ? today : from };
		measure(p, agenda->items[i].record, point, item);
		kept += metres == 0 || item->metres <= metres;
	}
	if (kept) qsort(items, (size_t)kept, sizeof(*items), by_day_and_distance);
	*ret = items;
	*n = kept;
	return OK;
}
