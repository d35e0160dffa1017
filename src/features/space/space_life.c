/* What becomes of a space, for features/care and features/archive. */
#include "features/space/space_life.h"

#include "features/space/space_web.h"

enum code space_find_closable(struct request *r, const struct space **ret, struct err *err)
{
	TRY(space_of_route(r, ACTION_MANAGE, ret, err));
	return space_may_close(&r->page, *ret, err);
}

enum code space_may_close(const struct page *p, const struct space *space, struct err *err)
{
	if (space_is_first(p, space))
		FAIL(err, E_INPUT, N_("The pages of the site itself are in this space: it stays."));
	return OK;
}

enum code space_live(struct tx *tx, struct arena *a, const struct space *space, const struct space_life *life,
                     struct err *err)
{
	json_t *definition;
	TRY(space_definition(tx_db(tx), a, space->num, &definition, err));
	json_object_set_new(definition, "story", json_string(life->story));
	if (life->offered) json_object_set_new(definition, "offered", json_true());
	else json_object_del(definition, "offered");
	TRY(space_save(tx, a, definition, err));
	return space_set_state(tx, space->num, life->state, err);
}
