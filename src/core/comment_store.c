#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/comment.h"
#include "core/definition.h"
#include "core/field_type.h"
#include "core/person.h"

/* Its title is its beginning (comment_title): the field that each form has for it stays empty. */
static const char form_text[] =
        "{\"key\": \"comment\", \"version\": 1, \"title\": \"title\","
        " \"label\": {\"fr\": \"Commentaire\", \"en\": \"Comment\"}, \"plural\": {\"fr\": \"Commentaires\", "
        "\"en\": \"Comments\"},"
        " \"add\": {\"fr\": \"Commenter\", \"en\": \"Comment\"}, \"icon\": \"message-circle\", \"fields\": ["
        "{\"key\": \"text\", \"type\": \"longtext\", \"required\": true, \"max\": 5000, \"rows\": 5,"
        " \"label\": {\"fr\": \"Commentaire\", \"en\": \"Comment\"}},"
        "{\"key\": \"title\", \"type\": \"text\", \"hidden\": true, \"label\": {\"fr\": \"Début\", \"en\": "
        "\"Beginning\"}},"
        "{\"key\": \"about\", \"type\": \"text\", \"hidden\": true, \"label\": {\"fr\": \"À propos de\", \"en\": "
        "\"About\"}},"
        "{\"key\": \"answers\", \"type\": \"text\", \"hidden\": true, \"label\": {\"fr\": \"Répond à\", \"en\": "
        "\"Answers\"}}]}";

enum code comment_install(struct tx *tx, struct arena *a, struct err *err)
{
	json_t *form;
	TRY(json_parse(a, form_text, strlen(form_text), &form, err));
	return definition_save(tx, a, DEFINITION_OWN, "comment", form, &actor_program, NULL, err);
}

/* ---- Reading ---- */

/* Appends the rows of record r that stand below one, which the actor may read already. */
static void add_below(struct sql *sql, const struct model *model, const struct actor *actor, int64_t about)
{
	sql_add(sql, " FROM record r LEFT JOIN person p ON p.num = r.author WHERE r.about = ? AND r.state <> ? AND ",
	        about, (int)STATE_TRASH);
	rights_sql(sql, model, actor, ACTION_READ);
}

static enum code sql_int(struct sql *sql, struct db *db, int64_t *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	*ret = 0;
	TRY(sql_query(sql, db, &rows, err));
	if (rows_next(&rows)) *ret = row_int(&rows, 0);
	return rows_end(&rows, err);
}

/* The people who wrote them, by the comments' numbers. */
struct written {
	int64_t nums[COMMENT_PAGE];
	const char *authors[COMMENT_PAGE];
	int n;
};

static enum code read_page(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           int64_t about, int64_t skip, struct written *ret, struct err *err)
{
	struct sql sql;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT r.num, p.name");
	add_below(&sql, model, actor, about);
	sql_add(&sql, " ORDER BY r.created, r.num LIMIT ? OFFSET ?", (int)COMMENT_PAGE, skip);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	while (ret->n < COMMENT_PAGE && rows_next(&rows)) {
		ret->nums[ret->n] = row_int(&rows, 0);
		ret->authors[ret->n++] = row_is_null(&rows, 1) ? "" : arena_strdup(a, row_text(&rows, 1));
	}
	return rows_end(&rows, err);
}

static const char *author_of(const struct written *written, int64_t num)
{
	for (int i = 0; i < written->n; i++)
		if (written->nums[i] == num) return written->authors[i];
	return "";
}

/* ---- Who answers whom ---- */

struct threading {
	struct db *db;
	struct arena *a;
	const struct model *model;
	const struct actor *actor;
	const struct written *written;
	struct record **records;
	int n;
	struct comment *out;
	int nout;
};

static bool parent_of(const struct record *comment, struct id *ret)
{
	return id_parse(json_str_or(comment->values, "answers", ""), ret);
}

static int at_id(const struct threading *x, struct id id)
{
	for (int i = 0; i < x->n; i++)
		if (id_equal(x->records[i]->id, id)) return i;
	return -1;
}

/* Of another page, or not for this reader. */
static void name_parent(struct threading *x, struct comment *comment, struct id parent)
{
	struct record *record;
	struct person person;
	struct err err;
	if (record_load(x->db, x->a, x->model, x->actor, parent, &record, &err) != OK || record->state == STATE_TRASH)
		return;
	comment->parent = record->id;
	comment->parent_author = record->author && person_load(x->db, x->a, record->author, &person, &err) == OK
	                                 ? person.name
	                                 : "";
}

/* One and what answers it, of the same page. */
static void put(struct threading *x, int i, int depth, int above)
{
	struct comment *comment = &x->out[x->nout++];
	struct id parent;
	*comment = (struct comment){ .record = x->records[i],
		                     .author = author_of(x->written, x->records[i]->num),
		                     .depth = MIN(depth, (int)COMMENT_DEPTH),
		                     .parent_author = "" };
	comment->answers = parent_of(x->records[i], &parent);
	comment->apart = comment->answers && (above < 0 || depth > COMMENT_DEPTH);
	if (above >= 0) {
		comment->parent = x->records[above]->id;
		comment->parent_author = author_of(x->written, x->records[above]->num);
	} else if (comment->answers) {
		name_parent(x, comment, parent);
	}
	for (int j = i + 1; j < x->n; j++)
		if (parent_of(x->records[j], &parent) && at_id(x, parent) == i) put(x, j, depth + 1, i);
}

static void thread_out(struct threading *x)
{
	struct id parent;
	for (int i = 0; i < x->n; i++) {
		int above = parent_of(x->records[i], &parent) ? at_id(x, parent) : -1;
		if (above < 0 || above >= i) put(x, i, 0, -1);
	}
}

enum code comment_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       const struct record *about, int page, struct thread *ret, struct err *err)
{
	struct thread thread = { .pages = 1, .page = 1 };
	struct written written = { .n = 0 };
	struct threading x = { .db = db, .a = a, .model = model, .actor = actor, .written = &written };
	struct sql sql;
	int64_t total;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT COUNT(*)");
	add_below(&sql, model, actor, about->num);
	TRY(sql_int(&sql, db, &total, err));
	thread.total = (int)total;
	thread.pages = MAX((thread.total + COMMENT_PAGE - 1) / COMMENT_PAGE, 1);
	thread.page = page < 1 || page > thread.pages ? thread.pages : page;
	if (total) {
		TRY(read_page(db, a, model, actor, about->num, (int64_t)(thread.page - 1) * COMMENT_PAGE, &written,
		              err));
		TRY(record_load_many(db, a, model, actor, written.nums, written.n, &x.records, &x.n, err));
		thread.comments = x.out = arena_array(a, struct comment, (size_t)x.n + 1);
		thread_out(&x);
		thread.n = x.nout;
	}
	*ret = thread;
	return OK;
}

enum code comment_page(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       const struct record *comment, int *ret, int *pages, struct err *err)
{
	struct sql sql;
	int64_t before, total;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT COUNT(*)");
	add_below(&sql, model, actor, comment->about);
	TRY(sql_int(&sql, db, &total, err));
	sql_init(&sql, a);
	sql_add(&sql, "SELECT COUNT(*)");
	add_below(&sql, model, actor, comment->about);
	sql_add(&sql, " AND (r.created < ? OR r.created = ? AND r.num < ?)", comment->created, comment->created,
	        comment->num);
	TRY(sql_int(&sql, db, &before, err));
	*ret = (int)(before / COMMENT_PAGE) + 1;
	*pages = (int)MAX((total + COMMENT_PAGE - 1) / COMMENT_PAGE, 1);
	return OK;
}

enum code comment_count(struct db *db, int64_t about, int *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM record WHERE about = $1 AND state IN ($2, $3)", about,
	           (int)STATE_PUBLISHED, (int)STATE_ARCHIVED));
	*ret = (int)n;
	return OK;
}

/* ---- The door ---- */

enum code comment_door(struct db *db, const struct record *about, enum comment_door *ret, struct err *err)
{
	int64_t closed;
	*ret = COMMENT_DOOR_OPEN;
	if (about->state != STATE_PUBLISHED || about->about) *ret = COMMENT_DOOR_STATE;
	else if (about->space->comments == COMMENTS_CLOSED) *ret = COMMENT_DOOR_SPACE;
	else if (about->form->comments == COMMENTS_CLOSED) *ret = COMMENT_DOOR_FORM;
	if (*ret != COMMENT_DOOR_OPEN) return OK;
	TRY(db_int(db, &closed, 0, err, "SELECT COUNT(*) FROM thread_closed WHERE record = $1", about->num));
	if (closed) *ret = COMMENT_DOOR_THREAD;
	return OK;
}

enum code comment_close(struct tx *tx, int64_t about, bool closed, struct err *err)
{
	tx_public(tx);
	if (!closed) return db_run(tx_db(tx), err, "DELETE FROM thread_closed WHERE record = $1", about);
	return db_run(tx_db(tx), err,
	              "INSERT INTO thread_closed (record, created) VALUES ($1, $2) ON CONFLICT (record) DO NOTHING",
	              about, clock_now());
}

/* ---- Adding ---- */

static json_t *values_of(struct arena *a, const char *text, struct id about, struct id parent)
{
	char id[ID_TEXT + 1];
	json_t *values = json_keep(a, json_object());
	json_object_set_new(values, "text", json_string(text));
	json_object_set_new(values, "about", json_string(id_format(about, id)));
	if (!id_is_zero(parent)) json_object_set_new(values, "answers", json_string(id_format(parent, id)));
	return values;
}

enum code comment_add(struct tx *tx, struct arena *a, const struct model *model, struct comment_new *comment,
                      struct issues *issues, struct err *err)
{
	struct record *about, *parent;
	enum comment_door door;
	struct db *db = tx_db(tx);
	if (model->comment == NULL) FAIL(err, E_NOT_FOUND, N_("not found"));
	TRY(record_load(db, a, model, comment->actor, comment->about, &about, err));
	TRY(comment_door(db, about, &door, err));
	if (door != COMMENT_DOOR_OPEN) FAIL(err, E_FORBIDDEN, N_("Comments are closed here."));
	if (!id_is_zero(comment->parent)) {
		TRY(record_load(db, a, model, comment->actor, comment->parent, &parent, err));
		if (parent->about != about->num || parent->state != STATE_PUBLISHED)
			FAIL(err, E_NOT_FOUND, N_("The comment that you answer is not here any more."));
	}
	struct save save = { .actor = comment->actor,
		             .form = model->comment,
		             .space = about->space,
		             .about = about,
		             .state = STATE_PUBLISHED,
		             .values = values_of(a, comment->text, about->id, comment->parent) };
	TRY(record_save(tx, a, model, &save, issues, err));
	comment->saved = save.saved;
	comment->waits = save.waits;
	comment->held = save.held;
	return OK;
}

/* ---- With what it stands below ---- */

static enum code list_all(struct db *db, struct arena *a, int64_t about, int64_t **ret, int *n, struct err *err)
{
	int64_t count;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM record WHERE about = $1", about));
	int64_t *nums = arena_array(a, int64_t, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num FROM record WHERE about = $1 ORDER BY created, num", about));
	*n = 0;
	while (*n < count && rows_next(&rows)) nums[(*n)++] = row_int(&rows, 0);
	*ret = nums;
	return rows_end(&rows, err);
}

/* As a record goes on (record_move): its own new one, the former in the trash, leading to it. What was hidden or
 * waits stays where it was. */
static enum code follow_one(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                            const struct record *comment, const struct record *to, struct err *err)
{
	struct person author;
	struct record *parent;
	struct issues issues;
	struct id answered = { 0 };
	issues_init(&issues, a);
	if (parent_of(comment, &answered) &&
	    record_load(tx_db(tx), a, model, &actor_program, answered, &parent, NULL) == OK)
		answered = parent->id;                               /* what it became, a moment ago */
	if (id_equal(answered, to->id)) answered = (struct id){ 0 }; /* a topic of its own */
	json_t *values = values_of(a, comment_text(comment), to->id, answered);
	struct save save = { .actor = actor,
		             .form = comment->form,
		             .space = to->space,
		             .about = to,
		             .from = comment,
		             .values = values,
		             .state = STATE_PUBLISHED,
		             .mends = true };
	if (comment->author && person_load(tx_db(tx), a, comment->author, &author, NULL) == OK)
		save.credited = author.id;
	TRY(record_save(tx, a, model, &save, &issues, err));
	TRY(record_set_state(tx, a, model, &actor_program, comment->id, STATE_TRASH, (struct id){ 0 }, err));
	return record_lead_to(tx, comment, save.saved, err);
}

enum code comment_follow(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                         const struct record *from, struct id to, struct err *err)
{
	struct record *target, *comment;
	int64_t *nums;
	int n;
	TRY(record_load(tx_db(tx), a, model, &actor_program, to, &target, err));
	TRY(list_all(tx_db(tx), a, from->num, &nums, &n, err));
	for (int i = 0; i < n; i++) {
		TRY(record_load_num(tx_db(tx), a, model, &actor_program, nums[i], &comment, err));
		if (comment->state == STATE_PUBLISHED) TRY(follow_one(tx, a, model, actor, comment, target, err));
	}
	return OK;
}

/* ---- Splitting off ---- */

const struct field *topic_text(const struct form *form)
{
	const struct field *text = NULL;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (text == NULL && field->type->long_text && field->audience == AUDIENCE_PUBLIC &&
		    field->show_if == NULL)
			text = field;
		else if (field->required && field != form->title) return NULL;
	}
	return text;
}

/* It becomes a record of its own, where its address leads. */
static enum code make_topic(struct tx *tx, struct arena *a, const struct model *model, struct comment_split *split,
                            const struct record *comment, struct issues *issues, struct err *err)
{
	struct person author;
	const struct field *text = topic_text(split->form);
	if (text == NULL) FAIL(err, E_INPUT, N_("This kind of page asks for more than a title and a text."));
	json_t *values = json_keep(a, json_object());
	json_object_set_new(values, split->form->title->key, json_string(split->title));
	json_object_set_new(values, text->key, json_string(comment_text(comment)));
	struct save save = { .actor = split->actor,
		             .form = split->form,
		             .space = comment->space,
		             .from = comment,
		             .values = values,
		             .state = STATE_PUBLISHED,
		             .mends = true };
	if (comment->author && person_load(tx_db(tx), a, comment->author, &author, NULL) == OK)
		save.credited = author.id;
	TRY(record_save(tx, a, model, &save, issues, err));
	split->saved = save.saved;
	TRY(record_set_state(tx, a, model, &actor_program, comment->id, STATE_TRASH, (struct id){ 0 }, err));
	return record_lead_to(tx, comment, save.saved, err);
}

/* Answers come after what they answer: one pass finds all that stand below it. */
enum code comment_split(struct tx *tx, struct arena *a, const struct model *model, struct comment_split *split,
                        struct issues *issues, struct err *err)
{
	struct record *comment, *topic, *answer;
	struct id *moved, parent;
	int64_t *nums;
	int n, nmoved = 0;
	struct db *db = tx_db(tx);
	TRY(record_load(db, a, model, split->actor, split->comment, &comment, err));
	if (comment->about == 0 || comment->state != STATE_PUBLISHED)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	if (comment->circle) FAIL(err, E_FORBIDDEN, N_("What is said about a confidential page stays below it."));
	TRY(list_all(db, a, comment->about, &nums, &n, err));
	moved = arena_array(a, struct id, (size_t)n + 1);
	moved[nmoved++] = comment->id;
	TRY(make_topic(tx, a, model, split, comment, issues, err));
	TRY(record_load(db, a, model, &actor_program, split->saved, &topic, err));
	for (int i = 0; i < n; i++) {
		bool below = false;
		TRY(record_load_num(db, a, model, &actor_program, nums[i], &answer, err));
		if (answer->state != STATE_PUBLISHED || !parent_of(answer, &parent)) continue;
		for (int j = 0; j < nmoved; j++) below |= id_equal(moved[j], parent);
		if (!below) continue;
		moved[nmoved++] = answer->id;
		TRY(follow_one(tx, a, model, split->actor, answer, topic, err));
	}
	tx_public(tx);
	return OK;
}

enum code comment_delete_all(struct tx *tx, struct arena *a, const struct model *model, int64_t about, struct err *err)
{
	struct db *db = tx_db(tx);
	struct record *comment;
	int64_t *nums;
	int n;
	TRY(list_all(db, a, about, &nums, &n, err));
	for (int i = 0; i < n; i++) {
		TRY(record_load_num(db, a, model, &actor_program, nums[i], &comment, err));
		TRY(record_erase(tx, a, model, comment, err));
	}
	return OK;
}
