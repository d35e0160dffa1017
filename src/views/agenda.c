#include "views/agenda.h"

#include <stdlib.h>
#include <string.h>

#include "core/field_type.h"
#include "core/horizon.h"
#include "core/moment.h"
#include "core/operator.h"
#include "page/when.h"

enum {
	LIST_DAYS = 62,
	ITEMS = 3000,   /* in one agenda */
	RECORDS = 2000, /* of one view, looked at */
	BATCH = 200,
};

const char *const agenda_words[AGENDA_SPANS] = { "mois", "semaine", "liste" };

bool agenda_fits(const struct view *view)
{
	return view->agenda.date != NULL;
}

/* ---- Which days ---- */

static struct agenda span_of(const struct page *p, const struct view_list *list)
{
	struct agenda agenda = { .today = page_local(p).date };
	agenda.anchor = agenda.today;
	if (list->day) (void)date_from_iso(list->day, &agenda.anchor);
	for (int i = 0; list->span && i < AGENDA_SPANS; i++)
		if (strcmp(agenda_words[i], list->span) == 0) agenda.span = (enum agenda_span)i;
	agenda.from = agenda.anchor;
	agenda.to = date_add_days(agenda.from, LIST_DAYS - 1);
	if (agenda.span == AGENDA_MONTH) {
		agenda.from.day = 1;
		agenda.to = agenda.from;
		agenda.to.day = date_month_days(agenda.from.year, agenda.from.month);
	}
	if (agenda.span == AGENDA_WEEK) {
		agenda.from = date_add_days(agenda.anchor, 1 - date_weekday(agenda.anchor));
		agenda.to = date_add_days(agenda.from, 6);
	}
	struct date first, last;
	horizon_days(model_zone(p->model), &first, &last);
	agenda.beyond = date_compare(agenda.to, last) > 0 || date_compare(agenda.from, first) < 0;
	return agenda;
}

/* ---- What takes place ---- */

/* The months that the span touches, as the index of dates knows them: what is left over is sorted out afterwards. */
static struct condition in_months(const struct page *p, const struct agenda *agenda, const struct field *field)
{
	json_t *months = json_keep(p->arena, json_array());
	struct date month = agenda->from;
	for (month.day = 1; date_compare(month, agenda->to) <= 0; month = date_add_months(month, 1))
		json_array_append_new(months,
		                      json_string(arena_printf(p->arena, "%04d-%02d", month.year, month.month)));
	return (struct condition){ field->key, operator_find("in"), months };
}

static void take_record(const struct page *p, const struct record *record, const struct field *field,
                        struct agenda *agenda)
{
	struct schedule schedule;
	struct occurrence *all;
	const json_t *value = record_value(record, field);
	if (value == NULL || !schedule_read(p->arena, value, &schedule)) return;
	int n = schedule_occurrences(p->arena, &schedule, agenda->from, agenda->to, LIST_DAYS, &all);
	for (int i = 0; i < n && agenda->n < ITEMS; i++)
		agenda->items[agenda->n++] = (struct agenda_item){ record, all[i] };
}

static enum code take_query(const struct page *p, const struct query *query, const struct field *field,
                            struct view_list *list, struct agenda *agenda, struct err *err)
{
	static const struct sort latest = { .builtin = SORT_CHANGED, .descending = true };
	int64_t *nums;
	int n;
	bool more;
	struct query all = *query;
	struct condition *where = arena_array(p->arena, struct condition, (size_t)query->nwhere + 1);
	if (query->nwhere) memcpy(where, query->where, (size_t)query->nwhere * sizeof(*where));
	where[query->nwhere] = in_months(p, agenda, field);
	all.where = where;
	all.nwhere = query->nwhere + 1;
	all.after = NULL;
	all.sorts = &latest; /* days are sorted here: the first of all dates of what comes back is long to find */
	all.nsorts = 1;
	TRY(query_all(p->db, p->arena, p->model, p->actor, &all, &nums, &n, &more, err));
	list->cut |= more || n > RECORDS;
	for (int i = 0; i < MIN(n, (int)RECORDS); i += BATCH) {
		struct record **records;
		int found;
		TRY(record_load_many(p->db, p->arena, p->model, p->actor, nums + i,
		                     MIN(MIN(n, (int)RECORDS) - i, (int)BATCH), &records, &found, err));
		for (int j = 0; j < found; j++) take_record(p, records[j], field, agenda);
	}
	return OK;
}

int agenda_sources(const struct page *p, const struct view_list *list, struct agenda_source **ret)
{
	const json_t *with = list->query.nchosen == 0 ? list->view->agenda.with : NULL;
	struct agenda_source *sources = arena_array(p->arena, struct agenda_source, json_array_size(with) + 1);
	int n = 0;
	sources[n++] = (struct agenda_source){ list->query, &list->view->agenda };
	for (size_t i = 0; i < json_array_size(with); i++) {
		const char *key = json_string_value(json_array_get(with, i));
		const struct view *view = key ? page_view(p, key) : NULL;
		if (view == NULL || view->agenda.date == NULL || view == list->view) continue;
		const struct query query = { .form = view->form,
			                     .space = list->query.space,
			                     .also = list->query.also,
			                     .where = view->where,
			                     .nwhere = view->nwhere,
			                     .search = list->query.search ? list->query.search : view->search,
			                     .now = p->now,
			                     .size = QUERY_SIZE_MAX };
		sources[n++] = (struct agenda_source){ query, &view->agenda };
	}
	*ret = sources;
	return n;
}

static int by_beginning(const void *x, const void *y)
{
	const struct agenda_item *a = x, *b = y;
	int order = span_compare(&a->occurrence.span, &b->occurrence.span);
	return order ? order : a->record->num < b->record->num ? -1 : a->record->num > b->record->num;
}

/* The facets are those of the view, whatever the days. */
static enum code count_facets(const struct page *p, struct view_list *list, struct err *err)
{
	struct query counted = list->query;
	counted.after = NULL;
	counted.size = 1;
	TRY(query_run(p->db, p->arena, p->model, p->actor, &counted, &list->result, err));
	list->result.next = NULL;
	return OK;
}

static enum code gather(const struct page *p, struct view_list *list, struct agenda *agenda, struct err *err)
{
	struct agenda_source *sources;
	struct datetime midnight = { .date = date_add_days(page_local(p).date, 1) };
	page_until(p, &midnight); /* today is another day then */
	agenda->items = arena_array(p->arena, struct agenda_item, ITEMS);
	int n = agenda_sources(p, list, &sources);
	for (int i = 0; i < n; i++) TRY(take_query(p, &sources[i].query, sources[i].agenda->date, list, agenda, err));
	list->cut |= agenda->n == ITEMS;
	if (agenda->n) qsort(agenda->items, (size_t)agenda->n, sizeof(*agenda->items), by_beginning);
	list->agenda = agenda;
	return OK;
}

enum code agenda_between(const struct page *p, struct view_list *list, struct date from, struct date to,
                         struct err *err)
{
	struct agenda *agenda = arena_new(p->arena, struct agenda);
	*agenda = (struct agenda){
		.span = AGENDA_WEEK, .today = page_local(p).date, .anchor = from, .from = from, .to = to
	};
	return gather(p, list, agenda, err);
}

enum code agenda_load(const struct page *p, struct view_list *list, struct err *err)
{
	struct agenda *agenda = arena_new(p->arena, struct agenda);
	*agenda = span_of(p, list);
	TRY(count_facets(p, list, err));
	TRY(gather(p, list, agenda, err));
	list->n = (int)MIN(list->result.total, INT32_MAX);
	return OK;
}

/* ---- For templates ---- */

const char *agenda_title(const struct page *p, const struct agenda *agenda)
{
	if (agenda->span == AGENDA_MONTH) return date_format(p->arena, agenda->from, DATE_MONTH_YEAR, p->lang);
	if (agenda->span == AGENDA_WEEK) return date_span_format(p->arena, agenda->from, agenda->to, p->lang);
	return page_printf(p, _("From %s on"), date_format(p->arena, agenda->from, DATE_LONG, p->lang));
}

static struct date moved(const struct agenda *agenda, int step)
{
	if (step == 0) return agenda->today;
	if (agenda->span == AGENDA_MONTH) return date_add_months(agenda->from, step);
	return date_add_days(agenda->from, step * (agenda->span == AGENDA_WEEK ? 7 : LIST_DAYS));
}

const char *agenda_day(const struct page *p, const struct agenda *agenda, int step)
{
	struct date day = moved(agenda, step);
	return agenda_iso(p, date_valid(day) ? day : agenda->from);
}

const char *agenda_step_words(const struct page *p, const struct agenda *agenda, int step)
{
	if (agenda->span == AGENDA_MONTH) return date_format(p->arena, moved(agenda, step), DATE_MONTH_YEAR, p->lang);
	if (agenda->span == AGENDA_WEEK) return step < 0 ? _("The week before") : _("The week after");
	return step < 0 ? _("Before") : _("After");
}

const char *agenda_span_label(const struct page *p, int span)
{
	static const char *const labels[AGENDA_SPANS] = { N_("By month"), N_("By week"), N_("Coming up") };
	return tr(p->lang, labels[span]);
}

static struct date last_day(const struct span *span)
{
	return date_add_days(span->from.date, span_days(span) - 1);
}

struct date agenda_begins(const struct agenda *agenda)
{
	bool now = agenda->span != AGENDA_LIST && agenda_holds(agenda, agenda->today);
	return now ? agenda->today : agenda->from;
}

int agenda_count(const struct agenda *agenda, struct date from, struct date to)
{
	int n = 0;
	for (int i = 0; i < agenda->n && date_compare(from, to) <= 0; i++) {
		const struct span *span = &agenda->items[i].occurrence.span;
		n += date_compare(span->from.date, to) <= 0 && date_compare(last_day(span), from) >= 0;
	}
	return n;
}

int agenda_on(const struct page *p, const struct agenda *agenda, struct date day, const struct agenda_item ***ret)
{
	int n = 0;
	*ret = arena_array(p->arena, const struct agenda_item *, (size_t)agenda->n + 1);
	for (int i = 0; i < agenda->n; i++) {
		const struct span *span = &agenda->items[i].occurrence.span;
		if (date_compare(span->from.date, day) > 0) break; /* in the order of beginnings */
		struct date last = last_day(span);
		bool told = agenda->span == AGENDA_LIST && date_compare(day, agenda->from) != 0 &&
		            date_compare(day, span->from.date) != 0; /* a line once, with all its days */
		if (!told && date_compare(last, day) >= 0) (*ret)[n++] = &agenda->items[i];
	}
	return n;
}

int agenda_weeks(const struct agenda *agenda)
{
	int days = (int)(date_to_days(agenda->to) - date_to_days(agenda->from)) + 1;
	return (date_weekday(agenda->from) - 1 + days + 6) / 7;
}

struct date agenda_cell(const struct agenda *agenda, int week, int weekday)
{
	return date_add_days(agenda->from, week * 7 + weekday - date_weekday(agenda->from));
}

bool agenda_holds(const struct agenda *agenda, struct date day)
{
	return date_compare(day, agenda->from) >= 0 && date_compare(day, agenda->to) <= 0;
}

const char *agenda_time(const struct page *p, const struct agenda_item *item, struct date day)
{
	const struct span *span = &item->occurrence.span;
	if (!span->timed || date_compare(span->from.date, day) != 0) return "";
	return time_format(p->arena, &span->from, p->lang);
}

const char *agenda_when(const struct page *p, const struct agenda_item *item)
{
	const struct span *span = &item->occurrence.span;
	if (span_days(span) > 1) return span_words(p->arena, span, p->lang);
	return span->timed ? span_hours(p->arena, span, p->lang) : _("all day");
}

const char *agenda_iso(const struct page *p, struct date day)
{
	char iso[DATE_ISO_SIZE];
	return arena_strdup(p->arena, date_iso(day, iso));
}

const char *agenda_day_words(const struct page *p, const struct agenda *agenda, struct date day)
{
	const char *words = date_format(p->arena, day, DATE_FULL, p->lang);
	if (date_compare(day, agenda->today) == 0) return page_printf(p, _("Today, %s"), words);
	return words;
}
