#include "features/view/view_uses.h"

#include <string.h>

#include "core/definition.h"
#include "features/home/home_block.h"

/* Is it the address of the view, with or without choices made in it? */
static bool leads(const json_t *item, const struct view *view)
{
	const char *to = json_str_or(item, "to", "");
	size_t len = strlen(view->slug);
	return *to == '/' && strncmp(to + 1, view->slug, len) == 0 && strchr("?#", to[1 + len]);
}

static bool is_named(const json_t *item, const char *member, const struct view *view)
{
	return strcmp(json_str_or(item, member, ""), view->key) == 0;
}

/* Of settings that hold menus or home pages: the array; else NULL. */
static const json_t *items_of(const char *key, const json_t *value, bool *menu)
{
	size_t len = strcspn(key, ".");
	*menu = len == 4 && strncmp(key, "menu", 4) == 0;
	if (*menu || (len == 4 && strncmp(key, "home", 4) == 0)) return value;
	return len == 10 && strncmp(key, "home_draft", 10) == 0 ? json_object_get(value, "blocks") : NULL;
}

static const char *words_of(const struct page *p, const json_t *item, const char *member)
{
	return block_text(p, item, member);
}

/* ---- Finding ---- */

static void add(struct view_uses *uses, const char *where, const char *words)
{
	for (int i = 0; i < uses->n; i++)
		if (strcmp(uses->all[i].words, words) == 0 && uses->all[i].where == where) return;
	uses->all[uses->n++] = (struct view_use){ where, words };
}

static bool block_shows(const json_t *block, const struct view *view)
{
	static const char *const lists[] = { "links", "items" };
	if (is_named(block, "view", view)) return true;
	for (size_t l = 0; l < COUNT(lists); l++) {
		const json_t *rows = json_object_get(block, lists[l]);
		for (size_t i = 0; i < json_array_size(rows); i++)
			if (leads(json_array_get(rows, i), view) || is_named(json_array_get(rows, i), "count", view))
				return true;
	}
	return false;
}

void view_uses_find(const struct page *p, const struct view *view, struct view_uses *ret)
{
	const char *key;
	json_t *value;
	size_t room = 1;
	json_object_foreach ((json_t *)p->model->settings, key, value) {
		bool menu;
		room += json_array_size(items_of(key, value, &menu));
	}
	*ret = (struct view_uses){ .all = arena_array(p->arena, struct view_use, room) };
	json_object_foreach ((json_t *)p->model->settings, key, value) {
		bool menu;
		const json_t *items = items_of(key, value, &menu);
		for (size_t i = 0; i < json_array_size(items); i++) {
			const json_t *item = json_array_get(items, i);
			if (menu && leads(item, view)) add(ret, N_("Menu"), words_of(p, item, "label"));
			else if (!menu && block_shows(item, view))
				add(ret, json_is_array(value) ? N_("Home page") : N_("Draft of the home page"),
				    words_of(p, item, "title"));
		}
	}
}

/* ---- Following ---- */

/* An item that leads to the view leads to its new address. */
static json_t *led(struct arena *a, json_t *item, const struct view *view, const char *slug)
{
	json_t *copy = json_keep(a, json_copy(item));
	const char *to = json_str_or(item, "to", "");
	json_object_set_new(copy, "to", json_string(arena_printf(a, "/%s%s", slug, to + 1 + strlen(view->slug))));
	return copy;
}

static json_t *followed(struct arena *a, const json_t *rows, const struct view *view, const char *slug)
{
	json_t *kept = json_keep(a, json_array());
	for (size_t i = 0; i < json_array_size(rows); i++) {
		json_t *item = json_array_get(rows, i);
		if (leads(item, view)) item = slug ? led(a, item, view, slug) : NULL;
		else if (slug == NULL && (is_named(item, "view", view) || is_named(item, "count", view))) item = NULL;
		if (item) json_array_append(kept, item);
	}
	return kept;
}

static json_t *followed_home(struct arena *a, const json_t *blocks, const struct view *view, const char *slug)
{
	static const char *const lists[] = { "links", "items" };
	json_t *kept = followed(a, blocks, view, slug), *copies = json_keep(a, json_array());
	for (size_t i = 0; i < json_array_size(kept); i++) {
		json_t *block = json_keep(a, json_copy(json_array_get(kept, i)));
		bool emptied = false;
		for (size_t l = 0; l < COUNT(lists); l++) {
			const json_t *rows = json_object_get(block, lists[l]);
			if (rows == NULL) continue;
			json_t *left = followed(a, rows, view, slug);
			emptied |= json_array_size(left) == 0 && json_array_size(rows) > 0;
			json_object_set(block, lists[l], left);
		}
		if (!emptied) json_array_append(copies, block);
	}
	return copies;
}

/* One setting, as it is by now. */
static enum code follow_setting(struct tx *tx, const struct page *p, const char *key, const struct view *view,
                                const char *slug, struct err *err)
{
	json_t *value, *next;
	bool menu;
	enum code code = definition_load(tx_db(tx), p->arena, DEFINITION_SETTING, key, &value, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	const json_t *items = items_of(key, value, &menu);
	next = menu ? followed(p->arena, items, view, slug) : followed_home(p->arena, items, view, slug);
	if (json_equal(next, items)) return OK;
	if (json_is_object(value)) {
		json_t *draft = json_keep(p->arena, json_copy(value));
		json_object_set(draft, "blocks", next);
		next = draft;
	}
	return definition_save(tx, p->arena, DEFINITION_SETTING, key, next, p->actor, NULL, err);
}

enum code view_uses_follow(struct tx *tx, const struct page *p, const struct view *view, const char *slug,
                           struct err *err)
{
	const char *key;
	json_t *value;
	json_object_foreach ((json_t *)p->model->settings, key, value) {
		bool menu;
		if (items_of(key, value, &menu)) TRY(follow_setting(tx, p, key, view, slug, err));
	}
	return OK;
}
