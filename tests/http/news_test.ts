// What people follow, what they are told on the site and by letter, and how letters stop (RFC 8058).
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, type PersonName, type Site } from "../support/program.js";
import { add, edit, type Made, token, trash } from "../support/records.js";
import { type Letter, readLetter } from "../support/smtp.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
let address = 1;
const fresh = (site: Site) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `198.51.100.${address++}` });
const everybody = async (site: Site, ...names: PersonName[]) => Promise.all(names.map((who) => fresh(site).signIn(who)));
const options = { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1", PARVIS_BASE_URL: "https://quartier.example" } };

async function letterTo(site: Site, to: string, saying: RegExp): Promise<Letter> {
	for (let i = 0; i < 400; i++, await pause(200))
		for (const file of (await readdir(join(site.dir, "letters")).catch(() => [] as string[])).sort()) {
			const letter = readLetter(await readFile(join(site.dir, "letters", file), "latin1"));
			if (letter.headers.get("to") === `<${to}>` && saying.test(letter.text)) return letter;
		}
	throw new Error(`no letter to ${to} says ${saying}`);
}
async function told(client: Client, what: RegExp): Promise<string> {
	for (let i = 0; i < 300; i++, await pause(30)) {
		const page = text((await client.get("/-/news")).body);
		if (what.test(page)) return page;
	}
	throw new Error(`nobody said ${what}: ${text((await client.get("/-/news")).body)}`);
}
const say = async (client: Client, about: string, words: string) =>
	client.send(await client.form(`/-/comment/${about}`, "/-/comment/"), { text: words });

onSite("news", (site) => {
	let neighbour: Client, member: Client, contributor: Client, facilitator: Client, page: Made;
	before(async () => {
		[neighbour, member, contributor, facilitator] = (await everybody(site, "neighbour", "member", "contributor", "facilitator")) as [Client, Client, Client, Client];
		page = await add(neighbour, "page", { titre: "Le four à pain", texte: "On le rallume ?" });
	});

	it("who wrote the page hears of comments, corrections and thanks, by page; nobody of her own deeds", async () => {
		await say(member, page.id, "Oui, samedi.");
		await edit(contributor, page.id, { texte: "On le rallume samedi ?" });
		await contributor.post(`/-/thanks/${page.id}`, { thanks: "1", _form: await token(contributor) });
		const seen = await told(neighbour, /vous remercie pour cette page/);
		assert.match(seen, /Le four à pain nouveau .* vous l’avez écrite .*vous remercie pour cette page.*Corrigée par Inès Contribue.*Maël Membre \(démo\) a commenté : « Oui, samedi\. »/);
		assert.match((await neighbour.get("/")).body, /class="unread">3</);
		assert.match(text((await contributor.get("/-/news")).body), /Rien pour l’instant/);
		assert.doesNotMatch(text((await member.get("/-/news")).body), /Oui, samedi/);
		assert.equal((await neighbour.send(formOf(await neighbour.get("/-/news"), "/-/news"), {})).status, 303);
		assert.doesNotMatch((await neighbour.get("/")).body, /class="unread"/);
	});

	it("who comments follows; a button stops it, and follows again", async () => {
		assert.match(text((await member.get("/-/follows")).body), /Le four à pain/);
		const shown = await member.get(page.url);
		const stopped = await member.send(formOf(shown, "/-/follow"));
		assert.match(stopped.location, new RegExp(`^${page.url}\\?fait=plus-suivi`));
		await say(neighbour, page.id, "Dix heures.");
		await pause(500); // told meanwhile
		await member.send(formOf(await member.get(page.url), "/-/follow"));
		await say(neighbour, page.id, "Onze heures, plutôt.");
		assert.doesNotMatch(await told(member, /Onze heures/), /Dix heures/);
	});

	it("a list, a kind of page, a key word, a space: what is added there", async () => {
		const list = await contributor.get("/pages");
		assert.match((await contributor.send(formOf(list, "/-/follow"))).location, /^\/pages\?.*fait=suivi/);
		const follow = async (kind: string, values: Record<string, string>) =>
			contributor.post("/-/follow", { kind, on: "1", ...values, _form: await token(contributor) });
		assert.equal((await follow("1", { target: "outil" })).status, 303);
		assert.equal((await follow("4", { target: "tours" })).status, 303);
		assert.equal((await follow("3", { word: " Compost " })).status, 303);
		assert.equal((await follow("3", { word: " " })).status, 422);
		assert.equal((await follow("4", { target: "coordination" })).status, 404); // not hers to read
		assert.equal((await follow("9", { target: "x" })).status, 400);
		const kept = text((await contributor.get("/-/follows")).body);
		for (const name of [/compost un mot-clé/, /une sorte de page/, /un espace/, /une liste/]) assert.match(kept, name);
		const made = await add(member, "page", { titre: "Une page nouvelle", texte: "Rien." });
		const seen = await told(contributor, /Une page nouvelle/);
		assert.equal(seen.match(/Nouvelle, par Maël/g)?.length, 1); // by the list and by the space: once
		await trash(member, made.id);
		assert.doesNotMatch(text((await contributor.get("/-/news")).body), /Une page nouvelle/);
	});

	it("by letter at once, with the way to stop them: shown by GET, done by POST, without a session", async () => {
		const choices = await neighbour.form("/-/follows", "/-/follows");
		assert.deepEqual([choices.pairs.find(([n]) => n === "pace")?.[1], choices.pairs.find(([n]) => n === "quiet-from")?.[1], choices.pairs.find(([n]) => n === "quiet-to")?.[1]], ["1", "21", "8"]);
		assert.equal((await neighbour.send(choices, { pace: "0", "quiet-from": "24" })).status, 422);
		assert.equal((await neighbour.send(choices, { pace: "0", "quiet-from": "0", "quiet-to": "0" })).status, 303);
		await say(contributor, page.id, "J’apporte la farine.");
		await told(neighbour, /farine/);
		// What a child says stays on the site.
		const card = await facilitator.send(await facilitator.form("/-/space/tours/members", "/-/space/tours/card"), { name: "Lila", minor: "1" });
		const child = fresh(site);
		assert.equal((await child.send(await child.form("/-/card", "/-/card"), { c: /<code>([^<]+)<\/code>/.exec(card.body)![1]! })).status, 303);
		await say(child, page.id, "Mon numéro : 02 47 00 00 09.");
		await told(neighbour, /Lila a commenté.*02 47 00 00 09/);
		// It leaves after a minute.
		const letter = await letterTo(site, people.neighbour.email, /farine/);
		assert.match(letter.text, /Le four à pain\nhttps:\/\/quartier\.example\/f\/[0-9a-z]{26}\n- .*Inès Contribue a commenté.:.«.J’apporte la farine\..»/);
		assert.match(letter.text, /- .*Lila a commenté, /);
		assert.doesNotMatch(letter.text, /02 47 00/);
		assert.match(letter.text, /vous l’avez écrite/);
		const header = letter.headers.get("list-unsubscribe")!;
		assert.match(header, /^<https:\/\/quartier\.example\/-\/stop\?c=[\w-]{43}>$/);
		assert.equal(letter.headers.get("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
		const path = header.slice("<https://quartier.example".length, -1);
		const stranger = fresh(site);
		const asked = await stranger.get(path);
		assert.equal(asked.status, 200);
		assert.equal(asked.headers["cache-control"], "no-store");
		assert.equal((await neighbour.form("/-/follows", "/-/follows")).pairs.find(([n]) => n === "pace")?.[1], "0"); // looking stops nothing
		assert.equal((await fresh(site).post(path, { "List-Unsubscribe": "One-Click" })).status, 200);
		assert.equal((await neighbour.form("/-/follows", "/-/follows")).pairs.find(([n]) => n === "pace")?.[1], "3");
		assert.equal((await fresh(site).post("/-/stop?c=rien", { "List-Unsubscribe": "One-Click" })).status, 404);
		await facilitator.get("/");
	});
}, options);
