#include <string.h>

#include "base/clock.h"
#include "core/signup.h"

#define DAY_MS (24LL * 3600 * 1000)

#define COLUMNS                                                                                                    \
	"s.num, s.record, s.person, s.entered_by, s.day, COALESCE(p.name, s.name), s.email, p.locale, CASE WHEN "  \
	"p.level = 0 THEN 1 ELSE 0 END, s.adults, s.children, s.answers, s.named, s.state, COALESCE(s.came, -1), " \
	"s.since, s.begins, s.reminded, COALESCE(p.email, '') FROM signup s LEFT JOIN person p ON p.num = s.person "

_Static_assert(LEVEL_VISITOR == 0 && SIGNUP_IN == 0 && SIGNUP_WAITING == 1, "the numbers in SQL here");

static struct signup read_row(struct arena *a, const struct rows *rows)
{
	json_t *answers = NULL;
	struct err none;
	const char *text = row_text(rows, 11);
	if (json_parse(a, text, strlen(text), &answers, &none) != OK) answers = NULL;
	const char *email = arena_strdup(a, row_text(rows, 6)), *account = arena_strdup(a, row_text(rows, 18));
	return (struct signup){ .num = row_int(rows, 0),
		                .record = row_int(rows, 1),
		                .person = row_int(rows, 2),
		                .entered_by = row_int(rows, 3),
		                .day = arena_strdup(a, row_text(rows, 4)),
		                .name = arena_strdup(a, row_text(rows, 5)),
		                .email = email,
		                .address = *email ? email : account,
		                .locale = row_is_null(rows, 7) ? NULL : arena_strdup(a, row_text(rows, 7)),
		                .guest = row_int(rows, 8) != 0,
		                .adults = (int)row_int(rows, 9),
		                .children = (int)row_int(rows, 10),
		                .answers = answers,
		                .named = row_int(rows, 12) != 0,
		                .state = (enum signup_state)row_int(rows, 13),
		                .came = (int)row_int(rows, 14),
		                .since = row_int(rows, 15),
		                .begins = row_int(rows, 16),
		                .reminded = row_int(rows, 17) != 0 };
}

static int size_of(const struct signup *signup)
{
	return signup->adults + signup->children;
}

enum code signup_read(struct db *db, struct arena *a, int64_t record, const char *day, bool all,
                      struct signup_list *ret, struct err *err)
{
	struct signup_list list = { 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	struct signup *found = arena_array(a, struct signup, SIGNUP_ROWS_MAX);
	TRY(db_query(db, &rows, err,
	             "SELECT " COLUMNS
	             "WHERE s.record = $1 AND s.day = $2 AND s.state <= $3 ORDER BY s.since, s.num LIMIT "
	             "$4",
	             record, day, all ? (int)SIGNUP_OFF : (int)SIGNUP_WAITING, (int)SIGNUP_ROWS_MAX));
	while (list.n < SIGNUP_ROWS_MAX && rows_next(&rows)) {
		struct signup *signup = &found[list.n++];
		*signup = read_row(a, &rows);
		if (signup->state == SIGNUP_IN) list.taken += size_of(signup);
		if (signup->state == SIGNUP_WAITING) list.waiting += size_of(signup);
		if (signup->came >= 0) {
			list.came += signup->came;
			list.noted++;
		}
	}
	TRY(rows_end(&rows, err));
	list.rows = found;
	*ret = list;
	return OK;
}

enum code signup_count(struct db *db, int64_t record, const char *day, struct signup_count *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	struct signup_count count = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT SUM(CASE WHEN state = 0 THEN adults + children ELSE 0 END), SUM(CASE WHEN state = 1 THEN "
	             "adults + children ELSE 0 END), SUM(COALESCE(came, 0)) FROM signup WHERE record = $1 AND day = $2 "
	             "AND state <= 1",
	             record, day));
	if (rows_next(&rows)) {
		count.taken = (int)row_int(&rows, 0);
		count.waiting = (int)row_int(&rows, 1);
		count.came = (int)row_int(&rows, 2);
	}
	TRY(rows_end(&rows, err));
	*ret = count;
	return OK;
}

enum code signup_load(struct db *db, struct arena *a, int64_t num, struct signup *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS "WHERE s.num = $1", num));
	bool found = rows_next(&rows);
	struct signup signup = found ? read_row(a, &rows) : (struct signup){ 0 };
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("This sign-up is not here any more."));
	*ret = signup;
	return OK;
}

enum code signup_of(struct db *db, struct arena *a, int64_t record, const char *day, int64_t person, struct signup *ret,
                    struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS "WHERE s.record = $1 AND s.day = $2 AND s.person = $3", record,
	             day, person));
	struct signup signup = rows_next(&rows) ? read_row(a, &rows) : (struct signup){ 0 };
	TRY(rows_end(&rows, err));
	*ret = signup;
	return OK;
}

enum code signup_list_person(struct db *db, struct arena *a, int64_t person, struct signup **ret, int *n,
                             struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	struct signup *list = arena_array(a, struct signup, SIGNUP_ROWS_MAX);
	int found = 0;
	TRY(db_query(db, &rows, err,
	             "SELECT " COLUMNS "WHERE s.person = $1 AND s.state <= 1 ORDER BY s.begins DESC, s.num LIMIT $2",
	             person, (int)SIGNUP_ROWS_MAX));
	while (found < SIGNUP_ROWS_MAX && rows_next(&rows)) list[found++] = read_row(a, &rows);
	TRY(rows_end(&rows, err));
	*ret = list;
	*n = found;
	return OK;
}

/* ---- Writing ---- */

enum code signup_promote(struct tx *tx, struct arena *a, const struct signup_offer *offer, int64_t record,
                         const char *day, struct signup_moves *moves, struct err *err)
{
	struct signup_list list;
	TRY(signup_read(tx_db(tx), a, record, day, false, &list, err));
	*moves = (struct signup_moves){ .nums = arena_array(a, int64_t, (size_t)list.n + 1) };
	for (int i = 0; i < list.n; i++) {
		const struct signup *signup = &list.rows[i];
		if (signup->state != SIGNUP_WAITING) continue;
		if (offer->places && list.taken + size_of(signup) > offer->places) continue;
		TRY(db_run(tx_db(tx), err, "UPDATE signup SET state = $1 WHERE num = $2", (int)SIGNUP_IN, signup->num));
		list.taken += size_of(signup);
		moves->nums[moves->n++] = signup->num;
	}
	if (moves->n) tx_public(tx);
	return OK;
}

static struct value or_null(int64_t num)
{
	return num ? value_int(num) : value_text(NULL);
}

/* It begins in the queue; whoever has a place keeps its place in the order. */
static enum code write_row(struct db *db, struct arena *a, struct signup_new *new, const struct signup *before,
                           struct err *err)
{
	const char *answers = new->answers ? json_text(a, new->answers) : "[]";
	bool stands = new->changed;
	if (before->num == 0)
		return db_int(
		        db, &new->num, 0, err,
		        "INSERT INTO signup (record, day, person, name, email, adults, children, answers, named, state, "
		        "entered_by, since, begins, reminded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
		        "$13, 0) RETURNING num",
		        new->record, new->day, or_null(new->person), new->name, new->email, new->adults, new->children,
		        answers, new->named ? 1 : 0, (int)SIGNUP_WAITING, or_null(new->entered_by), clock_now(),
		        new->begins);
	new->num = before->num;
	return db_run(db, err,
	              "UPDATE signup SET email = $1, adults = $2, children = $3, answers = $4, named = $5, state = $6, "
	              "since = $7, begins = $8, reminded = $9, came = NULL WHERE num = $10",
	              new->email, new->adults, new->children, answers, new->named ? 1 : 0,
	              stands ? (int)before->state : (int)SIGNUP_WAITING, stands ? before->since : clock_now(),
	              new->begins, stands && before->reminded ? 1 : 0, before->num);
}

static enum code check_room(struct tx *tx, const struct signup_offer *offer, const struct signup_new *new,
                            const struct signup *before, struct err *err)
{
	struct signup_count count;
	bool holds = new->changed && before->state == SIGNUP_IN;
	if (offer->places == 0) return OK;
	TRY(signup_count(tx_db(tx), new->record, new->day, &count, err));
	int left = offer->places - count.taken + (holds ? size_of(before) : 0);
	int size = new->adults + new->children;
	/* Whoever brings fewer than before, where the organiser let in more than there are places, may say so. */
	if (size <= left || (holds && size <= size_of(before))) return OK;
	if (offer->waiting && !holds) return OK;
	left = MAX(left, 0);
	if (left == 0) FAIL(err, E_LIMIT, N_("There is no place left: somebody has just taken the last one."));
	FAIL(err, E_LIMIT, N_("Not so many places are left: %d."), left);
}

enum code signup_add(struct tx *tx, struct arena *a, const struct signup_offer *offer, struct signup_new *new,
                     struct signup_moves *moves, struct err *err)
{
	struct db *db = tx_db(tx);
	struct signup before = { 0 };
	int64_t rows, state;
	*moves = (struct signup_moves){ 0 };
	if (new->person) TRY(signup_of(db, a, new->record, new->day, new->person, &before, err));
	new->changed = before.num &&before.state <= SIGNUP_WAITING;
	TRY(db_int(db, &rows, 0, err, "SELECT COUNT(*) FROM signup WHERE record = $1 AND day = $2", new->record,
	           new->day));
	if (rows >= SIGNUP_ROWS_MAX)
		FAIL(err, E_LIMIT, N_("Too many people have signed up here: %d at most."), (int)SIGNUP_ROWS_MAX);
	TRY(check_room(tx, offer, new, &before, err));
	tx_public(tx);
	TRY(write_row(db, a, new, &before, err));
	TRY(signup_promote(tx, a, offer, new->record, new->day, moves, err));
	TRY(db_int(db, &state, 0, err, "SELECT state FROM signup WHERE num = $1", new->num));
	new->state = (enum signup_state)state;
	/* Without a waiting list, who came before may wait still: nobody overtakes them. */
	if (new->state == SIGNUP_WAITING && !offer->waiting)
		FAIL(err, E_LIMIT, N_("There is no place left: somebody has just taken the last one."));
	int others = 0;
	for (int i = 0; i < moves->n; i++)
		if (moves->nums[i] != new->num) moves->nums[others++] = moves->nums[i];
	moves->n = others;
	return OK;
}

enum code signup_cancel(struct tx *tx, struct arena *a, const struct signup_offer *offer, const struct signup *signup,
                        struct signup_moves *moves, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "UPDATE signup SET state = $1, came = NULL WHERE num = $2 AND state <= 1",
	           (int)SIGNUP_CANCELLED, signup->num));
	if (db_changes(tx_db(tx)) == 0) FAIL(err, E_CONFLICT, N_("This sign-up is cancelled already."));
	tx_public(tx);
	return signup_promote(tx, a, offer, signup->record, signup->day, moves, err);
}

enum code signup_admit(struct tx *tx, int64_t num, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "UPDATE signup SET state = $1 WHERE num = $2 AND state = $3", (int)SIGNUP_IN, num,
	           (int)SIGNUP_WAITING));
	if (db_changes(tx_db(tx)) == 0) FAIL(err, E_CONFLICT, N_("She is not on the waiting list any more."));
	tx_public(tx);
	return OK;
}

enum code signup_note_came(struct tx *tx, int64_t num, int came, struct err *err)
{
	tx_public(tx);
	return db_run(tx_db(tx), err, "UPDATE signup SET came = $1 WHERE num = $2 AND state <= 1",
	              came < 0 ? value_text(NULL) : value_int(came), num);
}

/* ---- For the job ---- */

enum code signup_records(struct db *db, struct arena *a, int64_t now, int max, int64_t **ret, int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	int64_t *nums = arena_array(a, int64_t, (size_t)max + 1);
	int found = 0;
	TRY(db_query(
	        db, &rows, err,
	        "SELECT DISTINCT record FROM signup WHERE state <= 1 AND (begins > $1 OR begins = 0) ORDER BY record "
	        "LIMIT $2",
	        now - DAY_MS, max));
	while (found < max && rows_next(&rows)) nums[found++] = row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	*ret = nums;
	*n = found;
	return OK;
}

enum code signup_days(struct db *db, struct arena *a, int64_t record, const char ***ret, int *n, struct err *err)
{
	enum { MOST = 400 };
	AUTO(rows_release) struct rows rows = { 0 };
	const char **days = arena_array(a, const char *, MOST);
	int found = 0;
	TRY(db_query(db, &rows, err, "SELECT DISTINCT day FROM signup WHERE record = $1 ORDER BY day DESC LIMIT $2",
	             record, (int)MOST));
	while (found < MOST && rows_next(&rows)) days[found++] = arena_strdup(a, row_text(&rows, 0));
	TRY(rows_end(&rows, err));
	*ret = days;
	*n = found;
	return OK;
}

enum code signup_move(struct tx *tx, int64_t num, int64_t begins, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE signup SET begins = $1, reminded = 0 WHERE num = $2", begins, num);
}

enum code signup_call_off(struct tx *tx, int64_t num, struct err *err)
{
	tx_public(tx);
	return db_run(tx_db(tx), err, "UPDATE signup SET state = $1 WHERE num = $2", (int)SIGNUP_OFF, num);
}

enum code signup_note_reminded(struct tx *tx, int64_t num, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE signup SET reminded = 1 WHERE num = $1", num);
}

/* What is not dated counts from the sign-up. */
enum code signup_forget(struct tx *tx, int64_t form, int64_t before, struct err *err)
{
	TRY(db_run(
	        tx_db(tx), err,
	        "UPDATE signup SET person = NULL, name = '', email = '', answers = '[]', named = 0, entered_by = NULL "
	        "WHERE record IN (SELECT num FROM record WHERE form = $1) AND (CASE WHEN begins > 0 THEN begins ELSE "
	        "since END) < $2 AND (person IS NOT NULL OR name <> '' OR email <> '' OR answers <> '[]' OR entered_by "
	        "IS NOT NULL)",
	        form, before));
	if (db_changes(tx_db(tx))) tx_public(tx);
	return OK;
}

enum code signup_forget_person(struct tx *tx, int64_t person, struct err *err)
{
	int64_t now = clock_now();
	tx_public(tx);
	TRY(db_run(
	        tx_db(tx), err,
	        "DELETE FROM letter WHERE LOWER(recipient) IN (SELECT LOWER(email) FROM signup WHERE person = $1 AND email "
	        "<> '')",
	        person));
	TRY(db_run(tx_db(tx), err, "DELETE FROM signup WHERE person = $1 AND (begins > $2 OR begins = 0 OR state > 1)",
	           person, now));
	return db_run(
	        tx_db(tx), err,
	        "UPDATE signup SET person = NULL, name = '', email = '', answers = '[]', named = 0 WHERE person = "
	        "$1",
	        person);
}
