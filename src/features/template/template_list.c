#include "features/template/template_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "net/uri.h"

bool templates_managed(const struct page *p)
{
	if (!page_signed_in(p) || p->model->nspaces == 0) return false;
	return allowed(p->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_MODEL, .space = &p->model->spaces[0] });
}

/* With its name as it is sorted. */
struct named {
	const char *name;
	const struct template *template;
};

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->name, y->name);
	return order ? order : strcmp(x->template->key, y->template->key);
}

int templates_of(const struct page *p, const struct form *form, const struct template *const **ret)
{
	struct named *named = arena_array(p->arena, struct named, (size_t)p->model->ntemplates + 1);
	const struct template **found = arena_array(p->arena, const struct template *,
	                                            (size_t)p->model->ntemplates + 1);
	int n = 0;
	for (int i = 0; i < p->model->ntemplates; i++) {
		const struct template *template = &p->model->templates[i];
		if (template->form == form)
			named[n++] = (struct named){ text_fold(p->arena, t(p, &template->title)), template };
	}
	qsort(named, (size_t)n, sizeof(*named), by_name);
	for (int i = 0; i < n; i++) found[i] = named[i].template;
	*ret = found;
	return n;
}

const struct template *template_named(const struct page *p, const struct form *form, const char *key)
{
	const struct template *template = model_template(p->model, key);
	return template && template->form == form ? template : NULL;
}

const char *template_url(const struct page *p, const struct form *form, const struct template *template,
                         const char *query)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_printf(&url, "/-/new/%s", form->key);
	uri_query_keep(&url, query, "modele");
	if (template) uri_query_add(&url, "modele", template->key);
	return buf_str(&url);
}

static struct template_words words_for(const struct page *p, const struct space *space, const char *title)
{
	return (struct template_words){ .title = text_is_blank(title) ? NULL : title,
		                        .date = page_date(p, p->now),
		                        .author = p->actor->name,
		                        .space = t(p, &space->name) };
}

static void fill(const struct page *p, const json_t *from, const struct template_words *words, json_t *to)
{
	const char *key;
	json_t *value;
	json_object_foreach ((json_t *)from, key, value)
		json_object_set(to, key, template_fill_value(p->arena, value, words));
}

void template_begin(const struct page *p, const struct template *template, const struct space *space, const char *title,
                    json_t *values)
{
	struct template_words words = words_for(p, space, title);
	fill(p, template->values, &words, values);
}

void template_settle(const struct page *p, const struct form *form, const struct space *space, json_t *values)
{
	struct template_words words = words_for(p, space, json_str_or(values, form->title->key, ""));
	if (json_object_get(form->definition, "meeting")) words.items = ""; /* a new one has none yet */
	for (int i = 0; i < form->nfields; i++) {
		const char *key = form->fields[i].key;
		json_t *value = json_object_get(values, key);
		if (value && template_holds(form, &form->fields[i]))
			json_object_set(values, key, template_fill_value(p->arena, value, &words));
	}
}

const char *template_minutes(const struct page *p, const char *text, const struct record *meeting, const char *items)
{
	struct template_words words = words_for(p, meeting->space, meeting->title);
	words.items = items;
	return template_fill(p->arena, text, &words);
}

int template_fields(const struct page *p, const struct form *form, const struct field *const **ret)
{
	const struct field **fields = arena_array(p->arena, const struct field *, (size_t)form->nfields + 1);
	int n = 0;
	for (int i = 0; i < form->nfields; i++)
		if (template_holds(form, &form->fields[i])) fields[n++] = &form->fields[i];
	*ret = fields;
	return n;
}
