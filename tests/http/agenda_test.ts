// The agenda: what an event says of when is on its days, each time, for who may read it; whatever the form takes, it keeps.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people } from "../support/program.js";
import { add } from "../support/records.js";

const plain = (s: string) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
const pad = (n: number) => String(n).padStart(2, "0");
/** The nth Tuesday of a month, as a calendar on the wall has it. */
const tuesday = (year: number, month: number, nth: number) => {
	const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
	return 1 + ((2 - first + 7) % 7) + 7 * (nth - 1);
};

onSite("agenda", (site) => {
	const visitor = () => new Client(site);
	const year = new Date().getUTCFullYear() + 1;
	const event = (day: number, more: Record<string, string> = {}) => ({
		titre: "Tricot du mardi",
		"quand.from.day": String(day), "quand.from.month": "1", "quand.from.year": String(year), "quand.from.time": "18 h 30",
		"quand.to.time": "20 h", ...more,
	});
	/** The days of a month's table that name an event. */
	const days = async (month: string, title: string, client = visitor()) => {
		const page = await client.get(`/agenda?le=${month}-01`);
		assert.equal(page.status, 200);
		return [...page.body.matchAll(/<a class="agenda-number[^>]*href="#d-([\d-]+)">.*?<\/td>/gs)]
			.filter(([cell]) => plain(text(cell!)).includes(plain(title))).map((m) => m[1]);
	};

	it("what comes stands first: the days of this month and of this week that are over come after, under their own words", async () => {
		const member = await new Client(site).signIn("member"), local = (days: number) => new Intl.DateTimeFormat("fr-CA", { timeZone: "Europe/Paris" }).format(Date.now() + days * 864e5);
		const today = local(0);
		for (const days of [-1, 0, 1]) {
			const [y, m, d] = local(days).split("-").map(Number);
			await add(member, "evenement", { titre: `Autour d’aujourd’hui ${days}`, "quand.from.day": String(d), "quand.from.month": String(m), "quand.from.year": String(y) });
		}
		for (const [by, earlier] of [["mois", "Plus tôt ce mois-ci"], ["semaine", "Plus tôt cette semaine"]] as const) {
			const { body } = await new Client(site, { "Accept-Language": "fr" }).get(`/agenda?par=${by}`);
			const ids = [...body.matchAll(/<section class="agenda-day" id="d-([\d-]+)"/g)].map((m) => m[1]!);
			const [coming, over] = [ids.filter((day) => day >= today), ids.filter((day) => day < today)];
			assert.equal(ids[0], today, by);
			assert.deepEqual(ids, [...coming.sort(), ...over.sort()], by);
			const words = body.indexOf(earlier);
			assert.equal(words >= 0, over.length > 0, by);
			if (over.length) assert.ok(words > body.indexOf(`id="d-${coming.at(-1)}"`) && words < body.indexOf(`id="d-${over[0]}"`), by);
		}
		// At another time it is as it was: from its first day on.
		const { body } = await visitor().get(`/agenda?par=mois&le=${year}-06-15`);
		assert.doesNotMatch(body, /agenda-earlier/);
	});

	it("every 2nd Tuesday but August, a day left out, a day moved", async () => {
		const member = await new Client(site).signIn("member");
		const day = tuesday(year, 1, 2), march = tuesday(year, 3, 2);
		await add(member, "evenement", event(day, {
			"quand.repeat": "words", "quand.words": "tous les 2es mardis sauf août",
			"quand.except": `${tuesday(year, 2, 2)}/2/${year}`, "quand.moved": `${march}/3/${year} = ${march + 1}/3/${year} 19 h`,
		}));
		assert.deepEqual(await days(`${year}-01`, "Tricot"), [`${year}-01-${pad(day)}`]);
		assert.deepEqual(await days(`${year}-02`, "Tricot"), []);
		assert.deepEqual(await days(`${year}-03`, "Tricot"), [`${year}-03-${pad(march + 1)}`]);
		assert.deepEqual(await days(`${year}-04`, "Tricot"), [`${year}-04-${pad(tuesday(year, 4, 2))}`]);
		assert.deepEqual(await days(`${year}-08`, "Tricot"), []);
		const page = text((await visitor().get("/tricot-du-mardi")).body);
		assert.match(plain(page), /tous les 2es mardis sauf aout/);
		/* Asked again, it stands in the controls as it was. */
		const form = (await member.get(`/agenda?vue=list&q=tricot`)).body;
		assert.match(form, /tricot-du-mardi/);
	});

	it("a beginning that is not one of the days is told, with the first that is", async () => {
		const member = await new Client(site).signIn("member");
		const form = await member.form("/-/new/evenement", "/-/new/");
		const answer = await member.send(form, event(tuesday(year, 1, 2) + 1, { "quand.repeat": "words", "quand.words": "tous les 2es mardis" }));
		assert.equal(answer.status, 422);
		assert.match(plain(text(answer.body)), new RegExp(`le premier est le mardi ${tuesday(year, 2, 2)} fevrier`));
		assert.match(answer.body, /value="tous les 2es mardis"/);
	});

	it("what is in a closed space is in the agenda of its members only", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		const day = tuesday(year, 1, 3);
		await add(facilitator, "evenement", event(day, { titre: "Conciliabule discret" }), "coordination");
		assert.deepEqual(await days(`${year}-01`, "Conciliabule", facilitator), [`${year}-01-${pad(day)}`]);
		assert.deepEqual(await days(`${year}-01`, "Conciliabule", await new Client(site).signIn("contributor")), []);
		assert.deepEqual(await days(`${year}-01`, "Conciliabule"), []);
	});

	it("by week and as it comes, with ways on and back; a day that is none is today", async () => {
		const week = await visitor().get(`/agenda?par=semaine&le=${year}-01-${pad(tuesday(year, 1, 2))}`);
		assert.match(plain(text(week.body)), /tricot du mardi/i);
		assert.match(week.body, /rel="next"/);
		assert.match(week.body, /rel="prev"/);
		assert.equal((await visitor().get("/agenda?le=2026-02-31&par=siecle")).status, 200);
		assert.equal((await visitor().get("/agenda?le=9999-12-31")).status, 200);
		assert.equal((await visitor().get("/agenda?le=0001-01-01")).status, 200);
	});

	it("what comes is sorted by its next day, also what began long ago and comes back", async () => {
		const member = await new Client(site).signIn("member"), facilitator = await new Client(site).signIn("facilitator");
		const on = (days: number) => {
			const [y, m, d] = new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10).split("-") as [string, string, string];
			return { "quand.from.day": d, "quand.from.month": m, "quand.from.year": y, "quand.from.time": "", "quand.to.time": "" };
		};
		await add(member, "evenement", event(1, { ...on(-69), titre: "Suite hebdomadaire", "quand.repeat": "week" })); // next one: tomorrow
		await add(member, "evenement", event(1, { ...on(3), titre: "Suite dans trois jours" }));
		await add(member, "evenement", event(1, { ...on(-80), titre: "Suite quotidienne finie", "quand.repeat": "day", "quand.until": "10 fois" }));
		await add(member, "evenement", event(1, { ...on(-65), titre: "Suite du cinquième jour", "quand.repeat": "week" })); // next one: in five days
		const NEW = "/-/views/new";
		const begun = await facilitator.form(`${NEW}?form=evenement`, NEW);
		const form = formOf(await facilitator.send(begun, { "where-add": "quand", _do: "where:add" }), begun.action);
		const made = await facilitator.send(form, { title: "La suite", "where-0-op": ">=", "where-0-when": "today", layout: "list" });
		assert.equal(made.status, 303, text(made.body));
		const body = (await visitor().get(`${made.location.split("?")[0]}?vue=list&tri=quand`)).body;
		assert.deepEqual([...body.matchAll(/Suite (hebdomadaire|dans trois jours|quotidienne finie|du cinquième jour)(?=<)/g)].map((m) => m[1]),
			["hebdomadaire", "dans trois jours", "du cinquième jour"]);
	});

	// The agenda's other list becomes confidential: who is not named sees none of it there, its readers do.
	it("what a confidential form says of a day is in the agenda of its readers only", async () => {
		const facilitator = await new Client(site).signIn("facilitator"), member = await new Client(site).signIn("member");
		const privacy = "/-/form/action/privacy";
		const kept = await facilitator.send(await facilitator.form(privacy, privacy), { confidential: "1", journal: "6", months: "12", from: "changed", then: "erase" });
		assert.equal(kept.status, 303, text(kept.body));
		assert.equal((await facilitator.send(await facilitator.form("/-/readers/action", "/-/readers/action"), { person: people.member.name, until: "" })).status, 303);
		await add(member, "action", { titre: "Entretien feutré", recit: "Un récit.", "jour.day": "20", "jour.month": "1", "jour.year": String(year) });
		assert.deepEqual(await days(`${year}-01`, "Entretien feutré", member), [`${year}-01-20`]);
		for (const client of [visitor(), facilitator, await new Client(site).signIn("administrator")]) {
			for (const by of ["mois", "semaine", "liste"])
				assert.doesNotMatch((await client.get(`/agenda?par=${by}&le=${year}-01-20`)).body, /Entretien feutré/);
		}
		// Nor is it in any calendar for other programs, those of its readers neither.
		for (const client of [visitor(), member, facilitator])
			for (const path of ["/-/calendar/view/agenda.ics", "/-/calendar/space/tours.ics"]) assert.doesNotMatch((await client.get(path)).body, /Entretien feutré/);
		const own = await member.send(await member.form("/-/account/calendar", "/-/account/calendar"), { what: "all" });
		const address = new URL(/id="f-address" readonly value="([^"]*)"/.exec(own.body)![1]!).pathname;
		const dates = (await visitor().get(address)).body;
		assert.match(dates, /BEGIN:VEVENT/);
		assert.doesNotMatch(dates, /Entretien feutré/);
		const journal = (await facilitator.get("/-/readings/action/csv")).body;
		assert.match(journal, /une liste/); // her reading of the agenda
	});
});
