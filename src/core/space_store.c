#include <string.h>

#include "base/clock.h"
#include "core/reindex.h"
#include "core/space.h"

static const char *const visibilities[] = {
	[VISIBILITY_PUBLIC] = "public",
	[VISIBILITY_LISTED] = "listed",
	[VISIBILITY_MEMBERS] = "members",
};

const char *const publication_names[PUBLICATION_COUNT] = {
	[PUBLICATION_OPEN] = "open",
	[PUBLICATION_OWN] = "own",
	[PUBLICATION_APPROVED] = "approved",
	[PUBLICATION_MEMBERS] = "members",
};

const char *const guests_names[GUESTS_COUNT] = {
	[GUESTS_NONE] = "no",
	[GUESTS_APPROVED] = "approved",
	[GUESTS_OPEN] = "open",
};

const char *const comments_names[COMMENTS_COUNT] = {
	[COMMENTS_OPEN] = "open",
	[COMMENTS_CLOSED] = "closed",
};

/* Which of the names definition[key] is; the first when it says nothing. A mistake never opens a space. */
static bool parse_name(const json_t *definition, const char *key, const char *const *names, size_t n, int *ret)
{
	const json_t *value = json_object_get(definition, key);
	const char *name = value ? json_string_value(value) : names[0];
	for (size_t i = 0; name && i < n; i++) {
		if (strcmp(names[i], name) != 0) continue;
		*ret = (int)i;
		return true;
	}
	return false;
}

/* Who may read a space decides which words are everybody's, and which names others are found by. */
static enum code follow_visibility(struct tx *tx, const char *slug, int visibility, struct err *err)
{
	int64_t num;
	TRY(db_int(tx_db(tx), &num, 0, err, "SELECT num FROM space WHERE slug = $1 AND visibility <> $2", slug,
	           visibility));
	return num ? reindex_later(tx, 0, err) : OK;
}

enum code space_save(struct tx *tx, struct arena *a, const json_t *definition, struct err *err)
{
	struct db *db = tx_db(tx);
	const char *slug = json_str_or(definition, "key", "");
	int visibility = 0, publication = 0, guests = 0, comments = 0;
	if (!key_is_valid(slug)) FAIL(err, E_INPUT, N_("“%s” is not a key for a space"), slug);
	if (!parse_name(definition, "visibility", visibilities, COUNT(visibilities), &visibility))
		FAIL(err, E_INPUT, N_("the visibility of the space “%s” is public, listed or members"), slug);
	if (!parse_name(definition, "publication", publication_names, PUBLICATION_COUNT, &publication))
		FAIL(err, E_INPUT, N_("the publication of the space “%s” is open, own, approved or members"),
		     slug);
	if (!parse_name(definition, "guests", guests_names, GUESTS_COUNT, &guests))
		FAIL(err, E_INPUT, N_("the guests of the space “%s” are no, approved or open"), slug);
	if (!parse_name(definition, "comments", comments_names, COMMENTS_COUNT, &comments))
		FAIL(err, E_INPUT, N_("the comments of the space “%s” are open or closed"), slug);
	json_t *body = json_keep(a, json_deep_copy(definition));
	json_object_del(body, "key");
	json_object_del(body, "visibility");
	TRY(follow_visibility(tx, slug, visibility, err));
	TRY(db_run(db, err,
	           "INSERT INTO space (id, slug, body, visibility, compartment_public, compartment_members, "
	           "compartment_facilitators, state, created, changed) "
	           "VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8) "
	           "ON CONFLICT (slug) DO UPDATE SET body = excluded.body, visibility = excluded.visibility, "
	           "changed = excluded.changed "
	           "WHERE space.body <> excluded.body OR space.visibility <> excluded.visibility",
	           id_new(), slug, json_text(a, body), visibility, id_random(), id_random(), id_random(),
	           clock_now()));
	if (db_changes(db)) tx_public(tx);
	return OK;
}

enum code membership_set(struct tx *tx, int64_t person, int64_t space, enum level level, struct err *err)
{
	if (level == LEVEL_VISITOR)
		return db_run(tx_db(tx), err, "DELETE FROM membership WHERE person = $1 AND space = $2", person,
		              space);
	if (level != LEVEL_MEMBER && level != LEVEL_FACILITATOR)
		FAIL(err, E_INPUT, N_("a person is a member or a facilitator of a space"));
	return db_run(tx_db(tx), err,
	              "INSERT INTO membership (person, space, level, created) VALUES ($1, $2, $3, $4) "
	              "ON CONFLICT (person, space) DO UPDATE SET level = excluded.level",
	              person, space, (int)level, clock_now());
}

/* The rows of a query, whose count is at most `max`. */
static enum code read_memberships(struct rows *rows, struct arena *a, int64_t max, struct membership **ret, int *n,
                                  struct err *err)
{
	struct membership *all = arena_array(a, struct membership, (size_t)max + 1);
	int found = 0;
	while (found < max && rows_next(rows))
		all[found++] = (struct membership){ row_int(rows, 0), row_int(rows, 1),
			                            (enum level)row_int(rows, 2), row_int(rows, 3) };
	TRY(rows_end(rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code membership_list(struct db *db, struct arena *a, int64_t person, struct membership **ret, int *n,
                          struct err *err)
{
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM membership WHERE $1 IN (0, person)", person));
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT person, space, level, created FROM membership WHERE $1 IN (0, person) "
	             "ORDER BY person, space",
	             person));
	return read_memberships(&rows, a, count, ret, n, err);
}

enum code membership_of_space(struct db *db, struct arena *a, int64_t space, struct membership **ret, int *n,
                              struct err *err)
{
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM membership WHERE space = $1", space));
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT person, space, level, created FROM membership WHERE space = $1 ORDER BY level DESC, "
	             "created",
	             space));
	return read_memberships(&rows, a, count, ret, n, err);
}
