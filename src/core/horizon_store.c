#include "base/clock.h"
#include "core/field_type.h"
#include "core/horizon.h"
#include "core/index.h"

enum { BATCH = 50, MONTHS_BEHIND = 12, MONTHS_AHEAD = 24 };

void horizon_days(const struct zone *zone, struct date *from, struct date *to)
{
	enum { DAY = 86400000 };
	int64_t now = clock_now();
	struct date month = zone ? zone_local(zone, now).date : date_from_days(now / DAY);
	month.day = 1;
	*from = date_add_months(month, -MONTHS_BEHIND);
	*to = date_add_days(date_add_months(month, MONTHS_AHEAD + 1), -1);
}

static bool form_spreads(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (form->fields[i].type->spreads) return true;
	return false;
}

static bool record_spreads(const struct record *record)
{
	const struct form *form = record->form;
	for (int i = 0; i < form->nfields; i++) {
		bool (*spreads)(const json_t *value) = form->fields[i].type->spreads;
		const json_t *value = spreads ? record_find_value(record, &form->fields[i], NULL) : NULL;
		if (value && spreads(value)) return true;
	}
	return false;
}

struct batch {
	const struct model *model;
	const struct form *form;
	int64_t after;
};

static enum code next_nums(struct db *db, const struct batch *b, int64_t nums[BATCH], int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT num FROM record WHERE form = $1 AND num > $2 AND state = $3 ORDER BY num LIMIT $4",
	             b->form->num, b->after, (int)STATE_PUBLISHED, (int)BATCH));
	*n = 0;
	while (*n < BATCH && rows_next(&rows)) nums[(*n)++] = row_int(&rows, 0);
	return rows_end(&rows, err);
}

/* What is indexed already costs a few reads. */
static enum code extend_some(struct tx *tx, void *arg, struct err *err)
{
	struct batch *b = arg;
	AUTO(arena_release) struct arena a = { 0 };
	int64_t nums[BATCH];
	int n;
	arena_init(&a);
	TRY(next_nums(tx_db(tx), b, nums, &n, err));
	for (int i = 0; i < n; i++) {
		struct record *record;
		enum code code = record_load_num(tx_db(tx), &a, b->model, &actor_program, nums[i], &record, err);
		if (code == OK && record_spreads(record)) code = index_record(tx, &a, b->model, record, err);
		if (code != OK && code != E_NOT_FOUND) return code;
		arena_reset(&a);
	}
	b->after = n == BATCH ? nums[n - 1] : 0;
	tx_public(tx);
	return OK;
}

enum code horizon_extend(struct store *store, const struct model *model, struct err *err)
{
	for (int i = 0; i < model->nforms; i++) {
		struct batch b = { .model = model, .form = &model->forms[i] };
		if (!form_spreads(b.form)) continue;
		do {
			TRY(store_write(store, extend_some, &b, err));
		} while (b.after);
	}
	return OK;
}
