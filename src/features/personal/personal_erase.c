#include "features/personal/personal_erase.h"

#include "base/clock.h"
#include "core/audit.h"
#include "core/letter.h"

#define ALONE_MS (7LL * 24 * 3600 * 1000)

enum code erase_now(struct tx *tx, struct erase_asking *asking, struct err *err)
{
	struct request *r = asking->r;
	const struct person *person = &asking->page.person;
	json_t *detail = json_keep(r->arena, json_pack("{s:s}", "mode", erasure_mode_key(asking->mode)));
	TRY(audit_add(tx, r->arena, &r->actor, "person.erase", person->id, detail, err));
	return erasure_person(tx, r->arena, r->page.model, person->num, asking->mode, err);
}

const char *erase_name_of(struct request *r, int64_t num)
{
	struct person person;
	return num && person_load(r->db, r->arena, num, &person, NULL) == OK ? person.name : NULL;
}

/* ---- Letters ---- */

static enum code send(struct tx *tx, struct request *r, const struct person *to, const char *subject, const char *text,
                      struct err *err)
{
	const struct page *p = &r->page;
	const char *body = arena_printf(p->arena, "%s\n\n%s\n\n-- \n%s\n%s\n",
	                                page_printf(p, tr(p->lang, N_("Hello %s,")), to->name), text, page_site_name(p),
	                                p->base_url);
	return letter_send(tx, to->email, subject, body, err);
}

static bool is_other_administrator(const struct person *person, int64_t but)
{
	return person->level == LEVEL_ADMINISTRATOR && person->state == PERSON_ACTIVE && person->num != but;
}

enum code erase_letter_asked(struct tx *tx, const struct erase_asking *asking, struct err *err)
{
	struct request *r = asking->r;
	const struct page *p = &r->page;
	struct person *people;
	int n;
	TRY(person_list(tx_db(tx), r->arena, &people, &n, err));
	for (int i = 0; i < n; i++) {
		if (!is_other_administrator(&people[i], r->actor.person) || *people[i].email == '\0') continue;
		TRY(send(tx, r, &people[i], page_printf(p, _("An erasure waits for your yes: %s"), page_site_name(p)),
		         arena_printf(r->arena, "%s\n\n%s/-/erasures",
		                      _("Somebody asked that an account be erased with all that it wrote. It is "
		                        "much at once: a second administrator looks at it first. The law gives a "
		                        "month to answer."),
		                      p->base_url),
		         err));
	}
	return OK;
}

enum code erase_letter_refused(struct tx *tx, const struct erase_asking *asking, const char *reason, struct err *err)
{
	struct request *r = asking->r;
	const struct page *p = &r->page;
	const struct person *person = &asking->page.person;
	if (*person->email == '\0') return OK;
	return send(tx, r, person, page_printf(p, _("Your account: %s"), page_site_name(p)),
	            page_printf(p,
	                        _("Your account was not erased with all that you wrote. The reason: %s\n\nYou can "
	                          "still have it erased alone, your texts staying without your name, from the "
	                          "page “My account”. You can also complain to the CNIL (www.cnil.fr)."),
	                        reason),
	            err);
}

/* ---- Who answers ---- */

enum code erase_may_answer(struct request *r, const struct erasure_request *request, bool *ret, struct err *err)
{
	struct person *people;
	int n;
	bool others = false;
	*ret = request->asked_by != r->actor.person && request->person != r->actor.person;
	if (*ret || request->person == r->actor.person) return OK;
	TRY(person_list(r->db, r->arena, &people, &n, err));
	for (int i = 0; i < n; i++)
		others |= people[i].num != request->person && is_other_administrator(&people[i], r->actor.person);
	*ret = !others && clock_now() >= request->created + ALONE_MS;
	return OK;
}
