/* Opening hours read: OpenStreetMap's words, and one day's times as people type them. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/hours.h"
#include "base/macros.h"
#include "base/text.h"

static const char *const days[] = { "", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH" };
static const char *const months[] = { "",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
	                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

struct reader {
	struct arena *a;
	const char *s;
};

static void skip(struct reader *r)
{
	r->s += strspn(r->s, " \t");
}

static bool take(struct reader *r, const char *sign)
{
	skip(r);
	size_t len = strlen(sign);
	if (strncmp(r->s, sign, len) != 0) return false;
	r->s += len;
	return true;
}

/* One of the words of a table, from 1, not followed by another letter; 0: none is there. */
static int take_word(struct reader *r, const char *const *words, size_t n)
{
	skip(r);
	for (size_t i = 1; i < n; i++) {
		size_t len = strlen(words[i]);
		if (strncasecmp(r->s, words[i], len) != 0 || isalpha((unsigned char)r->s[len])) continue;
		r->s += len;
		return (int)i;
	}
	return 0;
}

/* A number of at most two digits; -1: none is there. */
static int take_number(struct reader *r)
{
	skip(r);
	size_t len = strspn(r->s, "0123456789");
	if (len == 0 || len > 2) return -1;
	int number = 0;
	while (len--) number = number * 10 + (*r->s++ - '0');
	return number;
}

/* What stands there, cut for a message. */
static const char *what(const struct reader *r)
{
	size_t len = strcspn(r->s, ";");
	return len ? text_cut(r->a, arena_strndup(r->a, r->s, len), 40) : ";";
}

/* "09:00"; to 48:00 at the end of a span (a night). */
static bool take_time(struct reader *r, int *ret)
{
	int hour = take_number(r);
	if (hour < 0 || *r->s != ':') return false;
	r->s++;
	int minute = strspn(r->s, "0123456789") == 2 ? take_number(r) : -1;
	if (minute < 0 || minute > 59 || hour > 48) return false;
	*ret = hour * 60 + minute;
	return true;
}

/* To the next day when the end is not after the beginning: "22:00-02:00". */
static bool settle_span(struct hours_span *span)
{
	if (span->from >= MINUTES_A_DAY) return false;
	if (span->to <= span->from) span->to += MINUTES_A_DAY;
	return span->to - span->from <= MINUTES_A_DAY && span->to <= 2 * MINUTES_A_DAY;
}

static enum code read_spans(struct reader *r, struct hours_rule *rule, struct err *err)
{
	skip(r);
	while (isdigit((unsigned char)*r->s)) {
		struct reader from = *r;
		struct hours_span span;
		if (!take_time(r, &span.from) || !take(r, "-") || !take_time(r, &span.to) || !settle_span(&span))
			FAIL(err, E_INPUT, N_("“%s” is not a time from one hour to another. Example: 09:00-12:00"),
			     what(&from));
		if (rule->nspans == HOURS_SPANS) FAIL(err, E_LIMIT, N_("At most %d times in one day."), HOURS_SPANS);
		rule->spans[rule->nspans++] = span;
		if (!take(r, ",")) break;
		skip(r);
		if (!isdigit((unsigned char)*r->s))
			FAIL(err, E_INPUT, N_("“%s” is not a time from one hour to another. Example: 09:00-12:00"),
			     what(r));
	}
	return OK;
}

static enum code read_days(struct reader *r, struct hours_rule *rule, struct err *err)
{
	const unsigned week = 0xFE;
	int day;
	while ((day = take_word(r, days, COUNT(days))) != 0) {
		int last = day;
		if (take(r, "-")) {
			struct reader at = *r;
			last = take_word(r, days, COUNT(days) - 1);
			if (last == 0 || day == HOURS_HOLIDAY)
				FAIL(err, E_INPUT, N_("“%s” is not a day: Mo, Tu, We, Th, Fr, Sa, Su."), what(&at));
		}
		for (int i = day;; i = i == 7 ? 1 : i + 1) {
			rule->days |= 1u << i;
			if (i == last) break;
		}
		if (!take(r, ",")) break;
		struct reader at = *r;
		if (take_word(&at, days, COUNT(days)) == 0)
			FAIL(err, E_INPUT, N_("“%s” is not a day: Mo, Tu, We, Th, Fr, Sa, Su."), what(r));
	}
	if ((rule->days & week) == week) rule->days = 0; /* every day, holidays as well */
	return OK;
}

/* A month, or a day of one: false when the day is not in it. A time that follows ("Dec 10:00") is no day. */
static bool take_month_day(struct reader *r, int month, int *day)
{
	struct reader at = *r;
	int number = take_number(&at);
	*day = 0;
	if (number < 0 || *at.s == ':') return true;
	*r = at;
	*day = number;
	return number >= 1 && number <= date_month_days(2024, month); /* a leap year */
}

static enum code read_seasons(struct reader *r, struct hours_rule *rule, struct err *err)
{
	for (;;) {
		struct reader at = *r;
		struct hours_season season = { .from_month = take_word(r, months, COUNT(months)) };
		if (season.from_month == 0) return OK;
		bool good = take_month_day(r, season.from_month, &season.from_day);
		season.to_month = season.from_month;
		season.to_day = season.from_day;
		if (good && take(r, "-")) {
			struct reader end = *r;
			int month = take_word(r, months, COUNT(months));
			if (month) season.to_month = month;
			else good = season.from_day != 0; /* "Dec 24-26" */
			good = good && take_month_day(r, season.to_month, &season.to_day) &&
			       (season.from_day == 0) == (season.to_day == 0);
			if (!good) *r = end;
		}
		if (!good) FAIL(err, E_INPUT, N_("“%s” is not a season. Examples: Apr-Sep, Dec 24-Jan 2"), what(&at));
		if (rule->nseasons == HOURS_SEASONS)
			FAIL(err, E_LIMIT, N_("At most %d seasons in one rule."), HOURS_SEASONS);
		rule->seasons[rule->nseasons++] = season;
		if (!take(r, ",")) break;
	}
	take(r, ":");
	return OK;
}

static enum code read_comment(struct reader *r, struct hours_rule *rule, struct err *err)
{
	if (!take(r, "\"")) return OK;
	size_t len = strcspn(r->s, "\"");
	if (r->s[len] != '"' || len > HOURS_COMMENT)
		FAIL(err, E_INPUT, N_("A comment stands between two quotes and has at most %d characters."),
		     HOURS_COMMENT);
	const char *comment = text_trim(r->a, arena_strndup(r->a, r->s, len));
	if (*comment) rule->comment = comment;
	r->s += len + 1;
	return OK;
}

static enum code read_rule(struct reader *r, struct hours_rule *rule, struct err *err)
{
	static const char *const off[] = { "", "off", "closed" };
	struct reader start = *r;
	*rule = (struct hours_rule){ .nspans = 0 };
	TRY(read_seasons(r, rule, err));
	TRY(read_days(r, rule, err));
	if (take(r, "24/7") || take(r, "24/24")) {
		rule->spans[rule->nspans++] = (struct hours_span){ 0, MINUTES_A_DAY };
	} else {
		TRY(read_spans(r, rule, err));
		rule->off = rule->nspans == 0 && take_word(r, off, COUNT(off)) != 0;
	}
	TRY(read_comment(r, rule, err));
	skip(r);
	if (*r->s != '\0' && *r->s != ';') FAIL(err, E_INPUT, N_("“%s” cannot be read as opening hours."), what(r));
	if (rule->nspans == 0 && !rule->off && rule->comment == NULL)
		FAIL(err, E_INPUT, N_("“%s” says no hours: times, off, or a comment between quotes."), what(&start));
	return OK;
}

enum code hours_parse(struct arena *a, const char *text, struct hours *ret, struct err *err)
{
	struct hours *hours = arena_new(a, struct hours);
	struct reader r = { a, text };
	if (strlen(text) > HOURS_TEXT)
		FAIL(err, E_LIMIT, N_("This text is too long: %d characters at most."), HOURS_TEXT);
	for (;;) {
		skip(&r);
		if (*r.s == '\0') break;
		if (take(&r, ";")) continue;
		if (hours->n == HOURS_RULES) FAIL(err, E_LIMIT, N_("At most %d rules of opening hours."), HOURS_RULES);
		TRY(read_rule(&r, &hours->rules[hours->n++], err));
	}
	if (hours->n == 0) FAIL(err, E_INPUT, N_("There are no opening hours here."));
	*ret = *hours;
	return OK;
}

/* ---- One day, as typed ---- */

enum { DAY_TEXT = 200 };

/* "9h", "14:30", "24 h", "minuit" → minutes. */
static bool typed_time(struct arena *a, const char *text, int *ret)
{
	struct datetime t = { .hour = 0 };
	const char *clean = text_trim(a, text);
	if (strspn(clean, "24") == 2 && strncmp(clean, "24", 2) == 0 &&
	    strspn(clean + 2, " :h0") == strlen(clean + 2)) {
		*ret = MINUTES_A_DAY;
		return true;
	}
	if (time_parse(clean, &t, NULL, NULL) != OK || t.second) return false;
	*ret = t.hour * 60 + t.minute;
	return true;
}

static bool typed_span(struct arena *a, const char *text, size_t len, struct hours_rule *rule)
{
	struct hours_span span;
	char *from = arena_strndup(a, text, len);
	char *dash = strchr(from, '-');
	if (dash == NULL || rule->nspans == HOURS_SPANS) return false;
	*dash = '\0';
	if (!typed_time(a, from, &span.from) || !typed_time(a, dash + 1, &span.to) || !settle_span(&span)) return false;
	rule->spans[rule->nspans++] = span;
	return true;
}

/* What people write for - and for , between hours. */
static const struct {
	const char *from, *to;
} signs[] = {
	{ "–", "-" },     { "—", "-" },      { " à ", "-" }, { " a ", "-" }, { " to ", "-" }, { " et ", "," },
	{ " and ", "," }, { " puis ", "," }, { ";", "," },   { "/", "," },   { " de ", " " }, { " from ", " " },
};

static const char *simplify(struct arena *a, const char *text)
{
	struct buf out;
	buf_init(&out, a, 0);
	while (*text) {
		size_t i = 0, len = 1;
		while (i < COUNT(signs) && strncasecmp(text, signs[i].from, strlen(signs[i].from)) != 0) i++;
		if (i == COUNT(signs)) {
			buf_putc(&out, *text);
		} else {
			buf_puts(&out, signs[i].to);
			len = strlen(signs[i].from);
			len -= text[len - 1] == ' '; /* which may begin the next one */
		}
		text += len;
	}
	return buf_str(&out);
}

static bool typed_spans(struct arena *a, const char *text, struct hours_rule *rule)
{
	const char *s = simplify(a, arena_printf(a, " %s ", text));
	for (;; s++) {
		size_t len = strcspn(s, ",");
		if (!typed_span(a, s, len, rule)) return false;
		s += len;
		if (*s == '\0') return true;
	}
}

/* No quote nor semicolon, which OpenStreetMap's way of writing needs for itself. */
static bool take_comment(struct arena *a, const char *text, struct hours_rule *rule)
{
	const char *comment = text_trim(a, text);
	if (*comment == '\0' || strlen(comment) > HOURS_COMMENT || strpbrk(comment, "\"\n")) return false;
	rule->comment = comment;
	return true;
}

bool hours_day_parse(struct arena *a, const char *text, struct hours_rule *ret)
{
	static const char *const closed[] = { "ferme", "fermee", "closed", "off" };
	struct hours_rule rule = { .nspans = 0 };
	if (strlen(text) > DAY_TEXT) return false;
	const char *bracket = strchr(text, '('), *hours = text;
	if (bracket) {
		const char *end = strrchr(bracket, ')');
		if (end == NULL || *text_trim(a, end + 1) != '\0') return false;
		if (!take_comment(a, arena_strndup(a, bracket + 1, (size_t)(end - bracket - 1)), &rule)) return false;
		hours = arena_strndup(a, text, (size_t)(bracket - text));
	}
	hours = text_trim(a, hours);
	const char *folded = text_fold(a, hours);
	for (size_t i = 0; i < COUNT(closed); i++) rule.off |= strcmp(folded, closed[i]) == 0;
	if (!rule.off && *folded && !typed_spans(a, hours, &rule)) {
		/* Words only: they are what is said of the day. */
		if (bracket || strpbrk(folded, "0123456789") || !take_comment(a, hours, &rule)) return false;
		rule.nspans = 0;
	}
	if (!rule.off && rule.nspans == 0 && rule.comment == NULL) return false;
	ret->off = rule.off;
	ret->comment = rule.comment;
	ret->nspans = rule.nspans;
	memcpy(ret->spans, rule.spans, sizeof(rule.spans));
	return true;
}
