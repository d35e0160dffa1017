/* What a save writes: one revision of each part it touches, the record's row, its index. */
#include <string.h>

#include "base/clock.h"
#include "core/address.h"
#include "core/comment.h"
#include "core/field_type.h"
#include "core/file_ref.h"
#include "core/index.h"
#include "core/index_key.h"
#include "core/kept.h"
#include "core/object_store.h"
#include "core/part_store.h"
#include "core/printed.h"
#include "core/record_saving.h"

/* ---- What differs ---- */

static bool differs(const struct saving *x, enum audience audience, const char *key, const json_t *value)
{
	const json_t *old = json_object_get(x->parts[audience].values, key);
	if (x->save->settles && json_object_get(x->parts[audience].conflict, key)) return true;
	if (index_value_is_blank(old) || index_value_is_blank(value))
		return index_value_is_blank(old) != index_value_is_blank(value);
	return !json_equal(old, value);
}

json_t *saving_set(struct saving *x, enum audience audience)
{
	if (x->parts[audience].set == NULL) x->parts[audience].set = json_keep(x->a, json_object());
	return x->parts[audience].set;
}

/* What the values do not touch leaves the trash too, as it is now: whatever the form was opened on. */
static void revive_others(struct saving *x)
{
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		if (!x->record->parts[i].present || x->parts[i].set) continue;
		x->parts[i].heads = &x->record->parts[i].heads;
		x->parts[i].current = true;
		(void)saving_set(x, (enum audience)i);
	}
}

static bool is_kept(const struct saving *x, const char *key)
{
	for (size_t i = 0; i < json_array_size(x->kept); i++)
		if (strcmp(json_string_value(json_array_get(x->kept, i)), key) == 0) return true;
	return false;
}

/* The part that an answer is written in: that of its question, but for what a child says about persons. */
static enum audience part_of(const struct saving *x, const struct field *field, const json_t *value)
{
	struct thing members = saving_thing(x);
	members.audience = AUDIENCE_MEMBERS;
	const struct keeping k = {
		.field = field,
		.child = x->judged->minor,
		.reads = allowed(x->judged, ACTION_READ, &members),
		.kept = is_kept(x, field->key),
		.blank = index_value_is_blank(value),
		.open = !index_value_is_blank(json_object_get(x->parts[AUDIENCE_PUBLIC].values, field->key)),
		.same = !differs(x, AUDIENCE_PUBLIC, field->key, value),
	};
	if (saving_is_draft(x) || x->record->circle || x->save->releases) return field->audience;
	return kept_part(&k);
}

/* Sorts the values into parts. A part with nothing to write has none, but for two: the public part of
 * a record that is new or published now, and all parts of one that leaves the trash. */
bool saving_sort(struct saving *x)
{
	const char *key;
	json_t *value;
	bool any = x->created || x->publishes;
	json_object_foreach ((json_t *)x->save->values, key, value) {
		const struct field *field = form_field_ever(x->record->form, key);
		if (field == NULL) continue; /* in a draft, of a form that was replaced */
		if (x->save->releases) json_object_set_new(saving_set(x, AUDIENCE_MEMBERS), key, json_null());
		any |= x->save->releases;
		enum audience audience = part_of(x, field, value);
		if (!differs(x, audience, key, value)) continue;
		any = true;
		if (index_value_is_blank(value)) json_object_set_new(saving_set(x, audience), key, json_null());
		else json_object_set(saving_set(x, audience), key, value);
	}
	if (x->created || x->publishes) (void)saving_set(x, AUDIENCE_PUBLIC);
	if (any && x->record->state == STATE_TRASH) revive_others(x);
	return any;
}

/* ---- The record's row ---- */

/* An address is seen by those who may not read what it leads to – in letters, in browsers' histories: no title in it. */
static const char *confidential_address(const struct saving *x)
{
	char id[ID_TEXT + 1];
	return arena_printf(x->a, "%s-%s", x->record->form->key, id_format(x->record->id, id));
}

const char *saving_address(const struct saving *x)
{
	const char *key = x->record->form->title->key;
	if (x->record->about) return comment_address(x->a, x->record->id);
	if (x->record->circle) return confidential_address(x);
	if (x->save->slug) return x->save->slug;
	return json_str_or(x->save->values, key, json_str_or(x->before, key, ""));
}

enum code saving_insert(struct saving *x, struct err *err)
{
	struct record *record = x->record;
	record->created = record->changed = x->save->from ? x->save->from->created : clock_now();
	TRY(address_choose(x->db, x->a, x->model, record, saving_address(x), &record->slug, err));
	struct value author = record->author ? value_int(record->author) : value_text(NULL);
	TRY(db_run(x->db, err,
	           "INSERT INTO record (id, form, space, slug, state, author, created, changed, about, circle) "
	           "VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)",
	           record->id, record->form->num, record->space->num, record->slug, (int)record->state, author,
	           record->created, record->about ? value_int(record->about) : value_text(NULL), record->circle));
	return db_int(x->db, &record->num, 0, err, "SELECT num FROM record WHERE id = $1", record->id);
}

/* ---- Revisions ---- */

static enum code make_object(struct saving *x, enum audience audience, struct id save, uint64_t hlc, unsigned flags,
                             struct err *err)
{
	const struct record *record = x->record;
	const struct heads *heads = x->parts[audience].heads;
	const char *key, **keys = arena_array(x->a, const char *, json_object_size(x->parts[audience].set) + 1);
	json_t *value;
	int n = 0;
	json_object_foreach (x->parts[audience].set, key, value) keys[n++] = key;
	struct object object = { .compartment = record->space->compartments[audience],
		                 .record = record->id,
		                 .actor = id_is_zero(x->save->credited) ? x->save->actor->id : x->save->credited,
		                 .save = save,
		                 .type = record->form->key,
		                 .parents = heads->ids,
		                 .nparents = object_room(keys, n, heads->n),
		                 .hlc = hlc,
		                 .flags = flags };
	TRY(object_next_depth(x->db, &object, &object.depth, err));
	enum code code = object_make(x->a, &object, x->parts[audience].set, x->save->note, err);
	if (code == E_LIMIT) FAIL(err, E_INPUT, N_("This is more than one page can hold. Split it in two."));
	TRY(code);
	x->parts[audience].object = object;
	return OK;
}

/* All of them before anything is written: what is too big is a mistake like others, and leaves nothing. */
enum code saving_make(struct saving *x, unsigned flags, struct err *err)
{
	uint64_t hlc;
	if (saving_is_draft(x)) return OK;
	if (id_is_zero(x->save->batch)) x->save->batch = id_new();
	TRY(object_next_hlc(x->db, &hlc, err));
	for (int i = 0; i < AUDIENCE_COUNT; i++)
		if (x->parts[i].set) TRY(make_object(x, (enum audience)i, x->save->batch, hlc, flags, err));
	return OK;
}

/* The fast path, when the new object stands on all the heads there are; else from all the objects. */
static enum code settle_part(struct saving *x, enum audience audience, struct err *err)
{
	const struct object *object = &x->parts[audience].object;
	struct part *part = &x->record->parts[audience];
	struct merged before = part_merged(part), after;
	bool on_top = x->parts[audience].current && object->nparents == part->heads.n && part->heads.n < RECORD_HEADS;
	if (!part->present) before.values = json_keep(x->a, json_object());
	if (on_top) merge_on_top(x->a, &before, object, &after);
	else TRY(part_compute(x->db, x->a, x->record, audience, NULL, &after, err));
	x->save->merged |= !x->parts[audience].current;
	for (int i = 0; after.conflict && i < object->ntouched; i++)
		x->save->conflict |= json_object_get(after.conflict, object->touched[i]) != NULL;
	x->record->changed = MAX(x->record->changed, object_time(object));
	return part_write(x->tx, x->a, x->record->num, audience, &after, err);
}

/* Drafts have no revisions: their parts are plain rows until they are published. */
static enum code write_draft(struct saving *x, struct err *err)
{
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		if (x->parts[i].set == NULL) continue;
		json_t *values = json_keep(x->a, x->parts[i].values ? json_copy((json_t *)x->parts[i].values)
		                                                    : json_object());
		const char *key;
		json_t *value;
		json_object_foreach (x->parts[i].set, key, value) {
			if (json_is_null(value)) json_object_del(values, key);
			else json_object_set(values, key, value);
		}
		struct merged state = { .values = values };
		TRY(part_write(x->tx, x->a, x->record->num, (enum audience)i, &state, err));
	}
	x->record->changed = clock_now();
	return OK;
}

enum code saving_write(struct saving *x, struct err *err)
{
	if (saving_is_draft(x)) return write_draft(x, err);
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		if (x->parts[i].set == NULL) continue;
		TRY(object_insert(x->tx, x->record->num, &x->parts[i].object, err));
		TRY(settle_part(x, (enum audience)i, err));
	}
	return OK;
}

/* The record's row follows its parts, and the index follows the record. */
enum code saving_finish(struct saving *x, struct err *err)
{
	struct record *record = x->record;
	TRY(db_run(x->db, err, "UPDATE record SET state = $1, created = $2, changed = $3, slug = $4 WHERE num = $5",
	           (int)record->state, record->created, record->changed, record->slug, record->num));
	TRY(record_load_num(x->db, x->a, x->model, &actor_program, record->num, &record, err));
	TRY(index_record(x->tx, x->a, x->model, record, err));
	x->record = record;
	if (x->publishes || record->state == STATE_DRAFT) TRY(file_refs_rebuild(x->tx, x->a, record, err));
	else TRY(file_refs_add(x->tx, x->a, record, err));
	tx_public(x->tx);
	return record->about ? OK : printed_touched(x->tx, record->num, err);
}
