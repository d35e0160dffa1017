// Moderation: reports, decisions with their rule and reason, the public log, appeals, undoing a spree.
import assert from "node:assert/strict";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, type PersonName, preset, runOk, scratchFolder, type Site } from "../support/program.js";
import { add, edit, type Made } from "../support/records.js";
import { type Letter, readLetter } from "../support/smtp.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
let address = 1;
const fresh = (site: Site) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `198.51.100.${address++}` });
const proxied = { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } };

async function letters(site: Site, to: string): Promise<Letter[]> {
	const all: Letter[] = [];
	for (const file of (await readdir(join(site.dir, "letters")).catch(() => [] as string[])).sort()) {
		const letter = readLetter(await readFile(join(site.dir, "letters", file), "latin1"));
		if (letter.headers.get("to") === `<${to}>`) all.push(letter);
	}
	return all;
}
async function letterTo(site: Site, to: string, saying: RegExp): Promise<Letter> {
	for (let i = 0; i < 100; i++, await pause(30)) {
		const letter = (await letters(site, to)).find((each) => saying.test(each.text));
		if (letter) return letter;
	}
	throw new Error(`no letter to ${to} says ${saying}`);
}

const everybody = async (site: Site, ...names: PersonName[]) => Promise.all(names.map((who) => fresh(site).signIn(who)));
const report = async (client: Client, page: Made, changes: Record<string, string>) =>
	client.send(await client.form(`/-/report/${page.id}`, "/-/report/"), changes);
const decide = async (client: Client, page: Made, changes: Record<string, string>) =>
	client.send(await client.form(`/-/moderation/record/${page.id}`, "/-/moderation/record/"), changes);
const queue = async (client: Client) => text((await client.get("/-/moderation")).body);
const log = async (client: Client) => text((await client.get("/-/moderation/log")).body);
const seen = (answer: Answer) => [answer.status, answer.location.split("?")[0]];

onSite("reports", (site) => {
	let neighbour: Client, member: Client, facilitator: Client, page: Made;
	before(async () => {
		[neighbour, member, facilitator] = (await everybody(site, "neighbour", "member", "facilitator")) as [Client, Client, Client];
		page = await add(neighbour, "page", { titre: "Page signalée", texte: "Un texte qui fâche." });
	});

	it("reach who looks after the space, with the page, not its author; a second one replaces the first", async () => {
		assert.match((await fresh(site).get(page.url)).body, new RegExp(`href="/-/report/${page.id}"`));
		assert.deepEqual(seen(await report(member, page, { reason: "0", text: "Regardez la fin." })), [303, page.url]);
		await report(member, page, { reason: "1", text: "Et le début <b>." });
		const shown = await queue(facilitator);
		assert.match(shown, /Page signalée.*Un texte qui fâche.*Elle dit quelque chose de privé.*Et le début <b>\..*Maël Membre/);
		assert.doesNotMatch(shown, /Regardez la fin/);
		for (const path of [page.url, `/-/history/${page.id}`, "/-/account", "/-/moderation/log"])
			assert.doesNotMatch(text((await neighbour.get(path)).body), /Maël|Et le début/, path);
		assert.deepEqual(await letters(site, people.neighbour.email), []);
	});

	it("come from people without an account too, not from robots", async () => {
		const visitor = fresh(site), form = await visitor.form(`/-/report/${page.id}`, "/-/report/");
		const early = await visitor.send(form, { reason: "2", text: "Une réclame." });
		assert.equal(early.status, 422);
		await pause(2100);
		const trapped = await visitor.send(formOf(early, "/-/report/"), { reason: "2", text: "Je suis un robot.", website: "x" });
		assert.deepEqual(seen(trapped), [303, page.url]);
		assert.deepEqual(seen(await visitor.send(formOf(early, "/-/report/"))), [303, page.url]);
		const shown = await queue(facilitator);
		assert.match(shown, /Une réclame\..*une personne sans compte/);
		assert.doesNotMatch(shown, /Je suis un robot/);
	});

	it("about one's own page are for somebody else", async () => {
		const own = await add(facilitator, "page", { titre: "Page de l’animatrice", texte: "Un avis." });
		await report(member, own, { reason: "1", text: "Elle parle de moi." });
		assert.doesNotMatch(await queue(facilitator), /animatrice|parle de moi/);
		assert.equal((await facilitator.get(`/-/moderation/record/${own.id}`)).status, 403);
		const administrator = await fresh(site).signIn("administrator");
		assert.match(await queue(administrator), /Elle parle de moi.*Maël Membre/);
	});

	it("mistakes are said, what was typed stays", async () => {
		const none = await report(member, page, { text: "Sans raison « <b>" });
		assert.equal(none.status, 422);
		assert.match(none.body, /id="f-reason-error"/);
		assert.match(none.body, /Sans raison « &lt;b/);
		const law = await report(member, page, { reason: "3", text: "  " });
		assert.match(law.body, /id="f-text-error"/);
		assert.equal((await report(member, page, { reason: "3", text: "é".repeat(3000) })).status, 422);
		assert.equal((await report(member, page, { reason: "9", text: "x" })).status, 422);
	});

	it("too many from one address are refused for a while", async () => {
		const visitor = fresh(site);
		const form = await visitor.form(`/-/report/${page.id}`, "/-/report/");
		await pause(2100);
		const statuses: number[] = [];
		for (let i = 0; i < 8; i++) statuses.push((await visitor.send(form, { reason: "0" })).status);
		assert.deepEqual(statuses, [303, 303, 303, 303, 303, 303, 429, 429]);
	});
}, proxied);

onSite("decisions", (site) => {
	let neighbour: Client, member: Client, facilitator: Client, administrator: Client;
	before(async () => {
		[neighbour, member, facilitator, administrator] = (await everybody(site, "neighbour", "member", "facilitator", "administrator")) as [Client, Client, Client, Client];
	});

	it("nothing to do: the reports are closed, the log says so, the author hears nothing", async () => {
		const page = await add(neighbour, "page", { titre: "Page innocente", texte: "Rien." });
		await report(member, page, { reason: "0" });
		assert.match(await queue(facilitator), /Page innocente/);
		assert.match(text((await member.get("/-/account")).body), /Ce que vous avez signalé Page innocente signalée le [^:]* pas encore regardée/);
		assert.deepEqual(seen(await decide(facilitator, page, { kind: "0", reason: "Elle ne dit rien de mal." })), [303, "/-/moderation"]);
		assert.doesNotMatch(await queue(facilitator), /Page innocente/);
		assert.match(text((await member.get("/-/account")).body), /Page innocente signalée le .* regardée le/);
		assert.match(await log(fresh(site)), /Signalée, et laissée telle quelle.*décidé par l’animation Elle ne dit rien de mal\./);
		assert.doesNotMatch(text((await neighbour.get("/-/account")).body), /décidé à votre sujet/);
		assert.deepEqual(await letters(site, people.neighbour.email), []);
	});

	it("each needs a rule and a reason; what was typed stays", async () => {
		const page = await add(neighbour, "page", { titre: "Page discutée", texte: "Rien." });
		const answer = await decide(facilitator, page, { kind: "2", reason: "" });
		assert.equal(answer.status, 422);
		for (const id of ["f-rule-error", "f-reason-error"]) assert.match(answer.body, new RegExp(`id="${id}"`));
		assert.match(answer.body, /value="2" checked/);
		assert.equal((await decide(facilitator, page, { kind: "2", reason: "Parce que", rule: "inventée" })).status, 422);
		assert.equal((await decide(facilitator, page, { kind: "3", reason: "Parce que", rule: "spam" })).status, 422, "blocking is for administrators");
		assert.equal((await fresh(site).get(page.url)).status, 200);
	});

	it("a page is hidden: a letter, the account's page, the log without a name; only the team puts it back", async () => {
		const page = await add(neighbour, "page", { titre: "Page vexante", texte: "Des insultes." });
		await report(member, page, { reason: "0" });
		await decide(facilitator, page, { kind: "2", rule: "respect", reason: "Elle insulte quelqu’un." });
		assert.equal((await fresh(site).get(page.url)).status, 404);
		const letter = await letterTo(site, people.neighbour.email, /«\sPage vexante\s» est masquée/);
		assert.match(letter.text, /Respect/);
		assert.match(letter.text, /Elle insulte quelqu’un\./);
		assert.doesNotMatch(letter.text, /Maël/);
		assert.match(text((await neighbour.get("/-/account")).body), /Page masquée – Page vexante.*Elle insulte quelqu’un/);
		const shown = await log(fresh(site));
		assert.match(shown, /Page masquée.*Respect.*Elle insulte quelqu’un\./);
		assert.doesNotMatch(shown, /vexante|Lou Voisine|Anouk/);
		assert.match(await log(facilitator), /Page vexante.*Lou Voisine/);

		const hers = await neighbour.get(page.url);
		assert.match(text(hers.body), /L’animation a masqué cette page/);
		assert.doesNotMatch(hers.body, /\/-\/untrash/);
		assert.equal((await neighbour.get(`/-/edit/${page.id}`)).status, 403);
		const token = formOf(await neighbour.get("/-/account"), "/-/account").pairs.find(([name]) => name === "_form")![1];
		assert.equal((await neighbour.post(`/-/untrash/${page.id}`, { _form: token }, { Origin: site.origin })).status, 403);
		assert.equal((await facilitator.send(await facilitator.form(page.url, "/-/untrash/"))).status, 303);
		assert.equal((await fresh(site).get(page.url)).status, 200);
		assert.match(await log(fresh(site)), /Page masquée.*?finie le/);
	});

	it("each sees only the spaces that she looks after, and the log of spaces that she reads", async () => {
		const page = await add(member, "page", { titre: "Page du bureau", texte: "Entre nous." }, "coordination");
		await report(member, page, { reason: "4", text: "Parlons-en." });
		assert.match(await queue(facilitator), /Page du bureau/);
		assert.equal((await member.get("/-/moderation")).status, 403);
		await decide(facilitator, page, { kind: "0", reason: "Rien de secret." });
		assert.doesNotMatch(await log(fresh(site)), /Rien de secret/);
		assert.match(await log(member), /Rien de secret/);
	});

	it("she answers once; somebody else than who decided lifts it, and the page is back", async () => {
		const page = await add(neighbour, "page", { titre: "Page défendue", texte: "Une opinion." });
		await decide(facilitator, page, { kind: "2", rule: "topic", reason: "Hors sujet." });
		const letter = await letterTo(site, people.neighbour.email, /Page défendue/);
		const link = letter.links.find((l) => l.includes("/-/appeal?c="))!.replace(/^https?:\/\/[^/]+/, "");
		const anywhere = fresh(site); // signed in nowhere
		assert.match(text((await anywhere.get(link)).body), /Page masquée – Page défendue/);
		assert.equal((await fresh(site).get(link.slice(0, -1))).status, 404);
		const empty = await anywhere.send(await anywhere.form(link, "/-/appeal"), { text: " " });
		assert.equal(empty.status, 422);
		assert.equal((await anywhere.send(formOf(empty, "/-/appeal"), { text: "C’est bien le sujet." })).status, 303);
		assert.equal((await fresh(site).get(link)).status, 404, "the link has served");
		assert.match(text((await neighbour.get("/-/account")).body), /Votre réponse : C’est bien le sujet\./);
		assert.doesNotMatch(await queue(facilitator), /C’est bien le sujet/);
		assert.match(await queue(administrator), /C’est bien le sujet/);
		const path = /href="(\/-\/moderation\/appeal\/\d+)"/.exec((await administrator.get("/-/moderation")).body)![1]!;
		assert.equal((await facilitator.get(path)).status, 404);
		assert.equal((await administrator.send(await administrator.form(path, path), { reason: "x" })).status, 422);
		assert.equal((await administrator.send(await administrator.form(path, path), { outcome: "lifted", reason: "Elle a raison." })).status, 303);
		assert.equal((await fresh(site).get(page.url)).status, 200);
		assert.match(await log(fresh(site)), /Hors sujet\. La personne n’était pas d’accord.*La décision a été levée : Elle a raison\./);
		await letterTo(site, people.neighbour.email, /Elle est levée.*Elle a raison/s);
		assert.doesNotMatch(await log(fresh(site)), /C’est bien le sujet/, "what she wrote is not for everybody");
	});

	it("another person's decision is not hers to see or answer", async () => {
		const page = await add(neighbour, "page", { titre: "Page avertie", texte: "x" });
		await decide(facilitator, page, { kind: "1", rule: "spam", reason: "Réclame." });
		assert.equal((await fresh(site).get(page.url)).status, 200, "a warning hides nothing");
		const m = /\/-\/appeal\?m=(\d+)/.exec((await neighbour.get("/-/account")).body)![1]!;
		assert.equal((await neighbour.get(`/-/appeal?m=${m}`)).status, 200);
		assert.equal((await member.get(`/-/appeal?m=${m}`)).status, 404);
		assert.deepEqual(seen(await fresh(site).get(`/-/appeal?m=${m}`)), [303, "/-/sign-in"]);
		const form = await neighbour.form(`/-/appeal?m=${m}`, "/-/appeal");
		assert.equal((await neighbour.send(form, { text: "Une fois." })).status, 303);
		assert.equal((await neighbour.send(form, { text: "Deux fois." })).status, 409);
	});

	it("a blocked person can answer by the letter; her account opens when it is lifted", async () => {
		const outsider = await fresh(site).signIn("outsider");
		const page = await add(outsider, "page", { titre: "Page d’ailleurs", texte: "x" });
		await decide(administrator, page, { kind: "3", rule: "spam", reason: "Réclame partout." });
		assert.equal((await fresh(site).signInWith(people.outsider.email, people.outsider.password)).status, 422);
		const letter = await letterTo(site, people.outsider.email, /bloqué/), link = letter.links.find((l) => l.includes("?c="))!.replace(/^https?:\/\/[^/]+/, "");
		const anywhere = fresh(site);
		await anywhere.send(await anywhere.form(link, "/-/appeal"), { text: "Une erreur." });
		const path = /href="(\/-\/moderation\/appeal\/\d+)"[^>]*>Compte bloqué/.exec((await administrator.get("/-/moderation")).body);
		assert.ok(path, "the only administrator answers herself");
		await administrator.send(await administrator.form(path[1]!, path[1]!), { outcome: "lifted", reason: "C’était une erreur." });
		assert.equal((await fresh(site).signInWith(people.outsider.email, people.outsider.password)).status, 303);
	});
}, proxied);

onSite("a spree", (site) => {
	it("is undone in one go, but for what others wrote since; and that is undone in one click", async () => {
		const [neighbour, contributor, facilitator] = (await everybody(site, "neighbour", "contributor", "facilitator")) as [Client, Client, Client];
		const old = await add(neighbour, "page", { titre: "Vieille page", texte: "Un bon texte." });
		const mended = await add(neighbour, "page", { titre: "Page réparée", texte: "Un texte." });
		await edit(contributor, old.id, { texte: "ABÎMÉ une fois." });
		await edit(contributor, old.id, { texte: "ABÎMÉ deux fois." });
		await edit(contributor, mended.id, { texte: "ABÎMÉ." });
		await edit(neighbour, mended.id, { texte: "Réécrite." });
		const made = await add(contributor, "page", { titre: "Réclame", texte: "Achetez." });
		const history = await facilitator.get(`/-/history/${old.id}`);
		assert.doesNotMatch((await neighbour.get(`/-/history/${old.id}`)).body, /\/-\/moderation\/account/);
		const path = /href="(\/-\/moderation\/account\/[0-9a-z]{26})"[^>]*>[^<]*<span[^>]*> : Inès/.exec(history.body)![1]!;
		const shown = text((await facilitator.get(path)).body);
		for (const title of ["Vieille page", "Page réparée", "Réclame"]) assert.match(shown, new RegExp(title));
		const missing = await facilitator.send(await facilitator.form(path, path), { kind: "4" });
		assert.equal(missing.status, 422);
		const done = await facilitator.send(await facilitator.form(path, path), { kind: "4", rule: "spam", reason: "Une vague de réclame." });
		assert.deepEqual(seen(done), [303, path]);
		const read = async (page: Made) => text((await fresh(site).get(page.url)).body);
		assert.match(await read(old), /Un bon texte\./);
		assert.match(await read(mended), /Réécrite\./);
		assert.equal((await fresh(site).get(made.url)).status, 404);
		assert.match(await log(fresh(site)), /Ce qu’un compte a fait est défait.*Une vague de réclame\./);
		assert.match(text((await contributor.get("/-/account")).body), /Ce que vous veniez d’ajouter et de modifier est défait/);
		// Its author does not put the page back.
		const after = await facilitator.get(done.location);
		assert.doesNotMatch((await contributor.get(made.url)).body, /\/-\/untrash/);
		assert.equal((await facilitator.send(formOf(after, "/-/undo/"))).status, 303);
		assert.match(await read(old), /ABÎMÉ deux fois\./);
		assert.equal((await fresh(site).get(made.url)).status, 200);
		assert.match(await log(fresh(site)), /Ce qu’un compte a fait est défait.*?finie le/);
	});

	it("only in the spaces that the facilitator looks after", async () => {
		const [facilitator, outsider] = (await everybody(site, "facilitator", "outsider")) as [Client, Client];
		const page = await add(outsider, "page", { titre: "Page du fond", texte: "x" }, "coordination");
		const history = (await facilitator.get(`/-/history/${page.id}`)).body;
		const path = /href="(\/-\/moderation\/account\/[0-9a-z]{26})"/.exec(history)![1]!;
		assert.match(text((await facilitator.get(path)).body), /Page du fond/);
		const member = await fresh(site).signIn("member");
		assert.equal((await member.get(path)).status, 403);
	});
}, proxied);

// The demonstration again, from a preset with rules of its own.
async function ownRules(dir: string): Promise<void> {
	const presets = await scratchFolder(), own = join(presets, "agora-de-quartier", "preset.json");
	await cp(preset, join(presets, "agora-de-quartier"), { recursive: true });
	await writeFile(own, (await readFile(own, "utf8")).replace('"sign_up": "open"', '"sign_up": "open", "rules": ["Être aimable", "Dire d’où l’on parle"]'));
	await rm(dir, { recursive: true });
	await runOk(["init", dir, "--preset", "agora-de-quartier", "--locale", "fr", "--demo"], { env: { PARVIS_PRESETS: presets } });
	await rm(presets, { recursive: true });
}

onSite("a site with rules of its own", (site) => {
	it("offers those, and tells them as they are", async () => {
		const [neighbour, facilitator] = (await everybody(site, "neighbour", "facilitator")) as [Client, Client];
		const page = await add(neighbour, "page", { titre: "Page brusque", texte: "x" });
		const shown = text((await facilitator.get(`/-/moderation/record/${page.id}`)).body);
		assert.match(shown, /Choisir Être aimable Dire d’où l’on parle/);
		assert.doesNotMatch(shown, /Pas de publicité/);
		assert.equal((await decide(facilitator, page, { kind: "1", rule: "spam", reason: "Non." })).status, 422);
		assert.equal((await decide(facilitator, page, { kind: "1", rule: "Être aimable", reason: "Un ton brusque." })).status, 303);
		assert.match(await log(fresh(site)), /Avertissement.*Être aimable.*Un ton brusque/);
	});
}, { ...proxied, prepare: ownRules });
