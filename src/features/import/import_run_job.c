#include <string.h>

#include "base/clock.h"
#include "core/audit.h"
#include "core/person.h"
#include "core/right.h"
#include "features/import/import_run.h"

enum {
	TURN_MS = 5000, /* then others have their turn */
	STEP_MS = 150,  /* of what comes before a write */
	STEP = 25,      /* things of one write */
};
#define KEPT_MS (INT64_C(30) * 24 * 3600 * 1000)

static const char *const count_names[] = {
	[COUNT_CREATED] = "created",     [COUNT_CHANGED] = "changed", [COUNT_UNCHANGED] = "unchanged",
	[COUNT_CANCELLED] = "cancelled", [COUNT_REFUSED] = "refused", [COUNT_COMMENTS] = "comments",
	[COUNT_PICTURES] = "pictures",   [COUNT_GONE] = "gone",       [COUNT_LEFT] = "left",
	[COUNT_BACK] = "back",
};

int run_count(const struct import_run *run, enum import_count count)
{
	return (int)json_int(run->counts, count_names[count], 0);
}

const char *run_chosen(const struct import_run *run, const char *key)
{
	return json_str_or(run->choices, key, "");
}

void run_tell(struct import_work *w, bool comes, int line, const char *title, const char *said)
{
	struct import_line *told = arena_new(w->step, struct import_line);
	*told = (struct import_line){ comes, line, title, said, NULL };
	*w->last_line = told;
	w->last_line = &told->next;
}

void run_refuse(struct import_work *w, int line, const char *title, const struct err *why)
{
	char said[600];
	run_tell(w, false, line, title, arena_strdup(w->step, err_text(why, w->lang, said, sizeof(said))));
}

enum code run_may(const struct model *model, const struct actor *actor, const struct space *space, struct err *err)
{
	struct thing forms = { .kind = KIND_MODEL, .space = &model->spaces[0] };
	struct thing page = { .kind = KIND_RECORD, .state = STATE_PUBLISHED, .space = space };
	if (space == NULL || !allowed(actor, ACTION_MANAGE, &forms) || !allowed(actor, ACTION_CREATE, &page))
		FAIL(err, E_FORBIDDEN, N_("Your account does not allow this any more."));
	return OK;
}

const struct import_kind *import_kind_find(const char *name)
{
	for (const struct import_kind *const *kind = import_kinds; *kind; kind++)
		if (strcmp((*kind)->name, name) == 0) return *kind;
	return NULL;
}

/* ---- A step ---- */

struct step {
	struct import_work *w;
	const struct import_kind *kind;
	int from, n;
	bool over; /* somebody stopped it meanwhile */
};

static void step_begin(struct import_work *w)
{
	arena_reset(w->step);
	memset(w->counts, 0, sizeof(w->counts));
	w->lines = NULL;
	w->last_line = &w->lines;
}

static enum code note_step(struct tx *tx, struct step *s, struct err *err)
{
	struct import_work *w = s->w;
	struct import_run *run = w->run;
	for (size_t i = 0; i < COUNT(w->counts); i++)
		if (w->counts[i])
			json_object_set_new(run->counts, count_names[i],
			                    json_integer(run_count(run, (enum import_count)i) + w->counts[i]));
	TRY(run_note_lines(tx, run, w->lines, err));
	run->done += s->n;
	return run_note(tx, w->step, run, err);
}

static enum code keep_step(struct tx *tx, void *arg, struct err *err)
{
	struct step *s = arg;
	struct import_work *w = s->w;
	const bool undoes = w->run->state == RUN_UNDOING;
	bool still;
	TRY(run_still(tx_db(tx), w->run, &still, err));
	s->over = !still;
	if (s->over) return OK;
	if (undoes) TRY(s->kind->undo(tx, w, s->from, s->n, err));
	for (int i = 0; i < s->n && !undoes; i++) TRY(s->kind->keep(tx, w, s->from + i, err));
	if (w->run->state == RUN_LOOKING) FAIL(err, E_CONFLICT, N_("a rehearsal: nothing was kept"));
	tx_public(tx);
	return note_step(tx, s, err);
}

/* Nothing that people see has moved: only how far it is. */
static enum code note_rehearsal(struct tx *tx, void *arg, struct err *err)
{
	struct step *s = arg;
	bool still;
	TRY(run_still(tx_db(tx), s->w->run, &still, err));
	s->over = !still;
	return s->over ? OK : note_step(tx, s, err);
}

/* As many as there is time for before the write begins. */
static enum code prepare_step(struct step *s, struct err *err)
{
	struct import_work *w = s->w;
	const int most = MIN(STEP, w->run->total - s->from);
	int64_t began = clock_now();
	s->n = most;
	if (s->kind->prepare == NULL || w->run->state == RUN_UNDOING) return OK;
	for (s->n = 0; s->n < most && (s->n == 0 || clock_now() - began < STEP_MS); s->n++)
		TRY(s->kind->prepare(w, s->from + s->n, err));
	return OK;
}

static enum code do_step(struct import_work *w, const struct import_kind *kind, bool *over, struct err *err)
{
	struct store *store = site_store(w->site);
	struct step s = { .w = w, .kind = kind, .from = w->run->done };
	/* What was told on opening is of the first step, whose arena is new already. */
	if (s.from > 0) step_begin(w);
	TRY(prepare_step(&s, err));
	enum code code = store_write(store, keep_step, &s, err);
	if (code == E_CONFLICT && w->run->state == RUN_LOOKING) code = store_write(store, note_rehearsal, &s, err);
	*over = s.over;
	return code;
}

/* ---- A turn ---- */

/* Nothing stays out: it need not be asked about. Said once: what is looked at again is told first. */
static bool goes_straight(struct import_run *run)
{
	const bool asked = run->state == RUN_LOOKING && json_bool(run->choices, "straight", false);
	if (asked) json_object_del(run->choices, "straight");
	return asked && run->total > 0 && run_count(run, COUNT_REFUSED) == 0;
}

static enum code note_end(struct tx *tx, void *arg, struct err *err)
{
	struct import_work *w = arg;
	struct import_run *run = w->run;
	const struct import_kind *kind = import_kind_find(run->kind);
	bool still;
	TRY(run_still(tx_db(tx), run, &still, err));
	if (!still) return OK;
	if (run->done < run->total) return run_go_on(tx, run, err);
	if (run->state != RUN_LOOKING)
		TRY(audit_note(tx, &w->actor, run->state == RUN_UNDOING ? "import.undo" : kind->audited, ID_NONE,
		               json_pack("{s:s, s:i}", "from", run->title, run->state == RUN_UNDOING ? "gone" : "made",
		                         run_count(run, run->state == RUN_UNDOING ? COUNT_GONE : COUNT_CREATED)),
		               err));
	/* Nothing came: what stays out was told on opening. */
	if (run->total == 0) TRY(note_step(tx, &(struct step){ .w = w }, err));
	if (run->state == RUN_UNDOING && kind->unmake) TRY(kind->unmake(tx, w, err));
	const bool straight = goes_straight(run);
	TRY(run_end(tx, w->turn, run, err));
	if (straight && kind->begin) TRY(kind->begin(tx, w->page, run, err));
	return straight ? run_begin(tx, w->turn, run, RUN_BRINGING, err) : OK;
}

/* Where its end makes definitions, or takes them away, the others read them anew. */
static enum code end_turn(struct import_work *w, const struct import_kind *kind, struct err *err)
{
	const bool ends = w->run->done >= w->run->total && w->run->state != RUN_BRINGING;
	if (ends && kind->begin) return site_write(w->site, note_end, w, err);
	return store_write(site_store(w->site), note_end, w, err);
}

static enum code open_sent(struct import_work *w, const struct import_kind *kind, struct err *err)
{
	struct import_run *run = w->run;
	TRY(store_read_begin(site_store(w->site), &w->page->db, err));
	enum code code = actor_load(w->page->db, w->turn, run->person, &w->actor, err);
	if (code == OK && run->state == RUN_UNDOING && run->done == 0) code = kind->made(w, &run->total, err);
	else if (code == OK && run->state != RUN_UNDOING) code = kind->open(w, err);
	store_read_end(site_store(w->site));
	return code;
}

static enum code turn(struct import_work *w, const struct import_kind *kind, struct err *err)
{
	int64_t until = clock_now() + TURN_MS;
	bool over = false;
	step_begin(w);
	TRY(open_sent(w, kind, err));
	while (!over && w->run->done < w->run->total && clock_now() < until) TRY(do_step(w, kind, &over, err));
	return over ? OK : end_turn(w, kind, err);
}

struct stopping {
	const struct import_run *run;
	const char *why;
};

static enum code stop(struct tx *tx, void *arg, struct err *err)
{
	const struct stopping *s = arg;
	return run_stop(tx, s->run, s->why, err);
}

/* What trying again would not mend is said to who asked; the rest is tried again, as for all jobs, then said. */
static bool is_hers(enum code code)
{
	return code == E_INPUT || code == E_LIMIT || code == E_NOT_FOUND || code == E_FORBIDDEN;
}

static enum code work(struct import_work *w, bool last, struct err *err)
{
	const struct import_kind *kind = import_kind_find(w->run->kind);
	char said[600];
	if (!run_works(w->run)) return OK;
	if (kind == NULL) FAIL(err, E_INTERNAL, "no kind of import is called %s", w->run->kind);
	w->lang = w->page->lang = lang_parse(json_str_or(w->run->choices, "lang", ""), LANG_FR);
	enum code code = turn(w, kind, err);
	if (code == OK || (!is_hers(code) && !last)) return code;
	return store_write(site_store(w->site), stop,
	                   &(struct stopping){ w->run, err_text(err, w->lang, said, sizeof(said)) }, err);
}

enum code import_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena turn_arena = { 0 };
	AUTO(arena_release) struct arena step_arena = { 0 };
	struct import_run run;
	struct db *db;
	arena_init(&turn_arena);
	arena_init(&step_arena);
	TRY(store_read_begin(store, &db, err));
	enum code code = run_load(db, &turn_arena, json_int(job->payload, "run", 0), &run, err);
	store_read_end(store);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	struct import_work w = { .site = context, .turn = &turn_arena, .step = &step_arena, .run = &run };
	w.model = site_model(w.site);
	struct page page = { .arena = &turn_arena, .model = w.model, .actor = &w.actor, .lang = LANG_FR };
	w.page = &page;
	code = work(&w, job->attempts + 1 >= JOB_ATTEMPTS, err);
	model_release(w.model);
	return code;
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	return run_purge(tx, *(const int64_t *)arg, err);
}

enum code imports_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	int64_t before = clock_now() - KEPT_MS;
	(void)job;
	(void)context;
	return store_write_freeing(store, purge, &before, err);
}
