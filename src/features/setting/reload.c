#include "features/setting/reload.h"

#include <stdatomic.h>
#include <string.h>

#include "base/log.h"
#include "features/letter/letter_job.h"
#include "features/news/news_job.h"

static enum code move(struct reload *r, const struct config *config, struct err *err)
{
	const char *url = config->values[SETTING_BASE_URL];
	(void)err;
	web_move(r->web, *url ? url : NULL);
	if (*url) news_links_use(url);
	return OK;
}

static enum code trust(struct reload *r, const struct config *config, struct err *err)
{
	bool forwarded = strcmp(config->values[SETTING_PROXY_HEADERS], "forwarded") == 0;
	return server_trust(r->server, config_words(r->arena, config, SETTING_TRUSTED_PROXIES), forwarded, err);
}

static enum code cost(struct reload *r, const struct config *config, struct err *err)
{
	(void)r;
	(void)err;
	password_cost_use(config_password_cost(config));
	return OK;
}

static enum code post(struct reload *r, const struct config *config, struct err *err)
{
	(void)err;
	letters_use(config_mail(r->arena, config, r->dir));
	return OK;
}

/* Whoever uses it reads it then. */
static enum code nothing(struct reload *r, const struct config *config, struct err *err)
{
	(void)r;
	(void)config;
	(void)err;
	return OK;
}

/* Those that can change; the others are for the next start. */
static enum code (*const live[SETTING_COUNT])(struct reload *r, const struct config *config, struct err *err) = {
	[SETTING_TRUSTED_PROXIES] = trust, [SETTING_PROXY_HEADERS] = trust, [SETTING_BASE_URL] = move,
	[SETTING_PASSWORD_COST] = cost,    [SETTING_MAIL] = post,           [SETTING_MAIL_FROM] = post,
	[SETTING_MAIL_USER] = post,        [SETTING_MAIL_PASSWORD] = post,  [SETTING_BACKUPS] = nothing,
	[SETTING_BACKUPS_KEPT] = nothing,
};

static enum code read_again(struct reload *r, struct err *err)
{
	struct config config;
	TRY(config_load(r->arena, r->dir, &config, err));
	/* The first that can refuse comes first: nothing has changed then. */
	TRY(trust(r, &config, err));
	for (int i = 0; i < SETTING_COUNT; i++) {
		if (strcmp(config.values[i], r->config.values[i]) == 0) continue;
		if (live[i]) TRY(live[i](r, &config, err));
		log_info("%s: %s", settings[i].name, live[i] ? "changed" : "will change at the next start");
	}
	r->config = config;
	return OK;
}

void reload_settings(struct reload *r)
{
	struct err err;
	char text[1024];
	enum code code = read_again(r, &err);
	if (code == OK) log_info("settings read again");
	else log_error("settings left as they were: %s", err_text(&err, LANG_EN, text, sizeof(text)));
}

static _Atomic(struct reload *) in_use;

void reload_use(struct reload *reload)
{
	atomic_store(&in_use, reload);
}

void reload_ask(void)
{
	struct reload *reload = atomic_load(&in_use);
	if (reload) server_reload(reload->server);
}

bool reload_is_live(enum setting setting)
{
	return live[setting] != NULL;
}
