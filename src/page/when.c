/* The program's own dates, in the site's time zone. */
#include "base/date.h"
#include "base/number.h"
#include "page/page.h"

static struct datetime local(const struct page *p, int64_t ms)
{
	const struct zone *zone;
	struct err err;
	const char *name = page_setting(p, "zone", "Europe/Paris");
	if (zone_find(name, &zone, &err) != OK && zone_find("UTC", &zone, &err) != OK) die("no time zone");
	return zone_local(zone, ms);
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

const char *page_ago(const struct page *p, int64_t ms)
{
	return date_relative(p->arena, local(p, ms).date, local(p, p->now).date, p->lang);
}

const char *date_machine(const struct page *p, int64_t ms)
{
	char iso[DATETIME_ISO_SIZE];
	struct datetime t = local(p, ms);
	t.second = 0;
	return arena_strdup(p->arena, datetime_iso(&t, iso));
}

const char *page_number(const struct page *p, int64_t n)
{
	return number_format(p->arena, arena_printf(p->arena, "%lld", (long long)n), 0, p->lang);
}
