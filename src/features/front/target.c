#include "features/front/target.h"

#include <string.h>

#include "base/text.h"
#include "web/web.h"

enum { OWN = 5 };

int targets(const struct page *p, struct target **ret)
{
	const struct model *model = p->model;
	const struct target own[OWN] = {
		{ _("Pages of the program"), "/", _("Home"), "house" },
		{ _("Pages of the program"), "/-/contribute", _("Contribute"), "plus" },
		{ _("Pages of the program"), "/-/recent", _("Latest changes"), "newspaper" },
		{ _("Pages of the program"), "/-/search", _("Search"), "search" },
		{ _("Pages of the program"), "/-/rights", _("Who may do what"), "info" },
	};
	struct target *all = arena_array(p->arena, struct target,
	                                 (size_t)(model->nviews + model->nforms + model->nspaces) + OWN + 1);
	int n = 0;
	for (int i = 0; i < model->nviews; i++) {
		const struct view *view = &model->views[i];
		if (!view->saved && page_sees(p, view))
			all[n++] = (struct target){ _("Lists"), arena_printf(p->arena, "/%s", view->slug),
				                    t(p, &view->title), view->form->icon };
	}
	for (int i = 0; i < model->nspaces; i++) {
		const struct thing thing = { .kind = KIND_SPACE, .space = &model->spaces[i] };
		if (allowed(p->actor, ACTION_READ, &thing))
			all[n++] = (struct target){ _("Spaces"), arena_printf(p->arena, "/e/%s", model->spaces[i].slug),
				                    t(p, &model->spaces[i].name), "users" };
	}
	for (int i = 0; i < model->nforms; i++) {
		const struct form *form = &model->forms[i];
		if (form->survey) {
			all[n++] = (struct target){ _("Questionnaires"),
				                    arena_printf(p->arena, "/-/survey/%s", form->key),
				                    t(p, &form->label), form->icon };
			continue;
		}
		all[n++] = (struct target){ _("To add something"), arena_printf(p->arena, "/-/new/%s", form->key),
			                    t(p, &form->add), form->icon };
	}
	for (int i = 0; i < OWN; i++) all[n++] = own[i];
	*ret = all;
	return n;
}

const struct target *target_find(const struct page *p, const char *url)
{
	struct target *all;
	int n = targets(p, &all);
	for (int i = 0; i < n; i++)
		if (strcmp(all[i].url, url) == 0) return &all[i];
	return NULL;
}

const char *target_icon(const struct page *p, const char *url)
{
	const struct target *target = target_find(p, url);
	return target ? target->icon : NULL;
}

/* ---- What was typed ---- */

static bool has_record(struct request *r, const struct space *space, const char *slug, const char **url)
{
	struct record *record;
	struct err ignored;
	if (record_load_slug(r->db, r->arena, r->page.model, &r->actor, space, slug, &record, &ignored) != OK)
		return false;
	*url = record_url(&r->page, record);
	return true;
}

/* A path without what follows “?” or “#”. */
static bool leads_somewhere(struct request *r, const char *path)
{
	const struct model *model = r->page.model;
	const struct route *route;
	const char *params[ROUTE_PARAMS], *ignored;
	struct err why;
	if (strcmp(path, "/") == 0) return true;
	if (strchr(path + 1, '/') == NULL)
		return model_view_by_slug(model, path + 1) || has_record(r, &model->spaces[0], path + 1, &ignored);
	if (strncmp(path, "/e/", 3) == 0) {
		const char *slash = strchr(path + 3, '/');
		const struct space *space = model_space_by_slug(
		        model, arena_strndup(r->arena, path + 3, strcspn(path + 3, "/")));
		return space && (slash == NULL || has_record(r, space, slash + 1, &ignored));
	}
	return route_find(web_features(r->web), HTTP_GET, path, r->arena, &route, params, &why) == OK;
}

/* Its own address, typed or pasted as a whole. */
static const char *without_host(const struct request *r, const char *text)
{
	size_t len = strlen(r->page.base_url);
	if (strncmp(text, r->page.base_url, len) != 0) return text;
	return text[len] ? text + len : "/";
}

const char *target_read(struct request *r, const char *name, struct issues *issues)
{
	const char *other = arena_printf(r->arena, "%s-other", name), *url;
	const char *typed = without_host(r, text_trim(r->arena, request_form(r, other))),
	           *chosen = request_form(r, name);
	if (*typed == '\0') {
		if (target_find(&r->page, chosen) == NULL)
			issues_add(issues, name, N_("Choose where it leads, or type an address of this site."));
		return chosen;
	}
	if (*typed == '/') {
		const char *path = arena_strndup(r->arena, typed, strcspn(typed, "?#"));
		if (strcmp(local_path(typed, ""), "") == 0 || !leads_somewhere(r, path))
			issues_add(issues, other, N_("There is nothing at the address “%s” of this site."), typed);
		return typed;
	}
	if (has_record(r, &r->page.model->spaces[0], text_slug(r->arena, typed, RECORD_SLUG_MAX), &url)) return url;
	issues_add(issues, other,
	           N_("“%s” is neither the title of a page of this site nor one of its addresses (they begin with "
	              "“/”)."),
	           typed);
	return typed;
}
