#include "features/bulk/bulk_web.h"

#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/history.h"
#include "features/bulk/bulk.html.h"
#include "features/bulk/bulk_page.h"
#include "web/web.h"

enum { BULK_BODY = 1 << 20 };

const struct bulk_action bulk_actions[] = {
	{ "field", N_("Give an answer the same value"),
	  N_("You choose the question and the answer on the next page.") },
	{ "tag", N_("Add key words"), N_("Those they have stay.") },
	{ "archive", N_("Archive"), N_("They leave the lists; their addresses and the search still find them.") },
	{ "trash", N_("Put in the trash"), N_("For 30 days they can be taken out again.") },
	{ 0 },
};

bool bulk_field(const struct page *p, const struct form *form, const struct field *field)
{
	struct thing thing = { .kind = KIND_RECORD,
		               .space = &p->model->spaces[0],
		               .state = STATE_PUBLISHED,
		               .audience = field->audience };
	return !field->type->long_text && !field->type->computes && field != form->title &&
	       allowed(p->actor, ACTION_EDIT, &thing);
}

const struct field *bulk_tags(const struct page *p, const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (strcmp(form->fields[i].type->name, "tags") == 0 && bulk_field(p, form, &form->fields[i]))
			return &form->fields[i];
	return NULL;
}

bool bulk_offers(const struct page *p, const struct form *form, const struct bulk_action *action)
{
	return strcmp(action->name, "tag") != 0 || bulk_tags(p, form);
}

const char *bulk_record_id(const struct page *p, const struct record *record)
{
	char id[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(record->id, id));
}

static const struct bulk_action *find_action(const char *name)
{
	for (const struct bulk_action *action = bulk_actions; action->name; action++)
		if (strcmp(action->name, name) == 0) return action;
	return NULL;
}

static enum code view_of_route(struct request *r, const struct view **ret, struct err *err)
{
	*ret = page_view(&r->page, r->params[0]);
	if (*ret == NULL) FAIL(err, E_NOT_FOUND, N_("There is no list at this address."));
	return OK;
}

/* ---- Choosing ---- */

static enum code show_choice(struct request *r, const struct view *view, const char *mistake, struct err *err)
{
	struct view_list list;
	struct page *p = &r->page;
	const char *base = arena_printf(r->arena, "/-/bulk/%s", view->key);
	view_list_read(p, view, base, r->http->query, &r->query, &list);
	list.type = view_type_find(view, "list");
	list.query.size = QUERY_SIZE_MAX;
	TRY(view_list_load(p, &list, err));
	p->title = page_printf(p, _("Change several of: %s"), t(p, &view->title));
	p->hidden = true;
	bulk_choose_page(request_out(r), p, &list, mistake);
	return OK;
}

static enum code bulk_form(struct request *r, struct err *err)
{
	const struct view *view;
	TRY(view_of_route(r, &view, err));
	return show_choice(r, view, NULL, err);
}

/* ---- The change ---- */

/* The ticked records, and what is asked. */
static enum code read_bulk(struct request *r, const struct view *view, struct bulk *ret, struct err *err)
{
	struct record **records = arena_array(r->arena, struct record *, QUERY_SIZE_MAX);
	const char *text;
	*ret = (struct bulk){ .view = view, .action = request_form(r, "action"), .records = records };
	for (int i = 0; ret->n < QUERY_SIZE_MAX && (text = form_data_nth(&r->form, "fiche", i)) != NULL; i++) {
		struct id id;
		if (!id_parse(text, &id)) continue;
		enum code code = record_load(r->db, r->arena, r->page.model, &r->actor, id, &records[ret->n], err);
		if (code == E_NOT_FOUND) continue;
		TRY(code);
		ret->n++;
	}
	bool tags = strcmp(ret->action, "tag") == 0;
	ret->field = tags ? bulk_tags(&r->page, view->form) : form_field(view->form, request_form(r, "champ"));
	if (ret->field && !bulk_field(&r->page, view->form, ret->field)) ret->field = NULL;
	return OK;
}

struct writing {
	struct request *r;
	const struct bulk *bulk;
	struct id batch;
	struct bulk_refusal *refusals;
	int nrefusals, done;
	bool changed; /* something was written */
};

static bool has_word(struct arena *a, const json_t *words, const char *word)
{
	for (size_t i = 0; i < json_array_size(words); i++)
		if (strcmp(text_fold(a, json_string_value(json_array_get(words, i))), text_fold(a, word)) == 0)
			return true;
	return false;
}

/* The key words of the record, and those typed that it has not yet. */
static json_t *with_words(struct arena *a, const struct record *record, const struct bulk *bulk)
{
	const json_t *present = record_find_value(record, bulk->field, NULL);
	json_t *words = json_keep(a, present ? json_copy((json_t *)present) : json_array());
	for (size_t i = 0; i < json_array_size(bulk->value); i++) {
		json_t *word = json_array_get(bulk->value, i);
		if (!has_word(a, words, json_string_value(word))) json_array_append(words, word);
	}
	return words;
}

static enum code write_field(struct tx *tx, struct writing *w, const struct record *record, struct err *err)
{
	struct arena *a = w->r->arena;
	struct issues issues;
	json_t *values = json_keep(a, json_object());
	issues_init(&issues, a);
	if (strcmp(w->bulk->action, "tag") == 0)
		json_object_set(values, w->bulk->field->key, with_words(a, record, w->bulk));
	else if (w->bulk->value) json_object_set(values, w->bulk->field->key, (json_t *)w->bulk->value);
	else json_object_set_new(values, w->bulk->field->key, json_null());
	struct save save = { .actor = &w->r->actor,
		             .record = record->id,
		             .values = values,
		             .state = STATE_PUBLISHED,
		             .batch = w->batch };
	TRY(record_save(tx, a, w->r->page.model, &save, &issues, err));
	w->changed |= save.changed;
	return OK;
}

static enum code write_one(struct tx *tx, struct writing *w, const struct record *record, struct err *err)
{
	static const struct {
		const char *action;
		enum record_state state;
	} states[] = { { "archive", STATE_ARCHIVED }, { "trash", STATE_TRASH } };
	for (size_t i = 0; i < COUNT(states); i++)
		if (strcmp(states[i].action, w->bulk->action) == 0) {
			w->changed = true;
			return record_set_state(tx, w->r->arena, w->r->page.model, &w->r->actor, record->id,
			                        states[i].state, w->batch, err);
		}
	return write_field(tx, w, record, err);
}

/* What cannot be changed is told; the others are. */
static enum code write_all(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	w->nrefusals = w->done = 0;
	w->changed = false;
	for (int i = 0; i < w->bulk->n; i++) {
		const struct record *record = w->bulk->records[i];
		struct err why;
		enum code code = write_one(tx, w, record, &why);
		if (code == OK) {
			w->done++;
		} else if (code == E_INPUT || code == E_FORBIDDEN || code == E_NOT_FOUND) {
			w->refusals[w->nrefusals++] = (struct bulk_refusal){ record, page_error(&w->r->page, &why) };
		} else {
			*err = why;
			return code;
		}
	}
	return OK;
}

static enum code apply(struct request *r, const struct bulk *bulk, struct err *err)
{
	struct writing w = { .r = r,
		             .bulk = bulk,
		             .batch = id_new(),
		             .refusals = arena_array(r->arena, struct bulk_refusal, (size_t)bulk->n + 1) };
	const char *url = arena_printf(r->arena, "/%s", bulk->view->slug);
	TRY(request_write(r, write_all, &w, err));
	if (w.nrefusals == 0 && !w.changed) return request_redirect(r, url, "inchange");
	if (w.nrefusals == 0) return request_redirect_about(r, url, "lot", w.batch);
	struct page *p = &r->page;
	char id[ID_TEXT + 1];
	p->title = _("Some could not be changed");
	p->hidden = true;
	bulk_result_page(request_out(r), p, bulk, w.refusals, w.nrefusals, w.done, url,
	                 arena_strdup(r->arena, id_format(w.batch, id)));
	return OK;
}

static enum code show_value(struct request *r, const struct bulk *bulk)
{
	struct page *p = &r->page;
	p->title = strcmp(bulk->action, "tag") == 0 ? _("Add key words")
	           : bulk->field ? page_printf(p, _("The same “%s” for %d"), t(p, &bulk->field->label), bulk->n)
	                         : _("Which question?");
	p->hidden = true;
	bulk_value_page(request_out(r), p, bulk);
	return OK;
}

/* Reads the answer typed; mistakes show the page again. */
static enum code apply_field(struct request *r, struct bulk *bulk, struct err *err)
{
	struct issues issues;
	struct field_post post = request_post(r);
	request_issues(r, &issues);
	if (*request_form(r, "pret") == '\0') return show_value(r, bulk);
	bulk->value = bulk->field->type->read(bulk->field, &post, &issues);
	if (issues.count == 0) return apply(r, bulk, err);
	r->response->status = 422;
	r->page.issues = &issues;
	return show_value(r, bulk);
}

static enum code bulk_post(struct request *r, struct err *err)
{
	const struct view *view;
	struct bulk bulk;
	const struct page *p = &r->page;
	TRY(view_of_route(r, &view, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(read_bulk(r, view, &bulk, err));
	const struct bulk_action *action = find_action(bulk.action);
	const char *mistake = bulk.n == 0                                             ? _("Tick at least one.")
	                      : action == NULL || !bulk_offers(p, view->form, action) ? _("Choose what is to be done.")
	                                                                              : NULL;
	if (mistake || action == NULL) {
		r->response->status = 422;
		return show_choice(r, view, mistake, err);
	}
	bool asks = strcmp(action->name, "field") == 0 || strcmp(action->name, "tag") == 0;
	if (!asks) return apply(r, &bulk, err);
	return bulk.field ? apply_field(r, &bulk, err) : show_value(r, &bulk);
}

/* ---- Taking it back ---- */

struct undoing {
	struct request *r;
	struct id save;
	struct undo undo;
};

static enum code undo(struct tx *tx, void *arg, struct err *err)
{
	struct undoing *u = arg;
	return history_undo(tx, u->r->arena, u->r->page.model, &u->r->actor, u->save, &u->undo, err);
}

static enum code undo_post(struct request *r, struct err *err)
{
	struct undoing u = { .r = r };
	const char *next = local_path(request_form(r, "next"), "/-/recent");
	if (!id_parse(r->params[0], &u.save))
		FAIL(err, E_NOT_FOUND, N_("There is nothing here that you could take back."));
	TRY(request_write(r, undo, &u, err));
	return request_redirect(r, arena_strndup(r->arena, next, strcspn(next, "?")),
	                        u.undo.left ? "annule-en-partie" : "annule");
}

const struct feature bulk_feature = {
	.name = "bulk",
	.way = WAY_LIST,
	.routes = ROUTES({ HTTP_GET, "/-/bulk/:view", bulk_form, ACTION_MANAGE, KIND_RECORD,
	                   N_("Choose records to change together"), 0, false },
	                 { HTTP_POST, "/-/bulk/:view", bulk_post, ACTION_MANAGE, KIND_RECORD,
	                   N_("Change several records"), BULK_BODY, false },
	                 { HTTP_POST, "/-/undo/:save", undo_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Take back what was just done"), 0, false }),
};
