#include "core/news.h"

const struct news_choice news_choice_default = { .pace = PACE_DAILY, .quiet_from = 21, .quiet_to = 8, .threads = true };

static bool quiet_hour(const struct news_choice *choice, int hour)
{
	int from = choice->quiet_from, to = choice->quiet_to;
	return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

bool news_is_quiet(const struct news_choice *choice, const struct zone *zone, int64_t ms)
{
	return quiet_hour(choice, zone_local(zone, ms).hour);
}

/* The first moment from `ms` on when the clocks say that hour, sharp. */
static int64_t next_hour(const struct zone *zone, int64_t ms, int hour)
{
	struct datetime local = zone_local(zone, ms);
	for (int day = 0;; day++) {
		struct datetime at = { .date = date_add_days(local.date, day), .hour = hour };
		int64_t utc = zone_utc(zone, &at);
		if (utc >= ms) return utc;
	}
}

static int64_t after_quiet(const struct news_choice *choice, const struct zone *zone, int64_t ms)
{
	return news_is_quiet(choice, zone, ms) ? next_hour(zone, ms, choice->quiet_to) : ms;
}

int64_t news_due(const struct news_choice *choice, const struct zone *zone, int64_t ms)
{
	enum { MONDAY = 1 };
	if (choice->pace == PACE_NEVER) return INT64_MAX;
	if (choice->pace == PACE_ONCE) return after_quiet(choice, zone, ms + NEWS_GROUP_MS);
	int64_t due = next_hour(zone, ms + 1, NEWS_DIGEST_HOUR);
	while (choice->pace == PACE_WEEKLY && date_weekday(zone_local(zone, due).date) != MONDAY)
		due = next_hour(zone, due + 1, NEWS_DIGEST_HOUR);
	return after_quiet(choice, zone, due);
}
