// Themes in answers and notes: a book that grows, texts read one after another by two people, where they differ, merges, counts,
// quotations; what an anonymous questionnaire promises, and what goes when an agreement or an answer goes.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { csv } from "../support/csv.js";
import { decode, text } from "../support/html.js";
import { onSite, type PersonName } from "../support/program.js";
import { add } from "../support/records.js";

onSite("coding", (site) => {
	let facilitator: Client, administrator: Client, member: Client;
	const come = (who: PersonName) => new Client(site).signIn(who);
	before(async () => {
		[facilitator, administrator, member] = (await Promise.all((["facilitator", "administrator", "member"] as PersonName[]).map(come))) as [Client, Client, Client];
	});
	const path = (location: string) => location.split("?")[0]!;
	let made = 0;
	const makeBook = async (blind = false) => {
		const at = path((await facilitator.send(await facilitator.form("/-/coding", "/-/coding"), { name: `Grille ${++made}`, space: "tours" })).location);
		await facilitator.send(await facilitator.form(at, `${at}/import`), { text: "Nom;Sous;Définition\nFreins;;Ce qui retient\nTemps;Freins;Le temps manque\nPeur;Freins;\nBesoins;;\nFormation;Besoins;\n" });
		if (blind) await facilitator.send(formOf(await facilitator.get(at), at), { blind: "1" });
		return at;
	};
	const themes = async (book: string) => Object.fromEntries([...(await facilitator.get(book)).body.matchAll(/href="\/-\/coding\/theme\/([0-9a-z]{26})">([^<]+)/g)].map((m) => [m[2]!, m[1]!])) as Record<string, string>;
	const makeList = async (book: string, form: string, fields: string[]) => {
		const sheet = await facilitator.form(`/-/coding/new?form=${form}`, "/-/coding/new");
		return path((await facilitator.send(sheet, { "fields[]": fields, book: book.split("/").pop()!, name: `Lecture ${made}` })).location);
	};
	interface Text {
		id: string;
		words: string;
		at: string;
	}
	const open = async (who: Client, list: string, id = ""): Promise<Text & { body: string }> => {
		const page = await who.get(id ? `${list}/text?t=${id}` : `${list}/text`);
		assert.equal(page.status, 200, page.location);
		const found = /name="t" value="([^"]+)"/.exec(page.body)![1]!;
		const words = decode(/class="coding-text"[^>]*>(.*?)<\/blockquote>/s.exec(page.body)![1]!.replace(/<[^>]+>/g, ""));
		return { id: found, words, at: `${list}/text?t=${found}`, body: page.body };
	};
	const send = async (who: Client, list: string, one: Text, fields: Record<string, string | string[]>) => who.send(await who.form(one.at, `${list}/text`), { "codes[]": [], ...fields });
	const table = async (list: string, what = "themes") => csv((await facilitator.get(`${list}/file/${what}/csv`)).body.replace(/^\uFEFF/, ""));

	it("a book: made, themes of a table and of its own form, changed, moved, retired, as files", async () => {
		const book = await makeBook(), codes = await themes(book);
		assert.deepEqual(Object.keys(codes), ["Freins", "Temps", "Peur", "Besoins", "Formation"]);
		const again = await facilitator.send(await facilitator.form(book, `${book}/themes`), { code_name: "TEMPS", parent: codes.Freins! });
		assert.equal(again.status, 422);
		assert.match(text(again.body), /déjà un thème de ce nom/);
		const theme = `/-/coding/theme/${codes.Temps}`;
		await facilitator.send(await facilitator.form(theme, theme), { code_name: "Le temps", definition: "Il manque", parent: codes.Besoins! });
		assert.match(text((await facilitator.get(theme)).body), /« Le temps » s’appelait « Temps »/);
		const under = await facilitator.send(await facilitator.form(`/-/coding/theme/${codes.Besoins}`, `/-/coding/theme/${codes.Besoins}`), { parent: codes.Formation! });
		assert.equal(under.status, 422);
		await facilitator.send(formOf(await facilitator.get(`/-/coding/theme/${codes.Peur}`), `/-/coding/theme/${codes.Peur}/act`), { act: "retire" });
		assert.match(text((await facilitator.get(`/-/coding/theme/${codes.Peur}`)).body), /Ce thème est retiré/);
		const rows = csv((await facilitator.get(`${book}/file/csv`)).body.replace(/^\uFEFF/, ""));
		assert.deepEqual(Object.keys(rows[0]!), ["Nom", "Sous", "Définition", "Exemple", "Couleur"]);
		assert.ok(rows.some((row) => row.Nom === "Le temps" && row.Sous === "Besoins" && row.Définition === "Il manque"));
		// Back into another book, the same.
		const other = path((await facilitator.send(await facilitator.form("/-/coding", "/-/coding"), { name: "Copie" })).location);
		await facilitator.send(await facilitator.form(other, `${other}/import`), { text: (await facilitator.get(`${book}/file/csv`)).body });
		assert.equal((await facilitator.get(`${other}/file/csv`)).body, (await facilitator.get(`${book}/file/csv`)).body);
		const qdc = (await facilitator.get(`${book}/file/qdc`)).body;
		assert.match(qdc, /<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/);
		assert.match(qdc, /<Code guid="[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}" name="Le temps" isCodable="true" color="#[0-9a-f]{6}"><Description>Il manque<\/Description>/);
		for (const who of [member, new Client(site)]) assert.notEqual((await who.get(book)).status, 200);
	});

	it("twelve texts by two people, a passage, a theme made on the way; where they differ, decided; merged and parted", async () => {
		const book = await makeBook(), codes = await themes(book), list = await makeList(book, "diagnostic", ["mot"]);
		const read: Text[] = [];
		for (let i = 0; i < 12; i++) {
			const one = await open(facilitator, list);
			read.push(one);
			const after = await send(facilitator, list, one, { "act[]": "next", "codes[]": /temps/i.test(one.words) ? [codes.Temps!] : [] });
			assert.equal(after.status, 303);
		}
		assert.equal(new Set(read.map((one) => one.id)).size, 12);
		assert.match(text((await facilitator.get(list)).body), /Vous avez lu 12 textes/);
		const timely = read.filter((one) => /temps/i.test(one.words));
		assert.ok(timely.length >= 1 && timely.length < 12);
		// The second puts another where the first saw lack of time, and the same elsewhere.
		for (const one of read) await send(administrator, list, one, { "act[]": "next", "codes[]": one === timely[0] ? [codes.Formation!] : /temps/i.test(one.words) ? [codes.Temps!] : [] });
		const differ = await facilitator.get(`${list}/differences`);
		assert.equal([...differ.body.matchAll(/<article/g)].length, 1);
		assert.match(text(differ.body), /12 textes ont été lus par deux personnes/);
		assert.match(text(differ.body), /Kappa de Cohen/);
		const sheet = formOf(differ, `${list}/differences`);
		await facilitator.send(sheet, { "codes[]": [codes.Temps!], note: "Le temps d’abord", "act[]": "decide" });
		assert.match(text((await administrator.get(`${list}/differences`)).body), /Rien à discuter/);
		assert.match(text((await administrator.get(`${list}/differences?voir=decides`)).body), /Le temps d’abord/);

		// A passage: its words are found; those that are not there are refused, and nothing ticked is lost.
		const wrong = await send(facilitator, list, timely[0]!, { "act[]": "passage", quote: "rien de tel", code: codes.Peur!, "codes[]": [codes.Temps!] });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /Ces mots ne sont pas dans le texte/);
		assert.match(wrong.body, new RegExp(`value="${codes.Temps}" checked`));
		await send(facilitator, list, timely[1]!, { "act[]": "passage", quote: "TEMPS", code: codes.Peur!, cite: "1", "codes[]": [codes.Temps!] });
		const marked = await open(facilitator, list, timely[1]!.id);
		assert.match(marked.body, /<mark [^>]*title="Peur">temps<\/mark>/);
		await send(facilitator, list, timely[1]!, { "act[]": "add", new_name: "Bénévoles", new_parent: codes.Besoins!, "codes[]": [codes.Temps!] });
		assert.ok((await themes(book)).Bénévoles);
		const quotations = await table(list, "quotations");
		assert.ok(quotations.some((row) => row.Thème === "Peur" && row.Citation === "temps" && row["Qui le dit"] === "" && row["À citer"] === "Oui"));

		// Merged, its marks count as the other's; parted, they are its own again.
		const count = async (name: string) => (await table(list)).find((row) => row.Thème === name)?.Textes;
		const before = await count("Temps");
		const act = `/-/coding/theme/${codes.Temps}/act`;
		const merge = async (fields: Record<string, string>) => facilitator.send({ ...formOf(await facilitator.get(`/-/coding/theme/${codes.Temps}`), act) }, fields);
		await merge({ act: "merge", into: codes.Formation! });
		assert.equal(await count("Temps"), undefined);
		assert.match(text((await facilitator.get(book)).body), /« Temps » est réuni à « Formation »/);
		assert.match((await open(facilitator, list, timely[2]?.id ?? timely[1]!.id)).body, new RegExp(`value="${codes.Formation}" checked`));
		await merge({ act: "use" });
		assert.equal(await count("Temps"), before);
		// Crossed with a closed question; small numbers are hidden as in results.
		const crossed = await facilitator.get(`${list}/themes?selon=postes`);
		assert.equal(crossed.status, 200);
		assert.match(crossed.body, /result-cross/);
		assert.match(text((await facilitator.get(`${list}/themes`)).body), /Les nombres sous 5 sont cachés/);
		assert.match(text((await facilitator.get("/-/results/diagnostic")).body), /Tous ses thèmes, et croisés/);
		for (const kind of ["ods", "xlsx"]) assert.equal((await facilitator.get(`${list}/file/themes/${kind}`)).status, 200);
	});

	it("alone first: what others put is not shown before one has read it too", async () => {
		const book = await makeBook(true), codes = await themes(book), list = await makeList(book, "diagnostic", ["mot"]);
		const one = await open(facilitator, list);
		await send(facilitator, list, one, { "act[]": "next", "codes[]": [codes.Peur!] });
		assert.doesNotMatch(text((await administrator.get(one.at)).body), /Ce que les autres ont mis/);
		assert.equal((await administrator.get(`${list}/differences`)).status, 403);
		await send(administrator, list, one, { "act[]": "next" });
		assert.match(text((await administrator.get(one.at)).body), /Ce que les autres ont mis.*Peur/);
	});

	it("an anonymous questionnaire: nothing before its lots, nobody named, no way to one answer", async () => {
		const form = /\/-\/survey\/([a-z0-9_]+)\//.exec((await facilitator.send(await facilitator.form("/-/surveys/new", "/-/surveys/new"), { label: "Essai anonyme", copy: "trois_questions" })).location)![1]!;
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${form}/manage`), `/-/survey/${form}/state`), { to: "open" });
		const answer = async (words: string) => {
			const who = new Client(site), at = path((await who.send(await who.form(`/-/survey/${form}`, "/-/survey/"))).location);
			await who.send(await who.form(`${at}?page=lieu`, at), { bien: "oui", "_go[]": "next" });
			await who.send(await who.form(`${at}?page=mot`, at), { idee: words, "_go[]": "next" });
			await who.send(await who.form(`${at}/review`, `${at}/send`));
		};
		const book = await makeBook(), list = await makeList(book, form, ["idee"]);
		for (let i = 0; i < 9; i++) await answer(`Un four à pain ${i}`);
		assert.match(text((await facilitator.get(list)).body), /aucun texte à lire/);
		await answer("Un banc");
		assert.match(text((await facilitator.get(list)).body), /Vous avez lu 0 texte sur 5/);
		const one = await open(facilitator, list);
		assert.doesNotMatch(one.body, /\/-\/response\//);
		await send(facilitator, list, one, { "act[]": "next", "codes[]": [Object.values(await themes(book))[0]!] });
		// All answers deleted, all that was put on them is gone: asked again, nothing was read.
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${form}/manage`), `/-/survey/${form}/empty`));
		assert.match(text((await facilitator.get(list)).body), /aucun texte à lire/);
	});

	it("a table whose lines are answered in people’s own words is read and coded whole, each line with its name", async () => {
		const form = /\/-\/survey\/([a-z0-9_]+)\//.exec((await facilitator.send(await facilitator.form("/-/surveys/new", "/-/surveys/new"), { label: "Essai de tableau", anonymity: "named" })).location)![1]!;
		await facilitator.send(await facilitator.form(`/-/form/${form}/add/matrix`, "/-/form/"), { label: "Vos outils", rows: "Courriel\nAgenda", answer: "text" });
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${form}/manage`), `/-/survey/${form}/state`), { to: "open" });
		const who = new Client(site), at = path((await who.send(await who.form(`/-/survey/${form}`, "/-/survey/"))).location), page = await who.get(at);
		const names = [...new Set([...page.body.matchAll(/name="([a-z_]+\.[a-z_.]+)"/g)].map((m) => m[1]!))];
		await who.send(formOf(page, at), { [names[0]!]: "Trop de messages", [names[1]!]: "Personne ne le remplit", "_go[]": "next" });
		await who.send(await who.form(`${at}/review`, `${at}/send`));
		const book = await makeBook(), codes = await themes(book), list = await makeList(book, form, [names[0]!.split(".")[0]!]), one = await open(facilitator, list);
		assert.match(one.words, /Courriel.*Trop de messages[^]*Agenda.*Personne ne le remplit/);
		assert.equal((await send(facilitator, list, one, { "act[]": "passage", quote: "Personne ne le remplit", code: codes.Temps!, "codes[]": [] })).status, 303);
		assert.match((await open(facilitator, list, one.id)).body, /<mark [^>]*title="Temps">Personne ne le remplit<\/mark>/);
	});

	it("interview notes: only with an agreement; taken back, themes and quotations go; a corrected text is looked through", async () => {
		const notes = { titre: "Entretien, une gardienne", genre: "entretien", accord: "1", notes: "Elle dit : « Le temps me manque. » Puis elle parle du jardin." };
		const record = await add(facilitator, "entretien", notes);
		const book = await makeBook(), codes = await themes(book), list = await makeList(book, "entretien", ["notes"]);
		const find = async () => {
			for (let i = 0; i < 8; i++) {
				const one = await open(facilitator, list);
				if (/jardin/.test(one.words)) return one;
				await send(facilitator, list, one, { "act[]": "next" });
			}
			throw new Error("not among the texts");
		};
		const one = await find();
		await send(facilitator, list, one, { "act[]": "passage", quote: "Le temps me manque.", code: codes.Temps!, cite: "1" });
		const correct = async (fields: Record<string, string | null>) => facilitator.send(await facilitator.form(`/-/edit/${record.id}`, "/-/edit/"), fields);
		await correct({ notes: "Après la pluie, elle dit : « Le temps me manque. » Puis elle parle du jardin." });
		const moved = await open(facilitator, list, one.id);
		assert.match(text(moved.body), /le passage a été retrouvé/);
		assert.match(moved.body, /<mark [^>]*>Le temps me manque\.<\/mark>/);
		await correct({ notes: "Elle ne dit plus rien du jardin." });
		assert.match(text((await open(facilitator, list, one.id)).body), /ces mots n’y sont plus/);
		assert.equal((await table(list, "quotations")).filter((row) => row.Thème === "Temps").length, 1);
		await correct({ accord: null });
		assert.equal((await facilitator.get(`${list}/text?t=${one.id}`)).status, 404);
		await correct({ accord: "1" });
		assert.equal((await table(list, "quotations")).filter((row) => row.Thème === "Temps").length, 0);
	});
});
