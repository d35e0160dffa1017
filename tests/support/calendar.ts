// Calendars read by another program's library (npm ical.js).
import assert from "node:assert/strict";
import ICAL from "ical.js";

export interface Read {
	calendar: ICAL.Component;
	events: ICAL.Event[];
}

// Reads a file, with its own description of the clocks.
export function readCalendar(body: string): Read {
	const calendar = new ICAL.Component(ICAL.parse(body));
	for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
	const parts = calendar.getAllSubcomponents("vevent");
	const moved = parts.filter((part) => part.hasProperty("recurrence-id"));
	const events = parts.filter((part) => !part.hasProperty("recurrence-id")).map((part) => {
		const uid = part.getFirstPropertyValue("uid");
		return new ICAL.Event(part, { exceptions: moved.filter((other) => other.getFirstPropertyValue("uid") === uid) as never });
	});
	return { calendar, events };
}

// The beginnings between two days, as UTC, in order.
export function beginnings(event: ICAL.Event, from: string, to: string): string[] {
	const found: string[] = [];
	const start = ICAL.Time.fromDateString(from), end = ICAL.Time.fromDateString(to);
	const take = (t: ICAL.Time) => { found.push(t.isDate ? t.toString() : t.toJSDate().toISOString().slice(0, 16)); };
	if (!event.isRecurring()) {
		if (event.startDate.compare(start) >= 0 && event.startDate.compare(end) < 0) take(event.startDate);
		return found;
	}
	const walk = event.iterator();
	for (let next = walk.next(), i = 0; next && i < 5000; next = walk.next(), i++) {
		if (next.compare(end) > 0) break;
		const one = event.getOccurrenceDetails(next);
		if (one.startDate.compare(start) >= 0 && one.startDate.compare(end) < 0) take(one.startDate);
	}
	return found.sort();
}

export function named(read: Read, title: string): ICAL.Event {
	const event = read.events.find((one) => one.summary === title);
	assert.ok(event, `${title} is not among ${read.events.map((one) => one.summary).join(", ")}`);
	return event;
}
