#include "features/signup/signup_job.h"

#include "base/clock.h"
#include "core/moment.h"
#include "core/signup.h"
#include "core/site.h"
#include "features/news/news_job.h"
#include "features/signup/signup_tell.h"

#define DAY_MS (24LL * 3600 * 1000)
#define REGRET_MS (30LL * 60 * 1000) /* before people are told that what is in the trash does not take place */

enum { RECORDS = 2000, HOUR = 10 /* of the day before, when people are told */ };

struct tending {
	struct arena a;
	const struct model *model;
	const struct zone *zone;
	int64_t record, now;
	struct page page;
	/* of the record under way */
	const struct record *about;
	struct signup_offer offer;
	bool offers; /* one signs up to it still */
};

static int64_t reminder_due(const struct tending *x, const struct signup_date *date)
{
	struct datetime due = { .date = date_add_days(date->span.from.date, -1), .hour = HOUR };
	return zone_utc(x->zone, &due);
}

/* Not to who signed up since: what she read then is fresh enough. */
static enum code remind(struct tx *tx, const struct tending *x, const struct signup *signup,
                        const struct signup_date *date, struct err *err)
{
	int64_t due = reminder_due(x, date);
	if (signup->state != SIGNUP_IN || signup->reminded || x->now < due || x->now >= date->begins) return OK;
	if (signup->since < due) TRY(signup_tell(tx, &x->page, x->about, signup->num, date, TOLD_REMINDED, err));
	return signup_note_reminded(tx, signup->num, err);
}

static enum code call_off(struct tx *tx, const struct tending *x, const struct signup *signup, struct err *err)
{
	if (signup->begins && signup->begins <= x->now) return OK;
	TRY(signup_call_off(tx, signup->num, err));
	return signup_tell(tx, &x->page, x->about, signup->num, NULL, TOLD_OFF, err);
}

static enum code tend_row(struct tx *tx, const struct tending *x, const struct signup *signup,
                          const struct signup_date *date, struct err *err)
{
	if (date == NULL) return call_off(tx, x, signup, err);
	if (!date->dated) return OK;
	if (signup->begins != date->begins) {
		TRY(signup_move(tx, signup->num, date->begins, err));
		if (signup->begins && date->begins > x->now)
			TRY(signup_tell(tx, &x->page, x->about, signup->num, date, TOLD_MOVED, err));
		return OK;
	}
	return remind(tx, x, signup, date, err);
}

static enum code tend_day(struct tx *tx, struct tending *x, const char *day, struct err *err)
{
	struct signup_list list;
	struct signup_moves moves;
	struct signup_date date;
	bool gone = x->about->state == STATE_TRASH;
	TRY(signup_read(tx_db(tx), &x->a, x->record, day, false, &list, err));
	if (list.n == 0) return OK;
	bool found = !gone && signup_date(&x->a, x->about, x->zone, day, &date);
	for (int i = 0; i < list.n; i++) TRY(tend_row(tx, x, &list.rows[i], found ? &date : NULL, err));
	if (!found || !x->offers || list.waiting == 0 || (date.dated && date.begins <= x->now)) return OK;
	TRY(signup_promote(tx, &x->a, &x->offer, x->record, day, &moves, err));
	return signup_tell_moves(tx, &x->page, x->about, &date, &moves, err);
}

static enum code tend(struct tx *tx, void *arg, struct err *err)
{
	struct tending *x = arg;
	struct record *record;
	const struct field *field;
	const char **days;
	int n;
	enum code code = record_load_num(tx_db(tx), &x->a, x->model, &actor_program, x->record, &record, err);
	if (code == E_NOT_FOUND) return OK; /* its form was taken away */
	TRY(code);
	if (record->state == STATE_DRAFT) return OK;
	if (record->state == STATE_TRASH && record->changed + REGRET_MS > x->now) return OK;
	x->about = record;
	x->offers = signup_find(record, &x->offer, &field);
	x->page = page_of_program(&x->a, tx_db(tx), x->model, news_links());
	TRY(signup_days(tx_db(tx), &x->a, x->record, &days, &n, err));
	for (int i = 0; i < n; i++) TRY(tend_day(tx, x, days[i], err));
	return OK;
}

static enum code forget(struct tx *tx, void *arg, struct err *err)
{
	const struct tending *x = arg;
	for (int i = 0; i < x->model->nforms; i++) {
		const struct form *form = &x->model->forms[i];
		const struct field *field = signup_field(form);
		int64_t days = field ? json_int(field->definition, "kept", SIGNUP_KEPT_DAYS) : SIGNUP_KEPT_DAYS;
		TRY(signup_forget(tx, form->num, x->now - days * DAY_MS, err));
	}
	return OK;
}

enum code signup_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct tending x = { .model = site_model(context), .now = clock_now() };
	struct db *db;
	int64_t *nums;
	int n = 0;
	(void)job;
	arena_init(&x.a);
	arena_init(&a);
	x.zone = model_zone(x.model);
	enum code code = store_read_begin(store, &db, err);
	if (code == OK) {
		code = signup_records(db, &a, x.now, RECORDS, &nums, &n, err);
		store_read_end(store);
	}
	for (int i = 0; news_links() && code == OK && i < n; i++) {
		x.record = nums[i];
		arena_reset(&x.a);
		code = store_write(store, tend, &x, err);
	}
	if (code == OK) code = store_write_freeing(store, forget, &x, err);
	arena_release(&x.a);
	model_release(x.model);
	return code;
}
