#include <stdlib.h>
#include <string.h>

#include "core/audit.h"
#include "core/definition.h"
#include "core/form_change.h"
#include "core/moment.h"
#include "core/response_import.h"
#include "features/limesurvey/sent.h"
#include "web/web.h"

struct making {
	struct request *r;
	const struct sent *sent;
	const struct form *form;
	const char *key;
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

/* "2024-03-09 10:30:00", by the site's clocks; 0: it does not say, or in 1980, which is LimeSurvey's word for that. */
static int64_t moment_of(struct arena *a, const struct zone *zone, const char *text)
{
	struct datetime t = { 0 };
	if (strlen(text) < 16 || !datetime_from_iso(arena_printf(a, "%.10sT%.5s", text, text + 11), &t)) return 0;
	if (strlen(text) >= 19) t.second = (int)strtol(text + 17, NULL, 10) % 60;
	return t.date.year <= 1980 ? 0 : zone_utc(zone, &t);
}

/* With its own days and its own language. A full quota leaves it out, and is counted. */
static enum code add_answer(struct tx *tx, struct making *m, struct arena *a, const struct limesurvey_response *answer,
                            struct err *err)
{
	const struct zone *zone = model_zone(m->r->page.model);
	const struct answer_import_row row = {
		.form = m->form,
		.values = survey_values_asked(a, m->form, answer->values),
		.language = strncmp(answer->language, "en", 2) == 0 ? "en" : "fr",
		.channel = CHANNEL_WEB,
		.begun = moment_of(a, zone, answer->started),
		.completed = moment_of(a, zone, answer->submitted),
		.name = "",
		.entered_by = m->r->actor.person,
	};
	enum code code = answer_import_add(tx, a, &row, &m->tally, err);
	if (code == E_CONFLICT) m->full++;
	return code == E_CONFLICT ? OK : code;
}

static enum code add_answers(struct tx *tx, void *arg, struct err *err)
{
	struct making *m = arg;
	enum code code = OK;
	m->full = 0;
	response_tally_init(&m->tally, m->r->arena, m->form);
	for (int i = 0; i < m->sent->nanswers && code == OK; i++) {
		struct arena a;
		arena_init(&a);
		code = add_answer(tx, m, &a, &m->sent->answers[i], err);
		arena_release(&a);
	}
	if (code == OK) code = response_tally_write(tx_db(tx), &m->tally, err);
	return code;
}

enum code sent_make(struct request *r, const struct sent *sent, bool answers, const char **key, int *full,
                    struct err *err)
{
	struct making m = { .r = r, .sent = sent };
	TRY(request_write_model(r, make_form, &m, err));
	m.form = model_form(r->page.model, m.key);
	if (m.form == NULL) FAIL(err, E_INTERNAL, "the questionnaire was not made");
	*key = m.key;
	*full = 0;
	if (!answers || sent->nanswers == 0) return OK;
	TRY(request_write(r, add_answers, &m, err));
	*full = m.full;
	return OK;
}
