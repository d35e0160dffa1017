#include "core/actor.h"
#include "features/import/import.h"
#include "features/import/import_row.h"

struct undoing {
	struct arena *a;
	const struct model *model;
	const char *source;
	struct import_undone *ret;
};

enum code import_take_back(struct tx *tx, struct arena *a, const struct model *model, const char *source, int from,
                           int max, struct import_undone *ret, struct err *err)
{
	struct import_row *rows;
	int n;
	TRY(import_made(tx_db(tx), a, source, from, max, &rows, &n, err));
	for (int i = 0; i < n; i++) {
		struct record *record;
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
	TRY(import_count(tx_db(tx), x->source, &n, err));
	return import_take_back(tx, x->a, x->model, x->source, 0, n, x->ret, err);
}

enum code import_undo(struct site *site, struct arena *a, const char *source, struct import_undone *ret,
                      struct err *err)
{
	struct undoing x = { a, site_model(site), source, ret };
	enum code code = store_write(site_store(site), take_back, &x, err);
	model_release(x.model);
	return code;
}
