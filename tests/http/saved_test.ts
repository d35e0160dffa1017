// Lists kept under a name: the same records as the address they were kept from, for whom they are for.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { text, textOf } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

const titles = (body: string) => [...body.matchAll(/<h3><a href="[^"]+">([^<]+)<\/a><\/h3>/g)].map((m) => text(m[1]!));

onSite("kept lists", (site) => {
	const visitor = () => new Client(site);
	async function keep(client: Client, from: string, name: string, space = ""): Promise<{ url: string; key: string; slug: string }> {
		const page = (await client.get(from)).body, way = /href="(\/-\/saved\/new\/[^"]+)"/.exec(page)![1]!.replaceAll("&amp;", "&");
		const answer = await client.send(await client.form(way, "/-/saved/new/"), { name, space });
		assert.equal(answer.status, 303, answer.body);
		const url = answer.location.split("?")[0]!, kept = (await client.get("/-/saved")).body;
		const key = new RegExp(`href="${url}">.*?action="/-/saved/(\\w+)"`, "s").exec(kept)![1]!;
		return { url, key, slug: url.slice(1) };
	}

	it("hold the choices, the order, the words and the layout", async () => {
		const member = await new Client(site).signIn("member");
		for (const from of ["/annuaire?commune=tours&genre=association&tri=-changed&vue=list", "/annuaire?q=emploi&vue=list", "/espaces-numeriques?statut=ferme&statut=projet&vue=list"]) {
			const before = (await member.get(from)).body, { url } = await keep(member, from, "Ma liste");
			const after = await member.get(url);
			assert.equal(textOf(after.body, "h1"), "Ma liste");
			assert.ok(titles(before).length > 0, from);
			assert.deepEqual(titles(after.body), titles(before), from);
			assert.match(after.body, /<ul class="rows"/);
		}
	});

	it("of an agenda can be subscribed to, as everybody reads them", async () => {
		const member = await new Client(site).signIn("member");
		const day = new Date(Date.now() + 9 * 864e5).toISOString().slice(0, 10);
		await add(member, "evenement", { titre: "Atelier gardé", "quand.from": day, domaine: "numerique" });
		await add(member, "evenement", { titre: "Autre chose", "quand.from": day, domaine: "culture" });
		const { url, slug } = await keep(member, "/agenda?domaine=numerique&vue=agenda", "Mes ateliers");
		const way = /href="(\/-\/subscribe\/view\/[^"]+)"/.exec((await visitor().get(url)).body)![1]!;
		assert.equal(way, `/-/subscribe/view/${slug}`);
		assert.equal((await visitor().get(way)).status, 200);
		const { body } = await visitor().get(`/-/calendar/view/${slug}.ics`);
		assert.match(body, /SUMMARY:Atelier gardé/);
		assert.doesNotMatch(body, /Autre chose/);
	});

	it("follow the records; are taken away in each format, framed, put in pages", async () => {
		const member = await new Client(site).signIn("member");
		const { url, key, slug } = await keep(member, "/annuaire?commune=tours&vue=list", "Chez nous, à Tours");
		await add(member, "structure", { nom: "Nouvelle voisine", genre: "association", commune: "tours" });
		await add(member, "structure", { nom: "Nouvelle lointaine", genre: "association", commune: "joue_les_tours" });
		const page = await add(member, "page", { titre: "Page avec liste", texte: `Voici :\n\n{{vue ${slug}}}\n` });
		const exports = [...(await visitor().get(url)).body.matchAll(/href="(\/-\/export\/[^"]+)"/g)].map((m) => m[1]!.replaceAll("&amp;", "&"));
		assert.ok(exports.length > 3 && exports.every((path) => path.startsWith(`/-/export/${key}/`)), exports.join());
		for (const path of [`${url}?taille=200`, ...exports, `/-/frame/${key}?taille=200`, page.url]) {
			const answer = await visitor().get(path);
			assert.equal(answer.status, 200, path);
			assert.doesNotMatch(answer.body, /Nouvelle lointaine/, path);
		}
		for (const path of [`${url}?taille=200`, `/-/frame/${key}?taille=200`]) assert.match((await visitor().get(path)).body, /Nouvelle voisine/, path);
		assert.match((await visitor().get(page.url)).body, /class="embed"[^]*Nouvelle voisine/);
		assert.match((await visitor().get(`/-/export/${key}/csv`)).body, /Nouvelle voisine/);
	});

	it("show each reader what she may read, whoever kept them", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		await add(facilitator, "espace", { nom: "Local réservé", genre: "epn", statut: "ouvert" }, "coordination");
		const { url } = await keep(facilitator, "/espaces-numeriques?statut=ouvert", "Ouverts");
		assert.match((await facilitator.get(`${url}?taille=200`)).body, /Local réservé/);
		assert.doesNotMatch((await visitor().get(`${url}?taille=200`)).body, /Local réservé/);
	});

	it("one's own are found by their address only; a space's stand beside the view", async () => {
		const member = await new Client(site).signIn("member"), facilitator = await new Client(site).signIn("facilitator");
		const own = await keep(member, "/annuaire?commune=tours", "Rien qu’à moi");
		assert.equal((await visitor().get(own.url)).status, 200);
		for (const path of ["/annuaire", "/-/search?q=rien", "/"]) assert.ok(!(await visitor().get(path)).body.includes(own.slug), path);
		assert.ok(!(await facilitator.get("/-/saved")).body.includes(own.slug));
		const first = /<option value="([a-z-]+)"/.exec((await facilitator.get("/-/saved/new/annuaire")).body)![1]!;
		const shared = await keep(facilitator, "/annuaire?commune=tours", "Structures de Tours", first);
		assert.ok((await visitor().get("/annuaire")).body.includes(`href="${shared.url}"`));
		const closed = await keep(facilitator, "/annuaire?commune=tours", "Pour l’équipe", "coordination");
		assert.ok(!(await visitor().get("/annuaire")).body.includes(closed.slug));
		assert.ok((await facilitator.get("/annuaire")).body.includes(closed.slug));
		// Only who looks after the space keeps lists for it.
		const form = await member.form("/-/saved/new/annuaire", "/-/saved/new/");
		assert.equal((await member.send(form, { name: "Intruse", space: first })).status, 403);
		assert.equal((await member.send(form, { name: "Intruse", space: "coordination" })).status, 403);
	});

	it("have their name changed and go at their owner's wish only; the address stays", async () => {
		const member = await new Client(site).signIn("member"), neighbour = await new Client(site).signIn("neighbour");
		const { url, key } = await keep(member, "/annuaire?commune=tours", "Premier nom");
		const form = { action: `/-/saved/${key}`, method: "post", pairs: (await neighbour.form("/-/account", "/-/account")).pairs, buttons: [], names: new Set<string>() };
		assert.equal((await neighbour.send(form, { name: "Volé" })).status, 404);
		assert.equal((await neighbour.send({ ...form, action: `/-/saved/${key}/delete` })).status, 404);
		assert.equal((await member.send(await member.form("/-/saved", `/-/saved/${key}`), { name: "Second nom" })).status, 303);
		assert.equal(textOf((await visitor().get(url)).body, "h1"), "Second nom");
		for (const name of ["", " ", "x".repeat(101)])
			assert.equal((await member.send(await member.form("/-/saved", `/-/saved/${key}`), { name })).status, 422);
		assert.equal((await member.send(await member.form("/-/saved", `/-/saved/${key}/delete`))).status, 303);
		assert.equal((await visitor().get(url)).status, 404);
		assert.equal((await visitor().get("/annuaire")).status, 200);
	});

	it("the site's own views are nobody's to rename", async () => {
		const administrator = await new Client(site).signIn("administrator");
		const form = { action: "/-/saved/annuaire/delete", method: "post", pairs: (await administrator.form("/-/account", "/-/account")).pairs, buttons: [], names: new Set<string>() };
		assert.equal((await administrator.send(form)).status, 404);
		assert.equal((await visitor().get("/annuaire")).status, 200);
	});
});
