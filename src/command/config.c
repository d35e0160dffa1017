#include "command/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/disk.h"

#ifndef PRESETS_DIR
#define PRESETS_DIR "presets"
#endif

/* To add one: 1. a name in config.h; 2. a row here; 3. use it where the program starts. */
const struct setting_row settings[SETTING_COUNT] = {
	[SETTING_LISTEN] = { "listen", "PARVIS_LISTEN", "127.0.0.1:8080",
	                     N_("Address and port, or unix:/path: where the program answers. Put a reverse proxy with TLS in front on the internet.") },
	[SETTING_BASE_URL] = { "base_url", "PARVIS_BASE_URL", "",
	                       N_("Public address of the site, as https://parvis.example; needed behind a proxy for links in letters and feeds.") },
	[SETTING_POSTGRES] = { "postgres", "PARVIS_POSTGRES", "",
	                       N_("PostgreSQL connection string; empty: SQLite in the data folder.") },
	[SETTING_WORKERS] = { "workers", "PARVIS_WORKERS", "0",
	                      N_("Threads that make pages; 0: as many as processors, at least 2.") },
	[SETTING_TRUSTED_PROXIES] = { "trusted_proxies", "PARVIS_TRUSTED_PROXIES", "",
	                              N_("Addresses or prefixes of reverse proxies whose Forwarded fields are believed, separated by blanks.") },
	[SETTING_PASSWORD_COST] = { "password_cost", "PARVIS_PASSWORD_COST", "server",
	                            N_("Memory and time of a password check: server (64 MiB) or box (19 MiB).") },
	[SETTING_PRESETS] = { "presets", "PARVIS_PRESETS", PRESETS_DIR,
	                      N_("Folder of the presets.") },
};

static int setting_find(const char *name)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		if (strcmp(settings[i].name, name) == 0) return i;
	return -1;
}

static enum code read_line(struct arena *a, struct config *config, const char *line, int number, struct err *err)
{
	const char *text = text_trim(a, line);
	if (*text == '\0' || *text == '#') return OK;
	const char *equals = strchr(text, '=');
	if (equals == NULL)
		FAIL(err, E_INPUT, N_("parvis.conf, line %d: write “name = value”"), number);
	const char *name = text_trim(a, arena_strndup(a, text, (size_t)(equals - text)));
	int setting = setting_find(name);
	if (setting < 0)
		FAIL(err, E_INPUT, N_("parvis.conf, line %d: there is no setting “%s”; `parvis config` lists them"),
		     number, name);
	config->values[setting] = text_trim(a, equals + 1);
	return OK;
}

static enum code read_file(struct arena *a, const char *dir, struct config *config, struct err *err)
{
	char *text;
	size_t len;
	enum code code = disk_read(a, arena_printf(a, "%s/parvis.conf", dir), 64 * 1024, &text, &len, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	for (int number = 1; *text; number++) {
		size_t line = strcspn(text, "\n");
		TRY(read_line(a, config, arena_strndup(a, text, line), number, err));
		text += line + (text[line] == '\n');
	}
	return OK;
}

enum code config_load(struct arena *a, const char *dir, struct config *ret, struct err *err)
{
	struct config config;
	for (int i = 0; i < SETTING_COUNT; i++) config.values[i] = settings[i].fallback;
	if (dir) TRY(read_file(a, dir, &config, err));
	for (int i = 0; i < SETTING_COUNT; i++) {
		const char *value = getenv(settings[i].environment);
		if (value) config.values[i] = arena_strdup(a, value);
	}
	*ret = config;
	return OK;
}
