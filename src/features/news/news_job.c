#include "features/news/news_job.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/comment.h"
#include "core/field_type.h"
#include "core/moment.h"
#include "core/person.h"
#include "core/reading.h"
#include "core/site.h"
#include "core/thread.h"
#include "features/news/news_letter.h"

enum { SOME = 200 /* people told in one write */, VIEWS = 500, WORDS = 50, NAMED_MOST = 20 };

static _Atomic(const char *) base_url;

void news_links_use(const char *url)
{
	base_url = url;
}

const char *news_links(void)
{
	return base_url;
}

/* ---- One event ---- */

struct telling {
	struct store *store;
	struct arena *a;
	const struct model *model;
	struct happening event;
	int64_t after;
	struct audience_of of;
};

/* The key words of a new record, as they are followed. */
static void take_words(struct telling *x)
{
	const char **words = arena_array(x->a, const char *, WORDS);
	const struct record *page = x->of.page;
	for (int i = 0; i < page->form->nfields; i++) {
		const struct field *field = &page->form->fields[i];
		const json_t *value = json_object_get(page->values, field->key);
		if (strcmp(field->type->name, "tags") != 0) continue;
		for (size_t j = 0; j < json_array_size(value) && x->of.nwords < WORDS; j++) {
			const char *word = json_string_value(json_array_get(value, j));
			if (word) words[x->of.nwords++] = text_fold(x->a, word);
		}
	}
	x->of.words = words;
}

static bool holds(const struct view *view, const struct record *page)
{
	if (view->form != page->form || view->search) return false;
	for (int i = 0; i < view->nwhere; i++)
		if (!condition_holds(&view->where[i], view->form, page->values)) return false;
	return true;
}

static enum code take_views(struct telling *x, struct db *db, struct err *err)
{
	int64_t *followed = arena_array(x->a, int64_t, VIEWS), *found = arena_array(x->a, int64_t, VIEWS);
	int n;
	TRY(news_views(db, followed, VIEWS, &n, err));
	for (int v = 0; v < x->model->nviews; v++)
		for (int i = 0; i < n; i++)
			if (x->model->views[v].num == followed[i] && holds(&x->model->views[v], x->of.page))
				found[x->of.nviews++] = followed[i];
	x->of.views = found;
	return OK;
}

static enum code load_event(struct telling *x, struct db *db, struct err *err)
{
	struct record *item, *page;
	TRY(record_load_num(db, x->a, x->model, &actor_program, x->event.item, &item, err));
	page = item;
	if (item->about) TRY(record_load_num(db, x->a, x->model, &actor_program, item->about, &page, err));
	x->of = (struct audience_of){ .page = page, .item = item };
	x->of.members = page->space->num != x->model->spaces[0].num; /* everybody belongs to the first one */
	if (x->event.kind != NEWS_ADDED) return OK;
	take_words(x);
	return take_views(x, db, err);
}

/* Told only of what she may read. */
static enum code tell_one(struct telling *x, struct tx *tx, const struct told *told, struct err *err)
{
	struct actor reader;
	struct record *record;
	struct person person;
	struct news_choice choice;
	struct db *db = tx_db(tx);
	bool added;
	enum code code = actor_load(db, x->a, told->person, &reader, err);
	reader.readings = &(struct readings){ .way = WAY_NOTICE };
	if (code == OK) code = record_load_num(db, x->a, x->model, &reader, x->event.item, &record, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	if (record->state != STATE_PUBLISHED && record->state != STATE_ARCHIVED) return OK;
	TRY(person_load(db, x->a, told->person, &person, err));
	TRY(news_choice_read(db, told->person, &choice, err));
	bool letter = choice.pace != PACE_NEVER && *person.email;
	TRY(news_add(tx, &x->event, x->of.page->num, told, letter, &added, err));
	return added && letter ? news_reschedule(tx, model_zone(x->model), told->person, err) : OK;
}

/* Those whom a comment names, first: she who follows too is told once, that she is named. */
static enum code tell_named(struct telling *x, struct tx *tx, struct err *err)
{
	const char *text = comment_text(x->of.item);
	struct named *all;
	int n, told = 0;
	if (strchr(text, '@') == NULL) return OK;
	TRY(thread_names(tx_db(tx), x->a, x->of.page, &all, &n, err));
	for (int i = 0; i < n && told < NAMED_MOST; i++) {
		if (all[i].person == x->event.actor || !text_names(x->a, text, all[i].name)) continue;
		TRY(tell_one(x, tx, &(struct told){ all[i].person, NEWS_WHY_NAMED }, err));
		told++;
	}
	return OK;
}

static enum code tell(struct tx *tx, void *arg, struct err *err)
{
	struct telling *x = arg;
	struct told told[SOME];
	int n;
	enum code code = load_event(x, tx_db(tx), err);
	if (code == E_NOT_FOUND) return OK; /* deleted meanwhile */
	TRY(code);
	if (x->event.kind == NEWS_COMMENT && x->after == 0 && x->event.actor)
		TRY(follow_begin(tx, x->event.actor, x->of.page->num, err));
	if (x->event.kind == NEWS_COMMENT && x->after == 0) TRY(tell_named(x, tx, err));
	TRY(news_audience(tx_db(tx), x->a, &x->event, &x->of, x->after, SOME, told, &n, err));
	for (int i = 0; i < n; i++) TRY(tell_one(x, tx, &told[i], err));
	return n == SOME ? news_ask(tx, &x->event, told[n - 1].person, err) : OK;
}

enum code news_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct telling x = { .store = store, .a = &a, .after = json_int(job->payload, "after", 0) };
	x.event = (struct happening){ .kind = (enum news_kind)json_int(job->payload, "kind", 0),
		                      .item = json_int(job->payload, "item", 0),
		                      .actor = json_int(job->payload, "actor", 0) };
	if (!id_parse(json_str_or(job->payload, "source", ""), &x.event.source)) return OK;
	x.model = site_model(context);
	enum code code = store_write(store, tell, &x, err);
	model_release(x.model);
	return code;
}

/* ---- Letters ---- */

enum code news_reschedule(struct tx *tx, const struct zone *zone, int64_t person, struct err *err)
{
	struct news_choice choice;
	TRY(news_choice_read(tx_db(tx), person, &choice, err));
	if (choice.pace == PACE_NEVER) return OK;
	json_t *payload = json_pack("{s:I}", "person", (json_int_t)person);
	enum code code = job_add_once(tx, "news-letter", payload, news_due(&choice, zone, clock_now()), err);
	json_decref(payload);
	return code;
}

struct writing {
	struct arena *a;
	const struct model *model;
	int64_t person;
};

static enum code write_letter(struct tx *tx, void *arg, struct err *err)
{
	const struct writing *w = arg;
	struct db *db = tx_db(tx);
	struct news_choice choice;
	struct news *news;
	int n;
	const struct zone *zone = model_zone(w->model);
	TRY(news_choice_read(db, w->person, &choice, err));
	if (choice.pace == PACE_NEVER) return OK;
	if (news_is_quiet(&choice, zone, clock_now())) return news_reschedule(tx, zone, w->person, err);
	TRY(news_list(db, w->a, w->person, true, &news, &n, err));
	if (n == 0) return OK;
	struct news_letter letter = { .tx = tx,
		                      .arena = w->a,
		                      .model = w->model,
		                      .base_url = base_url,
		                      .choice = &choice,
		                      .news = news,
		                      .n = n };
	enum code code = news_letter_write(&letter, w->person, err);
	if (code == E_NOT_FOUND) return OK; /* blocked, or gone */
	TRY(code);
	TRY(news_sent(tx, w->person, news[n - 1].num, err));
	return n == NEWS_PAGE ? news_reschedule(tx, zone, w->person, err) : OK;
}

enum code news_letter_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct writing w = { .a = &a, .person = json_int(job->payload, "person", 0) };
	if (base_url == NULL) FAIL(err, E_BUSY, N_("nobody has said where the site is"));
	w.model = site_model(context);
	enum code code = store_write(store, write_letter, &w, err);
	model_release(w.model);
	return code;
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return news_purge(tx, err);
}

enum code news_purge_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	(void)job;
	(void)context;
	return store_write_freeing(store, purge, NULL, err);
}
