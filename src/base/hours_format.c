/* Opening hours written: OpenStreetMap's words, and words for people. */
#include <string.h>

#include "base/buf.h"
#include "base/hours.h"

static const char *const days[] = { "", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH" };
static const char *const months[] = { "",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
	                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* ---- OpenStreetMap ---- */

static void put_month(struct buf *out, int month, int day)
{
	buf_puts(out, months[month]);
	if (day) buf_printf(out, " %02d", day);
}

static void put_seasons(struct buf *out, const struct hours_rule *rule)
{
	for (int i = 0; i < rule->nseasons; i++) {
		const struct hours_season *s = &rule->seasons[i];
		if (i) buf_lit(out, ",");
		put_month(out, s->from_month, s->from_day);
		if (s->from_month == s->to_month && s->from_day == s->to_day) continue;
		buf_lit(out, "-");
		put_month(out, s->to_month, s->to_day);
	}
	if (rule->nseasons) buf_lit(out, " ");
}

/* "Mo-We,Sa,PH" */
static void put_days(struct buf *out, unsigned set)
{
	const char *comma = "";
	for (int day = 1; day <= HOURS_HOLIDAY; day++) {
		if (!(set & 1u << day)) continue;
		int last = day;
		while (last < 7 && (set & 1u << (last + 1))) last++;
		buf_printf(out, "%s%s", comma, days[day]);
		if (last > day) buf_printf(out, "-%s", days[last]);
		comma = ",";
		day = last;
	}
	if (set) buf_lit(out, " ");
}

static void put_rule(struct buf *out, const struct hours_rule *rule)
{
	bool always = rule->nspans == 1 && rule->spans[0].from == 0 && rule->spans[0].to == MINUTES_A_DAY;
	put_seasons(out, rule);
	put_days(out, rule->days);
	if (always && rule->days == 0 && rule->nseasons == 0) buf_lit(out, "24/7");
	else
		for (int i = 0; i < rule->nspans; i++) {
			const struct hours_span *s = &rule->spans[i];
			/* 24:00 ends a day; what is past it is a time of the next one. */
			int to = s->to > MINUTES_A_DAY && s->to - s->from < MINUTES_A_DAY ? s->to - MINUTES_A_DAY
			                                                                  : s->to;
			buf_printf(out, "%s%02d:%02d-%02d:%02d", i ? "," : "", s->from / 60, s->from % 60, to / 60,
			           to % 60);
		}
	if (rule->off) buf_lit(out, "off");
	if (rule->comment) buf_printf(out, "%s\"%s\"", rule->nspans || rule->off ? " " : "", rule->comment);
}

const char *hours_format(struct arena *a, const struct hours *hours)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (int i = 0; i < hours->n; i++) {
		if (i) buf_lit(&out, "; ");
		put_rule(&out, &hours->rules[i]);
	}
	return buf_str(&out);
}

/* ---- For people ---- */

static const char *time_words(struct arena *a, int minute, enum lang lang)
{
	if (minute == MINUTES_A_DAY) return tr(lang, N_("midnight"));
	struct datetime t = { .hour = minute % MINUTES_A_DAY / 60, .minute = minute % 60 };
	return time_format(a, &t, lang);
}

/* Would the comment alone be read as what it is? */
static bool stands_alone(struct arena *a, const char *comment)
{
	struct hours_rule rule;
	return hours_day_parse(a, comment, &rule) && rule.nspans == 0 && rule.comment &&
	       strcmp(rule.comment, comment) == 0;
}

const char *hours_day_format(struct arena *a, const struct hours_rule *rule, enum lang lang)
{
	struct buf out;
	buf_init(&out, a, 0);
	if (rule->off) buf_puts(&out, tr(lang, N_("closed")));
	for (int i = 0; i < rule->nspans; i++)
		buf_printf(&out, "%s%s – %s", i ? ", " : "", time_words(a, rule->spans[i].from, lang),
		           time_words(a, rule->spans[i].to, lang));
	const char *gap = rule->off || rule->nspans ? " " : "";
	if (rule->comment == NULL) return buf_str(&out);
	if (*gap == '\0' && stands_alone(a, rule->comment)) buf_puts(&out, rule->comment);
	else buf_printf(&out, "%s(%s)", gap, rule->comment);
	return buf_str(&out);
}

/* "d’avril à septembre", "du 15 septembre au 30 juin": as date_span_format, without a year. */
static const char *season_words(struct arena *a, const struct hours_season *s, enum lang lang)
{
	const char *from = date_month_name(s->from_month, lang), *to = date_month_name(s->to_month, lang);
	bool french = lang == LANG_FR;
	if (s->from_day == 0 && s->from_month == s->to_month)
		return arena_printf(a, "%s %s", french ? "en" : "in", from);
	if (s->from_day == 0 && !french) return arena_printf(a, "from %s to %s", from, to);
	if (s->from_day == 0)
		return arena_printf(a, "%s%s à %s", *from == 'a' || *from == 'o' ? "d’" : "de ", from, to);
	struct date first = { 2024, s->from_month, s->from_day }, last = { 2024, s->to_month, s->to_day };
	from = date_format(a, first, DATE_DAY_MONTH, lang);
	to = date_format(a, last, DATE_DAY_MONTH, lang);
	if (date_compare(first, last) == 0) return arena_printf(a, "%s %s", french ? "le" : "on", from);
	return arena_printf(a, french ? "du %s au %s" : "from %s to %s", from, to);
}

const char *hours_seasons_format(struct arena *a, const struct hours_rule *rule, enum lang lang)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (int i = 0; i < rule->nseasons; i++)
		buf_printf(&out, "%s%s", i ? ", " : "", season_words(a, &rule->seasons[i], lang));
	return buf_str(&out);
}
