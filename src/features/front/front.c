#include "features/front/front.h"

#include <string.h>

#include "core/definition.h"
#include "web/web.h"

static bool is_about_space(const struct request *r)
{
	return strncmp(r->route->pattern, "/-/space/:", 10) == 0;
}

enum code front_find(struct request *r, struct front *ret, struct err *err)
{
	const struct model *model = r->page.model;
	struct front f = {
		.r = r, .base = "/-/site", .home = "/", .name = page_site_name(&r->page), .params = r->params
	};
	if (model->nspaces == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	if (is_about_space(r)) {
		f.space = model_space_by_slug(model, r->params[0]);
		if (f.space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
		f.base = arena_printf(r->arena, "/-/space/%s", f.space->slug);
		f.home = arena_printf(r->arena, "/e/%s", f.space->slug);
		f.name = t(&r->page, &f.space->name);
		f.params = r->params + 1;
		r->page.space = f.space;
	}
	const struct space *asked = f.space ? f.space : &model->spaces[0];
	TRY(may(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_MODEL, .space = asked }, err));
	r->page.hidden = true;
	*ret = f;
	return OK;
}

enum code front_limit(struct request *r, struct err *err)
{
	return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

const char *front_url(const struct front *f, const char *rest)
{
	return arena_printf(f->r->arena, "%s%s", f->base, rest);
}

const json_t *front_setting(const struct front *f, const char *name)
{
	return model_setting_of(f->r->page.model, f->space, name);
}

enum code front_save(struct tx *tx, const struct front *f, const char *name, const json_t *value, struct err *err)
{
	const char *key = setting_key(f->r->arena, f->space, name);
	if (value == NULL) return definition_delete(tx, DEFINITION_SETTING, key, &f->r->actor, err);
	return definition_save(tx, f->r->arena, DEFINITION_SETTING, key, value, &f->r->actor, NULL, err);
}

const json_t *front_draft(const struct front *f)
{
	return front_setting(f, "home_draft");
}

const json_t *front_blocks(const struct front *f)
{
	const json_t *draft = front_draft(f);
	return draft ? json_object_get(draft, "blocks") : front_setting(f, "home");
}
