// Spaces made and shaped in the browser: who sees what of each, joining and leaving, handing over, sleep.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, type PersonName, type Site } from "../support/program.js";
import { add, token } from "../support/records.js";
import { readLetter } from "../support/smtp.js";

type Changes = Record<string, string | string[] | null>;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function letterTo(site: Site, to: string, words: RegExp): Promise<string> {
	for (let i = 0; i < 100; i++, await pause(30))
		for (const file of await readdir(join(site.dir, "letters")).catch(() => [])) {
			const letter = readLetter(await readFile(join(site.dir, "letters", file), "latin1"));
			if (letter.headers.get("to") === `<${to}>` && words.test(letter.text)) return letter.text;
		}
	throw new Error(`no such letter to ${to}`);
}

onSite("spaces", (site) => {
	const by = {} as Record<PersonName | "visitor", Client>;
	before(async () => {
		by.visitor = new Client(site);
		for (const [i, who] of (Object.keys(people) as PersonName[]).entries())
			by[who] = await new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `192.0.2.${i + 1}` }).signIn(who);
	});
	const make = async (client: Client, changes: Changes) => {
		const answer = await client.send(await client.form("/-/spaces/new", "/-/spaces/new"), changes);
		assert.equal(answer.status, 303, text(answer.body));
		return answer.location.split("?")[0]!.slice("/e/".length);
	};
	const shape = async (client: Client, slug: string, changes: Changes) => client.send(await client.form(`/-/space/${slug}/settings`, `/-/space/${slug}/settings`), changes);
	const send = async (client: Client, path: string, body: Record<string, string> = {}) => client.post(path, { _form: await token(client), ...body });
	const read = async (client: Client, path: string) => text((await client.get(path)).body);
	const idOf = async (who: PersonName) => new RegExp(`href="/-/people/([0-9a-z]{26})">${people[who].name.replace(/[()]/g, "\\$&")}`).exec((await by.administrator.get("/-/people")).body)![1]!;
	const ask = async (client: Client, slug: string, word = "", role = "") => client.send(await client.form(`/-/space/${slug}/join${role && `?role=${role}`}`, `/-/space/${slug}/join`), { word });

	it("an administrator makes one with a name alone, and looks after it", async () => {
		const slug = await make(by.administrator, { name: "Café des échanges & Cie" });
		assert.equal(slug, "cafe-des-echanges-cie");
		assert.match(await read(by.administrator, `/e/${slug}`), /Une seule personne anime/);
		assert.match(await read(by.administrator, `/-/space/${slug}/members`), /Camille Administre/);
		// The same name again has another address; an address that is taken or none is said to be so, and what was typed stays.
		assert.equal(await make(by.administrator, { name: "Café des échanges & Cie" }), "cafe-des-echanges-cie-2");
		const form = await by.administrator.form("/-/spaces/new", "/-/spaces/new");
		for (const [key, words] of [["coordination", /déjà prise/], ["Ça va", /minuscules sans accents/], ["9", /minuscules/]] as const) {
			const refused = await by.administrator.send(form, { name: "Un nom gardé", key });
			assert.equal(refused.status, 422, key);
			assert.match(text(refused.body), words);
			assert.match(refused.body, /value="Un nom gardé"/);
		}
		assert.equal((await by.administrator.send(form, { name: " " })).status, 422);
	});

	it("members make spaces where the site says so, others never", async () => {
		assert.equal((await by.member.get("/-/spaces/new")).status, 403);
		assert.equal((await send(by.administrator, "/-/spaces", { create: "members" })).status, 303);
		const slug = await make(by.member, { name: "Jardin partagé", visibility: "public" });
		assert.match(await read(by.member, `/e/${slug}`), /votre rôle : animation/);
		assert.equal((await by.contributor.get("/-/spaces/new")).status, 403);
		assert.equal((await by.visitor.get("/-/spaces/new")).status, 303);
		assert.equal((await send(by.administrator, "/-/spaces", { create: "administrators" })).status, 303);
		assert.equal((await by.member.get("/-/spaces/new")).status, 403);
	});

	it("each visibility says exactly who knows and who reads, and changing it says what follows first", async () => {
		const slug = await make(by.administrator, { name: "Comité discret", description: "Préparer la fête", visibility: "listed" });
		const page = await add(by.administrator, "page", { titre: "Compte rendu confidentiel", texte: "Mot secretissime." }, slug);
		const others = [by.visitor, by.contributor, by.facilitator];
		const known = async (client: Client) => /Comité discret/.test(await read(client, "/-/spaces"));
		const found = async (client: Client) => /Compte rendu confidentiel/.test(await read(client, "/-/search?q=secretissime")) || (await client.get(page.url)).status === 200;
		for (const client of others) {
			assert.ok(await known(client));
			const front = await client.get(`/e/${slug}`);
			assert.equal(front.status, 200);
			assert.match(text(front.body), /Préparer la fête/);
			assert.doesNotMatch(front.body, /Compte rendu confidentiel/);
			if (client === by.visitor) assert.doesNotMatch(front.body, /Camille/);
			assert.ok(!(await found(client)));
			assert.notEqual((await client.get(`/-/new/page?espace=${slug}`)).status, 200);
		}
		// Hidden: nothing is there.
		const asked = await shape(by.administrator, slug, { visibility: "members" });
		assert.equal(asked.status, 200);
		assert.match(text(asked.body), /Il quitterait la liste/);
		assert.ok(await known(by.visitor), "nothing happens before a yes");
		assert.equal((await shape(by.administrator, slug, { visibility: "members", sure: "members" })).status, 303);
		for (const client of others) {
			assert.ok(!(await known(client)));
			for (const path of [`/e/${slug}`, `/-/space/${slug}/join`, page.url]) assert.equal((await client.get(path)).status, 404, path);
			assert.ok(!/Comité discret/.test(await read(client, "/-/rights")));
		}
		// Open: everybody reads; a yes to something else is none.
		assert.equal((await shape(by.administrator, slug, { visibility: "public", sure: "listed" })).status, 200);
		assert.ok(!(await found(by.visitor)));
		const wider = await shape(by.administrator, slug, { visibility: "public" });
		assert.match(text(wider.body), /1 page écrite pour ses membres serait lue par tout le monde/);
		assert.equal((await shape(by.administrator, slug, { visibility: "public", sure: "public" })).status, 303);
		for (const client of others) assert.ok((await client.get(page.url)).status === 200 && (await known(client)));
		// And closed again.
		assert.match(text((await shape(by.administrator, slug, { visibility: "listed" })).body), /1 page ne serait plus lue que par ses membres/);
		assert.equal((await shape(by.administrator, slug, { visibility: "listed", sure: "listed" })).status, 303);
		for (const client of others) assert.ok(!(await found(client)));
	});

	it("a request is answered with a letter; a refusal says why and may be asked again", async () => {
		const slug = await make(by.administrator, { name: "Atelier vélo", visibility: "listed", charter: "On **range** ses outils." });
		assert.match((await by.visitor.get(`/-/space/${slug}/join`)).body, /<strong>range<\/strong>/);
		assert.equal((await ask(by.contributor, slug, "Je répare des roues")).status, 303);
		assert.match(await read(by.contributor, `/e/${slug}`), /Vous avez demandé à rejoindre/);
		assert.match(await letterTo(site, people.administrator.email, /Atelier vélo/), /Je répare des roues/);
		for (const path of [`/-/space/${slug}/members`, "/-/proposals"]) assert.match(await read(by.administrator, path), /Je répare des roues/);
		assert.doesNotMatch(await read(by.facilitator, "/-/proposals"), /Je répare des roues/);
		const id = await idOf("contributor"), at = `/-/space/${slug}/requests/${id}`;
		assert.equal((await send(by.administrator, at, { answer: "no", reason: " " })).status, 422);
		assert.equal((await send(by.facilitator, at, { answer: "yes" })).status, 403, "of another space");
		assert.equal((await send(by.administrator, at, { answer: "no", reason: "Plus de place avant mars" })).status, 303);
		assert.match(await letterTo(site, people.contributor.email, /Plus de place/), /n’avez|n’ont pas accepté/);
		assert.match(await read(by.contributor, `/e/${slug}`), /Plus de place avant mars/);
		assert.equal((await ask(by.contributor, slug)).status, 303);
		assert.equal((await send(by.administrator, at, { answer: "yes" })).status, 303);
		await letterTo(site, people.contributor.email, /Bienvenue/);
		assert.match(await read(by.contributor, `/e/${slug}`), /votre rôle : membre/);
		assert.equal((await send(by.administrator, at, { answer: "yes" })).status, 404, "answered once");
		// Leaving by oneself.
		assert.equal((await send(by.contributor, `/-/space/${slug}/leave`)).status, 303);
		assert.doesNotMatch(await read(by.contributor, `/e/${slug}`), /votre rôle/);
	});

	it("an open space is joined at once, one by invitation is not asked for; a request is taken back", async () => {
		const open = await make(by.administrator, { name: "Porte ouverte", visibility: "listed", admission: "open" });
		assert.equal((await ask(by.contributor, open)).status, 303);
		assert.match(await read(by.contributor, `/e/${open}`), /votre rôle : membre/);
		const closed = await make(by.administrator, { name: "Sur invitation", visibility: "listed", admission: "invited" });
		assert.doesNotMatch(await read(by.contributor, `/e/${closed}`), /Demander à rejoindre/);
		assert.equal((await send(by.contributor, `/-/space/${closed}/join`, { word: "quand même" })).status, 400);
		const asked = await make(by.administrator, { name: "À demander", visibility: "public" });
		await ask(by.contributor, asked);
		assert.equal((await send(by.contributor, `/-/space/${asked}/withdraw`)).status, 303);
		assert.doesNotMatch(await read(by.administrator, "/-/proposals"), /À demander/);
	});

	it("nobody who looks after a space alone leaves it; handing over is one action", async () => {
		const slug = await make(by.administrator, { name: "Relais", visibility: "public" });
		const id = await idOf("neighbour"), other = await idOf("contributor");
		assert.equal((await send(by.neighbour, `/-/space/${slug}/join`, { role: "facilitator" })).status, 400, "it looks for nobody");
		await send(by.administrator, `/-/care/space/${slug}`, { do: "offer" });
		await ask(by.neighbour, slug, "Je veux bien", "facilitator");
		assert.match(await read(by.administrator, `/-/space/${slug}/members`), /se propose pour animer/);
		await send(by.administrator, `/-/space/${slug}/requests/${id}`, { answer: "yes" });
		await send(by.administrator, `/-/space/${slug}/leave`);
		assert.match(await read(by.neighbour, `/e/${slug}`), /Une seule personne anime/);
		await send(by.neighbour, `/-/space/${slug}/leave`);
		await send(by.neighbour, `/-/space/${slug}/members/${id}`, { level: "0" });
		await send(by.neighbour, `/-/space/${slug}/members/${id}`, { level: "2" });
		assert.match(await read(by.neighbour, `/e/${slug}`), /votre rôle : animation/);
		assert.match(await read(by.neighbour, `/-/space/${slug}/leave`), /transmettez-le d’abord/);
		// To somebody who belongs to it.
		assert.equal((await send(by.neighbour, `/-/space/${slug}/hand-over`, { to: other, mine: "0" })).status, 422);
		await ask(by.contributor, slug);
		await send(by.neighbour, `/-/space/${slug}/requests/${other}`, { answer: "yes" });
		assert.equal((await send(by.neighbour, `/-/space/${slug}/hand-over`, { to: other, mine: "0" })).status, 303);
		await letterTo(site, people.contributor.email, /vous transmet l’espace/);
		assert.match(await read(by.contributor, `/e/${slug}`), /votre rôle : animation/);
		assert.doesNotMatch(await read(by.neighbour, `/e/${slug}`), /votre rôle/);
	});

	it("a space that sleeps tells its story, is read, and is written by nobody until it is woken", async () => {
		const slug = await make(by.administrator, { name: "Chantier fini", visibility: "public" });
		const page = await add(by.member, "page", { titre: "Ce que nous avons bâti", texte: "Une cabane." }, slug);
		assert.equal((await send(by.administrator, `/-/care/space/${slug}`, { do: "sleep", story: "" })).status, 422);
		assert.equal((await send(by.administrator, `/-/care/space/${slug}`, { do: "sleep", story: "Une cabane, et **des amis**." })).status, 303);
		const front = await by.visitor.get(`/e/${slug}`);
		assert.match(front.body, /<strong>des amis<\/strong>/);
		assert.match(await read(by.visitor, "/-/spaces"), /Chantier fini.*en sommeil/s);
		assert.equal((await by.visitor.get(page.url)).status, 200);
		for (const client of [by.member, by.administrator]) {
			assert.equal((await client.get(`/-/edit/${page.id}`)).status, 403);
			assert.equal((await client.get(`/-/new/page?espace=${slug}`)).status, 403);
		}
		assert.equal((await send(by.member, `/-/care/space/${slug}`, { do: "wake" })).status, 403);
		assert.equal((await send(by.administrator, `/-/care/space/${slug}`, { do: "wake" })).status, 303);
		assert.equal((await by.member.get(`/-/edit/${page.id}`)).status, 200);
		// The site's own pages do not fall asleep with a space, nor go with it.
		assert.equal((await send(by.administrator, "/-/care/space/tours", { do: "sleep", story: "x" })).status, 400);
		assert.equal((await send(by.administrator, "/-/space/tours/delete")).status, 400);
		assert.equal((await send(by.administrator, `/-/space/${slug}/delete`)).status, 400);
		const empty = await make(by.administrator, { name: "Vide" });
		assert.equal((await send(by.administrator, `/-/space/${empty}/delete`)).status, 303);
		assert.equal((await by.administrator.get(`/e/${empty}`)).status, 404);
	});

	it("a space that looks for people says so, and its pages have its colour", async () => {
		const slug = await make(by.administrator, { name: "Couleurs", visibility: "public", own_colour: "1", colour: "#7a1f5c" });
		assert.equal((await send(by.administrator, `/-/care/space/${slug}`, { do: "offer" })).status, 303);
		assert.match(await read(by.visitor, "/-/spaces"), /cherche une relève/);
		const themes = async (path: string) => /\/-\/theme\/[0-9a-f]+\.css/.exec((await by.visitor.get(path)).body)![0];
		assert.notEqual(await themes(`/e/${slug}`), await themes("/"));
		const css = await by.visitor.get(await themes(`/e/${slug}`));
		assert.equal(css.status, 200);
		assert.match(css.body, /--accent:/);
		const page = await add(by.member, "page", { titre: "Page mauve", texte: "x" }, slug);
		assert.equal(await themes(page.url), await themes(`/e/${slug}`));
		assert.equal((await shape(by.administrator, slug, { colour: "mauve" })).status, 422);
	});

	it("a space has a menu and a home page of its own, for those who read it", async () => {
		const slug = await make(by.administrator, { name: "Vitrine", visibility: "listed" }), at = `/-/space/${slug}`;
		await add(by.administrator, "page", { titre: "Dans la vitrine", texte: "x" }, slug);
		await add(by.administrator, "page", { titre: "Hors de la vitrine", texte: "x" });
		const empty = await by.administrator.form(`${at}/menu`, `${at}/menu`);
		const row = await by.administrator.send(empty, { _do: "menu:add" });
		assert.equal(row.status, 200);
		const published = await by.administrator.send(formOf(row, `${at}/menu`), { "menu-0-label": "Nos pages", "menu-0-to": "/pages" });
		assert.equal(published.status, 303, text(published.body));
		const block = async (kind: string, values: Changes) => {
			const answer = await by.administrator.send(await by.administrator.form(`${at}/home/add/${kind}`, `${at}/home/add/`), values);
			assert.equal(answer.status, 303, text(answer.body));
		};
		await block("intro", { title: "Bienvenue chez nous", text: "On est **bien**." });
		await block("news", { title: "Du nouveau", size: "5" });
		assert.doesNotMatch(await read(by.administrator, `/e/${slug}`), /Bienvenue chez nous/, "a draft is nobody's");
		assert.equal((await by.administrator.send(await by.administrator.form(`${at}/home`, `${at}/home/publish`))).status, 303);
		const mine = await read(by.administrator, `/e/${slug}`);
		assert.match(mine, /Nos pages/);
		assert.match(mine, /Bienvenue chez nous.*Dans la vitrine/s);
		assert.doesNotMatch(mine, /Hors de la vitrine/);
		// Who does not read the space sees neither; the site's own stay as they are.
		for (const path of [`/e/${slug}`, `${at}/join`, "/"]) assert.doesNotMatch(await read(by.contributor, path), /Nos pages|Bienvenue chez nous/, path);
		assert.equal((await by.facilitator.get(`${at}/menu`)).status, 404, "of another space");
	});
});
