#include "core/moment.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { DIGITS = 4, KEY_SIZE = 1 + HOURS_KINDS + 4 * DIGITS };

const char *moment_key(struct arena *a, const struct hours_time *time)
{
	char kinds[HOURS_KINDS + 1] = { 0 };
	for (int i = 0; i < HOURS_KINDS; i++) kinds[i] = time->kinds & 1u << i ? '1' : '0';
	return arena_printf(a, MOMENT_MARK "%s%04d%04d%04d%04d", kinds, time->from_day, time->to_day, time->from,
	                    time->to);
}

static bool read_number(const char *digits, int *ret)
{
	*ret = 0;
	for (int i = 0; i < DIGITS; i++) {
		if (digits[i] < '0' || digits[i] > '9') return false;
		*ret = *ret * 10 + digits[i] - '0';
	}
	return true;
}

bool moment_read(const char *key, struct hours_time *ret)
{
	struct hours_time time = { 0 };
	if (strlen(key) != KEY_SIZE || *key != *MOMENT_MARK) return false;
	for (int i = 0; i < HOURS_KINDS; i++)
		if (key[1 + i] == '1') time.kinds |= 1u << i;
	const char *digits = key + 1 + HOURS_KINDS;
	if (!read_number(digits, &time.from_day) || !read_number(digits + DIGITS, &time.to_day) ||
	    !read_number(digits + 2 * DIGITS, &time.from) || !read_number(digits + 3 * DIGITS, &time.to))
		return false;
	*ret = time;
	return true;
}

/* As moment_sql says it. */
bool moment_holds(const struct moment *moment, const char *key)
{
	enum { DAYS = 1 + HOURS_KINDS };
	if (strlen(key) != KEY_SIZE || *key != *MOMENT_MARK) return false;
	for (size_t i = 0; i < COUNT(moment->days); i++) {
		const struct moment_day *day = &moment->days[i];
		bool that_day = key[1 + day->kind] == '1' && memcmp(key + DAYS, day->day, DIGITS) <= 0 &&
		                memcmp(key + DAYS + DIGITS, day->day, DIGITS) >= 0;
		if (that_day && memcmp(key + DAYS + 2 * DIGITS, day->minute, DIGITS) <= 0 &&
		    memcmp(key + DAYS + 3 * DIGITS, day->minute, DIGITS) > 0)
			return true;
	}
	return false;
}

static struct moment_day day_of(struct date date, int minute)
{
	struct moment_day day = { .kind = hours_kind(date) };
	snprintf(day.day, sizeof(day.day), "%02u%02u", (unsigned)date.month % 100, (unsigned)date.day % 100);
	snprintf(day.minute, sizeof(day.minute), "%04u", (unsigned)minute % 10000);
	return day;
}

struct moment moment_at(const struct zone *zone, int64_t ms)
{
	struct datetime local = zone_local(zone, ms);
	int minute = local.hour * 60 + local.minute;
	return (struct moment){
		ms, { day_of(local.date, minute), day_of(date_add_days(local.date, -1), minute + MINUTES_A_DAY) }
	};
}

const struct zone *model_zone(const struct model *model)
{
	const struct zone *zone;
	struct err err;
	const json_t *setting = model_setting(model, "zone");
	const char *name = json_is_string(setting) ? json_string_value(setting) : "Europe/Paris";
	if (zone_find(name, &zone, &err) != OK && zone_find("UTC", &zone, &err) != OK) die("no time zone");
	return zone;
}
