#include "features/result/result_rule.h"

#include "base/macros.h"

void result_rule_read(const struct page *p, const struct form *form, struct result_rule *ret)
{
	const json_t *json = json_object_get(form->definition, "results");
	int64_t population = json_int(json, "population", 0), hide = json_int(json, "hide_below", 0);
	const json_t *weigh = json_object_get(json, "weigh");
	*ret = (struct result_rule){ .public = json_is_true(json_object_get(json, "public")),
		                     .weigh = json_is_object(weigh) ? weigh : NULL };
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
