#include "base/clock.h"
#include "core/exchange.h"

int64_t exchange_other(const struct exchange *exchange, int64_t person)
{
	return person == exchange->author ? exchange->person : exchange->author;
}

const char *exchange_other_name(const struct exchange *exchange, int64_t person)
{
	return person == exchange->author ? exchange->person_name : exchange->author_name;
}

#define EXCHANGE_COLUMNS                                                                                          \
	"e.num, e.id, e.record, e.person, e.author, p.name, q.name, e.person_quiet, e.author_quiet, e.ended_by, " \
	"e.changed, (SELECT m.person FROM message m WHERE m.exchange = e.num ORDER BY m.num DESC LIMIT 1) "       \
	"FROM exchange e JOIN person p ON p.num = e.person JOIN person q ON q.num = e.author "

static struct exchange read_one(const struct rows *rows, struct arena *a, const struct actor *actor)
{
	struct exchange exchange = { .num = row_int(rows, 0),
		                     .id = row_id(rows, 1),
		                     .record = row_int(rows, 2),
		                     .person = row_int(rows, 3),
		                     .author = row_int(rows, 4),
		                     .person_name = arena_strdup(a, row_text(rows, 5)),
		                     .author_name = arena_strdup(a, row_text(rows, 6)),
		                     .ended_by = row_int(rows, 9),
		                     .changed = row_int(rows, 10),
		                     .last = row_int(rows, 11) };
	exchange.quiet = row_int(rows, actor->person == exchange.author ? 8 : 7) != 0;
	return exchange;
}

enum code exchange_load(struct db *db, struct arena *a, const struct actor *actor, struct id id, struct exchange *ret,
                        struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " EXCHANGE_COLUMNS "WHERE e.id = $1 AND $2 <> 0 AND $2 IN (e.person, e.author)", id,
	             actor->person));
	bool found = rows_next(&rows);
	struct exchange exchange = { 0 };
	if (found) exchange = read_one(&rows, a, actor);
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = exchange;
	return OK;
}

enum code exchange_list(struct db *db, struct arena *a, const struct actor *actor, int64_t record,
                        struct exchange **ret, int *n, struct err *err)
{
	struct exchange *all = arena_array(a, struct exchange, EXCHANGES_SHOWN + 1);
	int found = 0;
	*n = 0;
	*ret = all;
	if (actor->person == 0) return OK;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " EXCHANGE_COLUMNS
	             "WHERE (e.person = $1 OR e.author = $1) AND $2 IN (0, e.record) ORDER BY "
	             "e.changed DESC, e.num DESC LIMIT $3",
	             actor->person, record, (int)EXCHANGES_SHOWN));
	while (found < EXCHANGES_SHOWN && rows_next(&rows)) all[found++] = read_one(&rows, a, actor);
	*n = found;
	return rows_end(&rows, err);
}

enum code exchange_messages(struct db *db, struct arena *a, const struct exchange *exchange, struct message **ret,
                            int *n, struct err *err)
{
	struct message *all = arena_array(a, struct message, MESSAGES_SHOWN + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT num, person, kind, body, created FROM (SELECT num, person, kind, body, created FROM message "
	        "WHERE exchange = $1 ORDER BY num DESC LIMIT $2) m ORDER BY num",
	        exchange->num, (int)MESSAGES_SHOWN));
	while (found < MESSAGES_SHOWN && rows_next(&rows))
		all[found++] = (struct message){ .num = row_int(&rows, 0),
			                         .person = row_int(&rows, 1),
			                         .kind = (enum message_kind)row_int(&rows, 2),
			                         .text = arena_strdup(a, row_text(&rows, 3)),
			                         .created = row_int(&rows, 4) };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

/* ---- Speaking ---- */

static enum code add(struct db *db, int64_t exchange, int64_t person, enum message_kind kind, const char *text,
                     int64_t *num, struct err *err)
{
	int64_t now = clock_now();
	TRY(db_int(
	        db, num, 0, err,
	        "INSERT INTO message (exchange, person, kind, body, created) VALUES ($1, $2, $3, $4, $5) RETURNING num",
	        exchange, person, (int)kind, text, now));
	return db_run(db, err, "UPDATE exchange SET changed = $1 WHERE num = $2", now, exchange);
}

static enum code check_goes_on(struct db *db, int64_t exchange, struct err *err)
{
	int64_t ended;
	TRY(db_int(db, &ended, 0, err, "SELECT COUNT(*) FROM exchange WHERE num = $1 AND ended_by IS NOT NULL",
	           exchange));
	if (ended) FAIL(err, E_FORBIDDEN, N_("One of you ended this exchange."));
	return OK;
}

enum code exchange_begin(struct tx *tx, const struct record *about, int64_t person, const char *text, struct id *ret,
                         struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t num, message, now = clock_now();
	if (about->author == 0 || about->author == person)
		FAIL(err, E_INPUT, N_("There is nobody to answer in private."));
	TRY(db_run(db, err,
	           "INSERT INTO exchange (id, record, person, author, person_quiet, author_quiet, ended_by, created, "
	           "changed) VALUES ($1, $2, $3, $4, 0, 0, NULL, $5, $5) ON CONFLICT (record, person) DO NOTHING",
	           id_random(), about->num, person, about->author, now));
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num, id FROM exchange WHERE record = $1 AND person = $2", about->num,
	             person));
	if (!rows_next(&rows)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	num = row_int(&rows, 0);
	*ret = row_id(&rows, 1);
	TRY(rows_end(&rows, err));
	TRY(check_goes_on(db, num, err));
	return add(db, num, person, MESSAGE_TEXT, text, &message, err);
}

enum code exchange_say(struct tx *tx, const struct exchange *exchange, int64_t person, enum message_kind kind,
                       const char *text, int64_t *num, struct err *err)
{
	TRY(check_goes_on(tx_db(tx), exchange->num, err));
	return add(tx_db(tx), exchange->num, person, kind, text, num, err);
}

enum code exchange_take_back(struct tx *tx, const struct exchange *exchange, int64_t person, int64_t message,
                             struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM message WHERE num = $1 AND exchange = $2 AND person = $3", message,
	              exchange->num, person);
}

enum code exchange_end(struct tx *tx, const struct exchange *exchange, int64_t person, bool ended, struct err *err)
{
	struct db *db = tx_db(tx);
	if (!ended)
		return db_run(db, err, "UPDATE exchange SET ended_by = NULL WHERE num = $1 AND ended_by = $2",
		              exchange->num, person);
	return db_run(db, err, "UPDATE exchange SET ended_by = $1 WHERE num = $2 AND ended_by IS NULL", person,
	              exchange->num);
}

enum code exchange_quiet(struct tx *tx, const struct exchange *exchange, int64_t person, bool quiet, struct err *err)
{
	struct db *db = tx_db(tx);
	TRY(db_run(db, err, "UPDATE exchange SET author_quiet = $1 WHERE num = $2 AND author = $3", quiet ? 1 : 0,
	           exchange->num, person));
	return db_run(db, err, "UPDATE exchange SET person_quiet = $1 WHERE num = $2 AND person = $3", quiet ? 1 : 0,
	              exchange->num, person);
}

enum code exchange_purge(struct tx *tx, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM exchange WHERE changed < $1", clock_now() - EXCHANGE_KEPT_MS);
}
