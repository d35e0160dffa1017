/* Making a view, and changing one. */
#include <string.h>

#include "core/address.h"
#include "core/definition.h"
#include "core/form_change.h"
#include "features/form_edit/question.h"
#include "features/front/front.h"
#include "features/front/rows.h"
#include "features/saved/saved.h"
#include "features/view_edit/view_change.html.h"
#include "features/view_edit/view_edit.h"
#include "features/view_edit/view_edit.html.h"
#include "web/web.h"

enum { PREVIEW_SIZE = 5 };

struct writing {
	struct view_edit e;
	struct issues issues;
	const char *key, *slug; /* of what was written */
};

static enum code show(struct writing *w, int status)
{
	struct view_edit *e = &w->e;
	struct page *p = &e->r->page;
	p->title = e->view ? page_printf(p, _("View “%s”"), t(p, &e->view->title)) : _("New view");
	p->hidden = true;
	if (w->issues.count) p->issues = &w->issues;
	e->r->response->status = status;
	view_edit_page(request_out(e->r), p, e);
	return OK;
}

/* ---- Beginning ---- */

static enum code begin_edit(struct request *r, struct writing *w, struct err *err)
{
	const struct view *view;
	TRY(view_edit_find(r, &view, err));
	*w = (struct writing){ .e = { .r = r, .view = view, .form = view->form } };
	issues_init(&w->issues, r->arena);
	w->e.typed = json_keep(r->arena, json_deep_copy(view->definition));
	w->e.mark = definition_mark(r->arena, view->definition);
	w->e.action = view_edit_url(&r->page, "edit", view);
	return OK;
}

/* The first fields that a reader may like to choose among, and those of the cards. */
static json_t *blank(const struct page *p, const struct form *form)
{
	json_t *facets = json_array(), *columns = json_pack("[s]", form->title->key);
	for (int i = 0; i < form->nfields; i++)
		if (form->fields[i].type->facet && form->fields[i].audience == AUDIENCE_PUBLIC &&
		    json_array_size(facets) < 4)
			json_array_append_new(facets, json_string(form->fields[i].key));
	for (int i = 0; i < form->nsummary; i++) json_array_append_new(columns, json_string(form->summary[i]->key));
	return json_keep(p->arena, json_pack("{s:s,s:[s],s:o,s:o,s:s,s:[s,s,s],s:i}", "form", form->key, "sort",
	                                     "title", "facets", facets, "columns", columns, "layout", "cards",
	                                     "layouts", "cards", "list", "table", "size", 24));
}

/* A new view is like another (but for its name and its address), or like what a list shows with choices made in
 * it. */
static void copy_of(struct writing *w, const struct view *view, bool choices)
{
	struct request *r = w->e.r;
	static const char *const own[] = { "key", "slug", "title", "saved", "former", "audience" };
	struct view_list list;
	w->e.form = view->form;
	w->e.typed = json_keep(r->arena, json_deep_copy(view->definition));
	if (choices) {
		view_list_read(&r->page, view, arena_printf(r->arena, "/%s", view->slug), r->http->query, &r->query,
		               &list);
		w->e.typed = saved_definition(&r->page, &list, &r->query);
	}
	for (size_t i = 0; i < COUNT(own); i++) json_object_del(w->e.typed, own[i]);
	if (view->audience != AUDIENCE_PUBLIC)
		json_object_set_new(w->e.typed, "audience", json_string(audience_name(view->audience)));
}

static enum code begin_new(struct request *r, struct writing *w, struct err *err)
{
	const struct model *model = r->page.model;
	const char *form = *request_form(r, "form") ? request_form(r, "form") : request_query(r, "form");
	TRY(view_edit_may(r, err));
	*w = (struct writing){ .e = { .r = r, .mark = "", .action = "/-/views/new" } };
	issues_init(&w->issues, r->arena);
	const struct view *copied = model_view(model, request_query(r, "copie")),
	                  *seen = model_view(model, request_query(r, "depuis"));
	w->e.form = model_form(model, form);
	if (seen && page_sees(&r->page, seen)) copy_of(w, seen, true);
	else if (copied && page_sees(&r->page, copied)) copy_of(w, copied, false);
	else if (w->e.form) w->e.typed = blank(&r->page, w->e.form);
	return OK;
}

/* ---- What it would show ---- */

/* A map is drawn from a view that exists: until then its pages stand in a list. */
static enum code look(struct writing *w, struct view *view, struct err *err)
{
	static const struct form_data none = { 0 };
	struct page *p = &w->e.r->page;
	struct view_list *list = arena_new(p->arena, struct view_list);
	view_list_read(p, view, "", "", &none, list);
	if (list->type->groups == false && strcmp(view->layout, "chart") != 0)
		list->type = view_type_find(view, "list");
	list->query.size = PREVIEW_SIZE;
	list->query.nfacets = 0;
	TRY(view_list_load(p, list, err));
	w->e.preview = list;
	return OK;
}

/* Beside the controls, as far as what is typed makes sense: a name may still come. */
static void look_on(struct writing *w)
{
	struct view_edit *e = &w->e;
	struct view *view = arena_new(e->r->arena, struct view);
	json_t *typed = e->typed, *named = json_keep(e->r->arena, json_copy(typed));
	struct issues issues;
	struct err ignored;
	issues_init(&issues, e->r->arena);
	if (json_object_get(named, "title") == NULL) json_object_set_new(named, "title", json_string("-"));
	e->typed = named;
	if (e->form && view_edit_parse(e, view, &issues, &ignored) == OK && look(w, view, &ignored) != OK)
		e->preview = NULL;
	e->typed = typed;
}

/* ---- What is said before ---- */

static bool is_slug(const struct view_edit *e)
{
	return strcmp(json_str_or(e->typed, "slug", ""), e->view->slug) == 0;
}

static void weigh(struct writing *w, const struct view *after)
{
	struct view_edit *e = &w->e;
	view_uses_find(&e->r->page, e->view, &e->uses);
	e->moves = !is_slug(e);
	e->narrows = after->audience > e->view->audience;
	e->widens = after->audience < e->view->audience;
}

static bool asks(const struct view_edit *e)
{
	return e->moves || e->widens || (e->narrows && e->uses.n);
}

static const char *confirmation(const struct writing *w)
{
	json_t *told = json_keep(w->e.r->arena, json_pack("[s,s,i]", json_str_or(w->e.typed, "slug", ""),
	                                                  json_str_or(w->e.typed, "audience", ""), w->e.uses.n));
	return definition_mark(w->e.r->arena, told);
}

static enum code show_change(struct writing *w)
{
	struct page *p = &w->e.r->page;
	p->title = _("Before this changes");
	p->hidden = true;
	view_change_page(request_out(w->e.r), p, &w->e, confirmation(w));
	return OK;
}

/* ---- Writing ---- */

static enum code check_seen(struct tx *tx, struct writing *w, struct err *err)
{
	json_t *now;
	TRY(definition_load(tx_db(tx), w->e.r->arena, DEFINITION_VIEW, w->key, &now, err));
	if (strcmp(definition_mark(w->e.r->arena, now), w->e.mark) == 0) return OK;
	w->e.meanwhile = true;
	w->e.mark = definition_mark(w->e.r->arena, now);
	FAIL(err, E_CONFLICT,
	     N_("Somebody has just changed this view: look at its history, then save again to put yours in its "
	        "place."));
}

/* The former addresses lead to the present one. */
static void keep_former(struct writing *w, json_t *definition)
{
	const struct view *view = w->e.view;
	const json_t *before = json_object_get(view->definition, "former");
	json_t *former = json_keep(w->e.r->arena, before ? json_copy((json_t *)before) : json_array());
	if (strcmp(view->slug, w->slug) != 0) json_array_append_new(former, json_string(view->slug));
	for (size_t i = json_array_size(former); i > 0; i--)
		if (strcmp(array_text(former, i - 1), w->slug) == 0) json_array_remove(former, i - 1);
	if (json_array_size(former)) json_object_set(definition, "former", former);
	else json_object_del(definition, "former");
}

static enum code add_to_menu(struct tx *tx, struct writing *w, json_t *definition, struct err *err)
{
	struct request *r = w->e.r;
	const json_t *before = model_setting(r->page.model, "menu");
	json_t *menu = json_keep(r->arena, before ? json_copy((json_t *)before) : json_array());
	if (!w->e.menu || json_array_size(menu) >= MENU_MAX) return OK;
	json_array_append_new(menu, json_pack("{s:O,s:s,s:s}", "label", json_object_get(definition, "title"), "to",
	                                      arena_printf(r->arena, "/%s", w->slug), "icon",
	                                      w->e.form->icon ? w->e.form->icon : "list"));
	return definition_save(tx, r->arena, DEFINITION_SETTING, "menu", menu, &r->actor, NULL, err);
}

/* The whole site with it still stands. */
static enum code check_site(struct tx *tx, struct err *err)
{
	struct model *model;
	TRY(model_load(tx_db(tx), &model, err));
	model_release(model);
	return OK;
}

static enum code choose_slug(struct tx *tx, struct writing *w, struct err *err)
{
	const struct view_edit *e = &w->e;
	const char *wanted = json_str_or(e->typed, "slug", w->key);
	bool is_free = false;
	w->slug = wanted;
	for (int i = 2; !is_free; i++) {
		TRY(address_free_for_view(tx_db(tx), e->r->page.model, w->slug, e->view, &is_free, err));
		if (!is_free && !e->named)
			FAIL(err, E_INPUT, N_("Something else has the address “/%s”: choose another one."), w->slug);
		if (!is_free) w->slug = arena_printf(e->r->arena, "%s-%d", wanted, i);
	}
	return OK;
}

static enum code write_view(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	struct view_edit *e = &w->e;
	struct arena *a = e->r->arena;
	json_t *taken, *definition = json_keep(a, json_copy(e->typed));
	struct label title = label_from_json(a, json_object_get(definition, "title"));
	TRY(definition_keys(tx_db(tx), a, DEFINITION_VIEW, &taken, err));
	w->key = e->view ? e->view->key : key_from_words(a, label_text(&title, LANG_FR), taken);
	TRY(choose_slug(tx, w, err));
	if (e->view) TRY(check_seen(tx, w, err));
	json_object_set_new(definition, "key", json_string(w->key));
	json_object_set_new(definition, "slug", json_string(w->slug));
	if (e->view) keep_former(w, definition);
	TRY(definition_save(tx, a, DEFINITION_VIEW, w->key, definition, &e->r->actor, NULL, err));
	if (e->view && e->moves) TRY(view_uses_follow(tx, &e->r->page, e->view, w->slug, err));
	if (e->view == NULL) TRY(add_to_menu(tx, w, definition, err));
	return check_site(tx, err);
}

static enum code save(struct writing *w, struct err *err)
{
	struct request *r = w->e.r;
	enum code code = request_write_model(r, write_view, w, err);
	if (code == E_CONFLICT || code == E_INPUT) {
		issues_add_err(&w->issues, code == E_INPUT ? "slug" : "", err);
		return show(w, code == E_CONFLICT ? 409 : 422);
	}
	TRY(code);
	return request_redirect(r, arena_printf(r->arena, "/%s", w->slug), w->e.view ? "vue" : "vue-creee");
}

/* Looking is not writing. */
static enum code limit(struct request *r, struct err *err)
{
	if (*request_form(r, "_preview") == '\0') return view_edit_limit(r, err);
	return web_limit(r, LIMIT_SEARCH, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

static enum code post(struct writing *w, struct err *err)
{
	struct view_edit *e = &w->e;
	struct request *r = e->r;
	struct view after;
	TRY(limit(r, err));
	if (e->view) e->mark = request_form(r, "_mark");
	view_read(e, &w->issues);
	bool again = e->reformed || rows_asked(r) || *request_form(r, "_back");
	if (again) issues_init(&w->issues, r->arena);
	if (again) {
		look_on(w);
		return show(w, 200);
	}
	if (w->issues.count || view_edit_parse(e, &after, &w->issues, err) != OK) {
		look_on(w);
		return show(w, 422);
	}
	if (*request_form(r, "_preview")) {
		TRY(look(w, &after, err));
		return show(w, 200);
	}
	if (e->view) weigh(w, &after);
	if (e->view && asks(e) && strcmp(request_form(r, "_confirmed"), confirmation(w)) != 0) return show_change(w);
	return save(w, err);
}

/* ---- Handlers ---- */

enum code view_new_show(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin_new(r, &w, err));
	if (w.e.typed) {
		look_on(&w);
		return show(&w, 200);
	}
	r->page.title = tr(r->page.lang, N_("New view"));
	r->page.hidden = true;
	view_forms_page(request_out(r), &r->page);
	return OK;
}

enum code view_new_post(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin_new(r, &w, err));
	if (w.e.form == NULL) FAIL(err, E_INPUT, N_("Choose which pages the view shows."));
	w.e.typed = json_keep(r->arena, json_object());
	return post(&w, err);
}

enum code view_change_show(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin_edit(r, &w, err));
	look_on(&w);
	return show(&w, 200);
}

enum code view_change_post(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin_edit(r, &w, err));
	return post(&w, err);
}
