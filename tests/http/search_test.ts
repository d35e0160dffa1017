// Search finds what people mean: stems, accents, small mistakes; and says what it did.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";

onSite("search", (site) => {
	const results = async (words: string, headers: Record<string, string> = {}) => {
		const page = await new Client(site).get(`/-/search?q=${encodeURIComponent(words)}`, headers);
		assert.equal(page.status, 200);
		const main = /<main.*<\/main>/s.exec(page.body)![0];
		const titles = [...main.matchAll(/<h[23]><a href="([^"]+)"[^>]*>(.*?)<\/a>/gs)].map((m) => ({ url: m[1]!, title: text(m[2]!).replace(/’ /g, "’") }));
		return { page, said: text(main), titles, first: titles[0]?.url };
	};

	// What people type → the page they mean, first.
	const wanted: [words: string, url: string][] = [
		["rabatrie", "/la-rabaterie"],
		["galboiserie", "/la-galboisiere"],
		["EPN rabiere", "/epn-de-resoudre"],
		["LA RABIÈRE", "/la-rabiere"],
		["la rabiere", "/la-rabiere"],
		["resoudre", "/resoudre"],
		["régie", "/regie-plus"],
		["centre sociaux", "/centre-giraudeau"],
		["mentions legales", "/mentions-legales"],
		["etherpad", "/etherpad"],
	];
	for (const [words, url] of wanted)
		it(`“${words}” leads to ${url}`, async () => {
			const { titles, first } = await results(words);
			if (words === "centre sociaux") assert.ok(titles.some((found) => found.url === url), JSON.stringify(titles));
			else assert.equal(first, url, JSON.stringify(titles));
		});

	it("a word corrected is told, with the word that was typed", async () => {
		const { said } = await results("rabatrie");
		assert.match(said, /« ?rabatrie ?»/);
		assert.match(said, /« ?rab[aâ]terie ?»/i);
	});

	it("nothing found: said plainly, with a way on; nothing typed: invited to type", async () => {
		const { said, titles } = await results("xylophone quantique");
		assert.equal(titles.length, 0);
		assert.match(said, /xylophone quantique/);
		for (const words of ["", " ", "  .,;  ", "'", "%", "*", "\"", "OR", "NEAR(", "-", "a"]) assert.equal((await results(words)).page.status, 200, words);
	});

	it("all words must be there, in any order", async () => {
		const one = (await results("centre social rabière")).titles, other = (await results("rabière social centre")).titles;
		assert.deepEqual(one.map((r) => r.url).sort(), other.map((r) => r.url).sort());
		assert.ok(one.some((r) => r.url === "/centre-social-de-la-rabiere"));
		assert.ok(!one.some((r) => r.url === "/resoudre"));
	});

	it("the words found are shown in an extract", async () => {
		const { page } = await results("animation");
		assert.match(page.body, /<mark>animation<\/mark>/i);
	});

	it("in a list too", async () => {
		const page = await new Client(site).get("/annuaire?q=rabiere");
		const main = text(/<section id="results".*?<\/section>/s.exec(page.body)![0]);
		assert.match(main, /Centre social de la Rabière/);
		assert.doesNotMatch(main, /Artefacts/);
	});

	it("too many searches at once are asked to wait, in the reader's language", async () => {
		const client = new Client(site);
		let last = await client.get("/-/search?q=epn");
		for (let i = 0; i < 90 && last.status === 200; i++) last = await client.get(`/-/search?q=epn&x=${i}`);
		assert.equal(last.status, 429);
		assert.ok(Number(last.headers["retry-after"]) > 0);
		assert.match(text(last.body), /[Aa]ttendez|[Pp]atientez/);
		assert.equal((await client.get("/annuaire")).status, 200, "reading goes on");
	});
});
