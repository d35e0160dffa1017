#include <string.h>

#include "base/clock.h"
#include "core/person.h"
#include "core/reindex.h"
#include "core/right.h"
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

const char *const admission_names[ADMISSION_COUNT] = {
	[ADMISSION_ASKED] = "asked",
	[ADMISSION_OPEN] = "open",
	[ADMISSION_INVITED] = "invited",
};

bool space_key_is_valid(const char *key)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	static const char others[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
	size_t len = strlen(key);
	return len > 0 && len <= SPACE_KEY_MAX && strchr(letters, key[0]) && strspn(key, others) == len;
}

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
	int visibility = 0, publication = 0, guests = 0, admission = 0, comments = 0;
	if (!space_key_is_valid(slug)) FAIL(err, E_INPUT, N_("“%s” is not a key for a space"), slug);
	if (!parse_name(definition, "visibility", visibilities, COUNT(visibilities), &visibility))
		FAIL(err, E_INPUT, N_("the visibility of the space “%s” is public, listed or members"), slug);
	if (!parse_name(definition, "publication", publication_names, PUBLICATION_COUNT, &publication))
		FAIL(err, E_INPUT, N_("the publication of the space “%s” is open, own, approved or members"), slug);
	if (!parse_name(definition, "guests", guests_names, GUESTS_COUNT, &guests))
		FAIL(err, E_INPUT, N_("the guests of the space “%s” are no, approved or open"), slug);
	if (!parse_name(definition, "comments", comments_names, COMMENTS_COUNT, &comments))
		FAIL(err, E_INPUT, N_("the comments of the space “%s” are open or closed"), slug);
	if (!parse_name(definition, "admission", admission_names, ADMISSION_COUNT, &admission))
		FAIL(err, E_INPUT, N_("the admission to the space “%s” is asked, open or invited"), slug);
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
	           id_new(), slug, json_text(a, body), visibility, id_random(), id_random(), id_random(), clock_now()));
	if (db_changes(db)) tx_public(tx);
	return OK;
}

enum code space_definition(struct db *db, struct arena *a, int64_t space, json_t **ret, struct err *err)
{
	json_t *definition = NULL;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT slug, visibility, body FROM space WHERE num = $1", space));
	if (rows_next(&rows)) {
		TRY(json_parse(a, row_text(&rows, 2), strlen(row_text(&rows, 2)), &definition, err));
		json_object_set_new(definition, "key", json_string(row_text(&rows, 0)));
		json_object_set_new(definition, "visibility", json_string(visibilities[row_int(&rows, 1)]));
	}
	TRY(rows_end(&rows, err));
	if (definition == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such space."));
	*ret = definition;
	return OK;
}

enum code space_find(struct db *db, const char *key, int64_t *num, struct id *id, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num, id FROM space WHERE slug = $1", key));
	bool found = rows_next(&rows);
	if (found) {
		*num = row_int(&rows, 0);
		*id = row_id(&rows, 1);
	}
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("There is no such space."));
	return OK;
}

enum code space_pages(struct db *db, int64_t space, int64_t *pages, int *authors, struct err *err)
{
	int64_t n;
	TRY(db_int(db, pages, 0, err,
	           "SELECT COUNT(*) FROM record WHERE space = $1 AND about IS NULL AND state IN ($2, $3)", space,
	           (int)STATE_PUBLISHED, (int)STATE_ARCHIVED));
	TRY(db_int(db, &n, 0, err,
	           "SELECT COUNT(DISTINCT r.author) FROM record r JOIN person p ON p.num = r.author "
	           "WHERE r.space = $1 "
	           "AND r.state IN ($2, $3) AND p.state = $4 AND p.level < $5 "
	           "AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person = r.author AND m.space = r.space)",
	           space, (int)STATE_PUBLISHED, (int)STATE_ARCHIVED, (int)PERSON_ACTIVE, (int)LEVEL_ADMINISTRATOR));
	*authors = (int)n;
	return OK;
}

enum code space_set_state(struct tx *tx, int64_t space, enum space_state state, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "UPDATE space SET state = $1, changed = $2 WHERE num = $3 AND state <> $1",
	           (int)state, clock_now(), space));
	if (db_changes(tx_db(tx))) tx_public(tx);
	return OK;
}

enum code space_delete(struct tx *tx, int64_t space, struct err *err)
{
	int64_t records;
	TRY(db_int(tx_db(tx), &records, 0, err, "SELECT COUNT(*) FROM record WHERE space = $1", space));
	if (records)
		FAIL(err, E_INPUT,
		     N_("Pages are in this space (drafts and the trash count too): it can be put to sleep, not "
		        "taken away."));
	TRY(db_run(tx_db(tx), err, "DELETE FROM space WHERE num = $1", space));
	tx_public(tx);
	return OK;
}

enum code membership_set(struct tx *tx, int64_t person, int64_t space, enum level level, struct err *err)
{
	if (level == LEVEL_VISITOR)
		return db_run(tx_db(tx), err, "DELETE FROM membership WHERE person = $1 AND space = $2", person, space);
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
		all[found++] = (struct membership){ row_int(rows, 0), row_int(rows, 1), (enum level)row_int(rows, 2),
			                            row_int(rows, 3) };
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

enum code membership_count(struct db *db, int64_t space, int *members, int *facilitators, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT COUNT(*), COUNT(CASE WHEN m.level >= $1 THEN 1 END) FROM membership m JOIN person p "
	             "ON p.num = m.person "
	             "WHERE m.space = $2 AND p.state = $3",
	             (int)LEVEL_FACILITATOR, space, (int)PERSON_ACTIVE));
	if (rows_next(&rows)) {
		*members = (int)row_int(&rows, 0);
		*facilitators = (int)row_int(&rows, 1);
	}
	return rows_end(&rows, err);
}

enum code membership_others(struct db *db, int64_t space, int64_t person, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err,
	              "SELECT COUNT(*) FROM membership m JOIN person p ON p.num = m.person "
	              "WHERE m.space = $1 AND m.person <> $2 AND m.level >= $3 AND p.state = $4",
	              space, person, (int)LEVEL_FACILITATOR, (int)PERSON_ACTIVE);
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
