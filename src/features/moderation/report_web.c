/* Reporting a page: with or without an account. */
#include <string.h>

#include "features/moderation/moderation_web.h"
#include "features/moderation/report.html.h"
#include "features/record/life_web.h"
#include "net/rate.h"
#include "web/barrier.h"
#include "web/web.h"

/* Drafts and what is in the trash are seen by those who could do something about it. */
static enum code load(struct request *r, struct record **ret, struct err *err)
{
	TRY(record_of_route(r, ACTION_READ, ret, err));
	if ((*ret)->state == STATE_DRAFT || (*ret)->state == STATE_TRASH)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

static enum code show(struct request *r, const struct record *record, int reason, const char *text)
{
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Report “%s”")), record->title);
	r->page.hidden = true;
	report_page(request_out(r), &r->page, record, reason, text, barrier_stamp(r));
	return OK;
}

enum code report_form(struct request *r, struct err *err)
{
	struct record *record;
	TRY(load(r, &record, err));
	return show(r, record, -1, "");
}

static enum code write(struct tx *tx, void *arg, struct err *err)
{
	return report_add(tx, arg, err);
}

/* -1: none chosen. */
static int chosen(const struct request *r)
{
	const char *typed = request_form(r, "reason");
	int reason = typed[0] >= '0' && typed[0] <= '9' && typed[1] == '\0' ? typed[0] - '0' : REPORT_REASONS;
	return reason < REPORT_REASONS ? reason : -1;
}

static enum code limit(struct request *r, struct err *err)
{
	char address[RATE_KEY];
	if (r->actor.person)
		return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person),
		                 err);
	return web_limit(r, LIMIT_LETTER, arena_printf(r->arena, "report %s", rate_address_key(r->http->peer, address)),
	                 err);
}

enum code report_post(struct request *r, struct err *err)
{
	struct record *record;
	struct issues issues;
	const char *text;
	int reason = chosen(r);
	bool visitor = r->actor.person == 0;
	enum barrier barrier = visitor ? barrier_check(r) : BARRIER_PASSED;
	TRY(load(r, &record, err));
	issues_init(&issues, r->arena);
	if (reason < 0) issues_add(&issues, "reason", N_("Choose what is wrong with the page."));
	TRY(moderation_text(r, "text", REPORT_TEXT_MAX, reason == REPORT_LAW || reason == REPORT_OTHER, &issues, &text,
	                    err));
	if (barrier == BARRIER_EARLY || barrier == BARRIER_OLD)
		issues_add(
		        &issues, "",
		        N_("This came faster than people write, or very late. Look at it once more and send it again."));
	if (issues.count) {
		r->response->status = 422;
		r->page.issues = &issues;
		return show(r, record, reason, text);
	}
	struct report report = {
		.record = record->num, .person = r->actor.person, .reason = (enum report_reason)reason, .text = text
	};
	TRY(limit(r, err));
	if (barrier != BARRIER_TRAPPED) TRY(request_write(r, write, &report, err));
	return request_redirect(r, record_url(&r->page, record), "signale");
}
