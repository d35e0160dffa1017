// Calendars from outside brought in as pages: looked at first, brought in, brought in again, called off, taken back.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, source } from "../support/program.js";
import { beginnings, named, readCalendar } from "../support/calendar.js";

const IMPORT = "/-/calendar/import", year = new Date().getUTCFullYear() + 1;
const calendar = (...events: string[]) => ["BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:La Maison", ...events, "END:VCALENDAR", ""].join("\r\n");
const event = (uid: string, title: string, ...lines: string[]) => ["BEGIN:VEVENT", `UID:${uid}`, `SUMMARY:${title}`, ...lines, "END:VEVENT"].join("\r\n");
const choir = (...more: string[]) => event("chorale@maison", "Chorale\\, pour tous", `DTSTART;TZID=Europe/Paris:${year}0105T183000`, `DTEND;TZID=Europe/Paris:${year}0105T200000`,
	"RRULE:FREQ=WEEKLY;COUNT=10", "LOCATION:Salle bleue", "GEO:47.394144;0.68484", "DESCRIPTION:Sans **audition**\\nni partition", "CATEGORIES:chant,voix", "URL:https://maison.example/chorale", ...more);

onSite("calendars brought in", (site) => {
	let facilitator: Client;
	before(async () => { facilitator = await new Client(site).signIn("facilitator"); });
	const look = async (content: string, changes: Record<string, string> = {}) => {
		const form = await facilitator.form(IMPORT, IMPORT);
		return facilitator.sendFiles(form, { form: "evenement", space: "tours", ...changes }, { file: new File([content], "maison.ics", { type: "text/calendar" }) });
	};
	const bring = async (looked: Answer) => {
		assert.equal(looked.status, 200, text(looked.body));
		return facilitator.send(formOf(looked, IMPORT));
	};
	const agenda = async () => readCalendar((await new Client(site).get("/-/calendar/view/agenda.ics")).body);
	const titles = async () => (await agenda()).events.map((one) => one.summary).filter((title) => !/inventé/.test(title)).sort();

	it("is looked at first; what stays out is told with its line and the reason", async () => {
		const looked = await look(calendar(choir(), event("x", "Toutes les heures", `DTSTART:${year}0105T183000`, "RRULE:FREQ=HOURLY"), event("y", "Secret", `DTSTART:${year}0105T183000`, "CLASS:PRIVATE")));
		const said = text(looked.body);
		assert.match(said, /La Maison/);
		assert.match(said, /1 événement serait ajouté/);
		assert.match(said, /2 restent dehors/);
		assert.match(looked.body, /<th scope="row">16<\/th>[^]*Toutes les heures[^]*FREQ=HOURLY/);
		assert.match(said, /Secret .*privé/);
		assert.deepEqual(await titles(), [], "nothing is kept by looking");
	});

	it("brought in, each event is a page with its hours, place, words; taken back with one click", async () => {
		const done = await bring(await look(calendar(choir())));
		assert.equal(done.status, 303);
		const shown = await facilitator.follow(done);
		const page = await new Client(site).get("/chorale-pour-tous");
		assert.equal(page.status, 200);
		assert.match(text(page.body), /tous les mardis|chaque/i);
		assert.match(text(page.body), /Salle bleue/);
		assert.match(text(page.body), /Sans audition/);
		assert.match(text(page.body), /maison\.example\/chorale/);
		const read = named(await agenda(), "Chorale, pour tous");
		assert.equal(beginnings(read, `${year}-01-01`, `${year + 1}-01-01`).length, 10);
		const undo = formOf(shown, "/-/calendar/undo/");
		const undone = await facilitator.send(undo);
		assert.match(undone.location, /fait=annule$/);
		assert.equal((await new Client(site).get("/chorale-pour-tous")).status, 404);
		assert.deepEqual(await titles(), []);
	});

	it("brought in again, it changes the same page, and only by what changed there; called off, it goes", async () => {
		const two = event("atelier", "Atelier", `DTSTART:${year}0210T180000`);
		await bring(await look(calendar(choir(), two)));
		assert.deepEqual(await titles(), ["Atelier", "Chorale, pour tous"]);
		const same = await look(calendar(choir(), two));
		assert.match(text(same.body), /2 sont là comme/);
		assert.doesNotMatch(text(same.body), /Les faire venir/);
		// A person corrects the place here, the calendar moves the hour there: both stay.
		const { made, edit } = await import("../support/records.js");
		const atelier = await made(facilitator, "/atelier");
		await edit(facilitator, atelier.id, { lieu_texte: "Chez Nadia" });
		const later = event("atelier", "Atelier", `DTSTART:${year}0211T190000`, "SEQUENCE:1");
		assert.match(text((await look(calendar(choir(), later))).body), /1 serait changé/);
		await bring(await look(calendar(choir(), later)));
		const page = text((await new Client(site).get("/atelier")).body);
		assert.match(page, /Chez Nadia/);
		assert.match(page, /11 février.*19 h/);
		await bring(await look(calendar(event("chorale@maison", "Chorale", `DTSTART:${year}0105T183000`, "STATUS:CANCELLED"), later)));
		assert.deepEqual(await titles(), ["Atelier"]);
	});

	it("a day moved and a day called off are those of the event", async () => {
		await bring(await look(calendar(
			event("yoga", "Yoga", `DTSTART;TZID=Europe/Paris:${year}0301T100000`, "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4"),
			event("yoga", "Yoga", `RECURRENCE-ID;TZID=Europe/Paris:${year}0302T100000`, `DTSTART;TZID=Europe/Paris:${year}0302T160000`, "DURATION:PT2H"),
			event("yoga", "Yoga", `RECURRENCE-ID;TZID=Europe/Paris:${year}0303T100000`, "STATUS:CANCELLED"),
		)));
		assert.deepEqual(beginnings(named(await agenda(), "Yoga"), `${year}-01-01`, `${year + 1}-01-01`), [`${year}-03-01T09:00`, `${year}-03-02T15:00`, `${year}-03-04T09:00`]);
	});

	it("what goes out comes in as it was", async () => {
		const out = (await new Client(site).get("/-/calendar/view/agenda.ics")).body;
		const looked = await look(out);
		const n = readCalendar(out).events.length;
		assert.match(text(looked.body), new RegExp(`${n} événements seraient ajoutés`));
		assert.match(text(looked.body), /0 reste dehors/);
	});

	it("no calendar, no file, too many: a sentence that says what to do", async () => {
		for (const content of ["<html>", "", "BEGIN:VCALENDAR\0"]) {
			const answer = await look(content);
			assert.equal(answer.status, 422, content);
			assert.match(answer.body, /id="f-file-error"/);
		}
		const many = await look(calendar(...Array.from({ length: 1001 }, (_, i) => event(`n${i}`, `N ${i}`, `DTSTART:${year}0105T183000`))));
		assert.equal(many.status, 422);
		assert.match(text(many.body), /1001 événements/);
		assert.equal((await look(calendar(choir()), { space: "ailleurs" })).status, 422);
		const member = await new Client(site).signIn("contributor");
		assert.equal((await member.get(IMPORT)).status, 403);
	});

	// Samples that are not part of the project.
	const samples = resolve(source, "../shared/samples/icalendar/rfc2445-examples.ics");
	it("the examples of the standard", { skip: existsSync(samples) ? false : `${samples} is not here` }, async () => {
		const looked = await look(readFileSync(samples, "utf8"));
		assert.equal(looked.status, 200, text(looked.body));
		assert.match(looked.body, /Bastille Day Party/);
		assert.match(text(looked.body), /VTODO/);
	});
});
