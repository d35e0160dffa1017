/* One save: what differs from the opened state, as one revision of each part it touches. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/address.h"
#include "core/coding.h"
#include "core/field_type.h"
#include "core/form_answers.h"
#include "core/kept.h"
#include "core/measure.h"
#include "core/name.h"
#include "core/news.h"
#include "core/object_store.h"
#include "core/person.h"
#include "core/proposal.h"
#include "core/record_saving.h"
#include "core/scheduled.h"
#include "core/shareable.h"

enum { NOTE_MAX = 200 };

static enum code clean_note(struct saving *x, struct err *err)
{
	char *note;
	if (x->save->note == NULL) return OK;
	TRY(text_clean(x->a, x->save->note, strlen(x->save->note), TEXT_LINE, &note, err));
	x->save->note = *note ? text_cut(x->a, note, NOTE_MAX) : NULL;
	return OK;
}

/* The state and the flags of what this save writes. */
static unsigned settle_state(struct saving *x, bool written)
{
	struct record *record = x->record;
	if (x->publishes) {
		record->state = x->save->state;
		record->created = record->changed = clock_now(); /* of what only its author saw, nothing is told */
	} else if (written && record->state == STATE_TRASH) {
		record->state = STATE_PUBLISHED;
	}
	return (x->save->minor ? OBJECT_MINOR : 0) | (record->state == STATE_ARCHIVED ? OBJECT_ARCHIVED : 0);
}

/* A draft's address was nobody's yet; that of a published record goes on leading to it. */
static enum code settle_address(struct saving *x, bool *moved, struct err *err)
{
	struct record *record = x->record;
	*moved = false;
	if (x->created) return saving_insert(x, err);
	if (x->publishes || saving_is_draft(x))
		return address_choose(x->db, x->a, x->model, record, saving_address(x), &record->slug, err);
	if (x->save->slug == NULL || record->circle) return OK;
	return address_change(x->db, x->a, x->model, record, x->save->slug, moved, err);
}

static enum code mend_links(struct saving *x, struct err *err)
{
	struct renamed renamed = { x->record, x->title, x->slug };
	if (x->title == NULL || x->record->about) return OK; /* nothing links to a comment by its name */
	if (x->record->circle) return OK;                    /* its new name would be read where it is linked from */
	x->save->renamed = strcmp(x->title, x->record->title) != 0;
	if (id_is_zero(x->save->batch)) x->save->batch = id_new(); /* the address alone */
	return name_mend(x->tx, x->a, x->model, x->save->actor, &renamed, x->save->batch, err);
}

/* It comes back from the trash, if nobody hides it. */
static enum code release(struct tx *tx, const struct actor *actor, const struct record *record, struct err *err)
{
	TRY(shareable_release(tx_db(tx), record, err));
	return measure_release(tx, actor, record, err);
}

/* From what was put together: a save of nothing else. */
static enum code compute_again(struct saving *x, struct err *err)
{
	struct issues issues;
	issues_init(&issues, x->a);
	struct save again = { .actor = x->save->actor,
		              .record = x->record->id,
		              .state = x->record->state,
		              .values = json_keep(x->a, json_object()),
		              .batch = x->save->batch,
		              .minor = true,
		              .mends = true };
	return record_save(x->tx, x->a, x->model, &again, &issues, err);
}

/* An agreement is taken back: what was coded on this page's texts (core/coding.h), quotations too, goes. */
static enum code forget_unagreed(struct saving *x, struct err *err)
{
	for (int i = 0; i < x->record->form->nfields; i++) {
		const struct field *field = &x->record->form->fields[i];
		if (strcmp(field->type->name, "consent") == 0 &&
		    json_is_null(json_object_get(x->save->values, field->key)))
			return coding_forget_record(x->tx, x->record->num, err);
	}
	return OK;
}

enum code record_save(struct tx *tx, struct arena *a, const struct model *model, struct save *save,
                      struct issues *issues, struct err *err)
{
	struct saving x = { .tx = tx,
		            .db = tx_db(tx),
		            .a = a,
		            .model = model,
		            .save = save,
		            .issues = issues,
		            .judged = save->mends ? &actor_program : save->actor };
	bool moved, alone = id_is_zero(save->batch);
	save->changed = save->merged = save->renamed = save->conflict = save->waits = save->held = save->kept = false;
	TRY(clean_note(&x, err));
	TRY(saving_find(&x, err));
	TRY(saving_open(&x, err));
	TRY(saving_check(&x, err));
	bool written = saving_sort(&x);
	if (written && !x.publishes && x.record->state == STATE_TRASH) TRY(release(tx, x.judged, x.record, err));
	unsigned flags = settle_state(&x, written);
	if (written) TRY(saving_make(&x, flags, err));
	TRY(settle_address(&x, &moved, err));
	if (written) TRY(saving_write(&x, err));
	save->changed = written || moved;
	if (save->changed) TRY(saving_finish(&x, err));
	if (save->changed) TRY(mend_links(&x, err));
	if (x.computes_yet || (save->merged && form_has_computed(x.record->form))) TRY(compute_again(&x, err));
	if (written) TRY(forget_unagreed(&x, err));
	if (written && alone) TRY(news_of_save(tx, x.record, save, x.created || x.publishes, err));
	if (save->waits) TRY(proposal_add(tx, x.record->num, err));
	else if (x.publishes) TRY(proposal_end(tx, x.record->num, err));
	if (written && !saving_is_draft(&x))
		TRY(kept_follow(tx, a, x.record, x.parts[AUDIENCE_MEMBERS].set, &save->kept, err));
	if (save->waits || x.publishes) TRY(scheduled_end(tx, x.record->num, err));
	save->saved = x.record->id;
	save->final_slug = arena_strdup(a, x.record->slug);
	return OK;
}

/* What the revisions of each state say; a draft has none. */
static const unsigned state_flags[] = {
	[STATE_DRAFT] = 0,
	[STATE_PUBLISHED] = 0,
	[STATE_ARCHIVED] = OBJECT_ARCHIVED,
	[STATE_TRASH] = OBJECT_DELETED,
};

/* As it is, once it holds all that is needed: its author's words, whoever says yes to them. */
static enum code publish_draft(struct saving *x, struct err *err)
{
	struct issues issues;
	issues_init(&issues, x->a);
	struct save save = { .actor = x->save->actor,
		             .record = x->record->id,
		             .state = STATE_PUBLISHED,
		             .values = json_keep(x->a, json_object()) };
	struct person author;
	if (x->record->author && person_load(x->db, x->a, x->record->author, &author, NULL) == OK)
		save.credited = author.id;
	return record_save(x->tx, x->a, x->model, &save, &issues, err);
}

enum code record_set_state(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                           struct id id, enum record_state state, struct id batch, struct err *err)
{
	struct save save = { .actor = actor, .record = id, .batch = batch };
	struct saving x = { .tx = tx, .db = tx_db(tx), .a = a, .model = model, .save = &save, .judged = actor };
	TRY(record_load(x.db, a, model, &actor_program, id, &x.record, err));
	struct record *record = x.record;
	struct thing thing = record_thing(record);
	if (record->state == STATE_DRAFT && state == STATE_PUBLISHED) return publish_draft(&x, err);
	TRY(may(actor, ACTION_DELETE, &thing, err));
	if (state == STATE_DRAFT) FAIL(err, E_INPUT, N_("What was published cannot become a draft again."));
	if (record->state == STATE_DRAFT) FAIL(err, E_INPUT, N_("A draft is published or deleted, nothing else."));
	if (record->state == state) return OK;
	if (record->state == STATE_TRASH) TRY(release(tx, actor, record, err));
	for (int i = 0; i < AUDIENCE_COUNT; i++)
		if (record->parts[i].present) (void)saving_set(&x, (enum audience)i);
	TRY(saving_open(&x, err));
	record->state = state;
	TRY(saving_make(&x, state_flags[state], err));
	TRY(saving_write(&x, err));
	return saving_finish(&x, err);
}
