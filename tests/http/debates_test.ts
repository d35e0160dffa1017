// Debates: opened from a notice, one position a person, moves kept, guests after a yes, a group on one screen, closed.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, type PersonName } from "../support/program.js";
import { add, edit, type Made } from "../support/records.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

onSite("debates", (site) => {
	let member: Client, neighbour: Client, facilitator: Client;
	const visitor = new Client(site, { "Accept-Language": "fr" });
	const come = (who: PersonName) => new Client(site, { "Accept-Language": "fr" }).signIn(who);
	const day = (days: number) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
	before(async () => {
		[member, neighbour, facilitator] = (await Promise.all((["member", "neighbour", "facilitator"] as PersonName[]).map(come))) as [Client, Client, Client];
	});
	const open = (question: string, fin = day(20)) => add(member, "debat", { question, texte: "Des voitures, des enfants.", fin });
	const section = async (who: Client, made: Made) => text(/<section class="section" id="positions"[\s\S]*?<\/section>/.exec((await who.get(made.url)).body)?.[0] ?? "");
	const say = async (who: Client, made: Made, stance: number, reason: string) => who.send(await who.form(`/-/position/${made.id}`, "/-/position/"), { stance: String(stance), reason });

	it("grouped by position, with reasons; a change of mind shows what was thought before", async () => {
		const made = await open("Fermer la rue à la sortie ?");
		assert.match(await section(visitor, made), /Personne n’a encore répondu/);
		assert.equal((await say(neighbour, made, 0, "On respire **mieux**.")).status, 303);
		assert.equal((await say(facilitator, made, 3, "Et les livraisons ?")).status, 303);
		const seen = await section(visitor, made);
		assert.match(seen, /2 personnes ont répondu.*Pour : 1 \(50 %\).*Contre : 0.*Pour Lou Voisine.*On respire mieux.*Une question Anouk Anime.*Et les livraisons/);
		await say(neighbour, made, 2, "Les voisins âgés ?");
		const moved = await section(visitor, made);
		assert.match(moved, /2 personnes ont répondu.*Pour : 0.*J’hésite : 1.*J’hésite Lou Voisine.*avant : Pour.*Les voisins âgés/);
		assert.doesNotMatch(moved, /On respire/);
		const own = await neighbour.form(`/-/position/${made.id}`, "/-/position/");
		assert.equal(own.pairs.find(([name]) => name === "stance")![1], "2");
		const table = await member.get(`/-/positions/${made.id}`);
		assert.match(table.body, /^Nom,Position,Raison,Avant\r\nLou Voisine \(démo\),J’hésite,Les voisins âgés \?,avant\s: Pour\r\n/);
		assert.equal((await visitor.get(`/-/positions/${made.id}`)).status, 303);
	});

	it("mistakes are named, what was typed is kept", async () => {
		const made = await open("Un banc ?");
		const wrong = await neighbour.send(await neighbour.form(`/-/position/${made.id}`, "/-/position/"), { reason: "Parce que" });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /Choisissez ce que vous en pensez/);
		assert.match(wrong.body, />\s*Parce que<\/textarea>/);
		assert.equal((await say(neighbour, made, 1, " ")).status, 422);
		assert.match(await section(visitor, made), /Personne n’a encore répondu/);
	});

	it("without an account it waits for a yes where the space asks for one; a facilitator gives it, or takes it away", async () => {
		const made = await open("Planter des arbres ?");
		const guest = new Client(site, { "Accept-Language": "fr" });
		const form = await guest.form(`/-/position/${made.id}`, "/-/position/");
		await pause(2100);
		assert.equal((await guest.send(form, { stance: "0", reason: "De l’ombre.", "guest-name": "Denise" })).status, 303);
		assert.doesNotMatch(await section(visitor, made), /De l’ombre/);
		assert.match(await section(guest, made), /Denise.*attend un oui.*De l’ombre/);
		assert.match(await section(facilitator, made), /1 réponse attend un oui.*De l’ombre/);
		const page = await facilitator.get(made.url);
		assert.equal((await facilitator.send(formOf(page, "/-/position-accept/"))).status, 303);
		assert.match(await section(visitor, made), /1 personne a répondu.*Denise.*De l’ombre/);
		const num = /name="position" value="(\d+)"/.exec((await facilitator.get(made.url)).body)![1]!;
		const token = /name="_form" value="([^"]*)"/.exec((await neighbour.get(`/-/position/${made.id}`)).body)![1]!;
		assert.equal((await neighbour.post(`/-/position-remove/${made.id}`, { _form: token, position: num }, { Origin: site.origin })).status, 403);
		await facilitator.send(formOf(await facilitator.get(made.url), "/-/position-remove/"), { position: num });
		assert.doesNotMatch(await section(visitor, made), /De l’ombre/);
	});

	it("a class on one screen: several first names at once, who moves is moved there", async () => {
		const made = await open("Ce que j’aimerais faire après l’école");
		const path = `/-/debate-group/${made.id}`;
		assert.equal((await neighbour.get(path)).status, 403);
		const form = await facilitator.form(path, path);
		const wrong = await facilitator.send(form, { "name-0": "Léa", "reason-1": "Sans prénom" });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /Choisissez ce qu’elle ou il pense.*Écrivez un prénom/);
		assert.match(wrong.body, /value="Sans prénom"/);
		assert.equal((await facilitator.send(form, { "name-0": "Léa", "stance-0": "0", "reason-0": "Du sport", "name-1": "Sami", "stance-1": "1", "reason-1": "Rien" })).status, 303);
		assert.match(await section(visitor, made), /2 personnes ont répondu.*Léa.*Du sport.*Sami.*Rien/);
		const three = await facilitator.form(path, path);
		assert.equal((await facilitator.send(three, { "name-2": "Noé", "stance-2": "0", "reason-2": "Dormir" })).status, 303);
		assert.match(await section(visitor, made), /Pour : 2 \(67 %\).*Contre : 1 \(33 %\)/, "to the nearest");
		assert.equal((await facilitator.send(await facilitator.form(path, path), { "name-2": "" })).status, 303);
		const again = await facilitator.form(path, path);
		assert.equal(again.pairs.find(([name]) => name === "name-0")![1], "Léa");
		await facilitator.send(again, { "stance-0": "1", "reason-0": "Trop fatiguée", "name-1": "" });
		const seen = await section(visitor, made);
		assert.match(seen, /1 personne a répondu.*Contre Léa.*avant : Pour.*Trop fatiguée/);
		assert.doesNotMatch(seen, /Sami/);
	});

	it("after the last day nobody answers any more, and the summary stands on the page", async () => {
		const made = await open("Bientôt clos", day(1));
		await say(neighbour, made, 0, "Oui.");
		const form = await facilitator.form(`/-/position/${made.id}`, "/-/position/");
		await edit(member, made.id, { "fin.day": day(-1).slice(8), "fin.month": day(-1).slice(5, 7), "fin.year": day(-1).slice(0, 4), synthese: "On s’accorde sur l’essentiel." });
		const late = await facilitator.send(form, { stance: "1", reason: "Non." });
		assert.equal(late.status, 422);
		assert.match(text(late.body), /Le débat est clos/);
		const page = await visitor.get(made.url);
		assert.match(text(page.body), /Synthèse.*On s’accorde sur l’essentiel/);
		assert.doesNotMatch(page.body, /\/-\/position\//);
	});

	it("opened from a notice, it points to it, and the notice to it; listed with the others", async () => {
		const notice = await add(member, "annonce", { titre: "Discuter de la place", entree: "discutons", fin: day(10), etat: "ouverte" });
		const link = /href="(\/-\/new\/debat\?depuis=[0-9a-z]{26})"/.exec((await member.get(notice.url)).body)![1]!;
		const form = await member.form(link, "/-/new/");
		const made = await member.send(form, { question: "Des arbres sur la place ?" });
		assert.equal(made.status, 303);
		assert.match(text((await visitor.get(notice.url)).body), /Débats ouverts d’ici.*Des arbres sur la place/);
		assert.match(text((await visitor.get(made.location.replace(/\?.*/, ""))).body), /Ouvert depuis l’annonce.*Discuter de la place/);
		assert.match(text((await visitor.get("/debats")).body), /Des arbres sur la place/);
	});
});
