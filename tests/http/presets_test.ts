// Every preset makes a sound site, with and without its demonstration: its pages and lists answer, its links
// lead somewhere, its words are in both languages and printed as French is.
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { Client } from "../support/client.js";
import { decode, tags, text } from "../support/html.js";
import { filesOf, frenchIn, initPreset, type Preset, presets } from "../support/presets.js";
import { runOk, serve, type Served } from "../support/program.js";

const show = (s: string) => s.replace(/\u202F/g, "‹202F›").replace(/\u00A0/g, "‹A0›");

// The rules of the messages (tools/catalogue/check.c), on texts of many lines.
function* faults(words: string): Generator<string> {
	const rules: [RegExp, string][] = [
		[/\w'\w/g, "straight apostrophe"],
		[/\.\.\./g, "three dots"],
		[/«(?!\u202F)/g, "no U+202F after «"],
		[/(?<![\u202F(!?])[;!?»](?![[(])/g, "no U+202F before ; ! ? or »"],
		[/(?<![\u00A0:])[:](?![/\d:]|\w+=)/g, "no U+00A0 before a colon"],
	];
	for (const [rule, what] of rules)
		for (const m of words.matchAll(rule)) {
			const around = words.slice(0, m.index).split(/[\s|"]/).at(-1)! + words.slice(m.index).split(/[\s|"]/)[0]!;
			if (!/:\/\/|^\/|^mailto:|=/.test(around)) yield `${what}: ${show(words.slice(Math.max(0, m.index - 25), m.index + 10))}`;
		}
}

function* oneLanguage(where: string, value: unknown): Generator<string> {
	if (!value || typeof value !== "object") return;
	const keys = Object.keys(value);
	if (!Array.isArray(value) && keys.some((key) => key === "fr" || key === "en") && keys.sort().join() !== "en,fr") yield where;
	for (const [key, each] of Object.entries(value)) yield* oneLanguage(`${where}.${key}`, each);
}

// What stands between the page's header and its footer.
const main = (body: string) => /<main\b.*?<\/main>/s.exec(body)?.[0] ?? "";

for (const preset of presets) {
	describe(`the preset ${preset.name}`, () => {
		it("speaks both languages", () => {
			const missing = filesOf(preset, ".json").flatMap(({ path, text }) => [...oneLanguage(path, JSON.parse(text))]);
			assert.deepEqual(missing, []);
		});
		it("has a menu that its editor takes", () => {
			const { text } = filesOf(preset, ".json").find(({ path }) => path === "preset.json")!;
			assert.ok((JSON.parse(text) as { menu: unknown[] }).menu.length <= 6);
		});
		it("prints French as French is printed", () => {
			const words = frenchIn(preset);
			assert.ok(words.length > 300, String(words.length));
			assert.deepEqual(words.flatMap(({ where, text }) => [...faults(text)].map((fault) => `${where}: ${fault}`)), []);
		});
	});
	for (const demo of [true, false]) onPreset(preset, demo);
}

it("a list of choices that two presets share is the same in both", () => {
	const seen = new Map<string, string>(), different: string[] = [];
	for (const preset of presets)
		for (const { path, text } of filesOf(preset, ".json").filter(({ path }) => path.startsWith("lists/"))) {
			if (seen.has(path) && seen.get(path) !== text) different.push(`${preset.name}/${path}`);
			seen.set(path, text);
		}
	assert.deepEqual(different, []);
});

function onPreset(preset: Preset, demo: boolean): void {
	describe(`a site made from ${preset.name}, ${demo ? "with" : "without"} its demonstration`, () => {
		let dir = "", checked = "", site: Served, visitor: Client, member: Client;
		before(async () => {
			dir = await initPreset(preset, demo);
			checked = (await runOk(["check", dir])).out;
			site = await serve(dir);
			visitor = new Client(site);
			member = await new Client(site).signIn("member");
		});
		after(async () => {
			await site?.stop();
			await rm(dir, { recursive: true, force: true });
		});

		it("is sound", () => assert.match(checked, /^(✓ .*\n)+$/));

		it("every page and every list, in each of its layouts, answers a visitor and a member", async () => {
			const open = preset.views.filter(({ audience }) => !audience);
			const layouts = open.flatMap(({ slug, layouts }) => (layouts ?? []).map((layout) => `/${slug}?vue=${layout}`));
			const wrong: string[] = [];
			for (const path of ["/", ...preset.pages.map((page) => `/${page}`), ...open.map(({ slug }) => `/${slug}`), ...layouts])
				for (const client of [visitor, member]) {
					const { status, body } = await client.get(path);
					if (status !== 200 || text(main(body)).length < 20) wrong.push(`${path}: ${status}`);
				}
			assert.deepEqual(wrong, []);
		});

		it("every form opens for a member", async () => {
			// Questionnaires are open in the demonstration only; models and the library never.
			for (const { key, survey } of preset.forms as { key: string; survey?: { kind?: string } }[])
				assert.equal((await member.get(survey ? `/-/survey/${key}` : `/-/new/${key}`)).status, survey && (survey.kind || !demo) ? 404 : 200, key);
		});

		it("no page names a page or a list that is not there", async () => {
			const wrong: string[] = [];
			for (const page of preset.pages) {
				const { body } = await visitor.get(`/${page}`);
				for (const tag of tags(main(body))) if (/\bmissing\b/.test(tag.attributes.get("class") ?? "")) wrong.push(`/${page}: ${tag.attributes.get("href")}`);
				if (/Il n’y a pas de liste/.test(text(body))) wrong.push(`/${page}: a list`);
			}
			assert.deepEqual(wrong, []);
		});

		it("every link of its pages, of its lists and of its home leads somewhere", async () => {
			const links = new Map<string, string>();
			for (const path of ["/", ...preset.pages.map((page) => `/${page}`), ...preset.views.map(({ slug }) => `/${slug}`)])
				for (const { name, attributes } of tags((await visitor.get(path)).body)) {
					const to = decode(attributes.get("href") ?? "").split("#")[0]!;
					// Exports have tests of their own, and a visitor gets a few only.
					if (name === "a" && /^\/(?!-\/export)[^?]*$/.test(to)) links.set(to, path);
				}
			assert.ok(links.size > 40, String(links.size));
			const wrong: string[] = [];
			for (const [to, from] of links) if (![200, 303].includes((await member.get(to)).status)) wrong.push(`${from}: ${to}`);
			assert.deepEqual(wrong, []);
		});

		if (demo)
			it("its demonstration shows: no list is empty, but those that say why", async () => {
				// Lists of what people add of themselves.
				const own = /^(personne_ressource)$/;
				const empty: string[] = [];
				for (const { slug, form } of preset.views.filter(({ audience }) => !audience)) {
					const { body } = await visitor.get(`/${slug}?vue=list`);
					if (!own.test(form ?? "") && !/<h3>/.test(main(body))) empty.push(slug!);
				}
				assert.deepEqual(empty, []);
			});
	});
}
