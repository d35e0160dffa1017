#include "base/date.h"

#include <string.h>

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int date_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	if (month < 1 || month > 12) return 0;
	return days[month - 1] + (month == 2 && is_leap(year));
}

bool date_valid(struct date d)
{
	return d.year >= 1 && d.year <= 9999 && d.day >= 1 && d.day <= date_month_days(d.year, d.month);
}

bool datetime_valid(const struct datetime *t)
{
	return date_valid(t->date) && t->hour >= 0 && t->hour < 24 && t->minute >= 0 && t->minute < 60 &&
	       t->second >= 0 && t->second < 60;
}

/* Days from civil and back: the year is counted from March, so that the leap day comes last. */
int64_t date_to_days(struct date d)
{
	int64_t y = d.year - (d.month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

struct date date_from_days(int64_t days)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t day_of_era = days - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t m = (5 * day_of_year + 2) / 153;
	int month = (int)(m < 10 ? m + 3 : m - 9);
	return (struct date){
		.year = (int)(year_of_era + era * 400 + (month <= 2)),
		.month = month,
		.day = (int)(day_of_year - (153 * m + 2) / 5 + 1),
	};
}

int date_weekday(struct date d)
{
	int64_t days = date_to_days(d) + 3; /* 1970-01-01 was a Thursday */
	return (int)(((days % 7) + 7) % 7) + 1;
}

int date_week(struct date d, int *ret_year)
{
	/* The week belongs to the year of its Thursday. */
	struct date thursday = date_add_days(d, 4 - date_weekday(d));
	if (ret_year) *ret_year = thursday.year;
	struct date first = { thursday.year, 1, 1 };
	return (int)((date_to_days(thursday) - date_to_days(first)) / 7) + 1;
}

int date_compare(struct date a, struct date b)
{
	if (a.year != b.year) return a.year < b.year ? -1 : 1;
	if (a.month != b.month) return a.month < b.month ? -1 : 1;
	return (a.day > b.day) - (a.day < b.day);
}

int datetime_compare(const struct datetime *a, const struct datetime *b)
{
	int order = date_compare(a->date, b->date);
	if (order) return order;
	int x = (a->hour * 60 + a->minute) * 60 + a->second, y = (b->hour * 60 + b->minute) * 60 + b->second;
	return (x > y) - (x < y);
}

struct date date_add_days(struct date d, int64_t days)
{
	return date_from_days(date_to_days(d) + days);
}

struct date date_add_months(struct date d, int months)
{
	int total = d.year * 12 + d.month - 1 + months;
	int month = (total % 12 + 12) % 12;
	struct date result = { (total - month) / 12, month + 1, d.day };
	result.day = MIN(d.day, date_month_days(result.year, result.month));
	return result;
}

/* Sunday of Easter (Meeus, Astronomical Algorithms, ch. 8). */
static struct date easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
	return (struct date){ year, n / 31, n % 31 + 1 };
}

bool date_is_holiday(struct date d)
{
	static const struct {
		int month, day;
	} fixed[] = { { 1, 1 }, { 5, 1 }, { 5, 8 }, { 7, 14 }, { 8, 15 }, { 11, 1 }, { 11, 11 }, { 12, 25 } };
	static const int after_easter[] = { 1, 39, 50 };
	for (size_t i = 0; i < COUNT(fixed); i++)
		if (d.month == fixed[i].month && d.day == fixed[i].day) return true;
	for (size_t i = 0; i < COUNT(after_easter); i++)
		if (date_compare(date_add_days(easter(d.year), after_easter[i]), d) == 0) return true;
	return false;
}

/* `digits` digits of `n`, which is brought within what they can write. */
static char *put_digits(char *out, int n, int digits)
{
	if (n < 0) n = 0;
	for (int i = digits - 1; i >= 0; i--, n /= 10) out[i] = (char)('0' + n % 10);
	return out + digits;
}

char *date_iso(struct date d, char out[static DATE_ISO_SIZE])
{
	char *p = put_digits(out, d.year, 4);
	*p++ = '-';
	p = put_digits(p, d.month, 2);
	*p++ = '-';
	p = put_digits(p, d.day, 2);
	*p = '\0';
	return out;
}

char *datetime_iso(const struct datetime *t, char out[static DATETIME_ISO_SIZE])
{
	date_iso(t->date, out);
	char *p = out + DATE_ISO_SIZE - 1;
	*p++ = 'T';
	p = put_digits(p, t->hour, 2);
	*p++ = ':';
	p = put_digits(p, t->minute, 2);
	if (t->second) {
		*p++ = ':';
		p = put_digits(p, t->second, 2);
	}
	*p = '\0';
	return out;
}

char *time_utc(int64_t utc_ms, char out[static TIME_UTC_SIZE])
{
	int64_t second = utc_ms / 1000 - (utc_ms % 1000 < 0), day = second / 86400 - (second % 86400 < 0);
	int rest = (int)(second - day * 86400);
	date_iso(date_from_days(day), out);
	char *p = out + DATE_ISO_SIZE - 1;
	*p++ = 'T';
	p = put_digits(p, rest / 3600, 2);
	*p++ = ':';
	p = put_digits(p, rest / 60 % 60, 2);
	*p++ = ':';
	p = put_digits(p, rest % 60, 2);
	*p++ = 'Z';
	*p = '\0';
	return out;
}

/* Reads `text` against `form`, where each 0 stands for a digit; numbers go to `numbers` one by one.
 */
static bool read_form(const char *text, const char *form, int *numbers)
{
	if (strlen(text) != strlen(form)) return false;
	int n = -1;
	for (size_t i = 0; form[i]; i++) {
		if (form[i] != '0') {
			if (text[i] != form[i]) return false;
			continue;
		}
		if (text[i] < '0' || text[i] > '9') return false;
		if (i == 0 || form[i - 1] != '0') numbers[++n] = 0;
		numbers[n] = numbers[n] * 10 + (text[i] - '0');
	}
	return true;
}

bool date_from_iso(const char *text, struct date *ret)
{
	int n[3];
	if (!read_form(text, "0000-00-00", n)) return false;
	struct date d = { n[0], n[1], n[2] };
	if (!date_valid(d)) return false;
	*ret = d;
	return true;
}

bool datetime_from_iso(const char *text, struct datetime *ret)
{
	int n[6] = { 0 };
	if (!read_form(text, "0000-00-00T00:00", n) && !read_form(text, "0000-00-00T00:00:00", n)) return false;
	struct datetime t = { { n[0], n[1], n[2] }, n[3], n[4], n[5] };
	if (!datetime_valid(&t)) return false;
	*ret = t;
	return true;
}
