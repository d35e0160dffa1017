#include "base/repeat.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

static const char *const steps[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
static const char *const weekdays[] = { "", "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

/* ---- Read ---- */

static int word_index(const char *const *words, int n, const char *text, size_t len)
{
	for (int i = 0; i < n; i++)
		if (strlen(words[i]) == len && strncasecmp(words[i], text, len) == 0) return i;
	return -1;
}

/* A whole number between two others, not 0. */
static bool read_number(const char *text, size_t len, int min, int max, int *ret)
{
	char *end;
	if (len == 0 || len > 4) return false;
	long n = strtol(text, &end, 10);
	if (end != text + len || n < min || n > max || n == 0) return false;
	*ret = (int)n;
	return true;
}

/* "20270630", "20270630T215959Z": its day. */
static bool read_until(const char *text, size_t len, struct date *ret)
{
	int parts[3] = { 0 };
	static const int lengths[3] = { 4, 2, 2 };
	if (len != 8 && len != 15 && len != 16) return false;
	const char *s = text;
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < lengths[i]; j++, s++) {
			if (*s < '0' || *s > '9') return false;
			parts[i] = parts[i] * 10 + *s - '0';
		}
	*ret = (struct date){ parts[0], parts[1], parts[2] };
	return date_valid(*ret);
}

static bool take_day(struct repeat *r, const char *text, size_t len)
{
	int day, nth = 0;
	if (len < 2) return false;
	day = word_index(weekdays, COUNT(weekdays), text + len - 2, 2);
	if (day <= 0) return false;
	if (len == 2) {
		r->days |= 1u << day;
		return true;
	}
	if (*text == '+') text++, len--;
	if (!read_number(text, len - 2, -1, 5, &nth) || r->nnths == REPEAT_NTHS) return false;
	r->nths[r->nnths++] = (struct repeat_nth){ nth, day };
	return true;
}

static bool take_month_day(struct repeat *r, const char *text, size_t len)
{
	int day;
	if (!read_number(text, len, -1, 31, &day)) return false;
	r->month_days |= day < 0 ? 1u : 1u << day;
	return true;
}

static bool take_month(struct repeat *r, const char *text, size_t len)
{
	int month;
	if (!read_number(text, len, 1, 12, &month)) return false;
	r->months |= 1u << month;
	return true;
}

static bool take_list(struct repeat *r, const char *text, size_t len,
                      bool (*take)(struct repeat *r, const char *text, size_t len))
{
	for (const char *end = text + len; text <= end;) {
		size_t one = strcspn(text, ",;");
		if (!take(r, text, MIN(one, (size_t)(end - text)))) return false;
		text += one + 1;
	}
	return true;
}

/* One part of a rule; false: it is not of those that words can say. */
static bool take_part(struct repeat *r, const char *name, size_t len, const char *value, size_t n)
{
	static const char *const names[] = { "FREQ",  "INTERVAL",   "COUNT",   "UNTIL",
		                             "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST" };
	int step;
	switch (word_index(names, COUNT(names), name, len)) {
	case 0:
		step = word_index(steps, COUNT(steps), value, n);
		if (step >= 0) r->step = (enum repeat_step)step;
		return step >= 0;
	case 1: return read_number(value, n, 1, REPEAT_EVERY_MAX, &r->every);
	case 2: return read_number(value, n, 1, REPEAT_COUNT_MAX, &r->count);
	case 3: return read_until(value, n, &r->until);
	case 4: return take_list(r, value, n, take_day);
	case 5: return take_list(r, value, n, take_month_day);
	case 6: return take_list(r, value, n, take_month);
	case 7: return n == 2 && strncasecmp(value, "MO", 2) == 0;
	default: return false;
	}
}

static bool one_bit(unsigned bits)
{
	return bits != 0 && (bits & (bits - 1)) == 0;
}

/* Is it one of the rules that words say? */
static bool is_plain(const struct repeat *r)
{
	bool in_month = r->nnths > 0 || r->month_days != 0;
	if (r->count && r->until.year) return false;
	switch (r->step) {
	case REPEAT_DAYS: return !in_month && r->days == 0;
	case REPEAT_WEEKS: return !in_month;
	case REPEAT_MONTHS: return r->days == 0 && (r->nnths == 0 || r->month_days == 0);
	default:
		if (!in_month) return r->days == 0 && r->months == 0;
		return r->days == 0 && (r->nnths == 1) != one_bit(r->month_days) && r->nnths <= 1 && one_bit(r->months);
	}
}

void repeat_settle(struct repeat *r, struct date start)
{
	bool in_month = r->nnths > 0 || r->month_days != 0;
	if (r->other) return;
	if (r->step == REPEAT_WEEKS && r->days == 0) r->days = 1u << date_weekday(start);
	if (r->step >= REPEAT_MONTHS && !in_month) r->month_days = 1u << start.day;
	if (r->step == REPEAT_YEARS && r->months == 0) r->months = 1u << start.month;
}

static bool read_plain(const char *text, struct repeat *ret)
{
	struct repeat r = { .every = 1, .step = REPEAT_YEARS };
	unsigned seen = 0;
	while (*text) {
		size_t len = strcspn(text, ";"), name = strcspn(text, "=");
		if (name >= len) return false;
		if (!take_part(&r, text, name, text + name + 1, len - name - 1)) return false;
		if (strncasecmp(text, "FREQ", 4) == 0) seen = 1;
		text += len + (text[len] == ';');
	}
	if (!seen || !is_plain(&r)) return false;
	*ret = r;
	return true;
}

/* Characters of a rule only, so that nothing of it may end its line in a file. */
static bool is_rule_text(const char *text)
{
	return *text && strlen(text) <= REPEAT_TEXT &&
	       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789=;,+-") == strlen(text);
}

/* What a rule of elsewhere says of its end, of the words' parts. */
static void read_end(const char *text, struct repeat *r)
{
	while (*text) {
		size_t len = strcspn(text, ";");
		if (strncasecmp(text, "COUNT=", 6) == 0) (void)read_number(text + 6, len - 6, 1, 9999, &r->count);
		if (strncasecmp(text, "UNTIL=", 6) == 0) (void)read_until(text + 6, len - 6, &r->until);
		text += len + (text[len] == ';');
	}
}

enum code repeat_parse(struct arena *a, const char *text, struct repeat *ret, struct err *err)
{
	struct repeat r = { .every = 1 };
	if (!is_rule_text(text)) FAIL(err, E_INPUT, N_("“%s” is not a rule of repetition."), text);
	if (read_plain(text, ret)) return OK;
	if (!repeat_makes_sense(text, &r.step))
		FAIL(err, E_INPUT, N_("“%s” is not a rule of repetition by days, weeks, months or years."), text);
	read_end(text, &r);
	r.other = arena_strdup(a, text);
	*ret = r;
	return OK;
}

/* ---- Written ---- */

static void put_bits(struct buf *out, const char *name, unsigned bits, int last)
{
	const char *between = name;
	for (int i = 1; i <= last; i++) {
		if ((bits & 1u << i) == 0) continue;
		buf_printf(out, "%s%d", between, i);
		between = ",";
	}
	if (bits & 1u) buf_printf(out, "%s-1", between);
}

const char *repeat_format(struct arena *a, const struct repeat *r)
{
	struct buf out;
	const char *between = ";BYDAY=";
	if (r->other) return r->other;
	buf_init(&out, a, 0);
	buf_printf(&out, "FREQ=%s", steps[r->step]);
	if (r->every > 1) buf_printf(&out, ";INTERVAL=%d", r->every);
	put_bits(&out, ";BYMONTH=", r->months, 12);
	put_bits(&out, ";BYMONTHDAY=", r->month_days, 31);
	for (int day = 1; day <= 7; day++) {
		if ((r->days & 1u << day) == 0) continue;
		buf_printf(&out, "%s%s", between, weekdays[day]);
		between = ",";
	}
	for (int i = 0; i < r->nnths; i++) {
		buf_printf(&out, "%s%d%s", between, r->nths[i].nth, weekdays[r->nths[i].weekday]);
		between = ",";
	}
	if (r->count) buf_printf(&out, ";COUNT=%d", r->count);
	if (r->until.year) buf_printf(&out, ";UNTIL=%04d%02d%02d", r->until.year, r->until.month, r->until.day);
	return buf_str(&out);
}

/* ---- Counted ---- */

struct counting {
	struct arena a;
	struct repeat_walk *walk;
	struct date start, next;
	bool more;   /* next is one */
	bool before; /* start itself, which the rule may not fit, is still to come */
};

static void step_on(struct counting *c)
{
	c->more = c->walk && repeat_walk_next(c->walk, &c->next);
}

static void count_begin(struct counting *c, const struct repeat *repeat, struct date start, struct date from)
{
	*c = (struct counting){ .start = start, .before = true };
	arena_init(&c->a);
	c->walk = repeat_walk_begin(&c->a, repeat_format(&c->a, repeat), start, from);
	step_on(c);
}

static bool count_next(struct counting *c, struct date *ret)
{
	if (c->before) {
		c->before = false;
		*ret = c->start;
		if (c->more && date_compare(c->next, c->start) == 0) step_on(c);
		return true;
	}
	if (!c->more) return false;
	*ret = c->next;
	step_on(c);
	return true;
}

static void count_end(struct counting *c)
{
	arena_release(&c->a);
}

int repeat_days(const struct repeat *repeat, struct date start, struct date from, struct date to, int max,
                struct date *ret)
{
	struct counting c;
	struct date day;
	int n = 0;
	count_begin(&c, repeat, start, from);
	while (n < max && count_next(&c, &day) && date_compare(day, to) <= 0)
		if (date_compare(day, from) >= 0) ret[n++] = day;
	count_end(&c);
	return n;
}

bool repeat_first(const struct repeat *repeat, struct date start, struct date *ret)
{
	struct counting c;
	count_begin(&c, repeat, start, start);
	bool found = c.more;
	if (found) *ret = c.next;
	count_end(&c);
	return found;
}

bool repeat_last(const struct repeat *repeat, struct date start, struct date *ret)
{
	struct counting c;
	struct date day;
	if (repeat->until.year) {
		*ret = repeat->until;
		return true;
	}
	if (repeat->count == 0) return false;
	count_begin(&c, repeat, start, start);
	while (count_next(&c, &day)) *ret = day;
	count_end(&c);
	return true;
}
