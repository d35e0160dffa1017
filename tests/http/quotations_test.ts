// Quotations of a theme in a report: those chosen by hand or the first ones, nobody named, now or as they were chosen; in the PDF
// too; and gone with the answer, whatever was kept.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";

const paper = (pdf: Buffer) => execFileSync("pdftotext", ["-raw", "-", "-"], { input: pdf }).toString().replaceAll(/\s+/g, " ");
const path = (location: string) => location.split("?")[0]!;

onSite("quotations in reports", (site) => {
	let facilitator: Client, form = "", report = "", list = "", bench = "";
	const codes: Record<string, string> = {}, sent: string[] = [];
	const said = ["Le four à pain réunit la rue", "Un four, et du bois sec", "Four partagé le samedi", "Le four de Zélie", "Des fours partout", "Un seul banc jaune"];

	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		form = /\/-\/survey\/([a-z0-9_]+)\//.exec((await facilitator.send(await facilitator.form("/-/surveys/new", "/-/surveys/new"), { label: "Essai de citations", copy: "trois_questions", anonymity: "confidential" })).location)![1]!;
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${form}/manage`), `/-/survey/${form}/state`), { to: "open" });
		for (const words of said) {
			const who = new Client(site), at = path((await who.send(await who.form(`/-/survey/${form}`, "/-/survey/"))).location);
			await who.send(await who.form(`${at}?page=lieu`, at), { bien: "oui", "_go[]": "next" });
			await who.send(await who.form(`${at}?page=mot`, at), { idee: words, "_go[]": "next" });
			await who.send(await who.form(`${at}/review`, `${at}/send`));
			sent.push(at.split("/").pop()!);
		}
		const book = path((await facilitator.send(await facilitator.form("/-/coding", "/-/coding"), { name: "Grille à citer", space: "tours" })).location);
		await facilitator.send(await facilitator.form(book, `${book}/import`), { text: "Nom;Sous\nPain chaud;\nS’asseoir;\n" });
		for (const [, id, name] of (await facilitator.get(book)).body.matchAll(/href="\/-\/coding\/theme\/([0-9a-z]{26})">([^<]+)/g)) codes[name!] = id!;
		list = path((await facilitator.send(await facilitator.form(`/-/coding/new?form=${form}`, "/-/coding/new"), { "fields[]": ["idee"], book: book.split("/").pop()!, name: "Lecture à citer" })).location);
		for (let i = 0; i < said.length; i++) {
			const page = await facilitator.get(`${list}/text`), bread = /four/i.test(/class="coding-text"[^>]*>(.*?)<\/blockquote>/s.exec(page.body)![1]!);
			if (!bread) bench = /name="t" value="([^"]+)"/.exec(page.body)![1]!;
			const code = bread ? codes["Pain chaud"]! : codes["S’asseoir"]!;
			if (page.body.includes("Zélie") || !bread) await facilitator.send(formOf(page, `${list}/text`), { "act[]": "passage", quote: bread ? "four de Zélie" : "banc jaune", code, cite: "1", "codes[]": [code] });
			await facilitator.send(formOf(page, `${list}/text`), { "act[]": "next", "codes[]": [code] });
		}
		report = path((await facilitator.send(formOf(await facilitator.get(`/-/results/${form}`), "/-/restitutions"))).location);
	});
	const write = async (texte: string) => {
		const edit = report.replace("/-/restitution/", "/-/edit/");
		assert.equal((await facilitator.send(await facilitator.form(edit, edit), { texte, _state: "draft" })).status, 303);
	};
	const words = async (who = facilitator, at = report) => text((await who.get(at)).body);
	const pdf = async () => paper((await facilitator.get(`${report}/pdf`)).bytes);

	it("only what was chosen, by the theme’s name, without who or where; the form, the theme, what is missing are said", async () => {
		assert.match((await facilitator.get(`${report}/insert`)).body, new RegExp(`\\{\\{citations ${form} Pain chaud nombre=5\\}\\}`));
		await write(`## Paroles\n\n{{citations ${form} pain chaud}}\n\n{{citations ${form} Rien}}\n`);
		const page = (await facilitator.get(report)).body, shown = text(page);
		assert.match(page, /<blockquote>four de Zélie<\/blockquote>/);
		assert.doesNotMatch(shown, /bois sec|banc jaune/);
		assert.match(shown, /Ce qui a été dit de « Pain chaud »/);
		assert.match(shown, /1 citation choisie dans ce que 6 personnes ont écrit/);
		assert.match(shown, /Aucun thème que vous puissiez lire ici ne s’appelle « Rien »/);
		assert.match(await pdf(), /four de Zélie/);
	});

	it("the first ones, whether chosen or not, where enough people speak of the theme", async () => {
		await write(`{{citations ${form} Pain chaud premieres=3}}\n\n{{citations ${form} S’asseoir premieres=3}}\n\n{{citations ${form} S’asseoir}}\n`);
		const page = (await facilitator.get(report)).body;
		assert.equal([...page.matchAll(/<blockquote>/g)].length, 4);
		assert.match(text(page), /Trop peu parlent de « S’asseoir » pour les citer sans choisir quoi/); // one of six
		assert.match(page, /<blockquote>banc jaune<\/blockquote>/);
	});

	it("kept when the report is opened; others read them then; what is withdrawn or no longer to be quoted is told no more", async () => {
		await write(`## Paroles\n\n{{citations ${form} Pain chaud}}\n\n{{citations ${form} S’asseoir}}\n\nUn paragraphe à lire ensemble, pour voir.\n`);
		await facilitator.send(formOf(await facilitator.get(report), `${report}/state`), { to: "open" });
		const asked = `${report}/as/${sent[0]}`, source = (await facilitator.get(report.replace("/-/restitution/", "/-/edit/"))).body;
		assert.equal([...source.matchAll(/\{\{citations [^}]*fige=[0-9a-z]{26}/g)].length, 2);
		assert.match(await words(new Client(site), asked), /four de Zélie.*Choix du .*banc jaune/);
		// No longer to be quoted.
		const page = await facilitator.get(`${list}/text?t=${bench}`);
		await facilitator.send(formOf(page, `${list}/text`), { quote_not: /name="quote_not" value="([0-9a-z]{26})"/.exec(page.body)![1]!, "codes[]": [codes["S’asseoir"]!] });
		const after = await words(new Client(site), asked);
		assert.doesNotMatch(after, /banc jaune/);
		assert.match(after, /four de Zélie/);
		// The answer is deleted: its words are nowhere in the report, kept or not, nor on the sheet.
		for (const [, id] of (await facilitator.get(`/-/survey/${form}/responses`)).body.matchAll(/\/-\/response\/([0-9a-z]{26})"/g)) {
			const page = await facilitator.get(`/-/response/${id}`);
			if (page.body.includes("Zélie")) await facilitator.send(formOf(page, `/-/response/${id}/delete`));
		}
		assert.doesNotMatch(await words(new Client(site), asked), /Zélie/);
		assert.match(await words(), /1 a été retirée depuis/);
		assert.doesNotMatch(await pdf(), /Zélie/);
	});

	it("live ones are for who may read the theme’s book: no page of somebody else shows them", async () => {
		const member = await new Client(site).signIn("member");
		assert.notEqual((await member.get(list)).status, 200);
		const page = await facilitator.get(`${list}/text?t=${bench}`);
		await facilitator.send(formOf(page, `${list}/text`), { quote_it: /name="quote_it" value="([0-9a-z]{26})"/.exec(page.body)![1]!, "codes[]": [codes["S’asseoir"]!] });
		await write(`{{citations ${form} S’asseoir}}\n`);
		assert.match(await words(), /banc jaune/); // the team reads it
		await facilitator.send(formOf(await facilitator.get(report), `${report}/state`), { to: "final" });
		const edit = report.replace("/-/restitution/", "/-/edit/");
		await facilitator.send(await facilitator.form(edit, edit), { texte: `{{citations ${form} S’asseoir}}\n`, _state: "published" });
		assert.match(await words(), /banc jaune/);
		const published = await member.get((await member.get(report.replace("/-/restitution/", "/f/"))).location);
		assert.equal(published.status, 200);
		assert.doesNotMatch(text(published.body), /banc jaune/);
		assert.match(text(published.body), /Aucun thème que vous puissiez lire ici/);
	});
});
