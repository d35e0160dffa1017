/* What the site says of itself: definitions like forms and views, so with all their versions. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/definition.h"
#include "core/person.h"
#include "features/audit/audit_keep.h"
#include "features/people/people_web.h"
#include "features/setting/setting_web.h"
#include "web/web.h"

/* To add one: a row, and its use (model_setting). */
const struct site_setting site_settings[SITE_SETTINGS] = {
	{ "sign_up", "closed", N_("Who may open an account alone"), NULL, NULL, "open|approved|closed",
	  N_("Anybody whose e-mail address is confirmed|Anybody, once an administrator has said yes|Nobody: by "
	     "invitation, by card or by an administrator"),
	  20, true },
	{ "minor_age", "15", N_("Age from which one opens an account alone"),
	  N_("Younger, a parent agrees too. In France 15 years (law of 1978, article 45); elsewhere in the Union 13 to 16."),
	  NULL, "13|14|15|16|off", N_("13 years|14 years|15 years|16 years|Nothing is asked"), 20, true },
	{ "confidential_again", "never", N_("Before what is confidential"),
	  N_("Who reads a confidential page shows again that it is she: by her password or her second step."), NULL,
	  "never|15|60|480",
	  N_("Nothing more is asked|She came in or showed it a quarter of an hour ago at most|… an hour ago at most|… eight hours ago at most"),
	  20, true },
	{ "audit_months", AUDIT_MONTHS, N_("How long the log is kept"),
	  N_("The log says who signed in, changed a role or a setting, took data away. The CNIL advises six months to a "
	     "year."),
	  NULL, "6|12|24|36|0", N_("Six months|A year|Two years|Three years|As long as the site"), 20, true },
	{ "licence", "CC BY-SA 4.0", N_("Licence of what people write"), N_("Shown at the foot of each page."), "text",
	  NULL, NULL, 80, true },
};

static bool is_one_of(const char *choices, const char *value)
{
	size_t len = strlen(value);
	for (const char *c = choices; c && len; c = strchr(c, '|') ? strchr(c, '|') + 1 : NULL)
		if (strcspn(c, "|") == len && strncmp(c, value, len) == 0) return true;
	return false;
}

static enum code read_one(struct setting_typing *t, int i, struct err *err)
{
	const struct site_setting *s = &site_settings[i];
	if (form_data_get(&t->r->form, s->key) == NULL) return OK;
	TRY(people_typed(t->r, s->key, &t->site[i], err));
	const char *value = t->site[i];
	if (s->needed && *value == '\0') issues_add(&t->issues, s->key, N_("Write a few words here."));
	else if (text_length(value) > (size_t)s->max)
		issues_add(&t->issues, s->key, N_("This is too long: %d letters at most."), s->max);
	else if (s->choices && !is_one_of(s->choices, value))
		issues_add(&t->issues, s->key, N_("Choose one in the list."));
	return OK;
}

/* In the reader's language, when the setting has several. */
static json_t *with_text(struct request *r, const char *key, const char *text)
{
	const json_t *now = model_setting(r->page.model, key);
	if (!json_is_object(now)) return json_keep(r->arena, json_string(text));
	json_t *next = json_keep(r->arena, json_copy((json_t *)now));
	json_object_set_new(next, lang_tag(r->page.lang), json_string(text));
	return next;
}

static enum code save(struct tx *tx, void *arg, struct err *err)
{
	struct setting_typing *t = arg;
	struct request *r = t->r;
	for (int i = 0; i < SITE_SETTINGS; i++) {
		const char *key = site_settings[i].key;
		if (strcmp(page_setting(&r->page, key, site_settings[i].fallback), t->site[i]) == 0) continue;
		TRY(definition_save(tx, r->arena, DEFINITION_SETTING, key, with_text(r, key, t->site[i]), &r->actor,
		                    NULL, err));
	}
	return OK;
}

enum code site_settings_post(struct request *r, struct err *err)
{
	struct setting_typing t;
	TRY(setting_begin(r, &t, err));
	for (int i = 0; i < SITE_SETTINGS; i++) TRY(read_one(&t, i, err));
	TRY(again_check(r, &t.again, "again_site", &t.issues, err));
	if (t.issues.count) return setting_show(&t, err);
	TRY(request_write_model(r, save, &t, err));
	return request_redirect(r, "/-/admin/settings", "reglages");
}

/* ---- A letter to oneself ---- */

struct trying {
	struct request *r;
	bool taken;
};

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct trying *t = arg;
	return audit_note(tx, &t->r->actor, "letter.test", t->r->actor.id, json_pack("{s:b}", "taken", t->taken), err);
}

static enum code send(struct request *r, const struct setting_typing *t, const struct person *person, struct err *err)
{
	struct page *p = &r->page;
	if (*person->email == '\0')
		FAIL(err, E_INPUT, N_("Your account has no e-mail address: give it one on your account’s page."));
	if (*t->config.values[SETTING_MAIL] == '\0')
		FAIL(err, E_INPUT, N_("No mail server is set: name one above, save, then try again."));
	const struct mail mail = { .id = id_random(),
		                   .to = person->email,
		                   .sender_name = page_site_name(p),
		                   .subject = _("Test letter"),
		                   .at = clock_now(),
		                   .text = _("This letter left from the page of settings. If you read it, letters "
		                             "of the site arrive.\n") };
	const struct mail_server *server = config_mail(r->arena, &t->config, store_dir(site_store(r->site)));
	request_pause(r);
	enum code code = mail_send(server, &mail, err);
	struct err ignored;
	enum code reading = request_resume(r, code == OK ? err : &ignored);
	return code == OK ? reading : code;
}

enum code test_letter_post(struct request *r, struct err *err)
{
	struct setting_typing t;
	struct person person;
	struct err why;
	TRY(setting_begin(r, &t, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "letter %lld", (long long)r->actor.person), err));
	TRY(person_load(r->db, r->arena, r->actor.person, &person, err));
	enum code code = send(r, &t, &person, &why);
	TRY(request_write(r, note, &(struct trying){ r, code == OK }, err));
	if (code == OK) return request_redirect(r, "/-/admin/settings#mail", "lettre-essai");
	t.failure = page_error(&r->page, &why);
	return setting_show(&t, err);
}
