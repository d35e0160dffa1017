/* Who was at a meeting, who is excused: names, a line for each, in the questions that the form has for them. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "features/meeting/meeting.html.h"
#include "features/meeting/meeting_web.h"
#include "features/moderation/moderation_web.h"
#include "features/people/people_web.h"
#include "web/web.h"

enum { MORE_MAX = 4000 /* bytes */ };

static enum code find(struct request *r, const struct meeting_shown **ret, struct err *err)
{
	TRY(meeting_of_route(r, ret, err));
	if (!(*ret)->attended) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

static enum code show(struct request *r, const struct meeting_shown *d, const struct attendee *all, int n,
                      const char *more, const char *excused, struct issues *issues)
{
	if (issues) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Who was there: %s")), d->about->title);
	r->page.hidden = true;
	attendance_page(request_out(r), &r->page, d, all, n, more, excused);
	return OK;
}

enum code attendance_show(struct request *r, struct err *err)
{
	const struct meeting_shown *d;
	struct attendee *all;
	int n;
	TRY(find(r, &d, err));
	TRY(meeting_attendees(&r->page, d, &all, &n, err));
	return show(r, d, all, n, "", "", NULL);
}

static void put_names(struct request *r, const struct attendee *all, int n, enum attendance state, const char *more,
                      struct buf *out)
{
	const char **names;
	int count = meeting_names(r->arena, more, &names);
	for (int i = 0; i < n; i++)
		if (all[i].state == state) buf_printf(out, "- %s\n", all[i].name);
	for (int i = 0; i < count; i++) buf_printf(out, "- %s\n", names[i]);
}

static void set_names(struct request *r, const struct field *field, const char *names, json_t *values)
{
	const char *text = text_trim(r->arena, names);
	json_object_set_new(values, field->key, *text ? json_string(text) : json_null());
}

struct attending {
	struct request *r;
	struct save save;
	struct issues *issues;
};

static enum code attend(struct tx *tx, void *arg, struct err *err)
{
	struct attending *x = arg;
	return record_save(tx, x->r->arena, x->r->page.model, &x->save, x->issues, err);
}

enum code attendance_post(struct request *r, struct err *err)
{
	const struct meeting_shown *d;
	const struct page *p = &r->page;
	struct issues issues;
	struct buf present, excused;
	const char *more, *more_excused = "";
	json_t *values = json_keep(r->arena, json_object());
	TRY(find(r, &d, err));
	issues_init(&issues, r->arena);
	int n = (int)MIN(MAX(strtol(request_form(r, "lines"), NULL, 10), 0), ATTENDANCE_NAMES);
	struct attendee *all = arena_array(r->arena, struct attendee, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const char *state = request_form(r, attendance_name(p, "state", i));
		TRY(people_typed(r, attendance_name(p, "name", i), &all[i].name, err));
		if (state[0] > '0' && state[0] < '0' + ATTENDANCES) all[i].state = (enum attendance)(state[0] - '0');
		if (text_is_blank(all[i].name) || text_length(all[i].name) > ATTENDANCE_NAME)
			all[i].state = ATTENDANCE_NONE;
	}
	TRY(moderation_text(r, "more", MORE_MAX, false, &issues, &more, err));
	if (d->meeting.excused) TRY(moderation_text(r, "more-excused", MORE_MAX, false, &issues, &more_excused, err));
	if (issues.count) return show(r, d, all, n, more, more_excused, &issues);
	buf_init(&present, r->arena, 0);
	buf_init(&excused, r->arena, 0);
	put_names(r, all, n, ATTENDANCE_PRESENT, more, &present);
	put_names(r, all, n, ATTENDANCE_EXCUSED, more_excused, &excused);
	set_names(r, d->meeting.present, buf_str(&present), values);
	if (d->meeting.excused) set_names(r, d->meeting.excused, buf_str(&excused), values);
	struct attending x = { r,
		               { .actor = &r->actor, .record = d->about->id, .values = values, .minor = true },
		               &issues };
	TRY(meeting_limit(r, err));
	enum code code = request_write(r, attend, &x, err);
	if (code == E_INPUT) {
		if (issues.count == 0) issues_add_err(&issues, "", err);
		return show(r, d, all, n, more, more_excused, &issues);
	}
	TRY(code);
	return request_redirect(r, record_url(p, d->about), x.save.changed ? "presences" : "inchange");
}
