#include "features/account/again.h"

#include "base/clock.h"
#include "features/account/sign_in.h"

enum code again_load(struct request *r, const char *here, struct again *ret, struct err *err)
{
	struct session session;
	*ret = (struct again){ .here = here };
	TRY(person_load(r->db, r->arena, r->actor.person, &ret->person, err));
	TRY(person_has_password(r->db, r->actor.person, &ret->password, err));
	if (ret->password || r->token == NULL) return OK;
	TRY(session_find(r->db, r->arena, r->token, &session, err));
	ret->fresh = session.created > clock_now() - AGAIN_FRESH_MS;
	return OK;
}

enum code again_password(struct request *r, const struct person *person, const char *field, struct issues *issues,
                         struct err *err)
{
	int64_t num;
	bool right;
	TRY(sign_in_limit(r, person->email, err));
	TRY(sign_in_match(r, person->email, field, &num, &right, err));
	if (right && num == person->num) sign_in_forget(r, person->email);
	else issues_add(issues, field, N_("This is not your present password."));
	return OK;
}

enum code again_check(struct request *r, const struct again *again, const char *field, struct issues *issues,
                      struct err *err)
{
	if (again->password) return again_password(r, &again->person, field, issues, err);
	if (!again->fresh)
		issues_add(issues, "",
		           N_("Show first that it is you: come in again, then do this within a quarter of an hour."));
	return OK;
}
