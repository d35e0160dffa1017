/*
 * Settings of the program (not of the site): one table. Each comes from the command line, else from the
 * environment, else from the file parvis.conf of the data folder ("name = value" lines, # comments), else from
 * the file settings.conf beside it, which the page of settings writes, else from its default.
 */
#ifndef PARVIS_CONFIG_H
#define PARVIS_CONFIG_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/issues.h"
#include "core/person.h"
#include "net/mail.h"

enum setting {
	SETTING_LISTEN,
	SETTING_BASE_URL,
	SETTING_POSTGRES,
	SETTING_WORKERS,
	SETTING_TRUSTED_PROXIES,
	SETTING_PROXY_HEADERS,
	SETTING_PASSWORD_COST,
	SETTING_PRESETS,
	SETTING_METRICS,
	SETTING_MAIL,
	SETTING_MAIL_FROM,
	SETTING_MAIL_USER,
	SETTING_MAIL_PASSWORD,
	SETTING_BACKUPS,
	SETTING_BACKUPS_KEPT,
	SETTING_COUNT
};

/* On the page, those of a group stand together. Where letters leave, who may name another mail server must not
 * get hold of the present one's password: what the operator says of one of them is said of them all. */
enum setting_group { GROUP_OPERATOR /* not from a browser */, GROUP_ADDRESS, GROUP_MAIL, GROUP_BACKUPS, GROUP_COUNT };

struct setting_row {
	const char *name, *environment, *fallback;
	const char *label, *help; /* message ids */
	const char *choices;      /* the values allowed, separated by "|"; "0-256": numbers; NULL: any text */
	const char *choice_words; /* message ids for people, in the same order, separated by "|"; or NULL */
	enum setting_group group;
	bool secret; /* never printed */
};

extern const struct setting_row settings[SETTING_COUNT];

/* Where a value was found. From SOURCE_FILE on, a browser does not change it. */
enum setting_source { SOURCE_DEFAULT, SOURCE_BROWSER, SOURCE_FILE, SOURCE_ENVIRONMENT, SOURCE_COMMAND, SOURCE_COUNT };

struct config {
	const char *values[SETTING_COUNT]; /* never NULL */
	enum setting_source sources[SETTING_COUNT];
};

/* The command line says so, for as long as the process lives. Before the first config_load. */
void config_fix(enum setting setting, const char *value);

/* E_INPUT names an unknown or ill-written setting, and its line, or those that need one another. `dir` may be
 * NULL: no file. */
enum code config_load(struct arena *a, const char *dir, struct config *ret, struct err *err) MUST;
/* Without what means nothing: the last / of an address. */
void config_tidy(struct arena *a, struct config *config);
/* What is wrong with the values, each mistake under the name of its setting. */
void config_check(const struct config *config, struct issues *issues);
/* May a browser change it? */
bool config_is_open(const struct config *config, enum setting setting);
/* Writes those that come from browsers into settings.conf, readable by its owner only. */
enum code config_save(struct arena *a, const char *dir, const struct config *config, struct err *err) MUST;
/* The content of both files for a backup, but for how PostgreSQL is reached: a secret, and of the place where
 * the site was. "" when there is no such file. */
enum code config_texts(struct arena *a, const char *dir, const char **file, const char **browser, struct err *err) MUST;

/* What it stands for (core/person.h). */
enum password_cost config_password_cost(const struct config *config);

/* How letters leave; in the arena. `dir`: the data folder. */
const struct mail_server *config_mail(struct arena *a, const struct config *config, const char *dir);

/* Of checked settings: a number; words, NULL-ended, in the arena. */
int config_number(const struct config *config, enum setting setting);
const char *const *config_words(struct arena *a, const struct config *config, enum setting setting);

#endif
