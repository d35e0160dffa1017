// Agendas as other programs read them (RFC 5545): every file is read by ical.js, another program's library, which finds
// the same days, hours and facts as the site's own pages; at a secret address, what one person may read and no more.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { beginnings, named, readCalendar } from "../support/calendar.js";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, edit, token, trash } from "../support/records.js";

const pad = (n: number) => String(n).padStart(2, "0");
const plain = (s: string) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
const nth = (year: number, month: number, weekday: number, n: number) => {
	const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
	return 1 + ((weekday - first + 7) % 7) + 7 * (n - 1);
};

onSite("calendars for other programs", (site) => {
	const visitor = () => new Client(site);
	const year = new Date().getUTCFullYear() + 1;
	let member: Client, facilitator: Client;
	const at = (y: number, m: number, d: number, from: string, to: string) => ({
		"quand.from.day": String(d), "quand.from.month": String(m), "quand.from.year": String(y), "quand.from.time": from, "quand.to.time": to,
	});
	const file = async (path: string, client = visitor()) => {
		const answer = await client.get(path);
		assert.equal(answer.status, 200, `${path}: ${text(answer.body)}`);
		assert.equal(answer.headers["content-type"], "text/calendar; charset=utf-8");
		return answer;
	};
	// The days on which the agenda's pages of a month name it.
	const shown = async (month: string, title: string) => {
		const { body } = await visitor().get(`/agenda?le=${month}-01`);
		return [...body.matchAll(/<a class="agenda-number[^>]*href="#d-([\d-]+)">.*?<\/td>/gs)].filter(([cell]) => plain(text(cell!)).includes(plain(title))).map((m) => m[1]!);
	};

	before(async () => {
		member = await new Client(site).signIn("member");
		facilitator = await new Client(site).signIn("facilitator");
	});

	it("an hour stays the same when the clocks change, each moved, left out and added day is there", async () => {
		const day = nth(year, 1, 2, 2), march = nth(year, 3, 2, 2);
		const made = await add(member, "evenement", {
			titre: "Tricot; fil, aiguilles \\ pelotes", ...at(year, 1, day, "18 h 30", "20 h"), lieu_texte: "Salle des fêtes, 1er étage",
			"lieu.address": "3 rue des Tanneurs, Tours", "lieu.lat": "47.394144", "lieu.lon": "0.68484", texte: "Apporter **sa laine**.\n\nPour tous.", mots: "laine, hiver",
			"quand.repeat": "words", "quand.words": "tous les 2es mardis sauf août", "quand.except": `${nth(year, 2, 2, 2)}/2/${year}`,
			"quand.moved": `${march}/3/${year} = ${march + 1}/3/${year} 19 h – 22 h`, "quand.also": `24/12/${year}`, "quand.until": `30/11/${year}`,
		});
		const answer = await file("/-/calendar/view/agenda.ics");
		const event = named(readCalendar(answer.body), "Tricot; fil, aiguilles \\ pelotes");
		// 18:30 in Tours is 17:30 UTC in winter, 16:30 in summer.
		const wanted = [1, 4, 5, 6, 7, 9, 10, 11].map((month) => {
			const d = nth(year, month, 2, 2), summer = month >= 4 && month <= 10;
			return `${year}-${pad(month)}-${pad(d)}T${summer ? "16:30" : "17:30"}`;
		});
		assert.deepEqual(beginnings(event, `${year}-01-01`, `${year + 1}-01-01`), [...wanted, `${year}-03-${pad(march + 1)}T18:00`, `${year}-12-24T17:30`].sort());
		for (const month of ["01", "02", "03", "04", "08", "12"])
			assert.deepEqual(beginnings(event, `${year}-${month}-01`, month === "12" ? `${year + 1}-01-01` : `${year}-${pad(Number(month) + 1)}-01`).map((s) => s.slice(0, 10)), await shown(`${year}-${month}`, "Tricot"));
		const moved = Object.values(event.exceptions)[0]!;
		assert.equal(moved.component.getFirstPropertyValue("dtend")!.toString(), `${year}-03-${pad(march + 1)}T22:00:00`);
		assert.equal(event.location, "Salle des fêtes, 1er étage, 3 rue des Tanneurs, Tours");
		assert.deepEqual(event.component.getFirstPropertyValue("geo"), [47.394144, 0.68484]);
		assert.match(event.description, /^Apporter sa laine\.\nPour tous\./);
		assert.match(event.description, new RegExp(`${made.url}$`));
		assert.match(String(event.component.getFirstPropertyValue("url")), new RegExp(`^http://.*${made.url}$`));
		assert.deepEqual(event.component.getFirstProperty("categories")!.getValues().sort(), ["hiver", "laine"]);
		// Lines of 75 bytes at most, CR LF, no half character.
		for (const line of answer.body.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
		assert.doesNotMatch(answer.body, /[^\r]\n|\uFFFD/);
	});

	it("on the very days when the clocks change: hours as they were typed on the page, their instants in the file, an hour more or less of a night", async () => {
		const last = (month: number) => 31 - new Date(Date.UTC(year, month - 1, 31)).getUTCDay();
		const [march, october] = [last(3), last(10)];
		for (const [month, day] of [[3, march], [10, october]] as const) {
			await add(member, "evenement", { titre: `Bal ${month}`, ...at(year, month, day, "18 h 30", "20 h") });
			await add(member, "evenement", { titre: `Nuit ${month}`, ...at(year, month, day - 1, "22 h", "6 h"), "quand.to.day": String(day), "quand.to.month": String(month), "quand.to.year": String(year) });
			await add(member, "evenement", { titre: `Journée ${month}`, ...at(year, month, day, "", "") });
			const { body } = await visitor().get(`/agenda?le=${year}-${pad(month)}-01&par=mois`), on = text(new RegExp(`<section class="agenda-day" id="d-${year}-${pad(month)}-${pad(day)}"[^]*?</section>`).exec(body)![0]);
			assert.match(plain(on), new RegExp(`bal ${month} de 18 h 30 a 20 h`));
			assert.match(plain(on), new RegExp(`journee ${month} toute la journee`));
			assert.match(plain(on), new RegExp(`nuit ${month}`));
		}
		const calendar = readCalendar((await file("/-/calendar/view/agenda.ics")).body);
		const begins = (title: string) => named(calendar, title).startDate, lasts = (title: string) => (named(calendar, title).endDate.toUnixTime() - begins(title).toUnixTime()) / 3600;
		// Central European Time: one hour ahead in winter, two in summer, which begins and ends at 01:00 UTC.
		assert.equal(begins("Bal 3").toJSDate().toISOString(), `${year}-03-${march}T16:30:00.000Z`);
		assert.equal(begins("Bal 10").toJSDate().toISOString(), `${year}-10-${october}T17:30:00.000Z`);
		assert.equal(lasts("Nuit 3"), 7);
		assert.equal(lasts("Nuit 10"), 9);
		for (const month of [3, 10]) assert.ok(begins(`Journée ${month}`).isDate);
	});

	it("days without an hour, over several days, once; the end of days is the day after", async () => {
		await add(member, "evenement", { titre: "Stage de trois jours", ...at(year, 5, 10, "", ""), "quand.to.day": "12", "quand.to.month": "5", "quand.to.year": String(year) });
		await add(member, "evenement", { titre: "Fête d’un jour", ...at(year, 7, 14, "", ""), "quand.repeat": "year" });
		const read = readCalendar((await file("/-/calendar/view/agenda.ics")).body);
		const stage = named(read, "Stage de trois jours");
		assert.equal(stage.startDate.toString(), `${year}-05-10`);
		assert.equal(stage.endDate.toString(), `${year}-05-13`);
		assert.deepEqual(beginnings(named(read, "Fête d’un jour"), `${year}-01-01`, `${year + 3}-01-01`), [0, 1, 2].map((n) => `${year + n}-07-14`));
	});

	it("the rule of elsewhere keeps its parts; its end is a moment", async () => {
		await add(member, "evenement", { titre: "Avant-dernier jour ouvré", ...at(year, 1, 28, "9 h", "10 h"), "quand.repeat": "words", "quand.words": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "quand.from.day": String(secondLastWorkday(year, 1)) });
		const event = named(readCalendar((await file("/-/calendar/view/agenda.ics")).body), "Avant-dernier jour ouvré");
		const wanted = Array.from({ length: 12 }, (_, i) => `${year}-${pad(i + 1)}-${pad(secondLastWorkday(year, i + 1))}`);
		assert.deepEqual(beginnings(event, `${year}-01-01`, `${year + 1}-01-01`).map((s) => s.slice(0, 10)), wanted);
	});

	it("a correction is another number of change, for the same event; what is in the trash is gone; unchanged, nothing is sent", async () => {
		const made = await add(member, "evenement", { titre: "Goûter partagé", ...at(year, 6, 2, "16 h", "") });
		const first = await file("/-/calendar/view/agenda.ics");
		assert.ok(first.headers["etag"]);
		assert.equal((await visitor().get("/-/calendar/view/agenda.ics", { "If-None-Match": String(first.headers["etag"]) })).status, 304);
		const before = named(readCalendar(first.body), "Goûter partagé");
		await new Promise((done) => setTimeout(done, 1100));
		await edit(member, made.id, { ...at(year, 6, 3, "16 h", "") });
		const after = named(readCalendar((await file("/-/calendar/view/agenda.ics")).body), "Goûter partagé");
		assert.equal(after.uid, before.uid);
		assert.ok(after.sequence > before.sequence);
		assert.equal(after.startDate.day, 3);
		const own = readCalendar((await file(`/-/calendar/page/${made.id}.ics`)).body);
		assert.equal(own.events.length, 1);
		assert.equal(own.events[0]!.uid, before.uid);
		await trash(member, made.id);
		assert.ok(!readCalendar((await file("/-/calendar/view/agenda.ics")).body).events.some((one) => one.uid === before.uid));
		assert.equal((await visitor().get(`/-/calendar/page/${made.id}.ics`)).status, 404);
	});

	it("with the choices of the page, of a space; what is closed is in none that everybody reads", async () => {
		const secret = await add(facilitator, "evenement", { titre: "Conseil fermé", ...at(year, 4, 20, "9 h", "11 h") }, "coordination");
		await add(member, "evenement", { titre: "Bal culturel", ...at(year, 4, 21, "20 h", "23 h"), domaine: "culture" });
		const chosen = readCalendar((await file("/-/calendar/view/agenda.ics?domaine=culture")).body);
		assert.deepEqual(chosen.events.map((one) => one.summary).filter((title) => !/inventé/.test(title)), ["Bal culturel"]);
		for (const client of [visitor(), facilitator]) assert.doesNotMatch((await file("/-/calendar/view/agenda.ics", client)).body, /Conseil fermé/);
		const space = readCalendar((await file("/-/calendar/space/tours.ics")).body);
		named(space, "Bal culturel");
		assert.doesNotMatch((await file("/-/calendar/space/tours.ics")).body, /Conseil fermé/);
		assert.equal((await visitor().get("/-/calendar/space/coordination.ics")).status, 404);
		assert.equal((await facilitator.get("/-/calendar/space/coordination.ics")).status, 404);
		assert.equal((await visitor().get(`/-/calendar/page/${secret.id}.ics`)).status, 404);
		assert.match((await file(`/-/calendar/page/${secret.id}.ics`, facilitator)).body, /Conseil fermé/);
		for (const path of ["/-/calendar/view/annuaire.ics", "/-/calendar/view/agenda", "/-/calendar/view/.ics", "/-/calendar/own/rien.ics", "/-/calendar/page/rien.ics"])
			assert.equal((await visitor().get(path)).status, 404, path);
	});

	it("one’s own: what one follows or all that one may read, at an address that is shown once, renewed and ended", async () => {
		const page = "/-/account/calendar";
		const make = async (client: Client, what: string) => {
			const answer = await client.send(await client.form(page, page), { what });
			assert.equal(answer.status, 200);
			assert.equal(answer.headers["cache-control"], "no-store");
			return new URL(/id="f-address" readonly value="([^"]*)"/.exec(answer.body)![1]!).pathname;
		};
		const all = await make(facilitator, "all");
		named(readCalendar((await file(all)).body), "Conseil fermé");
		assert.doesNotMatch((await facilitator.get(page)).body, /calendar\/own/);
		// Follows nothing of it: only her own pages.
		const followed = await make(facilitator, "followed");
		assert.equal((await visitor().get(all)).status, 404, "renewed");
		assert.deepEqual(readCalendar((await file(followed)).body).events.map((one) => one.summary), ["Conseil fermé"]);
		await facilitator.post("/-/follow", { _form: await token(facilitator), kind: "3", word: "laine", on: "1", next: "/" }, { Origin: site.origin });
		assert.equal(readCalendar((await file(followed)).body).events.length, 2);
		await facilitator.post("/-/follow", { _form: await token(facilitator), kind: "2", target: "agenda", on: "1", next: "/" }, { Origin: site.origin });
		assert.ok(readCalendar((await file(followed)).body).events.length > 4);
		assert.equal((await facilitator.send(await facilitator.form(page, `${page}/end`))).status, 303);
		assert.equal((await visitor().get(followed)).status, 404);
		// A contributor’s holds nothing of the closed space; one who is blocked has none.
		const other = await make(await new Client(site).signIn("contributor"), "all");
		assert.doesNotMatch((await file(other)).body, /Conseil fermé/);
	});

	it("the page that explains it leads to the calendar of the device, and is linked where dates are", async () => {
		const list = await visitor().get("/agenda?domaine=culture");
		const link = /href="(\/-\/subscribe\/view\/agenda[^"]*)"/.exec(list.body)![1]!.replaceAll("&amp;", "&");
		const page = await visitor().get(link);
		assert.equal(page.status, 200);
		assert.match(page.body, /href="webcal:\/\/127\.0\.0\.1:\d+\/-\/calendar\/view\/agenda\.ics\?domaine=culture"/);
		assert.match(text(page.body), /S’abonner/);
		assert.match((await visitor().get("/e/tours")).body, /\/-\/subscribe\/space\/tours/);
		assert.doesNotMatch((await facilitator.get("/e/coordination")).body, /\/-\/subscribe/);
		assert.doesNotMatch((await visitor().get("/annuaire")).body, /\/-\/subscribe/);
		assert.match((await visitor().get("/bal-culturel")).body, /\/-\/calendar\/page\/[0-9a-z]{26}\.ics/);
	});
});

function secondLastWorkday(year: number, month: number): number {
	const last = new Date(Date.UTC(year, month, 0)).getUTCDate(), days: number[] = [];
	for (let d = 1; d <= last; d++) if (![0, 6].includes(new Date(Date.UTC(year, month - 1, d)).getUTCDay())) days.push(d);
	return days.at(-2)!;
}
