#include "formats/limesurvey_form.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "formats/html_markdown.h"
#include "formats/html_plain.h"
#include "formats/limesurvey_convert.h"

/* ---- Texts ---- */

const char *limesurvey_text_in(const json_t *texts, const char *language)
{
	const char *name;
	json_t *text;
	size_t len = strlen(language);
	json_object_foreach ((json_t *)texts, name, text)
		if (strncmp(name, language, len) == 0 && (name[len] == '\0' || name[len] == '-'))
			return json_string_value(text);
	return NULL;
}

json_t *limesurvey_label(const struct converting *c, const json_t *texts, limesurvey_words *made)
{
	static const char *const languages[] = { "fr", "en" };
	json_t *label = json_object();
	for (size_t i = 0; i < COUNT(languages); i++) {
		const char *text = limesurvey_text_in(texts, languages[i]);
		const char *words = text ? made(c->a, text) : "";
		if (*words) json_object_set_new(label, languages[i], json_string(words));
	}
	const char *own = json_str(texts, c->survey->language);
	if (json_object_size(label) == 0 && own && *made(c->a, own))
		json_object_set_new(label, "fr", json_string(made(c->a, own)));
	return label;
}

json_t *limesurvey_label_or(const struct converting *c, const json_t *texts, const char *fallback)
{
	json_t *words = limesurvey_label(c, texts, html_plain);
	if (json_object_size(words) == 0) json_object_set_new(words, "fr", json_string(fallback));
	return words;
}

const char *limesurvey_markdown(struct arena *a, const char *html)
{
	struct html_markdown made;
	html_markdown(a, html, strlen(html), false, &made);
	return text_trim(a, made.text);
}

void limesurvey_set_label(const struct converting *c, json_t *object, const char *name, const json_t *texts,
                          limesurvey_words *made)
{
	json_t *words = limesurvey_label(c, texts, made);
	if (json_object_size(words)) json_object_set_new(object, name, words);
	else json_decref(words);
}

/* ---- The questionnaire ---- */

static json_t *page_of(const struct converting *c, const struct limesurvey_group *group, int i)
{
	json_t *page = json_pack("{s:o}", "key", json_sprintf("page_%d", i + 1));
	limesurvey_set_label(c, page, "label", group->name, html_plain);
	limesurvey_set_label(c, page, "text", group->description, limesurvey_markdown);
	const char *name = json_str_or(json_object_get(page, "label"), "fr", arena_printf(c->a, "%d", i + 1));
	limesurvey_set_condition(c, NULL, name, group->relevance, page);
	if (*group->random)
		issues_add(c->lost, name, N_("the order of pages is not mixed as it was: %s"), group->random);
	return page;
}

static bool is_day(const char *text)
{
	return strlen(text) >= 10 && text[4] == '-' && text[7] == '-' && isdigit((unsigned char)text[0]);
}

static void set_day(const struct converting *c, json_t *survey, const char *name, const char *column)
{
	const char *text = json_str_or(c->survey->settings, column, "");
	if (is_day(text)) json_object_set_new(survey, name, json_string(arena_strndup(c->a, text, 10)));
}

static json_t *survey_of(const struct converting *c)
{
	const json_t *settings = c->survey->settings;
	bool anonymous = *json_str_or(settings, "anonymized", json_str_or(settings, "private", "N")) == 'Y';
	json_t *survey = json_pack("{s:s, s:s}", "state", "draft", "anonymity",
	                           anonymous ? "anonymous" : "confidential");
	if (*json_str_or(settings, "format", "G") == 'A') json_object_set_new(survey, "flow", json_string("one"));
	set_day(c, survey, "opens", "startdate");
	set_day(c, survey, "closes", "expires");
	limesurvey_set_label(c, survey, "welcome", c->survey->welcome, limesurvey_markdown);
	limesurvey_set_label(c, survey, "thanks", c->survey->end, limesurvey_markdown);
	return survey;
}

/* One choice of one question: others have no like. */
static void set_quotas(const struct converting *c, json_t *survey)
{
	json_t *quotas = json_array();
	for (int i = 0; i < c->survey->nquotas; i++) {
		const struct limesurvey_quota *quota = &c->survey->quotas[i];
		const char *choice = NULL, *field = NULL;
		for (int k = 0; k < c->names.n && quota->nquestions == 1; k++) {
			const struct limesurvey_name *name = &c->names.all[k];
			const char *type = limesurvey_field_type(name->question);
			if (strcmp(name->question->id, quota->question) != 0 || type == NULL) continue;
			if (strncmp(type, "choice", 6) != 0) continue;
			for (int m = 0; m < name->question->nanswers; m++)
				if (strcmp(name->question->answers[m].code, quota->codes) == 0)
					choice = name->answers[m];
			for (int m = 0; m < name->question->nparts; m++)
				if (strcmp(name->question->parts[m].code, quota->codes) == 0) choice = name->parts[m];
			field = name->key;
		}
		if (choice && quota->active)
			json_array_append_new(quotas, json_pack("{s:s, s:s, s:i}", "field", field, "choice", choice,
			                                        "most", quota->limit));
		else issues_add(c->lost, "", N_("the quota “%s” is not taken over"), quota->name);
	}
	if (json_array_size(quotas)) json_object_set_new(survey, "quotas", quotas);
	else json_decref(quotas);
}

static void tell_languages(const struct converting *c)
{
	const char *at = c->survey->languages;
	while (*at) {
		size_t len = strcspn(at, " ");
		bool kept = len >= 2 && (memcmp(at, "fr", 2) == 0 || memcmp(at, "en", 2) == 0) &&
		            (len == 2 || at[2] == '-');
		const char *language = arena_strndup(c->a, at, len);
		if (!kept && len)
			issues_add(c->lost, "",
			           N_("texts in the language “%s” are not taken over, but where no other is there"),
			           language);
		at += len + (at[len] == ' ');
	}
}

json_t *limesurvey_form(struct arena *a, const struct limesurvey *survey, struct issues *lost)
{
	struct converting c = { a, survey, limesurvey_names(a, survey), lost };
	json_t *form = json_keep(a, json_object()), *pages = json_array(), *fields = json_array();
	json_t *said = survey_of(&c);
	json_object_set_new(form, "label", limesurvey_label_or(&c, survey->title, survey->id));
	limesurvey_set_label(&c, form, "description", survey->description, html_plain);
	for (int i = 0; i < survey->ngroups; i++) json_array_append_new(pages, page_of(&c, &survey->groups[i], i));
	for (int i = 0; i < c.names.n; i++) {
		json_t *field = limesurvey_field(&c, &c.names.all[i]);
		if (field) json_array_append_new(fields, field);
	}
	set_quotas(&c, said);
	tell_languages(&c);
	if (survey->nassessments)
		issues_add(lost, "", N_("marks and what is said about them (%d rules) are not taken over"),
		           survey->nassessments);
	if (survey->nparameters)
		issues_add(lost, "", N_("what the address says (%d names) is not taken over"), survey->nparameters);
	json_object_set_new(form, "survey", said);
	json_object_set_new(form, "pages", pages);
	json_object_set_new(form, "fields", fields);
	return form;
}
