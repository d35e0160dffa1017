/* Kept groups: answers that are counted together under a name, chosen on the page of results. */
#include <string.h>

#include "base/text.h"
#include "features/form_edit/form_edit.h"
#include "features/result/result_page.h"
#include "features/result/result_web.h"
#include "web/web.h"

struct keeping {
	const struct page *p;
	const char *name, *drop; /* drop: key of the one that goes, or NULL */
	const char *si[RULE_GROUP_CHOICES_MAX];
	int nsi;
	const char *key; /* of the one that is added */
};

static json_t *group_json(const struct keeping *k)
{
	json_t *si = json_array();
	for (int i = 0; i < k->nsi; i++) json_array_append_new(si, json_string(k->si[i]));
	return json_pack("{s:s, s:{s:s}, s:o}", "key", k->key, "label", lang_tag(k->p->lang), k->name, "si", si);
}

static bool is_taken(const json_t *groups, const char *key)
{
	size_t i;
	json_t *group;
	json_array_foreach ((json_t *)groups, i, group)
		if (strcmp(json_str_or(group, "key", ""), key) == 0) return true;
	return false;
}

/* As short as its name, and nobody else's. */
static const char *free_key(struct arena *a, const json_t *groups, const char *name)
{
	enum { KEY_MAX = 30 };
	const char *slug = text_slug(a, name, KEY_MAX), *key = *slug ? slug : "groupe";
	for (int i = 2; is_taken(groups, key); i++) key = arena_printf(a, "%s-%d", slug, i);
	return key;
}

static enum code apply(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                       struct err *err)
{
	struct keeping *k = w->context;
	struct arena *a = w->r->arena;
	json_t *next = json_keep(a, json_deep_copy((json_t *)definition)), *groups = json_array(), *group;
	json_t *rule = json_object_get(next, "results");
	size_t i;
	(void)keys;
	if (rule == NULL) json_object_set_new(next, "results", rule = json_object());
	json_array_foreach (json_object_get(rule, "groups"), i, group)
		if (k->drop == NULL || strcmp(json_str_or(group, "key", ""), k->drop) != 0)
			json_array_append(groups, group);
	if (k->drop == NULL) {
		k->key = free_key(a, groups, k->name);
		json_array_append_new(groups, group_json(k));
	}
	size_t n = json_array_size(groups);
	if (n) json_object_set_new(rule, "groups", groups);
	else {
		json_decref(groups);
		json_object_del(rule, "groups");
	}
	if (json_object_size(rule) == 0) json_object_del(next, "results");
	if (n > RULE_GROUPS_MAX)
		FAIL(err, E_INPUT, N_("There are %d kept groups already: take one away first."), RULE_GROUPS_MAX);
	*ret = next;
	return OK;
}

/* Only choices that are there: the address may say anything. */
static enum code read_choices(struct request *r, const struct results *results, struct keeping *k, struct err *err)
{
	const char *text;
	for (int i = 0; (text = result_choice_nth(&r->form, i)) != NULL; i++) {
		if (!result_has_choice(results, text)) continue;
		if (k->nsi == RULE_GROUP_CHOICES_MAX)
			FAIL(err, E_INPUT, N_("A kept group has %d choices at most."), RULE_GROUP_CHOICES_MAX);
		k->si[k->nsi++] = text;
	}
	if (k->nsi == 0) FAIL(err, E_INPUT, N_("Choose first which answers are in the group."));
	return OK;
}

static enum code read_name(struct request *r, struct keeping *k, struct err *err)
{
	const char *typed = request_form(r, "name");
	char *clean;
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_LINE, &clean, err));
	k->name = text_trim(r->arena, clean);
	if (*k->name == '\0') FAIL(err, E_INPUT, N_("Give the group a name."));
	if (text_length(k->name) > RULE_GROUP_NAME_MAX)
		FAIL(err, E_INPUT, N_("The name is too long: %d letters at most."), RULE_GROUP_NAME_MAX);
	return OK;
}

enum code result_group_post(struct request *r, struct err *err)
{
	static const struct form_data none;
	const struct form *form;
	struct results results;
	struct keeping k = { .p = &r->page };
	struct issues issues;
	TRY(form_edit_find(r, &form, err));
	TRY(form_edit_limit(r, err));
	TRY(results_load(&r->page, form, &none, NULL, &results, err));
	if (results.rule.hide_below > 0)
		FAIL(err, E_FORBIDDEN, N_("Small counts are hidden here: answers are not counted by parts."));
	if (*request_form(r, "drop")) k.drop = request_form(r, "drop");
	else {
		TRY(read_name(r, &k, err));
		TRY(read_choices(r, &results, &k, err));
	}
	issues_init(&issues, r->arena);
	struct form_write write = { .r = r, .form = form->key, .apply = apply, .context = &k };
	TRY(form_write(&write, &issues, err));
	return request_redirect(r,
	                        k.drop ? arena_printf(r->arena, "/-/results/%s", form->key)
	                               : arena_printf(r->arena, "/-/results/%s?groupe=%s", form->key, k.key),
	                        "formulaire");
}
