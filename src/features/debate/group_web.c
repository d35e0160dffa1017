/* A class or a group before one screen: several answers at once, by first names. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/debate/debate.html.h"
#include "features/debate/debate_web.h"
#include "features/people/people_web.h"
#include "features/record/record_page.h"
#include "web/web.h"

enum { LINES_MAX = 200 };

/* For who looks after the debate; its author among them. */
static enum code find(struct request *r, const struct debate_shown **ret, struct err *err)
{
	TRY(debate_of_route(r, ACTION_EDIT, ret, err));
	if (!(*ret)->managed)
		FAIL(err, E_FORBIDDEN, N_("Who opened the debate, or a facilitator, enters answers for others."));
	return OK;
}

static enum code show(struct request *r, const struct debate_shown *d, const struct class_line *lines, int n,
                      struct issues *issues)
{
	if (issues && issues->count) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("For a class or a group: %s")), d->about->title);
	r->page.hidden = true;
	debate_group_page(request_out(r), &r->page, d, lines, n);
	return OK;
}

/* Those that were entered so, then some empty ones. */
enum code group_show(struct request *r, struct err *err)
{
	const struct debate_shown *d;
	int n = 0;
	TRY(find(r, &d, err));
	struct class_line *lines = arena_array(r->arena, struct class_line, LINES_MAX + CLASS_BLANK);
	for (int i = 0; i < d->debate.n && n < LINES_MAX; i++) {
		const struct position *o = &d->debate.positions[i];
		if (o->person == 0) lines[n++] = (struct class_line){ o->num, o->name, o->reason, (int)o->stance };
	}
	for (int i = 0; i < CLASS_BLANK; i++)
		lines[n++] = (struct class_line){ .name = "", .reason = "", .stance = -1 };
	return show(r, d, lines, n, NULL);
}

static enum code read_line(struct request *r, int i, struct class_line *line, struct issues *issues, struct err *err)
{
	const struct page *p = &r->page;
	const char *stance = request_form(r, line_name(p, "stance", i));
	*line = (struct class_line){ .num = strtoll(request_form(r, line_name(p, "num", i)), NULL, 10), .stance = -1 };
	TRY(people_typed(r, line_name(p, "name", i), &line->name, err));
	TRY(people_typed(r, line_name(p, "reason", i), &line->reason, err));
	if (stance[0] >= '0' && stance[0] < '0' + STANCES && stance[1] == '\0') line->stance = stance[0] - '0';
	bool empty = text_is_blank(line->name);
	if (!empty && line->stance < 0)
		issues_add(issues, line_name(p, "stance", i), N_("Choose what she or he thinks."));
	if (empty && line->num == 0 && (line->stance >= 0 || !text_is_blank(line->reason)))
		issues_add(issues, line_name(p, "stance", i), N_("Write a first name on this line."));
	if (text_length(line->name) > POSITION_NAME_MAX)
		issues_add(issues, line_name(p, "stance", i), N_("This name is too long: %d letters at most."),
		           POSITION_NAME_MAX);
	if (strlen(line->reason) > POSITION_REASON_MAX)
		issues_add(issues, line_name(p, "stance", i), N_("This is too long by about %d characters."),
		           (int)(strlen(line->reason) - POSITION_REASON_MAX));
	return OK;
}

struct entering {
	struct request *r;
	const struct debate_shown *d;
	const struct class_line *lines;
	int n;
};

static const struct position *before(const struct entering *e, int64_t num)
{
	for (int i = 0; i < e->d->debate.n; i++)
		if (e->d->debate.positions[i].num == num && e->d->debate.positions[i].person == 0)
			return &e->d->debate.positions[i];
	return NULL;
}

static enum code enter(struct tx *tx, void *arg, struct err *err)
{
	const struct entering *e = arg;
	for (int i = 0; i < e->n; i++) {
		const struct class_line *line = &e->lines[i];
		const struct position *was = line->num ? before(e, line->num) : NULL;
		if (text_is_blank(line->name)) {
			if (was) TRY(position_remove(tx, e->d->about->num, was->num, err));
			continue;
		}
		if (was && (int)was->stance == line->stance && strcmp(was->name, line->name) == 0 &&
		    strcmp(was->reason, line->reason) == 0)
			continue;
		struct position_new position = { .record = e->d->about->num,
			                         .num = was ? was->num : 0,
			                         .entered_by = e->r->actor.person,
			                         .name = line->name,
			                         .stance = (enum stance)line->stance,
			                         .reason = line->reason };
		TRY(position_set(tx, &position, err));
	}
	return OK;
}

enum code group_post(struct request *r, struct err *err)
{
	struct entering e = { .r = r };
	struct issues issues;
	TRY(find(r, &e.d, err));
	issues_init(&issues, r->arena);
	e.n = (int)MIN(MAX(strtol(request_form(r, "lines"), NULL, 10), 0), LINES_MAX + CLASS_BLANK);
	struct class_line *lines = arena_array(r->arena, struct class_line, (size_t)e.n + 1);
	for (int i = 0; i < e.n; i++) TRY(read_line(r, i, &lines[i], &issues, err));
	e.lines = lines;
	if (!e.d->open) issues_add(&issues, "", N_("The debate is closed."));
	if (issues.count) return show(r, e.d, lines, e.n, &issues);
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	enum code code = request_write(r, enter, &e, err);
	if (code == E_LIMIT || code == E_NOT_FOUND) {
		issues_add_err(&issues, "", err);
		return show(r, e.d, lines, e.n, &issues);
	}
	TRY(code);
	return request_redirect(r, record_action_url(&r->page, e.d->about, "debate-group"), "positions");
}
