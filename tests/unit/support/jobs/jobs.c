#include "support/jobs/jobs.h"

#include "features/news/news_job.h"

static struct site *opened; /* takes the store over: one at a time */

void jobs_begin(void **state, struct site_fixture *site, const char *form)
{
	struct err err = { 0 };
	site_fixture_init(site, test_store(state));
	assert_ok(site_open(site->store, &opened, &err), &err);
	news_links_use("https://quartier.example");
	if (form == NULL) return;
	site_fixture_form(site, form);
	assert_ok(site_reload(opened, &err), &err);
}

int jobs_end(void **state, struct site_fixture *site)
{
	if (site->store) site_fixture_release(site);
	if (opened) {
		test_site(state)->store = NULL;
		site_close(opened);
	}
	site->store = NULL;
	opened = NULL;
	return test_store_teardown(state);
}

struct id jobs_publish(struct site_fixture *site, const struct actor *actor, const char *form,
                       const struct space *space, const char *values)
{
	struct err err = { 0 };
	struct issues issues;
	struct save save = { .actor = actor,
		             .form = model_form(site->model, form),
		             .space = space,
		             .values = site_json(site, values),
		             .state = STATE_PUBLISHED };
	assert_ok(site_save(site, &save, &issues, &err), &err);
	return save.saved;
}

static enum code add_job(struct tx *tx, void *arg, struct err *err)
{
	json_t *nothing = json_object();
	enum code code = job_add(tx, arg, nothing, 0, err);
	json_decref(nothing);
	return code;
}

void jobs_run(struct site_fixture *site, const struct job_kind *kinds, bool asks)
{
	struct err err = { 0 };
	int n = 1;
	if (asks) assert_ok(store_write(site->store, add_job, (void *)kinds[0].name, &err), &err);
	while (n) assert_ok(job_run_due(site->store, kinds, opened, &n, &err), &err);
}

int jobs_letters(struct site_fixture *site, struct letter **ret)
{
	enum { LETTERS = 50 };
	struct db *db;
	struct err err = { 0 };
	int n = 0;
	assert_ok(store_read_begin(site->store, &db, &err), &err);
	assert_ok(letter_list(db, &site->arena, LETTERS, ret, &n, &err), &err);
	for (int i = 0; i < n; i++) assert_ok(letter_load(db, &site->arena, (*ret)[i].num, &(*ret)[i], &err), &err);
	store_read_end(site->store);
	return n;
}
