#include <string.h>

#include "base/clock.h"
#include "core/erasure_record.h"
#include "core/person.h"
#include "core/response.h"
#include "core/shareable.h"
#include "core/signup.h"
#include "core/survey_target.h"
#include "store/job.h"
#include "store/ledger.h"

static const char *const modes[ERASURE_MODES] = { [ERASE_NAME] = "name", [ERASE_ALL] = "all" };

const char *erasure_mode_key(enum erasure_mode mode)
{
	return modes[mode];
}

static bool is_hers(const struct erasing *x, const struct object *object)
{
	return id_equal(object->actor, x->id);
}

/* On the page itself, or a link that it mended elsewhere; without a page (old ledgers): anywhere. */
static bool is_of_saves(const struct erasing *x, const struct object *object)
{
	bool here = id_is_zero(x->page) || id_equal(object->record, x->page);
	if (!here && (object->flags & OBJECT_MINOR) == 0) return false;
	for (int i = 0; i < x->nsaves; i++)
		if (id_equal(object->save, x->saves[i])) return true;
	return false;
}

/* ---- What she wrote ---- */

/* Numbers of records that `sql` gives. */
static enum code list_rows(struct db *db, struct arena *a, const char *sql, const struct value *args, int nargs,
                           int64_t **ret, int *n, struct err *err)
{
	size_t room = 64, found = 0;
	int64_t *nums = arena_array(a, int64_t, room);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query_values(db, &rows, err, sql, args, nargs));
	while (rows_next(&rows)) {
		if (found == room) {
			int64_t *larger = arena_array(a, int64_t, 2 * room);
			memcpy(larger, nums, room * sizeof(*nums));
			nums = larger;
			room *= 2;
		}
		nums[found++] = row_int(&rows, 0);
	}
	TRY(rows_end(&rows, err));
	*ret = nums;
	*n = (int)found;
	return OK;
}

static enum code list_numbers(struct db *db, struct arena *a, const char *sql, struct value arg, int64_t **ret, int *n,
                              struct err *err)
{
	return list_rows(db, a, sql, &arg, 1, ret, n, err);
}

/* The latest first. */
static enum code list_touched(struct db *db, struct arena *a, struct id person, int64_t **ret, int *n, struct err *err)
{
	return list_numbers(
	        db, a,
	        "SELECT num FROM record WHERE state > 0 AND (author = (SELECT num FROM person WHERE id = $1) OR "
	        "num IN (SELECT rec FROM obj WHERE actor = $1)) ORDER BY changed DESC, num DESC",
	        value_id(person), ret, n, err);
}

static enum code list_drafts(struct db *db, struct arena *a, int64_t person, int64_t **ret, int *n, struct err *err)
{
	return list_numbers(db, a, "SELECT num FROM record WHERE author = $1 AND state = 0 ORDER BY num",
	                    value_int(person), ret, n, err);
}

/* Did somebody else write in it, or speak below it? A small correction, or putting it away, is not building on it.
 */
static enum code find_fate(struct db *db, const struct record *record, const struct person *person,
                           enum erasure_fate *ret, struct err *err)
{
	int64_t others;
	*ret = FATE_BACK;
	if (record->author != person->num) return OK;
	TRY(db_int(db, &others, 0, err,
	           "SELECT (SELECT COUNT(*) FROM obj WHERE rec = $1 AND actor <> $2 AND (flags & $3) = 0 AND "
	           "header NOT LIKE "
	           "'%\"touched\":[]%') + (SELECT COUNT(*) FROM record WHERE about = $1 AND (author IS NULL OR "
	           "author <> $4))",
	           record->num, person->id, (int)OBJECT_MINOR, person->num));
	*ret = others ? FATE_STAYS : FATE_GOES;
	return OK;
}

static enum code weigh(struct db *db, const struct model *model, struct id person, struct erasure_plan *plan,
                       struct err *err)
{
	TRY(db_int(db, &plan->revisions, 0, err, "SELECT COUNT(*) FROM obj WHERE actor = $1", person));
	plan->mass = plan->revisions > ERASURE_MASS;
	for (int i = 0; i < model->nspaces && !plan->mass; i++) {
		int64_t hers, all;
		TRY(db_int(db, &hers, 0, err,
		           "SELECT COUNT(*) FROM obj o JOIN record r ON r.num = o.rec WHERE o.actor = $1 AND "
		           "r.space = $2",
		           person, model->spaces[i].num));
		if (hers < ERASURE_MASS_FLOOR) continue;
		TRY(db_int(db, &all, 0, err,
		           "SELECT COUNT(*) FROM obj o JOIN record r ON r.num = o.rec WHERE r.space = $1",
		           model->spaces[i].num));
		plan->mass = 100 * hers > ERASURE_MASS_SHARE * all;
	}
	return OK;
}

enum code erasure_plan(struct db *db, struct arena *a, const struct model *model, int64_t num, struct erasure_plan *ret,
                       struct err *err)
{
	struct person person;
	int64_t *nums;
	int n, drafts;
	*ret = (struct erasure_plan){ .items = arena_array(a, struct erasure_item, ERASURE_LISTED) };
	TRY(person_load(db, a, num, &person, err));
	TRY(list_touched(db, a, person.id, &nums, &n, err));
	for (int i = 0; i < n; i++) {
		struct record *record;
		enum erasure_fate fate;
		enum code code = record_load_num(db, a, model, &actor_program, nums[i], &record, err);
		if (code == E_NOT_FOUND) continue; /* its form was taken away */
		TRY(code);
		TRY(find_fate(db, record, &person, &fate, err));
		ret->fates[fate]++;
		if (record->circle) continue; /* counted, and named to nobody */
		if (ret->n < ERASURE_LISTED) ret->items[ret->n++] = (struct erasure_item){ record, fate };
	}
	TRY(list_drafts(db, a, num, &nums, &drafts, err));
	ret->drafts = drafts;
	return weigh(db, model, person.id, ret, err);
}

/* ---- A page ---- */

static enum code purge(struct erasing *x, struct record *record, struct err *err)
{
	TRY(erasing_record_files(x, record, err));
	TRY(erasing_letters(x, record, err));
	TRY(db_run(x->db, err, "UPDATE measure SET title = '' WHERE record = $1", record->num));
	TRY(db_run(x->db, err, "DELETE FROM record_moved WHERE target = $1", record->id));
	return record_erase(x->tx, x->a, x->model, record, err);
}

/* Without a record there is nothing to do: its form was taken away, or it went already. */
static enum code with_record(struct erasing *x, int64_t num,
                             enum code (*fn)(struct erasing *, struct record *, struct err *), struct err *err)
{
	struct record *record;
	struct arena own;
	arena_init(&own);
	struct erasing each = *x;
	each.a = &own;
	enum code code = record_load_num(x->db, &own, x->model, &actor_program, num, &record, err);
	if (code == OK) code = fn(&each, record, err);
	else if (code == E_NOT_FOUND) code = OK;
	arena_release(&own);
	return code;
}

static enum code with_records(struct erasing *x, const int64_t *nums, int n,
                              enum code (*fn)(struct erasing *, struct record *, struct err *), struct err *err)
{
	for (int i = 0; i < n; i++) TRY(with_record(x, nums[i], fn, err));
	return OK;
}

static struct erasing begin(struct tx *tx, struct arena *a, const struct model *model)
{
	return (struct erasing){ .tx = tx, .db = tx_db(tx), .a = a, .model = model, .save = id_new() };
}

static enum code erase_record(struct erasing *x, struct id id, struct err *err)
{
	int64_t num;
	TRY(db_int(x->db, &num, 0, err, "SELECT num FROM record WHERE id = $1", id));
	return num ? with_record(x, num, purge, err) : OK;
}

static json_t *id_line(const char *what, struct id id)
{
	char text[ID_TEXT + 1];
	return json_pack("{s:s}", what, id_format(id, text));
}

enum code erasure_record(struct tx *tx, struct arena *a, const struct model *model, struct id record, struct err *err)
{
	struct erasing x = begin(tx, a, model);
	TRY(erase_record(&x, record, err));
	TRY(erasure_ask_settle(tx, err));
	return ledger_add(tx, a, json_keep(a, id_line("record", record)), err);
}

/* ---- What some saves said ---- */

static enum code without_saves(struct erasing *x, struct record *record, struct err *err)
{
	bool here = id_equal(record->id, x->page);
	TRY(shareable_forget_text(x->tx, record->num, err));
	if (here) TRY(db_run(x->db, err, "UPDATE import_row SET brought = '{}' WHERE record = $1", record->num));
	return erasing_without(x, record, here || id_is_zero(x->page), err);
}

/* Links that a save mended: small changes of the same save elsewhere, of a save that is none here (an action taken back
 * is one everywhere). */
#define MENDED                                                                                                          \
	"FROM obj o WHERE o.save = $1 AND (o.flags & 4) <> 0 AND o.rec <> (SELECT num FROM record WHERE id = $2) AND "  \
	"EXISTS (SELECT 1 FROM obj m JOIN record r ON r.num = m.rec WHERE r.id = $2 AND m.save = $1 AND (m.flags & 4) " \
	"= 0)"

_Static_assert(OBJECT_MINOR == 4, "the number in MENDED");

enum code erasure_count_mends(struct db *db, struct id record, struct id save, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err, "SELECT COUNT(DISTINCT o.rec) " MENDED, save, record);
}

static enum code erase_versions(struct erasing *x, struct err *err)
{
	int64_t *nums;
	int n;
	x->takes = is_of_saves;
	for (int i = 0; i < x->nsaves; i++) {
		const struct value args[] = { value_id(x->saves[i]), value_id(x->page) };
		TRY(list_rows(x->db, x->a, "SELECT DISTINCT o.rec " MENDED, args, COUNT(args), &nums, &n, err));
		TRY(with_records(x, nums, n, without_saves, err));
	}
	TRY(list_numbers(x->db, x->a, "SELECT num FROM record WHERE id = $1", value_id(x->page), &nums, &n, err));
	return with_records(x, nums, n, without_saves, err);
}

enum code erasure_versions(struct tx *tx, struct arena *a, const struct model *model, struct id record,
                           const struct id *saves, int n, struct err *err)
{
	struct erasing x = begin(tx, a, model);
	char page[ID_TEXT + 1], save[ID_TEXT + 1];
	x.page = record;
	x.saves = saves;
	x.nsaves = n;
	TRY(erase_versions(&x, err));
	TRY(erasure_ask_settle(tx, err));
	for (int i = 0; i < n; i++) {
		json_t *line = json_pack("{s:s, s:s}", "version", id_format(saves[i], save), "page",
		                         id_format(record, page));
		TRY(ledger_add(tx, a, json_keep(a, line), err));
	}
	return OK;
}

/* ---- A person ---- */

static enum code erase_page(struct erasing *x, struct record *record, struct err *err)
{
	struct person person;
	enum erasure_fate fate;
	TRY(person_by_id(x->db, x->a, x->id, &person, err));
	TRY(find_fate(x->db, record, &person, &fate, err));
	if (fate == FATE_GOES) return purge(x, record, err);
	if (fate == FATE_STAYS) {
		TRY(db_run(x->db, err, "UPDATE import_row SET brought = '{}' WHERE record = $1", record->num));
		TRY(db_run(x->db, err, "UPDATE measure SET title = '' WHERE record = $1", record->num));
	}
	return erasing_without(x, record, fate == FATE_STAYS, err);
}

static enum code erase_pages(struct erasing *x, const struct person *person, struct err *err)
{
	int64_t *nums;
	int n;
	x->takes = is_hers;
	TRY(list_touched(x->db, x->a, person->id, &nums, &n, err));
	TRY(with_records(x, nums, n, erase_page, err));
	return db_run(x->db, err, "UPDATE report SET body = '' WHERE person = $1", person->num);
}

/* Invitations that went to her address. */
static enum code end_tokens(struct erasing *x, const char *key, struct err *err)
{
	int64_t *nums;
	int n;
	TRY(list_numbers(x->db, x->a, "SELECT num FROM token WHERE LOWER(body) LIKE '%\"email\":\"' || $1 || '\"%'",
	                 value_text(key), &nums, &n, err));
	for (int i = 0; i < n; i++) TRY(db_run(x->db, err, "DELETE FROM token WHERE num = $1", nums[i]));
	return OK;
}

static enum code erase_account(struct erasing *x, const struct person *person, struct err *err)
{
	int64_t num = person->num;
	int64_t *drafts;
	int n;
	TRY(list_drafts(x->db, x->a, num, &drafts, &n, err));
	TRY(with_records(x, drafts, n, purge, err));
	TRY(db_run(x->db, err,
	           "UPDATE file SET created = 0 WHERE hash IN (SELECT file FROM upload WHERE person = $1) OR hash "
	           "IN (SELECT "
	           "p.version FROM picture p JOIN upload u ON u.file = p.file WHERE u.person = $1)",
	           num));
	/* What she answered to a decision: nobody waits for it any more. */
	TRY(db_run(x->db, err, "UPDATE measure SET appealed = NULL WHERE person = $1 AND answered IS NULL", num));
	TRY(db_run(x->db, err,
	           "UPDATE measure SET appeal = CASE WHEN appealed IS NULL THEN NULL ELSE '' END WHERE person = $1",
	           num));
	if (*person->email) {
		const char *key = email_key(x->a, person->email);
		TRY(db_run(x->db, err, "DELETE FROM letter WHERE LOWER(recipient) = $1", key));
		TRY(end_tokens(x, key, err));
		TRY(survey_target_forget_address(x->tx, key, err));
	}
	TRY(signup_forget_person(x->tx, num, err));
	return person_delete(x->tx, num, err); /* sessions, secrets, memberships, uploads go with her */
}

static enum code erase_person(struct erasing *x, int64_t num, enum erasure_mode mode, struct person *person,
                              struct err *err)
{
	TRY(person_load(x->db, x->a, num, person, err));
	x->id = person->id;
	TRY(shareable_forget(x->tx, x->a, x->model, person->num, mode == ERASE_ALL, err));
	TRY(response_forget(x->tx, x->a, x->model, person->num, mode == ERASE_ALL, err));
	if (mode == ERASE_ALL) TRY(erase_pages(x, person, err));
	return erase_account(x, person, err);
}

enum code erasure_person(struct tx *tx, struct arena *a, const struct model *model, int64_t num, enum erasure_mode mode,
                         struct err *err)
{
	struct erasing x = begin(tx, a, model);
	struct person person;
	TRY(erase_person(&x, num, mode, &person, err));
	json_t *line = json_keep(a, id_line("person", person.id));
	json_object_set_new(line, "mode", json_string(modes[mode]));
	TRY(erasure_ask_settle(tx, err));
	return ledger_add(tx, a, line, err);
}

/* ---- Again, from the ledger ---- */

static bool line_id(const json_t *line, const char *what, struct id *ret)
{
	const char *text = json_str(line, what);
	return text && id_parse(text, ret);
}

static enum code replay_person(struct erasing *x, const json_t *line, struct err *err)
{
	struct person person;
	enum erasure_mode mode = strcmp(json_str_or(line, "mode", ""), modes[ERASE_ALL]) == 0 ? ERASE_ALL : ERASE_NAME;
	enum code code = person_by_id(x->db, x->a, x->id, &person, err);
	if (code != OK) return code == E_NOT_FOUND ? OK : code;
	/* A backup may be from before somebody else became administrator: who was erased is so all the same. */
	if (person.level == LEVEL_ADMINISTRATOR)
		TRY(db_run(x->db, err, "UPDATE person SET level = $1 WHERE num = $2", (int)LEVEL_CONTRIBUTOR,
		           person.num));
	return erase_person(x, person.num, mode, &person, err);
}

static enum code replay_record(struct erasing *x, const json_t *line, struct err *err)
{
	(void)line;
	return erase_record(x, x->id, err);
}

/* Of ledgers from before pages were named: wherever that save was. */
static enum code replay_save(struct erasing *x, const json_t *line, struct err *err)
{
	int64_t *nums;
	int n;
	(void)line;
	x->takes = is_of_saves;
	x->saves = &x->id;
	x->nsaves = 1;
	TRY(list_numbers(x->db, x->a, "SELECT DISTINCT rec FROM obj WHERE save = $1", value_id(x->id), &nums, &n, err));
	return with_records(x, nums, n, without_saves, err);
}

static enum code replay_version(struct erasing *x, const json_t *line, struct err *err)
{
	x->saves = &x->id;
	x->nsaves = 1;
	if (!line_id(line, "page", &x->page)) return OK;
	enum code code = erase_versions(x, err);
	x->page = (struct id){ 0 };
	return code;
}

/* What lines say. To add one: its member, what it does again, and what it counts when that must be done. */
static const struct line_kind {
	const char *what;
	enum code (*again)(struct erasing *x, const json_t *line, struct err *err);
	const char *count, *count_all; /* count_all: also, of a person whose texts went */
	bool paged;                    /* $2: the page */
} kinds[] = {
	{ "person", replay_person, "SELECT COUNT(*) FROM person WHERE id = $1",
	  "SELECT COUNT(*) FROM obj o JOIN body b ON b.id = o.id WHERE o.actor = $1 AND b.state = 0", false },
	{ "record", replay_record, "SELECT COUNT(*) FROM record WHERE id = $1", NULL, false },
	{ "save", replay_save,
	  "SELECT COUNT(*) FROM obj o JOIN body b ON b.id = o.id WHERE o.save = $1 AND b.state = 0", NULL, false },
	{ "version", replay_version,
	  "SELECT COUNT(*) FROM obj o JOIN body b ON b.id = o.id JOIN record r ON r.num = o.rec WHERE o.save = $1 AND r.id = "
	  "$2 AND b.state = 0",
	  NULL, true },
};

/* NULL: it is about who reads a question, or of a newer program. */
static const struct line_kind *kind_of(const json_t *line, struct id *id)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (line_id(line, kinds[i].what, id)) return &kinds[i];
	return NULL;
}

static enum code count(struct db *db, const char *sql, struct id id, const struct id *page, bool *ret, struct err *err)
{
	const struct value values[] = { value_id(id), value_id(page ? *page : id) };
	int64_t n;
	TRY(db_int_values(db, &n, 0, err, sql, values, page ? 2 : 1));
	*ret = n > 0;
	return OK;
}

enum code erasure_holds(struct db *db, struct arena *a, const json_t *line, bool *ret, struct err *err)
{
	struct id id;
	const struct line_kind *kind = kind_of(line, &id);
	const json_t *readers = json_object_get(line, "readers");
	*ret = false;
	if (readers) return erasing_audience_holds(db, a, readers, ret, err);
	if (kind == NULL) return OK;
	struct id page;
	if (kind->paged && !line_id(line, "page", &page)) return OK;
	TRY(count(db, kind->count, id, kind->paged ? &page : NULL, ret, err));
	bool all = kind->count_all && strcmp(json_str_or(line, "mode", ""), modes[ERASE_ALL]) == 0;
	return all && !*ret ? count(db, kind->count_all, id, NULL, ret, err) : OK;
}

static bool same_question(const json_t *a, const json_t *b)
{
	return json_equal(json_object_get(a, "form"), json_object_get(b, "form")) &&
	       json_equal(json_object_get(a, "field"), json_object_get(b, "field"));
}

json_t *erasure_lines(struct arena *a, const json_t *lines)
{
	json_t *kept = json_keep(a, json_array());
	for (size_t i = 0; i < json_array_size(lines); i++) {
		json_t *line = json_array_get(lines, i);
		const json_t *readers = json_object_get(line, "readers");
		bool later = false;
		for (size_t k = i + 1; readers && k < json_array_size(lines); k++) {
			const json_t *other = json_object_get(json_array_get(lines, k), "readers");
			later |= other && same_question(readers, other);
		}
		if (!later) json_array_append(kept, line);
	}
	return kept;
}

static enum code replay_line(struct erasing *x, const json_t *line, struct err *err)
{
	const struct line_kind *kind = kind_of(line, &x->id);
	struct model *model;
	if (kind == NULL) return erasing_audience_again(x->tx, x->a, json_object_get(line, "readers"), err);
	TRY(model_load(x->db, &model, err)); /* a line before may have changed it */
	x->model = model;
	enum code code = kind->again(x, line, err);
	model_release(model);
	return code;
}

enum code erasure_replay(struct tx *tx, struct arena *a, const json_t *lines, int64_t *done, struct err *err)
{
	struct erasing x = begin(tx, a, NULL);
	const json_t *kept = erasure_lines(a, lines);
	*done = 0;
	for (size_t i = 0; i < json_array_size(kept); i++) {
		bool again = false;
		TRY(erasure_holds(x.db, a, json_array_get(kept, i), &again, err));
		if (again) TRY(replay_line(&x, json_array_get(kept, i), err));
		*done += again;
	}
	return *done ? erasure_ask_settle(tx, err) : OK;
}
