#include <string.h>

#include "base/clock.h"
#include "core/date_poll.h"

static int slot_named(const struct date_poll *poll, const char *at)
{
	for (int s = 0; s < poll->n; s++)
		if (strcmp(poll->slots[s].at, at) == 0) return s;
	return -1;
}

/* Those of slots that are no longer proposed wait: they count again should it come back. */
enum code date_poll_read(struct db *db, struct arena *a, int64_t record, const struct date_poll *poll,
                         struct poll_result *ret, struct err *err)
{
	struct poll_result result = { .people = arena_array(a, struct poll_person, POLL_PEOPLE_MAX) };
	struct poll_person *last = NULL;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT s.person, p.name, s.slot, s.answer, s.changed, p.id FROM slot_answer s JOIN person p ON p.num = "
	        "s.person WHERE s.record = $1 ORDER BY s.person, s.slot",
	        record));
	while (rows_next(&rows)) {
		int s = slot_named(poll, row_text(&rows, 2)), answer = (int)row_int(&rows, 3);
		if (s < 0 || answer < ANSWER_NO || answer > ANSWER_YES) continue;
		if (last == NULL || last->person != row_int(&rows, 0)) {
			if (result.n == POLL_PEOPLE_MAX) break;
			last = &result.people[result.n++];
			*last = (struct poll_person){ .person = row_int(&rows, 0),
				                      .id = row_id(&rows, 5),
				                      .name = arena_strdup(a, row_text(&rows, 1)) };
			memset(last->answers, ANSWER_NONE, sizeof(last->answers));
		}
		last->answers[s] = (signed char)answer;
		last->changed = MAX(last->changed, row_int(&rows, 4));
		result.counts[s][answer]++;
	}
	TRY(rows_end(&rows, err));
	*ret = result;
	return OK;
}

enum code date_poll_answered(struct db *db, int64_t record, int64_t person, bool *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM slot_answer WHERE record = $1 AND person = $2", record,
	           person));
	*ret = n > 0;
	return OK;
}

/* Her own place stays hers. */
static enum code check_room(struct db *db, int64_t record, const struct slot *slot, int64_t person, struct err *err)
{
	int64_t others;
	if (slot->places == 0) return OK;
	TRY(db_int(db, &others, 0, err,
	           "SELECT COUNT(*) FROM slot_answer WHERE record = $1 AND slot = $2 AND answer = $3 AND person <> $4",
	           record, slot->at, (int)ANSWER_YES, person));
	if (slot_is_full(slot, (int)others)) FAIL(err, E_LIMIT, N_("Somebody has just taken the last place."));
	return OK;
}

enum code date_poll_answer(struct tx *tx, const struct record *record, const struct date_poll *poll, int64_t person,
                           const signed char answers[static SLOTS_MAX], int *full, struct err *err)
{
	struct db *db = tx_db(tx);
	for (int s = 0; s < poll->n; s++) {
		*full = s;
		if (answers[s] == ANSWER_YES) TRY(check_room(db, record->num, &poll->slots[s], person, err));
	}
	*full = -1;
	TRY(date_poll_withdraw(tx, record->num, person, err));
	for (int s = 0; s < poll->n; s++)
		if (answers[s] != ANSWER_NONE)
			TRY(db_run(db, err,
			           "INSERT INTO slot_answer (record, person, slot, answer, changed) VALUES ($1, $2, "
			           "$3, $4, $5)",
			           record->num, person, poll->slots[s].at, (int)answers[s], clock_now()));
	return OK;
}

enum code date_poll_withdraw(struct tx *tx, int64_t record, int64_t person, struct err *err)
{
	tx_public(tx);
	return db_run(tx_db(tx), err, "DELETE FROM slot_answer WHERE record = $1 AND person = $2", record, person);
}
