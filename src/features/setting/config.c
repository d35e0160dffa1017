#include "features/setting/config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "net/mail.h"
#include "store/disk.h"

/* To add one: 1. a name in config.h; 2. a row here; 3. a paragraph in docs/parvis.1; 4. its use. */
const struct setting_row settings[SETTING_COUNT] = {
	[SETTING_LISTEN] = { "listen", "PARVIS_LISTEN", "127.0.0.1:8080", N_("Where the program answers"),
	                     N_("Address and port, or unix:/path: where the program answers. Put a reverse proxy "
	                        "with TLS in front on the internet."),
	                     NULL, NULL, GROUP_OPERATOR, false },
	[SETTING_BASE_URL] = { "base_url", "PARVIS_BASE_URL", "", N_("Address of the site"),
	                       N_("Public address of the site, as https://parvis.example; needed behind a proxy "
	                          "for links in letters and feeds."),
	                       NULL, NULL, GROUP_ADDRESS, false },
	[SETTING_POSTGRES] = { "postgres", "PARVIS_POSTGRES", "", N_("Database server"),
	                       N_("PostgreSQL connection string; empty: SQLite in the data folder."), NULL, NULL,
	                       GROUP_OPERATOR, true },
	[SETTING_WORKERS] = { "workers", "PARVIS_WORKERS", "0", N_("Threads"),
	                      N_("Threads that make pages; 0: as many as processors, at least 2."), "0-256", NULL,
	                      GROUP_OPERATOR, false },
	[SETTING_TRUSTED_PROXIES] = { "trusted_proxies", "PARVIS_TRUSTED_PROXIES", "", N_("Proxies that are believed"),
	                              N_("Addresses or prefixes of reverse proxies (or unix) whose word on the "
	                                 "client is believed, separated by blanks."),
	                              NULL, NULL, GROUP_OPERATOR, false },
	[SETTING_PROXY_HEADERS] = { "proxy_headers", "PARVIS_PROXY_HEADERS", "x-forwarded",
	                            N_("What those proxies say"),
	                            N_("Which fields those proxies set: x-forwarded (X-Forwarded-For, -Proto and "
	                               "-Host) or forwarded (RFC 7239)."),
	                            "x-forwarded|forwarded", NULL, GROUP_OPERATOR, false },
	[SETTING_PASSWORD_COST] = { "password_cost", "PARVIS_PASSWORD_COST", "server", N_("Cost of a password check"),
	                            N_("Memory and time of a password check: server (64 MiB) or box (19 MiB)."),
#ifdef PARVIS_TEST_BUILD
	                            "server|box|test", NULL, GROUP_OPERATOR, false },
#else
	                            "server|box", NULL, GROUP_OPERATOR, false },
#endif
	[SETTING_PRESETS] = { "presets", "PARVIS_PRESETS", "", N_("Folder of the presets"),
	                      N_("Folder of the presets; empty: the one that came with the program."), NULL, NULL,
	                      GROUP_OPERATOR, false },
	[SETTING_METRICS] = { "metrics", "PARVIS_METRICS", "", N_("Figures for Prometheus"),
	                      N_("Where Prometheus finds figures, on this machine only: 127.0.0.1:9187, or "
	                         "unix:/path; empty: nowhere."),
	                      NULL, NULL, GROUP_OPERATOR, false },
	[SETTING_MAIL] = { "mail", "PARVIS_MAIL", "", N_("Mail server"),
	                   N_("Mail server for letters: smtp://host:587 (encrypted, unless on this machine) or "
	                      "smtps://host:465; empty: letters are kept in the folder letters and on the page "
	                      "“Letters”."),
	                   NULL, NULL, GROUP_MAIL, false },
	[SETTING_MAIL_FROM] = { "mail_from", "PARVIS_MAIL_FROM", "", N_("Address that letters come from"),
	                        N_("Address that letters come from, as portal@parvis.example."), NULL, NULL, GROUP_MAIL,
	                        false },
	[SETTING_MAIL_USER] = { "mail_user", "PARVIS_MAIL_USER", "", N_("User name at the mail server"),
	                        N_("User name at the mail server; empty: none is asked for."), NULL, NULL, GROUP_MAIL,
	                        false },
	[SETTING_MAIL_PASSWORD] = { "mail_password", "PARVIS_MAIL_PASSWORD", "", N_("Password at the mail server"),
	                            N_("Password at the mail server."), NULL, NULL, GROUP_MAIL, true },
	[SETTING_BACKUPS] = { "backups", "PARVIS_BACKUPS", "daily", N_("Backups made by themselves"),
	                      N_("How often the site copies itself into its folder backups: daily, weekly or "
	                         "never."),
	                      "daily|weekly|never", N_("Every day|Every week|Never: somebody else makes them"),
	                      GROUP_BACKUPS, false },
	[SETTING_BACKUPS_KEPT] = { "backups_kept", "PARVIS_BACKUPS_KEPT", "7", N_("How many of them are kept"),
	                           N_("How many backups made by themselves are kept; the oldest go. Those that "
	                              "somebody asked for stay."),
	                           "1-60", NULL, GROUP_BACKUPS, false },
};

static const char *fixed[SETTING_COUNT];

void config_fix(enum setting setting, const char *value)
{
	fixed[setting] = value;
}

static int setting_find(const char *name)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		if (strcmp(settings[i].name, name) == 0) return i;
	return -1;
}

/* The files, the weaker first. */
enum { FILES = 2, FILE_MAX = 64 * 1024 };
static const struct {
	const char *name;
	enum setting_source source;
} files[FILES] = { { "settings.conf", SOURCE_BROWSER }, { "parvis.conf", SOURCE_FILE } };

static enum code read_line(struct arena *a, struct config *config, int file, const char *line, int number,
                           struct err *err)
{
	const char *text = text_trim(a, line);
	if (*text == '\0' || *text == '#') return OK;
	const char *equals = strchr(text, '=');
	if (equals == NULL) FAIL(err, E_INPUT, N_("%s, line %d: write “name = value”"), files[file].name, number);
	const char *name = text_trim(a, arena_strndup(a, text, (size_t)(equals - text)));
	int setting = setting_find(name);
	if (setting < 0)
		FAIL(err, E_INPUT, N_("%s, line %d: there is no setting “%s”; `parvis config` lists them"),
		     files[file].name, number, name);
	if (files[file].source == SOURCE_BROWSER && settings[setting].group == GROUP_OPERATOR)
		FAIL(err, E_INPUT, N_("%s, line %d: the setting “%s” goes into parvis.conf"), files[file].name, number,
		     name);
	config->values[setting] = text_trim(a, equals + 1);
	config->sources[setting] = files[file].source;
	return OK;
}

/* "" when there is no such file. */
static enum code read_text(struct arena *a, const char *dir, int file, const char **ret, struct err *err)
{
	char *text;
	size_t len;
	enum code code = disk_read(a, arena_printf(a, "%s/%s", dir, files[file].name), FILE_MAX, &text, &len, err);
	if (code != E_NOT_FOUND) TRY(code);
	*ret = code == OK ? text : "";
	return OK;
}

static enum code read_file(struct arena *a, const char *dir, struct config *config, int file, struct err *err)
{
	const char *text;
	TRY(read_text(a, dir, file, &text, err));
	for (int number = 1; *text; number++) {
		size_t line = strcspn(text, "\n");
		TRY(read_line(a, config, file, arena_strndup(a, text, line), number, err));
		text += line + (text[line] == '\n');
	}
	return OK;
}

/* The operator's word on one of the mail settings is about them all. */
static void settle_mail(struct config *config)
{
	bool operator= false;
	for (int i = 0; i < SETTING_COUNT; i++)
		operator= operator||(settings[i].group == GROUP_MAIL && config->sources[i] >= SOURCE_FILE);
	for (int i = 0; i < SETTING_COUNT && operator; i++) {
		if (settings[i].group != GROUP_MAIL || config->sources[i] >= SOURCE_FILE) continue;
		config->values[i] = settings[i].fallback;
		config->sources[i] = SOURCE_FILE;
	}
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

static void check_value(const struct setting_row *row, const char *value, struct issues *issues)
{
	if (row->choices == NULL) return;
	bool number = *row->choices >= '0' && *row->choices <= '9';
	if (number ? is_number(row->choices, value) : is_choice(row->choices, value)) return;
	issues_add(issues, row->name, N_("the setting “%s” can be %s, not “%s”"), row->name, row->choices, value);
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

/* "https://parvis.example:8443": no path, no blank, nothing that a letter or a header would trip over. */
static bool is_base_url(const char *url)
{
	const char *host = strstr(url, "://");
	if (host == NULL || (!starts(url, "http://") && !starts(url, "https://"))) return false;
	host += 3;
	return *host &&
	       strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") == strlen(host);
}

/* Letters hold links: their address must not be what a stranger's browser says it is. */
static void check_mail(const struct config *config, struct issues *issues)
{
	const char *url = config->values[SETTING_MAIL], *from = config->values[SETTING_MAIL_FROM];
	if (*from && !mail_address_is_safe(from))
		issues_add(issues, "mail_from", N_("the setting “%s” is an address as portal@parvis.example, not “%s”"),
		           "mail_from", from);
	if (*url == '\0') return;
	if (!starts(url, "smtp://") && !starts(url, "smtps://"))
		issues_add(issues, "mail", N_("the setting “mail” begins with smtp:// or smtps://, not as “%s”"), url);
	if (*from == '\0') issues_add(issues, "mail_from", N_("the setting “mail” needs “%s” too"), "mail_from");
	if (*config->values[SETTING_BASE_URL] == '\0')
		issues_add(issues, "base_url", N_("the setting “mail” needs “%s” too"), "base_url");
}

void config_check(const struct config *config, struct issues *issues)
{
	const char *url = config->values[SETTING_BASE_URL];
	for (int i = 0; i < SETTING_COUNT; i++) check_value(&settings[i], config->values[i], issues);
	if (*url && !is_base_url(url))
		issues_add(issues, "base_url", N_("the setting “%s” is an address as https://parvis.example, not “%s”"),
		           "base_url", url);
	check_mail(config, issues);
}

bool config_is_open(const struct config *config, enum setting setting)
{
	return settings[setting].group != GROUP_OPERATOR && config->sources[setting] < SOURCE_FILE;
}

void config_tidy(struct arena *a, struct config *config)
{
	const char *url = config->values[SETTING_BASE_URL];
	size_t len = strlen(url);
	while (len && url[len - 1] == '/') len--;
	config->values[SETTING_BASE_URL] = arena_strndup(a, url, len);
}

enum code config_load(struct arena *a, const char *dir, struct config *ret, struct err *err)
{
	struct config config = { 0 };
	struct issues issues;
	issues_init(&issues, a);
	for (int i = 0; i < SETTING_COUNT; i++) config.values[i] = settings[i].fallback;
	for (int i = 0; dir && i < FILES; i++) TRY(read_file(a, dir, &config, i, err));
	for (int i = 0; i < SETTING_COUNT; i++) {
		const char *value = fixed[i] ? fixed[i] : getenv(settings[i].environment);
		if (value == NULL) continue;
		config.values[i] = arena_strdup(a, value);
		config.sources[i] = fixed[i] ? SOURCE_COMMAND : SOURCE_ENVIRONMENT;
	}
	settle_mail(&config);
	config_tidy(a, &config);
	config_check(&config, &issues);
	TRY(issues_code(&issues, err));
	if (*config.values[SETTING_PRESETS] == '\0') config.values[SETTING_PRESETS] = own_presets(a);
	*ret = config;
	return OK;
}

/* ---- settings.conf ---- */

enum code config_save(struct arena *a, const char *dir, const struct config *config, struct err *err)
{
	struct buf out;
	buf_init(&out, a, 0);
	buf_lit(&out, "# Written by the page of settings. What stands in parvis.conf counts more.\n");
	for (int i = 0; i < SETTING_COUNT; i++)
		if (config->sources[i] == SOURCE_BROWSER)
			buf_printf(&out, "%s = %s\n", settings[i].name, config->values[i]);
	return disk_write(arena_printf(a, "%s/%s", dir, files[0].name), buf_str(&out), err);
}

static const char *without_postgres(struct arena *a, const char *text)
{
	struct buf kept;
	buf_init(&kept, a, 0);
	while (*text) {
		size_t n = strcspn(text, "\n");
		if (strncmp(text + strspn(text, " \t"), "postgres", 8) != 0) buf_printf(&kept, "%.*s\n", (int)n, text);
		text += n + (text[n] == '\n');
	}
	return buf_str(&kept);
}

enum code config_texts(struct arena *a, const char *dir, const char **file, const char **browser, struct err *err)
{
	const char *texts[FILES];
	for (int i = 0; i < FILES; i++) TRY(read_text(a, dir, i, &texts[i], err));
	*browser = texts[0];
	*file = without_postgres(a, texts[1]);
	return OK;
}

/* ---- Values ---- */

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
