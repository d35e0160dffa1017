/* Answered away from the site, and sent whole. */
#include "core/response_row.h"

enum code response_take(struct tx *tx, struct arena *a, const struct model *model, const struct response_away *away,
                        struct response *ret, bool *again, bool *full, struct err *err)
{
	struct db *db = tx_db(tx);
	struct err why;
	enum code found = response_find(db, a, model, away->new.code, ret, &why);
	*full = false;
	*again = found == E_GONE || (found == OK && ret->state == RESPONSE_COMPLETE && ret->form == away->new.form);
	if (found == E_GONE) *ret = (struct response){ .form = away->new.form };
	if (*again) return OK;
	if (found == OK) FAIL(err, E_CONFLICT, N_("These answers have the code of others: begin them again."));
	if (found != E_NOT_FOUND) {
		*err = why;
		return found;
	}
	TRY(response_begin(tx, &away->new, err));
	TRY(response_find(db, a, model, away->new.code, ret, err));
	TRY(response_complete_version(tx, a, ret, away->values, away->new.person, away->version, full, err));
	return *full ? response_drop(tx, ret, err) : OK;
}
