#include <stdlib.h>
#include <string.h>

#include "core/debate.h"
#include "core/field_type.h"
#include "core/form_change.h"
#include "core/thread.h"
#include "features/form_edit/form_settings.h"
#include "features/form_edit/form_uses.h"
#include "features/form_edit/form_uses.html.h"
#include "web/web.h"

enum { WORDS_MAX_CHARS = 60 };

struct writing {
	struct request *r;
	struct form_uses u;
	struct issues issues;
};

static const char *words_name(const struct writing *w, const struct choice *choice)
{
	return arena_printf(w->r->arena, "answers-%s", choice->key);
}

/* ---- The page ---- */

/* A state that is not chosen yet has no answers: all are going on. */
static enum code weigh(struct writing *w, struct err *err)
{
	struct request *r = w->r;
	struct form_uses *u = &w->u;
	const struct form *form = u->form;
	const struct field *state = form_field(form, u->state);
	struct effect effect;
	int64_t *counts;
	TRY(effect_records(r->db, r->arena, r->page.model, &counts, err));
	u->records = u->open = counts[form - r->page.model->forms];
	if (state == NULL || !uses_state(state)) return OK;
	TRY(effect_count(r->db, r->arena, form, form, state->key, &effect, err));
	const char *open = json_str_or(state->definition, "default", state->choices[0].key), *key;
	json_t *used;
	json_object_foreach (effect.used, key, used)
		if (strcmp(key, open) != 0) u->open -= json_integer_value(used);
	return OK;
}

static enum code show(struct writing *w, int status, struct err *err)
{
	struct page *p = &w->r->page;
	if (w->u.previewed) TRY(weigh(w, err));
	p->title = page_printf(p, _("What one does on “%s”"), t(p, &w->u.form->plural));
	p->hidden = true;
	if (w->issues.count) p->issues = &w->issues;
	w->r->response->status = status;
	uses_page(request_out(w->r), p, &w->u);
	return OK;
}

static void begin_call(struct writing *w, const json_t *call)
{
	struct form_uses *u = &w->u;
	const json_t *answer = json_object_get(call, "answer"), *said;
	const struct field *sorts = uses_sorts(u->form);
	u->call = call != NULL;
	u->state = json_str_or(call, "state", "");
	u->end = json_str_or(call, "end", "");
	u->days = arena_printf(w->r->arena, "%lld", (long long)json_int(call, "days", CALL_DAYS));
	if (answer) json_object_set(u->words, "answer", (json_t *)answer);
	for (int i = 0; sorts && i < sorts->nchoices; i++) {
		said = json_object_get(json_object_get(call, "answers"), sorts->choices[i].key);
		if (said) json_object_set(u->words, words_name(w, &sorts->choices[i]), (json_t *)said);
	}
}

static enum code begin(struct request *r, struct writing *w, struct err *err)
{
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	*w = (struct writing){ .r = r, .u = { .form = form, .words = json_keep(r->arena, json_object()) } };
	issues_init(&w->issues, r->arena);
	w->u.topic = form_is_topic(form);
	w->u.debate = form_debates(form);
	w->u.debate_end = json_str_or(json_object_get(form->definition, "debate"), "end", "");
	w->u.summary = json_str_or(json_object_get(form->definition, "debate"), "summary", "");
	begin_call(w, json_object_get(form->definition, "call"));
	uses_begin_meeting(r, &w->u);
	w->u.mark = definition_mark(r->arena, form_settings_part(r->arena, form->definition));
	return OK;
}

enum code form_uses_show(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin(r, &w, err));
	return show(&w, 200, err);
}

/* ---- Reading ---- */

static const char *read_question(struct writing *w, const char *name, bool (*fits)(const struct field *), bool needed)
{
	return uses_read_question(w->r, w->u.form, name, fits, needed, &w->issues);
}

static void read_words(struct writing *w)
{
	const struct field *sorts = uses_sorts(w->u.form);
	question_read_label(w->r, w->u.words, "answer", WORDS_MAX_CHARS, false, &w->issues);
	for (int i = 0; sorts && i < sorts->nchoices; i++)
		question_read_label(w->r, w->u.words, words_name(w, &sorts->choices[i]), WORDS_MAX_CHARS, false,
		                    &w->issues);
}

static void read(struct writing *w)
{
	struct request *r = w->r;
	struct form_uses *u = &w->u;
	char *end;
	u->mark = request_form(r, "_mark");
	u->topic = *request_form(r, "topic");
	u->debate = *request_form(r, "debate");
	u->call = *request_form(r, "call");
	uses_read_meeting(r, u, &w->issues);
	u->debate_end = read_question(w, "debate-end", uses_day, false);
	u->summary = read_question(w, "summary", uses_text, false);
	u->state = read_question(w, "state", uses_state, u->call);
	u->end = read_question(w, "end", uses_day, false);
	u->days = request_form(r, "days");
	long days = strtol(u->days, &end, 10);
	if (u->call && (*u->days == '\0' || *end || days < 1 || days > CALL_DAYS_MAX))
		issues_add(&w->issues, "days", N_("Give a number of days, from 1 to %d."), CALL_DAYS_MAX);
	read_words(w);
}

/* ---- Saving ---- */

/* The key that a choice stands for, made where it is to be new. */
static json_t *with_day(struct arena *a, json_t *definition, json_t *keys, const char **key)
{
	if (strcmp(*key, USES_NEW) != 0) return definition;
	return uses_with_question(a, definition, keys, json_pack("{s:s}", "type", "date"), N_("Last day"), key);
}

static json_t *with_summary(struct arena *a, json_t *definition, json_t *keys, const char **key)
{
	if (strcmp(*key, USES_NEW) != 0) return definition;
	return uses_with_question(a, definition, keys, json_pack("{s:s}", "type", "longtext"),
	                          N_("Summary of the debate"), key);
}

static json_t *with_state(struct arena *a, json_t *definition, json_t *keys, const char **key)
{
	static const struct {
		const char *key, *words;
	} states[] = { { "ouvert", N_("Still going on") },
		       { "trouve", N_("Has its answer") },
		       { "fini", N_("Is over") } };
	if (strcmp(*key, USES_NEW) != 0) return definition;
	json_t *choices = json_array();
	for (size_t i = 0; i < COUNT(states); i++)
		json_array_append_new(
		        choices, json_pack("{s:s,s:o}", "key", states[i].key, "label", uses_label(states[i].words)));
	return uses_with_question(a, definition, keys,
	                          json_pack("{s:s,s:o,s:s}", "type", "choice", "choices", choices, "default", "ouvert"),
	                          N_("How things stand"), key);
}

static json_t *call_made(const struct writing *w, const char *state, const char *end)
{
	const struct form_uses *u = &w->u;
	const struct field *sorts = uses_sorts(u->form);
	json_t *call = json_object(), *answer = json_object_get(u->words, "answer");
	const json_t *before = json_object_get(json_object_get(u->form->definition, "call"), "answers");
	json_t *answers = before && sorts == NULL ? json_copy((json_t *)before) : json_object();
	json_object_set_new(call, "state", json_string(state));
	if (*end) json_object_set_new(call, "end", json_string(end));
	json_object_set_new(call, "days", json_integer(strtol(u->days, NULL, 10)));
	if (answer) json_object_set(call, "answer", answer);
	for (int i = 0; sorts && i < sorts->nchoices; i++) {
		json_t *said = json_object_get(u->words, words_name(w, &sorts->choices[i]));
		if (said) json_object_set(answers, sorts->choices[i].key, said);
	}
	if (json_object_size(answers)) json_object_set(call, "answers", answers);
	json_decref(answers);
	return call;
}

static enum code apply(const struct form_write *write, const json_t *definition, const json_t *keys, json_t **ret,
                       struct err *err)
{
	static const char *const ours[] = { "topic", "debate", "call", "meeting" };
	const struct writing *w = write->context;
	const struct form_uses *u = &w->u;
	struct arena *a = w->r->arena;
	json_t *next = json_keep(a, json_copy((json_t *)definition)), *taken = json_keep(a, json_copy((json_t *)keys));
	const char *debate_end = u->debate_end, *summary = u->summary, *state = u->state, *end = u->end;
	/* One new question says the last day of both. */
	if (u->call) next = with_day(a, with_state(a, next, taken, &state), taken, &end);
	if (u->debate && u->call && strcmp(debate_end, USES_NEW) == 0 && strcmp(u->end, USES_NEW) == 0)
		debate_end = end;
	if (u->debate) next = with_summary(a, with_day(a, next, taken, &debate_end), taken, &summary);
	for (size_t i = 0; i < COUNT(ours); i++) json_object_del(next, ours[i]);
	if (u->topic) json_object_set_new(next, "topic", json_true());
	if (u->debate) json_object_set_new(next, "debate", json_object());
	if (u->debate && *debate_end)
		json_object_set_new(json_object_get(next, "debate"), "end", json_string(debate_end));
	if (u->debate && *summary)
		json_object_set_new(json_object_get(next, "debate"), "summary", json_string(summary));
	if (u->call) json_object_set_new(next, "call", call_made(w, state, end));
	if (u->meeting) TRY(uses_with_meeting(write->tx, w->r, u, next, taken, &next, err));
	*ret = next;
	return OK;
}

enum code form_uses_post(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin(r, &w, err));
	TRY(form_edit_limit(r, err));
	read(&w);
	if (w.issues.count) return show(&w, 422, err);
	w.u.previewed = *request_form(r, "_preview") != '\0';
	if (w.u.previewed) return show(&w, 200, err);
	struct form_write write = { .r = r, .form = w.u.form->key, .mark = w.u.mark, .apply = apply, .context = &w };
	int status;
	TRY(form_write_settings(&write, &w.issues, &w.u.mark, &status, err));
	if (status) return show(&w, status, err);
	return request_redirect(r, form_edit_url(&r->page, w.u.form, ""), "formulaire");
}
