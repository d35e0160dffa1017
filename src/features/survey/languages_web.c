/* All that a questionnaire says, in both languages side by side. */
#include <string.h>

#include "base/text.h"
#include "core/form_change.h"
#include "features/form_edit/form_edit.h"
#include "features/survey/edit.h"
#include "features/survey/edit.html.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum { TEXTS_MAX = 2000, TEXT_MAX = 4000, WHERE_MAX = 80 };

/* Members that people read; others of a definition are for the program. */
static const char *const members[] = { "label", "help", "text", "welcome", "thanks", "unit" };

static bool is_text(const json_t *value)
{
	if (json_is_string(value)) return true;
	if (!json_is_object(value)) return false;
	return json_object_get(value, lang_tag(LANG_FR)) || json_object_get(value, lang_tag(LANG_EN));
}

static void add(const struct page *p, struct texts_typed *x, json_t *owner, const char *member, const char *where)
{
	const json_t *value = json_object_get(owner, member);
	struct text_typed *text = &x->texts[x->n];
	if (x->n == TEXTS_MAX || !is_text(value)) return;
	*text = (struct text_typed){ .where = where,
		                     .wide = strcmp(member, "label") != 0 && strcmp(member, "unit") != 0,
		                     .owner = owner,
		                     .member = member };
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const char *said = json_is_string(value) ? (lang == LANG_FR ? json_string_value(value) : NULL)
		                                         : json_str(value, lang_tag((enum lang)lang));
		text->text[lang] = said ? arena_strdup(p->arena, said) : "";
		x->complete[lang] += *text->text[lang] != '\0';
	}
	x->n++;
}

static void add_all(const struct page *p, struct texts_typed *x, json_t *owner, const char *where)
{
	for (size_t m = 0; m < COUNT(members); m++) add(p, x, owner, members[m], where);
}

static const char *name_of(const struct page *p, const json_t *owner)
{
	struct label label = label_from_json(p->arena, json_object_get(owner, "label"));
	return text_cut(p->arena, label_text(&label, p->lang), WHERE_MAX);
}

static void add_choices(const struct page *p, struct texts_typed *x, const json_t *choices, const char *where)
{
	size_t i;
	json_t *choice;
	json_array_foreach ((json_t *)choices, i, choice) {
		if (!json_is_object(choice)) continue;
		add(p, x, choice, "label", where);
		add_choices(p, x, json_object_get(choice, "choices"), where);
	}
}

/* Arrays of things with labels, whatever a type calls them: choices, rows, columns. */
static void add_lists(const struct page *p, struct texts_typed *x, json_t *field, const char *where)
{
	const char *key;
	json_t *value;
	json_object_foreach (field, key, value)
		if (json_is_array(value)) add_choices(p, x, value, where);
}

static void gather(const struct page *p, json_t *definition, struct texts_typed *x)
{
	size_t i;
	json_t *item;
	x->texts = arena_array(p->arena, struct text_typed, TEXTS_MAX + 1);
	add(p, x, definition, "label", _("Its title"));
	add(p, x, json_object_get(definition, "survey"), "welcome", _("Words of welcome"));
	add(p, x, json_object_get(definition, "survey"), "thanks", _("Words of thanks"));
	json_array_foreach (json_object_get(definition, "pages"), i, item)
		add_all(p, x, item, page_printf(p, _("Page %d"), (int)i + 1));
	json_array_foreach (json_object_get(definition, "fields"), i, item) {
		add_all(p, x, item, page_printf(p, _("Question “%s”"), name_of(p, item)));
		add_lists(p, x, item, page_printf(p, _("Choices of “%s”"), name_of(p, item)));
	}
}

static enum code begin(struct request *r, struct texts_typed *x, struct err *err)
{
	TRY(form_edit_may(r, err));
	TRY(survey_of_route(r, &x->form, err));
	gather(&r->page, json_keep(r->arena, json_deep_copy(x->form->definition)), x);
	x->mark = definition_mark(r->arena, x->form->definition);
	return OK;
}

static enum code show(struct request *r, const struct texts_typed *x, struct issues *issues)
{
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Languages of “%s”")), t(&r->page, &x->form->label));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_languages_page(request_out(r), &r->page, x);
	return OK;
}

enum code survey_languages(struct request *r, struct err *err)
{
	struct texts_typed x = { 0 };
	TRY(begin(r, &x, err));
	return show(r, &x, NULL);
}

/* The definition may be another by now: then nothing is written. */
static enum code with_texts(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                            struct err *err)
{
	const struct texts_typed *typed = w->context;
	struct texts_typed now = { 0 };
	json_t *next = json_keep(w->r->arena, json_deep_copy(definition));
	(void)keys;
	gather(&w->r->page, next, &now);
	if (strcmp(definition_mark(w->r->arena, definition), typed->mark) != 0 || now.n != typed->n)
		FAIL(err, E_CONFLICT, N_("Somebody has just changed this questionnaire: open this page again."));
	for (int i = 0; i < now.n; i++) {
		const char *const *text = typed->texts[i].text;
		json_t *words = json_object();
		for (int lang = 0; lang < LANG_COUNT; lang++)
			if (*text[lang]) json_object_set_new(words, lang_tag((enum lang)lang), json_string(text[lang]));
		if (json_object_size(words)) json_object_set(now.texts[i].owner, now.texts[i].member, words);
		else if (strcmp(now.texts[i].member, "label") != 0)
			json_object_del(now.texts[i].owner, now.texts[i].member);
		json_decref(words);
	}
	json_object_set(next, "plural", json_object_get(next, "label"));
	*ret = next;
	return OK;
}

enum code survey_languages_post(struct request *r, struct err *err)
{
	struct texts_typed x = { 0 };
	struct issues issues, checked;
	TRY(begin(r, &x, err));
	TRY(form_edit_limit(r, err));
	issues_init(&issues, r->arena);
	for (int i = 0; i < x.n; i++)
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			const char *name = numbered(&r->page, lang_tag((enum lang)lang), i);
			const char *text = text_trim(r->arena, request_form(r, name));
			x.texts[i].text[lang] = text;
			if (!text_valid(text, strlen(text)) || strlen(text) > TEXT_MAX)
				issues_add(&issues, numbered(&r->page, "fr", i),
				           N_("This text is too long: %d letters at most."), TEXT_MAX);
		}
	x.mark = request_form(r, "_mark");
	if (issues.count) return show(r, &x, &issues);
	struct form_write write = { .r = r, .form = x.form->key, .apply = with_texts, .context = &x };
	const char *url = survey_url(&r->page, x.form, "/languages");
	enum code code = form_write(&write, &checked, err);
	if (code == E_INPUT || code == E_CONFLICT) {
		issues_add_err(&issues, "", err);
		return show(r, &x, &issues);
	}
	TRY(code);
	return request_redirect(r, url, "enquete-reglee");
}
