/*
 * Definitions as [list, form, view]: every mistake is said, and what passes can be used: conditions are
 * resolved, each field takes a value.
 */
#include "core/condition.h"
#include "core/form_answers.h"
#include "fields/fields.h"
#include "fuzz.h"

static void check_issues(enum code code, const struct issues *issues, int before)
{
	char said[600];
	CHECK((code == OK) == (issues->count == before));
	for (const struct issue *i = issues->first; i; i = i->next) {
		CHECK(is_text(i->field));
		CHECK(is_text(err_format(&i->err, i->err.msg, said, sizeof(said))));
	}
}

static void use_form(struct arena *a, const struct form *form, const json_t *values)
{
	struct form_answers answers;
	form_answers_init(&answers, a, form, values, (struct date){ 2026, 11, 29 });
	CHECK(key_is_valid(form->key) && form->title && form->nfields > 0 && form->nfields <= FORM_FIELDS_MAX);
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		struct issues issues;
		CHECK(key_is_valid(field->key) && field->type && form_field(form, field->key) == field);
		CHECK(field->position == i);
		(void)form_asks(&answers, field);
		(void)form_accepts(&answers, field);
		if (field->type->computes) (void)form_computes(&answers, field);
		issues_init(&issues, a);
		const json_t *value = json_object_get(values, field->key);
		if (value && !json_is_null(value)) field->type->check(field, value, &issues);
	}
}

static void use_view(struct arena *a, const struct view *view, const json_t *values)
{
	CHECK(view->form && view->size > 0 && view->nlayouts > 0);
	for (int i = 0; i < view->nwhere; i++) {
		struct condition_test test;
		CHECK(condition_resolve(a, &view->where[i], view->form, NULL, &test));
		(void)condition_holds(&view->where[i], view->form, values);
	}
}

static void read_all(struct arena *a, const json_t *array)
{
	struct issues issues;
	struct err err;
	struct list list;
	struct form form;
	struct view view;
	const json_t *values = json_array_get(array, 3);
	issues_init(&issues, a);
	enum code code = list_parse(a, json_array_get(array, 0), &list, &issues, &err);
	check_issues(code, &issues, 0);
	int nlists = code == OK, before = issues.count;
	code = form_parse(a, json_array_get(array, 1), &list, nlists, &form, &issues, &err);
	check_issues(code, &issues, before);
	int nforms = code == OK;
	if (nforms) use_form(a, &form, values);
	before = issues.count;
	code = view_parse(a, json_array_get(array, 2), &form, nforms, &view, &issues, &err);
	check_issues(code, &issues, before);
	if (code == OK) use_view(a, &view, values);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	json_t *json;
	arena_init(&a);
	field_types_use(field_table);
	if (json_parse(&a, (const char *)data, size, &json, NULL) == OK) read_all(&a, json);
	arena_release(&a);
	return 0;
}
