/* Records read from the database, as far as the actor may read them. */
#include "core/record.h"

#include <string.h>

#include "core/comment.h"
#include "core/part_store.h"
#include "core/reading.h"

/* Columns of a record and of one of its parts, which may be absent; and of what it stands below, if anything. */
#define COLUMNS                                                                                         \
	"r.num, r.id, r.form, r.space, r.slug, r.state, r.author, r.created, r.changed, p.audience, "   \
	"p.heads, p.content, p.conflict, r.about, s.author, s.state, r.circle, s.circle FROM record r " \
	"LEFT JOIN part p ON p.record = r.num LEFT JOIN record s ON s.num = r.about "

enum { MANY = 100 /* records asked for in one statement */ };

struct reading {
	struct arena *a;
	const struct model *model;
	const struct actor *actor;
};

static struct thing thing_of(const struct record *record, enum audience audience)
{
	struct thing thing = record_thing(record);
	thing.audience = audience;
	return thing;
}

/* Is what it stands below, in the same space, for this actor too? */
static bool stands_readable(const struct reading *x, const struct record *record, const struct rows *rows)
{
	struct thing below = { .kind = KIND_RECORD,
		               .space = record->space,
		               .author = row_int(rows, 14),
		               .state = (enum record_state)row_int(rows, 15),
		               .circle = record->about ? row_int(rows, 17) : 0 };
	return record->about == 0 || allowed(x->actor, ACTION_READ, &below);
}

/* NULL: not for this actor, or of a form or space that is gone. */
static struct record *read_record(const struct reading *x, const struct rows *rows)
{
	struct record *record = arena_new(x->a, struct record);
	record->num = row_int(rows, 0);
	record->id = row_id(rows, 1);
	record->form = model_form_by_num(x->model, row_int(rows, 2));
	record->space = model_space(x->model, row_int(rows, 3));
	record->slug = arena_strdup(x->a, row_text(rows, 4));
	record->state = (enum record_state)row_int(rows, 5);
	record->author = row_int(rows, 6);
	record->created = row_int(rows, 7);
	record->changed = row_int(rows, 8);
	record->about = row_int(rows, 13);
	record->circle = row_int(rows, 16);
	if (record->form == NULL || record->space == NULL || !stands_readable(x, record, rows)) return NULL;
	struct thing thing = thing_of(record, AUDIENCE_PUBLIC);
	if (!allowed(x->actor, ACTION_READ, &thing)) return NULL;
	if (record->circle && record->about == 0) reading_note(x->actor, record->id, record->form->num);
	return record;
}

/* Values that stand in a wider part than they are for now are kept from that part's readers. */
static void hide_narrowed(const struct reading *x, const struct record *record, enum audience audience,
                          struct part *part)
{
	const struct form *form = record->form;
	for (int i = 0; i < form->nfields + form->nretired; i++) {
		const struct field *field = i < form->nfields ? &form->fields[i] : &form->retired[i - form->nfields];
		struct thing thing = thing_of(record, field->audience);
		if (field->audience <= audience || allowed(x->actor, ACTION_READ, &thing)) continue;
		json_object_del((json_t *)part->values, field->key);
		json_object_del((json_t *)part->conflict, field->key);
	}
	if (json_object_size(part->conflict) == 0) part->conflict = NULL;
}

static enum code read_part(const struct reading *x, const struct rows *rows, struct record *record, struct err *err)
{
	if (row_is_null(rows, 9)) return OK;
	enum audience audience = (enum audience)row_int(rows, 9);
	struct thing thing = thing_of(record, audience);
	struct part *part = &record->parts[audience];
	/* Where only that it exists is told, nothing of it is read: its name is its address. */
	if (record->circle && x->actor->readings && x->actor->readings->way == WAY_NOTICE) return OK;
	if (!allowed(x->actor, ACTION_READ, &thing)) return OK;
	TRY(part_read(x->a, row_blob(rows, 10), row_text(rows, 11), row_text(rows, 12), part, err));
	hide_narrowed(x, record, audience, part);
	return OK;
}

/* All that is readable, together. */
static void join_parts(const struct reading *x, struct record *record)
{
	json_t *values = json_keep(x->a, json_object());
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		const struct part *part = &record->parts[i];
		if (!part->present) continue;
		json_object_update(values, (json_t *)part->values);
		record->conflict |= part->conflict != NULL;
	}
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = record_find_value(record, field, NULL);
		if (value) json_object_set(values, field->key, (json_t *)value);
	}
	record->values = values;
	const char *title = record->about ? comment_title(x->a, values) : json_str(values, record->form->title->key);
	record->title = title ? title : record->slug;
}

/* Reads rows in which those of one record follow each other; at most `max` readable records. */
static enum code read_all(const struct reading *x, struct rows *rows, struct record **ret, int max, int *n,
                          struct err *err)
{
	int64_t num = 0;
	struct record *record = NULL;
	int found = 0;
	while (found < max || record) {
		if (!rows_next(rows)) break;
		if (row_int(rows, 0) != num) {
			if (found == max) break;
			num = row_int(rows, 0);
			record = read_record(x, rows);
			if (record) ret[found++] = record;
		}
		if (record) TRY(read_part(x, rows, record, err));
	}
	TRY(rows_end(rows, err));
	for (int i = 0; i < found; i++) join_parts(x, ret[i]);
	*n = found;
	return OK;
}

static enum code read_one(const struct reading *x, struct rows *rows, struct record **ret, struct err *err)
{
	struct record *record;
	int n;
	TRY(read_all(x, rows, &record, 1, &n, err));
	if (n == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = record;
	return OK;
}

enum code record_load(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                      struct id id, struct record **ret, struct err *err)
{
	struct reading x = { a, model, actor };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " COLUMNS "WHERE r.id = COALESCE((SELECT target FROM record_moved WHERE id = $1), $1) "
	             "ORDER BY p.audience",
	             id));
	return read_one(&x, &rows, ret, err);
}

enum code record_load_num(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                          int64_t num, struct record **ret, struct err *err)
{
	struct reading x = { a, model, actor };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS "WHERE r.num = $1 ORDER BY p.audience", num));
	return read_one(&x, &rows, ret, err);
}

enum code record_load_slug(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           const struct space *space, const char *slug, struct record **ret, struct err *err)
{
	int64_t num, former;
	TRY(db_int(db, &num, 0, err, "SELECT num FROM record WHERE space = $1 AND slug = $2", space->num, slug));
	TRY(db_int(db, &former, 0, err, "SELECT record FROM record_slug WHERE space = $1 AND slug = $2", space->num,
	           slug));
	/* Both: it moved to another space, and its former self is in the trash. */
	num = former ? former : num;
	return record_load_num(db, a, model, actor, num, ret, err);
}

static enum code load_some(struct db *db, const struct reading *x, const int64_t *nums, int n, struct record **ret,
                           int *nret, struct err *err)
{
	struct sql sql;
	sql_init(&sql, x->a);
	sql_add(&sql, "SELECT " COLUMNS "WHERE r.num IN (?", nums[0]);
	for (int i = 1; i < n; i++) sql_add(&sql, ", ?", nums[i]);
	sql_add(&sql, ") ORDER BY r.num, p.audience");
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	return read_all(x, &rows, ret, n, nret, err);
}

static int by_num(const void *a, const void *b)
{
	const struct record *const *x = a, *const *y = b;
	return (*x)->num < (*y)->num ? -1 : (*x)->num > (*y)->num;
}

enum code record_load_many(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           const int64_t *nums, int n, struct record ***ret, int *nret, struct err *err)
{
	struct reading x = { a, model, actor };
	struct record **found = arena_array(a, struct record *, (size_t)n + 1);
	struct record **ordered = arena_array(a, struct record *, (size_t)n + 1);
	int nfound = 0, nordered = 0;
	for (int i = 0; i < n; i += MANY) {
		int some;
		TRY(load_some(db, &x, nums + i, MIN(n - i, (int)MANY), found + nfound, &some, err));
		nfound += some;
	}
	qsort(found, (size_t)nfound, sizeof(struct record *), by_num);
	for (int i = 0; i < n; i++) {
		struct record wanted = { .num = nums[i] }, *key = &wanted;
		struct record **at = bsearch(&key, found, (size_t)nfound, sizeof(struct record *), by_num);
		if (at) ordered[nordered++] = *at;
	}
	*ret = ordered;
	*nret = nordered;
	return OK;
}
