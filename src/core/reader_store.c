#include "core/reader.h"

#include "base/clock.h"

int64_t circle_of_form(const struct form *form)
{
	return form->confidential ? form->num : 0;
}

int64_t circle_of_record(const struct record *record)
{
	return -record->num;
}

enum code reader_list(struct db *db, struct arena *a, int64_t circle, struct reader **ret, int *n, struct err *err)
{
	struct reader *all = arena_array(a, struct reader, READERS_MAX + 1);
	int64_t now = clock_now();
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT d.person, p.id, p.name, p.email, d.until, d.created, b.name FROM reader d JOIN person p ON "
	        "p.num = d.person LEFT JOIN person b ON b.num = d.named_by WHERE d.circle = $1 ORDER BY p.name, p.num",
	        circle));
	while (found < READERS_MAX && rows_next(&rows)) {
		struct reader *one = &all[found++];
		*one = (struct reader){ .person = row_int(&rows, 0),
			                .id = row_id(&rows, 1),
			                .name = arena_strdup(a, row_text(&rows, 2)),
			                .email = row_is_null(&rows, 3) ? "" : arena_strdup(a, row_text(&rows, 3)),
			                .until = row_int(&rows, 4),
			                .created = row_int(&rows, 5),
			                .named_by = row_is_null(&rows, 6) ? NULL
			                                                  : arena_strdup(a, row_text(&rows, 6)) };
		one->ended = one->until && one->until <= now;
	}
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code reader_circles(struct db *db, struct arena *a, int64_t person, struct actor_circle **ret, int *n,
                         struct err *err)
{
	int64_t count = 0, now = clock_now();
	int found = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM reader WHERE person = $1", person));
	struct actor_circle *all = arena_array(a, struct actor_circle, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT circle, form FROM reader WHERE person = $1 AND (until = 0 OR until > $2) ORDER BY circle",
	             person, now));
	while (found < count && rows_next(&rows))
		all[found++] = (struct actor_circle){ row_int(&rows, 0), row_int(&rows, 1) };
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code reader_name(struct tx *tx, const struct actor *actor, const struct form *form, int64_t circle, int64_t person,
                      int64_t until, struct err *err)
{
	int64_t n;
	TRY(db_int(tx_db(tx), &n, 0, err, "SELECT COUNT(*) FROM reader WHERE circle = $1 AND person <> $2", circle,
	           person));
	if (n >= READERS_MAX) FAIL(err, E_LIMIT, N_("At most %d persons are named in one place."), READERS_MAX);
	TRY(db_run(tx_db(tx), err, "UPDATE reader SET until = $1 WHERE form = $2 AND person = $3", until, circle,
	           person));
	return db_run(
	        tx_db(tx), err,
	        "INSERT INTO reader (circle, person, form, until, named_by, created) VALUES ($1, $2, $3, $4, $5, $6) "
	        "ON CONFLICT (circle, person) DO UPDATE SET until = excluded.until, named_by = excluded.named_by, "
	        "created = excluded.created",
	        circle, person, form->num, until, actor->person ? value_int(actor->person) : value_text(NULL),
	        clock_now());
}

enum code reader_remove(struct tx *tx, int64_t circle, int64_t person, struct err *err)
{
	/* A form's number is its circle: who goes from it goes from its records too. */
	return db_run(tx_db(tx), err, "DELETE FROM reader WHERE (circle = $1 OR form = $1) AND person = $2", circle,
	              person);
}

enum code reader_narrow(struct tx *tx, const struct record *record, bool own, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t circle = own ? circle_of_record(record) : circle_of_form(record->form);
	if (circle_of_form(record->form) == 0)
		FAIL(err, E_INPUT, N_("Only a confidential page has readers named one by one."));
	if (own)
		TRY(db_run(
		        db, err,
		        "INSERT INTO reader (circle, person, form, until, named_by, created) SELECT $1, person, form, "
		        "until, named_by, created FROM reader WHERE circle = $2 AND (until = 0 OR until > $3) "
		        "ON CONFLICT (circle, person) DO NOTHING",
		        circle, circle_of_form(record->form), clock_now()));
	else TRY(db_run(db, err, "DELETE FROM reader WHERE circle = $1", circle_of_record(record)));
	/* What stands below it goes along. */
	return db_run(db, err, "UPDATE record SET circle = $1 WHERE num = $2 OR about = $2", circle, record->num);
}

enum code reader_narrowed(struct db *db, struct arena *a, const struct form *form, int max, struct narrowed **ret,
                          int *n, struct err *err)
{
	struct narrowed *all = arena_array(a, struct narrowed, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num, id FROM record WHERE form = $1 AND circle < 0 ORDER BY num LIMIT $2",
	             form->num, max));
	while (found < max && rows_next(&rows)) all[found++] = (struct narrowed){ row_int(&rows, 0), row_id(&rows, 1) };
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code reader_form_changed(struct tx *tx, int64_t form, bool before, bool after, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t n;
	if (before == after) return OK;
	if (after) {
		TRY(db_run(db, err,
		           "UPDATE record SET circle = $1 WHERE circle = 0 AND (form = $1 OR about IN (SELECT num FROM "
		           "record WHERE form = $1))",
		           form));
		/* Their addresses held their titles. */
		TRY(db_run(db, err, "DELETE FROM record_slug WHERE record IN (SELECT num FROM record WHERE form = $1)",
		           form));
		return db_run(
		        db, err,
		        "UPDATE record SET slug = (SELECT key FROM definition WHERE num = $1) || '--' || num WHERE form = "
		        "$1",
		        form);
	}
	/* Else whoever shapes forms would read them by a click. */
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM record WHERE form = $1", form));
	if (n)
		FAIL(err, E_INPUT,
		     N_("A form that has confidential pages stays confidential: erase them first (drafts and the trash "
		        "count too)."));
	return db_run(db, err, "DELETE FROM reader WHERE form = $1", form);
}
