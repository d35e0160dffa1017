// The help on writing is read as a promise: each sign that it teaches does what it says.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, preset } from "../support/program.js";
import { add } from "../support/records.js";

// What people want → what stands in the page.
const promised: Record<string, RegExp> = {
	"un intertitre": /<h2 id="s-mon-intertitre">Mon intertitre<\/h2>/,
	"du gras": /<strong>important<\/strong>/,
	"de l’italique": /<em>nuance<\/em>/,
	"une liste": /<ul>\s*<li>un élément<\/li>\s*<\/ul>/,
	"une liste numérotée": /<ol>\s*<li>première étape<\/li>\s*<\/ol>/,
	"une citation": /<blockquote>\s*<p>Elle a dit…<\/p>\s*<\/blockquote>/,
	"un lien vers un site": /<a href="https:\/\/exemple\.org" rel="noopener">le nom du lien<\/a>/,
	"un mot-clé": /<a rel="tag" href="\/-\/search\?q=entraide">#entraide<\/a>/,
};

onSite("the help on writing", (site) => {
	let member: Client, help: string;
	let number = 0;
	before(async () => {
		member = await new Client(site).signIn("member");
		help = await readFile(join(preset, "pages/aide-ecrire.md"), "utf8");
	});
	const write = async (texte: string) => (await member.get((await add(member, "page", { titre: `Essai ${++number}`, texte })).url)).body;

	it("every sign of its table does what its row says", async () => {
		const rows = [...help.matchAll(/^\| (.*?) \| `(.*)` \|$/gm)];
		assert.deepEqual(rows.map((row) => row[1]), Object.keys(promised));
		for (const [, wanted, typed] of rows) assert.match(await write(typed!), promised[wanted!]!, wanted);
	});

	it("its examples of links, notes, tables and lists work as they stand", async () => {
		const blocks = [...help.matchAll(/^```\n(.*?)\n```$/gms)].map((block) => block[1]!);
		assert.equal(blocks.length, 5);
		const [link, note, table, record, list] = (await Promise.all(blocks.map(write))) as [string, string, string, string, string];
		assert.match(link, /<a href="\/licence">ce que vous pouvez reprendre<\/a>/);
		assert.match(note, /numérique<sup><a id="ref-1" href="#note-1" aria-label="Note 1">1<\/a><\/sup>\./);
		assert.match(note, /<li id="note-1"><p>Relevé de 2013\. <a href="#ref-1"/);
		assert.match(table, /<th scope="col">Jour<\/th>/);
		assert.match(table, /<td>14 h – 18 h<\/td>/);
		assert.match(record, /class="embed embed-record[^]*<a href="\/licence">Licence et réutilisation<\/a>/);
		assert.equal(list.match(/<li class="row">/g)?.length, 3);
	});

	it("every list that it names can be drawn, in the three layouts, as long as asked, narrowed by a question", async () => {
		const names = [...(/le nom de la liste\s*:(.*)/.exec(help)?.[1] ?? "").matchAll(/`(\w+)`/g)].map((name) => name[1]!);
		assert.ok(names.length >= 10);
		for (const name of names) assert.doesNotMatch(await write(`{{vue ${name} taille=1}}`), /class="gap"/, name);
		assert.equal((await write("{{vue annuaire taille=2 presentation=cartes}}")).match(/<li class="card/g)?.length, 2);
		assert.match(await write("{{vue annuaire taille=2 presentation=tableau}}"), /<table class="table">/);
		const joue = text(await write("{{vue annuaire taille=200 commune=joue_les_tours presentation=liste}}"));
		assert.match(joue, /Résoudre/);
		assert.doesNotMatch(joue, /Saint-Pierre-des-Corps/);
	});

	it("a key word leads to all the pages that bear it", async () => {
		await add(member, "page", { titre: "Repas de quartier", texte: "Venez avec un plat. #soupeauxcailloux" });
		const found = await member.get("/-/search?q=soupeauxcailloux");
		assert.match(text(found.body), /Repas de quartier/);
	});

	it("lists and search engines know a page by its first sentences, without the signs", async () => {
		await add(member, "page", { titre: "Signes", texte: "## Un titre\n\nDes **mots** [choisis](/aide) : #zwiebel.\n" });
		const body = text((await member.get("/-/search?q=zwiebel")).body);
		assert.match(body, /mots choisis/);
		assert.doesNotMatch(body, /\*\*|\]\(/);
		const page = await member.get("/signes");
		assert.match(page.body, /<meta name="description" content="Des mots choisis : #zwiebel\.">/);
	});
});
