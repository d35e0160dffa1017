// Contributing without an account: straight in or after a yes, corrected with a code, and nothing else opened.
import assert from "node:assert/strict";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, preset, runOk, scratchFolder, type Site } from "../support/program.js";
import { add, token } from "../support/records.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
let address = 1;
const fresh = (site: Site) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `203.0.113.${address++}` });
const proxied = { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } };

async function bring(client: Client, changes: Record<string, string>, form = "page", wait = 2100): Promise<Answer> {
	const opened = await client.form(`/-/new/${form}`, "/-/new/");
	await pause(wait);
	return client.send(opened, changes);
}
const codeOf = (page: Answer) => /<code[^>]*>([0-9a-z]{4}(?:-[0-9a-z]{4}){3})<\/code>/.exec(page.body)![1]!;
// The page she added, from the page that thanks her.
const hers = (page: Answer) => /href="([^"]+)"><svg[^>]*><use[^>]*><\/use><\/svg>La voir/.exec(page.body)![1]!;
const comeBack = async (client: Client, code: string) => client.send(await client.form("/-/card", "/-/card"), { c: code });

onSite("guests whose additions wait", (site) => {
	let facilitator: Client, guest: Client, code = "", url = "", id = "";
	before(async () => void (facilitator = await fresh(site).signIn("facilitator")));

	it("a visitor proposes a page; she sees it, others do not", async () => {
		guest = fresh(site);
		const answer = await bring(guest, { titre: "Soupe du dimanche", texte: "Rendez-vous à midi, place de la Rabière, pour éplucher ensemble.", "guest-name": "Denise" });
		assert.equal(answer.status, 303);
		assert.match(answer.location, /^\/-\/keep\?de=/);
		const kept = await guest.get(answer.location);
		assert.equal(kept.headers["cache-control"], "no-store");
		assert.match(text(kept.body), /Merci ! .*attend l’accord/);
		code = codeOf(kept);
		url = hers(kept);
		assert.equal((await guest.get(url)).status, 200);
		for (const other of [fresh(site), await fresh(site).signIn("member")]) assert.equal((await other.get(url)).status, 404);
		assert.doesNotMatch(text((await fresh(site).get("/-/search?q=soupe")).body), /Soupe du dimanche/);
	});

	it("a facilitator finds it among what waits, and says yes: it is hers in the history", async () => {
		const queue = await facilitator.get("/-/proposals");
		assert.match(text(queue.body), /Soupe du dimanche.*Rendez-vous à midi.*par Denise/);
		assert.equal((await (await fresh(site).signIn("member")).get("/-/proposals")).status, 403);
		const action = /action="(\/-\/publish\/([0-9a-z]{26}))"/.exec(queue.body)!;
		id = action[2]!;
		assert.equal((await facilitator.send(formOf(queue, action[1]!))).status, 303);
		const page = await fresh(site).get(url);
		assert.equal(page.status, 200);
		assert.match(text(page.body), /Par Denise\./);
		assert.doesNotMatch(text((await fresh(site).get(`/-/history/${id}`)).body), /Anouk/);
		assert.doesNotMatch((await facilitator.get("/-/proposals")).body, /Soupe du dimanche/);
	});

	it("she comes back a week later with her code and corrects it, at once; nobody else's page", async () => {
		const phone = fresh(site);
		assert.equal((await comeBack(phone, code.toUpperCase())).status, 303);
		const form = await phone.form(`/-/edit/${id}`, "/-/edit/");
		assert.equal((await phone.send(form, { texte: "Rendez-vous à onze heures." })).status, 303);
		assert.match(text((await fresh(site).get(url)).body), /onze heures/);
		const other = await add(await fresh(site).signIn("neighbour"), "page", { titre: "D’une voisine", texte: "Rien." });
		assert.equal((await phone.get(`/-/edit/${other.id}`)).status, 403);
		for (const path of ["/-/people", "/-/space/tours/members", "/-/bulk/annuaire", "/-/letters", "/-/proposals"]) assert.equal((await phone.get(path)).status, 403, path);
		assert.equal((await phone.get("/-/account")).status, 200); // she may give an address and a password
	});

	it("a lost code: the desk gives another, the old one serves no more", async () => {
		const page = await facilitator.get(url);
		const card = await facilitator.send(formOf(page, `/-/code/${id}`));
		assert.equal(card.status, 200);
		assert.match(text(card.body), /Denise/);
		const renewed = codeOf(card);
		assert.equal((await comeBack(fresh(site), code)).status, 422);
		const phone = fresh(site);
		assert.equal((await comeBack(phone, renewed)).status, 303);
		assert.equal((await phone.get(`/-/edit/${id}`)).status, 200);
		assert.match(text((await phone.get("/-/keep")).body), /un autre code/);
		// Not for who has an account, nor by who does not look after the space.
		const made = await add(await fresh(site).signIn("neighbour"), "page", { titre: "Avec un compte", texte: "Rien." });
		assert.equal((await facilitator.post(`/-/code/${made.id}`, { _form: await token(facilitator) })).status, 403);
		const member = await fresh(site).signIn("member");
		assert.equal((await member.post(`/-/code/${id}`, { _form: await token(member) })).status, 403);
	});

	it("not now, with a reason; she corrects and proposes again; she cannot publish by herself", async () => {
		const client = fresh(site);
		const kept = await client.get((await bring(client, { titre: "Vente de voitures", texte: "Pas cher." })).location);
		const draft = hers(kept);
		const queue = await facilitator.get("/-/proposals");
		assert.match(text(queue.body), /Quelqu’un de passage/);
		const refuse = /href="(\/-\/refuse\/([0-9a-z]{26}))"/.exec(queue.body)!;
		const form = await facilitator.form(refuse[1]!, "/-/refuse/");
		const blank = await facilitator.send(form, { reason: " " });
		assert.equal(blank.status, 422);
		assert.equal((await facilitator.send(form, { reason: "Ce lieu ne fait pas de commerce." })).status, 303);
		const told = await client.get(draft);
		assert.match(text(told.body), /Pas encore publié Ce lieu ne fait pas de commerce\./);
		// Neither by the form's button, nor by the address that publishes drafts.
		const _form = await token(client);
		await client.post(`/-/publish/${refuse[2]}`, { _form });
		assert.equal((await fresh(site).get(draft)).status, 404);
		await client.send(await client.form(`/-/edit/${refuse[2]}`, "/-/edit/"), { texte: "Prêt de remorque entre voisins." });
		assert.equal((await fresh(site).get(draft)).status, 404);
		assert.match(text((await facilitator.get("/-/proposals")).body), /Vente de voitures/);
	});

	it("what is needed is asked before it waits, what was typed stays, and she is let in once", async () => {
		const client = fresh(site);
		const wrong = await bring(client, { titre: "", texte: "Sans titre", "guest-name": "Zoé « <i>" });
		assert.equal(wrong.status, 422);
		const form = formOf(wrong, "/-/new/");
		assert.ok(form.pairs.some(([key, value]) => key === "texte" && value === "Sans titre"));
		assert.equal((await client.send(form, { titre: "Avec un titre" })).status, 303); // at once: she was let through
		assert.match(text((await facilitator.get("/-/proposals")).body), /Avec un titre.*par Zoé « <i>/);
	});

	it("robots: too fast is asked again, the unseen field adds nothing, floods end", async () => {
		const fast = fresh(site);
		assert.equal((await bring(fast, { titre: "Trop vite", texte: "x" }, "page", 0)).status, 422);
		assert.equal((await bring(fresh(site), { titre: "Pris au piège", texte: "x", website: "http://spam.example" })).status, 303);
		assert.doesNotMatch((await facilitator.get("/-/proposals")).body, /Pris au piège|Trop vite/);
		const from = { "Accept-Language": "fr", "X-Forwarded-For": "203.0.113.250" };
		const form = await new Client(site, from).form("/-/new/page", "/-/new/");
		await pause(2100);
		const statuses: number[] = [];
		for (let i = 0; i < 12; i++) statuses.push((await new Client(site, from).send(form, { titre: `Flot ${i}`, texte: "x" })).status);
		assert.equal(statuses[0], 303);
		assert.equal(statuses.at(-1), 429);
	});

	it("entered for somebody else: hers, and the history says by whom", async () => {
		const form = await facilitator.form("/-/new/page", "/-/new/");
		const answer = await facilitator.send(form, { titre: "Lettre de Marcel", texte: "Écrite à la main.", "for-name": "Marcel Papier" });
		assert.equal(answer.status, 303);
		const page = await facilitator.get(answer.location);
		const made = /\/-\/history\/([0-9a-z]{26})/.exec(page.body)![1]!;
		assert.match(text((await facilitator.get(`/-/history/${made}`)).body), /Anouk Anime.*saisi pour Marcel Papier/);
		const marcel = fresh(site);
		assert.equal((await comeBack(marcel, codeOf(await facilitator.send(formOf(page, `/-/code/${made}`))))).status, 303);
		assert.equal((await marcel.get(`/-/edit/${made}`)).status, 200);
		// A member does not write in others' names.
		const member = await fresh(site).signIn("member");
		const hers = await member.send(await member.form("/-/new/page", "/-/new/"), { titre: "Au nom d’un autre", texte: "x", "for-name": "Quelqu’un" });
		assert.doesNotMatch(text((await member.get(hers.location)).body), /saisi pour/);
	});
}, proxied);

// The demonstration with other rules in its open space.
async function ruled(dir: string, rules: string): Promise<void> {
	const presets = await scratchFolder(), own = join(presets, "agora-de-quartier", "preset.json");
	await cp(preset, join(presets, "agora-de-quartier"), { recursive: true });
	const before = await readFile(own, "utf8"), after = before.replace(/"publication": "open",\s*"guests": "approved"/, rules);
	assert.notEqual(after, before);
	await writeFile(own, after);
	await rm(dir, { recursive: true });
	await runOk(["init", dir, "--preset", "agora-de-quartier", "--locale", "fr", "--demo"], { env: { PARVIS_PRESETS: presets } });
	for (const who of [{ email: "contribue@test.example", name: "Inès Contribue", password: "un mot de passe assez long" }])
		await runOk(["user", dir, "add", who.email, who.name], { input: `${who.password}\n` });
	await rm(presets, { recursive: true });
}

onSite("guests straight in", (site) => {
	it("visible at once, and hers to correct and take away", async () => {
		const client = fresh(site);
		const kept = await client.get((await bring(client, { titre: "Chat perdu", texte: "Gris, répond au nom de Minou." })).location);
		assert.match(text(kept.body), /est en ligne/);
		const found = await fresh(site).get("/chat-perdu");
		assert.equal(found.status, 200);
		const id = /\/-\/history\/([0-9a-z]{26})/.exec(found.body)![1]!;
		assert.equal((await client.post(`/-/trash/${id}`, { _form: await token(client) })).status, 303);
		assert.equal((await fresh(site).get("/chat-perdu")).status, 404);
	});
}, { ...proxied, prepare: (dir) => ruled(dir, '"publication": "open", "guests": "open"') });

onSite("contributors who keep to their own", (site) => {
	it("they add, and correct their own only; a visitor needs an account", async () => {
		const ines = await fresh(site).signIn("contributor");
		const mine = await add(ines, "page", { titre: "De moi", texte: "Un" });
		assert.equal((await ines.get(`/-/edit/${mine.id}`)).status, 200);
		const other = await add(await fresh(site).signIn("member"), "page", { titre: "D’un membre", texte: "Un" });
		assert.equal((await ines.get(`/-/edit/${other.id}`)).status, 403);
		assert.equal((await (await fresh(site).signIn("member")).get(`/-/edit/${mine.id}`)).status, 200);
		assert.equal((await fresh(site).get("/-/new/page")).status, 303);
		const offered = await fresh(site).get("/-/contribute");
		assert.match(text(offered.body), /il faut un compte/);
		assert.ok(offered.body.includes('href="/-/sign-in?next=%2F-%2Fnew%2Fpage"'));
	});
}, { ...proxied, prepare: (dir) => ruled(dir, '"publication": "own"') });

onSite("contributors whose additions wait", (site) => {
	it("theirs wait, members' do not", async () => {
		const ines = await fresh(site).signIn("contributor"), member = await fresh(site).signIn("member");
		const mine = await add(ines, "page", { titre: "J’attends", texte: "Un" });
		assert.equal((await fresh(site).get(mine.url)).status, 404);
		const direct = await add(member, "page", { titre: "Je n’attends pas", texte: "Un" });
		assert.equal((await fresh(site).get(direct.url)).status, 200);
		const facilitator = await fresh(site).signIn("facilitator");
		assert.match(text((await facilitator.get("/-/proposals")).body), /J’attends.*par Inès Contribue/);
	});
}, { ...proxied, prepare: (dir) => ruled(dir, '"publication": "approved"') });
