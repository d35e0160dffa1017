// Sharing: an address, its code, a frame for another site; to whom, and of which addresses.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

onSite("sharing", (site) => {
	const visitor = () => new Client(site);

	it("records and lists lead to their page of sharing; the code is of the lasting address", async () => {
		const record = (await visitor().get("/resoudre")).body, id = /href="\/f\/([0-9a-z]{26})"/.exec(record)![1]!;
		const way = /href="(\/-\/share\?path=[^"]+)"/.exec(record)![1]!;
		const page = (await visitor().get(way)).body;
		assert.match(page, new RegExp(`value="${site.origin}/f/${id}"`));
		assert.ok(text(page).includes(`<iframe src="${site.origin}/-/frame/record/${id}"`));
		const list = (await visitor().get("/annuaire?commune=tours&vue=list&suite=")).body;
		const shared = (await visitor().get(/href="(\/-\/share\?path=[^"]+)"/.exec(list)![1]!)).body;
		assert.ok(text(shared).includes(`<iframe src="${site.origin}/-/frame/annuaire?commune=tours&amp;vue=list" title="Qui fait quoi"`));
	});

	it("what one may not read has no page of sharing, no code, no card", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		const made = await add(facilitator, "page", { titre: "Titre caché", texte: "Rien." }, "coordination");
		for (const path of [made.url, `/f/${made.id}`, "/nulle-part"])
			for (const page of ["share", "share/card", "qr.svg", "qr.png"])
				assert.equal((await visitor().get(`/-/${page}?path=${encodeURIComponent(path)}`)).status, 404, `${page} ${path}`);
		assert.match((await facilitator.get(`/-/share/card?path=${made.url}`)).body, /Titre caché/);
	});

	it("only addresses of this site have a code", async () => {
		for (const path of ["", "https://ailleurs.example/", "//ailleurs.example/", "/\\ailleurs.example", "javascript:alert(1)", "/a\nb"])
			for (const page of ["share", "share/card", "qr.svg", "qr.png"])
				assert.equal((await visitor().get(`/-/${page}?path=${encodeURIComponent(path)}`)).status, 404, `${page} ${path}`);
		const svg = await visitor().get("/-/qr.svg?path=/"), png = await visitor().get("/-/qr.png?path=/");
		assert.equal(svg.headers["content-type"], "image/svg+xml");
		assert.match(svg.body, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
		assert.equal(png.headers["content-type"], "image/png");
		assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
		assert.notEqual((await visitor().get(`/-/qr.png?path=/annuaire?q=${"x".repeat(2000)}`)).status, 200);
	});

	it("other sites may frame a view, and nothing else", async () => {
		const ancestors = async (path: string, client = visitor()) =>
			/frame-ancestors [^;]*/.exec(String((await client.get(path)).headers["content-security-policy"]))![0];
		for (const client of [visitor(), await new Client(site).signIn("member")]) {
			assert.equal(await ancestors("/-/frame/annuaire", client), "frame-ancestors *");
			for (const path of ["/", "/annuaire", "/-/share?path=/annuaire", "/-/share/card?path=/annuaire", "/-/frame/rien", "/-/sign-in"])
				assert.equal(await ancestors(path, client), "frame-ancestors 'none'", path);
		}
	});

	it("a frame says what visitors read, whoever asks; its links open around it", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		await add(facilitator, "espace", { nom: "Local réservé", genre: "epn", statut: "ouvert" }, "coordination");
		assert.match((await facilitator.get("/espaces-numeriques?taille=200")).body, /Local réservé/);
		for (const client of [visitor(), facilitator]) {
			const page = (await client.get("/-/frame/espaces?taille=200")).body;
			assert.doesNotMatch(page, /Local réservé|<form|masthead|thumb-bar/);
			assert.match(page, /<base target="_top">/);
			assert.match(page, /EPN de Résoudre/);
		}
		const narrowed = (await visitor().get("/-/frame/espaces?statut=ferme&taille=1")).body;
		assert.match(narrowed, /href="\/espaces-numeriques\?statut=ferme"/);
	});
});
