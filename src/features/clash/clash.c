#include "features/clash/clash.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/operator.h"
#include "core/place.h"
#include "core/query.h"
#include "features/record/record_page.h"
#include "page/when.h"

enum { DAYS = 60, RECORDS = 400, BATCH = 100, FOUND = 200, HORIZON = 400 /* days */ };

/* ---- Which forms and questions ---- */

static const struct view_agenda *agenda_of(const struct model *model, const struct form *form)
{
	for (int i = 0; i < model->nviews; i++)
		if (model->views[i].form == form && model->views[i].agenda.date && !model->views[i].saved)
			return &model->views[i].agenda;
	return NULL;
}

const struct field *clash_date(const struct model *model, const struct form *form)
{
	const struct view_agenda *agenda = form->confidential ? NULL : agenda_of(model, form);
	return agenda ? agenda->date : NULL;
}

static bool is_type(const struct field *field, const char *type)
{
	return strcmp(field->type->name, type) == 0;
}

/* A text says where only if an agenda says so. */
static bool says_where(const struct view_agenda *agenda, const struct field *field)
{
	if (is_type(field, "place")) return true;
	for (int i = 0; i < agenda->nplaces; i++)
		if (agenda->places[i] == field) return is_type(field, "text") || is_type(field, "relation");
	return false;
}

bool clash_asks(const struct model *model, const struct form *form, const struct field *field)
{
	const struct field *date = clash_date(model, form);
	return date && (field == date || says_where(agenda_of(model, form), field));
}

const struct field *clash_below(const struct page *p, const struct space *space, const struct form *form)
{
	const struct field *last = NULL;
	for (int i = 0; i < form->nfields; i++)
		if (field_writable(p, space, &form->fields[i]) && clash_asks(p->model, form, &form->fields[i]))
			last = &form->fields[i];
	return last;
}

/* ---- Where ---- */

struct spot {
	bool placed;
	bool point;
	int64_t lat, lon;
	const char *words;   /* folded, or "" */
	const json_t *links; /* ids of related records, or NULL */
};

static struct spot spot_of(const struct page *p, const struct form *form, const json_t *values)
{
	const struct view_agenda *agenda = agenda_of(p->model, form);
	struct spot spot = { .words = "" };
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		const json_t *value = json_object_get(values, field->key);
		if (value == NULL || json_is_null(value) || !says_where(agenda, field)) continue;
		if (is_type(field, "place") && !spot.point) spot.point = place_point(value, &spot.lat, &spot.lon);
		if (is_type(field, "place") && *spot.words == '\0')
			spot.words = text_fold(p->arena, json_str_or(value, "address", ""));
		if (is_type(field, "text") && json_is_string(value))
			spot.words = text_fold(p->arena, json_string_value(value));
		if (is_type(field, "relation") && json_array_size(value)) spot.links = value;
	}
	spot.placed = spot.point || spot.links || !text_is_blank(spot.words);
	return spot;
}

static int metres_between(const struct spot *a, const struct spot *b)
{
	const double radius = 6371008.8, unit = M_PI / 180 / (double)GEOMETRY_DEGREE;
	if (!a->point || !b->point) return -1;
	double lat = (double)(a->lat - b->lat) * unit, lon = (double)(a->lon - b->lon) * unit;
	double h = pow(sin(lat / 2), 2) +
	           cos((double)a->lat * unit) * cos((double)b->lat * unit) * pow(sin(lon / 2), 2);
	return (int)fmin(2 * radius * asin(sqrt(fmin(h, 1))), 2e7);
}

static bool share_link(const json_t *a, const json_t *b)
{
	for (size_t i = 0; i < json_array_size(a); i++)
		for (size_t j = 0; j < json_array_size(b); j++)
			if (json_equal(json_array_get(a, i), json_array_get(b, j))) return true;
	return false;
}

/* Points that are far from each other are two places, whatever their words. */
static bool same_place(const struct spot *a, const struct spot *b, int metres)
{
	if (metres >= 0) return metres <= CLASH_METRES;
	return share_link(a->links, b->links) || (!text_is_blank(a->words) && strcmp(a->words, b->words) == 0);
}

/* ---- When ---- */

static int64_t minutes_of(const struct datetime *t)
{
	return date_to_days(t->date) * 1440 + t->hour * 60 + t->minute;
}

/* A day without an hour lasts till its end; an hour without an end, an hour. */
static void bounds(const struct span *span, int64_t *from, int64_t *to)
{
	enum { USUAL = 60 };
	*from = span->timed ? minutes_of(&span->from) : date_to_days(span->from.date) * 1440;
	if (!span->timed) *to = (date_to_days(span->to.date) + 1) * 1440;
	else *to = span->ends ? MAX(minutes_of(&span->to), *from + 1) : *from + USUAL;
}

/* Minutes between them; less than 0: they overlap. One that ends when the other begins leaves the room to it. */
static int64_t gap_between(const struct span *a, const struct span *b)
{
	int64_t from[2], to[2];
	bounds(a, &from[0], &to[0]);
	bounds(b, &from[1], &to[1]);
	return MAX(from[0] - to[1], from[1] - to[0]);
}

/* The next dates of what is written, from today on. */
static int dates_of(const struct page *p, const json_t *value, struct occurrence **ret)
{
	struct schedule schedule;
	struct datetime now = page_local(p);
	struct occurrence first, *all;
	if (value == NULL || json_is_null(value) || json_is_true(json_object_get(value, "typed")) ||
	    !schedule_read(p->arena, value, &schedule) || !schedule_next(p->arena, &schedule, &now, &first))
		return 0;
	int n = schedule_occurrences(p->arena, &schedule, first.span.from.date,
	                             date_add_days(first.span.from.date, HORIZON), CLASH_DATES, &all);
	*ret = all;
	return n;
}

static json_t *days_of(const struct page *p, const struct occurrence *dates, int n)
{
	json_t *days = json_keep(p->arena, json_array());
	for (int i = 0; i < n; i++)
		for (int d = 0; d < span_days(&dates[i].span) && json_array_size(days) < DAYS; d++) {
			char iso[DATE_ISO_SIZE];
			json_array_append_new(days,
			                      json_string(date_iso(date_add_days(dates[i].span.from.date, d), iso)));
		}
	return days;
}

/* ---- Both ---- */

struct looking {
	const struct page *p;
	const struct occurrence *dates;
	int n;
	const json_t *days;
	struct spot spot;
	const struct record *self;
	struct clash *all;
	int found;
};

/* Nearby counts for the same evening, or the same day where one has no hour. */
static bool meets(const struct span *a, const struct span *b, bool same)
{
	int64_t gap = gap_between(a, b);
	if (same) return gap < 0;
	return gap <= CLASH_HOURS * 60;
}

static void compare(struct looking *l, const struct record *record, const struct field *date)
{
	struct spot spot = spot_of(l->p, record->form, record->values);
	struct schedule schedule;
	int metres = metres_between(&l->spot, &spot);
	bool same = same_place(&l->spot, &spot, metres), there = same || (metres >= 0 && metres <= CLASH_NEAR);
	const json_t *value = record_value(record, date);
	struct clash clash = { .record = record, .metres = metres };
	int met = 0, kept_same = 0;
	if (!there || value == NULL || !schedule_read(l->p->arena, value, &schedule)) return;
	for (int i = 0; i < l->n; i++) {
		const struct span *mine = &l->dates[i].span;
		struct occurrence *others;
		/* The day before too: what ends after midnight. */
		int n = schedule_occurrences(l->p->arena, &schedule, date_add_days(mine->from.date, -1),
		                             date_add_days(mine->from.date, span_days(mine)), CLASH_DATES, &others);
		for (int j = 0; j < n; j++) {
			bool conflict = same && meets(mine, &others[j].span, true);
			if (!conflict && !meets(mine, &others[j].span, false)) continue;
			if (met == 0 || (conflict && !clash.same)) {
				clash.span = others[j].span;
				clash.same = conflict;
			}
			kept_same += conflict;
			met++;
		}
	}
	if (met == 0) return;
	clash.more = (clash.same ? kept_same : met) - 1;
	if (l->found < FOUND) l->all[l->found++] = clash;
}

static enum code look(struct looking *l, const struct form *form, const struct field *date, struct err *err)
{
	const struct page *p = l->p;
	struct condition where = { date->key, operator_find("in"), l->days };
	struct query query = { .form = form, .where = &where, .nwhere = 1, .now = p->now, .size = QUERY_SIZE_MAX };
	int64_t *nums;
	int n;
	bool more;
	TRY(query_all(p->db, p->arena, p->model, p->actor, &query, &nums, &n, &more, err));
	n = MIN(n, (int)RECORDS);
	for (int i = 0; i < n; i += BATCH) {
		struct record **records;
		int loaded;
		TRY(record_load_many(p->db, p->arena, p->model, p->actor, nums + i, MIN(n - i, (int)BATCH), &records,
		                     &loaded, err));
		for (int j = 0; j < loaded; j++)
			if ((l->self == NULL || records[j]->num != l->self->num) && records[j]->circle == 0)
				compare(l, records[j], date);
	}
	return OK;
}

static int by_weight(const void *x, const void *y)
{
	const struct clash *a = x, *b = y;
	if (a->same != b->same) return a->same ? -1 : 1;
	int order = span_compare(&a->span, &b->span);
	return order ? order : a->record->num < b->record->num ? -1 : a->record->num > b->record->num;
}

enum code clash_find(const struct page *p, const struct form *form, const json_t *values, const struct record *self,
                     struct clashes *ret, struct err *err)
{
	const struct field *date = clash_date(p->model, form);
	struct clashes clashes = { 0 };
	struct looking l = { .p = p, .self = self };
	struct occurrence *dates = NULL;
	if (date) {
		l.n = dates_of(p, json_object_get(values, date->key), &dates);
		l.spot = spot_of(p, form, values);
	}
	clashes.dated = l.n > 0;
	clashes.placed = l.spot.placed;
	if (clashes.dated && clashes.placed) {
		l.dates = dates;
		l.days = days_of(p, dates, l.n);
		l.all = arena_array(p->arena, struct clash, FOUND);
		for (int i = 0; i < p->model->nforms; i++) {
			const struct form *other = &p->model->forms[i];
			const struct field *when = clash_date(p->model, other);
			if (when) TRY(look(&l, other, when, err));
		}
		if (l.found > 1) qsort(l.all, (size_t)l.found, sizeof(*l.all), by_weight);
	}
	int nsame = 0;
	while (nsame < l.found && l.all[nsame].same) nsame++;
	clashes.nsame = MIN(nsame, (int)CLASH_SHOWN);
	clashes.nnear = MIN(l.found - nsame, (int)CLASH_SHOWN);
	if (clashes.nnear && nsame > clashes.nsame)
		memmove(l.all + clashes.nsame, l.all + nsame, (size_t)clashes.nnear * sizeof(*l.all));
	clashes.all = l.all;
	*ret = clashes;
	return OK;
}

/* ---- For templates ---- */

const struct clashes *clash_of(const struct page *p, const struct form *form, const json_t *values,
                               const struct record *self)
{
	struct clashes *clashes = arena_new(p->arena, struct clashes);
	struct err err;
	if (p->db == NULL || clash_find(p, form, values, self, clashes, &err) != OK) *clashes = (struct clashes){ 0 };
	return clashes;
}

const char *clash_facts(const struct page *p, const struct clash *clash)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	buf_puts(&out, span_words(p->arena, &clash->span, p->lang));
	if (clash->more) {
		buf_puts(&out, ", ");
		buf_puts(&out, page_printf(p, _n("and %d other date", "and %d other dates", clash->more), clash->more));
	}
	if (!clash->same && clash->metres >= 1000)
		buf_puts(&out, page_printf(p, _(" – %d.%d km away"), clash->metres / 1000, clash->metres % 1000 / 100));
	else if (!clash->same && clash->metres > CLASH_METRES)
		buf_puts(&out, page_printf(p, _(" – %d m away"), clash->metres / 10 * 10));
	else buf_puts(&out, _(" – in the same place"));
	return buf_str(&out);
}
