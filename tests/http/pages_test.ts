// The site's own pages: home, search, what is new, contribute, who may do what, language, colours, files.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { csv } from "../support/csv.js";
import { addresses, decode, tags, text, textOf } from "../support/html.js";
import { onSite, people, preset } from "../support/program.js";
import { add, edit, trash } from "../support/records.js";

const rows = async (name: string) => csv(await readFile(join(preset, "demo", name), "utf8"));
const plain = (s: string) => s.replace(/[’']/g, "'").replace(/[\s\u00A0\u202F]+/g, " ").trim();
// The part of a page between a heading's id and the end of its section.
const section = (body: string, id: string) => new RegExp(`<section[^>]*aria-labelledby="${id}".*?</section>`, "s").exec(body)?.[0] ?? "";
const items = (html: string, list: RegExp) => [...(list.exec(html)?.[0] ?? "").matchAll(/<li\b.*?<\/li>/gs)].map((m) => text(m[0]));
const hits = (body: string) => [...body.matchAll(/<li class="result"><h3><a href="([^"]*)"/g)].map((m) => m[1]!);

onSite("the home page", (site) => {
	const home = async () => (await new Client(site).get("/")).body;

	it("says what the place is, who is here, what is new and how to take part", async () => {
		const body = await home();
		assert.equal(tags(body).filter((tag) => tag.name === "h1" && !tag.closing).length, 1);
		assert.notEqual(textOf(body, "h1"), "");
		assert.match(text(section(body, "view-annuaire")), /30 structures/);
		assert.ok(addresses(section(body, "view-annuaire")).includes("/annuaire"));
		assert.ok(addresses(section(body, "news")).includes("/-/recent"));
		assert.ok(addresses(section(body, "act")).some((address) => address.startsWith("/-/new/")));
	});

	it("the plan's list names the thirteen neighbourhoods with the numbers of their marks", async () => {
		const shown = items(section(await home(), "plan"), /<ol>.*?<\/ol>/s).map(plain);
		const wanted = (await rows("quartiers.csv")).sort((a, b) => Number(a["numero"]) - Number(b["numero"]));
		assert.deepEqual(shown, wanted.map((row) => plain(`${row["numero"]} ${row["name"]}`)));
	});

	it("the plan is a drawing of the site, that runs nothing when opened by itself", async () => {
		const picture = /<img src="(\/-\/file\/[0-9a-f]{64})" alt="([^"]+)"/.exec(await home());
		assert.ok(picture);
		const { status, headers, body } = await new Client(site).get(picture[1]!);
		assert.equal(status, 200);
		assert.equal(headers["content-type"], "image/svg+xml");
		assert.match(String(headers["content-security-policy"]), /default-src 'none'.*sandbox/);
		assert.doesNotMatch(String(headers["content-security-policy"]), /script-src/);
		assert.match(String(headers["cache-control"]), /immutable/);
		assert.match(body, /^<svg /);
		for (const other of ["0".repeat(64), picture[1]!.slice(-64).toUpperCase(), "x"])
			assert.equal((await new Client(site).get(`/-/file/${other}`)).status, 404, other);
	});

	it("its figures are those of the lists", async () => {
		const figures = items(section(await home(), "figures"), /<ul>.*?<\/ul>/s);
		for (const [file, words, keep] of [
			["structures.csv", /structures dans l’annuaire/, () => true],
			["glossaire.csv", /glossaire/, () => true],
			["quartiers.csv", /sans EPN/, (row: Record<string, string>) => row["epn"] === "none"],
		] as const) {
			const figure = figures.find((f) => words.test(f));
			assert.equal(Number.parseInt(figure ?? ""), (await rows(file)).filter(keep).length, file);
		}
	});

	it("shows a new page at once, to visitors too", async () => {
		const client = await new Client(site).signIn("member");
		assert.doesNotMatch(await home(), /Atelier de vannerie/);
		const page = await add(client, "page", { titre: "Atelier de vannerie", texte: "Tresser l’osier." });
		assert.match(section(await home(), "news"), /Atelier de vannerie/);
		await trash(await new Client(site).signIn("facilitator"), page.id);
		assert.doesNotMatch(await home(), /Atelier de vannerie/);
	});
});

onSite("search", (site) => {
	const search = async (query: string) => (await new Client(site).get(`/-/search?${query}`)).body;

	it("forgives mistakes and says what it looked for instead", async () => {
		for (const [typed, page] of [["rabatrie", "/la-rabaterie"], ["galboiserie", "/la-galboisiere"], ["EPN rabiere", "/epn-de-resoudre"]] as const) {
			const body = await search(`q=${encodeURIComponent(typed)}`);
			assert.ok(hits(body).slice(0, 3).includes(page), `${typed}: ${hits(body)}`);
		}
		assert.match(text(await search("q=rabatrie")), /Aucune page ne contient « rabatrie »/);
		assert.doesNotMatch(text(await search("q=rabaterie")), /Aucune page/);
	});

	it("its pages follow one another: every result once", async () => {
		const first = await search("q=emploi");
		const total = Number(/\d+/.exec(textOf(first, "h2"))?.[0]);
		const next = /<a[^>]*rel="next" href="([^"]*)"/.exec(first);
		assert.ok(next && total > 20);
		const second = (await new Client(site).get(decode(next[1]!))).body;
		const all = [...hits(first), ...hits(second)];
		assert.equal(all.length, total);
		assert.equal(new Set(all).size, total);
		assert.equal((await new Client(site).get("/-/search?q=emploi&page=40")).status, 303);
	});

	it("counts by kind, and keeps the kinds when one is chosen", async () => {
		const body = await search("q=emploi");
		const kinds = items(body, /<ul class="kinds">.*?<\/ul>/s).slice(1);
		const sum = kinds.reduce((n, kind) => n + Number(/\d+$/.exec(kind)?.[0]), 0);
		assert.equal(sum, Number(/\d+/.exec(textOf(body, "h2"))?.[0]));
		const chosen = await search("q=emploi&form=structure");
		assert.deepEqual(items(chosen, /<ul class="kinds">.*?<\/ul>/s).slice(1), kinds);
		assert.equal(hits(chosen).length, Number(/\d+/.exec(kinds.find((kind) => kind.startsWith("Structures"))!)?.[0]));
	});

	it("marks the words, and shows hostile ones as text", async () => {
		assert.match(await search("q=emplois"), /<mark>emploi<\/mark>/i);
		const body = await search(`q=${encodeURIComponent('<script>alert(1)</script>"')}`);
		assert.doesNotMatch(body, /<script>alert/);
	});

	it("invites when there is nothing, and before anything was typed", async () => {
		for (const query of ["q=zzzzqqqq", "q=", "q=%20"]) {
			const body = await search(query);
			assert.equal(hits(body).length, 0);
			assert.ok(addresses(body).includes("/-/contribute"));
		}
	});
});

onSite("what is new", (site) => {
	it("tells who corrected what, and why, the latest first; nothing of closed spaces", async () => {
		const member = await new Client(site).signIn("member");
		const page = await add(member, "page", { titre: "Le four à pain", texte: "Chaque samedi." });
		await edit(member, page.id, { texte: "Chaque dimanche.", _note: "le jour a changé" });
		await add(await new Client(site).signIn("outsider"), "page", { titre: "Compte rendu fermé", texte: "Entre nous." }, "coordination");
		const body = (await new Client(site).get("/-/recent")).body;
		const first = /<li class="row">.*?<\/li>/s.exec(body)?.[0] ?? "";
		assert.match(text(first), /Le four à pain.*correction.*le jour a changé/);
		assert.ok(text(first).includes(people.member.name));
		assert.doesNotMatch(body, /Compte rendu fermé/);
		assert.match((await (await new Client(site).signIn("outsider")).get("/-/recent")).body, /Compte rendu fermé/);
	});

	it("goes back to the first change, without a gap nor a repetition", async () => {
		const client = new Client(site);
		const seen: string[] = [];
		let at: string | undefined = "/-/recent?form=glossaire";
		for (let i = 0; at && i < 20; i++) {
			const { body }: { body: string } = await client.get(at);
			seen.push(...[...body.matchAll(/<li class="row"><div>\s*<h3><a href="([^"]*)"/g)].map((m) => m[1]!));
			at = /<a[^>]*rel="next" href="([^"]*)"/.exec(body)?.[1];
			at = at && decode(at);
		}
		assert.equal(seen.length, (await rows("glossaire.csv")).length);
		assert.equal(new Set(seen).size, seen.length);
	});

	it("the feed holds what everybody may read, whoever asks", async () => {
		const outsider = await new Client(site).signIn("outsider");
		const { headers, body } = await outsider.get("/-/recent.atom");
		assert.match(String(headers["content-type"]), /^application\/atom\+xml/);
		assert.doesNotMatch(body, /Compte rendu fermé/);
		const entries = [...body.matchAll(/<entry>(.*?)<\/entry>/gs)].map((m) => m[1]!);
		assert.ok(entries.length > 10);
		const ids = entries.map((entry) => /<id>(.*?)<\/id>/.exec(entry)?.[1] ?? "");
		assert.equal(new Set(ids).size, ids.length);
		for (const id of ids) assert.match(id, /^urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
		const times = entries.map((entry) => /<updated>(.*?)<\/updated>/.exec(entry)?.[1] ?? "");
		for (const time of times) assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		assert.deepEqual(times, [...times].sort().reverse());
		for (const link of body.matchAll(/href="([^"]*)"/g)) assert.ok(link[1]!.startsWith(`${site.origin}/`));
		const open: string[] = [];
		for (const tag of body.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g))
			if (tag[1]) assert.equal(open.pop(), tag[2]);
			else if (!tag[3]) open.push(tag[2]!);
		assert.equal(open.length, 0);
	});
});

onSite("around the pages", (site) => {
	it("contribute shows visitors every form, without an account where guests are let in", async () => {
		const visitor = await new Client(site).get("/-/contribute");
		const member = await (await new Client(site).signIn("member")).get("/-/contribute");
		const forms = addresses(member.body).filter((address) => address.startsWith("/-/new/"));
		assert.ok(forms.length >= 10);
		for (const form of forms)
			assert.ok(addresses(visitor.body).includes(form), form);
		assert.doesNotMatch(text(visitor.body), /il faut un compte/);
	});

	it("the rights page says what the rule does", async () => {
		const { body } = await new Client(site).get("/-/rights");
		const table = section(body, "space-tours");
		const line = (action: string) => [...(new RegExp(`<th scope="row">${action}</th>(.*?)</tr>`, "s").exec(table)?.[1] ?? "").matchAll(/<td.*?<\/td>/gs)].map((m) => text(m[0]).replace("– ", ""));
		//                                   visitor contributor member facilitator administrator author
		assert.deepEqual(line("lire"), ["oui", "oui", "oui", "oui", "oui", "oui"]);
		assert.deepEqual(line("corriger"), ["non", "oui", "oui", "oui", "oui", "oui"]);
		assert.deepEqual(line("mettre à la corbeille"), ["non", "non", "non", "oui", "oui", "oui"]);
		assert.equal(section(body, "space-coordination"), "");
		const outsider = await (await new Client(site).signIn("outsider")).get("/-/rights");
		assert.notEqual(section(outsider.body, "space-coordination"), "");
	});

	it("the language is chosen for a year, and leads back to this site only", async () => {
		const client = new Client(site);
		const chosen = await client.get("/-/language/en?next=/annuaire");
		assert.equal(chosen.location, "/annuaire");
		assert.match(String(chosen.headers["set-cookie"]), /^lang=en;.*Max-Age=31536000/);
		assert.match((await client.get("/annuaire")).body, /<html lang="en">/);
		for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
			assert.equal((await client.get(`/-/language/fr?next=${encodeURIComponent(next)}`)).location, "/");
		assert.equal((await client.get("/-/language/xx")).status, 404);
	});

	it("no cookie but those: a visitor's pages set none", async () => {
		for (const path of ["/", "/annuaire", "/-/search?q=emploi", "/-/recent", "/-/contribute", "/-/sign-in", "/nulle-part"])
			assert.equal((await new Client(site).get(path)).headers["set-cookie"], undefined, path);
	});

	it("a dead link proposes to search for its own words; what is hidden and what is absent look the same", async () => {
		const { status, body } = await new Client(site).get("/atelier-de-vannerie");
		assert.equal(status, 404);
		assert.match(body, /<input[^>]*id="lost"[^>]*value="atelier de vannerie"/);
		const { body: hostile } = await new Client(site).get("/%22%3E%3Cscript%3E");
		assert.equal(tags(hostile).find((tag) => tag.attributes.get("id") === "lost")?.attributes.get("value"), '"><script>');
	});

	it("the colours, the mark, the robots' page, the health", async () => {
		const client = new Client(site);
		const theme = addresses((await client.get("/")).body).find((address) => address.startsWith("/-/theme/"))!;
		const css = await client.get(theme);
		assert.equal(css.status, 200);
		assert.match(String(css.headers["content-type"]), /^text\/css/);
		assert.match(String(css.headers["cache-control"]), /immutable/);
		assert.match(css.body, /^:root\{(--[a-z-]+:#[0-9a-f]{6};)+\}\n@media \(prefers-color-scheme:dark\)\{:root\{(--[a-z-]+:#[0-9a-f]{6};)+\}\}\n$/);
		assert.equal((await client.get("/-/theme/0123456789abcdef.css")).status, 404);
		assert.equal((await client.get("/favicon.ico")).headers["content-type"], "image/svg+xml");
		assert.match((await client.get("/robots.txt")).body, /^User-agent: \*\n(.*\n)*Disallow: \/-\/\n$/);
		const health = await client.get("/-/health");
		assert.equal(health.body, "ok\n");
		assert.match(String(health.headers["cache-control"]), /no-store/);
	});
});
