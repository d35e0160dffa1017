#include "features/metrics/metrics.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "features/metrics/metrics_store.h"

enum { STATUS_MAX = 600 };

/* Upper bounds in microseconds. */
static const int64_t bounds[] = {
	500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 5000000
};

struct metrics {
	struct metrics_sources sources;
	int64_t started; /* ms UTC */
	atomic_uint_fast64_t answers[STATUS_MAX];
	atomic_uint_fast64_t within[COUNT(bounds) + 1]; /* each its own, not those below */
	atomic_uint_fast64_t microseconds;
	struct server *server; /* NULL: only counts */
	pthread_t thread;
};

void metrics_note(struct metrics *m, int status, int64_t microseconds)
{
	size_t i = 0;
	while (i < COUNT(bounds) && microseconds > bounds[i]) i++;
	atomic_fetch_add(&m->within[i], 1);
	atomic_fetch_add(&m->microseconds, (uint64_t)MAX(microseconds, 0));
	if (status >= 0 && status < STATUS_MAX) atomic_fetch_add(&m->answers[status], 1);
}

/* ---- The text ---- */

static void head(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct buf *out, const char *name, const char *type, const char *help, double value)
{
	head(out, name, type, help);
	buf_printf(out, "%s %.17g\n", name, value);
}

static void write_answers(struct metrics *m, struct buf *out)
{
	uint64_t sum = 0;
	head(out, "parvis_responses_total", "counter", "Answers by status.");
	for (int i = 0; i < STATUS_MAX; i++) {
		uint64_t n = atomic_load(&m->answers[i]);
		if (n) buf_printf(out, "parvis_responses_total{code=\"%d\"} %llu\n", i, (unsigned long long)n);
	}
	head(out, "parvis_response_seconds", "histogram", "From the request's last byte to the answer's.");
	for (size_t i = 0; i <= COUNT(bounds); i++) {
		char bound[32] = "+Inf";
		sum += atomic_load(&m->within[i]);
		if (i < COUNT(bounds)) snprintf(bound, sizeof(bound), "%g", (double)bounds[i] / 1e6);
		buf_printf(out, "parvis_response_seconds_bucket{le=\"%s\"} %llu\n", bound, (unsigned long long)sum);
	}
	buf_printf(out, "parvis_response_seconds_sum %.6f\nparvis_response_seconds_count %llu\n",
	           (double)atomic_load(&m->microseconds) / 1e6, (unsigned long long)sum);
	one(out, "parvis_cache_hits_total", "counter", "Answers from the visitors' page cache.",
	    (double)web_cache_hits(m->sources.web));
	one(out, "parvis_connections", "gauge", "Open connections.", server_connections(m->sources.server));
}

static void write_writes(struct metrics *m, struct buf *out)
{
	struct store_figures figures;
	store_figures(site_store(m->sources.site), &figures);
	one(out, "parvis_writes_total", "counter", "Writes that were kept.", (double)figures.calls);
	one(out, "parvis_commits_total", "counter", "Commits: writes that wait together share one.",
	    (double)figures.commits);
	one(out, "parvis_writes_waiting", "gauge", "Writes that wait for the one writer.", (double)figures.waiting);
	one(out, "parvis_log_bytes", "gauge", "SQLite's write-ahead log after the last commit.",
	    (double)figures.log_size);
	one(out, "parvis_disk_full", "gauge", "1 while writes are refused for want of room.", figures.disk_full);
}

static int count_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = -3; /* ".", ".." and this one */
	if (dir == NULL) return 0;
	while (readdir(dir)) n++;
	closedir(dir);
	return n;
}

static double resident_bytes(void)
{
	long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");
	if (file == NULL) return 0;
	if (fscanf(file, "%*s %ld", &pages) != 1) pages = 0;
	fclose(file);
	return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

/* The names that Prometheus' own clients use. */
static void write_process(struct metrics *m, struct buf *out)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	double spent = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	               (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
	one(out, "process_cpu_seconds_total", "counter", "Processor time.", spent);
	one(out, "process_resident_memory_bytes", "gauge", "Memory in use.", resident_bytes());
	one(out, "process_open_fds", "gauge", "Open descriptors.", count_descriptors());
	one(out, "process_start_time_seconds", "gauge", "Start, since 1970.", (double)m->started / 1000);
	head(out, "parvis_build_info", "gauge", "The program's version.");
	buf_printf(out, "parvis_build_info{version=\"%s\"} 1\n", m->sources.version);
}

enum code metrics_write(struct metrics *m, struct buf *out, struct err *err)
{
	struct metrics_stored stored;
	TRY(metrics_read_stored(site_store(m->sources.site), &stored, err));
	write_answers(m, out);
	write_writes(m, out);
	one(out, "parvis_database_bytes", "gauge", "The database.", (double)stored.bytes);
	one(out, "parvis_records", "gauge", "Records, those in the trash too.", (double)stored.records);
	one(out, "parvis_files_bytes", "gauge", "Files that records hold.", (double)stored.files);
	head(out, "parvis_jobs", "gauge", "Work to do later; dead: it failed too often.");
	for (int i = 0; i < METRICS_JOB_STATES; i++)
		buf_printf(out, "parvis_jobs{state=\"%s\"} %lld\n", metrics_job_states[i], (long long)stored.jobs[i]);
	write_process(m, out);
	return OK;
}

/* ---- Where they are read ---- */

static void handle(void *context, struct http_request *rq, struct http_response *rs)
{
	struct err err;
	bool read = rq->method == HTTP_GET || rq->method == HTTP_HEAD;
	rs->status = read && strcmp(rq->path, "/metrics") == 0 ? 200 : 404;
	http_set(rs, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
	if (rs->status != 200) return;
	if (metrics_write(context, &rs->body, &err) == OK) return;
	rs->status = 503;
	buf_reset(&rs->body);
}

static int64_t no_body(void *context, enum http_method method, const char *path)
{
	(void)context;
	(void)method;
	(void)path;
	return 0;
}

static void worker_end(void *context)
{
	struct metrics *m = context;
	store_thread_end(site_store(m->sources.site));
}

static void *run(void *arg)
{
	struct metrics *m = arg;
	struct err err;
	char text[1024];
	if (server_run(m->server, &err) != OK) log_error("figures: %s", err_text(&err, LANG_EN, text, sizeof(text)));
	return NULL;
}

/* Signals are for the thread that serves the site. */
static void start_thread(struct metrics *m)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	if (pthread_create(&m->thread, NULL, run, m) != 0) die("no thread for the figures");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Nobody's business elsewhere: a proxy or a tunnel of one's own may carry them further. */
static bool is_local(const char *listen)
{
	static const char *const local[] = { "127.", "[::1]:", "unix:" };
	for (size_t i = 0; i < COUNT(local); i++)
		if (strncmp(listen, local[i], strlen(local[i])) == 0) return true;
	return false;
}

static enum code listen_on(struct metrics *m, const char *listen, struct err *err)
{
	const struct server_options options = { .listen = listen,
		                                .workers = 1,
		                                .body_limit = no_body,
		                                .handle = handle,
		                                .worker_end = worker_end,
		                                .context = m,
		                                .tmp_dir = m->sources.tmp_dir };
	if (!is_local(listen))
		FAIL(err, E_INPUT,
		     N_("the setting “metrics” must be of this machine, as 127.0.0.1:9187 or unix:/path, not “%s”"),
		     listen);
	TRY(server_new(&options, &m->server, err));
	start_thread(m);
	return OK;
}

enum code metrics_start(const struct metrics_sources *sources, const char *listen, struct metrics **ret,
                        struct err *err)
{
	struct metrics *m = calloc(1, sizeof(*m));
	if (m == NULL) die("out of memory");
	m->sources = *sources;
	m->started = clock_now();
	enum code code = listen && *listen ? listen_on(m, listen, err) : OK;
	if (code != OK) {
		free(m);
		return code;
	}
	*ret = m;
	return OK;
}

const char *metrics_address(const struct metrics *m)
{
	return m->server ? server_address(m->server) : NULL;
}

void metrics_stop(struct metrics *m)
{
	if (m == NULL) return;
	if (m->server) {
		server_stop(m->server);
		pthread_join(m->thread, NULL);
		server_free(m->server);
	}
	free(m);
}
