/* Sheets of paper being typed in. */
#include <string.h>

#include "base/clock.h"
#include "core/paper.h"
#include "core/response_row.h"
#include "core/survey_target.h"

static bool is_anonymous(const struct form *form)
{
	return form->survey->anonymity == ANONYMITY_ANONYMOUS;
}

static struct value or_null(int64_t num)
{
	return num ? value_int(num) : value_text(NULL);
}

/* Whether she typed it is told by who has the code, and by nobody else. */
static struct hash mark_of(const char *code, const struct actor *actor)
{
	struct {
		struct hash code;
		struct id person;
	} both = { response_code_hash(code), actor->id };
	return hash_blake2b("pwho", NULL, &both, sizeof(both));
}

bool paper_twice(const struct form *form, const char *code)
{
	struct hash hash = hash_blake2b("ptwi", NULL, code, strlen(code));
	unsigned share = 0;
	for (int i = 0; i < 4; i++) share = share << 8 | hash.b[i];
	return (int)(share % 100) < form->survey->paper_twice;
}

/* ---- Found ---- */

static enum code open_entry(const struct rows *rows, struct arena *a, const struct paper_sheet *sheet,
                            const struct actor *actor, struct paper_typed *ret, struct err *err)
{
	json_t *body = json_keep(a, json_object());
	struct hash mark = sheet->code ? mark_of(sheet->code, actor) : (struct hash){ { 0 } };
	struct blob kept = row_blob(rows, 4);
	const char *text = row_text(rows, 5);
	*ret = (struct paper_typed){ .there = true,
		                     .done = row_int(rows, 1) != 0,
		                     .who = row_is_null(rows, 2) ? NULL : arena_strdup(a, row_text(rows, 2)),
		                     .changed = row_int(rows, 3) };
	ret->hers = sheet->code && kept.len == sizeof(mark) && memcmp(kept.ptr, mark.b, sizeof(mark)) == 0;
	if (sheet->code && !row_is_null(rows, 6)) {
		text = response_unseal(a, sheet->code, row_blob(rows, 6));
		if (text == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	}
	TRY(json_parse(a, text, strlen(text), &body, err));
	ret->values = json_object_get(body, "values");
	ret->notes = json_object_get(body, "notes");
	ret->kept = json_object_get(body, "kept");
	if (ret->values == NULL) ret->values = json_keep(a, json_object());
	if (ret->notes == NULL) ret->notes = json_keep(a, json_object());
	if (ret->kept == NULL) ret->kept = json_keep(a, json_array());
	return OK;
}

static enum code load_entries(struct db *db, struct arena *a, const struct actor *actor, struct paper_sheet *sheet,
                              struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT e.turn, e.done, p.name, e.changed, e.mark, e.body, e.sealed FROM paper_entry e LEFT JOIN person p "
	        "ON p.num = e.person WHERE e.sheet = $1 ORDER BY e.turn",
	        sheet->num));
	while (rows_next(&rows)) {
		int64_t turn = row_int(&rows, 0);
		if (turn >= 1 && turn <= PAPER_TURNS)
			TRY(open_entry(&rows, a, sheet, actor, &sheet->entries[turn - 1], err));
	}
	return rows_end(&rows, err);
}

#define SHEET_COLUMNS                                                                                     \
	"s.num, s.form, s.edition, s.label, s.target, t.name, t.id, s.twice, s.response, s.changed FROM " \
	"paper_sheet s LEFT JOIN survey_target t ON t.num = s.target "

static enum code sheet_row(const struct rows *rows, struct arena *a, const struct model *model, struct paper_sheet *ret,
                           struct err *err)
{
	const struct form *form = model_form_by_num(model, row_int(rows, 1));
	if (form == NULL || form->survey == NULL)
		FAIL(err, E_NOT_FOUND, N_("This questionnaire is not here any more."));
	*ret = (struct paper_sheet){ .num = row_int(rows, 0),
		                     .form = form,
		                     .edition = (int)row_int(rows, 2),
		                     .label = arena_strdup(a, row_text(rows, 3)),
		                     .target = row_int(rows, 4),
		                     .name = row_is_null(rows, 5) ? "" : arena_strdup(a, row_text(rows, 5)),
		                     .twice = row_int(rows, 7) != 0,
		                     .whole = !row_is_null(rows, 8),
		                     .changed = row_int(rows, 9) };
	if (ret->target) ret->target_id = row_id(rows, 6);
	return OK;
}

enum code paper_sheet_find(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           const char *code, struct paper_sheet *ret, struct err *err)
{
	struct paper_sheet sheet = { 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " SHEET_COLUMNS "WHERE s.code = $1", response_code_hash(code)));
	bool found = rows_next(&rows);
	if (found) TRY(sheet_row(&rows, a, model, &sheet, err));
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("Nothing was entered of this sheet yet."));
	sheet.code = arena_strdup(a, code);
	TRY(load_entries(db, a, actor, &sheet, err));
	*ret = sheet;
	return OK;
}

/* ---- Typed ---- */

enum code paper_sheet_begin(struct tx *tx, const struct form *form, int edition, const char *code, const char *label,
                            int64_t target, struct err *err)
{
	struct db *db = tx_db(tx);
	bool done;
	TRY(response_done(db, form, 0, target, &done, err));
	if (done)
		FAIL(err, E_FORBIDDEN, N_("Whoever this copy was for has answered already, on paper or on the site."));
	TRY(db_run(
	        db, err,
	        "INSERT INTO paper_sheet (form, edition, code, label, target, twice, response, notes, changed) VALUES ($1, "
	        "$2, $3, $4, $5, $6, NULL, '', $7) ON CONFLICT DO NOTHING",
	        form->num, (int64_t)edition, response_code_hash(code), label, or_null(target),
	        paper_twice(form, code) ? 1 : 0, clock_now()));
	if (target == 0) return OK;
	return db_run(db, err, "UPDATE survey_target SET state = $1 WHERE num = $2 AND state < $1", (int)TARGET_STARTED,
	              target);
}

enum code paper_typed_keep(struct tx *tx, struct arena *a, const struct paper_sheet *sheet, int turn,
                           const struct actor *actor, const struct paper_typed *entry, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t done;
	bool sealed = is_anonymous(sheet->form);
	json_t *body = json_keep(
	        a, json_pack("{s:O, s:O, s:O}", "values", entry->values, "notes", entry->notes, "kept", entry->kept));
	const char *text = json_text(a, body);
	if (strlen(text) > RESPONSE_BODY_MAX)
		FAIL(err, E_LIMIT, N_("These answers are too long to be kept: shorten the longest texts."));
	TRY(db_int(db, &done, 0, err, "SELECT done FROM paper_entry WHERE sheet = $1 AND turn = $2", sheet->num,
	           (int64_t)turn));
	if (done || sheet->whole) FAIL(err, E_CONFLICT, N_("This sheet has been entered already."));
	TRY(db_run(
	        db, err,
	        "INSERT INTO paper_entry (sheet, turn, person, mark, done, body, sealed, changed) VALUES ($1, $2, $3, $4, "
	        "$5, $6, $7, $8) ON CONFLICT (sheet, turn) DO UPDATE SET person = excluded.person, mark = excluded.mark, "
	        "done = excluded.done, body = excluded.body, sealed = excluded.sealed, changed = excluded.changed",
	        sheet->num, (int64_t)turn, or_null(sealed ? 0 : actor->person), mark_of(sheet->code, actor),
	        entry->done ? 1 : 0, sealed ? "{}" : text,
	        sealed ? value_blob(response_seal(a, sheet->code, text)) : value_blob(blob_of(NULL, 0)), clock_now()));
	return db_run(db, err, "UPDATE paper_sheet SET changed = $1 WHERE num = $2", clock_now(), sheet->num);
}

/* ---- Whole ---- */

static enum code count_agreement(struct db *db, const struct form *form, const struct paper_whole *whole,
                                 struct err *err)
{
	return db_run(
	        db, err,
	        "INSERT INTO paper_tally (form, sheets, answers, agreed) VALUES ($1, 1, $2, $3) ON CONFLICT (form) DO "
	        "UPDATE SET sheets = paper_tally.sheets + 1, answers = paper_tally.answers + excluded.answers, agreed = "
	        "paper_tally.agreed + excluded.agreed",
	        form->num, (int64_t)whole->compared, (int64_t)whole->agreed);
}

enum code paper_sheet_complete(struct tx *tx, struct arena *a, const struct model *model,
                               const struct paper_sheet *sheet, const struct paper_whole *whole, bool *full,
                               struct err *err)
{
	struct db *db = tx_db(tx);
	struct response response;
	int64_t there;
	*full = false;
	TRY(db_int(db, &there, 0, err, "SELECT COUNT(*) FROM paper_sheet WHERE num = $1 AND response IS NULL",
	           sheet->num));
	if (there == 0) return OK; /* sent twice, it counts once */
	struct response_new new = { .form = sheet->form,
		                    .lang = whole->lang,
		                    .channel = CHANNEL_PAPER,
		                    .code = sheet->code,
		                    .target = sheet->target,
		                    .entered_by = whole->person };
	enum code found = response_find(db, a, model, sheet->code, &response, err);
	if (found == E_NOT_FOUND) {
		TRY(response_begin(tx, &new, err));
		found = response_find(db, a, model, sheet->code, &response, err);
	}
	TRY(found);
	if (response.state == RESPONSE_COMPLETE)
		FAIL(err, E_FORBIDDEN, N_("Whoever this copy was for has answered already, on paper or on the site."));
	TRY(response_complete(tx, a, &response, whole->values, 0, full, err));
	if (*full) {
		TRY(response_drop(tx, &response, err));
		return paper_sheet_drop(tx, sheet, err);
	}
	if (whole->compared) TRY(count_agreement(db, sheet->form, whole, err));
	if (is_anonymous(sheet->form)) return paper_sheet_drop(tx, sheet, err);
	TRY(db_run(db, err, "DELETE FROM paper_entry WHERE sheet = $1", sheet->num));
	return db_run(db, err,
	              "UPDATE paper_sheet SET response = $1, notes = $2, target = NULL, changed = $3 WHERE num = $4",
	              response.num, json_object_size(whole->notes) ? json_text(a, whole->notes) : "", clock_now(),
	              sheet->num);
}

enum code paper_sheet_drop(struct tx *tx, const struct paper_sheet *sheet, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "DELETE FROM paper_entry WHERE sheet = $1", sheet->num));
	return db_run(tx_db(tx), err, "DELETE FROM paper_sheet WHERE num = $1 AND response IS NULL", sheet->num);
}

/* ---- Told ---- */

enum code paper_sheet_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           const struct form *form, int max, struct paper_sheet **ret, int *n, struct err *err)
{
	struct paper_sheet *all = arena_array(a, struct paper_sheet, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " SHEET_COLUMNS "WHERE s.form = $1 AND s.response IS NULL ORDER BY s.num LIMIT $2",
	             form->num, max));
	while (found < max && rows_next(&rows)) TRY(sheet_row(&rows, a, model, &all[found++], err));
	TRY(rows_end(&rows, err));
	for (int i = 0; i < found; i++) TRY(load_entries(db, a, actor, &all[i], err));
	*ret = all;
	*n = found;
	return OK;
}

enum code paper_count(struct db *db, const struct form *form, struct paper_counts *ret, struct err *err)
{
	struct paper_counts counts = { 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_int(db, &counts.whole, 0, err,
	           "SELECT COUNT(*) FROM paper_sheet WHERE form = $1 AND response IS NOT NULL", form->num));
	TRY(db_query(
	        db, &rows, err,
	        "SELECT (SELECT COUNT(*) FROM paper_entry e WHERE e.sheet = s.num AND e.done = 1) FROM paper_sheet s WHERE "
	        "s.form = $1 AND s.response IS NULL",
	        form->num));
	while (rows_next(&rows)) {
		int64_t done = row_int(&rows, 0);
		if (done == 0) counts.begun++;
		else if (done == 1) counts.waiting++;
		else counts.compare++;
	}
	TRY(rows_end(&rows, err));
	TRY(db_int(db, &counts.twice, 0, err, "SELECT sheets FROM paper_tally WHERE form = $1", form->num));
	TRY(db_int(db, &counts.answers, 0, err, "SELECT answers FROM paper_tally WHERE form = $1", form->num));
	TRY(db_int(db, &counts.agreed, 0, err, "SELECT agreed FROM paper_tally WHERE form = $1", form->num));
	*ret = counts;
	return OK;
}

enum code paper_notes(struct db *db, struct arena *a, int64_t response, const json_t **ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	json_t *notes = NULL;
	TRY(db_query(db, &rows, err, "SELECT notes FROM paper_sheet WHERE response = $1 AND notes <> ''", response));
	if (rows_next(&rows)) TRY(json_parse(a, row_text(&rows, 0), strlen(row_text(&rows, 0)), &notes, err));
	*ret = notes;
	return rows_end(&rows, err);
}

/* ---- Keeping house ---- */

enum code paper_purge(struct db *db, struct err *err)
{
	return db_run(
	        db, err,
	        "DELETE FROM paper_sheet WHERE response IS NULL AND changed < $1 AND NOT EXISTS (SELECT 1 FROM paper_entry e "
	        "WHERE e.sheet = paper_sheet.num AND e.done = 1)",
	        clock_now() - PAPER_BEGUN_MS);
}

enum code paper_erase(struct db *db, const struct form *form, int64_t before, struct err *err)
{
	TRY(db_run(db, err, "DELETE FROM paper_sheet WHERE form = $1 AND response IS NULL AND changed < $2", form->num,
	           before ? before : INT64_MAX));
	if (before) return OK;
	return db_run(db, err, "DELETE FROM paper_tally WHERE form = $1", form->num);
}
