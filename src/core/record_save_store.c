/* One save: what differs from the opened state, as one revision of each part it touches. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/address.h"
#include "core/care.h"
#include "core/coding.h"
#include "core/comment.h"
#include "core/field_type.h"
#include "core/file_ref.h"
#include "core/form_answers.h"
#include "core/index.h"
#include "core/index_key.h"
#include "core/kept.h"
#include "core/measure.h"
#include "core/minor.h"
#include "core/name.h"
#include "core/news.h"
#include "core/object_store.h"
#include "core/part_store.h"
#include "core/person.h"
#include "core/printed.h"
#include "core/proposal.h"
#include "core/reader.h"
#include "core/relative_day.h"
#include "core/scheduled.h"
#include "core/shareable.h"
#include "core/spam.h"

enum { NOTE_MAX = 200 };

struct saving {
	struct tx *tx;
	struct db *db;
	struct arena *a;
	const struct model *model;
	struct save *save;
	struct issues *issues;
	struct record *record;      /* all of it, as the program sees it */
	bool created, publishes;    /* publishes: a draft becomes public */
	const struct actor *judged; /* whose rights count */
	const char *title, *slug;   /* as they were; NULL: nobody can have linked to it */
	struct {
		const struct heads *heads; /* that the values are compared with and written upon */
		const json_t *values, *conflict;
		bool current;         /* nobody has saved since */
		json_t *set;          /* what is to be written; NULL: untouched */
		struct object object; /* that writes it */
	} parts[AUDIENCE_COUNT];
	json_t *before;     /* values of all parts as opened */
	const json_t *kept; /* keys of answers that are for members first (core/kept.h) */
	bool computes_yet;  /* what is computed is not all written: once more, when the rest is */
};

/* ---- What was opened ---- */

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
static struct thing judged_thing(const struct saving *x)
{
	struct thing thing = record_thing(x->record);
	if (x->created) thing.author = 0;
	if (x->created) thing.state = STATE_PUBLISHED;
	return thing;
}

static enum code find_record(struct saving *x, struct err *err)
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
		struct thing thing = judged_thing(x);
		TRY(may(x->judged, ACTION_CREATE, &thing, err));
		return save->from || actor_is_program(x->judged) ? OK : form_takes(x->record->form, err);
	}
	TRY(record_load(x->db, x->a, x->model, &actor_program, save->record, &x->record, err));
	struct thing thing = judged_thing(x);
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
	struct thing thing = judged_thing(x);
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

static enum code open_parts(struct saving *x, struct err *err)
{
	x->before = json_keep(x->a, json_object());
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		TRY(open_part(x, (enum audience)i, err));
		if (x->parts[i].values) json_object_update(x->before, (json_t *)x->parts[i].values);
	}
	return OK;
}

/* ---- What was asked ---- */

static bool may_write(const struct saving *x, const struct field *field)
{
	struct thing thing = judged_thing(x);
	thing.audience = field->audience;
	return allowed(x->judged, x->created ? ACTION_CREATE : ACTION_EDIT, &thing);
}

static void check_value(struct saving *x, const char *key, const json_t *value)
{
	const struct field *field = form_field_ever(x->record->form, key);
	if (field == NULL) {
		issues_add(x->issues, key, N_("The form “%s” has no such question."), x->record->form->key);
		return;
	}
	if (!may_write(x, field)) issues_add(x->issues, key, N_("You may not change this answer."));
	if (form_field(x->record->form, key) == NULL) return; /* asked no more: kept as it was answered */
	if (!index_value_is_blank(value)) field->type->check(field, value, x->issues);
}

static struct form_answers *answers_after(const struct saving *x, const json_t *after)
{
	struct form_answers *answers = arena_new(x->a, struct form_answers);
	form_answers_init(answers, x->a, x->record->form, after, model_today(x->model, clock_now()));
	return answers;
}

static void check_answers(struct saving *x, const json_t *after)
{
	const struct form *form = x->record->form;
	struct form_answers *answers = answers_after(x, after);
	for (int i = 0; i < form->nfields; i++)
		if (!issues_of(x->issues, form->fields[i].key) && may_write(x, &form->fields[i]))
			form_check_answer(answers, &form->fields[i], x->issues);
}

/* Whatever was given for what is computed, it is worked out again. In a part that somebody else has saved since it was
 * opened, or that the person has not seen, it waits for the rest to be put together. */
static void compute(struct saving *x, json_t *after)
{
	const struct form *form = x->record->form;
	struct form_answers *answers = NULL;
	json_t *values = NULL;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (!field->type->computes) continue;
		if (answers == NULL) answers = answers_after(x, after);
		if (values == NULL) values = json_keep(x->a, json_copy((json_t *)x->save->values));
		json_t *value = form_computes(answers, field);
		json_object_set(after, field->key, value ? value : json_null());
		json_object_del(values, field->key);
		if (json_equal(value ? value : json_null(), json_object_get(x->before, field->key))) continue;
		if (value == NULL && index_value_is_blank(json_object_get(x->before, field->key))) continue;
		if (x->parts[field->audience].current) json_object_set(values, field->key, value ? value : json_null());
		else x->computes_yet = true;
	}
	if (values) x->save->values = values;
}

static bool is_draft(const struct saving *x)
{
	return x->record->state == STATE_DRAFT && !x->publishes;
}

/* The first revision holds all that the draft did. */
static void forget_draft(struct saving *x, const json_t *all)
{
	x->save->values = all;
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		x->parts[i].values = x->parts[i].conflict = NULL;
		x->record->parts[i] = (struct part){ 0 };
	}
}

/* Nobody hands on, by naming it, a file that she may not read. */
static enum code check_files(struct saving *x, struct err *err)
{
	const char *key;
	json_t *value;
	json_object_foreach ((json_t *)x->save->values, key, value) {
		struct hash *files;
		int n = json_equal(value, json_object_get(x->before, key)) ? 0 : file_list(x->a, value, &files);
		for (int i = 0; i < n; i++) {
			struct kept_file file;
			enum code code = file_find(x->db, x->a, x->model, x->save->actor, &files[i], &file, err);
			if (code == E_NOT_FOUND)
				issues_add(x->issues, key,
				           N_("One of these files is not here any more: send it again."));
			else TRY(code);
		}
	}
	return OK;
}

static enum code check_save(struct saving *x, struct err *err)
{
	const char *key;
	json_t *value, *after = json_keep(x->a, json_copy(x->before));
	json_object_foreach ((json_t *)x->save->values, key, value) {
		const struct field *field = form_field(x->record->form, key);
		if (field && field->type->computes) continue;
		check_value(x, key, value);
		json_object_set(after, key, value);
	}
	compute(x, after);
	if ((!is_draft(x) || x->save->waits) && !x->save->mends) check_answers(x, after);
	if (x->issues->count == 0) TRY(check_files(x, err));
	if (x->publishes) forget_draft(x, after);
	return issues_code(x->issues, err);
}

/* ---- What differs ---- */

static bool differs(const struct saving *x, enum audience audience, const char *key, const json_t *value)
{
	const json_t *old = json_object_get(x->parts[audience].values, key);
	if (x->save->settles && json_object_get(x->parts[audience].conflict, key)) return true;
	if (index_value_is_blank(old) || index_value_is_blank(value))
		return index_value_is_blank(old) != index_value_is_blank(value);
	return !json_equal(old, value);
}

static json_t *part_set(struct saving *x, enum audience audience)
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
		(void)part_set(x, (enum audience)i);
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
	struct thing members = judged_thing(x);
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
	if (is_draft(x) || x->record->circle || x->save->releases) return field->audience;
	return kept_part(&k);
}

/* Sorts the values into parts. A part with nothing to write has none, but for two: the public part of
 * a record that is new or published now, and all parts of one that leaves the trash. */
static bool sort_values(struct saving *x)
{
	const char *key;
	json_t *value;
	bool any = x->created || x->publishes;
	json_object_foreach ((json_t *)x->save->values, key, value) {
		const struct field *field = form_field_ever(x->record->form, key);
		if (field == NULL) continue; /* in a draft, of a form that was replaced */
		if (x->save->releases) json_object_set_new(part_set(x, AUDIENCE_MEMBERS), key, json_null());
		any |= x->save->releases;
		enum audience audience = part_of(x, field, value);
		if (!differs(x, audience, key, value)) continue;
		any = true;
		if (index_value_is_blank(value)) json_object_set_new(part_set(x, audience), key, json_null());
		else json_object_set(part_set(x, audience), key, value);
	}
	if (x->created || x->publishes) (void)part_set(x, AUDIENCE_PUBLIC);
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

static const char *wanted_address(const struct saving *x)
{
	const char *key = x->record->form->title->key;
	if (x->record->about) return comment_address(x->a, x->record->id);
	if (x->record->circle) return confidential_address(x);
	if (x->save->slug) return x->save->slug;
	return json_str_or(x->save->values, key, json_str_or(x->before, key, ""));
}

static enum code insert_record(struct saving *x, struct err *err)
{
	struct record *record = x->record;
	record->created = record->changed = x->save->from ? x->save->from->created : clock_now();
	TRY(address_choose(x->db, x->a, x->model, record, wanted_address(x), &record->slug, err));
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
static enum code make_objects(struct saving *x, unsigned flags, struct err *err)
{
	uint64_t hlc;
	if (is_draft(x)) return OK;
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

static enum code write_parts(struct saving *x, struct err *err)
{
	if (is_draft(x)) return write_draft(x, err);
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		if (x->parts[i].set == NULL) continue;
		TRY(object_insert(x->tx, x->record->num, &x->parts[i].object, err));
		TRY(settle_part(x, (enum audience)i, err));
	}
	return OK;
}

/* The record's row follows its parts, and the index follows the record. */
static enum code finish(struct saving *x, struct err *err)
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
	if (x->created) return insert_record(x, err);
	if (x->publishes || is_draft(x))
		return address_choose(x->db, x->a, x->model, record, wanted_address(x), &record->slug, err);
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
	TRY(find_record(&x, err));
	TRY(open_parts(&x, err));
	TRY(check_save(&x, err));
	bool written = sort_values(&x);
	if (written && !x.publishes && x.record->state == STATE_TRASH) TRY(release(tx, x.judged, x.record, err));
	unsigned flags = settle_state(&x, written);
	if (written) TRY(make_objects(&x, flags, err));
	TRY(settle_address(&x, &moved, err));
	if (written) TRY(write_parts(&x, err));
	save->changed = written || moved;
	if (save->changed) TRY(finish(&x, err));
	if (save->changed) TRY(mend_links(&x, err));
	if (x.computes_yet || (save->merged && form_has_computed(x.record->form))) TRY(compute_again(&x, err));
	if (written) TRY(forget_unagreed(&x, err));
	if (written && alone) TRY(news_of_save(tx, x.record, save, x.created || x.publishes, err));
	if (save->waits) TRY(proposal_add(tx, x.record->num, err));
	else if (x.publishes) TRY(proposal_end(tx, x.record->num, err));
	if (written && !is_draft(&x))
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
		if (record->parts[i].present) (void)part_set(&x, (enum audience)i);
	TRY(open_parts(&x, err));
	record->state = state;
	TRY(make_objects(&x, state_flags[state], err));
	TRY(write_parts(&x, err));
	return finish(&x, err);
}
