#include "features/view_edit/view_history.h"

#include <string.h>

#include "core/address.h"
#include "core/form.h"
#include "features/view_edit/view_change.html.h"

/* Members of a definition, as people call them. To add one: a row. */
static const struct {
	const char *member, *words;
} parts[] = {
	{ "title", N_("Its name") },
	{ "slug", N_("Its address") },
	{ "form", N_("Whose pages it shows") },
	{ "where", N_("Its conditions") },
	{ "search", N_("The words that all hold") },
	{ "sort", N_("Its order") },
	{ "facets", N_("What readers choose among") },
	{ "columns", N_("Its columns") },
	{ "layout", N_("How it opens") },
	{ "layouts", N_("The layouts offered") },
	{ "group", N_("Its headings") },
	{ "map", N_("Its map") },
	{ "timeline", N_("Its timeline") },
	{ "agenda", N_("Its agenda") },
	{ "charts", N_("Its charts") },
	{ "size", N_("How many on a page") },
	{ "intro", N_("The text above") },
	{ "empty", N_("What it says when there is nothing") },
	{ "audience", N_("Who sees it") },
	{ "template", N_("Its template") },
};

static const char *const *difference(const struct page *p, const json_t *before, const json_t *after)
{
	const char **words = arena_array(p->arena, const char *, COUNT(parts) + 2);
	int n = 0;
	if (before == NULL) {
		words[0] = _("The view was made");
		return words;
	}
	for (size_t i = 0; i < COUNT(parts); i++) {
		const json_t *x = json_object_get(before, parts[i].member),
		             *y = json_object_get(after, parts[i].member);
		if (x == y || (x && y && json_equal(x, y))) continue;
		words[n++] = tr(p->lang, parts[i].words);
	}
	if (n == 0) words[n++] = _("Brought back");
	return words;
}

const char *view_version_url(const struct page *p, const struct view *view, const struct view_version *version)
{
	return arena_printf(p->arena, "/-/views/history/%s/%lld", view->key, (long long)version->version);
}

static enum code show(struct request *r, const struct view *view, const struct issues *issues, int status,
                      struct err *err)
{
	struct definition_version *all;
	int n;
	TRY(definition_versions(r->db, r->arena, DEFINITION_VIEW, view->key, VIEW_VERSIONS + 1, &all, &n, err));
	struct view_version *versions = arena_array(r->arena, struct view_version, (size_t)n + 1);
	int shown = MIN(n, (int)VIEW_VERSIONS);
	for (int i = 0; i < shown; i++)
		versions[i] = (struct view_version){ .version = all[i].version,
			                             .at = all[i].at,
			                             .who = all[i].who,
			                             .present = i == 0,
			                             .words = difference(&r->page, i + 1 < n ? all[i + 1].body : NULL,
			                                                 all[i].body) };
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("History of the view “%s”")),
	                            t(&r->page, &view->title));
	r->page.hidden = true;
	r->page.issues = issues;
	r->response->status = status;
	view_history_page(request_out(r), &r->page, view, versions, shown);
	return OK;
}

enum code view_history_show(struct request *r, struct err *err)
{
	const struct view *view;
	TRY(view_edit_find(r, &view, err));
	return show(r, view, NULL, 200, err);
}

/* ---- Going back ---- */

struct going_back {
	struct request *r;
	const struct view *view; /* NULL: it was taken away */
	const char *key, *slug;
	json_t *body;
};

/* The address that it has now leads on to the one it had then. */
static void keep_address(struct going_back *g)
{
	const char *then = json_str_or(g->body, "slug", g->key);
	if (g->view == NULL || strcmp(then, g->view->slug) == 0) return;
	json_object_set_new(g->body, "slug", json_string(g->view->slug));
	json_t *former = json_object_get(g->view->definition, "former");
	if (former) json_object_set(g->body, "former", former);
}

static enum code write_back(struct tx *tx, void *arg, struct err *err)
{
	struct going_back *g = arg;
	struct request *r = g->r;
	struct issues issues;
	struct view parsed;
	bool is_free;
	issues_init(&issues, r->arena);
	keep_address(g);
	TRY(view_parse(r->arena, g->body, r->page.model->forms, r->page.model->nforms, &parsed, &issues, err));
	g->slug = parsed.slug;
	TRY(address_free_for_view(tx_db(tx), r->page.model, parsed.slug, g->view, &is_free, err));
	if (!is_free)
		FAIL(err, E_INPUT, N_("Something else has the address “/%s” by now: give that another one first."),
		     parsed.slug);
	return definition_save(tx, r->arena, DEFINITION_VIEW, g->key, g->body, &r->actor, NULL, err);
}

static enum code find_version(struct request *r, const char *key, const char *version, json_t **ret, struct err *err)
{
	struct definition_version *all;
	int n;
	TRY(definition_versions(r->db, r->arena, DEFINITION_VIEW, key, VIEW_VERSIONS, &all, &n, err));
	for (int i = 0; i < n; i++) {
		bool wanted = version == NULL ||
		              strcmp(arena_printf(r->arena, "%lld", (long long)all[i].version), version) == 0;
		if (!wanted || json_object_get(all[i].body, "saved")) continue;
		*ret = json_keep(r->arena, json_copy(all[i].body));
		return OK;
	}
	FAIL(err, E_NOT_FOUND, N_("There is no such version."));
}

enum code view_history_post(struct request *r, struct err *err)
{
	const struct view *view;
	struct going_back g = { .r = r };
	struct issues issues;
	TRY(view_edit_find(r, &view, err));
	TRY(view_edit_limit(r, err));
	TRY(find_version(r, view->key, r->params[1], &g.body, err));
	g.view = view;
	g.key = arena_strdup(r->arena, view->key);
	enum code code = request_write_model(r, write_back, &g, err);
	if (code == E_INPUT) {
		issues_init(&issues, r->arena);
		issues_add_err(&issues, "", err);
		return show(r, view, &issues, 422, err);
	}
	TRY(code);
	return request_redirect(r, arena_printf(r->arena, "/%s", g.slug), "vue-restauree");
}

/* One that was taken away, as it was last. */
enum code view_return_post(struct request *r, struct err *err)
{
	struct going_back g = { .r = r, .key = r->params[0] };
	TRY(view_edit_may(r, err));
	TRY(view_edit_limit(r, err));
	if (model_view(r->page.model, g.key)) FAIL(err, E_NOT_FOUND, N_("There is no such version."));
	TRY(find_version(r, g.key, NULL, &g.body, err));
	TRY(request_write_model(r, write_back, &g, err));
	return request_redirect(r, arena_printf(r->arena, "/%s", g.slug), "vue-restauree");
}
