/* A questionnaire made, and what it says of itself. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/definition.h"
#include "core/form.h"
#include "core/form_change.h"
#include "features/form_edit/form_settings.h"
#include "features/moderation/moderation_web.h"
#include "features/people/people_web.h"
#include "features/survey/edit.h"
#include "features/survey/edit.html.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum { TITLE_MAX = 120, WORDS_MAX = 4000 };

const char *numbered(const struct page *p, const char *name, int i)
{
	return arena_printf(p->arena, "%s-%d", name, i);
}

static const char *chosen(const struct request *r, const char *name, const char *const *keys, const char *fallback)
{
	for (; *keys; keys++)
		if (strcmp(request_form(r, name), *keys) == 0) return *keys;
	return fallback;
}

static const char *const anonymities[] = { "named", "confidential", "anonymous", NULL };
static const char *const whos[] = { "everybody", "accounts", "invited", NULL };

static const char *chosen_space(struct request *r)
{
	const struct model *model = r->page.model;
	const struct space *space = model_space_by_slug(model, request_form(r, "space"));
	return space ? space->slug : model->nspaces ? model->spaces[0].slug : "";
}

/* ---- New ---- */

/* May a questionnaire (NULL: one that is made) ask again what this one asked? */
static bool may_follow(const struct page *p, const struct form *form, const char *key)
{
	const struct form *before = *key ? model_form(p->model, key) : NULL;
	return before && before != form && before->survey && before->survey->kind == SURVEY_ASKED;
}

static enum code show_new(struct request *r, const struct new_typed *x, struct issues *issues)
{
	r->page.title = tr(r->page.lang, N_("New questionnaire"));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_new_page(request_out(r), &r->page, x);
	return OK;
}

enum code survey_new(struct request *r, struct err *err)
{
	TRY(form_edit_may(r, err));
	const char *after = request_query(r, "apres");
	const struct form *again = may_follow(&r->page, NULL, after) ? model_form(r->page.model, after) : NULL;
	const struct new_typed x = { .typed = json_keep(r->arena, json_object()),
		                     .copy = request_query(r, "copie"),
		                     .after = again ? again->key : "",
		                     .space = "",
		                     .anonymity = again ? anonymity_key(again->survey->anonymity) : "anonymous",
		                     .who = again ? who_key(again->survey->who) : "everybody" };
	return show_new(r, &x, NULL);
}

/* One page, one question: to be changed at once. */
static json_t *blank(const struct page *p)
{
	return json_keep(p->arena, json_pack("{s:[{s:s,s:s}], s:[{s:s,s:s,s:s,s:s}]}", "pages", "key", "page_1",
	                                     "label", _("To begin with"), "fields", "key", "question_1", "type",
	                                     "longtext", "page", "page_1", "label", _("What do you think of it?")));
}

static json_t *new_definition(struct request *r, const struct new_typed *x)
{
	const struct page *p = &r->page;
	const struct form *copy = model_form(p->model, x->copy);
	json_t *made = copy && copy->survey ? json_keep(r->arena, json_deep_copy(copy->definition)) : blank(p);
	json_t *label = json_object_get(x->typed, "label");
	json_t *survey = json_object_get(made, "survey");
	survey = survey ? json_copy(survey) : json_object();
	json_object_del(survey, "kind");
	json_object_del(survey, "opens");
	json_object_del(survey, "closes");
	json_object_del(survey, "closed");
	json_object_del(survey, "after");
	if (may_follow(p, NULL, x->after)) json_object_set_new(survey, "after", json_string(x->after));
	json_object_set_new(survey, "state", json_string("draft"));
	json_object_set_new(survey, "space", json_string(x->space));
	json_object_set_new(survey, "anonymity", json_string(x->anonymity));
	json_object_set_new(survey, "who", json_string(x->who));
	json_object_set_new(made, "survey", survey);
	json_object_set(made, "label", label);
	json_object_set(made, "plural", label);
	json_object_set_new(made, "add", json_pack("{s:s,s:s}", "fr", "Répondre", "en", "Answer"));
	json_object_set_new(made, "icon", json_string("clipboard-list"));
	json_object_del(made, "version");
	return made;
}

struct making {
	struct request *r;
	json_t *definition;
	const char *key;
};

static enum code make(struct tx *tx, void *arg, struct err *err)
{
	struct making *m = arg;
	struct arena *a = m->r->arena;
	struct label label = label_from_json(a, json_object_get(m->definition, "label"));
	json_t *taken;
	TRY(definition_keys(tx_db(tx), a, DEFINITION_FORM, &taken, err));
	m->key = key_from_words(a, label_text(&label, LANG_FR), taken);
	json_object_set_new(m->definition, "key", json_string(m->key));
	return definition_save(tx, a, DEFINITION_FORM, m->key, m->definition, &m->r->actor, NULL, err);
}

enum code survey_new_post(struct request *r, struct err *err)
{
	struct issues issues;
	TRY(form_edit_may(r, err));
	TRY(form_edit_limit(r, err));
	const struct new_typed x = { .typed = json_keep(r->arena, json_object()),
		                     .copy = request_form(r, "copy"),
		                     .after = request_form(r, "after"),
		                     .space = chosen_space(r),
		                     .anonymity = chosen(r, "anonymity", anonymities, "anonymous"),
		                     .who = chosen(r, "who", whos, "everybody") };
	issues_init(&issues, r->arena);
	question_read_label(r, x.typed, "label", TITLE_MAX, true, &issues);
	if (issues.count) return show_new(r, &x, &issues);
	struct making m = { .r = r, .definition = new_definition(r, &x) };
	TRY(request_write_model(r, make, &m, err));
	const struct form *made = model_form(r->page.model, m.key);
	if (made == NULL) FAIL(err, E_INTERNAL, "the questionnaire was not made");
	return request_redirect(r, survey_url(&r->page, made, "/pages"), "enquete-creee");
}

/* ---- Settings ---- */

int quota_rows(const struct settings_typed *s)
{
	int n = (int)json_array_size(json_object_get(s->survey, "quotas"));
	return MIN(n + QUOTA_ROWS, SURVEY_QUOTAS_MAX);
}

const char *quota_named(const struct page *p, const struct settings_typed *s, int row)
{
	const json_t *quota = json_array_get(json_object_get(s->survey, "quotas"), (size_t)row);
	return quota ? arena_printf(p->arena, "%s.%s", json_str_or(quota, "field", ""),
	                            json_str_or(quota, "choice", ""))
	             : "";
}

const char *quota_most(const struct page *p, const struct settings_typed *s, int row)
{
	const json_t *quota = json_array_get(json_object_get(s->survey, "quotas"), (size_t)row);
	return quota ? arena_printf(p->arena, "%lld", (long long)json_int(quota, "most", 0)) : "";
}

static enum code show_settings(struct request *r, const struct settings_typed *s, struct issues *issues)
{
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Settings of “%s”")), t(&r->page, &s->form->label));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_settings_page(request_out(r), &r->page, s);
	return OK;
}

static const char *day_typed(const struct page *p, const json_t *survey, const char *name)
{
	struct date date;
	const char *iso = json_str(survey, name);
	return iso && date_from_iso(iso, &date) ? date_format(p->arena, date, DATE_NUMERIC, p->lang) : "";
}

static enum code begin_settings(struct request *r, struct settings_typed *s, struct err *err)
{
	struct response_counts counts;
	struct page *p = &r->page;
	TRY(form_edit_may(r, err));
	TRY(survey_of_route(r, &s->form, err));
	const json_t *definition = s->form->definition;
	int64_t minutes = json_int(json_object_get(definition, "survey"), "minutes", 0);
	s->survey = json_keep(r->arena, json_deep_copy(json_object_get(definition, "survey")));
	if (!json_is_object(s->survey)) s->survey = json_keep(r->arena, json_object());
	s->typed = json_keep(r->arena, json_pack("{s:O}", "label", json_object_get(definition, "label")));
	s->opens = day_typed(p, s->survey, "opens");
	s->closes = day_typed(p, s->survey, "closes");
	s->days = arena_printf(r->arena, "%d", s->form->survey->targets_days);
	s->minutes = minutes ? arena_printf(r->arena, "%lld", (long long)minutes) : "";
	s->mark = definition_mark(r->arena, form_settings_part(r->arena, definition));
	TRY(response_count(r->db, s->form, survey_stands(p, s->form), &counts, err));
	s->answered = counts.complete + counts.started > 0;
	return OK;
}

enum code survey_settings(struct request *r, struct err *err)
{
	struct settings_typed s = { 0 };
	TRY(begin_settings(r, &s, err));
	return show_settings(r, &s, NULL);
}

static const char *read_day(struct request *r, json_t *survey, const char *name, struct issues *issues)
{
	const char *text = request_form(r, name);
	char iso[DATE_ISO_SIZE];
	struct date date;
	struct err why;
	json_object_del(survey, name);
	if (text_is_blank(text)) return "";
	if (date_parse(text, r->page.lang, &date, NULL, &why) == OK)
		json_object_set_new(survey, name, json_string(date_iso(date, iso)));
	else issues_add_err(issues, name, &why);
	return text;
}

static enum code read_words(struct request *r, json_t *survey, const char *name, struct issues *issues, struct err *err)
{
	const char *french, *english;
	const char *other = arena_printf(r->arena, "%s-en", name);
	TRY(moderation_text(r, name, WORDS_MAX, false, issues, &french, err));
	TRY(moderation_text(r, other, WORDS_MAX, false, issues, &english, err));
	json_t *words = json_object();
	if (*french) json_object_set_new(words, "fr", json_string(french));
	if (*english) json_object_set_new(words, "en", json_string(english));
	if (json_object_size(words)) json_object_set(survey, name, words);
	else json_object_del(survey, name);
	json_decref(words);
	return OK;
}

static void read_quotas(struct request *r, const struct form *form, json_t *survey, struct issues *issues)
{
	json_t *quotas = json_array();
	for (int i = 0; i < SURVEY_QUOTAS_MAX; i++) {
		const char *named = request_form(r, numbered(&r->page, "quota", i));
		const char *most = request_form(r, numbered(&r->page, "most", i)), *dot = strchr(named, '.');
		char *end;
		if (dot == NULL) continue;
		long n = strtol(most, &end, 10);
		const char *key = arena_strndup(r->arena, named, (size_t)(dot - named));
		const struct field *field = form_field(form, key);
		if (field == NULL || field_choice(field, dot + 1) == NULL) continue;
		if (*most == '\0' || *end || n < 0 || n > 1000000)
			issues_add(issues, "", N_("Say for each quota how many answers are wanted at most: a number."));
		json_array_append_new(quotas,
		                      json_pack("{s:s,s:s,s:i}", "field", key, "choice", dot + 1, "most", (int)n));
	}
	if (json_array_size(quotas)) json_object_set(survey, "quotas", quotas);
	else json_object_del(survey, "quotas");
	json_decref(quotas);
}

static void set_flag(json_t *survey, const char *name, bool value)
{
	if (value) json_object_set_new(survey, name, json_true());
	else json_object_del(survey, name);
}

static enum code read_settings(struct request *r, struct settings_typed *s, struct issues *issues, struct err *err)
{
	char *end;
	question_read_label(r, s->typed, "label", TITLE_MAX, true, issues);
	TRY(read_words(r, s->survey, "welcome", issues, err));
	TRY(read_words(r, s->survey, "thanks", issues, err));
	json_object_set_new(s->survey, "space", json_string(chosen_space(r)));
	if (!s->answered)
		json_object_set_new(s->survey, "anonymity",
		                    json_string(chosen(r, "anonymity", anonymities,
		                                       json_str_or(s->survey, "anonymity", "anonymous"))));
	json_object_set_new(s->survey, "who", json_string(chosen(r, "who", whos, "everybody")));
	s->opens = read_day(r, s->survey, "opens", issues);
	s->closes = read_day(r, s->survey, "closes", issues);
	const char *first = json_str(s->survey, "opens"), *last = json_str(s->survey, "closes");
	if (first && last && strcmp(last, first) < 0)
		issues_add(issues, "closes", N_("The last day comes before the first."));
	s->days = request_form(r, "targets_days");
	long days = *s->days ? strtol(s->days, &end, 10) : SURVEY_TARGETS_DAYS;
	if (*s->days && (*end || days < 0 || days > SURVEY_TARGETS_DAYS_MAX))
		issues_add(issues, "targets_days", N_("Give a number of days, from 0 to %d."), SURVEY_TARGETS_DAYS_MAX);
	else json_object_set_new(s->survey, "targets_days", json_integer(days));
	s->minutes = request_form(r, "minutes");
	long minutes = strtol(s->minutes, &end, 10);
	if (*end || minutes < 0 || minutes > SURVEY_MINUTES_MAX)
		issues_add(issues, "minutes", N_("Give a number of minutes, from 0 to %d."), SURVEY_MINUTES_MAX);
	else if (minutes) json_object_set_new(s->survey, "minutes", json_integer(minutes));
	else json_object_del(s->survey, "minutes");
	if (*request_form(r, "one")) json_object_set_new(s->survey, "flow", json_string("one"));
	else json_object_del(s->survey, "flow");
	json_object_del(s->survey, "after");
	if (may_follow(&r->page, s->form, request_form(r, "after")))
		json_object_set_new(s->survey, "after", json_string(request_form(r, "after")));
	set_flag(s->survey, "random", *request_form(r, "random"));
	read_quotas(r, s->form, s->survey, issues);
	return OK;
}

static enum code with_settings(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                               struct err *err)
{
	const struct settings_typed *s = w->context;
	json_t *next = json_keep(w->r->arena, json_copy((json_t *)definition));
	(void)keys;
	(void)err;
	json_object_set(next, "survey", s->survey);
	json_object_set(next, "label", json_object_get(s->typed, "label"));
	json_object_set(next, "plural", json_object_get(s->typed, "label"));
	*ret = next;
	return OK;
}

enum code survey_settings_post(struct request *r, struct err *err)
{
	struct settings_typed s = { 0 };
	struct issues issues, checked;
	TRY(begin_settings(r, &s, err));
	TRY(form_edit_limit(r, err));
	issues_init(&issues, r->arena);
	TRY(read_settings(r, &s, &issues, err));
	if (issues.count) return show_settings(r, &s, &issues);
	struct form_write write = {
		.r = r, .form = s.form->key, .mark = request_form(r, "_mark"), .apply = with_settings, .context = &s
	};
	const char *url = survey_url(&r->page, s.form, "/manage");
	enum code code = form_write(&write, &checked, err);
	if (code == E_INPUT || code == E_CONFLICT) {
		issues_add_err(&issues, "", err);
		return show_settings(r, &s, &issues);
	}
	TRY(code);
	return request_redirect(r, url, "enquete-reglee");
}
