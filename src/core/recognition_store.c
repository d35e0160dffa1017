#include "core/recognition.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/text.h"
#include "store/sql.h"

#define DAY_MS (24LL * 3600 * 1000)

/* One reading under way: people by their number. */
struct counting {
	struct arena *a;
	struct db *db;
	const struct model *model;
	const struct actor *actor;
	int64_t from, to;
	struct recognition *ret;
};

static struct recognised *person_of(struct counting *x, int64_t num)
{
	struct recognition *ret = x->ret;
	for (int i = 0; i < ret->n; i++)
		if (ret->people[i].person == num) return &ret->people[i];
	if (num == 0 || ret->n == RECOGNITION_PEOPLE) return NULL;
	ret->people[ret->n] = (struct recognised){ .person = num, .email = "" };
	return &ret->people[ret->n++];
}

/* "… AND the record is published, and readable". */
static void add_readable(struct sql *sql, const struct counting *x)
{
	sql_add(sql, " AND r.about IS NULL AND r.state IN (?, ?) AND ", (int)STATE_PUBLISHED, (int)STATE_ARCHIVED);
	rights_sql(sql, x->model, x->actor, ACTION_READ);
}

static enum code count_pages(struct counting *x, struct err *err)
{
	struct sql sql;
	AUTO(rows_release) struct rows rows = { 0 };
	sql_init(&sql, x->a);
	sql_add(&sql,
	        "SELECT r.created / 86400000, r.form, r.author, COUNT(*) FROM record r WHERE r.created >= ? AND r.created < ?",
	        x->from, x->to);
	add_readable(&sql, x);
	sql_add(&sql, " GROUP BY r.created / 86400000, r.form, r.author");
	TRY(sql_query(&sql, x->db, &rows, err));
	while (rows_next(&rows)) {
		int n = (int)row_int(&rows, 3);
		struct date day = date_from_days(row_int(&rows, 0));
		const struct form *form = model_form_by_num(x->model, row_int(&rows, 1));
		struct recognised *person = person_of(x, row_int(&rows, 2));
		x->ret->made += n;
		x->ret->months[day.month - 1] += n;
		if (form) x->ret->kinds[form - x->model->forms] += n;
		if (person) person->made += n;
	}
	return rows_end(&rows, err);
}

/* A page counts once for each person, however often she corrected it; her own do not. */
static enum code count_help(struct counting *x, struct err *err)
{
	struct sql sql;
	AUTO(rows_release) struct rows rows = { 0 };
	sql_init(&sql, x->a);
	sql_add(&sql,
	        "SELECT p.num, COUNT(DISTINCT o.rec) FROM obj o JOIN record r ON r.num = o.rec JOIN person p ON p.id = o.actor "
	        "WHERE o.hlc >= ? AND o.hlc < ? AND COALESCE(r.author, 0) <> p.num",
	        x->from << 16, x->to << 16);
	add_readable(&sql, x);
	sql_add(&sql, " GROUP BY p.num");
	TRY(sql_query(&sql, x->db, &rows, err));
	while (rows_next(&rows)) {
		struct recognised *person = person_of(x, row_int(&rows, 0));
		x->ret->helped += (int)row_int(&rows, 1);
		if (person) person->helped = (int)row_int(&rows, 1);
	}
	return rows_end(&rows, err);
}

static enum code count_comments(struct counting *x, struct err *err)
{
	struct sql sql;
	AUTO(rows_release) struct rows rows = { 0 };
	sql_init(&sql, x->a);
	sql_add(&sql,
	        "SELECT c.author, COUNT(*) FROM record c JOIN record r ON r.num = c.about WHERE c.created >= ? AND c.created < ? "
	        "AND c.state = ?",
	        x->from, x->to, (int)STATE_PUBLISHED);
	add_readable(&sql, x);
	sql_add(&sql, " GROUP BY c.author");
	TRY(sql_query(&sql, x->db, &rows, err));
	while (rows_next(&rows)) {
		struct recognised *person = person_of(x, row_int(&rows, 0));
		x->ret->comments += (int)row_int(&rows, 1);
		if (person) person->comments = (int)row_int(&rows, 1);
	}
	return rows_end(&rows, err);
}

static enum code count_thanks(struct counting *x, struct err *err)
{
	struct sql sql;
	AUTO(rows_release) struct rows rows = { 0 };
	sql_init(&sql, x->a);
	sql_add(&sql,
	        "SELECT COUNT(*) FROM thanks t JOIN record r ON r.num = t.record WHERE t.created >= ? AND t.created < ?",
	        x->from, x->to);
	add_readable(&sql, x);
	TRY(sql_query(&sql, x->db, &rows, err));
	if (rows_next(&rows)) x->ret->thanks = (int)row_int(&rows, 0);
	return rows_end(&rows, err);
}

/* Guests and who prefers it are not named; who is blocked neither. */
static enum code find_names(struct counting *x, struct err *err)
{
	for (int i = 0; i < x->ret->n; i++) {
		struct recognised *person = &x->ret->people[i];
		AUTO(rows_release) struct rows rows = { 0 };
		TRY(db_query(
		        x->db, &rows, err,
		        "SELECT p.name, COALESCE(p.email, '') FROM person p WHERE p.num = $1 AND p.level > $2 AND p.state = 0 AND NOT "
		        "EXISTS (SELECT 1 FROM unnamed u WHERE u.person = p.num)",
		        person->person, (int)LEVEL_VISITOR));
		if (rows_next(&rows)) {
			person->name = arena_strdup(x->a, row_text(&rows, 0));
			person->key = text_fold(x->a, person->name);
			person->email = arena_strdup(x->a, row_text(&rows, 1));
			x->ret->named++;
		}
		TRY(rows_end(&rows, err));
	}
	return OK;
}

static int by_name(const void *a, const void *b)
{
	const struct recognised *x = a, *y = b;
	if (x->name == NULL || y->name == NULL) return (x->name == NULL) - (y->name == NULL);
	int order = strcmp(x->key, y->key);
	return order ? order : (x->person > y->person) - (x->person < y->person);
}

enum code recognition_read(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           int64_t from, int64_t to, struct recognition *ret, struct err *err)
{
	struct counting x = { a, db, model, actor, from, to, ret };
	*ret = (struct recognition){ .kinds = arena_array(a, int, (size_t)model->nforms + 1),
		                     .people = arena_array(a, struct recognised, RECOGNITION_PEOPLE) };
	memset(ret->kinds, 0, ((size_t)model->nforms + 1) * sizeof(int));
	TRY(count_pages(&x, err));
	TRY(count_help(&x, err));
	TRY(count_comments(&x, err));
	TRY(count_thanks(&x, err));
	TRY(find_names(&x, err));
	qsort(ret->people, (size_t)ret->n, sizeof(*ret->people), by_name);
	return OK;
}

enum code recognition_begins(struct db *db, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err, "SELECT COALESCE(MIN(created), 0) FROM record");
}

enum code recognition_named(struct db *db, int64_t person, bool *ret, struct err *err)
{
	int64_t found;
	TRY(db_int(db, &found, 0, err, "SELECT COUNT(*) FROM unnamed WHERE person = $1", person));
	*ret = found == 0;
	return OK;
}

enum code recognition_name(struct tx *tx, int64_t person, bool named, struct err *err)
{
	tx_public(tx);
	if (named) return db_run(tx_db(tx), err, "DELETE FROM unnamed WHERE person = $1", person);
	return db_run(tx_db(tx), err,
	              "INSERT INTO unnamed (person, since) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING", person,
	              clock_now());
}

enum code recognition_thank(struct tx *tx, int64_t person, int year, bool *first, struct err *err)
{
	int64_t found;
	TRY(db_int(tx_db(tx), &found, 0, err, "SELECT COUNT(*) FROM gratitude WHERE person = $1 AND year = $2", person,
	           year));
	*first = found == 0;
	if (found) return OK;
	return db_run(tx_db(tx), err, "INSERT INTO gratitude (person, year, sent) VALUES ($1, $2, $3)", person, year,
	              clock_now());
}
