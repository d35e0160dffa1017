// A table of questions whose columns go from one end to the other: bars on both sides of the middle, in results and in reports, kept
// too; the figures beside, in a table.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";

const path = (location: string) => location.split("?")[0]!;

onSite("columns from one end to the other", (site) => {
	let facilitator: Client, form = "", report = "", field = "";
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		form = /\/-\/survey\/([a-z0-9_]+)\//.exec((await facilitator.send(await facilitator.form("/-/surveys/new", "/-/surveys/new"), { label: "Essai de barres", anonymity: "named" })).location)![1]!;
		const add = await facilitator.form(`/-/form/${form}/add/matrix`, "/-/form/");
		await facilitator.send(add, { "label.fr": "Ces outils", "label": "Ces outils", rows: "Simples\nProches", choices: "Non\nEntre deux\nOui", opposed: "1" });
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${form}/manage`), `/-/survey/${form}/state`), { to: "open" });
		// 10 answer: of the first line 2, 3, 5; of the second 5, 0, 5.
		const said = [...Array(10).keys()].map((i) => [i < 2 ? 0 : i < 5 ? 1 : 2, i < 5 ? 0 : 2] as const);
		for (const [first, second] of said) {
			const who = new Client(site), at = path((await who.send(await who.form(`/-/survey/${form}`, "/-/survey/"))).location);
			const page = await who.get(at), names = [...new Set([...page.body.matchAll(/type="radio"[^>]*name="([a-z_]+\.[a-z_]+)"/g)].map((m) => m[1]!))];
			const values = (name: string) => [...page.body.matchAll(new RegExp(`name="${name.replace(".", "\\.")}"[^>]*value="([a-z_]+)"`, "g"))].map((m) => m[1]!);
			field = names[0]!.split(".")[0]!;
			await who.send(formOf(page, at), { [names[0]!]: values(names[0]!)[first]!, [names[1]!]: values(names[1]!)[second]!, "_go[]": "next" });
			assert.match((await who.send(await who.form(`${at}/review`, `${at}/send`))).location, /thanks/);
		}
	});
	// Where a bar begins, how wide it is.
	const bars = (page: string) => [...page.matchAll(/<rect class="stack-\d" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map((m) => [Number(m[1]), Number(m[2])]);

	it("in results: .35 left of the middle and .65 right of it, all lines on one scale; the figures beside", async () => {
		const page = (await facilitator.get(`/-/results/${form}`)).body;
		// The longest side is .65: 200 wide. Line 1: 200 − .35 · 307.7 = 92.3; line 2: 200 − .5 · 307.7 = 46.2.
		assert.deepEqual(bars(page).map(([x]) => x), [92.3, 153.8, 246.2, 46.2, 200]);
		assert.match(page, /class="chart-axis" d="M200\.0/);
		assert.match(text(page), /A · Non B · Entre deux C · Oui Ont répondu Simples.*20\s% 2 30\s% 3 50\s% 5 10/);
	});

	it("in a report: the whole table as one chart, drawn from the answers and as it was kept", async () => {
		report = path((await facilitator.send(formOf(await facilitator.get(`/-/results/${form}`), "/-/restitutions"))).location);
		const source = (await facilitator.get(report.replace("/-/restitution/", "/-/edit/"))).body;
		assert.match(source, new RegExp(`\\{\\{graphique ${form} ${field}\\}\\}`));
		for (const kept of [false, true]) {
			if (kept) await facilitator.send(await facilitator.form(`${report}/figures`, `${report}/figures`), { what: "all" });
			const page = (await facilitator.get(report)).body;
			// Counts under 5 are hidden in reports: the first line is hatched whole, and says nothing by its place.
			assert.deepEqual(bars(page), [[0, 200], [200, 200]]);
			assert.match(page, /<rect class="chart-rest"[^>]* x="100\.0" y="21\.0" width="200\.0"/);
			assert.match(text(page), /A · Non B · Entre deux C · Oui/);
			assert.match(text(page), kept ? /qui ne changent plus/ : /elles changent encore/);
		}
		assert.equal((await facilitator.get(`${report}/pdf`)).headers["content-type"], "application/pdf");
	});
});
