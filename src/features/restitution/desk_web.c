/* Looking after a report: what was said of it answered, opened, closed, its figures kept. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "features/restitution/restitution.html.h"
#include "features/restitution/restitution_page.h"
#include "features/restitution/restitution_web.h"
#include "web/web.h"

struct answering {
	struct request *r;
	struct restitution_shown *x;
	struct remark remark;
};

static enum code answer(struct tx *tx, void *arg, struct err *err)
{
	struct answering *m = arg;
	TRY(restitution_follow(tx, m->x, m->r->arena, err));
	return remark_answer(tx, m->x->record->num, &m->remark, m->r->actor.person, err);
}

enum code restitution_answer_post(struct request *r, struct err *err)
{
	static const char *const to[REMARK_STATES] = { "new", "taken", "answered", "hidden" };
	struct restitution_shown x;
	char *words;
	const char *typed = request_form(r, "answer");
	TRY(restitution_managed(r, &x, err));
	restitution_read_text(r, &x, false);
	TRY(restitution_read_remarks(r, &x, err));
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_BLOCK, &words, err));
	if (strlen(words) > REMARK_MAX) FAIL(err, E_INPUT, N_("This is too long: %d letters at most."), REMARK_MAX / 2);
	struct answering m = {
		r, &x, { .num = strtoll(request_form(r, "remark"), NULL, 10), .answer = text_trim(r->arena, words) }
	};
	m.remark.state = REMARK_STATES;
	for (int i = 0; i < REMARK_STATES; i++)
		if (strcmp(to[i], request_form(r, "state[]")) == 0) m.remark.state = (enum remark_state)i;
	if (m.remark.state == REMARK_STATES)
		FAIL(err, E_INPUT, N_("Say whether it is taken into account, answered or hidden."));
	TRY(request_write(r, answer, &m, err));
	return request_redirect(r, x.url, "remarque-repondue");
}

struct changing {
	struct request *r;
	struct restitution_shown *x;
	struct restitution report;
	struct freezing freezing;
};

static enum code change(struct tx *tx, void *arg, struct err *err)
{
	struct changing *c = arg;
	struct request *r = c->r;
	TRY(restitution_freeze_write(tx, r, c->x, &c->freezing, err));
	if (c->report.state == RESTITUTION_FINAL && c->x->record->state == STATE_DRAFT)
		TRY(record_set_state(tx, r->arena, r->page.model, &r->actor, c->x->record->id, STATE_PUBLISHED,
		                     (struct id){ 0 }, err));
	return restitution_set(tx, &c->report, err);
}

/* The last day for comments, as typed; "" is none. */
static enum code read_closes(struct request *r, const char **ret, struct err *err)
{
	struct date day;
	char text[DATE_ISO_SIZE];
	const char *typed = request_form(r, "closes");
	*ret = "";
	if (text_is_blank(typed)) return OK;
	TRY(date_parse(typed, r->page.lang, &day, NULL, err));
	*ret = arena_strdup(r->arena, date_iso(day, text));
	return OK;
}

enum code restitution_state_post(struct request *r, struct err *err)
{
	struct restitution_shown x;
	const char *to = request_form(r, "to");
	TRY(restitution_managed(r, &x, err));
	struct changing c = { .r = r, .x = &x, .report = x.report };
	if (strcmp(to, "open") == 0) {
		c.report.state = RESTITUTION_OPEN;
		c.report.opened = clock_now();
		c.report.members = *request_form(r, "members") != '\0';
		TRY(read_closes(r, &c.report.closes, err));
	} else if (strcmp(to, "final") == 0) {
		c.report.state = RESTITUTION_FINAL;
		c.report.finished = clock_now();
	} else if (strcmp(to, "draft") == 0) {
		c.report.state = RESTITUTION_DRAFT;
	} else FAIL(err, E_INPUT, N_("Say what is to become of the report."));
	/* Others read it now: what tells of results that are not public stays as it is. */
	if (c.report.state == RESTITUTION_DRAFT) c.freezing.text = x.source;
	else TRY(restitution_freeze(r, &x, FREEZE_HIDDEN, -1, &c.freezing, err));
	TRY(request_write(r, change, &c, err));
	return request_redirect(r, x.url,
	                        c.report.state == RESTITUTION_OPEN    ? "rapport-ouvert"
	                        : c.report.state == RESTITUTION_FINAL ? "rapport-final"
	                                                              : "rapport-brouillon");
}

enum code restitution_freeze_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct restitution_shown x;
	struct frozen_row *rows;
	int n;
	TRY(restitution_managed(r, &x, err));
	TRY(restitution_frozen_rows(r, &x, &rows, &n, err));
	p->title = _("Figures of the report");
	restitution_freeze_page(request_out(r), p, &x, rows, n);
	return OK;
}

enum code restitution_freeze_post(struct request *r, struct err *err)
{
	struct restitution_shown x;
	const char *what = request_form(r, "what");
	int ordinal = (int)strtol(request_form(r, "figure"), NULL, 10);
	TRY(restitution_managed(r, &x, err));
	struct changing c = { .r = r, .x = &x, .report = x.report };
	enum freeze_what how = strcmp(what, "all") == 0    ? FREEZE_LIVE
	                       : strcmp(what, "thaw") == 0 ? FREEZE_THAW
	                                                   : FREEZE_ONE;
	TRY(restitution_freeze(r, &x, how, ordinal, &c.freezing, err));
	TRY(request_write(r, change, &c, err));
	return request_redirect(r, restitution_url(&r->page, &x, "/figures"),
	                        how == FREEZE_THAW ? "chiffres-vivants" : "chiffres-figes");
}

enum code restitution_inserts_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct restitution_shown x;
	struct insert_row *rows;
	TRY(restitution_managed(r, &x, err));
	if (x.report.form == NULL) FAIL(err, E_NOT_FOUND, N_("There are no results at this address."));
	int n = restitution_inserts(p, x.report.form, &rows);
	p->title = _("What may be put into the report");
	restitution_inserts_page(request_out(r), p, &x, rows, n);
	return OK;
}
