/*
 * Dates and times as people live them: civil, local, without a zone (RFC 3339 full-date and the
 * local part of ISO 8601), in the proleptic Gregorian calendar, years 1 to 9999. Months are 1 to
 * 12, weekdays 1 (Monday) to 7. Zones are used only to read the clock (UTC milliseconds) as local
 * time.
 */
#ifndef PARVIS_DATE_H
#define PARVIS_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/i18n.h"

struct date {
	int year, month, day; /* all 0: none */
};

struct datetime {
	struct date date;
	int hour, minute, second;
};

/* ---- Calendar ---- */

bool date_valid(struct date d);
bool datetime_valid(const struct datetime *t);
int date_month_days(int year, int month);
int date_weekday(struct date d);
/* Week of ISO 8601 (1 to 53) and the year it belongs to. `ret_year` may be NULL. */
int date_week(struct date d, int *ret_year);
int date_compare(struct date a, struct date b);
int datetime_compare(const struct datetime *a, const struct datetime *b);
/* Days since 1970-01-01, and back. */
int64_t date_to_days(struct date d);
struct date date_from_days(int64_t days);
struct date date_add_days(struct date d, int64_t days);
/* The same day some months later, or the last of that month. */
struct date date_add_months(struct date d, int months);
/* Public holidays of France, outside Alsace and Moselle (Code du travail, L3133-1). */
bool date_is_holiday(struct date d);

/* ---- Kept text ---- */

enum { DATE_ISO_SIZE = 11, DATETIME_ISO_SIZE = 20 };

/* "2026-11-28"; "2026-11-28T14:30", with seconds if there are any. */
char *date_iso(struct date d, char out[static DATE_ISO_SIZE]);
char *datetime_iso(const struct datetime *t, char out[static DATETIME_ISO_SIZE]);
/* Exactly what date_iso and datetime_iso write (seconds ":00" are accepted too); else false. */
bool date_from_iso(const char *text, struct date *ret);
bool datetime_from_iso(const char *text, struct datetime *ret);

/* ---- Typed text ---- */

/* What is wrong in a typed date, so that the form can show it at the right place. */
enum date_part { DATE_FORM, DATE_YEAR, DATE_MONTH, DATE_DAY, DATE_HOUR, DATE_MINUTE };

/* "2026-11-28", "28/11/2026", "28 11 2026", "28 novembre 2026", "sam. 1er nov. 2026", "28 November
 * 2026", "November 28, 2026" (month names of both languages; numbers are day first). The year has
 * four digits. On E_INPUT `wrong` (which may be NULL) says which part; `lang` is for the message's
 * arguments. */
enum code date_parse(const char *text, enum lang lang, struct date *ret, enum date_part *wrong, struct err *err) MUST;
/* "14 h 30", "14h30", "14:30", "9h", "2:30 pm", "midi". Sets the hour, minute and second of `ret`
 * only. */
enum code time_parse(const char *text, struct datetime *ret, enum date_part *wrong, struct err *err) MUST;
/* A date, then a time: "2026-11-28T14:30", "samedi 28 novembre 2026 à 14 h 30", "28/11/2026 14:30".
 */
enum code datetime_parse(const char *text, enum lang lang, struct datetime *ret, enum date_part *wrong,
                         struct err *err) MUST;

/* ---- Shown text ---- */

enum date_style {
	DATE_FULL,       /* samedi 28 novembre 2026; Saturday 28 November 2026 */
	DATE_LONG,       /* 28 novembre 2026 */
	DATE_THIS_YEAR,  /* samedi 28 novembre */
	DATE_SHORT,      /* 28 nov. */
	DATE_SHORT_YEAR, /* 28 nov. 2026 */
	DATE_DAY_MONTH,  /* 28 novembre */
	DATE_NUMERIC,    /* 28/11/2026 */
	DATE_MONTH_YEAR, /* novembre 2026 */
};

char *date_format(struct arena *a, struct date d, enum date_style style, enum lang lang);
/* "14 h 30" (narrow no-break spaces), "9 h"; "2:30 pm", "9 am". */
char *time_format(struct arena *a, const struct datetime *t, enum lang lang);
/* "samedi 28 novembre 2026, 14 h 30". */
char *datetime_format(struct arena *a, const struct datetime *t, enum date_style style, enum lang lang);
/* "aujourd’hui", "hier", "après-demain"; else the day and month, with the year unless it is
 * today's. */
char *date_relative(struct arena *a, struct date d, struct date today, enum lang lang);
/* "du 28 au 30 novembre 2026", "du 30 novembre au 2 décembre 2026"; one day as DATE_FULL. */
char *date_span_format(struct arena *a, struct date from, struct date to, enum lang lang);
/* "samedi 28 novembre 2026, de 14 h 30 à 17 h"; over several days, both in full. */
char *datetime_span_format(struct arena *a, const struct datetime *from, const struct datetime *to, enum lang lang);
/* "novembre", "samedi", "sam."; static memory. */
const char *date_month_name(int month, enum lang lang);
const char *date_month_short(int month, enum lang lang);
const char *date_weekday_name(int weekday, enum lang lang);
const char *date_weekday_short(int weekday, enum lang lang);

/* ---- Zones ---- */

/* Rules of a place's clocks, from the system's zoneinfo (TZif, RFC 9636). Read once, kept for the
 * life of the process, usable from any thread. UTC and Europe/Paris are known even without
 * zoneinfo. */
struct zone;

/* "Europe/Paris". E_NOT_FOUND if there is no such zone or its file makes no sense. */
enum code zone_find(const char *name, const struct zone **ret, struct err *err) MUST;
/* As it was asked for. */
const char *zone_name(const struct zone *zone);
/* Seconds to add to UTC at that moment. */
int zone_offset(const struct zone *zone, int64_t utc_ms);
struct datetime zone_local(const struct zone *zone, int64_t utc_ms);
/* The moment of a local time (RFC 5545 §3.3.5): the first of two where clocks go back; with the
 * offset before the change where they jump over it. */
int64_t zone_utc(const struct zone *zone, const struct datetime *local);

/* The first moment after `ms` when the clocks change, if it is before `until`; else `until`. */
int64_t zone_next(const struct zone *zone, int64_t ms, int64_t until);

enum { TIME_UTC_SIZE = 21 };
/* "2026-11-28T13:30:00Z" (RFC 3339). */
char *time_utc(int64_t utc_ms, char out[static TIME_UTC_SIZE]);

/* For tests: a zone of its own from the bytes of a TZif file; free() it. NULL if they make no
 * sense. */
struct zone *zone_from_bytes(const void *data, size_t len);

#endif
