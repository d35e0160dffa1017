#include "features/result/result_rule.h"

#include "base/macros.h"

static bool read_group(const struct page *p, const json_t *json, struct kept_group *ret)
{
	const json_t *si = json_object_get(json, "si");
	struct kept_group group = { .key = json_str_or(json, "key", ""),
		                    .label = label_from_json(p->arena, json_object_get(json, "label")) };
	for (size_t i = 0; i < json_array_size(si) && group.nsi < RULE_GROUP_CHOICES_MAX; i++) {
		const char *choice = json_string_value(json_array_get(si, i));
		if (choice) group.si[group.nsi++] = choice;
	}
	*ret = group;
	return *group.key && *t(p, &group.label) && group.nsi;
}

static void read_groups(const struct page *p, const json_t *json, struct result_rule *rule)
{
	struct kept_group *groups = arena_array(p->arena, struct kept_group, RULE_GROUPS_MAX);
	for (size_t i = 0; i < json_array_size(json) && rule->ngroups < RULE_GROUPS_MAX; i++)
		rule->ngroups += read_group(p, json_array_get(json, i), &groups[rule->ngroups]);
	rule->groups = groups;
}

void result_rule_read(const struct page *p, const struct form *form, struct result_rule *ret)
{
	const json_t *json = json_object_get(form->definition, "results");
	int64_t population = json_int(json, "population", 0), hide = json_int(json, "hide_below", 0);
	const json_t *weigh = json_object_get(json, "weigh");
	*ret = (struct result_rule){ .public = json_is_true(json_object_get(json, "public")),
		                     .weigh = json_is_object(weigh) ? weigh : NULL };
	read_groups(p, json_object_get(json, "groups"), ret);
	ret->note = label_from_json(p->arena, json_object_get(json, "note"));
	if (population > 0 && population <= RULE_POPULATION_MAX) ret->population = (int)population;
	if (hide > 1 && hide <= RULE_HIDE_MAX) ret->hide_below = (int)hide;
	if (answer_source_of(form)->confidential(p, form))
		ret->hide_below = MAX(ret->hide_below, RULE_HIDE_CONFIDENTIAL);
}

bool result_seen(const struct page *p, const struct form *form)
{
	struct result_rule rule;
	result_rule_read(p, form, &rule);
	return rule.public || answer_source_of(form)->may(p, form);
}
