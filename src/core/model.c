#include "core/model.h"

#include <string.h>

const struct space *model_space(const struct model *model, int64_t num)
{
	for (int i = 0; i < model->nspaces; i++)
		if (model->spaces[i].num == num) return &model->spaces[i];
	return NULL;
}

const struct space *model_space_by_slug(const struct model *model, const char *slug)
{
	for (int i = 0; i < model->nspaces; i++)
		if (strcmp(model->spaces[i].slug, slug) == 0) return &model->spaces[i];
	return NULL;
}

const struct form *model_form(const struct model *model, const char *key)
{
	for (int i = 0; i < model->nforms; i++)
		if (strcmp(model->forms[i].key, key) == 0) return &model->forms[i];
	return NULL;
}

const struct form *model_form_by_num(const struct model *model, int64_t num)
{
	for (int i = 0; i < model->nforms; i++)
		if (model->forms[i].num == num) return &model->forms[i];
	return model->comment && model->comment->num == num ? model->comment : NULL;
}

const struct view *model_view(const struct model *model, const char *key)
{
	for (int i = 0; i < model->nviews; i++)
		if (strcmp(model->views[i].key, key) == 0) return &model->views[i];
	return NULL;
}

const struct view *model_view_by_slug(const struct model *model, const char *slug)
{
	for (int i = 0; i < model->nviews; i++)
		if (strcmp(model->views[i].slug, slug) == 0) return &model->views[i];
	return NULL;
}

const struct view *model_view_by_former(const struct model *model, const char *slug)
{
	for (int i = 0; i < model->nviews; i++)
		for (size_t j = 0; j < json_array_size(model->views[i].former); j++) {
			const char *former = json_string_value(json_array_get(model->views[i].former, j));
			if (former && strcmp(former, slug) == 0) return &model->views[i];
		}
	return NULL;
}

const struct template *model_template(const struct model *model, const char *key)
{
	for (int i = 0; i < model->ntemplates; i++)
		if (strcmp(model->templates[i].key, key) == 0) return &model->templates[i];
	return NULL;
}

const struct list *model_list(const struct model *model, const char *key)
{
	for (int i = 0; i < model->nlists; i++)
		if (strcmp(model->lists[i].key, key) == 0) return &model->lists[i];
	return NULL;
}

const json_t *model_setting(const struct model *model, const char *key)
{
	return json_object_get(model->settings, key);
}

const char *setting_key(struct arena *a, const struct space *space, const char *key)
{
	return space ? arena_printf(a, "%s.%s", key, space->slug) : key;
}

const json_t *model_setting_of(const struct model *model, const struct space *space, const char *key)
{
	struct arena a;
	arena_init(&a);
	const json_t *setting = model_setting(model, setting_key(&a, space, key));
	arena_release(&a);
	return setting;
}
