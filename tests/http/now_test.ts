// What is open now, in lists, in pages and in search.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

onSite("open now", (site) => {
	let member: Client;
	const visitor = () => new Client(site);
	before(async () => {
		member = await new Client(site).signIn("member");
		const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((day) => [`ouverture.${day}`, "0h-24h"]));
		const never = { "ouverture.1": "fermé", "ouverture.more": "Jan-Dec off" };
		for (const [nom, hours] of [["Ouvragerie éveillée", always], ["Ouvragerie endormie", never], ["Ouvragerie muette", {}]] as const)
			await add(member, "espace", { nom, genre: "epn", statut: "ouvert", ...hours });
	});
	const names = (body: string) => ["éveillée", "endormie", "muette"].filter((name) => body.includes(`Ouvragerie ${name}`));

	it("a list offers it first, counted, and narrows to it", async () => {
		const all = (await visitor().get("/espaces-ouverts?taille=200")).body;
		assert.deepEqual(names(all), ["éveillée", "endormie", "muette"]);
		assert.match(all, /<input type="checkbox" name="ouverture" value="now"><span>Ouvert maintenant<\/span><span class="count">1<\/span>/);
		const values = [...all.matchAll(/name="ouverture" value="([^"]*)"/g)].map((m) => m[1]);
		assert.equal(values[0], "now");
		assert.ok(values.every((value) => /^(now|[1-8])$/.test(value!)), values.join());
		for (const word of ["now", "maintenant", "Ouvert%20maintenant"]) {
			const narrowed = (await visitor().get(`/espaces-ouverts?ouverture=${word}&vue=list`)).body;
			assert.deepEqual(names(narrowed), ["éveillée"], word);
			assert.match(narrowed, /value="now" checked/);
		}
		assert.deepEqual(names((await visitor().get("/espaces-ouverts?ouverture=now&q=endormie")).body), []);
	});

	it("so do maps, files and lists in pages", async () => {
		const csv = (await visitor().get("/-/export/espaces_ouverts/csv?ouverture=now")).body;
		assert.deepEqual(names(csv), ["éveillée"]);
		const page = await add(member, "page", { titre: "Maintenant", texte: "{{vue espaces_ouverts ouverture=maintenant taille=50}}" });
		assert.deepEqual(names((await visitor().get(page.url)).body), ["éveillée"]);
		assert.equal((await visitor().get("/-/view/espaces_ouverts/points.json?ouverture=now")).status, 200);
	});

	it("search narrows to it and back", async () => {
		const found = (await visitor().get("/-/search?q=ouvragerie")).body;
		assert.deepEqual(names(text(found)), ["éveillée", "endormie", "muette"]);
		const link = /href="(\/-\/search\?[^"]*)">(?:<svg.*?<\/svg>)?Seulement ce qui est ouvert maintenant/.exec(found)![1]!.replaceAll("&amp;", "&");
		const open = (await visitor().get(link)).body;
		assert.deepEqual(names(text(open)), ["éveillée"]);
		assert.match(text(open), /1 résultat/);
		assert.match(open, /href="\/-\/search\?q=ouvragerie">(?:<svg.*?<\/svg>)?Aussi ce qui est fermé/);
		assert.match(open, /href="\/-\/search\?q=ouvragerie&amp;form=espace&amp;ouvert=1"/);
		const none = (await visitor().get("/-/search?q=endormie&ouvert=1")).body;
		assert.match(text(none), /Aussi ce qui est fermé en ce moment/);
		assert.doesNotMatch((await visitor().get("/-/search?q=licence")).body, /Seulement ce qui est ouvert/);
	});
});
