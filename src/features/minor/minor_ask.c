#include "features/minor/minor_ask.h"

#include <string.h>

#include "features/people/people_web.h"

enum code age_read(struct request *r, const char *email, struct age_typed *ret, struct issues *issues, struct err *err)
{
	int age = minor_age(r->page.model);
	struct issues found;
	*ret = (struct age_typed){ .age = "", .parent = "" };
	if (age == 0) return OK;
	ret->age = request_form(r, "age");
	ret->minor = strcmp(ret->age, "younger") == 0;
	TRY(people_typed(r, "parent", &ret->parent, err));
	if (!ret->minor && strcmp(ret->age, "older") != 0)
		issues_add(issues, "age", N_("Say whether you are %d or older."), age);
	if (!ret->minor || *ret->parent == '\0') return OK;
	issues_init(&found, r->arena);
	person_check(NULL, ret->parent, NULL, &found);
	if (found.count) issues_add_err(issues, "parent", &found.first->err);
	else if (strcmp(email_key(r->arena, ret->parent), email_key(r->arena, email)) == 0)
		issues_add(issues, "parent",
		           N_("Give the address of your parent, not yours; or leave it empty and come to a desk."));
	return OK;
}

bool minor_at_desk(const struct request *r)
{
	return minor_age(r->page.model) && *request_form(r, "minor");
}

enum code minor_note_desk(struct tx *tx, const struct request *r, int64_t person, struct err *err)
{
	if (!minor_at_desk(r)) return OK;
	TRY(minor_begin(tx, person, err));
	return minor_agree(tx, person, MINOR_AT_DESK, r->actor.person, err);
}
