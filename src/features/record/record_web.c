#include "features/record/record_web.h"

#include <string.h>

#include "base/text.h"
#include "core/care.h"
#include "core/field_type.h"
#include "core/person.h"
#include "core/reader.h"
#include "features/contribute/contribute.h"
#include "features/guest/guest.h"
#include "features/guest/guest_web.h"
#include "features/moderation/moderation_page.h"
#include "features/people/people_web.h"
#include "features/record/also.h"
#include "features/record/history_page.h"
#include "features/record/life_web.h"
#include "features/record/record.html.h"
#include "features/record/record_show.h"
#include "features/template/template_list.h"
#include "web/error_page.h"
#include "web/seal.h"
#include "web/taken.h"
#include "web/web.h"

enum { FORM_BODY = 1 << 20 };

/* ---- Adding and correcting ---- */

/* The space named in the address or form, else the first where this person may add. */
static const struct space *space_for(struct request *r, const struct form *form, const char *slug)
{
	const struct space *named = *slug ? model_space_by_slug(r->page.model, slug) : NULL;
	struct thing thing = { .kind = KIND_RECORD, .state = STATE_PUBLISHED, .circle = circle_of_form(form) };
	if (named) return named;
	for (int i = 0; i < r->page.model->nspaces; i++) {
		thing.space = &r->page.model->spaces[i];
		if (allowed(&r->actor, ACTION_CREATE, &thing)) return thing.space;
	}
	return NULL;
}

static enum code find_place(struct request *r, const char *slug, const struct form **form, const struct space **space,
                            struct err *err)
{
	*form = model_form(r->page.model, r->params[0]);
	*space = *form ? space_for(r, *form, slug) : NULL;
	if (*form == NULL || *space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no form at this address."));
	struct thing thing = {
		.kind = KIND_RECORD, .space = *space, .state = STATE_PUBLISHED, .circle = circle_of_form(*form)
	};
	TRY(may(&r->actor, ACTION_CREATE, &thing, err));
	return form_takes(*form, err);
}

/* The template that a new record began with, or NULL. */
static const struct template *template_of(struct request *r, const struct form *form)
{
	const char *key = r->http->method == HTTP_POST ? request_form(r, "_template") : request_query(r, "modele");
	return template_named(&r->page, form, key);
}

static bool may_enter_for_others(const struct request *r, const struct space *space)
{
	return allowed(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = space });
}

/* What the form of a new record asks of who has no account, or enters something for somebody else. */
static struct guest_typed guest_of(struct request *r, const struct space *space)
{
	struct guest_typed typed = guest_typed_of(r);
	typed.visitor = guest_may_add(r, space);
	typed.manager = may_enter_for_others(r, space);
	typed.for_name = request_form(r, "for-name");
	return typed;
}

/* Choices asked at random stand in one order for one page and, before it is there, for one person and form; of who has no
 * account, for one visit of the form, which it says when it is sent. */
static uint64_t seed_of(const struct request *r, const struct record *record)
{
	uint64_t seed = strtoull(request_form(r, "_order"), NULL, 10);
	if (record == NULL && r->actor.person) return (uint64_t)r->actor.person + 1;
	if (record == NULL && seed) return seed;
	const struct id id = record ? record->id : id_random();
	for (int i = 0; i < 8; i++) seed = seed << 8 | id.b[8 + i];
	return seed | 1;
}

static void show_form(struct request *r, const struct form *form, const struct space *space,
                      const struct record *record, const json_t *values, const struct record *preview,
                      const char *heads)
{
	struct page *p = &r->page;
	p->title = record ? page_printf(p, _("Correct “%s”"), record->title) : t(p, &form->add);
	p->hidden = true;
	p->seed = seed_of(r, record);
	const char *action = record ? record_action_url(p, record, "edit")
	                            : arena_printf(r->arena, "/-/new/%s", form->key);
	const char *typed = request_form(r, "_slug"), *slug = *typed || record == NULL ? typed : record->slug;
	const struct template *template = record ? NULL : template_of(r, form);
	const struct guest_typed guest = guest_of(r, space);
	struct also_choice *also;
	int nalso = also_choices(r, record, form, space, &also);
	edit_page(request_out(r), p, form, space, record, values, preview, heads, action, request_form(r, "_note"),
	          slug, template, r->http->query, record ? NULL : &guest, also, nalso);
}

/* A copy begins with all that may be read of the other, under another title. */
static void copy_values(struct request *r, const struct form *form, json_t *values)
{
	struct record *other;
	struct err err;
	struct id id;
	if (!id_parse(request_query(r, "copie"), &id) ||
	    record_load(r->db, r->arena, r->page.model, &r->actor, id, &other, &err) != OK || other->form != form)
		return;
	const struct page *p = &r->page;
	json_object_update(values, (json_t *)other->values);
	json_object_set_new(values, form->title->key, json_string(page_printf(p, _("%s (copy)"), other->title)));
}

/* Relations to the kind of page that it is opened from point there. */
static void point_to(struct request *r, const struct form *form, json_t *values)
{
	struct record *from;
	struct err err;
	struct id id;
	char text[ID_TEXT + 1];
	if (!id_parse(request_query(r, "depuis"), &id) ||
	    record_load(r->db, r->arena, r->page.model, &r->actor, id, &from, &err) != OK || from->circle)
		return;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (field->target == NULL || strcmp(field->target, from->form->key) != 0) continue;
		json_object_set_new(values, field->key, json_pack("[s]", id_format(from->id, text)));
	}
}

/* What the address says of questions that nobody is asked: ?source=poster. */
static void take_given(struct request *r, const struct form *form, json_t *values)
{
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		const char *text = field->type->role == ROLE_GIVEN ? request_query(r, field->key) : "";
		struct issues issues;
		request_issues(r, &issues);
		json_t *value = *text ? field->type->import(field, text, &issues) : NULL;
		if (value && issues.count == 0) field->type->check(field, value, &issues);
		if (value && issues.count == 0) json_object_set(values, field->key, value);
	}
}

/* Values to begin with: the form's defaults, a copy or a template, the title asked for by a missing link. */
static json_t *first_values(struct request *r, const struct form *form, const struct space *space)
{
	json_t *values = json_keep(r->arena, json_object());
	const struct template *template = template_of(r, form);
	if (template) template_begin(&r->page, template, space, request_query(r, "titre"), values);
	else copy_values(r, form, values);
	for (int i = 0; i < form->nfields; i++) {
		const json_t *value = json_object_get(form->fields[i].definition, "default");
		if (value && !json_object_get(values, form->fields[i].key))
			json_object_set(values, form->fields[i].key, (json_t *)value);
	}
	point_to(r, form, values);
	take_given(r, form, values);
	const char *title = request_query(r, "titre");
	if (*title && text_valid(title, strlen(title)))
		json_object_set_new(values, form->title->key, json_string(title));
	const struct in_words words = { request_query(r, "ou"), request_query(r, "quand"), request_query(r, "qui") };
	contribute_fill(&r->page, form, &words, values);
	return values;
}

static enum code new_form(struct request *r, struct err *err)
{
	const struct form *form;
	const struct space *space;
	TRY(find_place(r, request_query(r, "espace"), &form, &space, err));
	show_form(r, form, space, NULL, first_values(r, form, space), NULL, "");
	return OK;
}

/* What was posted for the fields this person may write; null where a field was emptied. */
static enum code read_values(struct request *r, const struct form *form, const struct space *space,
                             struct issues *issues, json_t **ret, struct err *err)
{
	struct field_post post = request_post(r);
	json_t *values = json_keep(r->arena, json_object());
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (!field_writable(&r->page, space, field) || field->type->computes) continue;
		TRY(request_take(r, field, &post, issues, err));
		json_t *value = field->type->read(field, &post, issues);
		if (value) json_object_set(values, field->key, value);
		else json_object_set_new(values, field->key, json_null());
	}
	*ret = values;
	return OK;
}

struct saving {
	struct request *r;
	struct arena *a;
	const char *for_name; /* the record is entered for somebody of that name; NULL: it is not */
	const struct model *model;
	struct save save;
	struct issues *issues;
};

static enum code save_record(struct tx *tx, void *arg, struct err *err)
{
	struct saving *saving = arg;
	if (saving->for_name) TRY(guest_make(tx, saving->r, saving->for_name, &saving->save.author, err));
	TRY(record_save(tx, saving->a, saving->model, &saving->save, saving->issues, err));
	struct record *record;
	TRY(record_load(tx_db(tx), saving->a, saving->model, &actor_program, saving->save.saved, &record, err));
	return also_save(tx, saving->r, record, err);
}

/* The address typed by somebody who changed it; NULL: it stays. */
static const char *asked_address(struct request *r, const struct record *record)
{
	const char *typed = text_slug(r->arena, request_form(r, "_slug"), RECORD_SLUG_MAX);
	bool untouched = strcmp(request_form(r, "_slug"), request_form(r, "_slug_was")) == 0;
	return record == NULL || record->state == STATE_DRAFT || untouched || *typed == '\0' ? NULL : typed;
}

static const char *outcome(const struct save *save, bool created)
{
	if (save->held) return "examine";
	if (save->waits) return "propose";
	if (save->state == STATE_DRAFT) return "brouillon";
	if (save->kept) return "garde";
	if (created) return "cree";
	if (!save->changed) return "inchange";
	return save->merged ? "reuni" : "enregistre";
}

static enum code after_save(struct request *r, const struct save *save, bool created, bool revived, struct err *err)
{
	struct record *record;
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, save->saved, &record, err));
	if (save->conflict)
		return request_redirect(r, record_action_url(&r->page, record, "versions"), "deux-versions");
	if (revived) return request_redirect(r, record_url(&r->page, record), "sorti");
	if (created && guest_is(&r->actor))
		return request_redirect(r, arena_printf(r->arena, "/-/keep?de=%s", record_action_id(&r->page, record)),
		                        NULL);
	if (save->renamed && !save->merged)
		return request_redirect_about(r, record_url(&r->page, record), "renomme", save->batch);
	return request_redirect(r, record_url(&r->page, record), outcome(save, created));
}

/* Only what is not published yet can be kept as a draft. */
static enum record_state asked_state(struct request *r, const struct record *record)
{
	bool unpublished = record == NULL || record->state == STATE_DRAFT;
	return unpublished && strcmp(request_form(r, "_state"), "draft") == 0 ? STATE_DRAFT : STATE_PUBLISHED;
}

/* The record as it would be, as the person who writes sees it. What is wrong in it shows nothing. */
static struct record *preview_of(struct request *r, const struct form *form, const struct space *space,
                                 const struct record *record, const json_t *values)
{
	struct record *preview = arena_new(r->arena, struct record);
	json_t *all = json_keep(r->arena, record ? json_copy((json_t *)record->values) : json_object());
	const char *key;
	json_t *value;
	if (record) *preview = *record;
	preview->form = form;
	preview->space = space;
	json_object_foreach ((json_t *)values, key, value) {
		struct issues issues;
		const struct field *field = form_field(form, key);
		request_issues(r, &issues);
		if (!json_is_null(value)) field->type->check(field, value, &issues);
		if (json_is_null(value) || issues.count) json_object_del(all, key);
		else json_object_set(all, key, value);
	}
	for (int i = 0; i < AUDIENCE_COUNT; i++) preview->parts[i] = (struct part){ 0 };
	preview->parts[AUDIENCE_PUBLIC] = (struct part){ .present = true, .values = all };
	preview->values = all;
	preview->title = json_str_or(all, form->title->key, "");
	return preview;
}

/* What became of the record since the form was opened, which the person has not been told yet; what she
 * typed is shown again with it. */
static enum code check_opened(struct request *r, const struct record *record, const char **heads, struct save *save,
                              struct issues *issues, struct err *err)
{
	struct id opened;
	if (id_parse(r->params[0], &opened) && !id_equal(opened, record->id)) {
		issues_add(issues, "",
		           N_("Meanwhile this page moved to the space “%s”. Save again to put your correction "
		              "there."),
		           t(&r->page, &record->space->name));
		*heads = seal_heads(r, record);
	} else if (record->state == STATE_TRASH && *request_form(r, "_revive") == '\0') {
		issues_add(issues, "",
		           N_("Meanwhile somebody put this page in the trash. Save again to take it out with your "
		              "correction."));
	}
	return open_heads(r, record->id, *heads, save->heads, err);
}

static bool is_full(const struct issues *issues)
{
	for (const struct issue *i = issues->first; i; i = i->next)
		if (i->err.code == E_FULL) return true;
	return false;
}

/* Entered for somebody else: hers, and the history says who did it. */
static enum code note_other(struct request *r, struct saving *saving, struct err *err)
{
	const struct page *p = &r->page;
	const char *name;
	struct issues issues;
	TRY(people_typed(r, "for-name", &name, err));
	if (*name == '\0') return OK;
	request_issues(r, &issues);
	person_check(name, NULL, NULL, &issues);
	if (issues.count) issues_add_err(saving->issues, "for-name", &issues.first->err);
	saving->for_name = name;
	if (saving->save.note == NULL) saving->save.note = page_printf(p, _("entered for %s"), name);
	return OK;
}

/* Saves what was posted, or shows the form again with all its mistakes and everything typed. */
static enum code post_form(struct request *r, const struct form *form, const struct space *space, struct record *record,
                           struct err *err)
{
	struct issues issues;
	request_issues(r, &issues);
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	const char *heads = request_form(r, "_heads"), *note = request_form(r, "_note");
	json_t *values;
	TRY(read_values(r, form, space, &issues, &values, err));
	if (record == NULL && template_of(r, form)) template_settle(&r->page, form, space, values);
	if (*request_form(r, "_preview")) {
		show_form(r, form, space, record, values, preview_of(r, form, space, record, values), heads);
		return OK;
	}
	struct saving saving = { .r = r, .a = r->arena, .model = r->page.model, .issues = &issues };
	saving.save = (struct save){ .actor = &r->actor,
		                     .form = form,
		                     .space = space,
		                     .values = values,
		                     .state = asked_state(r, record),
		                     .note = *note ? note : NULL };
	if (record == NULL && may_enter_for_others(r, space)) TRY(note_other(r, &saving, err));
	int mistakes = issues.count, status = 422;
	if (record) {
		saving.save.record = record->id;
		saving.save.slug = asked_address(r, record);
		saving.save.opened = true;
		TRY(check_opened(r, record, &heads, &saving.save, &issues, err));
		if (issues.count > mistakes) status = 409;
	}
	enum code code = issues.count ? E_INPUT : request_write(r, save_record, &saving, err);
	if (code == OK)
		return after_save(r, &saving.save, record == NULL || record->state == STATE_DRAFT,
		                  record && record->state == STATE_TRASH, err);
	if (code != E_INPUT && code != E_FULL) return code;
	if (issues.count == 0) issues_add_err(&issues, "", err);
	r->response->status = is_full(&issues) ? code_status(E_FULL) : status;
	r->page.issues = &issues;
	show_form(r, form, space, record, values, NULL, heads);
	return OK;
}

/* From somebody without an account: once through the barrier, she is a guest, and the rest is as for anybody. */
static enum code guest_post(struct request *r, const struct form *form, const struct space *space, struct err *err)
{
	struct issues issues;
	json_t *values;
	bool trapped;
	request_issues(r, &issues);
	TRY(guest_let_in(r, &issues, &trapped, err));
	if (trapped) return request_redirect(r, "/", "propose");
	if (issues.count == 0) return post_form(r, form, space, NULL, err);
	TRY(read_values(r, form, space, &issues, &values, err));
	r->response->status = 422;
	r->page.issues = &issues;
	show_form(r, form, space, NULL, values, NULL, "");
	return OK;
}

static enum code new_post(struct request *r, struct err *err)
{
	const struct form *form;
	const struct space *space;
	TRY(find_place(r, request_form(r, "_space"), &form, &space, err));
	if (!guest_may_add(r, space)) return post_form(r, form, space, NULL, err);
	return guest_post(r, form, space, err);
}

static enum code edit_form(struct request *r, struct err *err)
{
	struct record *record;
	TRY(record_of_route(r, ACTION_EDIT, &record, err));
	if (measure_hides(&r->page, record) && !page_may(&r->page, ACTION_MANAGE, record))
		FAIL(err, E_FORBIDDEN, N_("A facilitator hid this page. You can answer from the page “My account”."));
	show_form(r, record->form, record->space, record, record->values, NULL, seal_heads(r, record));
	return OK;
}

/* Has somebody put in the trash what this person had opened and might correct? Of the record, only its form and
 * space are then hers to know. */
static bool was_trashed(struct request *r, struct record **ret, struct err *err)
{
	struct id id;
	struct heads heads[AUDIENCE_COUNT];
	if (!id_parse(r->params[0], &id)) return false;
	if (record_load(r->db, r->arena, r->page.model, &actor_program, id, ret, err) != OK) return false;
	struct thing thing = {
		.kind = KIND_RECORD, .space = (*ret)->space, .state = STATE_PUBLISHED, .circle = (*ret)->circle
	};
	return (*ret)->state == STATE_TRASH && allowed(&r->actor, ACTION_EDIT, &thing) &&
	       open_heads(r, id, request_form(r, "_heads"), heads, err) == OK;
}

/* What she typed, in the form of a new page. */
static enum code show_typed(struct request *r, const struct form *form, const struct space *space, struct err *err)
{
	struct issues issues;
	json_t *values;
	request_issues(r, &issues);
	TRY(read_values(r, form, space, &issues, &values, err));
	issues_add(&issues, "",
	           N_("Meanwhile somebody put this page in the trash. Publish what you typed as a new page, or "
	              "keep it as a draft and ask a facilitator to take the page out."));
	r->response->status = 409;
	r->page.issues = &issues;
	show_form(r, form, space, NULL, values, NULL, "");
	return OK;
}

static enum code edit_post(struct request *r, struct err *err)
{
	struct record *record;
	struct err why;
	enum code code = record_of_route(r, ACTION_EDIT, &record, err);
	if (code == E_NOT_FOUND && was_trashed(r, &record, &why))
		return show_typed(r, record->form, record->space, err);
	TRY(code);
	return post_form(r, record->form, record->space, record, err);
}

const struct feature record_feature = {
	.name = "record",
	.way = WAY_PAGE,
	.routes = ROUTES(
	        { HTTP_GET, "/f/:id", record_permanent, ACTION_READ, KIND_RECORD,
	          N_("Go to a record by its lasting address"), 0, false },
	        { HTTP_GET, "/e/:space/:slug", record_in_space, ACTION_READ, KIND_RECORD, N_("Show a record or a page"),
	          0, false },
	        { HTTP_GET, "/-/new/:form", new_form, ACTION_CREATE, KIND_RECORD, N_("Form to add a record"), 0,
	          false },
	        { HTTP_POST, "/-/new/:form", new_post, ACTION_CREATE, KIND_RECORD, N_("Add a record"), FORM_WITH_FILES,
	          true },
	        { HTTP_GET, "/-/edit/:id", edit_form, ACTION_EDIT, KIND_RECORD, N_("Form to correct a record"), 0,
	          false },
	        { HTTP_POST, "/-/edit/:id", edit_post, ACTION_EDIT, KIND_RECORD, N_("Correct a record"),
	          FORM_WITH_FILES, false },
	        { HTTP_GET, "/-/history/:id", history_show, ACTION_HISTORY, KIND_RECORD,
	          N_("All the changes of a record"), 0, false },
	        { HTTP_GET, "/-/history/:id/:save", version_show, ACTION_HISTORY, KIND_RECORD, N_("A record as it was"),
	          0, false },
	        { HTTP_GET, "/-/compare/:id", compare_show, ACTION_HISTORY, KIND_RECORD,
	          N_("What changed between two versions"), 0, false },
	        { HTTP_POST, "/-/restore/:id", restore_post, ACTION_RESTORE, KIND_RECORD,
	          N_("Restore an earlier version"), 0, false },
	        { HTTP_GET, "/-/versions/:id", versions_form, ACTION_EDIT, KIND_RECORD,
	          N_("Choose between two versions"), 0, false },
	        { HTTP_POST, "/-/versions/:id", versions_post, ACTION_EDIT, KIND_RECORD, N_("Keep the chosen versions"),
	          FORM_BODY, false },
	        { HTTP_GET, "/-/trash/:id", trash_form, ACTION_DELETE, KIND_RECORD,
	          N_("Ask before putting in the trash"), 0, false },
	        { HTTP_POST, "/-/trash/:id", state_post, ACTION_DELETE, KIND_RECORD, N_("Put a record in the trash"), 0,
	          false },
	        { HTTP_POST, "/-/untrash/:id", state_post, ACTION_DELETE, KIND_RECORD,
	          N_("Take a record out of the trash"), 0, false },
	        { HTTP_POST, "/-/archive/:id", state_post, ACTION_DELETE, KIND_RECORD, N_("Archive a record"), 0,
	          false },
	        { HTTP_POST, "/-/unarchive/:id", state_post, ACTION_DELETE, KIND_RECORD,
	          N_("Put an archived record back in the lists"), 0, false },
	        { HTTP_POST, "/-/publish/:id", state_post, ACTION_EDIT, KIND_RECORD, N_("Publish a draft"), 0, false },
	        { HTTP_GET, "/-/move/:id", move_form, ACTION_DELETE, KIND_RECORD,
	          N_("Choose another space for a record"), 0, false },
	        { HTTP_POST, "/-/move/:id", move_post, ACTION_DELETE, KIND_RECORD, N_("Move a record to another space"),
	          0, false },
	        { HTTP_POST, "/-/also-end/:id", also_end_post, ACTION_READ, KIND_RECORD,
	          N_("Show a record no more in a further space"), 0, false },
	        { HTTP_GET, "/-/drafts", drafts_show, ACTION_EDIT, KIND_RECORD, N_("One’s own drafts"), 0, false },
	        { HTTP_GET, "/-/delete/:id", delete_form, ACTION_DELETE, KIND_RECORD, N_("Ask before deleting a draft"),
	          0, false },
	        { HTTP_POST, "/-/delete/:id", delete_post, ACTION_DELETE, KIND_RECORD, N_("Delete a draft"), 0,
	          false }),
};
