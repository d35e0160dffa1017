#include "core/actor.h"
#include "core/history.h"
#include "features/import/import.h"
#include "features/import/import_row.h"

struct undoing {
	struct arena *a;
	const struct model *model;
	const char *source;
	struct import_undone *ret;
};

/* It stood there already: only what this batch changed is as it was. */
static enum code put_back(struct tx *tx, struct arena *a, const struct model *model, const struct import_origin *origin,
                          const struct import_row *row, struct import_undone *ret, struct err *err)
{
	struct undo undo = { .save = id_new() };
	struct record *was, *is;
	TRY(record_load_num(tx_db(tx), a, model, &actor_program, row->num, &was, err));
	TRY(history_undo_one(tx, a, model, &actor_program, origin->batch, row->num, &undo, err));
	TRY(record_load_num(tx_db(tx), a, model, &actor_program, row->num, &is, err));
	ret->back += undo.done;
	ret->left += undo.left;
	return import_follow(tx, a, origin->source, was, is, err);
}

enum code import_take_back(struct tx *tx, struct arena *a, const struct model *model,
                           const struct import_origin *origin, int from, int max, struct import_undone *ret,
                           struct err *err)
{
	struct import_row *rows;
	int n;
	TRY(import_made(tx_db(tx), a, origin, from, max, &rows, &n, err));
	for (int i = 0; i < n; i++) {
		struct record *record;
		if (!rows[i].made) TRY(put_back(tx, a, model, origin, &rows[i], ret, err));
		if (!rows[i].made) continue;
		ret->left += rows[i].touched;
		if (rows[i].touched) continue;
		TRY(record_load(tx_db(tx), a, model, &actor_program, rows[i].record, &record, err));
		TRY(record_erase(tx, a, model, record, err));
		ret->gone++;
	}
	return OK;
}

static enum code take_back(struct tx *tx, void *arg, struct err *err)
{
	struct undoing *x = arg;
	int n;
	*x->ret = (struct import_undone){ 0 };
	const struct import_origin origin = { .source = x->source };
	TRY(import_count(tx_db(tx), &origin, &n, err));
	return import_take_back(tx, x->a, x->model, &origin, 0, n, x->ret, err);
}

enum code import_undo(struct site *site, struct arena *a, const char *source, struct import_undone *ret,
                      struct err *err)
{
	struct undoing x = { a, site_model(site), source, ret };
	enum code code = store_write(site_store(site), take_back, &x, err);
	model_release(x.model);
	return code;
}
