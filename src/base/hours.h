/*
 * Opening hours, as a subset of OpenStreetMap's (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification):
 *
 *	Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00; Jul-Aug Mo-Sa off; PH off; We "by appointment"
 *
 * Rules between semicolons, of which the last that fits a day decides. A rule has, in this order and each
 * optional: a season (months, or days of months), days (weekdays and PH, public holidays), then times, "off"
 * (or "closed"), a comment between quotes. "24/7" is all the time. Local times of the place.
 */
#ifndef PARVIS_HOURS_H
#define PARVIS_HOURS_H

#include "base/date.h"

enum {
	HOURS_TEXT = 1000, /* bytes at most of a text */
	HOURS_RULES = 30,
	HOURS_SPANS = 8,     /* in a rule */
	HOURS_SEASONS = 4,   /* in a rule */
	HOURS_COMMENT = 120, /* bytes */
	HOURS_HOLIDAY = 8,   /* the day after Sunday (7): public holidays */
	HOURS_DAYS = 9,      /* room for days by their number */
	MINUTES_A_DAY = 24 * 60,
	HOURS_KINDS = 14,  /* of days, for struct hours_time */
	HOURS_TIMES = 500, /* of one text */
};

/* Minutes since midnight. `to` is after `from`; past 24:00 it is of the next day. */
struct hours_span {
	int from, to;
};

/* Both ends are in it; it may go over the year's end. Day 0: the whole month. */
struct hours_season {
	int from_month, from_day, to_month, to_day;
};

struct hours_rule {
	struct hours_season seasons[HOURS_SEASONS];
	int nseasons;  /* 0: all year */
	unsigned days; /* bit of each day, 1 to HOURS_HOLIDAY; 0: every day */
	struct hours_span spans[HOURS_SPANS];
	int nspans; /* 0 and not off: as the comment says */
	bool off;
	const char *comment; /* or NULL */
};

struct hours {
	struct hours_rule rules[HOURS_RULES];
	int n;
};

/* E_INPUT with what cannot be read; E_LIMIT. */
enum code hours_parse(struct arena *a, const char *text, struct hours *ret, struct err *err) MUST;
/* As hours_parse reads it, each thing in one way: parsed and written again, a text stays the same. */
const char *hours_format(struct arena *a, const struct hours *hours);

/* One day's times as people type them: "9 h – 12 h 30, 14:00-18:00", "de 9h à midi et de 14h à 18h", "fermé";
 * what stands in brackets, or has no hour, is the comment. Fills spans, off and comment of `ret`; false when it makes
 * no sense. */
bool hours_day_parse(struct arena *a, const char *text, struct hours_rule *ret);
/* "9 h – 12 h, 14 h – 18 h (sur rendez-vous)", "fermé". */
const char *hours_day_format(struct arena *a, const struct hours_rule *rule, enum lang lang);

/* Do both say the same of a day, whatever the days? */
bool hours_same_day(const struct hours_rule *x, const struct hours_rule *y);
/* Do both hold in the same seasons? */
bool hours_same_seasons(const struct hours_rule *x, const struct hours_rule *y);
/* "d’avril à septembre", "du 15 septembre au 30 juin", "en août"; "" for all year. */
const char *hours_seasons_format(struct arena *a, const struct hours_rule *rule, enum lang lang);

/* The hours of a usual week, by day (1 to HOURS_HOLIDAY; NULL: not said), among the rules from `first` on that
 * hold in the same seasons as it; returns the first rule after them. */
int hours_week(const struct hours *hours, int first, const struct hours_rule *week[static HOURS_DAYS]);
/* Appends rules for the days of a week that are said: days that say the same go together, holidays last.
 * E_LIMIT. */
enum code hours_add_week(struct hours *hours, const struct hours_rule *const week[static HOURS_DAYS],
                         struct err *err) MUST;

/*
 * The same hours without order among rules: one time after the other, each true for some kinds of days in a part of
 * the year. Together they say what hours_open says, for all days and minutes.
 */
struct hours_time {
	unsigned kinds;       /* bits 0 to 6: Monday to Sunday; 7 to 13: the same when it is a public holiday */
	int from_day, to_day; /* month * 100 + day, both in it, from_day <= to_day */
	int from, to;         /* as a span's */
};
/* At most HOURS_TIMES; *ret is the arena's. */
int hours_times(struct arena *a, const struct hours *hours, struct hours_time **ret);
/* The kind of a date, 0 to 13. */
int hours_kind(struct date date);

/* The rule that decides for that date; NULL: none, closed. */
const struct hours_rule *hours_rule_on(const struct hours *hours, struct date date);
bool hours_open(const struct hours *hours, const struct datetime *local);
/* When it next opens or closes, within 14 days; false when it does not. */
bool hours_next_change(const struct hours *hours, const struct datetime *local, struct datetime *ret);

#endif
