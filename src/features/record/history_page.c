#include "features/record/history_page.h"

#include <sodium.h>
#include <string.h>

#include "base/diff.h"
#include "base/text.h"
#include "core/field_type.h"
#include "features/record/history.html.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "page/change.h"
#include "web/seal.h"

enum { ENTRIES = 50 };

const char *save_text(const struct page *p, struct id save)
{
	char text[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(save, text));
}

const char *history_fields(const struct page *p, const struct form *form, const struct history_entry *entry)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < entry->nfields; i++) {
		const struct field *field = form_field_ever(form, entry->fields[i]);
		if (field && field->hidden) continue;
		if (out.len) buf_lit(&out, ", ");
		buf_puts(&out, field ? t(p, &field->label) : entry->fields[i]);
	}
	return buf_str(&out);
}

const char *history_actor(const struct page *p, const struct history_entry *entry)
{
	if (entry->actor_name) return entry->actor_name;
	return id_is_zero(entry->actor) ? page_printf(p, _("The team of %s"), page_site_name(p))
	                                : _("Former contributor");
}

enum code history_show(struct request *r, struct err *err)
{
	struct record *record;
	struct history_entry *entries;
	struct id before = { 0 };
	int n;
	request_way(r, WAY_HISTORY);
	TRY(record_of_route(r, ACTION_HISTORY, &record, err));
	(void)id_parse(request_query(r, "avant-le"), &before);
	TRY(history_list(r->db, r->arena, r->page.model, &r->actor, record->id, before, ENTRIES, &entries, &n, err));
	const struct page *p = &r->page;
	r->page.title = page_printf(p, _("History of “%s”"), record->title);
	r->page.hidden = true;
	const char *older = n == ENTRIES
	                            ? arena_printf(r->arena, "%s?avant-le=%s", record_action_url(p, record, "history"),
	                                           save_text(p, entries[n - 1].save))
	                            : NULL;
	history_page(request_out(r), p, record, entries, n, older);
	return OK;
}

/* The state after a save named in the address, and when it was. */
static enum code state_at(struct request *r, const struct record *record, const char *text, const json_t **values,
                          const char **when, struct id *save, struct err *err)
{
	if (!id_parse(text, save)) FAIL(err, E_NOT_FOUND, N_("There is no such version."));
	TRY(history_state(r->db, r->arena, r->page.model, &r->actor, record->id, *save, values, err));
	/* A save's id begins with its time (UUID version 7). */
	int64_t ms = 0;
	for (int i = 0; i < 6; i++) ms = ms << 8 | save->b[i];
	*when = page_date_time(&r->page, ms);
	return OK;
}

enum code version_show(struct request *r, struct err *err)
{
	struct record *record;
	const json_t *values;
	const char *when;
	struct id save;
	request_way(r, WAY_HISTORY);
	TRY(record_of_route(r, ACTION_HISTORY, &record, err));
	TRY(state_at(r, record, r->params[1], &values, &when, &save, err));
	const struct page *p = &r->page;
	r->page.title = page_printf(p, _("“%s” as it was on %s"), record->title, when);
	r->page.hidden = true;
	version_page(request_out(r), p, record, values, when, save_text(p, save));
	return OK;
}

int history_changes(const struct page *p, const struct form *form, const json_t *before, const json_t *after,
                    struct field_change **ret)
{
	struct field_change *changes = arena_array(p->arena, struct field_change, (size_t)form->nfields + 1);
	int n = 0;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (field->hidden) continue;
		const json_t *old = json_object_get(before, field->key), *now = json_object_get(after, field->key);
		const char *x = json_is_null(old) ? "" : field_plain(p, field, old);
		const char *y = json_is_null(now) ? "" : field_plain(p, field, now);
		if (strcmp(x, y) != 0) changes[n++] = (struct field_change){ field, page_changes(p, x, y) };
	}
	*ret = changes;
	return n;
}

/* Short ones are everywhere. */
enum { BROUGHT = 64, BROUGHT_MIN = 4 };

static void add_brought(const struct page *p, const struct diff *diff, const char **words, int *n)
{
	for (size_t i = 0; i < diff->count && *n < BROUGHT; i++) {
		const struct diff_run *run = &diff->runs[i];
		if (run->kind != DIFF_ADDED) continue;
		const char *text = text_trim(p->arena, arena_strndup(p->arena, run->text, run->len));
		if (strlen(text) >= BROUGHT_MIN) words[(*n)++] = text;
	}
}

int history_brought(const struct page *p, const struct form *form, const json_t *before, const json_t *after,
                    const char ***ret)
{
	const char **words = arena_array(p->arena, const char *, BROUGHT);
	int n = 0;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		const json_t *now = json_object_get(after, field->key);
		if (field->hidden || now == NULL || json_is_null(now)) continue;
		const json_t *old = json_object_get(before, field->key);
		const char *then = old && !json_is_null(old) ? field_plain(p, field, old) : "";
		const struct diff diff = diff_words(p->arena, then, field_plain(p, field, now));
		add_brought(p, &diff, words, &n);
	}
	*ret = words;
	return n;
}

bool history_holds(const struct page *p, const struct form *form, const json_t *values, const char *const *words, int n)
{
	for (int i = 0; i < form->nfields; i++) {
		const json_t *value = json_object_get(values, form->fields[i].key);
		if (form->fields[i].hidden || value == NULL || json_is_null(value)) continue;
		const char *text = field_plain(p, &form->fields[i], value);
		for (int k = 0; k < n; k++)
			if (strstr(text, words[k])) return true;
	}
	return false;
}

enum code compare_show(struct request *r, struct err *err)
{
	struct record *record;
	const json_t *before, *after;
	const char *then, *now;
	struct id first, second;
	struct field_change *changes;
	request_way(r, WAY_HISTORY);
	TRY(record_of_route(r, ACTION_HISTORY, &record, err));
	TRY(state_at(r, record, request_query(r, "avant"), &before, &then, &first, err));
	TRY(state_at(r, record, request_query(r, "apres"), &after, &now, &second, err));
	const struct page *p = &r->page;
	int n = history_changes(p, record->form, before, after, &changes);
	r->page.title = page_printf(p, _("What changed in “%s”"), record->title);
	r->page.hidden = true;
	compare_page(request_out(r), p, record, changes, n, then, now);
	return OK;
}

struct restoring {
	struct request *r;
	struct id record, save;
	struct save result;
	struct issues issues;
};

static enum code restore(struct tx *tx, void *arg, struct err *err)
{
	struct restoring *x = arg;
	return history_restore(tx, x->r->arena, x->r->page.model, &x->r->actor, x->record, x->save, &x->result,
	                       &x->issues, err);
}

enum code restore_post(struct request *r, struct err *err)
{
	struct record *record;
	TRY(record_of_route(r, ACTION_RESTORE, &record, err));
	struct restoring x = { .r = r, .record = record->id };
	request_issues(r, &x.issues);
	if (!id_parse(request_form(r, "version"), &x.save)) FAIL(err, E_INPUT, N_("There is no such version."));
	TRY(request_write(r, restore, &x, err));
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, record->id, &record, err));
	return request_redirect(r, record_url(&r->page, record), "restaure");
}

/* ---- Two versions ---- */

/* Who wrote the version that a conflict names by its hash, and when. */
static const char *version_who(struct request *r, const struct record *record, const char *hex)
{
	struct hash object;
	struct history_entry entry;
	struct err err;
	size_t len = 0;
	if (sodium_hex2bin(object.b, HASH_SIZE, hex, strlen(hex), NULL, &len, NULL) != 0 || len != HASH_SIZE ||
	    history_of_object(r->db, r->arena, r->page.model, &r->actor, record->id, &object, &entry, &err) != OK)
		return "";
	return arena_printf(r->arena, "%s, %s", history_actor(&r->page, &entry), page_date_time(&r->page, entry.time));
}

static int find_versions(struct request *r, const struct record *record, struct field_versions **ret)
{
	struct field_versions *fields = arena_array(r->arena, struct field_versions, (size_t)record->form->nfields + 1);
	int n = 0;
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *conflict = json_object_get(record->parts[field->audience].conflict, field->key);
		size_t count = json_array_size(conflict);
		if (count == 0) continue;
		struct field_versions *versions = &fields[n++];
		versions->field = field;
		for (size_t j = 0; j < count && j < COUNT(versions->values); j++) {
			const json_t *version = json_array_get(conflict, j), *value = json_object_get(version, "value");
			versions->who[versions->n] = version_who(r, record, json_str_or(version, "object", ""));
			versions->values[versions->n++] = json_is_null(value) ? NULL : value;
		}
	}
	*ret = fields;
	return n;
}

enum code versions_form(struct request *r, struct err *err)
{
	struct record *record;
	struct field_versions *fields;
	TRY(record_of_route(r, ACTION_EDIT, &record, err));
	const struct page *p = &r->page;
	int n = find_versions(r, record, &fields);
	if (n == 0) return request_redirect(r, record_url(p, record), NULL);
	r->page.title = _("Choose what is kept");
	r->page.hidden = true;
	versions_page(request_out(r), p, record, fields, n, seal_heads(r, record));
	return OK;
}

struct choosing {
	struct request *r;
	struct save save;
	struct issues issues;
};

static enum code save_choice(struct tx *tx, void *arg, struct err *err)
{
	struct choosing *x = arg;
	return record_save(tx, x->r->arena, x->r->page.model, &x->save, &x->issues, err);
}

/* The value kept for one field: one of its versions, or a third one typed. */
static json_t *kept_value(struct request *r, const struct field_versions *versions, struct issues *issues)
{
	const char *choice = request_form(r, arena_printf(r->arena, "_keep.%s", versions->field->key));
	struct field_post post = request_post(r);
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	json_t *value;
	if (strcmp(choice, "new") == 0) {
		value = versions->field->type->read(versions->field, &post, issues);
	} else {
		int i = *choice - '0';
		value = i > 0 && i < versions->n ? (json_t *)versions->values[i] : (json_t *)versions->values[0];
	}
	return value ? value : json_keep(r->arena, json_null());
}

enum code versions_post(struct request *r, struct err *err)
{
	struct record *record;
	struct field_versions *fields;
	TRY(record_of_route(r, ACTION_EDIT, &record, err));
	int n = find_versions(r, record, &fields);
	struct choosing x = { .r = r };
	json_t *values = json_keep(r->arena, json_object());
	request_issues(r, &x.issues);
	for (int i = 0; i < n; i++) json_object_set(values, fields[i].field->key, kept_value(r, &fields[i], &x.issues));
	x.save = (struct save){ .actor = &r->actor,
		                .record = record->id,
		                .form = record->form,
		                .space = record->space,
		                .values = values,
		                .opened = true,
		                .settles = true };
	TRY(open_heads(r, record->id, request_form(r, "_heads"), x.save.heads, err));
	enum code code = x.issues.count ? E_INPUT : request_write(r, save_choice, &x, err);
	if (code == E_INPUT && x.issues.count) {
		const struct page *p = &r->page;
		r->response->status = 422;
		r->page.issues = &x.issues;
		r->page.title = _("Choose what is kept");
		versions_page(request_out(r), p, record, fields, n, request_form(r, "_heads"));
		return OK;
	}
	TRY(code);
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, record->id, &record, err));
	return request_redirect(r, record_url(&r->page, record), "enregistre");
}
