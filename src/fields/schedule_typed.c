/* What people type about what comes back, and how it is put back into the controls. */
#include <string.h>

#include "base/text.h"
#include "fields/date.h"
#include "fields/schedule.h"
#include "fields/value.h"

const struct schedule_choice schedule_choices[] = {
	{ "none", N_("No, it takes place once") },
	{ "day", N_("Every day") },
	{ "week", N_("Every week, on that day") },
	{ "fortnight", N_("Every other week, on that day") },
	{ "nth", N_("Every month, on that day of the week (such as the 2nd Tuesday)") },
	{ "last", N_("Every month, on the last such day of the week") },
	{ "month", N_("Every month, on that date") },
	{ "year", N_("Every year, on that date") },
	{ "words", N_("Otherwise: in the words below") },
	{ NULL, NULL },
};

/* ---- Typed → schedule ---- */

bool schedule_typed_read(const struct field *field, const struct field_post *post, struct issues *issues,
                         struct schedule_typed *ret)
{
	struct arena *a = issues->arena;
	const char *time = value_posted(field, post, ".to.time", TEXT_LINE, issues), *was;
	bool day = value_posted(field, post, ".to.day", TEXT_LINE, issues) ||
	           value_posted(field, post, ".to.month", TEXT_LINE, issues) ||
	           value_posted(field, post, ".to.year", TEXT_LINE, issues);
	struct schedule_typed typed = { .from = date_boxes_read(field, post, ".from", issues) };
	/* An hour alone is of the same day. */
	if (time && !day && typed.from && strlen(typed.from) >= DATE_ISO_SIZE - 1) {
		struct datetime t = { .hour = 0 };
		struct err err;
		typed.to = arena_printf(a, "%.10s %s", typed.from, time);
		if (time_parse(time, &t, NULL, &err) == OK)
			typed.to = arena_printf(a, "%.10sT%02d:%02d", typed.from, t.hour, t.minute);
		else issues_add_err(issues, field->key, &err);
	} else {
		typed.to = date_boxes_read(field, post, ".to", issues);
	}
	typed.repeat = value_posted(field, post, ".repeat", TEXT_LINE, issues);
	typed.words = value_posted(field, post, ".words", TEXT_LINE, issues);
	typed.until = value_posted(field, post, ".until", TEXT_LINE, issues);
	typed.except = value_posted(field, post, ".except", TEXT_LINE, issues);
	typed.also = value_posted(field, post, ".also", TEXT_LINE, issues);
	typed.moved = value_posted(field, post, ".moved", TEXT_BLOCK, issues);
	was = value_posted(field, post, ".was", TEXT_LINE, issues);
	/* Words typed beside “no” are meant, unless they stood there already. */
	bool none = typed.repeat == NULL || strcmp(typed.repeat, "none") == 0;
	if (none && typed.words && (was == NULL || strcmp(was, "words") != 0)) typed.repeat = "words";
	if (typed.repeat == NULL) typed.repeat = "none";
	*ret = typed;
	return typed.from || typed.to || typed.words || typed.until || typed.except || typed.also || typed.moved;
}

/* The sentence that a choice stands for, for what begins that day. */
static const char *choice_words(struct arena *a, const struct schedule_typed *typed, struct date start)
{
	struct repeat r = { .every = 1, .step = REPEAT_MONTHS, .nnths = 1 };
	bool last = strcmp(typed->repeat, "last") == 0;
	static const char *const plain[][2] = {
		{ "day", "daily" },     { "week", "weekly" }, { "fortnight", "every 2 weeks" },
		{ "month", "monthly" }, { "year", "yearly" },
	};
	for (size_t i = 0; i < COUNT(plain); i++)
		if (strcmp(plain[i][0], typed->repeat) == 0) return plain[i][1];
	if (!last && strcmp(typed->repeat, "nth") != 0) return typed->words ? typed->words : "";
	r.nths[0] = (struct repeat_nth){ last ? -1 : (start.day - 1) / 7 + 1, date_weekday(start) };
	return repeat_words(a, &r, LANG_EN);
}

static bool says_times(struct arena *a, const char *text)
{
	const char *folded = text_fold(a, text);
	return strstr(folded, "fois") || strstr(folded, "time") || strstr(folded, "seance") || strstr(folded, "once");
}

static void parse_rule(const struct field *field, const struct schedule_typed *typed, enum lang lang,
                       struct issues *issues, struct schedule *s)
{
	struct arena *a = issues->arena;
	struct repeat_except except = { arena_array(a, struct date, SCHEDULE_DAYS), 0, SCHEDULE_DAYS };
	struct date start = s->span.from.date, first;
	struct err err;
	const char *words = choice_words(a, typed, start);
	if (*words == '\0') {
		issues_add(issues, field->key,
		           N_("Say how it comes back, in your own words: every 2nd Tuesday of the month"));
		return;
	}
	if (typed->until)
		words = arena_printf(a, "%s %s %s", words, says_times(a, typed->until) ? "" : "until", typed->until);
	if (typed->except) words = arena_printf(a, "%s except %s", words, typed->except);
	if (repeat_read(a, words, start, &s->repeat, &except, &err) != OK) {
		issues_add_err(issues, field->key, &err);
		return;
	}
	s->repeats = true;
	s->except = except.days;
	s->nexcept = except.n;
	if (!repeat_first(&s->repeat, start, &first))
		issues_add(issues, field->key, N_("No day fits this repetition: check its end."));
	else if (date_compare(first, start) != 0)
		issues_add(
		        issues, field->key,
		        N_("%s is not one of the days that come back (%s). The first one is %s: mend the beginning or the repetition."),
		        date_format(a, start, DATE_FULL, lang), repeat_words_open(a, &s->repeat, lang),
		        date_format(a, first, DATE_FULL, lang));
}

/* "3/1/2027, 14/7/2027" */
static void parse_days(const struct field *field, const char *text, enum lang lang, struct issues *issues,
                       struct date **ret, int *n)
{
	struct err err;
	*ret = arena_array(issues->arena, struct date, SCHEDULE_DAYS);
	while (*text) {
		size_t len = strcspn(text, ",;\n");
		const char *one = text_trim(issues->arena, arena_strndup(issues->arena, text, len));
		if (*one && *n == SCHEDULE_DAYS) issues_add(issues, field->key, N_("At most %d days."), SCHEDULE_DAYS);
		else if (*one && date_parse(one, lang, &(*ret)[*n], NULL, &err) != OK)
			issues_add_err(issues, field->key, &err);
		else if (*one) (*n)++;
		text += len + (text[len] != '\0');
		if (issues->count > 10) return;
	}
}

/* `day`: of an hour alone; NULL: there is none. */
static bool parse_moment(const char *text, bool timed, enum lang lang, const struct date *day, struct datetime *ret)
{
	struct err ignored;
	*ret = (struct datetime){ .hour = 0 };
	if (!timed) return date_parse(text, lang, &ret->date, NULL, &ignored) == OK;
	if (datetime_parse(text, lang, ret, NULL, &ignored) == OK) return true;
	if (day == NULL || time_parse(text, ret, NULL, &ignored) != OK) return false;
	ret->date = *day;
	return true;
}

/* "10/3/2027", "10/3/2027 18 h 30", as long as the others; "10/3/2027 18 h 30 – 21 h", "10/3/2027 – 12/3/2027" with its
 * own end. */
static bool parse_moved_to(struct arena *a, const struct schedule *s, const char *text, enum lang lang,
                           struct span *ret)
{
	static const char *const signs[] = { " – ", " - ", " — ", " à ", " to ", " au ", "–" };
	struct err ignored;
	struct datetime from, to;
	if (date_parse(text, lang, &from.date, NULL, &ignored) == OK) {
		*ret = span_on(&s->span, from.date);
		return true;
	}
	if (s->span.timed && datetime_parse(text, lang, &from, NULL, &ignored) == OK) {
		*ret = span_from(&s->span, &from);
		return true;
	}
	for (size_t i = 0; i < COUNT(signs); i++) {
		const char *at = strstr(text, signs[i]);
		if (at == NULL) continue;
		const char *begin = text_trim(a, arena_strndup(a, text, (size_t)(at - text)));
		const char *end = text_trim(a, at + strlen(signs[i]));
		if (!parse_moment(begin, s->span.timed, lang, NULL, &from)) continue;
		if (!parse_moment(end, s->span.timed, lang, &from.date, &to)) continue;
		*ret = (struct span){ from, to, s->span.timed, true };
		return datetime_compare(&from, &to) < 0;
	}
	return false;
}

static bool parse_move(struct arena *a, const struct schedule *s, const char *line, enum lang lang,
                       struct schedule_move *ret)
{
	static const char *const signs[] = { "=", "→", "->" };
	struct err ignored;
	const char *at = NULL;
	size_t skip = 0;
	for (size_t i = 0; i < COUNT(signs) && at == NULL; i++) {
		at = strstr(line, signs[i]);
		skip = strlen(signs[i]) + (i == 0 && at && at[1] == '>');
	}
	if (at == NULL) return false;
	const char *day = text_trim(a, arena_strndup(a, line, (size_t)(at - line))), *then = text_trim(a, at + skip);
	if (date_parse(day, lang, &ret->day, NULL, &ignored) != OK) return false;
	return parse_moved_to(a, s, then, lang, &ret->span);
}

static void parse_moves(const struct field *field, const char *text, enum lang lang, struct issues *issues,
                        struct schedule *s)
{
	struct arena *a = issues->arena;
	s->moved = arena_array(a, struct schedule_move, SCHEDULE_DAYS);
	while (*text) {
		size_t len = strcspn(text, "\n;");
		const char *line = text_trim(a, arena_strndup(a, text, len));
		if (*line && s->nmoved == SCHEDULE_DAYS) {
			issues_add(issues, field->key, N_("At most %d days."), SCHEDULE_DAYS);
			return;
		}
		if (*line && !parse_move(a, s, line, lang, &s->moved[s->nmoved++]))
			issues_add(issues, field->key,
			           N_("“%s” is not a day that was moved. Example: 9/3/2027 = 10/3/2027 6:30 pm"), line);
		text += len + (text[len] != '\0');
	}
}

bool schedule_typed_parse(const struct field *field, const struct schedule_typed *typed, enum lang lang,
                          struct issues *issues, struct schedule *ret)
{
	struct schedule s = { .repeats = false };
	int before = issues->count;
	if (typed->from == NULL) {
		issues_add(issues, field->key, N_("Say when it begins: the day, and the hour if there is one."));
		return false;
	}
	if (!span_read(typed->from, typed->to, &s.span)) {
		issues_add(issues, field->key,
		           N_("The end comes before the beginning, or only one of them has an hour: check both."));
		return false;
	}
	if (strcmp(typed->repeat, "none") != 0) parse_rule(field, typed, lang, issues, &s);
	if (typed->also) parse_days(field, typed->also, lang, issues, &s.also, &s.nalso);
	if (typed->moved) parse_moves(field, typed->moved, lang, issues, &s);
	*ret = s;
	return issues->count == before;
}

/* ---- Schedule → typed ---- */

static const char *days_list(struct arena *a, const struct date *days, int n, const char *first, enum lang lang)
{
	struct buf out;
	buf_init(&out, a, 0);
	buf_puts(&out, first);
	for (int i = 0; i < n; i++)
		buf_printf(&out, "%s%s", out.len ? ", " : "", date_format(a, days[i], DATE_NUMERIC, lang));
	return buf_str(&out);
}

/* Which choice says the same, for what begins that day. */
static const char *choice_of(struct arena *a, const struct repeat *repeat, struct date start)
{
	struct repeat open = *repeat, r;
	struct err ignored;
	open.count = 0;
	open.until = (struct date){ 0 };
	if (open.other) return "words";
	const char *wanted = repeat_format(a, &open);
	for (int i = 1; schedule_choices[i].key; i++) {
		const struct schedule_typed typed = { .repeat = schedule_choices[i].key };
		const char *words = choice_words(a, &typed, start);
		if (*words && repeat_read(a, words, start, &r, NULL, &ignored) == OK &&
		    strcmp(repeat_format(a, &r), wanted) == 0)
			return schedule_choices[i].key;
	}
	return "words";
}

static const char *moment_words(struct arena *a, const struct span *span, enum lang lang)
{
	const char *day = date_format(a, span->from.date, DATE_NUMERIC, lang);
	return span->timed ? arena_printf(a, "%s %s", day, time_format(a, &span->from, lang)) : day;
}

/* With its end, where that is not as for the others. */
static const char *moved_words(struct arena *a, const struct schedule *s, const struct span *span, enum lang lang)
{
	const char *from = moment_words(a, span, lang);
	struct span usual = span_from(&s->span, &span->from), end = { .from = span->to, .timed = span->timed };
	bool day = date_compare(span->from.date, span->to.date) == 0;
	if (!span->ends || datetime_compare(&usual.to, &span->to) == 0) return from;
	return arena_printf(a, "%s – %s", from,
	                    day && span->timed ? time_format(a, &span->to, lang) : moment_words(a, &end, lang));
}

static const char *moment_iso(struct arena *a, const struct datetime *t, bool timed)
{
	char iso[DATETIME_ISO_SIZE];
	return arena_strdup(a, timed ? datetime_iso(t, iso) : date_iso(t->date, iso));
}

static void fill_rule(struct arena *a, const struct schedule *s, enum lang lang, struct schedule_typed *typed)
{
	enum { ALL = 0x1FFE };
	struct repeat plain = s->repeat;
	const char *except = "";
	bool most = plain.other == NULL && plain.step != REPEAT_YEARS && plain.months != 0 &&
	            __builtin_popcount(plain.months) > 6;
	if (most) {
		except = repeat_months_words(a, ~plain.months & ALL, lang);
		plain.months = 0;
	}
	typed->repeat = choice_of(a, &plain, s->span.from.date);
	if (strcmp(typed->repeat, "words") == 0)
		typed->words = plain.other ? plain.other : repeat_words_open(a, &plain, lang);
	if (plain.other == NULL && plain.until.year) typed->until = date_format(a, plain.until, DATE_LONG, lang);
	if (plain.other == NULL && plain.count) typed->until = arena_printf(a, tr(lang, N_("%d times")), plain.count);
	typed->except = days_list(a, s->except, s->nexcept, except, lang);
}

struct schedule_typed schedule_typed_of(struct arena *a, const struct schedule *s, enum lang lang)
{
	struct schedule_typed typed = { .repeat = "none", .words = "", .until = "", .except = "", .moved = "" };
	struct buf moved;
	typed.from = moment_iso(a, &s->span.from, s->span.timed);
	typed.to = s->span.ends ? moment_iso(a, &s->span.to, s->span.timed) : "";
	if (s->repeats) fill_rule(a, s, lang, &typed);
	typed.also = days_list(a, s->also, s->nalso, "", lang);
	buf_init(&moved, a, 0);
	for (int i = 0; i < s->nmoved; i++)
		buf_printf(&moved, "%s%s = %s", i ? "\n" : "", date_format(a, s->moved[i].day, DATE_NUMERIC, lang),
		           moved_words(a, s, &s->moved[i].span, lang));
	typed.moved = buf_str(&moved);
	return typed;
}
