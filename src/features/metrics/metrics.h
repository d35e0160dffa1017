/*
 * Figures for whoever watches over the site, in Prometheus' text format 0.0.4 (prometheus.io, "Exposition
 * formats"), at an address of their own, since they are nobody's business on the site itself. Of people
 * they say nothing.
 */
#ifndef PARVIS_METRICS_H
#define PARVIS_METRICS_H

#include "core/site.h"
#include "net/server.h"
#include "web/web.h"

struct metrics;

/* What they are read from; must outlive them. */
struct metrics_sources {
	struct site *site;
	const struct web *web;
	const struct server *server; /* the one that visitors reach */
	const char *version, *tmp_dir;
};

/* Counts from now on, and answers GET /metrics on `listen`, which is of this machine (else E_INPUT), from a
 * thread of its own; NULL or empty: only counts. */
enum code metrics_start(const struct metrics_sources *sources, const char *listen, struct metrics **ret,
                        struct err *err) MUST;
void metrics_stop(struct metrics *metrics); /* NULL is fine */
/* "http://127.0.0.1:9187", or NULL. */
const char *metrics_address(const struct metrics *metrics);

/* One answer. From the server's loop. */
void metrics_note(struct metrics *metrics, int status, int64_t microseconds);

/* All of them as text. */
enum code metrics_write(struct metrics *metrics, struct buf *out, struct err *err) MUST;

#endif
