// Calls of the public crier: how they stand in one click, answers in public and in private without addresses, thanks, what a
// device keeps.
import assert from "node:assert/strict";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, type PersonName, preset, runOk, scratchFolder } from "../support/program.js";
import { add, type Made } from "../support/records.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

// The same demonstration, but for the end of what somebody asks for, in two days, and its clocks: there it is two in the afternoon,
// and no quiet hour of anybody's.
async function soon(dir: string): Promise<void> {
	const presets = await scratchFolder(), folder = join(presets, "agora-de-quartier");
	const change = async (file: string, from: string, to: string) => writeFile(join(folder, file), (await readFile(join(folder, file), "utf8")).replace(from, to));
	const behind = new Date().getUTCHours() - 14;
	await cp(join(preset, ".."), presets, { recursive: true });
	await change("demo/life.json", '"fin": "today+9"', '"fin": "today+2"');
	await change("preset.json", '"site": {', `"site": { "zone": "Etc/GMT${behind < 0 ? "" : "+"}${behind}",`);
	await rm(dir, { recursive: true });
	await runOk(["init", dir, "--preset", "agora-de-quartier", "--demo"], { env: { PARVIS_PRESETS: presets } });
}

onSite("calls", (site) => {
	let member: Client, neighbour: Client, facilitator: Client, admin: Client;
	const visitor = new Client(site, { "Accept-Language": "fr" });
	const come = (who: PersonName) => new Client(site, { "Accept-Language": "fr" }).signIn(who);
	const day = (days: number) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
	const cry = (titre: string, fin = day(20), entree = "aide") => add(member, "annonce", { titre, entree, recit: "Voir avec moi.", fin, etat: "ouverte" });
	before(async () => {
		[member, neighbour, facilitator, admin] = (await Promise.all((["member", "neighbour", "facilitator", "administrator"] as PersonName[]).map(come))) as [Client, Client, Client, Client];
	});
	const say = async (made: Made, state: string, who = member) => who.send(await who.form(made.url, "/-/call-state/"), { "state[]": state });
	async function answer(client: Client, made: Made, how: string, words: string, more: Record<string, string> = {}) {
		const form = await client.form(`/-/answer/${made.id}`, "/-/answer/");
		if (more["guest-name"] !== undefined) await pause(2100);
		return client.send(form, { text: words, "how[]": how, ...more });
	}
	// The latest letter to an address, whole.
	async function letter(to: string | RegExp): Promise<string> {
		for (let i = 0; i < 100; i++) {
			const page = await admin.get("/-/letters");
			const at = [...page.body.matchAll(/href="(\/-\/letters\/\d+)"/g)].map((m) => m[1]!);
			for (const path of at) {
				const one = await admin.get(path);
				if (typeof to === "string" ? text(one.body).includes(to) : to.test(text(one.body))) return text(one.body);
			}
			await pause(50);
		}
		throw new Error(`no letter to ${to}`);
	}

	it("what its button says follows what it is for; its author has states in its place, visitors a link and no form", async () => {
		const help = await cry("Porter un meuble"), swap = await cry("Une échelle à prêter", day(20), "servir");
		const seen = await visitor.get(help.url);
		assert.match(seen.body, new RegExp(`href="/-/answer/${help.id}"[^>]*>.*Je peux aider`));
		assert.doesNotMatch(seen.body, /\/-\/call-state\//);
		assert.match((await visitor.get(swap.url)).body, /Cela m’intéresse/);
		const own = await member.get(help.url);
		assert.match(own.body, /action="\/-\/call-state\//);
		assert.doesNotMatch(own.body, /Je peux aider/);
		assert.doesNotMatch((await neighbour.get(help.url)).body, /\/-\/call-state\//);
	});

	it("on a card, the day on which it ends says that it does", async () => {
		await cry("Un escabeau", "2031-05-04");
		assert.match(text((await visitor.get("/crieur?vue=cartes")).body), /Un escabeau[^]*?Prend fin le dimanche 4 mai 2031/);
	});

	it("found in one click: it leaves the list and the page says so at once; opened again, it comes back", async () => {
		const made = await cry("Chercher un vélo");
		assert.match((await visitor.get("/crieur")).body, /Chercher un vélo/);
		assert.equal((await say(made, "trouve")).status, 303);
		assert.doesNotMatch((await visitor.get("/crieur")).body, /Chercher un vélo/);
		const page = (await visitor.get(made.url)).body;
		assert.match(text(page), /Trouvé ?\. Merci à toutes les personnes/);
		assert.doesNotMatch(page, /\/-\/answer\//);
		assert.match(text((await visitor.get(`/-/answer/${made.id}`)).body), /on n’y répond plus/);
		await say(made, "ouverte");
		assert.match((await visitor.get("/crieur")).body, /Chercher un vélo/);
		// Nobody else, even with the right to correct.
		const form = formOf(await member.get(made.url), "/-/call-state/");
		const stolen = await neighbour.form("/-/exchanges", "").catch(() => null);
		assert.ok(stolen || form);
		const token = /name="_form" value="([^"]*)"/.exec((await neighbour.get(`/-/answer/${made.id}`)).body)![1]!;
		assert.equal((await neighbour.post(`/-/call-state/${made.id}`, { _form: token, "state[]": "fait" }, { Origin: site.origin })).status, 403);
		assert.equal((await say(made, "n-importe")).status, 400);
	});

	it("about to end, its author is asked, and one click gives it two weeks", async () => {
		const made = await cry("Presque finie", day(2)), later = await cry("Encore loin", day(9));
		assert.match(text((await member.get(made.url)).body), /Toujours d’actualité ?\?/);
		assert.doesNotMatch(text((await member.get(later.url)).body), /Toujours d’actualité/);
		const answer = await say(made, "prolonger");
		assert.match(answer.location, /annonce-prolongee/);
		assert.doesNotMatch(text((await member.get(made.url)).body), /Toujours d’actualité/);
		assert.match((await member.get(`/-/edit/${made.id}`)).body, new RegExp(`value="[^"]*${day(16).slice(8, 10)}[^"]*"`));
	});

	it("in private: both read it, nobody else does, no address is shown, and the letter leads back", async () => {
		const made = await cry("Garder un chat");
		const sent = await answer(neighbour, made, "private", "Je peux le **nourrir**.");
		assert.equal(sent.status, 303);
		const path = sent.location.split("?")[0]!;
		assert.match(path, /^\/-\/exchange\/[0-9a-z]{26}$/);
		const hers = (await member.get(path)).body;
		assert.match(hers, /Je peux le <strong>nourrir<\/strong>/);
		assert.doesNotMatch(text(hers), /demo\.example/);
		for (const other of [facilitator, admin]) assert.equal((await other.get(path)).status, 404);
		assert.equal((await visitor.get(path)).status, 303); // to sign in
		assert.doesNotMatch((await visitor.get(made.url)).body, /nourrir/);
		assert.match(text((await member.get(made.url)).body), /1 réponse en privé.*attend votre réponse/);
		assert.match(text((await member.get("/-/news")).body), /Garder un chat.*vous a écrit en privé/);
		// Back, then ended: no more of it.
		const back = await member.form(path, path);
		assert.equal((await member.send(back, { text: "Cela me va." })).status, 303);
		assert.match(text((await neighbour.get("/-/exchanges")).body), /Garder un chat.*attend votre réponse/);
		const late = await neighbour.form(path, path);
		const end = formOf(await member.get(path), "/-/exchange-act/");
		assert.equal((await member.send(end, { act: "end" })).status, 303);
		const refused = await neighbour.send(late, { text: "Encore" });
		assert.equal(refused.status, 422);
		assert.match(text(refused.body), /a mis fin à cet échange/);
		assert.match(refused.body, />\s*Encore<\/textarea>/); // what was typed is kept
	});

	it("a message is one's own to take back, never the other's", async () => {
		const made = await cry("Un message de trop");
		const path = (await answer(neighbour, made, "private", "Trop bavarde")).location.split("?")[0]!;
		const act = formOf(await neighbour.get(path), "/-/exchange-act/"), num = /name="message" value="(\d+)"/.exec((await neighbour.get(path)).body)![1]!;
		const others = formOf(await member.get(path), "/-/exchange-act/");
		await member.send(others, { act: "take-back", message: num });
		assert.match((await member.get(path)).body, /Trop bavarde/);
		await neighbour.send(act, { act: "take-back", message: num });
		assert.doesNotMatch((await member.get(path)).body, /Trop bavarde/);
	});

	it("below the page: a comment like others; mistakes are said and what was typed is kept", async () => {
		const made = await cry("Répondre en public");
		const empty = await answer(neighbour, made, "public", "  ");
		assert.equal(empty.status, 422);
		assert.match(empty.body, /id="f-text"[^>]*aria-invalid/);
		assert.equal((await answer(neighbour, made, "public", "J’ai ce qu’il vous faut.")).status, 303);
		assert.match((await visitor.get(made.url)).body, /J’ai ce qu’il vous faut\./);
	});

	it("who answered is thanked in one go, below and in private", async () => {
		const made = await cry("À remercier");
		await answer(neighbour, made, "public", "Sous la page.");
		const path = (await answer(facilitator, made, "private", "Entre nous.")).location.split("?")[0]!;
		const said = await say(made, "fait");
		assert.match(said.location, /^\/-\/call-thanks\//);
		const form = await member.form(said.location, "/-/call-thanks/");
		assert.equal(form.pairs.filter(([name]) => name === "person[]").length, 2);
		assert.equal((await member.send(form)).status, 303);
		assert.match(text((await visitor.get(made.url)).body), /1 merci/);
		assert.match(text((await facilitator.get(path)).body), /Merci ?!/);
	});

	it("without an account: in private with a name and an address to confirm; she comes back with her code", async () => {
		const made = await cry("Un coup de main samedi");
		const guest = new Client(site, { "Accept-Language": "fr" });
		const wrong = await answer(guest, made, "private", "J’arrive.", { "guest-name": "Denise", email: "pas une adresse" });
		assert.equal(wrong.status, 422);
		assert.match(wrong.body, /value="pas une adresse"/);
		const sent = await guest.send(formOf(wrong, "/-/answer/"), { text: "J’arrive.", "how[]": "private", email: "denise@exemple.fr" });
		assert.equal(sent.status, 303);
		const path = sent.location.split("?")[0]!;
		assert.match(text((await guest.get(path)).body), /J’arrive\..*/);
		assert.match(text((await member.get(path)).body), /Denise/);
		const page = (await guest.get("/-/exchanges")).body;
		assert.match(page, /name="email"/);
		assert.match(text((await guest.get("/-/keep")).body), /Gardez ce code/);
		assert.match(await letter("denise@exemple.fr"), /denise@exemple\.fr/);
		// Her own notice is hers to close, with the same code.
		const opened = await guest.form("/-/new/annonce", "/-/new/");
		await guest.send(opened, { titre: "Celle de Denise", entree: "servir", fin: day(9), etat: "ouverte" });
	});

	it("a report shows those who look after the space one message, and nothing before it", async () => {
		const made = await cry("Un échange qui tourne mal");
		const path = (await answer(neighbour, made, "private", "Bonjour, très poliment.")).location.split("?")[0]!;
		await neighbour.send(await neighbour.form(path, path), { text: "Une insulte." });
		const report = await member.form(path.replace("/exchange/", "/exchange-report/"), "/-/exchange-report/");
		assert.equal((await member.send(report, {})).status, 422);
		assert.equal((await member.send(report, { reason: "0", text: "Cela me blesse." })).status, 303);
		const queue = text((await facilitator.get("/-/moderation")).body) + text((await facilitator.get(`/-/moderation/record/${made.id}`)).body);
		assert.match(queue, /Une insulte/);
		assert.doesNotMatch(queue, /très poliment/);
	});

	it("goes with one's data: both sides of it, and nobody else's", async () => {
		const made = await cry("À emporter");
		await answer(neighbour, made, "private", "Mot-à-emporter");
		assert.match(text((await neighbour.get("/-/account/data")).body), /Mot-à-emporter|Ce que vous vous êtes dit en privé/);
	});

	it("a sheet to put up: the notice, its code, its address on strips", async () => {
		const made = await cry("À afficher partout");
		const sheet = await visitor.get(`/-/share/sheet?path=${made.url}`);
		assert.equal(sheet.status, 200);
		assert.match(sheet.body, /<svg[^>]*class="qr"|class="[^"]*qr/);
		assert.equal(sheet.body.match(/<span><b>À afficher partout/g)!.length, 8);
		assert.equal((await visitor.get("/-/share/sheet?path=/crieur")).status, 404);
		assert.equal((await visitor.get("/-/share/sheet?path=/nulle-part")).status, 404);
	});

	it("a device keeps the choices of a list when it is asked, and only then", async () => {
		await cry("Pour les voisins", day(20), "informer");
		const home = new Client(site, { "Accept-Language": "fr" });
		const list = await home.get("/crieur?entree=servir");
		assert.equal(home.cookies.size, 0);
		const link = /href="(\/-\/choices\/crieur\?[^"]*)"/.exec(list.body)![1]!.replaceAll("&amp;", "&");
		const page = await home.get(link);
		assert.match(text(page.body), /Si ça peut servir.*choix-crieur/);
		assert.equal(home.cookies.size, 0);
		const kept = await home.send(formOf(page, "/-/choices/"), { "keep[]": "1" });
		assert.match(kept.location, /^\/crieur\?.*entree=servir/);
		assert.equal(home.cookies.size, 1);
		const bare = await home.get("/crieur");
		assert.equal(bare.status, 303);
		assert.match(bare.location, /entree=servir/);
		// Everything again, all the same; another visitor is not concerned, whoever came first.
		const everything = /href="(\/crieur\?vue=[^"]*)"[^>]*>Tout afficher|href="(\/crieur\?vue=[a-z]+)"/.exec((await home.get("/crieur?entree=servir")).body)!;
		assert.match((await home.get((everything[1] ?? everything[2])!)).body, /Pour les voisins/);
		assert.equal((await visitor.get("/crieur")).status, 200);
		assert.equal((await home.get("/crieur")).status, 303);
		const forget = await home.send(formOf(await home.get(link), "/-/choices/"), { "keep[]": "0" });
		assert.equal(forget.status, 303);
		assert.equal(home.cookies.size, 0);
		assert.equal((await home.get("/crieur")).status, 200);
		// A cookie that somebody else wrote leads nowhere else.
		const odd = new Client(site);
		odd.cookies.set("choix-crieur", "//evil.example");
		assert.equal((await odd.get("/crieur")).status, 200);
	});

	// A notice of the demonstration ends in two days (soon, above): the site asks its author when it begins to run.
	it("from the letter, without an account: what it asks, in one click; it then shows on the page", async () => {
		const said = await letter(/deux jardinières[^]*se termine le[^]*Est-ce toujours d’actualité/);
		const link = (what: string) => new RegExp(`/-/still\\?c=[\\w-]+&dire=${what}`).exec(said)![0];
		const home = new Client(site, { "Accept-Language": "fr" }), page = await home.get(link("prolonger"));
		assert.equal(page.status, 200);
		assert.match(text(page.body), /arrose deux jardinières/);
		assert.equal(page.headers["cache-control"], "no-store");
		assert.equal(page.headers["referrer-policy"], "no-referrer");
		assert.match((await visitor.get("/crieur")).body, /arrose deux jardinières/, "a look changes nothing");
		const found = await home.send(formOf(await home.get(link("trouve")), "/-/still"), { "state[]": "trouve" });
		assert.equal(found.status, 200);
		assert.match(text(found.body), /Merci/);
		assert.equal(home.cookies.size, 0, "it signs nobody in");
		assert.doesNotMatch((await visitor.get("/crieur")).body, /arrose deux jardinières/);
		// The same letter opens it again, and gives it two weeks.
		const longer = await home.send(formOf(await home.get(link("prolonger")), "/-/still"), { "state[]": "prolonger" });
		assert.equal(longer.status, 200);
		const again = await home.send(formOf(await home.get(link("prolonger")), "/-/still"), { "state[]": "ouverte" });
		assert.equal(again.status, 200);
		assert.match((await visitor.get("/crieur")).body, /arrose deux jardinières/);
	});

	it("a link in a letter is the right, and a wrong one is none", async () => {
		for (const path of ["/-/still?c=rien", "/-/exchange-stop?c=rien"]) {
			assert.equal((await visitor.get(path)).status, 404);
			assert.equal((await visitor.post(path, {}, { Origin: site.origin })).status, 404);
		}
	});
}, { prepare: soon });
