#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/audit.h"
#include "core/field_type.h"
#include "core/right.h"
#include "core/terms.h"
#include "store/sql.h"

const char *terms_way_words(enum terms_way way)
{
	static const char *const words[TERMS_WAYS] = {
		[TERMS_SIGNING_UP] = N_("when opening the account"),
		[TERMS_ADDING] = N_("when adding something without an account"),
		[TERMS_COMING_IN] = N_("when coming in"),
		[TERMS_BY_HERSELF] = N_("on the page of the account"),
	};
	return words[way];
}

/* ---- Reading ---- */

#define COLUMNS                                                                              \
	"SELECT v.terms, v.version, v.title, v.body, v.whom, v.needed, v.again, v.created, " \
	"(SELECT COUNT(*) FROM acceptance a WHERE a.terms = v.terms AND a.version = v.version AND a.ended IS NULL)"
#define PRESENT "v.version = (SELECT MAX(w.version) FROM terms_version w WHERE w.terms = v.terms)"
/* The oldest text first. */
#define ORDER " ORDER BY (SELECT MIN(w.created) FROM terms_version w WHERE w.terms = v.terms), v.terms"

static struct terms read_one(struct arena *a, const struct rows *rows)
{
	return (struct terms){ .key = arena_strdup(a, row_text(rows, 0)),
		               .version = (int)row_int(rows, 1),
		               .title = arena_strdup(a, row_text(rows, 2)),
		               .text = arena_strdup(a, row_text(rows, 3)),
		               .whom = (int)row_int(rows, 4),
		               .needed = row_int(rows, 5) != 0,
		               .again = row_int(rows, 6) != 0,
		               .created = row_int(rows, 7),
		               .accepted = row_int(rows, 8) };
}

static enum code read_all(struct arena *a, struct rows *rows, struct terms **ret, int *n, struct err *err)
{
	int room = 8, found = 0;
	struct terms *all = arena_array(a, struct terms, (size_t)room);
	while (rows_next(rows)) {
		if (found == room) {
			struct terms *larger = arena_array(a, struct terms, (size_t)room * 2);
			memcpy(larger, all, (size_t)room * sizeof(*all));
			all = larger;
			room *= 2;
		}
		all[found++] = read_one(a, rows);
	}
	TRY(rows_end(rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code terms_list(struct db *db, struct arena *a, struct terms **ret, int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, COLUMNS " FROM terms_version v WHERE " PRESENT ORDER));
	return read_all(a, &rows, ret, n, err);
}

enum code terms_for(struct db *db, struct arena *a, enum terms_whom whom, struct terms **ret, int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, COLUMNS " FROM terms_version v WHERE " PRESENT " AND (v.whom & $1) <> 0" ORDER,
	             (int)whom));
	return read_all(a, &rows, ret, n, err);
}

enum code terms_versions(struct db *db, struct arena *a, const char *key, struct terms **ret, int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, COLUMNS " FROM terms_version v WHERE v.terms = $1 ORDER BY v.version DESC", key));
	return read_all(a, &rows, ret, n, err);
}

enum code terms_find(struct db *db, struct arena *a, const char *key, int version, struct terms *ret, struct err *err)
{
	struct terms *all;
	int n;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             COLUMNS " FROM terms_version v WHERE v.terms = $1 AND ($2 = 0 OR v.version = $2) ORDER BY "
	                     "v.version DESC LIMIT 1",
	             key, version));
	TRY(read_all(a, &rows, &all, &n, err));
	if (n == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = all[0];
	return OK;
}

static bool asks_for(const struct field *field, const char *key)
{
	return strcmp(field->type->name, "consent") == 0 &&
	       strcmp(json_str_or(field->definition, "terms", ""), key) == 0;
}

static enum code count_answers(struct db *db, const struct field *field, struct terms *terms, struct err *err)
{
	char version[16];
	int64_t found;
	snprintf(version, sizeof(version), "%d", terms->version);
	TRY(db_int(
	        db, &found, 0, err,
	        "SELECT COUNT(DISTINCT v.num) FROM field_value v JOIN record r ON r.num = v.num WHERE v.field = $1 AND "
	        "v.key = $2 AND r.state IN ($3, $4)",
	        field->num, (const char *)version, (int)STATE_PUBLISHED, (int)STATE_ARCHIVED));
	terms->pages += found;
	return OK;
}

enum code terms_count_pages(struct db *db, const struct model *model, struct terms *terms, int n, struct err *err)
{
	for (int i = 0; i < n; i++) {
		terms[i].pages = 0;
		for (int f = 0; f < model->nforms; f++)
			for (int k = 0; k < model->forms[f].nfields; k++) {
				const struct field *field = &model->forms[f].fields[k];
				if (asks_for(field, terms[i].key)) TRY(count_answers(db, field, &terms[i], err));
			}
	}
	return OK;
}

/* ---- Publishing ---- */

static enum code check_room(struct db *db, struct err *err)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(DISTINCT terms) FROM terms_version"));
	if (n >= TERMS_MOST) FAIL(err, E_LIMIT, N_("at most %d of these"), TERMS_MOST);
	return OK;
}

enum code terms_publish(struct tx *tx, const struct actor *actor, const struct terms *terms, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t present;
	TRY(db_int(db, &present, 0, err, "SELECT COALESCE(MAX(version), 0) FROM terms_version WHERE terms = $1",
	           terms->key));
	if (present != terms->version && terms->version == 0)
		FAIL(err, E_CONFLICT, N_("There is a text of this name already: give this one another title."));
	if (present != terms->version)
		FAIL(err, E_CONFLICT,
		     N_("Meanwhile somebody published another version: what you typed is below, look at theirs first."));
	if (present == 0) TRY(check_room(db, err));
	TRY(db_run(db, err,
	           "INSERT INTO terms_version (terms, version, title, body, whom, needed, again, created, actor) "
	           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	           terms->key, present + 1, terms->title, terms->text, terms->whom, (int)terms->needed,
	           (int)terms->again, clock_now(), actor->person ? value_int(actor->person) : value_text(NULL)));
	tx_public(tx);
	return audit_note(tx, actor, "terms.publish", ID_NONE,
	                  json_pack("{s:s, s:i}", "terms", terms->key, "version", (int)present + 1), err);
}

/* ---- A person ---- */

#define HAD \
	"COALESCE((SELECT MAX(a.version) FROM acceptance a WHERE a.person = $1 AND a.terms = v.terms AND (a.ended IS NULL OR v.needed = 0)), 0)"

enum code terms_due(struct db *db, struct arena *a, const struct person *person, struct terms **ret, int *n,
                    struct err *err)
{
	enum terms_whom whom = person->level == LEVEL_VISITOR ? TERMS_GUESTS : TERMS_ACCOUNTS;
	struct terms *all = arena_array(a, struct terms, TERMS_MOST);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             COLUMNS ", " HAD
	                     ", (SELECT MAX(w.version) FROM terms_version w WHERE w.terms = v.terms AND w.again = "
	                     "1) FROM terms_version v WHERE " PRESENT " AND (v.whom & $2) <> 0" ORDER,
	             person->num, (int)whom));
	while (found < TERMS_MOST && rows_next(&rows)) {
		struct terms one = read_one(a, &rows);
		one.had = (int)row_int(&rows, 9);
		if (one.had == 0 || row_int(&rows, 10) > one.had) all[found++] = one;
	}
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code terms_answer(struct tx *tx, int64_t person, const char *key, int version, bool yes, enum terms_way way,
                       struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t now = clock_now(), there;
	TRY(db_int(db, &there, 0, err, "SELECT COUNT(*) FROM terms_version WHERE terms = $1 AND version = $2", key,
	           version));
	if (there == 0) FAIL(err, E_NOT_FOUND, N_("There is no such version of this text."));
	return db_run(
	        db, err,
	        "INSERT INTO acceptance (person, terms, version, way, at, ended) VALUES ($1, $2, $3, $4, $5, $6) ON "
	        "CONFLICT (person, terms, version) DO UPDATE SET way = $4, at = $5, ended = $6",
	        person, key, version, (int)way, now, yes ? value_text(NULL) : value_int(now));
}

enum code terms_answers(struct db *db, struct arena *a, int64_t person, struct acceptance **ret, int *n,
                        struct err *err)
{
	struct acceptance *all = arena_array(a, struct acceptance, TERMS_MOST);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             COLUMNS
	             ", x.way, x.at, COALESCE(x.ended, 0), (SELECT MAX(w.version) FROM terms_version w WHERE w.terms "
	             "= v.terms) FROM acceptance x JOIN terms_version v ON v.terms = x.terms AND v.version = "
	             "x.version WHERE x.person = $1 AND x.version = (SELECT MAX(y.version) FROM acceptance y WHERE "
	             "y.person = $1 AND y.terms = x.terms) ORDER BY x.at, v.terms",
	             person));
	while (found < TERMS_MOST && rows_next(&rows))
		all[found++] = (struct acceptance){ .terms = read_one(a, &rows),
			                            .way = (enum terms_way)row_int(&rows, 9),
			                            .at = row_int(&rows, 10),
			                            .ended = row_int(&rows, 11),
			                            .present = (int)row_int(&rows, 12) };
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}
