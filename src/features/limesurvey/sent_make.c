#include <stdlib.h>
#include <string.h>

#include "core/audit.h"
#include "core/definition.h"
#include "core/form_change.h"
#include "core/moment.h"
#include "core/response_import.h"
#include "features/limesurvey/sent.h"
#include "features/people/code.h"
#include "features/survey/campaign.h"
#include "web/web.h"

struct making {
	struct request *r;
	const struct sent *sent;
	const struct form *form;
	const char *key;
	const struct sent_wanted *wanted;
	int64_t *targets; /* numbers, as sent->people; 0: none, or has one */
	int full;
	struct response_tally tally;
};

static enum code make_form(struct tx *tx, void *arg, struct err *err)
{
	struct making *m = arg;
	struct arena *a = m->r->arena;
	struct label label = label_from_json(a, json_object_get(m->sent->definition, "label"));
	json_t *taken, *definition = json_keep(a, json_copy(m->sent->definition));
	TRY(definition_keys(tx_db(tx), a, DEFINITION_FORM, &taken, err));
	m->key = key_from_words(a, label_text(&label, LANG_FR), taken);
	json_object_set_new(definition, "key", json_string(m->key));
	return definition_save(tx, a, DEFINITION_FORM, m->key, definition, &m->r->actor, NULL, err);
}

int64_t sent_moment(struct request *r, const char *text)
{
	struct datetime t = { 0 };
	if (strlen(text) < 16 || !datetime_from_iso(arena_printf(r->arena, "%.10sT%.5s", text, text + 11), &t))
		return 0;
	if (strlen(text) >= 19) t.second = (int)strtol(text + 17, NULL, 10) % 60;
	return t.date.year <= 1980 ? 0 : zone_utc(model_zone(r->page.model), &t);
}

/* ---- Who was invited ---- */

/* Who has an answer, or begins one, is noted as such by it. */
static enum code add_person(struct tx *tx, struct making *m, const struct sent_person *person, int64_t *num,
                            struct err *err)
{
	struct survey_target target = person->target, added;
	char code[CODE_TEXT + 1];
	bool new;
	bool comes = m->wanted->answers && person->has_answer;
	target.form = m->form;
	if (comes) target.state = target.contacted ? TARGET_CONTACTED : TARGET_NEW;
	target_code(m->r->site, target.id, code);
	TRY(survey_target_add(tx, &target, code, &new, err));
	*num = 0;
	if (!new) return OK;
	TRY(survey_target_find(tx_db(tx), m->r->arena, m->r->page.model, target.id, &added, err));
	*num = added.num;
	return OK;
}

/* With her code she goes on where she was. */
static enum code begin_hers(struct tx *tx, struct making *m, const struct sent_person *person, int64_t target,
                            struct err *err)
{
	const struct limesurvey_response *begun = person->begun;
	enum lang lang = strncmp(begun->language, "en", 2) == 0 ? LANG_EN : LANG_FR;
	struct response response;
	char code[CODE_TEXT + 1];
	target_code(m->r->site, person->target.id, code);
	const struct response_new new = {
		.form = m->form, .lang = lang, .channel = CHANNEL_WEB, .code = code, .target = target
	};
	TRY(response_begin(tx, &new, err));
	TRY(response_find(tx_db(tx), m->r->arena, m->r->page.model, code, &response, err));
	return response_keep(tx, m->r->arena, &response, "", lang, begun->values, err);
}

static enum code add_people(struct tx *tx, struct making *m, struct err *err)
{
	m->targets = arena_array(m->r->arena, int64_t, (size_t)m->sent->npeople + 1);
	for (int i = 0; i < m->sent->npeople; i++) {
		const struct sent_person *person = &m->sent->people[i];
		TRY(add_person(tx, m, person, &m->targets[i], err));
		if (m->wanted->answers && person->begun && m->targets[i])
			TRY(begin_hers(tx, m, person, m->targets[i], err));
	}
	return OK;
}

/* Whose answer it is; each has one: another of the same code is nobody's. */
static int64_t target_of(struct making *m, const struct limesurvey_response *answer)
{
	const struct sent_person *person = m->wanted->people ? sent_person_of(m->sent, answer->token) : NULL;
	if (person == NULL || !person->has_answer) return 0;
	int64_t num = m->targets[person - m->sent->people];
	m->targets[person - m->sent->people] = 0;
	return num;
}

/* ---- Answers ---- */

/* With its own days and its own language. A full quota leaves it out, and is counted. */
static enum code add_answer(struct tx *tx, struct making *m, struct arena *a, const struct limesurvey_response *answer,
                            struct err *err)
{
	const struct answer_import_row row = {
		.form = m->form,
		.values = survey_values_asked(a, m->form, answer->values),
		.language = strncmp(answer->language, "en", 2) == 0 ? "en" : "fr",
		.channel = CHANNEL_WEB,
		.begun = sent_moment(m->r, answer->started),
		.completed = sent_moment(m->r, answer->submitted),
		.target = target_of(m, answer),
		.name = "",
		.entered_by = m->r->actor.person,
	};
	enum code code = answer_import_add(tx, a, &row, &m->tally, err);
	if (code == E_CONFLICT) m->full++;
	return code == E_CONFLICT ? OK : code;
}

static enum code add_all(struct tx *tx, void *arg, struct err *err)
{
	struct making *m = arg;
	enum code code = OK;
	int n = m->wanted->answers ? m->sent->nanswers : 0;
	m->full = 0;
	if (m->wanted->people) TRY(add_people(tx, m, err));
	response_tally_init(&m->tally, m->r->arena, m->form);
	for (int i = 0; i < n && code == OK; i++) {
		struct arena a;
		arena_init(&a);
		code = add_answer(tx, m, &a, &m->sent->answers[i], err);
		arena_release(&a);
	}
	if (code == OK) code = response_tally_write(tx_db(tx), &m->tally, err);
	return code;
}

enum code sent_make(struct request *r, const struct sent *sent, const struct sent_wanted *wanted, const char **key,
                    int *full, struct err *err)
{
	struct making m = { .r = r, .sent = sent, .wanted = wanted };
	TRY(request_write_model(r, make_form, &m, err));
	m.form = model_form(r->page.model, m.key);
	if (m.form == NULL) FAIL(err, E_INTERNAL, "the questionnaire was not made");
	*key = m.key;
	*full = 0;
	if (!(wanted->answers && sent->nanswers) && !(wanted->people && sent->npeople)) return OK;
	TRY(request_write(r, add_all, &m, err));
	*full = m.full;
	return OK;
}
