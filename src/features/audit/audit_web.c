#include "features/audit/audit_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "core/moment.h"
#include "core/person.h"
#include "core/record.h"
#include "features/account/again.h"
#include "features/audit/audit.html.h"
#include "features/audit/audit_page.h"
#include "formats/csv.h"
#include "net/uri.h"
#include "web/web.h"

enum { SHOWN = 50, FILE_MAX = 20000, BATCH = 500 };

/* ---- In words ---- */

static const char *who_words(const struct page *p, struct id actor)
{
	struct person person;
	if (id_is_zero(actor)) return _("the program, or somebody unknown");
	if (person_by_id(p->db, p->arena, actor, &person, NULL) != OK) return _("somebody who is no longer here");
	return person.name;
}

static void find_about(const struct page *p, const struct audit_entry *e, struct audit_line *line)
{
	struct person person;
	struct record *record;
	char id[ID_TEXT + 1];
	if (id_is_zero(e->thing) || memcmp(e->thing.b, e->actor.b, sizeof(e->thing.b)) == 0) return;
	if (person_by_id(p->db, p->arena, e->thing, &person, NULL) == OK) {
		line->about = person.name;
		line->about_url = arena_printf(p->arena, "/-/people/%s", id_format(e->thing, id));
	} else if (record_load(p->db, p->arena, p->model, p->actor, e->thing, &record, NULL) == OK) {
		line->about = record->title;
		line->about_url = record_short_url(p, record);
	}
}

/* Words of the program for people: names of details, and what they say. To add one: a row. */
static const struct {
	const char *noted, *words;
} detail_names[] = {
	{ "by", N_("with") },
	{ "password", N_("a password") },
	{ "letter", N_("a link by letter") },
	{ "card", N_("a card") },
	{ "code", N_("a code") },
	{ "invitation", N_("an invitation") },
	{ "again", N_("a password, shown again") },
	{ "level", N_("role") },
	{ "space", N_("space") },
	{ "setting", N_("setting") },
	{ "value", N_("value") },
	{ "view", N_("view") },
	{ "format", N_("format") },
	{ "records", N_("pages") },
	{ "form", N_("form") },
	{ "file", N_("file") },
	{ "kind", N_("kind") },
	{ "version", N_("version") },
	{ "key", N_("name") },
	{ "reason", N_("reason") },
	{ "before", N_("from before") },
	{ "rows", N_("rows") },
	{ "total", N_("in all") },
	{ "hash", N_("fingerprint of the last one") },
	{ "versions", N_("versions") },
};

static const char *in_words(const struct page *p, const char *noted)
{
	for (size_t i = 0; i < COUNT(detail_names); i++)
		if (strcmp(detail_names[i].noted, noted) == 0) return tr(p->lang, detail_names[i].words);
	return noted;
}

/* Which values are words of the program; others are names, kept as they are. */
static bool is_worded(const char *key)
{
	static const char *const keys[] = { "by", "level", "kind" };
	for (size_t i = 0; i < COUNT(keys); i++)
		if (strcmp(keys[i], key) == 0) return true;
	return false;
}

/* Names and values as they were noted. */
static const char *detail_words(const struct page *p, const json_t *detail)
{
	struct buf out;
	const char *key;
	json_t *value;
	buf_init(&out, p->arena, 0);
	json_object_foreach ((json_t *)detail, key, value) {
		const char *text = json_is_string(value) ? json_string_value(value) : json_text(p->arena, value);
		if (strcmp(key, "before") == 0 && json_is_integer(value))
			text = page_date(p, json_integer_value(value));
		if (*text == '\0') continue;
		if (is_worded(key)) text = strcmp(key, "by") == 0 ? in_words(p, text) : tr(p->lang, text);
		buf_printf(&out, "%s%s%s %s", out.len ? ", " : "", in_words(p, key),
		           strcmp(key, "by") == 0 ? ""
		           : p->lang == LANG_FR   ? "\u00a0:"
		                                  : ":",
		           text);
	}
	return buf_str(&out);
}

static struct audit_line line_of(const struct page *p, const struct audit_entry *e)
{
	struct audit_line line = {
		.entry = e, .what = tr(p->lang, audit_words(e->action)), .who = who_words(p, e->actor), .about = ""
	};
	find_about(p, e, &line);
	line.detail = detail_words(p, e->detail);
	return line;
}

/* ---- What is looked for ---- */

static int64_t day_start(const struct request *r, const char *day, int more)
{
	struct date date;
	if (!date_from_iso(day, &date)) return 0;
	const struct datetime at = { .date = date_add_days(date, more) };
	return zone_utc(model_zone(r->page.model), &at);
}

static bool find_who(struct request *r, const char *who, struct id *ret)
{
	struct person person, *all;
	struct err none;
	int n;
	if (person_by_email(r->db, r->arena, who, &person, &none) == OK) {
		*ret = person.id;
		return true;
	}
	if (person_list(r->db, r->arena, &all, &n, &none) != OK) return false;
	for (int i = 0; i < n; i++) {
		if (strcmp(all[i].name, who) != 0) continue;
		*ret = all[i].id;
		return true;
	}
	return false;
}

/* False: nobody is called so. */
static bool read_choice(struct request *r, struct audit_choice *c, struct audit_query *q)
{
	struct buf query;
	const char *group = request_query(r, "group");
	*c = (struct audit_choice){ .who = request_query(r, "who"),
		                    .from = request_query(r, "from"),
		                    .to = request_query(r, "to") };
	c->group = *group >= '0' && *group <= '9' ? (int)strtol(group, NULL, 10) : AUDIT_GROUPS;
	if (c->group > AUDIT_GROUPS) c->group = AUDIT_GROUPS;
	*q = (struct audit_query){ .group = (enum audit_group)c->group,
		                   .from = day_start(r, c->from, 0),
		                   .to = day_start(r, c->to, 1) };
	buf_init(&query, r->arena, 0);
	if (*c->who) uri_query_add(&query, "who", c->who);
	if (c->group != AUDIT_GROUPS) uri_query_add(&query, "group", arena_printf(r->arena, "%d", c->group));
	if (q->from) uri_query_add(&query, "from", c->from);
	if (q->to) uri_query_add(&query, "to", c->to);
	c->query = buf_str(&query);
	return *c->who == '\0' || find_who(r, c->who, &q->person);
}

/* ---- The page ---- */

static enum code audit_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct audit_choice choice;
	struct audit_query query;
	struct audit_entry *entries = NULL;
	int n = 0;
	bool known = read_choice(r, &choice, &query);
	query.before = strtoll(request_query(r, "before"), NULL, 10);
	if (query.before < 0) query.before = 0;
	if (known) TRY(audit_search(r->db, r->arena, &query, SHOWN, &entries, &n, err));
	struct audit_line *lines = arena_array(r->arena, struct audit_line, (size_t)n + 1);
	for (int i = 0; i < n; i++) lines[i] = line_of(p, &entries[i]);
	struct audit_checkpoint point;
	TRY(audit_checkpoint(r->db, &point, err));
	const char *older = NULL;
	if (n == SHOWN) {
		struct buf url;
		buf_init(&url, r->arena, 0);
		buf_printf(&url, "/-/admin/audit%s", choice.query);
		uri_query_add(&url, "before", arena_printf(r->arena, "%lld", (long long)entries[n - 1].num));
		older = buf_str(&url);
	}
	p->title = _("Log");
	p->hidden = true;
	audit_page(request_out(r), p, &choice, known, lines, n, older, &point);
	return OK;
}

/* ---- As a file ---- */

static void write_line(const struct page *p, struct buf *out, const struct audit_line *line)
{
	char at[TIME_UTC_SIZE];
	const char *const cells[] = { time_utc(line->entry->at, at), line->who, line->what, line->about, line->detail };
	(void)p;
	csv_line(out, cells, COUNT(cells));
}

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct request *r = arg;
	return audit_note(tx, &r->actor, "export.audit", ID_NONE, NULL, err);
}

static enum code csv_post(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct audit_choice choice;
	struct audit_query query;
	struct audit_entry *entries;
	int n = BATCH;
	bool shown;
	TRY(again_pass(r, "/-/admin/audit", &shown, err));
	if (!shown) return OK;
	r->query = r->form; /* the same names, sent by a form */
	bool known = read_choice(r, &choice, &query);
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(request_write(r, note, r, err));
	struct buf *out = request_out(r);
	buf_printf(out, "%s,%s,%s,%s,%s\r\n", _("date"), _("who"), _("what"), _("about"), _("details"));
	for (int total = 0; known && n == BATCH && total < FILE_MAX; total += n) {
		TRY(audit_search(r->db, r->arena, &query, BATCH, &entries, &n, err));
		for (int i = 0; i < n; i++) {
			const struct audit_line line = line_of(p, &entries[i]);
			write_line(p, out, &line);
			query.before = entries[i].num;
		}
	}
	http_set(r->response, "Content-Type", "text/csv; charset=utf-8");
	http_set(r->response, "Content-Disposition", "attachment; filename=\"log.csv\"");
	http_set(r->response, "Cache-Control", "no-store");
	return OK;
}

const struct feature audit_feature = {
	.name = "audit",
	.routes = ROUTES(
	        { HTTP_GET, "/-/admin/audit", audit_show, ACTION_ADMINISTER, KIND_SITE, N_("Who did what"), 0, false },
	        { HTTP_POST, "/-/admin/audit.csv", csv_post, ACTION_ADMINISTER, KIND_SITE,
	          N_("Who did what, as a file"), 0, false }),
};
