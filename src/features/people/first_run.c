#include "features/people/first_run.h"

#include <string.h>

#include "core/person.h"

void first_run_code(const struct site *site, char out[static CODE_TEXT + 1])
{
	struct hash mac = hash_blake2b("run1", site_secret(site), "", 0);
	struct id id;
	memcpy(id.b, mac.b, sizeof(id.b));
	code_format(id, out);
}

enum code first_run_due(struct site *site, bool *ret, struct err *err)
{
	struct db *db;
	bool any;
	TRY(store_read_begin(site_store(site), &db, err));
	enum code code = person_any_administrator(db, &any, err);
	store_read_end(site_store(site));
	if (code == OK) *ret = !any;
	return code;
}
