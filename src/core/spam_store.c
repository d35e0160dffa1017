#include <string.h>

#include "base/clock.h"
#include "core/person.h"
#include "core/spam.h"

#define LATELY_MS (10LL * 60 * 1000)
#define OTHERS_MS (7LL * 24 * 3600 * 1000)
#define NEW_MS (7LL * 24 * 3600 * 1000)
enum { OTHERS = 50, LONG_LINE = 60 };

static enum code count(struct db *db, int *ret, struct err *err, int64_t author, int64_t since, int64_t but, int from,
                       int to)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err,
	           "SELECT COUNT(*) FROM record WHERE author = $1 AND created >= $2 AND num <> $3 AND state >= $4 "
	           "AND state <= $5",
	           author, since, but, from, to));
	*ret = (int)n;
	return OK;
}

/* A line of the text that is long enough to be nobody's by chance, as it stands in JSON; "": there is none. */
static const char *long_line(struct arena *a, const char *text)
{
	for (const char *line = text; *line; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n')) {
		size_t len = strcspn(line, "\n");
		if (len < LONG_LINE) continue;
		json_t *quoted = json_keep(a, json_stringn(line, len));
		const char *json = json_text(a, quoted);
		return arena_strndup(a, json + 1, strlen(json) - 2);
	}
	return "";
}

/* Whole: "x.example" is not in "xx.example" nor in "x.example.org". */
static bool leads_to(const char *content, const char *host)
{
	for (const char *at = strstr(content, host); at; at = strstr(at + 1, host)) {
		const char *end = at + strlen(host);
		if (at > content && (at[-1] == '/' || at[-1] == '.') && strchr("/?#:\" )", *end)) return true;
	}
	return false;
}

static enum code compare(struct db *db, struct arena *a, int64_t author, int64_t record, struct spam_facts *f,
                         struct err *err)
{
	const char *line = long_line(a, f->text), *host = spam_link(a, f->text, 0);
	AUTO(rows_release) struct rows rows = { 0 };
	if (*line == '\0' && host == NULL) return OK;
	TRY(db_query(db, &rows, err,
	             "SELECT p.content, r.author FROM record r JOIN part p ON p.record = r.num WHERE r.changed >= "
	             "$1 AND r.num <> $2 "
	             "ORDER BY r.changed DESC LIMIT $3",
	             clock_now() - OTHERS_MS, record, (int)OTHERS));
	while (rows_next(&rows)) {
		const char *content = row_text(&rows, 0);
		f->same += *line && strstr(content, line) != NULL;
		/* People link to the same place; the same person again and again is another thing. */
		f->same_links += host && row_int(&rows, 1) == author && leads_to(content, host);
	}
	return rows_end(&rows, err);
}

static enum code look(struct db *db, struct arena *a, const struct model *model, int64_t author, int64_t record,
                      const json_t *values, bool trusts, struct spam_verdict *ret, struct err *err)
{
	struct person person;
	struct spam_facts f = { .text = spam_text(a, values), .words = model_setting(model, "spam_words") };
	TRY(person_load(db, a, author, &person, err));
	f.guest = person.level == LEVEL_VISITOR;
	f.age = clock_now() - person.created;
	TRY(count(db, &f.accepted, err, author, 0, record, STATE_PUBLISHED, STATE_ARCHIVED));
	if (trusts && (f.accepted >= SPAM_TRUSTED || (!f.guest && f.age >= NEW_MS))) return OK;
	TRY(count(db, &f.lately, err, author, clock_now() - LATELY_MS, record, STATE_DRAFT, STATE_TRASH));
	TRY(compare(db, a, author, record, &f, err));
	spam_judge(a, &f, ret);
	return OK;
}

static const char *const nothing[] = { NULL };

enum code spam_look(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct space *space, int64_t record, const json_t *values, struct spam_verdict *ret,
                    struct err *err)
{
	*ret = (struct spam_verdict){ .score = 0, .reasons = nothing };
	if (actor->person == 0 || spam_threshold(model) == 0) return OK;
	if (actor_level(actor, space) >= LEVEL_MEMBER) return OK;
	return look(db, a, model, actor->person, record, values, true, ret, err);
}

enum code spam_explain(struct db *db, struct arena *a, const struct model *model, const struct record *record,
                       struct spam_verdict *ret, struct err *err)
{
	*ret = (struct spam_verdict){ .score = 0, .reasons = nothing };
	if (record->author == 0) return OK;
	return look(db, a, model, record->author, record->num, record->values, false, ret, err);
}
