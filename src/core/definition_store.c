#include "core/definition.h"

#include <string.h>

#include "base/clock.h"
#include "core/audit.h"
#include "core/form.h"
#include "core/form_part.h"
#include "core/reader.h"
#include "core/reindex.h"

/* A local number for each field of a form: index rows are small, keys stay readable. */
static enum code number_fields(struct db *db, int64_t form, const json_t *body, struct err *err)
{
	size_t i;
	json_t *field;
	json_array_foreach (json_object_get(body, "fields"), i, field) {
		TRY(db_run(db, err, "INSERT INTO field (form, key) VALUES ($1, $2) ON CONFLICT (form, key) DO NOTHING",
		           form, json_str_or(field, "key", "")));
	}
	return OK;
}

/* Does it name this definition, as a whole or in one of its fields? */
static bool uses(const json_t *body, const char *property, const char *key)
{
	size_t i;
	json_t *field;
	if (strcmp(json_str_or(body, property, ""), key) == 0) return true;
	json_array_foreach (json_object_get(body, "fields"), i, field)
		if (strcmp(json_str_or(field, property, ""), key) == 0) return true;
	return false;
}

/* The lists as they are now, for the forms that are numbered. */
static enum code read_lists(struct db *db, struct arena *a, struct list **ret, int *n, struct err *err)
{
	int64_t count;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM definition WHERE kind = $1 AND body <> ''",
	           (int)DEFINITION_LIST));
	struct list *lists = arena_array(a, struct list, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	int found = 0;
	TRY(db_query(db, &rows, err, "SELECT body FROM definition WHERE kind = $1 AND body <> ''",
	             (int)DEFINITION_LIST));
	while (found < count && rows_next(&rows)) {
		struct issues issues;
		struct err ignored;
		json_t *body;
		issues_init(&issues, a);
		TRY(json_parse(a, row_text(&rows, 0), strlen(row_text(&rows, 0)), &body, err));
		found += list_parse(a, body, &lists[found], &issues, &ignored) == OK;
	}
	*ret = lists;
	*n = found;
	return rows_end(&rows, err);
}

/* … and for each of their parts. */
static enum code number_parts(struct db *db, struct arena *a, int64_t num, const json_t *body, struct err *err)
{
	struct issues issues;
	struct form form;
	struct err why;
	struct list *lists;
	int nlists;
	TRY(read_lists(db, a, &lists, &nlists, err));
	issues_init(&issues, a);
	if (form_parse(a, body, lists, nlists, &form, &issues, &why) != OK) return OK; /* refused elsewhere */
	for (int i = 0; i < form.nparts; i++)
		TRY(db_run(db, err, "INSERT INTO field (form, key) VALUES ($1, $2) ON CONFLICT (form, key) DO NOTHING",
		           num, form.parts[i].key));
	return OK;
}

/* A list that gets longer gives parts to the forms that it serves. */
static enum code number_users(struct db *db, struct arena *a, const char *list, struct err *err)
{
	int64_t count;
	int n = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM definition WHERE kind = $1", (int)DEFINITION_FORM));
	int64_t *nums = arena_array(a, int64_t, (size_t)count + 1);
	json_t **bodies = arena_array(a, json_t *, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num, body FROM definition WHERE kind = $1 AND body <> ''",
	             (int)DEFINITION_FORM));
	while (n < count && rows_next(&rows)) {
		nums[n] = row_int(&rows, 0);
		TRY(json_parse(a, row_text(&rows, 1), strlen(row_text(&rows, 1)), &bodies[n], err));
		n += uses(bodies[n], "list", list);
	}
	TRY(rows_end(&rows, err));
	for (int i = 0; i < n; i++) TRY(number_parts(db, a, nums[i], bodies[i], err));
	return OK;
}

static enum code current(struct db *db, struct arena *a, enum definition_kind kind, const char *key, int64_t *num,
                         int64_t *version, const char **body, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num, version, body FROM definition WHERE kind = $1 AND key = $2",
	             (int)kind, key));
	*num = 0;
	*version = 0;
	*body = "";
	if (rows_next(&rows)) {
		*num = row_int(&rows, 0);
		*version = row_int(&rows, 1);
		*body = arena_strdup(a, row_text(&rows, 2));
	}
	return rows_end(&rows, err);
}

enum code definition_load(struct db *db, struct arena *a, enum definition_kind kind, const char *key, json_t **ret,
                          struct err *err)
{
	int64_t num, version;
	const char *text;
	TRY(current(db, a, kind, key, &num, &version, &text, err));
	if (*text == '\0') FAIL(err, E_NOT_FOUND, N_("“%s” is not here any more."), key);
	return json_parse(a, text, strlen(text), ret, err);
}

enum code definition_versions(struct db *db, struct arena *a, enum definition_kind kind, const char *key, int max,
                              struct definition_version **ret, int *n, struct err *err)
{
	struct definition_version *all = arena_array(a, struct definition_version, (size_t)max + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	int found = 0;
	TRY(db_query(db, &rows, err,
	             "SELECT v.version, v.created, p.name, v.body FROM definition_version v JOIN definition d ON "
	             "d.num = v.definition "
	             "LEFT JOIN person p ON p.num = v.actor WHERE d.kind = $1 AND d.key = $2 AND v.body <> '' "
	             "ORDER BY v.version DESC LIMIT $3",
	             (int)kind, key, max));
	while (found < max && rows_next(&rows)) {
		struct definition_version *version = &all[found++];
		const char *text = row_text(&rows, 3);
		*version = (struct definition_version){ .version = row_int(&rows, 0), .at = row_int(&rows, 1) };
		if (!row_is_null(&rows, 2) && *row_text(&rows, 2)) version->who = arena_strdup(a, row_text(&rows, 2));
		TRY(json_parse(a, text, strlen(text), &version->body, err));
	}
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code definition_at(struct db *db, struct arena *a, enum definition_kind kind, const char *key, int64_t version,
                        json_t **ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT v.body FROM definition_version v JOIN definition d ON d.num = v.definition WHERE d.kind = "
	             "$1 AND d.key = $2 AND v.version = $3 AND v.body <> ''",
	             (int)kind, key, version));
	const char *text = rows_next(&rows) ? arena_strdup(a, row_text(&rows, 0)) : NULL;
	TRY(rows_end(&rows, err));
	if (text == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such version."));
	return json_parse(a, text, strlen(text), ret, err);
}

enum code definition_present(struct db *db, enum definition_kind kind, const char *key, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err, "SELECT version FROM definition WHERE kind = $1 AND key = $2", (int)kind, key);
}

enum code definition_latest(struct db *db, struct arena *a, enum definition_kind kind, struct definition_last **ret,
                            int *n, struct err *err)
{
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM definition WHERE kind = $1", (int)kind));
	struct definition_last *all = arena_array(a, struct definition_last, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	int found = 0;
	TRY(db_query(db, &rows, err,
	             "SELECT d.key, v.created, p.name, v.body FROM definition d JOIN definition_version v ON "
	             "v.definition = d.num AND "
	             "v.version = d.version LEFT JOIN person p ON p.num = v.actor WHERE d.kind = $1 AND v.body <> "
	             "'' ORDER BY d.num",
	             (int)kind));
	while (found < count && rows_next(&rows)) {
		struct definition_last *last = &all[found++];
		const char *text = row_text(&rows, 3);
		*last = (struct definition_last){ .key = arena_strdup(a, row_text(&rows, 0)), .at = row_int(&rows, 1) };
		if (!row_is_null(&rows, 2) && *row_text(&rows, 2)) last->who = arena_strdup(a, row_text(&rows, 2));
		TRY(json_parse(a, text, strlen(text), &last->body, err));
	}
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

/* A column of keys as members of an object. */
static enum code read_keys(struct rows *rows, struct arena *a, json_t **ret, struct err *err)
{
	json_t *keys = json_keep(a, json_object());
	while (rows_next(rows)) json_object_set_new(keys, row_text(rows, 0), json_true());
	TRY(rows_end(rows, err));
	*ret = keys;
	return OK;
}

enum code definition_keys(struct db *db, struct arena *a, enum definition_kind kind, json_t **ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT key FROM definition WHERE kind = $1", (int)kind));
	return read_keys(&rows, a, ret, err);
}

enum code definition_field_keys(struct db *db, struct arena *a, const char *form, json_t **ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT f.key FROM field f JOIN definition d ON d.num = f.form WHERE d.kind = $1 AND d.key = $2",
	             (int)DEFINITION_FORM, form));
	return read_keys(&rows, a, ret, err);
}

/* What records of a form are found by depends on all but these words, and not on the order of the questions. */
static json_t *found_by(struct arena *a, const char *text)
{
	static const char *const words[] = { "label",   "help", "group", "required",   "show_if", "default",
		                             "inverse", "unit", "rows",  "constraint", "refusal" };
	json_t *body, *field, *found = json_keep(a, json_object());
	struct err ignored;
	size_t i;
	if (json_parse(a, text, strlen(text), &body, &ignored) != OK) return found;
	json_object_set(found, "", json_object_get(body, "title"));
	json_array_foreach (json_object_get(body, "fields"), i, field) {
		json_t *part = json_keep(a, json_copy(field));
		for (size_t w = 0; w < COUNT(words); w++)
			if (!json_is_array(json_object_get(part, words[w]))) json_object_del(part, words[w]);
		json_object_set(found, json_str_or(field, "key", ""), part);
	}
	return found;
}

static bool is_confidential(struct arena *a, const char *text)
{
	json_t *body;
	struct err ignored;
	if (*text == '\0' || json_parse(a, text, strlen(text), &body, &ignored) != OK) return false;
	const json_t *said = json_object_get(body, "confidential");
	return said && !json_is_false(said);
}

/* What people do to them is in the audit; what the program brings along is not. */
static enum code note(struct tx *tx, const struct actor *actor, const char *action, const char *key, int64_t version,
                      struct err *err)
{
	if (actor->person == 0) return OK;
	return audit_note(tx, actor, action, ID_NONE,
	                  json_pack("{s:s, s:I}", "key", key, "version", (json_int_t)version), err);
}

static const char *const saved[] = {
	[DEFINITION_LIST] = "list.save",       [DEFINITION_FORM] = "form.save",         [DEFINITION_VIEW] = "view.save",
	[DEFINITION_SETTING] = "setting.save", [DEFINITION_TEMPLATE] = "template.save", [DEFINITION_OWN] = "form.save"
};
static const char *const deleted[] = {
	[DEFINITION_LIST] = "list.delete",         [DEFINITION_FORM] = "form.delete",
	[DEFINITION_VIEW] = "view.delete",         [DEFINITION_SETTING] = "setting.delete",
	[DEFINITION_TEMPLATE] = "template.delete", [DEFINITION_OWN] = "form.delete"
};

enum code definition_save(struct tx *tx, struct arena *a, enum definition_kind kind, const char *key,
                          const json_t *body, const struct actor *actor, bool *changed, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t num, version;
	const char *before, *text = json_text(a, body);
	TRY(current(db, a, kind, key, &num, &version, &before, err));
	if (changed) *changed = strcmp(before, text) != 0;
	if (strcmp(before, text) == 0) return OK;
	TRY(db_run(db, err,
	           "INSERT INTO definition (kind, key, version, body, changed) VALUES ($1, $2, $3, $4, $5) "
	           "ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, body = excluded.body, "
	           "changed = excluded.changed",
	           (int)kind, key, version + 1, text, clock_now()));
	TRY(db_int(db, &num, 0, err, "SELECT num FROM definition WHERE kind = $1 AND key = $2", (int)kind, key));
	TRY(db_run(db, err,
	           "INSERT INTO definition_version (definition, version, body, actor, created) "
	           "VALUES ($1, $2, $3, $4, $5)",
	           num, version + 1, text, actor->person, clock_now()));
	if (kind == DEFINITION_FORM || kind == DEFINITION_OWN) TRY(number_fields(db, num, body, err));
	if (kind == DEFINITION_FORM) TRY(number_parts(db, a, num, body, err));
	if (kind == DEFINITION_LIST) TRY(number_users(db, a, key, err));
	bool was = is_confidential(a, before), is = is_confidential(a, text);
	if (kind == DEFINITION_FORM) TRY(reader_form_changed(tx, num, was, is, err));
	bool same = kind == DEFINITION_FORM && was == is && json_equal(found_by(a, before), found_by(a, text));
	if (kind == DEFINITION_FORM && version && !same) TRY(reindex_later(tx, num, err));
	if (kind == DEFINITION_LIST && version) TRY(reindex_later(tx, 0, err));
	tx_public(tx);
	return note(tx, actor, saved[kind], key, version + 1, err);
}

/* The property by which forms and views name a definition of this kind; NULL: they do not. */
static const char *const named_by[] = {
	[DEFINITION_LIST] = "list", [DEFINITION_FORM] = "form", [DEFINITION_TEMPLATE] = NULL, [DEFINITION_OWN] = NULL
};

/* A form may name itself. */
static enum code refuse_named(struct db *db, struct arena *a, enum definition_kind kind, const char *key,
                              struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	if (named_by[kind] == NULL) return OK;
	TRY(db_query(db, &rows, err,
	             "SELECT kind, key, body FROM definition WHERE kind IN ($1, $2) AND body <> '' ORDER BY kind, key",
	             (int)DEFINITION_FORM, (int)DEFINITION_VIEW));
	while (rows_next(&rows)) {
		json_t *body;
		bool itself = row_int(&rows, 0) == kind && strcmp(row_text(&rows, 1), key) == 0;
		TRY(json_parse(a, row_text(&rows, 2), strlen(row_text(&rows, 2)), &body, err));
		if (!itself && uses(body, named_by[kind], key))
			FAIL(err, E_INPUT, N_("“%s” cannot be taken away: “%s” uses it."), key, row_text(&rows, 1));
	}
	return rows_end(&rows, err);
}

static enum code refuse_filled(struct db *db, enum definition_kind kind, const char *key, struct err *err)
{
	int64_t n;
	if (kind != DEFINITION_FORM) return OK;
	TRY(db_int(db, &n, 0, err,
	           "SELECT COUNT(*) FROM record r JOIN definition d ON d.num = r.form WHERE d.kind = $1 AND d.key "
	           "= $2",
	           (int)kind, key));
	if (n == 0)
		TRY(db_int(
		        db, &n, 0, err,
		        "SELECT (SELECT COUNT(*) FROM response r JOIN definition d ON d.num = r.form WHERE d.kind = $1 AND "
		        "d.key = $2) + (SELECT COUNT(*) FROM anonymous_answer x JOIN definition d ON d.num = x.form WHERE "
		        "d.kind = $1 AND d.key = $2)",
		        (int)kind, key));
	if (n)
		FAIL(err, E_INPUT,
		     N_("The form “%s” cannot be taken away: pages are made with it (drafts and the trash count "
		        "too)."),
		     key);
	return OK;
}

static enum code refuse_used(struct db *db, enum definition_kind kind, const char *key, struct err *err)
{
	struct arena a;
	TRY(refuse_filled(db, kind, key, err));
	arena_init(&a);
	enum code code = refuse_named(db, &a, kind, key, err);
	arena_release(&a);
	return code;
}

enum code definition_delete(struct tx *tx, enum definition_kind kind, const char *key, const struct actor *actor,
                            struct err *err)
{
	TRY(refuse_used(tx_db(tx), kind, key, err));
	TRY(db_run(tx_db(tx), err, "UPDATE definition SET body = '' WHERE kind = $1 AND key = $2", (int)kind, key));
	tx_public(tx);
	return note(tx, actor, deleted[kind], key, 0, err);
}
