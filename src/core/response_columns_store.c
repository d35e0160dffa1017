#include "core/response_columns.h"

enum code response_columns_read(struct db *db, struct arena *a, const struct form *form, int most, struct blob *ret,
                                struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	*ret = blob_of(NULL, 0);
	TRY(db_query(db, &rows, err, "SELECT substr(body, 1, CAST($2 AS INTEGER)) FROM answer_columns WHERE form = $1",
	             form->num, most));
	if (rows_next(&rows)) {
		const struct blob body = row_blob(&rows, 0);
		*ret = blob_of(arena_memdup(a, body.ptr, body.len), body.len);
	}
	return rows_end(&rows, err);
}

enum code response_columns_keep(struct tx *tx, const struct form *form, struct blob bytes, struct err *err)
{
	TRY(response_columns_drop(tx_db(tx), form, err));
	return db_run(tx_db(tx), err, "INSERT INTO answer_columns (form, body) VALUES ($1, $2)", form->num, bytes);
}

enum code response_columns_drop(struct db *db, const struct form *form, struct err *err)
{
	if (form == NULL) return db_run(db, err, "DELETE FROM answer_columns");
	return db_run(db, err, "DELETE FROM answer_columns WHERE form = $1", form->num);
}
