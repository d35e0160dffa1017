// What else takes place then and there, told while an event is written, never what the writer may not read.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, type PersonName } from "../support/program.js";
import { add, made, token } from "../support/records.js";

// 1 minute of latitude is 1,852 m: the nautical mile.
const minute = 1 / 60;
const lat = 47.3, lon = 0.7;

onSite("what else takes place then and there", (site) => {
	let member: Client, facilitator: Client;
	const visitor = new Client(site, { "Accept-Language": "fr" });
	const come = (who: PersonName) => new Client(site, { "Accept-Language": "fr" }).signIn(who);
	before(async () => {
		[member, facilitator] = (await Promise.all((["member", "facilitator"] as PersonName[]).map(come))) as [Client, Client];
	});
	const point = (metres: number) => ({ "lieu.lat": (lat + (metres / 1852) * minute).toFixed(7), "lieu.lon": String(lon) });
	const when = (from: string, to: string, more = {}) => ({ "quand.from": from, "quand.to": to, ...more });
	const announce = (titre: string, values: Record<string, string>, who = member, space = "") => add(who, "evenement", { titre, ...values }, space);
	// As the script asks it.
	const ask = async (values: Record<string, string>, who = member, self = "") => {
		const answer = await who.post("/-/same-time/evenement", { _form: await token(who), ...values, ...(self ? { _self: self } : {}) }, { Origin: site.origin });
		assert.equal(answer.status, 200);
		return text(answer.body);
	};

	it("in the same place at the same time: a conflict; one after the other: none", async () => {
		const made = await announce("Couture", when("2027-05-04T18:00", "2027-05-04T20:00", { lieu_texte: "Salle des Halles" }));
		assert.match(await ask(when("2027-05-04T19:30", "2027-05-04T21:00", { lieu_texte: "salle des halles" })), /En même temps, au même endroit : Couture.*mardi 4 mai 2027, de 18 h à 20 h/);
		assert.doesNotMatch(await ask(when("2027-05-04T20:00", "2027-05-04T21:00", { lieu_texte: "Salle des Halles" })), /En même temps, au même endroit/);
		assert.doesNotMatch(await ask(when("2027-05-04T19:30", "2027-05-04T21:00", { lieu_texte: "Salle des fêtes" })), /Couture/);
		assert.doesNotMatch(await ask(when("2027-05-05T18:00", "2027-05-05T20:00", { lieu_texte: "Salle des Halles" })), /Couture/);
		// A day without an hour takes the whole day.
		assert.match(await ask({ "quand.from": "2027-05-04", lieu_texte: "Salle des Halles" }), /au même endroit : Couture/);
		// Itself is no conflict.
		assert.doesNotMatch(await ask(when("2027-05-04T18:00", "2027-05-04T20:00", { lieu_texte: "Salle des Halles" }), member, made.id), /Couture/);
	});

	it("on the map: the same place within some metres, nearby within two kilometres, the same evening", async () => {
		await announce("Loto", when("2027-05-11T19:00", "2027-05-11T20:00", point(0)));
		await announce("Chorale", when("2027-05-11T20:30", "2027-05-11T22:00", point(1500)));
		await announce("Loin", when("2027-05-11T19:00", "2027-05-11T22:00", point(2500)));
		await announce("Matin", when("2027-05-11T08:00", "2027-05-11T09:00", point(100)));
		const told = await ask(when("2027-05-11T19:15", "2027-05-11T20:15", point(20)));
		assert.match(told, /En même temps, au même endroit : Loto/);
		assert.match(told, /1 autre événement.*Chorale.*à 1,4 km/);
		assert.doesNotMatch(told, /Loin|Matin/);
		assert.match(await ask(when("2027-05-11T19:15", "2027-05-11T20:15", point(400))), /2 autres événements.*Loto.*à (390|400) m.*Chorale.*à 1,[01] km/);
	});

	it("what comes back, across the change of the clocks, and what is moved", async () => {
		await announce("Échecs", when("2027-03-23T18:30", "2027-03-23T20:00", { lieu_texte: "Café du coin", "quand.repeat": "words", "quand.words": "tous les mardis", "quand.moved": "6/4/2027 = 7/4/2027 18:30 – 20:00" }));
		// 28 March 2027: summer time begins.
		assert.match(await ask(when("2027-03-30T19:30", "2027-03-30T21:00", { lieu_texte: "Café du coin" })), /Échecs.*mardi 30 mars 2027, de 18 h 30 à 20 h/);
		assert.doesNotMatch(await ask(when("2027-04-06T19:00", "2027-04-06T20:00", { lieu_texte: "Café du coin" })), /Échecs/);
		assert.match(await ask(when("2027-04-07T19:00", "2027-04-07T20:00", { lieu_texte: "Café du coin" })), /Échecs/);
		// Both come back: told once, with how many more.
		assert.match(await ask(when("2027-03-23T19:00", "2027-03-23T21:00", { lieu_texte: "Café du coin", "quand.repeat": "words", "quand.words": "tous les mardis, 3 fois" })), /Échecs.*mardi 23 mars 2027, de 18 h 30 à 20 h, et 1 autre date/);
	});

	it("over midnight, and a meeting in the room of an event", async () => {
		await announce("Bal", when("2027-06-05T21:00", "2027-06-06T02:00", { lieu_texte: "Préau" }));
		assert.match(await ask(when("2027-06-06T01:00", "2027-06-06T03:00", { lieu_texte: "Préau" })), /au même endroit : Bal/);
		await add(member, "reunion", { titre: "Conseil du préau", jour: "2027-06-08T18:30", lieu_texte: "Préau" });
		assert.match(await ask(when("2027-06-08T19:00", "2027-06-08T20:00", { lieu_texte: "Préau" })), /Conseil du préau/);
	});

	it("nothing is told of what the writer may not read", async () => {
		await announce("Secret de l’équipe", when("2027-05-18T18:00", "2027-05-18T20:00", { lieu_texte: "Bureau" }), facilitator, "coordination");
		const asked = when("2027-05-18T18:30", "2027-05-18T19:00", { lieu_texte: "Bureau" });
		assert.match(await ask(asked, facilitator), /Secret de l’équipe/);
		const open = await visitor.post("/-/same-time/evenement", asked, { Origin: site.origin });
		assert.doesNotMatch(open.body, /Secret/);
		assert.equal((await member.post("/-/same-time/structure", { _form: await token(member) }, { Origin: site.origin })).status, 404);
	});

	it("without script the preview tells it, the page is published all the same, and then says so to who looks after it", async () => {
		await announce("Yoga", when("2027-05-25T18:00", "2027-05-25T20:00", { lieu_texte: "Dojo" }));
		const form = await member.form("/-/new/evenement", "/-/new/");
		const values = { titre: "Judo", ...when("2027-05-25T19:00", "2027-05-25T20:00", { lieu_texte: "Dojo" }) };
		const preview = await member.send(form, { ...values, _preview: "1" });
		assert.equal(preview.status, 200);
		assert.match(text(preview.body), /rien n’est encore enregistré.*au même endroit : Yoga/);
		const answer = await member.send(form, values);
		assert.equal(answer.status, 303);
		const judo = await made(member, answer.location.split("?")[0]!);
		assert.match(text((await member.get(judo.url)).body), /au même endroit : Yoga/);
		assert.doesNotMatch((await visitor.get(judo.url)).body, /au même endroit/);
		assert.match(text((await member.get(`/-/edit/${judo.id}`)).body), /au même endroit : Yoga.*C’est seulement dit : vous décidez/);
	});
});
