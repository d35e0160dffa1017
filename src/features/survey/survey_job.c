#include "features/survey/survey_job.h"

#include "base/clock.h"
#include "core/moment.h"
#include "core/relative_day.h"
#include "core/response.h"
#include "core/retention.h"
#include "core/site.h"
#include "core/survey_target.h"

enum { MONTHS = 12 };

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return response_purge(tx, err);
}

struct ageing {
	const struct form *form;
	struct retention rule;
	int64_t before;
};

static enum code age(struct tx *tx, void *arg, struct err *err)
{
	const struct ageing *x = arg;
	int64_t n;
	if (x->rule.then == RETENTION_ANONYMISE) return response_anonymise(tx, x->form, x->before, &n, err);
	return response_erase(tx, x->form, x->before, &n, err);
}

/* Names of targets are kept so many days after the end. */
static enum code forget(struct tx *tx, void *arg, struct err *err)
{
	int64_t n;
	return survey_target_forget(tx, arg, true, &n, err);
}

static bool is_to_forget(const struct model *model, const struct form *form)
{
	struct date until;
	return survey_targets_until(form->survey, &until) && date_compare(until, model_today(model, clock_now())) < 0;
}

/* The same day so many months ago, by the site's clocks. */
static int64_t months_ago(const struct model *model, int months)
{
	struct datetime t = zone_local(model_zone(model), clock_now());
	int all = t.date.year * MONTHS + t.date.month - 1 - months;
	t.date.year = all / MONTHS;
	t.date.month = all % MONTHS + 1;
	t.date.day = 1;
	return zone_utc(model_zone(model), &t);
}

enum code survey_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	const struct model *model = site_model(context);
	(void)job;
	enum code code = store_write_freeing(store, purge, NULL, err);
	for (int i = 0; code == OK && i < model->nforms; i++) {
		struct issues none;
		struct ageing x = { .form = &model->forms[i] };
		if (x.form->survey && is_to_forget(model, x.form))
			code = store_write_freeing(store, forget, (void *)x.form, err);
		if (code != OK || x.form->survey == NULL || x.form->survey->anonymity == ANONYMITY_ANONYMOUS) continue;
		issues_init(&none, &a);
		x.rule = retention_read(x.form, &none);
		x.before = months_ago(model, x.rule.months);
		if (x.rule.months && none.count == 0) code = store_write_freeing(store, age, &x, err);
	}
	model_release(model);
	return code;
}

enum code survey_scrub_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	(void)job;
	(void)context;
	return response_scrub(store, err);
}
