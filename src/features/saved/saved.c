#include "features/saved/saved.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/view/view_list.h"

enum { SLUG = 60, TAIL = 6 };

static const struct space *space_of(const struct page *p, const struct view *view)
{
	return view->saved_space ? model_space_by_slug(p->model, view->saved_space) : NULL;
}

bool saved_for(const struct page *p, const struct space *space)
{
	return allowed(p->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_MODEL, .space = space });
}

bool saved_mine(const struct page *p, const struct view *view)
{
	if (!view->saved) return false;
	if (view->saved_space) return space_of(p, view) && saved_for(p, space_of(p, view));
	return p->actor->person && id_equal(view->saved_by, p->actor->id);
}

static int by_title(const void *a, const void *b)
{
	const struct view *const *x = a, *const *y = b;
	return strcmp(label_text(&(*x)->title, LANG_FR), label_text(&(*y)->title, LANG_FR));
}

int saved_beside(const struct page *p, const struct view *view, const struct view ***ret)
{
	const struct view **found = arena_array(p->arena, const struct view *, (size_t)p->model->nviews + 1);
	int n = 0;
	for (int i = 0; i < p->model->nviews; i++) {
		const struct view *other = &p->model->views[i];
		struct thing thing = { .kind = KIND_RECORD, .space = space_of(p, other), .state = STATE_PUBLISHED };
		if (other != view && other->form == view->form && thing.space && page_sees(p, other) &&
		    allowed(p->actor, ACTION_READ, &thing))
			found[n++] = other;
	}
	qsort(found, (size_t)n, sizeof(const struct view *), by_title);
	*ret = found;
	return n;
}

const char *saved_new_address(const struct page *p, const struct view_list *list)
{
	const char *address = view_list_address(p, list);
	return arena_printf(p->arena, "/-/saved/new/%s%s", list->view->key, address + strcspn(address, "?"));
}

/* ---- Definitions ---- */

static enum code check_name(const char *name, struct issues *issues, struct err *err)
{
	if (text_is_blank(name) || !text_valid(name, strlen(name))) issues_add(issues, "name", N_("Give it a name."));
	else if (text_length(name) > SAVED_NAME) issues_add(issues, "name", N_("%d characters at most."), SAVED_NAME);
	return issues_code(issues, err);
}

static enum code check_room(const struct page *p, struct err *err)
{
	int all = 0, own = 0;
	for (int i = 0; i < p->model->nviews; i++) {
		const struct view *view = &p->model->views[i];
		all += view->saved;
		own += view->saved && id_equal(view->saved_by, p->actor->id);
	}
	if (own >= SAVED_EACH || all >= SAVED_ALL)
		FAIL(err, E_LIMIT, N_("Too many lists are kept: delete some first."));
	return OK;
}

/* The name, and a few letters that nobody guesses. */
static const char *make_slug(const struct page *p, const char *name)
{
	char id[ID_TEXT + 1];
	const char *slug = text_slug(p->arena, name, SLUG);
	return arena_printf(p->arena, "%s-%.*s", *slug ? slug : "liste", TAIL, id_format(id_random(), id));
}

enum code saved_define(const struct page *p, const struct view_list *list, const struct form_data *choices,
                       const char *name, const struct space *space, struct issues *issues, json_t **ret,
                       struct err *err)
{
	char id[ID_TEXT + 1], by[ID_TEXT + 1];
	TRY(check_name(name, issues, err));
	TRY(check_room(p, err));
	json_t *definition = saved_definition(p, list, choices);
	json_object_set_new(definition, "key", json_string(arena_printf(p->arena, "s%s", id_format(id_random(), id))));
	json_object_set_new(definition, "slug", json_string(make_slug(p, name)));
	json_object_set_new(definition, "title", json_string(name));
	json_object_del(definition, "intro");
	json_object_set_new(definition, "saved", json_pack("{s:s}", "by", id_format(p->actor->id, by)));
	if (space) json_object_set_new(json_object_get(definition, "saved"), "space", json_string(space->slug));
	*ret = definition;
	return OK;
}

enum code saved_rename(const struct page *p, const struct view *view, const char *name, struct issues *issues,
                       json_t **ret, struct err *err)
{
	TRY(check_name(name, issues, err));
	*ret = json_keep(p->arena, json_deep_copy(view->definition));
	json_object_set_new(*ret, "title", json_string(name));
	return OK;
}
