#include "page/form.h"

#include <string.h>

#include "base/clock.h"
#include "core/field_type.h"
#include "core/form_answers.h"
#include "core/form_part.h"
#include "core/operator.h"
#include "core/person.h"
#include "core/relative_day.h"
#include "core/survey.h"

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
	if (p->asked && field->position < p->asked->nfields &&
	    strcmp(p->asked->fields[field->position].key, field->key) == 0)
		return p->asked;
	for (int i = 0; i < p->model->nforms; i++)
		if (&p->model->forms[i].fields[field->position] == field &&
		    field->position < p->model->forms[i].nfields)
			return &p->model->forms[i];
	return NULL;
}

const char *condition_said(const struct page *p, const struct form *form, const struct expression *condition)
{
	struct form_names words = { p->arena, form, p->lang, false };
	const struct expression_names names = form_names(&words);
	const struct expression *e = condition;
	/* Read again, for the words of this reader's language; what the short form compares with no answer is told as it is. */
	if (expression_read(p->arena, expression_text(p->arena, condition, LANG_EN), LANG_EN, &names, EXPRESSION_YES_NO,
	                    &e, NULL, NULL) != OK)
		e = condition;
	return expression_words(p->arena, e, p->lang);
}

const char *condition_words(const struct page *p, const struct field *field)
{
	const struct form *form = field->show_if && p->asked == NULL ? form_of(p, field) : NULL;
	if (form == NULL) return NULL;
	return page_printf(p, _("To fill in if %s."), condition_said(p, form, field->show_if));
}

/* ---- For the browser (web/front/asked.ts) ---- */

/* Was it answered on another page of the questionnaire, so that the site says what (survey_given)? */
static bool is_given(const struct page *p, const struct form *form, const struct field *at, const char *name)
{
	const struct field *field = form_find(form, name);
	if (p->asked == NULL || p->asked_whole || at == NULL || field == NULL) return false;
	if (field->whole) field = field->whole;
	return form->survey->page_of[field->position] != form->survey->page_of[at->position];
}

/* Can the browser find out all that the expression looks at? Not what stands in no control it knows. */
static bool is_live(const struct page *p, const struct form *form, const struct field *at, const struct expression *e)
{
	const char *const *names;
	int n = e ? expression_uses(p->arena, e, &names) : 0;
	for (int i = 0; i < n; i++) {
		if (is_given(p, form, at, names[i])) continue;
		const struct field *field = form_field(form, names[i]);
		bool nested = field && field->nchoices && field->choices[field->nchoices - 1].parent;
		if (field == NULL || field->hidden || nested) return false;
		enum expression_type type = field_means(field);
		if (type == EXPRESSION_MISSING || type == EXPRESSION_NUMBERS) return false;
	}
	return e != NULL;
}

static bool has_expressions(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (form->fields[i].show_if || form->fields[i].constraint || form->fields[i].computed) return true;
	return false;
}

/* How many choices are ticked, told as they are; ticking the one that goes with no other unticks these. */
static bool add_counts(const struct page *p, const struct field *field, json_t *said)
{
	int64_t least = json_int(field->definition, "min", 0), most = json_int(field->definition, "max", 0);
	const char *alone = json_str_or(field->definition, "exclusive", "");
	if (field->type->means != EXPRESSION_SEVERAL || field->nchoices == 0) return false;
	if (*alone) json_object_set_new(said, "alone", json_string(alone));
	if (least <= 0 && most <= 0) return *alone;
	json_object_set_new(said, "counted", json_string(_("Ticked: %d.")));
	if (most > 0)
		json_object_set_new(said, "most",
		                    json_pack("[I,s]", (json_int_t)most, _("Tick at most %d of them; you ticked %d.")));
	if (least > 0)
		json_object_set_new(
		        said, "least",
		        json_pack("[I,s]", (json_int_t)least, _("Tick at least %d of them; you ticked %d.")));
	return true;
}

/* What a whole questionnaire on a device checks and mixes by itself. */
static void add_whole(const struct field *field, json_t *said)
{
	const char *alone = json_str_or(field->definition, "exclusive", "");
	json_object_set_new(said, "needed", json_boolean(field->required));
	if (strcmp(json_str_or(field->definition, "order", ""), "random") != 0) return;
	json_t *stay = json_array();
	for (int i = 0; i < field->nchoices; i++)
		if (field->choices[i].other || strcmp(field->choices[i].key, alone) == 0)
			json_array_append_new(stay, json_string(field->choices[i].key));
	json_object_set_new(said, "stay", stay);
}

const char *field_live(const struct page *p, const struct field *field)
{
	const struct form *form = form_of(p, field);
	if (form == NULL) return NULL;
	const char *type = expression_type_name(field_means(field));
	json_t *said = json_keep(p->arena, json_pack("{s:s,s:s}", "key", field->key, "type", type));
	bool counts = add_counts(p, field, said);
	if (!counts && !has_expressions(form) && !p->asked_whole) return NULL;
	if (p->asked_whole) add_whole(field, said);
	if (is_live(p, form, field, field->show_if)) json_object_set_new(said, "if", expression_json(field->show_if));
	if (is_live(p, form, field, field->computed))
		json_object_set_new(said, "value", expression_json(field->computed));
	if (is_live(p, form, field, field->constraint)) {
		json_object_set_new(said, "constraint", expression_json(field->constraint));
		json_object_set_new(said, "refusal", json_string(field_refusal(p, field)));
	}
	if (field->computed) {
		struct label unit = label_from_json(p->arena, json_object_get(field->definition, "unit"));
		if (*t(p, &unit)) json_object_set_new(said, "unit", json_string(t(p, &unit)));
	}
	json_object_set_new(said, "today", json_integer(date_to_days(model_today(p->model, clock_now()))));
	return json_text(p->arena, said);
}

const char *condition_live(const struct page *p, const struct form *form, const struct expression *condition)
{
	if (!is_live(p, form, NULL, condition)) return NULL;
	return json_text(p->arena, json_keep(p->arena, json_pack("{s:o}", "if", expression_json(condition))));
}

const char *field_refusal(const struct page *p, const struct field *field)
{
	return *t(p, &field->refusal) ? t(p, &field->refusal)
	                              : _("This answer does not fit with the others: check them.");
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
