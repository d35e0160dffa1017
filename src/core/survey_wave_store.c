#include "core/survey_wave.h"

#include <string.h>

#include "base/clock.h"

static const char *const said[WAVE_STATES] = {
	[WAVE_PLANNED] = N_("planned"),
	[WAVE_SENDING] = N_("leaving"),
	[WAVE_DONE] = N_("sent"),
	[WAVE_CANCELLED] = N_("called off"),
};

const char *wave_state_words(enum wave_state state)
{
	return said[state];
}

enum code survey_wave_add(struct tx *tx, const struct survey_wave *wave, struct err *err)
{
	int64_t n;
	TRY(db_int(tx_db(tx), &n, 0, err, "SELECT COUNT(*) FROM survey_wave WHERE form = $1 AND state <> $2",
	           wave->form->num, (int)WAVE_CANCELLED));
	if (n >= WAVES_MAX) FAIL(err, E_LIMIT, N_("A questionnaire has at most %d planned letters."), WAVES_MAX);
	return db_run(tx_db(tx), err,
	              "INSERT INTO survey_wave (id, form, due, state, subject_fr, text_fr, subject_en, text_en) VALUES "
	              "($1, $2, $3, $4, $5, $6, $7, $8)",
	              wave->id, wave->form->num, wave->due, (int)WAVE_PLANNED, wave->subject[LANG_FR],
	              wave->text[LANG_FR], wave->subject[LANG_EN], wave->text[LANG_EN]);
}

static enum code check_planned(struct db *db, const struct survey_wave *wave, struct err *err)
{
	int64_t state;
	TRY(db_int(db, &state, WAVE_CANCELLED, err, "SELECT state FROM survey_wave WHERE num = $1", wave->num));
	if (state != WAVE_PLANNED) FAIL(err, E_CONFLICT, N_("This letter has begun to leave, or was called off."));
	return OK;
}

enum code survey_wave_change(struct tx *tx, const struct survey_wave *wave, struct err *err)
{
	TRY(check_planned(tx_db(tx), wave, err));
	return db_run(
	        tx_db(tx), err,
	        "UPDATE survey_wave SET due = $1, subject_fr = $2, text_fr = $3, subject_en = $4, text_en = $5 WHERE "
	        "num = $6",
	        wave->due, wave->subject[LANG_FR], wave->text[LANG_FR], wave->subject[LANG_EN], wave->text[LANG_EN],
	        wave->num);
}

enum code survey_wave_note(struct tx *tx, const struct survey_wave *wave, enum wave_state state, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE survey_wave SET state = $1 WHERE num = $2 AND state <> $3", (int)state,
	              wave->num, (int)WAVE_CANCELLED);
}

enum code survey_wave_cancel(struct tx *tx, const struct survey_wave *wave, struct err *err)
{
	return survey_wave_note(tx, wave, WAVE_CANCELLED, err);
}

#define WAVE_SELECT                                                                                              \
	"SELECT w.num, w.id, w.form, w.due, w.state, w.subject_fr, w.text_fr, w.subject_en, w.text_en, (SELECT " \
	"COUNT(*) FROM survey_sent s WHERE s.wave = w.num) FROM survey_wave w "

static struct survey_wave read_one(const struct rows *rows, struct arena *a, const struct form *form)
{
	return (struct survey_wave){
		.num = row_int(rows, 0),
		.id = row_id(rows, 1),
		.form = form,
		.due = row_int(rows, 3),
		.state = (enum wave_state)row_int(rows, 4),
		.subject = { [LANG_FR] = arena_strdup(a, row_text(rows, 5)),
		             [LANG_EN] = arena_strdup(a, row_text(rows, 7)) },
		.text = { [LANG_FR] = arena_strdup(a, row_text(rows, 6)),
		          [LANG_EN] = arena_strdup(a, row_text(rows, 8)) },
		.sent = row_int(rows, 9),
	};
}

enum code survey_wave_find(struct db *db, struct arena *a, const struct model *model, struct id id,
                           struct survey_wave *ret, struct err *err)
{
	struct survey_wave wave;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, WAVE_SELECT "WHERE w.id = $1", id));
	bool found = rows_next(&rows);
	const struct form *form = found ? model_form_by_num(model, row_int(&rows, 2)) : NULL;
	if (form) wave = read_one(&rows, a, form);
	TRY(rows_end(&rows, err));
	if (form == NULL || form->survey == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = wave;
	return OK;
}

enum code survey_wave_list(struct db *db, struct arena *a, const struct form *form, struct survey_wave **ret, int *n,
                           struct err *err)
{
	enum { SHOWN = 3 * WAVES_MAX };
	struct survey_wave *all = arena_array(a, struct survey_wave, SHOWN);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, WAVE_SELECT "WHERE w.form = $1 ORDER BY w.due, w.num LIMIT $2", form->num,
	             (int)SHOWN));
	while (found < SHOWN && rows_next(&rows)) all[found++] = read_one(&rows, a, form);
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code survey_wave_due(struct db *db, struct arena *a, const struct model *model, int64_t now,
                          struct survey_wave **ret, int *n, struct err *err)
{
	enum { MOST = 200 };
	struct survey_wave *all = arena_array(a, struct survey_wave, MOST);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             WAVE_SELECT "WHERE w.due <= $1 AND w.state IN ($2, $3) ORDER BY w.due, w.num LIMIT $4", now,
	             (int)WAVE_PLANNED, (int)WAVE_SENDING, (int)MOST));
	while (found < MOST && rows_next(&rows)) {
		const struct form *form = model_form_by_num(model, row_int(&rows, 2));
		if (form && form->survey) all[found++] = read_one(&rows, a, form);
	}
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code survey_wave_waiting(struct db *db, struct arena *a, const struct survey_wave *wave,
                              enum target_channel channel, int max, struct survey_target **ret, int *n, struct err *err)
{
	struct survey_target *all;
	int64_t *sent = arena_array(a, int64_t, TARGETS_MAX + 1);
	int nall, nsent = 0, kept = 0, at = 0;
	TRY(survey_target_list_by_num(db, a, wave->form, &all, &nall, err));
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT target FROM survey_sent WHERE wave = $1 ORDER BY target LIMIT $2",
	             wave->num, (int)TARGETS_MAX));
	while (nsent < TARGETS_MAX && rows_next(&rows)) sent[nsent++] = row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	for (int i = 0; i < nall && kept < max; i++) {
		while (at < nsent && sent[at] < all[i].num) at++;
		if (at < nsent && sent[at] == all[i].num) continue;
		if (!target_is_waited_for(&all[i])) continue;
		if (channel != TARGET_BY_ANY && target_reached_by(&all[i]) != channel) continue;
		all[kept++] = all[i];
	}
	*ret = all;
	*n = kept;
	return OK;
}

enum code survey_wave_sent(struct tx *tx, const struct survey_wave *wave, const struct survey_target *target,
                           enum target_channel channel, bool *first, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t there;
	*first = false;
	TRY(db_int(db, &there, 0, err, "SELECT COUNT(*) FROM survey_sent WHERE target = $1 AND wave = $2", target->num,
	           wave->num));
	if (there) return OK;
	TRY(db_run(db, err, "INSERT INTO survey_sent (target, wave, at, channel) VALUES ($1, $2, $3, $4)", target->num,
	           wave->num, clock_now(), (int)channel));
	*first = true;
	return survey_target_written(tx, target, err);
}

enum code survey_target_had(struct db *db, struct arena *a, const struct survey_target *target, struct target_had **ret,
                            int *n, struct err *err)
{
	enum { SHOWN = 3 * WAVES_MAX };
	struct target_had *all = arena_array(a, struct target_had, SHOWN);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT s.at, s.channel, w.subject_fr, w.subject_en FROM survey_sent s JOIN survey_wave w ON w.num = "
	        "s.wave WHERE s.target = $1 ORDER BY s.at DESC, s.wave LIMIT $2",
	        target->num, (int)SHOWN));
	while (found < SHOWN && rows_next(&rows))
		all[found++] = (struct target_had){
			.at = row_int(&rows, 0),
			.channel = (enum target_channel)row_int(&rows, 1),
			.subject = { [LANG_FR] = arena_strdup(a, row_text(&rows, 2)),
			             [LANG_EN] = arena_strdup(a, row_text(&rows, 3)) },
		};
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}
