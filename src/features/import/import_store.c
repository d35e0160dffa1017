#include <string.h>

#include "core/field_type.h"
#include "features/import/import.h"
#include "features/import/import_row.h"

/* What this row brought last time: the record, and its values then. */
static enum code remembered(struct db *db, struct arena *a, const struct import_item *item, int64_t *record,
                            json_t **values, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT record, brought FROM import_row WHERE source = $1 AND key = $2",
	             item->source, item->key));
	*record = 0;
	*values = json_keep(a, json_object());
	if (rows_next(&rows)) {
		const char *text = row_text(&rows, 1);
		*record = row_int(&rows, 0);
		TRY(json_parse(a, text, strlen(text), values, err));
	}
	return rows_end(&rows, err);
}

/* Only what differs from last time; what the row no longer says becomes null. */
static json_t *difference(struct arena *a, const json_t *before, const json_t *now)
{
	json_t *changed = json_keep(a, json_object());
	const char *key;
	json_t *value;
	json_object_foreach ((json_t *)now, key, value)
		if (!json_equal(value, json_object_get(before, key))) json_object_set(changed, key, value);
	json_object_foreach ((json_t *)before, key, value)
		if (json_object_get(now, key) == NULL) json_object_set_new(changed, key, json_null());
	return changed;
}

/* A rehearsal keeps no picture and no file: those of last time stand for them. */
static const json_t *with_files(struct arena *a, const struct import_item *item, const json_t *before)
{
	static const char *const types[] = { "images", "media", "files" };
	json_t *values = json_keep(a, json_copy((json_t *)item->values)), *value;
	const char *key;
	json_object_foreach ((json_t *)before, key, value) {
		const struct field *field = form_field(item->form, key);
		for (size_t i = 0; field && i < COUNT(types); i++)
			if (strcmp(field->type->name, types[i]) == 0) json_object_set(values, key, value);
	}
	return values;
}

/* Nothing differs: it is where it was, unless it was thrown away since. */
static enum code revive(struct tx *tx, struct arena *a, const struct model *model, const struct import_item *item,
                        const struct record *record, enum import_outcome *ret, struct err *err)
{
	bool gone = record->state == STATE_TRASH;
	const struct actor *actor = item->actor ? item->actor : &actor_program;
	if (gone) TRY(record_set_state(tx, a, model, actor, record->id, STATE_PUBLISHED, item->batch, err));
	*ret = gone ? IMPORT_CHANGED : IMPORT_UNCHANGED;
	return OK;
}

enum code import_item(struct tx *tx, struct arena *a, const struct model *model, struct import_item *item,
                      struct issues *issues, enum import_outcome *ret, struct err *err)
{
	int64_t num;
	json_t *before;
	TRY(remembered(tx_db(tx), a, item, &num, &before, err));
	struct save save = { .actor = item->actor ? item->actor : &actor_program,
		             .batch = item->batch,
		             .form = item->form,
		             .space = item->space,
		             .slug = item->slug,
		             .state = item->draft ? STATE_DRAFT : STATE_PUBLISHED };
	save.values = difference(a, before, item->without_files ? with_files(a, item, before) : item->values);
	enum import_outcome outcome = num ? IMPORT_CHANGED : IMPORT_CREATED;
	if (num && json_object_size(save.values) == 0 && !item->revives) {
		*ret = IMPORT_UNCHANGED;
		return OK;
	}
	if (num) {
		struct record *record;
		TRY(record_load_num(tx_db(tx), a, model, &actor_program, num, &record, err));
		if (json_object_size(save.values) == 0) return revive(tx, a, model, item, record, ret, err);
		save.record = record->id;
		save.slug = NULL; /* people may have given it another address */
	}
	TRY(record_save(tx, a, model, &save, issues, err));
	TRY(db_run(tx_db(tx), err,
	           "INSERT INTO import_row (source, key, record, brought) "
	           "SELECT $1, $2, num, $3 FROM record WHERE id = $4 "
	           "ON CONFLICT (source, key) DO UPDATE SET brought = excluded.brought",
	           item->source, item->key, json_text(a, item->values), save.saved));
	item->saved = save.saved;
	*ret = outcome;
	return OK;
}

enum code import_withdraw(struct tx *tx, struct arena *a, const struct model *model, const struct import_item *item,
                          bool *gone, struct err *err)
{
	const struct actor *actor = item->actor ? item->actor : &actor_program;
	struct record *record;
	int64_t num;
	json_t *before;
	*gone = false;
	TRY(remembered(tx_db(tx), a, item, &num, &before, err));
	if (num == 0) return OK;
	enum code code = record_load_num(tx_db(tx), a, model, actor, num, &record, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	if (record->state != STATE_PUBLISHED) return OK;
	TRY(record_set_state(tx, a, model, actor, record->id, STATE_TRASH, item->batch, err));
	*gone = true;
	return OK;
}

enum code import_record(struct db *db, const char *source, const char *key, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err, "SELECT record FROM import_row WHERE source = $1 AND key = $2", source, key);
}

/* Those of one import were made then, or have a revision of its. */
#define OF_ORIGIN                                                                                        \
	"i.source = $1 AND ($2 = 0 OR r.created BETWEEN $4 AND $5 OR EXISTS (SELECT 1 FROM obj o WHERE " \
	"o.rec = i.record AND o.save = $3))"

enum code import_count(struct db *db, const struct import_origin *origin, int *ret, struct err *err)
{
	int64_t count;
	TRY(db_int(db, &count, 0, err,
	           "SELECT COUNT(*) FROM import_row i JOIN record r ON r.num = i.record WHERE " OF_ORIGIN,
	           origin->source, (int)!id_is_zero(origin->batch), origin->batch, origin->from, origin->until));
	*ret = (int)count;
	return OK;
}

enum code import_made(struct db *db, struct arena *a, const struct import_origin *origin, int from, int max,
                      struct import_row **ret, int *n, struct err *err)
{
	struct import_row *list = arena_array(a, struct import_row, (size_t)max + 1);
	const bool ever = id_is_zero(origin->batch);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT r.id, r.num, r.created, (SELECT COUNT(*) FROM obj WHERE obj.rec = r.num AND obj.actor IS "
	        "NOT NULL AND obj.save <> $3) + (SELECT COUNT(*) FROM record c WHERE c.about = r.num AND COALESCE(c.author, 0) <> "
	        "0) FROM import_row i JOIN record r ON r.num = i.record WHERE " OF_ORIGIN
	        " ORDER BY r.num LIMIT $6 OFFSET $7",
	        origin->source, (int)!ever, origin->batch, origin->from, origin->until, max, from));
	*n = 0;
	while (*n < max && rows_next(&rows)) {
		const int64_t created = row_int(&rows, 2);
		list[(*n)++] = (struct import_row){ .record = row_id(&rows, 0),
			                            .num = row_int(&rows, 1),
			                            .made = ever ||
			                                    (created >= origin->from && created <= origin->until),
			                            .touched = row_int(&rows, 3) > 0 };
	}
	TRY(rows_end(&rows, err));
	*ret = list;
	return OK;
}

enum code import_follow(struct tx *tx, struct arena *a, const char *source, const struct record *was,
                        const struct record *is, struct err *err)
{
	json_t *brought = NULL;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(tx_db(tx), &rows, err, "SELECT brought FROM import_row WHERE source = $1 AND record = $2", source,
	             is->num));
	if (rows_next(&rows)) {
		const char *text = row_text(&rows, 0);
		TRY(json_parse(a, text, strlen(text), &brought, err));
	}
	TRY(rows_end(&rows, err));
	if (brought == NULL) return OK;
	for (int i = 0; i < is->form->nfields; i++) {
		const struct field *field = &is->form->fields[i];
		json_t *before = (json_t *)record_find_value(was, field, NULL),
		       *now = (json_t *)record_find_value(is, field, NULL);
		if (before == now || (before && now && json_equal(before, now))) continue;
		if (now) json_object_set(brought, field->key, now);
		else json_object_del(brought, field->key);
	}
	return db_run(tx_db(tx), err, "UPDATE import_row SET brought = $3 WHERE source = $1 AND record = $2", source,
	              is->num, json_text(a, brought));
}

enum code import_sources(struct db *db, struct arena *a, const char *begins, struct import_source **ret, int *n,
                         struct err *err)
{
	enum { SOURCES = 100 };
	struct import_source *list = arena_array(a, struct import_source, SOURCES);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT i.source, COUNT(*) FROM import_row i JOIN record r ON r.num = i.record "
	             "WHERE SUBSTR(i.source, 1, CAST($1 AS INTEGER)) = $2 GROUP BY i.source ORDER BY i.source",
	             (int)strlen(begins), begins));
	for (*n = 0; *n < SOURCES && rows_next(&rows); (*n)++)
		list[*n] = (struct import_source){ arena_strdup(a, row_text(&rows, 0)), (int)row_int(&rows, 1) };
	*ret = list;
	return rows_end(&rows, err);
}
