// What people do on the pages of a form – talk, take position, answer –, chosen in the browser without a script: nobody
// writes JSON, what it changes is said before, and nothing is lost.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

onSite("uses of forms", (site) => {
	let facilitator: Client, member: Client, neighbour: Client;
	const visitor = new Client(site, { "Accept-Language": "fr" });
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		member = await new Client(site).signIn("member");
		neighbour = await new Client(site).signIn("neighbour");
	});
	const path = (key: string) => `/-/form/${key}/uses`;
	const form = (key: string) => facilitator.form(path(key), path(key));
	const value = (f: { pairs: [string, string][] }, name: string) => f.pairs.find(([key]) => key === name)?.[1];

	it("shows what a form of the preset says, in words; saving it as it is changes nothing", async () => {
		const page = await facilitator.get(path("annonce"));
		assert.match(page.body, /name="call"[^>]*checked/);
		assert.match(page.body, /value="etat" selected>Où elle en est/);
		assert.match(page.body, /value="fin" selected/);
		assert.doesNotMatch(text(page.body), /\{"|"state"/);
		const as = formOf(page, path("annonce"));
		assert.equal(value(as, "answers-aide"), "Je peux aider");
		assert.equal((await facilitator.send(as)).status, 303);
		const again = await form("annonce");
		assert.deepEqual(again.pairs.filter(([k]) => !k.startsWith("_")), as.pairs.filter(([k]) => !k.startsWith("_")));
		const made = await add(member, "annonce", { titre: "Une échelle", entree: "aide", recit: "Haute.", fin: new Date(Date.now() + 9 * 864e5).toISOString().slice(0, 10), etat: "ouverte" });
		assert.match((await visitor.get(made.url)).body, /Je peux aider/);
	});

	it("a facilitator makes tools lent at the crier: questions are made for her, and what it changes is said before", async () => {
		const made = await add(member, "outil", { nom: "Perceuse" });
		assert.doesNotMatch((await visitor.get(made.url)).body, /\/-\/answer\//);
		const before = await facilitator.send(await form("outil"), { call: "1", state: "+", end: "+", answer: "Je la prends", _preview: "1" });
		assert.equal(before.status, 200);
		assert.match(text(before.body), /Une question dira où cela en est.*pages? aur(a|ont) un bouton pour répondre/);
		assert.doesNotMatch((await visitor.get(made.url)).body, /\/-\/answer\//, "nothing is saved yet");
		assert.equal((await facilitator.send(formOf(before, path("outil")))).status, 303);
		assert.match((await visitor.get(made.url)).body, /\/-\/answer\/.*Je la prends/s);
		assert.match((await facilitator.get("/-/form/outil")).body, /id="q-ou_cela_en_est"[\s\S]*id="q-dernier_jour"/);
		// It works: answered, then over in one click.
		const answer = await neighbour.send(await neighbour.form(`/-/answer/${made.id}`, "/-/answer/"), { text: "Samedi ?", "how[]": "private" });
		assert.equal(answer.status, 303);
		assert.equal((await member.send(await member.form(made.url, "/-/call-state/"), { "state[]": "fini" })).status, 303);
		assert.doesNotMatch((await visitor.get(made.url)).body, /Je la prends/);
		const counted = await facilitator.send(await form("outil"), { call: null, _preview: "1" });
		assert.match(text(counted.body), /n’aura(ont)? plus de bouton|n’auront plus de bouton/);
		// Taken back: what was said stays with those who said it.
		assert.equal((await facilitator.send(formOf(counted, path("outil")), { _preview: null })).status, 303);
		assert.match((await neighbour.get(answer.location.split("?")[0]!)).body, /Samedi/);
	});

	it("meetings: a form becomes one, its questions are made; what the preset says of its own stays", async () => {
		const made = await add(member, "outil", { nom: "Le point du jeudi" });
		const before = await facilitator.send(await form("outil"), { meeting: "1", day: "+", notes: "+", next: "+", _preview: "1" });
		assert.match(text(before.body), /Une question demandera le jour de la réunion.*réunions? (désormais|à partir de)|sont? une réunion|sont des réunions/);
		assert.equal((await facilitator.send(formOf(before, path("outil")), { _preview: null })).status, 303);
		assert.match((await facilitator.get("/-/form/outil")).body, /id="q-jour_de_la_reunion"/);
		assert.match((await member.get(made.url)).body, /\/-\/attendance-sheet\/|\/-\/meeting|emargement|Prochaine réunion/);
		const none = await facilitator.send(await form("outil"), { meeting: "1", day: "", notes: "" });
		assert.equal(none.status, 422);
		// The preset's own: saved as it is, its agenda items and what lines become are there still.
		const as = await form("reunion");
		assert.equal(value(as, "day"), "jour");
		assert.equal(value(as, "next"), "prochaine");
		assert.equal((await facilitator.send(as)).status, 303);
		const meeting = await add(member, "reunion", { titre: "Réunion de mai", "jour.day": "4", "jour.month": "5", "jour.year": "2027" });
		assert.match((await member.get(meeting.url)).body, /Proposer un point|\/-\/new\/point/);
		assert.equal((await facilitator.send(await form("outil"), { meeting: null })).status, 303);
	});

	it("meetings of one's own form: items proposed, minutes begun from them, a decision and a task picked, who was there, the next one", async () => {
		assert.equal((await facilitator.send(await facilitator.form("/-/forms/new", "/-/forms/new"), { label: "Palabre", plural: "Palabres", add: "Annoncer une palabre" })).status, 303);
		const offered = await facilitator.get(path("palabre"));
		assert.match(text(offered.body), /Sans lui, personne ne propose rien avant/);
		assert.match(offered.body, /<option value="\+" selected>Un formulaire nouveau\u00a0: ce dont on va parler/, "proposing is offered from the start");
		const chosen = { meeting: "1", day: "+", notes: "+", next: "+", present: "+", "makes[]": ["+decision", "+task"] };
		const before = await facilitator.send(await form("palabre"), { ...chosen, _preview: "1" });
		assert.match(text(before.body), /Un formulaire se crée pour ce qui est proposé à l’ordre du jour.*Un formulaire de décisions se crée.*Un formulaire de tâches se crée/);
		assert.equal((await facilitator.get("/-/form/point_a_aborder_palabre/uses")).status, 404, "nothing is made yet");
		const saved = await facilitator.send(formOf(before, path("palabre")), { _preview: null });
		assert.equal(saved.status, 303, text(saved.body));
		const meeting = await add(member, "palabre", { nom: "Palabre de mai", "jour_de_la_reunion.day": "4", "jour_de_la_reunion.month": "5", "jour_de_la_reunion.year": "2027", "jour_de_la_reunion.time": "18:30" });
		const propose = /\/-\/new\/[^"]*/.exec((await neighbour.get(meeting.url)).body)![0].replaceAll("&amp;", "&");
		for (const [sujet, duree] of [["Le banc", "20"], ["La haie", "10"]] as const)
			assert.equal((await neighbour.send(await neighbour.form(propose, "/-/new/"), { sujet, duree, qui: "Lou" })).status, 303);
		assert.match(text((await visitor.get(meeting.url)).body), /18 h 30 Le banc 20 min – Lou.*18 h 50 La haie/);
		assert.match((await member.get(meeting.url)).body, /value="down"/, "who announced it changes the order");
		assert.equal((await member.send(await member.form(meeting.url, "/-/minutes-begin/"))).status, 303);
		const minutes = await member.form(`/-/edit/${meeting.id}`, "/-/edit/");
		assert.match(value(minutes, "compte_rendu")!, /### Le banc\s+### La haie/);
		assert.equal((await member.send(minutes, { compte_rendu: "- On repeint le banc.\n- Acheter la peinture." })).status, 303);
		const lines = await member.get(`/-/minutes/${meeting.id}`);
		const makes = [...lines.body.matchAll(/name="form\[\]" value="([a-z_0-9]+)"/g)].map((m) => m[1]!);
		assert.deepEqual([...new Set(makes)].length, 2);
		assert.equal((await member.send(formOf(lines, "/-/minutes/"), { "form[]": makes[0]! })).status, 303);
		assert.match(text((await visitor.get(meeting.url)).body), /On repeint le banc/);
		assert.equal((await member.get(`/-/meeting-attendance/${meeting.id}`)).status, 200);
		const next = await member.send(await member.form(`/-/meeting-next/${meeting.id}`, "/-/meeting-next/"), { "jour_de_la_reunion.day": "8", "jour_de_la_reunion.month": "6", "jour_de_la_reunion.year": "2027" });
		assert.match(text((await visitor.get(next.location.split("?")[0]!)).body), /Le banc.*La haie/, "what was not dealt with goes on");
		assert.match(text((await member.get(meeting.url)).body), /La prochaine réunion/);
		// Saved again as it is, it makes nothing more; without items nobody proposes, and what was proposed stays a page.
		const as = await form("palabre"), formsBefore = text((await facilitator.get("/-/forms")).body);
		assert.equal(value(as, "items"), "point_a_aborder_palabre");
		assert.equal((await facilitator.send(as)).status, 303);
		assert.equal(text((await facilitator.get("/-/forms")).body), formsBefore);
		assert.equal((await facilitator.send(await form("palabre"), { items: "" })).status, 303);
		assert.doesNotMatch((await neighbour.get(meeting.url)).body, /\/-\/new\/point_a/);
		assert.equal((await facilitator.send(await form("palabre"), { items: "outil" })).status, 422, "a form that does not point to it");
	});

	it("a debate and a forum topic: on at once, off without loss", async () => {
		const made = await add(member, "outil", { nom: "Les bancs du préau" }), where = `/-/position/${made.id}`;
		assert.equal((await member.get(where)).status, 404);
		assert.equal((await facilitator.send(await form("outil"), { debate: "1", topic: "1" })).status, 303);
		assert.match(text((await member.get("/-/talks/tours")).body), /Les bancs du préau/, "a topic before anybody answers");
		const said = await member.send(await member.form(where, where), { stance: "0", reason: "On s’y repose." });
		assert.equal(said.status, 303, text(said.body));
		assert.match((await visitor.get(made.url)).body, /On s’y repose/);
		assert.equal((await facilitator.send(await form("outil"), { debate: null, topic: null })).status, 303);
		assert.equal((await member.get(where)).status, 404);
		assert.doesNotMatch((await visitor.get(made.url)).body, /On s’y repose/);
		assert.equal((await facilitator.send(await form("outil"), { debate: "1" })).status, 303);
		assert.match((await visitor.get(made.url)).body, /On s’y repose/, "kept");
	});

	it("mistakes name the question, and what was typed stays", async () => {
		const wrong = await facilitator.send(await form("outil"), { call: "1", state: "", days: "mille", answer: "À moi" });
		assert.equal(wrong.status, 422);
		assert.match(wrong.body, /href="#f-state"/);
		assert.match(text(wrong.body), /de 1 à 366/);
		const again = formOf(wrong, path("outil"));
		assert.equal(value(again, "answer"), "À moi");
		assert.equal(value(again, "days"), "mille");
		assert.equal((await facilitator.send(await form("outil"), { call: "1", state: "nom" })).status, 422, "a line of text is no state");
		assert.equal((await facilitator.send(await form("outil"), { call: "1", state: "+", "answer": "x".repeat(200) })).status, 422);
	});

	it("two people at once: the second is told, nothing is overwritten unseen", async () => {
		const first = await form("glossaire"), second = await form("glossaire");
		assert.equal((await facilitator.send(first, { topic: "1" })).status, 303);
		const late = await facilitator.send(second, { debate: "1" });
		assert.equal(late.status, 409);
		assert.match(text(late.body), /Quelqu’un vient de changer/);
	});

	it("only who shapes forms", async () => {
		assert.equal((await member.get(path("outil"))).status, 403);
	});
});
