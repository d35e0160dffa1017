/* Ready questions taken into a questionnaire, and questions kept for others. */
#include <string.h>

#include "core/definition.h"
#include "core/form.h"
#include "features/form_edit/form_edit.h"
#include "features/form_edit/form_settings.h"
#include "features/survey/campaign_web.h"
#include "features/survey/library.h"
#include "features/survey/library.html.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

/* Sets first, then models, then other questionnaires: those that she may know. */
static int list_sets(struct request *r, const struct form *form, const struct form ***ret)
{
	const struct model *model = r->page.model;
	static const enum survey_kind order[] = { SURVEY_LIBRARY, SURVEY_MODEL, SURVEY_ASKED };
	*ret = arena_array(r->arena, const struct form *, (size_t)model->nforms + 1);
	int n = 0;
	for (size_t k = 0; k < COUNT(order); k++)
		for (int i = 0; i < model->nforms; i++) {
			const struct form *other = &model->forms[i];
			if (other->survey == NULL || other == form || other->survey->kind != order[k]) continue;
			if (survey_manages(&r->page, other)) (*ret)[n++] = other;
		}
	return n;
}

static enum code begin(struct request *r, struct library_shown *x, const char *chosen, struct err *err)
{
	const struct form **sets;
	TRY(form_edit_may(r, err));
	TRY(survey_of_route(r, &x->form, err));
	x->nsets = list_sets(r, x->form, &sets);
	x->sets = sets;
	x->chosen = x->nsets ? sets[0] : NULL;
	for (int i = 0; i < x->nsets; i++)
		if (strcmp(sets[i]->key, chosen) == 0) x->chosen = sets[i];
	x->source = x->chosen ? t(&r->page, &x->chosen->survey->welcome) : "";
	return OK;
}

static enum code show(struct request *r, const struct library_shown *x, struct issues *issues)
{
	r->page.title = tr(r->page.lang, N_("Ready questions"));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	library_page(request_out(r), &r->page, x);
	return OK;
}

enum code library_show(struct request *r, struct err *err)
{
	struct library_shown x = { 0 };
	TRY(begin(r, &x, request_query(r, "de"), err));
	return show(r, &x, NULL);
}

struct taking {
	const struct form *from, *into;
	const bool *takes;
	const char *page;
};

static enum code with_copies(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                             struct err *err)
{
	const struct taking *g = w->context;
	json_t *next = json_keep(w->r->arena, json_copy((json_t *)definition));
	json_t *fields = json_copy(json_object_get(definition, "fields"));
	(void)err;
	json_array_extend(fields, library_copies(w->r->arena, g->from, g->takes, keys, g->into, g->page));
	json_object_set_new(next, "fields", fields);
	*ret = next;
	return OK;
}

static bool *read_ticks(struct request *r, const struct form *from, int *n)
{
	bool *takes = arena_array(r->arena, bool, (size_t)from->nfields + 1);
	*n = 0;
	for (int i = 0; i < from->nfields; i++) {
		takes[i] = *request_form(r, arena_printf(r->arena, "take-%s", from->fields[i].key));
		*n += takes[i];
	}
	return takes;
}

enum code library_take_post(struct request *r, struct err *err)
{
	struct library_shown x = { 0 };
	struct issues issues, checked;
	int n = 0;
	TRY(begin(r, &x, request_form(r, "from"), err));
	TRY(form_edit_limit(r, err));
	issues_init(&issues, r->arena);
	bool *takes = x.chosen ? read_ticks(r, x.chosen, &n) : NULL;
	if (n == 0) issues_add(&issues, "", N_("Tick one question at least."));
	if (n > LIBRARY_TAKEN_MAX) issues_add(&issues, "", N_("At most %d questions at once."), LIBRARY_TAKEN_MAX);
	if (issues.count) return show(r, &x, &issues);
	const struct survey *survey = x.form->survey;
	struct taking taking = { .from = x.chosen, .into = x.form, .takes = takes };
	for (int i = 0; i < survey->npages; i++)
		if (strcmp(survey->pages[i].key, request_form(r, "page")) == 0) taking.page = survey->pages[i].key;
	/* A questionnaire without pages of its own has none to name. */
	if (json_array_size(json_object_get(x.form->definition, "pages")) == 0) taking.page = NULL;
	struct form_write write = { .r = r, .form = x.form->key, .apply = with_copies, .context = &taking };
	const char *url = survey_url(&r->page, x.form, "/pages");
	enum code code = form_write(&write, &checked, err);
	if (code == E_INPUT || code == E_CONFLICT || code == E_LIMIT) {
		issues_add_err(&issues, "", err);
		return show(r, &x, &issues);
	}
	TRY(code);
	return request_redirect(r, url, "questions-prises");
}

/* ---- Kept for others ---- */

struct keeping {
	struct request *r;
	json_t *definition;
};

static enum code make(struct tx *tx, void *arg, struct err *err)
{
	struct keeping *k = arg;
	return definition_save(tx, k->r->arena, DEFINITION_FORM, LIBRARY_KEPT, k->definition, &k->r->actor, NULL, err);
}

/* The first one that is kept makes the set. */
static json_t *first_set(struct request *r, const struct form *form, json_t *fields)
{
	const struct space *space = survey_space(r->page.model, form);
	return json_keep(r->arena,
	                 json_pack("{s:s, s:{s:s,s:s}, s:{s:s,s:s}, s:{s:s,s:s}, s:s, s:{s:s,s:s,s:s,s:s}, s:O}", "key",
	                           LIBRARY_KEPT, "label", "fr", "Questions gardées", "en", "Kept questions", "plural",
	                           "fr", "Questions gardées", "en", "Kept questions", "add", "fr", "Répondre", "en",
	                           "Answer", "icon", "list", "survey", "space", space ? space->slug : "", "kind",
	                           "library", "state", "draft", "anonymity", "anonymous", "fields", fields));
}

enum code library_keep_post(struct request *r, struct err *err)
{
	struct library_shown x = { 0 };
	struct issues checked;
	TRY(begin(r, &x, "", err));
	TRY(form_edit_limit(r, err));
	const struct field *field = form_field(x.form, request_form(r, "field"));
	if (field == NULL) FAIL(err, E_INPUT, N_("Choose one in the list."));
	bool *takes = arena_array(r->arena, bool, (size_t)x.form->nfields + 1);
	for (int i = 0; i < x.form->nfields; i++) takes[i] = &x.form->fields[i] == field;
	const char *url = survey_url(&r->page, x.form, "/library");
	const struct form *kept = model_form(r->page.model, LIBRARY_KEPT);
	if (kept) {
		struct taking taking = { .from = x.form, .takes = takes };
		struct form_write write = { .r = r, .form = kept->key, .apply = with_copies, .context = &taking };
		TRY(form_write(&write, &checked, err));
	} else {
		json_t *none = json_keep(r->arena, json_object());
		json_t *fields = library_copies(r->arena, x.form, takes, none, NULL, NULL);
		struct keeping k = { r, first_set(r, x.form, fields) };
		TRY(request_write_model(r, make, &k, err));
	}
	return request_redirect(r, url, "question-gardee");
}
