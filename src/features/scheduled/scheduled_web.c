#include "features/scheduled/scheduled_web.h"

#include <string.h>

#include "base/date.h"
#include "core/moment.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "features/scheduled/scheduled.html.h"
#include "features/scheduled/scheduled_page.h"

const struct scheduled *record_scheduled(const struct page *p, const struct record *record)
{
	struct scheduled *scheduled = arena_new(p->arena, struct scheduled);
	struct err err;
	return p->db && record->state == STATE_DRAFT && scheduled_find(p->db, record->num, scheduled, &err) == OK
	               ? scheduled
	               : NULL;
}

const char *clock_words(const struct page *p)
{
	const json_t *zone = model_setting(p->model, "zone");
	return json_is_string(zone) ? json_string_value(zone) : "Europe/Paris";
}

static enum code draft_of(struct request *r, struct record **ret, struct err *err)
{
	TRY(record_of_route(r, ACTION_EDIT, ret, err));
	if ((*ret)->state != STATE_DRAFT) FAIL(err, E_NOT_FOUND, N_("There is no draft at this address."));
	return OK;
}

static void show(struct request *r, const struct record *record, const char *typed)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _("When to publish “%s”?"), record->title);
	p->hidden = true;
	schedule_page(request_out(r), p, record, typed);
}

static enum code schedule_form(struct request *r, struct err *err)
{
	struct record *record;
	TRY(draft_of(r, &record, err));
	const struct scheduled *scheduled = record_scheduled(&r->page, record);
	show(r, record, scheduled ? date_machine(&r->page, scheduled->at) : "");
	return OK;
}

/* A day and an hour of the site's clocks, to come. */
static void read_time(struct request *r, const char *typed, int64_t *ret, struct issues *issues)
{
	struct datetime t;
	struct err why;
	if (*typed == '\0') {
		issues_add(issues, "at", N_("Say on which day and at what time."));
		return;
	}
	if (datetime_parse(typed, r->page.lang, &t, NULL, &why) != OK) {
		issues_add(issues, "at", N_("Write a day and a time, such as “28/11/2026 14:30”."));
		return;
	}
	*ret = zone_utc(model_zone(r->page.model), &t);
	if (*ret <= r->page.now) issues_add(issues, "at", N_("This time is past: choose one to come, or publish now."));
	else if (*ret > r->page.now + SCHEDULED_AHEAD_MS)
		issues_add(issues, "at", N_("This is too far ahead: two years at most."));
}

struct scheduling {
	const struct record *record;
	int64_t person, at;
};

static enum code set(struct tx *tx, void *arg, struct err *err)
{
	const struct scheduling *s = arg;
	return scheduled_set(tx, s->record, s->person, s->at, err);
}

static enum code schedule_post(struct request *r, struct err *err)
{
	struct record *record;
	struct issues issues;
	struct scheduling s = { .person = r->actor.person };
	const char *typed = request_form(r, "at");
	issues_init(&issues, r->arena);
	TRY(draft_of(r, &record, err));
	read_time(r, typed, &s.at, &issues);
	if (issues.count) {
		r->response->status = 422;
		r->page.issues = &issues;
		show(r, record, typed);
		return OK;
	}
	s.record = record;
	TRY(request_write(r, set, &s, err));
	return request_redirect_about(r, record_url(&r->page, record), "programme", record->id);
}

static enum code end(struct tx *tx, void *arg, struct err *err)
{
	const struct scheduling *s = arg;
	return scheduled_end(tx, s->record->num, err);
}

static enum code unschedule_post(struct request *r, struct err *err)
{
	struct record *record;
	TRY(draft_of(r, &record, err));
	struct scheduling s = { .record = record };
	TRY(request_write(r, end, &s, err));
	return request_redirect(r, record_url(&r->page, record), "deprogramme");
}

const struct feature scheduled_feature = {
	.name = "scheduled",
	.routes = ROUTES({ HTTP_GET, "/-/schedule/:id", schedule_form, ACTION_EDIT, KIND_RECORD,
	                   N_("Form to choose when a draft is published"), 0, false },
	                 { HTTP_POST, "/-/schedule/:id", schedule_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Publish a draft at a chosen time"), 0, false },
	                 { HTTP_POST, "/-/unschedule/:id", unschedule_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Keep a draft from being published by itself"), 0, false }),
};
