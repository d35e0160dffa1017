#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/audit.h"
#include "store/sql.h"

/* Would it move the cursor, break the line or turn the text around where the row is shown? (C0, DEL,
 * C1, line and paragraph separators, Unicode's Bidi_Control.) */
static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200E && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

/* In compact JSON such characters stand in strings only, where \uXXXX means the same. */
static const char *encode(struct arena *a, const json_t *detail)
{
	struct buf out;
	buf_init(&out, a, 0);
	const char *s = detail ? json_text(a, detail) : "{}";
	size_t left = strlen(s), step;
	uint32_t c;
	for (; (step = text_decode(s, left, &c)) != 0; s += step, left -= step) {
		if (is_control(c)) buf_printf(&out, "\\u%04x", (unsigned)c);
		else buf_add(&out, s, step);
	}
	return buf_str(&out);
}

/* Each part is written with its length, so that no two rows read alike. */
static struct hash row_chain(const struct hash *prev, int64_t at, const char *actor, const char *action,
                             const char *thing, const char *detail)
{
	const char *const parts[] = { actor, action, thing, detail };
	struct buf all = { 0 };
	buf_add(&all, prev->b, sizeof(prev->b));
	buf_printf(&all, "%lld", (long long)at);
	for (size_t i = 0; i < COUNT(parts); i++) buf_printf(&all, " %zu:%s", strlen(parts[i]), parts[i]);
	struct hash hash = hash_blake2b("aud1", NULL, all.data, all.len);
	buf_release(&all);
	return hash;
}

static enum code last_hash(struct db *db, struct hash *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	struct hash last = { 0 };
	TRY(db_query(db, &rows, err, "SELECT hash FROM audit ORDER BY num DESC LIMIT 1"));
	if (rows_next(&rows)) last = row_hash(&rows, 0);
	TRY(rows_end(&rows, err));
	*ret = last;
	return OK;
}

enum code audit_add(struct tx *tx, struct arena *a, const struct actor *actor, const char *action, struct id thing,
                    const json_t *detail, struct err *err)
{
	char who[ID_TEXT + 1], what[ID_TEXT + 1];
	int64_t now = clock_now();
	const char *text = encode(a, detail);
	struct hash prev;
	TRY(last_hash(tx_db(tx), &prev, err));
	struct hash hash = row_chain(&prev, now, id_format(actor->id, who), action, id_format(thing, what), text);
	return db_run(tx_db(tx), err,
	              "INSERT INTO audit (at, actor, action, thing, detail, prev_hash, hash) "
	              "VALUES ($1, $2, $3, $4, $5, $6, $7)",
	              now, actor->id, action, what, text, prev, hash);
}

enum code audit_note(struct tx *tx, const struct actor *actor, const char *action, struct id thing, json_t *detail,
                     struct err *err)
{
	struct arena a;
	arena_init(&a);
	if (detail) json_keep(&a, detail);
	enum code code = audit_add(tx, &a, actor, action, thing, detail, err);
	arena_release(&a);
	return code;
}

static struct audit_entry read_entry(struct arena *a, const struct rows *rows)
{
	json_t *detail;
	const char *text = row_text(rows, 5);
	struct audit_entry e = { .num = row_int(rows, 0),
		                 .at = row_int(rows, 1),
		                 .actor = row_id(rows, 2),
		                 .action = arena_strdup(a, row_text(rows, 3)) };
	(void)!id_parse(row_text(rows, 4), &e.thing);
	if (json_parse(a, text, strlen(text), &detail, NULL) == OK) e.detail = detail;
	return e;
}

static void add_group(struct sql *sql, enum audit_group group)
{
	sql_add(sql, " AND action IN (''");
	for (const struct audit_action *row = audit_actions; row->action; row++)
		if (row->group == group) sql_add(sql, ", ?", row->action);
	sql_add(sql, ")");
}

static void add_conditions(struct sql *sql, const struct audit_query *q)
{
	char text[ID_TEXT + 1];
	if (!id_is_zero(q->actor)) sql_add(sql, " AND actor = ?", q->actor);
	if (q->program) sql_add(sql, " AND (actor IS NULL OR actor = ?)", ID_NONE);
	if (!id_is_zero(q->person))
		sql_add(sql, " AND (actor = ? OR thing = ?)", q->person, id_format(q->person, text));
	if (q->group != AUDIT_GROUPS) add_group(sql, q->group);
	if (q->action) sql_add(sql, " AND action = ?", q->action);
	if (q->from) sql_add(sql, " AND at >= ?", q->from);
	if (q->to) sql_add(sql, " AND at < ?", q->to);
	if (q->before) sql_add(sql, " AND num < ?", q->before);
}

enum code audit_search(struct db *db, struct arena *a, const struct audit_query *query, int limit,
                       struct audit_entry **ret, int *n, struct err *err)
{
	struct sql sql;
	struct audit_entry *all = arena_array(a, struct audit_entry, (size_t)limit + 1);
	int found = 0;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT num, at, actor, action, thing, detail FROM audit WHERE num > 0");
	add_conditions(&sql, query);
	sql_add(&sql, " ORDER BY num DESC LIMIT ?", limit);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	while (found < limit && rows_next(&rows)) all[found++] = read_entry(a, &rows);
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code audit_list(struct db *db, struct arena *a, struct id thing, int limit, struct audit_entry **ret, int *n,
                     struct err *err)
{
	char what[ID_TEXT + 1];
	struct audit_entry *all = arena_array(a, struct audit_entry, (size_t)limit + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	int found = 0;
	TRY(db_query(db, &rows, err,
	             "SELECT num, at, actor, action, thing, detail FROM audit WHERE thing = $1 ORDER BY num DESC "
	             "LIMIT $2",
	             id_format(thing, what), limit));
	while (found < limit && rows_next(&rows)) all[found++] = read_entry(a, &rows);
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code audit_check(struct db *db, int64_t *rows_ret, int64_t *broken_ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	struct audit_checkpoint begin;
	int64_t count = 0, broken = 0;
	TRY(audit_checkpoint(db, &begin, err));
	struct hash prev = begin.hash;
	TRY(db_query(db, &rows, err,
	             "SELECT num, at, actor, action, thing, detail, prev_hash, hash FROM audit ORDER BY num"));
	for (; rows_next(&rows); count++) {
		char who[ID_TEXT + 1];
		struct hash kept_prev = row_hash(&rows, 6), kept = row_hash(&rows, 7);
		struct hash hash = row_chain(&prev, row_int(&rows, 1), id_format(row_id(&rows, 2), who),
		                             row_text(&rows, 3), row_text(&rows, 4), row_text(&rows, 5));
		if (broken == 0 && (hash_compare(&kept_prev, &prev) != 0 || hash_compare(&kept, &hash) != 0))
			broken = row_int(&rows, 0);
		prev = kept;
	}
	TRY(rows_end(&rows, err));
	*rows_ret = count;
	*broken_ret = broken;
	return OK;
}
