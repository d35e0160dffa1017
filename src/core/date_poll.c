#include "core/date_poll.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/field_type.h"

enum { DAY = DATE_ISO_SIZE - 1, HOUR = 5 /* "18:30" */ };

static bool parse_hour(const char *text, struct date day, struct datetime *ret)
{
	char whole[DATETIME_ISO_SIZE];
	if (strlen(text) != HOUR) return false;
	snprintf(whole, sizeof(whole), "%sT%s", date_iso(day, (char[DATE_ISO_SIZE]){ 0 }), text);
	return datetime_from_iso(whole, ret);
}

bool slot_parse(const char *at, struct slot *ret)
{
	struct slot slot = { .at = at };
	char day[DATE_ISO_SIZE] = "", hour[HOUR + 1] = "";
	size_t len = strlen(at);
	if (len != DAY && len != DAY + 1 + HOUR && len != DAY + 2 + 2 * HOUR) return false;
	memcpy(day, at, DAY);
	if (!date_from_iso(day, &slot.from.date)) return false;
	slot.to = slot.from;
	if (len > DAY) {
		if (at[DAY] != 'T') return false;
		memcpy(hour, at + DAY + 1, HOUR);
		if (!parse_hour(hour, slot.from.date, &slot.from)) return false;
		slot.timed = true;
		slot.to = slot.from;
	}
	if (len > DAY + 1 + HOUR) {
		if (at[DAY + 1 + HOUR] != '/' || !parse_hour(at + DAY + 2 + HOUR, slot.from.date, &slot.to))
			return false;
		if (datetime_compare(&slot.to, &slot.from) <= 0) slot.to.date = date_add_days(slot.to.date, 1);
		slot.ends = true;
	}
	*ret = slot;
	return true;
}

const char *slot_text(struct arena *a, const struct datetime *from, bool timed, const struct datetime *to)
{
	char day[DATE_ISO_SIZE];
	date_iso(from->date, day);
	if (!timed) return arena_strdup(a, day);
	if (to == NULL) return arena_printf(a, "%sT%02d:%02d", day, from->hour, from->minute);
	return arena_printf(a, "%sT%02d:%02d/%02d:%02d", day, from->hour, from->minute, to->hour, to->minute);
}

const char *slot_words(struct arena *a, const struct slot *slot, enum lang lang)
{
	if (!slot->timed) return date_format(a, slot->from.date, DATE_FULL, lang);
	if (!slot->ends) return datetime_format(a, &slot->from, DATE_FULL, lang);
	if (date_compare(slot->from.date, slot->to.date) == 0)
		return datetime_span_format(a, &slot->from, &slot->to, lang);
	return arena_printf(a, "%s – %s", datetime_format(a, &slot->from, DATE_FULL, lang),
	                    time_format(a, &slot->to, lang)); /* past midnight */
}

static int slot_compare(const void *x, const void *y)
{
	return strcmp(((const struct slot *)x)->at, ((const struct slot *)y)->at);
}

struct date_poll date_poll_of(struct arena *a, const json_t *value)
{
	struct date_poll poll = { .chosen = -1 };
	const json_t *slots = json_object_get(value, "slots"), *entry;
	const char *chosen = json_str_or(value, "chosen", "");
	size_t i;
	poll.slots = arena_array(a, struct slot, json_array_size(slots) + 1);
	json_array_foreach (slots, i, entry) {
		if (poll.n == SLOTS_MAX || !slot_parse(json_str_or(entry, "at", ""), &poll.slots[poll.n])) continue;
		poll.slots[poll.n++].places = (int)json_int(entry, "places", 0);
	}
	qsort(poll.slots, (size_t)poll.n, sizeof(struct slot), slot_compare);
	for (int s = 0; s < poll.n; s++)
		if (strcmp(poll.slots[s].at, chosen) == 0) poll.chosen = s;
	poll.closes = json_str_or(value, "closes", NULL);
	poll.event = json_str_or(value, "event", NULL);
	return poll;
}

bool date_poll_find(struct arena *a, const struct record *record, struct date_poll *ret, const struct field **field)
{
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *f = &record->form->fields[i];
		const json_t *value = strcmp(f->type->name, "dates") == 0 ? record_find_value(record, f, NULL) : NULL;
		if (value == NULL) continue;
		*ret = date_poll_of(a, value);
		*field = f;
		return ret->n > 0;
	}
	return false;
}

bool date_poll_is_open(const struct date_poll *poll, struct date today)
{
	struct date last;
	if (poll->chosen >= 0) return false;
	return poll->closes == NULL || !date_from_iso(poll->closes, &last) || date_compare(today, last) <= 0;
}

bool slot_is_full(const struct slot *slot, int suits)
{
	return slot->places > 0 && suits >= slot->places;
}

void date_poll_best(const struct date_poll *poll, const struct poll_result *result, bool best[static SLOTS_MAX])
{
	int yes = 0, could = 0;
	memset(best, 0, SLOTS_MAX * sizeof(*best));
	for (int s = 0; s < poll->n; s++) {
		const int *counts = result->counts[s];
		bool more = counts[ANSWER_YES] > yes;
		if (!more && (counts[ANSWER_YES] < yes || counts[ANSWER_MAYBE] <= could)) continue;
		yes = counts[ANSWER_YES];
		could = counts[ANSWER_MAYBE];
	}
	for (int s = 0; s < poll->n && yes + could > 0; s++)
		best[s] = result->counts[s][ANSWER_YES] == yes && result->counts[s][ANSWER_MAYBE] == could;
}
