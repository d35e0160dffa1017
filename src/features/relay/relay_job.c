#include "features/relay/relay_job.h"

#include "base/clock.h"
#include "core/moment.h"
#include "core/person.h"
#include "core/relay.h"
#include "core/site.h"
#include "features/news/news_job.h"

struct reminding {
	struct arena *a;
	const struct model *model;
	int64_t relay;
};

/* She may read the page no more, or is gone: nobody is told. */
static enum code remind(struct tx *tx, void *arg, struct err *err)
{
	const struct reminding *x = arg;
	struct db *db = tx_db(tx);
	struct relay relay;
	struct actor reader;
	struct record *record;
	struct person person;
	struct news_choice choice;
	bool added;
	enum code code = relay_find(db, x->a, x->relay, &relay, err);
	if (code == OK && (relay.remind == 0 || relay.remind > clock_now() || relay.person == 0)) return OK;
	if (code == OK) code = actor_load(db, x->a, relay.person, &reader, err);
	if (code == OK) code = record_load_num(db, x->a, x->model, &reader, relay.record, &record, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	TRY(person_load(db, x->a, relay.person, &person, err));
	TRY(news_choice_read(db, relay.person, &choice, err));
	const struct happening event = { .kind = NEWS_RELAY, .item = record->num, .source = id_new() };
	const struct told told = { relay.person, NEWS_WHY_CONCERNED };
	bool letter = choice.pace != PACE_NEVER && *person.email;
	TRY(news_add(tx, &event, record->num, &told, letter, &added, err));
	return added && letter ? news_reschedule(tx, model_zone(x->model), relay.person, err) : OK;
}

enum code relay_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct reminding x = { &a, NULL, json_int(job->payload, "relay", 0) };
	x.model = site_model(context);
	enum code code = store_write(store, remind, &x, err);
	model_release(x.model);
	return code;
}
