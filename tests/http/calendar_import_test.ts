// Calendars from outside brought in as pages: looked at first, brought in, brought in again, called off, taken back.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { settled } from "../support/imports.js";
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

	it("no calendar, no file: a sentence that says what to do", async () => {
		for (const content of ["<html>", "", "BEGIN:VCALENDAR\0"]) {
			const answer = await look(content);
			assert.equal(answer.status, 422, content);
			assert.match(answer.body, /id="f-file-error"/);
		}
		assert.equal((await look(calendar(choir()), { space: "ailleurs" })).status, 422);
		const member = await new Client(site).signIn("contributor");
		assert.equal((await member.get(IMPORT)).status, 403);
	});

	it("a large calendar is looked at, brought in and taken back by a job, with every event that stays out", async () => {
		const two = (n: number) => String(n).padStart(2, "0");
		const many = Array.from({ length: 1150 }, (_, i) => event(`grand${i}@maison`, `Grand ${i}`, i % 10 === 9 ? "RRULE:FREQ=HOURLY" : "DESCRIPTION:oui", `DTSTART:${year}${two(1 + (i % 12))}${two(1 + (i % 28))}T183000`));
		const sent = await look(calendar(...many));
		assert.equal(sent.status, 303, text(sent.body));
		assert.match(sent.location, /^\/-\/imports\/[0-9a-z]{26}$/);
		const begun = await facilitator.get(sent.location);
		assert.equal(begun.headers["refresh"], "4", "who has no scripts sees it go on");
		assert.match(begun.body, /<progress [^>]*max="/);
		assert.equal((await new Client(site).get(sent.location)).status, 303);
		const other = await new Client(site).signIn("administrator");
		assert.equal((await other.get(sent.location)).status, 404, "hers alone");
		const looked = await settled(facilitator, sent.location);
		assert.equal(looked.headers["refresh"], undefined);
		assert.match(text(looked.body), /1035 pages seraient ajoutées/);
		assert.match(text(looked.body), /115 restent dehors/);
		assert.deepEqual(await titles().then((all) => all.filter((title) => /^Grand/.test(title))), []);
		assert.match(text(looked.body), /Lignes 1 à 100 sur 115/);
		const more = await facilitator.get(`${sent.location}?restent=100`);
		assert.match(text(more.body), /Lignes 101 à 115 sur 115/);
		const act = async (page: Answer, what: string) => settled(facilitator, (await facilitator.send(formOf(page, "/-/imports/"), { "what[]": what })).location);
		const done = await act(looked, "bring");
		assert.match(text(done.body), /1035 pages ont été ajoutées/);
		assert.equal((await titles()).filter((title) => /^Grand/.test(title)).length, 1035);
		// Somebody writes in one of them: it stays.
		const { made, edit } = await import("../support/records.js");
		await edit(await new Client(site).signIn("administrator"), (await made(facilitator, "/grand-3")).id, { lieu_texte: "Chez Nadia" });
		const gone = await act(done, "undo");
		assert.match(text(gone.body), /1034 pages sont reprises.*1 reste : quelqu’un y a touché depuis/);
		assert.deepEqual((await titles()).filter((title) => /^Grand/.test(title)), ["Grand 3"]);
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
