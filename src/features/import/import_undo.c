#include "core/actor.h"
#include "core/audit.h"
#include "features/import/import.h"
#include "features/import/import_row.h"

struct undoing {
	struct arena *a;
	const struct model *model;
	const char *source;
	const struct actor *by;
	struct import_undone *ret;
};

static enum code take_back(struct tx *tx, void *arg, struct err *err)
{
	struct undoing *x = arg;
	struct import_row *rows;
	int n;
	*x->ret = (struct import_undone){ 0 };
	TRY(import_made(tx_db(tx), x->a, x->source, &rows, &n, err));
	for (int i = 0; i < n; i++) {
		struct record *record;
		x->ret->left += rows[i].touched;
		if (rows[i].touched) continue;
		TRY(record_load(tx_db(tx), x->a, x->model, &actor_program, rows[i].record, &record, err));
		TRY(record_erase(tx, x->a, x->model, record, err));
		x->ret->gone++;
	}
	if (x->by == NULL) return OK;
	return audit_note(tx, x->by, "import.undo", ID_NONE,
	                  json_pack("{s:s, s:i}", "from", x->source, "gone", x->ret->gone), err);
}

enum code import_undo(struct site *site, struct arena *a, const char *source, const struct actor *by,
                      struct import_undone *ret, struct err *err)
{
	struct undoing x = { a, site_model(site), source, by, ret };
	enum code code = store_write(site_store(site), take_back, &x, err);
	model_release(x.model);
	return code;
}
