#include "core/signup.h"

#include <string.h>

#include "core/field_type.h"

const char *signup_state_words(enum signup_state state)
{
	static const char *const words[SIGNUP_STATES] = { N_("signed up"), N_("on the waiting list"), N_("cancelled"),
		                                          N_("it does not take place") };
	return words[state];
}

struct signup_offer signup_offer_of(const json_t *value)
{
	struct signup_offer offer = {
		.places = (int)json_int(value, "places", 0),
		.companions = (int)json_int(value, "companions", 0),
		.before = (int)json_int(value, "before", 0),
		.waiting = json_bool(value, "waiting", false),
		.children = json_bool(value, "children", false),
		.guests = json_bool(value, "guests", false),
		.opens = json_str_or(value, "opens", NULL),
		.closes = json_str_or(value, "closes", NULL),
	};
	const json_t *questions = json_object_get(value, "questions"), *question;
	size_t i;
	json_array_foreach (questions, i, question) {
		if (offer.nquestions == SIGNUP_QUESTIONS) break;
		offer.questions[offer.nquestions++] = (struct signup_question){
			json_str_or(question, "text", ""), json_bool(question, "required", false)
		};
	}
	return offer;
}

const struct field *signup_field(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (strcmp(form->fields[i].type->name, "signup") == 0) return &form->fields[i];
	return NULL;
}

bool signup_find(const struct record *record, struct signup_offer *ret, const struct field **field)
{
	*field = signup_field(record->form);
	const json_t *value = *field ? record_find_value(record, *field, NULL) : NULL;
	if (value == NULL) return false;
	*ret = signup_offer_of(value);
	return true;
}

/* ---- Dates ---- */

static bool read_schedule(struct arena *a, const struct record *record, struct schedule *ret)
{
	static const char *const types[] = { "schedule", "period", "date" };
	for (size_t t = 0; t < COUNT(types); t++)
		for (int i = 0; i < record->form->nfields; i++) {
			const struct field *field = &record->form->fields[i];
			const json_t *value = strcmp(field->type->name, types[t]) == 0
			                              ? record_find_value(record, field, NULL)
			                              : NULL;
			if (value && schedule_read(a, value, ret)) return true;
		}
	return false;
}

bool signup_repeats(struct arena *a, const struct record *record)
{
	struct schedule schedule;
	return read_schedule(a, record, &schedule) && (schedule.repeats || schedule.nalso);
}

static struct signup_date date_of(const char *day, const struct span *span, const struct zone *zone, bool moved)
{
	return (struct signup_date){
		.day = day, .dated = true, .moved = moved, .span = *span, .begins = zone_utc(zone, &span->from)
	};
}

static bool find_day(struct arena *a, const struct schedule *schedule, struct date day, struct occurrence *ret)
{
	enum { MOST = 20 };
	struct occurrence *all;
	for (int i = 0; i < schedule->nmoved; i++)
		if (date_compare(schedule->moved[i].day, day) == 0) {
			*ret = (struct occurrence){ day, schedule->moved[i].span, true };
			return true;
		}
	int n = schedule_occurrences(a, schedule, day, day, MOST, &all);
	for (int i = 0; i < n; i++)
		if (date_compare(all[i].day, day) == 0) {
			*ret = all[i];
			return true;
		}
	return false;
}

bool signup_date(struct arena *a, const struct record *record, const struct zone *zone, const char *day,
                 struct signup_date *ret)
{
	struct schedule schedule;
	struct occurrence found;
	struct date date;
	bool dated = read_schedule(a, record, &schedule), repeats = dated && (schedule.repeats || schedule.nalso);
	if (!repeats) {
		if (*day) return false;
		*ret = dated ? date_of("", &schedule.span, zone, false) : (struct signup_date){ .day = "" };
		return true;
	}
	if (!date_from_iso(day, &date) || !find_day(a, &schedule, date, &found)) return false;
	*ret = date_of(arena_strdup(a, day), &found.span, zone, found.moved);
	return true;
}

int signup_dates(struct arena *a, const struct record *record, const struct zone *zone, int64_t now, int max,
                 struct signup_date **ret)
{
	enum { DAYS = 400, ROOM = 100 };
	struct schedule schedule;
	struct occurrence *all;
	struct datetime local = zone_local(zone, now);
	char iso[DATE_ISO_SIZE];
	int kept = 0;
	*ret = arena_array(a, struct signup_date, (size_t)max + 1);
	if (!read_schedule(a, record, &schedule) || !(schedule.repeats || schedule.nalso))
		return max > 0 && signup_date(a, record, zone, "", &(*ret)[0]) ? 1 : 0;
	int n = schedule_occurrences(a, &schedule, local.date, date_add_days(local.date, DAYS), ROOM, &all);
	for (int i = 0; i < n && kept < max; i++) {
		(*ret)[kept] = date_of(arena_strdup(a, date_iso(all[i].day, iso)), &all[i].span, zone, all[i].moved);
		kept += !signup_over(&(*ret)[kept], &local);
	}
	return kept;
}

bool signup_over(const struct signup_date *date, const struct datetime *now)
{
	if (!date->dated) return false;
	if (date->span.timed) return datetime_compare(&date->span.to, now) < 0;
	return date_compare(date->span.to.date, now->date) < 0;
}

/* Until it begins: all day, until the end of its first day. */
static bool has_begun(const struct signup_date *date, const struct datetime *now)
{
	if (!date->dated) return false;
	if (date->span.timed) return datetime_compare(&date->span.from, now) <= 0;
	return date_compare(date->span.from.date, now->date) < 0;
}

enum signup_time signup_time(const struct signup_offer *offer, const struct signup_date *date,
                             const struct datetime *now)
{
	struct date day;
	if (has_begun(date, now)) return SIGNUP_LATE;
	if (offer->closes && date_from_iso(offer->closes, &day) && date_compare(now->date, day) > 0) return SIGNUP_LATE;
	if (offer->before && date->dated &&
	    date_compare(now->date, date_add_days(date->span.from.date, -offer->before)) > 0)
		return SIGNUP_LATE;
	if (offer->opens && date_from_iso(offer->opens, &day) && date_compare(now->date, day) < 0) return SIGNUP_EARLY;
	return SIGNUP_OPEN;
}
