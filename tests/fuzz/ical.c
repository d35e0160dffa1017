/*
 * Calendars from outside. Whatever the bytes: titles are text, days are days, what is read again as it is written is the
 * same, what is refused says why in words.
 */
#include "formats/ical_read.h"
#include "fuzz.h"

static void check_item(struct arena *a, const struct ical_item *item)
{
	struct schedule again;
	CHECK(is_text(item->uid) && is_text(item->title) && is_text(item->description) && is_text(item->location));
	CHECK(*item->title || item->cancelled);
	if (item->schedule.span.from.date.year == 0) {
		CHECK(item->cancelled);
		return;
	}
	const json_t *kept = schedule_write(a, &item->schedule);
	CHECK(schedule_read(a, kept, &again));
	CHECK(strcmp(json_text(a, schedule_write(a, &again)), json_text(a, kept)) == 0 || item->schedule.nalso ||
	      item->schedule.nexcept || item->schedule.nmoved);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct ical_file file;
	struct err err;
	const struct zone *zone;
	char said[600];
	arena_init(&a);
	if (zone_find("Europe/Paris", &zone, &err) != OK) return 0;
	if (ical_read(&a, data, size, zone, &file, &err) == OK) {
		for (int i = 0; i < file.n; i++) check_item(&a, &file.items[i]);
		for (int i = 0; i < file.nrefusals; i++)
			CHECK(is_text(err_format(&file.refusals[i].why, file.refusals[i].why.msg, said, sizeof(said))));
	}
	arena_release(&a);
	return 0;
}
