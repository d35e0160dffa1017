/* Copies that were printed and put up: noted, told when they are wrong, replaced. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/people/people_web.h"
#include "features/print/print.h"
#include "features/print/print_entry.h"
#include "features/print/print_web.h"
#include "features/print/printed.html.h"
#include "features/print/printed_page.h"
#include "net/uri.h"
#include "web/web.h"

/* The sheet of /-/print with these choices, by the same rules. */
static enum code look(struct request *r, const struct form_data *choices, struct shared *shared,
                      struct print_records *records, const char **title, struct err *err)
{
	struct paper paper;
	TRY(share_look(&r->page, form_data_get(choices, "path") ? form_data_get(choices, "path") : "", shared, err));
	TRY(print_prepare(&r->page, site_store(r->site), shared, choices, &paper, records, err));
	*title = paper.title;
	return OK;
}

static const char *choices_text(struct request *r, const struct form_data *choices, const struct shared *shared)
{
	static const char *const names[] = { "sorte", "format", "sens" };
	struct buf out;
	buf_init(&out, r->arena, 0);
	uri_query_add(&out, "path", form_data_get(choices, "path"));
	for (size_t i = shared->view ? 0 : 1; i < COUNT(names); i++) {
		const char *value = form_data_get(choices, names[i]);
		if (value && *value) uri_query_add(&out, names[i], value);
	}
	return *buf_str(&out) == '?' ? buf_str(&out) + 1 : buf_str(&out);
}

static struct printed_record *hashes(struct request *r, const struct print_records *records, bool whole)
{
	struct printed_record *all = arena_array(r->arena, struct printed_record, (size_t)records->n + 1);
	for (int i = 0; i < records->n; i++)
		all[i] = (struct printed_record){ .record = records->all[i]->num,
			                          .shown = print_shown(r->arena, records->all[i], whole) };
	return all;
}

static enum code show_note(struct request *r, const struct printed_typed *typed, struct issues *issues)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _("Printed and put up: “%s”"), typed->shared->title);
	p->hidden = true;
	if (issues) {
		p->issues = issues;
		r->response->status = 422;
	}
	printed_note_page(request_out(r), p, typed);
	return OK;
}

enum code printed_note_show(struct request *r, struct err *err)
{
	struct shared shared;
	struct print_records records;
	const char *title;
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(look(r, &r->query, &shared, &records, &title, err));
	const struct printed_typed typed = { &shared, choices_text(r, &r->query, &shared), "", "1", records.n };
	return show_note(r, &typed, NULL);
}

struct noting {
	struct printed printed;
	const struct printed_record *records;
	int n;
};

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	struct noting *x = arg;
	return printed_add(tx, &x->printed, x->records, x->n, err);
}

enum code printed_note_post(struct request *r, struct err *err)
{
	struct shared shared;
	struct print_records records;
	struct issues issues;
	const char *title, *place, *copies = request_form(r, "copies");
	struct form_data choices;
	char *end;
	issues_init(&issues, r->arena);
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	const char *text = request_form(r, "choices");
	TRY(form_data_parse_urlencoded(r->arena, text, strlen(text), &choices, err));
	TRY(look(r, &choices, &shared, &records, &title, err));
	TRY(people_typed(r, "place", &place, err));
	long n = strtol(copies, &end, 10);
	if (*place == '\0') issues_add(&issues, "place", N_("Say where it hangs. Example: library, bakery."));
	if (text_length(place) > PRINTED_PLACE_MAX)
		issues_add(&issues, "place", N_("This is too long: %d letters at most."), PRINTED_PLACE_MAX);
	if (*copies == '\0' || *end || n < 1 || n > PRINTED_COPIES_MAX)
		issues_add(&issues, "copies", N_("Write a number from %d to %d."), 1, PRINTED_COPIES_MAX);
	const char *kept = choices_text(r, &choices, &shared);
	if (strlen(kept) > PRINTED_CHOICES_MAX) FAIL(err, E_LIMIT, N_("This address is too long to be kept."));
	const struct printed_typed typed = { &shared, kept, place, copies, records.n };
	if (issues.count) return show_note(r, &typed, &issues);
	const struct space *space = shared.record ? shared.record->space : &r->page.model->spaces[0];
	struct noting x = { .printed = { .person = r->actor.person,
		                         .space = space->num,
		                         .choices = kept,
		                         .title = text_cut(r->arena, title, PAPER_TITLE_CHARS),
		                         .place = place,
		                         .copies = (int)n },
		            .records = hashes(r, &records, shared.view == NULL),
		            .n = records.n };
	TRY(request_write(r, note, &x, err));
	return request_redirect(r, "/-/printed", "affiche-notee");
}

/* ---- All of them ---- */

enum code printed_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct printed_row *rows;
	int n;
	TRY(printed_rows(p, &rows, &n, err));
	p->title = _("Printed and put up");
	p->hidden = true;
	printed_page(request_out(r), p, rows, n);
	return OK;
}

/* ---- Replaced, taken down ---- */

struct changing {
	struct printed printed;
	bool gone;
	const struct printed_record *records;
	int n;
};

static enum code change(struct tx *tx, void *arg, struct err *err)
{
	const struct changing *x = arg;
	if (x->gone) return printed_remove(tx, x->printed.num, err);
	return printed_replace(tx, x->printed.num, x->records, x->n, err);
}

/* By who printed it, or who looks after its space. */
static enum code find(struct request *r, struct printed *ret, struct err *err)
{
	char *end;
	int64_t num = strtoll(r->params[0], &end, 10);
	if (*r->params[0] == '\0' || *end) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(printed_find(r->db, r->arena, num, ret, err));
	if (ret->person == r->actor.person) return OK;
	const struct space *space = model_space(r->page.model, ret->space);
	if (space && allowed(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = space }))
		return OK;
	FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
}

/* What it showed may be read no more, or is not at its address any more: then it can only be taken down. */
enum code printed_act_post(struct request *r, struct err *err)
{
	struct changing x = { .gone = strcmp(request_form(r, "act"), "gone") == 0 };
	struct shared shared;
	struct print_records records;
	struct form_data choices;
	const char *title;
	TRY(find(r, &x.printed, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	if (!x.gone) {
		TRY(form_data_parse_urlencoded(r->arena, x.printed.choices, strlen(x.printed.choices), &choices, err));
		TRY(look(r, &choices, &shared, &records, &title, err));
		x.records = hashes(r, &records, shared.view == NULL);
		x.n = records.n;
	}
	TRY(request_write(r, change, &x, err));
	return request_redirect(r, "/-/printed", x.gone ? "affiche-otee" : "affiche-remplacee");
}
