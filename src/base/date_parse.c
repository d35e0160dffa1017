/* Dates and times as people type them. */
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"

enum { TYPED_MAX = 100, MAX_TOKENS = 16 };

/* A run of digits or of letters. */
struct token {
	const char *s;
	int len;
	int number; /* -1 for a word */
};

struct tokens {
	struct buf folded;
	struct token t[MAX_TOKENS];
	int count;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* False if there is something that is in no date. */
static bool tokenize(struct tokens *ts, const char *text)
{
	*ts = (struct tokens){ 0 };
	size_t len = strlen(text);
	if (len > TYPED_MAX) return false;
	text_fold_into(&ts->folded, text, len);
	for (const char *p = buf_str(&ts->folded); *p;) {
		if (strchr(" /.,:", *p)) {
			p++;
			continue;
		}
		if (ts->count == MAX_TOKENS) return false;
		struct token *t = &ts->t[ts->count++];
		*t = (struct token){ .s = p, .number = -1 };
		if (is_digit(*p)) {
			t->number = 0;
			for (; is_digit(*p) && t->len < 9; p++, t->len++) t->number = t->number * 10 + (*p - '0');
			if (is_digit(*p)) return false;
		} else if (*p >= 'a' && *p <= 'z') {
			for (; *p >= 'a' && *p <= 'z'; p++) t->len++;
		} else {
			return false;
		}
	}
	return ts->count > 0;
}

static void tokens_release(struct tokens *ts)
{
	buf_release(&ts->folded);
}

static bool is_word(const struct token *t, const char *words)
{
	if (t->number >= 0) return false;
	for (const char *p = words; *p;) {
		size_t len = strcspn(p, " ");
		if (len == (size_t)t->len && memcmp(p, t->s, len) == 0) return true;
		p += len + (p[len] == ' ');
	}
	return false;
}

/* The number of the name that `t` abbreviates to at least three letters, in either language; 0 if
 * none or more than one ("jui"). */
static int name_index(const struct token *t, const char *(*name)(int i, enum lang lang), int count)
{
	int found = 0;
	if (t->number >= 0 || t->len < 3) return 0;
	for (enum lang lang = LANG_FR; lang < LANG_COUNT; lang++) {
		for (int i = 1; i <= count; i++) {
			struct buf folded = { 0 };
			text_fold_into(&folded, name(i, lang), strlen(name(i, lang)));
			bool same = (size_t)t->len <= folded.len && memcmp(folded.data, t->s, (size_t)t->len) == 0;
			buf_release(&folded);
			if (same && found && found != i) return 0;
			if (same) found = i;
		}
	}
	return found;
}

static enum code bad_form(const char *text, enum date_part *wrong, struct err *err)
{
	if (wrong) *wrong = DATE_FORM;
	FAIL(err, E_INPUT, N_("\"%s\" is not a date; write for example 28/11/2026"), text);
}

/* Names the part that is wrong and says why. */
static enum code check_date(struct date d, int year_len, enum lang lang, enum date_part *wrong, struct err *err)
{
	enum date_part part = DATE_FORM;
	if (wrong == NULL) wrong = &part;
	if (year_len != 4 || d.year < 1) {
		*wrong = DATE_YEAR;
		FAIL(err, E_INPUT, N_("Write the year with four digits, for example 2026"));
	}
	if (d.month < 1 || d.month > 12) {
		*wrong = DATE_MONTH;
		FAIL(err, E_INPUT, N_("There is no month %d: months go from 1 to 12"), d.month);
	}
	if (date_valid(d)) return OK;
	*wrong = DATE_DAY;
	if (d.day < 1 || d.day > 31) FAIL(err, E_INPUT, N_("There is no day %d: days go from 1 to 31"), d.day);
	if (d.month == 2 && d.day == 29)
		FAIL(err, E_INPUT, N_("There is no %d %s %d"), d.day, date_month_name(2, lang), d.year);
	FAIL(err, E_INPUT, N_("There is no %d %s"), d.day, date_month_name(d.month, lang));
}

/* Which token is the month's name: the last one that could be ("mar. 3 mars 2026"); -1 for none. */
static int find_month(const struct tokens *ts)
{
	int found = -1;
	for (int i = 0; i < ts->count && i < 6; i++)
		if (name_index(&ts->t[i], date_month_name, 12)) found = i;
	return found;
}

/* Reads a date from the first tokens; *used says how many. */
static enum code read_date(const struct tokens *ts, const char *text, enum lang lang, struct date *ret, int *used,
                           enum date_part *wrong, struct err *err)
{
	struct token numbers[3];
	int n = 0, month = 0, month_at = 0, i = 0, month_token = find_month(ts);
	int wanted = month_token < 0 ? 3 : 2;
	for (; i < ts->count && n < wanted; i++) {
		const struct token *t = &ts->t[i];
		if (t->number >= 0) {
			numbers[n++] = *t;
		} else if (is_word(t, "er ere st nd rd th") && i > 0 && ts->t[i - 1].number >= 0) {
			continue;
		} else if (i == month_token) {
			month = name_index(t, date_month_name, 12);
			month_at = n;
		} else if (n > 0 || !(is_word(t, "le the on") || name_index(t, date_weekday_name, 7))) {
			return bad_form(text, wrong, err);
		}
	}
	*used = i;
	if (month && n == 1 && month_at <= 1 && numbers[0].len <= 2) { /* a day and a month */
		struct date d = { 2000, month, numbers[0].number };
		TRY(check_date(d, 4, lang, wrong, err));
		return check_date(d, 0, lang, wrong, err);
	}
	if (n != wanted || month_at > 1) return bad_form(text, wrong, err);
	bool year_first = numbers[0].len >= 3;
	struct token day = numbers[year_first ? n - 1 : 0], year = numbers[year_first ? 0 : n - 1];
	struct date d = { year.number, month ? month : numbers[1].number, day.number };
	TRY(check_date(d, year.len, lang, wrong, err));
	*ret = d;
	return OK;
}

enum code date_parse(const char *text, enum lang lang, struct date *ret, enum date_part *wrong, struct err *err)
{
	struct tokens AUTO(tokens_release) ts;
	struct date d = { 0 };
	int used = 0;
	if (!tokenize(&ts, text)) return bad_form(text, wrong, err);
	TRY(read_date(&ts, text, lang, &d, &used, wrong, err));
	if (used < ts.count) return bad_form(text, wrong, err);
	*ret = d;
	return OK;
}

static enum code bad_time(enum date_part part, const char *text, enum date_part *wrong, struct err *err)
{
	if (wrong) *wrong = part;
	if (part == DATE_HOUR) FAIL(err, E_INPUT, N_("Hours go from 0 to 23"));
	if (part == DATE_MINUTE) FAIL(err, E_INPUT, N_("Minutes go from 0 to 59"));
	FAIL(err, E_INPUT, N_("\"%s\" is not a time; write for example 14:30"), text);
}

/* The rest of an hour: minutes, seconds, am or pm. */
static enum code read_time(const struct tokens *ts, int i, const char *text, struct datetime *ret,
                           enum date_part *wrong, struct err *err)
{
	int part[3] = { 0 }, n = 0;
	bool am = false, pm = false, marked = false;
	if (i + 1 == ts->count && is_word(&ts->t[i], "midi noon minuit midnight")) {
		part[0] = is_word(&ts->t[i], "midi noon") ? 12 : 0;
		n = 1;
		marked = true;
		i++;
	}
	for (; i < ts->count; i++) {
		const struct token *t = &ts->t[i];
		if (t->number >= 0 && n < 3 && (t->len == 2 || (n == 0 && t->len == 1)) && !am && !pm) {
			part[n++] = t->number;
			if (i > 0 && t->s[-1] == ':') marked = true;
		} else if (n == 1 && is_word(t, "h heure heures hr hrs")) {
			marked = true;
		} else if (n > 0 && n < 3 && !am && !pm && is_word(t, "am a pm p")) {
			am = is_word(t, "am a");
			pm = !am;
		} else if (!((n == 2 && is_word(t, "min mn minutes")) || (is_word(t, "m") && (am || pm)))) {
			return bad_time(DATE_FORM, text, wrong, err);
		}
	}
	if (n == 0 || !(marked || am || pm || n > 1)) return bad_time(DATE_FORM, text, wrong, err);
	if (am || pm) {
		if (part[0] < 1 || part[0] > 12) return bad_time(DATE_HOUR, text, wrong, err);
		part[0] = part[0] % 12 + (pm ? 12 : 0);
	}
	if (part[0] > 23) return bad_time(DATE_HOUR, text, wrong, err);
	if (part[1] > 59 || part[2] > 59) return bad_time(DATE_MINUTE, text, wrong, err);
	ret->hour = part[0];
	ret->minute = part[1];
	ret->second = part[2];
	return OK;
}

enum code time_parse(const char *text, struct datetime *ret, enum date_part *wrong, struct err *err)
{
	struct tokens AUTO(tokens_release) ts;
	if (!tokenize(&ts, text)) return bad_time(DATE_FORM, text, wrong, err);
	return read_time(&ts, 0, text, ret, wrong, err);
}

enum code datetime_parse(const char *text, enum lang lang, struct datetime *ret, enum date_part *wrong, struct err *err)
{
	struct tokens AUTO(tokens_release) ts;
	struct datetime t = { 0 };
	int used = 0;
	if (!tokenize(&ts, text)) return bad_form(text, wrong, err);
	TRY(read_date(&ts, text, lang, &t.date, &used, wrong, err));
	if (used < ts.count && is_word(&ts.t[used], "t a at")) used++;
	if (used == ts.count) return bad_time(DATE_FORM, text, wrong, err);
	TRY(read_time(&ts, used, text, &t, wrong, err));
	*ret = t;
	return OK;
}
