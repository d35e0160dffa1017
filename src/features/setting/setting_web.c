#include "features/setting/setting_web.h"

#include <string.h>

#include "base/text.h"
#include "core/person.h"
#include "features/letter/letter_job.h"
#include "features/setting/reload.h"
#include "features/setting/setting.html.h"
#include "web/web.h"

enum { CHANGES = 10, VALUE_MAX = 500 };

const char *setting_group_words(enum setting_group group)
{
	static const char *const words[GROUP_COUNT] = {
		[GROUP_OPERATOR] = N_("What is decided where the program is started"),
		[GROUP_ADDRESS] = N_("Address"),
		[GROUP_MAIL] = N_("Letters"),
		[GROUP_BACKUPS] = N_("Backups"),
	};
	return words[group];
}

static enum setting find(const char *name)
{
	int i = 0;
	while (i < SETTING_COUNT && strcmp(settings[i].name, name) != 0) i++;
	return (enum setting)i;
}

const char *setting_change_words(const struct page *p, const struct audit_entry *entry)
{
	const char *name = json_str_or(entry->detail, "setting", ""), *value = json_str_or(entry->detail, "value", "");
	const char *key = json_str_or(entry->detail, "key", json_str(entry->detail, "terms"));
	enum setting setting = find(name);
	for (int i = 0; i < SITE_SETTINGS && key; i++)
		if (strcmp(site_settings[i].key, key) == 0) return tr(p->lang, site_settings[i].label);
	if (setting == SETTING_COUNT && key == NULL && *name == '\0') return _(audit_words(entry->action));
	if (setting == SETTING_COUNT)
		return page_printf(p, _("%s: %s"), _(audit_words(entry->action)), key ? key : name);
	return page_printf(p, _("%s: %s"), tr(p->lang, settings[setting].label),
	                   setting_value_words(p, setting, value));
}

const char *setting_changed_by(const struct page *p, const struct audit_entry *entry)
{
	struct person person;
	if (id_is_zero(entry->actor)) return _("the program");
	if (person_by_id(p->db, p->arena, entry->actor, &person, NULL) != OK) return _("a former administrator");
	return person.name;
}

/* ---- The page ---- */

static const char *who_decides(const struct page *p, enum setting_source source, const struct setting_row *row)
{
	switch (source) {
	case SOURCE_FILE: return _("decided in the file parvis.conf");
	case SOURCE_ENVIRONMENT:
		return page_printf(p, _("decided by %s, where the program is started"), row->environment);
	case SOURCE_COMMAND: return _("decided on the command line");
	default: return row->group == GROUP_OPERATOR ? _("as the program has it") : NULL;
	}
}

static void set_choices(const struct page *p, const struct setting_row *row, struct setting_control *c)
{
	enum { MOST = 8 };
	const char **values = arena_array(p->arena, const char *, MOST + 1),
	           **words = arena_array(p->arena, const char *, MOST + 1);
	int n = 0;
	while (n < MOST && (words[n] = setting_choice(p, row, n, &values[n])) != NULL) n++;
	values[n] = words[n] = NULL;
	c->choices = values;
	c->words = words;
	if (n) c->type = NULL;
}

static struct setting_control control(const struct page *p, const struct config *config, enum setting setting)
{
	const struct setting_row *row = &settings[setting];
	const char *value = config->values[setting];
	bool number = row->choices && *row->choices >= '0' && *row->choices <= '9';
	struct setting_control c = { .name = row->name,
		                     .label = tr(p->lang, row->label),
		                     .help = tr(p->lang, row->help),
		                     .type = row->secret ? "password"
		                             : number    ? "number"
		                                         : "text",
		                     .value = row->secret ? "" : value,
		                     .fixed = who_decides(p, config->sources[setting], row),
		                     .kept = row->secret && *value,
		                     .later = !reload_is_live(setting) };
	set_choices(p, row, &c);
	if (c.fixed) c.value = setting_value_words(p, setting, value);
	return c;
}

static const struct setting_control *group_controls(const struct page *p, const struct config *config,
                                                    enum setting_group group)
{
	struct setting_control *list = arena_array(p->arena, struct setting_control, SETTING_COUNT + 1);
	int n = 0;
	for (int i = 0; i < SETTING_COUNT; i++)
		if (settings[i].group == group) list[n++] = control(p, config, (enum setting)i);
	list[n] = (struct setting_control){ 0 };
	return list;
}

static const struct setting_control *site_controls(const struct page *p, const struct setting_typing *t)
{
	struct setting_control *list = arena_array(p->arena, struct setting_control, SITE_SETTINGS + 1);
	for (int i = 0; i < SITE_SETTINGS; i++) {
		const struct site_setting *s = &site_settings[i];
		const struct setting_row row = { .choices = s->choices, .choice_words = s->choice_words };
		list[i] = (struct setting_control){ .name = s->key,
			                            .label = tr(p->lang, s->label),
			                            .help = s->help ? tr(p->lang, s->help) : NULL,
			                            .type = s->type,
			                            .value = t->site[i],
			                            .needed = s->needed };
		set_choices(p, &row, &list[i]);
	}
	list[SITE_SETTINGS] = (struct setting_control){ 0 };
	return list;
}

enum code setting_begin(struct request *r, struct setting_typing *t, struct err *err)
{
	*t = (struct setting_typing){ .r = r };
	issues_init(&t->issues, r->arena);
	for (int i = 0; i < SITE_SETTINGS; i++)
		t->site[i] = page_setting(&r->page, site_settings[i].key, site_settings[i].fallback);
	TRY(again_load(r, AGAIN_LATELY, "/-/admin/settings", &t->again, err));
	return config_load(r->arena, store_dir(site_store(r->site)), &t->config, err);
}

enum code setting_show(struct setting_typing *t, struct err *err)
{
	struct request *r = t->r;
	struct page *p = &r->page;
	struct person person;
	struct audit_entry *changes;
	struct settings_view v = { .failure = t->failure,
		                   .again = &t->again,
		                   .spooled = *t->config.values[SETTING_MAIL] == '\0' };
	const struct audit_query query = { .group = AUDIT_SETTINGS };
	TRY(audit_search(r->db, r->arena, &query, CHANGES, &changes, &v.nchanges, err));
	TRY(person_load(r->db, r->arena, r->actor.person, &person, err));
	v.changes = changes;
	v.address = person.email;
	v.site = site_controls(p, t);
	for (int group = 0; group < GROUP_COUNT; group++)
		v.own[group] = group_controls(p, &t->config, (enum setting_group)group);
	if (t->issues.count) p->issues = &t->issues;
	if (t->issues.count || t->failure) r->response->status = 422;
	p->title = _("Settings");
	p->hidden = true;
	program_settings_page(request_out(r), p, &v);
	return OK;
}

static enum code settings_show(struct request *r, struct err *err)
{
	struct setting_typing t;
	TRY(setting_begin(r, &t, err));
	return setting_show(&t, err);
}

/* ---- Saving those of the program ---- */

struct saving {
	struct request *r;
	const struct config *before, *after;
};

static bool same(const struct saving *s, int i)
{
	return strcmp(s->before->values[i], s->after->values[i]) == 0;
}

static enum code note_changes(struct tx *tx, void *arg, struct err *err)
{
	const struct saving *s = arg;
	for (int i = 0; i < SETTING_COUNT; i++) {
		const char *value = s->after->values[i];
		if (same(s, i)) continue;
		if (settings[i].secret && *value) value = "-";
		TRY(audit_note(tx, &s->r->actor, "setting.change", ID_NONE,
		               json_pack("{s:s, s:s}", "setting", settings[i].name, "value", value), err));
	}
	return OK;
}

static enum code read_one(struct setting_typing *t, enum setting setting, struct err *err)
{
	struct request *r = t->r;
	const struct setting_row *row = &settings[setting];
	const char *typed = form_data_get(&r->form, row->name);
	char *text;
	if (typed == NULL || !config_is_open(&t->config, setting)) return OK;
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_LINE, &text, err));
	if (strlen(text) > VALUE_MAX)
		issues_add(&t->issues, row->name, N_("This is too long by about %d characters."),
		           (int)(strlen(text) - VALUE_MAX));
	bool forget = row->secret && *request_form(r, arena_printf(r->arena, "forget_%s", row->name));
	if (row->secret && *text == '\0' && !forget) return OK;
	t->config.values[setting] = forget ? "" : text;
	t->config.sources[setting] = strcmp(t->config.values[setting], row->fallback) == 0 ? SOURCE_DEFAULT
	                                                                                   : SOURCE_BROWSER;
	return OK;
}

/* Of "smtp://host:587", what follows the last @ if any: "host:587". */
static const char *host_of(const char *url)
{
	const char *host = strstr(url, "://"), *at = strrchr(url, '@');
	return at ? at + 1 : host ? host + 3 : url;
}

/* Whoever names another mail server does not get the password of the present one. */
static void check_secret(struct setting_typing *t, const struct config *before)
{
	const char *password = before->values[SETTING_MAIL_PASSWORD];
	const char *host = host_of(before->values[SETTING_MAIL]), *next = host_of(t->config.values[SETTING_MAIL]);
	if (*password == '\0' || *next == '\0' || strcmp(host, next) == 0) return;
	if (strcmp(password, t->config.values[SETTING_MAIL_PASSWORD]) != 0) return;
	if (*request_form(t->r, "mail_password")) return; /* the same on purpose */
	issues_add(&t->issues, "mail_password",
	           N_("The mail server is another one: type its password, or say that there is none."));
}

static enum code settings_post(struct request *r, struct err *err)
{
	struct setting_typing t;
	TRY(setting_begin(r, &t, err));
	const struct config before = t.config;
	struct saving s = { r, &before, &t.config };
	bool changed = false;
	for (int i = 0; i < SETTING_COUNT; i++) TRY(read_one(&t, (enum setting)i, err));
	config_tidy(r->arena, &t.config);
	for (int i = 0; i < SETTING_COUNT; i++) changed = changed || !same(&s, i);
	config_check(&t.config, &t.issues);
	check_secret(&t, &before);
	if (t.issues.count == 0 && !changed) return request_redirect(r, "/-/admin/settings", "reglages-inchanges");
	TRY(again_check(r, &t.again, "again", &t.issues, err));
	if (t.issues.count) return setting_show(&t, err);
	TRY(request_write(r, note_changes, &s, err));
	TRY(config_save(r->arena, store_dir(site_store(r->site)), &t.config, err));
	reload_ask();
	return request_redirect(r, "/-/admin/settings", "reglages");
}

const struct feature setting_feature = {
	.name = "setting",
	.routes = ROUTES({ HTTP_GET, "/-/admin/settings", settings_show, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Settings of the site and of the program"), 0, false },
	                 { HTTP_POST, "/-/admin/settings", settings_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Change the settings of the program"), 0, false },
	                 { HTTP_POST, "/-/admin/settings/site", site_settings_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Change what the site says of itself"), 0, false },
	                 { HTTP_POST, "/-/admin/settings/letter", test_letter_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Send oneself a test letter"), 0, false }),
};
