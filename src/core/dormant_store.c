#include <string.h>

#include "core/dormant.h"

#define MONTH_MS (2629746LL * 1000) /* a twelfth of a Gregorian year */

int dormant_months(const struct model *model)
{
	int64_t months = json_int(model_setting(model, "dormant"), "months", DORMANT_MONTHS);
	return (int)MAX(1, MIN(months, DORMANT_MONTHS_MAX));
}

bool dormant_counts(const struct model *model, const struct form *form)
{
	const json_t *forms = json_object_get(model_setting(model, "dormant"), "forms"), *key;
	size_t i;
	json_array_foreach (forms, i, key)
		if (json_is_string(key) && strcmp(json_string_value(key), form->key) == 0) return true;
	return false;
}

/* Numbers of kinds stand in the statements as enum dormant_kind has them. A row of before that is not found again
 * is known by its touch. */

static enum code find_spaces(struct db *db, int64_t before, int64_t now, struct err *err)
{
	return db_run(db, err,
	              "INSERT INTO dormant (kind, num, touched, flagged) SELECT 0, s.num, s.touched, CAST($1 AS "
	              "BIGINT) FROM "
	              "(SELECT s.num, CASE WHEN MAX(r.changed) > s.changed THEN MAX(r.changed) ELSE s.changed END "
	              "AS touched "
	              "FROM space s LEFT JOIN record r ON r.space = s.num WHERE s.state = $2 GROUP BY s.num, "
	              "s.changed) s "
	              "WHERE s.touched < $3 ON CONFLICT (kind, num) DO UPDATE SET touched = excluded.touched",
	              now, (int)SPACE_AWAKE, before);
}

static enum code find_forms(struct db *db, const struct model *model, int64_t before, int64_t now, struct err *err)
{
	for (int i = 0; i < model->nforms; i++)
		TRY(db_run(
		        db, err,
		        "INSERT INTO dormant (kind, num, touched, flagged) SELECT 1, d.num, d.touched, CAST($1 "
		        "AS BIGINT) FROM "
		        "(SELECT d.num, CASE WHEN MAX(r.changed) > d.changed THEN MAX(r.changed) ELSE "
		        "d.changed END AS touched "
		        "FROM definition d LEFT JOIN record r ON r.form = d.num WHERE d.num = $2 GROUP BY "
		        "d.num, d.changed) d "
		        "WHERE d.touched < $3 AND NOT EXISTS (SELECT 1 FROM care c WHERE c.kind = 1 AND c.num = d.num AND (c.asleep = 1 OR c.touched >= $3)) ON CONFLICT (kind, num) DO UPDATE SET touched = excluded.touched",
		        now, model->forms[i].num, before));
	return OK;
}

static enum code find_records(struct db *db, const struct model *model, int64_t before, int64_t now, struct err *err)
{
	for (int i = 0; i < model->nforms; i++) {
		if (!dormant_counts(model, &model->forms[i])) continue;
		TRY(db_run(
		        db, err,
		        "INSERT INTO dormant (kind, num, touched, flagged) SELECT 2, r.num, r.changed, CAST($1 "
		        "AS BIGINT) "
		        "FROM record r JOIN space s ON s.num = r.space "
		        "WHERE r.form = $2 AND r.state = $3 AND s.state = $4 AND r.changed < $5 AND r.circle = 0 AND "
		        "NOT EXISTS (SELECT 1 FROM care c WHERE c.kind = 2 AND c.num = r.num AND c.touched >= $5) "
		        "ON CONFLICT (kind, num) DO UPDATE SET touched = excluded.touched",
		        now, model->forms[i].num, (int)STATE_PUBLISHED, (int)SPACE_AWAKE, before));
	}
	return OK;
}

enum code dormant_find(struct tx *tx, const struct model *model, int64_t now, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t before = now - dormant_months(model) * MONTH_MS;
	TRY(db_run(db, err, "UPDATE dormant SET touched = -1"));
	TRY(find_spaces(db, before, now, err));
	TRY(find_forms(db, model, before, now, err));
	TRY(find_records(db, model, before, now, err));
	return db_run(db, err, "DELETE FROM dormant WHERE touched = -1");
}

/* What it is about, and may the actor look after it? */
static bool read_dormant(const struct rows *rows, const struct model *model, const struct actor *actor,
                         struct dormant *ret)
{
	struct thing thing = { 0 };
	*ret = (struct dormant){ .kind = (enum dormant_kind)row_int(rows, 0),
		                 .num = row_int(rows, 1),
		                 .touched = row_int(rows, 2),
		                 .flagged = row_int(rows, 3) };
	switch (ret->kind) {
	case DORMANT_SPACE:
		ret->space = model_space(model, ret->num);
		if (ret->space == NULL || ret->space->state != SPACE_AWAKE) return false;
		thing = (struct thing){ .kind = KIND_SPACE, .space = ret->space };
		break;
	case DORMANT_FORM:
		ret->form = model_form_by_num(model, ret->num);
		if (ret->form == NULL || model->nspaces == 0) return false;
		thing = (struct thing){ .kind = KIND_MODEL, .space = &model->spaces[0] };
		break;
	case DORMANT_RECORD:
		ret->space = model_space(model, row_int(rows, 4));
		ret->form = model_form_by_num(model, row_int(rows, 5));
		if (ret->space == NULL || ret->form == NULL) return false;
		thing = (struct thing){ .kind = KIND_RECORD, .space = ret->space, .state = STATE_PUBLISHED };
		break;
	}
	return allowed(actor, ACTION_MANAGE, &thing);
}

enum code dormant_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       struct dormant **ret, int *n, struct err *err)
{
	struct dormant *all = arena_array(a, struct dormant, DORMANT_MAX);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT d.kind, d.num, d.touched, d.flagged, r.space, r.form FROM dormant d LEFT JOIN record r "
	             "ON d.kind = $1 AND r.num = d.num WHERE d.kind <> $1 OR r.state = $2 ORDER BY d.kind, d.touched, "
	             "d.num",
	             (int)DORMANT_RECORD, (int)STATE_PUBLISHED));
	while (found < DORMANT_MAX && rows_next(&rows))
		if (read_dormant(&rows, model, actor, &all[found])) found++;
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code dormant_space(struct db *db, const struct space *space, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err, "SELECT touched FROM dormant WHERE kind = $1 AND num = $2", (int)DORMANT_SPACE,
	              space->num);
}
