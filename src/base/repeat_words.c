/* Rules of repetition as sentences, which repeat_read (repeat_read.c) reads back. */
#include <string.h>

#include "base/buf.h"
#include "base/repeat.h"

/* "1er", "2e", "dernier"; plural "1ers", "2es", "derniers". */
static const char *nth_word(struct arena *a, enum lang lang, int nth, bool plural)
{
	static const char *const english[] = { "th", "st", "nd", "rd" };
	const char *s = plural ? "s" : "";
	if (lang != LANG_FR) {
		int unit = nth % 100 >= 11 && nth % 100 <= 13 ? 0 : nth % 10;
		return nth < 0 ? "last" : arena_printf(a, "%d%s", nth, english[unit <= 3 ? unit : 0]);
	}
	if (nth < 0) return arena_printf(a, "dernier%s", s);
	return arena_printf(a, "%d%s%s", nth, nth == 1 ? "er" : "e", s);
}

static const char *weekday_word(struct arena *a, enum lang lang, int day, bool plural)
{
	const char *name = date_weekday_name(day, lang);
	return lang == LANG_FR && plural ? arena_printf(a, "%ss", name) : name;
}

/* Puts one more of `n` in a list: "lundi, mardi et jeudi". */
static void put_item(struct buf *out, enum lang lang, int i, int n, const char *word)
{
	if (i > 0) buf_puts(out, i == n - 1 ? tr(lang, N_(" and ")) : ", ");
	buf_puts(out, word);
}

static int count_bits(unsigned bits)
{
	int n = 0;
	for (; bits; bits &= bits - 1) n++;
	return n;
}

static const char *weekdays_words(struct arena *a, const struct repeat *r, enum lang lang, bool plural)
{
	struct buf out;
	int n = count_bits(r->days), i = 0;
	buf_init(&out, a, 0);
	for (int day = 1; day <= 7; day++)
		if (r->days & 1u << day) put_item(&out, lang, i++, n, weekday_word(a, lang, day, plural));
	return buf_str(&out);
}

static bool same_weekday(const struct repeat *r)
{
	for (int i = 1; i < r->nnths; i++)
		if (r->nths[i].weekday != r->nths[0].weekday) return false;
	return r->nnths > 0;
}

/* "2es et 4es mardis", "1er lundi et 3e jeudi", "15", "dernier jour". */
static const char *month_words(struct arena *a, const struct repeat *r, enum lang lang, bool plural)
{
	struct buf out;
	int n = r->nnths ? r->nnths : count_bits(r->month_days), at = 0;
	bool together = same_weekday(r);
	buf_init(&out, a, 0);
	for (int i = 0; i < r->nnths; i++) {
		const char *word = nth_word(a, lang, r->nths[i].nth, plural);
		if (!together) word = arena_printf(a, "%s %s", word, weekday_word(a, lang, r->nths[i].weekday, plural));
		put_item(&out, lang, at++, n, word);
	}
	if (together) buf_printf(&out, " %s", weekday_word(a, lang, r->nths[0].weekday, plural));
	for (int day = 1; day <= 31; day++) {
		if ((r->month_days & 1u << day) == 0) continue;
		bool bare = lang == LANG_FR && day > 1;
		put_item(&out, lang, at++, n, bare ? arena_printf(a, "%d", day) : nth_word(a, lang, day, false));
	}
	if (r->month_days & 1u) put_item(&out, lang, at++, n, tr(lang, N_("last day")));
	return buf_str(&out);
}

const char *repeat_months_words(struct arena *a, unsigned months, enum lang lang)
{
	struct buf out;
	int n = count_bits(months), at = 0;
	buf_init(&out, a, 0);
	for (int month = 1; month <= 12; month++)
		if (months & 1u << month) put_item(&out, lang, at++, n, date_month_name(month, lang));
	return buf_str(&out);
}

/* "14 juillet", "2e dimanche de juin". */
static const char *year_words(struct arena *a, const struct repeat *r, enum lang lang)
{
	const char *month = repeat_months_words(a, r->months, lang), *day = month_words(a, r, lang, false);
	if (r->nnths == 0 && (r->month_days & 1u) == 0) return arena_printf(a, "%s %s", day, month);
	return arena_printf(a,
	                    lang != LANG_FR        ? "%s of %s"
	                    : strchr("ao", *month) ? "%s d’%s"
	                                           : "%s de %s",
	                    day, month);
}

static const char *weeks_words(struct arena *a, const struct repeat *r, enum lang lang)
{
	enum { WORKING = 0x3E, ALL = 0xFE };
	if (r->every == 1 && r->days == ALL) return tr(lang, N_("every day"));
	if (r->every == 1 && r->days == WORKING) return tr(lang, N_("every day from Monday to Friday"));
	if (r->every == 1) return arena_printf(a, tr(lang, N_("every %s")), weekdays_words(a, r, lang, true));
	if (r->every == 2 && count_bits(r->days) == 1)
		return arena_printf(a, tr(lang, N_("every other %s")), weekdays_words(a, r, lang, false));
	return arena_printf(a, tr(lang, N_("every %d weeks, on %s")), r->every, weekdays_words(a, r, lang, false));
}

static const char *step_words(struct arena *a, const struct repeat *r, enum lang lang)
{
	switch (r->step) {
	case REPEAT_DAYS:
		return r->every == 1 ? tr(lang, N_("every day"))
		                     : arena_printf(a, tr(lang, N_("every %d days")), r->every);
	case REPEAT_WEEKS: return weeks_words(a, r, lang);
	case REPEAT_MONTHS:
		if (r->every > 1)
			return arena_printf(a, tr(lang, N_("every %d months, on the %s")), r->every,
			                    month_words(a, r, lang, false));
		if (same_weekday(r))
			return arena_printf(a, tr(lang, N_("every %s of the month")), month_words(a, r, lang, true));
		return arena_printf(a, tr(lang, N_("on the %s of every month")), month_words(a, r, lang, false));
	default:
		if (r->every > 1)
			return arena_printf(a, tr(lang, N_("every %d years, on %s")), r->every, year_words(a, r, lang));
		return arena_printf(a, tr(lang, N_("every year on %s")), year_words(a, r, lang));
	}
}

const char *repeat_words_open(struct arena *a, const struct repeat *r, enum lang lang)
{
	enum { ALL = 0x1FFE };
	if (r->other) return tr(lang, N_("at dates of its own"));
	const char *words = step_words(a, r, lang);
	if (r->months == 0 || r->step == REPEAT_YEARS) return words;
	if (count_bits(r->months) > 6)
		return arena_printf(a, tr(lang, N_("%s except in %s")), words,
		                    repeat_months_words(a, ~r->months & ALL, lang));
	return arena_printf(a, tr(lang, N_("%s, in %s")), words, repeat_months_words(a, r->months, lang));
}

const char *repeat_words(struct arena *a, const struct repeat *r, enum lang lang)
{
	const char *words = repeat_words_open(a, r, lang);
	if (r->until.year)
		return arena_printf(a, tr(lang, N_("%s, until %s")), words, date_format(a, r->until, DATE_LONG, lang));
	if (r->count == 1) return arena_printf(a, tr(lang, N_("%s, once")), words);
	if (r->count) return arena_printf(a, tr(lang, N_("%s, %d times")), words, r->count);
	return words;
}
