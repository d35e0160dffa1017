#include "features/guest/guest.h"

#include <string.h>

#include "base/text.h"
#include "core/person.h"
#include "features/account/entry.h"
#include "features/joining/joining.h"
#include "features/people/people_change.h"
#include "features/people/people_web.h"
#include "web/barrier.h"
#include "web/web.h"

bool guest_is(const struct actor *actor)
{
	return actor->person != 0 && actor->site == LEVEL_VISITOR;
}

bool guest_may_add(const struct request *r, const struct space *space)
{
	struct thing thing = { .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED };
	return r->actor.person == 0 && allowed(&r->actor, ACTION_CREATE, &thing);
}

void guest_code(const struct site *site, struct id person, char out[static CODE_TEXT + 1])
{
	struct id id;
	struct hash mac = hash_blake2b("gues", site_secret(site), person.b, sizeof(person.b));
	memcpy(id.b, mac.b, sizeof(id.b));
	code_format(id, out);
}

enum code guest_make(struct tx *tx, struct request *r, const char *name, int64_t *ret, struct err *err)
{
	const struct page *p = &r->page;
	struct people_change change = { tx, r->arena, &r->actor };
	struct joining j = { tx, p };
	struct person person;
	char code[CODE_TEXT + 1];
	int64_t num;
	TRY(people_add(&change, text_is_blank(name) ? _("Somebody passing by") : name, NULL, NULL, LEVEL_VISITOR, &num,
	               err));
	TRY(person_load(tx_db(tx), r->arena, num, &person, err));
	guest_code(r->site, person.id, code);
	TRY(joining_card(&j, &person, code, err));
	*ret = num;
	return OK;
}

struct entering {
	const char *name;
	struct entry entry;
};

static enum code enter(struct tx *tx, void *arg, struct err *err)
{
	struct entering *entering = arg;
	TRY(guest_make(tx, entering->entry.r, entering->name, &entering->entry.person, err));
	return entry_open(tx, &entering->entry, err);
}

static enum code let_enter(struct request *r, const char *name, struct err *err)
{
	struct entering entering = { .name = name, .entry = { .r = r, .life = SESSION_SHORT_MS } };
	TRY(request_write(r, enter, &entering, err));
	entry_give(&entering.entry);
	return actor_load(r->db, r->arena, entering.entry.person, &r->actor, err);
}

enum code guest_let_in(struct request *r, struct issues *issues, bool *trapped, struct err *err)
{
	const char *name;
	enum barrier barrier = barrier_check(r);
	TRY(people_typed(r, "guest-name", &name, err));
	*trapped = barrier == BARRIER_TRAPPED;
	if (text_length(name) > PERSON_NAME_MAX)
		issues_add(issues, "guest-name", N_("This name is too long: %d letters at most."), PERSON_NAME_MAX);
	if (barrier == BARRIER_EARLY || barrier == BARRIER_OLD)
		issues_add(issues, "",
		           N_("This came faster than people write, or very late. Look at it once more and send it "
		              "again."));
	if (issues->count || *trapped) return OK;
	TRY(web_limit(r, LIMIT_GUEST, NULL, err));
	return let_enter(r, name, err);
}
