// From a spreadsheet to a directory, without a script: what is guessed, corrected, refused, kept.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { forms, text } from "../support/html.js";
import { settled } from "../support/imports.js";
import { onSite, serve } from "../support/program.js";
import { edit, token } from "../support/records.js";

const list = `Nom;Type;Adresse;Latitude;Longitude;Téléphone;Courriel;Site web;Ouvert depuis;Adhérents;Accueille;Code postal;Présentation;Thèmes;Vide
Le Bocal;Association;12 rue des Halles, Tours;47,3936;0,6892;02 47 00 00 01;contact@lebocal.example;https://lebocal.example;12/03/2009;42;oui;37000;"Un lieu
pour apprendre.";jardin, compost;
La Boîte;Association;3 place Plumereau, Tours;47,3950;0,6801;02 47 00 00 02;bonjour@laboite.example;www.laboite.example;01/09/2014;18;non;37000;Réparer;réparation;

Mairie annexe;Service public;1 rue Jolie, Joué;47,3500;0,6600;0247000003;mairie@joue.example;https://joue.example;05/01/1998;0;oui;01300;;;
Café Zinc;Commerce;8 quai Bas, Tours;47,4000;0,7000;02 47 00 00 04;zinc@cafe.example;https://cafe.example;22/06/2020;7;oui;37000;Du café;musique;
Atelier;Association;9 quai Haut;47,4010;0,7010;02 47 00 00 05;a@atelier.example;https://atelier.example;22/06/2021;;non;37000;Du bois;bois;
La Grange;Commerce;;;;;;;;;;37000;;;
`;
// By a person who reads the list.
const expected = {
	Nom: "text", Type: "choice", Adresse: "place", Latitude: "lat", Longitude: "lon", Téléphone: "phone", Courriel: "email", "Site web": "link",
	"Ouvert depuis": "date", Adhérents: "number", Accueille: "boolean", "Code postal": "text", Présentation: "longtext", Thèmes: "tags", Vide: "",
};

onSite("spreadsheet", (site) => {
	let facilitator: Client;
	before(async () => void (facilitator = await new Client(site).signIn("facilitator")));
	const value = (form: { pairs: [string, string][] }, name: string) => form.pairs.find(([key]) => key === name)?.[1];
	const propose = async (content: string | Uint8Array<ArrayBuffer>, name = "liste.csv") => {
		const answer = await facilitator.sendFiles(await facilitator.form("/-/spreadsheet", "/-/spreadsheet"), {}, { file: new File([content], name) });
		assert.equal(answer.status, 303, text(answer.body));
		const page = await facilitator.get(answer.location);
		return { page, form: formOf(page, "/-/spreadsheet/") };
	};
	const guessed = (form: { pairs: [string, string][] }) =>
		Object.fromEntries(form.pairs.filter(([name]) => name.startsWith("n-")).map(([name, label]) => [label, value(form, name.replace("n-", "k-"))]));

	// Asked for, then looked at by the job, which brings the rows in when none stays out.
	const bring = async (form: Parameters<Client["send"]>[0], values: Record<string, string>) => {
		const sent = await facilitator.send(form, values);
		assert.equal(sent.status, 303, text(sent.body));
		assert.match(sent.location, /^\/-\/imports\/[0-9a-z]{26}$/);
		return { address: sent.location, page: await settled(facilitator, sent.location) };
	};
	const act = async (address: string, what: string) => {
		const sent = await facilitator.send(formOf(await facilitator.get(address), "/-/imports/"), { "what[]": what });
		assert.equal(sent.status, 303, text(sent.body));
		return settled(facilitator, address);
	};
	const seen = async (answer: { body: string }) => facilitator.get(/<a class="button" href="([^"]+)">Les voir/.exec(answer.body)![1]!);

	it("guesses what each column is, and which names the pages", async () => {
		const { form, page } = await propose(list);
		assert.deepEqual(guessed(form), expected);
		assert.equal(value(form, "title"), "0");
		assert.match(text(page.body), /6 lignes, 15 colonnes/);
		assert.match(text(page.body), /Le Bocal · La Boîte · Mairie annexe 6 remplies, 6 différentes/);
	});

	it("makes the form, its list and its pages; five steps from the list of forms", async () => {
		const { form } = await propose(list);
		const { page } = await bring(form, { label: "Lieu utile", plural: "Lieux utiles", menu: "1" });
		assert.match(text(page.body), /Lieux utiles 6 pages ont été ajoutées/);
		const view = await seen(page);
		assert.match(view.body, /<h1>Lieux utiles<\/h1>/);
		for (const name of ["Le Bocal", "Mairie annexe", "La Grange"]) assert.match(view.body, new RegExp(name));
		const visitor = new Client(site);
		const record = text((await visitor.get("/le-bocal")).body);
		assert.match(record, /12 rue des Halles, Tours\s*Position\s*:\s*47,3936, 0,6892|12 rue des Halles, Tours Position\s*: 47\.3936, 0\.6892/);
		assert.match(record, /jeudi 12 mars 2009/);
		assert.match(record, /02 47 00 00 01/);
		assert.match(text((await visitor.get("/mairie-annexe")).body), /Adhérents 0/);
		assert.match((await visitor.get("/")).body, /href="\/lieux-utiles"/);
		assert.match((await visitor.get("/-/contribute")).body, /Ajouter\s: Lieu utile/);
		assert.match((await visitor.get("/lieux-utiles?vue=map")).body, /Le Bocal/);
		assert.equal((await visitor.get("/lieux-utiles?type=commerce")).body.includes("Le Bocal"), false);
		assert.match((await facilitator.get("/-/form/lieu_utile")).body, /id="q-code_postal"/);
	});

	it("one refused row and nothing is kept; the page says the line and why; the questions are changed, or the others come", async () => {
		const rows = "Nom\tPrix\nPelle\t12\nPioche\tquinze\n\tdix\nRâteau\t8,50\n";
		const { form } = await propose(rows);
		assert.deepEqual(guessed(form), { Nom: "text", Prix: "text" });
		const { address, page } = await bring(form, { label: "Objet", plural: "Objets prêtés", "k-1": "number", title: "0" });
		assert.match(text(page.body), /2 pages seraient ajoutées.* 2 restent dehors/);
		assert.match(text(page.body), /3 Pioche Prix : « quinze » n’est pas un nombre/);
		assert.match(text(page.body), /4 Prix : « dix » n’est pas un nombre/);
		for (const path of ["/objets-pretes", "/-/form/objet"]) assert.equal((await facilitator.get(path)).status, 404, path);
		assert.doesNotMatch((await facilitator.get("/-/search?q=Pelle")).body, />Pelle</);
		const again = await facilitator.form(/href="(\/-\/spreadsheet\/[^"]+)">Changer les questions/.exec(page.body)![1]!.replaceAll("&amp;", "&"), "/-/spreadsheet/");
		assert.equal(value(again, "k-1"), "number");
		assert.equal(value(again, "label"), "Objet");
		assert.equal(value(again, "plural"), "Objets prêtés");
		const second = await bring(again, { "k-1": "number" });
		assert.equal(second.address, address, "the same import, looked at again");
		const good = await act(address, "bring");
		assert.match(text(good.body), /2 pages ont été ajoutées/);
		assert.match(text(good.body), /3 Pioche Prix : « quinze »/);
		const list = (await facilitator.get("/objets-pretes")).body;
		assert.match(list, /Râteau/);
		assert.doesNotMatch(list, /Pioche/);
		// With a line of text in its place, nothing stays out: nothing is asked.
		const text2 = await bring((await propose(rows.replace("\tdix", "Seau\tdix"))).form, { label: "Outillage", plural: "Outillages", title: "0" });
		assert.match(text(text2.page.body), /4 pages ont été ajoutées/);
	});

	it("is taken back whole, form and list too; what somebody touched stays, with its form", async () => {
		const make = async (name: string) => {
			const { form } = await propose("Nom;Lien\nPremier essai;https://a.example\nSecond essai;https://b.example\n");
			return bring(form, { label: name, plural: name + "s", menu: "1" });
		};
		const member = await new Client(site).signIn("member"), administrator = await new Client(site).signIn("administrator");
		const first = await make("Essai");
		assert.match((await member.get("/")).body, /href="\/essais"/);
		const sent = { "what[]": "undo" };
		assert.equal((await member.post(first.address, { _form: await token(member), ...sent }, { Origin: site.origin })).status, 403);
		assert.equal((await administrator.post(first.address, { _form: await token(administrator), ...sent }, { Origin: site.origin })).status, 404, "not hers");
		assert.match(text((await act(first.address, "undo")).body), /2 pages sont reprises/);
		for (const path of ["/essais", "/premier-essai", "/-/form/essai", "/-/new/essai"]) assert.equal((await facilitator.get(path)).status, 404, path);
		assert.doesNotMatch((await member.get("/")).body, /href="\/essais"/);
		assert.doesNotMatch((await member.get("/-/search?q=essai")).body, /Premier essai/);
		const second = await make("Tentative");
		const id = /href="\/f\/([0-9a-z]{26})"/.exec((await member.get("/second-essai")).body)![1]!;
		assert.equal((await edit(member, id, { nom: "Second essai corrigé" })).status, 303);
		assert.match(text((await act(second.address, "undo")).body), /1 page est reprise.*1 reste/);
		assert.match((await member.get("/tentatives")).body, /Second essai corrigé/);
		assert.equal((await member.get("/premier-essai")).status, 404);
	});

	it("a large list comes in step by step; stopped, it goes on from there, and nothing comes twice", async () => {
		const rows = Array.from({ length: 2000 }, (_, i) => `Voisin ${i + 1};${i % 7 ? "oui" : "non"}`);
		const { form } = await propose(`Nom;Adhérent\n${rows.join("\n")}\n`);
		const sent = await facilitator.send(form, { label: "Voisin", plural: "Voisins" });
		const deed = async (what: string) => facilitator.post(sent.location, { _form: await token(facilitator), "what[]": what }, { Origin: site.origin });
		// Once some have come, and not all.
		for (let page = ""; !/Venues : [1-9]/.test(page); ) {
			page = text((await facilitator.get(sent.location)).body);
			assert.doesNotMatch(page, /2000 pages ont été ajoutées/, "it was too quick to be stopped");
		}
		assert.equal((await deed("stop")).status, 303);
		const stopped = text((await settled(facilitator, sent.location)).body);
		const came = Number(/(\d+) pages ont été ajoutées/.exec(stopped)![1]);
		assert.ok(came > 0 && came < 2000, String(came));
		assert.match((await facilitator.get("/-/spreadsheet")).body, new RegExp(`href="${sent.location}">Voisins`));
		assert.equal((await deed("go-on")).status, 303);
		// The program dies while it works; served again, it goes on.
		await site.kill();
		Object.assign(site, await serve(site.dir));
		facilitator = await new Client(site).signIn("facilitator");
		assert.match(text((await settled(facilitator, sent.location)).body), /2000 pages ont été ajoutées/);
		assert.match(text((await facilitator.get("/voisins")).body), /2.000/);
	});

	it("several choices in a cell, a question renamed, a column left out", async () => {
		const { form } = await propose("Titre,Outils,Secret\nUn,scie;marteau,x\nDeux,marteau,y\nTrois,scie;Marteau,z\nQuatre,scie,t\n");
		assert.deepEqual(guessed(form), { Titre: "text", Outils: "choices", Secret: "text" });
		await bring(form, { label: "Kit", plural: "Kits", "n-1": "Ce qu’il contient", "k-2": "" });
		const questions = text((await facilitator.get("/-/form/kit")).body);
		assert.match(questions, /Ce qu’il contient Plusieurs choix/);
		assert.doesNotMatch(questions, /Secret/);
		const filtered = (await facilitator.get("/kits?ce_qu_il_contient=marteau")).body;
		for (const name of ["Un", "Deux", "Trois"]) assert.match(filtered, new RegExp(`>${name}<`));
		assert.doesNotMatch(filtered, />Quatre</);
	});

	for (const format of ["xlsx", "ods"])
		it(`what the site exports as ${format} is read back`, async () => {
			const file = await facilitator.get(`/-/export/espaces/${format}`);
			assert.equal(file.status, 200);
			const { form, page } = await propose(new Uint8Array(file.bytes), `espaces.${format}`);
			assert.match(text(page.body), /16 lignes, \d\d colonnes/);
			const kinds = guessed(form);
			assert.equal(kinds["Nom"], "text");
			assert.equal(kinds["Téléphone"], "", "empty in all of them");
			assert.equal(kinds["Lieu"], "place");
			const { page: done } = await bring(form, { label: `Lieu ${format}`, plural: `Lieux ${format}` });
			assert.match(text(done.body), /16 pages ont été ajoutées/);
		});

	it("what is no spreadsheet, too large, or empty, is told, and nothing is kept", async () => {
		const form = await facilitator.form("/-/spreadsheet", "/-/spreadsheet");
		const wrong: [string, string | Uint8Array<ArrayBuffer>, RegExp][] = [
			["vide.csv", "Nom;Prix\n", /Il n’y a qu’une première ligne/],
			["faux.xlsx", new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9, 9]), /Ce fichier est abîmé/],
			["large.csv", Array.from({ length: 61 }, (_, i) => `c${i}`).join(";") + "\n1\n", /61 colonnes/],
			["long.csv", "Nom\n" + "x\n".repeat(20001), /plus de 20000 lignes/],
			["guillemet.csv", 'Nom\n"jamais fermé', /./],
		];
		for (const [name, content, words] of wrong) {
			const answer = await facilitator.sendFiles(form, {}, { file: new File([content], name) });
			assert.equal(answer.status, 422, name);
			assert.match(text(answer.body), words, name);
		}
		const none = await facilitator.sendFiles(form, {}, {});
		assert.equal(none.status, 422);
		const pasted = await facilitator.sendFiles(form, { pasted: "Nom\tÂge\nZoé\t12" }, {});
		assert.equal(pasted.status, 303);
	});

	it("mistakes keep what was typed; a hostile cell is only text", async () => {
		const { form, page } = await propose('Nom;<script>alert(1)</script>\n"=cmd|x!A1";"<img src=x onerror=alert(1)>"\n');
		assert.doesNotMatch(page.body, /<script>alert|<img src=x/);
		const answer = await facilitator.send(form, { label: "", plural: "Choses", "n-1": "Autre" });
		assert.equal(answer.status, 422);
		const again = formOf(answer, "/-/spreadsheet/");
		assert.equal(value(again, "plural"), "Choses");
		assert.equal(value(again, "n-1"), "Autre");
		assert.equal((await facilitator.send(form, { label: "Chose", plural: "Choses", "k-0": "number" })).status, 422);
		assert.equal((await facilitator.send(form, { label: "Chose", plural: "Choses", "k-0": "absent" })).status, 422);
		assert.equal((await facilitator.send(form, { label: "Chose", plural: "Choses", title: "99" })).status, 422);
	});

	it("what somebody sent is hers alone; others neither see nor do it", async () => {
		const { page } = await propose("Nom\nZoé");
		const address = forms(page.body).find((form) => form.action.startsWith("/-/spreadsheet/"))!.action;
		const administrator = await new Client(site).signIn("administrator");
		assert.equal((await administrator.get(address)).status, 404);
		for (const who of ["member", "contributor", "outsider"] as const) {
			const client = await new Client(site).signIn(who);
			for (const path of ["/-/spreadsheet", address]) {
				assert.equal((await client.get(path)).status, 403);
				assert.equal((await client.post(path, { _form: await token(client), pasted: "Nom\nx" }, { Origin: site.origin })).status, 403);
			}
		}
		assert.equal((await facilitator.get("/-/spreadsheet/zz")).status, 404);
	});
});
