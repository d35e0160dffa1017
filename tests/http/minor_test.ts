// Children: under the age, an account waits for a parent, by a letter or at a desk; nothing more than needed is kept; what
// it tells about persons is seen first; the site chooses the age, or asks nothing.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { forms, text } from "../support/html.js";
import { onSite, type Site } from "../support/program.js";
import { add, edit, made, token } from "../support/records.js";
import { readLetter } from "../support/smtp.js";
import { unzip } from "../support/zip.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
let address = 1;
const fresh = (site: Site) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `198.51.100.${address++}` });
const proxied = { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } };
const SETTINGS = "/-/admin/settings";

async function letterTo(site: Site, to: string, words: RegExp): Promise<string> {
	for (let i = 0; i < 100; i++, await pause(50))
		for (const file of await readdir(join(site.dir, "letters")).catch(() => [])) {
			const letter = readLetter(await readFile(join(site.dir, "letters", file), "latin1"));
			if (letter.headers.get("to") === `<${to}>` && words.test(letter.text)) return letter.text;
		}
	throw new Error(`no letter to ${to} says ${words}`);
}
const linkIn = (letter: string, path: string) => new RegExp(`(${path}\\?c=[\\w-]+)`).exec(letter)![1]!;

onSite("children", (site) => {
	let admin: Client;
	const set = async (values: Record<string, string>) => assert.equal((await admin.send(await admin.form(SETTINGS, `${SETTINGS}/site`), values)).status, 303);
	// Asks for an account, and confirms its address.
	async function ask(name: string, values: Record<string, string>): Promise<{ client: Client; where: string; email: string }> {
		const client = fresh(site), form = await client.form("/-/sign-up", "/-/sign-up"), email = `${name.toLowerCase()}@minor.example`;
		await pause(2100);
		const sent = await client.send(form, { name, email, ...values });
		assert.equal(sent.status, 200, text(sent.body));
		const done = await client.send(await client.form(linkIn(await letterTo(site, email, /\/-\/in\?c=/), "/-/in"), "/-/in"));
		return { client, where: done.location.split("?fait")[0]!, email };
	}
	before(async () => {
		admin = await fresh(site).signIn("administrator");
		await set({ sign_up: "open" });
	});

	it("asks the age, not a date; mistakes are told, what was typed stays", async () => {
		const client = fresh(site), form = await client.form("/-/sign-up", "/-/sign-up");
		assert.ok(!form.pairs.some(([name]) => /birth|naissance/.test(name)));
		await pause(2100);
		const unsaid = await client.send(form, { name: "Zoé", email: "zoe@minor.example" });
		assert.equal(unsaid.status, 422);
		assert.match(text(unsaid.body), /Dites si vous avez 15 ans ou plus/);
		const own = await client.send(formOf(unsaid, "/-/sign-up"), { age: "younger", parent: " ZOE@minor.example" });
		assert.equal(own.status, 422);
		assert.match(text(own.body), /de votre parent, pas la vôtre/);
		assert.match(own.body, /value="younger" checked/);
		assert.equal((await client.send(formOf(own, "/-/sign-up"), { parent: "pas une adresse" })).status, 422);
		assert.equal((await ask("Alix", { age: "older" })).where, "/-/welcome");
	});

	it("a parent agrees by the letter: the account opens, her address is forgotten", async () => {
		const { client, where, email } = await ask("Nino", { age: "younger", parent: "mere@minor.example" });
		assert.equal(where, "/-/waiting?pour=parent");
		assert.match(text((await client.get(where)).body), /Une lettre est partie à votre parent/);
		assert.equal((await client.get("/-/account")).status, 303, "nobody is let in yet");
		const letter = await letterTo(site, "mere@minor.example", /Nino demande un compte/), link = linkIn(letter, "/-/parent");
		const parent = fresh(site), page = await parent.get(link);
		assert.match(text(page.body), /Un compte pour Nino.*moins de 15 ans/);
		assert.equal(page.headers["cache-control"], "no-store");
		assert.equal((await parent.send(formOf(page, "/-/parent"))).status, 422, "neither yes nor no");
		assert.match(text((await parent.send(formOf(page, "/-/parent"), { answer: "yes" })).body), /Votre accord est noté/);
		assert.equal((await parent.send(formOf(page, "/-/parent"), { answer: "no" })).status, 410, "once");
		assert.equal((await fresh(site).get(link)).status, 410);
		await letterTo(site, email, /est ouvert/);
		assert.equal((await fresh(site).get("/-/parent?c=rien")).status, 410);
		// She comes in by a link, sees the rule on her account, and takes it with her data; the parent's address is not there.
		const home = fresh(site);
		await home.send(await home.form("/-/sign-in/letter", "/-/sign-in/letter"), { email });
		await home.send(await home.form(linkIn(await letterTo(site, email, /Elle ou il|30 minutes/), "/-/in"), "/-/in"));
		assert.match(text((await home.get("/-/account")).body), /Moins de 15 ans Un parent a donné son accord/);
		const ready = await home.send(await home.form("/-/account/data", "/-/account/data"));
		const data = unzip((await home.send(formOf(ready, "/-/my-data"))).bytes).get("mes-donnees.json")!;
		assert.ok(JSON.parse(data).age[0].agreed);
		assert.doesNotMatch(data, /mere@minor/);
		// What a page says of a person is for members first, the rest of it is online.
		const told = await home.send(await home.form("/-/new/structure", "/-/new/structure"), { nom: "Le club de Nino", genre: "association", presentation: "On joue.", telephone: "0247000001" });
		assert.match(told.location, /fait=garde/);
		const club = await made(home, told.location.split("?")[0]!), visitor = fresh(site), phone = /02 ?47 ?00 ?00 ?01|247000001/;
		const member = await fresh(site).signIn("member"), facilitator = await fresh(site).signIn("facilitator");
		const outside = async (words: RegExp) => {
			for (const path of [club.url, `/f/${club.id}`, "/annuaire", "/-/export/annuaire.csv", "/-/export/annuaire.json", `/-/history/${club.id}`])
				for (const who of [visitor, await fresh(site).signIn("contributor")]) if (words.test(text((await who.get(path)).body).replace(/\u00a0|\u202f/g, " "))) return path;
			return "";
		};
		assert.equal((await visitor.get(club.url)).status, 200);
		assert.equal(await outside(phone), "");
		for (const q of ["247000001", "0247000001"]) assert.doesNotMatch(text((await visitor.get(`/-/search?q=${q}`)).body), /Le club de Nino/);
		assert.match(text((await home.get(club.url)).body), phone);
		assert.match(text((await member.get(club.url)).body).replace(/\u00a0|\u202f/g, " "), /les membres le lisent.*02 ?47 ?00 ?00 ?01/);
		// Whoever saves the page later does not make it known by accident, even as it is shown in her form.
		assert.equal((await edit(member, club.id, { presentation: "On joue, le mardi." })).status, 303);
		assert.equal((await edit(await fresh(site).signIn("contributor"), club.id, { presentation: "On joue, le mercredi." })).status, 303);
		assert.equal(await outside(phone), "");
		assert.match(text((await member.get(club.url)).body).replace(/\u00a0|\u202f/g, " "), phone);
		// Nobody else decides; who looks after the place does.
		assert.equal((await member.post(`/-/kept/${club.id}`, { _form: await token(member), answer: "everybody" }, { Origin: site.origin })).status, 403);
		assert.match(text((await facilitator.get("/-/proposals")).body), /Le club de Nino.*Elle est en ligne/);
		assert.equal((await facilitator.get(`/-/refuse/${club.id}`)).status, 404, "it is online: not a draft to refuse");
		const yes = forms((await facilitator.get(club.url)).body).find((f) => f.action === `/-/kept/${club.id}`)!;
		assert.match((await facilitator.send(yes, { answer: "everybody" })).location, /pour-tout-le-monde/);
		assert.notEqual(await outside(phone), "");
		assert.doesNotMatch(text((await facilitator.get("/-/proposals")).body), /Le club de Nino/);
		// A correction of what everybody reads waits beside it, and can be dropped.
		assert.match((await edit(home, club.id, { telephone: "0247000002" })).location, /garde/);
		const second = /02 ?47 ?00 ?00 ?02|247000002/;
		assert.equal(await outside(second), "");
		assert.notEqual(await outside(phone), "");
		assert.match(text((await facilitator.get(club.url)).body).replace(/\u00a0|\u202f/g, " "), /02 ?47 ?00 ?00 ?02.*remplacerait/);
		const drop = forms((await facilitator.get(club.url)).body).find((f) => f.action === `/-/kept/${club.id}` && f.pairs.some(([, value]) => value === "members"))!;
		assert.match((await facilitator.send(drop)).location, /pour-membres/);
		assert.doesNotMatch(text((await facilitator.get(club.url)).body), /les membres le lisent/);
		assert.equal((await facilitator.send(yes, { answer: "everybody" })).status, 404, "nothing is kept any more");
		assert.equal(await outside(second), "");
		// A page that is online already: nothing of the kind is added to it without waiting.
		const other = await add(member, "structure", { nom: "La régie", genre: "association", presentation: "On répare." });
		assert.match((await edit(home, other.id, { presentation: "On répare les vélos.", courriel: "quelquun@nino.example" })).location, /garde/);
		assert.match(text((await visitor.get(other.url)).body), /On répare les vélos/);
		assert.doesNotMatch((await visitor.get(other.url)).body, /quelquun@nino/);
		assert.match((await member.get(other.url)).body, /quelquun@nino/);
		// She signs up as others do, is not named to everybody though she ticked it, and no letter leaves to somebody whom
		// she would enter with an address.
		const soon = new Date(Date.now() + 10 * 864e5), neighbour = await fresh(site).signIn("neighbour");
		const event = await add(neighbour, "evenement", { titre: "Le goûter du square", "quand.from.day": String(soon.getUTCDate()), "quand.from.month": String(soon.getUTCMonth() + 1), "quand.from.year": String(soon.getUTCFullYear()), "quand.from.time": "16 h", lieu_texte: "Le square", "inscription.on": "1", "inscription.places": "5", "inscription.guests": "1" });
		assert.match((await home.send(await home.form(`/-/attend/${event.id}`, "/-/attend/"), { named: "1" })).location, /fait=inscrit\b/);
		assert.match(text((await home.get(event.url)).body), /Votre inscription est notée : 1 personne/);
		assert.match(text((await neighbour.get(`/-/attendance/${event.id}`)).body), /Nino/, "who holds it knows who comes");
		for (const who of [visitor, member]) assert.doesNotMatch(text((await who.get(event.url)).body), /Nino/);
		assert.equal((await member.get(`/-/attendance/${event.id}`)).status, 403);
		// An event of hers: who comes without an account is entered with no address.
		const own = await add(home, "evenement", { titre: "Le tournoi de Nino", "quand.from.day": String(soon.getUTCDate()), "quand.from.month": String(soon.getUTCMonth() + 1), "quand.from.year": String(soon.getUTCFullYear()), "quand.from.time": "17 h", lieu_texte: "La cour", "inscription.on": "1", "inscription.places": "5" });
		const entered = await home.send(await home.form(`/-/attendance/${own.id}`, `/-/attendance/${own.id}`), { name: "Ami de Nino", email: "ami@minor.example" });
		assert.equal(entered.status, 303, text(entered.body));
		assert.match(text((await home.get(`/-/attendance/${own.id}`)).body), /Ami de Nino/);
		assert.doesNotMatch((await home.get(`/-/attendance/${own.id}`)).body, /ami@minor\.example/);
		await pause(300);
		await assert.rejects(Promise.race([letterTo(site, "ami@minor.example", /./), pause(400).then(() => { throw new Error("none"); })]));
		// She sees what she wrote on her own page, corrects it, takes it back.
		const mine = await made(home, (await home.send(await home.form("/-/new/structure", "/-/new/structure"), { nom: "Les roues", genre: "association", presentation: "On roule.", telephone: "0247000003" })).location.split("?")[0]!);
		assert.match(text((await home.get(mine.url)).body).replace(/\u00a0|\u202f/g, " "), /02 ?47 ?00 ?00 ?03/);
		assert.match((await edit(home, mine.id, { telephone: "0247000004" })).location, /garde/);
		assert.match(text((await member.get(mine.url)).body).replace(/\u00a0|\u202f/g, " "), /02 ?47 ?00 ?00 ?04/);
		assert.doesNotMatch(text((await facilitator.get(mine.url)).body), /Deux versions/);
		const back = forms((await home.get(mine.url)).body).filter((f) => f.action === `/-/kept/${mine.id}`);
		assert.equal(back.length, 1, "taking back is all she decides");
		assert.equal((await home.send(back[0]!, { answer: "everybody" })).status, 403);
		assert.match((await home.send(back[0]!)).location, /pour-personne/);
		assert.doesNotMatch(text((await member.get(mine.url)).body).replace(/\u00a0|\u202f/g, " "), /02 ?47 ?00 ?00 ?04/);
		const plain = await home.send(await home.form("/-/new/page", "/-/new/page"), { titre: "Mon dessin", texte: "Un arbre." });
		assert.match(plain.location, /fait=cree/);
		assert.equal((await fresh(site).get((await made(home, plain.location)).url)).status, 200);
		// Old enough, one day.
		assert.match((await home.send(await home.form("/-/account", "/-/account/age"))).location, /grandi/);
		assert.doesNotMatch(text((await home.get("/-/account")).body), /Moins de 15 ans/);
	});

	it("what she answers in private is read on the site: no letter leaves to others from her account", async () => {
		const { client, email } = await ask("Noa", { age: "younger", parent: "pere2@minor.example" });
		const parent = fresh(site);
		await parent.send(await parent.form(linkIn(await letterTo(site, "pere2@minor.example", /Noa demande/), "/-/parent"), "/-/parent"), { answer: "yes" });
		await letterTo(site, email, /est ouvert/);
		const home = fresh(site), member = await fresh(site).signIn("member"), neighbour = await fresh(site).signIn("neighbour");
		await home.send(await home.form("/-/sign-in/letter", "/-/sign-in/letter"), { email });
		await home.send(await home.form(linkIn(await letterTo(site, email, /Elle ou il|30 minutes/), "/-/in"), "/-/in"));
		assert.ok(client);
		const call = await add(member, "annonce", { titre: "Promener un chien", entree: "aide", recit: "Petit.", fin: new Date(Date.now() + 9 * 864e5).toISOString().slice(0, 10), etat: "ouverte" });
		const where = `/-/answer/${call.id}`, page = await home.get(where);
		assert.doesNotMatch(text(page.body), /et par courriel/);
		const sent = await home.send(formOf(page, where), { text: "Je peux le mercredi.", "how[]": "private" });
		assert.equal(sent.status, 303);
		assert.match(text((await home.get(sent.location.split("?")[0]!)).body), /aucune lettre ne part de votre compte/);
		assert.match(text((await member.get("/-/exchanges")).body), /Promener un chien – Noa/);
		// Somebody else's answer leaves by letter: that of the minor would have left before it.
		await neighbour.send(await neighbour.form(where, where), { text: "Moi le jeudi.", "how[]": "private" });
		await letterTo(site, "membre@demo.example", /Moi le jeudi/);
		await assert.rejects(letterTo(site, "membre@demo.example", /Je peux le mercredi/));
	});

	it("a parent says no: nothing is left of the request", async () => {
		const { email } = await ask("Ines", { age: "younger", parent: "pere@minor.example" });
		const link = linkIn(await letterTo(site, "pere@minor.example", /Ines/), "/-/parent"), parent = fresh(site);
		assert.match(text((await parent.send(await parent.form(link, "/-/parent"), { answer: "no" })).body), /Aucun compte n’est ouvert/);
		assert.doesNotMatch((await admin.get("/-/people")).body, new RegExp(email));
		await letterTo(site, email, /n’a pas donné son accord/);
	});

	it("at a desk: who looks after a space notes it, nobody else; an administrator's yes does not stand for a parent's", async () => {
		const { where, email } = await ask("Tom", { age: "younger", parent: "" });
		assert.equal(where, "/-/waiting?pour=accueil");
		const list = await admin.get("/-/people");
		assert.match(text(list.body), /Tom.*Un parent doit d’abord donner son accord/);
		const id = /\/-\/people\/([0-9a-z]{26})">Tom</.exec(list.body)![1]!;
		const page = `/-/people/${id}`;
		const forced = await admin.send(await admin.form(page, page), { access: "open" });
		assert.equal(forced.status, 422);
		assert.match(text(forced.body), /Un parent doit d’abord/);
		const token = (await admin.form("/-/account", "/-/account")).pairs.find(([key]) => key === "_form")![1];
		assert.equal((await admin.post(`${page}/accept`, { _form: token }, { Origin: site.origin })).status, 409);
		assert.equal((await (await fresh(site).signIn("member")).get("/-/minors")).status, 403);
		const facilitator = await fresh(site).signIn("facilitator"), desk = await facilitator.get("/-/minors");
		assert.match(text(desk.body), /Tom/);
		const answer = formOf(desk, `/-/minors/${id}`);
		assert.match((await facilitator.send(answer, { answer: "yes" })).location, /parent-oui/);
		assert.equal((await facilitator.send(answer, { answer: "no" })).status, 404, "once");
		await letterTo(site, email, /est ouvert/);
		assert.match(text((await facilitator.get("/-/minors")).body), /Personne n’attend/);
		assert.match(text((await admin.get("/-/admin/audit")).body), /Un parent a donné son accord pour un compte/);
	});

	it("a card at a desk, with the parent there", async () => {
		const facilitator = await fresh(site).signIn("facilitator"), members = "/-/space/tours/members";
		const card = await facilitator.send(await facilitator.form(members, "/-/space/tours/card"), { name: "Lila", minor: "1" });
		const code = /card\?c=([\w-]+)/.exec(card.body)?.[1] ?? /<code>([^<]+)<\/code>/.exec(card.body)![1]!;
		const child = fresh(site);
		assert.equal((await child.send(await child.form("/-/card", "/-/card"), { c: code })).status, 303);
		assert.match(text((await child.get("/-/account")).body), /Moins de 15 ans Un parent a donné son accord.*à un accueil/);
	});

	it("by an invitation: with an address a parent is asked, without one a desk is", async () => {
		const facilitator = await fresh(site).signIn("facilitator");
		const invited = await facilitator.send(await facilitator.form("/-/space/tours/members", "/-/space/tours/invite"), { uses: "5", invited: "" });
		const link = /value="https?:\/\/[^"/]*(\/-\/join\?c=[\w-]+)"/.exec(invited.body)![1]!;
		const child = fresh(site), form = await child.form(link, "/-/join");
		const none = await child.send(form, { name: "Yanis", email: "", age: "younger" });
		assert.equal(none.status, 422);
		assert.match(text(none.body), /venez à un accueil avec un parent/);
		assert.equal((await child.send(form, { name: "Yanis", email: "yanis@minor.example", age: "younger", parent: "tante@minor.example" })).status, 200);
		const done = await child.send(await child.form(linkIn(await letterTo(site, "yanis@minor.example", /\/-\/in/), "/-/in"), "/-/in"));
		assert.match(done.location, /pour=parent/);
		const parent = fresh(site);
		await parent.send(await parent.form(linkIn(await letterTo(site, "tante@minor.example", /Yanis/), "/-/parent"), "/-/parent"), { answer: "yes" });
		await letterTo(site, "yanis@minor.example", /est ouvert/);
	});

	it("where an administrator says yes too, both are needed", async () => {
		await set({ sign_up: "approved" });
		const { email } = await ask("Sacha", { age: "younger", parent: "oncle@minor.example" });
		const parent = fresh(site);
		await parent.send(await parent.form(linkIn(await letterTo(site, "oncle@minor.example", /Sacha/), "/-/parent"), "/-/parent"), { answer: "yes" });
		const list = await admin.get("/-/people");
		assert.match(list.body, new RegExp(email));
		const accept = formOf(list, `${/(\/-\/people\/[0-9a-z]{26})">Sacha</.exec(list.body)![1]!}/accept`);
		assert.equal((await admin.send(accept)).status, 303);
		await letterTo(site, email, /est ouvert/);
	});

	it("guests read the rule in plain words; the site chooses the age, or asks nothing", async () => {
		assert.match(text((await fresh(site).get("/-/new/page")).body), /Moins de 15 ans \? Faites-le avec un parent/);
		await set({ minor_age: "16" });
		assert.match(text((await fresh(site).get("/-/sign-up")).body), /J’ai 16 ans ou plus/);
		await set({ minor_age: "off", sign_up: "open" });
		assert.doesNotMatch((await fresh(site).get("/-/sign-up")).body, /name="age"/);
		assert.doesNotMatch(text((await fresh(site).get("/-/new/page")).body), /avec un parent/);
		assert.equal((await ask("Majeure", {})).where, "/-/welcome");
	});
}, proxied);
