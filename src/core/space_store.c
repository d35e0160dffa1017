#include <string.h>

#include "base/clock.h"
#include "core/space.h"

static const char *const visibilities[] = {
	[VISIBILITY_PUBLIC] = "public",
	[VISIBILITY_LISTED] = "listed",
	[VISIBILITY_MEMBERS] = "members",
};

static enum code parse_visibility(const char *name, int *ret, struct err *err)
{
	for (size_t i = 0; i < COUNT(visibilities); i++) {
		if (strcmp(visibilities[i], name) != 0) continue;
		*ret = (int)i;
		return OK;
	}
	FAIL(err, E_INPUT, N_("“%s” is not a visibility: public, listed or members"), name);
}

enum code space_save(struct tx *tx, struct arena *a, const json_t *definition, struct err *err)
{
	const char *slug = json_str_or(definition, "key", "");
	int visibility = 0;
	if (!key_is_valid(slug)) FAIL(err, E_INPUT, N_("“%s” is not a key for a space"), slug);
	TRY(parse_visibility(json_str_or(definition, "visibility", "public"), &visibility, err));
	json_t *body = json_keep(a, json_deep_copy(definition));
	json_object_del(body, "key");
	json_object_del(body, "visibility");
	TRY(db_run(tx_db(tx), err,
	           "INSERT INTO space (id, slug, body, visibility, compartment_public, compartment_members, "
	           "compartment_facilitators, state, created, changed) "
	           "VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8) "
	           "ON CONFLICT (slug) DO UPDATE SET body = excluded.body, visibility = excluded.visibility, "
	           "changed = excluded.changed",
	           id_new(), slug, json_text(a, body), visibility, id_random(), id_random(), id_random(),
	           clock_now()));
	tx_public(tx);
	return OK;
}

enum code membership_set(struct tx *tx, int64_t person, int64_t space, enum level level, struct err *err)
{
	if (level == LEVEL_VISITOR)
		return db_run(tx_db(tx), err, "DELETE FROM membership WHERE person = $1 AND space = $2",
		              person, space);
	if (level != LEVEL_MEMBER && level != LEVEL_FACILITATOR)
		FAIL(err, E_INPUT, N_("a person is a member or a facilitator of a space"));
	return db_run(tx_db(tx), err,
	              "INSERT INTO membership (person, space, level, created) VALUES ($1, $2, $3, $4) "
	              "ON CONFLICT (person, space) DO UPDATE SET level = excluded.level",
	              person, space, (int)level, clock_now());
}
