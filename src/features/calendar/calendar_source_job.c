#include <string.h>

#include "base/clock.h"
#include "core/moment.h"
#include "core/person.h"
#include "core/site.h"
#include "features/calendar/calendar_source.h"
#include "net/fetch.h"

struct trying {
	struct arena *a;
	const struct model *model;
	struct calendar_source source;
	struct actor actor;
	struct ical_file file;
	struct calendar_import import;
	int gone; /* events that are no longer there */
};

static const struct form *form_of(const struct model *model, int64_t num)
{
	return model_form_by_num(model, num);
}

/* As who added it, who may have left: then it stops. */
static enum code who(struct store *store, struct trying *t, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(store, &db, err));
	enum code code = t->source.person ? actor_load(db, t->a, t->source.person, &t->actor, err) : E_NOT_FOUND;
	store_read_end(store);
	if (code == E_NOT_FOUND)
		FAIL(err, E_INPUT, N_("Who added it has no account any more: take it out, and add it in your name."));
	return code;
}

static enum code prepare(struct trying *t, struct err *err)
{
	struct calendar_import *import = &t->import;
	const struct page page = { .arena = t->a, .model = t->model, .actor = &t->actor };
	*import = (struct calendar_import){ .form = form_of(t->model, t->source.form),
		                            .space = model_space(t->model, t->source.space),
		                            .actor = &t->actor,
		                            .file = &t->file,
		                            .lang = LANG_EN,
		                            .batch = id_new(),
		                            .from = t->source.num,
		                            .tried = t->source.tried };
	if (import->form) import->agenda = calendar_agenda(&page, import->form);
	if (import->agenda == NULL || import->space == NULL)
		FAIL(err, E_INPUT, N_("The pages that its events should become have no agenda any more."));
	return OK;
}

/* What was still to come and is no longer there. */
static enum code withdraw_gone(struct tx *tx, void *arg, struct err *err)
{
	struct trying *t = arg;
	const char **uids;
	int n;
	struct datetime now = zone_local(model_zone(t->model), clock_now());
	TRY(source_gone(tx, t->a, t->source.num, t->source.tried, &uids, &n, err));
	for (int i = 0; i < n; i++) {
		const struct import_item row = { .source = calendar_import_source(t->a, t->import.form),
			                         .key = uids[i],
			                         .form = t->import.form,
			                         .space = t->import.space,
			                         .actor = &t->actor,
			                         .batch = t->import.batch };
		bool gone = false, coming;
		TRY(calendar_is_coming(tx_db(tx), t->a, t->model, &row, t->import.agenda, &now, &coming, err));
		if (coming) TRY(import_withdraw(tx, t->a, t->model, &row, &gone, err));
		t->gone += gone;
	}
	if (t->gone) tx_public(tx);
	return OK;
}

/* Some at a time, so that nobody waits for thousands of them; what is cut short goes on at the next try. */
static enum code keep_by_parts(struct store *store, struct trying *t, struct err *err)
{
	struct calendar_import *import = &t->import;
	struct ical_file part = t->file;
	for (int from = 0; from == 0 || from < t->file.n; from += SOURCE_STEP) {
		part.items = t->file.items + from;
		part.n = MIN(t->file.n - from, (int)SOURCE_STEP);
		import->file = &part;
		import->ntitles = import->nrefusals = 0;
		TRY(calendar_import(store, t->a, t->model, import, err));
		part.nrefusals = part.refused = 0; /* told once */
	}
	return OK;
}

static enum code bring(struct store *store, struct trying *t, const struct fetched *got, struct err *err)
{
	struct calendar_source *s = &t->source;
	TRY(ical_read(t->a, got->body, got->len, model_zone(t->model), &t->file, err));
	calendar_keep_recent(t->a, model_zone(t->model), &t->file);
	TRY(prepare(t, err));
	TRY(keep_by_parts(store, t, err));
	TRY(store_write(store, withdraw_gone, t, err));
	if (*t->file.name) s->title = t->file.name;
	s->result = json_keep(t->a, json_pack("{s:i, s:i, s:i, s:i, s:i}", "created", t->import.created, "changed",
	                                      t->import.changed, "unchanged", t->import.unchanged, "cancelled",
	                                      t->import.cancelled + t->gone, "refused", t->import.refused));
	return OK;
}

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	struct trying *t = arg;
	return source_tried(tx, t->a, &t->source, err);
}

static enum code try_source(struct store *store, struct trying *t, struct err *err)
{
	struct calendar_source *s = &t->source;
	struct fetched got = { .changed = false };
	struct err why;
	const struct fetch fetch = {
		.url = s->url, .etag = s->etag, .modified = s->modified, .accept = "text/calendar", .max = ICAL_BYTES
	};
	s->tried = clock_now();
	enum code code = who(store, t, &why);
	if (code == OK) code = fetch_get(t->a, &fetch, &got, &why);
	if (code == OK && got.changed) code = bring(store, t, &got, &why);
	if (code == OK) {
		s->done = s->tried;
		s->failed = 0;
		s->said = NULL;
		if (got.changed) s->etag = got.etag, s->modified = got.modified;
	} else {
		s->failed++;
		s->said = source_said(t->a, &why);
	}
	return store_write(store, note, t, err);
}

static enum code load_due(struct store *store, struct arena *a, int64_t num, struct calendar_source **ret, int *n,
                          struct err *err)
{
	struct db *db;
	TRY(store_read_begin(store, &db, err));
	enum code code = OK;
	if (num) {
		*ret = arena_new(a, struct calendar_source);
		*n = 1;
		code = source_load(db, a, num, *ret, err);
	} else {
		code = source_list(db, a, ret, n, err);
	}
	store_read_end(store);
	return code;
}

/* The more it failed, the longer it waits: one hour, two, four… a day. */
static bool is_due(const struct calendar_source *s)
{
	int64_t wait = MIN(SOURCE_EVERY << MIN(s->failed, 5), 24 * SOURCE_EVERY);
	return !s->paused && (s->tried == 0 || clock_now() - s->tried >= wait - SOURCE_EVERY / 6);
}

static enum code run(struct store *store, int64_t num, struct site *site, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct calendar_source *sources;
	int n;
	arena_init(&a);
	enum code code = load_due(store, &a, num, &sources, &n, err);
	if (code == E_NOT_FOUND) return OK; /* taken out meanwhile */
	TRY(code);
	for (int i = 0; i < n && code == OK; i++) {
		AUTO(arena_release) struct arena one = { 0 };
		if (num ? sources[i].paused : !is_due(&sources[i])) continue;
		arena_init(&one);
		struct trying *t = arena_new(&one, struct trying);
		*t = (struct trying){ .a = &one, .model = site_model(site), .source = sources[i] };
		code = try_source(store, t, err);
		model_release(t->model);
	}
	return code;
}

enum code calendars_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	(void)job;
	return run(store, 0, context, err);
}

enum code calendar_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	return run(store, json_int(job->payload, "source", -1), context, err);
}
