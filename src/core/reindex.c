#include "core/reindex.h"

#include "base/clock.h"
#include "base/json.h"
#include "core/record.h"
#include "core/site.h"

enum code reindex_later(struct tx *tx, int64_t form, struct err *err)
{
	json_t *payload = json_pack("{s:I}", "form", (json_int_t)form);
	enum code code = job_add(tx, "reindex", payload, clock_now(), err);
	json_decref(payload);
	return code;
}

struct reindexing {
	const struct model *model;
	int64_t form, after;
};

static enum code reindex_some(struct tx *tx, void *arg, struct err *err)
{
	struct reindexing *x = arg;
	return record_rebuild_some(tx, x->model, x->form, &x->after, err);
}

/* One transaction for each batch, so that people go on writing. */
static enum code reindex_all(struct store *store, struct reindexing *x, struct err *err)
{
	do {
		TRY(store_write(store, reindex_some, x, err));
	} while (x->after);
	return OK;
}

enum code reindex_run(struct store *store, const struct job *job, void *context, struct err *err)
{
	struct reindexing x = { .form = json_integer_value(json_object_get(job->payload, "form")) };
	TRY(site_reload(context, err));
	x.model = site_model(context);
	enum code code = reindex_all(store, &x, err);
	model_release(x.model);
	return code;
}
