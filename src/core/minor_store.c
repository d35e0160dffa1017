#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/minor.h"
#include "core/retention.h"

enum { AGE = 15, AGE_LEAST = 13, AGE_MOST = 16 }; /* RGPD, article 8 */

int minor_age(const struct model *model)
{
	const char *said = json_string_value(model_setting(model, "minor_age"));
	if (said == NULL) return AGE;
	long age = strtol(said, NULL, 10);
	return age < AGE_LEAST || age > AGE_MOST ? 0 : (int)age;
}

const char *minor_way_words(enum minor_way way)
{
	static const char *const words[MINOR_WAYS] = {
		[MINOR_BY_LETTER] = N_("by a letter"), [MINOR_AT_DESK] = N_("at a desk")
	};
	return words[way];
}

enum code minor_find(struct db *db, int64_t person, struct minor *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	bool found;
	struct minor minor = { 0 };
	TRY(db_query(db, &rows, err, "SELECT asked, COALESCE(agreed, 0), way FROM minor WHERE person = $1", person));
	found = rows_next(&rows);
	if (found)
		minor = (struct minor){ .asked = row_int(&rows, 0),
			                .agreed = row_int(&rows, 1),
			                .way = (enum minor_way)row_int(&rows, 2) };
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	*ret = minor;
	return OK;
}

enum code minor_check(struct db *db, int64_t person, struct err *err)
{
	struct minor minor;
	enum code code = minor_find(db, person, &minor, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	if (minor.agreed == 0) FAIL(err, E_CONFLICT, N_("A parent is to agree first, by the letter or at a desk."));
	return OK;
}

enum code minor_begin(struct tx *tx, int64_t person, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO minor (person, asked, way) VALUES ($1, $2, $3) ON CONFLICT (person) DO NOTHING",
	              person, clock_now(), (int)MINOR_BY_LETTER);
}

enum code minor_agree(struct tx *tx, int64_t person, enum minor_way way, int64_t noted_by, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "UPDATE minor SET agreed = $1, way = $2, noted_by = $3 WHERE person = $4 AND agreed IS NULL",
	              clock_now(), (int)way, noted_by ? value_int(noted_by) : value_text(NULL), person);
}

enum code minor_end(struct tx *tx, int64_t person, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM minor WHERE person = $1", person);
}

enum code minor_waiting(struct db *db, struct arena *a, int max, struct person **ret, int *n, struct err *err)
{
	int64_t *nums = arena_array(a, int64_t, (size_t)max + 1);
	int count = 0;
	{
		AUTO(rows_release) struct rows rows = { 0 };
		TRY(db_query(
		        db, &rows, err,
		        "SELECT m.person FROM minor m JOIN person p ON p.num = m.person WHERE m.agreed IS NULL AND "
		        "p.state = $1 ORDER BY m.asked, m.person LIMIT $2",
		        (int)PERSON_WAITING, max));
		while (count < max && rows_next(&rows)) nums[count++] = row_int(&rows, 0);
		TRY(rows_end(&rows, err));
	}
	struct person *all = arena_array(a, struct person, (size_t)count + 1);
	for (int i = 0; i < count; i++) TRY(person_load(db, a, nums[i], &all[i], err));
	*ret = all;
	*n = count;
	return OK;
}

enum code minor_purge(struct tx *tx, int64_t before, struct err *err)
{
	return db_run(
	        tx_db(tx), err,
	        "DELETE FROM person WHERE state = $1 AND num IN (SELECT person FROM minor WHERE agreed IS NULL AND "
	        "asked < $2)",
	        (int)PERSON_WAITING, before);
}

bool minor_tells(const struct form *form)
{
	return form->title->audience == AUDIENCE_PUBLIC && field_is_personal(form->title);
}
