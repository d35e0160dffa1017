#include "features/signup/signup_page.h"

#include <string.h>

#include "base/clock.h"
#include "core/field_type.h"
#include "core/moment.h"
#include "features/guest/guest.h"
#include "net/uri.h"
#include "page/when.h"

enum { NAMED = 60 };

static struct signup_slot look(const struct page *p, const struct signup_shown *d, const struct signup_date *date)
{
	struct signup_slot slot = { .date = *date };
	struct datetime now = page_local(p);
	struct err err;
	slot.time = signup_time(&d->offer, date, &now);
	slot.over = signup_over(date, &now);
	if (signup_count(p->db, d->about->num, date->day, &slot.count, &err) != OK)
		slot.count = (struct signup_count){ 0 };
	if (p->actor->person &&
	    signup_of(p->db, p->arena, d->about->num, date->day, p->actor->person, &slot.mine, &err) != OK)
		slot.mine = (struct signup){ 0 };
	if (slot.mine.state > SIGNUP_WAITING) slot.mine = (struct signup){ 0 };
	return slot;
}

/* What the page says changes at midnight, and when a date begins. */
static void note_until(const struct page *p, const struct signup_shown *d)
{
	struct datetime midnight = { .date = date_add_days(page_local(p).date, 1) };
	page_until(p, &midnight);
	for (int i = 0; i < d->n; i++) {
		const struct signup_date *date = &d->slots[i].date;
		if (date->dated && date->begins > p->now) page_until(p, &date->span.from);
		if (date->dated && date->span.timed && date->begins <= p->now && !d->slots[i].over)
			page_until(p, &date->span.to);
	}
}

const struct signup_shown *signup_shown_of(const struct page *p, const struct record *about)
{
	struct signup_shown *d = arena_new(p->arena, struct signup_shown);
	struct signup_date *dates;
	if (about->circle || about->about || about->state == STATE_DRAFT || about->state == STATE_TRASH) return NULL;
	if (!signup_find(about, &d->offer, &d->field)) return NULL;
	d->about = about;
	d->repeats = signup_repeats(p->arena, about);
	d->managed = page_signed_in(p) && (page_may(p, ACTION_MANAGE, about) ||
	                                   (about->author == p->actor->person && page_may(p, ACTION_EDIT, about)));
	d->barred = !d->offer.guests && (!page_signed_in(p) || guest_is(p->actor));
	d->n = signup_dates(p->arena, about, model_zone(p->model), p->now, SIGNUP_SHOWN, &dates);
	d->slots = arena_array(p->arena, struct signup_slot, (size_t)d->n + 1);
	for (int i = 0; i < d->n; i++) d->slots[i] = look(p, d, &dates[i]);
	note_until(p, d);
	return d;
}

const struct signup_slot *signup_slot_of(const struct page *p, const struct signup_shown *d, const char *day)
{
	struct signup_date date;
	for (int i = 0; i < d->n; i++)
		if (strcmp(d->slots[i].date.day, day) == 0) return &d->slots[i];
	if (!signup_date(p->arena, d->about, model_zone(p->model), day, &date)) return NULL;
	struct signup_slot *slot = arena_new(p->arena, struct signup_slot);
	*slot = look(p, d, &date);
	return slot;
}

bool signup_takes(const struct signup_shown *d, const struct signup_slot *slot)
{
	if (d->about->state != STATE_PUBLISHED || slot->time != SIGNUP_OPEN) return false;
	return d->offer.places == 0 || d->offer.waiting || slot->count.taken < d->offer.places;
}

/* ---- Words ---- */

const char *signup_when(const struct page *p, const struct signup_date *date)
{
	return date->dated ? span_words(p->arena, &date->span, p->lang) : "";
}

static const char *waiting_words(const struct page *p, int n)
{
	return page_printf(p, _n("%d person waits for a place", "%d people wait for a place", n), n);
}

const char *signup_places(const struct page *p, const struct signup_shown *d, const struct signup_slot *slot)
{
	int left = d->offer.places - slot->count.taken, n = slot->count.taken;
	if (slot->over && slot->count.came > 0)
		return page_printf(p, _n("%d person came", "%d people came", slot->count.came), slot->count.came);
	const char *come = n == 0 ? _("nobody has signed up yet")
	                          : page_printf(p, _n("%d person is signed up", "%d people are signed up", n), n);
	if (d->offer.places == 0 || slot->over) return come;
	if (left <= 0 && slot->count.waiting)
		return page_printf(p, "%s, %s", _("full"), waiting_words(p, slot->count.waiting));
	if (left <= 0) return _("full");
	return page_printf(p, "%s, %s", page_printf(p, _n("%d place left", "%d places left", left), left), come);
}

const char *signup_party(const struct page *p, const struct signup *signup)
{
	int a = signup->adults, c = signup->children;
	if (c == 0) return page_printf(p, _n("%d person", "%d people", a), a);
	const char *children = page_printf(p, _n("%d child", "%d children", c), c);
	if (a == 0) return children;
	return page_printf(p, _("%1$s and %2$s"), page_printf(p, _n("%d adult", "%d adults", a), a), children);
}

static const char *day_words(const struct page *p, const char *iso)
{
	struct date day;
	return iso && date_from_iso(iso, &day) ? date_format(p->arena, day, DATE_FULL, p->lang) : "";
}

const char *signup_closed(const struct page *p, const struct signup_shown *d, const struct signup_slot *slot)
{
	if (d->about->state != STATE_PUBLISHED) return _("One can no longer sign up here.");
	if (slot->time == SIGNUP_EARLY)
		return page_printf(p, _("One can sign up from %s on."), day_words(p, d->offer.opens));
	if (slot->time == SIGNUP_LATE) return slot->over ? _("It is over.") : _("One can no longer sign up.");
	if (!signup_takes(d, slot)) return _("It is full, and there is no waiting list.");
	return NULL;
}

int signup_named(const struct page *p, const struct signup_shown *d, const struct signup_slot *slot, const char ***ret)
{
	struct signup_list list;
	struct err err;
	int n = 0;
	*ret = arena_array(p->arena, const char *, NAMED);
	if (signup_read(p->db, p->arena, d->about->num, slot->date.day, false, &list, &err) != OK) return 0;
	for (int i = 0; i < list.n && n < NAMED; i++)
		if (list.rows[i].named && list.rows[i].state == SIGNUP_IN && *list.rows[i].name)
			(*ret)[n++] = list.rows[i].name;
	return n;
}

const char *signup_url(const struct page *p, const struct record *about, const char *action, const char *day)
{
	char id[ID_TEXT + 1];
	const char *url = arena_printf(p->arena, "/-/%s/%s", action, id_format(about->id, id));
	return *day ? arena_printf(p->arena, "%s?jour=%s", url, day) : url;
}

const char *signup_answer_name(const struct page *p, int i)
{
	return arena_printf(p->arena, "answer-%d", i);
}

const char *came_words(const struct page *p, const struct signup *signup, int n)
{
	int size = signup->adults + signup->children;
	if (n == 0) return _("Absent");
	if (size == 1) return _("Here");
	return n == size ? page_printf(p, _("All %d are here"), n) : page_number(p, n);
}
