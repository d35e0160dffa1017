// Reports of results: begun from a questionnaire, edited, figures kept, opened to those who were asked – who comment with their
// code and stay unnamed –, answered, final; on one page, screen by screen, as PDF; one's own answers beside the whole;
// compared with another territory.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";

const paper = (pdf: Buffer) => execFileSync("pdftotext", ["-raw", "-", "-"], { input: pdf }).toString().replaceAll("­\n", "").replaceAll(/\s+/g, " ");
const facts = (pdf: Buffer) => execFileSync("pdfinfo", ["-"], { input: pdf }).toString();

onSite("reports", (site) => {
	const visitor = () => new Client(site);
	let facilitator: Client, member: Client;
	let report = "", code = "";
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		member = await new Client(site).signIn("member");
	});
	const source = async () => /<textarea[^>]*name="texte"[^>]*>\n?([^]*?)<\/textarea>/.exec((await facilitator.get(report.replace("/-/restitution/", "/-/edit/"))).body)![1]!.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&gt;", ">").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
	const write = async (texte: string) => {
		const edit = report.replace("/-/restitution/", "/-/edit/");
		const answer = await facilitator.send(await facilitator.form(edit, edit), { texte, _state: "draft" });
		assert.equal(answer.status, 303);
	};

	it("begun from the results, with a section for each page and a table or a chart for each question", async () => {
		const results = await facilitator.get("/-/results/diagnostic");
		const answer = await facilitator.send(formOf(results, "/-/restitutions"));
		assert.equal(answer.status, 303);
		report = answer.location.split("?")[0]!;
		assert.match(report, /^\/-\/restitution\/[0-9a-z]{26}$/);
		const page = await facilitator.get(report), words = text(page.body);
		assert.equal(page.status, 200);
		// 60 invented answers of 75, half of which have one to five workstations.
		assert.match(words, /60 réponses sur 75 \(80\s%\)/);
		assert.match(words, /Tableau 1 – /);
		assert.match(words, /Graphique 1 – /);
		assert.match(words, /Le plus souvent : « 1 à 5 postes » \(50\s%\)/);
		assert.match(words, /1\. En quelques mots/);
		assert.match(words, /2\.1 /);
		assert.match(page.body, /<svg class="chart"/);
		assert.match(words, /Population : 75 ; 60 ont répondu/);
		assert.match(words, /Les nombres de 1 à 4 sont cachés/);
		assert.doesNotMatch(/<main[^]*<\/main>/.exec(page.body)![0], /<script/);
	});

	it("is nobody else’s while it is a draft", async () => {
		for (const who of [visitor(), member])
			for (const path of [report, `${report}/pdf`, `${report}/screen`, `${report}/synthesis`]) assert.equal((await who.get(path)).status, 404, path);
		assert.equal((await visitor().get(`${report}/figures`)).status, 303);
	});

	it("says what may be put in, and shows a reference, a crossed table, a number in a sentence; what is wrong is said", async () => {
		assert.match((await facilitator.get(`${report}/insert`)).body, /\{\{tableau diagnostic postes\}\}/);
		await write("{{sommaire numerote}}\n\n## Le parc\n\nSelon {{voir postes}}, {{chiffre diagnostic postes de_1_a_5}} ont peu de postes.\n\n{{tableau diagnostic postes titre=Le parc}}\n\n{{croise diagnostic type postes pour=colonne}}\n\n{{tableau diagnostic rien}}\n\n{{tableau nulle_part postes}}\n\n## Suite\n\nUn paragraphe à discuter ensemble, avec les structures.\n");
		const words = text((await facilitator.get(report)).body);
		assert.match(words, /Selon tableau 1 ?, 50\s% ont peu de postes/);
		assert.match(words, /Tableau 1 – Le parc/);
		assert.match(words, /Tableau 2 – .*pourcentages de chaque colonne/);
		assert.match(words, /« rien » n’est pas une question/);
		assert.match(words, /Il n’y a pas de formulaire « nulle_part »/);
	});

	it("figures that are kept stay as they were when more answer; keeping them again says what has changed", async () => {
		const kept = await facilitator.send(await facilitator.form(`${report}/figures`, `${report}/figures`), { what: "all" });
		assert.equal(kept.status, 303);
		assert.match(await source(), /\{\{tableau diagnostic postes fige=[0-9a-z]{26} titre=Le parc\}\}/);
		assert.match(text((await facilitator.get(report)).body), /chiffres du .* qui ne changent plus/);
		// One more answers.
		const who = visitor(), at = (await who.send(await who.form("/-/survey/diagnostic", "/-/survey/"))).location.split("?")[0]!;
		code = at.split("/").pop()!;
		for (const [page, answers] of Object.entries({ structure: { type: "thematique" }, equipement: { postes: "de_1_a_5" }, outils: {}, participation: {}, freins: { "freins[]": "temps" }, besoins: {} })) {
			const form = await who.get(`${at}?page=${page}`);
			if (form.status === 200 && form.body.includes('name="_page"')) await who.send(formOf(form, at), { ...(answers as Record<string, string>), "_go[]": "next" });
		}
		assert.match((await who.send(await who.form(`${at}/review`, `${at}/send`))).location, /thanks/);
		const words = text((await facilitator.get(report)).body);
		assert.match(words, /60 réponses sur 75/);
		assert.match(text((await facilitator.get(`${report}/figures`)).body), /60 réponses avant, 61 maintenant/);
		assert.match(text((await facilitator.get(`${report}/figures`)).body), /1 à 5 postes : 30 \(50\s%\) avant, 31 \(51\s%\) maintenant/);
	});

	it("open to those who were asked: by their code, unnamed; who has none is asked for it", async () => {
		const opened = await facilitator.send(formOf(await facilitator.get(report), `${report}/state`), { closes: "31 décembre 2099" });
		assert.equal(opened.status, 303);
		const stranger = visitor(), door = await stranger.get(report);
		assert.match(text(door.body), /Votre code/);
		assert.doesNotMatch(text(door.body), /Un paragraphe à discuter/);
		assert.equal((await stranger.send(formOf(door, `${report}/code`), { code: "zzzz-zzzz-zzzz-zzzz" })).status, 422);
		const come = await stranger.send(formOf(door, `${report}/code`), { code: code.toUpperCase() });
		assert.equal(come.location, `${report}/as/${code}`);
		const page = await stranger.get(come.location);
		assert.match(text(page.body), /Une structure interrogée/);
		const form = page.body.split("<form").map((part) => `<form${part}`).find((part) => part.includes('name="paragraph"') && page.body.indexOf(part.slice(5)) > page.body.indexOf("Un paragraphe à discuter"))!;
		const paragraph = /name="paragraph" value="([^"]+)"/.exec(form)![1]!;
		const said = await stranger.post(come.location, { paragraph, body: "Ce n’est pas <b>vrai</b> chez nous." });
		assert.equal(said.status, 303);
		const seen = await facilitator.get(report);
		assert.match(text(seen.body), /Une structure interrogée .*Ce n’est pas <b>vrai<\/b> chez nous\.|Ce n’est pas &lt;b&gt;vrai/);
		assert.match(seen.body, /Ce n’est pas &lt;b&gt;vrai&lt;\/b&gt; chez nous/);
		assert.equal((await stranger.post(come.location, { paragraph, body: "  " })).status, 422);
		assert.equal((await stranger.post(come.location, { paragraph: "rien", body: "Ici" })).status, 422);
	});

	it("a comment stays at its paragraph when that is edited; it is answered; hidden ones are seen by who looks after it", async () => {
		const edited = (await source()).replace("Un paragraphe à discuter ensemble, avec les structures.", "Un paragraphe nouveau.\n\nUn paragraphe à discuter ensemble, longuement, avec toutes les structures.");
		await write(edited);
		const page = await facilitator.get(report);
		const block = page.body.split('class="restitution-block"').find((part) => part.includes("longuement"))!;
		assert.match(block, /Ce n’est pas &lt;b&gt;vrai/);
		const number = /name="remark" value="(\d+)"/.exec(block)![1]!;
		const answer = await facilitator.send(formOf(page, `${report}/answer`), { remark: number, "state[]": "taken", answer: "Merci, c’est corrigé." });
		assert.equal(answer.status, 303);
		assert.match(text((await visitor().get(`${report}/as/${code}`)).body), /prise en compte .*Merci, c’est corrigé/);
		await facilitator.send(formOf(await facilitator.get(report), `${report}/answer`), { remark: number, "state[]": "hidden", answer: "" });
		assert.doesNotMatch((await visitor().get(`${report}/as/${code}`)).body, /&lt;b&gt;vrai/);
		assert.match((await facilitator.get(report)).body, /&lt;b&gt;vrai/);
		assert.equal((await facilitator.send(formOf(await facilitator.get(report), `${report}/answer`), { remark: "999999", "state[]": "taken" })).status, 404);
	});

	it("each sees her own answers beside the whole, with small counts hidden; not of an anonymous questionnaire", async () => {
		const page = await visitor().get(`/-/s/${code}/mine`);
		assert.equal(page.status, 200);
		assert.match(text(page.body), /1 à 5 postes votre réponse 51\s% 31/);
		assert.equal((await visitor().get("/-/s/zzzz-zzzz-zzzz-zzzz/mine")).status, 404);
		const anonymous = text((await member.get("/-/survey/trois_questions/mine")).body);
		assert.match(anonymous, /Ce questionnaire est anonyme/);
		assert.match(text((await member.get("/-/survey/diagnostic/mine")).body), /Vous n’avez pas envoyé de réponses/);
	});

	it("on one page: refused while it is too long, then one A4", async () => {
		const synthesis = `${report}/synthesis`, page = await facilitator.get(synthesis);
		const all = [...page.body.matchAll(/name="block\[\]" value="([^"]+)"/g)].map((found) => found[1]!);
		assert.ok(all.length > 5);
		await facilitator.send(formOf(page, synthesis), { "block[]": all.slice(0, 2) });
		const pdf = await facilitator.get(`${synthesis}/pdf`);
		assert.equal(pdf.status, 200);
		assert.match(facts(pdf.bytes), /Pages: +1\n/);
		assert.match(paper(pdf.bytes), /Le parc/);
	});

	it("a PDF with its contents, tagged; screens that lead from one to the next", async () => {
		const pdf = await facilitator.get(`${report}/pdf`);
		assert.equal(pdf.headers["content-type"], "application/pdf");
		assert.match(facts(pdf.bytes), /Tagged: +yes/);
		const words = paper(pdf.bytes);
		for (const part of ["Sommaire", "Tableau 1 – Le parc", "60 réponses sur 75", "Un paragraphe à discuter"]) assert.ok(words.replaceAll(/[  ]/g, " ").includes(part), `${part} in ${words}`);
		let at = `${report}/screen`, n = 0;
		for (; n < 40; n++) {
			const screen = await facilitator.get(at);
			assert.equal(screen.status, 200);
			const next = /rel="next" href="([^"]+)"/.exec(screen.body);
			if (!next) break;
			at = next[1]!;
		}
		assert.ok(n >= 4 && n < 40, String(n));
	});

	it("final, it is published with the figures that were kept", async () => {
		const done = await facilitator.send(formOf(await facilitator.get(report), `${report}/state`), { to: "final" });
		assert.equal(done.status, 303);
		const page = await visitor().get(report.replace("/-/restitution/", "/f/"));
		const read = await visitor().get(page.location);
		assert.equal(read.status, 200);
		assert.match(text(read.body), /Tableau 1 – Le parc/);
		assert.match(text(read.body), /60 réponses sur 75/);
		assert.doesNotMatch(read.body, /&lt;b&gt;vrai/);
		assert.match(text((await visitor().get("/-/restitutions")).body), /définitif/);
		const late = await visitor().post(`${report}/as/${code}`, { paragraph: "x", body: "Trop tard" });
		assert.ok([403, 404].includes(late.status), String(late.status));
	});

	it("compared with a file of another territory: what differs, what is refused, unequal response", async () => {
		const file = "Question;Réponse donnée;Nombre;Part des personnes, en %\nCombien de postes informatiques ?;1 à 5 postes;5;10\nCombien de postes informatiques ?;6 à 10 postes;15;30\nCombien de postes informatiques ?;11 postes et plus;30;60\nAutre chose;Oui;3;1\n";
		const page = await facilitator.get("/-/results/diagnostic/elsewhere");
		const answer = await facilitator.sendFiles(formOf(page, "/-/results/diagnostic/elsewhere", "post"), { name: "Le Mans" }, { file: new File([file], "lemans.csv", { type: "text/csv" }) });
		assert.equal(answer.status, 200, text(answer.body));
		const words = text(answer.body);
		assert.match(words, /3 lignes ont été reprises/);
		assert.match(words, /Ligne 5/);
		assert.match(words, /« 1 à 5 postes » : moins souvent dans « Le Mans » \(10\s%\)/);
		assert.match(words, /on ne sait pas combien sont concernées/);
		assert.equal((await facilitator.sendFiles(formOf(page, "/-/results/diagnostic/elsewhere"), {}, { file: new File(["a;b\n1;2\n"], "x.csv") })).status, 422);
	});
});
