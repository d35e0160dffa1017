// Dates to choose from: who sees names, who answers when, what is refused, what becomes of the date that is chosen.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, type PersonName } from "../support/program.js";
import { add, edit, type Made, trash } from "../support/records.js";

onSite("dates to choose from", (site) => {
	let neighbour: Client, member: Client, facilitator: Client, contributor: Client;
	const visitor = new Client(site, { "Accept-Language": "fr" });
	const come = (who: PersonName) => new Client(site, { "Accept-Language": "fr" }).signIn(who);
	before(async () => {
		[neighbour, member, facilitator, contributor] = (await Promise.all((["neighbour", "member", "facilitator", "contributor"] as PersonName[]).map(come))) as [Client, Client, Client, Client];
	});

	const day = (days: number) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
	const evening = `${day(20)}T18:30/20:00`, whole = day(22);
	const named = (at: string) => `slot-${at.replace(/[:/]/g, "-")}`;
	// Two dates, the first for so many people.
	const look = (title: string, places = "", closes = "", space = "") =>
		add(neighbour, "sondage_date", {
			titre: title, "dates.day[]": [day(20), day(22)], "dates.from[]": ["18:30", ""], "dates.to[]": ["20:00", ""], "dates.places[]": [places, ""], "dates.closes": closes, lieu_texte: "La halle", recit: "Apportez de quoi écrire.",
		}, space);
	async function say(client: Client, made: Made, ...answers: string[]) {
		const form = await client.form(`/-/dates/${made.id}`, "/-/dates/");
		return client.send(form, Object.fromEntries([evening, whole].map((at, i) => [named(at), answers[i] ?? null]).filter(([, said]) => said !== null)));
	}
	const section = async (client: Client, made: Made) => text(/<section class="section" id="dates"[\s\S]*?<\/section>/.exec((await client.get(made.url)).body)?.[0] ?? "");

	it("visitors see at once how many each date suits, never who; whoever has a name here sees who", async () => {
		const made = await look("La réunion du jardin");
		assert.match(await section(visitor, made), /Personne n’a encore répondu/); // kept for all…
		assert.equal((await say(member, made, "2", "1")).status, 303);
		assert.match(await section(visitor, made), /1 personne a répondu.*18\s*h\s*30.*Oui\s*: 1.*Si besoin\s*: 1/); // … and follows
		assert.doesNotMatch((await visitor.get(made.url)).body, /Maël/);
		assert.doesNotMatch((await visitor.get(`/-/dates/${made.id}`)).body, /Maël/);
		assert.equal((await visitor.get(`/-/dates-table/${made.id}`)).status, 303); // to sign in
		assert.match(text((await contributor.get(`/-/dates/${made.id}`)).body), /Maël Membre.*Oui.*Si besoin/);
		const table = await contributor.get(`/-/dates-table/${made.id}`);
		assert.match(table.headers["content-type"]!, /text\/csv/);
		assert.match(table.body, /^Nom,.*\r\nMaël Membre \(démo\),Oui,Si besoin\r\n$/);
		// She changes her mind, then takes it back.
		await say(member, made, "0", "2");
		assert.match(await section(visitor, made), /1 personne a répondu.*Oui\s*: 0.*Oui\s*: 1/);
		const withdrawn = await member.send(await member.form(`/-/dates/${made.id}`, "/-/dates-withdraw/"));
		assert.equal(withdrawn.status, 303);
		assert.match(await section(visitor, made), /Personne n’a encore répondu/);
	});

	it("a full date takes nobody more, even when two saw its last place; what was chosen stays typed", async () => {
		const made = await look("Une place", "1");
		const late = await contributor.form(`/-/dates/${made.id}`, "/-/dates/");
		assert.equal((await say(member, made, "2")).status, 303);
		const refused = await contributor.send(late, { [named(evening)]: "2", [named(whole)]: "1" });
		assert.equal(refused.status, 422);
		assert.match(text(refused.body), /Quelqu’un vient de prendre la dernière place/);
		assert.match(refused.body, new RegExp(`name="${named(whole)}" value="1" checked`));
		assert.match(await section(visitor, made), /1 personne a répondu.*complet/);
		assert.equal((await say(member, made, "2", "2")).status, 303); // her own place
		const none = await contributor.send(late, {});
		assert.equal(none.status, 422);
		assert.match(text(none.body), /Dites d’une date au moins/);
	});

	it("after the last day nobody answers any more, and who proposed the dates still chooses", async () => {
		const made = await look("Trop tard", "", day(1));
		assert.match(await section(visitor, made), /Réponses jusqu’au/);
		const form = await member.form(`/-/dates/${made.id}`, "/-/dates/");
		await edit(neighbour, made.id, { "dates.closes": day(-1) });
		const late = await member.send(form, { [named(whole)]: "2" });
		assert.equal(late.status, 422);
		assert.match(text(late.body), /On ne peut plus répondre ici/);
		assert.doesNotMatch(await section(visitor, made), /Dire les dates/);
		assert.match(text((await neighbour.get(`/-/dates/${made.id}`)).body), /Choisir la date/);
	});

	it("the date that is chosen becomes a page that says the same; one goes back on it, and nothing is lost", async () => {
		const made = await look("Réunion à annoncer");
		await say(member, made, "2", "0");
		const choose = await facilitator.form(`/-/dates/${made.id}`, "/-/choose-date/");
		assert.equal((await facilitator.send(choose, { slot: "2001-01-01", form: "action" })).status, 400);
		const announced = await facilitator.send(choose, { slot: evening, form: "action" });
		assert.equal(announced.status, 303);
		assert.match(announced.location, /fait=date-annoncee/);
		const page = text((await visitor.get(announced.location.replace(/\?.*/, ""))).body);
		assert.match(page, /Réunion à annoncer.*Apportez de quoi écrire/);
		assert.match(await section(visitor, made), /Ce sera .*18\s*h\s*30.*Réunion à annoncer.*choisie/);
		assert.equal((await say(contributor, made, "2").catch((error: Error) => error.message)).toString().includes("no form"), true);
		assert.match(text((await member.get("/-/history/" + made.id)).body), /la date est choisie/);
		const back = await facilitator.send(await facilitator.form(`/-/dates/${made.id}`, "/-/choose-date/"), {});
		assert.match(back.location, /fait=date-rouverte/);
		assert.match(await section(visitor, made), /1 personne a répondu.*convient au plus grand nombre/);
	});

	it("the chosen date lands in the agenda at once, with its hours and its place in words", async () => {
		const made = await add(neighbour, "sondage_date", { titre: "Chorale à caler", lieu_texte: "Maison de quartier", "dates.day[]": [day(20)], "dates.from[]": ["18:30"], "dates.to[]": ["20:00"], "dates.places[]": [""] });
		const choose = await neighbour.form(`/-/dates/${made.id}`, "/-/choose-date/");
		assert.match((await neighbour.send(choose, { slot: evening, form: "evenement" })).location, /fait=date-annoncee/);
		const agenda = text((await visitor.get(`/agenda?par=liste&jour=${day(20)}`)).body);
		assert.match(agenda, /Chorale à caler/);
		const event = (await visitor.get("/-/calendar/view/agenda.ics")).body.split("BEGIN:VEVENT").find((one) => one.includes("SUMMARY:Chorale à caler"))!;
		assert.match(event, /LOCATION:Maison de quartier\r\n/);
		assert.match(event, new RegExp(`DTSTART;TZID=Europe/Paris:${day(20).replaceAll("-", "")}T183000\r\nDTEND;TZID=Europe/Paris:${day(20).replaceAll("-", "")}T200000`));
	});

	it("a correction of the dates keeps what was said of the others", async () => {
		const made = await look("Dates corrigées");
		await say(member, made, "2", "2");
		await edit(neighbour, made.id, { "dates.day[]": [day(21), day(22)], "dates.from[]": ["", ""], "dates.to[]": ["", ""], "dates.places[]": ["", ""] });
		assert.match(await section(visitor, made), /Oui\s*: 0.*convient au plus grand nombre.*Oui\s*: 1/);
		await edit(neighbour, made.id, { "dates.day[]": [day(20), day(22)], "dates.from[]": ["18:30", ""], "dates.to[]": ["20:00", ""], "dates.places[]": ["", ""] });
		assert.match(await section(visitor, made), /Oui\s*: 1.*Oui\s*: 1/);
	});

	it("who organises answers for somebody on the telephone, and takes an answer out; others do not", async () => {
		const made = await look("Au téléphone");
		const form = await facilitator.form(`/-/dates/${made.id}`, "/-/dates/");
		assert.equal((await facilitator.send(form, { "for-name": "Denise", [named(whole)]: "2" })).status, 303);
		const page = await facilitator.get(`/-/dates/${made.id}`);
		assert.match(text(page.body), /Denise.*Oui/);
		const remove = formOf(page, "/-/dates-withdraw/");
		const stranger = await (await come("outsider")).form(`/-/dates/${made.id}`, "/-/dates/");
		const forged = await (await come("contributor")).post(remove.action, remove.pairs, { Origin: site.origin });
		assert.equal(forged.status, 403); // another's token
		assert.ok(stranger);
		assert.equal((await facilitator.send(remove)).status, 303);
		assert.match(await section(visitor, made), /Personne n’a encore répondu/);
	});

	it("hours by another clock, right across the change of summer time", async () => {
		const made = await add(neighbour, "sondage_date", { titre: "À distance", "dates.day[]": ["2027-03-27", "2027-03-28"], "dates.from[]": ["18:00", "18:00"], "dates.to[]": ["19:00", ""], "dates.places[]": ["", ""] });
		const there = text((await member.get(`/-/dates/${made.id}?fuseau=America/Martinique`)).body);
		assert.match(there, /27 mars 2027.*Pour vous\s*: samedi 27 mars 2027, de 13\s*h à 14\s*h.*28 mars 2027.*Pour vous\s*: dimanche 28 mars 2027, 12\s*h/);
		assert.match((await member.get(`/-/dates/${made.id}`)).body, /datetime="2027-03-27T18:00\+01:00"[\s\S]*datetime="2027-03-28T18:00\+02:00"/);
		assert.match(text((await member.get(`/-/dates/${made.id}?fuseau=Mars/Olympus`)).body), /n’est pas un fuseau horaire connu/);
	});

	it("members who have not answered are asked again, those who have are not", async () => {
		const made = await add(facilitator, "sondage_date", { titre: "Relance de l’équipe", "dates.day[]": [whole], "dates.from[]": [""], "dates.to[]": [""], "dates.places[]": [""] }, "coordination");
		const remind = await facilitator.form(`/-/dates/${made.id}`, "/-/remind-dates/");
		const told = async (client: Client) => text((await client.get("/-/news")).body).includes("demande quelles dates vous conviennent");
		const outsider = await come("outsider");
		assert.equal((await outsider.send(await outsider.form(`/-/dates/${made.id}`, "/-/dates/"), { [named(whole)]: "0" })).status, 303);
		assert.equal((await facilitator.send(remind)).status, 303);
		for (let i = 0; i < 50 && !(await told(member)); i++) await new Promise((done) => setTimeout(done, 100));
		assert.ok(await told(member));
		assert.deepEqual(await Promise.all([outsider, contributor, facilitator].map(told)), [false, false, false]);
	});

	it("what is not there, or in the trash, answers to nobody", async () => {
		const page = await add(neighbour, "page", { titre: "Sans date", texte: "Rien." });
		assert.equal((await member.get(`/-/dates/${page.id}`)).status, 404);
		const made = await look("À jeter");
		await trash(neighbour, made.id);
		assert.equal((await member.get(`/-/dates/${made.id}`)).status, 404);
	});
});
