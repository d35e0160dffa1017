#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "command/command.h"
#include "command/fence.h"
#include "features/features.h"
#include "features/jobs.h"
#include "features/letter/letter_job.h"
#include "features/metrics/metrics.h"
#include "features/news/news_job.h"
#include "features/people/first_run.h"
#include "features/setting/reload.h"
#include "net/fetch.h"
#include "web/web.h"

enum { TRIM_THRESHOLD = 64 << 20 };

/* What `serve` was asked for, and what it runs. */
struct serving {
	const char *dir, *listen, *clock, *seed, *limits, *fetch;
	int ready_fd; /* -1: none */
	int fence;    /* version of Landlock; 0: none */
	struct reload reload;
	struct metrics *metrics;
};

/* The one that signals are for. */
static struct server *running;

static void stop(int signal)
{
	(void)signal;
	server_stop(running);
}

static void reload(int signal)
{
	(void)signal;
	server_reload(running);
}

/* The first that says stop lets requests under way end; the second does what it always does. A signal that
 * was ignored when we started (nohup) stays so. */
static const struct {
	int number;
	void (*handler)(int signal);
	int flags;
} signals[] = {
	{ SIGTERM, stop, SA_RESETHAND },
	{ SIGINT, stop, SA_RESETHAND },
	{ SIGHUP, reload, 0 },
};

static void heed_signals(struct server *server)
{
	running = server;
	for (size_t i = 0; i < COUNT(signals); i++) {
		struct sigaction before,
		        action = { .sa_handler = signals[i].handler, .sa_flags = signals[i].flags | SA_RESTART };
		if (sigaction(signals[i].number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			sigaction(signals[i].number, &action, NULL);
	}
}

static const char *method_name(enum http_method method)
{
	static const char *const names[] = {
		[HTTP_GET] = "GET",       [HTTP_HEAD] = "HEAD",       [HTTP_POST] = "POST", [HTTP_PUT] = "PUT",
		[HTTP_DELETE] = "DELETE", [HTTP_OPTIONS] = "OPTIONS", [HTTP_OTHER] = "-",
	};
	return names[method];
}

/* Neither the query nor any field, where secrets travel; nor who asks (connection data have a log and
 * a law of their own). */
static void log_request(void *watcher, const struct http_request *rq, const struct http_response *rs,
                        int64_t microseconds)
{
	struct serving *s = watcher;
	metrics_note(s->metrics, rs->status, microseconds);
	log_info("%s %s %s %d %lld µs", rq->id, method_name(rq->method), rq->path, rs->status, (long long)microseconds);
}

static enum code announce(const struct serving *s, struct site *site, const struct server *server, struct err *err)
{
	enum lang lang = command_lang();
	bool first;
	TRY(first_run_due(site, &first, err));
	printf(tr(lang, N_("Parvis answers on %s")), server_address(server));
	putchar('\n');
	if (first) {
		char code[CODE_TEXT + 1];
		first_run_code(site, code);
		printf(tr(lang, N_("There is no administrator yet. Open %s there and give this code: %s")),
		       FIRST_RUN_PATH, code);
		putchar('\n');
	}
	fflush(stdout);
	log_info("parvis %s, SQLite %s%s", PARVIS_VERSION, store_sqlite_version(),
	         store_engine(site_store(site)) == ENGINE_POSTGRES ? ", data in PostgreSQL" : "");
	if (s->fence) log_info("confined to the data folder (Landlock, version %d)", s->fence);
	else log_info("not confined to the data folder: this kernel has no Landlock, or an old one");
	if (metrics_address(s->metrics)) log_info("figures on %s/metrics", metrics_address(s->metrics));
	if (s->ready_fd < 0) return OK;
	if (dprintf(s->ready_fd, "%s\n", server_address(server)) < 0 || close(s->ready_fd) != 0)
		FAIL(err, E_IO, N_("the address cannot be written to descriptor %d: %s"), s->ready_fd, strerror(errno));
	return OK;
}

static void reload_on_loop(void *watcher)
{
	struct serving *s = watcher;
	reload_settings(&s->reload);
}

/* With everything in place. */
static enum code run(struct serving *s, struct site *site, struct err *err)
{
	struct server *server = s->reload.server;
	struct job_runner *runner;
	const struct metrics_sources sources = { .site = site,
		                                 .web = s->reload.web,
		                                 .server = server,
		                                 .version = PARVIS_VERSION,
		                                 .tmp_dir = arena_printf(s->reload.arena, "%s/tmp", s->dir) };
	TRY(metrics_start(&sources, s->reload.config.values[SETTING_METRICS], &s->metrics, err));
	enum code code = job_runner_start(site_store(site), job_kinds, site, &runner, err);
	if (code == OK) {
		heed_signals(server);
		code = announce(s, site, server, err);
		if (code == OK) code = server_run(server, err);
		job_runner_stop(runner);
	}
	metrics_stop(s->metrics);
	return code;
}

static enum code serve_web(struct serving *s, struct site *site, struct err *err)
{
	const struct config *config = &s->reload.config;
	struct arena *a = s->reload.arena;
	const struct server_options options = {
		.listen = config->values[SETTING_LISTEN],
		.workers = config_number(config, SETTING_WORKERS),
		.trusted_proxies = config_words(a, config, SETTING_TRUSTED_PROXIES),
		.forwarded = strcmp(config->values[SETTING_PROXY_HEADERS], "forwarded") == 0,
		.body_limit = web_body_limit,
		.handle = web_handle,
		.fast = web_fast,
		.worker_end = web_worker_end,
		.context = s->reload.web,
		.log = log_request,
		.reload = reload_on_loop,
		.watcher = s,
		.tmp_dir = arena_printf(a, "%s/tmp", s->dir),
	};
	TRY(server_new(&options, &s->reload.server, err));
	reload_use(&s->reload);
	enum code code = run(s, site, err);
	reload_use(NULL);
	server_free(s->reload.server);
	return code;
}

/* Nothing is opened yet. Presets and what PostgreSQL's library reads at home stay readable. */
static void confine_to_data(struct serving *s, struct arena *a)
{
	const char *const *values = s->reload.config.values;
	const char *home = getenv("HOME");
	if (home == NULL) home = "";
	const char *const also[] = { values[SETTING_PRESETS], arena_printf(a, "%s/.pgpass", home),
		                     arena_printf(a, "%s/.postgresql", home),
		                     arena_printf(a, "%s/.pg_service.conf", home), NULL };
	const char *const sockets[] = { values[SETTING_LISTEN], values[SETTING_METRICS], NULL };
	s->fence = fence_raise(s->dir, also, sockets);
}

static enum code serve(struct serving *s, struct arena *a, struct err *err)
{
	struct site *site;
	const struct store_options options = { .dir = s->dir };
	s->reload.dir = s->dir;
	s->reload.arena = a;
	if (s->listen) config_fix(SETTING_LISTEN, s->listen);
	TRY(config_load(a, s->dir, &s->reload.config, err));
	confine_to_data(s, a);
	TRY(command_open_with(&s->reload.config, &options, &site, err));
	letters_use(config_mail(a, &s->reload.config, s->dir));
	const char *base_url = s->reload.config.values[SETTING_BASE_URL];
	news_links_use(*base_url ? base_url : arena_printf(a, "http://%s", s->reload.config.values[SETTING_LISTEN]));
	const struct web_options web_options = { .site = site,
		                                 .features = features,
		                                 .base_url = *base_url ? base_url : NULL };
	enum code code = web_new(&web_options, &s->reload.web, err);
	if (code == OK) {
		code = serve_web(s, site, err);
		web_free(s->reload.web);
	}
	site_close(site);
	return code;
}

/* A whole number from 0; -1 when it is not one. */
static int64_t parse_number(const char *text)
{
	char *end;
	if (*text < '0' || *text > '9') return -1;
	errno = 0;
	long long n = strtoll(text, &end, 10);
	return *end || errno ? -1 : n;
}

/* For tests: time and chance that can be told beforehand. */
static bool freeze(const struct serving *s)
{
	int64_t clock = s->clock ? parse_number(s->clock) : 0, seed = s->seed ? parse_number(s->seed) : 0;
	if (clock < 0 || seed < 0) return false;
	clock_set(clock);
	random_seed((uint64_t)seed);
#ifdef PARVIS_TEST_BUILD
	web_unlimited = s->limits != NULL;
	fetch_anywhere = s->fetch != NULL;
#endif
	return true;
}

int serve_command(const struct command *command, int argc, char **argv)
{
	struct serving s = { .ready_fd = -1 };
	const char *ready = NULL;
	const struct option_row rows[] = { { "listen", &s.listen, NULL },
		                           { "ready-fd", &ready, NULL },
#ifdef PARVIS_TEST_BUILD
		                           { "clock", &s.clock, NULL },
		                           { "seed", &s.seed, NULL },
		                           { "limits", &s.limits, NULL },
		                           { "fetch", &s.fetch, NULL },
#endif
		                           { 0 } };
	if (command_options(command, argc, argv, rows, &s.dir, 1) < 0) return 2;
	if (s.dir == NULL) return command_misuse(command, N_("name the data folder"));
	int64_t fd = ready ? parse_number(ready) : -1;
	if (ready && (fd < 0 || fd > 1023)) return command_misuse(command, N_("“%s” is not a descriptor"), ready);
	if (!freeze(&s)) return command_misuse(command, N_("“%s” is not a number"), s.clock ? s.clock : s.seed);
	s.ready_fd = (int)fd;
	/* One heap that keeps what it was given: 1.6 page faults a request become 0.1. */
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_TRIM_THRESHOLD, TRIM_THRESHOLD);
	struct arena a;
	struct err err;
	arena_init(&a);
	int status = serve(&s, &a, &err) == OK ? 0 : command_fail(&err);
	arena_release(&a);
	return status;
}
