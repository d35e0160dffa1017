#include "core/moment.h"

enum { TIMES_MAX = 5000 /* of a field, looked at for its next change; of more, the next minute is one */ };

/* Other keys of these fields are shorter: nothing stands there. */
static void add_day(struct sql *sql, const struct moment_day *day)
{
	sql_add(sql,
	        "(substr(v.key, CAST(? AS INTEGER), 1) = '1' AND substr(v.key, 16, 4) <= ? AND substr(v.key, 20, 4) >= ? "
	        "AND substr(v.key, 24, 4) <= ? AND substr(v.key, 28, 4) > ?)",
	        day->kind + 2, day->day, day->day, day->minute, day->minute);
}

void moment_sql(struct sql *sql, const struct moment *moment)
{
	sql_add(sql, "(");
	add_day(sql, &moment->days[0]);
	sql_add(sql, " OR ");
	add_day(sql, &moment->days[1]);
	sql_add(sql, ")");
}

/* The minutes of one day that are an end, and are not over. */
struct ends {
	int now, next;
};

static void take_end(struct ends *ends, int minute)
{
	if (minute > ends->now && minute < ends->next) ends->next = minute;
}

static enum code read_ends(struct db *db, const struct field *field, struct ends *ends, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	int n = 0;
	TRY(db_query(db, &rows, err,
	             "SELECT DISTINCT v.key FROM value_count v WHERE v.field = $1 AND v.key >= $2 LIMIT $3", field->num,
	             MOMENT_MARK, (int)TIMES_MAX));
	for (struct hours_time time; rows_next(&rows); n++) {
		if (!moment_read(row_text(&rows, 0), &time)) continue;
		take_end(ends, time.from);
		take_end(ends, time.to);
		take_end(ends, time.from - MINUTES_A_DAY); /* begun the day before */
		take_end(ends, time.to - MINUTES_A_DAY);
	}
	if (n == TIMES_MAX) ends->next = ends->now + 1;
	return rows_end(&rows, err);
}

enum code moment_until(struct db *db, const struct field *field, const struct zone *zone, int64_t ms, int64_t *ret,
                       struct err *err)
{
	struct datetime local = zone_local(zone, ms);
	struct ends ends = { .now = local.hour * 60 + local.minute, .next = MINUTES_A_DAY };
	TRY(read_ends(db, field, &ends, err));
	struct datetime next = { .date = date_add_days(local.date, ends.next / MINUTES_A_DAY),
		                 .hour = ends.next % MINUTES_A_DAY / 60,
		                 .minute = ends.next % 60 };
	*ret = zone_next(zone, ms, zone_utc(zone, &next));
	return OK;
}
