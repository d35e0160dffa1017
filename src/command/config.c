#include "command/config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "net/mail.h"
#include "store/disk.h"

/* To add one: 1. a name in config.h; 2. a row here; 3. a paragraph in docs/parvis.1; 4. its use. */
const struct setting_row settings[SETTING_COUNT] = {
	[SETTING_LISTEN] = {
		"listen", "PARVIS_LISTEN", "127.0.0.1:8080",
		N_("Address and port, or unix:/path: where the program answers. Put a reverse proxy with TLS in front on the internet."),
		NULL, false },
	[SETTING_BASE_URL] = {
		"base_url", "PARVIS_BASE_URL", "",
		N_("Public address of the site, as https://parvis.example; needed behind a proxy for links in letters and feeds."),
		NULL, false },
	[SETTING_POSTGRES] = {
		"postgres", "PARVIS_POSTGRES", "",
		N_("PostgreSQL connection string; empty: SQLite in the data folder."), NULL, false },
	[SETTING_WORKERS] = {
		"workers", "PARVIS_WORKERS", "0",
		N_("Threads that make pages; 0: as many as processors, at least 2."), "0-256", false },
	[SETTING_TRUSTED_PROXIES] = {
		"trusted_proxies", "PARVIS_TRUSTED_PROXIES", "",
		N_("Addresses or prefixes of reverse proxies (or unix) whose word on the client is believed, separated by blanks."),
		NULL, false },
	[SETTING_PROXY_HEADERS] = {
		"proxy_headers", "PARVIS_PROXY_HEADERS", "x-forwarded",
		N_("Which fields those proxies set: x-forwarded (X-Forwarded-For, -Proto and -Host) or forwarded (RFC 7239)."),
		"x-forwarded|forwarded", false },
	[SETTING_PASSWORD_COST] = {
		"password_cost", "PARVIS_PASSWORD_COST", "server",
		N_("Memory and time of a password check: server (64 MiB) or box (19 MiB)."),
#ifdef PARVIS_TEST_BUILD
		"server|box|test", false },
#else
		"server|box", false },
#endif
	[SETTING_PRESETS] = {
		"presets", "PARVIS_PRESETS", "",
		N_("Folder of the presets; empty: the one that came with the program."), NULL, false },
	[SETTING_METRICS] = {
		"metrics", "PARVIS_METRICS", "",
		N_("Where Prometheus finds figures, on this machine only: 127.0.0.1:9187, or unix:/path; empty: nowhere."),
		NULL, false },
	[SETTING_MAIL] = {
		"mail", "PARVIS_MAIL", "",
		N_("Mail server for letters: smtp://host:587 (encrypted, unless on this machine) or smtps://host:465; empty: letters are kept in the folder letters and on the page “Letters”."),
		NULL, false },
	[SETTING_MAIL_FROM] = {
		"mail_from", "PARVIS_MAIL_FROM", "",
		N_("Address that letters come from, as portal@parvis.example."), NULL, false },
	[SETTING_MAIL_USER] = {
		"mail_user", "PARVIS_MAIL_USER", "",
		N_("User name at the mail server; empty: none is asked for."), NULL, false },
	[SETTING_MAIL_PASSWORD] = {
		"mail_password", "PARVIS_MAIL_PASSWORD", "",
		N_("Password at the mail server."), NULL, true },
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

static bool is_choice(const char *choices, const char *value)
{
	size_t len = strlen(value);
	for (const char *c = choices; len; c = strchr(c, '|') + 1) {
		if (strcspn(c, "|") == len && strncmp(c, value, len) == 0) return true;
		if (strchr(c, '|') == NULL) break;
	}
	return false;
}

static bool is_number(const char *range, const char *value)
{
	char *end;
	long least = strtol(range, &end, 10), greatest = strtol(end + 1, NULL, 10);
	if (*value < '0' || *value > '9') return false;
	long n = strtol(value, &end, 10);
	return *end == '\0' && n >= least && n <= greatest;
}

static enum code check_value(const struct setting_row *row, const char *value, struct err *err)
{
	if (row->choices == NULL) return OK;
	bool number = *row->choices >= '0' && *row->choices <= '9';
	if (number ? is_number(row->choices, value) : is_choice(row->choices, value)) return OK;
	FAIL(err, E_INPUT, N_("the setting “%s” can be %s, not “%s”"), row->name, row->choices, value);
}

/* Installed, the program is in bin/ and its presets in share/; else they are in the sources. */
static const char *own_presets(struct arena *a)
{
	char program[512];
	ssize_t n = readlink("/proc/self/exe", program, sizeof(program));
	while (n > 0 && program[n - 1] != '/') n--;
	if (n > 0) {
		const char *shared = arena_printf(a, "%.*s../share/parvis/presets", (int)n, program);
		if (access(shared, R_OK) == 0) return shared;
	}
	return SOURCE_PRESETS;
}

static bool starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Letters hold links: their address must not be what a stranger's browser says it is. */
static enum code check_mail(const struct config *config, struct err *err)
{
	const char *url = config->values[SETTING_MAIL], *from = config->values[SETTING_MAIL_FROM];
	if (*from && !mail_address_is_safe(from))
		FAIL(err, E_INPUT, N_("the setting “%s” is an address as portal@parvis.example, not “%s”"), "mail_from", from);
	if (*url == '\0') return OK;
	if (!starts(url, "smtp://") && !starts(url, "smtps://"))
		FAIL(err, E_INPUT, N_("the setting “mail” begins with smtp:// or smtps://, not as “%s”"), url);
	if (*from == '\0') FAIL(err, E_INPUT, N_("the setting “mail” needs “%s” too"), "mail_from");
	if (*config->values[SETTING_BASE_URL] == '\0') FAIL(err, E_INPUT, N_("the setting “mail” needs “%s” too"), "base_url");
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
	for (int i = 0; i < SETTING_COUNT; i++) TRY(check_value(&settings[i], config.values[i], err));
	TRY(check_mail(&config, err));
	if (*config.values[SETTING_PRESETS] == '\0') config.values[SETTING_PRESETS] = own_presets(a);
	*ret = config;
	return OK;
}

const struct mail_server *config_mail(struct arena *a, const struct config *config, const char *dir)
{
	const char *const *v = config->values;
	struct mail_server *server = arena_alloc(a, sizeof(*server));
	*server = (struct mail_server){
		.url = *v[SETTING_MAIL] ? v[SETTING_MAIL] : NULL,
		.user = *v[SETTING_MAIL_USER] ? v[SETTING_MAIL_USER] : NULL,
		.password = *v[SETTING_MAIL_PASSWORD] ? v[SETTING_MAIL_PASSWORD] : NULL,
		.from = *v[SETTING_MAIL_FROM] ? v[SETTING_MAIL_FROM] : "parvis@localhost",
		.folder = arena_printf(a, "%s/letters", dir),
	};
	return server;
}

int config_number(const struct config *config, enum setting setting)
{
	return (int)strtol(config->values[setting], NULL, 10);
}

const char *const *config_words(struct arena *a, const struct config *config, enum setting setting)
{
	const char *text = config->values[setting];
	const char **words = arena_array(a, const char *, strlen(text) / 2 + 2);
	int n = 0;
	for (text += strspn(text, " \t"); *text; text += strspn(text, " \t")) {
		size_t len = strcspn(text, " \t");
		words[n++] = arena_strndup(a, text, len);
		text += len;
	}
	words[n] = NULL;
	return words;
}

enum password_cost config_password_cost(const struct config *config)
{
	const char *name = config->values[SETTING_PASSWORD_COST];
#ifdef PARVIS_TEST_BUILD
	if (strcmp(name, "test") == 0) return PASSWORD_TEST;
#endif
	return strcmp(name, "box") == 0 ? PASSWORD_BOX : PASSWORD_SERVER;
}
