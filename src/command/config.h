/*
 * Settings of the program (not of the site): one table. Each comes from the environment, else from
 * the file parvis.conf of the data folder ("name = value" lines, # comments), else from its default.
 */
#ifndef PARVIS_CONFIG_H
#define PARVIS_CONFIG_H

#include "base/arena.h"
#include "base/err.h"

enum setting {
	SETTING_LISTEN, SETTING_BASE_URL, SETTING_POSTGRES, SETTING_WORKERS, SETTING_TRUSTED_PROXIES,
	SETTING_PASSWORD_COST, SETTING_PRESETS, SETTING_COUNT
};

struct setting_row {
	const char *name, *environment, *fallback;
	const char *help; /* message id */
};

extern const struct setting_row settings[SETTING_COUNT];

struct config {
	const char *values[SETTING_COUNT]; /* never NULL */
};

/* E_INPUT names the line of an unknown or ill-written setting. `dir` may be NULL: no file. */
enum code config_load(struct arena *a, const char *dir, struct config *ret, struct err *err) MUST;

#endif
