#include "core/meeting.h"

#include <stdlib.h>
#include <string.h>

#include "core/field_type.h"
#include "core/index.h"

static bool is_type(const struct field *field, const char *type)
{
	return field && field->type && strcmp(field->type->name, type) == 0;
}

static const struct field *named(const struct form *form, const json_t *said, const char *name, const char *type)
{
	const char *key = json_str(said, name);
	const struct field *field = key ? form_field(form, key) : NULL;
	return is_type(field, type) ? field : NULL;
}

static int fields_named(const struct form *form, const json_t *said, const char *name, int max, bool texts,
                        const struct field **ret, struct issues *issues)
{
	const json_t *keys = json_object_get(said, name);
	int n = 0;
	for (size_t i = 0; i < json_array_size(keys); i++) {
		const char *key = json_string_value(json_array_get(keys, i));
		const struct field *field = key ? form_field(form, key) : NULL;
		if (field == NULL || field->type == NULL || (texts && !field->type->long_text) || n == max)
			issues_add(issues, "meeting", N_("“%s” must name questions of this form, at most %d"), name,
			           max);
		else ret[n++] = field;
	}
	return n;
}

struct meeting meeting_read(const struct form *form, struct issues *issues)
{
	static const struct {
		const char *name, *type;
	} own[] = { { "day", "date" },
		    { "next", "date" },
		    { "previous", "relation" },
		    { "present", "longtext" },
		    { "excused", "longtext" } };
	const json_t *said = json_object_get(form->definition, "meeting");
	struct meeting meeting = { .definition = said };
	if (said == NULL) return meeting;
	for (size_t i = 0; i < COUNT(own); i++)
		if (json_str(said, own[i].name) && !named(form, said, own[i].name, own[i].type))
			issues_add(issues, "meeting", N_("“%s” must name a question of this form of the type “%s”"),
			           own[i].name, own[i].type);
	meeting.day = named(form, said, "day", "date");
	if (json_str(said, "day") == NULL)
		issues_add(issues, "meeting", N_("“day” must name a question that asks a date"));
	meeting.next = named(form, said, "next", "date");
	meeting.previous = named(form, said, "previous", "relation");
	meeting.present = named(form, said, "present", "longtext");
	meeting.excused = named(form, said, "excused", "longtext");
	meeting.nnotes = fields_named(form, said, "notes", MEETING_NOTES, true, meeting.notes, issues);
	meeting.nkeep = fields_named(form, said, "keep", MEETING_KEEPS, false, meeting.keep, issues);
	meeting.template = json_str(said, "template");
	return meeting;
}

bool meeting_of(const struct record *record, struct meeting *ret)
{
	struct issues none;
	struct arena a = { 0 };
	if (json_object_get(record->form->definition, "meeting") == NULL || record->circle || record->about)
		return false;
	issues_init(&none, &a);
	*ret = meeting_read(record->form, &none);
	arena_release(&a);
	return ret->day != NULL;
}

/* ---- Forms that point to it ---- */

static bool form_of(const struct model *model, const struct form *meetings, const json_t *said,
                    struct meeting_form *ret)
{
	const char *key = json_str(said, "form");
	const struct form *form = key ? model_form(model, key) : NULL;
	if (form == NULL || form->asleep) return false;
	*ret = (struct meeting_form){ .form = form,
		                      .definition = said,
		                      .who = named(form, said, "who", "text"),
		                      .day = named(form, said, "day", "date"),
		                      .due = named(form, said, "due", "date"),
		                      .minutes = named(form, said, "minutes", "number"),
		                      .rank = named(form, said, "rank", "number"),
		                      .state = named(form, said, "state", "choice"),
		                      .done = json_str(said, "done") };
	for (int i = 0; i < form->nfields && ret->meeting == NULL; i++)
		if (is_type(&form->fields[i], "relation") && strcmp(form->fields[i].target, meetings->key) == 0)
			ret->meeting = &form->fields[i];
	if (ret->state && (ret->done == NULL || field_choice(ret->state, ret->done) == NULL)) ret->state = NULL;
	return ret->meeting != NULL;
}

bool meeting_item_form(const struct model *model, const struct form *meetings, struct meeting_form *ret)
{
	const json_t *said = json_object_get(json_object_get(meetings->definition, "meeting"), "items");
	return said && form_of(model, meetings, said, ret);
}

int meeting_makes(const struct model *model, const struct form *meetings, struct meeting_form *ret)
{
	const json_t *said = json_object_get(json_object_get(meetings->definition, "meeting"), "makes");
	int n = 0;
	for (size_t i = 0; i < json_array_size(said) && n < MEETING_MAKES; i++)
		n += form_of(model, meetings, json_array_get(said, i), &ret[n]);
	return n;
}

bool meeting_holds(const struct model *model, const struct form *form)
{
	struct meeting_form held[MEETING_MAKES];
	for (int i = 0; i < model->nforms; i++) {
		if (meeting_item_form(model, &model->forms[i], &held[0]) && held[0].form == form) return true;
		int n = meeting_makes(model, &model->forms[i], held);
		for (int j = 0; j < n; j++)
			if (held[j].form == form) return true;
	}
	return false;
}

/* ---- Read ---- */

bool meeting_day(const struct meeting *meeting, const struct record *record, struct datetime *ret, bool *timed)
{
	const json_t *value = meeting->day ? record_find_value(record, meeting->day, NULL) : NULL;
	const char *text = json_is_string(value) ? json_string_value(value) : "";
	*ret = (struct datetime){ 0 };
	*timed = datetime_from_iso(text, ret);
	return *timed || date_from_iso(text, &ret->date);
}

static int whole(const struct record *record, const struct field *field)
{
	const json_t *value = field ? record_find_value(record, field, NULL) : NULL;
	return json_is_string(value) ? (int)strtol(json_string_value(value), NULL, 10) : (int)json_integer_value(value);
}

static struct meeting_item item_of(const struct meeting_form *form, struct record *record)
{
	const json_t *state = form->state ? record_find_value(record, form->state, NULL) : NULL;
	struct meeting_item item = { .record = record,
		                     .minutes = MAX(whole(record, form->minutes), 0),
		                     .rank = MAX(whole(record, form->rank), 0),
		                     .done = json_is_string(state) &&
		                             strcmp(json_string_value(state), form->done) == 0 };
	return item;
}

/* Where it went on to, if anywhere: a meeting that was given up takes nothing away from this one. */
static void find_last(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                      const struct meeting_form *form, const struct record *meeting, struct meeting_item *item)
{
	const json_t *meetings = record_find_value(item->record, form->meeting, NULL);
	for (size_t i = json_array_size(meetings); i-- > 0;) {
		const char *text = json_string_value(json_array_get(meetings, i));
		struct record *last;
		struct err err;
		struct id id;
		if (text == NULL || !id_parse(text, &id)) continue;
		if (id_equal(id, meeting->id)) return;
		if (record_load(db, a, model, actor, id, &last, &err) != OK || last->state == STATE_TRASH) continue;
		item->carried = !id_equal(last->id, meeting->id);
		item->last = last->id;
		return;
	}
}

static int by_rank(const void *x, const void *y)
{
	const struct meeting_item *a = x, *b = y;
	if (a->rank != b->rank) return a->rank == 0 ? 1 : b->rank == 0 ? -1 : a->rank - b->rank;
	return a->record->num < b->record->num ? -1 : a->record->num > b->record->num;
}

static int by_number(const void *x, const void *y)
{
	const struct record *const *a = x, *const *b = y;
	return (*a)->num < (*b)->num ? -1 : (*a)->num > (*b)->num;
}

enum code meeting_made(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       const struct record *meeting, const struct meeting_form *form, struct record ***ret, int *n,
                       struct err *err)
{
	enum { POINTING = 500 };
	struct backlink *links;
	struct record **records;
	int nlinks, nums = 0, count;
	TRY(index_backlinks(db, a, model, actor, meeting, POINTING, &links, &nlinks, err));
	int64_t *kept = arena_array(a, int64_t, (size_t)nlinks + 1);
	for (int i = 0; i < nlinks; i++)
		if (strcmp(links[i].kind, form->meeting->key) == 0) kept[nums++] = links[i].num;
	TRY(record_load_many(db, a, model, actor, kept, nums, &records, &count, err));
	*n = 0;
	for (int i = 0; i < count; i++)
		if (records[i]->form == form->form) records[(*n)++] = records[i];
	if (*n > 1) qsort(records, (size_t)*n, sizeof(struct record *), by_number);
	*ret = records;
	return OK;
}

enum code meeting_items(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        const struct record *meeting, struct meeting_item **ret, int *n, struct err *err)
{
	struct meeting_form form;
	struct record **records = NULL;
	int count = 0;
	if (meeting_item_form(model, meeting->form, &form))
		TRY(meeting_made(db, a, model, actor, meeting, &form, &records, &count, err));
	count = MIN(count, (int)MEETING_ITEMS);
	struct meeting_item *items = arena_array(a, struct meeting_item, (size_t)count + 1);
	for (int i = 0; i < count; i++) {
		items[i] = item_of(&form, records[i]);
		find_last(db, a, model, actor, &form, meeting, &items[i]);
	}
	if (count > 1) qsort(items, (size_t)count, sizeof(struct meeting_item), by_rank);
	*ret = items;
	*n = count;
	return OK;
}

enum code meeting_following(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                            const struct record *meeting, struct record **ret, struct err *err)
{
	struct meeting own;
	struct meeting_form form = { .form = meeting->form };
	struct record **records;
	int n = 0;
	if (meeting_of(meeting, &own)) form.meeting = own.previous;
	if (form.meeting) TRY(meeting_made(db, a, model, actor, meeting, &form, &records, &n, err));
	*ret = n ? records[0] : NULL;
	return OK;
}

/* ---- Changed ---- */

struct changing {
	struct tx *tx;
	struct arena *a;
	const struct model *model;
	const struct actor *actor;
	struct id batch; /* of all that one act changes */
};

/* A small mend of one item, whoever proposed it. */
static enum code mend(struct changing *c, const struct record *item, const char *key, json_t *value, struct err *err)
{
	struct issues issues;
	json_t *values = json_keep(c->a, json_object());
	json_object_set_new(values, key, value);
	struct save save = {
		.actor = c->actor, .record = item->id, .values = values, .minor = true, .mends = true, .batch = c->batch
	};
	issues_init(&issues, c->a);
	enum code code = record_save(c->tx, c->a, c->model, &save, &issues, err);
	if (code == E_INPUT && issues.first) *err = issues.first->err;
	if (code == OK && save.changed) c->batch = save.batch;
	return code;
}

static enum code load(struct changing *c, const struct record *meeting, struct id id, struct meeting_form *form,
                      struct meeting_item **items, int *n, int *at, struct err *err)
{
	if (!meeting_item_form(c->model, meeting->form, form))
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(meeting_items(tx_db(c->tx), c->a, c->model, c->actor, meeting, items, n, err));
	for (*at = 0; *at < *n; (*at)++)
		if (id_equal((*items)[*at].record->id, id)) return OK;
	FAIL(err, E_NOT_FOUND, N_("This is not on the agenda any more."));
}

enum code meeting_move(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                       const struct record *meeting, struct id id, int by, struct err *err)
{
	struct changing c = { .tx = tx, .a = a, .model = model, .actor = actor };
	struct meeting_form form;
	struct meeting_item *items;
	int n, at;
	TRY(load(&c, meeting, id, &form, &items, &n, &at, err));
	if (form.rank == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	int to = MIN(MAX(at + by, 0), n - 1), step = to < at ? -1 : 1;
	struct meeting_item moved = items[at];
	for (; at != to; at += step) items[at] = items[at + step];
	items[to] = moved;
	for (int i = 0; i < n; i++)
		if (items[i].rank != i + 1)
			TRY(mend(&c, items[i].record, form.rank->key, json_string(arena_printf(a, "%d", i + 1)), err));
	return OK;
}

enum code meeting_settle(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                         const struct record *meeting, struct id id, bool done, struct err *err)
{
	struct changing c = { .tx = tx, .a = a, .model = model, .actor = actor };
	struct meeting_form form;
	struct meeting_item *items;
	int n, at;
	TRY(load(&c, meeting, id, &form, &items, &n, &at, err));
	if (form.state == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	const char *open = json_str(form.state->definition, "default");
	json_t *value = done ? json_string(form.done) : open ? json_string(open) : json_null();
	return mend(&c, items[at].record, form.state->key, value, err);
}

static enum code carry(struct changing *c, const struct record *from, struct id to, int *carried, struct err *err)
{
	struct meeting_form form;
	struct meeting_item *items;
	char id[ID_TEXT + 1];
	int n;
	if (!meeting_item_form(c->model, from->form, &form) || !form.meeting->many) return OK;
	TRY(meeting_items(tx_db(c->tx), c->a, c->model, c->actor, from, &items, &n, err));
	for (int i = 0; i < n; i++) {
		if (items[i].done || items[i].carried) continue;
		json_t *meetings = json_copy((json_t *)record_find_value(items[i].record, form.meeting, NULL));
		json_array_append_new(meetings, json_string(id_format(to, id)));
		TRY(mend(c, items[i].record, form.meeting->key, meetings, err));
		(*carried)++;
	}
	return OK;
}

enum code meeting_go_on(struct tx *tx, struct arena *a, const struct model *model, struct meeting_next *next,
                        struct issues *issues, struct err *err)
{
	const struct record *from = next->from;
	struct changing c = { .tx = tx, .a = a, .model = model, .actor = next->actor };
	struct meeting meeting;
	char id[ID_TEXT + 1];
	json_t *values = json_keep(a, json_object()), *told = json_keep(a, json_object());
	if (!meeting_of(from, &meeting)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	for (int i = 0; i < meeting.nkeep; i++) {
		const json_t *value = record_find_value(from, meeting.keep[i], NULL);
		if (value) json_object_set(values, meeting.keep[i]->key, (json_t *)value);
	}
	json_object_set_new(values, from->form->title->key, json_string(next->title));
	json_object_set(values, meeting.day->key, (json_t *)next->day);
	if (meeting.previous)
		json_object_set_new(values, meeting.previous->key, json_pack("[s]", id_format(from->id, id)));
	next->save = (struct save){ .actor = next->actor,
		                    .form = from->form,
		                    .space = from->space,
		                    .values = values,
		                    .state = STATE_PUBLISHED };
	TRY(record_save(tx, a, model, &next->save, issues, err));
	c.batch = next->save.batch;
	next->carried = 0;
	TRY(carry(&c, from, next->save.saved, &next->carried, err));
	if (meeting.next == NULL) return OK;
	json_object_set(told, meeting.next->key, (json_t *)next->day);
	struct save save = {
		.actor = next->actor, .record = from->id, .values = told, .minor = true, .batch = c.batch
	};
	return record_save(tx, a, model, &save, issues, err);
}
