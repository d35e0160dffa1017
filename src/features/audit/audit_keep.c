#include "features/audit/audit_keep.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "core/audit.h"
#include "core/moment.h"
#include "core/site.h"

int audit_months(const struct model *model)
{
	const char *said = json_string_value(model_setting(model, "audit_months"));
	return (int)strtol(said ? said : AUDIT_MONTHS, NULL, 10);
}

int64_t audit_limit(const struct model *model, int64_t now)
{
	const struct zone *zone = model_zone(model);
	int months = audit_months(model);
	if (months <= 0) return 0;
	const struct date today = zone_local(zone, now).date;
	int month = today.year * 12 + today.month - 1 - months;
	const struct datetime first = { .date = { .year = month / 12, .month = month % 12 + 1, .day = 1 } };
	return zone_utc(zone, &first);
}

const char *audit_months_words(const struct page *p)
{
	int months = audit_months(p->model);
	if (months <= 0) return _("as long as the site; names go when the account is erased");
	return page_printf(p,
	                   _n("%d month at least, up to the end of that month; names go when the account is erased",
	                      "%d months at least, up to the end of that month; names go when the account is erased",
	                      months),
	                   months);
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	int64_t rows;
	return audit_purge(tx, *(const int64_t *)arg, &rows, err);
}

enum code audit_purge_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	const struct model *model = site_model(context);
	int64_t before = audit_limit(model, clock_now());
	(void)job;
	model_release(model);
	return before ? store_write_freeing(store, purge, &before, err) : OK;
}
