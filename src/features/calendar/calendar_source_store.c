#include <string.h>

#include "base/clock.h"
#include "features/calendar/calendar_source.h"

#define COLUMNS                                                                                                   \
	"num, url, title, form, space, COALESCE(person, 0), paused, created, tried, done, failed, said, result, " \
	"etag, modified "

static const char *text_of(struct arena *a, const struct rows *rows, int column)
{
	return row_is_null(rows, column) ? NULL : arena_strdup(a, row_text(rows, column));
}

/* What is not read as such was kept by nobody: it says nothing. */
static const json_t *said_of(struct arena *a, const char *text)
{
	struct err ignored;
	json_t *said;
	return text && json_parse(a, text, strlen(text), &said, &ignored) == OK && json_is_object(said) ? said : NULL;
}

static enum code read_row(struct arena *a, const struct rows *rows, struct calendar_source *ret, struct err *err)
{
	const char *result = row_text(rows, 12);
	json_t *parsed;
	TRY(json_parse(a, result, strlen(result), &parsed, err));
	*ret = (struct calendar_source){
		.num = row_int(rows, 0),
		.url = text_of(a, rows, 1),
		.title = text_of(a, rows, 2),
		.form = row_int(rows, 3),
		.space = row_int(rows, 4),
		.person = row_int(rows, 5),
		.paused = row_int(rows, 6) != 0,
		.created = row_int(rows, 7),
		.tried = row_int(rows, 8),
		.done = row_int(rows, 9),
		.failed = (int)row_int(rows, 10),
		.said = said_of(a, text_of(a, rows, 11)),
		.result = parsed,
		.etag = text_of(a, rows, 13),
		.modified = text_of(a, rows, 14),
	};
	return OK;
}

static enum code read_rows(struct rows *rows, struct arena *a, struct calendar_source **ret, int *n, struct err *err)
{
	struct calendar_source *list = arena_array(a, struct calendar_source, SOURCE_MAX + 1);
	*n = 0;
	while (*n < SOURCE_MAX && rows_next(rows)) TRY(read_row(a, rows, &list[(*n)++], err));
	*ret = list;
	return rows_end(rows, err);
}

enum code source_list(struct db *db, struct arena *a, struct calendar_source **ret, int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS "FROM calendar_source ORDER BY created, num"));
	return read_rows(&rows, a, ret, n, err);
}

enum code source_load(struct db *db, struct arena *a, int64_t num, struct calendar_source *ret, struct err *err)
{
	struct calendar_source *list;
	int n;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS "FROM calendar_source WHERE num = $1", num));
	TRY(read_rows(&rows, a, &list, &n, err));
	if (n == 0) FAIL(err, E_NOT_FOUND, N_("This calendar is no longer followed."));
	*ret = list[0];
	return OK;
}

enum code source_of_record(struct db *db, struct arena *a, int64_t record, struct calendar_source **ret, int *n,
                           struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " COLUMNS
	             "FROM calendar_source WHERE num IN (SELECT source FROM calendar_item WHERE record = $1) "
	             "ORDER BY num",
	             record));
	return read_rows(&rows, a, ret, n, err);
}

enum code source_ask(struct tx *tx, int64_t num, struct err *err)
{
	json_t *payload = json_pack("{s:I}", "source", (json_int_t)num);
	enum code code = job_add_once(tx, "calendar", payload, clock_now(), err);
	json_decref(payload);
	return code;
}

enum code source_add(struct tx *tx, struct arena *a, const struct calendar_source *source, int64_t *num,
                     struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t n = 0, same = 0;
	(void)a;
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM calendar_source"));
	if (n >= SOURCE_MAX)
		FAIL(err, E_LIMIT, N_("The site follows %d calendars already: take one out first."), SOURCE_MAX);
	TRY(db_int(db, &same, 0, err,
	           "SELECT COUNT(*) FROM calendar_source WHERE url = $1 AND form = $2 AND space = $3", source->url,
	           source->form, source->space));
	if (same) FAIL(err, E_CONFLICT, N_("This calendar is followed already."));
	TRY(db_int(
	        db, num, 0, err,
	        "INSERT INTO calendar_source (url, title, form, space, person, paused, created, tried, done, failed, result) "
	        "VALUES ($1, $2, $3, $4, $5, 0, $6, 0, 0, 0, '{}') RETURNING num",
	        source->url, source->title, source->form, source->space, source->person, clock_now()));
	return source_ask(tx, *num, err);
}

enum code source_pause(struct tx *tx, int64_t num, bool paused, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE calendar_source SET paused = $1, failed = 0, said = NULL WHERE num = $2",
	              paused ? 1 : 0, num);
}

enum code source_tried(struct tx *tx, struct arena *a, const struct calendar_source *s, struct err *err)
{
	return db_run(
	        tx_db(tx), err,
	        "UPDATE calendar_source SET title = $1, tried = $2, done = $3, failed = $4, said = $5, result = $6, "
	        "etag = $7, modified = $8, paused = CASE WHEN $4 >= $9 THEN 1 ELSE paused END WHERE num = $10",
	        s->title, s->tried, s->done, s->failed, s->said ? json_text(a, s->said) : NULL, json_text(a, s->result),
	        s->etag, s->modified, (int)SOURCE_FAILURES, s->num);
}

enum code source_note(struct tx *tx, int64_t source, const char *uid, const char *import, int64_t tried,
                      struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO calendar_item (source, uid, record, tried) "
	              "SELECT $1, $2, record, $3 FROM import_row WHERE source = $4 AND key = $2 "
	              "ON CONFLICT (source, uid) DO UPDATE SET tried = excluded.tried, record = excluded.record",
	              source, uid, tried, import);
}

enum code source_gone(struct tx *tx, struct arena *a, int64_t source, int64_t tried, const char ***ret, int *n,
                      struct err *err)
{
	const char **uids = arena_array(a, const char *, SOURCE_EVENTS);
	AUTO(rows_release) struct rows rows = { 0 };
	*n = 0;
	TRY(db_query(tx_db(tx), &rows, err,
	             "SELECT uid FROM calendar_item i WHERE source = $1 AND tried < $2 AND NOT EXISTS (SELECT 1 FROM "
	             "calendar_item o WHERE o.record = i.record AND o.source <> i.source) ORDER BY uid LIMIT $3",
	             source, tried, (int)SOURCE_EVENTS));
	while (rows_next(&rows)) uids[(*n)++] = arena_strdup(a, row_text(&rows, 0));
	TRY(rows_end(&rows, err));
	*ret = uids;
	return db_run(tx_db(tx), err, "DELETE FROM calendar_item WHERE source = $1 AND tried < $2", source, tried);
}

enum code source_events(struct db *db, int64_t num, int *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(
	        db, &n, 0, err,
	        "SELECT COUNT(*) FROM calendar_item i WHERE source = $1 AND NOT EXISTS (SELECT 1 FROM calendar_item o "
	        "WHERE o.record = i.record AND o.source <> i.source)",
	        num));
	*ret = (int)n;
	return OK;
}

/* Events that it alone brings. */
static enum code trash_events(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                              int64_t num, struct err *err)
{
	int64_t *nums = arena_array(a, int64_t, SOURCE_EVENTS);
	struct id batch = id_new();
	int n = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        tx_db(tx), &rows, err,
	        "SELECT record FROM calendar_item i WHERE source = $1 AND NOT EXISTS (SELECT 1 FROM calendar_item o "
	        "WHERE o.record = i.record AND o.source <> i.source) LIMIT $2",
	        num, (int)SOURCE_EVENTS));
	while (rows_next(&rows)) nums[n++] = row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	for (int i = 0; i < n; i++) {
		struct record *record;
		enum code code = record_load_num(tx_db(tx), a, model, actor, nums[i], &record, err);
		if (code == E_NOT_FOUND) continue;
		TRY(code);
		if (record->state == STATE_PUBLISHED)
			TRY(record_set_state(tx, a, model, actor, record->id, STATE_TRASH, batch, err));
	}
	return OK;
}

enum code source_remove(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                        int64_t num, bool with_events, struct err *err)
{
	if (with_events) {
		TRY(trash_events(tx, a, model, actor, num, err));
		tx_public(tx);
	}
	return db_run(tx_db(tx), err, "DELETE FROM calendar_source WHERE num = $1", num);
}
