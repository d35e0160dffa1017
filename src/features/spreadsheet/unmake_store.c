#include "features/spreadsheet/unmake.h"

#include "features/form_edit/form_make.h"
#include "store/db.h"

static enum code find_form(struct db *db, struct request *r, struct id save, const struct form **ret, struct err *err)
{
	int64_t first, last, others, touched, form;
	TRY(db_int(db, &first, 0, err,
	           "SELECT MIN(r.form) FROM record r JOIN obj o ON o.rec = r.num WHERE o.save = $1 AND o.actor = $2",
	           save, r->actor.id));
	TRY(db_int(db, &last, 0, err, "SELECT MAX(r.form) FROM record r JOIN obj o ON o.rec = r.num WHERE o.save = $1",
	           save));
	form = first;
	*ret = form == last ? model_form_by_num(r->page.model, form) : NULL;
	if (*ret == NULL) FAIL(err, E_NOT_FOUND, N_("There is nothing here that you could take back."));
	TRY(db_int(
	        db, &others, 0, err,
	        "SELECT COUNT(*) FROM record r WHERE r.form = $1 AND NOT EXISTS (SELECT 1 FROM obj o WHERE o.rec = r.num AND o.save = $2)",
	        form, save));
	TRY(db_int(db, &touched, 0, err,
	           "SELECT COUNT(*) FROM obj o JOIN record r ON r.num = o.rec WHERE r.form = $1 AND o.save <> $2", form,
	           save));
	if (others || touched)
		FAIL(err, E_INPUT,
		     N_("Somebody has corrected or added pages since: they cannot be taken back all at once. Choose “Change several” in their list."));
	return OK;
}

static enum code list_pages(struct db *db, struct request *r, const struct form *form, struct id **ret, int *n,
                            struct err *err)
{
	int64_t count;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM record WHERE form = $1", form->num));
	struct id *ids = arena_array(r->arena, struct id, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT id FROM record WHERE form = $1 ORDER BY num", form->num));
	for (*n = 0; *n < count && rows_next(&rows); (*n)++) ids[*n] = row_id(&rows, 0);
	*ret = ids;
	return rows_end(&rows, err);
}

enum code spreadsheet_unmake(struct tx *tx, struct request *r, struct id save, struct err *err)
{
	struct db *db = tx_db(tx);
	const struct form *form;
	struct arena own;
	struct id *ids;
	int n;
	TRY(find_form(db, r, save, &form, err));
	TRY(list_pages(db, r, form, &ids, &n, err));
	TRY(db_run(db, err, "UPDATE record SET state = $1 WHERE form = $2", (int)STATE_TRASH, form->num));
	arena_init(&own);
	enum code code = OK;
	for (int i = 0; i < n && code == OK; i++) {
		code = record_delete(tx, &own, r->page.model, &actor_program, ids[i], err);
		arena_reset(&own);
	}
	arena_release(&own);
	TRY(code);
	return form_unmake(tx, r, form, err);
}
