/* A site with dated facts, and a view of them read by somebody. */
#ifndef PARVIS_VIEW_FIXTURE_H
#define PARVIS_VIEW_FIXTURE_H

#include <stdio.h>
#include <string.h>

#include "core/form.h"
#include "support/site/site.h"
#include "views/view_type.h"

static const char fact_form[] =
        "{\"key\":\"fait\",\"label\":\"Fait\",\"plural\":\"Faits\",\"add\":\"Ajouter\",\"title\":\"nom\",\"fields\":["
        "{\"key\":\"nom\",\"type\":\"text\",\"label\":\"Nom\",\"required\":true},"
        "{\"key\":\"jour\",\"type\":\"date\",\"time\":true,\"label\":\"Jour\"},"
        "{\"key\":\"duree\",\"type\":\"period\",\"label\":\"Durée\"},"
        "{\"key\":\"genre\",\"type\":\"choice\",\"label\":\"Genre\",\"choices\":["
        "{\"key\":\"z\",\"label\":\"Zone\"},{\"key\":\"a\",\"label\":\"Atelier\"},{\"key\":\"m\",\"label\":\"Marché\"}]},"
        "{\"key\":\"mots\",\"type\":\"tags\",\"label\":\"Mots\"},"
        "{\"key\":\"prix\",\"type\":\"number\",\"label\":\"Prix\"},"
        "{\"key\":\"cachet\",\"type\":\"number\",\"label\":\"Cachet\",\"audience\":\"members\"},"
        "{\"key\":\"lieu\",\"type\":\"place\",\"label\":\"Lieu\"}]}";

/* One of them, in the open space; JSON with ' for ". */
static inline struct id add_fact(struct site_fixture *site, const char *values)
{
	struct err err = { 0 };
	char *text = arena_strdup(&site->arena, values);
	for (char *c = text; *c; c++)
		if (*c == '\'') *c = '"';
	struct save save = { .actor = &site->facilitator,
		             .form = model_form(site->model, "fait"),
		             .space = site->open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(site, text) };
	assert_ok(site_save(site, &save, NULL, &err), &err);
	return save.saved;
}

static inline void facts_begin(struct site_fixture *site, struct store *store)
{
	site_fixture_init(site, store);
	site_fixture_form(site, fact_form);
}

/* The view of the definition ('…' for "…"), kept in the fixture's arena. */
static inline const struct view *make_view(struct site_fixture *site, const char *definition)
{
	struct err err = { 0 };
	struct issues issues;
	struct view *view = arena_new(&site->arena, struct view);
	char *text = arena_strdup(&site->arena, definition);
	for (char *c = text; *c; c++)
		if (*c == '\'') *c = '"';
	issues_init(&issues, &site->arena);
	assert_ok(view_parse(&site->arena, site_json(site, text), site->model->forms, site->model->nforms, view,
	                     &issues, &err),
	          &err);
	return view;
}

static inline struct page page_of(struct site_fixture *site, const struct actor *actor)
{
	struct err err = { 0 };
	struct page page = { .arena = &site->arena, .lang = LANG_FR, .model = site->model, .actor = actor };
	assert_ok(store_read_begin(site->store, &page.db, &err), &err);
	return page;
}

/* The list as `layout` shows it to the actor; size and after as given. The snapshot is closed. */
static inline struct view_list read_view(struct site_fixture *site, const struct actor *actor, const struct view *view,
                                         const char *layout, int size, const char *after)
{
	struct err err = { 0 };
	struct page page = page_of(site, actor);
	struct view_list list = {
		.view = view, .type = view_type_find(view, layout), .group = view->group, .base = "", .kept = ""
	};
	list.query = (struct query){ .form = view->form,
		                     .where = view->where,
		                     .nwhere = view->nwhere,
		                     .sorts = view->sorts,
		                     .nsorts = view->nsorts,
		                     .size = size,
		                     .after = after };
	assert_ok(list.type->load(&page, &list, &err), &err);
	store_read_end(site->store);
	return list;
}

/* "Heading (2): A, B\n" for each heading of the page. */
static inline const char *outline(struct site_fixture *site, const struct view_list *list)
{
	struct buf out;
	buf_init(&out, &site->arena, 0);
	for (int g = 0; g < list->ngroups; g++) {
		const struct view_group *group = &list->groups[g];
		buf_printf(&out, "%s (%d):", group->label ? group->label : "", group->count);
		for (int i = 0; i < group->n; i++)
			buf_printf(&out, "%s %s", i ? "," : "", list->records[group->first + i]->title);
		buf_putc(&out, '\n');
	}
	return buf_str(&out);
}

#endif
