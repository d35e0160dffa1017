#include "features/news/news_page.h"

bool follow_on(const struct page *p, enum follow_kind kind, int64_t num)
{
	const struct follow follow = { kind, num, "" };
	struct err err;
	bool on;
	return follow_is(p->db, p->actor->person, &follow, &on, &err) == OK && on;
}

const char *news_pace_words(int pace)
{
	static const char *const words[PACE_COUNT] = {
		[PACE_ONCE] = N_("at once"),
		[PACE_DAILY] = N_("once a day, in the morning"),
		[PACE_WEEKLY] = N_("once a week, on Monday morning"),
		[PACE_NEVER] = N_("never: on the site only"),
	};
	return pace >= 0 && pace < PACE_COUNT ? words[pace] : "";
}
