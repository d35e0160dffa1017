/*
 * Settings of the program (not of the site): one table. Each comes from the environment, else from
 * the file parvis.conf of the data folder ("name = value" lines, # comments), else from its default.
 */
#ifndef PARVIS_CONFIG_H
#define PARVIS_CONFIG_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/person.h"
#include "net/mail.h"

enum setting {
	SETTING_LISTEN, SETTING_BASE_URL, SETTING_POSTGRES, SETTING_WORKERS, SETTING_TRUSTED_PROXIES,
	SETTING_PROXY_HEADERS, SETTING_PASSWORD_COST, SETTING_PRESETS, SETTING_METRICS, SETTING_MAIL, SETTING_MAIL_FROM,
	SETTING_MAIL_USER, SETTING_MAIL_PASSWORD, SETTING_COUNT
};

struct setting_row {
	const char *name, *environment, *fallback;
	const char *help; /* message id */
	const char *choices; /* the values allowed, separated by "|"; "0-256": numbers; NULL: any text */
	bool secret; /* never printed */
};

extern const struct setting_row settings[SETTING_COUNT];

struct config {
	const char *values[SETTING_COUNT]; /* never NULL */
};

/* E_INPUT names an unknown or ill-written setting, and its line, or those that need one another. `dir` may be NULL: no file. */
enum code config_load(struct arena *a, const char *dir, struct config *ret, struct err *err) MUST;

/* What it stands for (core/person.h). */
enum password_cost config_password_cost(const struct config *config);

/* How letters leave; in the arena. `dir`: the data folder. */
const struct mail_server *config_mail(struct arena *a, const struct config *config, const char *dir);

/* Of checked settings: a number; words, NULL-ended, in the arena. */
int config_number(const struct config *config, enum setting setting);
const char *const *config_words(struct arena *a, const struct config *config, enum setting setting);

#endif
