// Meetings: agenda proposed and ordered, minutes begun from it, decisions and tasks picked from their lines, who was there,
// the next one with what was not dealt with, on paper.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { forms, text } from "../support/html.js";
import { onSite, type PersonName } from "../support/program.js";
import { add, edit, made, type Made, token, trash } from "../support/records.js";

onSite("meetings", (site) => {
	let member: Client, neighbour: Client, facilitator: Client;
	const visitor = new Client(site, { "Accept-Language": "fr" });
	const come = (who: PersonName) => new Client(site, { "Accept-Language": "fr" }).signIn(who);
	before(async () => {
		[member, neighbour, facilitator] = (await Promise.all((["member", "neighbour", "facilitator"] as PersonName[]).map(come))) as [Client, Client, Client];
	});
	const meet = (titre: string, more = {}) => add(member, "reunion", { titre, jour: "2027-03-02T18:30", lieu_texte: "Salle du haut", ...more });
	const propose = async (who: Client, meeting: Made, sujet: string, more = {}) => {
		const form = await who.form(`/-/new/point?depuis=${meeting.id}`, "/-/new/");
		const answer = await who.send(form, { sujet, ...more });
		assert.equal(answer.status, 303);
		return made(who, answer.location.split("?")[0]!);
	};
	const agenda = async (who: Client, meeting: Made) =>
		[...((await who.get(meeting.url)).body.match(/<ol class="meeting-items">[\s\S]*?<\/ol>/)?.[0] ?? "").matchAll(/<p class="meeting-what">([\s\S]*?)<\/p>/g)].map((m) => text(m[1]!).trim());
	const act = async (who: Client, meeting: Made, item: Made, what: string) =>
		who.post(`/-/meeting-item/${meeting.id}`, { _form: await token(who), item: item.id, act: what }, { Origin: site.origin });
	const pick = async (who: Client, meeting: Made, words: RegExp, kind: string): Promise<Answer> => {
		const page = await who.get(`/-/minutes/${meeting.id}`);
		const row = [...page.body.matchAll(/<li class="minutes-line"[\s\S]*?<\/li>/g)].map((m) => m[0]).find((one) => words.test(text(one)));
		assert.ok(row, `no line ${words}`);
		const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(row)?.[1] ?? "";
		return who.post(`/-/minutes/${meeting.id}`, { _form: field("_form"), field: field("field"), line: field("line"), "form[]": kind }, { Origin: site.origin });
	};

	it("anybody proposes; hours follow from what each takes; only who announced it or a facilitator changes the order", async () => {
		const meeting = await meet("Conseil du parc");
		const first = await propose(neighbour, meeting, "Le banc", { qui: "Lou", duree: "20" });
		const second = await propose(member, meeting, "La haie", { duree: "15" });
		await propose(facilitator, meeting, "Divers");
		assert.deepEqual(await agenda(visitor, meeting), ["18 h 30 Le banc 20 min – Lou", "18 h 50 La haie 15 min", "19 h 05 Divers"]);
		assert.match(text((await visitor.get(meeting.url)).body), /35 min en tout/);
		assert.doesNotMatch((await visitor.get(meeting.url)).body, /<form[^>]*method="post"/);
		assert.equal((await act(neighbour, meeting, second, "up")).status, 403);
		assert.equal((await act(member, meeting, second, "up")).status, 303);
		assert.deepEqual(await agenda(visitor, meeting), ["18 h 30 La haie 15 min", "18 h 45 Le banc 20 min – Lou", "19 h 05 Divers"]);
		assert.equal((await act(facilitator, meeting, first, "down")).status, 303);
		assert.deepEqual((await agenda(visitor, meeting)).map((line) => line.replace(/^\d+ h \d+ /, "").split(" ").slice(0, 2).join(" ")), ["La haie", "Divers", "Le banc"]);
		assert.equal((await act(member, meeting, first, "sideways")).status, 400);
		assert.equal((await act(member, meeting, meeting, "up")).status, 404);
	});

	it("minutes begin with the template and a heading for each item, once", async () => {
		const meeting = await meet("Conseil des jeux");
		await propose(neighbour, meeting, "Le toboggan");
		const begin = await member.send(formOf(await member.get(meeting.url), "/-/minutes-begin/"));
		assert.equal(begin.status, 303);
		assert.equal(begin.location, `/-/edit/${meeting.id}`);
		const form = await member.form(`/-/edit/${meeting.id}`, "/-/edit/");
		const texte = form.pairs.find(([name]) => name === "texte")![1];
		assert.match(texte, /### Le toboggan/);
		assert.match(texte, /Notes prises par .* \d{4}\./);
		assert.doesNotMatch(texte, /\{points\}/);
		await edit(member, meeting.id, { texte: "Écrit." });
		await member.post(`/-/minutes-begin/${meeting.id}`, { _form: await token(member) }, { Origin: site.origin });
		assert.equal((await member.form(`/-/edit/${meeting.id}`, "/-/edit/")).pairs.find(([name]) => name === "texte")![1].trim(), "Écrit.");
	});

	it("a line becomes a decision or a task, linked both ways; a row of a table brings who and by when", async () => {
		const texte = ["### La fontaine", "", "- Elle fuit.", "- On la répare **bien** avant l’été.", "", "| Quoi | Qui | Pour quand |", "|---|---|---|", "| Appeler la mairie | Lou | le 5 juin 2027 |", "", "```", "du code", "```"].join("\n");
		const meeting = await meet("Conseil de l’eau", { texte });
		const lines = [...(await member.get(`/-/minutes/${meeting.id}`)).body.matchAll(/<li class="minutes-line"[\s\S]*?<div class="prose">([\s\S]*?)<\/div>/g)].map((m) => text(m[1]!).trim());
		assert.deepEqual(lines, ["Elle fuit.", "On la répare bien avant l’été.", "Appeler la mairie Lou – le 5 juin 2027"]);
		assert.equal((await pick(neighbour, meeting, /On la répare/, "decision")).status, 303);
		assert.equal((await pick(member, meeting, /Appeler la mairie/, "tache")).status, 303);
		const page = await visitor.get(meeting.url);
		assert.match(text(page.body), /On la répare bien avant l’été\. \( ?décision ?\)/);
		assert.match(text(page.body), /Décisions prises On la répare bien avant l’été\. Décision/);
		assert.match(page.body, /<td>Appeler la mairie \(<a href="\/appeler-la-mairie">tâche<\/a>\)<\/td>/);
		const task = await visitor.get("/appeler-la-mairie");
		assert.match(text(task.body), /À faire Appeler la mairie.*Qui s’en charge Lou.*Pour quand samedi 5 juin 2027.*Vient de la réunion Conseil de l’eau/);
		assert.match(text((await visitor.get("/on-la-repare-bien-avant-l-ete")).body), /Prise le mardi 2 mars 2027/);
		// Twice gives one; the other line is still there to be picked.
		const again = await member.get(`/-/minutes/${meeting.id}`);
		assert.equal(forms(again.body).filter((form) => form.action.startsWith("/-/minutes/")).length, 1);
		assert.match(text(again.body), /Tâche : Appeler la mairie/);
		// The name of a task changes: the line still leads to it.
		const id = (await made(member, "/appeler-la-mairie")).id;
		await edit(member, id, { tache: "Écrire à la mairie" });
		assert.match((await visitor.get(meeting.url)).body, /\(<a href="\/appeler-la-mairie">tâche<\/a>\)/);
		assert.equal(forms((await member.get(`/-/minutes/${meeting.id}`)).body).filter((form) => form.action.startsWith("/-/minutes/")).length, 1);
	});

	it("a line that somebody changed meanwhile is not picked", async () => {
		const meeting = await meet("Conseil du vélo", { texte: "- Des arceaux devant l’école." });
		const stale = await member.get(`/-/minutes/${meeting.id}`);
		await edit(neighbour, meeting.id, { texte: "- Des arceaux devant la crèche." });
		const form = formOf(stale, "/-/minutes/");
		const answer = await member.send(form, { "form[]": "tache" });
		assert.equal(answer.status, 409);
		assert.match(text(answer.body), /quelqu’un a changé cette ligne.*Des arceaux devant la crèche/);
		assert.equal((await visitor.get("/des-arceaux-devant-l-ecole")).status, 404);
	});

	it("who was there is for members; others are typed in", async () => {
		const meeting = await meet("Conseil du son");
		const path = `/-/meeting-attendance/${meeting.id}`;
		const form = await member.form(path, path);
		const at = form.pairs.findIndex(([name]) => name === "more");
		assert.ok(at >= 0);
		await member.send(form, { more: "Denise\n- Farid", "more-excused": "Zoé" });
		assert.match(text((await neighbour.get(meeting.url)).body), /Présentes et présents Denise Farid.*Excusées et excusés Zoé/);
		assert.doesNotMatch((await visitor.get(meeting.url)).body, /Denise|Zoé/);
		const again = await neighbour.form(path, path);
		const denise = again.pairs.find(([, value]) => value === "Denise")![0].replace("name", "state");
		assert.equal(again.pairs.find(([name]) => name === denise)![1], "1");
		await neighbour.send(again, { [denise]: "2" });
		assert.match(text((await neighbour.get(meeting.url)).body), /Présentes et présents Farid.*Excusées et excusés Denise Zoé/);
		assert.equal((await visitor.get(path)).status, 303);
	});

	it("one click makes the next one, with what was not dealt with; a mistake is named, what was typed is kept", async () => {
		const meeting = await meet("Conseil du toit – 2 mars 2027", { prochaine: "2027-04-06T18:30" });
		const done = await propose(neighbour, meeting, "Les tuiles", { duree: "10" });
		const left = await propose(neighbour, meeting, "La gouttière", { duree: "10" });
		assert.equal((await act(neighbour, meeting, done, "done")).status, 303);
		const page = await member.get(meeting.url);
		assert.match(text(page.body), /Préparer la prochaine réunion : mardi 6 avril 2027/);
		const answer = await member.send(formOf(page, "/-/meeting-next/"));
		assert.equal(answer.status, 303);
		const next = await made(member, answer.location.split("?")[0]!);
		const seen = await visitor.get(next.url);
		assert.match(text(seen.body), /Conseil du toit – 6 avril 2027/);
		assert.match(text(seen.body), /Salle du haut.*Suit la réunion Conseil du toit – 2 mars 2027/);
		assert.deepEqual(await agenda(visitor, next), ["18 h 30 La gouttière 10 min"]);
		assert.deepEqual(await agenda(visitor, meeting), ["18 h 30 Les tuiles 10 min c’est traité", "La gouttière 10 min reporté au mardi 6 avril 2027"]);
		// Only one follows.
		assert.equal((await member.post(`/-/meeting-next/${meeting.id}`, { _form: await token(member), jour: "2027-05-04" }, { Origin: site.origin })).location.split("?")[0], next.url);
		const path = `/-/meeting-next/${next.id}`;
		const wrong = await member.send(await member.form(path, path), { title: "Autre titre" });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /Dites quel jour/);
		assert.match(wrong.body, /value="Autre titre"/);
		// A meeting that is given up gives back what went on to it.
		await trash(facilitator, next.id);
		assert.deepEqual(await agenda(visitor, meeting), ["18 h 30 Les tuiles 10 min c’est traité", "18 h 40 La gouttière 10 min"]);
		assert.ok(left);
	});

	it("on paper: agenda, minutes, decisions, in one PDF", async () => {
		const meeting = await meet("Conseil du papier", { texte: "Nous imprimons.\n\n- Deux feuilles suffisent." });
		await propose(neighbour, meeting, "L’encre", { duree: "5" });
		await pick(member, meeting, /Deux feuilles/, "decision");
		const link = /href="(\/-\/print\?[^"]*)"/.exec((await visitor.get(meeting.url)).body)![1]!.replaceAll("&amp;", "&");
		const pdf = await visitor.get(link);
		assert.equal(pdf.headers["content-type"], "application/pdf");
		const words = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf.bytes }).toString().replace(/\u00AD/g, "").replace(/\s+/g, " ");
		assert.match(words, /Conseil du papier.*Salle du haut.*De quoi nous parlons 1\. 18 h 30 – L’encre 5 min.*Compte rendu Nous imprimons\. Deux feuilles suffisent\. \(décision\).*Décisions Deux feuilles suffisent\./);
	});
});
