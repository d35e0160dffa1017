#include "features/thanks/thanks_web.h"

#include <string.h>

#include "core/thanks.h"
#include "features/comment/comment_page.h"
#include "features/record/life_web.h"
#include "web/web.h"

struct thanking {
	struct request *r;
	const struct record *record;
	bool thanked;
};

static enum code thank(struct tx *tx, void *arg, struct err *err)
{
	const struct thanking *t = arg;
	return thanks_set(tx, t->record, t->r->actor.person, t->thanked, err);
}

static enum code thanks_post(struct request *r, struct err *err)
{
	struct record *record;
	const char *url;
	struct thanking t = { .r = r, .thanked = strcmp(request_form(r, "thanks"), "0") != 0 };
	TRY(record_of_route(r, ACTION_READ, &record, err));
	if (record->state != STATE_PUBLISHED && record->state != STATE_ARCHIVED)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	t.record = record;
	TRY(request_write(r, thank, &t, err));
	if (record->about) TRY(comment_url(&r->page, record, &url, err));
	else url = record_url(&r->page, record);
	return request_redirect(r, url, t.thanked ? "merci" : NULL);
}

const struct feature thanks_feature = {
	.name = "thanks",
	.routes = ROUTES({ HTTP_POST, "/-/thanks/:id", thanks_post, ACTION_READ, KIND_RECORD,
	                   N_("Say thank you for a record or a comment, or take it back"), 0, false }),
};
