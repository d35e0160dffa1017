/* Sentences that say how something comes back, in French or in English: word by word, each saying what it is. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/repeat.h"
#include "base/text.h"

enum { WORDS = 100, LONGEST = 24 };

/* What the words that follow are about. */
enum mode { SAYS, EXCEPTS, UNTIL };

enum sort {
	NOTHING, /* a word that joins others */
	UNIT,    /* value: a step; 10 more: it says by itself that each is meant ("mensuel") */
	DAYS,    /* value: bits of weekdays */
	NTH,     /* value: as nths' */
	EVERY,   /* value: so many units */
	TIMES,
	TO, /* a range */
	EXCEPT,
	END, /* until */
	ON,  /* "un mardi sur deux" */
	NUMBER,
	MONTH,
	DATE, /* 28/11/2026 */
};

struct word {
	enum sort sort;
	int value;
	struct date date;
	const char *text;
};

struct reading {
	struct arena *a;
	struct word words[WORDS];
	int n, at;
	struct date start;
	struct repeat r;
	struct repeat_except *except;
	enum mode mode;
	unsigned excepted;            /* months */
	int nths[REPEAT_NTHS], nnths; /* that wait for their weekday */
	int number;                   /* that waits for its unit or its month; 0: none */
	bool stepped;                 /* a unit was said */
	const char *bad;
};

static const struct known {
	const char *word;
	enum sort sort;
	int value;
} known[] = {
	{ "tous", NOTHING, 0 },
	{ "toutes", NOTHING, 0 },
	{ "tout", NOTHING, 0 },
	{ "les", NOTHING, 0 },
	{ "le", NOTHING, 0 },
	{ "la", NOTHING, 0 },
	{ "l", NOTHING, 0 },
	{ "chaque", NOTHING, 0 },
	{ "de", NOTHING, 0 },
	{ "du", NOTHING, 0 },
	{ "des", NOTHING, 0 },
	{ "d", NOTHING, 0 },
	{ "et", NOTHING, 0 },
	{ "en", NOTHING, 0 },
	{ "un", NOTHING, 0 },
	{ "une", NOTHING, 0 },
	{ "puis", NOTHING, 0 },
	{ "mais", NOTHING, 0 },
	{ "pendant", NOTHING, 0 },
	{ "the", NOTHING, 0 },
	{ "of", NOTHING, 0 },
	{ "every", NOTHING, 0 },
	{ "each", NOTHING, 0 },
	{ "on", NOTHING, 0 },
	{ "in", NOTHING, 0 },
	{ "and", NOTHING, 0 },
	{ "a", TO, 0 },
	{ "from", NOTHING, 0 },
	{ "all", NOTHING, 0 },
	{ "during", NOTHING, 0 },
	{ "date", NOTHING, 0 },
	{ "meme", NOTHING, 0 },
	{ "jour", UNIT, 0 },
	{ "jours", UNIT, 0 },
	{ "day", UNIT, 0 },
	{ "days", UNIT, 0 },
	{ "semaine", UNIT, 1 },
	{ "semaines", UNIT, 1 },
	{ "week", UNIT, 1 },
	{ "weeks", UNIT, 1 },
	{ "mois", UNIT, 2 },
	{ "month", UNIT, 2 },
	{ "months", UNIT, 2 },
	{ "an", UNIT, 3 },
	{ "ans", UNIT, 3 },
	{ "annee", UNIT, 3 },
	{ "annees", UNIT, 3 },
	{ "year", UNIT, 3 },
	{ "years", UNIT, 3 },
	{ "quotidien", UNIT, 0 },
	{ "daily", UNIT, 0 },
	{ "hebdomadaire", UNIT, 1 },
	{ "weekly", UNIT, 1 },
	{ "mensuel", UNIT, 2 },
	{ "monthly", UNIT, 2 },
	{ "annuel", UNIT, 3 },
	{ "yearly", UNIT, 3 },
	{ "lundi", DAYS, 1 << 1 },
	{ "mardi", DAYS, 1 << 2 },
	{ "mercredi", DAYS, 1 << 3 },
	{ "jeudi", DAYS, 1 << 4 },
	{ "vendredi", DAYS, 1 << 5 },
	{ "samedi", DAYS, 1 << 6 },
	{ "dimanche", DAYS, 1 << 7 },
	{ "monday", DAYS, 1 << 1 },
	{ "tuesday", DAYS, 1 << 2 },
	{ "wednesday", DAYS, 1 << 3 },
	{ "thursday", DAYS, 1 << 4 },
	{ "friday", DAYS, 1 << 5 },
	{ "saturday", DAYS, 1 << 6 },
	{ "sunday", DAYS, 1 << 7 },
	{ "weekend", DAYS, 0xC0 },
	{ "end", DAYS, 0xC0 },
	{ "premier", NTH, 1 },
	{ "premiere", NTH, 1 },
	{ "deuxieme", NTH, 2 },
	{ "second", NTH, 2 },
	{ "troisieme", NTH, 3 },
	{ "quatrieme", NTH, 4 },
	{ "cinquieme", NTH, 5 },
	{ "dernier", NTH, -1 },
	{ "derniere", NTH, -1 },
	{ "first", NTH, 1 },
	{ "third", NTH, 3 },
	{ "fourth", NTH, 4 },
	{ "fifth", NTH, 5 },
	{ "last", NTH, -1 },
	{ "quinzaine", EVERY, 2 },
	{ "other", EVERY, 2 },
	{ "fois", TIMES, 0 },
	{ "times", TIMES, 0 },
	{ "seances", TIMES, 0 },
	{ "once", TIMES, 1 },
	{ "au", TO, 0 },
	{ "aux", TO, 0 },
	{ "to", TO, 0 },
	{ "sauf", EXCEPT, 0 },
	{ "hors", EXCEPT, 0 },
	{ "excepte", EXCEPT, 0 },
	{ "except", EXCEPT, 0 },
	{ "but", EXCEPT, 0 },
	{ "jusqu", END, 0 },
	{ "jusque", END, 0 },
	{ "until", END, 0 },
	{ "till", END, 0 },
	{ "sur", ON, 0 },
	{ "deux", NUMBER, 2 },
	{ "two", NUMBER, 2 },
	{ "trois", NUMBER, 3 },
	{ "three", NUMBER, 3 },
	{ "quatre", NUMBER, 4 },
	{ "four", NUMBER, 4 },
};

/* ---- Words ---- */

static int month_of(struct arena *a, const char *word)
{
	for (int month = 1; month <= 12; month++)
		for (int lang = 0; lang < LANG_COUNT; lang++)
			if (strcmp(text_fold(a, date_month_name(month, (enum lang)lang)), word) == 0) return month;
	return 0;
}

/* "2e", "1ers", "3rd", "2eme". */
static bool is_nth(const char *word, int *ret)
{
	static const char *const ends[] = { "e",  "es",  "er", "ers", "ere", "eme", "emes",
		                            "nd", "nde", "st", "rd",  "th",  "re" };
	char *end;
	long n = strtol(word, &end, 10);
	if (end == word || end - word > 2 || n < 1 || n > 31) return false;
	*ret = (int)n;
	for (size_t i = 0; i < COUNT(ends); i++)
		if (strcmp(end, ends[i]) == 0) return true;
	return false;
}

static bool known_word(const char *word, struct word *ret)
{
	size_t len = strlen(word);
	for (int plural = 0; plural < 2; plural++)
		for (size_t i = 0; i < COUNT(known); i++)
			if (strlen(known[i].word) == len - (size_t)plural && (!plural || word[len - 1] == 's') &&
			    strncmp(known[i].word, word, len - (size_t)plural) == 0) {
				ret->sort = known[i].sort;
				ret->value = known[i].value;
				return true;
			}
	return false;
}

static bool make_word(struct arena *a, const char *text, struct word *ret)
{
	struct err ignored;
	*ret = (struct word){ .text = text };
	if (known_word(text, ret)) return true;
	if (is_nth(text, &ret->value)) {
		ret->sort = NTH;
	} else if ((ret->value = month_of(a, text)) != 0) {
		ret->sort = MONTH;
	} else if (strspn(text, "0123456789") == strlen(text) && strlen(text) <= 4) {
		ret->sort = NUMBER;
		ret->value = (int)strtol(text, NULL, 10);
	} else if (strchr(text, '/') && date_parse(text, LANG_FR, &ret->date, NULL, &ignored) == OK) {
		ret->sort = DATE;
	} else {
		return false;
	}
	return true;
}

static bool cut_words(struct reading *x, const char *text)
{
	const char *s = text_fold(x->a, text);
	while (true) {
		s += strspn(s, " ,;.:()");
		size_t len = strcspn(s, " ,;.:()");
		if (len == 0) return true;
		const char *word = arena_strndup(x->a, s, len);
		if (x->n == WORDS || len > LONGEST || !make_word(x->a, word, &x->words[x->n++])) {
			x->bad = word;
			return false;
		}
		s += len;
	}
}

/* ---- What they say ---- */

static const struct word *peek(const struct reading *x, int ahead)
{
	static const struct word none = { .sort = NOTHING };
	return x->at + ahead < x->n ? &x->words[x->at + ahead] : &none;
}

/* A day of a month: of its year if it is said, else the first from the beginning on. */
static bool day_in(const struct reading *x, int day, int month, int year, struct date *ret)
{
	struct date d = { year ? year : x->start.year, month, day };
	if (year == 0 && (month < x->start.month || (month == x->start.month && day < x->start.day))) d.year++;
	if (!date_valid(d)) return false;
	*ret = d;
	return true;
}

/* "30 juin 2027", "30/06/2027", "2027 06 30", "June 30, 2027" at this place; how many words, 0: none. */
static int whole_date(const struct reading *x, struct date *ret)
{
	const struct word *w[3] = { peek(x, 0), peek(x, 1), peek(x, 2) };
	bool nth = w[0]->sort == NUMBER || (w[0]->sort == NTH && w[0]->value > 0);
	int year = w[2]->sort == NUMBER && w[2]->value >= 1000 ? w[2]->value : 0;
	if (w[0]->sort == DATE) {
		*ret = w[0]->date;
		return 1;
	}
	if (w[0]->sort == NUMBER && w[0]->value >= 1000 && w[1]->sort == NUMBER && w[2]->sort == NUMBER)
		return day_in(x, w[2]->value, w[1]->value, w[0]->value, ret) ? 3 : 0;
	if (nth && w[1]->sort == MONTH) return day_in(x, w[0]->value, w[1]->value, year, ret) ? 2 + (year != 0) : 0;
	bool counts = w[2]->sort == TIMES || w[2]->sort == UNIT; /* "en août, 10 fois" */
	if (w[0]->sort == MONTH && !counts && (w[1]->sort == NUMBER || w[1]->sort == NTH) && w[1]->value > 0 &&
	    w[1]->value <= 31)
		return day_in(x, w[1]->value, w[0]->value, year, ret) ? 2 + (year != 0) : 0;
	return 0;
}

static bool add_nth(struct reading *x, int nth, unsigned days)
{
	for (int day = 1; day <= 7; day++) {
		if ((days & 1u << day) == 0) continue;
		if (x->r.nnths == REPEAT_NTHS || nth > 5) return false;
		x->r.nths[x->r.nnths++] = (struct repeat_nth){ nth, day };
	}
	return true;
}

/* From the last of what was said to `value`, as over the end of the week or of the year. */
static unsigned range(unsigned said, int value, int last)
{
	unsigned bits = 0;
	int from = last;
	while (from > 1 && (said & 1u << from) == 0) from--;
	for (int i = from;; i = i == last ? 1 : i + 1) {
		bits |= 1u << i;
		if (i == value) return bits;
	}
}

static int bit_of(unsigned bits)
{
	int i = 0;
	while ((bits & 1u << i) == 0) i++;
	return i;
}

static bool take_days(struct reading *x, unsigned days, bool to)
{
	if (x->mode != SAYS) return x->mode == UNTIL; /* "jusqu’au mardi 30 juin" */
	if (to) x->r.days |= range(x->r.days, bit_of(days), 7);
	if (to) return true;
	if (x->nnths == 0) x->r.days |= days;
	for (int i = 0; i < x->nnths; i++)
		if (!add_nth(x, x->nths[i], days)) return false;
	x->nnths = 0;
	return true;
}

static bool take_month(struct reading *x, int month, bool to)
{
	unsigned *months = x->mode == EXCEPTS ? &x->excepted : &x->r.months;
	if (x->mode == UNTIL) return false;
	*months |= to ? range(*months, month, 12) : 1u << month;
	return true;
}

/* Numbers that wait and are followed by no weekday are days of the month. */
static bool flush(struct reading *x)
{
	for (int i = 0; i < x->nnths; i++) x->r.month_days |= x->nths[i] < 0 ? 1u : 1u << x->nths[i];
	x->nnths = 0;
	return true;
}

static bool take_unit(struct reading *x, int step)
{
	if (step == 0 && x->nnths) return flush(x); /* "le dernier jour" */
	if (x->nnths && step >= REPEAT_MONTHS) flush(x);
	x->stepped = true;
	/* "le 2e mardi de chaque mois" */
	if (step == REPEAT_MONTHS && x->r.step == REPEAT_YEARS) return true;
	x->r.step = (enum repeat_step)step;
	return true;
}

static bool take_number(struct reading *x, int n)
{
	const struct word *next = peek(x, 1);
	if (next->sort == UNIT && n <= REPEAT_EVERY_MAX) {
		x->at++;
		x->r.every = n;
		return take_unit(x, next->value);
	}
	if (next->sort == TIMES) {
		x->at++;
		x->r.count = n;
		return n >= 1 && n <= REPEAT_COUNT_MAX;
	}
	if (n < 1 || n > 31 || x->mode != SAYS || x->nnths == REPEAT_NTHS) return false;
	x->r.month_days |= 1u << n;
	return true;
}

/* A whole date; of every year when it is what comes back. */
static bool take_date(struct reading *x, struct date day, bool yearly)
{
	if (x->mode == UNTIL) x->r.until = day;
	if (x->mode == UNTIL) return true;
	if (x->mode == EXCEPTS) {
		if (x->except == NULL || x->except->n == x->except->room) return false;
		x->except->days[x->except->n++] = day;
		return true;
	}
	if (!yearly) return false;
	x->r.step = REPEAT_YEARS;
	x->stepped = true;
	x->r.month_days |= 1u << day.day;
	x->r.months |= 1u << day.month;
	return true;
}

/* "un mardi sur deux", "une semaine sur trois" */
static bool take_on(struct reading *x)
{
	const struct word *next = peek(x, 1);
	if (next->sort != NUMBER || next->value < 2 || next->value > REPEAT_EVERY_MAX) return true; /* English "on" */
	x->at++;
	x->r.every = next->value;
	return true;
}

static bool take_word(struct reading *x)
{
	const struct word *w = peek(x, 0);
	bool to = x->at > 0 && x->words[x->at - 1].sort == TO;
	struct date day;
	int len = to && x->mode == SAYS ? 0 : whole_date(x, &day);
	if (len) {
		bool yearly = len < 3 && w->sort != DATE;
		x->at += len - 1;
		return take_date(x, day, yearly);
	}
	switch (w->sort) {
	case UNIT: return take_unit(x, w->value);
	case DAYS: return take_days(x, (unsigned)w->value, to);
	case NTH:
		if (x->mode != SAYS || x->nnths == REPEAT_NTHS) return false;
		x->nths[x->nnths++] = w->value;
		return true;
	case EVERY:
		x->r.every = w->value;
		if (strcmp(w->text, "quinzaine") == 0) return take_unit(x, REPEAT_WEEKS);
		return true;
	case TIMES: x->r.count = w->value; return w->value > 0;
	case EXCEPT: x->mode = EXCEPTS; return flush(x);
	case END: x->mode = UNTIL; return flush(x);
	case ON: return take_on(x);
	case NUMBER: return take_number(x, w->value);
	case MONTH: return take_month(x, w->value, to);
	default: return true;
	}
}

/* ---- Put together ---- */

static bool settle(struct reading *x)
{
	enum { ALL = 0x1FFE };
	struct repeat *r = &x->r;
	flush(x);
	bool in_month = r->nnths > 0 || r->month_days != 0, one_month = r->months && (r->months & (r->months - 1)) == 0;
	if (r->days && in_month) return false;
	if (r->days && (!x->stepped || r->step == REPEAT_DAYS)) r->step = REPEAT_WEEKS;
	else if (in_month && (!x->stepped || r->step < REPEAT_MONTHS)) r->step = REPEAT_MONTHS;
	else if (!x->stepped && r->days == 0 && !in_month) return false;
	if (r->days && r->step >= REPEAT_MONTHS) return false;
	if (r->step == REPEAT_YEARS && (r->nnths > 1 || (in_month && !one_month))) return false;
	if (x->excepted && r->step == REPEAT_YEARS) return false;
	if (x->excepted) r->months = (r->months ? r->months : ALL) & ~x->excepted;
	if (x->excepted && r->months == 0) return false;
	if (r->count && r->until.year) return false;
	repeat_settle(r, x->start);
	return true;
}

enum code repeat_read(struct arena *a, const char *text, struct date start, struct repeat *ret,
                      struct repeat_except *except, struct err *err)
{
	struct reading *x = arena_new(a, struct reading);
	struct repeat parsed;
	*x = (struct reading){ .a = a, .start = start, .except = except, .r = { .every = 1 } };
	if (strlen(text) > REPEAT_TEXT)
		FAIL(err, E_LIMIT, N_("This text is too long: %d characters at most."), REPEAT_TEXT);
	if (strncasecmp(text, "FREQ=", 5) == 0) {
		TRY(repeat_parse(a, text, &parsed, err));
		repeat_settle(&parsed, start);
		*ret = parsed;
		return OK;
	}
	if (!cut_words(x, text))
		FAIL(err, E_INPUT, N_("“%s” is not understood. Example: every 2nd Tuesday except August"), x->bad);
	for (; x->at < x->n; x->at++) {
		const char *word = peek(x, 0)->text;
		if (!take_word(x))
			FAIL(err, E_INPUT, N_("“%s” is not understood there. Example: every 2nd Tuesday except August"),
			     word);
	}
	if (!settle(x))
		FAIL(err, E_INPUT,
		     N_("It does not say on which days it comes back. Example: every 2nd Tuesday except August"));
	*ret = x->r;
	return OK;
}
