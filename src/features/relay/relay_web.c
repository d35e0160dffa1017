#include "features/relay/relay_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/meeting.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "features/relay/relay.h"
#include "features/relay/relay.html.h"
#include "web/web.h"

#define DAY_MS (24LL * 3600 * 1000)
enum { MISSING = 12, MISSING_DAYS = 30 };

/* ---- One page ---- */

static enum code open_page(struct request *r, struct relay_page *ret, struct err *err)
{
	struct record *record;
	struct relay *list;
	TRY(record_of_route(r, ACTION_EDIT, &record, err));
	if (!relay_offered(&r->page, record))
		FAIL(err, E_NOT_FOUND, N_("Only what everybody reads is made known elsewhere."));
	*ret = (struct relay_page){ .record = record };
	TRY(share_look(&r->page, record_url(&r->page, record), &ret->shared, err));
	TRY(relay_list(r->db, r->arena, record->num, false, &list, &ret->n, err));
	ret->list = list;
	return OK;
}

static enum code show(struct request *r, const struct relay_page *x, struct issues *issues, const char *place,
                      const char *url)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _("Make “%s” known elsewhere"), x->record->title);
	p->hidden = true;
	if (issues) {
		p->issues = issues;
		r->response->status = 422;
	}
	relay_show_page(request_out(r), p, x, place, url);
	return OK;
}

static enum code relay_show(struct request *r, struct err *err)
{
	struct relay_page x;
	TRY(open_page(r, &x, err));
	return show(r, &x, NULL, "", "");
}

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	return relay_add(tx, arg, err);
}

/* An address, or for other places words that say where. */
static void check_url(const struct relay_place *place, const char *url, struct issues *issues)
{
	bool address = strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
	if (strlen(url) > RELAY_URL_MAX) issues_add(issues, "url", N_("It is over %d characters."), RELAY_URL_MAX);
	else if (*url && !address && strcmp(place->key, "other") != 0)
		issues_add(issues, "url", N_("An address begins with https://. Leave it empty if you do not have it."));
}

static enum code relay_post(struct request *r, struct err *err)
{
	struct relay_page x;
	struct issues issues;
	char *url;
	const char *typed = request_form(r, "url");
	const struct relay_place *place = relay_place(request_form(r, "place"));
	long days = strtol(request_form(r, "days"), NULL, 10);
	TRY(open_page(r, &x, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	issues_init(&issues, r->arena);
	if (place == NULL) issues_add(&issues, "place", N_("Choose one in the list."));
	else check_url(place, typed, &issues);
	if (text_clean(r->arena, typed, strlen(typed), TEXT_LINE, &url, err) != OK) issues_add_err(&issues, "url", err);
	if (issues.count) return show(r, &x, &issues, request_form(r, "place"), typed);
	struct relay relay = { .record = x.record->num,
		               .person = r->actor.person,
		               .place = place->key,
		               .url = url,
		               .remind = days > 0 && days <= RELAY_DAYS_MAX ? clock_now() + days * DAY_MS : 0 };
	TRY(request_write(r, add, &relay, err));
	return request_redirect(r, arena_printf(r->arena, "/-/relay/%s", r->params[0]), "relaye");
}

/* ---- Taken back, looked at ---- */

struct changing {
	int64_t num;
	enum code (*change)(struct tx *tx, int64_t num, struct err *err);
};

static enum code change(struct tx *tx, void *arg, struct err *err)
{
	const struct changing *x = arg;
	return x->change(tx, x->num, err);
}

/* By who did it, or who looks after the page's space. */
static enum code change_one(struct request *r, enum code (*fn)(struct tx *tx, int64_t num, struct err *err),
                            const char *notice, struct err *err)
{
	struct relay relay;
	struct record *record;
	char *end;
	struct changing x = { strtoll(r->params[0], &end, 10), fn };
	if (*r->params[0] == '\0' || *end) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(relay_find(r->db, r->arena, x.num, &relay, err));
	TRY(record_load_num(r->db, r->arena, r->page.model, &r->actor, relay.record, &record, err));
	struct thing thing = record_thing(record);
	if (relay.person != r->actor.person) TRY(may(&r->actor, ACTION_MANAGE, &thing, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(request_write(r, change, &x, err));
	return request_redirect(r, local_path(request_form(r, "next"), "/-/relays"), notice);
}

static enum code taken_back_post(struct request *r, struct err *err)
{
	return change_one(r, relay_delete, "relais-ote", err);
}

static enum code looked_post(struct request *r, struct err *err)
{
	return change_one(r, relay_looked, "relais-vu", err);
}

/* ---- All of them ---- */

/* Those of pages that the reader sees. */
static enum code load_rows(struct request *r, bool due, struct relay_row **ret, int *n, struct err *err)
{
	struct relay *list;
	int all;
	TRY(relay_list(r->db, r->arena, 0, due, &list, &all, err));
	struct relay_row *rows = arena_array(r->arena, struct relay_row, (size_t)all + 1);
	*n = 0;
	for (int i = 0; i < all; i++) {
		struct record *record;
		struct err why;
		if (record_load_num(r->db, r->arena, r->page.model, &r->actor, list[i].record, &record, &why) != OK)
			continue;
		if (due && list[i].person != r->actor.person && !page_may(&r->page, ACTION_MANAGE, record)) continue;
		rows[(*n)++] = (struct relay_row){ list[i], record };
	}
	*ret = rows;
	return OK;
}

static enum code load_missing(struct request *r, struct relay_board *board, struct err *err)
{
	int64_t nums[MISSING * 4];
	int n;
	TRY(relay_missing(r->db, clock_now() - MISSING_DAYS * DAY_MS, nums, COUNT(nums), &n, err));
	board->missing = arena_array(r->arena, const struct record *, MISSING + 1);
	for (int i = 0; i < n && board->nmissing < MISSING; i++) {
		struct record *record;
		struct err why;
		if (record_load_num(r->db, r->arena, r->page.model, &r->actor, nums[i], &record, &why) == OK &&
		    !meeting_holds(r->page.model, record->form) && relay_offered(&r->page, record) &&
		    page_may(&r->page, ACTION_EDIT, record))
			board->missing[board->nmissing++] = record;
	}
	return OK;
}

static enum code board_show(struct request *r, struct err *err)
{
	struct relay_board board = { 0 };
	TRY(load_rows(r, true, &board.due, &board.ndue, err));
	TRY(load_rows(r, false, &board.done, &board.ndone, err));
	TRY(load_missing(r, &board, err));
	r->page.title = tr(r->page.lang, N_("Made known elsewhere"));
	r->page.hidden = true;
	relay_board_page(request_out(r), &r->page, &board);
	return OK;
}

const struct feature relay_feature = {
	.name = "relay",
	.routes = ROUTES({ HTTP_GET, "/-/relay/:id", relay_show, ACTION_EDIT, KIND_RECORD,
	                   N_("Texts, picture and address to make a page known elsewhere"), 0, false },
	                 { HTTP_POST, "/-/relay/:id", relay_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Note where a page was made known"), 0, false },
	                 { HTTP_POST, "/-/relay/:num/delete", taken_back_post, ACTION_READ, KIND_RECORD,
	                   N_("Take back what was noted of where a page was made known"), 0, false },
	                 { HTTP_POST, "/-/relay/:num/looked", looked_post, ACTION_READ, KIND_RECORD,
	                   N_("Say that one has seen what was answered elsewhere"), 0, false },
	                 { HTTP_GET, "/-/relays", board_show, ACTION_EDIT, KIND_RECORD,
	                   N_("What was made known elsewhere, and what was not"), 0, false }),
};
