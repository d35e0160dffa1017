// What leaves a group: chosen, agreed to, and nothing else anywhere – then taken back.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, type PersonName } from "../support/program.js";
import { add, edit, made, token } from "../support/records.js";

const word = (name: string) => `canari${name}zq`;
const inside = ["nom", "passage", "contact", "avant", "apres"].map(word);

onSite("shareable versions", (site) => {
	const by = {} as Record<PersonName | "visitor", Client>;
	before(async () => {
		by.visitor = new Client(site);
		for (const [i, who] of (Object.keys(people) as PersonName[]).entries())
			by[who] = await new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `192.0.2.${i + 1}` }).signIn(who);
	});
	const send = async (client: Client, path: string, body: Record<string, string> = {}) => client.post(path, { _form: await token(client), ...body });
	const read = async (client: Client, path: string) => text((await client.get(path)).body);
	const prepare = async (client: Client, id: string, changes: Record<string, string | string[] | null>) =>
		client.send(await client.form(`/-/shareable/prepare/${id}`, `/-/shareable/prepare/${id}`), changes);
	const version = async (client: Client, place: string) => /name="version" value="(\d+)"/.exec((await client.get(place)).body)![1]!;

	// A page of the team: written by its facilitator, corrected by a member.
	const begin = async (title: string) => {
		const page = await add(by.facilitator, "structure", {
			nom: `${title} ${word("nom")}`, genre: "association", presentation: `Ce qui peut se dire.\n\nLe secret : ${word("passage")}.\n\nLa fin, ${word("avant")}.`, contact: word("contact"),
		}, "coordination");
		await edit(by.member, page.id, { horaires: "Le mardi" });
		return page;
	};
	const chosen = (title: string) => ({ space: "tours", "t-nom-0": title, "k-presentation-0": "1", "k-presentation-1": null, "k-presentation-2": "1", "t-presentation-2": `La fin, réécrite. ${word("public")}`, names: "Madame Denise" });

	// Wherever the site says something to those who may not read the group's page.
	const nowhere = async (client: Client, words: string[], copy?: string) => {
		const paths = ["/", "/-/recent", "/-/recent.atom", "/-/search?q=peut", "/annuaire", "/annuaire?vue=map", "/sitemap.xml", "/-/moderation/log",
			...["csv", "json", "geojson", "xlsx", "ods", "atom"].map((format) => `/-/export/annuaire/${format}`), "/-/view/annuaire/points.json",
			...words.map((one) => `/-/search?q=${one}`)];
		if (copy) {
			const { id, versions } = await made(client, copy);
			paths.push(copy, `/f/${id}`, `/-/history/${id}`, ...versions.map((save) => `/-/history/${id}/${save}`), `/-/comments/${id}`);
		}
		for (const path of paths) {
			const answer = await client.get(path);
			// A search says again what was looked for; what it finds is what counts.
			const body = path.startsWith("/-/search?q=canari") ? (/class="rows/.test(answer.body) ? answer.body.split('class="rows')[1]! : "") : answer.bytes.toString("latin1") + answer.body;
			for (const one of words) assert.ok(!body.includes(one), `${path} holds ${one}`);
		}
	};

	it("pictures are chosen one by one, by the picture and not by its place", async () => {
		const small = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
		const large = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAAEElEQVR4nGM4EaUBRww4OQA1Wg954f04QAAAAABJRU5ErkJggg==", "base64");
		const page = await add(by.facilitator, "structure", { nom: "Deux photos", genre: "association" }, "coordination");
		const put = async (name: string, bytes: Buffer) =>
			assert.equal((await by.facilitator.sendFiles(await by.facilitator.form(`/-/edit/${page.id}`, "/-/edit/"), { "photos.new.alt": `Vu de ${name}` }, { "photos.new": new File([new Uint8Array(bytes)], name) })).status, 303);
		await put("dehors.png", small);
		await put("dedans.png", large);
		const path = `/-/shareable/prepare/${page.id}`, form = await by.facilitator.form(path, path);
		const boxes = [...(await by.facilitator.get(path)).body.matchAll(/name="(k-photos-[0-9a-f]{16})"( value="1" checked)?/g)];
		assert.equal(boxes.length, 2);
		assert.ok(boxes.every((box) => !box[2]), "no picture goes out by itself");
		const [first, second] = boxes.map((box) => box[1]!) as [string, string];
		const answer = await by.facilitator.send(form, { space: "tours", "t-nom-0": "Une photo", [second]: "1" });
		assert.equal(answer.status, 303, text(answer.body));
		const place = answer.location.split("?")[0]!;
		const shown = (await by.facilitator.get(place)).body;
		const files = (html: string) => new Set([...html.matchAll(/\/-\/file\/([0-9a-f]{64})/g)].map((m) => m[1]!));
		assert.ok(files(shown).size > 0);
		// As prepared, the form shows what was chosen, and that alone.
		const later = (await by.facilitator.get(path)).body;
		assert.match(later, new RegExp(`name="${second}" value="1" checked`));
		assert.doesNotMatch(later, new RegExp(`name="${first}" value="1" checked`));
		const published = await by.facilitator.send(await by.facilitator.form(place, `${place}/publish`));
		assert.equal(published.status, 303, text(published.body));
		const copy = /href="(\/f\/[0-9a-z]{26})"/.exec((await by.facilitator.get(place)).body)![1]!;
		const visitor = await by.visitor.follow(await by.visitor.get(copy));
		assert.match(text(visitor.body), /Une photo/);
		assert.ok(visitor.body.includes("/-/file/"));
		const kept = files((await by.facilitator.get(page.url)).body), gone = [...kept].filter((hash) => !files(visitor.body).has(hash));
		assert.ok(gone.length > 0);
		for (const hash of gone) assert.equal((await by.visitor.get(`/-/file/${hash}`)).status, 404, "the other picture stays inside");
	});

	it("is chosen, agreed to, published without the rest, and taken back for good", async () => {
		const source = await begin("Projet");
		// Only who wrote it or looks after its space prepares it.
		for (const [who, status] of [["visitor", 303], ["contributor", 404], ["member", 403]] as const)
			assert.equal((await by[who].get(`/-/shareable/prepare/${source.id}`)).status, status, who);
		// Without what the form needs it is refused, and what was chosen stays.
		const refused = await prepare(by.facilitator, source.id, { ...chosen(""), names: "Madame Denise" });
		assert.equal(refused.status, 422);
		assert.match(refused.body, /La fin, réécrite\./);
		const prepared = await prepare(by.facilitator, source.id, chosen("Projet partagé"));
		assert.equal(prepared.status, 303, text(prepared.body));
		const place = prepared.location.split("?")[0]!;
		const seen = await read(by.facilitator, place);
		assert.match(seen, /Ce qui peut se dire\./);
		assert.match(seen, /La fin, réécrite\./);
		for (const one of inside.slice(1)) assert.ok(!seen.includes(one), one); // she reads the page, so its title
		assert.match(seen, new RegExp(people.member.name.replace(/[()]/g, "\\$&")));
		assert.match(seen, /Madame Denise/);

		// Nobody else sees it, nothing is published before all have agreed.
		for (const who of ["member", "contributor", "outsider"] as const) assert.equal((await by[who].get(place)).status, 404, who);
		assert.equal((await send(by.facilitator, `${place}/publish`)).status, 409);
		assert.equal((await send(by.facilitator, `${place}/ask`)).status, 303);
		assert.equal((await send(by.facilitator, `${place}/ask`)).status, 409);
		for (let i = 0; i < 50 && !/si vous êtes d’accord/.test(await read(by.member, "/-/news")); i++) await new Promise((done) => setTimeout(done, 50));
		assert.match(await read(by.member, "/-/news"), /demande si vous êtes d’accord/);
		assert.match(await read(by.member, source.url), /êtes-vous d’accord/);
		assert.equal((await by.outsider.get(place)).status, 404);
		assert.equal((await send(by.outsider, `${place}/answer`, { answer: "1" })).status, 404);

		// She asks for a change; then another text is prepared, and her answer to the former one counts no more.
		const first = await version(by.member, place);
		assert.equal((await send(by.member, `${place}/answer`, { version: first, answer: "3", word: "" })).status, 422);
		assert.equal((await send(by.member, `${place}/answer`, { version: first, answer: "3", word: "Sans la fin" })).status, 303);
		assert.match(await read(by.facilitator, place), /Sans la fin/);
		assert.equal((await send(by.facilitator, `${place}/publish`)).status, 409);
		assert.equal((await prepare(by.facilitator, source.id, chosen("Projet partagé"))).location.split("?")[0], place);
		assert.equal((await send(by.facilitator, `${place}/ask`)).status, 303);
		assert.equal((await send(by.member, `${place}/answer`, { version: first, answer: "1" })).status, 409);
		assert.equal((await send(by.member, `${place}/answer`, { version: await version(by.member, place), answer: "1", word: "" })).status, 303);

		// Somebody without an account said it to a facilitator, on a day; a member may not note it.
		const who = /name="who" value="(\d+)"/.exec((await by.facilitator.get(place)).body)![1]!;
		assert.equal((await send(by.member, `${place}/voice`, { who, day: "2020-01-02" })).status, 403);
		assert.equal((await send(by.facilitator, `${place}/voice`, { who, day: "2999-01-01" })).status, 422);
		assert.equal((await send(by.facilitator, `${place}/publish`)).status, 409);
		assert.equal((await send(by.facilitator, `${place}/voice`, { who, day: "2020-01-02" })).status, 303);
		assert.match(await read(by.facilitator, place), /dit de vive voix le 2020-01-02/);
		assert.equal((await send(by.member, `${place}/publish`)).status, 403);
		const published = await send(by.facilitator, `${place}/publish`);
		assert.equal(published.location, `${place}?fait=partage-publie`, text(published.body));

		// The copy: a page of its own, with one save, that says nothing of the other to who does not read it.
		const short = /href="(\/f\/[0-9a-z]{26})"/.exec((await by.facilitator.get(place)).body)![1]!;
		const copy = (await by.visitor.get(short)).location;
		const page = await by.visitor.get(copy);
		assert.equal(page.status, 200);
		assert.match(text(page.body), /Projet partagé/);
		assert.match(text(page.body), /La fin, réécrite\./);
		assert.equal((await made(by.visitor, copy)).versions.length, 1);
		await edit(by.member, source.id, { presentation: `Changé depuis : ${word("apres")}.` });
		for (const client of [by.visitor, by.contributor]) {
			await nowhere(client, inside, copy);
			assert.ok(!(await client.get(copy)).body.includes(source.id));
		}
		assert.match(await read(by.member, copy), /version partageable d’une autre/);
		assert.doesNotMatch(await read(by.contributor, copy), /version partageable/);

		// An agreement is taken back: nobody brings the copy back, neither who published it nor an administrator.
		const { id } = await made(by.facilitator, copy);
		assert.equal((await send(by.outsider, `${place}/withdraw`)).status, 404);
		assert.equal((await send(by.member, `${place}/withdraw`)).status, 303);
		for (const client of [by.visitor, by.contributor]) assert.equal((await client.get(copy)).status, 404);
		await nowhere(by.visitor, [...inside, word("public")]);
		for (const client of [by.facilitator, by.administrator]) assert.equal((await send(client, `/-/untrash/${id}`)).status, 403);
		assert.equal((await by.visitor.get(copy)).status, 404);
	});

	it("can be given up, asks nobody when nobody is concerned, and never holds what comes later", async () => {
		const page = await add(by.facilitator, "page", { titre: "Seule", texte: `Un.\n\n${word("seule")}` }, "coordination");
		const place = (await prepare(by.facilitator, page.id, { space: "tours", "t-titre-0": "Seule, dehors", "k-texte-1": null })).location.split("?")[0]!;
		assert.match(await read(by.facilitator, place), /Personne d’autre n’est concerné/);
		assert.equal((await send(by.facilitator, `${place}/drop`)).status, 303);
		assert.equal((await by.facilitator.get(place)).status, 404);
		const again = (await prepare(by.facilitator, page.id, { space: "tours", "t-titre-0": "Seule, dehors", "k-texte-1": null })).location.split("?")[0]!;
		assert.equal((await send(by.facilitator, `${again}/publish`)).status, 303);
		assert.equal((await by.facilitator.get(`/-/shareable/prepare/${page.id}`)).status, 409);
		await nowhere(by.visitor, [word("seule")]);
	});
});
