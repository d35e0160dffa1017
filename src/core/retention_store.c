#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "core/erasure.h"
#include "core/field_type.h"
#include "core/letter.h"
#include "core/person.h"
#include "core/reader.h"
#include "core/retention.h"
#include "store/sql.h"

#define DAY_MS (24LL * 3600 * 1000)

/* The day, `months` before `now`. */
static struct date limit_day(int64_t now, int months)
{
	return date_add_months(date_from_days(now / DAY_MS), -months);
}

static int64_t limit_ms(int64_t now, int months)
{
	return date_to_days(limit_day(now, months)) * DAY_MS + now % DAY_MS;
}

/* ---- Which ---- */

static void due_sql(struct sql *sql, const struct form *form, const struct retention *rule, int64_t now)
{
	char day[DATE_ISO_SIZE];
	/* What is erased is so wherever it stands: drafts and the trash too. */
	sql_add(sql,
	        " FROM record r WHERE r.form = ? AND r.about IS NULL AND (r.state = ? OR (r.state = ? AND ? = 1) OR ? = 1)",
	        form->num, (int)STATE_PUBLISHED, (int)STATE_ARCHIVED,
	        rule->from == NULL && rule->then != RETENTION_ARCHIVE ? 1 : 0, rule->then == RETENTION_ERASE ? 1 : 0);
	if (rule->from)
		sql_add(sql,
		        " AND EXISTS (SELECT 1 FROM field_value v JOIN field f ON f.num = v.field WHERE v.num = "
		        "r.num AND f.form = ? AND "
		        "f.key = ? AND v.key >= '0' AND v.key < ?)",
		        form->num, rule->from->key, date_iso(limit_day(now, rule->months), day));
	else sql_add(sql, " AND r.changed < ?", limit_ms(now, rule->months));
	/* Nobody's already. */
	if (rule->then == RETENTION_ANONYMISE)
		sql_add(sql, " AND EXISTS (SELECT 1 FROM obj o WHERE o.rec = r.num AND o.actor IS NOT NULL)");
}

static enum code count_due(struct db *db, struct arena *a, const struct form *form, const struct retention *rule,
                           int64_t now, int64_t *ret, struct err *err)
{
	struct sql sql;
	AUTO(rows_release) struct rows rows = { 0 };
	sql_init(&sql, a);
	sql_add(&sql, "SELECT COUNT(*)");
	due_sql(&sql, form, rule, now);
	TRY(sql_query(&sql, db, &rows, err));
	*ret = rows_next(&rows) ? row_int(&rows, 0) : 0;
	return rows_end(&rows, err);
}

enum code retention_due(struct db *db, struct arena *a, const struct form *form, const struct retention *rule,
                        int64_t now, int max, int64_t **ret, int *found, int64_t *n, struct err *err)
{
	struct sql sql;
	int64_t *nums = arena_array(a, int64_t, (size_t)max + 1);
	*found = 0;
	*n = 0;
	*ret = nums;
	if (rule->months == 0) return OK;
	TRY(count_due(db, a, form, rule, now, n, err));
	AUTO(rows_release) struct rows rows = { 0 };
	sql_init(&sql, a);
	sql_add(&sql, "SELECT r.num");
	due_sql(&sql, form, rule, now);
	sql_add(&sql, " ORDER BY r.changed, r.num LIMIT ?", max);
	TRY(sql_query(&sql, db, &rows, err));
	while (*found < max && rows_next(&rows)) nums[(*found)++] = row_int(&rows, 0);
	return rows_end(&rows, err);
}

/* ---- Telling her first ---- */

static const char *what_happens(struct arena *a, enum lang lang, const char *title, enum retention_then then)
{
	if (then == RETENTION_ERASE)
		return arena_printf(
		        a,
		        tr(lang, N_("Your page “%s” has reached the time that such pages are kept. In 30 days "
		                    "it is erased for ever, with its history and its files.")),
		        title);
	if (then == RETENTION_ARCHIVE)
		return arena_printf(a,
		                    tr(lang, N_("Your page “%s” has reached the time that such pages are kept. In "
		                                "30 days it is archived.")),
		                    title);
	if (then == RETENTION_TRASH)
		return arena_printf(a,
		                    tr(lang, N_("Your page “%s” has reached the time that such pages are kept. In "
		                                "30 days it goes to the trash, and is deleted a month later.")),
		                    title);
	return arena_printf(a,
	                    tr(lang, N_("Your page “%s” has reached the time that such pages are kept. In 30 days "
	                                "your name, its history and what is about persons leave it.")),
	                    title);
}

static const char *letter_words(struct arena *a, enum lang lang, const struct record *record,
                                const struct person *person, enum retention_then then, const char *site)
{
	const char *hello = arena_printf(a, tr(lang, N_("Hello %s,")), person->name);
	return arena_printf(
	        a, "%s\n\n%s\n\n%s\n\n-- \n%s\n", hello, what_happens(a, lang, record->title, then),
	        tr(lang, N_("It is of use still? Sign in and correct it, or ask the people who look after it.")), site);
}

/* Of what is confidential, a letter says only that it ends, and where it is. */
static const char *confidential_words(struct arena *a, enum lang lang, const struct record *record,
                                      const struct reader *reader, const char *site)
{
	char id[ID_TEXT + 1];
	const char *hello = arena_printf(a, tr(lang, N_("Hello %s,")), reader->name);
	return arena_printf(
	        a, "%s\n\n%s\n\n%s\n\n-- \n%s\n", hello,
	        arena_printf(a,
	                     tr(lang, N_("A confidential page that you read (number %s) has reached the time "
	                                 "that such pages are kept. In 30 days it is erased for ever, with its "
	                                 "history and its files.")),
	                     id_format(record->id, id)),
	        tr(lang, N_("It is of use still? Sign in and correct it: the time begins again.")), site);
}

static enum code write_readers(struct tx *tx, struct arena *a, const struct model *model, const struct record *record,
                               bool *any, struct err *err)
{
	struct label name = label_from_json(a, model_setting(model, "name"));
	struct reader *readers;
	int n;
	*any = false;
	TRY(reader_list(tx_db(tx), a, record->circle, &readers, &n, err));
	for (int i = 0; i < n; i++) {
		if (readers[i].ended || *readers[i].email == '\0') continue;
		enum lang lang = lang_parse(json_string_value(model_setting(model, "locale")), LANG_FR);
		TRY(letter_send(tx, readers[i].email, tr(lang, N_("A confidential page reaches its end")),
		                confidential_words(a, lang, record, &readers[i], label_text(&name, lang)), err));
		*any = true;
	}
	return OK;
}

static enum code write_her(struct tx *tx, struct arena *a, const struct model *model, const struct record *record,
                           const struct person *person, enum retention_then then, struct err *err)
{
	enum lang site = lang_parse(json_string_value(model_setting(model, "locale")), LANG_FR);
	enum lang lang = person->locale ? lang_parse(person->locale, site) : site;
	struct label name = label_from_json(a, model_setting(model, "name"));
	const char *subject = arena_printf(a, tr(lang, N_("A page of yours grows old: %s")), record->title);
	return letter_send(tx, person->email, subject,
	                   letter_words(a, lang, record, person, then, label_text(&name, lang)), err);
}

static enum code note_told(struct db *db, const struct record *record, struct err *err)
{
	return db_run(db, err,
	              "INSERT INTO retention_notice (record, created) VALUES ($1, $2) ON CONFLICT (record) DO UPDATE "
	              "SET created = excluded.created",
	              record->num, clock_now());
}

static enum code tell(struct tx *tx, struct arena *a, const struct model *model, const struct record *record,
                      const struct retention *rule, bool *told, struct err *err)
{
	struct person person;
	*told = false;
	if (record->circle) {
		TRY(write_readers(tx, a, model, record, told, err));
		return *told ? note_told(tx_db(tx), record, err) : OK;
	}
	if (record->author == 0 || person_load(tx_db(tx), a, record->author, &person, NULL) != OK) return OK;
	if (*person.email == '\0' || person.state != PERSON_ACTIVE) return OK;
	*told = true;
	TRY(note_told(tx_db(tx), record, err));
	return write_her(tx, a, model, record, &person, rule->then, err);
}

/* A notice from before the last change was about what it was then. */
static enum code must_wait(struct tx *tx, struct arena *a, const struct model *model, const struct record *record,
                           const struct retention *rule, bool *told, struct err *err)
{
	int64_t noticed;
	TRY(db_int(tx_db(tx), &noticed, 0, err,
	           "SELECT created FROM retention_notice WHERE record = $1 AND created >= $2", record->num,
	           record->changed));
	if (noticed == 0) return tell(tx, a, model, record, rule, told, err);
	*told = clock_now() < noticed + RETENTION_NOTICE_MS;
	return OK;
}

/* ---- Making it nobody's ---- */

static json_t *without_persons(struct arena *a, const struct record *record)
{
	json_t *values = json_keep(a, json_copy((json_t *)record->values));
	for (int i = 0; i < record->form->nfields; i++)
		if (field_is_personal(&record->form->fields[i]) && &record->form->fields[i] != record->form->title)
			json_object_del(values, record->form->fields[i].key);
	for (int i = 0; i < record->form->nretired; i++) json_object_del(values, record->form->retired[i].key);
	return values;
}

/* Its author and all who wrote in it are in headers, which stay: so it goes on as another record, without history.
 */
static enum code go_on(struct tx *tx, struct arena *a, const struct model *model, const struct record *record,
                       struct id *ret, struct err *err)
{
	struct record from = *record;
	struct issues issues;
	from.author = 0;
	struct save save = { .actor = &actor_program,
		             .form = record->form,
		             .space = record->space,
		             .from = &from,
		             .slug = record->slug,
		             .values = without_persons(a, record),
		             .state = STATE_PUBLISHED,
		             .mends = true };
	issues_init(&issues, a);
	enum code code = record_save(tx, a, model, &save, &issues, err);
	if (code == E_INPUT && issues.count) { /* answers that the form takes no more */
		for (const struct issue *i = issues.first; i; i = i->next)
			json_object_del((json_t *)save.values, i->field);
		issues_init(&issues, a);
		code = record_save(tx, a, model, &save, &issues, err);
	}
	TRY(code);
	*ret = save.saved;
	return record->state == STATE_ARCHIVED ? record_set_state(tx, a, model, &actor_program, save.saved,
	                                                          STATE_ARCHIVED, (struct id){ 0 }, err)
	                                       : OK;
}

static enum code anonymise(struct tx *tx, struct arena *a, const struct model *model, struct record *record,
                           struct err *err)
{
	struct db *db = tx_db(tx);
	struct id next;
	int64_t num;
	TRY(db_run(db, err, "UPDATE record SET slug = $1 WHERE num = $2",
	           arena_printf(a, "%s-%lld", record->form->key, (long long)record->num), record->num));
	TRY(go_on(tx, a, model, record, &next, err));
	TRY(db_int(db, &num, 0, err, "SELECT num FROM record WHERE id = $1", next));
	TRY(db_run(db, err, "UPDATE record SET about = $1 WHERE about = $2", num, record->num));
	TRY(db_run(db, err, "UPDATE record_slug SET record = $1 WHERE record = $2", num, record->num));
	TRY(db_run(db, err, "UPDATE record_moved SET target = $1 WHERE target = $2", next, record->id));
	TRY(db_run(db, err, "INSERT INTO record_moved (id, target, created) VALUES ($1, $2, $3)", record->id, next,
	           clock_now()));
	TRY(record_erase(tx, a, model, record, err));
	return erasure_ask_settle(tx, err);
}

enum code retention_apply(struct tx *tx, struct arena *a, const struct model *model, const struct retention *rule,
                          int64_t num, bool *told, struct err *err)
{
	struct record *record;
	TRY(record_load_num(tx_db(tx), a, model, &actor_program, num, &record, err));
	TRY(must_wait(tx, a, model, record, rule, told, err));
	if (*told) return OK;
	switch (rule->then) {
	case RETENTION_ARCHIVE:
		return record_set_state(tx, a, model, &actor_program, record->id, STATE_ARCHIVED, (struct id){ 0 },
		                        err);
	case RETENTION_TRASH:
		return record_set_state(tx, a, model, &actor_program, record->id, STATE_TRASH, (struct id){ 0 }, err);
	case RETENTION_ERASE: return erasure_record(tx, a, model, record->id, err);
	default: return anonymise(tx, a, model, record, err);
	}
}
