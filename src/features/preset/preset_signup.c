#include "features/preset/preset_signup.h"

#include <string.h>

#include "base/clock.h"
#include "core/moment.h"
#include "core/operator.h"
#include "core/query.h"
#include "core/signup.h"
#include "formats/csv.h"

enum { EVENT, NAME, ADULTS, CHILDREN, CAME, COLUMNS };

/* One event and those who signed up to it. */
struct adding {
	struct arena *a;
	const struct model *model;
	const struct form *form;
	const char *const (*rows)[COLUMNS];
	int n, added;
};

static enum code find_event(struct db *db, const struct adding *x, struct record **ret, struct err *err)
{
	const char *key = x->form->title->key;
	const struct condition where = { key, operator_find("="), json_keep(x->a, json_string(x->rows[0][EVENT])) };
	const struct query query = { .form = x->form, .where = &where, .nwhere = 1, .size = 1, .now = clock_now() };
	struct result result;
	TRY(query_run(db, x->a, x->model, &actor_program, &query, &result, err));
	if (result.n == 0) FAIL(err, E_INPUT, N_("“%s” is not among the events"), x->rows[0][EVENT]);
	return record_load_num(db, x->a, x->model, &actor_program, result.nums[0], ret, err);
}

static enum code add_row(struct tx *tx, struct adding *x, const struct record *event, const struct signup_offer *offer,
                         const struct signup_date *date, const char *const *row, struct err *err)
{
	struct signup_moves moves;
	struct signup_new new = { .record = event->num,
		                  .day = date->day,
		                  .name = row[NAME],
		                  .email = "",
		                  .adults = (int)strtol(row[ADULTS], NULL, 10),
		                  .children = (int)strtol(row[CHILDREN], NULL, 10),
		                  .begins = date->begins };
	TRY(signup_add(tx, x->a, offer, &new, &moves, err));
	x->added++;
	return *row[CAME] ? signup_note_came(tx, new.num, (int)strtol(row[CAME], NULL, 10), err) : OK;
}

static enum code add_rows(struct tx *tx, void *arg, struct err *err)
{
	struct adding *x = arg;
	struct record *event;
	struct signup_offer offer;
	struct signup_date *dates;
	struct signup_list list;
	const struct field *field;
	TRY(find_event(tx_db(tx), x, &event, err));
	if (!signup_find(event, &offer, &field) ||
	    signup_dates(x->a, event, model_zone(x->model), clock_now(), 1, &dates) == 0)
		FAIL(err, E_INPUT, N_("“%s” takes no sign-ups"), event->title);
	TRY(signup_read(tx_db(tx), x->a, event->num, dates[0].day, true, &list, err));
	for (int i = 0; i < x->n && list.n == 0; i++) TRY(add_row(tx, x, event, &offer, &dates[0], x->rows[i], err));
	return OK;
}

static enum code flush(struct site *site, struct adding *x, struct import_report *report, struct err *err)
{
	if (x->n == 0) return OK;
	x->added = 0;
	TRY(store_write(site_store(site), add_rows, x, err));
	report->created += x->added;
	report->unchanged += x->n - x->added;
	x->n = 0;
	return OK;
}

static enum code read_rows(struct site *site, struct adding *x, struct csv *csv, struct import_report *report,
                           struct err *err)
{
	enum { MOST = 200 /* of one event */ };
	const char *(*rows)[COLUMNS] = arena_alloc(x->a, MOST * sizeof(*rows));
	x->rows = (const char *const(*)[COLUMNS])rows;
	for (;;) {
		const char **cells;
		int n;
		TRY(csv_row(csv, &cells, &n, err));
		if (n == 0) break;
		if (n != COLUMNS) FAIL(err, E_INPUT, N_("line %d does not have %d columns"), csv->line, (int)COLUMNS);
		bool another = x->n && strcmp(rows[0][EVENT], cells[EVENT]) != 0;
		if (another || x->n == MOST) TRY(flush(site, x, report, err));
		for (int i = 0; i < COLUMNS; i++) rows[x->n][i] = arena_strdup(x->a, cells[i]);
		x->n++;
	}
	return flush(site, x, report, err);
}

enum code preset_signups(struct site *site, struct arena *a, const char *form, const char *text, size_t len,
                         struct import_report *report, struct err *err)
{
	struct csv csv;
	const char **heads;
	int n;
	struct adding x = { .a = a, .model = site_model(site) };
	x.form = model_form(x.model, form);
	enum code code = csv_open(&csv, a, text, len, err);
	if (code == OK) code = csv_row(&csv, &heads, &n, err);
	if (code == OK && x.form) code = read_rows(site, &x, &csv, report, err);
	model_release(x.model);
	return code;
}
