/* The program's own dates, in the site's time zone. */
#include "page/when.h"

#include "base/number.h"
#include "core/moment.h"

static struct datetime local(const struct page *p, int64_t ms)
{
	return zone_local(model_zone(p->model), ms);
}

const char *page_date(const struct page *p, int64_t ms)
{
	return date_format(p->arena, local(p, ms).date, DATE_FULL, p->lang);
}

const char *page_date_time(const struct page *p, int64_t ms)
{
	struct datetime t = local(p, ms);
	return datetime_format(p->arena, &t, DATE_LONG, p->lang);
}

const char *page_time(const struct page *p, int64_t ms)
{
	struct datetime t = local(p, ms);
	return time_format(p->arena, &t, p->lang);
}

struct datetime page_local(const struct page *p)
{
	return local(p, p->now);
}

void page_until(const struct page *p, const struct datetime *local)
{
	const struct zone *zone = model_zone(p->model);
	page_until_ms(p, zone_next(zone, p->now, zone_utc(zone, local)));
}

void page_until_ms(const struct page *p, int64_t ms)
{
	if (p->until) *p->until = MIN(*p->until, ms);
}

/* “Today” is over at midnight. */
static void until_tomorrow(const struct page *p)
{
	struct datetime midnight = { .date = date_add_days(local(p, p->now).date, 1) };
	page_until(p, &midnight);
}

const char *page_ago(const struct page *p, int64_t ms)
{
	until_tomorrow(p);
	return date_relative(p->arena, local(p, ms).date, local(p, p->now).date, p->lang);
}

const char *page_today(const struct page *p)
{
	until_tomorrow(p);
	return page_date(p, p->now);
}

const char *date_machine(const struct page *p, int64_t ms)
{
	char iso[DATETIME_ISO_SIZE];
	struct datetime t = local(p, ms);
	t.second = 0;
	return arena_strdup(p->arena, datetime_iso(&t, iso));
}

const char *page_utc(const struct page *p, int64_t ms)
{
	return time_utc(ms, arena_alloc(p->arena, TIME_UTC_SIZE));
}

const char *page_number(const struct page *p, int64_t n)
{
	return number_format(p->arena, arena_printf(p->arena, "%lld", (long long)n), 0, p->lang);
}
