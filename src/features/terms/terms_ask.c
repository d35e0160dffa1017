#include "features/terms/terms_ask.h"

#include <string.h>

#include "base/json.h"
#include "features/terms/terms_page.h"

static void read_one(struct request *r, const struct terms *terms, struct issues *issues, json_t *ret)
{
	const char *name = terms_box(&r->page, terms), *typed = request_form(r, name);
	bool shown = strcmp(typed, arena_printf(r->arena, "%d", terms->version)) == 0;
	if (*typed && !shown)
		issues_add(issues, name, N_("This text has changed meanwhile: read it again, then tick the box."));
	else if (*typed == '\0' && terms->needed)
		issues_add(issues, name, N_("Tick this box to go on: without it, this cannot be done."));
	json_object_set_new(ret, terms->key, json_integer(shown ? terms->version : 0));
}

enum code terms_read(struct request *r, const struct terms *list, int n, struct issues *issues, const json_t **ret)
{
	json_t *accepted = json_keep(r->arena, json_object());
	for (int i = 0; i < n; i++) read_one(r, &list[i], issues, accepted);
	r->page.accepted = accepted;
	*ret = accepted;
	return OK;
}

enum code terms_read_for(struct request *r, enum terms_whom whom, struct issues *issues, const json_t **ret,
                         struct err *err)
{
	struct terms *list;
	int n;
	TRY(terms_for(r->db, r->arena, whom, &list, &n, err));
	return terms_read(r, list, n, issues, ret);
}

static enum code keep_one(struct tx *tx, int64_t person, const char *key, int version, enum terms_way way,
                          struct err *err)
{
	struct arena a;
	struct terms present;
	arena_init(&a);
	enum code code = terms_find(tx_db(tx), &a, key, version, &present, err);
	bool yes = version != 0;
	if (code == OK) code = terms_answer(tx, person, key, present.version, yes, way, err);
	arena_release(&a);
	return code == E_NOT_FOUND ? OK : code;
}

enum code terms_keep(struct tx *tx, int64_t person, const json_t *accepted, enum terms_way way, struct err *err)
{
	const char *key;
	json_t *version;
	json_object_foreach ((json_t *)accepted, key, version)
		TRY(keep_one(tx, person, key, (int)json_integer_value(version), way, err));
	return OK;
}
