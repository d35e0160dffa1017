// Texts that people accept: when an account opens, when something is added without one, when one comes in; which version
// each accepted, word by word what changed, and what becomes of a no.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { forms, text } from "../support/html.js";
import { onSite, people, type Site } from "../support/program.js";
import { add, made, trash } from "../support/records.js";
import { readLetter } from "../support/smtp.js";
import { unzip } from "../support/zip.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
let address = 1;
const fresh = (site: Site) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `192.0.2.${address++}` });
const proxied = { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } };
const PAGE = "/-/admin/terms";

const write = async (admin: Client, values: Record<string, string | null>) => admin.send(await admin.form(`${PAGE}/new`, `${PAGE}/new`), values);
const rewrite = async (admin: Client, key: string, values: Record<string, string | null>) => admin.send(await admin.form(`${PAGE}/${key}`, `${PAGE}/${key}`), values);
const told = (answer: Answer) => text(answer.body);

async function linkTo(site: Site, to: string): Promise<string> {
	for (let i = 0; i < 100; i++, await pause(50))
		for (const file of await readdir(join(site.dir, "letters")).catch(() => [])) {
			const letter = readLetter(await readFile(join(site.dir, "letters", file), "latin1"));
			const found = /(\/-\/in\?c=[\w-]+)/.exec(letter.text);
			if (letter.headers.get("to") === `<${to}>` && found) return found[1]!;
		}
	throw new Error(`no link to ${to}`);
}
async function dataOf(client: Client): Promise<Record<string, Record<string, unknown>[]>> {
	const ready = await client.send(await client.form("/-/account/data", "/-/account/data"));
	return JSON.parse(unzip((await client.send(formOf(ready, "/-/my-data"))).bytes).get("mes-donnees.json")!);
}

onSite("texts to accept", (site) => {
	let admin: Client;
	before(async () => {
		admin = await fresh(site).signIn("administrator");
		assert.equal((await admin.send(await admin.form("/-/admin/settings", "/-/admin/settings/site"), { sign_up: "open" })).status, 303);
	});

	it("nothing is asked where no text is asked of everybody; a text is written in the browser, its mistakes told", async () => {
		assert.equal((await (await fresh(site).signIn("member")).get("/-/account")).status, 200);
		// The preset's own is asked by a question of a form, of nobody else.
		assert.match(told(await admin.get(PAGE)), /Accord pour un entretien/);
		const bad = await write(admin, { title: "", text: "Gardé." });
		assert.equal(bad.status, 422);
		assert.match(bad.body, /Gardé\./);
		assert.match(bad.body, /id="f-title-error"/);
		assert.equal((await write(admin, { title: "Charte de publication", text: "Nous publions **sous licence libre**.\n\n- un\n- deux", guests: "1" })).status, 303);
		assert.equal((await write(admin, { title: "Charte de publication", text: "Une autre." })).status, 422);
		assert.equal((await write(admin, { title: "Mes photos", text: "Le journal peut montrer mes photos.", needed: "0" })).status, 303);
		const read = await new Client(site).get("/-/terms/charte-de-publication");
		assert.match(read.body, /<strong>sous licence libre<\/strong>/);
		assert.match(told(read), /version 1/);
		assert.equal((await new Client(site).get("/-/terms/charte-de-publication/2")).status, 404);
		assert.equal((await new Client(site).get("/-/terms/rien")).status, 404);
		for (const who of ["facilitator", "member"] as const) assert.equal((await (await fresh(site).signIn(who)).get(PAGE)).status, 403);
	});

	it("opening an account: needed boxes are needed, what was ticked stays ticked, the proof is kept", async () => {
		const client = fresh(site), form = await client.form("/-/sign-up", "/-/sign-up");
		await pause(2100);
		const typed = { name: "Nora Nouvelle", email: "nora@terms.example", age: "older" };
		const without = await client.send(form, { ...typed, "terms-mes-photos": "1" });
		assert.equal(without.status, 422);
		assert.match(without.body, /id="f-terms-charte-de-publication-error"/);
		assert.match(without.body, /name="terms-mes-photos" value="1" checked/);
		const old = await client.send(formOf(without, "/-/sign-up"), { ...typed, "terms-charte-de-publication": "7" });
		assert.match(told(old), /a changé entre-temps/);
		assert.equal((await client.send(formOf(old, "/-/sign-up"), { ...typed, "terms-charte-de-publication": "1", "terms-mes-photos": null })).status, 200);
		const opened = await client.send(await client.form(await linkTo(site, typed.email), "/-/in"));
		assert.equal(opened.location.split("?")[0], "/-/welcome", "nothing more is asked");
		const account = told(await client.get("/-/account"));
		assert.match(account, /Ce que j’ai accepté.*Charte de publication version 1.*oui le .*à l’ouverture du compte/);
		const data = await dataOf(client);
		assert.deepEqual(data["terms"]!.map((t) => [t["title"], t["version"], t["ended"] === null]), [["Charte de publication", 1, true], ["Mes photos", 1, false]]);
		assert.match(String(data["terms"]![0]!["text"]), /sous licence libre/);
		// What is not needed is given and taken back in one click.
		const given = forms((await client.get("/-/account")).body).find((f) => f.action === "/-/account/terms")!;
		assert.equal((await client.send(given)).status, 303);
		assert.match(told(await client.get("/-/account")), /Mes photos version 1[^]*oui le/);
		const again = forms((await client.get("/-/account")).body).find((f) => f.action === "/-/account/terms")!;
		assert.equal((await client.send(again)).status, 303);
		assert.match(told(await client.get("/-/account")), /Mes photos version 1[^]*non, depuis/);
		assert.equal((await client.send(again, { terms: "charte-de-publication", version: "1", yes: "" })).status, 403);
	});

	it("who has an account is asked when she comes in: she reads, and does not write before she says yes", async () => {
		const client = fresh(site), came = await client.signInWith(people.member.email, people.member.password);
		assert.match(came.location, /^\/-\/terms\?next=/);
		const page = await client.get(came.location);
		assert.match(told(page), /sous licence libre.*Si vous n’êtes pas d’accord.*Se déconnecter.*Effacer mon compte/);
		assert.equal((await client.get("/")).status, 200);
		assert.equal((await client.get("/-/account/erase")).status, 200);
		assert.equal((await client.get("/-/account/data")).status, 200);
		const held = await client.get("/-/new/page?titre=Projet");
		assert.equal(decodeURIComponent(held.location), "/-/terms?next=/-/new/page?titre=Projet");
		const token = formOf(page, "/-/terms").pairs.find(([name]) => name === "_form")![1];
		for (const path of ["/-/new/page", "/-/follow", "/-/space/tours/leave"])
			assert.match((await client.post(path, { _form: token, titre: "Non", texte: "Non" }, { Origin: site.origin })).location, /^\/-\/terms/, path);
		const no = await client.send(formOf(page, "/-/terms"));
		assert.equal(no.status, 422);
		const yes = await client.send(formOf(await client.get(held.location), "/-/terms"), { "terms-charte-de-publication": "1" });
		assert.match(yes.location, /^\/-\/new\/page\?titre=/);
		await add(client, "page", { titre: "Après mon oui", texte: "Voilà." });
		assert.doesNotMatch((await (await fresh(site).signInWith(people.member.email, people.member.password))).location, /terms/);
	});

	it("without an account too, and the version is kept", async () => {
		const guest = fresh(site), form = await guest.form("/-/new/page", "/-/new/");
		await pause(2100);
		const without = await guest.send(form, { titre: "De passage", texte: "Bonjour.", "guest-name": "Denise" });
		assert.equal(without.status, 422);
		assert.match(without.body, /id="f-terms-charte-de-publication-error"/);
		assert.match(without.body, /value="De passage"/);
		const kept = await guest.send(formOf(without, "/-/new/"), { "terms-charte-de-publication": "1" });
		assert.equal(kept.status, 303);
		assert.doesNotMatch(kept.location, /terms/);
		const terms = (await dataOf(guest))["terms"]!;
		assert.deepEqual(terms.map((t) => [t["title"], t["version"]]), [["Charte de publication", 1]]);
		assert.match(String(terms[0]!["way"]), /sans compte/);
	});

	it("a small correction asks nobody; a new version is asked again, with what changed word by word; all is counted", async () => {
		const text1 = "Nous publions **sous licence libre**, merci.\n\n- un\n- deux";
		const unsaid = await rewrite(admin, "charte-de-publication", { text: text1 });
		assert.equal(unsaid.status, 422);
		assert.match(unsaid.body, /id="f-again-error"/);
		assert.equal((await rewrite(admin, "charte-de-publication", { text: text1, again: "0" })).status, 303);
		const bound = await fresh(site).signInWith(people.member.email, people.member.password);
		assert.match(told(await fresh(site).get("/-/terms/charte-de-publication")), /merci/);
		assert.doesNotMatch(bound.location, /terms/);
		const stale = await admin.form(`${PAGE}/charte-de-publication`, `${PAGE}/charte-de-publication`);
		assert.equal((await rewrite(admin, "charte-de-publication", { text: "Nous publions sous **licence ouverte**, merci.\n\n- un\n- deux", again: "1" })).status, 303);
		const conflict = await admin.send(stale, { text: "Écrasée ?", again: "1" });
		assert.equal(conflict.status, 422);
		assert.match(conflict.body, /Écrasée \?/);
		const client = fresh(site), came = await client.signInWith(people.member.email, people.member.password);
		assert.match(came.location, /^\/-\/terms/);
		const page = await client.get(came.location);
		assert.match(page.body, /<del>[^<]*<span[^>]*>[^<]*<\/span>[^]*libre[^]*<\/del>/);
		assert.match(page.body, /<ins>[^]*ouverte[^]*<\/ins>/);
		assert.equal((await client.send(formOf(page, "/-/terms"), { "terms-charte-de-publication": "3" })).status, 303);
		const versions = told(await admin.get(`${PAGE}/charte-de-publication`));
		assert.match(versions, /version 3, du [^]*acceptée par 1 personne[^]*version 2, du [^]*acceptée par 0 personne[^]*version 1, du [^]*acceptée par [23] personnes/);
		assert.match(text((await new Client(site).get("/-/terms/charte-de-publication/1")).body), /version précédente/);
	});

	it("a question of a form asks for one, and the page says which version was accepted", async () => {
		const facilitator = await fresh(site).signIn("facilitator"), due = await facilitator.get("/-/terms");
		await facilitator.send(formOf(due, "/-/terms"), { "terms-charte-de-publication": "3" });
		const adding = await facilitator.get("/-/form/outil/add/consent"), form = formOf(adding, "/-/form/outil/");
		const none = await facilitator.send(form, { label: "Accord du groupe", terms: "rien" });
		assert.equal(none.status, 422);
		assert.equal((await facilitator.send(form, { label: "Accord du groupe", terms: "charte-de-publication" })).status, 303);
		const page = await facilitator.get("/-/new/outil");
		const key = /name="([a-z_0-9]+)" value="3"/.exec(page.body)![1]!;
		const forged = await facilitator.send(formOf(page, "/-/new/"), { nom: "Outil sans accord", [key]: "9" });
		assert.equal(forged.status, 422);
		assert.match(told(forged), /a changé entre-temps/);
		const saved = await facilitator.send(formOf(page, "/-/new/"), { nom: "Outil avec accord", [key]: "3" });
		assert.equal(saved.status, 303, told(saved));
		const shown = await facilitator.follow(saved);
		assert.match(shown.body, /href="\/-\/terms\/charte-de-publication\/3">accepté, version 3</);
		// Counted, version by version; what nobody reads is not.
		const draft = await facilitator.send(formOf(page, "/-/new/"), { nom: "Outil en brouillon", [key]: "3", _state: "draft" });
		assert.equal(draft.status, 303);
		const counted = async () => /version 3, du .*?version 2, du .*?version 1/.exec(told(await admin.get(`${PAGE}/charte-de-publication`)))![0];
		assert.match(await counted(), /version 3, du [^]*acceptée par \d+ personnes? dans 1 fiche [^]*version 2/);
		assert.match(told(await admin.get(PAGE)), /dans 1 fiche/);
		await trash(facilitator, (await made(facilitator, saved.location.split("?")[0]!)).id);
		assert.doesNotMatch(await counted(), /fiche/);
	});

	it("who refuses leaves; who erases her account takes her proofs with her", async () => {
		const client = fresh(site), came = await client.signInWith(people.neighbour.email, people.neighbour.password);
		const page = await client.get(came.location);
		assert.equal((await client.send(formOf(page, "/-/sign-out"))).status, 303);
		const again = fresh(site);
		await again.signInWith(people.neighbour.email, people.neighbour.password);
		const gone = await again.send(await again.form("/-/account/erase", "/-/account/erase"), { mode: "name", sure: "1" });
		assert.match(gone.location, /compte-efface/);
	});
}, proxied);
