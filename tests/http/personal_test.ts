// One's own data: taken in a file, erased; by oneself, without a password, at a desk, and with a second administrator.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, runOk, type Site } from "../support/program.js";
import { add, edit, token } from "../support/records.js";
import { readLetter } from "../support/smtp.js";
import { unzip } from "../support/zip.js";

const canary = "zorglubinier", stem = "zorglub";
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
let address = 1;
const fresh = (site: Site) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `203.0.113.${address++}` });
const proxied = { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } };

// All that the data folder holds on disk.
async function holding(dir: string, word: string): Promise<string[]> {
	const found: string[] = [];
	for (const entry of await readdir(dir, { withFileTypes: true })) {
		const path = join(dir, entry.name);
		if (entry.isDirectory()) found.push(...(await holding(path, word)));
		else if ((await readFile(path)).includes(word)) found.push(path);
	}
	return found;
}
async function letterTo(site: Site, to: string, words: RegExp): Promise<string> {
	for (let i = 0; i < 100; i++, await pause(50))
		for (const file of await readdir(join(site.dir, "letters")).catch(() => [])) {
			const letter = readLetter(await readFile(join(site.dir, "letters", file), "latin1"));
			if (letter.headers.get("to") === `<${to}>` && words.test(letter.text)) return letter.text;
		}
	throw new Error(`no letter to ${to} says ${words}`);
}
const erase = async (client: Client, changes: Record<string, string>, path = "/-/account/erase") => client.send(await client.form(path, path), changes);
async function take(client: Client, changes: Record<string, string>): Promise<Answer> {
	return client.send(await client.form("/-/account/data", "/-/account/data"), changes);
}

onSite("my data as a file", (site) => {
	it("gives a link that serves once", async () => {
		const member = await fresh(site).signIn("member");
		const page = await add(member, "page", { titre: "Ma recette", texte: "Du beurre, de la farine." });
		await edit(member, page.id, { texte: "Du beurre, de la farine, un œuf.", _note: "il manquait l’œuf" });
		const others = await add(await fresh(site).signIn("neighbour"), "page", { titre: "De la voisine", texte: "Secret de voisine" });
		await edit(member, others.id, { texte: "Corrigé par Maël" });
		await add(member, "page", { titre: "Pas fini", texte: "Un début", _state: "draft" });
		await member.send(await member.form(`/-/report/${others.id}`, "/-/report/"), { reason: "4", text: "À regarder de près." });
		const sent = await member.sendFiles(await member.form("/-/new/page", "/-/new/"), { titre: "Avec une pièce", texte: "Voir la pièce." }, { "pieces.new": new File(["nom;prix\nvis;3\n"], "prix des vis.csv") });
		assert.equal(sent.status, 303);

		const ready = await take(member, {});
		assert.equal(ready.status, 200);
		assert.equal(ready.headers["cache-control"], "no-store");
		const form = formOf(ready, "/-/my-data");
		// Looking at the link does not use it up.
		const link = /https?:\/\/\S+(\/-\/my-data\?c=[\w-]+)/.exec(await letterTo(site, people.member.email, /my-data/))![1]!;
		assert.equal((await fresh(site).get(link)).status, 200);
		assert.equal((await fresh(site).get(link)).status, 200);
		const zip = await member.send(form);
		assert.equal(zip.status, 200);
		assert.equal(zip.headers["content-type"], "application/zip");
		assert.equal(zip.headers["cache-control"], "no-store");
		assert.equal((await member.send(form)).status, 410);
		assert.equal((await fresh(site).get(link)).status, 410);

		const parts = unzip(zip.bytes);
		const data = JSON.parse(parts.get("mes-donnees.json")!);
		assert.equal(data.profile[0].email, people.member.email);
		assert.deepEqual(data.pages.map((p: { title: string }) => p.title).filter((title: string) => !/\(exemple\)|burette/.test(title)).sort(), ["Avec une pièce", "De la voisine", "Ma recette"]);
		const own = data.saves.filter((s: { set: Record<string, string> }) => /beurre|Maël|la pièce/.test(s.set["texte"] ?? "")); // but what the demonstration wrote
		assert.deepEqual(own.map((s: { note: string; set: Record<string, string> }) => [s.set["texte"], s.note]), [
			["Du beurre, de la farine.", ""], ["Du beurre, de la farine, un œuf.", "il manquait l’œuf"], ["Corrigé par Maël", ""], ["Voir la pièce.", ""],
		]);
		assert.match(data.files[0].file, /^fichiers\/[0-9a-f]{12}-prix des vis\.csv$/);
		assert.equal(parts.get(data.files[0].file), "nom;prix\nvis;3\n");
		assert.match(data.saves[0].at, /^\d{4}-\d\d-\d\dT/);
		assert.equal(data.drafts[0].set.texte, "Un début");
		assert.equal(data.reports[0].text, "À regarder de près.");
		assert.ok(data.memberships.length > 0 && data.sessions.length > 0 && data.letters.length > 0);
		assert.ok(data.account_changes.some((c: { change: string }) => c.change === "Données demandées"));
		const html = parts.get("mes-donnees.html")!;
		for (const words of ["Ma recette", "il manquait l’œuf", "Pas fini", people.member.email]) assert.ok(text(html).includes(words), words);
		for (const all of parts.values()) {
			assert.doesNotMatch(all, /Secret de voisine/);
			assert.doesNotMatch(all, /argon2/);
		}
		assert.doesNotMatch(html, /<script|style=/);
	});

	it("a link is its person's only, and needs a form of this site", async () => {
		assert.equal((await fresh(site).get("/-/my-data?c=rien")).status, 410);
		assert.equal((await fresh(site).get("/-/account/data")).status, 303);
		const member = await fresh(site).signIn("member");
		assert.equal((await member.post("/-/account/data", {})).status, 403);
	});

	it("somebody without an account takes hers with the code on her screen", async () => {
		const guest = fresh(site), form = await guest.form("/-/new/page", "/-/new/");
		await pause(2100);
		const kept = await guest.send(form, { titre: "De passage", texte: "Bonjour.", "guest-name": "Denise" });
		assert.equal(kept.status, 303);
		const ready = await take(guest, {});
		assert.equal(ready.status, 200);
		const data = JSON.parse(unzip((await guest.send(formOf(ready, "/-/my-data"))).bytes).get("mes-donnees.json")!);
		assert.equal(data.profile[0].name, "Denise");
		assert.match(JSON.stringify(data), /Bonjour\./);
	});
}, proxied);

onSite("erasing my account", (site) => {
	it("says what it does first, and asks for a choice and a yes", async () => {
		const client = await fresh(site).signIn("contributor");
		const mine = await add(client, "page", { titre: "Toute à moi", texte: "Rien." });
		const page = await client.get("/-/account/erase");
		assert.match(text(page.body), /personne ne peut le faire revenir/);
		assert.ok(page.body.includes(`href="${mine.url}"`));
		const nothing = await erase(client, {});
		assert.equal(nothing.status, 422);
		for (const words of ["Choisissez ce que deviennent les textes", "Cochez cette case"]) assert.ok(text(nothing.body).includes(words), words);
		assert.equal((await client.get(mine.url)).status, 200);
	});

	it("the name goes, the texts stay", async () => {
		const client = await fresh(site).signIn("contributor");
		const page = await add(client, "page", { titre: "Reste après moi", texte: "Utile à tous." });
		const done = await erase(client, { mode: "name", sure: "1" });
		assert.equal(done.status, 303);
		assert.match((await fresh(site).get(done.location)).body, /Votre compte est effacé/);
		assert.equal((await client.get("/-/account")).status, 303);
		assert.equal((await fresh(site).signInWith(people.contributor.email, people.contributor.password)).status, 422);
		const seen = await fresh(site).get(page.url);
		assert.match(text(seen.body), /Utile à tous/);
		assert.doesNotMatch(seen.body, new RegExp(people.contributor.name));
		assert.match(text((await fresh(site).get(`/-/history/${page.id}`)).body), /Ancien contributeur/);
	});

	it("with all that was written: nothing of it is left on the disk", async () => {
		const client = await fresh(site).signIn("outsider");
		const page = await add(client, "page", { titre: `Le ${canary}`, texte: `Tout sur le ${canary}.` });
		const sent = await client.sendFiles(await client.form("/-/new/page", "/-/new/"), { titre: "Pièce", texte: "Voir." }, { "pieces.new": new File([`nom;${canary}\n`], "liste.csv") });
		assert.equal(sent.status, 303);
		const others = await add(await fresh(site).signIn("member"), "page", { titre: "D’un autre", texte: "Avant." });
		await edit(client, others.id, { texte: `Un ${canary} de plus` });
		await take(client, {});
		await letterTo(site, people.outsider.email, /my-data/);
		assert.ok((await holding(site.dir, people.outsider.email)).length > 0);
		// What others say below her page is theirs.
		const talked = await add(client, "page", { titre: `Débat sur le ${canary}`, texte: "Parlons-en." });
		const speaker = await fresh(site).signIn("facilitator");
		await speaker.send(await speaker.form(`/-/comment/${talked.id}`, "/-/comment/"), { text: "Je ne suis pas d’accord." });
		await client.send(await client.form(`/-/comment/${talked.id}`, "/-/comment/"), { text: `Le ${canary} a raison.` });
		assert.match(text((await client.get("/-/account/erase")).body), /Ce que d’autres ont écrit reste/);
		assert.equal((await erase(client, { mode: "all", sure: "1" })).status, 303);
		const left = await fresh(site).get(`/f/${talked.id}`), shown = await fresh(site).get(left.location);
		assert.match(text(shown.body), /Contenu retiré.*Je ne suis pas d’accord/);
		assert.doesNotMatch(shown.body + left.location, new RegExp(stem));
		assert.equal((await fresh(site).get(page.url)).status, 404);
		assert.match((await fresh(site).get(others.url)).body, /Avant\./);
		assert.doesNotMatch(text((await fresh(site).get(`/-/search?q=${canary}`)).body), /Le zorglubinier/);
		for (let i = 0; i < 100 && (await holding(site.dir, stem)).length; i++) await pause(100);
		assert.deepEqual(await holding(site.dir, stem), []);
		assert.deepEqual(await holding(site.dir, people.outsider.email), []);
	});

	it("the only administrator stays", async () => {
		const client = await fresh(site).signIn("administrator");
		const answer = await erase(client, { mode: "name", sure: "1" });
		assert.equal(answer.status, 422);
		assert.match(text(answer.body), /seul/);
		assert.equal((await client.get("/-/people")).status, 200);
	});

	it("an administrator does it for who asks; nobody else may", async () => {
		const administrator = await fresh(site).signIn("administrator");
		const list = (await administrator.get("/-/people")).body;
		const path = new RegExp(`href="(/-/people/[0-9a-z]{26})">${people.neighbour.name.replace(/[()]/g, "\\$&")}`).exec(list)![1]!;
		assert.equal((await (await fresh(site).signIn("facilitator")).get(`${path}/erase`)).status, 403);
		assert.equal((await erase(administrator, { mode: "name", sure: "1" }, `${path}/erase`)).status, 303);
		assert.equal((await administrator.get(path)).status, 404);
		assert.equal((await fresh(site).signInWith(people.neighbour.email, people.neighbour.password)).status, 422);
	});

	it("somebody without an account, by the code on her screen", async () => {
		const guest = fresh(site), form = await guest.form("/-/new/page", "/-/new/");
		await pause(2100);
		assert.equal((await guest.send(form, { titre: "De passage", texte: "Bonjour.", "guest-name": "Denise" })).status, 303);
		assert.equal((await erase(guest, { mode: "all", sure: "1" })).status, 303);
		assert.equal((await guest.get("/-/account")).status, 303);
		for (let i = 0; i < 100 && (await holding(site.dir, "Denise")).length; i++) await pause(100);
		assert.deepEqual(await holding(site.dir, "Denise"), []);
	});

	it("the data are still sound", async () => {
		await site.stop();
		await runOk(["check", site.dir]);
		Object.assign(site, { stop: async () => {} });
	});
}, proxied);

onSite("erasing much at once", (site) => {
	let administrator: Client;
	before(async () => void (administrator = await fresh(site).signIn("administrator")));

	it("waits for a second administrator, who says no with a reason, then yes", async () => {
		const member = await fresh(site).signIn("member");
		const page = await add(member, "page", { titre: "Cinquante fois", texte: "0" });
		for (let i = 1; i <= 50; i++) await edit(member, page.id, { texte: String(i) });
		assert.match(text((await member.get("/-/account/erase")).body), /une deuxième personne qui administre/);
		assert.equal((await erase(member, { mode: "all", sure: "1" })).status, 303);
		assert.equal((await member.get(page.url)).status, 200);
		assert.match(await letterTo(site, people.administrator.email, /effac/), /\/-\/erasures/);
		const waiting = /\/-\/erasures\/[0-9a-z]{26}/.exec((await administrator.get("/-/erasures")).body)![0];
		assert.equal((await erase(administrator, { answer: "no", reason: "" }, waiting)).status, 422);
		assert.equal((await erase(administrator, { answer: "no", reason: "Appelez-nous d’abord." }, waiting)).status, 303);
		assert.match(text((await member.get("/-/account/erase")).body), /Appelez-nous d’abord/);
		await letterTo(site, people.member.email, /Appelez-nous/);
		assert.equal((await administrator.get(waiting)).status, 404);
		// She asks again, thinks better of it, asks once more.
		await erase(member, { mode: "all", sure: "1" });
		assert.equal((await member.send(await member.form("/-/account/erase", "/-/account/erase/keep"))).status, 303);
		assert.equal((await administrator.get(waiting)).status, 404);
		await erase(member, { mode: "all", sure: "1" });
		assert.equal((await erase(administrator, { answer: "yes" }, waiting)).status, 303);
		assert.equal((await fresh(site).get(page.url)).status, 404);
		assert.equal((await member.get("/-/account")).status, 303);
	});

	it("not by the administrator who asked for it, even alone, before a week", async () => {
		const facilitator = await fresh(site).signIn("facilitator");
		const page = await add(facilitator, "page", { titre: "Beaucoup", texte: "0" });
		for (let i = 1; i <= 50; i++) await edit(facilitator, page.id, { texte: String(i) });
		const list = (await administrator.get("/-/people")).body;
		const path = new RegExp(`href="(/-/people/[0-9a-z]{26})">${people.facilitator.name.replace(/[()]/g, "\\$&")}`).exec(list)![1]!;
		assert.equal((await erase(administrator, { mode: "all", sure: "1" }, `${path}/erase`)).status, 303);
		const waiting = path.replace("people", "erasures");
		assert.equal((await administrator.get(waiting)).status, 403);
		assert.doesNotMatch((await administrator.get("/-/erasures")).body, new RegExp(`href="${waiting}"`));
		assert.equal((await administrator.post(waiting, { _form: await token(administrator), answer: "yes" })).status, 403);
		// The name alone goes at once.
		assert.equal((await erase(administrator, { mode: "name", sure: "1" }, `${path}/erase`)).status, 303);
		assert.equal((await fresh(site).get(page.url)).status, 200);
	});
}, proxied);
