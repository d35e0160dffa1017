// Making a page known elsewhere by hand: texts that fit each place, where it was done and by whom, a reminder; nothing
// for what not everybody reads.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { decode, forms, text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, token } from "../support/records.js";

onSite("relays", (site) => {
	const visitor = new Client(site), member = new Client(site), facilitator = new Client(site);
	let story: { id: string; url: string };
	const long = Array.from({ length: 60 }, (_, i) => `phrase numéro ${i}`).join(", ");
	before(async () => {
		await member.signIn("member");
		await facilitator.signIn("facilitator");
		story = await add(member, "recit", { titre: "Le grand ménage", jour: "2026-05-02", chapeau: "Deux cents sacs.", texte: `${long}.`, mots: "propreté, rue des Halles" });
	});
	const texts = (body: string) => Object.fromEntries([...body.matchAll(/<textarea class="input" id="f-(\w+)"[^>]*>\n?([^<]*)<\/textarea>/g)].map((m) => [m[1]!, decode(m[2]!)]));

	it("a text that fits each place: its title, when, its words, key words, the address", async () => {
		const page = await member.get(`/-/relay/${story.id}`);
		assert.equal(page.status, 200);
		const all = texts(page.body), address = `${site.origin}/f/${story.id}`;
		assert.deepEqual(Object.keys(all), ["facebook", "instagram", "mastodon", "bluesky", "linkedin", "whatsapp", "letter", "press", "other"]);
		for (const [place, words] of Object.entries(all)) {
			assert.ok(words.startsWith("Le grand ménage\n"), place);
			assert.match(words, /2 mai 2026/);
			assert.match(words, /Deux cents sacs/);
			assert.ok(words.endsWith(place === "instagram" ? address.replace(/^https?:\/\//, "") : address), `${place}: ${words.slice(-80)}`);
		}
		// What the places themselves say of their limits; Mastodon counts 23 for any address.
		const length = (words: string) => [...words].length;
		assert.ok(length(all["mastodon"]!.replace(address, "x".repeat(23))) <= 500);
		assert.ok(length(all["bluesky"]!) <= 300);
		assert.ok(length(all["facebook"]!) > 500, "where there is room, the words are whole");
		assert.match(all["mastodon"]!, /#propreté #ruedesHalles/);
		assert.doesNotMatch(all["press"]!, /#/);
		const compose = /href="(https:\/\/share\.joinmastodon\.org\/#text=[^"]+)"/.exec(page.body)![1]!;
		assert.equal(decodeURIComponent(decode(compose).split("#text=")[1]!), all["mastodon"]);
	});

	it("is noted with who and when, seen by the others, taken back by who did it or who looks after the space", async () => {
		const path = `/-/relay/${story.id}`;
		const note = async (client: Client, place: string, values: Record<string, string>) => client.send(forms((await client.get(path)).body).find((form) => form.action === path && form.pairs.some(([name, value]) => name === "place" && value === place))!, values);
		const done = await note(member, "mastodon", { url: "https://mastodon.example/@rue/1", days: "7" });
		assert.equal(done.status, 303);
		const page = text((await facilitator.get(path)).body);
		assert.match(page, /C’est déjà là Mastodon .+, le \w+ \d+/);
		assert.match(page, /à aller voir le/);
		assert.match((await member.get("/-/relays")).body, /Le grand ménage/);
		for (const [url, said] of [["mastodon.example", /commence par https/], [`https://a.example/${"x".repeat(1100)}`, /Plus de 1000/], ["javascript:alert(1)", /commence par https/]] as const) {
			const wrong = await note(member, "bluesky", { url });
			assert.equal(wrong.status, 422);
			assert.match(text(wrong.body), said);
			assert.ok(wrong.body.includes(`value="${url}"`), "what was typed is kept");
		}
		const elsewhere = await note(member, "other", { url: "La vitrine du boulanger", days: "0" });
		assert.equal(elsewhere.status, 303);
		assert.match(text((await member.get(path)).body), /La vitrine du boulanger/);
		const num = /\/-\/relay\/(\d+)\/looked/.exec((await member.get(path)).body)![1]!;
		const neighbour = await new Client(site).signIn("neighbour");
		for (const what of ["delete", "looked"]) assert.equal((await neighbour.post(`/-/relay/${num}/${what}`, { _form: await token(neighbour) })).status, 403);
		assert.equal((await member.post(`/-/relay/${num}/looked`, { _form: await token(member), next: path })).location, path + "?fait=relais-vu");
		assert.doesNotMatch(text((await member.get(path)).body), /à aller voir le/);
		assert.equal((await facilitator.post(`/-/relay/${num}/delete`, { _form: await token(facilitator), next: "//evil.example" })).status, 303);
		assert.doesNotMatch(text((await member.get(path)).body), /C’est déjà là Mastodon/);
		assert.equal((await member.post("/-/relay/999999/delete", { _form: await token(member) })).status, 404);
	});

	it("what was told nowhere yet is listed; what not everybody reads is not offered", async () => {
		const fresh = await add(member, "recit", { titre: "Encore muet" });
		assert.match((await member.get("/-/relays")).body, /Encore muet/);
		const hidden = await add(facilitator, "recit", { titre: "Entre nous seulement" }, "coordination");
		const draft = await add(member, "recit", { titre: "Pas fini", _state: "draft" });
		for (const made of [hidden, draft]) assert.equal((await facilitator.get(`/-/relay/${made.id}`)).status, 404);
		// What belongs to a meeting is read there.
		await add(member, "decision", { decision: "Le préau reste ouvert" });
		const board = (await facilitator.get("/-/relays")).body;
		assert.doesNotMatch(board, /Entre nous seulement|Pas fini|Le préau reste ouvert/);
		assert.match((await member.get(fresh.url)).body, new RegExp(`href="/-/relay/${fresh.id}"`));
		assert.doesNotMatch((await visitor.get(fresh.url)).body, /\/-\/relay\//);
		assert.equal((await visitor.get(`/-/relay/${fresh.id}`)).status, 303);
	});
});
