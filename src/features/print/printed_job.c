#include "features/print/printed_job.h"

#include "base/arena.h"
#include "core/moment.h"
#include "core/news.h"
#include "core/person.h"
#include "core/printed.h"
#include "core/site.h"
#include "features/news/news_job.h"
#include "features/print/print_entry.h"
#include "features/print/printed_page.h"

struct looking {
	struct arena *a;
	const struct model *model;
	int64_t record;
};

/* She is told once, until the copy is right again or replaced. */
static enum code tell(struct tx *tx, const struct looking *x, const struct printed *printed, struct err *err)
{
	struct db *db = tx_db(tx);
	struct person person;
	struct news_choice choice;
	bool added;
	TRY(person_load(db, x->a, printed->person, &person, err));
	TRY(news_choice_read(db, printed->person, &choice, err));
	const struct happening event = { .kind = NEWS_PRINTED, .item = x->record, .source = id_new() };
	const struct told told = { printed->person, NEWS_WHY_CONCERNED };
	bool letter = choice.pace != PACE_NEVER && *person.email;
	TRY(news_add(tx, &event, x->record, &told, letter, &added, err));
	return added && letter ? news_reschedule(tx, model_zone(x->model), printed->person, err) : OK;
}

/* As she who printed it reads the record; nobody is told of what she may not read any more. */
static enum code look_at(struct tx *tx, const struct looking *x, const struct printed *printed,
                         const struct printed_record *row, struct err *err)
{
	struct actor reader;
	struct record *record;
	enum code code = printed->person ? actor_load(tx_db(tx), x->a, printed->person, &reader, err) : E_NOT_FOUND;
	if (code == OK) code = record_load_num(tx_db(tx), x->a, x->model, &reader, row->record, &record, err);
	if (code == E_NOT_FOUND) return row->wrong ? OK : printed_set_wrong(tx, row, true, err);
	TRY(code);
	struct hash now = print_shown(x->a, record, printed_whole(printed));
	bool wrong = hash_compare(&now, &row->shown) != 0;
	if (wrong == (row->wrong != 0)) return OK;
	TRY(printed_set_wrong(tx, row, wrong, err));
	return wrong ? tell(tx, x, printed, err) : OK;
}

static enum code look(struct tx *tx, void *arg, struct err *err)
{
	const struct looking *x = arg;
	struct printed *printed;
	struct printed_record *rows;
	int n;
	TRY(printed_of(tx_db(tx), x->a, x->record, &printed, &rows, &n, err));
	for (int i = 0; i < n; i++) TRY(look_at(tx, x, &printed[i], &rows[i], err));
	return OK;
}

enum code printed_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct looking x = { &a, NULL, json_int(job->payload, "record", 0) };
	arena_init(&a);
	x.model = site_model(context);
	enum code code = store_write(store, look, &x, err);
	model_release(x.model);
	return code;
}
