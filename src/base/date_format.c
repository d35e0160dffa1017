/* Dates in words. French: Lexique des règles typographiques (no capitals, 1er, "14 h 30"). */
#include "base/buf.h"
#include "base/date.h"

#define NNBSP "\xE2\x80\xAF"

static const char *const months[LANG_COUNT][12] = {
	[LANG_FR] = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
	              "novembre", "décembre" },
	[LANG_EN] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	              "November", "December" },
};

static const char *const short_months[LANG_COUNT][12] = {
	[LANG_FR] = { "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
	              "déc." },
	[LANG_EN] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
};

static const char *const weekdays[LANG_COUNT][7] = {
	[LANG_FR] = { "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche" },
	[LANG_EN] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
};

static const char *const short_weekdays[LANG_COUNT][7] = {
	[LANG_FR] = { "lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim." },
	[LANG_EN] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
};

/* From two days ago to two days ahead. */
static const char *const near_days[LANG_COUNT][5] = {
	[LANG_FR] = { "avant-hier", "hier", "aujourd’hui", "demain", "après-demain" },
	[LANG_EN] = { NULL, "yesterday", "today", "tomorrow", NULL },
};

static const char *pick(const char *const *names, int i, int count)
{
	return i >= 1 && i <= count ? names[i - 1] : "";
}

const char *date_month_name(int month, enum lang lang)
{
	return pick(months[lang], month, 12);
}

const char *date_month_short(int month, enum lang lang)
{
	return pick(short_months[lang], month, 12);
}

const char *date_weekday_name(int weekday, enum lang lang)
{
	return pick(weekdays[lang], weekday, 7);
}

const char *date_weekday_short(int weekday, enum lang lang)
{
	return pick(short_weekdays[lang], weekday, 7);
}

static void put_day(struct buf *out, int day, enum lang lang)
{
	buf_printf(out, "%d%s", day, day == 1 && lang == LANG_FR ? "er" : "");
}

static void put_date(struct buf *out, struct date d, enum date_style style, enum lang lang)
{
	if (style == DATE_NUMERIC) {
		buf_printf(out, "%02d/%02d/%04d", d.day, d.month, d.year);
		return;
	}
	bool brief = style == DATE_SHORT || style == DATE_SHORT_YEAR;
	if (style == DATE_FULL || style == DATE_THIS_YEAR)
		buf_printf(out, "%s ", date_weekday_name(date_weekday(d), lang));
	if (style != DATE_MONTH_YEAR) {
		put_day(out, d.day, lang);
		buf_putc(out, ' ');
	}
	buf_puts(out, brief ? date_month_short(d.month, lang) : date_month_name(d.month, lang));
	if (style != DATE_SHORT && style != DATE_THIS_YEAR && style != DATE_DAY_MONTH) buf_printf(out, " %d", d.year);
}

static void put_time(struct buf *out, const struct datetime *t, enum lang lang)
{
	if (lang == LANG_FR) {
		buf_printf(out, "%d" NNBSP "h", t->hour);
		if (t->minute) buf_printf(out, NNBSP "%02d", t->minute);
		return;
	}
	buf_printf(out, "%d", t->hour % 12 ? t->hour % 12 : 12);
	if (t->minute) buf_printf(out, ":%02d", t->minute);
	buf_puts(out, t->hour < 12 ? "\xC2\xA0"
	                             "am"
	                           : "\xC2\xA0"
	                             "pm");
}

char *date_format(struct arena *a, struct date d, enum date_style style, enum lang lang)
{
	struct buf out;
	buf_init(&out, a, 0);
	put_date(&out, d, style, lang);
	return out.data;
}

char *time_format(struct arena *a, const struct datetime *t, enum lang lang)
{
	struct buf out;
	buf_init(&out, a, 0);
	put_time(&out, t, lang);
	return out.data;
}

char *datetime_format(struct arena *a, const struct datetime *t, enum date_style style, enum lang lang)
{
	struct buf out;
	buf_init(&out, a, 0);
	put_date(&out, t->date, style, lang);
	buf_puts(&out, ", ");
	put_time(&out, t, lang);
	return out.data;
}

char *date_relative(struct arena *a, struct date d, struct date today, enum lang lang)
{
	int64_t away = date_to_days(d) - date_to_days(today);
	if (away >= -2 && away <= 2 && near_days[lang][away + 2]) return arena_strdup(a, near_days[lang][away + 2]);
	return date_format(a, d, d.year == today.year ? DATE_THIS_YEAR : DATE_FULL, lang);
}

char *date_span_format(struct arena *a, struct date from, struct date to, enum lang lang)
{
	if (date_compare(from, to) >= 0) return date_format(a, from, DATE_FULL, lang);
	struct buf out;
	buf_init(&out, a, 0);
	buf_puts(&out, lang == LANG_FR ? "du " : "");
	put_day(&out, from.day, lang);
	if (from.year != to.year || from.month != to.month) buf_printf(&out, " %s", date_month_name(from.month, lang));
	if (from.year != to.year) buf_printf(&out, " %d", from.year);
	buf_puts(&out, lang == LANG_FR ? " au " : " to ");
	put_date(&out, to, DATE_LONG, lang);
	return out.data;
}

char *datetime_span_format(struct arena *a, const struct datetime *from, const struct datetime *to, enum lang lang)
{
	if (datetime_compare(from, to) >= 0) return datetime_format(a, from, DATE_FULL, lang);
	struct buf out;
	buf_init(&out, a, 0);
	bool one_day = date_compare(from->date, to->date) == 0;
	if (!one_day) buf_puts(&out, lang == LANG_FR ? "du " : "");
	put_date(&out, from->date, DATE_FULL, lang);
	buf_puts(&out, one_day && lang == LANG_FR ? ", de " : ", ");
	put_time(&out, from, lang);
	if (one_day) buf_puts(&out, lang == LANG_FR ? " à " : " to ");
	else buf_puts(&out, lang == LANG_FR ? " au " : " to ");
	if (!one_day) {
		put_date(&out, to->date, DATE_FULL, lang);
		buf_puts(&out, ", ");
	}
	put_time(&out, to, lang);
	return out.data;
}
