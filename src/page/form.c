#include "page/form.h"

#include "core/field_type.h"
#include "core/form_part.h"
#include "core/operator.h"
#include "core/person.h"

const char *audience_words(const struct page *p, enum audience audience)
{
	static const char *const words[AUDIENCE_COUNT] = {
		[AUDIENCE_PUBLIC] = N_("read by everybody"),
		[AUDIENCE_MEMBERS] = N_("read by members only"),
		[AUDIENCE_FACILITATORS] = N_("read by facilitators only"),
	};
	return tr(p->lang, words[audience]);
}

/* The form that holds a field: fields stand in one array, at their position. */
static const struct form *form_of(const struct page *p, const struct field *field)
{
	for (int i = 0; i < p->model->nforms; i++)
		if (&p->model->forms[i].fields[field->position] == field &&
		    field->position < p->model->forms[i].nfields)
			return &p->model->forms[i];
	return NULL;
}

static const char *value_words(const struct page *p, const struct field *other, const json_t *value)
{
	const char *key = json_string_value(json_is_array(value) ? json_array_get(value, 0) : value);
	if (key == NULL) return "";
	return other->type->key_label ? other->type->key_label(other, key, p) : key;
}

const char *condition_words(const struct page *p, const struct field *field)
{
	const struct condition *condition = field->show_if;
	const struct form *form = condition ? form_of(p, field) : NULL;
	const struct field *other = form ? form_find(form, condition->field) : NULL;
	if (other == NULL) return NULL;
	return page_printf(p, _("To fill in if “%s” %s %s."), t(p, &other->label), tr(p->lang, condition->op->words),
	                   value_words(p, other, condition->value));
}

static int issue_position(const struct form *form, const struct issue *issue)
{
	const struct field *field = form ? form_field(form, issue->field) : NULL;
	return field ? field->position : -1; /* what concerns the whole comes first */
}

const struct issue *const *issues_in_order(const struct page *p, const struct form *form)
{
	const struct issue **sorted = arena_array(p->arena, const struct issue *, (size_t)p->issues->count + 1);
	int n = 0;
	for (const struct issue *i = p->issues->first; i; i = i->next) {
		int at = n++;
		for (; at > 0 && issue_position(form, sorted[at - 1]) > issue_position(form, i); at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = i;
	}
	return sorted;
}

const char *issue_label(const struct page *p, const struct form *form, const char *key)
{
	const struct field *field = form ? form_field(form, key) : NULL;
	return field ? page_printf(p, _("%s: "), t(p, &field->label)) : "";
}

const char *plain_described(const struct page *p, const char *name, const char *help)
{
	bool error = p->issues && issues_of(p->issues, name);
	if (help && error) return arena_printf(p->arena, "f-%s-help f-%s-error", name, name);
	if (help) return arena_printf(p->arena, "f-%s-help", name);
	return error ? arena_printf(p->arena, "f-%s-error", name) : NULL;
}

const char *password_help(const struct page *p)
{
	return page_printf(
	        p,
	        _("At least %d characters. Four words that have nothing to do with each other make a good password."),
	        PASSWORD_MIN);
}
