/* What a save opens: the record, its parts as the person saw them, and whether she may. */
#include "core/care.h"
#include "core/kept.h"
#include "core/minor.h"
#include "core/part_store.h"
#include "core/reader.h"
#include "core/record_saving.h"
#include "core/spam.h"

/* Does it look like an advertisement? */
static enum code hold(struct saving *x, struct err *err)
{
	struct spam_verdict verdict;
	int threshold = spam_threshold(x->model);
	json_t *values = json_keep(x->a, json_copy((json_t *)x->record->values));
	json_object_update(values, (json_t *)x->save->values);
	TRY(spam_look(x->db, x->a, x->model, x->judged, x->record->space, x->created ? 0 : x->record->num, values,
	              &verdict, err));
	x->save->held = threshold && verdict.score >= threshold;
	return OK;
}

/* Where a yes comes first, what would be published stays a draft that waits. */
static enum code wait_first(struct saving *x, struct err *err)
{
	bool published = x->save->state != STATE_DRAFT && (x->created || x->record->state == STATE_DRAFT);
	if (!published) return OK;
	x->save->waits = right_waits(x->judged, x->record->space) || (x->judged->minor && minor_tells(x->record->form));
	if (!x->save->waits) TRY(hold(x, err));
	x->save->waits |= x->save->held;
	if (!x->save->waits) return OK;
	x->save->state = STATE_DRAFT;
	if (x->created) x->record->state = STATE_DRAFT;
	return OK;
}

/* A new one is judged as what it will be, of nobody yet. */
struct thing saving_thing(const struct saving *x)
{
	struct thing thing = record_thing(x->record);
	if (x->created) thing.author = 0;
	if (x->created) thing.state = STATE_PUBLISHED;
	return thing;
}

enum code saving_find(struct saving *x, struct err *err)
{
	const struct save *save = x->save;
	x->created = id_is_zero(save->record);
	if (x->created) {
		x->record = arena_new(x->a, struct record);
		x->record->id = id_new();
		x->record->form = save->form;
		x->record->space = save->space;
		x->record->author = save->from ? save->from->author : save->author ? save->author : save->actor->person;
		x->record->state = save->state;
		x->record->about = save->about ? save->about->num : 0;
		x->record->circle = save->about ? save->about->circle : circle_of_form(save->form);
		x->record->values = json_keep(x->a, json_object());
		TRY(wait_first(x, err));
		if (save->from) TRY(kept_list(x->db, x->a, save->from->num, &x->kept, err));
		struct thing thing = saving_thing(x);
		TRY(may(x->judged, ACTION_CREATE, &thing, err));
		return save->from || actor_is_program(x->judged) ? OK : form_takes(x->record->form, err);
	}
	TRY(record_load(x->db, x->a, x->model, &actor_program, save->record, &x->record, err));
	struct thing thing = saving_thing(x);
	TRY(wait_first(x, err));
	x->publishes = x->record->state == STATE_DRAFT && save->state != STATE_DRAFT;
	x->title = x->record->state == STATE_DRAFT ? NULL : x->record->title;
	x->slug = x->record->slug;
	TRY(kept_list(x->db, x->a, x->record->num, &x->kept, err));
	return may(x->judged, ACTION_EDIT, &thing, err);
}

static enum code open_part(struct saving *x, enum audience audience, struct err *err)
{
	const struct part *part = &x->record->parts[audience];
	const struct heads *opened = &x->save->heads[audience];
	struct thing thing = saving_thing(x);
	thing.audience = audience;
	bool unseen = !allowed(x->judged, ACTION_READ, &thing); /* what she could not open is written upon as it is */
	x->parts[audience].current = !x->save->opened || unseen || heads_equal(opened, &part->heads);
	x->parts[audience].heads = x->parts[audience].current ? &part->heads : opened;
	x->parts[audience].values = part->values;
	x->parts[audience].conflict = part->conflict;
	if (x->parts[audience].current) return OK;
	struct merged then;
	TRY(part_compute(x->db, x->a, x->record, audience, opened, &then, err));
	x->parts[audience].values = then.values;
	x->parts[audience].conflict = then.conflict;
	return OK;
}

enum code saving_open(struct saving *x, struct err *err)
{
	x->before = json_keep(x->a, json_object());
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		TRY(open_part(x, (enum audience)i, err));
		if (x->parts[i].values) json_object_update(x->before, (json_t *)x->parts[i].values);
	}
	return OK;
}

bool saving_is_draft(const struct saving *x)
{
	return x->record->state == STATE_DRAFT && !x->publishes;
}
