// French and English are both complete: every sentence of the program has its French, and no page mixes them.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, preset, source } from "../support/program.js";
import { add, edit, versions } from "../support/records.js";

interface Message {
	id: string;
	translations: string[];
}

// A gettext catalogue, read by its grammar.
function catalogue(po: string): Message[] {
	const messages: Message[] = [];
	let current: Message | undefined, target = "";
	for (const line of po.split("\n")) {
		const keyed = /^(msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$/.exec(line), more = /^"(.*)"$/.exec(line);
		if (keyed) {
			target = keyed[1]!;
			if (target === "msgid") messages.push((current = { id: "", translations: [] }));
			if (target.startsWith("msgstr")) current!.translations.push("");
		}
		const part = JSON.parse(`"${(keyed?.[2] ?? more?.[1] ?? "").replace(/\t/g, "\\t")}"`) as string;
		if (!current || (!keyed && !more)) continue;
		if (target === "msgid") current.id += part;
		if (target.startsWith("msgstr")) current.translations[current.translations.length - 1] += part;
	}
	return messages.filter((message) => message.id);
}

const flat = (s: string) => s.replace(/[\s\u00A0\u202F]+/g, " ").trim();

onSite("languages", (site) => {
	let facilitator: Client, administrator: Client, messages: Message[] = [], pages: string[] = [];
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		administrator = await new Client(site).signIn("administrator");
		messages = catalogue(await readFile(join(source, "locale/fr.po"), "utf8"));
		const page = await add(facilitator, "page", { titre: "X", texte: "x" });
		await edit(facilitator, page.id, { texte: "y" });
		const [latest, first] = await versions(facilitator, page.id);
		pages = ["/-/sign-in", "/-/account", "/-/people", "/-/people/new", "/-/space/tours/members", "/-/rights", "/-/contribute", "/-/search", "/-/search?q=zzzzzz",
			"/-/new/structure", "/-/new/espace", "/-/new/projet", "/-/new/page", `/-/edit/${page.id}`, `/-/history/${page.id}`, `/-/history/${page.id}/${first}`,
			`/-/compare/${page.id}?avant=${first}&apres=${latest}`, `/-/trash/${page.id}`, "/-/recent", "/nulle-part", page.url, `/annuaire`, "/espaces-numeriques?vue=table"];
	});

	it("every sentence of the program is in French", () => {
		assert.ok(messages.length > 300, String(messages.length));
		assert.deepEqual(messages.filter((m) => m.translations.some((t) => t === "")).map((m) => m.id), []);
	});

	// Sentences of several words without a place to fill: whoever sees one on a page knows its language.
	const sentences = () => messages.filter((m) => / /.test(m.id) && m.id.length > 9 && !m.id.includes("%")).map((m) => ({ en: flat(text(m.id)), fr: flat(text(m.translations[0]!)) })).filter((m) => m.en !== m.fr);
	const holds = (page: string, sentence: string) => new RegExp(`(?<![\\p{L}\\d])${sentence.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\d])`, "u").test(page);

	for (const lang of ["fr", "en"] as const)
		it(`pages asked for in ${lang} hold no words of the other language`, async () => {
			const seen = new Map<string, string>();
			for (const path of pages)
				for (const client of [facilitator, administrator, new Client(site)]) {
					const answer = await client.get(path, { "Accept-Language": lang });
					if (answer.status === 303 || answer.status === 403) continue;
					assert.match(answer.body, new RegExp(`<html lang="${lang}">`), path);
					const read = flat(text(answer.body));
					for (const sentence of sentences()) if (holds(read, lang === "fr" ? sentence.en : sentence.fr)) seen.set(lang === "fr" ? sentence.en : sentence.fr, path);
				}
			assert.deepEqual([...seen], []);
		});

	it("forms, lists and menus of the preset exist in both languages", async () => {
		const missing: string[] = [];
		const walk = (file: string, at: string, value: unknown) => {
			if (Array.isArray(value)) value.forEach((each, i) => walk(file, `${at}[${i}]`, each));
			else if (value && typeof value === "object") {
				const keys = Object.keys(value);
				if (keys.length && keys.every((key) => /^(fr|en)$/.test(key)) && keys.length < 2) missing.push(`${file}: ${at}`);
				for (const [key, each] of Object.entries(value)) walk(file, `${at}.${key}`, each);
			}
		};
		for (const folder of ["forms", "views", "lists"]) for (const name of await readdir(join(preset, folder))) walk(name, "", JSON.parse(await readFile(join(preset, folder, name), "utf8")));
		walk("preset.json", "", JSON.parse(await readFile(join(preset, "preset.json"), "utf8")));
		assert.deepEqual(missing, []);
	});

	it("an English form holds no French label of the preset", async () => {
		for (const kind of ["structure", "espace", "projet", "quartier", "personne_ressource", "page"]) {
			const read = flat(text((await facilitator.get(`/-/new/${kind}`, { "Accept-Language": "en" })).body));
			const form = JSON.parse(await readFile(join(preset, "forms", `${kind}.json`), "utf8")) as { fields: { label: { fr: string; en: string } }[] };
			for (const { label } of form.fields) {
				assert.ok(holds(read, flat(label.en)), `${kind}: ${label.en}`);
				if (/ /.test(label.fr) && label.fr !== label.en) assert.ok(!holds(read, flat(label.fr)), `${kind}: ${label.fr}`);
			}
		}
	});

	it("the choice of a language is kept, and wins over the browser's", async () => {
		const client = new Client(site);
		const answer = await client.get("/-/language/en?next=%2Fannuaire");
		assert.equal(answer.status, 303);
		assert.equal(answer.location, "/annuaire");
		assert.match((await client.get("/annuaire", { "Accept-Language": "fr" })).body, /<html lang="en">/);
		await client.get("/-/language/fr");
		assert.match((await client.get("/annuaire", { "Accept-Language": "en" })).body, /<html lang="fr">/);
	});

	it("a browser that asks for another language, or for none, reads the site's", async () => {
		for (const asked of ["de", "", "*", "xx;q=1, de;q=0.5"]) assert.match((await new Client(site, asked ? { "Accept-Language": asked } : {}).get("/annuaire")).body, /<html lang="fr">/, asked);
		assert.match((await new Client(site).get("/annuaire", { "Accept-Language": "de, en;q=0.8, fr;q=0.5" })).body, /<html lang="en">/);
	});

	it("French is written as French printers do: narrow blanks before ; ! ? and inside « »", async () => {
		for (const path of pages) {
			const { body } = await facilitator.get(path);
			const read = body.replace(/<(textarea|code|pre|script|style)\b.*?<\/\1>/gs, "").replace(/<[^>]*>/g, " ");
			const wrong = [...read.matchAll(/[\p{L}] [;!?](?=\s)|« (?=\p{L})|[\p{L}] »/gu)].map((m) => read.slice(m.index! - 20, m.index! + 20));
			assert.deepEqual(wrong, [], path);
		}
	});
});
