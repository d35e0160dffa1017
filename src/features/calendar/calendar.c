#include "features/calendar/calendar.h"

#include <string.h>

#include "base/clock.h"
#include "core/field_type.h"
#include "core/moment.h"
#include "core/operator.h"
#include "features/view/view_list.h"
#include "net/uri.h"
#include "page/when.h"

enum { BATCH = 200, PLACES = 1 << 15 /* over twice CALENDAR_EVENTS */, SNAPSHOT_MS = 1000 };

/* ---- Gathered ---- */

void calendar_begin(struct calendar *c, const struct page *p, struct buf *out)
{
	*c = (struct calendar){ .page = p, .inner = *p, .out = out };
	arena_init(&c->batch);
	c->inner.arena = &c->batch;
	c->taken = arena_array(p->arena, int64_t, PLACES);
	memset(c->taken, 0, PLACES * sizeof(*c->taken));
	c->since = clock_now();
}

void calendar_end(struct calendar *c)
{
	arena_release(&c->batch);
}

/* Where it is, or where it would be. */
static int64_t *place_of(const struct calendar *c, int64_t num)
{
	uint64_t at = (uint64_t)num * UINT64_C(0x9E3779B97F4A7C15) >> 49;
	while (c->taken[at] != 0 && c->taken[at] != num) at = (at + 1) % PLACES;
	return &c->taken[at];
}

void calendar_record(struct calendar *c, const struct record *record, const struct view_agenda *agenda)
{
	struct schedule schedule;
	struct ical_event event;
	int64_t *place = place_of(c, record->num);
	if (c->n == CALENDAR_EVENTS || (c->once && *place)) return;
	if (c->takes && !c->takes(c->context, record)) return;
	if (!ical_record(&c->inner, record, agenda, &schedule, &event)) return;
	if (c->narrows) c->narrows(c->context, record, &c->batch, &schedule);
	ical_event(c->out, &c->batch, model_zone(c->page->model), &event);
	*place = record->num;
	c->n++;
}

/* From a year ago on, the earliest first. */
static struct query lately(const struct page *p, const struct query *query, const struct field *date)
{
	struct query all = *query;
	char iso[DATE_ISO_SIZE];
	struct date from = date_add_months(page_local(p).date, -CALENDAR_MONTHS_BEHIND);
	struct condition *where = arena_array(p->arena, struct condition, (size_t)query->nwhere + 1);
	struct sort *sort = arena_new(p->arena, struct sort);
	if (query->nwhere) memcpy(where, query->where, (size_t)query->nwhere * sizeof(*where));
	where[query->nwhere] = (struct condition){ date->key, operator_find(">="),
		                                   json_keep(p->arena, json_string(date_iso(from, iso))) };
	*sort = (struct sort){ .field = date };
	all.where = where;
	all.nwhere++;
	all.sorts = sort;
	all.nsorts = 1;
	all.after = NULL;
	all.facets = NULL;
	all.nfacets = 0;
	all.now = p->now;
	return all;
}

/* Ten thousand events take seconds on a machine that does much else. */
static enum code renew(struct calendar *c, struct err *err)
{
	if (c->renew == NULL || clock_now() - c->since < SNAPSHOT_MS) return OK;
	TRY(c->renew(c->request, err));
	c->inner.db = c->page->db;
	c->since = clock_now();
	return OK;
}

enum code calendar_take(struct calendar *c, const struct query *query, const struct view_agenda *agenda,
                        struct err *err)
{
	const struct page *p = c->page;
	struct query all = lately(p, query, agenda->date);
	int64_t *nums;
	int n;
	bool more;
	TRY(query_all(p->db, p->arena, p->model, p->actor, &all, &nums, &n, &more, err));
	for (int i = 0; i < n && c->n < CALENDAR_EVENTS; i += BATCH) {
		struct record **records;
		int found;
		TRY(renew(c, err));
		TRY(record_load_many(p->db, &c->batch, p->model, p->actor, nums + i, MIN(n - i, (int)BATCH), &records,
		                     &found, err));
		for (int j = 0; j < found; j++) calendar_record(c, records[j], agenda);
		arena_reset(&c->batch);
	}
	return OK;
}

/* ---- Addresses ---- */

const struct view_agenda *calendar_agenda(const struct page *p, const struct form *form)
{
	for (int i = 0; i < p->model->nviews; i++) {
		const struct view *view = &p->model->views[i];
		if (view->form == form && view->agenda.date && page_sees(p, view)) return &view->agenda;
	}
	return NULL;
}

static const char *with_choices(const struct page *p, const char *address, const struct view_list *list)
{
	static const char *const passing[] = { "suite", "taille", "fait", "le", "par", "vue", "tri", "grouper" };
	const char *kept = list->kept;
	struct buf url;
	for (size_t i = 0; i < COUNT(passing); i++) {
		buf_init(&url, p->arena, 0);
		uri_query_keep(&url, kept, passing[i]);
		kept = *buf_str(&url) == '?' ? buf_str(&url) + 1 : buf_str(&url);
	}
	return *kept ? arena_printf(p->arena, "%s?%s", address, kept) : address;
}

bool calendar_shows(const struct view_list *list)
{
	const struct view *view = list->view;
	if (view->agenda.date == NULL) return false;
	for (int i = 0; i < view->nlayouts; i++)
		if (strcmp(view->layouts[i], "agenda") == 0) return true;
	return false;
}

const char *calendar_view_address(const struct page *p, const struct view_list *list)
{
	return with_choices(p, arena_printf(p->arena, "/-/calendar/view/%s.ics", list->view->slug), list);
}

const char *calendar_subscribe_address(const struct page *p, const struct view_list *list)
{
	return with_choices(p, arena_printf(p->arena, "/-/subscribe/view/%s", list->view->slug), list);
}

const char *calendar_record_address(const struct page *p, const struct record *record)
{
	const struct view_agenda *agenda = calendar_agenda(p, record->form);
	char id[ID_TEXT + 1];
	if (agenda == NULL || record->circle || record->about || record->state != STATE_PUBLISHED) return NULL;
	if (record_value(record, agenda->date) == NULL) return NULL;
	return arena_printf(p->arena, "/-/calendar/page/%s.ics", id_format(record->id, id));
}

const char *calendar_space_address(const struct page *p, const struct space *space)
{
	struct thing thing = { .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED };
	if (!allowed(&actor_visitor, ACTION_READ, &thing)) return NULL;
	for (int i = 0; i < p->model->nforms; i++)
		if (calendar_agenda(p, &p->model->forms[i]))
			return arena_printf(p->arena, "/-/subscribe/space/%s", space->slug);
	return NULL;
}

const char *calendar_webcal(const struct page *p, const char *address)
{
	const char *host = strstr(p->base_url, "://");
	return arena_printf(p->arena, "webcal%s%s", host ? host : "://", address);
}
