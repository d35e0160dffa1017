#include "features/guest/guest_web.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/letter.h"
#include "core/person.h"
#include "core/spam.h"
#include "features/guest/guest.h"
#include "features/guest/guest.html.h"
#include "features/joining/joining.html.h"
#include "features/joining/joining_web.h"
#include "features/people/people_page.h"
#include "features/people/people_web.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "features/space/space.h"
#include "page/qr.h"
#include "web/barrier.h"
#include "web/web.h"

enum { EXTRACT = 200, SPAM_SHOWN = 3 /* less says nothing */ };

struct guest_typed guest_typed_of(struct request *r)
{
	return (struct guest_typed){ .visitor = r->actor.person == 0,
		                     .name = request_form(r, "guest-name"),
		                     .for_name = "",
		                     .stamp = barrier_stamp(r) };
}

/* ---- What a guest keeps ---- */

/* Her own code while it serves: a desk may have given her another. */
static enum code find_code(struct request *r, char code[static CODE_TEXT + 1], struct err *err)
{
	struct token token;
	guest_code(r->site, r->actor.id, code);
	return token_find(r->db, r->arena, TOKEN_CARD, code, &token, err);
}

static enum code keep_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct record *record = NULL;
	struct html_safe qr;
	struct id id;
	char code[CODE_TEXT + 1];
	struct err none;
	if (!guest_is(&r->actor)) return request_redirect(r, "/-/account", NULL);
	if (id_parse(request_query(r, "de"), &id) &&
	    record_load(r->db, r->arena, p->model, &r->actor, id, &record, &none) != OK)
		record = NULL;
	enum code found = find_code(r, code, &none);
	const char *url = joining_link(p, "/-/card", code);
	TRY(qr_svg(r->arena, url, _("QR code of your code"), &qr, err));
	http_set(r->response, "Cache-Control", "no-store");
	p->title = record ? _("Thank you!") : _("Your code");
	p->hidden = true;
	keep_page(request_out(r), p, record, found == OK ? code : NULL, url, qr);
	return OK;
}

/* ---- The queue ---- */

static const char *first_text(const struct page *p, const struct record *record)
{
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const char *text = field == record->form->title ? ""
		                                                : field_plain(p, field, record_value(record, field));
		if (text_length(text) > 40) return text_cut(p->arena, text, EXTRACT);
	}
	return "";
}

static const char *author_name(const struct page *p, const struct record *record)
{
	struct person person;
	if (record->author == 0 || person_load(p->db, p->arena, record->author, &person, NULL) != OK) return "";
	return person.name;
}

static enum code proposals_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct record **records;
	struct request_row *requests;
	int n, nrequests;
	TRY(proposal_list(r->db, r->arena, p->model, &r->actor, &records, &n, err));
	struct proposal_row *rows = arena_array(r->arena, struct proposal_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		struct proposal proposal;
		struct spam_verdict verdict;
		TRY(proposal_find(r->db, r->arena, records[i]->id, &proposal, err));
		TRY(spam_explain(r->db, r->arena, p->model, records[i], &verdict, err));
		bool looks = verdict.score >= SPAM_SHOWN;
		rows[i] = (struct proposal_row){ .record = records[i],
			                         .by = author_name(p, records[i]),
			                         .extract = first_text(p, records[i]),
			                         .reasons = looks ? verdict.reasons : NULL,
			                         .since = proposal.created };
	}
	p->title = _("What waits for a yes");
	p->hidden = true;
	TRY(space_requests(p, NULL, &requests, &nrequests, err));
	proposals_page(request_out(r), p, rows, n, requests, nrequests);
	return OK;
}

struct refusing {
	struct request *r;
	const struct record *record;
	const char *reason;
};

/* Her author is told by a letter when she has an address; on the page itself in any case. */
static enum code write_author(struct tx *tx, const struct refusing *refusing, struct err *err)
{
	struct person person;
	struct page p = refusing->r->page;
	enum code code = person_load(tx_db(tx), p.arena, refusing->record->author, &person, err);
	if (code == E_NOT_FOUND || (code == OK && *person.email == '\0')) return OK;
	TRY(code);
	if (person.locale) p.lang = lang_parse(person.locale, p.lang);
	const char *subject = page_printf(&p, tr(p.lang, N_("Not published yet: %s")), refusing->record->title);
	const char *body = arena_printf(
	        p.arena, "%s\n\n%s\n\n%s\n\n%s%s\n", page_printf(&p, tr(p.lang, N_("Hello %s,")), person.name),
	        page_printf(
	                &p,
	                tr(p.lang, N_("What you proposed is not published yet. The people who look after it say: %s")),
	                refusing->reason),
	        tr(p.lang, N_("You can correct it and propose it again:")), p.base_url,
	        record_short_url(&p, refusing->record));
	return letter_send(tx, person.email, subject, body, err);
}

static enum code refuse(struct tx *tx, void *arg, struct err *err)
{
	const struct refusing *refusing = arg;
	TRY(proposal_refuse(tx, refusing->record->id, refusing->reason, err));
	TRY(audit_add(tx, refusing->r->arena, &refusing->r->actor, "proposal.refuse", refusing->record->id, NULL, err));
	return write_author(tx, refusing, err);
}

static enum code refuse_form(struct request *r, const struct record *record, const char *reason, struct issues *issues)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _("Not now: “%s”"), record->title);
	p->hidden = true;
	p->issues = issues;
	if (issues) r->response->status = 422;
	refuse_page(request_out(r), p, record, reason);
	return OK;
}

/* A record that waits, in a space that the reader looks after. */
static enum code find_waiting(struct request *r, struct record **ret, struct err *err)
{
	struct proposal proposal;
	TRY(record_of_route(r, ACTION_MANAGE, ret, err));
	if ((*ret)->state != STATE_DRAFT) FAIL(err, E_NOT_FOUND, N_("Nobody has proposed this."));
	return proposal_find(r->db, r->arena, (*ret)->id, &proposal, err);
}

static enum code proposal_refuse_show(struct request *r, struct err *err)
{
	struct record *record;
	TRY(find_waiting(r, &record, err));
	return refuse_form(r, record, "", NULL);
}

static enum code proposal_refuse_post(struct request *r, struct err *err)
{
	struct record *record;
	struct refusing refusing = { .r = r };
	struct issues issues;
	TRY(find_waiting(r, &record, err));
	TRY(people_typed(r, "reason", &refusing.reason, err));
	refusing.record = record;
	issues_init(&issues, r->arena);
	if (text_is_blank(refusing.reason))
		issues_add(&issues, "reason", N_("Say why, in one sentence: the person reads it."));
	if (text_length(refusing.reason) > PROPOSAL_REASON_MAX)
		issues_add(&issues, "reason", N_("This is too long: %d letters at most."), PROPOSAL_REASON_MAX);
	if (issues.count) return refuse_form(r, record, refusing.reason, &issues);
	TRY(request_write(r, refuse, &refusing, err));
	return request_redirect(r, "/-/proposals", "pas-encore");
}

/* ---- A new code at the desk ---- */

struct giving {
	struct request *r;
	struct person person;
	char code[CODE_TEXT + 1];
};

static enum code give(struct tx *tx, void *arg, struct err *err)
{
	struct giving *g = arg;
	struct joining j = { tx, &g->r->page };
	code_format(id_random(), g->code);
	return joining_card(&j, &g->person, g->code, err);
}

/* For who looks after the space of something that a guest added: she has lost her code. */
static enum code code_post(struct request *r, struct err *err)
{
	struct giving g = { .r = r };
	struct record *record;
	struct page *p = &r->page;
	TRY(record_of_route(r, ACTION_MANAGE, &record, err));
	TRY(person_load(r->db, r->arena, record->author, &g.person, err));
	if (g.person.level != LEVEL_VISITOR)
		FAIL(err, E_FORBIDDEN, N_("Its author has an account: the code is for people without one."));
	TRY(request_write(r, give, &g, err));
	struct joining_gift gift = { .url = joining_link(p, "/-/card", g.code),
		                     .code = g.code,
		                     .back = record_url(p, record),
		                     .back_words = record->title };
	TRY(qr_svg(r->arena, gift.url, _("QR code of the card"), &gift.qr, err));
	joining_secret(r, page_printf(p, _("Card of %s"), g.person.name));
	entry_card_page(request_out(r), p, &gift, &g.person);
	return OK;
}

const struct feature guest_feature = {
	.name = "guest",
	.routes = ROUTES({ HTTP_GET, "/-/keep", keep_show, ACTION_READ, KIND_PERSON,
	                   N_("The code of who added something without an account"), 0, false },
	                 { HTTP_GET, "/-/proposals", proposals_show, ACTION_MANAGE, KIND_RECORD,
	                   N_("What waits for a yes"), 0, false },
	                 { HTTP_GET, "/-/refuse/:id", proposal_refuse_show, ACTION_MANAGE, KIND_RECORD,
	                   N_("Form to say why something is not published yet"), 0, false },
	                 { HTTP_POST, "/-/refuse/:id", proposal_refuse_post, ACTION_MANAGE, KIND_RECORD,
	                   N_("Say why something is not published yet"), 0, false },
	                 { HTTP_POST, "/-/code/:id", code_post, ACTION_MANAGE, KIND_RECORD,
	                   N_("Give the author of a record, who has no account, a new code"), 0, false }),
};
