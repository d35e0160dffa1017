/* What was printed of questionnaires. */
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "core/paper.h"

enum code paper_version(struct db *db, const struct form *form, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 1, err, "SELECT version FROM definition WHERE num = $1", form->num);
}

enum code paper_edition_keep(struct tx *tx, struct arena *a, const struct form *form, int64_t version,
                             const char *language, json_t *body, int *edition, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t found;
	const char *text = json_text(a, body);
	struct hash hash = hash_blake2b("pape", NULL, text, strlen(text));
	TRY(db_int(db, &found, 0, err,
	           "SELECT edition FROM paper_edition WHERE form = $1 AND language = $2 AND hash = $3", form->num,
	           language, hash));
	if (found == 0) {
		TRY(db_int(db, &found, 1, err,
		           "SELECT COALESCE(MAX(edition), 0) + 1 FROM paper_edition WHERE form = $1", form->num));
		json_object_set_new(body, "edition", json_integer(found));
		TRY(db_run(
		        db, err,
		        "INSERT INTO paper_edition (form, edition, version, language, hash, body, printed) VALUES ($1, $2, "
		        "$3, $4, $5, $6, $7)",
		        form->num, found, version, language, hash, json_text(a, body), clock_now()));
	}
	*edition = (int)found;
	return OK;
}

static struct paper_edition edition_row(const struct rows *rows, struct arena *a)
{
	return (struct paper_edition){ .edition = (int)row_int(rows, 0),
		                       .version = row_int(rows, 1),
		                       .language = arena_strdup(a, row_text(rows, 2)),
		                       .printed = row_int(rows, 3) };
}

enum code paper_edition_find(struct db *db, struct arena *a, const struct form *form, int edition,
                             struct paper_edition *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	struct paper_edition found;
	json_t *body = NULL;
	TRY(db_query(
	        db, &rows, err,
	        "SELECT edition, version, language, printed, body FROM paper_edition WHERE form = $1 AND (edition = $2 "
	        "OR $2 = 0) ORDER BY edition DESC LIMIT 1",
	        form->num, (int64_t)edition));
	bool any = rows_next(&rows);
	if (any) {
		found = edition_row(&rows, a);
		const char *text = row_text(&rows, 4);
		TRY(json_parse(a, text, strlen(text), &body, err));
		found.body = body;
	}
	TRY(rows_end(&rows, err));
	if (!any) FAIL(err, E_NOT_FOUND, N_("This questionnaire has not been printed yet."));
	*ret = found;
	return OK;
}

enum code paper_edition_list(struct db *db, struct arena *a, const struct form *form, int max,
                             struct paper_edition **ret, int *n, struct err *err)
{
	struct paper_edition *all = arena_array(a, struct paper_edition, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT edition, version, language, printed FROM paper_edition WHERE form = $1 ORDER BY edition DESC LIMIT "
	        "$2",
	        form->num, max));
	while (found < max && rows_next(&rows)) all[found++] = edition_row(&rows, a);
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}
