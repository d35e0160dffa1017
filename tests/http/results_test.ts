// Results: the answers of a form counted and crossed, as each may read them; files of the same; who sees them, and what they rest
// on, set by who shapes the forms.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { csv } from "../support/csv.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, token } from "../support/records.js";
import { unzip } from "../support/zip.js";

const CROSS = "/-/results/structure/cross?lignes=cible_2013&colonnes=parc";

onSite("results", (site) => {
	const visitor = new Client(site), member = new Client(site), facilitator = new Client(site);
	const said = async (path: string, client = facilitator) => text((await client.get(path)).body);
	const settle = async (fields: Record<string, string>) => facilitator.post("/-/form/structure/results", { _form: await token(facilitator), _mark: /name="_mark" value="([^"]*)"/.exec((await facilitator.get("/-/form/structure/results")).body)![1]!, ...fields });
	before(async () => {
		await member.signIn("member");
		await facilitator.signIn("facilitator");
		// Twenty that have much and were in the programme, twenty that have little and were not; a few otherwise.
		for (let i = 0; i < 44; i++) {
			const much = i % 2 === 0, other = i >= 40;
			await add(facilitator, "structure", {
				nom: `Structure comptée ${i}`, cible_2013: much !== other ? "true" : "false", parc: much ? "onze_et_plus" : "de_1_a_5",
				activite: i === 0 ? "=Prêter des vélos" : i < 4 ? "Réparer des vélos" : "",
			});
		}
	});

	it("counts each question, with figures beside the drawing", async () => {
		const page = (await facilitator.get("/-/results/structure")).body;
		assert.equal((await facilitator.get("/-/results/structure")).status, 200);
		assert.match(text(page), /Parc informatique/);
		// 22 of 44 have 11 or more: the others of the demonstration do not say.
		assert.match(text(page), /22 50\s?%/);
		assert.match(page, /<svg class="chart"[^>]*role="img"/);
		assert.doesNotMatch(/<main[^]*<\/main>/.exec(page)![0], /<script/);
	});

	it("says in words what stands out, and marks the cells with words", async () => {
		const page = (await facilitator.get(CROSS)).body, words = text(page);
		assert.match(words, /fortement ensemble\. Le hasard seul donnerait un tel écart moins d’une fois sur mille/);
		assert.match(words, /« Oui » : « 11 postes et plus » plus souvent que les autres \(91 %, contre 9 %\)/);
		assert.match(words, /▲ plus/);
		assert.match(words, /▼ moins/);
		// R: chisq.test(matrix(c(20, 2, 2, 20), 2), correct = FALSE) gives 29.455; V = sqrt(29.455 / 44).
		assert.match(words, /29,45/);
		assert.match(words, /V de Cramér 0,82/);
	});

	it("says that nothing is notable, or that there is too little", async () => {
		assert.match(await said("/-/results/structure/cross?lignes=cible_2013&colonnes=commune"), /trop petits|Rien de notable|trop peu/);
		assert.match(await said("/-/results/espace/cross?lignes=gestion&colonnes=postes"), /trop peu pour comparer/);
		assert.match(await said("/-/results/structure/cross"), /Choisissez deux questions/);
		assert.match(await said("/-/results/structure/cross?lignes=genre&colonnes=genre"), /Choisissez deux questions/);
		assert.match(await said("/-/results/structure/cross?lignes=rien&colonnes=genre"), /Choisissez deux questions/);
	});

	it("narrows by choices and keeps them from page to page", async () => {
		const page = (await facilitator.get("/-/results/structure?si=parc%3Aonze_et_plus&si=cible_2013%3Atrue")).body;
		assert.match(text(page), /20 réponses sur \d+/);
		assert.match(page, /\/-\/results\/structure\/cross\?si=parc%3Aonze_et_plus&amp;si=cible_2013%3Atrue&amp;lignes=parc/);
		assert.match(text((await facilitator.get("/-/results/structure?si=parc%3Arien")).body), /7\d réponses au/);
	});

	it("keeps a group under a name, counts it, compares all answers by it, and lets it go", async () => {
		const keep = async (fields: Record<string, string | string[]>, who = facilitator) => who.post("/-/results/structure/group", Object.entries({ _form: await token(who), ...fields }).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])));
		assert.equal((await keep({ name: "Bien équipées", "si[]": ["parc:onze_et_plus", "cible_2013:true"] }, member)).status, 403);
		assert.equal((await keep({ name: "", "si[]": ["parc:onze_et_plus"] })).status, 400);
		assert.equal((await keep({ name: "Rien", "si[]": ["parc:rien"] })).status, 400);
		const kept = await keep({ name: "Bien équipées", "si[]": ["parc:onze_et_plus", "cible_2013:true"] });
		assert.equal(kept.headers["location"]!.split("&")[0], "/-/results/structure?groupe=bien-equipees");
		assert.match(await said("/-/results/structure?groupe=bien-equipees"), /20 réponses sur \d+/);
		// A question like others: 20 of the 22 that have much are in it.
		const cross = csv((await facilitator.get("/-/results/structure/file/csv?lignes=_group&colonnes=parc")).body.replace(/^\uFEFF/, ""));
		assert.equal(cross.find((row) => row["Groupe gardé"] === "Bien équipées" && row["Parc informatique"] === "11 postes et plus")!["Nombre"], "20");
		const page = await said("/-/results/structure/compare?par=parc");
		assert.match(page, /Toutes les réponses, comparées selon « Parc informatique »/);
		assert.match(page, /Du programme de 2013 Ces deux réponses vont fortement ensemble/);
		const all = csv((await facilitator.get("/-/results/structure/file/csv?par=parc")).body.replace(/^\uFEFF/, ""));
		const cell = all.find((row) => row["Question"] === "Du programme de 2013" && row["Parc informatique"] === "11 postes et plus" && row["Réponse donnée"] === "Oui")!;
		assert.equal(cell["Nombre"], "20");
		assert.equal((await keep({ drop: "bien-equipees" })).status, 303);
		assert.doesNotMatch(await said("/-/results/structure"), /Bien équipées/);
	});

	it("lists open answers and their words", async () => {
		const page = await said("/-/results/structure/texts/activite");
		assert.match(page, /vélos 4/);
		assert.match(page, /Prêter des vélos/);
		const one = (await facilitator.get("/-/results/structure/texts/activite")).body;
		const link = /href="(\/-\/results\/structure\/texts\/activite\?mot=[^"]*)"[^>]*>vélos/.exec(one)![1]!;
		assert.match(await said(link.replaceAll("&amp;", "&")), /4 réponses rédigées/);
		assert.equal((await facilitator.get("/-/results/structure/texts/parc")).status, 404);
	});

	it("gives the table beside the map of answers as a file, area by area as the page shows them", async () => {
		const page = (await facilitator.get("/-/results/espace/map/lieu")).body;
		const link = /href="(\/-\/results\/espace\/file\/csv\?carte=lieu)"/.exec(page)![1]!;
		const rows = csv((await facilitator.get(link)).body.replace(/^\uFEFF/, ""));
		const shown = [...page.matchAll(/<tr><td class="number"[^>]*>([^<]*)<\/td><th scope="row">([^<]*)<\/th><td class="number"[^>]*>([^<]*)<\/td>/g)].map((m) => [m[1], m[2], m[3]].map((one) => text(one!)));
		assert.ok(shown.length > 0, page);
		assert.deepEqual(rows.map((row) => [row["Numéro"] || "0", row["Zone"], row["Réponses"]]), shown);
		assert.equal((await facilitator.get("/-/results/espace/file/csv?carte=gestion")).status, 404); // no place
	});

	it("gives the same as files", async () => {
		const file = await facilitator.get(CROSS.replace("/cross?", "/file/csv?"));
		assert.match(file.headers["content-disposition"]!, /resultats-structure-\d{4}-\d\d-\d\d\.csv/);
		const cell = csv(file.body.replace(/^\uFEFF/, "")).find((row) => row["Du programme de 2013"] === "Oui" && row["Parc informatique"] === "11 postes et plus")!;
		assert.deepEqual(Object.values(cell).slice(-6), ["20", "90.91", "90.91", "45.45", "11", "5.43"]); // stdres of chisq.test: 5.427
		const all = csv((await facilitator.get("/-/results/structure/file/csv")).body.replace(/^\uFEFF/, ""));
		const half = all.find((row) => row["Question"] === "Parc informatique" && row["Réponse donnée"] === "11 postes et plus")!;
		assert.deepEqual([half["Nombre"], half["Part des personnes, en %"]], ["22", "50"]);
		for (const format of ["xlsx", "ods"]) {
			const book = await facilitator.get(`/-/results/structure/file/${format}`);
			assert.equal(book.status, 200);
			assert.ok(unzip(book.bytes).size > 2, format);
		}
		assert.equal((await facilitator.get("/-/results/structure/file/geojson")).status, 404);
	});

	it("is for who organises, until the results are public; each then counts what she reads", async () => {
		assert.equal((await visitor.get("/-/results/structure")).status, 303);
		assert.equal((await member.get("/-/results/structure")).status, 404);
		const offered = await said("/-/results", visitor); // that of the demonstration alone
		assert.match(offered, /diagnostic partagé/);
		assert.doesNotMatch(offered, /Qui fait quoi|Structures/);
		assert.equal((await settle({ public: "1", population: "120" })).status, 303);
		const page = await said("/-/results/structure", visitor);
		assert.match(page, /sur une population de 120/);
		assert.doesNotMatch(page, /Notes de suivi|Personne à contacter/);
		// 22 of 44, of 120: Wilson with n = 44 × 119 / 76; R's prop.test gives 0.3851 to 0.6149.
		assert.match(page, /22 50\s?% 39\s?% à 61\s?%/);
		assert.match(await said("/-/results", visitor), /Structures/);
	});

	it("hides small counts where the form says so, and then neither narrows nor crosses three by three", async () => {
		assert.equal((await settle({ public: "1", hide_below: "5" })).status, 303);
		const page = await said("/-/results/structure?si=parc%3Aonze_et_plus");
		assert.match(page, /Les nombres de 1 à 4 sont cachés/);
		assert.match(page, /caché/);
		assert.doesNotMatch(page, /réponses sur|Ne compter qu’une partie/);
		const cross = (await facilitator.get(CROSS + "&selon=commune")).body;
		// 20, 2, 2, 20: all four cells would follow from one.
		assert.equal(cross.match(/>caché</g)!.length, 4);
		assert.match(text(cross), /trop petites pour être montrées/);
		assert.doesNotMatch(text(cross), /29,45/);
		assert.doesNotMatch(cross, /name="selon"/);
	});

	it("weighs answers by known totals", async () => {
		await settle({});
		assert.match((await settle({ weigh: "parc" })).headers["location"]!, /^\/-\/form\/structure\/results/);
		const form = (await facilitator.get("/-/form/structure/results")).body;
		const names = [...form.matchAll(/name="(total-0-\d+)"[^>]*value="(\d+)"/g)].map((m) => [m[1]!, m[2]!] as const);
		assert.deepEqual(names.map((n) => n[1]).sort(), ["0", "22", "22"]);
		const totals = Object.fromEntries(names.map(([name], i) => [name, i === 0 ? "300" : "100"]));
		assert.equal((await settle({ "weighed[]": "parc", ...totals })).status, 303);
		const page = await said("/-/results/structure");
		assert.match(page, /pondéré/);
		// Three quarters of the population have 1 to 5, half of the answers do.
		assert.match(page, /22 75\s?%/);
		assert.equal((await settle({ "weighed[]": "parc", ...totals, "drop[]": "parc" })).status, 303);
		assert.doesNotMatch(await said("/-/results/structure"), /pondéré/);
	});

	it("says what is wrong with a number and keeps what was typed", async () => {
		const refused = await settle({ population: "beaucoup", hide_below: "1" });
		assert.equal(refused.status, 422);
		assert.match(text(refused.body), /Écrivez un nombre entier de 1 à/);
		assert.match(refused.body, /value="beaucoup"/);
		assert.equal((await facilitator.post("/-/form/structure/results", { _form: await token(facilitator), _mark: "autre" })).status, 409);
		assert.equal((await member.get("/-/form/structure/results")).status, 403);
	});
});
