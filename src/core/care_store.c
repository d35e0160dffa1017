#include "core/care.h"

#include "base/clock.h"

enum code care_load(struct db *db, struct arena *a, enum dormant_kind kind, int64_t num, struct care *ret,
                    struct err *err)
{
	struct care care = { .kind = kind, .num = num, .story = "" };
	AUTO(rows_release) struct rows rows = { 0 }, people = { 0 };
	TRY(db_query(db, &rows, err, "SELECT offered, asleep, touched, story FROM care WHERE kind = $1 AND num = $2",
	             (int)kind, num));
	if (rows_next(&rows)) {
		care.offered = row_int(&rows, 0) != 0;
		care.asleep = row_int(&rows, 1) != 0;
		care.touched = row_int(&rows, 2);
		care.story = arena_strdup(a, row_text(&rows, 3));
	}
	TRY(rows_end(&rows, err));
	TRY(db_query(
	        db, &people, err,
	        "SELECT k.person, p.id, p.name FROM keeper k JOIN person p ON p.num = k.person WHERE k.kind = $1 AND "
	        "k.num = $2 ORDER BY k.created, k.person",
	        (int)kind, num));
	while (care.nkeepers < CARE_KEEPERS_MAX && rows_next(&people))
		care.keepers[care.nkeepers++] = (struct keeper){ row_int(&people, 0), row_id(&people, 1),
			                                         arena_strdup(a, row_text(&people, 2)) };
	TRY(rows_end(&people, err));
	*ret = care;
	return OK;
}

enum code care_save(struct tx *tx, const struct care *care, struct err *err)
{
	TRY(db_run(
	        tx_db(tx), err,
	        "INSERT INTO care (kind, num, offered, asleep, touched, story) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT "
	        "(kind, num) DO UPDATE SET offered = excluded.offered, asleep = excluded.asleep, touched = "
	        "excluded.touched, story = excluded.story",
	        (int)care->kind, care->num, care->offered ? 1 : 0, care->asleep ? 1 : 0, care->touched, care->story));
	tx_public(tx);
	return db_run(tx_db(tx), err, "DELETE FROM dormant WHERE kind = $1 AND num = $2 AND (touched < $3 OR $4 = 1)",
	              (int)care->kind, care->num, care->touched, care->asleep ? 1 : 0);
}

enum code keeper_add(struct tx *tx, enum dormant_kind kind, int64_t num, int64_t person, struct err *err)
{
	int64_t n;
	TRY(db_int(tx_db(tx), &n, 0, err, "SELECT COUNT(*) FROM keeper WHERE kind = $1 AND num = $2 AND person <> $3",
	           (int)kind, num, person));
	if (n >= CARE_KEEPERS_MAX) FAIL(err, E_LIMIT, N_("At most %d persons look after one thing."), CARE_KEEPERS_MAX);
	return db_run(
	        tx_db(tx), err,
	        "INSERT INTO keeper (kind, num, person, created) VALUES ($1, $2, $3, $4) ON CONFLICT (kind, num, person) "
	        "DO NOTHING",
	        (int)kind, num, person, clock_now());
}

enum code keeper_remove(struct tx *tx, enum dormant_kind kind, int64_t num, int64_t person, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM keeper WHERE kind = $1 AND num = $2 AND person = $3", (int)kind, num,
	              person);
}

enum code care_offered(struct db *db, struct arena *a, enum dormant_kind kind, int max, int64_t **ret, int *n,
                       struct err *err)
{
	int64_t *nums = arena_array(a, int64_t, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT num FROM care WHERE kind = $1 AND offered = 1 ORDER BY touched DESC, num LIMIT $2",
	             (int)kind, max));
	while (found < max && rows_next(&rows)) nums[found++] = row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	*ret = nums;
	*n = found;
	return OK;
}

enum code care_move(struct tx *tx, int64_t from, int64_t to, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "UPDATE care SET num = $1 WHERE kind = $2 AND num = $3", to, (int)DORMANT_RECORD,
	           from));
	return db_run(tx_db(tx), err, "UPDATE keeper SET num = $1 WHERE kind = $2 AND num = $3", to,
	              (int)DORMANT_RECORD, from);
}

enum code care_forget(struct tx *tx, int64_t record, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "DELETE FROM care WHERE kind = $1 AND num = $2", (int)DORMANT_RECORD, record));
	return db_run(tx_db(tx), err, "DELETE FROM keeper WHERE kind = $1 AND num = $2", (int)DORMANT_RECORD, record);
}

enum code form_takes(const struct form *form, struct err *err)
{
	if (!form->asleep) return OK;
	FAIL(err, E_FORBIDDEN,
	     N_("This form sleeps: nobody adds a page with it until the people who shape the forms wake it."));
}
