#include "core/survey.h"

#include <string.h>

#include "base/clock.h"
#include "core/form_answers.h"

static const char *const anonymities[ANONYMITIES] = { "named", "confidential", "anonymous" };
static const char *const whos[WHOS] = { "everybody", "accounts", "invited" };
static const char *const kinds[SURVEY_KINDS] = { "asked", "model", "library" };
static const char *const states[SURVEY_STATES] = { "draft", "open", "closed" };

static const char *const anonymities_said[ANONYMITIES] = { N_("with names"), N_("confidential"), N_("anonymous") };
static const char *const whos_said[WHOS] = { N_("everybody"), N_("people with an account"), N_("only who is invited") };
static const char *const stands_said[] = { [STAND_DRAFT] = N_("in preparation"),
	                                   [STAND_EARLY] = N_("opens later"),
	                                   [STAND_OPEN] = N_("open"),
	                                   [STAND_OVER] = N_("closed") };

/* Hidden: neither asked nor shown. */
const struct field survey_title = { .key = "reponse", .label = { { "Réponse", "Response" } }, .hidden = true };

const char *anonymity_key(enum anonymity anonymity)
{
	return anonymities[anonymity];
}

const char *who_key(enum survey_who who)
{
	return whos[who];
}

const char *survey_state_key(enum survey_state state)
{
	return states[state];
}

const char *anonymity_words(enum anonymity anonymity)
{
	return anonymities_said[anonymity];
}

const char *who_words(enum survey_who who)
{
	return whos_said[who];
}

const char *stand_words(enum survey_stand stand)
{
	return stands_said[stand];
}

/* ---- Reading the definition ---- */

static int one_of(const json_t *said, const char *name, const char *const *names, int n, int fallback,
                  struct issues *issues)
{
	const char *value = json_str_or(said, name, names[fallback]);
	for (int i = 0; i < n; i++)
		if (strcmp(names[i], value) == 0) return i;
	issues_add(issues, "survey", N_("“%s” is not one of the values of “%s”"), value, name);
	return fallback;
}

static bool read_day(const json_t *said, const char *name, struct date *ret, struct issues *issues)
{
	const char *text = json_str(said, name);
	if (text == NULL) return false;
	if (date_from_iso(text, ret)) return true;
	issues_add(issues, "survey", N_("“%s” is not a day: write it 2026-11-28"), text);
	return false;
}

static void read_page(struct arena *a, const struct form *form, const json_t *said, int i, struct survey_page *pages,
                      struct issues *issues)
{
	const char *path = arena_printf(a, "pages.%d", i), *key = json_str(said, "key");
	pages[i] = (struct survey_page){ .key = key ? key : "",
		                         .label = label_from_json(a, json_object_get(said, "label")),
		                         .text = label_from_json(a, json_object_get(said, "text")),
		                         .random = json_bool(said, "random", false) };
	if (!key_is_valid(key))
		issues_add(issues, path,
		           N_("“%s” is not a key: small letters, digits and _, starting with a letter, 32 at most"),
		           pages[i].key);
	for (int j = 0; j < i; j++)
		if (strcmp(pages[j].key, pages[i].key) == 0)
			issues_add(issues, path, N_("the key “%s” is there twice"), pages[i].key);
	pages[i].show_if = form_condition_read(a, form, json_object_get(said, "show_if"),
	                                       arena_printf(a, "%s.show_if", path), issues);
}

/* A questionnaire without pages has one, without a name. */
static void read_pages(struct arena *a, const struct form *form, struct survey *survey, struct issues *issues)
{
	const json_t *said = json_object_get(form->definition, "pages");
	size_t n = json_array_size(said);
	if (n > SURVEY_PAGES_MAX) {
		issues_add(issues, "pages", N_("A questionnaire has at most %d pages."), SURVEY_PAGES_MAX);
		n = SURVEY_PAGES_MAX;
	}
	struct survey_page *pages = arena_array(a, struct survey_page, n + 1);
	for (size_t i = 0; i < n; i++) read_page(a, form, json_array_get(said, i), (int)i, pages, issues);
	if (n == 0) pages[0] = (struct survey_page){ .key = "questions", .label = label_from_json(a, NULL) };
	if (n == 0) pages[0].text = pages[0].label;
	survey->pages = pages;
	survey->npages = n ? (int)n : 1;
	int *page_of = arena_array(a, int, (size_t)form->nfields + 1);
	for (int f = 0; f < form->nfields; f++) {
		const char *key = json_str(form->fields[f].definition, "page");
		page_of[f] = 0;
		for (size_t i = 0; key && i < n; i++)
			if (strcmp(pages[i].key, key) == 0) page_of[f] = (int)i;
		if (key && n && strcmp(pages[page_of[f]].key, key) != 0)
			issues_add(issues, arena_printf(a, "fields.%d.page", f), N_("there is no page “%s”"), key);
	}
	survey->page_of = page_of;
}

static void read_quotas(struct arena *a, const struct form *form, const json_t *said, struct survey *survey,
                        struct issues *issues)
{
	size_t n = json_array_size(said), i;
	json_t *quota;
	struct survey_quota *quotas = arena_array(a, struct survey_quota, MIN(n, (size_t)SURVEY_QUOTAS_MAX) + 1);
	if (n > SURVEY_QUOTAS_MAX)
		issues_add(issues, "survey", N_("A questionnaire has at most %d quotas."), SURVEY_QUOTAS_MAX);
	json_array_foreach (said, i, quota) {
		const struct field *field = form_field(form, json_str_or(quota, "field", ""));
		const struct choice *choice = field ? field_choice(field, json_str_or(quota, "choice", "")) : NULL;
		int64_t most = json_int(quota, "most", -1);
		if (i == SURVEY_QUOTAS_MAX) break;
		if (choice == NULL || most < 0 || most > 1000000)
			issues_add(
			        issues, "survey",
			        N_("A quota names a question with choices, one of its choices, and how many answers are "
			           "wanted at most."));
		else quotas[survey->nquotas++] = (struct survey_quota){ field, choice, (int)most };
	}
	survey->quotas = quotas;
}

static void read_paper(struct arena *a, const json_t *said, struct survey *survey, struct issues *issues)
{
	int64_t twice = json_int(said, "twice", 0);
	survey->paper_back = label_from_json(a, json_object_get(said, "back"));
	if (twice < 0 || twice > 100)
		issues_add(issues, "survey", N_("Of a hundred sheets, from 0 to 100 are entered twice."));
	else survey->paper_twice = (int)twice;
}

/* Files would have to be sent before anybody knows who sends them; the others live in records. */
static void check_types(struct arena *a, const struct form *form, struct issues *issues)
{
	for (int i = 0; i < form->nfields; i++) {
		const struct field_type *type = form->fields[i].type;
		if (type == NULL || (type->takes == FILES_NONE && !type->answered && form->fields[i].target == NULL))
			continue;
		issues_add(issues, arena_printf(a, "fields.%d.type", i),
		           N_("a questionnaire does not ask questions of the type “%s”"), type->name);
	}
}

const struct survey *survey_read(struct arena *a, const struct form *form, struct issues *issues)
{
	const json_t *said = json_object_get(form->definition, "survey");
	if (said == NULL || json_is_false(said)) return NULL;
	struct survey *survey = arena_new(a, struct survey);
	survey->space = json_str(said, "space");
	survey->kind = (enum survey_kind)one_of(said, "kind", kinds, SURVEY_KINDS, SURVEY_ASKED, issues);
	survey->state = (enum survey_state)one_of(said, "state", states, SURVEY_STATES, SURVEY_OPEN, issues);
	survey->anonymity = (enum anonymity)one_of(said, "anonymity", anonymities, ANONYMITIES, ANONYMITY_ANONYMOUS,
	                                           issues);
	survey->who = (enum survey_who)one_of(said, "who", whos, WHOS, WHO_EVERYBODY, issues);
	survey->has_opens = read_day(said, "opens", &survey->opens, issues);
	survey->has_closes = read_day(said, "closes", &survey->closes, issues);
	survey->has_closed = read_day(said, "closed", &survey->closed, issues);
	int64_t days = json_int(said, "targets_days", SURVEY_TARGETS_DAYS);
	if (days < 0 || days > SURVEY_TARGETS_DAYS_MAX)
		issues_add(issues, "survey", N_("Give a number of days, from 0 to %d."), SURVEY_TARGETS_DAYS_MAX);
	else survey->targets_days = (int)days;
	if (survey->has_opens && survey->has_closes && date_compare(survey->closes, survey->opens) < 0)
		issues_add(issues, "survey", N_("The last day comes before the first."));
	survey->after = json_str(said, "after");
	survey->one_page = strcmp(json_str_or(said, "flow", "pages"), "one") == 0;
	survey->random = json_bool(said, "random", false);
	int64_t minutes = json_int(said, "minutes", 0);
	if (minutes < 0 || minutes > SURVEY_MINUTES_MAX)
		issues_add(issues, "survey", N_("Give a number of minutes, from 0 to %d."), SURVEY_MINUTES_MAX);
	else survey->minutes = (int)minutes;
	survey->welcome = label_from_json(a, json_object_get(said, "welcome"));
	survey->thanks = label_from_json(a, json_object_get(said, "thanks"));
	read_paper(a, json_object_get(said, "paper"), survey, issues);
	read_pages(a, form, survey, issues);
	read_quotas(a, form, json_object_get(said, "quotas"), survey, issues);
	check_types(a, form, issues);
	if (form->confidential)
		issues_add(issues, "survey", N_("A questionnaire says by itself how confidential it is."));
	return survey;
}

bool survey_targets_until(const struct survey *survey, struct date *ret)
{
	bool by_hand = survey->state == SURVEY_CLOSED && survey->has_closed;
	if (survey->state == SURVEY_DRAFT || (!by_hand && !survey->has_closes)) return false;
	struct date end = by_hand ? survey->closed : survey->closes;
	if (by_hand && survey->has_closes && date_compare(survey->closes, end) < 0) end = survey->closes;
	*ret = date_add_days(end, survey->targets_days);
	return true;
}

/* ---- What is asked ---- */

const struct space *survey_space(const struct model *model, const struct form *form)
{
	const struct space *named = form->survey->space ? model_space_by_slug(model, form->survey->space) : NULL;
	if (named) return named;
	return model->nspaces ? &model->spaces[0] : NULL;
}

enum survey_stand survey_stand(const struct survey *survey, struct date today)
{
	if (survey->state == SURVEY_DRAFT || survey->kind != SURVEY_ASKED) return STAND_DRAFT;
	if (survey->state == SURVEY_CLOSED) return STAND_OVER;
	if (survey->has_opens && date_compare(today, survey->opens) < 0) return STAND_EARLY;
	if (survey->has_closes && date_compare(today, survey->closes) > 0) return STAND_OVER;
	return STAND_OPEN;
}

bool survey_asks(const struct form *form, const struct field *field, const json_t *values)
{
	const struct survey_page *page = &form->survey->pages[form->survey->page_of[field->position]];
	return !field->hidden && form_holds(form, page->show_if, values) && field_asked(field, form, values);
}

bool survey_page_asks(const struct form *form, int page, const json_t *values)
{
	for (int i = 0; i < form->nfields; i++)
		if (form->survey->page_of[i] == page && survey_asks(form, &form->fields[i], values)) return true;
	return false;
}

static void compute(struct arena *a, const struct form *form, json_t *kept)
{
	if (!form_has_computed(form)) return;
	struct form_answers *answers = arena_new(a, struct form_answers);
	form_answers_init(answers, a, form, kept, date_from_days(clock_now() / 86400000));
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		json_t *value = field->type->computes ? form_computes(answers, field) : NULL;
		if (value && survey_asks(form, field, kept)) json_object_set(kept, field->key, value);
		else if (field->type->computes) json_object_del(kept, field->key);
	}
}

/* Taking one answer away may make another question fall away in its turn; each round takes one at least. */
json_t *survey_values_asked(struct arena *a, const struct form *form, const json_t *values)
{
	json_t *kept = json_keep(a, json_object());
	for (int i = 0; i < form->nfields; i++) {
		json_t *value = json_object_get(values, form->fields[i].key);
		if (value && !json_is_null(value)) json_object_set(kept, form->fields[i].key, value);
	}
	for (bool again = true; again;) {
		again = false;
		for (int i = 0; i < form->nfields; i++) {
			const struct field *field = &form->fields[i];
			if (json_object_get(kept, field->key) == NULL || survey_asks(form, field, kept)) continue;
			json_object_del(kept, field->key);
			again = true;
		}
	}
	compute(a, form, kept);
	return kept;
}
