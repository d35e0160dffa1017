#include <string.h>

#include "core/audit.h"
#include "core/definition.h"
#include "core/form_change.h"
#include "core/response.h"
#include "features/limesurvey/sent.h"
#include "features/people/code.h"
#include "web/web.h"

struct making {
	struct request *r;
	const struct sent *sent;
	const struct form *form;
	const char *key;
	int full;
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

/* As if it had been entered on paper: begun, and sent at once. */
static enum code add_answer(struct tx *tx, struct making *m, struct arena *a, const struct limesurvey_response *answer,
                            struct err *err)
{
	char code[CODE_TEXT + 1];
	struct response response;
	bool full;
	code_format(id_random(), code);
	const struct response_new new = { .form = m->form,
		                          .lang = strncmp(answer->language, "en", 2) == 0 ? LANG_EN : LANG_FR,
		                          .channel = CHANNEL_WEB,
		                          .code = code,
		                          .entered_by = m->r->actor.person };
	TRY(response_begin(tx, &new, err));
	TRY(response_find(tx_db(tx), a, m->r->page.model, code, &response, err));
	json_t *values = survey_values_asked(a, m->form, answer->values);
	TRY(response_complete(tx, a, &response, values, 0, &full, err));
	if (!full) return OK;
	m->full++;
	return response_drop(tx, &response, err);
}

static enum code add_answers(struct tx *tx, void *arg, struct err *err)
{
	struct making *m = arg;
	enum code code = OK;
	m->full = 0;
	for (int i = 0; i < m->sent->nanswers && code == OK; i++) {
		struct arena a;
		arena_init(&a);
		code = add_answer(tx, m, &a, &m->sent->answers[i], err);
		arena_release(&a);
	}
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
