#include "core/reading.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/id.h"
#include "store/sql.h"

#define DAY_MS (24LL * 3600 * 1000)

const char *way_words(enum way way)
{
	static const char *const words[WAY_COUNT] = {
		[WAY_NONE] = "",
		[WAY_NOTICE] = "",
		[WAY_PAGE] = N_("its page"),
		[WAY_LIST] = N_("a list"),
		[WAY_SEARCH] = N_("a search result"),
		[WAY_EXPORT] = N_("an export"),
		[WAY_FILE] = N_("a file"),
		[WAY_HISTORY] = N_("its history"),
	};
	return way >= 0 && way < WAY_COUNT ? words[way] : "";
}

void reading_note(const struct actor *actor, struct id record, int64_t form)
{
	struct readings *readings = actor->readings;
	if (readings == NULL || readings->arena == NULL || readings->way <= WAY_NOTICE) return;
	if (readings->n == readings->room) {
		int room = MAX(16, 2 * readings->room);
		struct reading_of *items = arena_array(readings->arena, struct reading_of, (size_t)room);
		for (int i = 0; i < readings->n; i++) items[i] = readings->items[i];
		readings->items = items;
		readings->room = room;
	}
	readings->items[readings->n++] = (struct reading_of){ record, form };
}

static int by_id(const void *a, const void *b)
{
	const struct reading_of *x = a, *y = b;
	return id_compare(x->record, y->record);
}

enum code reading_write(struct tx *tx, const struct actor *actor, const struct readings *readings, struct err *err)
{
	int64_t now = clock_now();
	qsort(readings->items, (size_t)readings->n, sizeof(*readings->items), by_id);
	for (int i = 0; i < readings->n; i++) {
		const struct reading_of *item = &readings->items[i];
		if (i && id_equal(item->record, item[-1].record)) continue;
		TRY(db_run(tx_db(tx), err,
		           "INSERT INTO reading (at, person, form, record, way) VALUES ($1, $2, $3, $4, $5)", now,
		           actor->person ? value_int(actor->person) : value_text(NULL), item->form, item->record,
		           (int)readings->way));
	}
	return OK;
}

enum code reading_list(struct db *db, struct arena *a, const struct form *form, struct id record, int64_t before,
                       int max, struct reading_row **ret, int *n, struct err *err)
{
	struct reading_row *all = arena_array(a, struct reading_row, (size_t)max + 1);
	struct sql sql;
	int found = 0;
	sql_init(&sql, a);
	sql_add(&sql,
	        "SELECT g.num, g.at, p.name, g.record, r.num, g.way FROM reading g LEFT JOIN person p ON p.num = g.person "
	        "LEFT JOIN record r ON r.id = g.record WHERE g.form = ?",
	        form->num);
	if (!id_is_zero(record)) sql_add(&sql, " AND g.record = ?", record);
	if (before) sql_add(&sql, " AND g.num < ?", before);
	sql_add(&sql, " ORDER BY g.num DESC LIMIT ?", max);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	while (found < max && rows_next(&rows)) {
		struct reading_row *one = &all[found++];
		*one = (struct reading_row){ .num = row_int(&rows, 0),
			                     .at = row_int(&rows, 1),
			                     .record = row_id(&rows, 3),
			                     .record_num = row_is_null(&rows, 4) ? 0 : row_int(&rows, 4),
			                     .way = (enum way)row_int(&rows, 5) };
		if (!row_is_null(&rows, 2)) one->person = arena_strdup(a, row_text(&rows, 2));
	}
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

static int64_t limit_ms(int64_t now, int months)
{
	return date_to_days(date_add_months(date_from_days(now / DAY_MS), -months)) * DAY_MS + now % DAY_MS;
}

enum code reading_purge(struct tx *tx, const struct model *model, int64_t now, struct err *err)
{
	int least = READING_MONTHS;
	for (int i = 0; i < model->nforms; i++) {
		const struct form *form = &model->forms[i];
		if (form->confidential == 0) continue;
		TRY(db_run(tx_db(tx), err, "DELETE FROM reading WHERE form = $1 AND at < $2", form->num,
		           limit_ms(now, form->confidential)));
		least = MAX(least, form->confidential);
	}
	return db_run(tx_db(tx), err, "DELETE FROM reading WHERE at < $1", limit_ms(now, least));
}
