// Questions of questionnaires over HTTP: shaped, answered, found, exported and brought back, all without a script.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, run, serve } from "../support/program.js";
import { add, edit } from "../support/records.js";

const full = {
	titre: "Le four du quartier", role: "other", "role.text": "je porte la farine", "criteres.utile": "oui", "criteres.durable": "plutot_non", utilite: "10", ambiance: "unknown",
	rythme: "2", "temps.faire": "62", "temps.reunir": "38", "moyens.benevoles.personnes": "4", "moyens.benevoles.heures": "12", "appuis.mairie.first": "fort",
	"appuis.mairie.second": "moins", manques: ["bras", "other"], "manques.text": "une hotte", "priorites.former": "1", "priorites.ecrire": "2", "paroles.fier": "Le pain du mardi.",
};

onSite("questions of questionnaires", (site) => {
	let facilitator: Client, member: Client, visitor: Client;
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		member = await new Client(site).signIn("member");
		visitor = new Client(site);
	});
	const csv = async (client = visitor) => {
		const [head, ...rows] = (await client.get("/-/export/coevaluations/csv?cles=1")).body.trim().split("\r\n");
		const keys = head!.split(",");
		return rows.map((row) => Object.fromEntries([...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m, i) => [keys[i], m[1]!.replace(/^"|"$/g, "").replaceAll('""', '"')])));
	};
	// With the site closed; people sign in again.
	const closed = async (args: string[]) => {
		await site.stop();
		const ran = await run(args);
		Object.assign(site, await serve(site.dir));
		facilitator = await new Client(site).signIn("facilitator");
		member = await new Client(site).signIn("member");
		visitor = new Client(site);
		return ran;
	};
	const confirm = async (answer: Answer, changes: Record<string, string> = {}) => {
		assert.equal(answer.status, 200, text(answer.body));
		return facilitator.send(formOf(answer, "/-/form/"), changes);
	};

	it("one of each is answered, read, and comes back to its form as it was", async () => {
		const made = await add(member, "coevaluation", full);
		const page = text((await visitor.get(made.url)).body);
		for (const words of [/Autre\s: je porte la farine/, /répond à un besoin d’ici\s+Tout à fait/, /10 \/ 10/, /Je ne sais pas/, /Une ou deux fois par an/, /Faire\s+62\s%/, /Total\s+100\s%/, /La mairie\s+Fort\s+Moins/, /Des bras, Autre\s: une hotte/, /Se former\s+Écrire ce qu’on a appris/, /Le pain du mardi/]) assert.match(page, words);
		// Sent again as it stands, nothing changes.
		const again = await edit(member, made.id, {});
		assert.match(again.location, /fait=inchange/);
		const [row] = (await csv()).filter((r) => r["titre"] === full.titre);
		assert.deepEqual(
			[row!["role"], row!["criteres.utile"], row!["criteres.ouvert"], row!["utilite"], row!["ambiance"], row!["temps.reunir"], row!["moyens.benevoles.heures"], row!["appuis.mairie.second"], row!["manques"], row!["priorites.1"], row!["priorites.3"]],
			["other: je porte la farine", "oui", "", "10", "unknown", "38", "12", "moins", "bras;other: une hotte", "former", ""],
		);
	});

	it("all the mistakes are said at once, and what was typed is kept", async () => {
		const form = await member.form("/-/new/coevaluation", "/-/new/");
		const answer = await member.send(form, { ...full, role: "other", "role.text": "", utilite: "11", "temps.faire": "60", "temps.reunir": "peu", manques: ["bras", "argent", "lieu", "rien"], "priorites.former": "1", "priorites.ecrire": "1" });
		assert.equal(answer.status, 422);
		const said = text(answer.body);
		for (const words of [/« 11 » n’est pas sur l’échelle : de 0 à 10/, /Se réunir : « peu » n’est pas un nombre/, /« Se former » et « Écrire ce qu’on a appris » ont le même rang, 1/]) assert.match(said, words);
		assert.match(answer.body, /name="temps\.reunir" value="peu"/);
		const second = await member.send(formOf(answer, "/-/new/"), { "priorites.ecrire": "2", utilite: "10", "temps.reunir": "39" });
		assert.equal(second.status, 422);
		const then = text(second.body);
		for (const words of [/Vous avez choisi « autre » : précisez/, /Ensemble, ils devraient faire 100 ; ils font 99/, /« Rien de tout cela » ne va avec aucun autre choix/, /Cochez-en 3 au plus ; vous en avez coché 5/]) assert.match(then, words);
	});

	it("what is hostile is refused in a sentence", async () => {
		const form = await member.form("/-/new/coevaluation", "/-/new/");
		for (const wrong of [{ "criteres.utile": "<script>" }, { "temps.faire": "1e9" }, { manques: Array(900).fill("bras<") }, { "priorites.former": "999999999999" }, { "appuis.mairie.first": "plus" }] as Record<string, string | string[]>[]) {
			const answer = await member.send(form, { titre: "Essai", ...wrong });
			assert.equal(answer.status, 422, JSON.stringify(wrong).slice(0, 80));
			assert.ok(!answer.body.includes("<script>\"") && !answer.body.includes("=<script"));
		}
		// A line that the form has not is nothing.
		const made = await add(member, "coevaluation", { titre: "Une ligne de trop", "criteres.pirate": "oui", "temps.pirate": "100" });
		assert.ok(!(await visitor.get(made.url)).body.includes("pirate"));
	});

	it("lists are narrowed, sorted and counted by a line of a table and by a place of a ranking", async () => {
		const list = async (query: string) => text((await visitor.get(`/co-evaluations?${query}`)).body.split('id="results"')[1] ?? "");
		assert.match(await list("criteres.durable=plutot_non"), /Le four du quartier/);
		assert.doesNotMatch(await list("criteres.durable=non"), /Le four du quartier/);
		assert.match(await list("priorites.1=former"), /Le four du quartier/);
		assert.doesNotMatch(await list("priorites.1=ecrire"), /Le four du quartier/);
		assert.match(await list("role=other"), /Le four du quartier/);
		const body = (await visitor.get("/co-evaluations?vue=table&tri=-temps.faire")).body;
		const order = [...body.matchAll(/<a href="[^"]*">(Le four du quartier|Le jardin après[^<]*|La radio[^<]*)<\/a>/g)].map((m) => m[1]!.slice(0, 8));
		assert.deepEqual(order, ["Le four ", "Le jardi", "La radio"]); // 62, 55, 40
		assert.match(text(body), /Où va le temps du projet – Se réunir/);
		// In the index as anywhere: what is computed again is what was kept.
		const checked = await closed(["check", site.dir]);
		assert.equal(checked.status, 0, checked.out + checked.err);
	});

	it("the address says where somebody comes from; who answers sees nothing of it", async () => {
		const form = await visitor.get("/-/new/coevaluation?source=tract").then(async () => member.form("/-/new/coevaluation?source=tract", "/-/new/"));
		assert.deepEqual(form.pairs.filter(([name]) => name === "source"), [["source", "tract"]]);
		const answer = await member.send(form, { titre: "Venue par l’affiche" });
		const page = await member.get(answer.location.split("?")[0]!);
		assert.ok(!page.body.includes("tract<") && !page.body.includes("Venu par"));
		assert.equal((await csv()).find((r) => r["titre"] === "Venue par l’affiche")!["source"], "tract");
		// A text for people has no value to send, and no column.
		assert.match(text((await member.get("/-/new/coevaluation")).body), /On évalue le projet ?, pas les personnes/);
		assert.ok(!("avant" in (await csv())[0]!));
	});

	it("an export comes back as it was", async () => {
		const file = join(site.dir, "retour.csv"), mapping = join(site.dir, "retour.json");
		await writeFile(file, (await facilitator.get("/-/export/coevaluations/csv?cles=1")).body);
		const rules = JSON.parse((await facilitator.get("/-/export/coevaluations/mapping")).body);
		delete rules.fields.projet; // pages are named in files, by their title
		await writeFile(mapping, JSON.stringify({ ...rules, ignore: [...rules.ignore, "projet"] }));
		const before = await csv();
		const [four] = before.filter((r) => r["titre"] === full.titre);
		const made = await edit(facilitator, four!["_id"]!, { "criteres.utile": "non", "priorites.former": "", "priorites.ecrire": "1", "temps.faire": "100", "temps.reunir": "" });
		assert.equal(made.status, 303);
		assert.notDeepEqual(await csv(), before);
		const ran = await closed(["import", "csv", site.dir, "--mapping", mapping, file]);
		assert.equal(ran.status, 0, ran.out + ran.err);
		const strip = (rows: Record<string, string | undefined>[]) => rows.map((r) => ({ ...r, _changed: "", _id: "", _url: "", _created: "", projet: "" })).sort((a, b) => ((a as never)["titre"] < (b as never)["titre"] ? -1 : 1));
		const back = strip(await csv()).filter((r) => (r as never)["titre"] === full.titre);
		assert.ok(back.some((r) => JSON.stringify(r) === JSON.stringify(strip([four!])[0])), JSON.stringify(back));
	});

	it("facilitators write lines, columns and steps in the browser, one a line", async () => {
		const ask = async (kind: string, values: Record<string, string | string[]>) => facilitator.send(await facilitator.form(`/-/form/outil/add/${kind}`, "/-/form/"), values);
		const made = [
			await ask("matrix", { label: "Ce qu’on en dit", rows: "Prise en main\nSur téléphone", choices: "Mal\nBien" }),
			await ask("matrix", { label: "Coûts", rows: "Achat\nEntretien", answer: "number", unit: "€", choices: "" }),
			await ask("scale", { label: "Facilité", labels: "Dur\nMoyen\nFacile", unknown: "1" }),
			await ask("ranking", { label: "Usages préférés", choices: "Écrire\nCompter\nDessiner", max: "2" }),
			await ask("numbers", { label: "Postes", rows: "Fixes\nPortables", sum: "1" }),
			await ask("choices", { label: "Appareils", choices: "Ordinateur\nTéléphone\nAucun", exclusive: "aucun", max: "2", other: "1" }),
			await ask("display", { label: "À savoir", text: "Lisez **ceci** d’abord." }),
			await ask("hidden", { label: "Chemin" }),
		];
		for (const [i, answer] of made.entries()) assert.equal(answer.status, 303, `${i}: ${text(answer.body)}`);
		const wrong = await ask("choices", { label: "Faux", choices: "A\nB", exclusive: "Personne" });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /« Personne » n’est pas dans la liste des choix/);
		assert.match(wrong.body, /name="exclusive" value="Personne"/);
		assert.equal((await ask("matrix", { label: "Vide", rows: "", choices: "" })).status, 422);
		const tool = await add(member, "outil", { nom: "Carnet partagé", "ce_qu_on_en_dit.prise_en_main": "bien", "ce_qu_on_en_dit.sur_telephone": "mal", "couts.achat": "12,5", facilite: "3", "usages_preferes.compter": "1", "postes.fixes": "4", "postes.portables": "3", appareils: "ordinateur" });
		const page = text((await visitor.get(tool.url)).body);
		for (const words of [/Prise en main\s+Bien/, /Achat\s+12,5\s€/, /Facile/, /Compter/, /Total\s+7/, /Ordinateur/]) assert.match(page, words);
		// What the editor shows again is what was written.
		const again = await facilitator.form("/-/form/outil/question/ce_qu_on_en_dit", "/-/form/");
		assert.equal(again.pairs.find(([name]) => name === "rows")![1].replaceAll("\r", "").trim(), "Prise en main\nSur téléphone");
		const exclusive = await facilitator.form("/-/form/outil/question/appareils", "/-/form/");
		assert.equal(exclusive.pairs.find(([name]) => name === "exclusive")![1], "Aucun");

		// A line renamed keeps its answers; one that goes is told, and its answers stay where they are.
		const renamed = await facilitator.send(again, { rows: "Première fois\nSur téléphone" });
		const asked = await confirm(renamed, { "fate-row.prise_en_main": "as:premiere_fois" });
		assert.equal(asked.status, 303);
		assert.match(text((await visitor.get(tool.url)).body), /Première fois\s+Bien/);
		const gone = await facilitator.send(await facilitator.form("/-/form/outil/question/ce_qu_on_en_dit", "/-/form/"), { rows: "Première fois" });
		assert.match(text(gone.body), /La ligne « Sur téléphone » n’est plus là ; 1 page y a une réponse/);
		assert.equal((await confirm(gone, { "fate-row.sur_telephone": "keep" })).status, 303);
		assert.match(text((await visitor.get(tool.url)).body), /Sur téléphone\s+Mal/);
		assert.ok(!(await member.get("/-/new/outil")).body.includes("Sur téléphone"));
		// A column that goes is replaced in the pages.
		const column = await facilitator.send(await facilitator.form("/-/form/outil/question/ce_qu_on_en_dit", "/-/form/"), { choices: "Mal\nTrès bien" });
		assert.match(text(column.body), /« Bien » n’est plus dans la liste ; 1 page l’a/);
		assert.equal((await confirm(column, { "fate-bien": "to:mal" })).status, 303);
		assert.match(text((await visitor.get(tool.url)).body), /Première fois\s+Mal/);
	});
});
