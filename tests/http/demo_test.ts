// What the demonstration shows is what its files say: every figure is counted again from the CSV.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { csv } from "../support/csv.js";
import { text, textOf } from "../support/html.js";
import { onSite, preset } from "../support/program.js";

const rows = async (name: string) => csv(await readFile(join(preset, "demo", name), "utf8"));

// Typography aside: the pages put the apostrophes and blanks of French print.
function plain(s: string): string {
	return s.replace(/[’']/g, "'").replace(/[\s\u00A0\u202F]+/g, " ").trim();
}

onSite("the Tours 2013 demonstration", (site) => {
	const visitor = () => new Client(site);
	// "30 structures": the list's own heading.
	const shown = async (path: string) => {
		const page = await visitor().get(path);
		assert.equal(page.status, 200, path);
		const heading = /<h2 id="count"[^>]*>(.*?)<\/h2>/s.exec(page.body);
		return { page, count: Number(/\d+/.exec(text(heading?.[1] ?? "").replace(/ /g, ""))?.[0] ?? "0") };
	};

	const lists: [path: string, file: string, keep?: (row: Record<string, string>) => boolean][] = [
		["/annuaire", "structures.csv"],
		["/espaces-numeriques", "spaces.csv"],
		["/espaces-ouverts", "spaces.csv", (row) => row["status"] === "open"],
		["/espaces-fermes", "spaces.csv", (row) => row["status"] === "closed"],
		["/espaces-en-projet", "spaces.csv", (row) => row["status"] === "planned"],
		["/quartiers", "quartiers.csv"],
		["/quartiers-sans-epn", "quartiers.csv", (row) => row["epn"] === "none"],
		["/quartiers-epn-ferme", "quartiers.csv", (row) => row["epn"] === "closed"],
		["/quartiers-avec-epn", "quartiers.csv", (row) => row["epn"] === "yes"],
		["/projets", "projects.csv + projets_inventes.csv"],
		["/journal", "recits.csv"],
		["/groupes", "groups.csv"],
		["/glossaire", "glossaire.csv"],
		["/outils", "outils.csv"],
		["/portraits", "portraits.csv"],
		["/actions", "actions.csv"],
		["/programme-2013", "structures.csv", (row) => row["target_2013"] === "yes"],
	];
	for (const [path, file, keep] of lists)
		it(`${path} counts the rows of ${file}`, async () => {
			const expected = (await Promise.all(file.split(" + ").map(rows))).flat().filter(keep ?? (() => true));
			const { page, count } = await shown(path);
			assert.equal(count, expected.length);
			if (/rel="next"/.test(page.body)) return;
			for (const row of expected) {
				const title = row["name"] ?? row["nom"] ?? row["titre"] ?? row["terme"]!;
				assert.ok(plain(text(page.body)).includes(plain(title)), `${path} names ${title}`);
			}
		});

	it("the directory holds the 30 structures that the reports name", async () => assert.equal((await rows("structures.csv")).length, 30));

	it("every structure has its page, with its neighbourhood, town and services", async () => {
		const client = visitor();
		const links = new Map<string, string>();
		for (let path = "/annuaire"; path; ) {
			const { body } = await client.get(path);
			for (const m of body.matchAll(/<h3><a href="([^"]+)">(.*?)<\/a>/g)) links.set(plain(text(m[2]!)), m[1]!);
			path = /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replaceAll("&amp;", "&") ?? "";
		}
		for (const row of await rows("structures.csv")) {
			const link = links.get(plain(row["name"]!));
			assert.ok(link, `${row["name"]} is in the directory`);
			const page = await client.get(link);
			assert.equal(page.status, 200, link);
			assert.equal(plain(textOf(page.body, "h1")), plain(row["name"]!));
			const said = plain(text(page.body)).toLowerCase();
			for (const part of [row["quartier"]!, row["commune"]!, ...row["services"]!.split(";")].map((s) => s.trim()).filter(Boolean))
				assert.ok(said.includes(plain(part).toLowerCase()), `${row["name"]} says ${part}`);
		}
	});
});
